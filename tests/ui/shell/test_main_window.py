"""The window: screens made when asked for, commands that reach them, edits told to them, places kept."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from evidence_app.domain.edit import Edit, insert
from evidence_app.storage.applied import Acting
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.ui import registry
from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.main_window import MainWindow
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.registry import BESIDE, ScreenSpec
from evidence_app.ui.screen import Screen, ScreenContext, Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.shell.handlers import recent_projects
from evidence_app.ui.shell.key_tips import name_keys
from evidence_app.ui.shell.palette import Entry
from evidence_app.ui.shell.questions import Found, Questions
from evidence_app.ui.shell.rail import Count, Rail, RailButton
from evidence_app.ui.tasks import Task
from evidence_app.ui.widgets.laying import across, down
from tests.ui.doubles import RecordedMessages, nameless, unreachable

ADA = Acting("Ada", "A", "00000000-0000-4000-8000-00000000000a")


class Shelf(Screen):
    """A screen that remembers what it was told."""

    ACTIONS: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("mark_checked", "Mark as checked", "Screen", "Ctrl+D", "ph.check"),
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.told: list[object] = []
        self.search = self.parts.search("Search", "Search the shelf")
        self.field = self.parts.field("Title", "Co-production")
        inspector = self.parts.inspector(down(self.parts.label("Chosen")), down(self.field, None))
        self.lay_out(
            self.parts.label("Rows"), bar=across(self.parts.button("All", "filter")), inspector=inspector
        )

    def title(self) -> str:
        """Return the title."""
        return "Shelf"

    def detail(self) -> str:
        """Return a fact."""
        return f"{len(self.told)} told"

    def header_parts(self) -> Sequence[QWidget]:
        """Return the search box and an act."""
        return [self.search, self.parts.button("Export", "primary")]

    def reload(self, tables: frozenset[str]) -> None:
        """Remember which tables."""
        self.told.append(tables)

    def show_place(self, subject: Subject) -> None:
        """Remember the place."""
        self.told.append(subject)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what searching does here."""
        return {"find": self.search.setFocus}

    def arrange(self, *, slim: bool) -> None:
        """Remember the width."""
        self.told.append("slim" if slim else "wide")

    def takes(self, mime: QMimeData) -> bool:
        """Take files."""
        return mime.hasUrls()

    def take(self, mime: QMimeData) -> None:
        """Remember the files."""
        self.told.append([url.toLocalFile() for url in mime.urls()])

    def leave(self) -> None:
        """Remember that it was left."""
        self.told.append("left")

    def mark_checked(self) -> None:
        """Remember the command."""
        self.told.append("marked")


class ShelfSpec(ScreenSpec):
    """A screen of the registry whose class is here."""

    def make(self, context: ScreenContext) -> Screen:
        """Return a new shelf."""
        return Shelf(context)


SCREENS = (
    ShelfSpec("library", "Library", "ph.books", "Collect", "", "References."),
    ShelfSpec("searches", "Searches", "ph.magnifying-glass", "Collect", "", "Searches."),
    ShelfSpec("themes", "Themes", "ph.tree-structure", "Make sense", "", "Themes."),
    ShelfSpec("history", "History", "ph.clock-counter-clockwise", BESIDE, "", "Edits."),
)


def found(_reader: Reader, words: str) -> Sequence[Found]:
    """Find one reference for everything."""
    return [Found(f"85 {words}", "Udayaraj 2019", "themes", Subject("reference", 85))]


def counted(reader: Reader) -> Mapping[str, Count]:
    """Count the references."""
    number = reader.value("SELECT count(*) FROM live_reference")
    return {"library": Count(number, waits=number > 1)}


@pytest.fixture
def window(
    tmp_path: Path,
    look: Look,
    lanes: InlineLanes,
    preferences: Preferences,
    messages: RecordedMessages,
    qtbot: QtBot,
) -> Iterator[MainWindow]:
    """The window, shown on a new project."""
    questions = Questions(found, counted, lambda _reader: ("Trial", "and error"))
    window = MainWindow(look, lanes, preferences, messages=messages, questions=questions, screens=SCREENS)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    project = OpenProject(lanes, Project.create(tmp_path / "trial.evidence", "Trial", ADA))
    window.show_project(project)
    window.show()
    qtbot.wait_exposed(window)
    window.activateWindow()
    yield window
    window.forget_project()
    project.close()


def shelf(window: MainWindow) -> Shelf:
    """Return the screen that is shown."""
    assert isinstance(window.current, Shelf)
    return window.current


