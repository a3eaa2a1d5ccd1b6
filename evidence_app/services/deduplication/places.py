"""Where a work appeared, as it is compared: pages written out, bare volumes, journal names however cut.

Sources: ISO 4 (words of a journal's title are cut at their end, small words dropped), and what exports do to
pages and volumes: `221-8`, `S12-S18`, `123S`, `Vol 61 (Supplement 1)`, `61(3)`."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from evidence_app.services.deduplication.titles import words_of

_SMALL: Final = frozenset(
    ("the", "a", "an", "of", "and", "for", "in", "on", "to", "at", "de", "la", "le", "les", "du", "et",
     "der", "die", "das", "und", "fur", "y", "e", "di", "del", "von", "och", "i", "d", "l", "s"),
)  # fmt: skip
_PAGE: Final = re.compile(r"([a-z]*)(\d+)([a-z]*)")
_DASH: Final = re.compile(r"\s*(?:-|[\u2010-\u2015\u2212])+\s*")
_SUPPLEMENT: Final = re.compile(
    r"(?<![a-z])(?:suppl?(?:ement)?\w*|spec(?:ial)?(?: iss\w*)?)\b\.?\s*(?:no\.?\s*)?(\w*)"
)
_PLACE_NAME: Final = re.compile(r"\s*[\[(][^\])]*[\])]")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AS_DATE: Final = re.compile(
    r"0?(\d{1,2})-(" + "|".join(_MONTHS) + r")|(" + "|".join(_MONTHS) + r")-0?(\d{1,2})"
)
"""What a spreadsheet makes of pages: 8-9 becomes 08-Sep, 10-21 becomes Oct-21."""
_ACRONYM: Final = re.compile(r"^[a-z]{3,7}$")
_OF_A_MEETING: Final = re.compile(r"^(?:(?:19|20)\d\d|\d+(?:st|nd|rd|th)|proceedings?|proc|annual|meeting)$")
"""Words that one meeting's volume has and the series has not."""
_TELLING_WORD: Final = 8
"""So long a word, alone, is a journal's name: Kinderkrankenschwester, Neurologia."""
_LONGEST_PAPER: Final = 40
"""More pages are those of a whole section, which its abstracts share."""


@dataclass(frozen=True, slots=True)
class Pages:
    """A first and a last page, or an article number."""

    prefix: str = ""
    first: int | None = None
    last: int | None = None
    is_article_number: bool = False
    has_reply: bool = False
    """Whether an author's reply stands on them: they are those of letters."""

    def __bool__(self) -> bool:
        return self.first is not None

    @property
    def is_section(self) -> bool:
        """Whether they are more pages than a paper has: those of a whole section, or of a report."""
        return self.first is not None and self.last is not None and self.last - self.first > _LONGEST_PAPER

    @property
    def is_range(self) -> bool:
        """Whether they are three pages or more, as a paper has them, and no page that several works share."""
        return (
            self.first is not None and self.last is not None and 2 <= self.last - self.first <= _LONGEST_PAPER
        )


NO_PAGES: Final = Pages()


def pages_of(text: str) -> Pages:
    """Return pages as they are compared: `221-8` ends at 228, `S31–9` at S39, `e123456` is no page."""
    text = _DASH.sub("-", text.strip().lower().removeprefix("pp.").removeprefix("p.").strip(" ."))
    text = re.sub(r"(?<=\d)[.,](?=\d{3}\b)", "", text)
    if found := _AS_DATE.fullmatch(text):
        text = f"{found[1]}-{_month(found[2])}" if found[1] else f"{_month(found[3])}-{found[4]}"
    has_reply = "reply" in text
    first, _, rest = re.split(r"[,;+]", text, maxsplit=1)[0].partition("-")
    found = _PAGE.search(first)
    if not found:
        return Pages()
    number = int(found[2][:12])
    last = _last_page(found[2], rest)
    prefix = found[1] or found[3]
    is_number = (prefix in ("e", "art", "cd") or number > 99999) and last in (None, number)
    return Pages(prefix, number, last, is_number, has_reply)


