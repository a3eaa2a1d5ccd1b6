"""The last decision a person took at a stage, whatever it was and however long ago, to be taken back.

Where the edit that made it did nothing else it can be undone; else (many records were decided in one edit)
the record is put back to what this person had said before."""

from dataclasses import dataclass

from evidence_app.domain.screening import Decision, MadeAs, Stage
from evidence_app.storage import screening, screening_votes
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening import Who


@dataclass(frozen=True, slots=True)
class LastTaken:
    """The last decision of a person at a stage."""

    decision: Decision
    before: Decision | None
    """What it replaced, and what holds again when it is taken back."""
    edit: int | None
    """The edit that can be undone for it; None where that would take back more."""


def last_taken(reader: Reader, stage: Stage, who: Who) -> LastTaken | None:
    """Return the last decision a person took at a stage, as reviewer or adjudicator; None where none is."""
    person = screening.person_row(reader, who)
    last = screening_votes.last_decision(reader, stage, person) if person is not None else None
    if last is None:
        return None
    held = screening.own_decisions(reader, last.reference, stage, person, MadeAs(last.made_as))
    before = screening.decisions_of_rows(reader, screening_votes.replaced_by(reader, last.id, last.edit))
    return LastTaken(
        next(each for each in held if each.id == last.id), before[-1] if before else None,
        last.edit if last.alone else None,
    )  # fmt: skip
