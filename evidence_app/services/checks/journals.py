"""Checks of journals: their names, their volumes, and the words their DOIs begin with."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.query import words
from evidence_app.domain.reference import Reference, plain
from evidence_app.services.checks.journal_codes import JOURNAL_CODES
from evidence_app.services.checks.results import Found, Level, about, about_several, rule
from evidence_app.services.checks.scope import called, in_question, listed, text_of

_SMALL = frozenset(
    {"a", "an", "and", "de", "der", "des", "et", "for", "in", "la", "of", "on", "the", "to", "und"}
)
_WHOLE = frozenset(
    {"age", "art", "arts", "care", "child", "community", "food", "health", "heart", "home", "human", "law",
     "nurse", "public", "social", "sport", "theory", "work"}
)  # fmt: skip
"""Words that are not short for the longer ones they begin (health, healthcare)."""
_ASIDE = re.compile(r"\s*(?:[:=].*|\([^)]*\)\s*)$")
_CODE = re.compile(r"^(10\.\d{4,9})/((?:journal\.|j\.)?[a-z]+)(?=[.\d-])", re.IGNORECASE)


def journal_of(reference: Reference) -> str:
    """Return the journal of an article, without marks; empty for other works."""
    if reference.item.get("type") != "article-journal":
        return ""
    return plain(text_of(reference, "container-title")).strip()


def same_journal(one: str, other: str) -> bool:
    """Return whether two names can stand for one journal: word by word equal, or short for each other.

    A subtitle, an addition in brackets and small words count for nothing (ISO 4 drops them)."""
    return _same_words(_name_words(one), _name_words(other))


def _same_words(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    if not first or len(first) != len(second):
        return False
    if len(first) == 1:
        return first == second
    return all(_is_short_for(a, b) or _is_short_for(b, a) for a, b in zip(first, second, strict=True))


@lru_cache(maxsize=4096)
def _name_words(name: str) -> tuple[str, ...]:
    return tuple(word for word in words(_ASIDE.sub("", name) or name) if word not in _SMALL)


def _is_short_for(short: str, long: str) -> bool:
    return short == long or (len(short) < len(long) and long.startswith(short) and short not in _WHOLE)


def _by_journal(references: list[Reference]) -> list[list[Reference]]:
    """Return the articles journal by journal; names are compared only where they begin alike."""
    groups: dict[tuple[int, str], list[tuple[tuple[str, ...], list[Reference]]]] = {}
    for reference in references:
        said = _name_words(journal_of(reference))
        if not said:
            continue
        alike = groups.setdefault((len(said), said[0][0]), [])
        for name, group in alike:
            if _same_words(said, name) and not _issn_differs(reference, group[0]):
                group.append(reference)
                break
        else:
            alike.append((said, [reference]))
    return [group for alike in groups.values() for _, group in alike]


def _issn_differs(one: Reference, other: Reference) -> bool:
    first, second = (set(re.findall(r"\d{4}-?\d{3}[\dXx]", text_of(each, "ISSN"))) for each in (one, other))
    return bool(first and second and not first & second)


@rule(
    "journal-volume-contradicts-year", Level.ERROR, "Volume contradicts year",
    "Most journals count one volume a year, so volume and year rise together. Where the other articles of a "
    "journal agree on which volume belongs to which year and one does not, its volume or its year is wrong; "
    "often the year is that of online publication, while the volume is that of print.",
    ("Look at the journal's page, or update the reference from Crossref", "Correct the year or the volume"),
    link="https://www.crossref.org/documentation/schema-library/markup-guide-record-types/journals-and-articles/",
)  # fmt: skip
def volume_contradicts_year(contents: ReviewContents) -> Iterator[Found]:
    """Find articles whose volume falls in another year by all other articles of the journal."""
    for group in _by_journal(in_question(contents)):
        placed = [
            (each, int(text_of(each, "volume")), each.year)
            for each in group
            if text_of(each, "volume").isdecimal() and each.year is not None
        ]
        for reference, volume, year in placed:
            others = [(v, y - v) for other, v, y in placed if other is not reference]
            expected = _year_of_volume(volume, others)
            if expected is None or year == expected:
                continue
            if abs(year - expected) == 1 and (
                len(others) < 5 or len({distance for _, distance in others}) > 1
            ):
                continue  # a journal that changes volume in mid-year gives two years to one volume
            yield about(
                reference,
                f"{called(reference)}: volume {volume} is {expected} by the other {len(others)} articles of "
                f"{journal_of(reference)}, not {year}.",
            )


def _year_of_volume(volume: int, others: list[tuple[int, int]]) -> int | None:
    """Return the year of a volume by the volumes of other articles and their distances to the year.

    Three or more, and four in five of them, must keep one distance, and the volume lie among or near theirs:
    journals change how they count over the decades. No distance means that years serve as volumes."""
    if not others:
        return None
    distance, agreeing = Counter(distance for _, distance in others).most_common(1)[0]
    if distance <= 0 or agreeing < 3 or agreeing < 0.8 * len(others):
        return None
    volumes = [other for other, kept in others if kept == distance]
    return volume + distance if min(volumes) - 5 <= volume <= max(volumes) + 5 else None


@rule(
    "journal-two-names", Level.STYLE, "One journal under two names",
    "The bibliography prints each journal name as it is stored. Names that differ only by abbreviation, an "
    "ampersand or capitals look like two journals, and are sorted and counted apart.",
    "Give all articles of the journal the same name; the short form has its own field",
    link="https://www.issn.org/services/online-services/access-to-the-ltwa/",
)  # fmt: skip
def journal_two_names(contents: ReviewContents) -> Iterator[Found]:
    """Find journals that are named in more than one way."""
    for group in _by_journal(in_question(contents)):
        names = Counter(journal_of(reference) for reference in group)
        if len(names) < 2:
            continue
        usual = names.most_common(1)[0][0]
        odd = [reference for reference in group if journal_of(reference) != usual]
        first = next(reference for reference in group if journal_of(reference) == usual)
        shown = ", ".join(
            f"“{name}” ({listed(each for each in group if journal_of(each) == name)})" for name in names
        )
        yield about_several([first, *odd], f"One journal, it seems, is named in {len(names)} ways: {shown}.")


@rule(
    "doi-names-another-journal", Level.DOUBT, "DOI prefix names another journal",
    "Many publishers begin a DOI with a word for the journal. Where that word belongs to another "
    "journal than "
    "the one stored, the DOI leads to a different article or to none.",
    ("Open the DOI and compare the title", "Look for the right DOI at Crossref"),
    link="https://www.doi.org/the-identifier/resources/handbook/",
)  # fmt: skip
def doi_names_another_journal(contents: ReviewContents) -> Iterator[Found]:
    """Find DOIs whose word belongs to another journal, by the publishers' lists or by the other articles."""
    by_code: dict[tuple[str, str], list[Reference]] = {}
    for each in in_question(contents):
        if journal_of(each) and (code := _code(each)):
            by_code.setdefault(code, []).append(each)
    for reference in in_question(contents):
        code = _code(reference)
        if code is None or not journal_of(reference):
            continue
        known = _journals_of_code(code, reference, by_code[code])
        name = journal_of(reference)
        if not known or any(same_journal(name, other) for other in known):
            continue
        yield about(
            reference,
            f"{called(reference)}: the DOI {reference.doi} begins as those of {known[0]} do, "
            f"but the journal is {name}.",
        )


def _code(reference: Reference) -> tuple[str, str] | None:
    found = _CODE.match(reference.doi or "")
    return (found[1], found[2].lower()) if found else None


def _journals_of_code(
    code: tuple[str, str], reference: Reference, bearing_it: list[Reference]
) -> tuple[str, ...]:
    """Return the journals a DOI's word stands for: as listed, else as three others of the review agree."""
    registrant, word = code
    listed_names = JOURNAL_CODES.get(registrant, {}).get(word)
    if listed_names:
        return listed_names
    alike = [each for each in bearing_it if each is not reference]
    if len(alike) < 3 or word in {"s", "j", "journal", "article"}:
        return ()
    first_year = min((each.year for each in alike if each.year is not None), default=0)
    if reference.year is not None and reference.year < first_year:
        return ()  # the journal may have changed its name
    others = [journal_of(each) for each in alike]
    return (others[0],) if all(same_journal(others[0], other) for other in others) else ()


RULES = (volume_contradicts_year, doi_names_another_journal, journal_two_names)
