"""The chosen cell: its row and column, what is known of it and by whom, and the findings it rests on."""

from dataclasses import dataclass

from evidence_app.domain.coding import Code
from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Block
from evidence_app.domain.matrix import (
    Absence,
    By,
    CellMarks,
    CellPlace,
    CellQuotation,
    CellState,
    LookedAt,
)
from evidence_app.domain.studies import Value, ValueState
from evidence_app.services.synthesis.matrix import ColumnKind, Matrix, MatrixCell, MatrixRow
from evidence_app.services.synthesis.matrix_places import said_by
from evidence_app.services.synthesis.matrix_values import values_in
from evidence_app.storage.connections import Reader
from evidence_app.storage.matrix import cell_quotations
from evidence_app.storage.studies import values
from evidence_app.ui.moments import told_by
from evidence_app.ui.screen import Subject

MOST = 40
"""How many quotations of a cell are shown; the others are found in Coding."""


@dataclass(frozen=True, slots=True)
class ChosenCell:
    """A cell with all the inspector says of it."""

    matrix: Matrix
    marks: CellMarks
    row: MatrixRow
    column: int

    @property
    def cell(self) -> MatrixCell:
        """What is known of it."""
        return self.matrix.cell(self.row.id, self.column)

    @property
    def place(self) -> CellPlace:
        """The first report of the row with what the column is of: where the summary stands."""
        return self.matrix.columns[self.column].place(self.row.id)

    @property
    def places(self) -> list[CellPlace]:
        """The places of all reports of the row."""
        return [self.matrix.columns[self.column].place(report) for report in self.row.reports]

    @property
    def summary(self) -> str:
        """The summary as it is written of the first report."""
        held = self.marks.summaries.get(self.place)
        return held.text if held else ""

    def other_summaries(self) -> list[str]:
        """Return what is written of the other reports of a study, each with its report."""
        label = {int(each.id): each.short_label for each in self.matrix.contents.included}
        return [
            f"{label.get(place.reference, '')}: {held.text}"
            for place in self.places[1:]
            if (held := self.marks.summaries.get(place))
        ]

    @property
    def is_marked(self) -> bool:
        """Whether somebody called this very cell absent."""
        return any(place in self.marks.absences for place in self.places)

    @property
    def absence(self) -> Absence | None:
        """Who said that it is absent here, of this theme or of its main theme."""
        marks = self.marks.absences
        found = next((marks[place] for place in self.places if place in marks), None)
        if found is None and self.matrix.by is By.THEMES:
            main = self.matrix.bands[self.matrix.columns[self.column].band].of.id
            return marks.get(CellPlace(self.row.id, main))
        return found

    def findings(self) -> list[Block]:
        """Return the findings that cite the report here."""
        by_id = {block.id: block for block in self.matrix.contents.findings}
        return [by_id[row] for row in self.cell.blocks if row in by_id]

    def theme_words(self) -> str:
        """Return what the column stands under."""
        column = self.matrix.columns[self.column]
        band = self.matrix.bands[column.band]
        words = self.matrix.words.column
        if column.kind is ColumnKind.SUM:
            return f"All its {counted(band.last - band.first, words)} together"
        if column.kind is ColumnKind.ITSELF:
            return "The code itself" if isinstance(column.of, Code) else "Findings on the theme itself"
        return band.of.name

    def state_words(self, looked: LookedAt | None = None) -> str:
        """Return what is known, by whom and since when; `looked` is who coded the report to its end."""
        cell, absence, by = self.cell, self.absence, self.matrix.by
        what = {By.THEMES: "theme", By.CODES: "code"}.get(by, "value")
        if cell.state is CellState.QUOTED:
            passages = counted(len(cell.quotations), "quotation")
            return f"{passages} under the theme’s codes; no review finding cites the report for it yet."
        if cell.count:
            return f"{counted(cell.count, self.matrix.words.counts)}, counted"
        if cell.state is CellState.UNSEEN and by is By.CHARACTERISTICS:
            return "Nothing is extracted yet."
        if cell.state is CellState.UNSEEN:
            return f"Not yet looked at. That does not say that the {what} is absent."
        if absence is not None:
            return f"Looked at, absent: {told_by(absence.person, absence.at)}".rstrip(": ")
        if looked is not None:
            told = told_by(looked.person, looked.at)
            return f"Looked at, absent: the {self.matrix.per} is coded. {told}".rstrip()
        if by is By.CHARACTERISTICS:
            return "Absent: something else is told."
        return "Looked at, absent: each topic is marked."


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation of the cell, or another passage it rests on: where it is shown, its words, its source."""

    subject: Subject
    words: str
    source: str


def passages_of(reader: Reader, chosen: ChosenCell, viewer: int) -> list[Passage]:
    """Return the quotations of a cell; of a value what it rests on at its place in the reports."""
    if chosen.matrix.by is By.CHARACTERISTICS:
        return [_passage(each) for each in said_by(reader, _values_said(reader, chosen), viewer)[:MOST]]
    rows = chosen.cell.quotations[:MOST]
    found = cell_quotations(reader, rows, viewer)
    return [_passage(found[row]) for row in rows if row in found]


def _passage(each: CellQuotation) -> Passage:
    source = " · ".join((each.source, *each.codes))
    if each.id:
        return Passage(Subject("quotation", each.id), f"“{each.words}”", source)
    words = f"“{each.words}”" if each.words else "The page it was extracted from"
    return Passage(Subject("passage", each.document, each.span), words, source)


def _values_said(reader: Reader, chosen: ChosenCell) -> list[Value]:
    """Return the values of the cell's reports that the column is of."""
    return values_in(chosen.matrix, chosen.row, chosen.column, values(reader, chosen.row.reports))


def told_values(reader: Reader, chosen: ChosenCell) -> list[str]:
    """Return what is told of a characteristic in the reports of a row: value, where from, which place."""
    name = chosen.matrix.columns[chosen.column].name_of_values
    if not name:
        return []
    found = [each for each in values(reader, chosen.row.reports) if each.name.casefold() == name.casefold()]
    return [_value_words(each) for each in found]


def _value_words(value: Value) -> str:
    if value.state is ValueState.NOT_REPORTED or not value.value:
        said = "Not reported"
    else:
        said = f"{value.value}, {value.state.value}"
    return ", ".join(filter(None, (said, value.place, value.basis, value.by)))
