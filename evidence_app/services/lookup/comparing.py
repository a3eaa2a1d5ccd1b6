"""Mine beside theirs: what differs between a reference and Crossref's record, and what follows from each
choice.

Nothing here decides: `better` is what the screen selects first, and only empty fields are ever filled
unasked."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from evidence_app.domain.csl import ALL_DATES, NAME_VARIABLES, CslItem
from evidence_app.domain.dates import format_date, years_of
from evidence_app.domain.names import Name, names_of, shown
from evidence_app.domain.reference import plain
from evidence_app.services.alike import runs
from evidence_app.services.lookup import likeness

Side = Literal["mine", "theirs"]
Kind = Literal["missing", "richer", "poorer", "variant", "differs"]
"""`missing` here; theirs says the same with more (`richer`) or less (`poorer`); the same in another way
(`variant`)."""

Verdict = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """A value the user typed in place of either side's."""

    value: Any


Choice = Side | Typed

_NOT_COMPARED: Final = frozenset(
    ("id", "citation-number", "citation-key", "custom", "title-short", "accessed", "source")
)
_NUMBERS: Final = frozenset(("volume", "issue", "edition", "number", "chapter-number", "collection-number"))
_JOURNALS: Final = frozenset(("container-title", "collection-title"))
_ORDER: Final = (
    "type", "title", "original-title", "author", "editor", "translator", "issued", "published-print",
    "published-online", "container-title", "collection-title", "volume", "issue", "page", "article-number",
    "publisher", "publisher-place", "DOI", "URL", "ISSN", "ISBN", "abstract",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that differs: both values as the item holds them, how they differ, and a note in words."""

    field: str
    mine: Any
    theirs: Any
    kind: Kind = "differs"
    note: str = ""

    @property
    def better(self) -> Side:
        """The side to select first."""
        return better_side(self)

    @property
    def mine_text(self) -> str:
        """My value as text."""
        return as_text(self.field, self.mine)

    @property
    def theirs_text(self) -> str:
        """Their value as text."""
        return as_text(self.field, self.theirs)

    @property
    def segments(self) -> list["Segment"]:
        """The two texts word by word."""
        return word_diff(self.mine_text, self.theirs_text)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text both sides share, or only one has."""

    side: Literal["both", "mine", "theirs"]
    text: str


def differences(mine: CslItem, theirs: CslItem) -> list[FieldDifference]:
    """Return the fields where theirs says something else than mine, in the order of a reference.

    A field they leave empty is no difference; letter case, quotes, dashes and short page ranges are none
    either."""
    fields = sorted(set(theirs) - _NOT_COMPARED, key=_place)
    found = (_difference(name, mine, theirs) for name in fields)
    return [difference for difference in found if difference is not None]


def _place(name: str) -> tuple[int, str]:
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


def _difference(name: str, mine: CslItem, theirs: CslItem) -> FieldDifference | None:
    here, there = mine.get(name), theirs.get(name)
    if not there or here == there:
        return None
    if not here:
        if _said_elsewhere(name, mine, theirs):
            return None
        return FieldDifference(name, here, there, "missing")
    verdict = _comparison_for(name)(here, there, mine, theirs)
    return FieldDifference(name, here, there, *verdict) if verdict else None


def _said_elsewhere(name: str, mine: CslItem, theirs: CslItem) -> bool:
    """Whether my empty field only repeats another of mine: an article number held as the page, or the
    reverse."""
    other = {"article-number": "page", "page": "article-number"}.get(name, "")
    return bool(mine.get(other)) and likeness.same_text(str(mine[other]), str(theirs[name]))


Comparison = Callable[[Any, Any, CslItem, CslItem], Verdict | None]


def _comparison_for(name: str) -> Comparison:
    if name in NAME_VARIABLES:
        return _people
    if name in ALL_DATES:
        return _dates
    if name in _NUMBERS:
        return _numbers
    if name in _JOURNALS:
        return _journals
    special: dict[str, Comparison] = {
        "title": _titles, "page": _pages, "DOI": _dois, "URL": _addresses, "ISSN": _sets, "ISBN": _sets,
        "language": _languages, "type": _types,
    }  # fmt: skip
    return special.get(name, _texts)


def _texts(here: Any, there: Any, _mine: CslItem, _theirs: CslItem) -> Verdict | None:
    return None if likeness.same_text(str(here), str(there)) else ("differs", "")


def _types(here: Any, there: Any, _mine: CslItem, _theirs: CslItem) -> Verdict | None:
    return None if here == there else ("differs", "")


def _titles(here: Any, there: Any, _mine: CslItem, _theirs: CslItem) -> Verdict | None:
    one, other = likeness.letters(here), likeness.letters(there)
    if likeness.same_text(here, there):
        if plain(here).isupper() and not plain(there).isupper():
            return "richer", "mine is in capitals"
        if "<" in there and "<" not in here and plain(there) != there:
            return "richer", "with italics or raised letters"
        return None
    if likeness.same_text(here, likeness.without_mark(there)):
        return "variant", "theirs is marked as retracted or withdrawn"
    if other.startswith(one + " "):
        return "richer", "with its subtitle"
    if one.startswith(other + " "):
        return "poorer", "without its subtitle"
    return "differs", ""


def _people(here: Any, there: Any, _mine: CslItem, _theirs: CslItem) -> Verdict | None:
    mine, theirs = names_of(here), names_of(there)
    ours, others = likeness.listed(mine), likeness.listed(theirs)
    if not all(map(likeness.same_family, ours, others)) or not all(map(likeness.same_given, ours, others)):
        return "differs", ""
    cut_mine, cut_theirs = len(mine) != len(ours), len(theirs) != len(others)
    if len(ours) < len(others):
        more = len(others) - len(ours)
        return ("richer", f"et al. stands for {more} more") if cut_mine else ("differs", f"{more} more")
    if len(ours) > len(others):
        return ("poorer", "theirs ends in et al.") if cut_theirs else ("differs", "mine lists more")
    if cut_mine != cut_theirs:
        return ("richer", "the list is complete") if cut_mine else ("poorer", "theirs ends in et al.")
    return _given_names(ours, others)


def _given_names(mine: tuple[Name, ...], theirs: tuple[Name, ...]) -> Verdict | None:
    gain = [_length(other) - _length(one) for one, other in zip(mine, theirs, strict=True)]
    if any(step > 0 for step in gain) and sum(gain) > 0:
        return "richer", "the same people, given names in full"
    return ("poorer", "the same people, only initials") if any(step < 0 for step in gain) else None


def _length(name: Name) -> int:
    return 1 if likeness.is_initials(name.given) else len(likeness.letters(name.given))


def _dates(here: Any, there: Any, _mine: CslItem, theirs: CslItem) -> Verdict | None:
    one, other = likeness.date_parts(here), likeness.date_parts(there)
    if one and one == other[: len(one)]:
        return ("richer", "with month or day") if len(other) > len(one) else None
    if other and other == one[: len(other)]:
        return None
    ours = set(years_of(here))
    if ours & set(years_of(theirs.get("published-online"))) and theirs.get("published-print"):
        return "variant", "mine is the date of publication online, theirs that of the issue"
    if ours & likeness.years(theirs):
        return "variant", "another of the work's dates"
    return "differs", ""


def _numbers(here: Any, there: Any, _mine: CslItem, _theirs: CslItem) -> Verdict | None:
    return None if likeness.same_number(str(here), str(there)) else ("differs", "")


def _journals(here: Any, there: Any, _mine: CslItem, theirs: CslItem) -> Verdict | None:
    if likeness.same_journal(here, there):
        return None
    short = str(theirs.get("container-title-short") or "")
    if likeness.is_abbreviated(here, there) or (short and likeness.same_text(here, short)):
        return "richer", "same journal, abbreviated"
    if likeness.is_abbreviated(there, here):
        return "poorer", "same journal, abbreviated"
    return "differs", ""


def _pages(here: Any, there: Any, _mine: CslItem, theirs: CslItem) -> Verdict | None:
    one, other = likeness.whole_pages(str(here)), likeness.whole_pages(str(there))
    if one == other or one == likeness.whole_pages(str(theirs.get("article-number") or "")):
        return None
    if other.startswith(one + "-"):
        return "richer", "with its last page"
    return ("poorer", "without its last page") if one.startswith(other + "-") else ("differs", "")


def _dois(here: Any, there: Any, _mine: CslItem, _theirs: CslItem) -> Verdict | None:
    bare = [re.sub(r"^.*?(?=10\.)", "", str(doi)).casefold() for doi in (here, there)]
    return None if bare[0] == bare[1] else ("differs", "")


def _addresses(here: Any, there: Any, _mine: CslItem, _theirs: CslItem) -> Verdict | None:
    bare = [re.sub(r"^https?://(?:www\.)?", "", str(url)).rstrip("/") for url in (here, there)]
    return None if bare[0] == bare[1] else ("differs", "")


def _sets(here: Any, there: Any, _mine: CslItem, _theirs: CslItem) -> Verdict | None:
    mine, theirs = (
        set(re.findall(r"[\dXx]+", re.sub(r"(?<=\d)[- ](?=[\dXx])", "", str(one)))) for one in (here, there)
    )
    if theirs <= mine:
        return None
    return ("richer", "more of its numbers") if mine & theirs else ("differs", "")


def _languages(here: Any, there: Any, _mine: CslItem, _theirs: CslItem) -> Verdict | None:
    return None if str(here)[:2].casefold() == str(there)[:2].casefold() else ("differs", "")


def better_side(difference: FieldDifference) -> Side:
    """Return the side to select first: theirs where mine is empty or says less, else mine."""
    if difference.kind in {"missing", "richer"}:
        return "theirs"
    online_first = (
        difference.kind == "variant" and difference.field == "issued" and "issue" in difference.note
    )
    return "theirs" if online_first else "mine"


def as_text(name: str, value: Any) -> str:
    """Return a value as the screen shows it."""
    if not value:
        return ""
    if name in NAME_VARIABLES:
        return shown(names_of(value))
    return format_date(value) if name in ALL_DATES else str(value)


def word_diff(a: str, b: str) -> list[Segment]:
    """Return both texts in one row of segments: joined without `theirs` they give `a`, without `mine` they
    give `b`."""
    ours, others = _words(a), _words(b)
    segments: list[Segment] = []
    mine, theirs = "", ""
    for stays, start, end, from_, to in runs(ours, others):
        if stays:
            segments += _changed(mine, theirs)
            segments.append(Segment("both", "".join(ours[start:end])))
            mine, theirs = "", ""
        else:
            mine += "".join(ours[start:end])
            theirs += "".join(others[from_:to])
    return [*segments, *_changed(mine, theirs)]


def _changed(mine: str, theirs: str) -> list[Segment]:
    found = (Segment("mine", mine), Segment("theirs", theirs))
    return [each for each in found if each.text]


def _words(text: str) -> list[str]:
    return re.findall(
        r"</?\w+(?:\s[^<>]*)?>|[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\s+|[^\w\s]",
        text,
    )


def filled(mine: CslItem, theirs: CslItem) -> CslItem:
    """Return mine with its empty fields taken from theirs; nothing that is there is touched."""
    empty = [one for one in differences(mine, theirs) if one.kind == "missing"]
    return merged(mine, theirs, {one.field: "theirs" for one in empty})


def merged(mine: CslItem, theirs: CslItem, choices: Mapping[str, Choice]) -> CslItem:
    """Return mine with the chosen fields taken from theirs or as typed; fields without a choice stay mine."""
    result = dict(mine)
    for name, choice in choices.items():
        value = choice.value if isinstance(choice, Typed) else theirs.get(name)
        if choice == "mine" or (choice == "theirs" and not value):
            continue
        if value:
            result[name] = value
        else:
            result.pop(name, None)
    return result
