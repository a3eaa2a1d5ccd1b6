"""Exports that come as text: from the clipboard, out of a mail, from a page that shows them."""

import tempfile
from pathlib import Path
from typing import Final

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats import tables
from evidence_app.services.formats.decoding import source
from evidence_app.services.formats.detect import format_of
from evidence_app.services.formats.records import ReadFile, ReadRecord
from evidence_app.services.formats.registry import read_file
from evidence_app.services.progress import Report, silent

NAME: Final = "Pasted text"
_TABLES: Final = frozenset(("csv", "tsv", "wos-tab"))
_NO_EXPORT: Final = frozenset(("references", "xlsx"))


def format_of_text(text: str) -> str:
    """Return the format of an export that was copied as text, or nothing where it is none for sure.

    A printed list is no export; a sentence with a comma in it is no table."""
    if not text.strip():
        return ""
    with tempfile.TemporaryDirectory() as folder:
        opened = source(_written(text, folder))
        try:
            name = format_of(opened)
        except EvidenceError:
            return ""
        if name in _NO_EXPORT or (name in _TABLES and not _is_table(opened.sample)):
            return ""
    return name


def _is_table(sample: str) -> bool:
    """Whether a text is a table beyond doubt: three headers we know, or cells copied from a sheet."""
    if tables.looks_like(sample, surely=True):
        return True
    first, _, below = sample.strip("\ufeff\r\n ").partition("\n")
    return "\t" in first and bool(below.strip()) and tables.known_headers(first.split("\t")) > 1


def read_text(text: str, format: str | None = None, report: Report = silent) -> ReadFile:
    """Read an export that came as text, in the named format or the one its content tells.

    All records are read when this returns, and the counts are complete. Raises `UnknownFormat` and what
    `report` raises to stop."""
    with tempfile.TemporaryDirectory() as folder:
        file = read_file(_written(text, folder), report, format)
        records: list[ReadRecord] = list(file.records)
    file.records = iter(records)
    return file


def _written(text: str, folder: str) -> Path:
    path = Path(folder) / NAME
    path.write_text(text if text.endswith("\n") else f"{text}\n", "utf-8", errors="replace", newline="\n")
    return path
