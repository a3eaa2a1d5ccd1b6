"""Two references side by side: what speaks for one work, field by field, the records that will be kept."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from evidence_app.services.deduplication.likeness import signs
from evidence_app.services.deduplication.rules import Rule
from evidence_app.services.deduplication.side_by_side import FieldPair, Side, SideBySide
from evidence_app.ui.duplicates.field_line import LONGEST, FieldLine, same_cells
from evidence_app.ui.duplicates.records_kept import RecordsKept, called, place_of, searches_of
from evidence_app.ui.duplicates.wrapping import let_wrap, let_wrap_in
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.laying import across, down, emptied, scrolled
from evidence_app.ui.widgets.parts import Parts


class PairPage(QWidget):
    """The pair that is judged; the side of each field is chosen by mouse or by Left and Right."""

    changed = Signal()
    left = Signal()
    """The focus wants to go back to the list."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.pair: SideBySide | None = None
        self._asked: Rule | None = None
        self.lines: list[FieldLine] = []
        self._question = parts.label("Are these two records one work?", "heading", wrap=True)
        self._progress = parts.faint("")
        self._chips = FlowLayout(gap=parts.look.px(6))
        self._rule = parts.label("", "small", "text-2", wrap=True)
        self._grid_place = down(gap=0)
        self._preference = parts.label("", "small", "text-3", wrap=True)
        self.records = RecordsKept(parts)
        self._grid: QGridLayout | None = None
        self._waiting: list[FieldPair] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_waiting)
        head = across(gap=12)
        head.addWidget(self._question, 1)
        head.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignTop)
        column = down(head, self._chips, self._rule, 4, self._grid_place, self._preference, 14, self.records,
                      None, gap=8, edge=(26, 20, 26, 16))  # fmt: skip
        self._column = scrolled(column)
        let_wrap(self._column)
        whole = down(gap=0)
        whole.addWidget(self._column, 1)
        self.setLayout(whole)

    @property
    def taken(self) -> dict[tuple[str, ...], Side]:
        """The side that is chosen for each field that differs."""
        return {line.field.variables: line.side for line in self.lines}

    def choices(self) -> Mapping[str, int]:
        """Return whose value to show, by variable."""
        return self.pair.choices(self.taken) if self.pair is not None else {}

    def show_pair(
        self,
        pair: SideBySide,
        rule: Rule | None,
        found: Mapping[str, str],
        progress: str,
        question: str = "",
        relation: str = "",
    ) -> None:
        """Show two references, with what speaks for and against their being one work.

        `relation` is how they belong together if they are two works."""
        kept_focus = self.has_focus()
        self.pair, self._asked = pair, None if question else rule
        self.setUpdatesEnabled(False)
        self._question.setText(question or "Are these two records one work?")
        self._progress.setText(progress)
        self._show_signs(rule, found, relation)
        self._show_fields(pair, "Kept in the reference" if rule is not None else "If they were merged")
        total = searches_of(pair.records)
        words = "Records this reference will keep" if rule is not None else "Records of the two works"
        self.records.show_records(f"{words}: {total}", pair.records)
        self._preference.setVisible(rule is not None)
        self._column.verticalScrollBar().setValue(0)
        self.setUpdatesEnabled(True)
        if kept_focus:
            self.focus_fields()

    def say_progress(self, progress: str) -> None:
        """Say anew how many pairs are judged."""
        self._progress.setText(progress)

    def asks_about(self, pair: SideBySide, rule: Rule) -> bool:
        """Whether it is this pair, as it is now, about which is asked here."""
        return self.pair == pair and self._asked == rule

    def has_focus(self) -> bool:
        """Whether the keyboard is on one of the fields."""
        return any(line.has_focus() for line in self.lines)

    def lay_out_like(self, shown: "PairPage") -> None:
        """Measure every text at the width it will have on the page that is shown now."""
        self.setGeometry(shown.geometry())
        inner = self._column.widget()
        layout = inner.layout() if inner is not None else None
        if inner is None or layout is None:
            return
        for part in inner.findChildren(QWidget):
            part.ensurePolished()
        inner.resize(shown._column.viewport().size())
        layout.activate()

    def focus_fields(self) -> bool:
        """Give the keyboard to the first field that differs; return whether there is one."""
        if self.lines:
            self.lines[0].focus()
        return bool(self.lines)

    def _show_signs(self, rule: Rule | None, found: Mapping[str, str], relation: str) -> None:
        emptied(self._chips)
        for sign in signs(found):
            self._chips.addWidget(self._parts.chip(sign.words, sign.tone))
        self._rule.setVisible(rule is not None)
        if rule is not None:
            linked = f" As two works they can be linked: {relation}." if relation else ""
            self._rule.setText(f"Suggested by the rule “{rule.label}”. {rule.explanation}{linked}")

    def _show_fields(self, pair: SideBySide, result: str) -> None:
        parts = self._parts
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(parts.look.px(16))
        grid.setVerticalSpacing(parts.look.px(3))
        heads = ("", self._head(pair, "one"), self._head(pair, "other"), result)
        for column, head in enumerate(heads):
            label = parts.label(head, "small-strong", wrap=True)
            let_wrap_in(label)
            grid.addWidget(label, 0, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 10 if column else 0)
        grid.setColumnMinimumWidth(0, parts.look.px(84))
        for line in self.lines:
            line.deleteLater()
        self.lines = []
        self._grid = grid
        self._waiting = [field for field in pair.fields if _is_long(field)]
        for field in pair.fields:
            if not _is_long(field):
                self._add(grid, pair, field)
        if self._waiting and self.isVisible():
            self._soon.start()
        emptied(self._grid_place)
        self._grid_place.addWidget(holder)
        kept = pair.side(pair.master)
        self._preference.setText(
            f"{kept.short_label} on the {'left' if pair.master == 'one' else 'right'} is kept, being cited, "
            "included, checked or the one that says more; what it leaves empty comes from the other."
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Add the long texts of a pair that was laid out behind another."""
        super().showEvent(event)
        if self._waiting:
            self._soon.start()

    def _show_waiting(self) -> None:
        """Add the long texts, below all others: the next pair is there before its abstracts are laid out."""
        fields, self._waiting = self._waiting, []
        if self._grid is None or self.pair is None:
            return
        for field in fields:
            self._add(self._grid, self.pair, field)

    def _head(self, pair: SideBySide, side: Side) -> str:
        records = pair.records_of(side)
        if not records:
            return "Entered by hand"
        first = f"{called(records[0])}, {place_of(records[0]).partition(' · ')[0]}"
        return first if len(records) == 1 else f"{first} and {len(records) - 1} more"

    def _add(self, grid: QGridLayout, pair: SideBySide, field: FieldPair) -> None:
        parts, at = self._parts, grid.rowCount()
        grid.addWidget(parts.rule(), at, 0, 1, 4)
        name = parts.label(field.label, "small", "text-2", wrap=True)
        cells: Sequence[QWidget]
        if field.is_same:
            cells = same_cells(parts, field)
        else:
            line = FieldLine(parts, pair, field, self)
            line.changed.connect(self.changed)
            line.moved.connect(self._move)
            line.left.connect(self.left)
            self.lines.append(line)
            cells = [*line.cells, line.result]
        let_wrap_in(name, *cells)
        for column, cell in enumerate((name, *cells)):
            if column in (0, 3):
                cell.setContentsMargins(0, 4, 0, 4)
            grid.addWidget(cell, at + 1, column, Qt.AlignmentFlag.AlignTop)

    def _move(self, line: object, way: int) -> None:
        at = next((place for place, known in enumerate(self.lines) if known is line), 0) + way
        if 0 <= at < len(self.lines):
            self.lines[at].focus()
            for cell in self.lines[at].cells:
                self._column.ensureWidgetVisible(cell, 0, 20)


def _is_long(field: FieldPair) -> bool:
    return field.variables == ("abstract",) and max(len(field.one), len(field.other)) > LONGEST
