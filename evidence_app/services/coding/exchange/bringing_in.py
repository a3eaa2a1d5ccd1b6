"""A REFI-QDA project becomes documents, quotations, codes, codings, memos and themes of the review.

Everything is known by its identity (GUID): the same file twice adds nothing, and a code of the same path in
the code book is that code. What could not be placed, and what has no place here, is told."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidence_app.domain.coding import QuotationKind
from evidence_app.domain.edit import Change, Edit, Insert, RowOf, insert, new_guid
from evidence_app.services.coding.anchoring import anchor_of
from evidence_app.services.coding.documents import anchor_columns, as_document, now, page_values
from evidence_app.services.coding.exchange import reports
from evidence_app.services.coding.exchange.code_book import CodeBook
from evidence_app.services.coding.exchange.describing import OUR_ORIGIN, said_in
from evidence_app.services.coding.exchange.known import Known, identity
from evidence_app.services.coding.exchange.model import QdaCoding, QdaProject, QdaSelection, QdaSource
from evidence_app.services.coding.exchange.offsets import Fit, OffsetModel, best
from evidence_app.services.coding.exchange.package import Package
from evidence_app.services.coding.exchange.placing import PlacedSelection, placed
from evidence_app.services.coding.exchange.reports import BroughtIn
from evidence_app.services.coding.full_texts import FullText, UnreadableDocument, pasted, read_document
from evidence_app.services.coding.pdf import UnreadablePdf
from evidence_app.services.library.attachments import KeptFile, keep_copies
from evidence_app.services.progress import Report, silent
from evidence_app.storage.connections import Reader

_LONGEST_NAME = 180
"""Bytes of a source's name that its file keeps; file systems take 255 with what is added."""


def bring_in(
    reader: Reader, path: Path, project: QdaProject, person: Any = None, report: Report = silent
) -> tuple[Edit, BroughtIn]:
    """Return the edit that brings a project in, and what it comes to. Files are copied beside the review."""
    fit = best(project.sources, project.origin)
    work = _BringingIn(reader, path, project, fit, person)
    with Package(path) as package, tempfile.TemporaryDirectory(prefix="evidence-desk-") as folder:
        work.people()
        work.codes()
        for done, source in enumerate(project.sources):
            report(done, len(project.sources))
            work.source(source, package, Path(folder))
        report(len(project.sources), len(project.sources))
    work.memos()
    work.links()
    work.told.not_kept = dict(project.not_kept)
    if work.changes:
        work.changes.append(reports.row(work.told, path.name, "in", person))
    return Edit(f"Import the coding of {path.name}", tuple(work.changes)), work.told


def bring_in_codes(
    reader: Reader, path: Path, project: QdaProject, person: Any = None
) -> tuple[Edit, BroughtIn]:
    """Return the edit that brings a code book in, and what it comes to."""
    work = _BringingIn(reader, path, project, best(()), person)
    work.codes()
    work.told.model, work.told.not_kept = "", dict(project.not_kept)
    if work.changes:
        work.changes.append(reports.row(work.told, path.name, "in", person))
    return Edit(f"Import the codes of {path.name}", tuple(work.changes)), work.told


