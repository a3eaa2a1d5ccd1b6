"""What a review states about itself: questions, criteria, searches, studies, numbers."""

from dataclasses import dataclass, field
from enum import StrEnum


class NumberState(StrEnum):
    """Where a number comes from; it is printed with the number."""

    DERIVED = "derived"
    TYPED = "typed"
    INFERRED = "inferred"
    NOT_REPORTED = "not reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedNumber:
    """A number the review prints, with its state and what stands behind it.

    `basis` is the sum or query of a derived number, the source of a typed one, the reason of an inferred
    one. Where a typed number has a derived counterpart, `derived` holds it so that a difference shows."""

    key: str
    label: str
    value: int | None
    state: NumberState
    unit: str = ""
    basis: str = ""
    derived: int | None = None

    @property
    def differs(self) -> bool:
        """Whether the number typed and the number counted disagree."""
        return self.value is not None and self.derived is not None and self.value != self.derived


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A research question."""

    id: int
    guid: str
    text: str
    position: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """An inclusion or exclusion criterion."""

    id: int
    guid: str
    text: str
    includes: bool
    position: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One dated run of one query on one source; the fields are PRISMA-S's."""

    id: int
    guid: str
    source: str
    kind: str = "database"
    platform: str = ""
    searched_from: str = ""
    searched_to: str = ""
    covers: str = ""
    query: str = ""
    limits: str = ""
    note: str = ""
    claimed: int | None = None
    """How many records the source said it found; None where the review does not report it."""
    seen: int | None = None
    """How many results were looked at, where there is no file; None where it is not reported."""
    kept: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristic:
    """One attribute of a report or study, with where it came from."""

    reference: int
    name: str
    value: str
    state: NumberState
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What is stated on the title page."""

    title: str
    short_title: str = ""
    subtitle: str = ""
    authors: tuple[dict[str, str], ...] = ()
    """Each with name, affiliations, orcid, corresponding."""
    keywords: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    """Named statements in the review's own words: funding, correspondence, limitations …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who acts."""

    id: int
    guid: str
    name: str
    initials: str = ""
