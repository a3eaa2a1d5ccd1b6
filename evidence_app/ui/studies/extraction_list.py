"""The studies beside the extraction form, with how much of each is filled."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QStyleOptionViewItem

from evidence_app.domain.studies import Study
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table


class _Progress(RowDelegate):
    """Draws a study with how many fields are filled."""

    def draw(self, brush: Brush, option: QStyleOptionViewItem, _index: Index, row: Any) -> None:
        px, (study, done, total) = self.look.px, row
        inner = option.rect.adjusted(px(12), 0, -px(10), 0)
        complete = done == total and total > 0
        if complete:
            brush.icon(inner.right() - px(14), inner.center().y(), "ph.check", "include", 14)
        else:
            brush.text(inner, f"{done} of {total}", "small", "text-3", RIGHT)
        brush.text(inner.adjusted(0, 0, -px(54), 0), study.label, "body")


class ExtractionList(Table):
    """The studies beside the form."""

    def __init__(self, look: Look) -> None:
        self.lines: dict[int, tuple[Study, int, int]] = {}
        column = Column("Study", lambda line: f"{line[0].label}, {line[1]} of {line[2]} fields")
        super().__init__(look, IdTableModel((column,), self._fetch), "Studies to extract")
        self.setItemDelegate(_Progress(look, self))
        self.horizontalHeader().hide()

    def show_lines(self, lines: Mapping[int, tuple[Study, int, int]]) -> None:
        """Show these."""
        self.lines = dict(lines)
        self.show_ids(list(self.lines))
        if self.current_id() is None and self.lines:
            self.select(next(iter(self.lines)))
        self.viewport().update()

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, tuple[Study, int, int]]:
        return {each: self.lines[each] for each in ids if each in self.lines}

    def next_to(self, main: int, by: int) -> int:
        """Return the study so many lines below this one, or above; at the ends the last one there is."""
        ids = list(self.lines)
        return ids[max(0, min(len(ids) - 1, ids.index(main) + by))]

    def count(self, filled: Mapping[int, int]) -> None:
        """Say anew how many fields of each are filled."""
        self.lines = {main: (study, filled[main], total) for main, (study, _, total) in self.lines.items()}
        model = self.model()
        if isinstance(model, IdTableModel):
            model.refresh()
