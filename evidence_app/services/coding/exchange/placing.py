"""Where the selections of a source stand in the document it becomes."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from evidence_app.domain.coding import CONTEXT, Anchor, Page, Rectangle
from evidence_app.services.coding.anchoring import anchor_of, anchored_again, text_sha256
from evidence_app.services.coding.boxes import with_boxes
from evidence_app.services.coding.documents import as_document
from evidence_app.services.coding.exchange.model import QdaSelection, QdaSource
from evidence_app.services.coding.exchange.offsets import OffsetModel, Ruler, span
from evidence_app.services.coding.full_texts import FullText

TOP_LEFT: Final = "qualcoder"
"""QualCoder counts areas of a page from the top; the standard (10.3) from the bottom."""


@dataclass(frozen=True, slots=True)
class PlacedSelection:
    """A selection with its anchor in the document, or why it has none."""

    selection: QdaSelection
    anchor: Anchor | None
    why: str = ""


def placed(
    source: QdaSource, read: FullText, model: OffsetModel, origin: str, file: Path | None
) -> list[PlacedSelection]:
    """Return each selection with its anchor. Words are found by themselves and what is around them where the
    document's own text is not the one the offsets count; what cannot be placed for sure is lost."""
    ruler = Ruler(source.text, model) if source.text is not None else None
    found = [_placed(selection, read, ruler, origin) for selection in source.selections]
    anchors = with_boxes(file, as_document(read), read.text, [each.anchor for each in found])
    return [replace(each, anchor=anchor) for each, anchor in zip(found, anchors, strict=True)]


def _placed(selection: QdaSelection, read: FullText, ruler: Ruler | None, origin: str) -> PlacedSelection:
    if selection.start is None:
        return _area(selection, read, origin)
    if ruler is None:
        return PlacedSelection(selection, None, "its text is not in the package")
    start, end = span(ruler, selection)
    if start is None or end is None:
        return PlacedSelection(selection, None, "it lies outside its text")
    if not ruler.text[start:end].strip():
        return PlacedSelection(selection, None, "it holds no words")
    document = as_document(read)
    if ruler.text == read.text:
        return PlacedSelection(selection, anchor_of(document, read.text, start, end))
    anchor = Anchor(
        document_sha256=text_sha256(ruler.text), start=start, end=end, exact=ruler.text[start:end],
        prefix=ruler.text[max(0, start - CONTEXT) : start], suffix=ruler.text[end : end + CONTEXT],
    )  # fmt: skip
    again = anchored_again(anchor, document, read.text)
    return PlacedSelection(
        selection, again, "" if again else "its words stand otherwise in the PDF, or twice"
    )


def _area(selection: QdaSelection, read: FullText, origin: str) -> PlacedSelection:
    page, box = selection.page or 0, selection.box
    if box is None or not 0 <= page < len(read.pages):
        again = anchored_again(Anchor(exact=selection.words), as_document(read), read.text)
        if again is not None:  # the package has no PDF, but says the words of the area
            return PlacedSelection(selection, again)
        return PlacedSelection(selection, None, "its page is not in the document")
    sheet = read.pages[page]
    x0, y0, x1, y1 = box
    if TOP_LEFT in origin.lower():
        height = sheet.own_size[1]
        y0, y1 = round(height - y0), round(height - y1)
    found = Rectangle(page + 1, *_inside(sheet, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    if found.x1 - found.x0 < 1 or found.y1 - found.y0 < 1:
        return PlacedSelection(selection, None, "its area lies outside the page")
    return PlacedSelection(
        selection, Anchor(document_sha256=read.text_sha256, page=page + 1, rectangles=(found,))
    )


def _inside(page: Page, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    width, height = page.own_size
    return (
        max(x0, page.left), max(y0, page.bottom), min(x1, page.left + width), min(y1, page.bottom + height),
    )  # fmt: skip
