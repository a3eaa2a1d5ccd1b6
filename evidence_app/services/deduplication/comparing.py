"""Two references side by side: how each field agrees, in a few words the rules are written in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from evidence_app.services.alike import ratio
from evidence_app.services.deduplication.people import shared
from evidence_app.services.deduplication.places import Pages, same_journal
from evidence_app.services.deduplication.records import DedupeRecord, version_of
from evidence_app.services.deduplication.titles import Title, are_opposites, left_over

Comparison = Mapping[str, str]
"""How each field of two records agrees, by field; the words are those of `AGREEMENTS`."""

AGREEMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("same", "near", "cut", "close", "differs", "unknown"),
    "wording": ("telling", "generic"),
    "numbers": ("same", "fewer", "differs"),
    "translation": ("no", "yes"),
    "kind": ("same", "differs"),
    "authors": ("same", "some", "differs", "unknown"),
    "year": ("same", "next", "differs", "unknown"),
    "journal": ("same", "abbreviated", "part", "differs", "unknown"),
    "volume": ("same", "differs", "unknown"),
    "issue": ("same", "differs", "unknown"),
    "pages": ("whole", "same", "section", "first", "overlap", "near", "differs", "unknown"),
    "DOI": ("same", "differs", "unknown"),
    "version": ("same", "differs"),
    "PMID": ("same", "differs", "unknown"),
    "trial": ("same", "differs", "unknown"),
    "abstract": ("same", "close", "differs", "unknown"),
}  # fmt: skip
"""The fields that rules speak of, each with the words for how two records agree in it."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How alike texts must be, from 0 to 1, to count as near or close."""

    title_near: float = 0.93
    """Titles that differ by a slip of the pen: letters alike to this degree."""
    title_close: float = 0.80
    word_near: float = 0.70
    """What the near titles do not share, run together: `tumour` for `tumor`, `lesions` for `lesion`."""
    abstract_same: float = 0.95
    abstract_close: float = 0.75


DEFAULT: Final = Thresholds()


def compare(one: DedupeRecord, other: DedupeRecord, thresholds: Thresholds = DEFAULT) -> Comparison:
    """Return how each field of two records agrees."""
    return {
        "title": _title(one, other, thresholds),
        "wording": "generic" if is_generic(one) or is_generic(other) else "telling",
        "numbers": _numbers(one.title, other.title),
        "translation": "yes" if _is_translation(one, other) else "no",
        "kind": "same" if one.kinds - _SOFT == other.kinds - _SOFT else "differs",
        "authors": _authors(one, other),
        "year": _year(one, other),
        "journal": _journal(one, other),
        "volume": _volume(one, other),
        "issue": _issue(one, other),
        "pages": _pages(one, other),
        "DOI": _equal(one.doi, other.doi),
        "version": _version(one, other),
        "PMID": _equal(one.pmid, other.pmid),
        "trial": _trial(one, other),
        "abstract": _abstract(one.abstract, other.abstract, thresholds),
    }


def is_generic(record: DedupeRecord) -> bool:
    """Whether other works may bear the title: an editorial, a reply, a letter beside its reply."""
    return record.title.is_generic or record.pages.has_reply


_SOFT: Final = frozenset({"conference"})
_SLIP: Final = 10
"""Pages by which a first page may be mistaken."""


def _equal(one: str, other: str) -> str:
    if not one or not other:
        return "unknown"
    return "same" if one == other else "differs"


def _title(one: DedupeRecord, other: DedupeRecord, thresholds: Thresholds) -> str:
    if not one.title or not other.title:
        return "unknown"
    found = "differs"
    for mine in filter(None, (one.title, one.original_title)):
        for theirs in filter(None, (other.title, other.original_title)):
            found = min(found, _one_title(mine, theirs, thresholds), key=AGREEMENTS["title"].index)
    return found


def _one_title(one: Title, other: Title, thresholds: Thresholds) -> str:
    if one.letters == other.letters:
        return "same"
    alike = ratio(one.letters, other.letters)
    if alike >= thresholds.title_near and _is_slip(one, other, thresholds):
        return "near"
    if _is_part(one, other) or _is_part(other, one):
        return "cut"
    return "close" if alike >= thresholds.title_close else "differs"


def _is_slip(one: Title, other: Title, thresholds: Thresholds) -> bool:
    """Whether what two titles do not share is one thing spelt in two ways, or stop words alone."""
    mine, theirs = left_over(one.words, other.words)
    if are_opposites(mine, theirs):
        return False
    short, long = sorted(("".join(mine), "".join(theirs)), key=len)
    if short == long:
        return True
    return len(long) <= 4 if not short else ratio(short, long) >= thresholds.word_near


def _is_part(one: Title, other: Title) -> bool:
    """Whether one title is the other's main title, its beginning, or one of its two languages."""
    if one.letters in (other.main, other.other) or (one.main and one.main == other.main == other.letters):
        return True
    if one.other and one.other in (other.letters, other.other):
        return True
    size = len(one.words)
    if size < 5 or len(one.letters) < 30 or other.words[: size - 1] != one.words[:-1]:
        return False
    return len(other.words) >= size and other.words[size - 1].startswith(one.words[-1])


def _numbers(one: Title, other: Title) -> str:
    if one.numbers == other.numbers or one.letters == other.letters:
        return "same"
    mine, theirs = set(one.numbers), set(other.numbers)
    return "fewer" if mine < theirs or theirs < mine else "differs"


