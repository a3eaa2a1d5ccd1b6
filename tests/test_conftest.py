"""What the fixtures for all tests promise: whoever leaves something behind, fails."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CULPRITS = """
import logging, multiprocessing, threading, time

go_on = threading.Event()

def test_thread(request):
    thread = threading.Thread(target=go_on.wait, name="stray", daemon=True)
    request.config.stray = thread
    thread.start()

def test_project(tmp_path, request):
    from evidence_app.storage.project import Project
    request.config.project = Project.create(tmp_path / "left.evidence", "Left")

def test_timer(qtbot, request):
    from PySide6.QtCore import QTimer
    request.config.timer = QTimer(interval=4321)
    request.config.timer.start()

def test_window(qapp, request):
    from PySide6.QtWidgets import QWidget
    request.config.window = QWidget()
    request.config.window.show()

def test_log():
    logging.getLogger("somewhere").warning("this was not expected")

def test_qt_message(qapp):
    from PySide6.QtCore import qWarning
    qWarning("Qt is not amused")

def test_harmless_qt_message(qapp):
    from PySide6.QtCore import qWarning
    qWarning("This plugin does not support propagateSizeHints()")

def test_expected_log(expected_logs):
    expected_logs.append("was expected")
    logging.getLogger("somewhere").warning("this was expected")

def test_home():
    import os, pathlib
    assert "home" in str(pathlib.Path.home())
    assert os.environ["XDG_CONFIG_HOME"].startswith(str(pathlib.Path.home()))
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of a module full of culprits."""
    module = tmp_path_factory.mktemp("culprits") / "test_culprits.py"
    module.write_text(CULPRITS)
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "tests.conftest", "-c", "pyproject.toml",
         "--rootdir=.", str(module)],
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    return result.stdout


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ("test_thread", "thread stray"),
        ("test_project", "open file left.evidence"),
        ("test_timer", "timer of 4321 ms"),
        ("test_window", "window QWidget"),
        ("test_log", "this was not expected"),
    ],
)
def test_what_is_left_behind_fails_the_test(outcome: str, test: str, words: str) -> None:
    errors = [line for line in outcome.splitlines() if line.startswith("ERROR ") and f"::{test} " in line]
    assert len(errors) == 1
    assert words in errors[0]


def test_a_warning_of_qt_fails_the_test(outcome: str) -> None:
    assert any(line.startswith("FAILED") and "test_qt_message" in line for line in outcome.splitlines())


@pytest.mark.parametrize("test", ["test_harmless_qt_message", "test_expected_log", "test_home"])
def test_what_is_allowed_passes(outcome: str, test: str) -> None:
    assert any(line.startswith("PASSED") and line.endswith(test) for line in outcome.splitlines())
    assert not any(line.startswith("ERROR") and line.endswith(test) for line in outcome.splitlines())
