"""The list at the left: rules and pairs under headings, for mouse and keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

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
from evidence_app.ui.moments import told_by
from evidence_app.ui.paint import RIGHT, WRAP, Brush
from evidence_app.ui.widgets.headed_list import HeadedDelegate, HeadedList, HeadedModel, is_chosen

EDGE = 14
ROOM = 60
"""What is left free of the width for the amount and the edges."""
BAR = 34


class RowModel(HeadedModel):
    """It shows rules and pairs under headings, and knows the place of each."""

    def __init__(self) -> None:
        super().__init__(Head, spoken)
        self._places: dict[Key, int] = {}

    def show(self, rows: Sequence[Row]) -> None:
        """Replace what is shown."""
        self._places = {key_of(row): at for at, row in enumerate(rows) if not isinstance(row, Head)}
        super().show(rows)

    def place_of(self, key: Key) -> int:
        """Return the place of the row with this key, or -1."""
        return self._places.get(key, -1)

    def tip(self, row: Row) -> str | None:
        """Return why a rule holds, or the whole title of a work."""
        if isinstance(row, Head):
            return None
        return row.found.rule.explanation if isinstance(row, RuleRow) else row.named.title


class RowDelegate(HeadedDelegate):
    """Draws a heading, a rule with its amount, a pair with its likeness, a work with its records."""

    HEAD, LINE = 32, 45

    def __init__(self, look: Look, parent: QAbstractItemView) -> None:
        super().__init__(look, parent)
        self._heights: dict[tuple[str, int, float], int] = {}

    def height_of(self, row: Row, *, is_heading: bool) -> int:
        """Return the height of a row; the name of a rule may take several lines."""
        if isinstance(row, RuleRow):
            return self._rule_height(row.found.rule.label)
        return super().height_of(row, is_heading=is_heading)

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

    def draw_heading(self, brush: Brush, rect: QRect, head: Head) -> None:
        """Draw a heading and what stands beside it."""
        px = self.look.px
        inner = rect.adjusted(px(EDGE), px(8), -px(EDGE), 0)
        right = brush.width(head.beside, "caption")
        brush.text(inner.adjusted(0, 0, -right - px(8), 0), head.words, "caption", "text-3")
        brush.text(inner, head.beside, "caption", "text-3", RIGHT)
        brush.hairline(rect)

    def draw_row(self, brush: Brush, option: QStyleOptionViewItem, row: Row) -> None:
        """Draw a rule, a pair or a work."""
        px, rect = self.look.px, option.rect
        inner = rect.adjusted(px(EDGE), 0, -px(EDGE), 0)
        right = self._at_right(brush, inner, row)
        words = QRect(inner.left(), rect.top() + px(5), right - inner.left() - px(10), px(18))
        chosen = is_chosen(option)
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
            return row.named.label, f"{told_by(row.judged.person, row.judged.at)} · {row.named.title}"
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


class RowList(HeadedList):
    """Rules and pairs; Right or Enter goes on to the fields of the chosen one."""

    chosen = Signal(object)
    """The current row, or None."""
    entered = Signal()

    def __init__(self, look: Look) -> None:
        self.rows = RowModel()
        super().__init__(look, self.rows, "Rules and pairs")
        self.setItemDelegate(RowDelegate(look, self))
        self.setProperty("ground", "sunken")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the names of the rules anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def current(self) -> Row | None:
        """Return the current row."""
        row: Row | None = self.current_row()
        return row

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
        self.go_to(at)
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
        return self.go_to(self.rows.place_of(key))

    def next_key(self) -> Key:
        """Return the key of the pair to show once the current one is settled."""
        return key_of(self.next_pair())

    def next_pair(self) -> PairRow | None:
        """Return the pair to show once the current one is settled; none where none is left."""
        at = self.currentIndex().row()
        rows = self.rows.rows
        ahead = [row for row in rows[at + 1 :] if isinstance(row, PairRow) and not row.is_later]
        behind = [row for row in rows[: max(at, 0)] if isinstance(row, PairRow)]
        after = [row for row in rows[at + 1 :] if isinstance(row, PairRow)]
        return next(iter((*ahead, *reversed(behind), *after)), None)

    def tell_current(self) -> None:
        """Tell which row is current."""
        self.chosen.emit(self.current())

    def keyboardSearch(self, _search: str) -> None:
        """Typing a letter looks for nothing: letters and numbers are commands here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the fields on Enter and Right; all else moves the choice."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