def _is_translation(one: DedupeRecord, other: DedupeRecord) -> bool:
    return one.title.is_translated or other.title.is_translated


def _authors(one: DedupeRecord, other: DedupeRecord) -> str:
    if not one.authors or not other.authors:
        return "unknown"
    count = shared(one.authors, other.authors)
    fewest = min(len(one.authors), len(other.authors))
    if count == fewest or (count >= 3 and count >= 0.8 * fewest):
        return "same"
    return "some" if count else "differs"


def _year(one: DedupeRecord, other: DedupeRecord) -> str:
    if not one.years or not other.years:
        return "unknown"
    apart = min(abs(mine - theirs) for mine in one.years for theirs in other.years)
    return "same" if apart == 0 else "next" if apart == 1 else "differs"


def _journal(one: DedupeRecord, other: DedupeRecord) -> str:
    ones = [name for name in (one.journal, one.short_journal) if name]
    others = [name for name in (other.journal, other.short_journal) if name]
    found = [same_journal(mine, theirs) for mine in ones for theirs in others]
    return min(found, key=AGREEMENTS["journal"].index, default="unknown")


def _volume(one: DedupeRecord, other: DedupeRecord) -> str:
    """Compare volumes; some databases give the year, or the issue, for a volume, which says nothing."""
    mine, theirs = one.volume, other.volume
    found = _equal(mine.number, theirs.number)
    if found == "differs" and (_stands_for_year(one) or _stands_for_year(other)):
        return "unknown"
    return found


def _issue(one: DedupeRecord, other: DedupeRecord) -> str:
    """Compare issues; a supplement is none of the issues of its volume, nor another supplement."""
    mine, theirs = one.volume, other.volume
    if bool(mine.supplement) != bool(theirs.supplement) and _is_placed(one) and _is_placed(other):
        return "differs"
    if mine.supplement.isdigit() and theirs.supplement.isdigit() and mine.supplement != theirs.supplement:
        return "differs"
    return _equal(mine.issue, theirs.issue)


def _is_placed(record: DedupeRecord) -> bool:
    return bool(record.volume.number or record.pages)


def _stands_for_year(record: DedupeRecord) -> bool:
    return record.volume.number.isdecimal() and int(record.volume.number) in record.years


def _pages(one: DedupeRecord, other: DedupeRecord) -> str:
    mine, theirs = one.pages, other.pages
    if not mine or not theirs:
        return "unknown"
    if mine.first is None or theirs.first is None:
        return "unknown"
    if mine.first == theirs.first and (mine.prefix == theirs.prefix or not mine.prefix or not theirs.prefix):
        if mine.last == theirs.last and mine.is_range:
            return "whole"
        if mine.last == theirs.last and mine.is_section:
            return "section"
        return "same" if mine.last is None or theirs.last is None or mine.last == theirs.last else "first"
    if mine.is_article_number != theirs.is_article_number:
        return "differs" if _is_of_abstracts(mine) or _is_of_abstracts(theirs) else "unknown"
    if _overlap(one, other):
        return "overlap"
    return "near" if _is_slip_of_page(mine, theirs) else "differs"


def _is_of_abstracts(pages: Pages) -> bool:
    """Whether they are counted apart from the articles, as in supplements: S144, A612, P12."""
    return not pages.is_article_number and pages.prefix in ("s", "a", "p", "o", "ep", "op", "pp")


def _overlap(one: DedupeRecord, other: DedupeRecord) -> bool:
    """Whether one range lies in the other, or both end on one page: a slip in the first page."""
    mine, theirs = one.pages, other.pages
    if mine.prefix != theirs.prefix or mine.first is None or theirs.first is None:
        return False
    if mine.last is not None and mine.last == theirs.last:
        return True
    ends, begins = mine.last or mine.first, theirs.last or theirs.first
    inside = mine.first <= theirs.first <= begins <= ends or theirs.first <= mine.first <= ends <= begins
    return inside and max(ends - mine.first, begins - theirs.first) <= 40


def _is_slip_of_page(one: Pages, other: Pages) -> bool:
    """Whether first pages differ by a few pages, or one counts the pages of a preview from 1."""
    if one.prefix != other.prefix or one.first is None or other.first is None:
        return False
    if one.is_article_number or other.is_article_number:
        return False
    return abs(one.first - other.first) <= _SLIP or 1 in (one.first, other.first)


def _version(one: DedupeRecord, other: DedupeRecord) -> str:
    """Compare what DOIs say of versions, and the years of a Cochrane review: each update has its own."""
    if one.doi and other.doi and one.doi != other.doi and version_of(one.doi) != version_of(other.doi):
        return "differs"
    is_review = one.pages.prefix == other.pages.prefix == "cd"
    return "differs" if is_review and one.years and other.years and not one.years & other.years else "same"


def _trial(one: DedupeRecord, other: DedupeRecord) -> str:
    if not one.trials or not other.trials:
        return "unknown"
    return "same" if one.trials & other.trials else "differs"


def _abstract(one: str, other: str, thresholds: Thresholds) -> str:
    size = min(len(one), len(other))
    if size < 80:
        return "unknown"
    alike = ratio(one[:size], other[:size])
    if alike >= thresholds.abstract_same:
        return "same"
    return "close" if alike >= thresholds.abstract_close else "differs"
