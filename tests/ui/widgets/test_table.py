"""The table over ids: sound, exact, lazy, and it keeps its place."""

from array import array
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.table import PAGE, ROW, Column, IdTableModel, RowDelegate, Table

COLUMNS = (
    Column("", lambda row: f"{row}", 46, sort="number", right=True, told="Number"),
    Column("Title", lambda row: f"Title {row}", sort="title"),
    Column("Set", lambda _row: "Included", 90),
)


class Shelf:
    """Rows that say which pages were fetched."""

    def __init__(self) -> None:
        self.fetched: list[int] = []
        self.gone: set[int] = set()

    def fetch(self, ids: Sequence[int]) -> dict[int, str]:
        """Return the rows of these ids."""
        self.fetched.append(ids[0])
        return {number: str(number) for number in ids if number not in self.gone}


@pytest.fixture
def shelf() -> Shelf:
    """Rows to show."""
    return Shelf()


@pytest.fixture
def table(qtbot: QtBot, look: Look, shelf: Shelf) -> Table:
    """A shown table of 10,000 rows with ids from 100 on."""
    table = Table(look, IdTableModel(COLUMNS, shelf.fetch), "References")
    qtbot.addWidget(table)
    table.show_ids(array("q", range(100, 10_100)))
    table.resize(600, 400)
    table.show()
    return table


def model_of(table: Table) -> IdTableModel:
    """Return the model of a table."""
    model = table.model()
    assert isinstance(model, IdTableModel)
    return model


def test_it_is_a_sound_model(qtmodeltester: ModelTester, shelf: Shelf, qapp: object) -> None:
    model = IdTableModel(COLUMNS, shelf.fetch)
    model.show([3, 1, 2])
    qtmodeltester.check(model)


