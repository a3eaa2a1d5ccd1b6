"""What the votes on works come to for the diagram: the outcomes of screening, with reason and maker."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from evidence_app.domain.screening import MadeAs, MaybeCounts, Outcome, Stage
from evidence_app.domain.screening import Vote as Ballot
from evidence_app.services.screening.outcomes import is_fresh, outcome
from evidence_app.storage.flow import Vote

TITLE_ABSTRACT: Final = Stage.TITLE_ABSTRACT.value
FULL_TEXT: Final = Stage.FULL_TEXT.value
BEFORE: Final = Stage.BEFORE.value
NO_REASON: Final = "No reason given"


class Verdict(StrEnum):
    """Where a work stands at a stage. Blind or not, the diagram tells no more of an open one than that."""

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
    """Where a work stands, whether a program alone decided so, and why it was excluded."""

    verdict: Verdict
    by_program: bool = False
    reason: str = NO_REASON


def settled(votes: Iterable[Vote], rules: Rules) -> dict[tuple[int, str], Settled]:
    """Return where every work with votes that count stands, by work and stage."""
    by_work: dict[tuple[int, str], list[Vote]] = {}
    for vote in votes:
        by_work.setdefault((vote.reference, vote.stage), []).append(vote)
    found = {place: _settled(place, each, rules) for place, each in by_work.items() if place[1] in _STAGES}
    return {place: each for place, each in found.items() if each is not None}


_STAGES: Final = frozenset(stage.value for stage in Stage)
_OUTCOMES: Final = {Outcome.INCLUDE: Verdict.INCLUDE, Outcome.EXCLUDE: Verdict.EXCLUDE}


def _settled(place: tuple[int, str], votes: Sequence[Vote], rules: Rules) -> Settled | None:
    again = rules.again.get(place, "")
    ballots = [Ballot(vote.person, vote.verdict, vote.made_as, vote.at, vote.id) for vote in votes]
    maybe = MaybeCounts(rules.maybe_counts) if rules.maybe_counts in _COUNTS else MaybeCounts.INCLUDE
    needed = 2 if place[1] != BEFORE and (rules.every_twice or place in rules.twice) else 1
    came = outcome(ballots, Stage(place[1]), needed=needed, maybe=maybe, again=again)
    if came is Outcome.UNSCREENED:
        return None
    fresh = [vote for vote in votes if is_fresh(vote.at, again)]
    people = [vote for vote in fresh if vote.made_as in (MadeAs.REVIEWER, MadeAs.ADJUDICATOR)]
    return Settled(_OUTCOMES.get(came, Verdict.OPEN), not people, _reason(people or fresh))


_COUNTS: Final = frozenset(each.value for each in MaybeCounts)


def _reason(votes: Sequence[Vote]) -> str:
    """Return the primary reason: the adjudicator's, else the last one given."""
    judged = [vote for vote in votes if vote.made_as == MadeAs.ADJUDICATOR]
    given = [vote.reason for vote in (*votes, *judged) if vote.verdict == "exclude" and vote.reason.strip()]
    return " ".join(given[-1].split()) if given else NO_REASON
