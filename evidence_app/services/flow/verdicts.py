"""What the votes on a work come to at one stage, for the diagram."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from evidence_app.storage.flow import Vote

TITLE_ABSTRACT: Final = "title-abstract"
FULL_TEXT: Final = "full text"
BEFORE: Final = "before-screening"
NO_REASON: Final = "No reason given"


class Verdict(StrEnum):
    """Where a work stands at a stage. Blind or not, the diagram tells no more of an open one than that."""

    UNSCREENED = "unscreened"
    INCLUDE = "include"
    EXCLUDE = "exclude"
    OPEN = "open"
    """It needs a decision by somebody: maybe, a conflict, or a second vote."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the protocol and the samples say of deciding: works that need two votes, and again a look."""

    maybe_counts: str = "include"
    twice: frozenset[tuple[int, str]] = frozenset()
    every_twice: bool = False
    again: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """When a work was put back into the queue of a stage."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Where a work stands, and whether a program alone excluded it, and why it was excluded."""

    verdict: Verdict = Verdict.UNSCREENED
    by_program: bool = False
    reason: str = NO_REASON


def settled(votes: Iterable[Vote], rules: Rules) -> dict[tuple[int, str], Settled]:
    """Return where every work with votes stands, by work and stage."""
    by_work: dict[tuple[int, str], list[Vote]] = {}
    for vote in votes:
        if vote.at > rules.again.get((vote.reference, vote.stage), "") or not vote.at:
            by_work.setdefault((vote.reference, vote.stage), []).append(vote)
    return {place: _settled(place, each, rules) for place, each in by_work.items()}


def _settled(place: tuple[int, str], votes: Sequence[Vote], rules: Rules) -> Settled:
    latest = {(vote.person, vote.made_as): vote for vote in votes}  # in the order of their time
    of = {role: [vote for vote in latest.values() if vote.made_as == role] for role in _ROLES}
    reviewers = of["reviewer"] + [vote for vote in latest.values() if vote.made_as not in _ROLES]
    deciding = of["adjudicator"][-1:] or reviewers or of["automation"][-1:]
    said = {vote.verdict for vote in deciding}
    if len(said) > 1 or (deciding == reviewers and len(reviewers) < _needed(place, rules)):
        return Settled(Verdict.OPEN)
    verdict = _counted(said.pop(), place[1], rules)
    by_program = all(vote.made_as == "automation" for vote in deciding)
    reason = next((vote.reason for vote in reversed(deciding) if vote.reason.strip()), "")
    reason = reason or next((vote.reason for vote in reversed(votes) if vote.reason.strip()), NO_REASON)
    return Settled(verdict, by_program, " ".join(reason.split()))


_ROLES: Final = ("adjudicator", "reviewer", "automation")


def _needed(place: tuple[int, str], rules: Rules) -> int:
    return 2 if rules.every_twice or place in rules.twice else 1


def _counted(verdict: str, stage: str, rules: Rules) -> Verdict:
    if verdict != "maybe":
        return Verdict(verdict)
    if stage == TITLE_ABSTRACT and rules.maybe_counts in ("include", "exclude"):
        return Verdict(rules.maybe_counts)
    return Verdict.OPEN
