"""The quotations of the cells that are written: read once, whichever command or screen writes them."""

from collections import defaultdict
from dataclasses import replace

from evidence_app.domain.matrix import By, CellQuotation
from evidence_app.domain.studies import Value
from evidence_app.services.publishing.matrix.sheet import Sheet
from evidence_app.services.synthesis.matrix import ColumnKind
from evidence_app.services.synthesis.matrix_places import said_by
from evidence_app.services.synthesis.matrix_values import values_in
from evidence_app.storage.connections import Reader
from evidence_app.storage.matrix import cell_quotations
from evidence_app.storage.studies import values


def with_quotations(reader: Reader, sheet: Sheet, viewer: int) -> Sheet:
    """Return what is to be written with the quotations of its cells; of a value with what it rests on."""
    matrix = sheet.matrix
    cells = [(row, at) for row in sheet.rows for at in range(len(matrix.columns))]
    if matrix.by is not By.CHARACTERISTICS:
        rows = {each for row, at in cells for each in matrix.cell(row.id, at).quotations}
        known = cell_quotations(reader, rows, viewer)
        quoted = {
            (row.id, at): tuple(known[each] for each in matrix.cell(row.id, at).quotations if each in known)
            for row, at in cells if matrix.columns[at].kind is not ColumnKind.SUM
        }  # fmt: skip
        return replace(sheet, quotations={cell: found for cell, found in quoted.items() if found})
    told: dict[int, list[Value]] = defaultdict(list)
    for each in values(reader, {report for row in sheet.rows for report in row.reports}):
        told[each.reference].append(each)
    said: dict[tuple[int, int], tuple[CellQuotation, ...]] = {}
    for row, at in cells:
        own = [each for report in row.reports for each in told[report]]
        found = said_by(reader, values_in(matrix, row, at, own), viewer)
        if found:
            said[row.id, at] = tuple(found)
    return replace(sheet, quotations=said)
