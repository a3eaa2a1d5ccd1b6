"""The code book beside the text: moved, merged, split and counted, by mouse and by keys alone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from evidence_app.domain.edit import Edit, insert
from evidence_app.services.coding import codebook
from evidence_app.storage import coding
from evidence_app.ui.coding.code_delegate import STUDIES, line_of
from evidence_app.ui.coding.code_dialogs import SplitDialog
from evidence_app.ui.coding.code_tree import MovedCodes
from evidence_app.ui.widgets.pick_dialog import PickDialog
from tests.ui.coding.desk import Key, ScreenDesk, shown_screen
from tests.ui.desks import Tools
from tests.ui.doubles import nameless, unreachable

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip


@pytest.fixture
def desk(screen_tools: Tools, tmp_path: Path) -> Iterator[ScreenDesk]:
    with shown_screen(tmp_path, screen_tools) as made:
        made.screen.reading.open(1)
        QApplication.processEvents()
        yield made


@pytest.fixture
def book(desk: ScreenDesk) -> ScreenDesk:
    """The screen with five codes that no passage has."""
    for name in ("Money", "Trust", "Time", "Voice", "Power"):
        desk.project.do(codebook.new_code(name))
    desk.screen.codes.tree.setFocus()
    return desk


def tree(desk: ScreenDesk) -> str:
    """Return the code book in one line: each step in is a dot."""
    return " ".join("." * each.depth + each.code.name for each in desk.screen.desk.book.tree)


def choose(desk: ScreenDesk, *names: str) -> None:
    """Choose codes by name; the first is the current one."""
    rows = {each.code.name: each.code.id for each in desk.screen.desk.book.tree}
    desk.screen.codes.tree.choose([rows[name] for name in names], rows[names[0]])


def press(desk: ScreenDesk, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key in the code book."""
    QTest.keyClick(desk.screen.codes.tree, key, held)
    QApplication.processEvents()


def picking(letters: str) -> Callable[[PickDialog], bool]:
    """Return the answer that types letters in a dialog and takes what is first."""

    def answer(dialog: PickDialog) -> bool:
        assert nameless(dialog) == []
        assert unreachable(dialog) == []
        QTest.keyClicks(dialog.filter, letters)
        QTest.keyClick(dialog.filter, Key.Key_Return)
        return dialog.taken is not None

    return answer


def test_several_codes_are_dragged_under_another_one(desk: ScreenDesk) -> None:
    for words, name in (
        ("money arrived late", "Late"),
        ("money came on time", "Punctual"),
        ("trust", "Trust"),
    ):
        desk.code(words, name)
    tree = desk.screen.codes.tree
    rows = {each.code.name: each.code.id for each in desk.screen.desk.book.tree}
    tree.choose([rows["Late"], rows["Punctual"]], rows["Late"])
    mime = tree.lines.mimeData(tree.selectedIndexes())
    onto = next(index for row, index in tree._indexes() if row == rows["Trust"])
    spot = tree.visualRect(onto).center()
    copy, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(tree.viewport(), QDragEnterEvent(spot, copy, mime, left, none))
    QApplication.sendEvent(tree.viewport(), QDragMoveEvent(spot, copy, mime, left, none))
    QApplication.sendEvent(tree.viewport(), QDropEvent(QPointF(spot), copy, mime, left, none))
    QApplication.processEvents()
    assert [each.full_name for each in desk.screen.desk.book.tree] == [
        "Trust", "Trust / Late", "Trust / Punctual"
    ]  # fmt: skip
    desk.project.undo()
    assert [each.full_name for each in desk.screen.desk.book.tree] == ["Late", "Punctual", "Trust"]


