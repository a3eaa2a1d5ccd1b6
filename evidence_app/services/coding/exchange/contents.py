"""All that leaves with the coding of a review, read at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from evidence_app.domain.coding import (
    AnchorState,
    Code,
    Coding,
    Document,
    Memo,
    MemoKind,
    Quotation,
    QuotationLink,
)
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.domain.review import Characteristic
from evidence_app.services.coding.boxes import with_boxes
from evidence_app.services.coding.coders import AGREED
from evidence_app.services.library.attachments import place_of
from evidence_app.storage import coding, coding_notes, contents, references
from evidence_app.storage.connections import Reader


@dataclass(frozen=True, kw_only=True)
class CodedReview:
    """Documents with their texts, quotations, codes, codings, memos, people and themes of a review."""

    title: str
    documents: tuple[Document, ...]
    texts: Mapping[int, str]
    files: Mapping[int, tuple[str, bytes]]
    """The file of a document, by document: its suffix and what is in it."""
    references: Mapping[int, Reference]
    characteristics: tuple[Characteristic, ...]
    quotations: Mapping[int, tuple[Quotation, ...]]
    """By document."""
    codes: tuple[Code, ...]
    codings: Mapping[int, tuple[Coding, ...]]
    """By quotation; `code` is what the one used became by merging."""
    memos: tuple[Memo, ...]
    people: Mapping[int, tuple[str, str]]
    """Identity and name, by row."""
    themes: tuple[tuple[str, str, str, tuple[int, ...]], ...]
    """Identity, name, definition and codes."""
    links: tuple[QuotationLink, ...] = ()
    beside: Mapping[str, int] = field(default_factory=dict)
    """What the standard has no place for, with how often."""


def coded_review(reader: Reader, viewer: int | None = None) -> CodedReview:
    """Return all that leaves with the coding; files that are missing beside the project are left out.

    What others code blind is left out for a viewer, and counted."""
    documents = tuple(coding.documents(reader))
    quotations: dict[int, tuple[Quotation, ...]] = {
        each.id: tuple(coding.quotations(reader, each.id, viewer)) for each in documents
    }
    texts = {each.id: coding.text_of(reader, each.id) for each in documents}
    for document in documents:
        row = document.id
        quotations[row] = _on_pages(reader, document, texts[row], quotations[row])
    codings: dict[int, tuple[Coding, ...]] = {}
    for each in coding.codings(reader, viewer=viewer):
        codings[each.quotation] = (*codings.get(each.quotation, ()), each)
    return CodedReview(
        title=contents.review(reader).title, documents=documents,
        texts=texts,
        files=dict(filter(None, (_file(reader, each) for each in documents))),
        references={
            int(each.id): each
            for each in references.references(reader, {document.reference for document in documents})
        },
        characteristics=contents.characteristics(reader), quotations=quotations,
        codes=tuple(coding.codes(reader)), codings=codings,
        memos=tuple(coding_notes.memos(reader, viewer=viewer)),
        people={
            row["id"]: (row["guid"], row["name"]) for row in reader.rows("SELECT id, guid, name FROM person")
        },
        themes=_themes(reader), links=tuple(coding.quotation_links(reader)), beside=_beside(reader, viewer),
    )  # fmt: skip


def _beside(reader: Reader, viewer: int | None) -> dict[str, int]:
    typed = sum(memo.kind is not MemoKind.MEMO for memo in coding_notes.memos(reader, viewer=viewer))
    seen = coding.codings(reader, viewer=viewer)
    told = {layer.id for layer in coding.layers(reader) if layer.blind or layer.name == AGREED}
    layered = sum(each.layer in told for each in seen)
    counts = {
        "Part of a document marked as to be coded": len(coding_notes.regions(reader)),
        "How far a report is coded": len(coding_notes.coding_statuses(reader)),
        "Layer of a coding: blind, or agreed": layered,
        "Type of a memo": typed,
        "Coding you do not see while somebody codes blind": len(coding.codings(reader)) - len(seen),
    }
    return {what: times for what, times in counts.items() if times}


def _on_pages(
    reader: Reader, document: Document, text: str, quotations: tuple[Quotation, ...]
) -> tuple[Quotation, ...]:
    """Return the quotations of a PDF with the lines they cover: those found by their words have none yet."""
    attached = coding.attached_file(reader, document.id) if document.is_pdf else None
    if attached is None:
        return quotations
    placed = [each for each in quotations if each.state is AnchorState.PLACED]
    found = with_boxes(place_of(reader.path, *attached), document, text, [each.anchor for each in placed])
    anchors = {each.id: anchor for each, anchor in zip(placed, found, strict=True) if anchor is not None}
    return tuple(replace(each, anchor=anchors.get(each.id, each.anchor)) for each in quotations)


def _file(reader: Reader, document: Document) -> tuple[int, tuple[str, bytes]] | None:
    attached = coding.attached_file(reader, document.id)
    if attached is None:
        return None
    try:
        place = place_of(reader.path, *attached)
        return document.id, (Path(attached[1]).suffix.lower(), place.read_bytes())
    except (OSError, EvidenceError):
        return None


def _themes(reader: Reader) -> tuple[tuple[str, str, str, tuple[int, ...]], ...]:
    members: dict[int, list[int]] = {}
    for row in reader.rows(
        """SELECT t.theme, coalesce(c.merged_into, c.id) AS code FROM live_theme_code t
           JOIN live_code c ON c.id = t.code ORDER BY t.position, t.id"""
    ):
        members.setdefault(row["theme"], []).append(row["code"])
    rows = reader.rows("SELECT id, guid, name, definition FROM live_theme ORDER BY position, id")
    return tuple(
        (row["guid"], row["name"], row["definition"], tuple(dict.fromkeys(members[row["id"]])))
        for row in rows
        if row["id"] in members
    )
