"""Tables nobody knows: what their columns are called, what is in them, and what a person says they mean."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from evidence_app.domain.csl import VARIABLES
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats import tables, workbooks
from evidence_app.services.formats.decoding import Source, source
from evidence_app.services.formats.mappings import own_table, table_headers
from evidence_app.services.formats.mappings.table_headers import DECISION, ID, REMARK, TAG
from evidence_app.services.formats.records import RawRecord, ReadRecord

LEAVE_OUT: Final = ""
BESIDE: Final = {
    TAG: "Tag", REMARK: "Note beside the work", DECISION: "Screening decision",
    ID: "Identifier of the record",
}  # fmt: skip
"""What a column can hold that is no part of the description of the work."""
SAMPLES: Final = 3
_LOOKED_AT: Final = 40
_LONGEST: Final = 60
_NO_HEADER: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|\.\s|^[\d.,/ -]+$|https?:")
"""What stands in a printed reference, whose semicolons part it as they part a table."""
_KINDS: Final = frozenset(("csv", "tsv", "xlsx"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column of a table: its header, some of its values, and what it seems to hold."""

    header: str
    samples: tuple[str, ...] = ()
    suggested: str = LEAVE_OUT
    known: bool = False
    """Whether the header is one we know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownTable:
    """A table whose columns a person may have to name."""

    path: Path
    format: str
    columns: tuple[TableColumn, ...]
    rows: tuple[RawRecord, ...] = ()
    """The first rows, to show what a mapping makes of them."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers, in the order of the columns."""
        return tuple(column.header for column in self.columns)

    @property
    def needed(self) -> bool:
        """Whether nothing can be read without a mapping: no header for a title is known."""
        return not any(column.known and column.suggested == "title" for column in self.columns)

    def suggestion(self) -> dict[str, str]:
        """Return the mapping the headers suggest."""
        return {column.header: column.suggested for column in self.columns}


def targets() -> list[str]:
    """Return everything a column can be mapped to."""
    return [*BESIDE, "type", *sorted(VARIABLES)]


def unknown_table(path: Path) -> UnknownTable | None:
    """Return a table some headers of which nobody knows, with what they suggest; else nothing.

    Tables of known databases and our own are read by their headers and need no mapping."""
    try:
        opened = source(path)
        format, rows = _rows_of(opened)
    except (EvidenceError, OSError, csv.Error):
        return None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        return None
    header = [cell.strip('\ufeff \t"') for cell in rows[0]]
    if not _is_header(header) or own_table.KEY in header or table_headers.vendor_of(header):
        return None
    if tables.is_wos(header) or all(table_headers.is_known(name) for name in header if name):
        return None
    raws = [RawRecord(tuple(zip(header, row, strict=False)), "", at) for at, row in enumerate(rows[1:], 2)]
    columns = tuple(_column(name, at, rows[1:]) for at, name in enumerate(header) if name)
    return UnknownTable(path=path, format=format, columns=columns, rows=tuple(raws[:_LOOKED_AT]))


def _rows_of(opened: Source) -> tuple[str, list[list[str]]]:
    if opened.head.startswith(b"PK\x03\x04"):
        for sheet in workbooks.read_sheets(opened.path):
            return "xlsx", [cells for _, cells in islice(sheet, _LOOKED_AT + 1)]
        return "", []
    sample = tables.below(opened.sample)
    delimiter = tables.delimiter_of(sample)
    if not delimiter:
        return "", []
    lines = (f"{line}\n" for line in sample.lstrip("\ufeff\n ").splitlines())
    rows = list(islice(csv.reader(lines, delimiter=delimiter), _LOOKED_AT + 1))
    if len(opened.sample) < opened.size and len(rows) <= _LOOKED_AT:
        rows = rows[:-1]  # the sample ends within it
    return ("tsv" if delimiter == "\t" else "csv"), rows


def _is_header(header: Sequence[str]) -> bool:
    named = [name for name in header if name]
    return (
        len(named) > 1
        and len(set(named)) == len(named)
        and all(len(name) < _LONGEST and not _NO_HEADER.search(name) for name in named)
    )


def _column(name: str, at: int, rows: Sequence[Sequence[str]]) -> TableColumn:
    values = (" ".join(row[at].split()) for row in rows if at < len(row))
    return table_column(name, tuple(islice(dict.fromkeys(filter(None, values)), SAMPLES)))


def table_column(name: str, samples: tuple[str, ...], vendor: str = "") -> TableColumn:
    """Return a column with what it seems to hold, by its header in tables of this vendor and its values."""
    known = table_headers.is_known(name)
    return TableColumn(header=name, samples=samples, suggested=_suggested(name, samples, vendor), known=known)


def _suggested(name: str, samples: Sequence[str], vendor: str) -> str:
    """Return what a header we know fills in, tried with the values of its column."""
    folded = table_headers.folded_header(name).replace(" ", "-")
    if not table_headers.is_known(name):
        return next((one for one in VARIABLES if one.casefold() == folded), LEAVE_OUT)
    found = table_headers.record(RawRecord(((name, samples[0] if samples else "1"),), "", 1), vendor)
    if found.extras.decisions:
        return DECISION
    if found.extras.labels:
        return TAG
    if found.extras.notes:
        return REMARK
    if found.source_id and "title" not in found.item:
        return ID
    return next((name for name in found.item if name != "type"), "type" if "type" in folded else LEAVE_OUT)


def checked(mapping: Mapping[str, str]) -> dict[str, str]:
    """Return a mapping of headers; raises `EvidenceError` for what a column cannot hold."""
    known = set(targets())
    for header, target in mapping.items():
        if target and target not in known:
            raise EvidenceError(
                f"A column cannot hold “{target}” (given for “{header}”). Use a CSL variable such as title, "
                f"author or issued, or one of {', '.join(BESIDE)}."
            )
    return dict(mapping)


def preview(table: UnknownTable, mapping: Mapping[str, str], count: int = 5) -> list[ReadRecord]:
    """Return what the first rows mean by a mapping."""
    return [tables.mapped(raw, mapping) for raw in islice(table.rows, count)]


def is_table(format: str) -> bool:
    """Return whether files of a format have columns a person can name."""
    return format in _KINDS


def headers_key(headers: Sequence[str]) -> str:
    """Return what a set of headers is remembered by, in any order and case."""
    return "\n".join(sorted({table_headers.folded_header(name) for name in headers if name.strip()}))
