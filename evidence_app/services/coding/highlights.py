"""Highlights of other readers become quotations by colour; our quotations become highlights on a copy."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from evidence_app.domain.coding import (
    Anchor,
    AnchorState,
    Code,
    Coding,
    Document,
    PlacedCode,
    Quotation,
    Rectangle,
)
from evidence_app.domain.edit import Change, Edit, RowOf, counted
from evidence_app.services.coding.anchoring import anchor_of, area_of
from evidence_app.services.coding.annotations import Annotation, read_annotations, write_annotations
from evidence_app.services.coding.codebook import code_row
from evidence_app.services.coding.coding import Coder, coding_row
from evidence_app.services.coding.pdf import Box, PdfFile, lines_of
from evidence_app.services.coding.quoting import Said, quotation_row
from evidence_app.services.progress import Report

ORIGIN = "highlight"
OURS = "evidence-desk:"
"""How the highlights that we wrote are called in a PDF."""
_NAMES = {
    "yellow": (255, 230, 70), "green": (120, 220, 110), "blue": (110, 170, 250), "red": (240, 100, 100),
    "pink": (250, 150, 200), "purple": (170, 120, 220), "orange": (250, 170, 80), "grey": (150, 150, 150),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Highlight:
    """A highlight found in the PDF, with its anchor in the frozen text."""

    anchor: Anchor
    colour: str
    note: str
    author: str

    @property
    def colour_name(self) -> str:
        """The colour in a word, as a person would call it."""
        return colour_name(self.colour)


def colour_name(colour: str) -> str:
    """Return the word nearest to a colour; yellow where there is none."""
    if len(colour) != 7:
        return "yellow"
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return min(_NAMES, key=lambda name: sum((a - b) ** 2 for a, b in zip(parts, _NAMES[name], strict=True)))


def is_of_others(annotation: Annotation) -> bool:
    """Whether a highlight was made in another reader, not written by us."""
    return not annotation.name.startswith(OURS)


def find_highlights(path: Path, document: Document, text: str, report: Report) -> list[Highlight]:
    """Return the highlights of a PDF as anchors in its frozen text; those on figures become areas.

    Those that we wrote ourselves are left out: their quotations are in the project."""
    annotations = [each for each in read_annotations(path) if is_of_others(each)]
    found = []
    with PdfFile(path) as file:
        for done, each in enumerate(annotations):
            report(done, len(annotations))
            if each.page > len(document.pages):
                continue
            start, end = document.span_of(each.page)
            boxes = file.layer(each.page, text[start:end]).boxes if end > start else ()
            anchor = _anchor(document, text, start, boxes, each)
            found.append(Highlight(anchor, each.colour, each.note, each.author))
    return found


def _anchor(
    document: Document, text: str, begin: int, boxes: Sequence[Box | None], each: Annotation
) -> Anchor:
    inside = [at for at, box in enumerate(boxes) if box is not None and _lies_in(box, each.rectangles)]
    if inside and not each.is_area and text[begin + inside[0] : begin + inside[-1] + 1].strip():
        first, last = inside[0], inside[-1] + 1
        lines = lines_of(each.page, boxes[first:last])
        return anchor_of(document, text, begin + first, begin + last, lines)
    whole = each.rectangles
    around = Rectangle(
        each.page, min(box.x0 for box in whole), min(box.y0 for box in whole),
        max(box.x1 for box in whole), max(box.y1 for box in whole),
    )  # fmt: skip
    return area_of(document, around)


def _lies_in(box: Box, rectangles: Sequence[Rectangle]) -> bool:
    """Whether the middle of a character lies in one of the boxes."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(each.x0 <= x <= each.x1 and each.y0 <= y <= each.y1 for each in rectangles)


class Found(NamedTuple):
    """The highlights of one document, and the quotations it has already."""

    document: Document
    highlights: Sequence[Highlight]
    held: Sequence[Quotation]


def bring_in(
    document: Document,
    highlights: Sequence[Highlight],
    held: Sequence[Quotation],
    codes: Sequence[Code],
    coder: Coder,
) -> Edit:
    """Return the edit that makes quotations of highlights, coded by colour; a second time adds nothing.

    The code of a colour is called “Yellow highlights”; a note becomes the reviewer's own words."""
    return bring_in_all([Found(document, highlights, held)], codes, coder)


