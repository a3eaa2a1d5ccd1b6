"""The matrix: which included report is evidence for which theme, counted from the citation anchors.

A cell counts the evidence anchors by which findings under a theme cite a report. Only the role evidence
counts, and only included reports have a row. What is cited nowhere is not thereby absent: it is "not yet
looked at" until somebody says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Block, Role
from evidence_app.domain.matrix import CellMarks, CellPlace, CellState
from evidence_app.domain.reference import Reference
from evidence_app.domain.synthesis import Theme, ThemeKind, colour_places, outline, path_to


class ColumnKind(StrEnum):
    """A topic; the findings that stand on a main theme itself; or all below a main theme together."""

    TOPIC = "topic"
    ITSELF = "theme"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One theme as a column; `band` is the place of its main theme among the bands."""

    theme: Theme
    kind: ColumnKind
    band: int
    anchors: int
    """How many evidence anchors its findings hold, whatever they cite."""
    reports: int
    """How many included reports they cite."""

    @property
    def name(self) -> str:
        """What stands at its head."""
        return {ColumnKind.SUM: "All", ColumnKind.ITSELF: "The theme itself"}.get(self.kind, self.theme.name)


@dataclass(frozen=True, slots=True)
class Band:
    """A main theme over its columns, the sum last."""

    theme: Theme
    colour: int
    first: int
    last: int

    @property
    def columns(self) -> range:
        """The places of its columns."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One report under one theme."""

    state: CellState
    count: int = 0
    blocks: tuple[int, ...] = ()
    """The findings that cite the report here, in the order of the document."""
    summary: str = ""


_UNSEEN = MatrixCell(CellState.UNSEEN)


@dataclass(frozen=True)
class Matrix:
    """Included reports by themes; `rows` come by number."""

    contents: ReviewContents
    rows: tuple[Reference, ...] = ()
    bands: tuple[Band, ...] = ()
    columns: tuple[MatrixColumn, ...] = ()
    cells: Mapping[tuple[int, int], MatrixCell] = field(default_factory=dict)
    """By reference and place of the column; a cell of which nothing is known is left out."""

    def cell(self, reference: int, column: int) -> MatrixCell:
        """Return what is known of a report in a column."""
        return self.cells.get((reference, column), _UNSEEN)

    @cached_property
    def unseen(self) -> tuple[Reference, ...]:
        """The reports of which nothing is known under any theme."""
        known = {reference for reference, _ in self.cells}
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
        rows = {row.id for row in self.rows}
        return sum(
            anchor.role is Role.EVIDENCE and any(work.reference in rows for work in anchor.works)
            for block in self.contents.findings
            for anchor in block.anchors
        )

    @property
    def size(self) -> str:
        """How large it is, in words: `47 reports × 18 topics`."""
        topics = sum(column.kind is not ColumnKind.SUM for column in self.columns)
        return f"{counted(len(self.rows), 'report')} × {counted(topics, 'topic')}"


def matrix_of(contents: ReviewContents, marks: CellMarks | None = None) -> Matrix:
    """Return the matrix of a review with the marks people set on its cells."""
    tally = _Tally(contents)
    bands, columns = _columns(contents, tally)
    cells: dict[tuple[int, int], MatrixCell] = {}
    rows = contents.included
    seen = _Seen(contents, marks or CellMarks())
    for at, column in enumerate(columns):
        cited, main = tally.of(column.theme.id, column.kind), bands[column.band].theme.id
        for row in rows:
            if row.id not in cited and row.id not in seen.marked:
                continue
            cell = seen.cell(row.id, column, main, cited.get(row.id, ()))
            if cell is not None:
                cells[row.id, at] = cell
    return Matrix(contents, rows, tuple(bands), tuple(columns), _with_sums(bands, columns, cells))


def _columns(contents: ReviewContents, tally: "_Tally") -> tuple[list[Band], list[MatrixColumn]]:
    places = colour_places(contents.themes)
    bands: list[Band] = []
    columns: list[MatrixColumn] = []
    for theme in contents.main_themes() or _roots(contents):
        first = len(columns)
        topics = _topics_of(contents, theme)
        kinds = [(topic, ColumnKind.TOPIC) for topic in topics]
        if topics and tally.blocks(theme.id, ColumnKind.ITSELF):
            kinds.insert(0, (theme, ColumnKind.ITSELF))
        kinds.append((theme, ColumnKind.SUM))
        for each, kind in kinds:
            reports = len(tally.of(each.id, kind))
            columns.append(MatrixColumn(each, kind, len(bands), tally.anchors(each.id, kind), reports))
        bands.append(Band(theme, places.get(theme.id, len(bands)), first, len(columns) - 1))
    return bands, columns


