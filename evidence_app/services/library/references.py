"""What a reviewer does to references; each act returns an edit and writes nothing."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evidence_app.domain.csl import CslItem
from evidence_app.domain.edit import (
    Change,
    Edit,
    RowOf,
    SetWhere,
    counted,
    insert,
    remove,
    set_columns,
)  # fmt: skip
from evidence_app.domain.reference import Reference
from evidence_app.storage.project import now
from evidence_app.storage.references import Provenance, stored_value
from evidence_app.storage.schema import column_of

FIELD_LABELS: Mapping[str, str] = {
    "DOI": "DOI", "URL": "web address", "ISBN": "ISBN", "ISSN": "ISSN", "PMID": "PMID", "PMCID": "PMCID",
    "container-title": "container", "issued": "date",
}  # fmt: skip


def field_label(variable: str) -> str:
    """Return how a CSL variable is called in sentences: `publisher-place` as publisher place."""
    return FIELD_LABELS.get(variable, variable.replace("-", " "))


def set_fields(
    reference: Reference,
    fields: Mapping[str, Any],
    known: Mapping[str, Provenance],
    *,
    origin: str = "typed",
    source: str = "",
) -> Edit:
    """Return the edit that gives fields of a reference new values and notes where they came from.

    A field of a reference that was checked against the original raises its flag."""
    changed = {
        name: value for name, value in fields.items() if not _says_the_same(reference.item, name, value)
    }
    changes = _field_changes(reference, changed)
    changes += _provenance_changes(reference, changed, known, origin, source)
    changes += _flag_changes(reference, changed)
    if not changes:
        return Edit("Change nothing")
    what = field_label(next(iter(changed))) if len(changed) == 1 else counted(len(changed), "field")
    return Edit(f"Change {what} of {reference.short_label}", tuple(changes))


def _says_the_same(item: CslItem, variable: str, value: Any) -> bool:
    return bool(stored_value(variable, item.get(variable)) == stored_value(variable, value))


def _field_changes(reference: Reference, fields: Mapping[str, Any]) -> list[Change]:
    before = {column_of(name): stored_value(name, reference.item.get(name)) for name in fields}
    after = {column_of(name): stored_value(name, value) for name, value in fields.items()}
    if "type" in fields:
        before["type"], after["type"] = reference.item["type"], fields["type"]
    return set_columns("reference", reference.id, before, after)


def _provenance_changes(
    reference: Reference, fields: Mapping[str, Any], known: Mapping[str, Provenance], origin: str, source: str
) -> list[Change]:
    changes: list[Change] = []
    for variable in fields:
        old = known.get(variable)
        if old is None:
            changes.append(
                insert(
                    "provenance", reference=reference.id, variable=variable, origin=origin, at=now(),
                    source=source,
                )
            )  # fmt: skip
        else:
            before = {"origin": old.origin, "at": old.at, "source": old.source}
            changes += set_columns(
                "provenance", old.id, before, {"origin": origin, "at": now(), "source": source}
            )
    return changes


def _flag_changes(reference: Reference, fields: Mapping[str, Any]) -> list[Change]:
    if reference.checked_at is None or not fields:
        return []
    flagged = sorted({*reference.changed_since_check, *fields})
    before = {"changed_since_check": json.dumps(list(reference.changed_since_check))}
    return set_columns("reference", reference.id, before, {"changed_since_check": json.dumps(flagged)})


def mark_checked(references: Sequence[Reference], person: int | RowOf | None) -> Edit:
    """Return the edit that ticks references as checked against the original, by this person, now."""
    changes: list[Change] = []
    for reference in references:
        before = {
            "checked_at": reference.checked_at, "checked_by": reference.checked_by,
            "changed_since_check": json.dumps(list(reference.changed_since_check)),
        }  # fmt: skip
        after = {"checked_at": now(), "checked_by": person, "changed_since_check": "[]"}
        changes += set_columns("reference", reference.id, before, after)
    return Edit(f"Mark {_named(references)} as checked against the original", tuple(changes))


def unmark_checked(references: Sequence[Reference]) -> Edit:
    """Return the edit that takes the tick off again."""
    changes: list[Change] = []
    for reference in references:
        before = {"checked_at": reference.checked_at, "checked_by": reference.checked_by}
        changes += set_columns("reference", reference.id, before, {"checked_at": None, "checked_by": None})
    return Edit(f"Take the tick off {_named(references)}", tuple(changes))


def set_standing(references: Sequence[int], standing: str | None) -> Edit:
    """Return the edit that makes references included reports, background, or neither."""
    words = {"included": "included reports", "background": "background", None: "undecided"}[standing]
    label = f"Make {counted(len(references), 'reference')} {words}"
    return Edit(label, (SetWhere("reference", "standing", standing, references),))


def remove_references(references: Sequence[Reference]) -> Edit:
    """Return the edit that takes references out of the review; they stay in the file."""
    return Edit(f"Remove {_named(references)}", tuple(remove("reference", each.id) for each in references))


def tag(references: Sequence[int], name: str, tags: Mapping[str, int], held: Iterable[int] = ()) -> Edit:
    """Return the edit that tags references; `tags` are the known ones by name, `held` who has it already."""
    changes: list[Change] = []
    at: int | RowOf
    if name in tags:
        at = tags[name]
    else:
        made = insert("tag", name=name)
        changes.append(made)
        at = RowOf("tag", made.guid)
    have = set(held)
    changes += [insert("reference_tag", reference=row, tag=at) for row in references if row not in have]
    return Edit(f"Tag {counted(len(references), 'reference')} “{name}”", tuple(changes))


def untag(rows: Sequence[int], name: str) -> Edit:
    """Return the edit that takes a tag off; `rows` are those of `reference_tag`."""
    return Edit(f"Take the tag “{name}” off", tuple(remove("reference_tag", row) for row in rows))


def add_note(reference: int, text: str, person: int | RowOf | None) -> Edit:
    """Return the edit that writes a note on a reference."""
    return Edit("Write a note", (insert("note", reference=reference, text=text, person=person, at=now()),))


def change_note(note: int, before: str, after: str) -> Edit:
    """Return the edit that rewords a note; an empty one is removed."""
    if not after.strip():
        return Edit("Remove a note", (remove("note", note),))
    return Edit("Reword a note", tuple(set_columns("note", note, {"text": before}, {"text": after})))


def _named(references: Sequence[Reference]) -> str:
    return references[0].short_label if len(references) == 1 else counted(len(references), "reference")
