"""How long reading may take, so that no file can hold the program up.

A reader looks at its clock whenever it takes more of the file. What one value can cost is bounded where
it is read: a name, a date, a DOI or pages longer than any that exist are kept as they stand, not read."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

SECONDS: Final = 60.0
SECONDS_PER_MB: Final = 20.0
"""What a file may take beyond that: fifty times what the slowest of our readers takes."""

NAME: Final = 1_000
SHORT: Final = 300
"""The longest dates, pages and parts of names that are read, in characters."""
HIDDEN: Final = 20_000
"""The longest note that is looked through for what other programs hid in it."""
REFERENCE: Final = 6_000
"""The longest printed reference that is read; more is a text, or a list nobody can part."""
IDENTIFIERS: Final = 20_000
"""How much of a value is looked through for DOIs and serial numbers."""
MACROS: Final = 100_000
"""The longest a value can grow by the macros it names."""
ANCESTORS: Final = 20
"""How many entries one may inherit from, one after the other."""

_LOOKS: Final = 200


class TookTooLong(Exception):
    """Reading was stopped by its clock; what was read until then holds."""


class Clock:
    """Counts the time one file takes to read, and stops it."""

    def __init__(
        self, size: int, allowed: float | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.allowed = SECONDS + SECONDS_PER_MB * size / 1_000_000 if allowed is None else allowed
        self._now = now
        self._spent = 0.0
        self._since: float | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what happens inside; what is done with a record between two readings does not count."""
        self._since = self._now()
        try:
            yield
        finally:
            self._spent += self._now() - self._since
            self._since = None

    def look(self) -> None:
        """Raise `TookTooLong` where the file has taken all it may."""
        under_way = self._now() - self._since if self._since is not None else 0.0
        if self._spent + under_way > self.allowed:
            raise TookTooLong

    def over(self, lines: TextIO) -> "TextIO":
        """Return the text to read under this clock."""
        return _Timed(lines, self)  # type: ignore[return-value]


class _Timed:
    """A text whose reading looks at the clock."""

    def __init__(self, text: TextIO, clock: Clock) -> None:
        self._text, self._clock = text, clock

    def __iter__(self) -> Iterator[str]:
        for at, line in enumerate(self._text):
            if at % _LOOKS == 0:
                self._clock.look()
            yield line

    def read(self, size: int = -1) -> str:
        """Return the next part of the text."""
        self._clock.look()
        return self._text.read(size)

    def readline(self) -> str:
        """Return the next line."""
        return self._text.readline()

    def seek(self, place: int) -> int:
        """Go to a place in the text."""
        return self._text.seek(place)
