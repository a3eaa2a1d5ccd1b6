"""A merged work: its records, what each said otherwise, and the acts that show it or take it out again."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QVBoxLayout, QWidget

from evidence_app.services.deduplication.merged_work import MergedPart, MergedWork
from evidence_app.services.deduplication.side_by_side import FieldPair
from evidence_app.storage.found_duplicates import KeptRecord
from evidence_app.ui.duplicates.records_kept import RecordsKept, searches_of
from evidence_app.ui.duplicates.wrapping import let_wrap
from evidence_app.ui.widgets.differences import Side, SideLabel, segments_of
from evidence_app.ui.widgets.laying import across, down, emptied, scrolled
from evidence_app.ui.widgets.parts import Parts

SIDES: tuple[Side, ...] = ("mine", "theirs")


class MergedPage(QWidget):
    """The records of one work; each can be taken out at any time, and each value shown instead."""

    raw_asked = Signal(object)
    apart_asked = Signal(int, bool)
    """The reference to take out, and whether it is remembered to be another work."""
    value_asked = Signal(int, object)
    """A merged reference, and the variables of it to show."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.work: MergedWork | None = None
        self._title = parts.label("", "heading", wrap=True)
        self._fact = parts.label("", "small", "text-2", wrap=True)
        self._places: QVBoxLayout = down(gap=14)
        column = down(self._title, self._fact, 8, self._places, None, gap=6, edge=(26, 20, 26, 16))
        self._column = scrolled(column)
        whole = down(gap=0)
        whole.addWidget(self._column, 1)
        self.setLayout(whole)

    def show_work(self, work: MergedWork) -> None:
        """Show a merged work."""
        self.work = work
        self._title.setText(work.kept.title)
        self._fact.setText(f"{work.kept.short_label} · {searches_of(work.records)}")
        emptied(self._places)
        self._places.addWidget(self._records("Kept as it is shown", work.own))
        for part in work.parts:
            self._places.addWidget(self._part(part))
        let_wrap(self._column)

    def focus_first(self) -> None:
        """Give the keyboard to the first act."""
        button = self.findChild(QAbstractButton)
        if button is not None:
            button.setFocus()

    def _records(self, heading: str, records: Sequence[KeptRecord]) -> RecordsKept:
        lines = RecordsKept(self._parts)
        lines.asked.connect(self.raw_asked)
        lines.show_records(heading, records)
        return lines

    def _part(self, part: MergedPart) -> QWidget:
        parts = self._parts
        apart = parts.button("Un-merge", "plain", "ph.git-fork")
        apart.setAccessibleName(f"Un-merge {part.label}: {part.why}")
        apart.clicked.connect(partial(self.apart_asked.emit, part.reference, False))
        other = parts.button("Un-merge, they are different", "plain")
        other.setAccessibleName(f"Un-merge {part.label} and remember that it is another work")
        other.clicked.connect(partial(self.apart_asked.emit, part.reference, True))
        column = down(self._records(part.why, part.records), gap=4)
        if part.differing:
            column.addWidget(self._fields(part))
        column.addLayout(across(apart, other, None, edge=(0, 4, 0, 0)))
        holder = QWidget()
        holder.setLayout(column)
        return holder

    def _fields(self, part: MergedPart) -> QWidget:
        holder, look, top = QWidget(), self._parts.look, Qt.AlignmentFlag.AlignTop
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(12))
        for column in (1, 2):
            grid.setColumnStretch(column, 10)
        grid.setColumnMinimumWidth(0, look.px(84))
        for at, field in enumerate(part.differing):
            for column, cell in enumerate(self._cells(part, field)):
                grid.addWidget(cell, at, column, top)
        return holder

    def _cells(self, part: MergedPart, field: FieldPair) -> list[QWidget]:
        parts = self._parts
        segments = segments_of(field.one, field.other)
        show = parts.button("Show this", "filter")
        show.setAccessibleName(f"Show {field.label}: {field.other}")
        show.clicked.connect(partial(self.value_asked.emit, part.reference, field.variables))
        sides = [SideLabel(parts.look, segments, side) for side in SIDES]
        return [parts.label(field.label, "small", "text-2", wrap=True), *sides, show]
