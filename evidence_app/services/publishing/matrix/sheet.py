"""What every file of the matrix shares: its rows and columns, what stands beside, cells in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from evidence_app.domain.edit import counted
from evidence_app.domain.matrix import By, CellQuotation, CellState, Per
from evidence_app.domain.wording import in_words
from evidence_app.services.synthesis.matrix import Band, ColumnKind, Matrix, MatrixRow, units
from evidence_app.services.synthesis.matrix_rows import head_of, value_of

TITLE: Final = "Matrix of reports and themes"
TITLES: Final = {
    By.THEMES: "themes", By.CODES: "codes", By.CHARACTERISTICS: "characteristics",
}  # fmt: skip
ABSENT: Final = "absent"
QUOTED: Final = "quoted"
NO_NUMBER: Final = "–"
COUNTS: Final = {
    By.THEMES: "A number says how many evidence anchors (citation groups with the role evidence) of the "
    "review findings under a theme cite the {row}.",
    By.CODES: "A number says how many quotations of the {row} have the code itself; the last column of a "
    "branch counts those of the code and of all codes below it, each once.",
    By.CHARACTERISTICS: "A number says of how many reports the value is told.",
}  # fmt: skip
SIGNS: Final = {
    By.THEMES: "Absent: somebody looked into the {row}, and the theme is not there. "
    "Empty or dashed: not yet looked at, which does not say that the theme is absent.",
    By.CODES: "Absent: the {row} is coded to its end, or somebody looked for the code, and it is not there. "
    "Empty or dashed: not yet looked at, which does not say that the code is absent.",
    By.CHARACTERISTICS: "Absent: something else is told of the {row}. "
    "Empty or dashed: nothing is extracted yet.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be written: the matrix, the rows in order, and the characteristics beside them."""

    matrix: Matrix
    rows: tuple[MatrixRow, ...]
    characteristics: tuple[str, ...] = ()
    filtered: str = ""
    """The filter in words, where not all reports are shown."""
    quotations: Mapping[tuple[int, int], tuple[CellQuotation, ...]] = field(default_factory=dict)
    """The quotations by row and place of the column, as far as they were read: `quoting.with_quotations`."""
    columns_told: str = ""
    """What was left out of the columns, in words."""

    @property
    def name(self) -> str:
        """What is shown: `Matrix of reports and themes`."""
        rows = units(2, self.matrix.per).split()[-1]
        if self.matrix.names:
            names = [head_of(name).lower() for name in self.matrix.names]
            return f"Matrix of {rows} by {in_words(names)}"
        return f"Matrix of {rows} and {TITLES[self.matrix.by]}"

    @property
    def title(self) -> str:
        """The title of the review above that of the matrix."""
        return f"{self.name}: {self.matrix.contents.review.title}"

    def notes(self) -> list[str]:
        """Return what is counted, and what the signs mean, a sentence each."""
        matrix, row = self.matrix, {"row": self.matrix.per.value}
        notes = [COUNTS[matrix.by].format(**row), *self._derived()]
        if len(self.rows) != len(matrix.rows):
            which = f" ({self.filtered})" if self.filtered else ""
            told = units(len(matrix.rows), matrix.per)
            notes.append(f"Shown are {len(self.rows)} of {told}{which}.")
        if self.columns_told:
            notes.append(f"Not all columns are shown: {self.columns_told}.")
        if matrix.per is Per.STUDY:
            notes.append(
                "A study stands with its included reports; a report in no study has a row of its own."
            )
        notes.append(SIGNS[matrix.by].format(**row))
        if any(cell.state is CellState.QUOTED for cell in matrix.cells.values()):
            notes.append(
                "Quoted, or an outline without a number: passages are coded under the theme, but no review "
                "finding cites the report for it yet."
            )
        return notes

    def _derived(self) -> list[str]:
        matrix = self.matrix
        rows = f"for {matrix.rows_told}" if matrix.per is Per.STUDY else ""
        rows = rows or f"for {counted(len(matrix.rows), 'included report')}"
        if matrix.by is By.CODES:
            found = {key for cell in matrix.cells.values() for key in cell.counted}
            codes = len({column.of.id for column in matrix.columns if column.kind is not ColumnKind.SUM})
            return [f"Derived: counted from {counted(len(found), 'quotation')} and {counted(codes, 'code')}, "
                    f"{rows}."]  # fmt: skip
        if matrix.by is By.CHARACTERISTICS:
            return [f"Derived: counted from what was extracted and agreed, {rows}."]
        elsewhere = matrix.anchors - matrix.anchors_to_reports
        notes = [
            f"Derived: counted from {counted(matrix.anchors, 'evidence anchor')} under "
            f"{counted(len(matrix.bands), 'main theme')}, {rows}."
        ]
        if elsewhere:
            verb = "cites" if elsewhere == 1 else "cite"
            notes.append(f"Of these anchors {elsewhere} {verb} other works only and stand in no row.")
        return notes

    def row_heads(self) -> list[str]:
        """Return the heads of what stands before the cells."""
        return ["No.", self.matrix.per.value.capitalize(), *(head_of(each) for each in self.characteristics)]

    def row_words(self, row: MatrixRow) -> list[str]:
        """Return what stands before the cells of a row."""
        number = NO_NUMBER if row.number is None else str(row.number)
        return [number, row.short_label, *(value_of(self.matrix, row, each) for each in self.characteristics)]

    def column_heads(self) -> list[str]:
        """Return the heads of the cells on one line: `Trust (Navigating relationships)`."""
        heads = []
        for column in self.matrix.columns:
            main = self.matrix.bands[column.band].of.name
            heads.append(f"{main}: all" if column.kind is ColumnKind.SUM else f"{column.name} ({main})")
        return heads

    def cells(self, row: MatrixRow) -> Iterator[int | str]:
        """Yield a row's cells: a number, the word absent or quoted, or nothing."""
        for at in range(len(self.matrix.columns)):
            yield self.printed(row.id, at)

    def printed(self, row: int, column: int) -> int | str:
        """Return a cell as it is printed."""
        cell = self.matrix.cell(row, column)
        words = {CellState.ABSENT: ABSENT, CellState.QUOTED: QUOTED, CellState.UNSEEN: ""}
        return words.get(cell.state, cell.count)

    def cited_in(self, band: Band, rows: Sequence[MatrixRow]) -> list[int]:
        """Return for each column of a band in how many of these rows something is found."""
        return [sum(self.matrix.cell(row.id, at).count > 0 for row in rows) for at in band.columns]

    def told_cells(self) -> Iterator[tuple[MatrixRow, int, str, tuple[CellQuotation, ...]]]:
        """Yield the cells with a summary or quotations, row by row, each theme, code or value once."""
        for row in self.rows:
            told: set[int] = set()
            for at, column in enumerate(self.matrix.columns):
                cell = self.matrix.cell(row.id, at)
                quoted = self.quotations.get((row.id, at), ())
                summary = cell.summary if column.of.id not in told else ""
                if cell.summary:
                    told.add(column.of.id)
                if summary or quoted:
                    yield row, at, summary, quoted

    def quoted_line(self, row: MatrixRow) -> str:
        """Return the quotations of a row in one cell, each with the theme, code or value and its source."""
        told = []
        for at, column in enumerate(self.matrix.columns):
            words = [printed_quotation(each) for each in self.quotations.get((row.id, at), ())]
            if words:
                told.append(f"{column.of.name}: {'; '.join(words)}")
        return " | ".join(told)


def printed_quotation(each: CellQuotation) -> str:
    """Return a quotation with its source; of a place without words the source alone."""
    return f"“{each.words}” ({each.source})" if each.words else each.source