def test_the_code_book_is_moved_merged_split_and_removed(desk: ScreenDesk) -> None:
    for words, name in (
        ("money arrived late", "Late"),
        ("money came on time", "Punctual"),
        ("trust", "Trust"),
    ):
        desk.code(words, name)
    rows = {each.code.name: each.code.id for each in desk.screen.desk.book.tree}
    tree, page = desk.screen.codes.tree, desk.screen.codes
    tree.moved.emit(MovedCodes((rows["Late"], rows["Punctual"]), rows["Trust"], None))
    assert [each.full_name for each in desk.screen.desk.book.tree] == [
        "Trust",
        "Trust / Late",
        "Trust / Punctual",
    ]
    tree.choose([rows["Late"], rows["Punctual"]], rows["Late"])
    desk.messages.answers = [True]
    page.acted.emit("merge")
    assert [name for _, name in desk.told()] == ["Late", "Late", "Trust"]
    tree.choose([rows["Late"]], rows["Late"])
    page.acted.emit("quotations")
    found = desk.screen.found.table
    assert len(found.found) == 2
    found.select(max(found.found))

    def split(dialog: SplitDialog) -> bool:
        assert dialog.ticked() == [max(found.found)]
        dialog.name.setText("In time")
        return True

    desk.messages.answers = [split]
    page.acted.emit("split")
    assert sorted({name for _, name in desk.told()}) == ["In time", "Late", "Trust"]
    page.acted.emit("colour #036F68")
    page.defined.emit(page.chosen()[0], "definition", "Too late to spend")
    code = next(each for each in coding.codes(desk.project.reader) if each.name == "Late")
    assert (code.colour, code.definition) == ("#036F68", "Too late to spend")
    tree.renamed.emit(code.id, "Too late")
    desk.messages.answers = [True]
    tree.removed.emit()
    assert "Too late" not in [each.code.name for each in desk.screen.desk.book.tree]
    for _ in range(7):
        desk.project.undo()
    assert [name for _, name in desk.told()] == ["Late", "Punctual", "Trust"]


def test_the_menu_of_the_code_book_offers_its_acts(desk: ScreenDesk) -> None:
    desk.code("money arrived late", "Late")
    desk.screen.codes.tree.choose([1], 1)
    menu = desk.screen.codes.menu()
    assert isinstance(menu, QMenu)
    assert {"rename", "merge", "split", "folder", "remove"} <= {each.objectName() for each in menu.actions()}
    menu.deleteLater()
    desk.screen.codes.filter.setText("zz")
    desk.screen.codes.filter.search_now()
    assert desk.screen.codes.tree.lines.rowCount() == 0


def test_codes_are_moved_with_the_arrows_and_stay_chosen(book: ScreenDesk) -> None:
    choose(book, "Time")
    press(book, Key.Key_Up, ALT)
    assert tree(book) == "Money Time Trust Voice Power"
    press(book, Key.Key_Right, ALT)
    assert tree(book) == "Money .Time Trust Voice Power"
    press(book, Key.Key_Left, ALT)
    press(book, Key.Key_Down, ALT)
    assert tree(book) == "Money Trust Time Voice Power"
    assert [code.name for code in book.screen.codes.chosen()] == ["Time"]
    press(book, Key.Key_Down, SHIFT)
    press(book, Key.Key_Right, ALT)
    assert tree(book) == "Money Trust .Time .Voice Power"
    assert [code.name for code in book.screen.codes.chosen()] == ["Time", "Voice"]
    press(book, Key.Key_Up, ALT)
    assert book.said == ["It is the first one there."]
    for _ in range(5):
        book.project.undo()
    assert tree(book) == "Money Trust Time Voice Power"


def test_what_codes_are_moved_into_is_unfolded(book: ScreenDesk) -> None:
    view = book.screen.codes.tree
    choose(book, "Trust")
    press(book, Key.Key_Right, ALT)
    money = next(index for row, index in view._indexes() if line_of(index).placed.code.name == "Money")  # type: ignore[union-attr]
    view.collapse(money)
    choose(book, "Time")
    press(book, Key.Key_Right, ALT)
    assert tree(book) == "Money .Trust .Time Voice Power"
    money = next(index for row, index in view._indexes() if line_of(index).placed.code.name == "Money")  # type: ignore[union-attr]
    assert view.isExpanded(money)


