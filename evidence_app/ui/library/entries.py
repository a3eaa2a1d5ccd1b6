"""A pasted list or export: its works in a table, each beside the words it was read from."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.library import adding, pasted_text
from evidence_app.services.library.adding import Candidate
from evidence_app.services.library.pasted_text import Pasted, PastedEntry
from evidence_app.storage.connections import Reader
from evidence_app.ui.library.candidate_fields import CandidateFields
from evidence_app.ui.library.entry_table import EntryTable, Row
from evidence_app.ui.library.printed import PARTS, PrintedString
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.focus_order import order_focus
from evidence_app.ui.widgets.laying import down, emptied, scrolled

SIDE_BY_SIDE = 600


class EntriesPane(QWidget):
    """The works that were found, the doubtful ones first; fields are edited, strings split and joined."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, context: ScreenContext, name: Callable[[int], str]) -> None:
        super().__init__()
        self._context, self._name = context, name
        self._parts = context.parts
        self._rows: list[Row] = []
        self._format = ""
        self._fields: CandidateFields | None = None
        self._shown: Row | None = None
        self.table = EntryTable(context.look)
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(self.enter)
        self.table.ticked.connect(self.changed)
        self._detail = self._make_detail()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(self._detail)
        self._split.setStretchFactor(0, 5)
        self._split.setStretchFactor(1, 4)
        self.setLayout(down(self._split, gap=0))

    def _make_detail(self) -> QWidget:
        parts = self._parts
        self._where = parts.caption("")
        look = self._context.look
        self.printed = PrintedString(look)
        self._legend_box = QWidget()
        self._legend = FlowLayout(self._legend_box, gap=look.px(5))
        self._why = parts.label("", "small", "maybe", wrap=True)
        self.split = parts.button("Split at the cursor", "plain", "ph.scissors", self.split_here)
        self.join = parts.button("Join with the next", "plain", "ph.git-merge", self.join_next)
        for button, keys in ((self.split, "Ctrl+Return"), (self.join, "Ctrl+J")):
            button.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
        self.printed.split_asked.connect(self.split_here)
        self.printed.join_asked.connect(self.join_next)
        self._acts = QWidget()
        acts = FlowLayout(self._acts, gap=look.px(6))
        acts.addWidget(self.split)
        acts.addWidget(self.join)
        self._form: QVBoxLayout = down(gap=0)
        column = down(
            self._where, self.printed, self._legend_box, self._why, self._acts, self._form, None,
            gap=6, edge=(14, 2, 10, 6),
        )  # fmt: skip
        return scrolled(column)

    # -- what is shown

    def show_pasted(self, pasted: Pasted, held: Sequence[Candidate]) -> None:
        """Show what was read, with which of it the project holds already."""
        self._format = pasted.format
        self._acts.setVisible(pasted.is_printed)
        self._rows = [
            Row(pasted_text.changed(entry, candidate), _is_new(candidate), self._held(candidate))
            for entry, candidate in zip(pasted.entries, held, strict=True)
        ]
        order = self._show(0)
        if order:
            self.table.select(order[0])

    def _held(self, candidate: Candidate) -> str:
        return f"{self._name(candidate.held_as)}" if candidate.held_as is not None else ""

    def _show(self, at: int) -> list[int]:
        order = pasted_text.doubtful_first(self.entries)
        self.table.show_rows(self._rows, order)
        self.table.select(at)
        self.changed.emit()
        return order

    @property
    def entries(self) -> list[PastedEntry]:
        """The entries in the order in which they were printed."""
        return [row.entry for row in self._rows]

    def chosen(self) -> list[Candidate]:
        """Return what is ticked, in the order printed."""
        return [row.entry.candidate for row in self._rows if row.ticked]

    def with_doi(self) -> int:
        """Return how many of those ticked have a DOI Crossref was not asked about."""
        return len(self._askable())

    def _askable(self) -> list[int]:
        return [
            at
            for at, row in enumerate(self._rows)
            if row.ticked and row.entry.candidate.item.get("DOI") and not row.entry.candidate.looked_up
        ]

    def to_look_up(self) -> list[tuple[int, PastedEntry]]:
        """Return the entries to ask Crossref about, with their places."""
        return [(at, self._rows[at].entry) for at in self._askable()]

    def take_answers(self, answers: Sequence[tuple[int, PastedEntry, Candidate]]) -> None:
        """Put in what Crossref said of entries that still stand where they stood."""
        for at, entry, answer in answers:
            if at < len(self._rows) and self._rows[at].entry is entry:
                self._rows[at].entry = pasted_text.looked_up(entry, answer)
        self._show(self.table.current_id() or 0)
        self._show_chosen(self.table.current_id())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the fields below the list where there is little room."""
        super().resizeEvent(event)
        wide = self.width() >= self._context.look.px(SIDE_BY_SIDE)
        self._split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    # -- one entry

    def _at(self) -> int | None:
        at = self.table.current_id()
        return at if at is not None and at < len(self._rows) else None

    def _show_chosen(self, _at: object) -> None:
        at = self._at()
        self._detail.setEnabled(at is not None)
        if at is None:
            return
        row = self._shown = self._rows[at]
        entry = row.entry
        self._where.setText(f"As printed, line {entry.line:,}" if entry.parts else f"Line {entry.line:,}")
        marks = pasted_text.marks(entry)
        self.printed.show_text(entry.text, marks)
        self._show_legend([label for _, _, label in marks])
        self._say_why(row)
        self.join.setEnabled(at + 1 < len(self._rows))
        emptied(self._form)
        self._fields = CandidateFields(self._parts, entry.candidate)
        self._fields.changed.connect(self._edited)
        self._form.addWidget(self._fields)
        order_focus(self.window())

    def _show_legend(self, labels: Sequence[str]) -> None:
        while self._legend.count():
            place = self._legend.takeAt(0)
            widget = place.widget() if place is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for label in dict.fromkeys(labels):
            self._legend.addWidget(self._parts.chip(*PARTS[label]))
        self._legend_box.setVisible(bool(labels))

    def _edited(self) -> None:
        row, fields = self._shown, self._fields
        if row is None or fields is None:
            return
        row.entry = pasted_text.changed(row.entry, fields.candidate)
        self._say_why(row)
        self.table.viewport().update()
        self.changed.emit()

    def _say_why(self, row: Row) -> None:
        entry = row.entry
        doubts = f"To look at: {', '.join(entry.doubts)}." if entry.doubts else ""
        held = f"Held already: {row.held}, {entry.candidate.held_because}." if row.held else ""
        self._why.setText(" ".join(filter(None, (doubts, held, entry.candidate.problem))))
        self._why.setVisible(bool(self._why.text()))

    def enter(self) -> None:
        """Go from the list to the text of the chosen entry."""
        self.printed.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- splitting and joining

    def split_here(self) -> None:
        """Make the chosen entry two, parted at the cursor."""
        at = self._at()
        if at is not None and self._format == pasted_text.PRINTED:
            self._rearrange(partial(pasted_text.split_at, self.entries, at, self.printed.place()), at)

    def join_next(self) -> None:
        """Make the chosen entry and the one printed after it one."""
        at = self._at()
        if at is not None and self._format == pasted_text.PRINTED:
            self._rearrange(partial(pasted_text.join_with_next, self.entries, at), at)

    def _rearrange(self, rearranged: Callable[[], list[PastedEntry]], at: int) -> None:
        try:
            entries = rearranged()
        except EvidenceError as error:
            self.refused.emit(str(error))
            return
        kept = {id(row.entry): row for row in self._rows}
        self._rows = [kept.get(id(entry)) or self._new_row(entry) for entry in entries]
        self._show(at)

    def _new_row(self, entry: PastedEntry) -> Row:
        (judged,) = adding.with_duplicates(self._context.project.reader, [entry.candidate])
        return Row(pasted_text.changed(entry, judged), _is_new(judged), self._held(judged))


def _is_new(candidate: Candidate) -> bool:
    """Whether it is added unless somebody says otherwise: it is not held, and there is a work to see."""
    return candidate.held_as is None and candidate.is_described


def judged(reader: Reader, entries: Sequence[PastedEntry]) -> list[Candidate]:
    """Return what was read of each entry, with the reference that is the same work already."""
    return adding.with_duplicates(reader, [entry.candidate for entry in entries])
