"""Merging references and taking a merge back: nothing is dropped, every row stays with its own reference."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evidence_app.domain.csl import VARIABLES, CslItem
from evidence_app.domain.edit import Change, Edit, Insert, RowOf, SetColumns, counted, insert, remove
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.domain.screening import Stage
from evidence_app.services.deduplication.finding import Duplicates, Match
from evidence_app.services.deduplication.rules import RuleSet
from evidence_app.services.library.references import set_fields
from evidence_app.services.screening.standing import judged_together
from evidence_app.storage import duplicates, references, screening
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import now
from evidence_app.storage.references import stored_value
from evidence_app.storage.schema import column_of

Person = int | RowOf | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why references are merged: the rule and what it saw; nothing where a person judged."""

    rule: str = ""
    seen: Mapping[str, str] | None = None
    rule_set: RowOf | None = None


def merge(
    reader: Reader,
    group: Sequence[int],
    master: int | None = None,
    choices: Mapping[str, int] | None = None,
    *,
    person: Person = None,
    reasons: Mapping[int, Reason] | None = None,
) -> Edit:
    """Return the edit that merges references into one, `master` or the one that says most.

    Empty fields are filled from the others; `choices` names, by CSL variable, whose value to show instead."""
    known = _known(reader, group)
    under = duplicates.merged_into(reader, known)
    judged = _judged(reader, under)
    return _merge(known, under, master, choices or {}, person, reasons or {}, judged(known))


def merge_all(reader: Reader, found: Duplicates, person: Person = None) -> Edit:
    """Return the one edit that merges every group found automatically, each with its rule."""
    groups = found.automatic
    ids = [at for group in groups for at in group.references]
    known = _known(reader, ids)
    under = duplicates.merged_into(reader, ids)
    stored = _stored_rules(found.rules)
    changes: list[Change] = [stored]
    judged = _judged(reader, under)
    for group in groups:
        members = {at: known[at] for at in group.references if at in known}
        if len(members) > 1:
            reasons = _reasons(group.matches, RowOf("rule_set", stored.guid))
            changes += _merge(members, under, None, {}, person, reasons, judged(members)).changes
    removed = sum(len(group.references) - 1 for group in groups)
    if not removed:
        return Edit("Merge nothing")
    return Edit(f"Merge {counted(removed, 'duplicate')}", tuple(changes))


def _known(reader: Reader, ids: Sequence[int]) -> dict[int, Reference]:
    return {each.id: each for each in references.references(reader, dict.fromkeys(ids))}


def _stored_rules(rules: RuleSet) -> Insert:
    return insert("rule_set", rules=json.dumps(rules.printed(), ensure_ascii=False), at=now())


def _reasons(matches: Sequence[Match], rule_set: RowOf) -> dict[int, Reason]:
    """Return for each reference of a group the first match that brought it in."""
    found: dict[int, Reason] = {}
    for match in matches:
        for at in (match.one, match.other):
            found.setdefault(at, Reason(match.rule.name, match.seen, rule_set))
    return found


def _merge(
    known: Mapping[int, Reference],
    under: Mapping[int, Sequence[int]],
    master: int | None,
    choices: Mapping[str, int],
    person: Person,
    reasons: Mapping[int, Reason],
    judged: bool | None,
) -> Edit:
    if len(known) < 2:
        raise EvidenceError("Two references or more are needed to merge; nothing was changed.")
    kept = known[master] if master is not None and master in known else fullest(list(known.values()))
    others = [each for each in known.values() if each.id != kept.id]
    changes: list[Change] = []
    shown = kept
    for other in others:
        taken = _taken(kept, shown, other, choices)
        shown, made, fields = _take(shown, other, taken, judged)
        changes += made
        changes += _lead(other.id, under.get(other.id, ()), None, kept.id)
        changes.append(_row(other.id, kept.id, fields, reasons.get(other.id, Reason()), person))
    label = f"Merge {counted(len(others), 'duplicate')} into {kept.short_label}"
    return Edit(label, tuple(changes))


def fullest(group: Sequence[Reference]) -> Reference:
    """Return the reference to keep: cited before included before checked, then the one that says most."""

    def says(reference: Reference) -> tuple[bool, bool, bool, bool, int, int, int]:
        item = reference.item
        return (
            reference.number is not None, reference.included is True, reference.checked_at is not None,
            bool(reference.doi), len(item), len(reference.authors), -reference.id,
        )  # fmt: skip

    return max(group, key=says)


def _taken(kept: Reference, shown: Reference, other: Reference, choices: Mapping[str, int]) -> CslItem:
    """Return the fields to take from another: what was chosen from it, and what is missing so far."""
    taken: CslItem = {}
    for variable in VARIABLES:
        value = other.item.get(variable)
        chosen = choices.get(variable)
        if value in (None, "", [], {}):
            continue
        if chosen == other.id or (chosen in (None, kept.id) and not shown.item.get(variable)):
            taken[variable] = value
        elif variable == "custom":
            taken[variable] = {**value, **shown.item["custom"]}
    if choices.get("type") == other.id:
        taken["type"] = other.item["type"]
    return taken


