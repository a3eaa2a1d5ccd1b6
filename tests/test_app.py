"""The program as it is started: quick, light, and gone without a trace."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from evidence_app import app
from evidence_app.ui.settings import Preferences

application = QApplication([])
Preferences(app.settings_path()).enter_person("Ada Reviewer", "AR")
window = app.make_window(application, None)
window.show()
while window.project is None:
    application.processEvents()
application.processEvents()
print(window.windowTitle())
print([name for name in sys.argv[1:] if name in sys.modules])
window.close()
application.processEvents()
"""


BUSY = """
import sys, threading, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from evidence_app import app
from evidence_app.ui.settings import Preferences
from evidence_app.ui.tasks import Task

def quit_while_busy():
    window = next(each for each in QApplication.topLevelWidgets() if hasattr(each, "lanes"))
    if window.project is None:
        QTimer.singleShot(20, quit_while_busy)
        return
    begun = threading.Event()
    window.lanes.pdf.start(Task(lambda report: (begun.set(), time.sleep(60))))
    begun.wait()
    print(window.project.path, time.time(), flush=True)
    window.close()

made = app.make_window

def soon(application, project):
    Preferences(app.settings_path()).enter_person("Ada Reviewer", "AR")
    QTimer.singleShot(20, quit_while_busy)
    return made(application, project)

app.make_window = soon
sys.exit(app.run())
"""


HEAVY = (
    "habanero", "httpx2", "pikepdf", "pypandoc", "typst", "lxml", "sklearn", "rapidfuzz", "qtawesome",
    "openpyxl",
)  # fmt: skip


def started(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program with this folder as the user's documents."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *HEAVY], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DOCUMENTS_DIR": str(folder)}, timeout=100,
        check=False,
    )  # fmt: skip


def test_the_window_opens_on_the_sample_without_loading_what_it_does_not_need(tmp_path: Path) -> None:
    result = started(WINDOW, tmp_path / "Documents")
    assert result.returncode == 0, result.stderr
    title, loaded = result.stdout.splitlines()
    assert title == "Commissioning and co-production – Evidence Desk"
    assert loaded == "[]"
    assert [file.name for file in (tmp_path / "Documents").iterdir()] == [
        "Commissioning and co-production.evidence"
    ]


def test_quitting_does_not_wait_for_work_that_cannot_be_stopped(tmp_path: Path) -> None:
    result = started(BUSY, tmp_path / "Documents")
    ended = time.time()
    assert result.returncode == 0, result.stderr
    path, moment = result.stdout.strip().rsplit(" ", 1)
    assert ended - float(moment) < 30
    assert [file.name for file in Path(path).parent.iterdir()] == [Path(path).name]


def test_an_error_nobody_expected_is_told_and_logged_and_the_window_stays(tmp_path: Path) -> None:
    told = (
        "sys.excepthook(ValueError, ValueError('odd'), None)\n"
        "print(*(toast.label.text() for toast in window.ground.toasts()), sep='\\n')\n"
    )
    broken = WINDOW.replace("window.close()", f"{told}window.close()")
    result = started(broken, tmp_path / "Documents")
    assert result.returncode == 0, result.stderr
    assert "Everything that was saved is kept. The reason was: odd" in result.stdout
    assert "ValueError: odd" in result.stderr
