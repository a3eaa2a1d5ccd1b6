"""Attaching documents to reports, and putting a newer version in the place of one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.coding import Anchor, AnchorState, Document, Page, Quotation, Region
from evidence_app.domain.edit import (
    Change,
    Edit,
    Insert,
    RowOf,
    counted,
    insert,
    new_guid,
    remove,
    set_columns,
)
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.anchoring import anchor_of, anchored_again
from evidence_app.services.coding.boxes import with_boxes
from evidence_app.services.coding.full_texts import FullText
from evidence_app.services.library.attachments import KeptFile

Person = int | RowOf | None
_EDGE: Final = 80
"""Letters by which the beginning and the end of a part are known."""


def now() -> str:
    """Return the present moment as rows hold it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def attach(reference: int, read: FullText, kept: KeptFile | None, person: Person = None) -> Edit:
    """Return the edit that adds a document to a reference, with the file it came from where there is one."""
    changes = _file(reference, kept)
    attachment = RowOf("attachment", changes[0].guid) if changes else None
    changes.append(document_row(reference, read, attachment, person))
    return Edit(f"Attach {read.name}", tuple(changes))


def detach(document: Document) -> Edit:
    """Return the edit that takes a document out of the review; the file and all codings stay for undo."""
    return Edit(f"Take off {document.name}", (remove("document", document.id),))


def rename(document: Document, name: str) -> Edit:
    """Return the edit that gives a document another name."""
    changes = set_columns("document", document.id, {"name": document.name}, {"name": name.strip()})
    return Edit(f"Rename {document.name}", tuple(changes) if name.strip() else ())


@dataclass(frozen=True, slots=True)
class Replacement:
    """What comes of putting a newer version in the place of a document."""

    edit: Edit
    placed: int
    lost: tuple[Quotation, ...]
    regions_lost: int = 0
    """Parts marked as to be coded whose beginning or end was not found."""

    @property
    def told(self) -> str:
        """What became of the quotations, in one sentence."""
        return self.told_of(self.placed + len(self.lost), len(self.lost))

    def told_of(self, number: int, lost: int) -> str:
        """What became of so many quotations: those that somebody may see."""
        told = f"{number - lost} of {counted(number, 'quotation')} placed in the new version"
        told += f"; {lost} lost, listed as such." if lost else "."
        if self.regions_lost:
            told += f" {counted(self.regions_lost, 'part')} to be coded must be marked again."
        return told


def replace(
    document: Document,
    read: FullText,
    kept: KeptFile | None,
    quotations: Sequence[Quotation],
    regions: Sequence[Region] = (),
    person: Person = None,
    *,
    text: str = "",
    file: Path | None = None,
) -> Replacement:
    """Return the edit that puts a newer version in the place of a document and moves its quotations there.

    What cannot be placed for sure keeps its words and is marked as lost. `text` is what the document says
    now, by which its regions are found again; `file` is the newer version, for the lines on its pages."""
    changes: list[Change] = [*_file(document.reference, kept)]
    attachment = RowOf("attachment", new.guid) if (new := _first(changes)) else document.attachment
    row = document_row(document.reference, read, attachment, person, replaces=document.id)
    new_row = RowOf("document", row.guid)
    there = as_document(read)
    changes.append(row)
    anchors = [anchored_again(each.anchor, there, read.text) for each in quotations]
    anchors = with_boxes(file, there, read.text, anchors)
    for quotation, found in zip(quotations, anchors, strict=True):
        changes += _moved(quotation, new_row, document.id, found)
    regions_lost = 0
    for region in regions:
        span = _region_again(region, document, text, there, read.text)
        regions_lost += span is None
        changes += _region_moved(region, new_row, span)
    lost = tuple(each for each, found in zip(quotations, anchors, strict=True) if found is None)
    edit = Edit(f"Replace {document.name} by {read.name}", tuple(changes))
    return Replacement(edit, len(quotations) - len(lost), lost, regions_lost)


