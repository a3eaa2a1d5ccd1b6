"""Blocks that found no place: read again as a person has mended them, added as records, or left out."""

import csv
import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.edit import Edit, RowOf, SetColumns
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats.records import ReadRecord
from evidence_app.services.formats.registry import read_file
from evidence_app.services.importing import Known, rows_of
from evidence_app.services.kept_records import read_back
from evidence_app.storage import imports
from evidence_app.storage.connections import Reader
from evidence_app.storage.searches import SearchFile, Unplaced

_SAYS: Final = ("title", "author", "editor", "DOI", "abstract", "container-title", "issued")


_MARKS: Final = {
    "ris": ("TY  - JOUR", "ER  - "), "wos": ("PT J", "ER"), "enw": ("%0 Journal Article", ""),
    "refworks": ("RT Journal Article", ""), "nbib": ("PMID- ", ""),
}  # fmt: skip
"""What begins and ends a record in the tagged formats."""
_TABLES: Final = frozenset(("csv", "tsv", "wos-tab", "xlsx"))


class StillUnplaced(EvidenceError):
    """The text, as it stands, is no record that can be read; nothing was changed."""


def read_block(text: str, format: str, headers: Sequence[str] = ()) -> ReadRecord:
    """Read one record from the text of a block, in the format of its file, else in any we know.

    A row of a table is read below its `headers`. Raises `StillUnplaced`, saying what is in the way."""
    if not text.strip():
        raise StillUnplaced("There is no text to read. Type the record, or leave the block out.")
    records: list[ReadRecord] = []
    why = ""
    for attempt, name in _attempts(text, format, headers):
        try:
            found, said = _read(attempt, name)
        except EvidenceError:
            continue
        why = why or said
        if records := [_as_typed(record, text, attempt) for record in found if _says_something(record.item)]:
            break
    if not records:
        raise StillUnplaced(why or "No title, author or DOI can be read from this text.")
    if len(records) > 1:
        raise StillUnplaced(
            f"These are {len(records)} records. Leave one of them, and add the others by hand."
        )
    return records[0]


def headers_of(reader: Reader, file: SearchFile) -> tuple[str, ...]:
    """Return the headers of the table a file is, from a record that was read; nothing for other files."""
    if file.format not in _TABLES:
        return ()
    raw = imports.first_raw(reader, file.id)
    return tuple(name for name, _ in read_back(raw).tags) if raw else ()


def _attempts(text: str, format: str, headers: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """What is tried: the text as it is; with what it may lack of a record or table; in any other format."""
    if headers and format in _TABLES:
        parted = "\t" if format != "csv" or "\t" in text else ","
        row = io.StringIO()
        csv.writer(row, delimiter=parted, lineterminator="\n").writerow(headers)
        yield f"{row.getvalue()}{text}", "tsv" if parted == "\t" else "csv"
    yield text, format
    if format in _MARKS:
        begin, end = _MARKS[format]
        yield f"{begin}\n{text.strip(chr(10))}\n{end}\n", format
    yield text, None


def _as_typed(record: ReadRecord, text: str, attempt: str) -> ReadRecord:
    """Keep the text as it was typed: marks that were lent to it are not the file's."""
    if attempt == text:
        return record
    if attempt.endswith(text):  # below the headers of its table
        return replace(record, raw=replace(record.raw, text=text))
    lent = {line.split("-")[0].strip() for line in attempt.split("\n")} - {
        line.split("-")[0].strip() for line in text.split("\n")
    }
    tags = tuple((tag, value) for tag, value in record.raw.tags if tag not in lent)
    return replace(record, raw=replace(record.raw, text=text, tags=tags))


def _read(text: str, format: str | None) -> tuple[list[ReadRecord], str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "block.txt"
        path.write_text(text if text.endswith("\n") else f"{text}\n", "utf-8")
        file = read_file(path, format=format)
        records = list(file.records)
    return records, file.unplaced[0].reason if file.unplaced else ""


def _says_something(item: CslItem) -> bool:
    return any(item.get(name) for name in _SAYS)


def repair(reader: Reader, file: SearchFile, block: Unplaced, text: str) -> Edit:
    """Return the edit that adds the block, read as it was mended, as a record of its file."""
    record = read_block(text, file.format, headers_of(reader, file))
    record = replace(record, raw=replace(record.raw, line=block.line))
    rows = tuple(rows_of(Known(reader), record, file.format, RowOf("search_file", file.guid)))
    made = next(row.guid for row in rows if row.table == "record")
    change = _block_change(file, block, {"repaired": made}, imported=file.imported + 1)
    return Edit(f"Add the block of line {block.line:,} of {file.name} as a record", (*rows, change))


def leave_out(file: SearchFile, block: Unplaced, reason: str) -> Edit:
    """Return the edit that notes why a block is left out. Raises `EvidenceError` without a reason."""
    if not reason.strip():
        raise EvidenceError("Say why the block is left out; the reason is printed in the report.")
    change = _block_change(file, block, {"left_out": reason.strip()})
    return Edit(f"Leave out the block of line {block.line:,} of {file.name}", (change,))


def take_in_again(file: SearchFile, block: Unplaced) -> Edit:
    """Return the edit that opens a block again that was left out."""
    change = _block_change(file, block, {"left_out": ""})
    return Edit(f"Open the block of line {block.line:,} of {file.name} again", (change,))


def _block_change(
    file: SearchFile, block: Unplaced, said: dict[str, str], *, imported: int | None = None
) -> SetColumns:
    blocks: list[dict[str, Any]] = json.loads(file.stored)
    blocks[block.at] = {**blocks[block.at], **said}
    before: dict[str, Any] = {"unplaced": file.stored}
    after: dict[str, Any] = {"unplaced": json.dumps(blocks, ensure_ascii=False)}
    if imported is not None:
        before["imported"], after["imported"] = file.imported, imported
    return SetColumns("search_file", file.id, before, after)
