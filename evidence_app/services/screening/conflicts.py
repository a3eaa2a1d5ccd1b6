"""Records on which reviewers differ: who may see the votes side by side, and settling them."""

from dataclasses import dataclass
from typing import Final

from evidence_app.domain.edit import Edit
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import Decision, MadeAs, Outcome, Stage, Verdict
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.outcomes import is_fresh, outcome_of
from evidence_app.storage import screening, screening_notes
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening import Who, person_row

ADJUDICATOR: Final = "adjudicator"


@dataclass(frozen=True, slots=True)
class SeenVote:
    """One vote as it is laid beside the others: the decision, its reasons in words, its person's notes."""

    decision: Decision
    reasons: tuple[str, ...]
    notes: tuple[str, ...]


def may_settle(reader: Reader, person: Who) -> bool:
    """Return whether a person was named as adjudicator."""
    return screening.holds_role(reader, person_row(reader, person), ADJUDICATOR)


def is_in_dispute(reader: Reader, reference: int, stage: Stage) -> bool:
    """Return whether reviewers differ on a record, or differed and it was settled."""
    if outcome_of(reader, reference, stage) is Outcome.CONFLICT:
        return True
    return any(vote.made_as == MadeAs.ADJUDICATOR for vote in _fresh(reader, reference, stage))


def side_by_side(reader: Reader, reference: int, stage: Stage, viewer: Who) -> tuple[SeenVote, ...]:
    """Return all votes on a record with reasons and notes, or nothing for whom they must stay hidden.

    Once blindness is lifted they are for all; before, for a named adjudicator, on what is in dispute."""
    if screening.protocol(reader).blind and not (
        may_settle(reader, viewer) and is_in_dispute(reader, reference, stage)
    ):
        return ()
    words = {each.id: each.name for each in screening.reasons(reader)}
    notes = screening_notes.screening_notes(reader, reference)
    return tuple(
        SeenVote(
            each,
            tuple(words[row] for row in each.reasons if row in words)
            or ((each.words,) if each.words else ()),
            tuple(filter(None, (each.note, *notes.get(each.person, ())))),
        )
        for each in _fresh(reader, reference, stage)
    )


def adjudicate(
    reader: Reader, reference: int, stage: Stage, verdict: Verdict, adjudicator: Who, note: str = "",
    reason: int | None = None,
) -> Edit:  # fmt: skip
    """Return the edit that settles a conflict; the votes stay as they were.

    Raises `EvidenceError` for somebody who was not named as adjudicator, and where nothing is in dispute."""
    if not may_settle(reader, adjudicator):
        raise EvidenceError(
            "Conflicts are settled by a named adjudicator. Nothing was decided; name one in the protocol."
        )
    if not is_in_dispute(reader, reference, stage):
        raise EvidenceError("The reviewers do not differ on this record. Nothing was decided.")
    return decide(reader, reference, stage, verdict, adjudicator, reason, note=note, as_=MadeAs.ADJUDICATOR)


def _fresh(reader: Reader, reference: int, stage: Stage) -> list[Decision]:
    again = screening.ballots_of(reader, stage, reference).again.get(reference, "")
    found = [each for each in screening.decisions(reader, [reference], stage) if is_fresh(each.at, again)]
    latest = {(each.person, each.made_as): each for each in found}
    return list(latest.values())
