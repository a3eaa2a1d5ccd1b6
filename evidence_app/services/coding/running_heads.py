"""Running heads and page numbers: lines at the edges of pages that are no part of the text.

They are left out when a text is frozen, so that a sentence that goes over a page is quoted without them. Only
what plainly repeats is left out: words at the same edge of pages near each other, numbers that count up."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

LEAST: Final = 3
"""Pages on which a line with the page's number stands at least."""
LEAST_ALIKE: Final = 4
"""Pages on which a line without it stands at least."""
_NEAR: Final = 3
"""Pages from one to the next that has the same line: left and right pages may have different ones."""
_DEEPEST: Final = 3
_LETTERS: Final = 8
_NUMBER: Final = re.compile(r"\d+")


class _Line(NamedTuple):
    """The outermost line of a page: its likeness, and how far its numbers run ahead of the page's place."""

    likeness: str
    ahead: frozenset[int]


def without_running_heads(pages: Sequence[str]) -> list[str]:
    """Return the texts of pages without running heads, running feet and page numbers."""
    lines = [page.split("\n") for page in pages]
    for edge in (0, -1):
        going = set(range(len(lines)))
        for _ in range(_DEEPEST):
            seen = {at: _outermost(lines[at], at, edge) for at in going}
            going = _furniture({at: line for at, line in seen.items() if line is not None})
            for at in going:
                _drop(lines[at], edge)
    return ["\n".join(each) for each in lines]


def _outermost(lines: Sequence[str], at: int, edge: int) -> _Line | None:
    text = next((line for line in (lines if edge == 0 else reversed(lines)) if line.strip()), None)
    if text is None:
        return None
    likeness = " ".join(_NUMBER.sub("#", text).split()).casefold()
    numbers = (number for number in _NUMBER.findall(text) if len(number) < 7)
    return _Line(likeness, frozenset(int(number) - at for number in numbers))


def _drop(lines: list[str], edge: int) -> None:
    """Take the outermost line with words away, and the empty ones outside of it."""
    while not lines.pop(edge).strip():
        pass


def _furniture(outermost: Mapping[int, _Line]) -> set[int]:
    """Return the pages whose outermost line is no part of the text."""
    worded = ((at, line.likeness) for at, line in outermost.items() if _is_worded(line.likeness))
    counting = ((at, (line.likeness, ahead)) for at, line in outermost.items() for ahead in line.ahead)
    return _repeated(worded, LEAST_ALIKE) | _repeated(counting, LEAST)


def _is_worded(likeness: str) -> bool:
    return sum(letter.isalpha() for letter in likeness) >= _LETTERS


def _repeated(told: Iterable[tuple[int, object]], least: int) -> set[int]:
    """Return the pages that say the same as enough pages near them."""
    runs: dict[object, list[list[int]]] = {}
    for at, what in sorted(told, key=lambda each: each[0]):
        known = runs.setdefault(what, [])
        if known and at - known[-1][-1] <= _NEAR:
            known[-1].append(at)
        else:
            known.append([at])
    return {at for found in runs.values() for run in found if len(run) >= least for at in run}
