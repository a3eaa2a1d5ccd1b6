"""Where the values of a cell stand in their reports: the place of a value leads to its page and its line.

A value is extracted with its place, as `p. 14`. Where its words stand on that page, they are what the cell
rests on: the quotation that holds them, or the sentence they stand in. Where they do not, the page itself is
shown; nothing is guessed. A value without a place is found in the quotations of its report by its words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.coding import Document, Quotation
from evidence_app.domain.matrix import CellQuotation
from evidence_app.domain.studies import Value, ValueState
from evidence_app.domain.wrapped import one_line
from evidence_app.services.coding.sentences import sentence_at
from evidence_app.storage import coding, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.matrix import cell_quotations, quotations_saying

_PAGE: Final = r"\w+(?:\s*[–-]\s*\w+)?"
_PAGES: Final = re.compile(rf"\bpp?\.\s*({_PAGE}(?:\s*,\s*{_PAGE})*)", re.IGNORECASE)
_RANGE: Final = re.compile(r"\s*[–-]\s*")
MOST_PAGES: Final = 20
"""The longest range of pages that is taken at its word."""
LEAST_WORDS: Final = 3
"""Letters a value needs to be looked for on its page, unless it was taken from there word for word."""
MOST_LETTERS: Final = 400


def pages_named(place: str, document: Document) -> list[int]:
    """Return the pages (from 1) that a place names as they are printed: `p. 14`, `pp. 3–5, ix`."""
    printed = {document.printed_page(page).casefold(): page for page in range(1, len(document.pages) + 1)}
    found: dict[int, None] = {}
    for named in _PAGES.findall(place):
        for part in named.split(","):
            ends = [printed.get(end.strip().casefold()) for end in _RANGE.split(part.strip())]
            first, last = ends[0], ends[-1]
            if first is not None and last is not None and 0 <= last - first < MOST_PAGES:
                found |= dict.fromkeys(range(first, last + 1))
    return list(found)


@dataclass(frozen=True, slots=True)
class ValuePlace:
    """Where a value stands in a document: a page, and the place of its words there, if they are there."""

    page: int
    start: int
    end: int

    @property
    def has_words(self) -> bool:
        """Whether the words of the value stand there."""
        return self.end > self.start


def places_in(value: Value, document: Document, text: str) -> list[ValuePlace]:
    """Return where a value stands on the pages its place names; the first page alone if its words do not."""
    pages = pages_named(value.place, document)
    words = value.value.split()
    looked = value.is_reported and (value.state is ValueState.QUOTED or len("".join(words)) >= LEAST_WORDS)
    found = []
    if looked:
        whole = _whole(words)
        for page in pages:
            start, end = document.span_of(page)
            match = whole.search(text, start, end)
            if match is not None:
                found.append(ValuePlace(page, *match.span()))
    if found or not pages:
        return found
    start = document.span_of(pages[0])[0]
    return [ValuePlace(pages[0], start, start)]


def _whole(words: Sequence[str]) -> re.Pattern[str]:
    """Return what finds words with any blanks between them; Latin ones not inside longer words."""
    found = r"\s+".join(map(re.escape, words))
    before = r"(?<!\w)" if words[0][0].isascii() else ""
    after = r"(?!\w)" if words[-1][-1].isascii() else ""
    return re.compile(f"{before}{found}{after}", re.IGNORECASE)


def said_by(reader: Reader, values: Iterable[Value], viewer: int | None = None) -> list[CellQuotation]:
    """Return what values rest on in their reports: quotations, sentences, or the page alone.

    A sentence or a page is no quotation yet: its id is 0."""
    found: list[CellQuotation] = []
    for value in values:
        placed = list(_placed(reader, value, viewer))
        if not placed and value.is_reported:
            rows = quotations_saying(reader, (value.reference,), value.value, viewer)
            known = cell_quotations(reader, rows, viewer)
            placed = [known[row] for row in rows if row in known]
        found += [each for each in placed if each not in found]
    return found


def _placed(reader: Reader, value: Value, viewer: int | None) -> Iterator[CellQuotation]:
    if not value.place:
        return
    for document in coding.documents(reader, value.reference):
        if not pages_named(value.place, document):
            continue
        text = coding.text_of(reader, document.id)
        quotations = coding.quotations(reader, document.id, viewer)
        for place in places_in(value, document, text):
            held = _holding(quotations, place)
            if held:
                known = cell_quotations(reader, [each.id for each in held], viewer)
                yield from (known[each.id] for each in held if each.id in known)
            else:
                yield _unquoted(reader, document, text, place)


def _holding(quotations: Sequence[Quotation], place: ValuePlace) -> list[Quotation]:
    """Return the quotations that hold the words."""
    return [
        each for each in quotations
        if place.has_words and each.anchor.start is not None and each.anchor.end is not None
        and each.anchor.start <= place.start and place.end <= each.anchor.end
    ]  # fmt: skip


def _unquoted(reader: Reader, document: Document, text: str, place: ValuePlace) -> CellQuotation:
    (work,) = references.references(reader, [document.reference]) or (None,)
    label = work.short_label if work is not None else document.name
    start, end = sentence_at(text, place.start) if place.has_words else (place.start, place.end)
    if end - start > MOST_LETTERS:
        start, end = place.start, place.end
    return CellQuotation(
        0, one_line(text[start:end]), f"{label}, p. {document.printed_page(place.page)}",
        document=document.id, span=(start, end),
    )  # fmt: skip
