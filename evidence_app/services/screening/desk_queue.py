"""One person's queue at one stage with the numbers round it, read in one go for the window.

Nothing here tells of another person's verdict: while screening is blind a queue says at most that a decision
by somebody is wanted."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from evidence_app.domain.edit import RowOf
from evidence_app.domain.screening import MadeAs, Outcome, Protocol, Purpose, Sample, Stage
from evidence_app.services.screening.outcomes import StageOutcomes, at_stage, is_fresh, latest_votes
from evidence_app.services.screening.pace import LAST, seconds_of
from evidence_app.services.screening.rounds import Round, next_round, not_done, poor_round, rounds, told_well
from evidence_app.storage import screening, screening_cards
from evidence_app.storage.connections import Reader

ADJUDICATOR: Final = "adjudicator"
SAMPLE: Final = "sample:"
QUEUES: Final = (
    ("unscreened", "Unscreened"), ("second", "Needs second vote"), ("maybe", "Maybe"), ("mine", "Mine"),
    ("conflicts", "Conflicts"), ("flagged", "Flagged"), ("all", "All"),
)  # fmt: skip
"""The queues that are always there; a sample is one more, under its name."""
EMPTYING: Final = frozenset(("unscreened", "second", "maybe", "conflicts"))
"""Queues a record leaves when it is decided."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """One queue as one person sees it, and the numbers round it."""

    stage: Stage
    key: str
    ids: tuple[int, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    samples: tuple[Sample, ...] = ()
    done: int = 0
    total: int = 0
    """How many this person judged, and is to judge in all."""
    moments: tuple[float, ...] = ()
    judged: tuple[tuple[int, str], ...] = ()
    """The records this person judged last with the verdicts, the newest first."""
    second_votes: int = 0
    conflicts: int = 0
    person: int | None = None
    blind: bool = True
    settles: bool = False
    """Whether this person settles conflicts, for whom blindness is lifted there."""
    records: int = 0
    """How many records are judged at title and abstract."""
    asked: tuple[str, ...] = ()
    """What the protocol plans and is not done, in words: `rounds.not_done`."""
    poor: str = ""
    """What follows the last check or calibration round, where people agreed too little in it."""
    well: str = ""
    """That they agreed well enough in it, where the protocol asks for a least agreement."""
    round: Round | None = None
    """The check or calibration round that goes on, else the last one."""
    next_round: Purpose | None = None
    """Which round is to be drawn next; None while one goes on, and when no more is asked for."""
    planned: Protocol = field(default_factory=Protocol)


class _Sorting:
    """Puts records into queues, one after the other."""

    def __init__(
        self, person: int | None, asked: Mapping[int, Set[int | None]], away: Set[int], *, shows: bool
    ) -> None:
        self.queues: dict[str, list[int]] = {key: [] for key, _ in QUEUES}
        self.total = self.second_votes = self.conflicts = 0
        self._person, self._asked, self._away, self._shows = person, asked, away, shows

    def take(self, record: int, outcome: Outcome, found: StageOutcomes) -> None:
        """Put one record where it belongs."""
        again = found.held.again.get(record, "")
        votes = found.held.of(record)
        said = latest_votes(votes, again)
        mine = said[self._person].verdict if self._person is not None and self._person in said else ""
        settled = any(vote.made_as != MadeAs.REVIEWER.value and is_fresh(vote.at, again) for vote in votes)
        needed = found.rules.needed(record, found.held)
        wanted = not mine and not settled and len(said) < needed and self._may_vote(record, set(said))
        wanted = wanted and (bool(said) or record not in self._away)  # nobody can judge what cannot be got
        queues = self.queues
        queues["all"].append(record)
        self.total += bool(mine) or wanted
        self.second_votes += outcome is Outcome.SECOND_VOTE
        self.conflicts += outcome is Outcome.CONFLICT
        for key, belongs in (
            ("unscreened", wanted), ("second", wanted and bool(said)), ("mine", bool(mine)),
            ("maybe", mine == "maybe" and not settled),
            ("conflicts", outcome is Outcome.CONFLICT and self._shows),
        ):  # fmt: skip
            if belongs:
                queues[key].append(record)

    def _may_vote(self, record: int, voted: Set[int | None]) -> bool:
        """Return whether this person is one whose vote is wanted: the second one may be asked of somebody."""
        asked = self._asked.get(record)
        if not asked or None in asked or not voted:
            return True
        return self._person in asked or voted <= asked


def read_queue(reader: Reader, stage: Stage, key: str, who: RowOf) -> QueueState:
    """Return a queue of a person at a stage; 20,000 records take about a tenth of a second."""
    person = screening.person_row(reader, who)
    protocol = screening.protocol(reader)
    settles = screening.holds_role(reader, person, ADJUDICATOR)
    found = at_stage(reader, stage)
    samples = tuple(screening.samples(reader, stage))
    drawn = rounds(reader, stage, found.held)
    sorting = _Sorting(person, _asked(samples), _away(reader, stage), shows=settles or not protocol.blind)
    for record, outcome in found.outcomes.items():
        sorting.take(record, outcome, found)
    queues = sorting.queues
    flagged = screening_cards.flagged_by(reader, stage, person)
    queues["flagged"] = [each for each in queues["all"] if each in flagged]
    for sample in samples:
        queues[f"{SAMPLE}{sample.id}"] = [each for each in sample.members if each in found.outcomes]
    judged = screening_cards.last_decided(reader, stage, person, LAST)
    moments = [moment for moment in (seconds_of(at) for _, _, at in reversed(judged)) if moment is not None]
    wanted = key if key in queues else "unscreened"
    return QueueState(
        stage, wanted, tuple(queues[wanted]), {name: len(ids) for name, ids in queues.items()}, samples,
        done=len(queues["mine"]), total=sorting.total, moments=tuple(moments),
        judged=tuple((reference, verdict) for reference, verdict, _ in judged[:8]),
        second_votes=sorting.second_votes, conflicts=sorting.conflicts, person=person, blind=protocol.blind,
        settles=settles,
        records=len(found.outcomes) if stage is Stage.TITLE_ABSTRACT else len(screening.screened(reader)),
        asked=not_done(protocol, stage, drawn) if found.outcomes else (),
        poor=poor_round(drawn), well=told_well(protocol, drawn), round=_going_on(drawn),
        next_round=next_round(protocol, stage, drawn), planned=protocol,
    )  # fmt: skip


def _going_on(drawn: Sequence[Round]) -> Round | None:
    return next((each for each in reversed(drawn) if not each.is_finished), drawn[-1] if drawn else None)


def _away(reader: Reader, stage: Stage) -> Set[int]:
    """Return the records nobody can judge at a stage: full texts that are not to be had."""
    return screening_cards.not_to_be_had(reader) if stage is Stage.FULL_TEXT else frozenset()


def left_for(reader: Reader, who: RowOf) -> int:
    """Return how many records wait for a person at both stages, for the rail."""
    person = screening.person_row(reader, who)
    number = 0
    for stage in (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT):
        found = at_stage(reader, stage)
        asked = _asked(screening.samples(reader, stage))
        sorting = _Sorting(person, asked, _away(reader, stage), shows=False)
        for record, outcome in found.outcomes.items():
            sorting.take(record, outcome, found)
        number += len(sorting.queues["unscreened"])
    return number


def _asked(samples: Iterable[Sample]) -> dict[int, set[int | None]]:
    """Return who is asked for a second vote on the records of checks and calibration rounds."""
    asked: dict[int, set[int | None]] = {}
    for sample in samples:
        if sample.purpose is not Purpose.AUDIT:
            for record in sample.members:
                asked.setdefault(record, set()).add(sample.person)
    return asked
