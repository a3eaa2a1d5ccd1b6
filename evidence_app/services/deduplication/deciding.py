"""What a person decides of pairs and merges, as edits made from the review as it is at that moment."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence_app.domain.csl import CslItem
from evidence_app.domain.edit import Edit, Insert, counted, remove
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.services.deduplication.finding import Duplicates, Match
from evidence_app.services.deduplication.merging import (
    Person,
    Reason,
    fullest,
    merge,
    merge_all,
    not_duplicates,
    unmerge,
)
from evidence_app.services.deduplication.relating import relate
from evidence_app.storage import found_duplicates, references
from evidence_app.storage.connections import Reader


def merge_pair(
    reader: Reader, match: Match, master: int, choices: Mapping[str, int], person: Person = None
) -> Edit:
    """Return the edit that merges a suggested pair as a person judged it, with the rule that suggested it.

    References merged meanwhile count as what they became. Raises `EvidenceError` where one is gone."""
    now = found_duplicates.led_to(reader, {match.one, match.other, master, *choices.values()})
    one, other = now.get(match.one), now.get(match.other)
    if one is None or other is None:
        raise EvidenceError("One of the two references is not in the review any more; nothing was changed.")
    if one == other:
        raise EvidenceError("The two are one reference already; nothing was changed.")
    kept = now.get(master, one)
    reason = Reason(match.rule.name, match.seen)
    chosen = {variable: now[at] for variable, at in choices.items() if at in now}
    reasons = {one: reason, other: reason}
    return merge(reader, (one, other), kept, chosen, person=person, reasons=reasons)


def judge_different(reader: Reader, one: int, other: int, person: Person = None, relation: str = "") -> Edit:
    """Return the edit that remembers for good that two references, as they are now, are two works.

    With a relation, they are linked as related works too."""
    now = found_duplicates.led_to(reader, (one, other))
    if one not in now or other not in now or now[one] == now[other]:
        raise EvidenceError("The two are not two references any more; nothing was changed.")
    if relation:
        return relate(now[one], now[other], relation, person)
    return not_duplicates(now[one], now[other], person)


def take_apart(reader: Reader, reference: int, person: Person = None, *, are_different: bool = False) -> Edit:
    """Return the edit that takes a record out of its work; `are_different` also remembers that for good."""
    before = found_duplicates.led_to(reader, (reference,)).get(reference, reference)
    edit = unmerge(reader, reference)
    if not are_different:
        return edit
    judged = not_duplicates(before, reference, person)
    return Edit("Un-merge a reference that is another work", edit.changes + judged.changes)


def ask_again(judged: int) -> Edit:
    """Return the edit that forgets a judgement, so that the two may be found again."""
    return Edit("Ask again about two references", (remove("not_duplicate", judged),))


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One record of a batch: what it is now, what it will be shown as, and what it gives."""

    work: str
    """The kept reference's label."""
    before: str
    after: str
    gives: tuple[str, ...]
    """The fields it fills in the reference that is kept."""
    rule: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A batch before it is written: its rows and the one edit."""

    rows: tuple[PreviewRow, ...]
    groups: int
    edit: Edit


def preview(reader: Reader, found: Duplicates) -> Preview:
    """Return what merging groups found automatically will do, record by record, and the edit that does it."""
    ids = [at for group in found.automatic for at in group.references]
    known = {int(each.id): each for each in references.references(reader, dict.fromkeys(ids))}
    edit = merge_all(reader, found)
    given = _given(edit)
    rows: list[PreviewRow] = []
    for group in found.automatic:
        members = [known[at] for at in group.references if at in known]
        if len(members) < 2:
            continue
        kept = fullest(members)
        rules = {at: match.rule.label for match in reversed(group.matches) for at in (match.one, match.other)}
        rows += [
            PreviewRow(
                kept.short_label, _line(each), _line(kept), given.get(int(each.id), ()),
                rules.get(int(each.id), ""),
            )
            for each in members
            if each.id != kept.id
        ]  # fmt: skip
    return Preview(tuple(rows), sum(len(group.references) > 1 for group in found.automatic), edit)


def _given(edit: Edit) -> dict[int, tuple[str, ...]]:
    """Return the columns each reference fills in, as the rows of the edit say."""
    found = {}
    for change in edit.changes:
        if isinstance(change, Insert) and change.table == "merge":
            fields = json.loads(change.values["fields"])
            found[int(change.values["reference"])] = tuple(name for name in fields if name != "custom")
    return found


def _line(reference: Reference) -> str:
    """Return a reference as one line of a table: title, where and when it appeared."""
    item: CslItem = reference.item
    place = " ".join(filter(None, (str(item.get("volume") or ""), str(item.get("page") or ""))))
    where = ", ".join(filter(None, (reference.container, str(reference.year or ""), place)))
    return f"{reference.title} · {where}" if where else reference.title


def merged_words(rows: Sequence[PreviewRow]) -> str:
    """Return what the button of a batch says."""
    return f"Merge {counted(len(rows), 'record')}"
