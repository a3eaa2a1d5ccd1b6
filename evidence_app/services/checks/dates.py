"""Checks of dates: missing, several, impossible, out of order, online beside print."""

import calendar
import re
from collections.abc import Iterator
from typing import Any

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.csl import ALL_DATES
from evidence_app.domain.dates import format_date, year_of, years_of
from evidence_app.domain.reference import Reference
from evidence_app.domain.wording import in_words
from evidence_app.services.checks.results import Found, Level, about, rule
from evidence_app.services.checks.scope import called, in_question

_CITING = "https://www.ncbi.nlm.nih.gov/books/NBK7273/"
_DATES = "https://docs.citationstyles.org/en/stable/specification.html#date-variables"
_CROSSREF = (
    "https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/publication-date/"
)
_DOI_YEAR = re.compile(r"^10\.\d{4,9}/(?:j\.[\w-]+|\d{7}[\dx])\.((?:19|20)\d{2})\.\d", re.IGNORECASE)
"""A year between two points of the suffix, as Wiley, Elsevier (`j.….2010.00620`) and Taylor & Francis
(`25783858.2019.1660497`) write it: the year the article was first put online or numbered for it."""


@rule(
    "no-year", Level.DOUBT, "No year",
    "The reference says nothing of when the work appeared; it prints as n.d. and sorts before all others.",
    ("Look for the year on the work itself",
     "Waive it where the work bears no date, with the day it was seen"),
    link=_CITING,
)  # fmt: skip
def no_year(contents: ReviewContents) -> Iterator[Found]:
    """Find references without a year, those in press or forthcoming left out."""
    for reference in in_question(contents):
        if not years_of(_date(reference, "issued")) and not reference.item.get("status"):
            yield about(reference, f"{called(reference)} has no year.")


@rule(
    "several-years", Level.DOUBT, "Several years",
    "The reference names more than one year of publication. Styles print one, and a reader cannot tell which "
    "version the review used.",
    "Store the year of the version the review used, and note the others",
    link=_CITING,
)  # fmt: skip
def several_years(contents: ReviewContents) -> Iterator[Found]:
    """Find references whose date of publication names several years."""
    for reference in in_question(contents):
        years = list(dict.fromkeys(years_of(_date(reference, "issued"))))
        if len(years) > 1:
            yield about(reference, f"{called(reference)} names {in_words(map(str, years))} as its year.")


@rule(
    "impossible-date", Level.ERROR, "Impossible date",
    "There is no such day, month or year.",
    "Correct the date",
    link=_DATES,
)  # fmt: skip
def impossible_date(contents: ReviewContents) -> Iterator[Found]:
    """Find dates that are not in the calendar, and years before 1450 or after 2100."""
    for reference in in_question(contents):
        for variable in ALL_DATES:
            date = _date(reference, variable)
            parts = [part for part in (date or {}).get("date-parts", []) if isinstance(part, list | tuple)]
            wrong = [part for part in parts if not is_possible(part, variable == "original-date")]
            if wrong or _ends_before(parts):
                found = about(reference, f"{called(reference)}: {variable} is {format_date(date)}.")
                yield Found(f"{found.subject}:{variable}", found.message, found.references)


def is_possible(parts: Any, old: bool = False) -> bool:
    """Return whether year, month and day, as far as given, are in the calendar."""
    numbers = _numbers(parts)
    if not numbers:
        return True
    year, month, day = (*numbers, 1, 1)[:3] if len(numbers) < 3 else numbers[:3]
    if not (old or 1450 <= year <= 2100) or not 1 <= month <= 12:
        return False
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _numbers(parts: Any) -> tuple[int, ...]:
    return tuple(int(part) for part in parts if part is not None and str(part).lstrip("-").isdecimal())


def _ends_before(parts: list[Any]) -> bool:
    if len(parts) != 2:
        return False
    first, last = _numbers(parts[0]), _numbers(parts[1])
    shared = min(len(first), len(last))
    return shared > 0 and last[:shared] < first[:shared]


@rule(
    "seen-before-published", Level.DOUBT, "Seen before it was published",
    "The day the page was seen lies before the day of publication, so one of the two is wrong.",
    "Correct the date that is wrong",
    link=_DATES,
)  # fmt: skip
def seen_before_published(contents: ReviewContents) -> Iterator[Found]:
    """Find works whose day of access comes before their publication, as far as both are known."""
    for reference in in_question(contents):
        seen, issued = (_date(reference, name) for name in ("accessed", "issued"))
        first, last = _first_parts(issued), _first_parts(seen)
        shared = min(len(first), len(last))
        if shared and last[:shared] < first[:shared]:
            yield about(
                reference,
                f"{called(reference)} was seen {format_date(seen)}, but published {format_date(issued)}.",
            )


def _first_parts(date: dict[str, Any] | None) -> tuple[int, ...]:
    parts = (date or {}).get("date-parts") or []
    return _numbers(parts[0]) if parts and isinstance(parts[0], list | tuple) else ()


@rule(
    "online-and-print-year", Level.INFORMATION, "Online and print years differ",
    "The article appeared online in one year and in print in another. Both are right; styles cite "
    "print where "
    "there is a volume, and a reader may find the other year elsewhere.",
    "Nothing need be done",
    link=_CROSSREF,
)  # fmt: skip
def online_and_print_year(contents: ReviewContents) -> Iterator[Found]:
    """Find articles whose online year, by Crossref or by the year in their DOI, is not the one cited."""
    for reference in in_question(contents):
        year = year_of(_date(reference, "published-print")) or reference.year
        online = year_of(_date(reference, "published-online"))
        by_doi = _DOI_YEAR.match(reference.doi or "")
        if year is None:
            continue
        if online is not None and online != year and online <= year + 2:  # later is a digitised archive
            yield about(reference, f"{called(reference)} appeared online in {online} and in print in {year}.")
        elif online is None and by_doi and int(by_doi[1]) < year:
            yield about(reference, f"{called(reference)}: its DOI bears {by_doi[1]}, its year is {year}.")


def _date(reference: Reference, variable: str) -> dict[str, Any] | None:
    value = reference.item.get(variable)
    return value if isinstance(value, dict) else None


RULES = (impossible_date, no_year, several_years, seen_before_published, online_and_print_year)
