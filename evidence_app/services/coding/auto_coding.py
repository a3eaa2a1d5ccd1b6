"""Coding by a phrase: every place that says it, looked at before anything is written."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.coding import Code, Coding, Document, Quotation, Rectangle
from evidence_app.domain.edit import Change, Edit, RowOf, counted
from evidence_app.domain.wrapped import is_east_asian
from evidence_app.services.coding.anchoring import anchor_of, trimmed
from evidence_app.services.coding.coding import Coder, coding_row, is_by, passage_at
from evidence_app.services.coding.quoting import Said, quotation_row
from evidence_app.services.coding.sentences import sentence_at

MOST: Final = 2000
"""Places shown and coded at once; a phrase that stands more often is too common to be coded."""
_ALIKE: Final = {"'": "['’‘]", "’": "['’‘]", '"': '["“”]', "-": "[-‐‑–\u00ad]"}
Boxes = Callable[[Document, int, int], Sequence[Rectangle]]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document that says the phrase, with the stretch that would be coded."""

    document: Document
    start: int
    end: int
    phrase: tuple[int, int]
    words: str
    said: tuple[int, int]
    """Where the phrase stands in the words."""


def pattern(phrase: str) -> "re.Pattern[str] | None":
    """Return what finds a phrase: any blanks between its words, whole words, any case and any quotes.

    A star ends a word that may go on: `commission*` finds commissioners too."""
    words = [word for word in phrase.split() if word.strip("*")]
    if not words:
        return None
    spelt = r"\s+".join(map(_spelt, words))
    before = r"(?<!\w)" if words[0][0].isascii() and words[0][0].isalnum() else ""
    after = (
        r"(?!\w)"
        if not words[-1].endswith("*") and words[-1][-1].isascii() and words[-1][-1].isalnum()
        else ""
    )
    return re.compile(f"{before}{spelt}{after}", re.IGNORECASE)


def _spelt(word: str) -> str:
    """Return what finds a word; Chinese and Japanese may be broken into lines anywhere."""
    made, before = "", ""
    for letter in word.rstrip("*"):
        broken = r"\s*" if before and is_east_asian(letter) and is_east_asian(before) else ""
        made += broken + _ALIKE.get(letter, re.escape(letter))
        before = letter
    return made + r"\w*" * word.endswith("*")


def places(texts: Iterable[tuple[Document, str]], phrase: str, *, sentences: bool = True) -> list[Place]:
    """Return the places that say a phrase, each with its sentence or the phrase alone."""
    wanted = pattern(phrase)
    found: list[Place] = []
    if wanted is None:
        return found
    for document, text in texts:
        last = -1
        for hit in wanted.finditer(text):
            start, end = sentence_at(text, hit.start()) if sentences else hit.span()
            end = max(end, hit.end())
            if start < last:
                continue  # two hits in one sentence are one place
            last = end
            found.append(_place(document, text, (start, end), hit.span()))
            if len(found) >= MOST:
                return found
    return found


def _place(document: Document, text: str, span: tuple[int, int], phrase: tuple[int, int]) -> Place:
    before = " ".join(text[span[0] : phrase[0]].split())
    first = len(before) + bool(before and text[phrase[0] - 1].isspace())
    said = first, first + len(" ".join(text[slice(*phrase)].split()))
    return Place(document, *span, phrase, " ".join(text[slice(*span)].split()), said)


def coded_already(
    found: Sequence[Place],
    code: int,
    texts: Mapping[int, str],
    quotations: Iterable[Quotation],
    codings: Iterable[Coding],
    coder: Coder,
) -> list[bool]:
    """Return for each place whether this coder gave it the code before."""
    have = {each.quotation for each in codings if each.code == code and is_by(each, coder)}
    spans = {(each.document, each.anchor.start, each.anchor.end) for each in quotations if each.id in have}
    return [
        (each.document.id, *trimmed(texts[each.document.id], each.start, each.end)) in spans for each in found
    ]


def auto_code(
    chosen: Sequence[Place],
    code: Code,
    texts: Mapping[int, str],
    quotations: Sequence[Quotation],
    codings: Sequence[Coding],
    coder: Coder,
    boxes: Boxes | None = None,
) -> Edit:
    """Return the edit that codes these places in one undo; what has the code there already is left."""
    by_document: dict[int, list[Quotation]] = {}
    for each in quotations:
        by_document.setdefault(each.document, []).append(each)
    have = {coding.quotation for coding in codings if coding.code == code.id and is_by(coding, coder)}
    changes: list[Change] = []
    coded = 0
    for place in chosen:
        text = texts[place.document.id]
        rectangles = boxes(place.document, place.start, place.end) if boxes else ()
        anchor = anchor_of(place.document, text, place.start, place.end, rectangles)
        passage = passage_at(place.document, anchor, by_document.get(place.document.id, ()))
        quotation: int | RowOf
        if passage.quotation is not None:
            if passage.quotation.id in have:
                continue
            quotation = passage.quotation.id
        else:
            row = quotation_row(place.document, anchor, Said(origin="phrase"), coder.person)
            changes.append(row)
            quotation = RowOf("quotation", row.guid)
        changes.append(coding_row(quotation, code.id, coder))
        coded += 1
    return Edit(f"Code {counted(coded, 'place')} as “{code.name}” by phrase", tuple(changes))
