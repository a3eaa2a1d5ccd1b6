"""How several things are said in one sentence."""

from collections.abc import Iterable


def in_words(parts: Iterable[str]) -> str:
    """Return a list as one says it: `a, b and c`."""
    *first, last = [*parts] or [""]
    return f"{', '.join(first)} and {last}" if first else last
