"""Counting a matrix: by themes, codes or characteristics, a row for each report or for each study."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence_app.domain.matrix import By, CellState, Per
from evidence_app.services.synthesis.matrix import ABSENT, UNSEEN, Matrix, MatrixCell, MatrixRow
from evidence_app.services.synthesis.matrix_codes import code_matrix
from evidence_app.services.synthesis.matrix_themes import matrix_of
from evidence_app.services.synthesis.matrix_values import value_matrix
from evidence_app.storage.matrix import MatrixSource


@dataclass(frozen=True, slots=True)
class Asked:
    """Which matrix is wanted; `names` are the characteristics whose values are the columns."""

    by: By = By.THEMES
    names: tuple[str, ...] = ()
    per: Per = Per.REPORT


def count_matrix(source: MatrixSource, asked: Asked) -> Matrix:
    """Return the matrix asked for."""
    if asked.by is By.CODES:
        made = code_matrix(source.contents, source.coded, source.marks)
    elif asked.by is By.CHARACTERISTICS:
        made = value_matrix(source.contents, asked.names, source.marks)
    else:
        made = matrix_of(source.contents, source.marks, source.coded)
    return per_study(made, source) if asked.per is Per.STUDY else made


def per_study(matrix: Matrix, source: MatrixSource) -> Matrix:
    """Return a matrix of reports with a row for each study: what its reports say together.

    An anchor or a passage counts once. A theme or code is absent from a study where it is absent from each
    of its reports; a value where one of them has another."""
    rows = _study_rows(matrix, source)
    cells: dict[tuple[int, int], MatrixCell] = {}
    for row in rows:
        for place, column in enumerate(matrix.columns):
            if any((report, column.at) in matrix.cells for report in row.reports):
                held = [(report, matrix.cell(report, place)) for report in row.reports]
                cells[row.id, column.at] = _together(matrix, held)
    whole = any if matrix.by is By.CHARACTERISTICS else all
    looked = {
        head: frozenset(row.id for row in rows if whole(report in reports for report in row.reports))
        for head, reports in matrix.looked.items()
    }
    found = [0] * len(matrix.columns)
    for (_, at), cell in cells.items():
        found[at] += cell.count > 0
    columns = tuple(replace(each, rows=found[each.at]) for each in matrix.columns)
    return replace(
        matrix, rows=rows, columns=columns, cells=cells, looked=looked, per=Per.STUDY,
        alone_counts=source.alone_counts,
    )  # fmt: skip


def _study_rows(matrix: Matrix, source: MatrixSource) -> tuple[MatrixRow, ...]:
    """Return a row for each study with included reports, where its first report stands."""
    known = {row.id: row for row in matrix.rows}
    study_of = {reference: study for study in source.studies for reference in study.references}
    rows: list[MatrixRow] = []
    told: set[int | None] = set()
    for row in matrix.rows:
        study = study_of.get(row.id)
        if study is None:
            rows.append(row)
            continue
        if study.id in told:
            continue
        told.add(study.id)
        reports = tuple(each for each in study.references if each in known)
        lead = known[reports[0]]
        rows.append(
            replace(lead, short_label=study.label or lead.short_label, reports=reports, study=study.id)
        )
    return tuple(rows)


def _together(matrix: Matrix, held: Sequence[tuple[int, MatrixCell]]) -> MatrixCell:
    """Return the cells of a study's reports as one."""
    cells = [cell for _, cell in held]
    if len(cells) == 1:
        return cells[0]
    known = tuple(dict.fromkeys(key for cell in cells for key in cell.counted))
    blocks = tuple(dict.fromkeys(block for cell in cells for block in cell.blocks))
    passages = tuple(dict.fromkeys(row for cell in cells for row in cell.quotations))
    return MatrixCell(_state(matrix, cells), len(known), blocks, _summaries(matrix, held), passages, known)


def _state(matrix: Matrix, cells: Sequence[MatrixCell]) -> CellState:
    there = [cell.state for cell in cells if cell.state.is_there]
    if there:
        return next((state for state in there if state is not CellState.QUOTED), CellState.QUOTED)
    absent = [cell.state is CellState.ABSENT for cell in cells]
    whole = any(absent) if matrix.by is By.CHARACTERISTICS else all(absent)
    return ABSENT.state if whole else UNSEEN.state


def _summaries(matrix: Matrix, held: Sequence[tuple[int, MatrixCell]]) -> str:
    """Return the summaries of a study's reports; several are named by their report."""
    told = [(report, cell.summary) for report, cell in held if cell.summary]
    if len(told) <= 1:
        return told[0][1] if told else ""
    labels = {row.id: row.short_label for row in matrix.rows}
    return "\n".join(f"{labels[report]}: {text}" for report, text in told)
