"""The matrix as JSON and CSV, for other programs."""

import csv
import io
import json
from typing import Any

from evidence_app.domain.coding import Code
from evidence_app.domain.matrix import By, Per
from evidence_app.domain.synthesis import Theme
from evidence_app.services.formats.cells import guarded
from evidence_app.services.publishing.matrix.sheet import Sheet
from evidence_app.services.synthesis.matrix import Matrix, MatrixColumn
from evidence_app.services.synthesis.matrix_rows import value_of


def as_json(sheet: Sheet) -> dict[str, Any]:
    """Return the matrix as plain values: columns, and rows with their cells; ids are strings."""
    matrix = sheet.matrix
    made: dict[str, Any] = {
        "title": sheet.title, "notes": sheet.notes(), "unit": matrix.per.value,
        "counts": f"{matrix.words.counts}s", "by": matrix.by.value,
    }  # fmt: skip
    if matrix.by is By.THEMES:
        made |= {
            "anchors": matrix.anchors, "anchors_citing_included_reports": matrix.anchors_to_reports,
        }  # fmt: skip
    return made | {
        "columns": [_column(matrix, column) for column in matrix.columns],
        "rows": [
            {
                "id": str(row.id), "number": row.number, matrix.per.value: row.short_label,
                "title": row.title, "reports": [str(report) for report in row.reports],
                **{name: value_of(matrix, row, name) for name in sheet.characteristics},
                "cells": [_cell(sheet, row.id, at) for at in range(len(matrix.columns))],
            }
            for row in sheet.rows
        ],
    }  # fmt: skip


def _column(matrix: Matrix, column: MatrixColumn) -> dict[str, Any]:
    band, units = matrix.bands[column.band].of, "studies" if matrix.per is Per.STUDY else "reports"
    if isinstance(column.of, Theme):
        named = {
            "theme": str(column.of.id), "name": column.of.name, "kind": column.kind.value,
            "main_theme": str(band.id), "anchors": column.total,
        }  # fmt: skip
    elif isinstance(column.of, Code):
        named = {
            "code": str(column.of.id), "name": column.of.name, "kind": column.kind.value,
            "branch": band.name, "quotations": column.total,
        }  # fmt: skip
    else:
        named = {"characteristic": column.name_of_values, "value": column.of.name}
    return {**named, units: column.rows}


def _cell(sheet: Sheet, row: int, at: int) -> dict[str, Any]:
    cell = sheet.matrix.cell(row, at)
    return {
        "count": cell.count, "state": cell.state.value, "findings": [str(block) for block in cell.blocks],
        "quotations": [str(each) for each in cell.quotations], "summary": cell.summary,
        "quoted": [
            {"quotation": str(each.id) if each.id else None, "words": each.words, "source": each.source}
            for each in sheet.quotations.get((row, at), ())
        ],
    }  # fmt: skip


def json_bytes(sheet: Sheet) -> bytes:
    """Return the matrix as one JSON value in UTF-8."""
    return json.dumps(as_json(sheet), ensure_ascii=False, indent=1).encode("utf-8")


def csv_bytes(sheet: Sheet) -> bytes:
    """Return the matrix as CSV in UTF-8 with a mark, so that spreadsheets read the letters right."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    quoted = ["Quotations"] if sheet.quotations else []
    writer.writerow([guarded(head) for head in (*sheet.row_heads(), *sheet.column_heads(), *quoted)])
    for row in sheet.rows:
        told = [guarded(sheet.quoted_line(row))] if quoted else []
        writer.writerow([*(guarded(each) for each in sheet.row_words(row)), *sheet.cells(row), *told])
    return out.getvalue().encode("utf-8-sig", "replace")
