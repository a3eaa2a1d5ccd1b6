"""What is drawn over a document: passages with their grounds, and stripes in lanes beside the page."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence_app.domain.coding import AnchorState, Document, Quotation
from evidence_app.storage.connections import Reader
from evidence_app.ui.coding.shown import CodeBook, Marked, marked

LANES = 8
"""Lanes beside the page; further stripes share the last one."""


@dataclass(frozen=True, slots=True)
class Stripe:
    """One use of a code on a passage."""

    coding: int
    code: int
    name: str
    hue: int | str | None
    lane: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that is quoted, with its stripes. Positions of an area are those of its page's text."""

    quotation: Quotation
    start: int
    end: int
    stripes: tuple[Stripe, ...] = ()

    @property
    def row(self) -> int:
        """The quotation's id."""
        return self.quotation.id

    @property
    def is_area(self) -> bool:
        """Whether it is a part of the page without text."""
        return self.quotation.anchor.is_area


class Marks:
    """The marks of a document in order, found fast by position."""

    def __init__(self, marks: Sequence[Mark] = ()) -> None:
        self.all = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.row))
        self._index()

    def _index(self) -> None:
        self._starts = [mark.start for mark in self.all]
        self._reach: list[int] = []
        furthest = -1
        for mark in self.all:
            furthest = max(furthest, mark.end)
            self._reach.append(furthest)
        self._by_row: Mapping[int, Mark] = {mark.row: mark for mark in self.all}

    def with_one(self, mark: Mark) -> "Marks":
        """Return the marks with one more, or with another one of the same quotation."""
        found = Marks()
        found.all = [each for each in self.all if each.row != mark.row]
        found.all.insert(bisect_left([each.start for each in found.all], mark.start), mark)
        found._index()
        return found

    def of(self, quotation: int) -> Mark | None:
        """Return the mark of a quotation."""
        return self._by_row.get(quotation)

    def between(self, start: int, end: int) -> Iterator[Mark]:
        """Yield the marks that have a part in a stretch of the text."""
        last = bisect_left(self._starts, end) if end > start else bisect_left(self._starts, start + 1)
        first = bisect_left(self._reach, start)
        for at in range(first, last):
            mark = self.all[at]
            if mark.end > start or mark.start == mark.end:
                yield mark

    def at(self, position: int) -> list[Mark]:
        """Return the passages around a position, the shortest first."""
        found = [mark for mark in self.between(position, position + 1) if not mark.is_area]
        return sorted(found, key=lambda mark: mark.end - mark.start)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is marked in a document, ready to be drawn."""

    marked: Marked
    marks: Marks


def drawn(reader: Reader, document: Document, guid: str, known: Marked | None, book: CodeBook) -> Drawn:
    """Read what is marked in a document and lay its stripes, in a reading lane."""
    found = marked(reader, document.id, guid, known)
    pages = {number: document.span_of(number) for number in range(1, len(document.pages) + 1)}
    return Drawn(found, marks_of(found, book, pages))


def marks_of(marked: Marked, book: CodeBook, pages: Mapping[int, tuple[int, int]]) -> Marks:
    """Return the marks of a document; `pages` are where the text of each page starts and ends."""
    names = {each.code.id: each.code.name for each in book.tree}
    ends = [-1] * LANES
    marks: list[Mark] = []
    for quotation in sorted(marked.quotations, key=lambda each: _span(each, pages)):
        if quotation.state is AnchorState.LOST:
            continue
        start, end = _span(quotation, pages)
        stripes = []
        given = Counter(coding.code for coding in marked.codings.get(quotation.id, ()))
        rows = {coding.code: coding.id for coding in marked.codings.get(quotation.id, ())}
        for code, times in given.items():
            if code in names:
                lane = next((at for at, until in enumerate(ends) if until <= start), LANES - 1)
                ends[lane] = max(ends[lane], end)
                name = names[code] if times == 1 else f"{names[code]} · {times} coders"
                stripes.append(Stripe(rows[code], code, name, book.hues.get(code), lane))
        marks.append(Mark(quotation, start, end, tuple(stripes)))
    return Marks(marks)


def _span(quotation: Quotation, pages: Mapping[int, tuple[int, int]]) -> tuple[int, int]:
    anchor = quotation.anchor
    if anchor.start is not None and anchor.end is not None:
        return anchor.start, anchor.end
    return pages.get(anchor.page or 0, (0, 0))
