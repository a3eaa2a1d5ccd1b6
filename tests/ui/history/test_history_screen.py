"""The History screen as a person uses it: read, filtered, taken back, and copies made and brought back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from evidence_app.domain.edit import Edit, insert
from evidence_app.services import copies
from evidence_app.services.history import HistoryLine
from evidence_app.services.library.references import set_fields, set_standing
from evidence_app.storage import references
from evidence_app.storage.applied import Acting
from evidence_app.storage.trail import PAGE
from evidence_app.ui.history.copies import RestoreDialog, restored_name
from evidence_app.ui.history.edit_list import DayHead, spoken
from evidence_app.ui.history.screen import HistoryScreen
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.session import acting_of
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages, nameless, unreachable

BEN = Acting("Ben Nevis", "BN", "00000000-0000-4000-8000-00000000000b")


class Heard:
    """What the screen asked of the window."""

    def __init__(self) -> None:
        self.places: list[tuple[str, Subject | None]] = []
        self.said: list[str] = []
        self.acts: list[Callable[[], object]] = []
        self.opened: list[Path] = []

    def go_to(self, screen: str, subject: Subject | None = None) -> None:
        self.places.append((screen, subject))

    def say(
        self, text: str, *, undo: bool = False, act: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        self.said.append(f"{text}{' [Undo]' if undo else ''}{f' [{act[0]}]' if act else ''}")
        self.acts += [act[1]] if act else []

    def open_project(self, path: Path) -> None:
        self.opened.append(path)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def project(open_sample: OpenProject, preferences: Preferences) -> OpenProject:
    open_sample.act_as(acting_of(preferences))
    return open_sample


@pytest.fixture
def screen(
    look: Look,
    parts: Parts,
    lanes: InlineLanes,
    project: OpenProject,
    preferences: Preferences,
    messages: RecordedMessages,
    heard: Heard,
    qtbot: QtBot,
) -> HistoryScreen:
    context = ScreenContext(
        look, parts, lanes, project, preferences, messages, heard.go_to, heard.say, heard.open_project
    )
    change(project, volume="9")
    made = HistoryScreen(context)
    qtbot.addWidget(made)
    for part in made.header_parts():
        qtbot.addWidget(part)
    project.changed.connect(made.reload)
    made.resize(1200, 800)
    made.reload(frozenset())
    made.arrange(slim=False)
    made.show()
    qtbot.wait_exposed(made)
    made.activateWindow()
    return made


def change(project: OpenProject, number: int = 85, **fields: object) -> None:
    reference = references.by_number(project.reader, number)
    assert reference is not None
    known = references.provenance(project.reader, reference.id)
    project.do(set_fields(reference, fields, known, origin="typed"))


def include(project: OpenProject) -> None:
    project.do(set_standing([12, 13], "included"))


def add_edits(screen: HistoryScreen, project: OpenProject) -> None:
    """Make a page of edits and twenty more, and show the trail as it is when the screen opens."""
    project.changed.disconnect(screen.reload)
    for at in range(PAGE + 20):
        project.do(Edit(f"Tag {at}", (insert("tag", name=str(at)),)))
    screen._lines = []
    screen.reload(frozenset(("tag",)))


def lines(screen: HistoryScreen) -> list[HistoryLine]:
    return [row for row in screen._list.rows.rows if isinstance(row, HistoryLine)]


def labels(screen: HistoryScreen) -> list[str]:
    return [line.label for line in lines(screen)]


def words(screen: HistoryScreen) -> list[str]:
    return [label.text() for label in screen._inspector.findChildren(QLabel) if label.isVisible()]


# Reading


def test_edits_stand_under_their_days_and_the_newest_is_told(screen: HistoryScreen) -> None:
    head = screen._list.rows.rows[0]
    assert isinstance(head, DayHead)
    assert (head.words, head.edits) == ("Today", 3)
    assert labels(screen)[0] == "Change volume of Udayaraj 2019"
    assert screen.detail() == "3 edits by 2 persons"
    assert screen._inspector._title.text() == "Edit 3"
    assert "Volume of Udayaraj 2019" in words(screen)


def test_before_and_after_stand_on_their_grounds(screen: HistoryScreen) -> None:
    rich = [text for text in words(screen) if "background-color" in text]
    assert len(rich) == 2
    assert rich[1].endswith(">9</span>")


def test_a_new_edit_comes_on_top_and_is_told(screen: HistoryScreen, project: OpenProject) -> None:
    include(project)
    assert labels(screen)[0] == "Make 2 references included reports"
    assert screen._inspector._title.text() == "Edit 4"


def test_an_edit_somebody_reads_stays_chosen_when_another_comes(
    screen: HistoryScreen, project: OpenProject
) -> None:
    QTest.keyClick(screen._list, Qt.Key.Key_Down)
    assert screen._inspector._title.text() == "Edit 2"
    include(project)
    assert screen._inspector._title.text() == "Edit 2"


def test_what_was_taken_back_is_marked_on_both_lines(screen: HistoryScreen, project: OpenProject) -> None:
    project.undo()
    undo, done = lines(screen)[:2]
    assert undo.label == "Undo: Change volume of Udayaraj 2019"
    assert done.edit.taken_back
    assert done.state == "undone by 4"
    screen._list.setCurrentIndex(screen._list.rows.index(2))
    assert "Undone by 4." in words(screen)
    assert not screen._inspector.undo.isVisible()


def test_the_edit_in_the_way_is_named_in_a_banner(screen: HistoryScreen, project: OpenProject) -> None:
    change(project, volume="10")
    screen.show_place(Subject("edit", 3))
    assert screen._inspector._banner.isVisible()
    assert screen._inspector._banner.label.text().startswith("Edit 4 by Ada Reviewer (Change volume of")
    assert lines(screen)[1].state == "changed later"


# Narrowing


def test_kinds_of_edits_are_filters_with_counts(screen: HistoryScreen, project: OpenProject) -> None:
    project.do(Edit("Ask", (insert("question", text="Why?"),)))
    texts = [button.text() for button in screen._filters.buttons.values()]
    assert texts[0] == "All  4"
    screen._filters.buttons["review"].click()
    assert labels(screen) == ["Ask", "Write the sample review"]


def test_only_what_was_taken_back_can_be_shown(screen: HistoryScreen, project: OpenProject) -> None:
    assert "taken back" not in screen._filters.buttons
    project.undo()
    screen._filters.buttons["taken back"].click()
    assert labels(screen) == ["Change volume of Udayaraj 2019"]
    project.redo()
    assert labels(screen) == []
    assert screen._nothing.isVisible()
    screen._nothing.button.click()
    assert len(labels(screen)) == 5


def test_the_edits_of_one_person_can_be_shown(screen: HistoryScreen, project: OpenProject) -> None:
    project.act_as(BEN)
    include(project)
    screen._offer_persons()
    menu = screen.findChildren(QMenu)[-1]
    offered = [action.text() for action in menu.actions()]
    assert offered == ["Anyone", "Ada Reviewer  (1 edit)", "Ben Nevis  (1 edit)", "Reviewer  (2 edits)"]
    menu.actions()[2].trigger()
    menu.close()
    assert labels(screen) == ["Make 2 references included reports"]
    assert screen._persons.text() == "Ben Nevis"


def test_labels_are_searched(screen: HistoryScreen, qtbot: QtBot) -> None:
    qtbot.keyClicks(screen._search, "udayaraj")
    screen._search.search_now()
    assert labels(screen) == ["Change volume of Udayaraj 2019"]
    screen._search.setText("nothing like it")
    screen._search.search_now()
    assert screen._nothing.isVisible()


def test_older_edits_come_as_one_scrolls(screen: HistoryScreen, project: OpenProject) -> None:
    add_edits(screen, project)
    assert len(lines(screen)) == PAGE
    bar = screen._list.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert len(lines(screen)) == PAGE + 23
    assert not screen._list.rows.canFetchMore()
    heads = [row for row in screen._list.rows.rows if isinstance(row, DayHead)]
    assert [head.edits for head in heads] == [PAGE + 23]


def test_what_was_scrolled_to_stays_when_another_edit_comes(
    screen: HistoryScreen, project: OpenProject
) -> None:
    add_edits(screen, project)
    bar = screen._list.verticalScrollBar()
    bar.setValue(bar.maximum())
    project.changed.connect(screen.reload)
    include(project)
    assert len(lines(screen)) == PAGE + 24
    assert labels(screen)[0] == "Make 2 references included reports"
    assert labels(screen)[-1] == "Start the review"


def test_an_old_edit_is_shown_when_it_is_asked_for(screen: HistoryScreen, project: OpenProject) -> None:
    add_edits(screen, project)
    screen._choose_area("references")
    screen.show_place(Subject("edit", 3))
    assert screen._list.current_edit() == 3
    assert screen._inspector._title.text() == "Edit 3"


# Acting


def test_undo_goes_back_one_edit_at_a_time(screen: HistoryScreen, project: OpenProject) -> None:
    include(project)
    assert screen._undo.text() == "Undo: Make 2 references included reports"
    screen.show_place(Subject("edit", 3))
    assert not screen._inspector.undo.isEnabled()
    assert "the next is “Make 2 references included reports”" in screen._inspector.undo.toolTip()
    screen.show_place(Subject("edit", 4))
    screen._inspector.undo.click()
    assert lines(screen)[0].label == "Undo: Make 2 references included reports"
    assert screen._redo.isEnabled()
    screen._redo.click()
    assert lines(screen)[0].label == "Redo: Make 2 references included reports"
    assert not screen._redo.isEnabled()


def test_each_line_leads_to_what_it_was_about(screen: HistoryScreen, heard: Heard) -> None:
    assert screen._inspector.go.text() == "Open reference"
    screen.take_focus()
    QTest.keyClick(screen._list, Qt.Key.Key_Return)
    reference = references.by_number(screen.project.reader, 85)
    assert reference is not None
    assert heard.places == [("library", Subject("reference", reference.id))]


def test_the_keyboard_reaches_the_first_and_the_last_edit(screen: HistoryScreen) -> None:
    QTest.keyClick(screen._list, Qt.Key.Key_End)
    assert screen._list.current_edit() == 1
    QTest.keyClick(screen._list, Qt.Key.Key_Home)
    assert screen._list.current_edit() == 3


def test_what_is_gone_is_said_to_be_gone(screen: HistoryScreen, project: OpenProject, heard: Heard) -> None:
    project.do(Edit("Tag", (insert("tag", name="x"),)))
    screen.go_to_it()
    assert heard.said == ["What this edit was about is no longer in the review"]
    assert not screen._inspector.go.isVisible()


# Copies


def test_a_backup_is_written_verified_and_remembered(
    screen: HistoryScreen, messages: RecordedMessages, heard: Heard, tmp_path: Path
) -> None:
    out = tmp_path / "copy.evidence"
    messages.answers = [out]
    screen._back_up.click()
    assert out.is_file()
    assert heard.said == ["Backed up to copy.evidence; verified 110 references in it"]
    assert copies.snapshot_words(screen.project.reader).endswith("verified 110 references")


def test_a_backup_is_never_written_over_a_file(
    screen: HistoryScreen, messages: RecordedMessages, heard: Heard, tmp_path: Path
) -> None:
    out = tmp_path / "copy.evidence"
    out.write_text("Something else", "utf-8")
    failed: list[str] = []
    screen.context.lanes.failed.connect(lambda _task, error: failed.append(str(error)))
    messages.answers = [out]
    screen.back_up()
    assert out.read_text("utf-8") == "Something else"
    assert len(failed) == 1
    assert "already exists" in failed[0]
    assert heard.said == []


def test_a_backup_comes_back_as_a_new_file_beside_what_is_open(
    screen: HistoryScreen, messages: RecordedMessages, heard: Heard, tmp_path: Path
) -> None:
    backup, out = tmp_path / "Review 2026 backup.evidence", tmp_path / "again.evidence"
    copies.back_up(screen.project.reader, backup)
    screen.project.do(Edit("One more", (insert("reference", type="book", title="More"),)))
    seen: list[str] = []

    def look(dialog: RestoreDialog) -> bool:
        seen.extend(label.text() for label in dialog.findChildren(QLabel))
        assert nameless(dialog) == []
        return True

    messages.answers = [backup, look, out]
    screen.restore()
    assert seen[seen.index("References") + 1 :][:2] == ["111", "110"]
    assert heard.said == ["Restored 110 references to again.evidence, which is open now [Back to review]"]
    assert heard.opened == [out]
    heard.acts[0]()
    assert heard.opened == [out, screen.project.path]


def test_nothing_is_restored_when_the_counts_are_refused(
    screen: HistoryScreen, messages: RecordedMessages, heard: Heard, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.evidence"
    copies.back_up(screen.project.reader, backup)
    messages.answers = [backup, lambda _dialog: False]
    screen.restore()
    assert heard.said == []
    assert sorted(path.name for path in tmp_path.glob("*.evidence")) == ["backup.evidence", "review.evidence"]


def test_a_restored_copy_is_named_after_its_backup() -> None:
    assert restored_name(Path("Review 2026-01-02 10.00.00 backup.evidence")).name == (
        "Review 2026-01-02 10.00.00 restored.evidence"
    )


# For everybody


def test_everything_has_a_name_and_can_be_reached_by_keyboard(screen: HistoryScreen) -> None:
    assert nameless(screen) == []
    of_the_choice = {f"Button {button.accessibleName()}" for button in screen._filters.buttons.values()}
    assert set(unreachable(screen)) <= of_the_choice, "the others of a choice are reached with Left and Right"


def test_rows_are_spoken_with_number_person_and_state(screen: HistoryScreen, project: OpenProject) -> None:
    project.undo()
    head, _, done = screen._list.rows.rows[:3]
    assert spoken(head) == "Today, 4 edits"
    assert spoken(done).startswith("Edit 3, ")
    assert spoken(done).endswith("Ada Reviewer, Change volume of Udayaraj 2019, References, undone by 4")


def test_the_menu_offers_the_copies(screen: HistoryScreen) -> None:
    screen._menu_at(QPoint(5, 5))
    menu = screen.findChildren(QMenu)[-1]
    assert [action.text() for action in menu.actions()] == [
        "Go to what the edit was about", "Back up now…", "Restore a backup to a new file…",
    ]  # fmt: skip
    menu.close()
