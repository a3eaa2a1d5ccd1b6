"""What a large library takes in memory: the window with its list opened, scrolled and searched."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from evidence_app.services import projects
from tests.benchmarks.measuring import Figure

_PROGRAM = """
import os, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from evidence_app import app
from evidence_app.ui.library.screen import LibraryScreen
from evidence_app.ui.settings import Preferences

application = QApplication(sys.argv[:1])
Preferences(app.settings_path()).enter_person("Ada Lovelace", "AL")

def wait(seconds):
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        application.processEvents()
        time.sleep(0.005)

def own():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1024

window = app.make_window(application, Path(sys.argv[1]))
window.show()
wait(4)
screen = window.findChild(LibraryScreen)
opened = own()
bar = screen._table.verticalScrollBar()
for place in range(40):
    bar.setValue(bar.maximum() * place // 40)
    wait(0.03)
screen._box.show_text("con")
wait(2)
screen._box.show_text("")
wait(2)
print(opened, own(), flush=True)
window.close()
application.processEvents()
"""


def measure(path: Path, size: int) -> list[Figure]:
    """Return what the window takes with this project more than with the sample; nothing but on Linux."""
    if not Path("/proc/self/smaps_rollup").exists():
        return []
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample.evidence"
        projects.new_sample(sample).close()
        least, least_after = _taken(sample, folder)
    with tempfile.TemporaryDirectory() as folder:
        opened, after = _taken(path, folder)
    return [
        Figure(f"memory of the list of {size:,}, opened", opened - least, "MB", 40),
        Figure("and after scrolling through it and searching", after - least_after, "MB", 40),
    ]


def _taken(path: Path, folder: str) -> tuple[float, float]:
    environment = {**os.environ, "XDG_CONFIG_HOME": folder, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    opened, after = ended.stdout.split()[-2:]
    return float(opened), float(after)
