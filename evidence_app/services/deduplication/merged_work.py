"""A work that several records became: what it shows, what each record said, and why each was merged."""

from dataclasses import dataclass

from evidence_app.domain.reference import Reference
from evidence_app.services.deduplication.side_by_side import FieldPair, fields_of
from evidence_app.services.deduplication.standard_rules import STANDARD
from evidence_app.storage import duplicates, found_duplicates, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.found_duplicates import KeptRecord


@dataclass(frozen=True, slots=True)
class MergedPart:
    """One reference that was merged: its records, what it says otherwise, and why it was merged."""

    reference: int
    label: str
    title: str
    records: tuple[KeptRecord, ...]
    differing: tuple[FieldPair, ...]
    why: str
    """The rule, or that a person judged; and when."""


@dataclass(frozen=True, slots=True)
class MergedWork:
    """The reference that is shown, its own records, and those merged into it."""

    kept: Reference
    own: tuple[KeptRecord, ...]
    parts: tuple[MergedPart, ...]

    @property
    def records(self) -> tuple[KeptRecord, ...]:
        """All records of the work."""
        return (*self.own, *(record for part in self.parts for record in part.records))


def merged_work(reader: Reader, kept: int) -> MergedWork | None:
    """Return a merged work, or None where it is gone or nothing is merged into it any more."""
    shown = references.reference(reader, kept)
    under = duplicates.merged_into(reader, (kept,)).get(kept, ())
    if shown is None or not under:
        return None
    records = found_duplicates.kept_records(reader, (kept,))
    items = found_duplicates.items_of(reader, under)
    names = found_duplicates.named(reader, under)
    merges = {each.reference: each for each in duplicates.merges(reader)}
    parts = tuple(
        MergedPart(
            row, names[row].label, names[row].title,
            tuple(each for each in records if each.reference == row),
            tuple(f for f in fields_of(shown.item, items[row], "one") if not f.is_same and f.other),
            _why(merges.get(row)),
        )
        for row in under
    )  # fmt: skip
    return MergedWork(shown, tuple(each for each in records if each.reference == kept), parts)


def _why(merge: duplicates.Merge | None) -> str:
    if merge is None:
        return "Merged"
    labels = {rule.name: rule.label for kind in STANDARD.by_kind.values() for rule in kind}
    rule = labels.get(merge.rule, merge.rule)
    who = f"Judged the same by {merge.person}" if merge.person else "Merged automatically"
    return f"{who}, {merge.at[:10]}" + (f", rule “{rule}”" if rule else "")