def test_codes_are_moved_to_a_place_found_by_its_letters(book: ScreenDesk) -> None:
    choose(book, "Time", "Power")
    book.messages.answers = [picking("voi")]
    press(book, Key.Key_M, CTRL | SHIFT)
    assert book.messages.asked == ["Move 2 codes under"]
    assert tree(book) == "Money Trust Voice .Time .Power"
    choose(book, "Time")
    book.messages.answers = [picking("top")]
    press(book, Key.Key_M, CTRL | SHIFT)
    assert tree(book) == "Money Trust Voice .Power Time"
    book.messages.answers = [picking("no code has these")]
    press(book, Key.Key_M, CTRL | SHIFT)
    assert tree(book) == "Money Trust Voice .Power Time"


def test_codes_are_merged_and_taken_apart_by_keys(book: ScreenDesk) -> None:
    choose(book, "Time")
    book.messages.answers = [picking("mon")]
    press(book, Key.Key_J, CTRL | SHIFT)
    assert tree(book) == "Money Trust Voice Power"
    choose(book, "Money", "Trust", "Voice")
    book.messages.answers = [True]
    press(book, Key.Key_J, CTRL | SHIFT)
    assert book.messages.asked[-1].startswith("Merge “Trust”, “Voice” into “Money”?")
    assert tree(book) == "Money Power"
    choose(book, "Money")
    book.messages.answers = [picking("voi"), picking("tim")]
    book.screen.codes.acted.emit("unmerge")
    book.screen.codes.acted.emit("unmerge")
    book.screen.codes.acted.emit("unmerge")
    assert tree(book) == "Money Trust Time Voice Power"
    book.screen.codes.acted.emit("unmerge")
    assert book.said == ["Nothing was merged into “Money”."]


def test_a_code_is_split_by_keys(desk: ScreenDesk) -> None:
    for words in ("money arrived late", "money came on time"):
        desk.code(words, "Money")

    def split(dialog: SplitDialog) -> bool:
        assert nameless(dialog) == []
        assert not dialog.split.isEnabled()
        QTest.keyClicks(dialog.name, "In time")
        assert not dialog.split.isEnabled()
        dialog.list.setCurrentRow(1)
        QTest.keyClick(dialog.list, Key.Key_Space)
        assert dialog.split.isEnabled()
        assert dialog.split.text() == "Split off 1 quotation"
        return True

    desk.messages.answers = [split]
    choose(desk, "Money")
    press(desk, Key.Key_S, CTRL | SHIFT)
    assert desk.told() == [("money arrived late", "Money"), ("money came on time", "In time")]
    desk.project.undo()
    assert {name for _, name in desk.told()} == {"Money"}
    desk.project.do(codebook.new_code("Empty"))
    choose(desk, "Empty")
    press(desk, Key.Key_S, CTRL | SHIFT)
    assert desk.said[-1] == "“Empty” has no quotations, so there is nothing to split."


def test_the_keys_of_the_code_book_are_its_own_while_it_has_the_keyboard(book: ScreenDesk) -> None:
    def kept(key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, held)
        event.ignore()
        QApplication.sendEvent(book.screen.codes.tree, event)
        return event.isAccepted()

    assert kept(Key.Key_Left, ALT)
    assert kept(Key.Key_S, CTRL | SHIFT)
    assert not kept(Key.Key_Z, CTRL)


def test_codes_are_counted_by_report_or_by_study(desk: ScreenDesk) -> None:
    desk.code("money arrived late", "Money")
    row: Any = insert("study", label="A study")
    desk.project.do(Edit("Two reports of one study", (row,)))
    for report in (1, 2):
        desk.project.do(Edit("Add", (insert("study_report", study=1, reference=report),)))
    view = desk.screen.codes.tree
    (index,) = [index for _, index in view._indexes()]
    told = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Money, 1 quotation, 1 report, 1 study"
    head = next(
        each for each in desk.screen.codes.findChildren(QPushButton) if "Counted" in each.accessibleName()
    )
    assert head.accessibleName() == "Counted: reports; count studies"
    head.click()
    assert (head.text(), view._delegate.per) == ("Studies", STUDIES)
    assert desk.context.settings.now.kept["coding.counted_per"] == STUDIES
    head.click()
    assert head.text() == "Reports"