def bring_in_all(several: Sequence[Found], codes: Sequence[Code], coder: Coder) -> Edit:
    """Return the one edit that does for several documents what `bring_in` does."""
    rows: dict[str, int | RowOf] = {code.name: code.id for code in codes if code.merged_into is None}
    changes: list[Change] = []
    number = 0
    for document, highlights, held in several:
        known = {_place(each.anchor) for each in held}
        for each in highlights:
            place = _place(each.anchor)
            if place in known:
                continue
            known.add(place)
            changes += _quoted(document, each, rows, len(codes), coder)
            number += 1
    of = several[0].document.name if len(several) == 1 else counted(len(several), "document")
    return Edit(f"Bring in {counted(number, 'highlight')} of {of}", tuple(changes))


def _quoted(
    document: Document, highlight: Highlight, rows: dict[str, int | RowOf], codes: int, coder: Coder
) -> list[Change]:
    """Return the rows of a quotation, its coding, and the code of its colour where it is new."""
    changes: list[Change] = []
    name = f"{highlight.colour_name.capitalize()} highlights"
    if name not in rows:
        made = code_row(name, None, float(codes + len(rows)), highlight.colour, coder.person)
        changes.append(made)
        rows[name] = RowOf("code", made.guid)
    said = Said(origin=ORIGIN, colour=highlight.colour, text=highlight.note)
    quotation = quotation_row(document, highlight.anchor, said, coder.person)
    return [*changes, quotation, coding_row(RowOf("quotation", quotation.guid), rows[name], coder)]


def _place(anchor: Anchor) -> tuple[object, ...]:
    return (anchor.start, anchor.end) if anchor.start is not None else tuple(anchor.rectangles)


def plain_colours(codes: Sequence[Code]) -> Callable[[int], str]:
    """Return what tells the colour of a code where no window does: its own, or that of what it is under."""
    known = {code.id: code for code in codes}

    def colour(row: int) -> str:
        seen: set[int] = set()
        at: int | None = row
        while at is not None and at in known and at not in seen:
            if known[at].colour:
                return known[at].colour
            seen.add(at)
            at = known[at].parent
        return ""

    return colour


def write_copy(
    path: Path,
    out: Path,
    document: Document,
    text: str,
    quotations: Sequence[Quotation],
    codings: Mapping[int, Sequence[Coding]],
    codes: Mapping[int, PlacedCode],
    colours: Callable[[int], str],
    report: Report,
) -> int:
    """Write a copy of a PDF with a highlight for each quotation, in the colour of its first code.

    `colours` tells the colour of a code by its row. Returns how many were written."""
    made: list[Annotation] = []
    with PdfFile(path) as file:
        for done, quotation in enumerate(quotations):
            report(done, len(quotations))
            if quotation.state is AnchorState.LOST:
                continue
            given = [coding.code for coding in codings.get(quotation.id, ()) if coding.code in codes]
            names = ", ".join(codes[row].full_name for row in dict.fromkeys(given))
            colour = colours(given[0]) if given else quotation.colour
            for page, lines in _by_page(file, document, text, quotation):
                name = f"{OURS}{quotation.guid}:{page}"
                note = names or quotation.core or quotation.text
                made.append(Annotation(page, lines, colour, note, "", names, quotation.area, name))
    return write_annotations(path, out, made)


def _by_page(
    file: PdfFile, document: Document, text: str, quotation: Quotation
) -> list[tuple[int, tuple[Rectangle, ...]]]:
    anchor = quotation.anchor
    boxes: Sequence[Rectangle] = anchor.rectangles
    if not boxes and anchor.start is not None and anchor.end is not None:
        boxes = rectangles_of(file, document, text, anchor.start, anchor.end)
    pages = dict.fromkeys(box.page for box in boxes)
    return [(page, tuple(box for box in boxes if box.page == page)) for page in pages]


def rectangles_of(
    file: PdfFile, document: Document, text: str, start: int, end: int
) -> tuple[Rectangle, ...]:
    """Return the boxes of a stretch of the frozen text, line by line, over all pages it lies on."""
    found: list[Rectangle] = []
    for page in range(document.page_at(start) or 1, (document.page_at(max(start, end - 1)) or 1) + 1):
        first, last = document.span_of(page)
        boxes = file.layer(page, text[first:last]).boxes
        found += lines_of(page, boxes[max(start - first, 0) : max(end - first, 0)])
    return tuple(found)
