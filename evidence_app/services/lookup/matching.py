"""Finding the work a reference without a DOI describes among the answers of a search.

Source of the rule: the project's notes on published matchers. A score of the search is no confidence: only
what the records say counts. A match is applied unasked only if the title, first author and a year agree, the
kind of work is compatible, volume and first page do not contradict, and no other work comes close."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from evidence_app.domain.csl import CslItem
from evidence_app.domain.dates import year_of
from evidence_app.domain.names import Name, names_of
from evidence_app.domain.reference import plain
from evidence_app.services.alike import ratio_in_any_order, ratio_of_shared
from evidence_app.services.lookup.cleaning import NotAReference, csl_from_crossref
from evidence_app.services.lookup.likeness import (
    date_parts,
    first_page,
    is_abbreviated,
    letters,
    listed,
    same_family,
    same_journal,
    same_number,
    without_mark,
    years,
)

State = Literal["applied", "suggested", "none"]
Work = Mapping[str, Any]

POISONED_PREFIXES: Final = frozenset(("10.65215",))
"""Registrants whose records copy titles and authors of well-known works; measured in the notes."""

_SURE_TITLE: Final = 0.95
_LIKELY_TITLE: Final = 0.85
_FEWEST_WORDS: Final = 4
_RULE: Final = (
    ("first author", True),
    ("year", True),
    ("kind", False),
    ("volume", False),
    ("first page", False),
)
"""What may not contradict, and whether both sides must say it."""

_OTHER_DATES: Final = ("issued", "posted", "published-other")

_KINDS: Final[Mapping[str, str]] = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "review": "article", "review-book": "article", "periodical": "article",
    "book": "book", "collection": "book", "report": "book", "document": "book", "pamphlet": "book",
    "webpage": "book", "manuscript": "book", "standard": "book", "classic": "book",
    "chapter": "part", "entry": "part", "entry-encyclopedia": "part", "entry-dictionary": "part",
    "paper-conference": "part", "article": "preprint", "thesis": "thesis", "dataset": "dataset",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing both records say, and whether they agree; None where one of them is silent."""

    field: str
    mine: str
    theirs: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that a search found, as a CSL item, with the evidence for and against it."""

    work: Work
    item: CslItem
    title: float
    """How alike the titles are, 0 to 1."""
    evidence: tuple[Evidence, ...]

    @property
    def doi(self) -> str:
        """Its DOI."""
        return str(self.item.get("DOI", ""))

    def agrees(self, field: str) -> bool | None:
        """Return whether a field agrees; None where unknown."""
        return next((one.agrees for one in self.evidence if one.field == field), None)

    @property
    def weight(self) -> float:
        """Its rank among the candidates: the title, and what agrees less what contradicts."""
        shares = {
            "first author": 0.3,
            "year": 0.15,
            "volume": 0.15,
            "first page": 0.25,
            "journal": 0.15,
            "kind": 0.05,
        }
        for field, share in shares.items():
            shares[field] = {True: share, False: -share, None: 0.0}[self.agrees(field)]
        return self.title + sum(shares.values())


@dataclass(frozen=True, slots=True)
class Match:
    """The outcome for one reference: what may be applied unasked, what is only suggested, or none and why."""

    state: State
    candidate: Candidate | None = None
    reason: str = ""
    others: tuple[Candidate, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence for the candidate."""
        return self.candidate.evidence if self.candidate else ()


def reference_query(item: CslItem) -> str:
    """Return what to ask a bibliographic search for: title, up to three surnames, year, where it appeared."""
    people = listed(names_of(item.get("author")) or names_of(item.get("editor")))[:3]
    parts = (
        plain(str(item.get("title", ""))),
        *(name.family_or_literal for name in people),
        str(year_of(item.get("issued")) or ""),
        plain(str(item.get("container-title", ""))),
    )
    return " ".join(" ".join(parts).split())


def match(item: CslItem, candidates: Sequence[Work]) -> Match:
    """Return the work a reference describes, if the answers of a search hold it."""
    judged = sorted(_judged(item, candidates), key=lambda one: one.weight, reverse=True)
    if not judged:
        return Match("none", reason="The search found no work that could be a reference.")
    best = _of_record(item, judged)
    others = tuple(one for one in judged if one is not best)
    if not (doubt := _doubt(item, best, others)):
        return Match("applied", best, "", others)
    if _is_likely(item, best):
        return Match("suggested", best, doubt, others)
    return Match("none", None, doubt, tuple(judged))


def _judged(item: CslItem, candidates: Sequence[Work]) -> list[Candidate]:
    unique: dict[str, Candidate] = {}
    for work in candidates:
        if str(work.get("DOI", "")).split("/")[0] in POISONED_PREFIXES or work.get("type") == "peer-review":
            continue
        try:
            candidate = _compared(item, work, csl_from_crossref(work))
        except NotAReference:
            continue
        unique.setdefault(candidate.doi, candidate)
    return list(unique.values())


def _compared(mine: CslItem, work: Work, theirs: CslItem) -> Candidate:
    titles = [str(theirs.get(name, "")) for name in ("title", "original-title")]
    ours = str(mine.get("title", ""))
    likeness = max(_title_likeness(ours, title) for title in titles)
    return Candidate(
        work, theirs, likeness,
        (
            Evidence("title", ours, titles[0], likeness >= _SURE_TITLE),
            _first_author(mine, theirs),
            _year(mine, theirs, work),
            _plain("volume", str(mine.get("volume", "")), str(theirs.get("volume", ""))),
            _page(mine, theirs),
            _journal(mine, theirs),
            _kind(mine, theirs),
        ),
    )  # fmt: skip


