"""What follows from screening: a report that full text includes stands as included, and no longer when not.

Only what the votes change is changed: a reference that somebody put among the included ones by hand, as in
a review whose screening was done elsewhere, stays there."""

from collections.abc import Callable, Iterable

from evidence_app.domain.edit import Change, Edit, counted, set_columns
from evidence_app.domain.screening import Stage
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


def catch_up(reader: Reader) -> Edit:
    """Return the edit that brings standings up to what the votes say: after an import, or a late duplicate.

    Included by votes and not by standing becomes included; nothing that stands by hand is taken out."""
    rules = rules_of(reader)
    first = screening.ballots(reader, Stage.TITLE_ABSTRACT)
    full = screening.ballots(reader, Stage.FULL_TEXT)
    standings, live = screening.standings(reader), set(screening.screened(reader))
    changes: list[Change] = []
    for reference in sorted(live & set(full.votes)):
        included = is_included(rules, reference, first, full)
        present = standings.get(reference)
        wanted = INCLUDED if included else None if present == INCLUDED else present
        changes += set_columns("reference", reference, {"standing": present}, {"standing": wanted})
    return Edit(f"Bring {counted(len(changes), 'reference')} up to what screening says", tuple(changes))
