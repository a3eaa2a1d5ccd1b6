"""How fast somebody screens, and how long the rest takes at that pace."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

PAUSE: Final = 300.0
"""Seconds without a decision after which somebody has been doing something else."""
LAST: Final = 60
"""So many decisions are looked at: the pace is that of now, not of last week."""
LEAST: Final = 5


def per_minute(moments: Sequence[float]) -> float | None:
    """Return decisions a minute from when they were made (seconds, in order); None while there are too few.

    Time between two decisions that is longer than a pause counts as none."""
    last = list(moments)[-LAST:]
    gaps = [after - before for before, after in itertools.pairwise(last)]
    worked = [gap for gap in gaps if 0 <= gap <= PAUSE]
    spent = sum(worked)
    if len(worked) < LEAST or spent <= 0:
        return None
    return 60 * len(worked) / spent


def seconds_of(at: str) -> float | None:
    """Return a stored moment in seconds since 1970, or None where it is no moment."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def pace_words(pace: float | None) -> str:
    """Return the pace in words: "3.1 a minute"."""
    if pace is None:
        return ""
    return f"{pace:,.0f} a minute" if pace >= 10 else f"{pace:.1f} a minute"


def left_words(number: int, pace: float | None) -> str:
    """Return how long a number of records takes: "About 3 h 50 min left at this pace"."""
    if number == 0:
        return "Nothing is left here"
    if not pace:
        return "The pace is known after a few decisions"
    minutes = round(number / pace)
    if minutes < 1:
        return "Less than a minute left at this pace"
    hours, rest = divmod(minutes, 60)
    if hours >= 10:
        return f"About {round(minutes / 60)} h left at this pace"
    tens = 5 * round(rest / 5) if hours else rest
    if hours and tens == 60:
        hours, tens = hours + 1, 0
    said = [f"{hours} h" if hours else "", f"{tens} min" if tens else ""]
    return f"About {' '.join(part for part in said if part)} left at this pace"
