"""Excel workbooks: the one module that knows openpyxl."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats.cells import guarded

Cell = str | int | float | None


def opened_workbook(file: BinaryIO) -> Any:
    """Open a workbook for reading row by row; raises whatever the damaged part makes openpyxl raise."""
    from openpyxl import load_workbook

    return load_workbook(file, read_only=True, data_only=True)


def write_workbook(path: Path, sheet: str, rows: Iterable[Sequence[Cell]]) -> None:
    """Write rows as a workbook with one sheet whose first row stays in sight."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    for row in rows:
        page.append(list(row))
    book.save(path)


def write_table(path: Path, sheet: str, rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table of numbers and texts, whole or not at all; texts that look like formulas are guarded.

    Raises `EvidenceError` where the file cannot be written."""
    beside = path.with_name(f".{path.name}.part")
    try:
        write_workbook(beside, sheet, ([_safe(cell) for cell in row] for row in rows))
        beside.replace(path)
    except OSError as error:
        raise EvidenceError(
            f"{path.name} could not be written ({error.strerror}). Nothing was changed."
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def _safe(cell: Cell) -> Cell:
    return guarded(cell) if isinstance(cell, str) else cell
