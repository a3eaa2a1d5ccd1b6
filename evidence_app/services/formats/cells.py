"""Spreadsheet cells: a text that a spreadsheet would take for a formula is neutralised, and restored."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

_RISKY: Final = re.compile(r"^'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"^'+[=+\-@\t\r]")


def guarded(value: str) -> str:
    """Return the cell with an apostrophe before a leading `= + - @`, as spreadsheets hide it."""
    return f"'{value}" if _RISKY.match(value) else value


def restored(value: str) -> str:
    """Return the text a guarded cell stands for."""
    return value[1:] if _GUARDED.match(value) else value


def csv_of(rows: Iterable[Sequence[str | int | float | None]]) -> bytes:
    """Return rows as CSV in UTF-8 with a mark, so that spreadsheets read the letters right."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")
