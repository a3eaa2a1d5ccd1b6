"""All that leaves with the coding of a review, read at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evidence_app.domain.coding import Code, Coding, Document, Memo, Quotation
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.domain.review import Characteristic
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
    links: int = 0


def coded_review(reader: Reader) -> CodedReview:
    """Return all that leaves with the coding; files that are missing beside the project are left out."""
    documents = tuple(coding.documents(reader))
    quotations: dict[int, tuple[Quotation, ...]] = {
        each.id: tuple(coding.quotations(reader, each.id)) for each in documents
    }
    codings: dict[int, tuple[Coding, ...]] = {}
    for each in coding.codings(reader):
        codings[each.quotation] = (*codings.get(each.quotation, ()), each)
    return CodedReview(
        title=contents.review(reader).title, documents=documents,
        texts={each.id: coding.text_of(reader, each.id) for each in documents},
        files=dict(filter(None, (_file(reader, each) for each in documents))),
        references={
            int(each.id): each
            for each in references.references(reader, {document.reference for document in documents})
        },
        characteristics=contents.characteristics(reader), quotations=quotations,
        codes=tuple(coding.codes(reader)), codings=codings, memos=tuple(coding_notes.memos(reader)),
        people={
            row["id"]: (row["guid"], row["name"]) for row in reader.rows("SELECT id, guid, name FROM person")
        },
        themes=_themes(reader), links=len(coding.quotation_links(reader)),
    )  # fmt: skip


def _file(reader: Reader, document: Document) -> tuple[int, tuple[str, bytes]] | None:
    attached = coding.attached_file(reader, document.id)
    if attached is None:
        return None
    sha256, name = attached
    try:
        place = place_of(reader.path, sha256, name)
        return document.id, (Path(name).suffix.lower(), place.read_bytes())
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
