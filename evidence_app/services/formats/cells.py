"""Spreadsheet cells: a text that a spreadsheet would take for a formula is neutralised, and restored."""

import re
from typing import Final

_RISKY: Final = re.compile(r"^'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"^'+[=+\-@\t\r]")


def guarded(value: str) -> str:
    """Return the cell with an apostrophe before a leading `= + - @`, as spreadsheets hide it."""
    return f"'{value}" if _RISKY.match(value) else value


def restored(value: str) -> str:
    """Return the text a guarded cell stands for."""
    return value[1:] if _GUARDED.match(value) else value
