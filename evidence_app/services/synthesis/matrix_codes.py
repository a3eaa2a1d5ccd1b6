"""The matrix by codes: how many passages of each report have which code of the book.

A column counts the passages that have the code itself; the last of a branch all that have it or one below,
each once. A report whose coding is done is looked at for every code."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from evidence_app.domain.coding import Code, PlacedCode, code_tree
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.matrix import By, CellMarks, CellPlace, CellState, Coded
from evidence_app.services.synthesis.matrix import (
    Band,
    ColumnKind,
    Heading,
    Matrix,
    MatrixCell,
    MatrixColumn,
    report_row,
)

SINGLE: Final = Heading(0, "Codes of their own")
"""Stands over the codes that stand in no branch."""


def code_matrix(contents: ReviewContents, coded: Coded, marks: CellMarks) -> Matrix:
    """Return the matrix of a review by the codes of its code book."""
    rows = tuple(report_row(each) for each in contents.included)
    included = {row.id for row in rows}
    uses = _Uses(coded, included)
    bands, columns, held = _columns(coded, uses)
    cells: dict[tuple[int, int], MatrixCell] = {}
    told = {place.reference for place in marks.summaries if place.code}
    for column in columns:
        for report, passages in held[column.at].items():
            quotations = tuple(passages)
            summary = _summary(marks, column.place(report)) if report in told else ""
            cells[report, column.at] = MatrixCell(
                CellState.CODED, len(quotations), summary=summary, quotations=quotations, counted=quotations
            )
    looked = frozenset(coded.looked) & included
    _mark(cells, columns, marks, looked)
    heads = dict.fromkeys((band.of.id for band in bands), looked)
    return Matrix(contents, rows, tuple(bands), tuple(columns), cells, By.CODES, looked=heads)


Held = dict[int, dict[int, None]]
"""The passages of each report, each once."""


class _Uses:
    """The passages of each code, by report."""

    def __init__(self, coded: Coded, included: Iterable[int]) -> None:
        reports = set(included)
        self._by_code: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for quotation, code, reference in coded.uses:
            if reference in reports:
                self._by_code[code].append((quotation, reference))

    def of(self, codes: Sequence[int]) -> Held:
        """Return the passages that have one of these codes."""
        found: Held = {}
        for code in codes:
            for quotation, reference in self._by_code.get(code, ()):
                found.setdefault(reference, {})[quotation] = None
        return found


def _columns(coded: Coded, uses: _Uses) -> tuple[list[Band], list[MatrixColumn], list[Held]]:
    bands: list[Band] = []
    columns: list[MatrixColumn] = []
    held: list[Held] = []

    def put(of: Code, kind: ColumnKind, codes: Sequence[int], head: int) -> None:
        passages = uses.of(codes)
        total = len({quotation for each in passages.values() for quotation in each})
        columns.append(MatrixColumn(of, kind, len(bands), total, len(passages), len(columns), head))
        held.append(passages)

    single: list[Code] = []
    for branch in _branches(code_tree(coded.codes)):
        root, below = branch[0].code, branch[1:]
        if not below:
            single.append(root)
            continue
        first = len(columns)
        if uses.of([root.id]):
            put(root, ColumnKind.ITSELF, [root.id], root.id)
        for each in below:
            if each.code.codable or uses.of([each.code.id]):
                put(each.code, ColumnKind.TOPIC, [each.code.id], root.id)
        put(root, ColumnKind.SUM, [each.code.id for each in branch], root.id)
        bands.append(Band(root, len(bands), first, len(columns) - 1))
    if single:
        first = len(columns)
        for code in single:
            put(code, ColumnKind.TOPIC, [code.id], SINGLE.id)
        bands.append(Band(SINGLE, len(bands), first, len(columns) - 1))
    return bands, columns, held


def _branches(tree: Iterable[PlacedCode]) -> list[list[PlacedCode]]:
    """Return the code book branch by branch, its root first."""
    found: list[list[PlacedCode]] = []
    for each in tree:
        if each.depth == 0 or not found:
            found.append([])
        found[-1].append(each)
    return found


def _summary(marks: CellMarks, place: CellPlace) -> str:
    held = marks.summaries.get(place)
    return held.text if held else ""


def _mark(
    cells: dict[tuple[int, int], MatrixCell], columns: Sequence[MatrixColumn], marks: CellMarks,
    looked: frozenset[int],
) -> None:  # fmt: skip
    """Add the cells that somebody called absent, or wrote a summary for, and in which no passage stands."""
    by_code: dict[int, list[MatrixColumn]] = defaultdict(list)
    for column in columns:
        if isinstance(column.of, Code):
            by_code[column.of.id].append(column)
    for place in dict.fromkeys((*marks.absences, *marks.summaries)):
        for column in by_code.get(place.code, ()) if place.code else ():
            key = (place.reference, column.at)
            if key not in cells:
                absent = place in marks.absences or place.reference in looked
                state = CellState.ABSENT if absent else CellState.UNSEEN
                cells[key] = MatrixCell(state, summary=_summary(marks, place))
