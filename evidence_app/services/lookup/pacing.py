"""How fast to ask, as Crossref says it in the headers of every reply.

Source: Crossref REST API, `x-rate-limit-limit`, `x-rate-limit-interval` and `x-concurrency-limit`, which
differ between single works and lists and changed on 2025-12-01. Requests go one at a time, so the
concurrency limit is always kept."""

import email.utils
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final, Literal

Kind = Literal["single", "list"]
Watch = Callable[[], None]
"""Called while something lasts; raises `Cancelled` to end it."""

FIRST_PAUSE: Final[Mapping[Kind, float]] = {"single": 0.2, "list": 1.0}
"""Seconds between requests until a reply says otherwise: the public pool, 5 works or 1 list a second."""

_MARGIN: Final = 1.1
_LONGEST_PAUSE: Final = 60.0
_SLICE: Final = 0.2
_SECONDS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def nothing_to_watch() -> None:
    """Let everything run to its end."""


class Pace:
    """Keeps the pause between requests, one queue for all of them. Times are in seconds."""

    def __init__(self, clock: Callable[[], float], wait: Callable[[float], object]) -> None:
        self._clock = clock
        self._wait = wait
        self._pause: dict[Kind, float] = dict(FIRST_PAUSE)
        self._next: dict[Kind, float] = {"single": 0.0, "list": 0.0}
        self.watch: Watch = nothing_to_watch

    def pause_of(self, kind: Kind) -> float:
        """Return the seconds kept between two requests of this kind."""
        return self._pause[kind]

    def before(self, kind: Kind) -> None:
        """Wait until the next request of this kind may leave."""
        self.rest(self._next[kind] - self._clock())
        self._next[kind] = self._clock() + self._pause[kind]

    def learn(self, kind: Kind, headers: Mapping[str, str]) -> None:
        """Take the pace from a reply's headers; replies without them change nothing."""
        limit = _number(headers.get("x-rate-limit-limit"))
        interval = _interval(headers.get("x-rate-limit-interval"))
        if limit and interval:
            pause = min(interval / limit * _MARGIN, _LONGEST_PAUSE)
            self._next[kind] += pause - self._pause[kind]
            self._pause[kind] = pause

    def rest(self, seconds: float) -> None:
        """Wait, in slices short enough that a cancel is noticed at once."""
        end = self._clock() + seconds
        self.watch()
        while (left := end - self._clock()) > 0:
            self._wait(min(left, _SLICE))
            self.watch()


def retry_after(text: str | None, now: datetime | None = None) -> float | None:
    """Return the seconds a `Retry-After` header asks for, given as seconds or as an HTTP date."""
    if not text:
        return None
    if (seconds := _number(text)) is not None:
        return seconds
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())


def _number(text: str | None) -> float | None:
    found = re.fullmatch(r"\s*(\d{1,9}(?:\.\d+)?)\s*", text or "")
    return float(found[1]) if found else None


def _interval(text: str | None) -> float | None:
    found = re.fullmatch(r"\s*(\d{1,9}(?:\.\d+)?)\s*(ms|s|m|h)?\s*", text or "")
    return float(found[1]) * _SECONDS[found[2] or "s"] if found else None
