"""The preview of a batch: every record before and after, nothing written until it is agreed to."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.deduplication.deciding import Preview, PreviewRow, merged_words
from evidence_app.services.library.fields import in_sentence, label_of
from evidence_app.services.lookup.comparing import Segment
from evidence_app.storage.found_duplicates import Totals
from evidence_app.storage.schema import CSL_COLUMNS
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.differences import Side, draw_side, segments_of
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table


def gives(row: PreviewRow) -> str:
    """Return the fields a record fills in, in words."""
    names = [in_sentence(label_of(CSL_COLUMNS.get(name, name))) for name in row.gives if name != "standing"]
    told = ", ".join(names)
    standing = "its place in the review" if "standing" in row.gives else ""
    return ", ".join(filter(None, (told, standing)))


COLUMNS = (
    Column("Work", lambda row: row.work, 140),
    Column("This record", lambda row: row.before, 300),
    Column("Will be shown as", lambda row: row.after, 300),
    Column("It fills in", gives, 120),
    Column("Rule", lambda row: row.rule, 0),
)
SIDES: dict[int, Side] = {1: "mine", 2: "theirs"}


@lru_cache(maxsize=512)
def _segments(before: str, after: str) -> tuple[Segment, ...]:
    return tuple(segments_of(before, after))


class PreviewDelegate(RowDelegate):
    """Draws the differing words on their grounds."""

    def draw(self, brush: Brush, option: QStyleOptionViewItem, index: Index, row: Any) -> None:
        """Draw one cell."""
        edge = self.look.px(8)
        rect = option.rect.adjusted(edge, 0, -edge, 0)
        match index.column():
            case 1 | 2 if row.before == row.after:
                brush.text(rect, row.before if index.column() == 1 else "The same", tone="text-3")
            case 1 | 2:
                draw_side(brush, rect, _segments(row.before, row.after), SIDES[index.column()])
            case 0:
                brush.text(rect, row.work, "strong")
            case _:
                brush.text(rect, COLUMNS[index.column()].text(row), "small", "text-2")


class MergePreview(PanelDialog):
    """Asks whether to merge these records, each of them in view."""

    def __init__(self, parts: Parts, preview: Preview, totals: Totals, parent: QWidget | None = None) -> None:
        act = merged_words(preview.rows)
        after = totals.works - len(preview.rows)
        fact = (
            f"{counted(preview.groups, 'work')}: {totals.works:,} references become {after:,}. All "
            f"{counted(totals.records, 'record')} stay in the file. Nothing is written before you agree; one "
            "undo takes all of it back, and each can be taken apart at any time."
        )
        super().__init__(parts, f"{act}?", fact, size=(1120, 620), parent=parent)
        self._rows = preview.rows
        self.table = Table(parts.look, IdTableModel(COLUMNS, self._fetch), "What will change")
        self.table.setItemDelegate(PreviewDelegate(parts.look, self.table))
        self.table.show_ids(range(len(self._rows)))
        self.body.setContentsMargins(16, 0, 16, 0)
        self.put(self.table, share=1)
        self.go_on = parts.button(act, "primary", "ph.intersect", act=self.accept)
        self.go_on.setDefault(True)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.go_on)
        self.go_on.setFocus()

    def _fetch(self, places: Sequence[int]) -> Mapping[int, PreviewRow]:
        return {at: self._rows[at] for at in places}
