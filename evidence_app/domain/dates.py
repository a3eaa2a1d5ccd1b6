"""Dates as CSL holds them: typed text to date and back, partial, approximate, ranges and several years.

Source of the forms: CSL 1.0.2 date variables, and the level 0 and 1 forms of EDTF for ranges."""

import re
from calendar import isleap
from collections.abc import Mapping
from typing import Any, Final

CslDate = dict[str, Any]
"""A CSL date: `date-parts` (one list, or two for a range), `circa`, `season`, or `literal`."""

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}

_LONGEST: Final = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CIRCA = re.compile(r"^(?:(?:circa|about|ca\.?|c\.?)(?=[\s\d])|~)\s*", re.IGNORECASE)
_ISO = re.compile(r"^(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")
_WORDS = re.compile(r"^(?:(\d{1,2})\s+)?([A-Za-z]+)\.?(?:\s+(\d{1,2}),)?\s+(\d{4})$")
_YEAR_FIRST = re.compile(r"^(\d{4})\s+([A-Za-z]+)\.?(?:\s+(\d{1,2}))?$")


def parse_date(text: str) -> CslDate | None:
    """Read `2019`, `2019-04`, `15 June 2022`, `June 15, 2022`, `c. 2019`, `2013/2015`, `Spring 2019`.

    Several years (`2013, 2015, 2022`) and anything else are kept as printed, as a literal date."""
    text = re.sub(r"\s+", " ", text).strip()
    if not text:
        return None
    bare = _CIRCA.sub("", text)
    circa: CslDate = {"circa": True} if bare != text else {}
    ends = [_parts(part.strip()) for part in bare.split("/", 1)]
    if all(ends):
        return {"date-parts": ends, **circa}
    words = bare.split(" ")
    if len(words) == 2 and words[0].lower() in SEASONS and words[1].isdigit():
        return {"date-parts": [[int(words[1])]], "season": SEASONS[words[0].lower()], **circa}
    return {"literal": text}


def _parts(text: str) -> list[int] | None:
    if found := _ISO.match(text):
        parts = [int(part) for part in found.groups() if part is not None]
    elif found := _WORDS.match(text):
        month = _month(found[2])
        day = found[1] or found[3]
        parts = [int(found[4]), month or 0, *([int(day)] if day else [])]
    elif found := _YEAR_FIRST.match(text):
        parts = [int(found[1]), _month(found[2]) or 0, *([int(found[3])] if found[3] else [])]
    else:
        return None
    return parts if _is_real(parts) else None


def _month(word: str) -> int | None:
    word = word.lower()
    matches = [at for at, month in enumerate(MONTHS, 1) if len(word) >= 3 and month.startswith(word)]
    return matches[0] if matches else None


def _is_real(parts: list[int]) -> bool:
    year, month, day = [*parts, 1, 1][:3]
    return 1 <= month <= 12 and 1 <= day <= (_LONGEST[month] if month != 2 or isleap(year) else 28)


def format_date(date: Mapping[str, Any] | None) -> str:
    """Return a date as one types it: `parse_date` reads it back to the same date."""
    if not date:
        return ""
    if date.get("literal"):
        return str(date["literal"])
    ends = [
        "-".join(_year(part) if at == 0 else f"{part:02d}" for at, part in enumerate(_numbers(parts)))
        for parts in date.get("date-parts", [])
        if _numbers(parts)
    ]
    season = {1: "Spring ", 2: "Summer ", 3: "Autumn ", 4: "Winter "}.get(date.get("season") or 0, "")
    return ("c. " if date.get("circa") else "") + season + "/".join(ends)


def _year(year: int) -> str:
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def _numbers(parts: Any) -> list[int]:
    if not isinstance(parts, list | tuple):
        return []
    return [int(part) for part in parts if str(part).lstrip("-").isdigit()]


def year_of(date: Mapping[str, Any] | None) -> int | None:
    """Return the year lists sort by: the first of a range, the last of several, none for no date."""
    years = years_of(date)
    if not date or not years:
        return None
    return years[0] if date.get("date-parts") else years[-1]


def years_of(date: Mapping[str, Any] | None) -> tuple[int, ...]:
    """Return every year the date names, in its order; what is no date names none."""
    if not isinstance(date, Mapping) or not date:
        return ()
    if date.get("date-parts"):
        return tuple(_numbers(parts)[0] for parts in date["date-parts"] if _numbers(parts))
    text = str(date.get("literal") or date.get("raw") or "")
    return tuple(int(year) for year in re.findall(r"(?<!\d)(?:1[5-9]|20)\d{2}(?!\d)", text))