def add(window: MainWindow, title: str = "Report") -> None:
    """Write one edit."""
    assert window.project is not None
    window.project.do(Edit(f"Add {title}", (insert("reference", type="report", title=title),)))


def texts(window: MainWindow) -> list[str]:
    """Return all words that are shown."""
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_the_first_screen_is_shown_and_reads_everything(window: MainWindow) -> None:
    assert shelf(window).told[0] == frozenset()
    assert "Shelf" in texts(window)
    assert window.windowTitle() == "trial – Evidence Desk"


def test_a_screen_is_made_when_it_is_first_asked_for_and_kept(window: MainWindow) -> None:
    first = shelf(window)
    window.go_to("themes")
    window.go_to("library")
    assert shelf(window) is first
    assert "left" in first.told


def test_an_edit_reaches_the_screen_that_is_shown_at_once_and_the_others_when_they_come(
    window: MainWindow,
) -> None:
    window.go_to("themes")
    themes = shelf(window)
    add(window)
    assert themes.told[-1] == frozenset({"reference"})
    library_told = next(one for one in window.findChildren(Shelf) if one is not themes).told
    assert frozenset({"reference"}) not in library_told
    window.go_to("library")
    assert frozenset({"reference"}) in library_told


def test_the_rail_counts_and_says_what_waits(window: MainWindow) -> None:
    add(window)
    add(window)
    buttons = {button.accessibleName() for button in window.rail.findChildren(QWidget)}
    assert "Library, 2 waiting" in buttons
    assert window.rail.review.accessibleName() == "Project: Trial and error"


def test_the_status_line_says_when_it_was_saved(window: MainWindow) -> None:
    add(window)
    assert any(text.startswith("Saved ") for text in texts(window))


def test_the_last_edit_counts_and_not_the_file_where_the_program_was_killed(window: MainWindow) -> None:
    add(window)
    assert window.project is not None
    shown = window._saved_at
    os.utime(window.project.path, (0, 0))  # what was written lies in the journal beside the file
    window.show_project(window.project)
    assert window._saved_at is not None
    assert shown is not None
    assert abs((window._saved_at - shown).total_seconds()) < 60
    window.status.show_saved(datetime(2024, 5, 3, 14, 5))
    assert "Saved 3 May" in texts(window)


def test_digits_go_to_the_screens(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    chosen = [button.text() for button in window.rail.findChildren(RailButton) if button.isChecked()]
    assert chosen == ["Themes"]


def test_undo_and_redo_by_key_name_what_they_do(window: MainWindow, qtbot: QtBot) -> None:
    add(window, "Co-production")
    assert window.commands.actions["undo"].text() == "Undo: Add Co-production"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not window.commands.actions["undo"].isEnabled()
    assert window.commands.actions["redo"].text() == "Redo: Add Co-production"
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert window.commands.actions["undo"].isEnabled()


def test_ctrl_z_in_a_field_takes_back_typing_and_not_the_edit(window: MainWindow, qtbot: QtBot) -> None:
    add(window)
    editor = shelf(window).field.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "x")
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "Co-production"  # type: ignore[union-attr]
    assert window.commands.actions["undo"].isEnabled()


