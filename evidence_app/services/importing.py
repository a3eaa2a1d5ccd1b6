"""Bringing exports into a project: every record kept verbatim, every one accounted for, one undo."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidence_app.domain.edit import Insert, RowOf, counted, insert, new_guid
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats.records import ReadFile, ReadRecord, Unplaced
from evidence_app.services.formats.registry import read_file
from evidence_app.storage import imports
from evidence_app.storage.applied import Applied
from evidence_app.storage.connections import Reader
from evidence_app.storage.jobs import Job
from evidence_app.storage.project import Project
from evidence_app.storage.references import columns_of

Report = Callable[[int, int], None]
_BATCH = 250
"""Records written in one short transaction: each is a reference, a record, and what came with it."""


def silent(_done: int, _total: int) -> None:
    """Report to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRun:
    """Where the files come from: the PRISMA-S fields an import can know."""

    source: str = ""
    platform: str = ""
    searched: str = ""
    query: str = ""


@dataclass(slots=True, kw_only=True)
class FileReport:
    """What became of one file: `imported + duplicates + len(unplaced) >= expected`, always."""

    file: str
    format: str = ""
    dialect: str = ""
    expected: int = 0
    imported: int = 0
    duplicates: int = 0
    unplaced: list[Unplaced] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Imported:
    """A finished import: a report for each file, and the edit that takes it back (None: nothing new)."""

    files: tuple[FileReport, ...]
    applied: Applied | None


def import_files(
    project: Project,
    paths: Sequence[Path],
    run: SearchRun,
    report: Report = silent,
    format: str | None = None,
) -> Imported:
    """Bring files in as one job: nobody sees half of it, and one undo takes all of it back.

    Raises `EvidenceError` for a file that cannot be read at all, and `Cancelled`; then nothing is kept."""
    opened = [(path, _sha256(path)) for path in paths]
    with project.reader() as reader:
        known = _Known(reader)
    job = project.job(f"Import {paths[0].name if len(paths) == 1 else counted(len(paths), 'file')}")
    try:
        reports = [_import_file(job, known, path, sha256, run, report, format) for path, sha256 in opened]
    except BaseException:
        job.abandon()
        raise
    if not any(each.imported for each in reports):
        job.abandon("nothing new")
        return Imported(tuple(reports), None)
    return Imported(tuple(reports), job.finish())


class _Known:
    """What the project holds already, by name, so that it is not made twice."""

    def __init__(self, reader: Reader) -> None:
        self.tags = imports.tags(reader)
        self.people = imports.people(reader)
        self.sources = imports.sources(reader)
        self.contents = imports.contents(reader)


def _import_file(
    job: Job, known: _Known, path: Path, sha256: str, run: SearchRun, report: Report, format: str | None
) -> FileReport:
    file = read_file(path, report, format)
    found = FileReport(file=path.name, format=file.format, dialect=file.dialect)
    if sha256 in known.contents:
        found.duplicates = sum(1 for _ in file.records)
        found.expected, found.unplaced = file.expected, file.unplaced
        return found
    made = _file_rows(job, known, path, sha256, run, file)
    for batch in _batches(file.records):
        rows = [row for record in batch for row in _rows(known, record, file.format, made)]
        job.add(rows)
        found.imported += len(batch)
    known.contents[sha256] = found.imported
    found.expected, found.dialect, found.unplaced = file.expected, file.dialect, file.unplaced
    unplaced = [{"line": one.line, "text": one.text, "reason": one.reason} for one in file.unplaced]
    job.complete(
        "search_file",
        made.guid,
        {
            "expected": file.expected, "imported": found.imported, "dialect": file.dialect,
            "unplaced": json.dumps(unplaced, ensure_ascii=False),
        },
    )  # fmt: skip
    return found


def _file_rows(job: Job, known: _Known, path: Path, sha256: str, run: SearchRun, file: ReadFile) -> RowOf:
    name = run.source or path.stem
    key = (name.casefold(), run.platform.casefold())
    rows: list[Insert] = []
    if key not in known.sources:
        source = insert("source", name=name, kind="database", platform=run.platform)
        known.sources[key] = source.guid
        rows.append(source)
    search = insert(
        "search", source=RowOf("source", known.sources[key]), searched_from=run.searched,
        searched_to=run.searched, query=run.query,
    )  # fmt: skip
    held = insert(
        "search_file", search=RowOf("search", search.guid), name=path.name, format=file.format, sha256=sha256
    )
    job.add([*rows, search, held])
    return RowOf("search_file", held.guid)


def _batches(records: Iterator[ReadRecord]) -> Iterator[list[ReadRecord]]:
    batch: list[ReadRecord] = []
    for record in records:
        batch.append(record)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _rows(known: _Known, record: ReadRecord, format: str, file: RowOf) -> Iterator[Insert]:
    guid = new_guid()
    reference = RowOf("reference", guid)
    yield Insert("reference", guid, columns_of(record.item))
    raw = json.dumps({"tags": record.raw.tags, "text": record.raw.text}, ensure_ascii=False)
    yield insert(
        "record", reference=reference, search_file=file, format=format, line=record.raw.line,
        source_id=record.source_id or "", raw=raw,
    )  # fmt: skip
    yield from _extra_rows(known, record, reference)


def _extra_rows(known: _Known, record: ReadRecord, reference: RowOf) -> Iterator[Insert]:
    for name in dict.fromkeys((*record.extras.labels, *record.extras.collections)):
        if name not in known.tags:
            made = insert("tag", name=name)
            known.tags[name] = made.guid
            yield made
        yield insert("reference_tag", reference=reference, tag=RowOf("tag", known.tags[name]))
    for note in record.extras.notes:
        yield from _person(known, note.person)
        yield insert("note", reference=reference, text=note.text, person=_named(known, note.person))
    for decision in record.extras.decisions:
        yield from _person(known, decision.person)
        yield insert(
            "decision", reference=reference, person=_named(known, decision.person), verdict=decision.verdict,
            stage=decision.stage or "title-abstract", reason=decision.reason, source=decision.program,
        )  # fmt: skip
    for name in record.extras.attachments:
        yield insert("attachment", reference=reference, name=name, kind="imported")


def _person(known: _Known, name: str) -> Iterator[Insert]:
    if name and name not in known.people:
        made = insert("person", name=name)
        known.people[name] = made.guid
        yield made


def _named(known: _Known, name: str) -> Any:
    return RowOf("person", known.people[name]) if name else None


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EvidenceError(f"{path} cannot be read: {error.strerror}. Nothing was imported.") from error
