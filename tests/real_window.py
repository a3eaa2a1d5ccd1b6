"""Drive the real program in a real window by keyboard alone: `python tests/real_window.py`.

Needs Xvfb and xdotool.
It opens a project, ticks a reference, takes that back, does it again, walks through the screens and quits.
The exit code says whether the program ended well and the project holds exactly these edits."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = [sys.executable, str(ROOT / "main.py")]
PATIENCE = 60.0


def main() -> None:
    """Run it; ends with a sentence and 1 where something is not as it should be."""
    with tempfile.TemporaryDirectory() as folder, a_display() as display:
        home = Path(folder)
        project = home / "review.evidence"
        subprocess.run([*PROGRAM, "new", str(project), "--sample"], check=True)
        before = len(history(project))
        window(home, project, display)
        labels = [(edit["kind"], edit["label"]) for edit in history(project)]
        made = labels[: len(labels) - before]
        print("edits:", made)
        kinds = [kind for kind, _ in reversed(made)]
        if kinds != ["do", "undo", "redo"]:
            sys.exit(f"the keys should have left do, undo, redo in the project; it holds {made}")
    print("The window was driven by keyboard and ended well.")


def window(home: Path, project: Path, display: str) -> None:
    """Open the project in the window, press keys, and see that the program ends with 0."""
    environment = {
        **os.environ,
        "DISPLAY": display,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
    }
    environment.pop("QT_QPA_PLATFORM", None)
    settings = home / "config" / "evidence-desk" / "settings.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(r"""[General]
person_name="\"Ada Lovelace\""
person_initials="\"AL\""
""")
    with subprocess.Popen([*PROGRAM, str(project)], env=environment) as process:
        try:
            name = "review|Evidence Desk|Commissioning"
            keys(environment, "search", "--sync", "--onlyvisible", "--name", name, "windowfocus")
            time.sleep(2.0)  # the keyboard has no way to ask whether the list has been painted
            for chord in ("ctrl+1", "Down", "Down", "ctrl+d", "ctrl+z", "ctrl+shift+z", "ctrl+2", "ctrl+3",
                          "ctrl+1", "ctrl+f"):  # fmt: skip
                keys(environment, "key", "--clearmodifiers", chord)
                time.sleep(0.7)
            keys(environment, "type", "author:loeffler")
            time.sleep(1.0)
            keys(environment, "key", "--clearmodifiers", "ctrl+q")
            code = process.wait(PATIENCE)
        finally:
            process.kill()
    if code != 0:
        sys.exit(f"the window ended with {code}")


def keys(environment: dict[str, str], *words: str) -> None:
    """Send something to the window by xdotool."""
    subprocess.run(["xdotool", *words], env=environment, check=True, timeout=PATIENCE)


def history(project: Path) -> list[dict[str, str]]:
    """Return the audit trail, newest first."""
    ended = subprocess.run(
        [*PROGRAM, "history", str(project), "--json"], check=True, capture_output=True, text=True
    )
    found: list[dict[str, str]] = json.loads(ended.stdout)
    return found


@contextmanager
def a_display() -> Iterator[str]:
    """Start a screen of its own and yield its name."""
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        os.close(writing)
        number = os.read(reading, 20).decode().strip()
        os.close(reading)
        try:
            yield f":{number}"
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
