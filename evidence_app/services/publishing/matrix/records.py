"""The matrix as JSON and CSV, for other programs."""

import csv
import io
import json
from typing import Any

from evidence_app.services.formats.cells import guarded
from evidence_app.services.publishing.matrix.sheet import Sheet
from evidence_app.services.synthesis.matrix_rows import value_of


def as_json(sheet: Sheet) -> dict[str, Any]:
    """Return the matrix as plain values: columns, and rows with their cells; ids are strings."""
    matrix = sheet.matrix
    return {
        "title": sheet.title, "notes": sheet.notes(), "unit": "report", "counts": "evidence anchors",
        "anchors": matrix.anchors, "anchors_citing_included_reports": matrix.anchors_to_reports,
        "columns": [
            {
                "theme": str(column.theme.id), "name": column.theme.name, "kind": column.kind.value,
                "main_theme": str(matrix.bands[column.band].theme.id), "anchors": column.anchors,
                "reports": column.reports,
            }
            for column in matrix.columns
        ],
        "rows": [
            {
                "id": str(row.id), "number": row.number, "report": row.short_label, "title": row.title,
                **{name: value_of(matrix, row.id, name) for name in sheet.characteristics},
                "cells": [_cell(sheet, row.id, at) for at in range(len(matrix.columns))],
            }
            for row in sheet.rows
        ],
    }  # fmt: skip


def _cell(sheet: Sheet, reference: int, at: int) -> dict[str, Any]:
    cell = sheet.matrix.cell(reference, at)
    return {
        "count": cell.count, "state": cell.state.value, "findings": [str(block) for block in cell.blocks],
        "summary": cell.summary,
    }  # fmt: skip


def json_bytes(sheet: Sheet) -> bytes:
    """Return the matrix as one JSON value in UTF-8."""
    return json.dumps(as_json(sheet), ensure_ascii=False, indent=1).encode("utf-8")


def csv_bytes(sheet: Sheet) -> bytes:
    """Return the matrix as CSV in UTF-8 with a mark, so that spreadsheets read the letters right."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(head) for head in (*sheet.row_heads(), *sheet.column_heads())])
    for row in sheet.rows:
        writer.writerow([*(guarded(each) for each in sheet.row_words(row)), *sheet.cells(row)])
    return out.getvalue().encode("utf-8-sig", "replace")
