"""The shape of a matrix: reports or studies by themes, codes or values of characteristics.

`matrix_counting` fills it. What is found nowhere is not thereby absent: it is "not yet looked at" until
somebody says so."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from evidence_app.domain.coding import Code
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Role
from evidence_app.domain.matrix import By, CellPlace, CellState, Per
from evidence_app.domain.reference import Reference
from evidence_app.domain.synthesis import Theme


class ColumnKind(StrEnum):
    """A topic, code or value; what stands on the head of a band itself; or all below it together."""

    TOPIC = "topic"
    ITSELF = "theme"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Heading:
    """A value of a characteristic, or what stands over columns that no theme or code is over."""

    id: int
    name: str


Subject = Theme | Code | Heading


@dataclass(frozen=True, slots=True)
class Wording:
    """What a matrix counts and what its columns are, in words."""

    counts: str
    column: str
    band: str


WORDING = {
    By.THEMES: Wording("evidence anchor", "topic", "main theme"),
    By.CODES: Wording("quotation", "code", "branch"),
    By.CHARACTERISTICS: Wording("report", "value", "characteristic"),
}


def units(number: int, per: Per) -> str:
    """Return a number of rows in words: 1 report, 12 studies."""
    return counted(number, per.value, "studies" if per is Per.STUDY else "")


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A report, or a study with its included reports; its id is that of its first report."""

    id: int
    short_label: str
    title: str = ""
    number: int | None = None
    year: int | None = None
    reports: tuple[int, ...] = ()
    study: int | None = None
    """The study somebody made; None for a report that stands in none."""


