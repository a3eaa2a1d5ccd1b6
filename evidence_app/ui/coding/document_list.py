"""The reports and their documents beside the pages: which are coded, which are not, which have none."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStyleOptionViewItem

from evidence_app.domain.coding import CodingState
from evidence_app.ui.coding.shown import DocumentLine
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table

SIGNS: Final = {
    CodingState.NOT_STARTED: ("ph.circle", "text-3"), CodingState.IN_PROGRESS: ("ph.circle-half", "accent"),
    CodingState.CODED: ("ph.check", "include"), CodingState.ABSENT: ("ph.minus-circle", "text-2"),
}  # fmt: skip


def _said(line: DocumentLine) -> str:
    name = line.document.name if line.document else "no document"
    return f"{line.report.label}, {name}, {line.state.value}, {line.report.quotations} quotations"


class _Delegate(RowDelegate):
    """Draws state, label and title; a report without a document is faint."""

    def draw(self, brush: Brush, option: QStyleOptionViewItem, _index: Index, row: Any) -> None:
        px, rect, line = self.look.px, option.rect, row
        icon, tone = SIGNS[line.state]
        middle = rect.top() + px(15)
        faint = line.document is None
        brush.icon(rect.left() + px(12), middle, icon, "text-3" if faint else tone, 14)
        first = rect.adjusted(px(34), px(4), -px(44), -rect.height() // 2)
        second = rect.adjusted(px(34), rect.height() // 2 - px(1), -px(10), -px(4))
        brush.text(first, line.report.label, "body", "text-3" if faint else "text")
        count = rect.adjusted(0, px(4), -px(10), -rect.height() // 2)
        if line.report.quotations:
            brush.text(count, str(line.report.quotations), "small", "text-3", RIGHT)
        name = line.report.title if faint or not line.document else line.document.name
        brush.text(second, "No document yet" if faint else name, "small", "text-3" if faint else "text-2")


class DocumentList(Table):
    """The list; its rows are places in `lines`, counted from 1."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        self._look_again = look
        self.lines: Sequence[DocumentLine] = ()
        super().__init__(look, IdTableModel((Column("Report", _said),), self._fetch, parent), "Documents")
        self.setItemDelegate(_Delegate(look, self))
        self.horizontalHeader().hide()
        self.setProperty("ground", "sunken")

    def renew(self) -> None:
        """Give each row two lines."""
        super().renew()
        self.verticalHeader().setDefaultSectionSize(self._look_again.px(46))

    def show_lines(self, lines: Sequence[DocumentLine]) -> None:
        """Show the reports with their documents."""
        self.lines = lines
        self.show_ids(range(1, len(lines) + 1))
        if self.current_id() is None and lines:
            self.select(1)
        self.viewport().update()

    def line(self, row: object) -> DocumentLine | None:
        """Return the line of a row."""
        return self.lines[row - 1] if isinstance(row, int) and 1 <= row <= len(self.lines) else None

    def chosen_line(self) -> DocumentLine | None:
        """Return the current line."""
        return self.line(self.current_id())

    def choose_document(self, document: int) -> None:
        """Choose the line of a document."""
        for row, line in enumerate(self.lines, 1):
            if line.document is not None and line.document.id == document:
                self.select(row)
                return

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, DocumentLine]:
        return {row: self.lines[row - 1] for row in ids if 1 <= row <= len(self.lines)}
