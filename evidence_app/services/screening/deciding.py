"""Taking, changing and unsetting one person's decision. A change is a new decision; the log keeps both."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from evidence_app.domain.edit import Change, Edit, RowOf, insert, remove
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import Decision, MadeAs, Stage, Verdict, Vote
from evidence_app.services.screening.outcomes import is_fresh
from evidence_app.services.screening.standing import following
from evidence_app.storage import references, screening
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening import Ballots, Who, person_row

_LATEST = 1 << 62
"""Stands for the row of a vote that is not written yet."""


def decide(
    reader: Reader,
    reference: int,
    stage: Stage,
    verdict: Verdict,
    person: Who,
    reason: int | None = None,
    further: Sequence[int] = (),
    note: str = "",
    shown_by: str = "",
    score: float | None = None,
    as_: MadeAs = MadeAs.REVIEWER,
    ranking: int | None = None,
) -> Edit:
    """Return the edit that records a verdict, in place of this person's present one if there is one.

    Reasons go with an exclude or a maybe. Raises `EvidenceError` for an exclude in full text without a
    reason, and for a reference that is gone. The same decision again is an edit of nothing, unless the
    record was put back into the queue since."""
    name = _named(reader, reference)
    given = () if verdict is Verdict.INCLUDE else tuple(dict.fromkeys(
        each for each in (reason, *further) if each is not None))  # fmt: skip
    if stage is Stage.FULL_TEXT and verdict is Verdict.EXCLUDE and not given:
        raise EvidenceError(
            "A report is excluded in full text for a main reason. Nothing was decided; name one."
        )
    row = person_row(reader, person)
    held = screening.own_decisions(reader, reference, stage, row, as_)
    again = screening.ballots_of(reader, stage, reference).again.get(reference, "")
    if _says(held, verdict, given, note) and is_fresh(held[-1].at, again):
        return Edit(f"{verdict.label} {name}")
    at = moment_after(again)
    said: dict[str, Any] = {"note": note.strip(), "shown_by": shown_by, "score": score, "ranking": ranking}
    made = insert(
        "decision", reference=reference, person=person, stage=stage.value, verdict=verdict.value, at=at,
        made_as=as_.value, exclusion_reason=given[0] if given else None, **said,
    )  # fmt: skip
    changes: list[Change] = [remove("decision", each.id) for each in held]
    changes.append(made)
    changes += [
        insert("decision_reason", decision=RowOf("decision", made.guid), exclusion_reason=each)
        for each in given[1:]
    ]
    vote = Vote(row if row is not None else -1, verdict.value, as_.value, at, _LATEST)
    changes += following(reader, reference, stage, _with(vote, held))
    return Edit(_label(reader, verdict, as_, name), tuple(changes))


def _label(reader: Reader, verdict: Verdict, as_: MadeAs, name: str) -> str:
    """Return the label of the edit: everybody reads it in the history, while screening is blind too."""
    if as_ is MadeAs.ADJUDICATOR:
        return f"Settle {name}"
    return f"Judge {name}" if screening.protocol(reader).blind else f"{verdict.label} {name}"


def unset(reader: Reader, reference: int, stage: Stage, person: Who, as_: MadeAs = MadeAs.REVIEWER) -> Edit:
    """Return the edit that takes a person's decision back, so that the record is unscreened by them."""
    held = screening.own_decisions(reader, reference, stage, person_row(reader, person), as_)
    name = _named(reader, reference)
    changes: list[Change] = [remove("decision", each.id) for each in held]
    if held:
        changes += following(reader, reference, stage, _with(None, held))
    return Edit(f"Take back the decision on {name}", tuple(changes))


def change_reasons(
    reader: Reader, reference: int, stage: Stage, person: Who, reason: int | None, further: Sequence[int] = ()
) -> Edit:
    """Return the edit that gives a person's decision other reasons; without a decision it is one of nothing.

    A reason decides nothing: one that is chosen before the decision is kept by whoever shows it."""
    held = screening.own_decision(reader, reference, stage, person_row(reader, person))
    if held is None or held.verdict is Verdict.INCLUDE:
        return Edit("Change no reasons")
    edit = decide(
        reader, reference, stage, held.verdict, person, reason, further, held.note, held.shown_by, held.score,
        ranking=held.ranking,
    )  # fmt: skip
    return replace(edit, label=f"Change the reasons of {_named(reader, reference)}")


def _says(held: Sequence[Decision], verdict: Verdict, given: tuple[int, ...], note: str) -> bool:
    if len(held) != 1:
        return False
    return (held[0].verdict, held[0].reasons, held[0].note) == (verdict, given, note.strip())


def _with(vote: Vote | None, without: Sequence[Decision]) -> Callable[[Ballots], Ballots]:
    """Return what makes the votes of a reference those after an act."""
    gone = {each.id for each in without}

    def changed(held: Ballots) -> Ballots:
        votes = {
            reference: [each for each in several if each.id not in gone] + ([vote] if vote else [])
            for reference, several in held.votes.items()
        }
        return replace(held, votes=votes)

    return changed


def _named(reader: Reader, reference: int) -> str:
    found = references.reference(reader, reference)
    if found is None:
        raise EvidenceError("This record is not in the review any more; nothing was decided.")
    return found.short_label


def moment_after(past: str = "") -> str:
    """Return the present moment as it is stored, later than a past one in any case."""
    at = datetime.now(UTC)
    if past and at.isoformat(timespec="milliseconds") <= past:
        at = datetime.fromisoformat(past) + timedelta(milliseconds=1)
    return at.isoformat(timespec="milliseconds")
