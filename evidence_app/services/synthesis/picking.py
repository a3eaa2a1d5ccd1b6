"""Which works the citation picker offers, the likeliest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence_app.domain.reference import folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A work as the picker lists it."""

    reference: int
    number: int | None
    label: str
    title: str
    cited: int = 0
    """In how many citation anchors it stands."""
    near: bool = False
    """Whether it is cited in the same section already."""
    included: bool = False


def ranked(candidates: Iterable[Candidate], words: str, limit: int = 40) -> list[Candidate]:
    """Return the candidates in the order offered: its number, its author, then what is cited near and often.

    Every candidate answers the words already; they only decide the order."""
    asked = folded(words).split()
    return sorted(candidates, key=lambda each: _key(each, asked))[:limit]


def _key(candidate: Candidate, asked: list[str]) -> tuple[object, ...]:
    label, title = folded(candidate.label), folded(candidate.title)
    number = len(asked) == 1 and asked[0].isdigit() and candidate.number == int(asked[0])
    named = bool(asked) and any(label.startswith(word) for word in asked)
    titled = bool(asked) and title.startswith(" ".join(asked))
    return (
        not number, not named, not titled, not candidate.near, -candidate.cited, not candidate.included,
        candidate.number is None, candidate.number or 0, candidate.reference,
    )  # fmt: skip


def emphasised(title: str, words: str) -> list[tuple[str, bool]]:
    """Return a title in pieces, with whether each answers a word of the query."""
    marks = [False] * len(title)
    plain = _aligned(title)
    for word in folded(words).split():
        at = plain.find(word)
        while at >= 0:
            marks[at : at + len(word)] = [True] * len(word)
            at = plain.find(word, at + 1)
    pieces: list[tuple[str, bool]] = []
    for letter, mark in zip(title, marks, strict=True):
        if pieces and pieces[-1][1] == mark:
            pieces[-1] = (pieces[-1][0] + letter, mark)
        else:
            pieces.append((letter, mark))
    return pieces


def _aligned(title: str) -> str:
    """Return the title folded letter by letter, so that places stay the same."""
    return "".join((folded(letter) or " ")[0] for letter in title)


def times_cited(anchors: Iterable[Iterable[int]]) -> Mapping[int, int]:
    """Return in how many anchors each work stands; `anchors` are the works of each."""
    counts: dict[int, int] = {}
    for works in anchors:
        for work in set(works):
            counts[work] = counts.get(work, 0) + 1
    return counts
