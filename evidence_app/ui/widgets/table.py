"""Tables over the ids of rows: a million open as fast as a hundred."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.table_head import TableHead

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
PAGE = 256
PAGES_KEPT = 16
"""Pages of rows held; a page is read again in a few milliseconds."""
ONE_LINE = 110
"""So many letters stand in one line of a tool tip."""
ROW = Qt.ItemDataRole.UserRole
"""The role under which a delegate gets the whole row."""

Fetch = Callable[[Sequence[int]], Mapping[int, Any]]
"""Returns the rows of these ids, by id; one that is gone is left out."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as data: its name, its text for a row, its width at 100 % (0 takes what is left)."""

    name: str
    text: Callable[[Any], str]
    width: int = 0
    sort: str = ""
    """The key by which the screen sorts when its head is clicked; empty where it cannot be sorted."""
    right: bool = False
    told: str = ""
    """What a screen reader and the column menu say, where the head is empty."""


class IdTableModel(QAbstractTableModel):
    """Read-only: it shows rows by their ids, fetches them a page at a time and changes nothing."""

    def __init__(self, columns: Sequence[Column], fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.ids = array("q")
        self._fetch = fetch
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()

    def show(self, ids: Sequence[int]) -> None:
        """Replace what is shown; the selection goes, so a view keeps it with `Table.show`."""
        self.beginResetModel()
        self.ids = ids if isinstance(ids, array) else array("q", ids)
        self._pages.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Fetch again what is on the screen; order and selection stay."""
        self._pages.clear()
        if self.ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(self.columns) - 1))

    def row_of(self, number: int) -> int:
        """Return the place of this id, or -1."""
        try:
            return self.ids.index(number)
        except ValueError:
            return -1

    def at(self, place: int) -> Any:
        """Return the row at this place, or None where it is gone."""
        if not 0 <= place < len(self.ids):
            return None
        page = self._pages.get(place // PAGE)
        if page is None:
            page = self._fetched(place // PAGE)
        return page[place % PAGE]

    def _fetched(self, page: int) -> list[Any]:
        ids = self.ids[page * PAGE : (page + 1) * PAGE]
        rows = self._fetch(ids)
        self._pages[page] = [rows.get(number) for number in ids]
        if len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return self._pages[page]

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.name
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return column.told or column.name
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, or the whole row for the delegate."""
        if role not in (Qt.ItemDataRole.DisplayRole, ROW, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.at(index.row()) if index.isValid() else None
        if row is None or role == ROW:
            return row
        return self.columns[index.column()].text(row)


class RowDelegate(QStyledItemDelegate):
    """Draws the ground of a row, then the cell; a screen's own delegate draws the cells it knows better."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)  # the view does not own its delegate
        self.look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        painter.save()
        brush, view = Brush(painter, self.look), self.parent()
        if isinstance(
            view, Table
        ):  # Qt says it of one cell only, also when rows pass under a pointer at rest
            option.state &= ~QStyle.StateFlag.State_MouseOver
            if index.row() == view.under_pointer:
                option.state |= QStyle.StateFlag.State_MouseOver
        brush.row(option, bar=index.column() == 0)
        row = index.data(ROW)
        if row is not None:
            self.draw(brush, option, index, row)
        if isinstance(view, QTableView) and view.hasFocus() and index.row() == view.currentIndex().row():
            self._ring(painter, option.rect, view, index)
        painter.restore()

    def _ring(self, painter: QPainter, rect: QRect, view: QTableView, index: Index) -> None:
        """Draw this cell's part of the ring round the current row of a list that has the focus."""
        accent, head = self.look.colour("accent"), view.horizontalHeader()
        shown = [at for at in range(head.count()) if not head.isSectionHidden(at)]
        order = sorted(shown, key=head.visualIndex)
        painter.fillRect(rect.left(), rect.top(), rect.width(), 1, accent)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, accent)
        if order and index.column() == order[-1]:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), accent)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Tell under the pointer what a cell has no room to say."""
        row = index.data(ROW)
        words = self.told(index, row, option.rect) if row is not None else ""
        if words:
            QToolTip.showText(event.globalPos(), words, view, option.rect)
        else:
            QToolTip.hideText()
        return True

    def told(self, index: Index, _row: Any, rect: QRect) -> str:
        """Return the text of a cell where it is cut short, in plain words or none."""
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        room = rect.width() - 2 * self.look.px(8)
        cut = QFontMetrics(self.look.font("body")).horizontalAdvance(text) > room
        space = "normal" if len(text) > ONE_LINE else "pre"  # a long one wraps; Qt would wrap each of them
        return f'<qt><p style="white-space:{space}">{escape(text)}</p></qt>' if cut else ""

    def draw(self, brush: Brush, option: QStyleOptionViewItem, index: Index, _row: Any) -> None:
        """Draw what the column says of the row; the ground is drawn already."""
        edge = self.look.px(8)
        alignment = index.model().headerData(
            index.column(), Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        brush.text(option.rect.adjusted(edge, 0, -edge, 0), text, flags=alignment)


class Table(QTableView):
    """A list of rows: whole rows are selected, titles are elided, the current row is remembered by id."""

    chosen = Signal(object)
    """The id of the current row, or None."""
    opened = Signal(object)
    """The id of a row that was double clicked or entered."""
    sorted_by = Signal(str)
    """The sort key of the column whose head was clicked."""

    def __init__(self, look: Look, model: IdTableModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._model = look, model
        self.under_pointer = -1
        """The row the pointer is over."""
        model.setParent(self)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(look, self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(10)
        self.setHorizontalHeader(TableHead(self))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        # The head would ask of every row whether it is selected, each time it is painted.
        head.setSelectionModel(QItemSelectionModel(model, head))
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(look.px(34))
        head.sectionClicked.connect(self._sort)
        self.activated.connect(self._open)
        self.entered.connect(self._entered)
        self.viewportEntered.connect(self._left_rows)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.renew()
        look.changed.connect(self.renew)

    def renew(self) -> None:
        """Take row height, widths and colours of the look as it is now."""
        self.verticalHeader().setDefaultSectionSize(self._look.row_height)
        head = self.horizontalHeader()
        head.setFont(self._look.font("caption"))
        for place, column in enumerate(self._model.columns):
            modes = QHeaderView.ResizeMode
            head.setSectionResizeMode(place, modes.Interactive if column.width else modes.Stretch)
            if column.width:
                self.setColumnWidth(place, self._look.px(column.width))
        self.viewport().update()

    def show_ids(self, ids: Sequence[int], *, again: bool = True) -> None:
        """Show these rows; what was selected, current and on top stays so where it is still there."""
        selected, current = self.selected_ids(), self.current_id()
        top, before = self.verticalScrollBar().value(), self._model.ids
        self._model.show(ids)
        if again and current is not None and self._model.row_of(current) >= 0:
            self.select(current, also=selected)
            self.verticalScrollBar().setValue(top)
            if self._model.ids != before:  # another order, or found anew: what is chosen stays in sight
                self.scrollTo(self.currentIndex())
        else:
            self.chosen.emit(self.current_id())

    def select(self, number: int, also: Sequence[int] = ()) -> None:
        """Choose the row of this id and scroll to it; `also` are selected with it."""
        row = self._model.row_of(number)
        if row < 0:
            return
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag  # selectRow would heed the keys that happen to be down
        selection.setCurrentIndex(self._model.index(row, 0), flags.ClearAndSelect | flags.Rows)
        if set(also) - {number}:
            selection.select(self._stretches({*also, number}), flags.Select | flags.Rows)
        self.scrollTo(self._model.index(row, 0))

    def _stretches(self, numbers: set[int]) -> QItemSelection:
        """Return the rows of these ids as stretches: row by row a large selection would take minutes."""
        chosen, first, last = QItemSelection(), -1, -1
        for row in [at for at, number in enumerate(self._model.ids) if number in numbers]:
            if row != last + 1 or first < 0:
                self._add_stretch(chosen, first, last)
                first = row
            last = row
        self._add_stretch(chosen, first, last)
        return chosen

    def _add_stretch(self, chosen: QItemSelection, first: int, last: int) -> None:
        if first >= 0:
            chosen.append(QItemSelectionRange(self._model.index(first, 0), self._model.index(last, 0)))

    def current_id(self) -> int | None:
        """Return the id of the current row."""
        row = self.currentIndex().row()
        return self._model.ids[row] if 0 <= row < len(self._model.ids) else None

    def selected_ids(self) -> list[int]:
        """Return the ids of the selected rows, in the order shown."""
        ids: list[int] = []
        ranges = self.selectionModel().selection()
        stretches = (ranges.at(place) for place in range(ranges.size()))
        for stretch in sorted(stretches, key=QItemSelectionRange.top):
            ids.extend(self._model.ids[stretch.top() : stretch.bottom() + 1])
        return ids

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter to the dialog, whose act it does; Enter alone opens the row, and so does F2."""
        if event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():
            self._open()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Let Home and End go to the first and the last row: Qt would go through the cells of one row."""
        ends = {self.CursorAction.MoveHome: 0, self.CursorAction.MoveEnd: len(self._model.ids) - 1}
        if action in ends and self._model.ids:
            return self._model.index(ends[action], max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is current now."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.viewport().update()  # Qt paints the cell that was left, the ring is round its whole row
            self.chosen.emit(self.current_id())

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is over no row any more."""
        self._point(-1)
        super().leaveEvent(event)

    def _entered(self, index: QModelIndex) -> None:
        self._point(index.row())

    def _left_rows(self) -> None:
        self._point(-1)

    def _point(self, row: int) -> None:
        if row != self.under_pointer:
            self.under_pointer = row
            self.viewport().update()

    def _scrolled(self) -> None:
        self.under_pointer = -1  # until the pointer moves: another row is under it now

    def _open(self) -> None:
        self.opened.emit(self.current_id())

    def _sort(self, section: int) -> None:
        if self._model.columns[section].sort:
            self.sorted_by.emit(self._model.columns[section].sort)
