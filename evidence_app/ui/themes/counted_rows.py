"""Which reports count for a finding, with the level of support, and what a person overruled."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.support import Contribution
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts


class OverruledRow(QWidget):
    """One report that a person left out or counted, with the reason, and what takes it back."""

    taken_back = Signal(object)

    def __init__(self, parts: Parts, said: Contribution, label: str) -> None:
        super().__init__()
        self.said = said
        word = "Counted" if said.counts else "Left out"
        by = f" ({said.by})" if said.by else ""
        row = across(gap=2, edge=(0, 4, 0, 4))
        words = parts.label(label, "small", wrap=True)
        row.addLayout(down(words, parts.note(f"{word}: {said.reason}{by}", wrap=True), gap=1), 1)
        self.back = parts.tool("ph.arrow-counter-clockwise", f"Count {label} as derived again", self._tell)
        row.addWidget(self.back)
        self.setLayout(down(row, parts.rule(), gap=0))

    def _tell(self) -> None:
        self.taken_back.emit(self.said)


class CountedRows(QWidget):
    """How many reports count and by what; the overruled ones below."""

    changed = Signal()
    """A report is to be left out, or counted."""
    taken_back = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._shown: tuple[tuple[Contribution, str], ...] | None = None
        self.caption = parts.caption("Counts for it")
        self.change = parts.button("Change", "filter", "ph.pencil-simple", self._tell)
        self.change.setAccessibleName("Leave a report out of this finding, or count one, with a reason")
        self.change.setToolTip("Leave a report out, or count one, with a reason")
        self.note = parts.note("", wrap=True)
        self.rows: list[OverruledRow] = []
        self._column = down(gap=0)
        self.setLayout(down(across(self.caption, None, self.change, gap=8), self.note, self._column, gap=2))

    def show_counted(self, told: str, overruled: Sequence[tuple[Contribution, str]]) -> None:
        """Show what counts; `overruled` come with the label of their report."""
        self.note.setText(told)
        if tuple(overruled) == self._shown:
            return
        self._shown = tuple(overruled)
        had = any(row.back.hasFocus() for row in self.rows)
        emptied(self._column)
        self.rows = [OverruledRow(self._parts, said, label) for said, label in overruled]
        for row in self.rows:
            row.taken_back.connect(self.taken_back)
            self._column.addWidget(row)
        if had:
            (self.rows[0].back if self.rows else self.change).setFocus()

    def _tell(self) -> None:
        self.changed.emit()
