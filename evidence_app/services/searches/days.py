"""Days as a search has them: one, or the first and the last of an interval, typed and shown."""

import re
from datetime import date
from typing import Final

from evidence_app.domain.dates import format_date, parse_date
from evidence_app.domain.errors import EvidenceError

_DASH: Final = re.compile(r"\s*(?:–|—|\bto\b|\buntil\b|(?<=[\s\dA-Za-z])-(?=\s|[A-Za-z]))\s*", re.IGNORECASE)
_SHORT_INTERVAL: Final = re.compile(r"^(\d{1,2})-(\d{1,2}\s+[A-Za-z])")
_DAY_ALONE: Final = re.compile(r"^\d{1,2}$")
_DAY_AND_MONTH: Final = re.compile(r"^\d{1,2}\s+[A-Za-z]+$")
_SLASHED: Final = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})$")


def read_days(text: str) -> tuple[str, str]:
    """Read `17 March 2023`, `2023-03-16`, `16–17 March 2023`, `16 March to 2 April 2023`.

    Returns the first and the last day as ISO dates. Raises `EvidenceError` for what is no date."""
    text = _SHORT_INTERVAL.sub(r"\1–\2", " ".join(text.split()))
    if not text:
        return "", ""
    parts = _DASH.split(text, maxsplit=1) if "/" not in text or _SLASHED.match(text) else text.split("/", 1)
    last = _iso(parts[-1], text)
    if len(parts) == 1:
        return last, last
    first = parts[0].strip()
    if _DAY_ALONE.match(first):
        first = f"{first} {_after_day(parts[-1])}"
    elif _DAY_AND_MONTH.match(first):
        first = f"{first} {last[:4]}"
    begins = _iso(first, text)
    if begins > last:
        raise EvidenceError(f"“{text}” ends before it begins. The date was left as it was.")
    return begins, last


def _after_day(text: str) -> str:
    return text.strip().split(" ", 1)[1] if " " in text.strip() else text


def _iso(text: str, whole: str) -> str:
    if found := _SLASHED.match(text.strip()):
        day, month, year = (int(part) for part in found.groups())
        if month <= 12:
            text = f"{year:04}-{month:02}-{day:02}"
    read = parse_date(text.strip()) or {}
    parts = read.get("date-parts")
    if not parts or len(parts) != 1:
        raise EvidenceError(
            f"“{whole}” is not a date. Write it as 17 March 2023, or 16–17 March 2023. It was left as it was."
        )
    return "-".join(f"{part:0{4 if at == 0 else 2}}" for at, part in enumerate(parts[0]))


def shown_days(first: str, last: str, *, short: bool = False) -> str:
    """Return the days in words: 17 March 2023, 16–17 March 2023, 28 February – 3 March 2023."""
    if not first or not last or first == last:
        return _worded(first or last, short)
    begin, end = _day(first), _day(last)
    if begin and end and (begin.year, begin.month) == (end.year, end.month):
        return f"{begin.day}–{_worded(last, short)}"
    if begin and end and begin.year == end.year:
        return f"{_worded(first, short).rsplit(' ', 1)[0]} – {_worded(last, short)}"
    return f"{_worded(first, short)} – {_worded(last, short)}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _worded(text: str, short: bool) -> str:
    at = _day(text)
    if at is not None:
        return f"{at.day} {at:%b} {at.year}" if short else f"{at.day} {at:%B} {at.year}"
    if re.fullmatch(r"\d{4}-\d{2}", text):
        month = date(int(text[:4]), int(text[5:]), 1)
        return f"{month:%b} {month.year}" if short else f"{month:%B} {month.year}"
    return format_date(parse_date(text)) if text else ""
