"""Table: how many studies, or reports, have each characteristic, and the table of included studies."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QStackedLayout, QWidget

from evidence_app.services.publishing.appendix.table import Appendix
from evidence_app.services.publishing.appendix.writing import FORMATS, write_table
from evidence_app.services.studies import charting, counting
from evidence_app.services.studies.counting import Unit
from evidence_app.ui.screen import Subject
from evidence_app.ui.studies.count_chart import CountChart
from evidence_app.ui.studies.desk import Desk, Held, Page
from evidence_app.ui.studies.exporting import StudiesExport, Write
from evidence_app.ui.widgets.laying import across, down, framed, scrolled
from evidence_app.ui.widgets.table import Column, IdTableModel, Table

COUNTS, INCLUDED = "counts", "included"


class TablePage(Page):
    """Counts with bars, and the table of included studies; both are exported."""

    def __init__(self, desk: Desk, exporting: StudiesExport) -> None:
        super().__init__(desk)
        self.exporting = exporting
        parts = self.parts
        self.what = parts.filters("Table", ((COUNTS, "Counts"), (INCLUDED, "Included studies")), COUNTS)
        self.unit = parts.filters(
            "Counted by", ((Unit.STUDIES.value, "By study"), (Unit.REPORTS.value, "By report")),
            Unit.STUDIES.value,
        )  # fmt: skip
        self.what.chosen.connect(self._fill)
        self.unit.chosen.connect(self._fill)
        self.note = parts.line("", "small", "text-2")
        self.chart = CountChart(self.look)
        self.chart.opened.connect(self._open)
        self._rows: dict[int, tuple[str, ...]] = {}
        self._heads: tuple[str, ...] = ()
        self.table: Table | None = None
        self.empty = parts.empty(
            "ph.chart-bar-horizontal", "Counts and the table of studies are made of the characteristics.",
            hint="Fill the form of a study under Characteristics; here it is counted at once.",
        )  # fmt: skip
        ground = QWidget()
        self._stack = QStackedLayout(ground)
        self._stack.addWidget(scrolled(down(self.chart, None, gap=0)))
        self._stack.addWidget(self.empty)
        bar = across(self.what, 8, self.unit, 8, gap=4, edge=(12, 0, 18, 0))
        bar.addWidget(self.note, 1)
        self.setLayout(down(framed(bar, "bar", height=self.look.size("bar")), ground, gap=0))

    def show_held(self, _held: Held) -> None:
        """Show counts and table as they are now."""
        self._fill()

    def fact(self) -> str:
        """Return what is counted."""
        held = self.desk.held
        if held is None or not held.contents.studies:
            return ""
        return self._chosen_unit().of(counting.count_units(held.contents, self._chosen_unit()))

    def start(self) -> QWidget:
        """Return the chart, or the table."""
        if self.what.choice == INCLUDED and self.table is not None:
            return self.table
        return self.chart if self._stack.currentIndex() != 1 else self.what.buttons[COUNTS]

    def _chosen_unit(self) -> Unit:
        return Unit(self.unit.choice or Unit.STUDIES.value)

    def _fill(self) -> None:
        held = self.desk.held
        if held is None:
            return
        contents = held.contents
        self.unit.setVisible(self.what.choice == COUNTS)
        if not contents.studies or not contents.fields:
            self._stack.setCurrentIndex(1)
        elif self.what.choice == COUNTS:
            unit = self._chosen_unit()
            counts = [counting.count(contents, each, unit) for each in counting.countable(contents)]
            self.chart.show_counts(counts)
            wrong = [counting.why_not(contents, each) for each in counts if not each.adds_up]
            stated = any(value.stated is not None for each in counts for value in each.values)
            says = "Numbers stated by the review are of reports" if stated else "Every count says its unit"
            self.note.setText(f"Does not come to the total: {'. '.join(wrong)}" if wrong else says)
            self._stack.setCurrentIndex(0)
        else:
            self._show_table(counting.included_table(contents))
        self.told.emit()

    def _show_table(self, made: Appendix) -> None:
        self.note.setText(made.note)
        self._rows = {at: tuple(str(cell or "") for cell in row) for at, row in enumerate(made.rows, 1)}
        if made.heads != self._heads or self.table is None:
            self._heads = made.heads
            if self.table is not None:
                self._stack.removeWidget(self.table)
                self.table.deleteLater()
            columns = [
                Column(head, partial(_cell, at), 0 if at == 1 else 150) for at, head in enumerate(made.heads)
            ]
            self.table = Table(self.look, IdTableModel(columns, self._fetch), "Included studies")
            self.table.opened.connect(self._open_row)
            self._stack.addWidget(self.table)
        self.table.show_ids(list(self._rows))
        self._stack.setCurrentWidget(self.table)

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
        return {each: self._rows[each] for each in ids if each in self._rows}

    def _open(self, references: Sequence[int], words: str) -> None:
        self.desk.context.go_to("library", Subject("records", 0, tuple(references), words))

    def _open_row(self, row: object) -> None:
        held = self.desk.held
        if held is not None and isinstance(row, int) and row <= len(held.contents.studies):
            study = held.contents.studies[row - 1]
            self._open(study.references, study.label)

    # -- handing out

    def export(self) -> None:
        """Write what is shown: as Word, Excel or CSV, and counts as a chart too."""
        held = self.desk.held
        if held is None or not held.contents.studies:
            self.desk.context.say("There is nothing to export yet.")
            return
        counts = self.what.choice == COUNTS
        table = counting.counts_table(held.contents, self._chosen_unit()) if counts else (
            counting.included_table(held.contents))  # fmt: skip
        path = self.exporting.where(table.title, FORMATS | (charting.FORMATS if counts else {}))
        if path is None:
            return
        write: Write = partial(write_table, table)
        if counts and path.suffix.lower() in charting.FORMATS:
            write = partial(charting.write_chart, held.contents, self._chosen_unit())
        self.exporting.write(write, path)


def _cell(at: int, row: tuple[str, ...]) -> str:
    return row[at] or "–"