def test_only_the_pages_that_are_seen_are_fetched(table: Table, shelf: Shelf) -> None:
    table.grab()
    assert shelf.fetched == [100]
    table.scrollToBottom()
    table.grab()
    assert shelf.fetched == [100, 100 + (10_000 // PAGE) * PAGE]


def test_cells_say_what_the_columns_say(table: Table) -> None:
    model = model_of(table)
    assert model.index(5, 1).data() == "Title 105"
    assert model.index(5, 0).data(ROW) == "105"
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole) == "Number"
    assert model.headerData(7, Qt.Orientation.Horizontal) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_a_row_that_is_gone_is_empty_and_raises_nothing(table: Table, shelf: Shelf) -> None:
    shelf.gone = {101}
    model_of(table).refresh()
    assert model_of(table).index(1, 1).data() is None
    table.grab()


def test_a_wrong_place_is_no_error(table: Table) -> None:
    assert model_of(table).at(-1) is None
    assert model_of(table).at(10_000) is None
    assert model_of(table).row_of(7) == -1


def test_showing_again_keeps_the_current_row_the_selection_and_the_place(table: Table) -> None:
    table.select(5000)
    table.scrollTo(model_of(table).index(4900, 0), QTableView.ScrollHint.PositionAtTop)
    top = table.verticalScrollBar().value()
    chosen: list[object] = []
    table.chosen.connect(chosen.append)
    table.show_ids(range(100, 10_100))
    assert (table.current_id(), table.selected_ids()) == (5000, [5000])
    assert table.verticalScrollBar().value() == top
    assert chosen[-1:] == [5000]


def test_showing_without_the_current_row_chooses_nothing(table: Table) -> None:
    table.select(5000)
    chosen: list[object] = []
    table.chosen.connect(chosen.append)
    table.show_ids([1, 2, 3])
    assert chosen == [None]


def test_several_are_selected_in_the_order_shown(table: Table, qtbot: QtBot) -> None:
    table.select(103)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_ids() == [103, 104, 105]
    assert table.current_id() == 105


def test_the_keyboard_goes_through_the_rows_and_opens_one(table: Table, qtbot: QtBot) -> None:
    table.select(100)
    opened: list[object] = []
    table.opened.connect(opened.append)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [101]


def test_ctrl_enter_is_left_to_the_dialog(table: Table, qtbot: QtBot) -> None:
    table.select(100)
    opened: list[object] = []
    table.opened.connect(opened.append)
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened == []


def test_home_and_end_go_to_the_first_and_the_last_row(table: Table, qtbot: QtBot) -> None:
    table.select(105)
    first, last = model_of(table).ids[0], model_of(table).ids[-1]
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.selected_ids() == [first]
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.selected_ids() == [last]


def test_a_click_on_a_head_asks_for_its_order_only_where_there_is_one(table: Table) -> None:
    asked: list[str] = []
    table.sorted_by.connect(asked.append)
    table.horizontalHeader().sectionClicked.emit(1)
    table.horizontalHeader().sectionClicked.emit(2)
    assert asked == ["title"]


def test_rows_grow_with_density_and_text(table: Table, look: Look) -> None:
    look.change(density="comfortable", scale=2.0)
    assert table.rowHeight(0) == 72


def test_a_million_rows_are_shown_without_fetching_them(table: Table, shelf: Shelf) -> None:
    table.show_ids(array("q", range(1_000_000)))
    shelf.fetched.clear()
    table.select(999_999)
    table.grab()
    assert len(shelf.fetched) <= 2


def test_a_large_selection_outlasts_a_change(table: Table) -> None:
    table.selectAll()
    table.setCurrentIndex(model_of(table).index(4, 0))
    table.selectAll()
    table.show_ids(array("q", range(10_099, 99, -1)))
    assert len(table.selected_ids()) == 10_000
    assert table.current_id() == 104


def test_a_selection_with_gaps_outlasts_a_change(table: Table) -> None:
    table.select(100, also=range(100, 1_000, 3))
    table.show_ids(array("q", range(9_000, 99, -1)))
    assert sorted(table.selected_ids()) == list(range(100, 1_000, 3))


def test_the_whole_row_under_the_pointer_is_shaded(table: Table) -> None:
    spot = table.visualRect(model_of(table).index(3, 1)).center()
    before = table.grab().toImage()
    QTest.mouseMove(table.viewport(), spot - QPoint(0, 5))
    QTest.mouseMove(table.viewport(), spot)
    QApplication.processEvents()
    assert table.under_pointer == 3
    after = table.grab().toImage()
    for column in range(3):
        corner = table.visualRect(model_of(table).index(3, column)).topRight()
        at = table.viewport().mapTo(table, corner + QPoint(-3, 3))
        assert after.pixelColor(at) != before.pixelColor(at)
    QApplication.sendEvent(table, QEvent(QEvent.Type.Leave))
    assert table.under_pointer == -1


def test_what_is_chosen_stays_in_sight_in_another_order(table: Table) -> None:
    table.select(110)
    table.show_ids(array("q", range(10_099, 99, -1)))
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


class Painted(QObject):
    """Keeps which parts of a view were painted."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self.region = QRegion()
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note what is painted."""
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_the_ring_leaves_the_whole_row_that_was_current(table: Table) -> None:
    table.setFocus()
    table.select(101)
    QApplication.processEvents()
    painted = Painted(table)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QApplication.processEvents()
    left = [table.visualRect(model_of(table).index(1, column)) for column in range(3)]
    assert all((QRegion(cell) - painted.region).isEmpty() for cell in left)


def test_a_cell_tells_only_what_it_has_no_room_for(table: Table) -> None:
    delegate = table.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    title = model_of(table).index(3, 1)
    assert delegate.told(title, title.data(ROW), QRect(0, 0, 400, 30)) == ""
    assert delegate.told(title, title.data(ROW), QRect(0, 0, 40, 30)).count(">Title 103<") == 1


def drag(table: Table, begin: int, end: int) -> None:
    """Drag in the head from one place to another."""
    head = table.horizontalHeader().viewport()
    QTest.mousePress(head, Qt.MouseButton.LeftButton, pos=QPoint(begin, 5))
    QTest.mouseMove(head, QPoint((begin + end) // 2, 5))
    QTest.mouseMove(head, QPoint(end, 5))
    QTest.mouseRelease(head, Qt.MouseButton.LeftButton, pos=QPoint(end, 5))


def test_the_column_that_takes_what_is_left_can_be_dragged_wider(table: Table) -> None:
    sorted_by: list[str] = []
    table.sorted_by.connect(sorted_by.append)
    title, place = table.columnWidth(1), table.columnWidth(2)
    edge = table.horizontalHeader().sectionViewportPosition(2)
    drag(table, edge, edge + 30)
    assert (table.columnWidth(1), table.columnWidth(2)) == (title + 30, place - 30)
    drag(table, edge + 30, edge + 300)
    assert table.columnWidth(2) == table.horizontalHeader().minimumSectionSize()
    assert sorted_by == []


def test_f2_opens_the_row(table: Table, qtbot: QtBot) -> None:
    opened: list[object] = []
    table.opened.connect(opened.append)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    table.select(103)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert opened[-1:] == [103]
