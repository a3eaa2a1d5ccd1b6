"""What people said of the cells of the matrix: looked at and absent, and summaries in their words."""

from dataclasses import dataclass

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.matrix import Absence, CellMarks, CellPlace, CellSummary
from evidence_app.storage.connections import Reader
from evidence_app.storage.synthesis import synthesis


@dataclass(frozen=True, slots=True)
class MatrixSource:
    """What the matrix is made of, read at one moment."""

    contents: ReviewContents
    marks: CellMarks


def matrix_source(reader: Reader) -> MatrixSource:
    """Return themes, findings, cited and included references, and the marks on cells."""
    return MatrixSource(synthesis(reader).contents, cell_marks(reader))


def cell_marks(reader: Reader) -> CellMarks:
    """Return the marks on cells; those of a merged reference stand with what it became."""
    absences: dict[CellPlace, Absence] = {}
    for row in reader.rows(
        """SELECT a.id, a.reference, a.theme, coalesce(p.name, '') AS person, a.at
           FROM live_absence a LEFT JOIN person p ON p.id = a.person ORDER BY a.id"""
    ):
        place = CellPlace(row["reference"], row["theme"])
        earlier = _rows_of(absences.get(place))
        absences[place] = Absence(row["id"], row["person"], row["at"], earlier)
    summaries: dict[CellPlace, CellSummary] = {}
    for row in reader.rows(
        """SELECT s.id, s.reference, s.theme, s.text, coalesce(p.name, '') AS person, s.at
           FROM live_cell_summary s LEFT JOIN person p ON p.id = s.person ORDER BY s.id"""
    ):
        place = CellPlace(row["reference"], row["theme"])
        earlier = _rows_of(summaries.get(place))
        summaries[place] = CellSummary(row["id"], row["text"], row["person"], row["at"], earlier)
    return CellMarks(absences, summaries)


def _rows_of(mark: Absence | CellSummary | None) -> tuple[int, ...]:
    return (*mark.earlier, mark.id) if mark else ()
