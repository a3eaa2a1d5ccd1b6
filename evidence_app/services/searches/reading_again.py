"""Records read again by another mapping of their columns: only fields nobody changed take a new value."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evidence_app.domain.csl import VARIABLES, CslItem
from evidence_app.domain.edit import Change, Edit, Insert, RowOf, counted, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.domain.screening import Stage
from evidence_app.services.formats import tables
from evidence_app.services.formats.column_mapping import UnknownTable, checked, is_table, table_column
from evidence_app.services.formats.records import FoundDecision, RawRecord, ReadRecord
from evidence_app.services.importing import Known, extra_rows
from evidence_app.services.kept_records import read_back
from evidence_app.services.screening.standing import following_arrivals
from evidence_app.storage import imports, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.imports import KeptRecord
from evidence_app.storage.references import stored_value
from evidence_app.storage.schema import column_of
from evidence_app.storage.searches import SearchFile

_SHOWN = 40


def can_be_read_again(file: SearchFile) -> bool:
    """Return whether the records of a file have columns whose meaning can be said anew."""
    return is_table(file.format)


def columns_of_file(reader: Reader, file: SearchFile) -> UnknownTable:
    """Return the columns of a file as its records keep them, to be named anew.

    Raises `EvidenceError` where the file was no table."""
    records = imports.records_of_file(reader, file.id) if can_be_read_again(file) else []
    if not records:
        raise EvidenceError(f"{file.name} is no table whose records the project holds; nothing was changed.")
    raws = [read_back(record.raw, record.line) for record in records]
    headers = list(dict.fromkeys(name for raw in raws for name, _ in raw.tags if name))
    columns = [table_column(name, _samples(raws, name), file.dialect) for name in headers]
    return UnknownTable(
        path=Path(file.name), format=file.format, columns=tuple(columns), rows=tuple(raws[:_SHOWN])
    )


def _samples(raws: Sequence[RawRecord], header: str) -> tuple[str, ...]:
    values = (" ".join(value.split()) for raw in raws[:_SHOWN] for name, value in raw.tags if name == header)
    return tuple(list(dict.fromkeys(filter(None, values)))[:3])


def read_again(reader: Reader, file: SearchFile, mapping: Mapping[str, str]) -> Edit:
    """Return the one edit that reads every record of a file by this mapping.

    A field takes its new value where it still stands as it was imported: what a person typed, what Crossref
    gave and what was checked against the original stays, and so do the tags, notes and decisions that came in
    before. Raises `EvidenceError` for a mapping that cannot be, or a file that is no table."""
    mapping = checked(mapping)
    if not can_be_read_again(file):
        raise EvidenceError(f"{file.name} is no table; there are no columns to name.")
    records = imports.records_of_file(reader, file.id)
    held = {
        int(one.id): one for one in references.references(reader, [record.reference for record in records])
    }
    changed = references.provenance_of(reader, held)
    known = Known(reader)
    changes: list[Change] = []
    judged: dict[int, list[FoundDecision]] = {}
    touched = 0
    for record in records:
        reference = held.get(record.reference)
        if reference is None:
            continue
        read = tables.mapped(read_back(record.raw, record.line), mapping)
        new = _fields(reference, read.item, frozenset(changed.get(reference.id, ())))
        beside = _beside(reader, known, read, record)
        judged.update(_judged(record.reference, read, beside))
        new += beside
        touched += bool(new)
        changes += new
    changes += following_arrivals(reader, judged)
    return Edit(f"Read {counted(touched, 'record')} of {file.name} again", tuple(changes))


def _judged(reference: int, read: ReadRecord, rows: Sequence[Insert]) -> dict[int, list[FoundDecision]]:
    """Return the decisions of a record that come in new, by its reference."""
    new = {(row.values["verdict"], row.values["stage"]) for row in rows if row.table == "decision"}
    said = [
        each
        for each in read.extras.decisions
        if (each.verdict, each.stage or Stage.TITLE_ABSTRACT.value) in new
    ]
    return {reference: said} if said else {}


def _fields(reference: Reference, item: CslItem, changed: frozenset[str]) -> list[Change]:
    """Return the change of the fields that still stand as imported; what was checked stays."""
    if reference.checked_at:
        return []
    names = [
        name
        for name in dict.fromkeys((*reference.item, *item))
        if (name == "type" or name in VARIABLES) and name not in changed
    ]
    before = {column_of(name): _stored(name, reference.item) for name in names}
    after = {column_of(name): _stored(name, item) for name in names}
    return set_columns("reference", reference.id, before, after)


def _stored(variable: str, item: CslItem) -> Any:
    if variable == "type":
        return str(item.get("type") or "document")
    return stored_value(variable, item.get(variable))


def _beside(reader: Reader, known: Known, read: ReadRecord, record: KeptRecord) -> list[Insert]:
    """Return the tags, notes and decisions that this reading finds and the reference does not have."""
    held = imports.beside(reader, record.reference)
    rows: list[Insert] = []
    for row in extra_rows(known, read, RowOf("reference", record.reference_guid)):
        if row.table == "reference_tag" and _tag_name(known, row) in held.tags:
            continue
        if row.table == "note" and row.values["text"] in held.notes:
            continue
        if row.table == "decision" and row.values["verdict"] in held.verdicts:
            continue
        rows.append(row)
    return rows


def _tag_name(known: Known, row: Insert) -> str:
    guid = row.values["tag"].guid
    return next((name for name, held in known.tags.items() if held == guid), "")
