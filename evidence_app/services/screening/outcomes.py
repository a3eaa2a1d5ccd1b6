"""What the votes on a record come to: the one rule, and the same rule over all records of a stage.

A reviewer's latest vote counts. An adjudicator's decision settles; a program's counts where no person voted.
A vote that is not later than the last time the record was put back into the queue counts no more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from evidence_app.domain.screening import MadeAs, MaybeCounts, Outcome, Protocol, Stage, Verdict, Vote
from evidence_app.storage import screening
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening import Ballots


def is_fresh(at: str, again: str) -> bool:
    """Return whether a vote still counts: nothing was put back, or it came later; undated ones did not."""
    return not again or at > again


def latest_votes(votes: Sequence[Vote], again: str = "") -> dict[int | None, Vote]:
    """Return the vote of each reviewer that counts; `votes` come oldest first."""
    return {
        vote.person: vote for vote in votes if vote.made_as == MadeAs.REVIEWER and is_fresh(vote.at, again)
    }


def counted_as(verdict: str, stage: Stage, maybe: MaybeCounts) -> str:
    """Return what a verdict counts as: a Maybe as the team chose on title and abstract, as itself later."""
    if verdict != Verdict.MAYBE or stage is Stage.FULL_TEXT or maybe is MaybeCounts.SEPARATE:
        return verdict
    return maybe.value


def outcome(
    votes: Sequence[Vote], stage: Stage, *, needed: int = 1,
    maybe: MaybeCounts = MaybeCounts.INCLUDE, again: str = "",
) -> Outcome:  # fmt: skip
    """Return what votes, oldest first, come to at a stage where `needed` reviewers must agree."""
    settled = [vote for vote in votes if vote.made_as == MadeAs.ADJUDICATOR and is_fresh(vote.at, again)]
    if settled:
        return Outcome(counted_as(settled[-1].verdict, stage, maybe))
    said = latest_votes(votes, again)
    if not said:
        programs = [vote for vote in votes if vote.made_as == MadeAs.AUTOMATION and is_fresh(vote.at, again)]
        return Outcome(counted_as(programs[-1].verdict, stage, maybe)) if programs else Outcome.UNSCREENED
    verdicts = {counted_as(vote.verdict, stage, maybe) for vote in said.values()}
    if len(verdicts) > 1:
        return Outcome.CONFLICT
    return Outcome.SECOND_VOTE if len(said) < needed else Outcome(verdicts.pop())


@cache
def _alone(verdict: str, made_as: str, stage: Stage, needed: int, maybe: MaybeCounts) -> Outcome:
    """Return what one vote alone comes to: most records of a review have no more."""
    return outcome((Vote(0, verdict, made_as, "", 0),), stage, needed=needed, maybe=maybe)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the protocol says of deciding."""

    maybe: MaybeCounts = MaybeCounts.INCLUDE
    all_twice: bool = False

    @classmethod
    def of(cls, protocol: Protocol) -> "Rules":
        """Return the rules of a protocol."""
        return cls(protocol.maybe_counts, protocol.all_twice)

    def needed(self, reference: int, held: Ballots) -> int:
        """Return how many reviewers must judge a record."""
        return 2 if self.all_twice or reference in held.twice else 1

    def outcome(self, reference: int, held: Ballots, stage: Stage) -> Outcome:
        """Return what the votes on one record come to."""
        votes = held.votes.get(reference)
        if not votes:
            return Outcome.UNSCREENED
        needed, again = self.needed(reference, held), held.again.get(reference, "")
        if len(votes) == 1 and not again:
            return _alone(votes[0].verdict, votes[0].made_as, stage, needed, self.maybe)
        return outcome(votes, stage, needed=needed, maybe=self.maybe, again=again)

    def outcomes(self, references: Iterable[int], held: Ballots, stage: Stage) -> dict[int, Outcome]:
        """Return the outcomes of records at a stage."""
        return {reference: self.outcome(reference, held, stage) for reference in references}


def rules_of(reader: Reader) -> Rules:
    """Return the rules that are in force."""
    return Rules.of(screening.protocol(reader))


def goes_on(before: Outcome, first: Ballots, full: Ballots, reference: int) -> bool:
    """Return whether a record is judged in full text: it passed, or was never judged but there."""
    if before is Outcome.INCLUDE:
        return True
    return before is Outcome.UNSCREENED and not first.of(reference) and bool(full.of(reference))


@dataclass(frozen=True, slots=True)
class StageOutcomes:
    """The records at a stage in their order, their votes, and what these come to."""

    stage: Stage
    rules: Rules
    held: Ballots
    outcomes: dict[int, Outcome]


def at_stage(reader: Reader, stage: Stage) -> StageOutcomes:
    """Return what all votes come to, for every record that is at a stage; 20,000 in under 0.1 s."""
    rules = rules_of(reader)
    records = judged_at_first(reader)
    first = screening.ballots(reader, Stage.TITLE_ABSTRACT)
    outcomes = rules.outcomes(records, first, Stage.TITLE_ABSTRACT)
    if stage is not Stage.FULL_TEXT:
        return StageOutcomes(Stage.TITLE_ABSTRACT, rules, first, outcomes)
    full = screening.ballots(reader, stage)
    reports = [each for each in records if goes_on(outcomes[each], first, full, each)]
    return StageOutcomes(stage, rules, full, rules.outcomes(reports, full, stage))


def judged_at_first(reader: Reader) -> list[int]:
    """Return the records whose title and abstract are judged: all but those removed before screening."""
    records = screening.screened(reader)
    before = screening.ballots(reader, Stage.BEFORE)
    if not before.votes:
        return records
    rules = Rules()
    return [each for each in records if rules.outcome(each, before, Stage.BEFORE) is not Outcome.EXCLUDE]


def outcomes(reader: Reader, stage: Stage) -> dict[int, Outcome]:
    """Return the outcome of every record that is at a stage, in the order they came."""
    return at_stage(reader, stage).outcomes


def outcome_of(reader: Reader, reference: int, stage: Stage) -> Outcome:
    """Return the outcome of one record, without reading the others."""
    return rules_of(reader).outcome(reference, screening.ballots_of(reader, stage, reference), stage)


def is_included(rules: Rules, reference: int, first: Ballots, full: Ballots) -> bool:
    """Return whether votes make a reference one of the included reports."""
    before = rules.outcome(reference, first, Stage.TITLE_ABSTRACT)
    return (
        goes_on(before, first, full, reference)
        and rules.outcome(reference, full, Stage.FULL_TEXT) is Outcome.INCLUDE
    )
