"""Opening, making and closing projects: one at a time, nothing overwritten, nothing left open."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from evidence_app.domain.edit import Edit, insert
from evidence_app.storage.project import Project
from evidence_app.ui import greeting
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.main_window import MainWindow
from evidence_app.ui.session import Session
from evidence_app.ui.settings import Preferences
from tests.ui.doubles import RecordedMessages


@pytest.fixture
def session(
    tmp_path: Path,
    look: Look,
    lanes: InlineLanes,
    preferences: Preferences,
    messages: RecordedMessages,
    qtbot: QtBot,
) -> Iterator[Session]:
    """A session whose documents folder is empty."""
    window = MainWindow(look, lanes, preferences, messages=messages, screens=())
    qtbot.addWidget(window)
    session = Session(window, lanes, preferences, tmp_path / "Documents")
    yield session
    session.end()


def opened(session: Session) -> str:
    """Return the name of the file that is open."""
    return session.project.path.name if session.project else ""


def test_the_first_start_opens_the_sample_from_the_documents_folder(session: Session, tmp_path: Path) -> None:
    session.first()
    assert opened(session) == "Commissioning and co-production.evidence"
    assert session.project is not None
    assert session.project.reader.value("SELECT count(*) FROM live_reference") == 110
    assert len(list((tmp_path / "Documents").iterdir())) >= 1


def told(session: Session) -> str:
    """Return everything the window says at the moment."""
    return " ".join(label.text() for label in session._window.ground.findChildren(QLabel))


def test_the_sample_says_that_it_is_one_and_how_a_review_of_ones_own_begins(
    session: Session, messages: RecordedMessages, tmp_path: Path
) -> None:
    session.sample()
    assert greeting.SAMPLE in told(session)
    begin = next(
        button
        for button in session._window.ground.findChildren(QPushButton)
        if button.text() == "New project…"
    )
    messages.answers.append(tmp_path / "mine.evidence")
    begin.click()
    assert opened(session) == "mine.evidence"
    assert messages.asked == ["New project"]


def test_a_project_that_was_cut_off_says_what_to_do_again(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "mine.evidence"
    with Project.create(path, "Mine") as project:
        project.apply(Edit("Add", (insert("theme", name="Money", kind="topic"),)))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE edit SET finished = 0, label = 'Import big.ris' WHERE label = 'Add'")
    connection.close()
    session.open(path)
    assert "“Import big.ris” was cut off last time before it ended. Nothing of it was kept" in told(session)
    (toast,) = session._window.ground.toasts()
    assert not toast._end.isActive()  # it stays until it is put away


def test_the_sample_never_replaces_a_file(session: Session, tmp_path: Path) -> None:
    session.sample()
    first = opened(session)
    session.sample()
    assert opened(session) != first
    assert (tmp_path / "Documents" / first).is_file()


def test_the_next_start_opens_what_was_open_last(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "mine.evidence"
    session.new(path)
    session.sample()
    session.open(path)
    session.first()
    assert opened(session) == "mine.evidence"


def test_a_recent_file_that_is_gone_is_passed_over(session: Session, preferences: Preferences) -> None:
    preferences.change(recent_files=["/no/such/file.evidence"])
    session.first()
    assert opened(session).startswith("Commissioning")


def test_what_cannot_be_opened_is_told_and_the_open_project_stays(
    session: Session, messages: RecordedMessages, tmp_path: Path
) -> None:
    session.new(tmp_path / "mine.evidence")
    spoiled = tmp_path / "spoiled.evidence"
    spoiled.write_text("not a project")
    session.open(spoiled)
    assert opened(session) == "mine.evidence"
    assert "is not an Evidence Desk project" in messages.asked[-1]
    assert "stays open" in messages.asked[-1]
    assert spoiled.read_text() == "not a project"


def test_with_nothing_open_the_window_says_how_to_open_something(session: Session, tmp_path: Path) -> None:
    session.open(tmp_path / "none.evidence")
    window = session.parent()
    assert isinstance(window, MainWindow)
    shown = window.stack.currentWidget()
    assert shown is not None
    assert shown.accessibleName() == "No project is open."
    session.sample()
    assert opened(session).startswith("Commissioning")


def test_a_new_project_never_replaces_a_file(
    session: Session, messages: RecordedMessages, tmp_path: Path
) -> None:
    path = tmp_path / "mine.evidence"
    path.write_text("precious")
    session.new(path)
    assert path.read_text() == "precious"
    assert "already exists" in messages.asked[-1]


def test_edits_are_of_the_person_in_the_settings_also_after_a_change(
    session: Session, preferences: Preferences, tmp_path: Path
) -> None:
    session.new(tmp_path / "mine.evidence")
    preferences.enter_person("Grace Hopper", "GH")
    session.end()
    with Project.open(tmp_path / "mine.evidence") as project, project.reader() as reader:
        assert [row["name"] for row in reader.rows("SELECT name FROM person")] == ["Ada Reviewer"]


def test_the_end_leaves_one_complete_file(session: Session, tmp_path: Path) -> None:
    session.new(tmp_path / "mine.evidence")
    session.end()
    assert sorted(file.name for file in tmp_path.glob("mine*")) == ["mine.evidence"]


def test_somebody_else_at_this_computer_has_edits_and_an_undo_of_their_own(
    session: Session, preferences: Preferences, messages: RecordedMessages, tmp_path: Path
) -> None:
    session.new(tmp_path / "mine.evidence")
    project = session.project
    assert project is not None
    project.do(Edit("Add a theme", (insert("theme", name="Money", kind="topic"),)))
    assert project.can_undo()
    messages.answers.append(lambda dialog: (dialog.filter.setText("Grace Hopper"), dialog.take()))
    session._window.handlers.work_as()
    assert session._window.rail.person.text() == "Grace Hopper"
    assert not project.can_undo()
    project.do(Edit("Add a theme", (insert("theme", name="Time", kind="topic"),)))
    rows = project.reader.rows("SELECT p.name FROM edit e JOIN person p ON p.id = e.person ORDER BY e.id")
    assert [row["name"] for row in rows][-2:] == ["Ada Reviewer", "Grace Hopper"]
    project.undo()
    assert [row["name"] for row in project.reader.rows("SELECT name FROM live_theme")] == ["Money"]
