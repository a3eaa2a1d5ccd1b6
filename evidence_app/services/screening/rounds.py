"""Checks and calibration rounds: how far each is, how well people agreed in it, and what must follow."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from evidence_app.domain.edit import counted
from evidence_app.domain.screening import MadeAs, Protocol, Purpose, Sample, Stage, Vote
from evidence_app.services.screening.agreement import Agreement, agreements, figure, poor_check
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
    calibrated = {
        row for each in samples if each.purpose is Purpose.CALIBRATION for row in each.members
    }  # fmt: skip
    return [_round(reader, each, held, protocol, calibrated) for each in samples]


def _round(
    reader: Reader, sample: Sample, held: Ballots, protocol: Protocol, calibrated: AbstractSet[int]
) -> Round:  # fmt: skip
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
        before_start=_before_start(held, sample, calibrated), least=least,
        poor=poor_check(least, protocol) if least is not None else "",
    )  # fmt: skip


def _kappa(found: Agreement) -> float:
    return found.kappa.value if found.kappa is not None else 1.0


def _in_order(held: Ballots, sample: Sample, people: set[int | None]) -> tuple[int | None, ...]:
    """Return people as they voted on the first record of a sample."""
    said = dict.fromkeys(vote.person for vote in held.of(sample.members[0]))
    return tuple(each for each in said if each in people)


def _before_start(held: Ballots, sample: Sample, calibrated: AbstractSet[int]) -> bool:
    """Return whether the second votes on a sample came before the first on a record of no such round."""
    rounds_of_it = {*sample.members, *calibrated}
    members = set(sample.members)
    others = min(
        (votes[0].at for row, votes in held.votes.items() if votes and row not in rounds_of_it), default="~"
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
    found = rounds(reader, stage, held)
    poor = poor_round(found)
    return (*not_done(screening.protocol(reader), stage, found), *([poor] if poor else []))


def not_done(protocol: Protocol, stage: Stage, found: Sequence[Round]) -> tuple[str, ...]:
    """Return in words the rounds that are planned and not drawn, and the one that is not finished."""
    unfinished = (
        f"The {each.name} is not finished: {each.twice:,} of {counted(len(each.sample.members), 'record')} "
        "have two votes."
        for each in found if each.sample.purpose is Purpose.CALIBRATION and not each.is_finished
    )  # fmt: skip
    return (*_not_drawn(protocol, stage, found), *unfinished)


def poor_round(found: Iterable[Round]) -> str:
    """Return what follows the last round that is finished, where people agreed too little in it."""
    last = _last(found)
    return f"After the {last.name}: {last.poor}" if last is not None and last.poor else ""


def poor_pair(found: Agreement, drawn: Iterable[Round], protocol: Protocol) -> str:
    """Return what follows where two people agree too little: in the last round both judged, else in all."""
    last = _last(each for each in drawn if {found.first, found.second} <= set(each.people))
    return poor_check(found, protocol) if last is None else poor_round([last])


def told_well(protocol: Protocol, found: Iterable[Round]) -> str:
    """Return in words that people agreed well enough in the last finished round, where that is asked for."""
    last, asked = _last(found), protocol.least_agreement
    if last is None or last.poor or asked is None:
        return ""
    if last.least is None:
        return f"In the last {last.name} all said the same of every record. Cohen’s κ is not defined then."
    reached = f"a Cohen’s κ of {figure(_kappa(last.least))}"
    return f"The last {last.name} reached {reached}. The protocol asks for {asked:.2f} or more."


def next_round(protocol: Protocol, stage: Stage, found: Sequence[Round]) -> Purpose | None:
    """Return which round is to be drawn next; None while one goes on, and when no more is asked for."""
    if not found:
        planned = stage is Stage.TITLE_ABSTRACT and bool(protocol.calibration)
        return Purpose.CALIBRATION if planned else Purpose.CHECK
    if not all(each.is_finished for each in found):
        return None
    last = found[-1]
    if last.poor:
        return last.sample.purpose
    has_check = any(each.sample.purpose is Purpose.CHECK for each in found)
    return None if has_check else Purpose.CHECK


def _last(found: Iterable[Round]) -> Round | None:
    return next((each for each in reversed(list(found)) if each.is_finished), None)


def _not_drawn(protocol: Protocol, stage: Stage, found: Sequence[Round]) -> Iterable[str]:
    purposes = {each.sample.purpose for each in found}
    if stage is Stage.TITLE_ABSTRACT and protocol.calibration and Purpose.CALIBRATION not in purposes:
        records = counted(protocol.calibration, "record")
        yield f"The protocol plans a calibration round of {records} before the start. None was drawn yet."
    share = protocol.double_share or 0
    if stage is Stage.TITLE_ABSTRACT and 0 < share < 1 and Purpose.CHECK not in purposes:
        yield f"The protocol plans that two people judge {100 * share:g} %. No share was drawn yet."
