"""Where the words a reviewer looks for stand in a text: stems (`commission*`), phrases, three kinds."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

KINDS: Final = ("exclude", "include", "neutral")
"""The kinds of terms; where two of the same length match at one place, the first kind wins."""

_GAP: Final = r"[\s\-\u2010-\u2015]+"
_HYPHEN: Final = r"[\s\-\u2010-\u2015]?"
_WITHOUT_SPACES: Final = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0e7f]")
"""Scripts that put no spaces between words."""

_WILD: Final = {"*": r"\w*", "$": r"\w*", "?": r"\w?", "#": r"\w"}


class Mark(NamedTuple):
    """A stretch of a text, from a position up to another, and the kind of the term that stands there."""

    start: int
    end: int
    kind: str


class Highlighter:
    """Finds terms in texts; made once for a list of terms, asked for each record."""

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        self._pattern = _compiled(tuple(terms))

    def marks(self, text: str) -> list[Mark]:
        """Return where terms stand, from left to right; none overlaps another."""
        if self._pattern is None or not text:
            return []
        return [
            Mark(found.start(), found.end(), str(found.lastgroup))
            for found in self._pattern.finditer(text)
            if found.end() > found.start()
        ]


@lru_cache(maxsize=16)
def _compiled(terms: tuple[tuple[str, str], ...]) -> re.Pattern[str] | None:
    groups = []
    longest_first = sorted(terms, key=lambda term: -len(term[0]))
    for kind in KINDS:
        patterns = [pattern_of(text) for text, of in longest_first if of == kind]
        patterns = [pattern for pattern in patterns if pattern]
        if patterns:
            groups.append(f"(?P<{kind}>{'|'.join(patterns)})")
    return re.compile("|".join(groups), re.IGNORECASE) if groups else None


def pattern_of(term: str) -> str:
    """Return the pattern of one term: whole words, `*` for any ending, a hyphen also as space or nothing."""
    words = " ".join(term.replace('"', " ").replace("“", " ").replace("”", " ").split())
    if not words.strip("*?#$ -"):
        return ""
    inner = "".join(_part(letter) for letter in words)
    if _WITHOUT_SPACES.search(words):
        return inner
    return rf"(?<!\w){inner}(?!\w)"


def _part(letter: str) -> str:
    if letter == " ":
        return _GAP
    if letter in "-\u2010\u2011\u2012\u2013":
        return _HYPHEN
    return _WILD.get(letter) or re.escape(letter)
