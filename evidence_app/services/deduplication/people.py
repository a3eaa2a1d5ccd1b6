"""Authors as they are compared: family names folded, initials, however a database writes or cuts the list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from evidence_app.domain.names import Name
from evidence_app.domain.reference import folded
from evidence_app.services.alike import is_alike
from evidence_app.services.deduplication.titles import trials_in

_NOBODY: Final = frozenset(
    ("anonymous", "anon", "noauthor", "noauthorlisted", "noauthors", "unknown", "na", "nil", "none")
)
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_ALIKE: Final = 0.84


@dataclass(frozen=True, slots=True)
class Author:
    """One author: family name run together, its words, and initials."""

    family: str
    words: tuple[str, ...]
    """Every word of the name of more than one letter."""
    initials: str = ""
    is_body: bool = False


def authors_of(names: Sequence[Name]) -> tuple[Author, ...]:
    """Return authors as they are compared, without et al. and names that stand for nobody."""
    made = (_author(name) for name in _apart(names) if not name.is_et_al and not trials_in(name.literal))
    return tuple(author for author in made if author.family and author.family not in _NOBODY)


def is_cut(names: Sequence[Name]) -> bool:
    """Whether the source says that it lists some authors only."""
    return any(name.is_et_al for name in names)


def _apart(names: Sequence[Name]) -> Sequence[Name]:
    """Part names that an import has left in one: `Lan, J and Zhang, T` in the place of a given name."""
    if not any(" and " in name.given or (" and " in name.literal and "," in name.literal) for name in names):
        return names
    text = ", ".join(name.literal or ", ".join(filter(None, (name.family, name.given))) for name in names)
    parts = [part.partition(",") for part in re.split(r"\s+and\s+|;", text) if part.strip()]
    return [
        Name(family=family.strip(), given=given.strip()) if given.strip() else Name(literal=family.strip())
        for family, _, given in parts
    ]


@lru_cache(maxsize=65536)
def _author(name: Name) -> Author:
    if name.literal:
        words = tuple(_LETTERS.findall(folded(name.literal)))
        long = [word for word in words if len(word) > 1]
        if len(words) <= 4 and len(words) > len(long) >= 1:  # `Smith AB` or `A B Smith` read as one
            return Author("".join(long), tuple(long), "".join(w for w in words if len(w) == 1))
        return Author("".join(words), tuple(long), "", len(words) > 3)
    family = _LETTERS.findall(folded(f"{name.particle} {name.family}"))
    given = _LETTERS.findall(folded(name.given))
    words = tuple(word for word in (*family, *given) if len(word) > 1)
    return Author("".join(family) or "".join(given), words, _initials(name.given, given))


def _initials(text: str, words: Sequence[str]) -> str:
    if len(words) == 1 and text.isupper() and len(words[0]) <= 4:
        return words[0]
    return "".join(word[0] for word in words)


@lru_cache(maxsize=131072)
def same_author(one: Author, other: Author) -> bool:
    """Whether two names can be one person's: one family name, and initials that do not contradict."""
    if one.family == other.family or _one_in_other(one, other) or _misspelt(one, other):
        return _same_initials(one, other)
    return _turned(one, other)


def _one_in_other(one: Author, other: Author) -> bool:
    """Whether one family name is the other's beginning or end: a particle or second name is left out."""
    short, long = sorted((one.family, other.family), key=len)
    return len(short) >= 4 and (long.endswith(short) or long.startswith(short))


def _misspelt(one: Author, other: Author) -> bool:
    return min(len(one.family), len(other.family)) >= 4 and is_alike(one.family, other.family, _ALIKE)


def _same_initials(one: Author, other: Author) -> bool:
    if not one.initials or not other.initials:
        return True
    return one.initials[0] in other.initials or other.initials[0] in one.initials


def _turned(one: Author, other: Author) -> bool:
    """Whether family and given name stand the other way round: Xiangdong Zhou for Zhou Xiangdong."""
    return (one.family in other.words and other.family in one.words) or (
        len(one.words) > 1 and sorted(one.words) == sorted(other.words)
    )


def shared(one: Sequence[Author], other: Sequence[Author]) -> int:
    """Return how many authors of the shorter list stand in the longer."""
    short, long = sorted((one, other), key=len)
    waiting = list(long)
    count = 0
    for author in short:
        found = next((each for each in waiting if same_author(author, each)), None)
        if found is not None:
            waiting.remove(found)
            count += 1
    return count
