"""The way of every work through the review: by which arm it came in, and where it stands now."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from evidence_app.services.flow.verdicts import (
    BEFORE,
    FULL_TEXT,
    NO_REASON,
    TITLE_ABSTRACT,
    Rules,
    Settled,
    Verdict,
    settled,
)
from evidence_app.services.searches.kinds import PREVIOUS_VERSION, Group, kind_called
from evidence_app.storage.flow import FlowFacts, FlowSearch, Hit


class Arm(StrEnum):
    """The column of the diagram a work belongs to: that of the arm that found it first."""

    DATABASES = "databases"
    OTHER = "other methods"
    PREVIOUS = "previous version"


class Place(StrEnum):
    """Where a work stands. Every work stands in exactly one place."""

    TAKEN_OUT = "taken out of the library"
    AUTOMATION = "removed by automation"
    REMOVED = "removed before screening"
    WAITING = "not screened yet"
    EXCLUDED = "excluded on title and abstract"
    DOUBT = "needs a decision on title and abstract"
    NOT_RETRIEVED = "not retrieved"
    AWAITING = "full text awaited or not read yet"
    REPORT_EXCLUDED = "excluded in full text"
    REPORT_DOUBT = "needs a decision in full text"
    INCLUDED = "included"


BEFORE_SCREENING: Final = frozenset((Place.TAKEN_OUT, Place.AUTOMATION, Place.REMOVED))
ASSESSED: Final = frozenset((Place.REPORT_EXCLUDED, Place.REPORT_DOUBT, Place.INCLUDED))
SOUGHT: Final = ASSESSED | {Place.NOT_RETRIEVED, Place.AWAITING}
SCREENED: Final = SOUGHT | {Place.EXCLUDED, Place.DOUBT}


@dataclass(frozen=True, slots=True)
class WorkPath:
    """One work: its arm, its place, and the reason and maker of the exclusion there."""

    work: int
    arm: Arm
    place: Place
    reason: str = NO_REASON
    by_program: bool = False
    clash: str = ""
    """The other end it has reached as well, where its decisions contradict each other."""


@dataclass(frozen=True)
class Paths:
    """The paths of all works that a search found, with the hits that led to each."""

    by_work: Mapping[int, WorkPath] = field(default_factory=dict)
    hits: Mapping[int, Sequence[Hit]] = field(default_factory=dict)
    """The hits of each work, the first found first."""
    arms: Mapping[int, Arm] = field(default_factory=dict)
    """The arm each search belongs to."""
    first_votes: frozenset[Arm] = frozenset()
    """Arms in which there are decisions at all."""
    later_votes: frozenset[Arm] = frozenset()
    """Arms in which full texts were looked for or judged."""
    twice: int = 0
    """Works two people or more have screened."""

    def at(self, arm: Arm, *places: Place) -> tuple[int, ...]:
        """Return the works of an arm that stand in one of these places, in the order of their rows."""
        wanted = frozenset(places)
        return tuple(
            sorted(each.work for each in self.by_work.values() if each.arm is arm and each.place in wanted)
        )

    def arm_of(self, hit: Hit) -> Arm:
        """Return the arm a hit belongs to by itself."""
        return self.arms[hit.search]

    def hits_of(self, arm: Arm) -> Iterator[Hit]:
        """Yield the hits of the searches of an arm, whichever arm found the work first."""
        for hits in self.hits.values():
            yield from (hit for hit in hits if self.arms[hit.search] is arm)


def arm_of(kind: str) -> Arm:
    """Return the arm a kind of source belongs to."""
    if kind == PREVIOUS_VERSION:
        return Arm.PREVIOUS
    return Arm.DATABASES if kind_called(kind).group is Group.DATABASES else Arm.OTHER


def paths(facts: FlowFacts) -> Paths:
    """Follow every work that a search found."""
    searches = {each.search: each for each in facts.searches if each.search is not None}
    hits: dict[int, list[Hit]] = {}
    for hit in facts.hits:
        if hit.search in searches:
            hits.setdefault(hit.work, []).append(hit)
    verdicts = settled(facts.votes, Rules(facts.maybe_counts, facts.twice, facts.every_twice, facts.again))
    by_work: dict[int, WorkPath] = {}
    arms = {search: arm_of(each.kind) for search, each in searches.items()}
    for work, found in hits.items():
        if len(found) > 1:
            found.sort(key=_when(found, searches))
        arm = arms[found[0].search]
        by_work[work] = _path(work, arm, verdicts, facts)
    first, later = _with_votes(facts, by_work)
    return Paths(by_work, hits, arms, first, later, _screened_twice(facts))


def _when(hits: Sequence[Hit], searches: Mapping[int, FlowSearch]) -> Callable[[Hit], tuple[str, int]]:
    """Order hits by the days of their searches where all are known, else as the searches were entered."""
    dated = all(searches[hit.search].day for hit in hits)
    return lambda hit: (searches[hit.search].day if dated else "", hit.search)


def _path(work: int, arm: Arm, verdicts: Mapping[tuple[int, str], Settled], facts: FlowFacts) -> WorkPath:
    before, title, full = (verdicts.get((work, stage)) for stage in (BEFORE, TITLE_ABSTRACT, FULL_TEXT))
    if work in facts.gone:
        return WorkPath(work, arm, Place.TAKEN_OUT)
    if before is not None and before.verdict is Verdict.EXCLUDE:
        place = Place.AUTOMATION if before.by_program else Place.REMOVED
        clash = _end(title) or _end(full)
        return WorkPath(work, arm, place, before.reason, before.by_program, clash)
    marked = work in facts.included
    if title is None and full is None and not marked and arm is Arm.DATABASES:
        return WorkPath(work, arm, Place.WAITING)
    if title is not None and title.verdict is Verdict.OPEN:
        return WorkPath(work, arm, Place.DOUBT)
    if title is not None and title.verdict is Verdict.EXCLUDE:
        clash = _end(full) or ("marked as included" if marked else "")
        return WorkPath(work, arm, Place.EXCLUDED, title.reason, title.by_program, clash)
    return _report_path(work, arm, full, facts)


def _report_path(work: int, arm: Arm, full: Settled | None, facts: FlowFacts) -> WorkPath:
    attempt, marked = facts.attempts.get(work), work in facts.included
    not_there = attempt is not None and attempt.state == "not available"
    if full is None and not marked:
        place = Place.NOT_RETRIEVED if not_there else Place.AWAITING
        note = " ".join(attempt.note.split()) if attempt is not None and not_there else ""
        return WorkPath(work, arm, place, note or NO_REASON)
    if full is not None and full.verdict is Verdict.OPEN:
        return WorkPath(work, arm, Place.REPORT_DOUBT)
    if full is not None and full.verdict is Verdict.EXCLUDE:
        clash = "marked as included" if marked else ""  # what was judged was there, whatever an attempt says
        return WorkPath(work, arm, Place.REPORT_EXCLUDED, full.reason, full.by_program, clash)
    clash = "not retrieved" if full is None and not_there else ""
    return WorkPath(work, arm, Place.INCLUDED, clash=clash)


def _end(verdict: Settled | None) -> str:
    if verdict is None or verdict.verdict not in (Verdict.INCLUDE, Verdict.EXCLUDE):
        return ""
    return "included in another decision" if verdict.verdict is Verdict.INCLUDE else "excluded again later"


def _with_votes(facts: FlowFacts, by_work: Mapping[int, WorkPath]) -> tuple[frozenset[Arm], frozenset[Arm]]:
    first = {by_work[vote.reference].arm for vote in facts.votes if vote.reference in by_work}
    later = {
        by_work[vote.reference].arm
        for vote in facts.votes if vote.stage == FULL_TEXT and vote.reference in by_work
    }  # fmt: skip
    later |= {by_work[work].arm for work in facts.attempts if work in by_work}
    return frozenset(first), frozenset(later)


def _screened_twice(facts: FlowFacts) -> int:
    people: dict[int, set[int | None]] = {}
    for vote in facts.votes:
        if vote.stage == TITLE_ABSTRACT and vote.made_as == "reviewer":
            people.setdefault(vote.reference, set()).add(vote.person)
    return sum(len(each) > 1 for each in people.values())
