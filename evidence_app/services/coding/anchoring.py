"""Anchors: where a passage stands, and where it stands again when the text of its document changed.

Same text: by position. Another text: by the exact words with what is around them, else by the same letters
where only lines were broken anew. What cannot be placed for sure is lost, never guessed."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from evidence_app.domain.coding import CONTEXT, Anchor, Document, Rectangle
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.letters import letters_of

_LEAST_CONTEXT: Final = 8
"""Letters of context that must agree before one of several places is taken."""
_SURE_ALONE: Final = 12
"""Letters a passage must have to be known by its words alone, wherever they stand."""


def normalised(text: str) -> str:
    """Return a text as it is frozen: LF, NFC, no byte order mark, no NUL."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return unicodedata.normalize("NFC", text)


def text_sha256(text: str) -> str:
    """Return the hash by which a frozen text is known: of its UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range without the blanks at its ends; it may be empty."""
    start, end = max(0, start), min(len(text), end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def anchor_of(
    document: Document, text: str, start: int, end: int, rectangles: Sequence[Rectangle] = ()
) -> Anchor:
    """Return the anchor of a range of a document's text. Raises `EvidenceError` where it holds no words."""
    start, end = trimmed(text, start, end)
    if start >= end:
        raise EvidenceError("Nothing is selected, so there is nothing to quote. Select some words first.")
    return Anchor(
        document_sha256=document.text_sha256, page=document.page_at(start), start=start, end=end,
        exact=text[start:end], prefix=text[max(0, start - CONTEXT) : start], suffix=text[end : end + CONTEXT],
        rectangles=tuple(rectangles),
    )  # fmt: skip


def area_of(document: Document, rectangle: Rectangle) -> Anchor:
    """Return the anchor of a part of a page without text: a figure, a table, a scan."""
    page = document.pages[rectangle.page - 1]
    width, height = page.own_size
    x0, x1 = sorted((rectangle.x0, rectangle.x1))
    y0, y1 = sorted((rectangle.y0, rectangle.y1))
    x0, x1 = max(x0, page.left), min(x1, page.left + width)
    y0, y1 = max(y0, page.bottom), min(y1, page.bottom + height)
    if x1 - x0 < 1 or y1 - y0 < 1:
        raise EvidenceError("The area is empty, so there is nothing to quote. Draw it on the page.")
    box = Rectangle(rectangle.page, *(round(side, 2) for side in (x0, y0, x1, y1)))
    return Anchor(document_sha256=document.text_sha256, page=rectangle.page, rectangles=(box,))


def anchored_again(anchor: Anchor, document: Document, text: str) -> Anchor | None:
    """Return where a passage stands in another text, or None where it is lost.

    Rectangles are dropped where the text is another: they are of the page as it was."""
    same = anchor.document_sha256 == document.text_sha256
    if anchor.is_area:
        return anchor if same and 0 < (anchor.page or 0) <= len(document.pages) else None
    if same and anchor.start is not None and text[anchor.start : anchor.end] == anchor.exact:
        return anchor
    span = _place(anchor, text)
    return replace(anchor_of(document, text, *span), rectangles=()) if span is not None else None


def _place(anchor: Anchor, text: str) -> tuple[int, int] | None:
    """Return where the words stand, known by what is around them."""
    if not anchor.exact.strip():
        return None
    found = _all_places(text, anchor.exact)
    if found:
        start = _surest(found, anchor.exact, (anchor.prefix, anchor.suffix), text)
        return (start, start + len(anchor.exact)) if start is not None else None
    words, whole = letters_of(anchor.exact).text, letters_of(text)
    around = letters_of(anchor.prefix).text, letters_of(anchor.suffix).text
    start = _surest(_all_places(whole.text, words), words, around, whole.text) if words else None
    return whole.span(start, len(words)) if start is not None else None


def _surest(found: Sequence[int], exact: str, around: tuple[str, str], text: str) -> int | None:
    """Return the one place of several that is meant for sure."""
    if not found:
        return None
    agreed = [_agreement(around, text, start, start + len(exact)) for start in found]
    best = max(agreed)
    if agreed.count(best) > 1:
        return None
    wanted = min(_LEAST_CONTEXT, len(around[0].strip()) + len(around[1].strip()))
    sure_alone = len(found) == 1 and len(exact) >= _SURE_ALONE
    return found[agreed.index(best)] if best >= wanted or sure_alone else None


def _all_places(text: str, exact: str) -> list[int]:
    found: list[int] = []
    at = text.find(exact)
    while at >= 0:
        found.append(at)
        at = text.find(exact, at + 1)
    return found


def _agreement(around: tuple[str, str], text: str, start: int, end: int) -> int:
    """Return how many letters of the context stand round a place, counted from it outwards."""
    before = _shared(around[0][::-1], text[max(0, start - CONTEXT) : start][::-1])
    return before + _shared(around[1], text[end : end + CONTEXT])


def _shared(one: str, other: str) -> int:
    length = 0
    for ours, theirs in zip(one, other, strict=False):
        if ours != theirs:
            break
        length += 1
    return length