def _title_likeness(mine: str, theirs: str) -> float:
    """Return how alike two titles are: token sets, but a title is not part of a much longer one unless its
    subtitle alone is missing."""
    one, other = letters(without_mark(mine)), letters(without_mark(theirs))
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    if _numerals(one) != _numerals(other):
        return min(_LIKELY_TITLE, ratio_in_any_order(one, other))
    likeness = ratio_of_shared(one, other)
    short, long = sorted((one, other), key=len)
    if len(short) < 0.7 * len(long) and not long.startswith(short + " "):
        return min(likeness, ratio_in_any_order(one, other))
    return min(likeness, 0.5 + ratio_in_any_order(one, other) / 2) if short not in long else likeness


def _numerals(title: str) -> list[str]:
    """Return the numbers and Roman numerals of a title: they tell the parts and years of a serial apart."""
    return sorted(re.findall(r"\b(?:\d+|[ivx]{1,4})\b", title))


def _people(item: CslItem) -> tuple[Name, ...]:
    return listed(names_of(item.get("author")) or names_of(item.get("editor")))


def _first_author(mine: CslItem, theirs: CslItem) -> Evidence:
    ours, others = _people(mine), _people(theirs)
    mine_shown, theirs_shown = (names[0].family_or_literal if names else "" for names in (ours, others))
    agrees = same_family(ours[0], others[0]) if ours and others else None
    return Evidence("first author", mine_shown, theirs_shown, agrees)


def _year(mine: CslItem, theirs: CslItem, work: Work) -> Evidence:
    ours = years(mine)
    others = years(theirs).union(*(date_parts(work.get(name))[:1] for name in _OTHER_DATES))
    near = any(abs(one - other) <= 1 for one in ours for other in others)
    mine_shown, theirs_shown = (", ".join(map(str, sorted(known))) for known in (ours, others))
    return Evidence("year", mine_shown, theirs_shown, near if ours and others else None)


def _plain(field: str, mine: str, theirs: str) -> Evidence:
    return Evidence(field, mine, theirs, same_number(mine, theirs) if mine and theirs else None)


def _page(mine: CslItem, theirs: CslItem) -> Evidence:
    ours, others = (
        first_page(mine),
        {first_page(theirs), str(theirs.get("article-number") or "").lower()} - {""},
    )
    agrees = any(same_number(ours, other) for other in others) if ours and others else None
    return Evidence("first page", ours, first_page(theirs), agrees)


def _journal(mine: CslItem, theirs: CslItem) -> Evidence:
    ours = str(mine.get("container-title") or "")
    names = [
        str(theirs.get(name) or "")
        for name in ("container-title", "collection-title", "container-title-short")
    ]
    names = [name for name in names if name]
    if not ours or not names:
        return Evidence("journal", ours, "".join(names[:1]), None)
    agrees = any(
        same_journal(ours, one) or is_abbreviated(ours, one) or is_abbreviated(one, ours) for one in names
    )
    return Evidence("journal", ours, names[0], agrees)


def _kind(mine: CslItem, theirs: CslItem) -> Evidence:
    ours, other = str(mine.get("type") or ""), str(theirs.get("type") or "")
    known = ours in _KINDS and other in _KINDS
    return Evidence("kind", ours, other, _KINDS[ours] == _KINDS[other] if known else None)


def _of_record(item: CslItem, judged: list[Candidate]) -> Candidate:
    """Return the best candidate; its published version in place of a preprint, unless mine is the
    preprint."""
    best = judged[0]
    if _KINDS.get(str(item.get("type"))) == "preprint" or best.item.get("type") != "article":
        return best
    related = best.work.get("relation")
    finals = related.get("is-preprint-of") if isinstance(related, Mapping) else None
    published = {str(one.get("id", "")).lower() for one in finals or [] if isinstance(one, Mapping)}
    for other in judged[1:]:
        same = (
            _title_likeness(str(best.item.get("title", "")), str(other.item.get("title", ""))) >= _SURE_TITLE
        )
        if other.item.get("type") != "article" and (
            other.doi in published or (same and other.agrees("first author"))
        ):
            return other
    return best


def _doubt(item: CslItem, best: Candidate, others: Sequence[Candidate]) -> str:
    """Return why a candidate may not be applied unasked, or empty text if it may."""
    words = min(
        len(letters(str(title)).split()) for title in (item.get("title", ""), best.item.get("title", ""))
    )
    if best.title < _SURE_TITLE:
        return "The titles differ."
    if words < _FEWEST_WORDS:
        return "The title is too short to be sure."
    for field, must in _RULE:
        agrees = best.agrees(field)
        if agrees is False or (must and agrees is None):
            return f"The {field} {'differs' if agrees is False else 'is not known on both sides'}."
    if best.agrees("journal") is False and not (best.agrees("volume") and best.agrees("first page")):
        return "It appeared in another journal."
    if rival := next((one for one in others if _rivals(best, one)), None):
        return f"{rival.doi} describes the same title and author."
    return ""


def _rivals(best: Candidate, other: Candidate) -> bool:
    """Whether another work fits nearly as well; the preprint of the best does not count."""
    if other.title < _SURE_TITLE or other.agrees("first author") is False or other.agrees("year") is False:
        return False
    if other.item.get("type") == "article" and best.item.get("type") != "article":
        return False
    contradicted = any(other.agrees(field) is False for field in ("volume", "first page", "journal"))
    confirmed = best.agrees("first page") and best.agrees("volume")
    return not (contradicted and confirmed)


def _is_likely(item: CslItem, best: Candidate) -> bool:
    if best.title >= _LIKELY_TITLE:
        return any(best.agrees(field) for field in ("first author", "year", "first page"))
    if not item.get("title"):
        fields = ("journal", "volume", "first page", "year", "first author")
        return sum(best.agrees(field) is True for field in fields) >= 4
    return False
