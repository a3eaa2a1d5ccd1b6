"""What every test gets: a home of its own, no display, and a look at what it leaves behind."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything loads Qt
os.environ.setdefault("QT_ACCESSIBILITY", "1")

import gc
import logging
import multiprocessing
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

if TYPE_CHECKING:
    from evidence_app.storage.project import Project
    from evidence_app.ui.lanes import InlineLanes, Lanes
    from evidence_app.ui.look import Look
    from evidence_app.ui.open_project import OpenProject
    from evidence_app.ui.settings import Preferences
    from evidence_app.ui.widgets.parts import Parts
    from tests.ui.doubles import RecordedMessages

HARMLESS_QT = (
    "This plugin does not support propagateSizeHints",
    "This plugin does not support raise",
    "This plugin does not support grabbing the keyboard",
)
LONG_LIVED_THREADS = ("thread_target", "serve_forever")
"""Loopback servers of a wider scope than one test."""

_OPEN_FILES = Path("/proc/self/fd")


hypothesis_settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis_settings.register_profile("searching", deadline=None, max_examples=400)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
"""The same examples in every run; HYPOTHESIS_PROFILE=searching looks for new ones."""


def pytest_configure(config: pytest.Config) -> None:
    """Let Qt's offscreen platform say what it always says."""
    for message in HARMLESS_QT:
        config.addinivalue_line("qt_log_ignore", message)


def pytest_sessionfinish() -> None:
    """Empty the clipboard: what Python put there outlives the interpreter offscreen, and ends in a crash."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def _home_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings, folders and recent files of the person who runs the tests out of them."""
    home = tmp_path_factory.mktemp("home")
    for name, folder in (
        ("HOME", "."), ("USERPROFILE", "."), ("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "share"),
        ("XDG_CACHE_HOME", "cache"), ("XDG_STATE_HOME", "state"), ("XDG_DOCUMENTS_DIR", "Documents"),
    ):  # fmt: skip
        (home / folder).mkdir(exist_ok=True)
        monkeypatch.setenv(name, str(home / folder))


@pytest.fixture
def expected_logs() -> list[str]:
    """Put words in here that a warning of this test may hold; all other warnings fail it."""
    return []


@pytest.fixture(autouse=True)
def _no_unexpected_log_lines(expected_logs: list[str]) -> Iterator[None]:
    """Fail a test that logs a warning or worse which it did not announce."""
    handler = _Keeping()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    stray = [line for line in handler.lines if not any(words in line for words in expected_logs)]
    assert not stray, f"logged: {stray}"


class _Keeping(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread, a process, a project, a window or a running timer behind."""
    threads, files = set(threading.enumerate()), _open_projects()
    yield
    left = [*_left_in_qt(), *_left_threads(threads), *(_open_projects() - files)]
    left += [f"process {child.name}" for child in multiprocessing.active_children()]
    assert not left, f"left behind: {left}"


def _left_threads(before: set[threading.Thread]) -> list[str]:
    """Return the threads that still run a moment after the test."""
    until = time.monotonic() + 2
    while True:
        left = [
            thread
            for thread in set(threading.enumerate()) - before
            if thread.is_alive() and not _is_long_lived(thread)
        ]
        if not left or time.monotonic() > until:
            return [f"thread {thread.name}" for thread in left]
        left[0].join(0.05)


def _is_long_lived(thread: threading.Thread) -> bool:
    target = getattr(thread, "_target", None)
    return getattr(target, "__name__", "") in LONG_LIVED_THREADS or thread.name.startswith("pytest_timeout")


def _open_projects() -> set[str]:
    """Return the project files this process holds open (on Linux, where the kernel tells)."""
    if not _OPEN_FILES.is_dir():
        return set()
    found = set()
    for descriptor in _OPEN_FILES.iterdir():
        try:
            target = os.readlink(descriptor)  # noqa: PTH115 - a Path would resolve what is gone
        except OSError:
            continue
        if ".evidence" in Path(target).name:
            found.add(f"open file {Path(target).name}")
    return found


def _left_in_qt() -> list[str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if widgets is None or application is None:
        return []
    from PySide6.QtCore import QEvent, QTimer

    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    windows = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
    left = [f"window {type(window).__name__} {window.windowTitle()}" for window in windows]
    for window in windows:
        window.close()
    for thing in gc.get_objects():
        if type(thing) is QTimer and _is_running(thing):
            left.append(f"timer of {thing.interval()} ms")
            thing.stop()
    return left


def _is_running(timer: object) -> bool:
    try:
        return bool(timer.isActive())  # type: ignore[attr-defined]
    except RuntimeError:  # Qt has deleted it already
        return False


@pytest.fixture
def look(qapp: object) -> Iterator["Look"]:
    """The look in light, worn by the application."""
    from PySide6.QtWidgets import QApplication

    from evidence_app.ui.look import Look
    from evidence_app.ui.style import wear

    made = Look()
    assert isinstance(qapp, QApplication)
    wear(qapp, made)
    yield made
    made.deleteLater()


@pytest.fixture
def parts(look: "Look") -> "Parts":
    """Makes the small widgets."""
    from evidence_app.ui.widgets.parts import Parts

    return Parts(look)


@pytest.fixture
def lanes(qapp: object) -> Iterator["InlineLanes"]:
    """Lanes on which everything happens at once."""
    from evidence_app.ui.lanes import InlineLanes

    made = InlineLanes()
    yield made
    made.close()


@pytest.fixture
def threaded_lanes(qapp: object) -> Iterator["Lanes"]:
    """The lanes as the window has them, with threads and a process."""
    from evidence_app.ui.lanes import Lanes

    made = Lanes()
    yield made
    made.close()


@pytest.fixture
def preferences(tmp_path: Path, qapp: object) -> "Preferences":
    """Settings in a file of this test's own, with a person entered."""
    from evidence_app.ui.settings import Preferences

    made = Preferences(tmp_path / "settings.ini")
    made.enter_person("Ada Reviewer", "AR")
    return made


@pytest.fixture
def messages() -> "RecordedMessages":
    """Answers questions as the test says, and remembers what was asked."""
    from tests.ui.doubles import RecordedMessages

    return RecordedMessages()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample review, built once; tests copy it."""
    from evidence_app.services.projects import new_sample

    path = tmp_path_factory.mktemp("sample") / "sample.evidence"
    new_sample(path).close()
    return path


@pytest.fixture
def sample_project(sample_file: Path, tmp_path: Path) -> Iterator["Project"]:
    """A copy of the sample review, open for writing."""
    from evidence_app.storage.project import Project

    path = tmp_path / "review.evidence"
    shutil.copy(sample_file, path)
    with Project.open(path) as project:
        yield project


@pytest.fixture
def open_sample(sample_file: Path, tmp_path: Path, lanes: "InlineLanes") -> Iterator["OpenProject"]:
    """A copy of the sample review as the window sees it, on lanes where everything happens at once."""
    from evidence_app.storage.project import Project
    from evidence_app.ui.open_project import OpenProject

    path = tmp_path / "review.evidence"
    shutil.copy(sample_file, path)
    project = OpenProject(lanes, Project.open(path))
    yield project
    project.close()
    project.deleteLater()
