"""How the window says when something was: in the zone of the place where it is."""

from datetime import datetime


def day_of(stored: str) -> str:
    """Return an ISO moment as a day: 3 May 2024; what cannot be read stands as it is."""
    at = _read(stored)
    return f"{at.day} {at:%B} {at.year}" if at is not None else stored


def moment_of(stored: str) -> str:
    """Return an ISO moment as a day and a time: 3 May 2024, 14:05."""
    at = _read(stored)
    return f"{at.day} {at:%B} {at.year}, {at:%H:%M}" if at is not None else stored


def told_by(person: str, at: str) -> str:
    """Return who did something and on which day, as far as it is known: Ada Reviewer, 3 May 2024."""
    return ", ".join(part for part in (person, day_of(at)) if part)


def _read(stored: str) -> datetime | None:
    try:
        return datetime.fromisoformat(stored).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
