"""Before and after: what a change to several references will do, shown before it is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from evidence_app.services.lookup.comparing import Segment
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.differences import Side, draw_side, segments_of
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table


@dataclass(frozen=True, slots=True)
class Previewed:
    """One line: what changes, what it says now, what it will say."""

    what: str
    before: str
    after: str


COLUMNS = (
    Column("Reference", lambda row: row.what, 200),
    Column("Now", lambda row: row.before, 290),
    Column("After", lambda row: row.after, 0),
)


SIDES: tuple[Side, Side] = ("mine", "theirs")


@lru_cache(maxsize=512)
def _segments(before: str, after: str) -> tuple[Segment, ...]:
    return tuple(segments_of(before, after))


class _PreviewDelegate(RowDelegate):
    """Draws what goes quieter than what comes."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(look, parent)
        self.marks = True

    def draw(self, brush: Brush, option: QStyleOptionViewItem, index: Index, _row: Any) -> None:
        """Draw one cell."""
        row: Previewed = _row
        edge = self.look.px(8)
        rect = option.rect.adjusted(edge, 0, -edge, 0)
        text = (row.what, row.before, row.after)[index.column()]
        tone = ("text", "text-2", "text")[index.column()]
        if not index.column() or not self.marks:
            brush.text(rect, text, "body", tone)
        elif row.before == row.after and index.column() == 2:
            brush.text(rect, "The same", "body", "text-3")
        else:
            draw_side(brush, rect, _segments(row.before, row.after), SIDES[index.column() - 1])


class PreviewTable(Table):
    """Lines of before and after."""

    def __init__(self, look: Look, name: str = "What will change") -> None:
        self._rows: Sequence[Previewed] = ()
        self._px = look.px
        super().__init__(look, IdTableModel(COLUMNS, self._fetch), name)
        self._delegate = _PreviewDelegate(look, self)
        self.setItemDelegate(self._delegate)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for what comes after."""
        super().resizeEvent(event)
        room = self.viewport().width()
        for place, share in enumerate((0.3, 0.37)):
            self.setColumnWidth(place, min(self._px(COLUMNS[place].width), int(room * share)))

    def name_columns(self, what: str, before: str, after: str) -> None:
        """Give the columns other heads: then they are no before and after, and nothing is marked."""
        self._delegate.marks = False
        model = self.model()
        if isinstance(model, IdTableModel):
            names = zip(model.columns, (what, before, after), strict=True)
            model.columns = tuple(replace(column, name=name) for column, name in names)

    def show_rows(self, rows: Sequence[Previewed]) -> None:
        """Show these lines."""
        self._rows = rows
        self.show_ids(range(len(rows)))

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, Previewed]:
        return {at: self._rows[at] for at in ids}


class PreviewDialog(PanelDialog):
    """Asks whether to go on, with everything in view that will change."""

    def __init__(
        self,
        parts: Parts,
        question: str,
        fact: str,
        rows: Sequence[Previewed],
        act: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parts, question, fact, size=(820, 520), parent=parent)
        self.table = PreviewTable(parts.look)
        self.table.show_rows(rows)
        self.put(self.table, share=1)
        self.go_on = parts.button(act, "primary", act=self.accept)
        self.go_on.setDefault(True)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.go_on)
        self.go_on.setFocus()
