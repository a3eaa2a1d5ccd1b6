"""The status line: quick work is not shown, longer work can be watched and stopped."""

from datetime import datetime, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from evidence_app.ui.look import Look
from evidence_app.ui.shell.status_line import StatusLine
from evidence_app.ui.tasks import SHARES, Task


@pytest.fixture
def line(qtbot: QtBot, look: Look) -> StatusLine:
    """A shown status line."""
    line = StatusLine(look)
    qtbot.addWidget(line)
    line.resize(1200, 26)
    line.show()
    return line


def a_task(title: str = "Asking Crossref") -> Task:
    """Return a task that is run by hand."""
    return Task(lambda _report: None, title)


def test_work_is_shown_only_after_a_while(line: StatusLine, qtbot: QtBot) -> None:
    task = a_task()
    line.watch(task)
    assert line.running == ""
    qtbot.wait_until(lambda: line.running == "Asking Crossref", timeout=3000)
    task.progressed.emit(31, 48)
    assert line.running == "Asking Crossref: 31 of 48"
    task.finished.emit()
    assert line.running == ""


def test_quick_work_is_never_shown(line: StatusLine) -> None:
    task = a_task()
    line.watch(task)
    task.finished.emit()
    assert line.running == ""
    assert not line._pause.isActive()


def test_work_without_a_title_is_not_shown(line: StatusLine) -> None:
    line.watch(a_task(""))
    assert not line._pause.isActive()


def test_cancel_stops_the_task_that_is_shown(line: StatusLine, qtbot: QtBot) -> None:
    task = a_task()
    line.watch(task)
    qtbot.wait_until(lambda: line.running != "", timeout=3000)
    cancel = next(button for button in line.findChildren(QPushButton) if button.text() == "Cancel")
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert task.is_cancelled
    assert line.running == "Asking Crossref: stopping"
    task.finished.emit()


def test_a_task_can_be_stopped_before_it_is_shown(line: StatusLine) -> None:
    assert not line.stop()
    task = a_task()
    line.watch(task)
    assert line.stop()
    assert task.is_cancelled
    assert line.running == "Asking Crossref: stopping"
    task.finished.emit()
    assert not line.stop()


def test_a_share_of_a_hundred_is_shown_in_per_cent(line: StatusLine, qtbot: QtBot) -> None:
    task = a_task()
    line.watch(task)
    qtbot.wait_until(lambda: line.running != "", timeout=3000)
    task.progressed.emit(31, SHARES)
    assert line.running == "Asking Crossref: 31 %"
    task.finished.emit()


def test_the_next_task_is_shown_when_the_first_is_done(line: StatusLine, qtbot: QtBot) -> None:
    first, second = a_task("First"), a_task("Second")
    line.watch(first)
    line.watch(second)
    qtbot.wait_until(lambda: line.running == "First (and 1 more)", timeout=3000)
    first.finished.emit()
    assert line.running == "Second"
    second.finished.emit()


def test_it_says_what_is_safe_and_whether_there_is_a_network(line: StatusLine) -> None:
    line.show_saved(datetime.combine(datetime.now(), time(14, 2)))
    line.show_snapshot("Snapshot 14:00, verified 110 references")
    line.show_network(False)
    words = [label.text() for label in line.findChildren(QLabel) if label.isVisible()]
    assert words == ["Saved 14:02", "Snapshot 14:00, verified 110 references", "Offline"]


@pytest.mark.parametrize("online", [True, None])
def test_crossref_out_of_reach_is_told_with_its_time(line: StatusLine, online: bool | None) -> None:
    line.show_network(online, datetime(2024, 5, 3, 14, 2))
    assert line._online.isVisible()
    assert line._online.text() == "Crossref unreachable 14:02"
    line.show_network(False, datetime(2024, 5, 3, 14, 2))
    assert line._online.text() == "Offline"
    line.show_network(online)
    assert line._online.isVisible() is (online is not None)
    assert line._online.text() != "Crossref unreachable 14:02"
