"""The window: from the start of the process to the first paint, on the sample review."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evidence_app.services import projects
from tests.benchmarks.measuring import Figure

_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from evidence_app import app
from evidence_app.ui import settings

application = QApplication(sys.argv[:1])

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched is self.window.windowHandle() or (
            event.type() == QEvent.Type.Paint and watched is self.window):
            application.removeEventFilter(self)
            QTimer.singleShot(0, self.done)
        return False
    def done(self):
        print("painted", flush=True)
        application.exit(0)

window = app.make_window(application, Path(sys.argv[1]))
watch = Watch()
watch.window = window
application.installEventFilter(watch)
window.show()
application.exec()
window.close()
"""


def measure(size: int) -> list[Figure]:
    """Return how long the first paint takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.evidence"
        projects.new_sample(path).close()
        times = [_first_paint(path, folder) for _ in range(6)][1:]
        bare = [_bare_python() for _ in range(3)]
    beside = f"of it {statistics.median(bare):.0f} ms to start Python and load Qt"
    return [Figure("from start to the first paint", statistics.median(times), budget=1000, beside=beside)]


def _first_paint(path: Path, folder: str) -> float:
    settings = Path(folder) / "evidence-desk" / "settings.ini"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(r"""[General]
person_name="\"Ada Lovelace\""
""")
    environment = {**os.environ, "XDG_CONFIG_HOME": folder, "QT_QPA_PLATFORM": "offscreen"}
    return _until("painted", [sys.executable, "-c", _PROGRAM, str(path)], environment)


def _bare_python() -> float:
    program = "from PySide6.QtWidgets import QApplication; QApplication([]); print('there', flush=True)"
    return _until("there", [sys.executable, "-c", program], {**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def _until(word: str, command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == word:
                return (time.perf_counter() - start) * 1000
    raise RuntimeError(f"the program ended with {process.returncode} before it said “{word}”")
