"""What follows from screening: a report that full text includes stands as included, and no longer when not.

Only what the votes change is changed: a reference that somebody put among the included ones by hand, as in
a review whose screening was done elsewhere, stays there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from evidence_app.domain.edit import Change, set_columns
from evidence_app.domain.screening import MadeAs, Stage, Vote
from evidence_app.services.formats.records import FoundDecision
from evidence_app.services.screening.outcomes import Rules, is_included, rules_of
from evidence_app.storage import screening
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening import Ballots

INCLUDED = "included"


def follow(reference: int, standing: str | None, before: bool, after: bool) -> list[Change]:
    """Return the change of standing that follows where votes included a reference before and after an act."""
    wanted = standing
    if after and not before:
        wanted = INCLUDED
    elif before and not after and standing == INCLUDED:
        wanted = None
    return set_columns("reference", reference, {"standing": standing}, {"standing": wanted})


def following(
    reader: Reader, reference: int, stage: Stage, change: Callable[[Ballots], Ballots]
) -> list[Change]:
    """Return how the standing of one reference follows a change of its votes at one stage."""
    rules = rules_of(reader)
    first = screening.ballots_of(reader, Stage.TITLE_ABSTRACT, reference)
    full = screening.ballots_of(reader, Stage.FULL_TEXT, reference)
    before = is_included(rules, reference, first, full)
    if stage is Stage.TITLE_ABSTRACT:
        first = change(first)
    elif stage is Stage.FULL_TEXT:
        full = change(full)
    after = is_included(rules, reference, first, full)
    if before == after:
        return []
    return follow(reference, screening.standing(reader, reference), before, after)


def following_all(
    reader: Reader,
    *,
    rules: Rules | None = None,
    change: Callable[[Stage, Ballots], Ballots] | None = None,
    references: Iterable[int] | None = None,
) -> list[Change]:
    """Return how standings follow where rules, samples or many votes change at once."""
    present = rules_of(reader)
    held = {stage: screening.ballots(reader, stage) for stage in (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)}
    new = {stage: change(stage, each) if change else each for stage, each in held.items()}
    standings = screening.standings(reader)
    touched = set(held[Stage.FULL_TEXT].votes) | set(new[Stage.FULL_TEXT].votes)
    if references is not None:
        touched &= set(references)
    changes: list[Change] = []
    for reference in sorted(touched):
        before = is_included(present, reference, held[Stage.TITLE_ABSTRACT], held[Stage.FULL_TEXT])
        after = is_included(rules or present, reference, new[Stage.TITLE_ABSTRACT], new[Stage.FULL_TEXT])
        changes += follow(reference, standings.get(reference), before, after)
    return changes


def judged_together(reader: Reader, references: Iterable[int]) -> bool | None:
    """Return whether the votes on several references, counted as on one work, include it in full text.

    None where nobody judged any of them in full text."""
    works = list(references)
    first = _together([screening.ballots_of(reader, Stage.TITLE_ABSTRACT, each) for each in works], works)
    full = _together([screening.ballots_of(reader, Stage.FULL_TEXT, each) for each in works], works)
    return is_included(rules_of(reader), works[0], first, full) if full.of(works[0]) else None


def _together(held: Iterable[Ballots], works: list[int]) -> Ballots:
    """Return the votes on several references as those on the first of them."""
    several = list(held)
    votes = sorted(
        (vote for ballots in several for each in works for vote in ballots.of(each)),
        key=lambda vote: (vote.at, vote.id),
    )
    twice = any(work in ballots.twice for ballots in several for work in works)
    again = max((at for ballots in several for at in ballots.again.values()), default="")
    return Ballots(
        {works[0]: votes} if votes else {},
        frozenset(works[:1] if twice else ()),
        {works[0]: again} if again else {},
    )


def on_arrival(rules: Rules, said: Sequence[FoundDecision]) -> str | None:
    """Return the standing of a record that an import brings in with these decisions: included, or none."""
    votes = _votes_of(said)
    first, full = (
        Ballots({0: list(votes[stage])} if stage in votes else {})
        for stage in (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)
    )
    return INCLUDED if full.votes and is_included(rules, 0, first, full) else None


def following_arrivals(reader: Reader, said: Mapping[int, Sequence[FoundDecision]]) -> list[Change]:
    """Return how standings follow decisions that come in on references the project holds already."""
    votes = {reference: _votes_of(decisions) for reference, decisions in said.items()}

    def changed(stage: Stage, held: Ballots) -> Ballots:
        merged = dict(held.votes)
        for reference, by_stage in votes.items():
            if stage in by_stage:  # undated, so before those that are there
                merged[reference] = [*by_stage[stage], *held.of(reference)]
        return replace(held, votes=merged)

    return following_all(reader, change=changed, references=votes) if votes else []


def _votes_of(said: Sequence[FoundDecision]) -> dict[Stage, list[Vote]]:
    """Return decisions of a file as votes; its people are told apart by name, and none of them is known."""
    people = {name: -1 - at for at, name in enumerate(dict.fromkeys(each.person for each in said))}
    votes: dict[Stage, list[Vote]] = {}
    for at, each in enumerate(said):
        person = people[each.person] if each.person else None
        vote = Vote(person, each.verdict, MadeAs.REVIEWER.value, "", at)
        votes.setdefault(Stage(each.stage or Stage.TITLE_ABSTRACT), []).append(vote)
    return votes