def _month(name: str) -> int:
    return _MONTHS.index(name) + 1


def _last_page(first: str, rest: str) -> int | None:
    found = _PAGE.search(rest)
    if not found:
        return None
    last = found[2][:12]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return int(last) if int(last) >= int(first[:12]) else None


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume's number, the issue written behind it, and whether it is a supplement."""

    number: str = ""
    issue: str = ""
    supplement: str = ""


NO_VOLUME: Final = Volume()


def volume_of(volume: str, issue: str) -> Volume:
    """Return volume and issue apart: `Vol 61 (Supplement 1)`, `61(3)`, `61 Suppl 1`, `12 Pt 2`."""
    volume, issue = volume.lower(), issue.lower()
    supplement = ""
    for text in (volume, issue):
        if found := _SUPPLEMENT.search(text):
            supplement = found[1] or "yes"
    bare, bare_issue = _SUPPLEMENT.sub(" ", volume), _SUPPLEMENT.sub(" ", issue)
    inside = re.search(r"\((?:no\.?\s*|issue\s*)?([^()]*)\)", bare)
    found_issue = re.search(r"\d+", bare_issue) or (re.search(r"\d+", inside[1]) if inside else None)
    number = re.search(r"\d+", re.sub(r"\([^()]*\)", " ", bare))
    return Volume(
        number=(number[0].lstrip("0") or "0") if number else re.sub(r"\W+", "", bare),
        issue=_issue(found_issue[0]) if found_issue else re.sub(r"\W+", "", bare_issue),
        supplement=supplement,
    )


def _issue(digits: str) -> str:
    """Return an issue's number; beyond 99 it is a whole number or that of a database, and tells nothing."""
    bare = digits.lstrip("0")
    return bare if len(bare) < 3 else ""


def journal_of(name: str) -> tuple[str, ...]:
    """Return the telling words of a journal's name, without the place in brackets and small words."""
    bare = _PLACE_NAME.sub(" ", name) or name
    words = tuple(word for word in words_of(bare) if word not in _SMALL and not _OF_A_MEETING.match(word))
    return words or words_of(name)


@lru_cache(maxsize=65536)
def same_journal(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Return how two journal names agree: same, abbreviated, part, differs, or unknown for no name."""
    if not one or not other:
        return "unknown"
    if one == other or "".join(one) == "".join(other):
        return "same"
    short, long = sorted((one, other), key=lambda words: (len(words), sum(map(len, words))))
    if _is_acronym(short, long) or _is_cut(short, long):
        return "abbreviated"
    return "part" if _is_within(short, long) else "differs"


def _is_within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one name opens or closes the other: a subtitle or acronym is left out."""
    size = len(short)
    if size == 1 and len(short[0]) >= _TELLING_WORD:
        return short[0] == long[0]
    return size > 1 and size < len(long) and (_is_cut(short, long[:size]) or _is_cut(short, long[-size:]))


def _is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether `jama` stands for the other name, or the other name begins with it."""
    for word in {short[0], short[-1]}:
        if _ACRONYM.match(word) and (len(short) == 1 or short[0] == word):
            if word == long[0] and len(short) == 1:
                return True
            if len(short) == 1 and len(long) > 1 and _spells(word, long):
                return True
    return False


def _spells(acronym: str, words: tuple[str, ...]) -> bool:
    """Whether an acronym takes one letter or more from the beginning of each word, in order."""
    if not words:
        return not acronym
    most = min(len(words[0]), len(acronym))
    return any(
        acronym[:size] == words[0][:size] and _spells(acronym[size:], words[1:])
        for size in range(1, most + 1)
    )


def _is_cut(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether each word is the other's beginning or contraction, in one order."""
    return len(short) == len(long) and all(map(_shortens, short, long))


def _shortens(one: str, other: str) -> bool:
    cut, whole = (one, other) if len(one) <= len(other) else (other, one)
    if cut == whole:
        return True
    if cut[0] != whole[0]:
        return False
    rest = iter(whole)
    return all(letter in rest for letter in cut)
