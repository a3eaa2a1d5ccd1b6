"""The edits under their days, the latest first; more are asked for as one scrolls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from evidence_app.domain.edit import counted
from evidence_app.services.history import HistoryLine, day_words
from evidence_app.ui.look import Look
from evidence_app.ui.paint import CENTRE, RIGHT, Brush
from evidence_app.ui.widgets.headed_list import HeadedDelegate, HeadedList, HeadedModel, is_chosen
from evidence_app.ui.widgets.table import NO_PARENT, Index

EDGE = 20
WIDE = 520
"""A narrower list leaves out the time, and shortens what became of an edit."""
SHORTER = {"cannot be taken back": "for good", "changed later": "changed"}
ICONS = {
    "references": "ph.books", "manuscript": "ph.article", "themes": "ph.tree-structure",
    "screening": "ph.funnel", "studies": "ph.flask", "coding": "ph.book-open",
    "searches": "ph.magnifying-glass", "checks": "ph.check-square", "review": "ph.note-pencil",
}  # fmt: skip
"""The icon of an edit by where it happened."""
TURNED = {"undo": ("ph.arrow-u-up-left", "maybe"), "redo": ("ph.arrow-u-up-right", "accent")}


@dataclass(frozen=True, slots=True)
class DayHead:
    """The heading over the edits of a day."""

    day: date
    words: str
    edits: int


Row = DayHead | HistoryLine


def under_days(lines: Sequence[HistoryLine], today: date) -> list[Row]:
    """Return the edits with a heading before each day."""
    rows: list[Row] = []
    start = 0
    for at, line in enumerate(lines):
        if at + 1 == len(lines) or lines[at + 1].day != line.day:
            ours = lines[start : at + 1]
            rows += [DayHead(line.day, day_words(line.day, today), len(ours)), *ours]
            start = at + 1
    return rows


class EditModel(HeadedModel):
    """It shows edits under headings, and says when more are wanted."""

    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(DayHead, spoken)
        self.has_more = False

    def append(self, rows: Sequence[Row], *, has_more: bool) -> None:
        """Show these rows in place of the present ones, which they begin with."""
        begun = len(self.rows)
        self.has_more = has_more
        if len(rows) > begun:
            self.beginInsertRows(NO_PARENT, begun, len(rows) - 1)
            self.rows = tuple(rows)
            self.endInsertRows()

    def place_of(self, edit: int | None) -> int:
        """Return the row of an edit, or -1."""
        return self.place_where(lambda row: isinstance(row, HistoryLine) and row.edit.id == edit)

    def canFetchMore(self, parent: Index = NO_PARENT) -> bool:
        """Return whether there are older edits."""
        return self.has_more and not parent.isValid()

    def fetchMore(self, _parent: Index = NO_PARENT) -> None:
        """Ask for older edits; they come later."""
        self.has_more = False
        self.more_wanted.emit()

    def tip(self, row: Row) -> str | None:
        """Return the whole label of an edit, who made it and when."""
        return f"{row.label}\n{row.edit.person}, {row.time}" if isinstance(row, HistoryLine) else None


def spoken(row: Row) -> str:
    """Return a row as a screen reader says it."""
    if isinstance(row, DayHead):
        return f"{row.words}, {counted(row.edits, 'edit')}"
    parts = (f"Edit {row.edit.id}", row.time, row.edit.person, row.label, row.what, row.state)
    return ", ".join(part for part in parts if part)


class EditDelegate(HeadedDelegate):
    """Draws a day, or an edit: number, time, person, kind, label, how much, what became of it."""

    LINE = 31

    def draw_heading(self, brush: Brush, rect: QRect, head: DayHead) -> None:
        """Draw a day, and how many edits it has."""
        px = self.look.px
        inner = rect.adjusted(px(EDGE), px(12), -px(EDGE), 0)
        brush.text(inner, head.words, "strong")
        beside = inner.adjusted(brush.width(head.words, "strong") + px(8), 0, 0, 0)
        brush.text(beside, counted(head.edits, "edit"), "small", "text-3")
        brush.hairline(rect)

    def draw_row(self, brush: Brush, option: QStyleOptionViewItem, line: HistoryLine) -> None:
        """Draw an edit."""
        px, rect = self.look.px, option.rect
        x, middle = rect.left() + px(EDGE), rect.center().y() + 1
        wide = rect.width() >= px(WIDE)
        brush.text(QRect(x, rect.top(), px(48), rect.height()), f"{line.edit.id:,}", "small", "text-3")
        if wide:
            brush.text(QRect(x + px(52), rect.top(), px(42), rect.height()), line.time, "small", "text-3")
        after = x + px(102 if wide else 44)
        self._person(brush, QRect(after, middle - px(10), px(34), px(20)), line)
        icon, tone = TURNED.get(line.edit.kind) or (ICONS.get(line.area, "ph.pencil-simple"), "text-3")
        brush.icon(after + px(46), middle, icon, tone, 14)
        right = rect.right() - px(EDGE)
        if line.state:
            state = line.state if wide else SHORTER.get(line.state, line.state)
            brush.text(QRect(x, rect.top(), right - x, rect.height()), state, "caption", "text-3", RIGHT)
            right -= brush.width(state, "caption") + px(14)
        left = after + px(68)
        self._words(
            brush, QRect(left, rect.top(), right - left, rect.height()), line, chosen=is_chosen(option)
        )

    def _person(self, brush: Brush, rect: QRect, line: HistoryLine) -> None:
        initials = line.edit.initials or line.edit.person[:2]
        if initials:
            brush.box(rect, self.look.colour("window"))
            brush.text(rect, initials, "caption", "text-2", CENTRE)

    def _words(self, brush: Brush, rect: QRect, line: HistoryLine, *, chosen: bool) -> None:
        role = "strong" if chosen else "body"
        gone = line.edit.taken_back
        tone = "text-3" if gone else "text"
        brush.text(rect, line.label, role, tone, struck=gone)
        beside = rect.adjusted(brush.width(line.label, role) + self.look.px(9), 0, 0, 0)
        if beside.width() > self.look.px(30):
            brush.text(beside, line.what, "small", "text-3")


class EditList(HeadedList):
    """The edits; Enter goes to what the chosen one was about."""

    chosen = Signal(object)
    """The number of the current edit, or None."""
    opened = Signal()

    def __init__(self, look: Look) -> None:
        self.rows = EditModel()
        super().__init__(look, self.rows, "Edits")
        self.setItemDelegate(EditDelegate(look, self))

    def show_rows(self, rows: Sequence[Row], *, has_more: bool, edit: int | None = None) -> None:
        """Show these rows; the chosen edit stays chosen, else it is the first, or the one that is given."""
        kept = self.current_edit() if edit is None else edit
        newest = self.rows.place_of(kept) == 1 and edit is None
        top = self.verticalScrollBar().value()
        self._shows = True
        self.rows.has_more = has_more
        self.rows.show(rows)
        at = self.rows.place_of(kept)
        if at < 0 or (newest and top == 0):
            at = 1 if rows else -1
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at))
        self._shows = False
        self.doItemsLayout()
        self.verticalScrollBar().setValue(top)
        if edit is not None and at >= 0:
            self.scrollTo(self.rows.index(at), QAbstractItemView.ScrollHint.PositionAtCenter)
        self.chosen.emit(self.current_edit())

    def current_edit(self) -> int | None:
        """Return the number of the chosen edit."""
        row = self.current_row()
        return row.edit.id if isinstance(row, HistoryLine) else None

    def tell_current(self) -> None:
        """Tell which edit is current."""
        self.chosen.emit(self.current_edit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to what the edit was about on Enter; all else moves the choice."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go to what the edit was about."""
        if self.indexAt(event.position().toPoint()) == self.currentIndex():
            self.opened.emit()
