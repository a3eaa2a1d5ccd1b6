"""Bibliographic fields that were changed in a packet: taken over, or shown as a conflict, never lost."""

import json
from collections.abc import Mapping
from typing import Any

from evidence_app.domain.edit import Change, Edit, insert, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.packets import ChangedField, FieldConflict, PacketAnswer
from evidence_app.services.library.fields import label_of
from evidence_app.services.library.references import set_fields
from evidence_app.storage import packets, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.references import stored_value


def take(
    reader: Reader, answer: PacketAnswer, kept: Mapping[str, int], packet: int, person: Any
) -> tuple[list[Change], tuple[int, int]]:
    """Return the changes that an answer's fields make, and how many were taken over and how many conflict.

    A field that nobody touched here meanwhile is taken over; one that says the same already is left; one
    that was changed here too waits for a choice, and what is here stays until then."""
    seen = {
        (each.reference, each.variable, _json(each.theirs))
        for each in packets.field_conflicts(reader, settled=True)
    }
    changes: list[Change] = []
    taken: dict[int, dict[str, Any]] = {}
    conflicts = 0
    for changed in answer.fields:
        work = kept.get(changed.reference)
        reference = references.reference(reader, work) if work is not None else None
        if reference is None or work is None:
            continue
        mine = reference.item.get(changed.variable)
        if _same(changed, mine, changed.theirs):
            continue
        if _same(changed, mine, changed.base):
            taken.setdefault(work, {})[changed.variable] = changed.theirs
        elif (work, changed.variable, _json(changed.theirs)) not in seen:
            conflicts += 1
            changes.append(
                insert(
                    "field_conflict", reference=work, variable=changed.variable, base=_json(changed.base),
                    mine=_json(mine), theirs=_json(changed.theirs), packet=packet, person=person,
                )
            )  # fmt: skip
    for work, said in taken.items():
        changes += _set(reader, work, said, answer.person_name)
    return changes, (sum(map(len, taken.values())), conflicts)


def choose(reader: Reader, conflict: FieldConflict, *, theirs: bool) -> Edit:
    """Return the edit that settles a conflict: what came back is taken, or what is here stays."""
    changes = set_columns(
        "field_conflict", conflict.id, {"state": "open"}, {"state": "theirs" if theirs else "mine"}
    )
    reference = references.reference(reader, conflict.reference)
    if reference is None:
        raise EvidenceError("This reference is not in the review any more; nothing was changed.")
    if theirs:
        changes += _set(reader, reference.id, {conflict.variable: conflict.theirs}, conflict.person)
    whose = f"{conflict.person or 'the other'}’s" if theirs else "my"
    field = label_of(conflict.variable).lower()
    return Edit(f"Take {whose} {field} of {reference.short_label}", tuple(changes))


def _set(reader: Reader, work: int, fields: Mapping[str, Any], source: str) -> list[Change]:
    reference = references.reference(reader, work)
    if reference is None:
        return []
    known = references.provenance(reader, work)
    return list(set_fields(reference, fields, known, source=source).changes)


def _same(changed: ChangedField, one: Any, other: Any) -> bool:
    return bool(stored_value(changed.variable, one) == stored_value(changed.variable, other))


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
