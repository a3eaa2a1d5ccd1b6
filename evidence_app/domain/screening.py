"""Screening: stages, verdicts, what the votes on a record come to, and what was decided before the start."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Stage(StrEnum):
    """Where a record is judged. `BEFORE` is for what was removed before anybody read it."""

    BEFORE = "before-screening"
    TITLE_ABSTRACT = "title-abstract"
    FULL_TEXT = "full text"


class Verdict(StrEnum):
    """What one person decides."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    MAYBE = "maybe"

    @property
    def label(self) -> str:
        """The act, as a button and an edit name it."""
        return {"include": "Include", "exclude": "Exclude", "maybe": "Maybe:"}[self.value]


class Outcome(StrEnum):
    """What all votes on a record come to at a stage."""

    UNSCREENED = "unscreened"
    INCLUDE = "include"
    EXCLUDE = "exclude"
    MAYBE = "maybe"
    CONFLICT = "conflict"
    SECOND_VOTE = "needs second vote"

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to look at it again."""
        return self in (Outcome.INCLUDE, Outcome.EXCLUDE)


class MadeAs(StrEnum):
    """In which capacity a decision was made."""

    REVIEWER = "reviewer"
    ADJUDICATOR = "adjudicator"
    AUTOMATION = "automation"


class MaybeCounts(StrEnum):
    """What a Maybe on title and abstract counts as; in full text it always stays open."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    SEPARATE = "separate"


class Purpose(StrEnum):
    """What a sample was drawn for."""

    CHECK = "check"
    CALIBRATION = "calibration"
    AUDIT = "audit"


class Vote(NamedTuple):
    """One live decision, as far as outcomes are told from it."""

    person: int | None
    verdict: str
    made_as: str
    at: str
    id: int
    reference: int = 0
    """As it was voted on; it may have been merged since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One person's verdict on one reference at one stage."""

    id: int
    guid: str
    reference: int
    person: int | None
    name: str = ""
    """Who decided; empty where an import does not say."""
    stage: Stage
    verdict: Verdict
    reason: int | None = None
    """The primary reason, by its row in the shared list."""
    words: str = ""
    """The reason in words, where it was imported."""
    further: tuple[int, ...] = ()
    note: str = ""
    at: str = ""
    made_as: MadeAs = MadeAs.REVIEWER
    source: str = ""
    shown_by: str = ""
    score: float | None = None
    ranking: int | None = None

    @property
    def reasons(self) -> tuple[int, ...]:
        """The rows of all its reasons, the primary one first."""
        first = () if self.reason is None else (self.reason,)
        return tuple(dict.fromkeys((*first, *self.further)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionReason:
    """A reason of the shared, ordered list of a stage."""

    id: int
    guid: str
    stage: Stage
    name: str
    criterion: int | None = None
    position: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """What was decided before the start; `id` is None where nothing was written down yet."""

    id: int | None = None
    review_type: str = ""
    blind: bool = True
    double_share: float | None = None
    """How much of all records two people screen, 0 to 1."""
    maybe_counts: MaybeCounts = MaybeCounts.INCLUDE
    calibration: int | None = None
    """Records of the first round, before the start."""
    least_agreement: float | None = None
    """Cohen's kappa below which `after_poor_check` applies."""
    after_poor_check: str = ""
    registration: str = ""

    @property
    def all_twice(self) -> bool:
        """Whether every record needs two votes."""
        return (self.double_share or 0) >= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A criterion as the protocol states it, with the code by which it is named (I1, E2)."""

    id: int
    guid: str
    code: str
    text: str
    includes: bool
    concept: int | None = None
    position: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept of the question: population, setting, outcome."""

    id: int
    name: str
    text: str = ""
    position: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHeld:
    """What a person does: screener, second reviewer, adjudicator, extractor, coder."""

    id: int
    person: int
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A dated change of the protocol, and how many records it put back into a queue."""

    id: int
    text: str
    reason: str = ""
    criterion: int | None = None
    before: str = ""
    after: str = ""
    by: str = ""
    at: str = ""
    again: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A random part of the records of a stage; the seed draws the same ones again."""

    id: int
    guid: str
    name: str
    stage: Stage
    purpose: Purpose
    seed: int | None = None
    share: float | None = None
    drawn_from: int | None = None
    person: int | None = None
    person_name: str = ""
    at: str = ""
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedRun:
    """One time of ranked screening: the rule by which it stops, written down before it started."""

    id: int
    stage: Stage
    model: str
    rule: str
    threshold: float
    note: str = ""
    by: str = ""
    started_at: str = ""
    ended_at: str = ""
    ended_why: str = ""

    @property
    def is_running(self) -> bool:
        """Whether it was not ended yet."""
        return not self.ended_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far one person and the team are at a stage; of others it tells numbers only."""

    stage: Stage
    records: int
    """How many are judged at this stage."""
    mine: int
    """How many of them this person judged."""
    waiting: int
    """How many wait for this person."""
    settled: int
    second_votes: int
    conflicts: int
    maybe: int
    moments: tuple[str, ...] = field(default=())
    """When this person decided last, oldest first."""
