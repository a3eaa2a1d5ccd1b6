"""The preview of fixes: every value before and after, nothing written until it is agreed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import counted
from evidence_app.services.checks.results import Fix
from evidence_app.services.checks.scope import called
from evidence_app.services.library.fields import label_of, shown_value
from evidence_app.services.lookup.comparing import Segment
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.differences import draw_side, segments_of
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table


@dataclass(frozen=True, slots=True)
class FixRow:
    """One line of the preview."""

    reference: str
    field: str
    before: str
    after: str
    why: str
    segments: tuple[Segment, ...]


COLUMNS = (
    Column("Reference", lambda row: row.reference, 150),
    Column("Field", lambda row: row.field, 90),
    Column("Now", lambda row: row.before, 240),
    Column("After", lambda row: row.after, 240),
    Column("Why", lambda row: row.why, 0),
)


def fix_rows(fixes: Sequence[Fix], contents: ReviewContents) -> list[FixRow]:
    """Return the lines of a preview, in the order of the references."""
    order = {reference.id: at for at, reference in enumerate(contents.references)}
    rows = []
    for fix in sorted(fixes, key=lambda fix: order[fix.reference]):
        reference = contents.by_id[fix.reference]
        before, after = shown_value(fix.variable, fix.before), shown_value(fix.variable, fix.after)
        field = label_of(fix.variable, str(reference.item.get("type", "")))
        segments = tuple(segments_of(before, after))
        rows.append(FixRow(called(reference), field, before, after, fix.label, segments))
    return rows


class FixDelegate(RowDelegate):
    """Draws the differing words on their grounds."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(look, parent)

    def draw(self, brush: Brush, option: QStyleOptionViewItem, index: Index, row: Any) -> None:
        """Draw one cell."""
        edge = self.look.px(8)
        rect = option.rect.adjusted(edge, 0, -edge, 0)
        match index.column():
            case 2:
                draw_side(brush, rect, row.segments, "mine")
            case 3:
                draw_side(brush, rect, row.segments, "theirs")
            case 1 | 4:
                brush.text(rect, COLUMNS[index.column()].text(row), "small", "text-2")
            case _:
                brush.text(rect, row.reference)


class FixDialog(PanelDialog):
    """Asks whether to make these fixes, each of them in view."""

    def __init__(self, parts: Parts, rows: Sequence[FixRow], parent: QWidget | None = None) -> None:
        fields = counted(len(rows), "field")
        works = counted(len({row.reference for row in rows}), "reference")
        super().__init__(
            parts, f"Fix {fields}?",
            f"In {works}. Nothing is written before you agree, and one undo takes all of it back.",
            size=(960, 220 + 30 * min(len(rows), 12)), parent=parent,
        )  # fmt: skip
        self._rows = rows
        self.setWindowTitle(f"Fix {fields}")
        self.table = Table(parts.look, IdTableModel(COLUMNS, self._fetch), "What will change")
        self.table.setItemDelegate(FixDelegate(parts.look, self.table))
        self.table.show_ids(range(len(rows)))
        self.body.setContentsMargins(16, 0, 16, 0)
        self.put(self.table, share=1)
        self.go_on = parts.button(f"Fix {fields}", "primary", act=self.accept)
        self.go_on.setDefault(True)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.go_on)
        self.go_on.setFocus()

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, FixRow]:
        return {at: self._rows[at] for at in ids}
