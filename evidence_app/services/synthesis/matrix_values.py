"""The matrix by characteristics: which report has which value, of one characteristic or of several.

Where another value is told, this one is absent; where nothing is told, nobody has looked yet."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.matrix import By, CellMarks, CellPlace, CellState
from evidence_app.domain.studies import Value
from evidence_app.services.synthesis.matrix import (
    Band,
    ColumnKind,
    Heading,
    Matrix,
    MatrixCell,
    MatrixColumn,
    MatrixRow,
    report_row,
)
from evidence_app.services.synthesis.matrix_rows import head_of

NOT_REPORTED: Final = "Not reported"


def value_matrix(contents: ReviewContents, names: Sequence[str], marks: CellMarks) -> Matrix:
    """Return the matrix of a review by the values of these characteristics, the most frequent first."""
    rows = tuple(report_row(each) for each in contents.included)
    included = {row.id for row in rows}
    bands: list[Band] = []
    columns: list[MatrixColumn] = []
    cells: dict[tuple[int, int], MatrixCell] = {}
    looked: dict[int, frozenset[int]] = {}
    for at, name in enumerate(names):
        said = _said(contents, name, included)
        first = len(columns)
        for value, reports in said:
            column = MatrixColumn(
                Heading(len(columns), value), ColumnKind.TOPIC, at, len(reports), len(reports), len(columns),
                at, name,
            )  # fmt: skip
            columns.append(column)
            for report in reports:
                summary = marks.summaries.get(column.place(report))
                cells[report, column.at] = MatrixCell(
                    CellState.SAID, 1, summary=summary.text if summary else "", counted=(report,)
                )
        looked[at] = frozenset(report for _, reports in said for report in reports)
        if len(columns) > first:
            bands.append(Band(Heading(at, head_of(name)), at, first, len(columns) - 1))
    columns = _banded(bands, columns)
    _summarise(cells, columns, marks, looked)
    return Matrix(
        contents, rows, tuple(bands), tuple(columns), cells, By.CHARACTERISTICS, names=tuple(names),
        looked=looked,
    )  # fmt: skip


def values_in(matrix: Matrix, row: MatrixRow, column: int, values: Sequence[Value]) -> list[Value]:
    """Return those of a report's or a study's values that a column is of."""
    at = matrix.columns[column]
    name, told = at.name_of_values.casefold(), at.of.name.casefold()
    return [
        each for each in values
        if each.reference in row.reports and each.name.casefold() == name
        and (" ".join(each.value.split()) or NOT_REPORTED).casefold() == told
    ]  # fmt: skip


def _banded(bands: Sequence[Band], columns: Sequence[MatrixColumn]) -> list[MatrixColumn]:
    """Give columns the place of their band: a characteristic nobody told has none."""
    from dataclasses import replace

    places = {band.of.id: place for place, band in enumerate(bands)}
    return [replace(column, band=places[column.head]) for column in columns]


def _said(contents: ReviewContents, name: str, included: set[int]) -> list[tuple[str, list[int]]]:
    """Return the values of a characteristic with the reports that have each, the most first."""
    reports: dict[str, dict[int, None]] = defaultdict(dict)
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for each in contents.characteristics:
        if each.reference in included and each.name.casefold() == name.casefold():
            value = " ".join(each.value.split()) or NOT_REPORTED
            reports[value.casefold()][each.reference] = None
            words[value.casefold()][value] += 1
    found = [(words[key].most_common(1)[0][0], list(rows)) for key, rows in reports.items()]
    return sorted(found, key=lambda pair: (pair[0] == NOT_REPORTED, -len(pair[1]), pair[0].casefold()))


def _summarise(
    cells: dict[tuple[int, int], MatrixCell], columns: Sequence[MatrixColumn], marks: CellMarks,
    looked: dict[int, frozenset[int]],
) -> None:  # fmt: skip
    """Add the cells for which somebody wrote a summary, and whose report has another value or none."""
    by_place = {column.place(0): column for column in columns}
    for place, summary in marks.summaries.items():
        column = by_place.get(CellPlace(0, name=place.name, value=place.value)) if place.name else None
        if column is not None and (place.reference, column.at) not in cells:
            known = place.reference in looked[column.head]
            state = CellState.ABSENT if known else CellState.UNSEEN
            cells[place.reference, column.at] = MatrixCell(state, summary=summary.text)
