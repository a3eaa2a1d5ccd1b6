"""A screen of its own (Xvfb), whose picture can be read, and a keyboard (xdotool) for what is shown there."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30.0
STILL = 0.16
"""Seconds without a change after which the screen counts as still; the caret blinks every half second."""


class NotSeen(Exception):
    """Something that should have come did not come."""


def wait_until(what: str, holds: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait until this holds; raises `NotSeen` with the words where it does not."""
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end:
            raise NotSeen(f"waited {patience:.0f} seconds in vain: {what}")
        time.sleep(0.02)


def is_working(process: int) -> bool:
    """Whether a thread of a process, or of one it started, runs or waits for its turn (Linux, proc(5))."""
    for thread in Path(f"/proc/{process}/task").glob("*"):
        try:
            state = (thread / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0]
            children = (thread / "children").read_text("utf-8").split()
        except OSError:  # ended meanwhile
            continue
        if state in "RD" or any(is_working(int(child)) for child in children):
            return True
    return False


class Display:
    """One X screen with its keyboard; there is no window manager, so windows are given the focus here."""

    def __init__(self, name: str, picture: Path) -> None:
        self.environment = {**os.environ, "DISPLAY": name}
        self.environment.pop("QT_QPA_PLATFORM", None)
        self._picture = picture
        self.busy: Callable[[], bool] = lambda: False
        """Whether what is shown still works on something; asked while the picture is still."""

    def xdotool(self, *words: str) -> list[str]:
        """Run xdotool and return its lines; finding no window is no fault."""
        ended = subprocess.run(
            ["xdotool", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return ended.stdout.split("\n")[:-1]

    def windows(self, title: str) -> list[str]:
        """Return the windows that are shown under a title (a pattern), the newest last."""
        return sorted(self.xdotool("search", "--onlyvisible", "--name", title), key=int)

    def focus(self, title: str) -> None:
        """Wait for a window and give it the keyboard, as a window manager would."""
        wait_until(f"a window “{title}”", lambda: self.windows(title))
        self.xdotool("windowfocus", "--sync", self.windows(title)[-1])
        self.settle()

    def gone(self, title: str) -> None:
        """Wait until no window of this title is shown."""
        wait_until(f"that “{title}” closes", lambda: not self.windows(title))

    def settle(self, still: float = STILL) -> None:
        """Wait until nothing changed in the picture, or was worked on, for less than the caret blinks."""
        end = time.monotonic() + PATIENCE
        seen, since = self._picture.read_bytes(), time.monotonic()
        while time.monotonic() < min(end, since + still):
            time.sleep(0.03)
            now = self._picture.read_bytes()
            if now != seen or self.busy():
                seen, since = now, time.monotonic()

    def press(self, *chords: str) -> None:
        """Press keys one after the other; each is answered on the screen before the next."""
        for chord in chords:
            before = self._picture.read_bytes()
            self.xdotool("key", "--clearmodifiers", chord)
            self._answered(before)
        self.settle()

    def write(self, text: str) -> None:
        """Type a text."""
        before = self._picture.read_bytes()
        for at, line in enumerate(text.split("\n")):
            if at:
                self.xdotool("key", "Return")
            if line:
                self.xdotool("type", "--delay", "4", "--", line)
        self._answered(before)
        self.settle()

    def _answered(self, before: bytes) -> None:
        """Wait for a change, but not long: some keys change nothing that can be seen."""
        end = time.monotonic() + 0.25
        while self._picture.read_bytes() == before and time.monotonic() < end:
            time.sleep(0.01)

    def photograph(self, file: Path) -> None:
        """Keep a picture of the screen, where ImageMagick is there to make one."""
        if shutil.which("import"):
            subprocess.run(["import", "-window", "root", str(file)], env=self.environment, check=False)


@contextmanager
def a_display(size: str = "1440x900") -> Iterator[Display]:
    """Start a screen and yield it."""
    reading, writing = os.pipe()
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset",
             "-fbdir", folder],
            pass_fds=[writing], stderr=subprocess.DEVNULL,
        ) as server,
    ):  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as told:
            number = (
                told.readline().strip()
            )  # the whole line: the server dies where it cannot write all of it
        try:
            yield Display(f":{number}", Path(folder) / "Xvfb_screen0")
        finally:
            server.terminate()
