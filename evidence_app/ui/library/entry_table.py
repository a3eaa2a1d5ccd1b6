"""The works of a pasted list as rows: ticked or not, what was read, and what is doubtful."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem

from evidence_app.domain.reference import plain
from evidence_app.services.library.adding import in_one_line
from evidence_app.services.library.pasted_text import PastedEntry
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table


@dataclass(slots=True)
class Row:
    """One entry of the list, and whether it will be added."""

    entry: PastedEntry
    ticked: bool
    held: str = ""
    """The reference that is this work already, as it is named."""

    @property
    def title(self) -> str:
        """What the work is called, else what was printed."""
        return plain(str(self.entry.candidate.item.get("title") or "")) or self.entry.text[:200]

    @property
    def look_at(self) -> str:
        """Why a person should look at it, in a few words."""
        return f"Held as {self.held}" if self.held else ", ".join(self.entry.doubts)


COLUMNS = (
    Column("", lambda row: "Added" if row.ticked else "Left out", 36, told="Whether it is added"),
    Column("Title", lambda row: row.title, 0),
    Column("Authors, year", lambda row: in_one_line(row.entry.candidate.item), 190),
    Column("Look at", lambda row: row.look_at, 150),
)
_AUTHORS, _DOUBTS = 2, 3
ALL_COLUMNS = 640


class EntryTable(Table):
    """The entries of a list. Space ticks those chosen, or takes the tick off."""

    ticked = Signal()

    def __init__(self, look: Look) -> None:
        self._rows: Sequence[Row] = ()
        self._least = look.px(ALL_COLUMNS)
        super().__init__(look, IdTableModel(COLUMNS, self._fetch), "References found")
        self.setItemDelegate(_EntryDelegate(look, self))

    def show_rows(self, rows: Sequence[Row], order: Sequence[int]) -> None:
        """Show the rows of these places, in this order."""
        self._rows = rows
        self.show_ids(order)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the authors out where there is little room."""
        super().resizeEvent(event)
        self.setColumnHidden(_AUTHORS, self.width() < self._least)

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {at: self._rows[at] for at in ids if at < len(self._rows)}

    def tick(self, ids: Sequence[int]) -> None:
        """Tick these rows, or take the ticks off where all of them have one."""
        rows = [self._rows[at] for at in ids]
        wanted = not all(row.ticked for row in rows)
        for row in rows:
            row.ticked = wanted
        self.viewport().update()
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space."""
        if event.key() == Qt.Key.Key_Space and self.selected_ids():
            self.tick(self.selected_ids())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick with a click on the box."""
        super().mouseReleaseEvent(event)
        place = self.indexAt(event.position().toPoint())
        current = self.current_id()
        if place.isValid() and place.column() == 0 and current is not None:
            self.tick([current])


class _EntryDelegate(RowDelegate):
    def draw(self, brush: Brush, option: QStyleOptionViewItem, index: Index, _row: Any) -> None:
        """Draw one cell."""
        row: Row = _row
        rect, edge = option.rect, self.look.px(8)
        middle = rect.center().y() + 1
        if index.column() == 0:
            self._box(brush, rect, middle, row.ticked)
        elif index.column() == _DOUBTS and row.look_at:
            brush.icon(rect.left() + edge, middle, "ph.warning-circle", "maybe", 14)
            inner = rect.adjusted(edge + self.look.px(20), 0, -edge, 0)
            brush.text(inner, row.look_at, "small", "maybe")
        else:
            tone = "text" if row.ticked else "text-3"
            role = "body" if index.column() == 1 else "small"
            inner = rect.adjusted(edge, 0, -edge, 0)
            brush.text(inner, index.data(Qt.ItemDataRole.DisplayRole) or "", role, tone)

    def _box(self, brush: Brush, rect: QRect, middle: int, ticked: bool) -> None:
        side = self.look.px(15)
        box = QRect(rect.left() + self.look.px(11), middle - side // 2, side, side)
        look = self.look
        if ticked:
            brush.box(box, look.colour("accent-fill"))
            brush.icon(box.left() + look.px(1), middle, "ph.check", "on-accent", 13)
        else:
            brush.box(box, look.colour("surface"), look.colour("line-control"))
