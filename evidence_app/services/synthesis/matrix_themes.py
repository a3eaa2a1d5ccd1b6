"""The matrix by themes: which included report is evidence for which theme, counted from the citation anchors.

A cell counts the evidence anchors by which findings under a theme cite a report. Only the role evidence
counts, and only included reports have a row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evidence_app.domain.coding import code_with_descendants
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Block, Role
from evidence_app.domain.matrix import CellMarks, CellPlace, CellState, Coded
from evidence_app.domain.synthesis import Theme, colour_places, is_main, outline, path_to
from evidence_app.services.synthesis.matrix import (
    UNSEEN,
    Band,
    ColumnKind,
    Matrix,
    MatrixCell,
    MatrixColumn,
    report_row,
)


def matrix_of(contents: ReviewContents, marks: CellMarks | None = None, coded: Coded | None = None) -> Matrix:
    """Return the matrix of a review by themes, with the marks people set on its cells.

    Passages under a theme's codes, and those its findings rest on, stand in its cells; they do not count.
    A theme that has codes is absent from a report that is coded to its end and has none of them."""
    tally = _Tally(contents)
    bands, columns = _columns(contents, tally)
    passages = _Passages(contents, coded or Coded(), tally)
    cells: dict[tuple[int, int], MatrixCell] = {}
    rows = tuple(report_row(each) for each in contents.included)
    seen = _Seen(contents, marks or CellMarks())
    for at, column in enumerate(columns):
        cited, main = tally.of(column.of.id, column.kind), bands[column.band].of.id
        quoted = passages.of(column.of.id, column.kind)
        looked = passages.looked(column)
        for row in rows:
            if not any(row.id in known for known in (cited, seen.marked, quoted, looked)):
                continue
            found = _Found(cited.get(row.id, ()), tuple(quoted.get(row.id, ())), row.id in looked)
            cell = seen.cell(row.id, column, main, found)
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
            rows, total = len(tally.of(each.id, kind)), tally.anchors(each.id, kind)
            at = len(columns)
            columns.append(MatrixColumn(each, kind, len(bands), total, rows, at, theme.id))
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
        if (
            not is_main(topic, contents.theme_by_id)
            and topic.id not in under
            and under.intersection(topic.parents)
        ):
            under.add(topic.id)
            found.append(topic)
    return found


@dataclass(frozen=True, slots=True)
class _Found:
    """What speaks for a report under a theme: each anchor with its finding, and passages."""

    anchors: Sequence[tuple[str, int]]
    quotations: tuple[int, ...]
    looked: bool = False
    """The report was coded to its end, with the codes of the theme at hand."""


class _Tally:
    """Counts evidence anchors by theme and report."""

    def __init__(self, contents: ReviewContents) -> None:
        self._contents = contents
        self._included = {reference.id for reference in contents.included}
        self._by_theme: dict[int, list[Block]] = {}
        self._findings = contents.findings
        for block in self._findings:
            self._by_theme.setdefault(block.theme or 0, []).append(block)
        self._found: dict[tuple[int, ColumnKind], dict[int, tuple[tuple[str, int], ...]]] = {}

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

    def of(self, theme: int, kind: ColumnKind) -> dict[int, tuple[tuple[str, int], ...]]:
        """Return for each report cited the anchors that cite it, each with its finding."""
        key = (theme, kind)
        if key not in self._found:
            found: dict[int, list[tuple[str, int]]] = {}
            for block in self.blocks(theme, kind):
                counting = self._included - self._contents.left_out(block)
                for anchor in block.anchors_in_order():
                    if anchor.role is Role.EVIDENCE:
                        for reference in {work.reference for work in anchor.works} & counting:
                            found.setdefault(reference, []).append((anchor.guid, block.id or 0))
            self._found[key] = {reference: tuple(pairs) for reference, pairs in found.items()}
        return self._found[key]


class _Passages:
    """The quotations of each report under a theme: what its findings rest on, then what its codes hold."""

    def __init__(self, contents: ReviewContents, coded: Coded, tally: _Tally) -> None:
        self._contents, self._coded, self._tally = contents, coded, tally
        self._by_code: dict[int, list[tuple[int, int]]] = {}
        for quotation, code, reference in coded.uses:
            self._by_code.setdefault(code, []).append((quotation, reference))
        self._below: dict[int, frozenset[int]] = {}

    def of(self, theme: int, kind: ColumnKind) -> dict[int, dict[int, None]]:
        """Return the quotations of each report here, each once."""
        found: dict[int, dict[int, None]] = {}
        if not self._coded.supports and not self._coded.theme_codes:
            return found
        pairs: list[tuple[int, int]] = []
        for block in self._tally.blocks(theme, kind):
            pairs += self._coded.supports.get(block.id or 0, ())
        for code in self._codes(theme, kind):
            pairs += self._by_code.get(code, ())
        for quotation, reference in pairs:
            found.setdefault(reference, {})[quotation] = None
        return found

    def looked(self, column: MatrixColumn) -> Collection[int]:
        """Return the reports that were looked through for a theme: those coded, where it has codes.

        What is said of all topics together follows from each of them."""
        of = column.of
        topics = isinstance(of, Theme) and column.kind is ColumnKind.SUM and _topics_of(self._contents, of)
        return () if topics or not self._codes(of.id, column.kind) else self._coded.looked

    def _codes(self, theme: int, kind: ColumnKind) -> dict[int, None]:
        themes = {theme} if kind is ColumnKind.ITSELF else self._contents.under(theme)
        chosen: dict[int, None] = {}
        for each in sorted(themes):
            for code in sorted(self._coded.theme_codes.get(each, ())):
                if code not in self._below:
                    self._below[code] = code_with_descendants(code, self._coded.codes)
                chosen |= dict.fromkeys(sorted(self._below[code]))
        return chosen


class _Seen:
    """Says what is known of a cell: cited, quoted, looked at and absent, or nothing."""

    def __init__(self, contents: ReviewContents, marks: CellMarks) -> None:
        self._marks = marks
        self.marked = {place.reference for place in (*marks.absences, *marks.summaries) if place.theme}
        self._above = {
            theme.id: [each.id for each in _topics_above(contents, theme)] for theme in contents.themes
        }

    def cell(self, reference: int, column: MatrixColumn, main: int, found: _Found) -> MatrixCell | None:
        """Return the cell, or None where nothing is known."""
        summary = self._marks.summaries.get(CellPlace(reference, column.of.id))
        text, quotations = summary.text if summary else "", found.quotations
        if found.anchors:
            blocks = tuple(dict.fromkeys(block for _, block in found.anchors))
            anchors = tuple(anchor for anchor, _ in found.anchors)
            return MatrixCell(CellState.CITED, len(anchors), blocks, text, quotations, anchors)
        if quotations:
            return MatrixCell(CellState.QUOTED, summary=text, quotations=quotations)
        themes = (main, column.of.id, *self._above[column.of.id])
        if found.looked or any(CellPlace(reference, theme) in self._marks.absences for theme in themes):
            return MatrixCell(CellState.ABSENT, summary=text)
        return MatrixCell(CellState.UNSEEN, summary=text) if text else None


def _topics_above(contents: ReviewContents, theme: Theme) -> list[Theme]:
    """Return the topics that a topic is part of: what is absent there is absent here."""
    path = path_to(theme.id, contents.theme_by_id)
    main = max((at for at, each in enumerate(path) if is_main(each, contents.theme_by_id)), default=-1)
    return list(path[main + 1 :])


def _with_sums(
    bands: Sequence[Band], columns: Sequence[MatrixColumn], cells: dict[tuple[int, int], MatrixCell]
) -> dict[tuple[int, int], MatrixCell]:
    """A main theme is absent from a report where each of its topics is."""
    for band in bands:
        topics = [at for at in band.columns if columns[at].kind is ColumnKind.TOPIC]
        rows = {reference for reference, at in cells if at == topics[0]} if topics else set()
        for reference in rows:
            found = [cells.get((reference, at), UNSEEN).state for at in topics]
            held = cells.get((reference, band.last), UNSEEN)
            if held.state is CellState.UNSEEN and all(state is CellState.ABSENT for state in found):
                cells[reference, band.last] = MatrixCell(CellState.ABSENT, summary=held.summary)
    return cells
