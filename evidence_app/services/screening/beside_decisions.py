"""What is done to a record while it is judged, besides judging it: flags, the person's note, labels, and the
shared list of reasons. Each act returns an edit."""

from collections.abc import Sequence
from typing import NamedTuple

from evidence_app.domain.edit import Change, Edit, RowOf, counted, insert, remove, set_columns
from evidence_app.domain.screening import ExclusionReason
from evidence_app.storage.project import now
from evidence_app.storage.screening_cards import SCREENING_NOTE, Card


class ReasonLine(NamedTuple):
    """A reason as the shared list is wanted; without a row it is new."""

    row: int | None
    name: str
    criterion: int | RowOf | None = None


def set_reasons(held: Sequence[ExclusionReason], wanted: Sequence[ReasonLine], stage: str) -> Edit:
    """Return the edit that makes the list of a stage this one: names, order and criteria.

    A reason that is taken off the list stays with the decisions that gave it."""
    before = {each.id: each for each in held}
    changes: list[Change] = []
    for place, each in enumerate(wanted, 1):
        old = before.pop(each.row, None) if each.row is not None else None
        new = {"name": each.name, "criterion": each.criterion, "position": float(place)}
        if old is None:
            changes.append(insert("exclusion_reason", stage=stage, **new))
        else:
            known = {"name": old.name, "criterion": old.criterion, "position": old.position}
            changes += set_columns("exclusion_reason", old.id, known, new)
    changes += [remove("exclusion_reason", row) for row in before]
    return Edit(f"Set {counted(len(wanted), 'reason')} of {stage}", tuple(changes))


def flag(card: Card, stage: str, person: RowOf) -> Edit:
    """Return the edit that flags a record for this person, or takes the flag off."""
    named = card.reference.short_label
    if card.flag is not None:
        return Edit(f"Take the flag off {named}", (remove("flag", card.flag),))
    made = insert("flag", reference=card.reference.id, stage=stage, person=person, at=now())
    return Edit(f"Flag {named}", (made,))


def write_note(card: Card, text: str, person: RowOf) -> Edit:
    """Return the edit that writes, rewords or, where it is empty, removes this person's note on a record."""
    named, text = card.reference.short_label, text.strip()
    if card.note is None:
        if not text:
            return Edit("Write nothing")
        made = insert(
            "note", reference=card.reference.id, text=text, kind=SCREENING_NOTE, person=person, at=now()
        )
        return Edit(f"Write a note on {named}", (made,))
    if not text:
        return Edit(f"Remove a note on {named}", (remove("note", card.note.id),))
    changes = set_columns("note", card.note.id, {"text": card.note.text}, {"text": text})
    return Edit(f"Reword a note on {named}", tuple(changes))
