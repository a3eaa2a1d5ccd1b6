"""A full text comes in as one act: the file is kept, its text frozen and hashed, the report received.

`read_files` does the long part beside the window and can be stopped; `receive` makes one edit of it all."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from evidence_app.domain.edit import Change, Edit, Insert, RowOf, counted, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.studies import Retrieval
from evidence_app.services.coding.annotations import read_annotations
from evidence_app.services.coding.documents import document_row
from evidence_app.services.coding.full_texts import KINDS, FullText, read_document
from evidence_app.services.coding.highlights import is_of_others
from evidence_app.services.library.attachments import KeptFile, keep_copies, place_of
from evidence_app.services.progress import Report, silent
from evidence_app.services.studies.file_matching import reads_like
from evidence_app.services.studies.retrieval import Person, full_texts
from evidence_app.storage import coding, studies
from evidence_app.storage.connections import Reader
from evidence_app.storage.library import Attachment, attachments_of
from evidence_app.storage.project import now

NAMED: Final = 3
"""So many files are named in a sentence; more are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A file of a report as it came in: kept, and read where it could be."""

    reference: int
    file: KeptFile
    read: FullText | None = None
    problem: str = ""
    """Why its text could not be read; the file is kept all the same."""
    highlights: int = 0
    """How many highlights another reader made in it."""
    attachment: int | None = None
    """The row of the file where the report has it already."""
    was_there: bool = True
    """Whether the same file lay beside the project before."""

    @property
    def is_scan(self) -> bool:
        """Whether it has pages and no text."""
        return self.read is not None and bool(self.read.pages) and not self.read.text.strip()


def read_files(
    project: Path, wanted: Sequence[tuple[int, Path]], report: Report,
    between: Callable[[], object] | None = None,
) -> list[Arrived]:  # fmt: skip
    """Read files and copy them beside the project; `between` is called after each, for others that wait.

    Raises `EvidenceError` where one cannot be copied. Nothing is copied before all are read, so that a
    report that raises `Cancelled` leaves nothing behind."""
    found = []
    for done, (_, file) in enumerate(wanted):
        report(done, len(wanted))
        found.append(_read(file, report if len(wanted) == 1 else _stopping(report, done, len(wanted))))
        if between is not None:
            between()
    made = []
    for (reference, file), (text, problem, highlights) in zip(wanted, found, strict=True):
        place = place_of(project, text.sha256, file.name) if text is not None else None
        was_there = place is None or place.is_file()
        kept = keep_copies(project, [file], silent)[0]
        read = _as_kept(project, kept, text)
        made.append(
            Arrived(reference=reference, file=kept, read=read, problem=problem, highlights=highlights,
                    was_there=was_there)
        )  # fmt: skip
    return made


def _as_kept(project: Path, kept: KeptFile, text: FullText | None) -> FullText | None:
    """Return the text as it is in the copy: the file may have been written to while it was read."""
    if text is None or text.sha256 == kept.sha256:
        return text
    return replace(read_document(place_of(project, kept.sha256, kept.name), silent), name=kept.name)


def read_kept(project: Path, held: Attachment, reference: int, report: Report) -> Arrived:
    """Read a file that lies beside the project already and has no frozen text yet."""
    place = place_of(project, held.sha256, held.name)
    text, problem, highlights = _read(place, report)
    file = KeptFile(name=held.name, kind=held.kind, sha256=held.sha256, size=held.size)
    named = replace(text, name=held.name) if text is not None else None
    return Arrived(
        reference=reference, file=file, read=named, problem=problem.replace(place.name, held.name),
        highlights=highlights, attachment=held.id,
    )  # fmt: skip


def read_all_kept(
    project: Path, several: Sequence[tuple[int, Attachment]], report: Report,
    between: Callable[[], object] | None = None,
) -> list[Arrived]:  # fmt: skip
    """Read files that lie beside the project already, as `read_kept` does one."""
    found = []
    for done, (reference, held) in enumerate(several):
        report(done, len(several))
        each = report if len(several) == 1 else _stopping(report, done, len(several))
        found.append(read_kept(project, held, reference, each))
        if between is not None:
            between()
    return found


def _read(file: Path, report: Report) -> tuple[FullText | None, str, int]:
    try:
        text = read_document(file, report)
    except EvidenceError as error:
        if not file.is_file():
            raise
        return None, str(error).replace(" Nothing was changed.", ""), 0
    highlights = 0
    if text.pages:
        with contextlib.suppress(EvidenceError):
            highlights = sum(is_of_others(each) for each in read_annotations(file))
    return text, "", highlights


def _stopping(report: Report, done: int, files: int) -> Report:
    """Return a report for the pages of one file among several: it counts files, and stops at any page."""

    def told(_page: int, _pages: int) -> None:
        report(done, files)

    return told


def unread(reader: Reader, reference: int) -> list[Attachment]:
    """Return the files of a report that can be read, lie beside the project and have no frozen text."""
    frozen = {each.sha256 for each in coding.documents(reader, reference) if each.sha256}
    found = []
    for each in attachments_of(reader, reference):
        readable = Path(each.name).suffix.lower() in KINDS and each.sha256
        if readable and each.sha256 not in frozen and place_of(reader.path, each.sha256, each.name).is_file():
            found.append(each)
    return found


def doubt(reader: Reader, arrived: Arrived) -> str:
    """Return a sentence where a file names another report than the one it was attached to."""
    if arrived.read is None:
        return ""
    works = {int(line.reference.id): line.reference for line in full_texts(reader)}
    own = works.get(arrived.reference)
    other = reads_like(arrived.read.text, own, list(works.values())) if own is not None else None
    if own is None or other is None:
        return ""
    return f"{arrived.file.name} names {other.short_label}, not {own.short_label}. Is it the right file?"


@dataclass(frozen=True, slots=True)
class Reception:
    """What comes of files that arrived: one edit, and what is to be said of it."""

    edit: Edit
    told: str
    documents: tuple[str, ...] = ()
    """The identities of the documents that are new."""
    highlights: int = 0


def receive(
    reader: Reader, found: Sequence[Arrived], person: Person, how: str = "", label: str = ""
) -> Reception:
    """Return the edit that attaches files with their frozen text and logs them received.

    A file a report has already is not attached again; `label` names the report in the sentence."""
    changes: list[Change] = []
    documents: list[str] = []
    taken: list[Arrived] = []
    for each in found:
        rows = _rows(reader, each, person)
        documents += [row.guid for row in rows if row.table == "document"]
        changes += rows
        taken += [each] if rows else []
    tried = {
        each.reference: studies.attempts(reader, each.reference).get(each.reference, ()) for each in taken
    }
    at = now()
    changes += [
        insert("retrieval", reference=reference, state=Retrieval.RECEIVED.value, how=how, note="",
               person=person, at=at)
        for reference, attempts in tried.items()
        if not attempts or attempts[-1].state is not Retrieval.RECEIVED
    ]  # fmt: skip
    named = (
        f"Receive {taken[0].file.name}" if len(taken) == 1 else f"Receive {counted(len(taken), 'full text')}"
    )
    return Reception(
        Edit(named, tuple(changes)), _told(found, taken, label), tuple(documents),
        sum(each.highlights for each in taken if each.read is not None),
    )  # fmt: skip


def _rows(reader: Reader, each: Arrived, person: Person) -> list[Insert]:
    held = attachments_of(reader, each.reference)
    attachment: int | RowOf | None = each.attachment or next(
        (one.id for one in held if one.sha256 == each.file.sha256), None
    )
    rows: list[Insert] = []
    if attachment is None:
        file = each.file
        new = insert("attachment", reference=each.reference, name=file.name, kind=file.kind,
                     sha256=file.sha256, size=file.size)  # fmt: skip
        rows.append(new)
        attachment = RowOf("attachment", new.guid)
    frozen = {one.sha256 for one in coding.documents(reader, each.reference) if one.sha256}
    if each.read is not None and each.read.sha256 not in frozen:
        rows.append(document_row(each.reference, each.read, attachment, person))
    return rows


def _told(found: Sequence[Arrived], taken: Sequence[Arrived], label: str) -> str:
    to = f" to {label}" if label else ""
    if not taken and found and not all(each.was_there for each in found):
        return f"{_names(found)} {'is' if len(found) == 1 else 'are'} back beside the project."
    if not taken:
        there = "is" if len(found) == 1 else "are"
        return f"{_names(found)} {there} attached{to} already." if found else "Nothing was attached."
    if all(each.attachment is not None for each in taken):
        said = [f"Froze the text of {_names(taken)}."]
    else:
        said = [f"Attached {_names(taken)}{to}."]
    scans = [each for each in taken if each.is_scan]
    if scans and len(taken) == 1:
        said.append("It is a scan: it has pages and no text.")
    elif scans:
        said.append(f"{counted(len(scans), 'scan')} without text: {_names(scans)}.")
    silent = [each for each in taken if each.read is None]
    if silent:
        said.append(silent[0].problem if len(taken) == 1 else f"Kept without a text: {_names(silent)}.")
    if len(taken) < len(found):
        said.append(f"{counted(len(found) - len(taken), 'file')} attached before.")
    return " ".join(said)


def _names(files: Sequence[Arrived]) -> str:
    names = [each.file.name for each in files]
    return ", ".join(names) if len(names) <= NAMED else counted(len(names), "file")
