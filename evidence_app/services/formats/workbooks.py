"""Excel workbooks: the one module that knows openpyxl."""

import errno
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats.cells import guarded
from evidence_app.services.whole_files import replacing

Cell = str | int | float | None


class DamagedWorkbook(EvidenceError):
    """The workbook, or a sheet of it, cannot be read on; what was read before stays."""


def opened_workbook(file: BinaryIO) -> Any:
    """Open a workbook for reading row by row; raises whatever the damaged part makes openpyxl raise."""
    from openpyxl import load_workbook

    return load_workbook(file, read_only=True, data_only=True)


def read_sheets(path: Path) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """Yield the sheets of a workbook, each as numbered rows of text; raises `DamagedWorkbook`."""
    with path.open("rb") as opened:
        try:
            book = opened_workbook(opened)
        except Exception as error:  # openpyxl raises whatever the damaged part makes it raise
            raise DamagedWorkbook(f"This workbook is damaged ({error}).") from error
        for sheet in book.worksheets:
            yield _rows(sheet.iter_rows(values_only=True), str(sheet.title))
        book.close()


def _rows(rows: Iterator[tuple[object, ...]], title: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception as error:  # a damaged sheet fails in the middle
            raise DamagedWorkbook(
                f"The sheet {title} is damaged from row {number + 1} on ({error})."
            ) from error
        number += 1
        yield number, ["" if cell is None else str(cell) for cell in row]


def write_workbook(path: Path, sheet: str, rows: Iterable[Sequence[Cell]]) -> None:
    """Write rows as a workbook with one sheet whose first row stays in sight."""
    _write_sheets(path, ((sheet, rows),))


def _write_sheets(path: Path, sheets: Iterable[tuple[str, Iterable[Sequence[Cell]]]]) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    packed = BytesIO()  # openpyxl, met by a full disk in the middle, tells of its own trouble instead
    with _told_of_full_disks(book):
        for name, rows in sheets:
            page = book.create_sheet(name)
            page.freeze_panes = "A2"
            for row in rows:
                page.append(
                    [
                        _printable(cell, ILLEGAL_CHARACTERS_RE) if isinstance(cell, str) else cell
                        for cell in row
                    ]
                )
        book.save(packed)
    path.write_bytes(packed.getbuffer())


@contextmanager
def _told_of_full_disks(book: Any) -> Iterator[None]:
    """Raise `OSError` where the folder for temporary files, in which openpyxl keeps sheets, takes no more."""
    try:
        yield
    except Exception as error:  # openpyxl does not name the errors of the library that writes for it
        if not str(error).startswith("IO_"):
            raise
        for page in book.worksheets:  # what is left open would complain of the same once more, at the end
            opened: tuple[Any, Any] = (page._rows, getattr(page._writer, "xf", None))
            for left in opened:
                with suppress(Exception):
                    left.close()
        raise OSError(errno.ENOSPC, "no space left in the folder for temporary files") from error


def _printable(text: str, unprinted: re.Pattern[str]) -> str:
    """Leave out what no workbook can hold: control characters and halves of characters."""
    return unprinted.sub("", text).encode("utf-8", "replace").decode("utf-8")


def write_table(path: Path, sheet: str, rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table of numbers and texts, whole or not at all; texts that look like formulas are guarded.

    Raises `EvidenceError` where the file cannot be written."""
    write_tables(path, ((sheet, rows),))


def write_tables(path: Path, sheets: Iterable[tuple[str, Iterable[Sequence[Cell]]]]) -> None:
    """Write several tables as the sheets of one workbook, as `write_table` does one."""
    safe = [(name, [[_safe(cell) for cell in row] for row in rows]) for name, rows in sheets]
    with replacing(path) as beside:
        _write_sheets(beside, safe)


def _safe(cell: Cell) -> Cell:
    return guarded(cell) if isinstance(cell, str) else cell
