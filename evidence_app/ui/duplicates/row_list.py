"""The list at the left: rules and pairs under headings, for mouse and keyboard."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidence_app.ui.duplicates.rows import (
    DifferentRow,
    Head,
    Key,
    MergedRow,
    PairRow,
    Row,
    RuleRow,
    key_of,
    spoken,
)
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, WRAP, Brush
from evidence_app.ui.widgets.table import NO_PARENT, ROW, Index

EDGE = 14
HEAD, LINE = 32, 45
ROOM = 60
"""What is left free of the width for the amount and the edges."""
BAR = 34


class RowModel(QAbstractListModel):
    """It shows rows under headings, and changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()
        self._places: dict[Key, int] = {}

    def show(self, rows: Sequence[Row]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self._places = {key_of(row): at for at, row in enumerate(self.rows) if not isinstance(row, Head)}
        self.endResetModel()

    def place_of(self, key: Key) -> int:
        """Return the place of the row with this key, or -1."""
        return self._places.get(key, -1)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that all but headings can be chosen."""
        if not index.isValid() or isinstance(self.rows[index.row()], Head):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row for the delegate, or its words for a screen reader."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and not isinstance(row, Head):
            return row.found.rule.explanation if isinstance(row, RuleRow) else row.named.title
        return None


class RowDelegate(QStyledItemDelegate):
    """Draws a heading, a rule with its amount, a pair with its likeness, a work with its records."""

    def __init__(self, look: Look, parent: QAbstractItemView) -> None:
        super().__init__(parent)  # the view does not own its delegate
        self.look = look
        self._heights: dict[tuple[str, int, float], int] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a heading or of a row."""
        model = index.model()
        row = model.rows[index.row()] if isinstance(model, RowModel) else index.data(ROW)
        if isinstance(row, RuleRow):
            return QSize(100, self._rule_height(row.found.rule.label))
        return QSize(100, self.look.px(HEAD if isinstance(row, Head) else LINE))

    def _rule_height(self, label: str) -> int:
        room = self._room()
        key = (label, room, self.look.scale)
        if key not in self._heights:
            text = Brush(QPainter(), self.look).height(label, room, "strong")
            self._heights[key] = max(text + self.look.px(13), self.look.px(30))
        return self._heights[key]

    def _room(self) -> int:
        """Return the width of a rule's words, whether the list scrolls or not."""
        view = self.parent()
        width = view.width() if isinstance(view, QAbstractItemView) else 0
        return max(width - self.look.size("scroll-bar") - self.look.px(EDGE + ROOM), self.look.px(80))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        painter.save()
        brush, row = Brush(painter, self.look), index.data(ROW)
        if isinstance(row, Head):
            self._heading(brush, option.rect, row)
        elif row is not None:
            brush.row(option, bar=True)
            self._row(brush, option, row)
            if option.state & QStyle.StateFlag.State_HasFocus:
                brush.box(option.rect.adjusted(1, 1, -1, -2), None, self.look.colour("accent"), 3)
        painter.restore()

    def _heading(self, brush: Brush, rect: QRect, head: Head) -> None:
        px = self.look.px
        inner = rect.adjusted(px(EDGE), px(8), -px(EDGE), 0)
        right = brush.width(head.beside, "caption")
        brush.text(inner.adjusted(0, 0, -right - px(8), 0), head.words, "caption", "text-3")
        brush.text(inner, head.beside, "caption", "text-3", RIGHT)
        brush.hairline(rect)

    def _row(self, brush: Brush, option: QStyleOptionViewItem, row: Row) -> None:
        px, rect = self.look.px, option.rect
        inner = rect.adjusted(px(EDGE), 0, -px(EDGE), 0)
        right = self._at_right(brush, inner, row)
        words = QRect(inner.left(), rect.top() + px(5), right - inner.left() - px(10), px(18))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if isinstance(row, RuleRow):
            room = QRect(inner.left(), rect.top() + px(6), self._room(), rect.height() - px(7))
            brush.text(room, row.found.rule.label, "strong" if chosen else "body", flags=WRAP)
            return
        first, second = _lines(row)
        brush.text(words, first, "strong" if chosen else "body")
        brush.text(words.translated(0, px(17)), second, "small", "text-2")

    def _at_right(self, brush: Brush, inner: QRect, row: Row) -> int:
        """Draw the amount or the likeness at the right; return where it begins."""
        px = self.look.px
        words = _amount(row)
        brush.text(inner, words, "caption", "text-2", RIGHT)
        left = inner.right() - max(brush.width(words, "caption"), px(26))
        if not isinstance(row, PairRow):
            return left
        left -= px(BAR + 7)
        whole = QRect(left, inner.center().y() - px(1), px(BAR), px(3))
        brush.box(whole, self.look.colour("line"), radius=1.5)
        whole.setWidth(max(px(BAR) * row.pair.likeness // 100, 1))
        brush.box(whole, self.look.colour("accent"), radius=1.5)
        return left


def _lines(row: Row) -> tuple[str, str]:
    match row:
        case DifferentRow():
            who = (
                f" · {row.judged.person}, {row.judged.at[:10]}"
                if row.judged.person
                else f" · {row.judged.at[:10]}"
            )
            return row.named.label + who, row.named.title
        case PairRow() | MergedRow():
            return row.named.label, row.named.title
    return "", ""


def _amount(row: Row) -> str:
    match row:
        case RuleRow():
            return f"{row.found.removed:,}"
        case PairRow():
            return f"{row.pair.likeness} %"
        case MergedRow():
            return f"{len(row.merged) + 1:,}"
    return ""


class RowList(QListView):
    """Rules and pairs; Right or Enter goes on to the fields of the chosen one."""

    chosen = Signal(object)
    """The current row, or None."""
    entered = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._shows = False
        self.rows = RowModel()
        self.rows.setParent(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(look, self))
        self.setAccessibleName("Rules and pairs")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setProperty("ground", "sunken")
        look.changed.connect(self._renew)

    def _renew(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the names of the rules anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def current(self) -> Row | None:
        """Return the current row."""
        at = self.currentIndex().row()
        return self.rows.rows[at] if 0 <= at < len(self.rows.rows) else None

    def show_rows(self, rows: Sequence[Row], wanted: Key = ()) -> None:
        """Show these; the wanted row is current, else the one that was, else the one now in its place."""
        before, key = self.currentIndex().row(), key_of(self.current())
        if tuple(rows) == self.rows.rows and wanted in ((), key):
            self.chosen.emit(self.current())
            return
        top = self.verticalScrollBar().value()
        self._shows = True
        self.rows.show(rows)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(top)
        places = (self.rows.place_of(wanted), self.rows.place_of(key), self._nearest(before))
        at = next((place for place in places if place >= 0), -1)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at))
            self.scrollTo(self.rows.index(at))
        self._shows = False
        self.chosen.emit(self.current())

    def _nearest(self, before: int) -> int:
        rows = [at for at, row in enumerate(self.rows.rows) if not isinstance(row, Head)]
        if before < 0:
            pairs = [at for at in rows if isinstance(self.rows.rows[at], PairRow)]
            return (rows or pairs or [-1])[0]
        return next((at for at in rows if at >= before), rows[-1] if rows else -1)

    def select(self, key: Key) -> bool:
        """Choose the row with this key; return whether it is listed."""
        at = self.rows.place_of(key)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at))
            self.scrollTo(self.rows.index(at))
        return at >= 0

    def next_key(self) -> Key:
        """Return the key of the pair to show once the current one is settled."""
        at = self.currentIndex().row()
        rows = self.rows.rows
        ahead = [row for row in rows[at + 1 :] if isinstance(row, PairRow) and not row.is_later]
        behind = [row for row in rows[: max(at, 0)] if isinstance(row, PairRow)]
        after = [row for row in rows[at + 1 :] if isinstance(row, PairRow)]
        return key_of(next(iter((*ahead, *reversed(behind), *after)), None))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is current now."""
        super().currentChanged(current, previous)
        if not self._shows:
            self.chosen.emit(self.current())

    def keyboardSearch(self, _search: str) -> None:
        """Typing a letter looks for nothing: letters and numbers are commands here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the fields on Enter and Right; all else moves the choice."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
