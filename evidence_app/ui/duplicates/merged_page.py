"""A merged work: its records, what each said otherwise, and the acts that show it or take it out again."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from evidence_app.services.deduplication.merged_work import MergedPart, MergedWork
from evidence_app.services.deduplication.side_by_side import FieldPair
from evidence_app.storage.found_duplicates import KeptRecord
from evidence_app.ui.duplicates.records_kept import RecordsKept, searches_of
from evidence_app.ui.widgets.differences import SideLabel, segments_of
from evidence_app.ui.widgets.laying import across, down, emptied, scrolled
from evidence_app.ui.widgets.parts import Parts


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
        for field in part.differing:
            column.addLayout(self._field(part, field))
        column.addLayout(across(apart, other, None, edge=(0, 4, 0, 0)))
        holder = QWidget()
        holder.setLayout(column)
        return holder

    def _field(self, part: MergedPart, field: FieldPair) -> QHBoxLayout:
        parts = self._parts
        top = Qt.AlignmentFlag.AlignTop
        segments = segments_of(field.one, field.other)
        name = parts.label(field.label, "small", "text-2", wrap=True)
        name.setFixedWidth(parts.look.px(90))
        show = parts.button("Show this", "filter")
        show.setAccessibleName(f"Show {field.label}: {field.other}")
        show.clicked.connect(partial(self.value_asked.emit, part.reference, field.variables))
        row = across(gap=12, edge=(0, 2, 0, 2))
        row.addWidget(name, 0, top)
        row.addWidget(SideLabel(parts.look, segments, "mine"), 1, top)
        row.addWidget(SideLabel(parts.look, segments, "theirs"), 1, top)
        row.addWidget(show, 0, top)
        return row
