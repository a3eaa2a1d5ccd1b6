"""Checks and calibration rounds: how far each is, how well people agreed in it, and what must follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence_app.domain.edit import counted
from evidence_app.domain.screening import MadeAs, Protocol, Purpose, Sample, Stage, Vote
from evidence_app.services.screening.agreement import Agreement, agreements, poor_check
from evidence_app.storage import screening
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening import Ballots

WORDS = {Purpose.CHECK: "check", Purpose.CALIBRATION: "calibration round"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A sample that two people judge, as far as they are."""

    sample: Sample
    twice: int
    """How many of its records two people judged, or more."""
    people: tuple[int | None, ...] = ()
    """Who judged all of its records; None stands for a reviewer not named."""
    before_start: bool = False
    """Whether it was finished before anybody judged another record of the stage."""
    least: Agreement | None = None
    """The pair that agreed least, once it is finished."""
    poor: str = ""
    """What the protocol says follows, where that pair agreed less than it asks for."""

    @property
    def is_finished(self) -> bool:
        """Whether two people judged every record of it."""
        return self.twice == len(self.sample.members)

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return WORDS[self.sample.purpose]


def voters(votes: Iterable[Vote]) -> set[int | None]:
    """Return the reviewers among those who voted on a record."""
    return {vote.person for vote in votes if vote.made_as == MadeAs.REVIEWER}


def rounds(reader: Reader, stage: Stage, held: Ballots | None = None) -> list[Round]:
    """Return the checks and calibration rounds of a stage, the first drawn first."""
    samples = [each for each in screening.samples(reader, stage) if each.purpose is not Purpose.AUDIT]
    if not samples:
        return []
    held = held if held is not None else screening.ballots(reader, stage)
    protocol = screening.protocol(reader)
    return [_round(reader, each, held, protocol) for each in samples]


def _round(reader: Reader, sample: Sample, held: Ballots, protocol: Protocol) -> Round:
    by_record = [voters(held.of(each)) for each in sample.members]
    twice = sum(len(each) > 1 for each in by_record)
    if not by_record or twice < len(by_record):
        return Round(sample=sample, twice=twice)
    found = [
        each for each in agreements(reader, sample.stage, among=sample.members) if each.kappa is not None
    ]
    least = min(found, key=_kappa, default=None)
    return Round(
        sample=sample, twice=twice, people=_in_order(held, sample, set.intersection(*by_record)),
        before_start=_before_start(held, sample), least=least,
        poor=poor_check(least, protocol) if least is not None else "",
    )  # fmt: skip


def _kappa(found: Agreement) -> float:
    return found.kappa.value if found.kappa is not None else 1.0


def _in_order(held: Ballots, sample: Sample, people: set[int | None]) -> tuple[int | None, ...]:
    """Return people as they voted on the first record of a sample."""
    said = dict.fromkeys(vote.person for vote in held.of(sample.members[0]))
    return tuple(each for each in said if each in people)


def _before_start(held: Ballots, sample: Sample) -> bool:
    """Return whether the second votes on a sample came before the first vote on any other record."""
    members = set(sample.members)
    others = min(
        (votes[0].at for row, votes in held.votes.items() if votes and row not in members), default="~"
    )
    return max(_second_vote(held.of(each)) for each in members) < others


def _second_vote(votes: Sequence[Vote]) -> str:
    """Return when the second person voted; "~", which is later than all, where nobody did."""
    said: set[int | None] = set()
    for vote in votes:
        if vote.made_as == MadeAs.REVIEWER:
            said.add(vote.person)
            if len(said) > 1:
                return vote.at
    return "~"


def asked_for(reader: Reader, stage: Stage, held: Ballots | None = None) -> tuple[str, ...]:
    """Return in words what the protocol asks for now and is not done: rounds, and what follows a poor one.

    A poor round asks for what the protocol says until a later one agrees well enough."""
    protocol = screening.protocol(reader)
    found = rounds(reader, stage, held)
    said = [*_not_drawn(protocol, stage, found)]
    said += [
        f"The {each.name} is not finished: {each.twice:,} of {counted(len(each.sample.members), 'record')} "
        "have two votes."
        for each in found if each.sample.purpose is Purpose.CALIBRATION and not each.is_finished
    ]  # fmt: skip
    finished = [each for each in found if each.is_finished]
    if finished and finished[-1].poor:
        said.append(f"After the {finished[-1].name}: {finished[-1].poor}")
    return tuple(said)


def _not_drawn(protocol: Protocol, stage: Stage, found: Sequence[Round]) -> Iterable[str]:
    purposes = {each.sample.purpose for each in found}
    if stage is Stage.TITLE_ABSTRACT and protocol.calibration and Purpose.CALIBRATION not in purposes:
        records = counted(protocol.calibration, "record")
        yield f"The protocol plans a calibration round of {records} before the start. None was drawn yet."
    share = protocol.double_share or 0
    if stage is Stage.TITLE_ABSTRACT and 0 < share < 1 and Purpose.CHECK not in purposes:
        yield f"The protocol plans that two people judge {100 * share:g} %. No share was drawn yet."