def _roots(contents: ReviewContents) -> tuple[Theme, ...]:
    """Return the topics that stand for main themes where a review has topics only."""
    return tuple(line.theme for line in outline(contents.themes) if line.depth == 0)


def _topics_of(contents: ReviewContents, theme: Theme) -> list[Theme]:
    """Return the topics below a theme, those of other main themes left out, in the order of the outline."""
    under = {theme.id}
    found: list[Theme] = []
    for line in outline(contents.themes):
        topic = line.theme
        if topic.kind is ThemeKind.TOPIC and topic.id not in under and under.intersection(topic.parents):
            under.add(topic.id)
            found.append(topic)
    return found


class _Tally:
    """Counts evidence anchors by theme and report."""

    def __init__(self, contents: ReviewContents) -> None:
        self._contents = contents
        self._included = {reference.id for reference in contents.included}
        self._by_theme: dict[int, list[Block]] = {}
        self._findings = contents.findings
        for block in self._findings:
            self._by_theme.setdefault(block.theme or 0, []).append(block)
        self._found: dict[tuple[int, ColumnKind], dict[int, tuple[int, ...]]] = {}

    def blocks(self, theme: int, kind: ColumnKind) -> list[Block]:
        """Return the findings that count, in the order of the document."""
        if kind is ColumnKind.ITSELF:
            return self._by_theme.get(theme, [])
        under = self._contents.under(theme)
        return [block for block in self._findings if block.theme in under]

    def anchors(self, theme: int, kind: ColumnKind) -> int:
        """Return how many evidence anchors these findings hold."""
        return sum(
            anchor.role is Role.EVIDENCE for block in self.blocks(theme, kind) for anchor in block.anchors
        )

    def of(self, theme: int, kind: ColumnKind) -> dict[int, tuple[int, ...]]:
        """Return for each report cited the finding of each anchor that cites it."""
        key = (theme, kind)
        if key not in self._found:
            found: dict[int, list[int]] = {}
            for block in self.blocks(theme, kind):
                for anchor in block.anchors_in_order():
                    if anchor.role is Role.EVIDENCE:
                        for reference in {work.reference for work in anchor.works} & self._included:
                            found.setdefault(reference, []).append(block.id or 0)
            self._found[key] = {reference: tuple(blocks) for reference, blocks in found.items()}
        return self._found[key]


class _Seen:
    """Says what is known of a cell: cited, looked at and absent, or nothing."""

    def __init__(self, contents: ReviewContents, marks: CellMarks) -> None:
        self._marks = marks
        self.marked = {place.reference for place in (*marks.absences, *marks.summaries)}
        self._above = {
            theme.id: [each.id for each in _topics_above(contents, theme)] for theme in contents.themes
        }

    def cell(
        self, reference: int, column: MatrixColumn, main: int, cited: Sequence[int]
    ) -> MatrixCell | None:
        """Return the cell, or None where nothing is known."""
        summary = self._marks.summaries.get(CellPlace(reference, column.theme.id))
        text = summary.text if summary else ""
        if cited:
            return MatrixCell(CellState.CITED, len(cited), tuple(dict.fromkeys(cited)), text)
        themes = (main, column.theme.id, *self._above[column.theme.id])
        if any(CellPlace(reference, theme) in self._marks.absences for theme in themes):
            return MatrixCell(CellState.ABSENT, summary=text)
        return MatrixCell(CellState.UNSEEN, summary=text) if text else None


def _topics_above(contents: ReviewContents, theme: Theme) -> list[Theme]:
    """Return the topics that a topic is part of: what is absent there is absent here."""
    path = path_to(theme.id, contents.theme_by_id)
    main = max((at for at, each in enumerate(path) if each.kind is not ThemeKind.TOPIC), default=-1)
    return list(path[main + 1 :])


def _with_sums(
    bands: Sequence[Band], columns: Sequence[MatrixColumn], cells: dict[tuple[int, int], MatrixCell]
) -> dict[tuple[int, int], MatrixCell]:
    """A main theme is absent from a report where each of its topics is."""
    for band in bands:
        topics = [at for at in band.columns if columns[at].kind is ColumnKind.TOPIC]
        rows = {reference for reference, at in cells if at == topics[0]} if topics else set()
        for reference in rows:
            found = [cells.get((reference, at), _UNSEEN).state for at in topics]
            held = cells.get((reference, band.last), _UNSEEN)
            if held.state is CellState.UNSEEN and all(state is CellState.ABSENT for state in found):
                cells[reference, band.last] = MatrixCell(CellState.ABSENT, summary=held.summary)
    return cells