def report_row(reference: Reference) -> MatrixRow:
    """Return the row of one report."""
    return MatrixRow(
        reference.id, reference.short_label, reference.title, reference.number, reference.year,
        (reference.id,),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One theme, code or value as a column; `band` is the place of its head among the bands."""

    of: Subject
    kind: ColumnKind
    band: int
    total: int
    """How much it counts, whatever the rows: evidence anchors, quotations or reports."""
    rows: int
    """In how many rows something of it is found."""
    at: int = 0
    """Under which number its cells are kept: its place before columns were left out."""
    head: int = 0
    """The subject of its band."""
    name_of_values: str = ""
    """The characteristic, where it is one of its values."""

    @property
    def name(self) -> str:
        """What stands at its head."""
        itself = "The theme itself" if isinstance(self.of, Theme) else "The code itself"
        return {ColumnKind.SUM: "All", ColumnKind.ITSELF: itself}.get(self.kind, self.of.name)

    @property
    def key(self) -> str:
        """What is the same of it when the matrix is counted again."""
        of = self.of.name if isinstance(self.of, Heading) else self.of.id
        return f"{self.kind}:{self.head}:{self.name_of_values}:{of}"

    def place(self, reference: int) -> CellPlace:
        """Return the place of its cell in the row of a report."""
        if isinstance(self.of, Theme):
            return CellPlace(reference, self.of.id)
        if isinstance(self.of, Code):
            return CellPlace(reference, code=self.of.id)
        return CellPlace(reference, name=self.name_of_values, value=self.of.name)


@dataclass(frozen=True, slots=True)
class Band:
    """A main theme, a branch of the code book or a characteristic over its columns; the sum stands last."""

    of: Subject
    colour: int
    first: int
    last: int

    @property
    def columns(self) -> range:
        """The places of its columns."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One row in one column."""

    state: CellState
    count: int = 0
    blocks: tuple[int, ...] = ()
    """The findings that cite the report here, in the order of the document."""
    summary: str = ""
    quotations: tuple[int, ...] = ()
    """The quotations of the cell, by their place in the documents."""
    counted: tuple[Hashable, ...] = ()
    """What was counted, each once, so that cells of one study can be put together."""


UNSEEN = MatrixCell(CellState.UNSEEN)
ABSENT = MatrixCell(CellState.ABSENT)


@dataclass(frozen=True)
class Matrix:
    """Rows by columns; rows come by number."""

    contents: ReviewContents
    rows: tuple[MatrixRow, ...] = ()
    bands: tuple[Band, ...] = ()
    columns: tuple[MatrixColumn, ...] = ()
    cells: Mapping[tuple[int, int], MatrixCell] = field(default_factory=dict)
    """By row and `MatrixColumn.at`; a cell of which nothing is known by itself is left out."""
    by: By = By.THEMES
    per: Per = Per.REPORT
    names: tuple[str, ...] = ()
    """The characteristics whose values are the columns."""
    looked: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Rows that were looked through for all columns of a band, by the subject of the band."""
    alone_counts: bool = True
    """Whether a report that stands in no study counts as one."""

    def cell(self, row: int, column: int) -> MatrixCell:
        """Return what is known of a row in a column, by its place."""
        each = self.columns[column]
        found = self.cells.get((row, each.at))
        if found is not None:
            return found
        return ABSENT if row in self.looked.get(each.head, ()) else UNSEEN

    @property
    def words(self) -> Wording:
        """What it counts and what its columns are, in words."""
        return WORDING[self.by]

    @cached_property
    def row_of(self) -> Mapping[int, MatrixRow]:
        """The row of each report."""
        return {report: row for row in self.rows for report in row.reports}

    @cached_property
    def unseen(self) -> tuple[MatrixRow, ...]:
        """The rows of which nothing is known in any column."""
        known = {row for row, _ in self.cells}.union(*self.looked.values())
        return tuple(row for row in self.rows if row.id not in known)

    @property
    def anchors(self) -> int:
        """How many evidence anchors the findings under all themes hold, each once."""
        return sum(
            anchor.role is Role.EVIDENCE for block in self.contents.findings for anchor in block.anchors
        )

    @property
    def anchors_to_reports(self) -> int:
        """How many of them cite an included report; the others cite other works only."""
        rows = {report for row in self.rows for report in row.reports}
        return sum(
            anchor.role is Role.EVIDENCE and any(work.reference in rows for work in anchor.works)
            for block in self.contents.findings
            for anchor in block.anchors
        )

    @property
    def rows_told(self) -> str:
        """How many rows there are, in words. Reports in no study are named apart where they do not count."""
        alone = sum(row.study is None for row in self.rows)
        if self.per is Per.REPORT or self.alone_counts or not alone:
            return units(len(self.rows), self.per)
        single = f"{counted(alone, 'report')} in no study"
        return f"{units(len(self.rows) - alone, self.per)} and {single}" if alone < len(self.rows) else single

    @property
    def size(self) -> str:
        """How large it is, in words: `47 reports × 18 topics`."""
        topics = sum(column.kind is not ColumnKind.SUM for column in self.columns)
        return f"{self.rows_told} × {counted(topics, self.words.column)}"


@dataclass(frozen=True, slots=True)
class ColumnsWanted:
    """Which columns are wanted: all, or only those in use, of these bands, or named so."""

    used: bool = False
    words: str = ""
    bands: frozenset[int] = frozenset()
    """The subjects of the bands that are left out."""

    def takes(self, matrix: Matrix, column: MatrixColumn) -> bool:
        """Return whether a column is one of those wanted."""
        if column.head in self.bands or (self.used and not column.rows):
            return False
        names = f"{matrix.bands[column.band].of.name} {column.of.name}".casefold()
        return all(word in names for word in self.words.casefold().split())

    def told(self, matrix: Matrix) -> str:
        """Return what is left out, in words: `columns with “trust”, in use`."""
        parts = [f"columns with “{self.words.strip()}”"] if self.words.strip() else []
        parts += ["columns in use"] if self.used else []
        gone = [band.of.name for band in matrix.bands if band.of.id in self.bands]
        parts += [f"without {', '.join(gone)}"] if gone else []
        return ", ".join(parts)


def with_columns(matrix: Matrix, wanted: ColumnsWanted) -> Matrix:
    """Return the matrix with the columns wanted only; a band without any is left out."""
    if wanted == ColumnsWanted():
        return matrix
    bands: list[Band] = []
    columns: list[MatrixColumn] = []
    for band in matrix.bands:
        held = [each for at in band.columns if wanted.takes(matrix, each := matrix.columns[at])]
        if held:
            columns += [replace(each, band=len(bands)) for each in held]
            bands.append(replace(band, first=len(columns) - len(held), last=len(columns) - 1))
    return replace(matrix, bands=tuple(bands), columns=tuple(columns))
