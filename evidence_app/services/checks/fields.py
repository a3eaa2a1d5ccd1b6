"""Checks of the fields a type of work needs, of pages, and of blanks."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.csl import TEXT_VARIABLES
from evidence_app.domain.reference import Reference
from evidence_app.domain.wording import in_words
from evidence_app.services.checks.results import Fix, Found, Level, about, rule
from evidence_app.services.checks.scope import called, in_question, listed, text_of
from evidence_app.services.checks.titles import title_words

_SAMPLES = "https://www.nlm.nih.gov/bsd/uniform_requirements.html"

ANYBODY: Final = ("author", "editor", "collection-editor", "compiler", "director", "composer", "translator")
_TITLE = ("title",)
_PEOPLE = ANYBODY
_WHERE = ("publisher", "URL", "DOI", "archive", "container-title")
NEEDED: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "article-journal": (
        _TITLE,
        _PEOPLE,
        ("container-title",),
        ("volume", "issue", "page", "article-number", "DOI"),
    ),
    "article-magazine": (_TITLE, ("container-title",)),
    "article-newspaper": (_TITLE, ("container-title",)),
    "book": (_TITLE, _PEOPLE, ("publisher",)),
    "chapter": (_TITLE, _PEOPLE, ("container-title",), ("publisher",)),
    "paper-conference": (_TITLE, _PEOPLE, ("container-title", "event-title")),
    "report": (_TITLE, (*_PEOPLE, "publisher"), _WHERE),
    "thesis": (_TITLE, _PEOPLE, ("publisher",)),
    "webpage": (_TITLE, ("URL",)),
    "post-weblog": (_TITLE, ("URL",)),
    "dataset": (_TITLE, _WHERE),
    "software": (_TITLE, _WHERE),
    "legislation": (_TITLE,),
}
"""What a reference of a type cannot do without: of each group at least one. After the sample references of
the ICMJE (NLM, Citing Medicine); the year has a rule of its own."""

_CALLED: Final = {
    "title": "the title", "author": "the authors", "container-title": "the journal or book",
    "publisher": "the publisher", "volume": "volume, pages or article number", "URL": "the address",
}  # fmt: skip


@rule(
    "missing-fields", Level.DOUBT, "Fields missing",
    "A work of this type is not found without these fields, and most styles leave a gap where they "
    "would stand.",
    ("Fill the fields in the inspector", "Or update the reference from Crossref"),
    link=_SAMPLES,
)  # fmt: skip
def missing_fields(contents: ReviewContents) -> Iterator[Found]:
    """Find references that lack what their type needs."""
    for reference in in_question(contents):
        item = reference.item
        if not item.get("type"):
            yield about(reference, f"{called(reference)} has no type.")
            continue
        groups = NEEDED.get(str(item["type"]), (_TITLE,))
        missing = [group for group in groups if not any(item.get(name) for name in group)]
        if missing:
            named = in_words(_CALLED.get(group[0], group[0]) for group in missing)
            kind = str(item["type"]).replace("-", " ")
            yield about(reference, f"{called(reference)} ({kind}) lacks {named}.")


@rule(
    "pages-reversed", Level.ERROR, "Last page before the first",
    "The page range ends before it begins.",
    "Correct the pages",
    link=_SAMPLES,
)  # fmt: skip
def pages_reversed(contents: ReviewContents) -> Iterator[Found]:
    """Find page ranges that run backwards; `1064-5` stands for 1064-1065."""
    for reference in in_question(contents):
        pages = text_of(reference, "page")
        if any(_runs_backwards(part.strip()) for part in re.split(r"[,;]", pages)):
            yield about(reference, f"{called(reference)}: the pages {pages} run backwards.")


_PAGES = re.compile(r"([A-Za-z]*)(\d+)\s*[-–—‐]+\s*([A-Za-z]*)(\d+)", re.ASCII)


def _runs_backwards(pages: str) -> bool:
    found = _PAGES.fullmatch(pages)
    if not found or (found[3] and found[3].lower() != found[1].lower()):
        return False
    first, last = found[2], found[4]
    if first.startswith("0") or len(last) < len(first) - 3:
        return False  # an article number with a hyphen, not a range
    whole = first[: len(first) - len(last)] + last
    return int(whole) < int(first)


@rule(
    "double-spaces", Level.STYLE, "Blanks too many",
    "Two blanks in a row, or blanks at an end, come from copying; they print as gaps and spoil comparisons.",
    "Collapse the blanks",
    link=_SAMPLES,
)  # fmt: skip
def double_spaces(contents: ReviewContents) -> Iterator[Found]:
    """Find text with doubled, leading or trailing blanks; abstracts and notes keep theirs."""
    for reference in in_question(contents):
        for variable in TEXT_VARIABLES:
            value = reference.item.get(variable)
            if variable in ("abstract", "note", "annote", "URL", "DOI") or not isinstance(value, str):
                continue
            tidied = " ".join(value.split())
            if tidied and tidied != value and re.search(r"^\s|\s$|\s\s|[\n\t\r]", value):
                fix = Fix("Collapse the blanks", reference.id, variable, value, tidied)
                found = about(reference, f"{called(reference)}: the {variable} has blanks too many.", fix)
                yield Found(f"{found.subject}:{variable}", found.message, found.references, fix=fix)


@rule(
    "address-without-access-date", Level.STYLE, "Address without the day it was seen",
    "Pages change. Most styles print when a page without DOI was seen, and leave a gap where that is "
    "missing.",
    "Enter the day in the field accessed",
    link="https://www.ncbi.nlm.nih.gov/books/NBK7274/",
)  # fmt: skip
def address_without_access_date(contents: ReviewContents) -> Iterator[Found]:
    """Find works known by an address alone whose day of access is not stored."""
    for reference in in_question(contents):
        item = reference.item
        if item.get("URL") and not item.get("DOI") and not item.get("accessed"):
            yield about(reference, f"{called(reference)}: nobody noted when {item['URL']} was seen.")


@rule(
    "similar-titles", Level.DOUBT, "Two references with nearly the same title",
    "The titles differ by a word at most. They may be one work entered twice, or a preprint, a report and an "
    "article of the same study, which the review should link.",
    ("Merge them if they are the same work", "Else link them, or waive with the reason"),
    link=_SAMPLES,
)  # fmt: skip
def similar_titles(contents: ReviewContents) -> Iterator[Found]:
    """Find pairs of references whose titles share nearly all their words, all their numbers included."""
    said = {each.id: frozenset(title_words(each)) for each in in_question(contents)}
    often = Counter(word for held in said.values() for word in held)
    seen: dict[str, list[Reference]] = {}
    for reference in in_question(contents):
        words = said[reference.id]
        if len(words) < 4:
            continue
        telling = sorted(words, key=lambda word: (often[word], word))[: int((1 - _NEARLY) * len(words)) + 1]
        for other in dict.fromkeys(each.id for word in telling for each in seen.get(word, ())):
            if _nearly(words, said[other]) and _numerals(words) == _numerals(said[other]):
                pair = (contents.by_id[other], reference)
                yield Found(
                    f"references:{other},{reference.id}",
                    f"{listed(pair)} have nearly the same title: “{reference.title}”.",
                    (other, reference.id),
                )
        for word in telling:
            seen.setdefault(word, []).append(reference)


_NEARLY: Final = 0.85
"""The share of their words that two titles have in common. Titles so alike share one of their rarest words
(of ten words, one of the two rarest), so the thousands that share a common one need not be compared."""


def _nearly(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _NEARLY * len(one | other)


def _numerals(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word.isdecimal() or word in {"i", "ii", "iii", "iv", "v"})


@rule(
    "changed-since-checked",
    Level.DOUBT,
    "Changed after it was checked",
    "Somebody compared the reference with the original and ticked it; these fields were changed afterwards.",
    "Compare the fields with the original again and renew the tick",
    link=_SAMPLES,
)
def changed_since_checked(contents: ReviewContents) -> Iterator[Found]:
    """Find references whose tick no longer holds for all their fields."""
    for reference in in_question(contents):
        if reference.changed_since_check:
            fields = in_words(reference.changed_since_check)
            yield about(reference, f"{called(reference)}: {fields} changed after it was checked.")


RULES = (
    pages_reversed, missing_fields, changed_since_checked, similar_titles, address_without_access_date,
    double_spaces,
)  # fmt: skip
