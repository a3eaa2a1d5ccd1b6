"""A block as one line of text: where the caret stands, what lies between two places, what takes its place.

A place is a number of characters from the start; a citation anchor counts as one character."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from evidence_app.domain.manuscript import AnchorPlace, Run, Text, tidy

ANCHOR: Final = "\ufffc"
"""Stands for a citation anchor in flat text: the object replacement character."""
_LOST: Final = "\ufffd"
_UNPRINTED: Final = ("Cc", "Cs", "Cn")


def flat(runs: Sequence[Run]) -> str:
    """Return the runs as one text, each anchor as one character."""
    return "".join(run.text.replace(ANCHOR, _LOST) if isinstance(run, Text) else ANCHOR for run in runs)


def length(runs: Sequence[Run]) -> int:
    """Return how many places there are behind the first one."""
    return sum(_length(run) for run in runs)


def _length(run: Run) -> int:
    return len(run.text) if isinstance(run, Text) else 1


def place_in(runs: Sequence[Run], position: int) -> tuple[int, int]:
    """Return the run a place is in and the characters before it there; the end is behind the last run."""
    for at, run in enumerate(runs):
        if position < _length(run):
            return at, position
        position -= _length(run)
    return len(runs), 0


def cut(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    """Return what lies between two places."""
    found: list[Run] = []
    at = 0
    for run in runs:
        first, last = max(start - at, 0), min(end - at, _length(run))
        if first < last:
            found.append(Text(run.text[first:last], run.marks) if isinstance(run, Text) else run)
        at += _length(run)
    return tidy(found)


def spliced(runs: Sequence[Run], start: int, end: int, put: Sequence[Run]) -> tuple[Run, ...]:
    """Return the runs with others in place of what lies between two places."""
    return tidy((*cut(runs, 0, start), *put, *cut(runs, end, length(runs))))


def place_of(runs: Sequence[Run], anchor: str) -> int | None:
    """Return the place before an anchor, or None where it does not stand in these runs."""
    at = 0
    for run in runs:
        if run == AnchorPlace(anchor):
            return at
        at += _length(run)
    return None


def one_line(text: str) -> str:
    """Return text as a block can hold it: its lines joined by blanks, without what no page prints."""
    joined = " ".join(text.replace(ANCHOR, "").replace("\t", " ").splitlines())
    return "".join(letter for letter in joined if unicodedata.category(letter) not in _UNPRINTED)