def test_the_screen_answers_what_it_can_and_the_rest_is_grey(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shelf(window).search.hasFocus()
    assert not window.commands.actions["add"].isEnabled()


def test_commands_of_a_screen_work_only_while_it_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    library = shelf(window)
    window.go_to("themes")
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert "marked" in shelf(window).told
    assert "marked" not in library.told
    assert "Mark as checked" in [entry.text for entry in window.commands.entries()]


def test_going_back_shows_the_place_before(window: MainWindow) -> None:
    window.go_to("themes", Subject("theme", 4))
    window.go_to("library")
    window.handlers.go_back()
    assert shelf(window).told[-1] == Subject("theme", 4)


def test_the_palette_finds_commands_screens_and_references(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(
        window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    panel = window.palette_panel
    assert panel.isVisible()
    qtbot.keyClicks(panel.line, "theme")
    assert [entry.text for entry in panel.entries()] == ["Themes", "85 theme"]
    qtbot.keyClick(panel.line, Qt.Key.Key_Down)
    qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    assert shelf(window).told[-1] == Subject("reference", 85)
    assert not panel.isVisible()


def test_escape_closes_the_palette_and_gives_the_focus_back(window: MainWindow, qtbot: QtBot) -> None:
    shelf(window).search.setFocus()
    window.handlers.palette()
    qtbot.keyClick(window.palette_panel.line, Qt.Key.Key_Escape)
    assert not window.palette_panel.isVisible()
    assert shelf(window).search.hasFocus()


def test_the_palette_finds_a_number_of_one_digit_and_no_answer_to_older_words(window: MainWindow) -> None:
    window.handlers.palette()
    panel = window.palette_panel
    panel.line.setText("7")
    assert [entry.text for entry in panel.entries()] == ["85 7"]
    panel.line.setText("x")
    panel.show_found("7", [Entry("7 An older answer", list)])
    assert "7 An older answer" not in [entry.text for entry in panel.entries()]
    panel.dismiss()


def test_the_palette_stays_in_the_middle_and_closes_when_what_had_the_keyboard_is_gone(
    window: MainWindow,
) -> None:
    shelf(window).search.setFocus()
    window.handlers.palette()
    panel = window.palette_panel
    window.resize(1200, 800)
    QApplication.processEvents()
    assert abs(panel.geometry().center().x() - 600) <= 1
    shelf(window).search.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    panel.dismiss()
    assert not panel.isVisible()


def test_a_refused_edit_is_said_and_stays_until_it_is_closed(window: MainWindow) -> None:
    assert window.project is not None
    window.project.refused.emit("Nothing was written: the year has changed meanwhile.")
    (toast,) = window.ground.toasts()
    assert toast.label.text() == "Nothing was written: the year has changed meanwhile."
    assert shelf(window).told[-1] == frozenset()
    toast.go()
    assert window.ground.toasts() == []


def test_a_toast_offers_to_take_the_edit_back(window: MainWindow, qtbot: QtBot) -> None:
    add(window)
    shelf(window).context.say("Added a reference.", undo=True)
    (toast,) = window.ground.toasts()
    undo = next(part for part in toast.findChildren(QWidget) if part.accessibleName() == "Undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert window.project is not None
    assert not window.project.can_undo()
    assert window.ground.toasts() == []


def test_a_task_nobody_listens_to_fails_in_words(window: MainWindow) -> None:
    window.lanes.network.start(Task(lambda _report: 1 / 0, "Asking Crossref"))
    assert (
        window.ground.toasts()[0]
        .label.text()
        .startswith("Asking Crossref could not be done; nothing was changed.")
    )
    window.ground.toasts()[0].go()


def test_a_narrow_window_has_a_slim_rail_and_tells_the_screen(window: MainWindow, look: Look) -> None:
    window.resize(1100, 700)
    assert window.rail.width() == look.size("rail-slim")
    assert shelf(window).told[-1] == "slim"
    window.resize(1440, 900)
    assert window.rail.width() == look.size("rail")
    assert shelf(window).told[-1] == "wide"


def test_larger_text_makes_the_screens_anew_at_the_same_place(window: MainWindow, look: Look) -> None:
    window.go_to("themes", Subject("theme", 4))
    before = shelf(window)
    look.change(scale=2.0)
    assert shelf(window) is not before
    assert shelf(window).told[-1] == Subject("theme", 4)
    assert window.header.height() == 104
    QApplication.processEvents()
    assert any(text.startswith("Saved ") for text in texts(window))


def test_what_runs_is_still_shown_once_the_text_is_larger(window: MainWindow, look: Look) -> None:
    task = Task(lambda _report: None, "Asking Crossref")
    window.status.watch(task)
    look.change(scale=2.0)
    assert window.status.stop()
    assert window.status.running == "Asking Crossref: stopping"
    assert task.is_cancelled


def test_the_inspector_leaves_room_for_the_list_at_double_text(window: MainWindow, look: Look) -> None:
    look.change(scale=2.0)
    window.resize(1100, 700)
    inspector = shelf(window).inspector
    assert inspector is not None
    assert inspector.width() < 0.45 * 1100


def test_the_inspector_can_be_hidden(window: MainWindow) -> None:
    window.handlers.toggle_inspector()
    inspector = shelf(window).inspector
    assert inspector is not None
    assert not inspector.isVisible()
    window.handlers.toggle_inspector()
    assert inspector.isVisible()


def dropped_on(window: MainWindow, *files: str) -> bool:
    """Drop files on the window; return whether they were taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(file) for file in files])
    drop = QDropEvent(
        QPointF(QPoint(400, 400)), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    drop.ignore()
    window.dropEvent(drop)
    return drop.isAccepted()


def test_what_is_dropped_goes_to_the_screen(window: MainWindow) -> None:
    assert dropped_on(window, "/tmp/a.pdf")
    assert shelf(window).told[-1] == ["/tmp/a.pdf"]


def test_a_dropped_file_is_copied_and_never_moved(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/a.ris")])
    both = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    drop = QDropEvent(QPointF(9, 9), both, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(drop)
    assert drop.dropAction() == Qt.DropAction.CopyAction


def test_dropped_exports_are_imported_whatever_screen_is_shown(window: MainWindow) -> None:
    library = shelf(window)
    assert dropped_on(window, "/tmp/a.ris", "/tmp/b.BIB")
    assert shelf(window) is not library
    assert shelf(window).told[-1] == ["/tmp/a.ris", "/tmp/b.BIB"]
    assert "/tmp/a.ris" not in str(library.told)


def test_a_dropped_folder_of_exports_is_imported_whatever_screen_is_shown(
    window: MainWindow, tmp_path: Path
) -> None:
    library = shelf(window)
    for name in ("a.ris", "table.csv", "notes.odd"):
        (tmp_path / name).touch()
    assert dropped_on(window, str(tmp_path))
    assert shelf(window) is not library
    assert shelf(window).told[-1] == [str(tmp_path)]


def test_a_folder_of_papers_is_no_folder_of_exports(window: MainWindow, tmp_path: Path) -> None:
    library = shelf(window)
    for name in ("a.ris", "a.pdf"):
        (tmp_path / name).touch()
    dropped_on(window, str(tmp_path))
    assert shelf(window) is library


def test_a_dropped_project_is_opened(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.wait_signal(window.open_asked) as asked:
        assert dropped_on(window, "/tmp/other.evidence")
    assert asked.args == [Path("/tmp/other.evidence")]


def test_projects_are_asked_of_whoever_made_the_window(
    window: MainWindow, messages: RecordedMessages, qtbot: QtBot
) -> None:
    messages.answers = [Path("/some/other.evidence")]
    with qtbot.wait_signal(window.open_asked) as asked:
        window.handlers.open_project()
    assert asked.args == [Path("/some/other.evidence")]


def test_recent_projects_are_those_still_there_told_apart_by_their_folder(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a/Review.evidence", "b/Review.evidence", "b/Other.evidence")]
    for file in files:
        file.parent.mkdir(exist_ok=True)
        file.touch()
    asked = [str(tmp_path / "gone.evidence"), *map(str, files)]
    assert recent_projects(asked) == list(zip(("Review in a", "Review in b", "Other"), files, strict=True))


def test_alt_shows_the_menu_bar(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.menuBar().isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Alt)
    assert window.menuBar().isVisible()
    assert [action.text() for action in window.menuBar().actions()][:3] == ["File", "Edit", "Go"]


def test_alt_gives_the_menu_bar_the_keyboard_and_alt_again_gives_it_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    before = window.focusWidget()
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Alt)
    assert window.menuBar().hasFocus()
    assert window.menuBar().activeAction() is not None
    qtbot.keyClick(window.menuBar(), Qt.Key.Key_Alt)
    assert not window.menuBar().isVisible()
    assert window.focusWidget() is before


def test_alt_as_part_of_a_chord_leaves_the_menu_bar_alone(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyClick(window, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert not window.menuBar().isVisible()


def test_esc_and_leaving_the_menu_bar_hide_it(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Alt)
    qtbot.keyClick(window.menuBar(), Qt.Key.Key_Escape)
    assert not window.menuBar().isVisible()


def test_coming_back_from_another_window_shows_what_that_one_wrote(window: MainWindow, qtbot: QtBot) -> None:
    assert window.project is not None
    library = shelf(window)
    window.go_to("themes")
    QApplication.processEvents()
    told = len(shelf(window).told), len(library.told)
    with Project.open(window.project.path, ADA) as elsewhere:
        elsewhere.apply(Edit("Add", (insert("reference", type="report", title="Theirs"),)))
        QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert frozenset() in shelf(window).told[told[0] :]
    assert frozenset() in library.told[told[1] :]
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    add(window, "Ours")
    before = len(shelf(window).told)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert len(shelf(window).told) == before


def test_the_window_comes_back_as_it_was(window: MainWindow, preferences: Preferences) -> None:
    window.go_to("themes")
    window.close()
    assert preferences.now.last_screen == "themes"
    assert preferences.now.window_geometry != ""


def test_the_window_never_begins_larger_than_the_screen(
    look: Look, lanes: InlineLanes, preferences: Preferences, messages: RecordedMessages, qtbot: QtBot
) -> None:
    preferences.change(window_geometry="")
    window = MainWindow(look, lanes, preferences, messages=messages, screens=())
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert window.size() == QSize(1440, 900).boundedTo(room)
    assert window.size() != QSize(1440, 900)  # the screen of the tests is smaller


def test_a_project_comes_back_where_one_was_and_a_new_one_at_its_beginning(window: MainWindow) -> None:
    window.go_to("themes")
    assert window.project is not None
    window.show_project(window.project)
    assert window.preferences.now.last_screen == "themes"
    window.show_project(window.project, at="library")
    assert window.preferences.now.last_screen == "library"


def test_everything_has_a_name_and_can_be_reached_by_keyboard(window: MainWindow) -> None:
    window.say("Done.", undo=True)
    window.handlers.palette()
    assert nameless(window) == []
    assert unreachable(window) == []
    for toast in window.ground.toasts():
        toast.go()


def test_tab_goes_from_the_rail_to_the_header_and_then_to_the_list(window: MainWindow) -> None:
    following = window.rail.settings.nextInFocusChain()
    while following is not None and not (
        following.isVisible() and following.focusPolicy() & Qt.FocusPolicy.TabFocus
    ):
        following = following.nextInFocusChain()
    assert following is shelf(window).search


def test_messages_stay_in_their_order_and_the_oldest_goes_first(window: MainWindow) -> None:
    for word in ("One", "Two", "Three", "Four"):
        window.say(word)
    toasts = window.ground.toasts()
    assert [toast.label.text() for toast in toasts] == ["Two", "Three", "Four"]
    assert [toast.y() for toast in toasts] == sorted(toast.y() for toast in toasts)


def test_a_message_can_be_answered_by_keyboard_and_gives_it_back(window: MainWindow) -> None:
    pressed: list[str] = []
    window.activateWindow()
    before = shelf(window).search
    before.setFocus()
    window.say("Asked Crossref.", act=("Show report", lambda: pressed.append("report")))
    window.handlers.to_message()
    (toast,) = window.ground.toasts()
    toast._time_is_up()
    assert window.ground.toasts() == [toast], "it stays while somebody is about to press it"
    button = QApplication.focusWidget()
    assert button is not None
    assert button.accessibleName() == "Show report"
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == ["report"]
    assert window.ground.toasts() == []
    assert QApplication.focusWidget() is before


def test_half_typed_text_is_kept_when_another_screen_comes(window: MainWindow, qtbot: QtBot) -> None:
    field, told = shelf(window).field, list[str]()
    field.edited.connect(told.append)
    field.editor.setFocus()
    qtbot.keyClicks(field.editor, "s ")
    window.go_to("themes")
    assert len(told) == 1


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_rail_shows_the_chosen_screen_in_a_low_window(qtbot: QtBot, look: Look, scale: float) -> None:
    look.change(scale=scale)
    rail = Rail(look, registry.SCREENS)
    qtbot.addWidget(rail)
    rail.set_slim(True)
    rail.resize(rail.width(), 620)
    rail.show()
    qtbot.wait_exposed(rail)
    last = [spec.name for spec in registry.SCREENS if spec.group != BESIDE][-1]
    rail.show_chosen(last)
    button = rail.findChild(RailButton, last)
    assert button is not None
    seen = button.visibleRegion().boundingRect()
    assert seen.height() == button.height() >= look.px(22)


def test_the_steps_of_the_rail_stand_closer_where_the_window_is_low(qtbot: QtBot, look: Look) -> None:
    look.change(scale=1.5)
    rail = Rail(look, registry.SCREENS)
    qtbot.addWidget(rail)
    rail.set_slim(True)
    rail.resize(rail.width(), 720 - look.size("status"))
    rail.show()
    qtbot.wait_exposed(rail)
    steps = [step for step in rail.findChildren(RailButton) if step.isCheckable()]
    assert all(step.visibleRegion().boundingRect() == step.rect() for step in steps)
    rail.resize(rail.width(), 1400)
    QApplication.processEvents()
    assert {step.height() for step in steps} == {look.px(30)}


def test_buttons_name_the_key_of_the_command_they_do(window: MainWindow) -> None:
    made = shelf(window)
    check = made.parts.button("Mark checked", "plain", act=made.mark_checked)
    other = made.parts.button("Close", "plain", act=made.close)
    more = made.parts.tool("ph.check", "Mark checked", made.mark_checked)
    for button in (check, other, more):
        button.setParent(made)
    name_keys(made, QWidget(made))
    assert check.toolTip() == "Mark as checked  (Ctrl+D)"
    assert more.toolTip() == "Mark checked  (Ctrl+D)"
    assert other.toolTip() == ""
    step = window.rail.findChild(RailButton, "searches")
    assert step is not None
    assert step.toolTip() == "Searches  (Ctrl+2)"