def _region_again(
    region: Region, document: Document, text: str, there: Document, words: str
) -> tuple[int, int] | None:
    """Return where a part stands in the newer version: between where its beginning and its end stand."""
    try:
        begin = anchor_of(document, text, region.start, min(region.start + _EDGE, region.end))
        end = anchor_of(document, text, max(region.start, region.end - _EDGE), region.end)
    except EvidenceError:
        return None
    first, last = anchored_again(begin, there, words), anchored_again(end, there, words)
    if first is None or last is None or first.start is None or last.end is None or first.start >= last.end:
        return None
    return first.start, last.end


def _region_moved(region: Region, to: RowOf, span: tuple[int, int] | None) -> list[Change]:
    if span is None:
        return [remove("region", region.id)]
    before = {"document": region.document, "start": region.start, "end": region.end}
    return set_columns("region", region.id, before, {"document": to, "start": span[0], "end": span[1]})


def place_again(quotation: Quotation, anchor: Anchor) -> Edit:
    """Return the edit that puts a lost quotation where a person says it stands."""
    changes = set_columns(
        "quotation", quotation.id, {**anchor_columns(quotation.anchor), "state": quotation.state.value},
        {**anchor_columns(anchor), "state": AnchorState.PLACED.value},
    )  # fmt: skip
    return Edit("Place a lost quotation", tuple(changes))


def as_document(read: FullText) -> Document:
    """Return a document that was only read, as anchors need it."""
    return Document(
        id=0, guid="", reference=0, name=read.name, kind=read.kind, sha256=read.sha256,
        text_sha256=read.text_sha256, length=len(read.text), pages=read.pages,
    )  # fmt: skip


def anchor_columns(anchor: Anchor) -> dict[str, Any]:
    """Return an anchor as the columns of a quotation."""
    return {
        "document_sha256": anchor.document_sha256, "page": anchor.page, "start": anchor.start,
        "end": anchor.end, "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix,
        "rectangles": json.dumps([list(each) for each in anchor.rectangles]),
    }  # fmt: skip


def _moved(quotation: Quotation, to: RowOf, from_: int, found: Anchor | None) -> list[Change]:
    before = {"document": from_, "state": quotation.state.value, **anchor_columns(quotation.anchor)}
    if found is None:
        after: dict[str, Any] = {"document": to, "state": AnchorState.LOST.value}
    else:
        after = {"document": to, "state": AnchorState.PLACED.value, **anchor_columns(found)}
    return set_columns("quotation", quotation.id, before, after)


def _first(changes: Sequence[Change]) -> Insert | None:
    first = changes[0] if changes else None
    return first if isinstance(first, Insert) else None


def _file(reference: int, kept: KeptFile | None) -> list[Insert]:
    if kept is None:
        return []
    values = {"name": kept.name, "kind": kept.kind, "sha256": kept.sha256, "size": kept.size}
    return [insert("attachment", reference=reference, **values)]


def document_row(
    reference: int, read: FullText, attachment: int | RowOf | None, person: Person,
    replaces: int | None = None,
) -> Insert:  # fmt: skip
    """Return the row of a document that was read; `attachment` is the file it came from."""
    return Insert(
        "document", new_guid(), {
            "reference": reference, "attachment": attachment, "name": read.name, "kind": read.kind,
            "sha256": read.sha256, "text": read.text, "text_sha256": read.text_sha256,
            "pages": json.dumps([page_values(page) for page in read.pages]), "replaces": replaces,
            "person": person, "at": now(),
        },
    )  # fmt: skip


def page_values(page: Page) -> dict[str, float | str]:
    """Return a page as `document.pages` holds it; what is nothing is left out."""
    values: dict[str, float | str] = {
        "start": page.start,
        "width": round(page.width, 2),
        "height": round(page.height, 2),
    }
    turned = {"rotation": page.rotation, "left": round(page.left, 2), "bottom": round(page.bottom, 2)}
    said: dict[str, float | str] = {**turned, "label": page.label}
    return values | {name: value for name, value in said.items() if value}
