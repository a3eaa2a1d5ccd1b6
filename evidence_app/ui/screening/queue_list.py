"""The list at the left: what is to be judged, in its order, however long; and what was judged just now."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractListModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from evidence_app.ui.look import Look
from evidence_app.ui.paint import WRAP, Brush
from evidence_app.ui.widgets.table import NO_PARENT, ROW, Index

LINE: Final = 44
MARKS: Final = {
    "include": "ph.check-bold", "exclude": "ph.x-bold", "maybe": "ph.question-bold",
    "conflict": "ph.warning-bold",
}  # fmt: skip
WORDS: Final = {
    "include": "included", "exclude": "excluded", "maybe": "maybe", "conflict": "in conflict",
}  # fmt: skip
KEPT: Final = 4000
AROUND: Final = 40


class Line(NamedTuple):
    """A record in a list: how it is called, its title, and the verdict shown beside it."""

    label: str
    title: str
    mark: str = ""
    flagged: bool = False


Fetch = Callable[[Sequence[int]], Mapping[int, Line]]
"""Returns the lines of these records, by id."""


class QueueModel(QAbstractListModel):
    """Ids in their order; lines are fetched some dozens at a time, and kept."""

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self.ids = array("q")
        self._fetch = fetch
        self._lines: dict[int, Line] = {}

    def show(self, ids: Sequence[int]) -> None:
        """Replace what is shown; lines that are known stay known."""
        self.beginResetModel()
        self.ids = array("q", ids)
        self.endResetModel()

    def take_out(self, place: int) -> None:
        """Take one record out of the list."""
        self.beginRemoveRows(NO_PARENT, place, place)
        del self.ids[place]
        self.endRemoveRows()

    def put_in(self, place: int, number: int) -> None:
        """Put a record back into the list."""
        self.beginInsertRows(NO_PARENT, place, place)
        self.ids.insert(place, number)
        self.endInsertRows()

    def forget(self, numbers: Sequence[int] | None = None) -> None:
        """Read these lines again when they are next shown; None means all of them."""
        if numbers is None:
            self._lines.clear()
        for number in numbers or ():
            self._lines.pop(number, None)
        if self.ids:
            self.dataChanged.emit(self.index(0), self.index(len(self.ids) - 1))

    def place_of(self, number: int) -> int:
        """Return where a record stands, or -1."""
        try:
            return self.ids.index(number)
        except ValueError:
            return -1

    def line_at(self, place: int) -> Line | None:
        """Return the line at a place, fetched with its neighbours where it is not known yet."""
        if not 0 <= place < len(self.ids):
            return None
        number = self.ids[place]
        if number not in self._lines:
            if len(self._lines) > KEPT:
                self._lines.clear()
            near = self.ids[max(place - AROUND, 0) : place + AROUND]
            wanted = [each for each in near if each not in self._lines]
            self._lines |= self._fetch(wanted)
            for each in wanted:
                self._lines.setdefault(each, Line("No longer in the review", ""))
        return self._lines[number]

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many records there are."""
        return 0 if parent.isValid() else len(self.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the line for the delegate, or its words for a screen reader."""
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == ROW:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (line.label, line.title, WORDS.get(line.mark, "")) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.title
        return None


class QueueDelegate(QStyledItemDelegate):
    """Draws a sign, the label and under it the title."""

    def __init__(self, look: Look, parent: QAbstractItemView) -> None:
        super().__init__(parent)  # the view does not own its delegate
        self.look = look

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of every line."""
        return QSize(100, self.look.px(LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        line = index.data(ROW)
        if line is None:
            return
        painter.save()
        brush, px, rect = Brush(painter, self.look), self.look.px, option.rect
        brush.row(option, bar=True)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        middle = rect.center().y()
        sign, tone = MARKS.get(line.mark, "ph.circle"), line.mark or ("accent" if chosen else "text-3")
        brush.icon(rect.left() + px(16), middle, sign, tone, 14)
        right = px(30) if line.flagged else px(8)
        area = rect.adjusted(px(40), 0, -right, 0)
        if line.flagged:
            brush.icon(rect.right() - px(24), middle, "ph.flag-fill", "maybe", 13)
        upper = QRect(area.left(), rect.top() + px(4), area.width(), px(18))
        if line.title:
            brush.text(upper, line.label, "strong" if chosen else "body")
            brush.text(upper.translated(0, px(18)), line.title, "caption", "text-3")
        else:
            whole = QRect(area.left(), rect.top() + px(4), area.width(), px(34))
            brush.text(whole, line.label, "strong" if chosen else "body", flags=WRAP)
        if option.state & QStyle.StateFlag.State_HasFocus:
            brush.box(rect.adjusted(1, 1, -1, -2), None, self.look.colour("accent"), 3)
        painter.restore()


class QueueList(QTableView):
    """Records one below the other. Arrows go from one to the next, Space turns the page of the text.

    A table of one column: a list view would lay all rows out anew for each that is taken out."""

    chosen = Signal(object)
    """The id of the record that is current now, or None."""
    page_asked = Signal(int)

    def __init__(self, look: Look, fetch: Fetch, name: str) -> None:
        super().__init__()
        self._quiet = False
        self._look = look
        self.queue = QueueModel(fetch)
        self.queue.setParent(self)
        self.setModel(self.queue)
        self.setItemDelegate(QueueDelegate(look, self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setProperty("ground", "sunken")
        self._renew()
        look.changed.connect(self._renew)

    def _renew(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.px(LINE))
        self.viewport().update()

    def current(self) -> int | None:
        """Return the id of the current record."""
        place = self.currentIndex().row()
        return self.queue.ids[place] if 0 <= place < len(self.queue.ids) else None

    def show_ids(self, ids: Sequence[int], wanted: int | None) -> None:
        """Show these; the wanted one is current where it is there, else the one now in its place."""
        before = self.currentIndex().row()
        top = self.verticalScrollBar().value()
        self._quiet = True
        self.queue.show(ids)
        self.verticalScrollBar().setValue(top)
        place = self.queue.place_of(wanted) if wanted is not None else -1
        if place < 0:
            place = min(max(before, 0), len(self.queue.ids) - 1)
        self._go(place)
        self._quiet = False
        self.chosen.emit(self.current())

    def arrange(self, ids: Sequence[int]) -> None:
        """Put the same records into another order; the current one stays where it is on the screen."""
        current, top = self.current(), self.verticalScrollBar().value()
        self._quiet = True
        self.queue.show(ids)
        self.verticalScrollBar().setValue(top)
        if current is not None:
            self._go(self.queue.place_of(current))
        self._quiet = False

    def take_out(self, number: int) -> None:
        """Take a record out; the next one is current if it was. Nothing is emitted."""
        place = self.queue.place_of(number)
        if place < 0:
            return
        is_current = place == self.currentIndex().row()
        self._quiet = True
        self.queue.take_out(place)
        if is_current:
            self._go(min(place, len(self.queue.ids) - 1))
        self._quiet = False

    def put_in(self, place: int, number: int) -> None:
        """Put a record back in its place and make it current. Nothing is emitted."""
        self._quiet = True
        if self.queue.place_of(number) < 0:
            self.queue.put_in(min(max(place, 0), len(self.queue.ids)), number)
        self._go(self.queue.place_of(number))
        self._quiet = False

    def choose(self, number: int) -> bool:
        """Make a record current; return whether it is in the list."""
        place = self.queue.place_of(number)
        if place >= 0:
            self._go(place)
        return place >= 0

    def step(self, by: int) -> None:
        """Go on to a neighbour."""
        place = self.currentIndex().row() + by
        if 0 <= place < len(self.queue.ids):
            self._go(place)

    def _go(self, place: int) -> None:
        if place >= 0:
            self.setCurrentIndex(self.queue.index(place))
            self.scrollTo(self.queue.index(place))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which record is current now."""
        super().currentChanged(current, previous)
        if not self._quiet:
            self.chosen.emit(self.current())

    def keyboardSearch(self, _search: str) -> None:
        """Typing a letter looks for nothing: letters and numbers are commands here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next and the one before with all four arrows."""
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.step(1)
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.step(-1)
            case Qt.Key.Key_Space:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.page_asked.emit(-1 if back else 1)
            case Qt.Key.Key_PageDown | Qt.Key.Key_PageUp:
                self.page_asked.emit(1 if event.key() == Qt.Key.Key_PageDown else -1)
            case _:
                super().keyPressEvent(event)
