"""The quotations of a document with their codes, as marks to be drawn over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence_app.domain.coding import AnchorState, Coding, Document, Quotation
from evidence_app.storage.connections import Reader
from evidence_app.ui.coding.shown import CodeBook, Marked, marked
from evidence_app.ui.pages.marks import LANES, Mark, Marks, Stripe


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
    several = len({each.person for codings in marked.codings.values() for each in codings}) > 1
    for quotation in sorted(marked.quotations, key=lambda each: _span(each, pages)):
        if quotation.state is AnchorState.LOST:
            continue
        start, end = _span(quotation, pages)
        stripes = []
        given: dict[int, list[Coding]] = {}
        for coding in marked.codings.get(quotation.id, ()):
            given.setdefault(coding.code, []).append(coding)
        for code, codings in given.items():
            if code in names:
                lane = next((at for at, until in enumerate(ends) if until <= start), LANES - 1)
                ends[lane] = max(ends[lane], end)
                name = f"{_owners(codings, book) if several else ''}{names[code]}"
                stripes.append(Stripe(codings[-1].id, code, name, book.hues.get(code), lane))
        marks.append(Mark(quotation, start, end, tuple(stripes)))
    return Marks(marks)


def _owners(codings: Sequence[Coding], book: CodeBook) -> str:
    """Return who gave a code, before its name: "AW, agreed · "."""
    told = (
        "agreed" if each.layer in book.agreed else book.coders.get(each.person or 0, "") for each in codings
    )
    owners = ", ".join(dict.fromkeys(name for name in told if name))
    return f"{owners} · " if owners else ""


def _span(quotation: Quotation, pages: Mapping[int, tuple[int, int]]) -> tuple[int, int]:
    anchor = quotation.anchor
    if anchor.start is not None and anchor.end is not None:
        return anchor.start, anchor.end
    return pages.get(anchor.page or 0, (0, 0))
