"""Reviewer packets: what a second reviewer is given to judge, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence_app.domain.csl import CslItem
from evidence_app.domain.screening import Criterion, ExclusionReason, Stage, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketRecord:
    """One work to be judged, by the identity it has in every copy of the review."""

    guid: str
    item: CslItem
    documents: tuple[Mapping[str, Any], ...] = ()
    """Rows of `document` with the frozen text, in full text only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """All that a second reviewer sees: no decision, note or reason of anybody else is in it."""

    guid: str
    review: str
    """The identity of the review, by which an answer is told from one of another review."""
    title: str
    stage: Stage
    person_guid: str
    person_name: str
    sample: str = ""
    """How the sample is called the packet was made from; empty for all records."""
    sample_guid: str = ""
    records: tuple[PacketRecord, ...] = ()
    questions: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    reasons: tuple[ExclusionReason, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    """Words to highlight, each with its kind."""
    maybe_counts: str = "include"
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredRecord:
    """What the second reviewer made of one record; without a verdict they took it back."""

    reference: str
    at: str
    """When it was judged last, or taken back."""
    verdict: Verdict | None = None
    decision: str = ""
    """The identity of the decision."""
    reasons: tuple[str, ...] = ()
    """Identities of the reasons, the primary one first."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredNote:
    """A note of the second reviewer beside a record."""

    guid: str
    reference: str
    text: str
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedField:
    """A bibliographic field changed in the packet: as it was given out, and as it came back."""

    reference: str
    variable: str
    base: Any
    theirs: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketAnswer:
    """An answer as it was read from a packet's file or from the file its page saved."""

    packet: str
    review: str
    person_guid: str
    person_name: str
    sha256: str
    records: tuple[AnsweredRecord, ...] = ()
    notes: tuple[AnsweredNote, ...] = ()
    flagged: frozenset[str] = frozenset()
    """References the second reviewer flagged."""
    fields: tuple[ChangedField, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldConflict:
    """A field that was changed here and in a packet meanwhile, each in its own way."""

    id: int
    reference: int
    variable: str
    base: Any
    mine: Any
    theirs: Any
    person: str = ""


@dataclass(slots=True, kw_only=True)
class MergedAnswer:
    """What merging an answer came to, for the report."""

    packet: str
    person: str
    decisions: int = 0
    taken_back: int = 0
    unchanged: int = 0
    notes: int = 0
    flags: int = 0
    fields: int = 0
    conflicts: int = 0
    unknown: list[str] = field(default_factory=list)
    """References of the answer that this review does not hold."""