@dataclass
class _BringingIn:
    reader: Reader
    path: Path
    project: QdaProject
    fit: Fit
    person: Any
    changes: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known = Known(self.reader, self.project)
        self.notes = {note.guid: note for note in self.project.notes}
        self.note_on: dict[str, tuple[str, RowOf]] = {}
        """What each note is on: a column of `note` and a row."""
        self.linked: dict[str, list[str]] = {}
        self.quotations: dict[str, RowOf] = {}
        """The quotation each selection became."""
        for link in self.project.links:
            self._link(link.origin, link.target)
            self._link(link.target, link.origin)
        self.told = BroughtIn(
            file=self.path.name, origin=self.project.origin, model=self.fit.model.label,
            codings=sum(_codings_of(source) for source in self.project.sources),
        )  # fmt: skip

    def _link(self, note: str, target: str) -> None:
        if note in self.notes:
            self.linked.setdefault(target, []).append(note)

    def people(self) -> None:
        self.changes += self.known.people(self.project.users)

    def codes(self) -> None:
        book = CodeBook(self.reader)
        self.changes += book.take(self.project.codes, self.project.sets)
        self.code_rows = book.rows
        self.told.codes, self.told.themes = book.made, book.themes
        self.told.lost += [{"text": name, "code": name, "why": why} for name, why in book.refused]
        self.project.leave("Set without codes", sum(not each.codes for each in self.project.sets))
        for code in self.project.codes:
            for note in code.notes:
                if row := self.code_rows.get(code.guid):
                    self.note_on.setdefault(note, ("code", row))

    # -- documents

    def source(self, source: QdaSource, package: Package, folder: Path) -> None:
        held = self.known.document(source.guid)
        try:
            read, kept, file = (held, None, None) if held else self._read(source, package, folder)
        except UnreadableDocument as error:
            self._lose_all(source, str(error))
            return
        if held is None:
            self.changes += self._document(source, read, kept)
            self.told.documents += 1
        document = RowOf("document", identity(source.guid))
        for note in (*source.notes, *self.linked.get(source.guid, ())):
            self.note_on.setdefault(note, ("document", document))
        model: OffsetModel = self.fit.model
        marked = [self._whole(source)] if source.codings else []
        for each in (*marked, *placed(source, read, model, self.project.origin, file)):
            self._take(source, document, each)

    def _read(
        self, source: QdaSource, package: Package, folder: Path
    ) -> tuple[FullText, KeptFile | None, Path | None]:
        content = package.source(source.file) if source.file else None
        kept, file = None, None
        if content is not None:
            suffix = Path(source.file).suffix.lower()[:8]
            name = f"{_plain_name(source.name)}{'' if source.name.lower().endswith(suffix) else suffix}"
            file = folder / name
            file.write_bytes(content)
            kept = keep_copies(self.reader.path, [file], silent)[0]
            if suffix == ".pdf":
                try:
                    return read_document(file), kept, file
                except UnreadablePdf as error:
                    if source.text is None:  # else the text beside it serves
                        raise UnreadableDocument(str(error)) from error
        if source.text is None:
            raise UnreadableDocument("neither its text nor its file is in the package")
        text = pasted(source.text, source.name)
        return FullText(text.name, text.kind, text.text, (), kept.sha256 if kept else ""), kept, None

    def _document(self, source: QdaSource, read: FullText, kept: KeptFile | None) -> Iterator[Change]:
        made, reference = self.known.reference_for(source, self.project.cases, self.project.origin)
        yield from made
        attachment = None
        if kept is not None:
            values = {"name": kept.name, "kind": kept.kind, "sha256": kept.sha256, "size": kept.size}
            row = insert("attachment", reference=reference, **values)
            attachment = RowOf("attachment", row.guid)
            yield row
        yield Insert(
            "document", identity(source.guid), {
                "reference": reference, "attachment": attachment, "name": source.name, "kind": read.kind,
                "sha256": read.sha256, "text": read.text, "text_sha256": read.text_sha256,
                "pages": json.dumps([page_values(page) for page in read.pages]), "person": self.person,
                "at": now(),
            },
        )  # fmt: skip

    def _lose_all(self, source: QdaSource, why: str) -> None:
        whole = [QdaSelection(guid="", codings=source.codings)] if source.codings else []
        for selection in (*whole, *source.selections):
            self._lose(source, selection, why)

    def _whole(self, source: QdaSource) -> PlacedSelection:
        """A coding of a whole document is one of all its words."""
        raw = source.text or ""
        selection = QdaSelection(guid="", start=0, end=0, codings=source.codings)
        read = self.known.document(source.guid) or (pasted(raw) if raw.strip() else None)
        if read is None:
            return PlacedSelection(selection, None, "its document has no text")
        return PlacedSelection(selection, anchor_of(as_document(read), read.text, 0, len(read.text)))

    # -- quotations and codings

    def _take(self, source: QdaSource, document: RowOf, each: PlacedSelection) -> None:
        selection = each.selection
        if each.anchor is None:
            self._lose(source, selection, each.why)
            return
        place = (document.guid, each.anchor.start, each.anchor.end, each.anchor.rectangles)
        if each.anchor.start is not None:
            place = (document.guid, each.anchor.start, each.anchor.end, ())
        quotation = self.known.quotation_at(place, selection.guid)
        if quotation is None:
            guid = identity(selection.guid) if selection.guid else new_guid()
            quotation = self.known.made(place, guid)
            self.changes.append(
                Insert(
                    "quotation", guid, {
                        "document": document, **anchor_columns(each.anchor), **self._said(selection),
                        "area": int(each.anchor.is_area), "origin": self.project.origin,
                        "person": self.known.person(selection.user), "at": selection.at or now(),
                    },
                )
            )  # fmt: skip
            self.told.quotations += 1
        if selection.guid:
            self.quotations[selection.guid] = quotation
        for note in (*selection.notes, *self.linked.get(selection.guid, ())):
            self.note_on.setdefault(note, ("quotation", quotation))
        for coding in selection.codings:
            self._code(source, selection, quotation, coding)

    def _said(self, selection: QdaSelection) -> dict[str, Any]:
        """Return what is said of a passage: all of it from our own files, else the comment on it."""
        if self.project.origin == OUR_ORIGIN:
            return said_in(selection.description)
        comment = selection.description if not selection.codings else ""
        kind = QuotationKind.COMMENT if comment else QuotationKind.DIRECT
        return {"text": comment, "kind": kind.value}

    def _code(self, source: QdaSource, selection: QdaSelection, quotation: RowOf, coding: QdaCoding) -> None:
        code = self.code_rows.get(coding.code)
        if code is None:
            self.told.lost.append(reports.lost(source, selection, "its code is not in the code book"))
            return
        self.told.placed += 1
        if self.known.has_coding(coding.guid):
            self.told.unchanged += 1
            return
        words = [self.notes[note].text for note in coding.notes if note in self.notes]
        for note in coding.notes:
            self.note_on[note] = ("", quotation)
        self.changes.append(
            Insert(
                "coding", identity(coding.guid) if coding.guid else new_guid(), {
                    "quotation": quotation, "code": code, "person": self.known.person(coding.user),
                    "at": coding.at or now(), "memo": "\n".join(words).strip(),
                },
            )
        )  # fmt: skip

    def _lose(self, source: QdaSource, selection: QdaSelection, why: str) -> None:
        for _ in selection.codings or (None,):
            self.told.lost.append(reports.lost(source, selection, why))

    # -- memos

    def memos(self) -> None:
        for note in self.project.notes:
            column, row = self.note_on.get(note.guid, ("review", RowOf("", "")))
            if not column or not (note.text or note.name) or self.known.has("note", note.guid):
                continue
            target: dict[str, Any] = {} if column == "review" else {column: row}
            self.told.memos += 1
            self.changes.append(
                Insert(
                    "note", identity(note.guid), {
                        "text": note.text, "title": note.name, "kind": "memo", **target,
                        "person": self.known.person(note.user), "at": note.at or now(),
                    },
                )
            )  # fmt: skip

    # -- links

    def links(self) -> None:
        """Link quotations as the file does; a link to a note is the memo's place, others are not kept."""
        for link in self.project.links:
            one, other = self.quotations.get(link.origin), self.quotations.get(link.target)
            if one is not None and other is not None:
                guid = identity(link.guid) if link.guid else new_guid()
                if one != other and not self.known.has("quotation_link", guid):
                    values = {"quotation_a": one, "quotation_b": other, "kind": link.name, "note": ""}
                    self.changes.append(Insert("quotation_link", guid, values))
            elif link.origin not in self.notes and link.target not in self.notes:
                self.project.leave("Link between other things than passages")


def _codings_of(source: QdaSource) -> int:
    return len(source.codings) + sum(len(selection.codings) for selection in source.selections)


def _plain_name(name: str) -> str:
    """Return a source's name as a file's: without what would lead into another folder."""
    plain = "".join("-" if sign in '/\\:*?"<>|' or ord(sign) < 32 else sign for sign in name)
    return plain.encode()[:_LONGEST_NAME].decode(errors="ignore").strip(" .") or "document"
