"""The matrix as it is printed: its title, what is counted, heads and cells in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.edit import counted
from evidence_app.domain.matrix import CellState
from evidence_app.domain.reference import Reference
from evidence_app.services.synthesis.matrix import Band, ColumnKind, Matrix
from evidence_app.services.synthesis.matrix_rows import name_of, value_of

TITLE: Final = "Matrix of reports and themes"
ABSENT: Final = "absent"
NO_NUMBER: Final = "–"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be written: the matrix, the rows in order, and the characteristics beside them."""

    matrix: Matrix
    rows: tuple[Reference, ...]
    characteristics: tuple[str, ...] = ()
    filtered: str = ""
    """The filter in words, where not all reports are shown."""

    @property
    def title(self) -> str:
        """The title of the review above that of the matrix."""
        return f"{TITLE}: {self.matrix.contents.review.title}"

    def notes(self) -> list[str]:
        """Return what is counted, and what the signs mean, a sentence each."""
        matrix = self.matrix
        elsewhere = matrix.anchors - matrix.anchors_to_reports
        notes = [
            "A number says how many evidence anchors (citation groups with the role evidence) of the review "
            "findings under a theme cite the report.",
            f"Derived: counted from {counted(matrix.anchors, 'evidence anchor')} under "
            f"{counted(len(matrix.bands), 'main theme')}, for "
            f"{counted(len(matrix.rows), 'included report')}.",
        ]
        if elsewhere:
            verb = "cites" if elsewhere == 1 else "cite"
            notes.append(f"Of these anchors {elsewhere} {verb} other works only and stand in no row.")
        if len(self.rows) != len(matrix.rows):
            which = f" ({self.filtered})" if self.filtered else ""
            notes.append(f"Shown are {len(self.rows)} of {len(matrix.rows)} reports{which}.")
        notes.append(
            "Absent: somebody looked into the report, and the theme is not there. "
            "Empty or dashed: not yet looked at, which does not say that the theme is absent."
        )
        return notes

    def row_heads(self) -> list[str]:
        """Return the heads of what stands before the cells."""
        return ["No.", "Report", *(name_of(each) for each in self.characteristics)]

    def row_words(self, row: Reference) -> list[str]:
        """Return what stands before the cells of a row."""
        number = NO_NUMBER if row.number is None else str(row.number)
        return [
            number,
            row.short_label,
            *(value_of(self.matrix, row.id, each) for each in self.characteristics),
        ]

    def column_heads(self) -> list[str]:
        """Return the heads of the cells on one line: `Trust (Navigating relationships)`."""
        heads = []
        for column in self.matrix.columns:
            main = self.matrix.bands[column.band].theme.name
            heads.append(f"{main}: all" if column.kind is ColumnKind.SUM else f"{column.name} ({main})")
        return heads

    def cells(self, row: Reference) -> Iterator[int | str]:
        """Yield a row's cells: a number, the word absent, or nothing."""
        for at in range(len(self.matrix.columns)):
            yield self.printed(row.id, at)

    def printed(self, reference: int, column: int) -> int | str:
        """Return a cell as it is printed."""
        cell = self.matrix.cell(reference, column)
        if cell.state is CellState.CITED:
            return cell.count
        return ABSENT if cell.state is CellState.ABSENT else ""

    def cited_in(self, band: Band, rows: Sequence[Reference]) -> list[int]:
        """Return for each column of a band how many of these reports are cited there."""
        return [
            sum(self.matrix.cell(row.id, at).state is CellState.CITED for row in rows) for at in band.columns
        ]
