"""What the Matrix screen shows at the moment: the matrix counted, and what of it is wanted in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evidence_app.domain.matrix import By, CellMarks, LookedAt, Per
from evidence_app.domain.query import And, Query, parse_query
from evidence_app.services.publishing.matrix.sheet import Sheet
from evidence_app.services.synthesis.matrix import ColumnsWanted, Matrix, MatrixRow, with_columns
from evidence_app.services.synthesis.matrix_counting import Asked, count_matrix
from evidence_app.services.synthesis.matrix_rows import RowsWanted, by_column, orders, wanted_rows
from evidence_app.storage.coding import person_of
from evidence_app.storage.connections import Reader
from evidence_app.storage.matrix import matrix_source
from evidence_app.storage.searching import search

BY_COLUMN = "column:"


def found_by(words: str, reader: Reader) -> frozenset[int] | None:
    """Return the included reports a query finds, or None where it asks for nothing."""
    asked, included = parse_query(words), parse_query("set:included ")
    if asked.root is None or included.root is None:
        return None
    return frozenset(search(reader, Query(words, And((included.root, asked.root)), asked.problems)))


@dataclass(frozen=True, slots=True)
class Counted:
    """The matrix with the marks it was made with, and what was asked for."""

    matrix: Matrix
    marks: CellMarks
    asked: Asked
    viewer: int
    looked: Mapping[int, LookedAt]
    """Who coded each report to its end."""


def viewer_of(reader: Reader, guid: str) -> int:
    """Return who looks: what others code blind is not counted."""
    found = person_of(reader, guid)
    return -1 if found is None else found


def count(reader: Reader, asked: Asked, guid: str) -> Counted:
    """Read the synthesis and count the matrix, in a reading lane."""
    viewer = viewer_of(reader, guid)
    source = matrix_source(reader, viewer)
    looked = source.coded.looked if asked.by is not By.CHARACTERISTICS else {}
    return Counted(count_matrix(source, asked), source.marks, asked, viewer, looked)


@dataclass
class Shown:
    """Changed by choosing and by reading, never by an act itself."""

    order: str = "number"
    beside: tuple[str, ...] = ()
    whole: Matrix | None = None
    """All columns; `matrix` has those that are wanted."""
    matrix: Matrix | None = None
    marks: CellMarks = field(default_factory=CellMarks)
    viewer: int = -1
    looked: Mapping[int, LookedAt] = field(default_factory=dict)
    wanted: RowsWanted = field(default_factory=RowsWanted)
    columns: ColumnsWanted = field(default_factory=ColumnsWanted)
    words: str = ""
    """The query of the search box."""

    def take(self, counted: Counted) -> None:
        """Take a matrix that was counted; what was asked of the columns of another kind is forgotten."""
        before = self.whole
        if before is not None and (before.by, before.names) != (counted.matrix.by, counted.matrix.names):
            self.columns = ColumnsWanted()
            self.order = "number" if self.order.startswith(BY_COLUMN) else self.order
        self.whole, self.marks, self.viewer = counted.matrix, counted.marks, counted.viewer
        self.looked = counted.looked
        self.narrow(self.columns)

    def narrow(self, columns: ColumnsWanted) -> None:
        """Show these columns."""
        self.columns = columns
        self.matrix = with_columns(self.whole, columns) if self.whole is not None else None

    def rows(self, matrix: Matrix) -> tuple[MatrixRow, ...]:
        """Return the rows wanted, in order."""
        column = self.column_of_order()
        rows = wanted_rows(matrix, self.wanted, "number" if column is not None else self.order)
        return rows if column is None else by_column(matrix, rows, column)

    def column_of_order(self) -> int | None:
        """Return the place of the column that orders the rows, where one does."""
        if self.matrix is None or not self.order.startswith(BY_COLUMN):
            return None
        key = self.order.removeprefix(BY_COLUMN)
        return next((at for at, each in enumerate(self.matrix.columns) if each.key == key), None)

    def order_words(self) -> str:
        """Return by what the rows are ordered."""
        column = self.column_of_order()
        if self.matrix is None:
            return "Number"
        known = orders(self.matrix)
        return known.get(self.order, known["number"]) if column is None else f"“{self._column_name(column)}”"

    def _column_name(self, column: int) -> str:
        return self.matrix.columns[column].of.name if self.matrix else ""

    def known_beside(self) -> tuple[str, ...]:
        """Return the characteristics beside the rows, as far as there are such."""
        known = {each.name for each in self.matrix.contents.characteristics} if self.matrix else set()
        return tuple(name for name in self.beside if name in known)

    def sheet(self, rows: Sequence[MatrixRow]) -> Sheet | None:
        """Return what is to be written: what is shown."""
        if self.matrix is None or self.whole is None:
            return None
        filtered = "; ".join(words for words in (self.wanted.words(), self.words) if words)
        told = self.columns.told(self.whole)
        return Sheet(self.matrix, tuple(rows), self.known_beside(), filtered, columns_told=told)


def emptiness(matrix: Matrix, whole: Matrix | None) -> tuple[str, str]:
    """Return what is said where nothing is shown, and the act that is offered."""
    rows = "study" if matrix.per is Per.STUDY else "report"
    if whole is not None and whole.columns and not matrix.columns:
        return f"No {matrix.words.column} is found by what was asked of the columns.", "Show everything"
    if matrix.rows and matrix.columns:
        return f"No {rows} is found by this search and filter.", "Show all reports"
    if not matrix.columns:
        return _NOTHING[matrix.by]
    return (
        "The matrix has a row for each included report. No reference is marked as included yet.",
        "Go to the library",
    )


_NOTHING = {
    By.THEMES: (
        "The matrix shows which report is evidence for which theme. There are no themes yet.", "Go to Themes",
    ),
    By.CODES: (
        "The matrix shows which report has which code. There are no codes yet: they are made while reading.",
        "Go to Coding",
    ),
    By.CHARACTERISTICS: (
        "No included report has a value of this characteristic yet. Values are extracted in Studies.",
        "Go to Studies",
    ),
}  # fmt: skip
