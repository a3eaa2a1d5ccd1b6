"""Bringing exports into a project: every record kept verbatim, every one accounted for, one undo."""

import gc
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.edit import Insert, RowOf, counted, insert, new_guid
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats.column_mapping import headers_key, unknown_table
from evidence_app.services.formats.decoding import source
from evidence_app.services.formats.detect import format_of
from evidence_app.services.formats.records import (
    ReadFile,
    ReadRecord,
    UnknownFormat,
    Unplaced,
    UnreadableFile,
)
from evidence_app.services.formats.registry import read_file
from evidence_app.services.imported_files import FilesBeside
from evidence_app.services.kept_records import kept
from evidence_app.services.progress import Report, silent
from evidence_app.services.remembered_mappings import remembered
from evidence_app.services.screening.outcomes import rules_of
from evidence_app.services.screening.standing import on_arrival
from evidence_app.storage import imports, searches
from evidence_app.storage.applied import Applied
from evidence_app.storage.connections import Reader
from evidence_app.storage.derived import sort_columns_of
from evidence_app.storage.jobs import Job
from evidence_app.storage.open_files import leave_alone
from evidence_app.storage.project import Project
from evidence_app.storage.references import columns_of

_BATCH = 1000
"""Records written in one short transaction: each is a reference, a record, and what came with it."""
_SELDOM: Final = (50_000, 20, 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRun:
    """Where the files come from: the PRISMA-S fields an import can know."""

    source: str = ""
    platform: str = ""
    searched: str = ""
    query: str = ""
    search: str = ""
    """The identity of a search the project holds already, to which the file is added; else a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToImport:
    """A file, the search it belongs to, and its format where its content is not to tell."""

    path: Path
    run: SearchRun = SearchRun()
    format: str | None = None
    mapping: Mapping[str, str] | None = None
    """What the columns of a table hold, by header; else what is remembered of these headers."""


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
    sha256: str = ""
    guid: str = ""
    """The identity of its row among the files of the search; empty where nothing new came in."""
    failed: str = ""
    """Why it could not be read at all; empty where it was."""
    attached: int = 0
    """Files the records name that were copied beside the project."""
    missing: list[str] = field(default_factory=list)
    """Files the records name that do not lie in the folder of the export."""


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
    mapping: Mapping[str, str] | None = None,
) -> Imported:
    """Bring files of one search in as one job: nobody sees half of it, one undo takes all of it back.

    Raises `EvidenceError` for a file that cannot be read at all, and `Cancelled`; then nothing is kept."""
    files = [FileToImport(path=path, run=run, format=format, mapping=mapping) for path in paths]
    return import_each(project, files, report, strict=True)


def import_each(
    project: Project, files: Sequence[FileToImport], report: Report = silent, *, strict: bool = False
) -> Imported:
    """Bring files in as one job, each into a search of its own or the one it names; one undo.

    Files that name the same new source go into one search. A file that cannot be read at all is told
    in its report, unless `strict`, or no other could be read either: then `EvidenceError` is raised and
    nothing is kept. Raises `Cancelled`, when nothing is kept too."""
    reports = [_looked_at(each, strict or len(files) == 1) for each in files]
    with project.reader() as reader:
        known = Known(reader, project.path)
    names = [each.path.name for each in files]
    job = project.job(f"Import {names[0] if len(names) == 1 else counted(len(names), 'file')}")
    steps = _Steps(files, report)
    try:
        for at, (each, found) in enumerate(zip(files, reports, strict=True)):
            if not found.failed:
                with _few_collections():
                    _try_import(job, known, each, found, steps.of(at), strict or len(files) == 1)
    except BaseException:
        job.abandon()
        raise
    if reports and all(each.failed for each in reports):
        job.abandon()
        raise EvidenceError(f"None of the files could be read. {reports[0].failed}")
    if not any(each.imported for each in reports):
        job.abandon("nothing new")
        return Imported(tuple(reports), None)
    return Imported(tuple(reports), job.finish())


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for rings of objects seldom: a batch is 50,000 that live as long as it does and form none."""
    usual = gc.get_threshold()
    gc.set_threshold(*(max(each, least) for each, least in zip(usual, _SELDOM, strict=True)))
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _looked_at(each: FileToImport, strict: bool) -> FileReport:
    """Open every file before anything is written, so that one that is not there is told at once."""
    found = FileReport(file=each.path.name)
    try:
        found.sha256 = _sha256(each.path)
    except EvidenceError as error:
        if strict:
            raise
        found.failed = str(error)
    return found


def _try_import(
    job: Job, known: "Known", each: FileToImport, found: FileReport, report: Report, strict: bool
) -> None:
    try:
        _import_file(job, known, each, found, report)
    except (UnknownFormat, UnreadableFile) as error:
        if strict:
            raise
        found.failed = str(error)


class _Steps:
    """How much of all files is done, told file by file."""

    def __init__(self, files: Sequence[FileToImport], report: Report) -> None:
        self._sizes = [_size(each.path) for each in files]
        self._report = report

    def of(self, at: int) -> Report:
        """Return what a file reports to."""
        before, total = sum(self._sizes[:at]), sum(self._sizes)

        def told(done: int, _of: int) -> None:
            self._report(min(before + done, total), total)

        return told


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


class Known:
    """What the project holds already, by name, so that it is not made twice."""

    def __init__(self, reader: Reader, project: Path | None = None) -> None:
        self.project = project
        """The project file, beside which files that came with the records are copied."""
        self.rules = rules_of(reader)
        """What votes come to, for the decisions that records bring."""
        self.mappings = remembered(reader)
        self.tags = imports.tags(reader)
        self.people = imports.people(reader)
        self.sources = imports.sources(reader)
        self.contents = imports.contents(reader)
        self.position = searches.last_position(reader)
        self.searches: dict[tuple[str, ...], str] = {}
        """The searches made by this import, by what their files say of them."""


def _import_file(job: Job, known: Known, each: FileToImport, found: FileReport, report: Report) -> None:
    file = _opened(known, each, report)
    found.format, found.dialect = file.format, file.dialect
    if found.sha256 in known.contents:
        found.duplicates = sum(1 for _ in file.records)
        found.expected, found.unplaced = file.expected, file.unplaced
        return
    made = _file_rows(job, known, each, found.sha256, file)
    found.guid = made.guid
    beside = FilesBeside(known.project, each.path) if known.project is not None else None
    for batch in _batches(file.records):
        rows = [row for record in batch for row in rows_of(known, record, file.format, made, beside)]
        job.add(rows)
        found.imported += len(batch)
    if beside is not None:
        found.attached, found.missing = beside.attached, beside.missing
    known.contents[found.sha256] = found.imported
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


def _opened(known: Known, each: FileToImport, report: Report) -> ReadFile:
    """Open a file; a table with headers somebody mapped before is read as it was then.

    Raises `UnknownFormat` for a table in which no header for a title is known."""
    if each.mapping is None and not known.mappings and (each.format or not _may_be_table(each.path)):
        return read_file(each.path, report, each.format)
    table = unknown_table(each.path)
    if table is None:
        return read_file(each.path, report, each.format)
    mapping = each.mapping if each.mapping is not None else known.mappings.get(headers_key(table.headers))
    if mapping is None and each.format is None and table.needed:
        raise UnknownFormat(
            f"{each.path.name} is a table, and nobody has said yet what its columns hold "
            f"({', '.join(table.headers[:6])}). Nothing was imported; name its columns and import it again."
        )
    return read_file(each.path, report, each.format or (table.format if mapping else None), mapping)


def _may_be_table(path: Path) -> bool:
    """Whether a file is in a format in which a table of unknown columns might be read."""
    try:
        return format_of(source(path)) in ("references", "csv", "tsv", "xlsx")
    except UnknownFormat:
        return True


def _file_rows(job: Job, known: Known, each: FileToImport, sha256: str, file: ReadFile) -> RowOf:
    rows, search = _search_rows(known, each)
    held = insert("search_file", search=search, name=each.path.name, format=file.format, sha256=sha256)
    job.add([*rows, held])
    return RowOf("search_file", held.guid)


def _search_rows(known: Known, each: FileToImport) -> tuple[list[Insert], RowOf]:
    """Return the search a file belongs to, and the rows that make it if it is new."""
    run = each.run
    if run.search:
        return [], RowOf("search", run.search)
    said = (run.source.casefold(), run.platform.casefold(), run.searched, run.query)
    if run.source and said in known.searches:
        return [], RowOf("search", known.searches[said])
    name = run.source or each.path.stem
    key = (name.casefold(), run.platform.casefold())
    rows: list[Insert] = []
    if key not in known.sources:
        known.position += 1
        source = insert("source", name=name, kind="database", platform=run.platform, position=known.position)
        known.sources[key] = source.guid
        rows.append(source)
    search = insert(
        "search", source=RowOf("source", known.sources[key]), searched_from=run.searched,
        searched_to=run.searched, query=run.query,
    )  # fmt: skip
    known.searches[said] = search.guid
    return [*rows, search], RowOf("search", search.guid)


def _batches(records: Iterator[ReadRecord]) -> Iterator[list[ReadRecord]]:
    batch: list[ReadRecord] = []
    for record in records:
        batch.append(record)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def rows_of(
    known: Known, record: ReadRecord, format: str, file: RowOf, beside: FilesBeside | None = None
) -> Iterator[Insert]:
    """Return the rows one record becomes: a reference, the record as it stands, and what came with it."""
    guid = new_guid()
    reference = RowOf("reference", guid)
    values = columns_of(record.item) | sort_columns_of(record.item)
    if record.extras.decisions and (standing := on_arrival(known.rules, record.extras.decisions)):
        values["standing"] = standing
    yield Insert("reference", guid, values)
    yield record_row(record, format, reference, file)
    yield from extra_rows(known, record, reference, beside)


def record_row(record: ReadRecord, format: str, reference: RowOf, file: RowOf | None = None) -> Insert:
    """Return the row that keeps a record verbatim; without a file where it was pasted."""
    return insert(
        "record", reference=reference, search_file=file, format=format, line=record.raw.line,
        source_id=record.source_id or "", raw=kept(record.raw),
    )  # fmt: skip


def extra_rows(
    known: Known, record: ReadRecord, reference: RowOf, beside: FilesBeside | None = None
) -> Iterator[Insert]:
    """Return the tags, notes, decisions and files that came with a record."""
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
    if beside is not None:
        yield from beside.rows(record.extras.attachments, reference)
        return
    for name in record.extras.attachments:
        yield insert("attachment", reference=reference, name=name, kind="imported")


def _person(known: Known, name: str) -> Iterator[Insert]:
    if name and name not in known.people:
        made = insert("person", name=name)
        known.people[name] = made.guid
        yield made


def _named(known: Known, name: str) -> Any:
    return RowOf("person", known.people[name]) if name else None


def _sha256(path: Path) -> str:
    leave_alone(path)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EvidenceError(f"{path} cannot be read: {error.strerror}. Nothing was imported.") from error
