"""The lines that passages of a PDF cover on its pages, for passages that were found by their words alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from evidence_app.domain.coding import Anchor, Document, Rectangle

Span = tuple[int, int]
NONE: Final[Mapping[Span, tuple[Rectangle, ...]]] = MappingProxyType({})


def boxes_of(
    path: Path | None, document: Document, text: str, spans: Iterable[Span]
) -> Mapping[Span, tuple[Rectangle, ...]]:
    """Return the lines each stretch of the frozen text covers; nothing where the PDF cannot be read."""
    from evidence_app.services.coding.pdf import Box, PdfFile, UnreadablePdf, lines_of

    wanted = sorted(set(spans))
    if path is None or not document.pages or not wanted or not path.is_file():
        return NONE
    found: dict[Span, tuple[Rectangle, ...]] = {}
    known: dict[int, Sequence[Box | None]] = {}
    try:
        with PdfFile(path) as file:
            for start, end in wanted:
                lines: list[Rectangle] = []
                first_page = document.page_at(start) or 1
                for page in range(first_page, (document.page_at(max(start, end - 1)) or 1) + 1):
                    first, last = document.span_of(page)
                    if page not in known:
                        known = {at: held for at, held in known.items() if at >= first_page}
                        known[page] = file.layer(page, text[first:last]).boxes
                    lines += lines_of(page, known[page][max(start - first, 0) : max(end - first, 0)])
                found[start, end] = tuple(lines)
    except UnreadablePdf:
        return NONE
    return found


def with_boxes(
    path: Path | None, document: Document, text: str, anchors: Sequence[Anchor | None]
) -> list[Anchor | None]:
    """Return the anchors with the lines they cover, as far as they have none yet."""
    wanted = [span for each in anchors if (span := _wanting(each)) is not None]
    found = boxes_of(path, document, text, wanted)
    made: list[Anchor | None] = []
    for each in anchors:
        span = _wanting(each)
        known = each is not None and span is not None and span in found
        made.append(replace(each, rectangles=found[span]) if known and each and span else each)
    return made


def _wanting(anchor: Anchor | None) -> Span | None:
    if anchor is None or anchor.rectangles or anchor.start is None or anchor.end is None:
        return None
    return anchor.start, anchor.end
