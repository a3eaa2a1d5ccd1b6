"""What stands round the screens: cheap counts at once, others once nobody edits, the last snapshot."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidence_app.domain.edit import Edit, insert
from evidence_app.services import copies
from evidence_app.storage.connections import Reader
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.main_window import MainWindow
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.registry import ScreenSpec
from evidence_app.ui.settings import Preferences
from evidence_app.ui.shell.questions import Questions
from evidence_app.ui.shell.rail import Count, RailButton
from evidence_app.ui.window_questions import QUESTIONS
from tests.ui.doubles import RecordedMessages

CHECKS = ScreenSpec("checks", "Checks", "ph.check-square", "Report", "checks.screen:ChecksScreen")
HISTORY = ScreenSpec("history", "History", "ph.clock-counter-clockwise", "", "history.screen:HistoryScreen")


@pytest.fixture
def window(
    look: Look,
    lanes: InlineLanes,
    preferences: Preferences,
    messages: RecordedMessages,
    open_sample: OpenProject,
    qtbot: QtBot,
) -> Iterator[MainWindow]:
    made = MainWindow(
        look, lanes, preferences, messages=messages, questions=QUESTIONS, screens=(CHECKS, HISTORY)
    )
    qtbot.addWidget(made)
    made.show_project(open_sample)
    yield made
    made.forget_project()


def spoken(window: MainWindow) -> str:
    button = window.rail.findChild(RailButton, "checks")
    assert button is not None
    return button.accessibleName()


def test_the_rail_counts_what_the_checks_leave_to_do(window: MainWindow) -> None:
    assert spoken(window) == "Checks, 13 waiting"


def test_the_count_follows_once_nobody_edits(window: MainWindow, qtbot: QtBot) -> None:
    assert window.project is not None
    made = insert("waiver", rule="no-year", subject="reference:20", reason="It bears none")
    window.project.do(Edit("Waive", (made,)))
    assert spoken(window) == "Checks, 13 waiting"
    qtbot.wait_until(lambda: spoken(window) == "Checks, 12 waiting")


def test_the_status_line_names_the_last_verified_copy(
    window: MainWindow, messages: RecordedMessages, tmp_path: Path
) -> None:
    assert window.status._snapshot.text() == ""
    window.go_to("history")
    messages.answers = [tmp_path / "copy.evidence"]
    window.current.back_up()  # type: ignore[union-attr]
    assert window.status._snapshot.text().endswith("verified 110 references")
    window.forget_project()
    assert window.status._snapshot.text() == ""


def test_a_restored_copy_is_asked_to_be_opened(window: MainWindow, qtbot: QtBot) -> None:
    window.go_to("history")
    assert window.current is not None
    with qtbot.wait_signal(window.open_asked) as asked:
        window.current.context.open_project(Path("again.evidence"))
    assert asked.args == [Path("again.evidence")]


def test_a_window_without_slow_counts_waits_for_none(
    look: Look, lanes: InlineLanes, preferences: Preferences, open_sample: OpenProject, qtbot: QtBot
) -> None:
    def only(_reader: Reader) -> Mapping[str, Count]:
        return {"checks": Count(7)}

    made = MainWindow(look, lanes, preferences, questions=Questions(counts=only), screens=(CHECKS, HISTORY))
    qtbot.addWidget(made)
    made.show_project(open_sample)
    open_sample.do(Edit("Tag", (insert("tag", name="x"),)))
    assert spoken(made) == "Checks, 7"
    made.forget_project()
    assert copies.snapshot_words(open_sample.reader) == ""
