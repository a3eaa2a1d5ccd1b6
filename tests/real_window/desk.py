"""The program in a window, driven by keyboard alone, and the project file it writes, read from outside."""

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.crossref_server import CrossrefServer
from tests.real_window.display import Display, NotSeen, is_working, wait_until

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, str(ROOT / "main.py")]
WINDOW = "– Evidence Desk$"


class Desk:
    """One person at one window, with a home of their own."""

    def __init__(self, display: Display, home: Path, pictures: Path | None = None) -> None:
        self.display, self.home, self.pictures = display, home, pictures
        self.press, self.write, self.settle = display.press, display.write, display.settle
        self.project = home / "Documents" / "Commissioning and co-production.evidence"
        self._process: subprocess.Popen[bytes] | None = None
        self._seen = 0
        self.crossref: CrossrefServer | None = None
        display.busy = self._is_working
        display.environment |= {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
        display.environment.pop("XDG_DOCUMENTS_DIR", None)

    # -- starting and ending

    def start(self, window: str = WINDOW) -> None:
        """Start the program and give its first window the keyboard."""
        self._process = subprocess.Popen(PROGRAM, env=self.display.environment)
        self.display.focus(window)
        self.settle(0.45)

    def _is_working(self) -> bool:
        return self._process is not None and is_working(self._process.pid)

    @property
    def is_running(self) -> bool:
        """Whether the program runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def fate(self) -> str:
        """How the program ended, where it did so unasked."""
        code = self._process.poll() if self._process is not None else None
        return f" (the program has ended with {code})" if code is not None else ""

    def quit(self) -> None:
        """Quit by keyboard; anything but an orderly end is a fault."""
        assert self._process is not None
        self.press("ctrl+q")
        if (code := self._process.wait(30)) != 0:
            raise NotSeen(f"the window ended with {code}")

    def kill(self) -> None:
        """End the program as a power cut would."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(30)

    def abandon(self) -> None:
        """Let go of what still runs."""
        if self.crossref is not None:
            self.crossref.close()
        if self._process is not None and self._process.poll() is None:
            self._process.kill()

    # -- the keyboard

    def dialog(self, title: str) -> None:
        """Wait for a dialog and give it the keyboard."""
        self.display.focus(title)
        self.picture(title)

    def back(self, title: str) -> None:
        """Wait until the dialog is closed, and give the window the keyboard again."""
        self.display.gone(title)
        self.display.focus(WINDOW)

    def again(self, key: str, times: int) -> None:
        """Press a key several times."""
        self.press(*[key] * times)

    def go(self, screen: str, name: str) -> None:
        """Go to a screen by the palette, under its title; `name` is what the settings call it."""
        self.press("ctrl+shift+p")
        self.write(screen)
        self.press("Return")
        wait_until(f"the screen “{screen}”", lambda: self.settings("last_screen") == name)
        self.settle()
        self.picture(screen)

    def act(self, words: str) -> None:
        """Do a command of the window or the screen by the palette."""
        self.press("ctrl+shift+p")
        self.write(words)
        self.press("Return")

    def picture(self, name: str) -> None:
        """Keep a picture of what is shown now, where pictures are wanted."""
        if self.pictures is not None:
            self._seen += 1
            word = "".join(letter if letter.isalnum() else "-" for letter in name).strip("-")
            self.display.photograph(self.pictures / f"{self._seen:02}-{word}.png")

    # -- what was written

    def settings(self, name: str) -> Any:
        """Return a setting as the file has it."""
        file = self.home / "config" / "evidence-desk" / "settings.ini"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        found = next((line for line in lines if line.startswith(f"{name}=")), f"{name}=null")
        text = found.partition("=")[2]
        if text.startswith('"'):
            text = text[1:-1]
        return json.loads(text.replace('\\"', '"').replace("\\\\", "\\"))

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the project file, as any other program could."""
        with sqlite3.connect(f"file:{self.project}?mode=ro", uri=True) as connection:
            found = connection.execute(question, values).fetchall()
        connection.close()
        return found

    def value(self, question: str, *values: object) -> Any:
        """Return the first value of an answer, or None."""
        found = self.rows(question, *values)
        return found[0][0] if found else None

    def edits(self) -> int:
        """Return how many edits the history holds."""
        return int(self.value("SELECT count(*) FROM edit WHERE finished IS NOT NULL"))

    def written(self, what: str, question: str, *values: object) -> None:
        """Wait until the project file answers with something true."""
        wait_until(what, lambda: self._answer(question, *values))
        self.settle()

    def _answer(self, question: str, *values: object) -> Any:
        """Return the first value, or None where the file is not ready yet."""
        try:
            return self.value(question, *values)
        except sqlite3.OperationalError:
            return None

    def expect(self, what: str, question: str, *values: object) -> None:
        """See that the project file answers with something true at this moment."""
        if not self.value(question, *values):
            raise NotSeen(f"the project file does not hold what it should: {what}")