def _judged(reader: Reader, under: Mapping[int, Sequence[int]]) -> Callable[[Iterable[int]], bool | None]:
    """Return what tells whether the votes on a group include it; None where none is on full texts."""
    voted = set(screening.ballots(reader, Stage.FULL_TEXT).votes)

    def tell(members: Iterable[int]) -> bool | None:
        works = [row for each in members for row in (each, *under.get(each, ()))]
        return judged_together(reader, works) if voted.intersection(works) else None

    return tell


def _take(
    shown: Reference, other: Reference, taken: CslItem, judged: bool | None
) -> tuple[Reference, list[Change], dict[str, tuple[Any, Any]]]:
    """Return the kept reference with fields of another, the changes, and the columns before and after."""
    edit = set_fields(shown, taken, {}, origin="imported", source=other.guid)
    changes = list(edit.changes)
    fields: dict[str, tuple[Any, Any]] = {}
    flagged = shown.changed_since_check
    for change in changes:
        if isinstance(change, SetColumns) and change.table == "reference":
            if "changed_since_check" in change.after:
                flagged = tuple(json.loads(change.after["changed_since_check"]))
            else:
                fields = {name: (change.before[name], change.after[name]) for name in change.after}
    included = _standing(shown, other) if judged is None else judged or _not_included(shown)
    if included != shown.included:
        before, after = _standing_word(shown.included), _standing_word(included)
        changes.append(SetColumns("reference", shown.id, {"standing": before}, {"standing": after}))
        fields["standing"] = (before, after)
    item = {**shown.item, **taken}
    return replace(shown, item=item, included=included, changed_since_check=flagged), changes, fields


def _standing(one: Reference, other: Reference) -> bool | None:
    """Included before background before undecided: a merge takes no report out of the review."""
    if one.included or other.included:
        return True
    return one.included if one.included is not None else other.included


def _not_included(one: Reference) -> bool | None:
    """Return what a reference stands as that votes leave out: background stays, included does not."""
    return False if one.included is False else None


def _standing_word(included: bool | None) -> str | None:
    return {True: "included", False: "background", None: None}[included]


def _lead(row: int, under: Sequence[int], before: int | None, after: int) -> list[Change]:
    """Return the changes that lead a reference, and those merged into it already, somewhere else."""
    first = SetColumns("reference", row, {"merged_into": before}, {"merged_into": after})
    moved = (
        SetColumns("reference", at, {"merged_into": before or row}, {"merged_into": after}) for at in under
    )
    return [first, *moved]


def _row(
    reference: int, kept: int, fields: Mapping[str, tuple[Any, Any]], reason: Reason, person: Person
) -> Insert:
    return insert(
        "merge", reference=reference, kept=kept, rule=reason.rule,
        seen=json.dumps(reason.seen or {}, ensure_ascii=False), fields=json.dumps(fields, ensure_ascii=False),
        rule_set=reason.rule_set, person=person, at=now(),
    )  # fmt: skip


def unmerge(reader: Reader, reference: int) -> Edit:
    """Return the edit that makes a merged reference one of its own again, with what was merged into it.

    Fields it gave to the other are taken back where they still stand as they were taken."""
    merges = {each.reference: each for each in duplicates.merges(reader)}
    merge_row = merges.get(reference)
    leads = duplicates.leads_to(reader, reference)
    if merge_row is None or leads is None:
        raise EvidenceError("This reference is not merged into another; nothing was changed.")
    changes: list[Change] = [
        SetColumns("reference", reference, {"merged_into": leads}, {"merged_into": None})
    ]
    changes += [
        SetColumns("reference", at, {"merged_into": leads}, {"merged_into": reference})
        for at in _merged_below(reference, merges)
    ]
    changes += _given_back(reader, merge_row)
    changes += [remove("provenance", row) for row in duplicates.given_by(reader, merge_row.kept, reference)]
    changes.append(remove("merge", merge_row.id))
    return Edit("Un-merge a reference", tuple(changes))


def _merged_below(reference: int, merges: Mapping[int, duplicates.Merge]) -> list[int]:
    """Return what was merged into a reference, and into those, in the order of their rows."""
    found: set[int] = set()
    waiting = [reference]
    while waiting:
        at = waiting.pop()
        below = [
            each.reference for each in merges.values() if each.kept == at and each.reference not in found
        ]
        found.update(below)
        waiting += below
    return sorted(found - {reference})


def _given_back(reader: Reader, merge_row: duplicates.Merge) -> list[Change]:
    present = duplicates.columns(reader, merge_row.kept, merge_row.fields)
    still = {name: pair for name, pair in merge_row.fields.items() if present.get(name) == pair[1]}
    if not still:
        return []
    before = {name: after for name, (_, after) in still.items()}
    after = {name: earlier for name, (earlier, _) in still.items()}
    return [SetColumns("reference", merge_row.kept, before, after)]


def not_duplicates(one: int, other: int, person: Person = None) -> Edit:
    """Return the edit that remembers for good that two references are different works."""
    first, second = sorted((one, other))
    made = insert("not_duplicate", reference_a=first, reference_b=second, person=person, at=now())
    return Edit("Judge two references to be different works", (made,))


def show_value(reference: Reference, variable: str, other: CslItem) -> Edit:
    """Return the edit that shows another merged record's value in a field of the kept reference."""
    if stored_value(variable, other.get(variable)) is None:
        raise EvidenceError(f"The other record has no {column_of(variable)}; nothing was changed.")
    return set_fields(reference, {variable: other[variable]}, {}, origin="imported")
