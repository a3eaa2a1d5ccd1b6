"""What is drawn over a document: passages with their grounds, and stripes in lanes beside the page."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence_app.domain.coding import Quotation

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
