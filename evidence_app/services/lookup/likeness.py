"""When two fields of a reference say the same: titles, names, journals, pages, dates and numbers.

Two texts are the same when they differ only in letter case, accents, quotes, dashes, blanks and punctuation.
ISO 4 abbreviates a journal's words by cutting them, keeps their order and drops articles and prepositions."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.dates import years_of
from evidence_app.domain.names import Name
from evidence_app.domain.reference import folded, plain

_SMALL_WORDS: Final = frozenset(
    ("the", "a", "an", "of", "and", "for", "in", "on", "to", "at", "de", "la", "le", "les", "des", "du", "et",
     "der", "die", "das", "und", "für", "fur", "y", "e", "di", "del", "von"),
)  # fmt: skip
MARKED_TITLE: Final = re.compile(
    r"^\W*(retracted|withdrawn|removed|temporary removal|partial retraction|expression of concern)"
    r"(?:\s+(?:article|paper|chapter))?\s*(?:[:\]–—]|-\s)\s*",
    re.IGNORECASE,
)
"""How publishers mark the title of a work that is retracted, withdrawn or doubted; the mark is the first
group."""

PUBLICATION_DATES: Final = ("issued", "published-print", "published-online", "available-date")


def letters(text: str) -> str:
    """Return text for comparing: without marks, accents, punctuation and letter case, one blank between
    words."""
    text = folded(unicodedata.normalize("NFKC", plain(text))).replace("&", " and ")
    return " ".join(re.findall(r"[^\W_]+", text))


def same_text(mine: str, theirs: str) -> bool:
    """Whether two texts differ at most in case, accents, quotes, dashes, blanks and punctuation."""
    if mine == theirs:
        return True
    one, other = letters(mine), letters(theirs)
    return one == other or one.replace(" ", "") == other.replace(" ", "")


def same_journal(mine: str, theirs: str) -> bool:
    """Whether two names are the same journal in full, apart from a leading article and `&` for and."""
    return _words(mine) == _words(theirs) or same_text(mine, theirs)


def is_abbreviated(short: str, full: str) -> bool:
    """Whether one journal name abbreviates the other: `BMC Health Serv Res`, `BMJ` for British Medical
    Journal."""
    cut, whole = _words(short), _words(full)
    if not cut or not whole or cut == whole:
        return False
    if len(cut) == 1 and len(cut[0]) == len(whole) > 1:
        return cut[0] == "".join(word[0] for word in whole)
    return len(cut) == len(whole) and all(map(_shortens, cut, whole))


def _words(name: str) -> list[str]:
    return [word for word in letters(re.sub(r"\s*[(:=].*$", "", name)).split() if word not in _SMALL_WORDS]


def _shortens(cut: str, whole: str) -> bool:
    """Whether a word is cut or contracted from another: `serv` services, `natl` national."""
    if not cut or cut[0] != whole[0] or len(cut) > len(whole):
        return False
    rest = iter(whole)
    return all(letter in rest for letter in cut)


def whole_pages(text: str) -> str:
    """Return pages with their last page written out: `1008-12` is `1008-1012`, `S31–9` is `S31-S39`."""
    text = re.sub(r"\s*[\u2010-\u2015-]+\s*", "-", text.strip().rstrip("."))
    found = re.fullmatch(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)", text)
    if not found:
        return text.lower()
    prefix, first, last_prefix, last = found.groups()
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    same = prefix == (last_prefix or prefix) and first == last
    return (f"{prefix}{first}" if same else f"{prefix}{first}-{last_prefix or prefix}{last}").lower()


def first_page(item: CslItem) -> str:
    """Return the first page, or the article number where there is no page."""
    text = str(item.get("page") or item.get("page-first") or item.get("article-number") or "")
    return re.split(r"[-,\u2010-\u2015]", text.strip().lower())[0].strip()


def same_number(mine: str, theirs: str) -> bool:
    """Whether two volumes, issues or editions are the same: zeros in front and punctuation do not count."""
    one, other = (re.sub(r"\b0+(?=\d)", "", letters(text)) for text in (mine, theirs))
    return one == other


def years(item: CslItem) -> frozenset[int]:
    """Return every year the item's dates of publication name."""
    return frozenset(year for name in PUBLICATION_DATES for year in years_of(item.get(name)))


def date_parts(date: Mapping[str, Any] | None) -> list[int]:
    """Return year, month and day of a date as far as they are known."""
    lists = date.get("date-parts") if isinstance(date, Mapping) else None
    first = lists[0] if isinstance(lists, list | tuple) and lists else None
    return [int(part) for part in first if str(part).isdecimal()] if isinstance(first, list | tuple) else []


def same_family(mine: Name, theirs: Name) -> bool:
    """Whether two names have the same family name (particles and hyphens aside), or are the same body."""
    if mine.literal or theirs.literal:
        return bool(_written(mine) & _written(theirs))
    ones, others = _families(mine), _families(theirs)
    return bool(ones & others)


def _written(name: Name) -> set[str]:
    """Return the ways a body, or a person known by one unparted name, may be written."""
    if name.literal:
        return {letters(name.literal)}
    return {
        letters(name.family),
        letters(f"{name.given} {name.family}"),
        letters(f"{name.family} {name.given}"),
    }


def _families(name: Name) -> set[str]:
    family = letters(name.family).replace(" ", "")
    particle = letters(name.particle).replace(" ", "")
    return {family, particle + family} - {""}


def same_given(mine: Name, theirs: Name) -> bool:
    """Whether two given names can be the same person's: equal, or one the initials of the other."""
    one, other = _initials(mine.given), _initials(theirs.given)
    if not one or not other:
        return True
    if not (one.startswith(other) or other.startswith(one)):
        return False
    if is_initials(mine.given) or is_initials(theirs.given):
        return True
    first, second = letters(mine.given).split()[0], letters(theirs.given).split()[0]
    return first.startswith(second) or second.startswith(first)


def is_initials(given: str) -> bool:
    """Whether given names are only initials: `RJ`, `R. J.`, `J.-P.`."""
    return all(len(word) == 1 for word in letters(given).split()) or (given.isupper() and len(given) <= 4)


def _initials(given: str) -> str:
    if given.isupper() and given.isalpha() and len(given) <= 4:
        return given.lower()
    return "".join(word[0] for word in letters(given).split())


def without_mark(title: str) -> str:
    """Return a title without what publishers put before it when a work is retracted or withdrawn."""
    return MARKED_TITLE.sub("", title)


def listed(names: Sequence[Name]) -> tuple[Name, ...]:
    """Return the names that stand for someone: without a closing et al."""
    return tuple(name for name in names if not name.is_et_al)
