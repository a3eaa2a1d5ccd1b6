"""Two references field by field as a person compares them, and the reference their merge will show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from evidence_app.domain.csl import VARIABLES, CslItem
from evidence_app.domain.reference import Reference
from evidence_app.services.deduplication.comparing import Comparison
from evidence_app.services.deduplication.merging import fullest
from evidence_app.services.deduplication.records import record_of
from evidence_app.services.deduplication.relating import relation_between
from evidence_app.services.library.fields import label_of, shown_value, type_label
from evidence_app.storage import found_duplicates, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.found_duplicates import KeptRecord

Side = Literal["one", "other"]

_TOGETHER: Final = (("volume", "issue", "page"),)
_FIRST: Final[tuple[str, ...]] = (
    "title", "author", "issued", "container-title", "volume", "DOI", "PMID", "type", "original-title",
    "editor", "publisher", "ISBN", "keyword", "URL", "abstract",
)  # fmt: skip
_NOT_SHOWN: Final = frozenset(("custom", "issue", "page", "source", "accessed"))


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One line of the grid: its name, its variables, what each side says."""

    label: str
    variables: tuple[str, ...]
    one: str
    other: str
    chosen: Side
    """The side the stated preference takes."""

    @property
    def is_same(self) -> bool:
        """Whether both say the same to the letter."""
        return self.one == self.other


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A pair: both references, the side that is kept, the fields, and the records below both."""

    one: Reference
    other: Reference
    master: Side
    fields: tuple[FieldPair, ...]
    records: tuple[KeptRecord, ...]
    merged: Mapping[int, int]
    """For each reference merged into one of the two before, into which."""

    def side(self, side: Side) -> Reference:
        """Return the reference of a side."""
        return self.one if side == "one" else self.other

    def records_of(self, side: Side) -> list[KeptRecord]:
        """Return the records below one side."""
        row = int(self.side(side).id)
        return [each for each in self.records if self.merged.get(each.reference, each.reference) == row]

    def choices(self, taken: Mapping[tuple[str, ...], Side]) -> dict[str, int]:
        """Return whose value to show, by variable, where it is not the one shown anyway."""
        chosen = {}
        for field in self.fields:
            side = taken.get(field.variables, field.chosen)
            for variable in field.variables:
                if not field.is_same and side != self.master:
                    chosen[variable] = int(self.side(side).id)
        return chosen


def side_by_side(reader: Reader, one: int, other: int) -> SideBySide | None:
    """Return two references side by side, or None where one of them is gone."""
    found = references.references(reader, (one, other))
    if len(found) != 2:
        return None
    mine, theirs = found
    master: Side = "one" if fullest(found).id == mine.id else "other"
    records = found_duplicates.kept_records(reader, (one, other))
    merged = found_duplicates.led_to(reader, {each.reference for each in records})
    return SideBySide(
        mine, theirs, master, tuple(fields_of(mine.item, theirs.item, master)), tuple(records), merged
    )


def fields_of(one: CslItem, other: CslItem, master: Side) -> list[FieldPair]:
    """Return the fields that one of two works holds, in the order of the eye."""
    held = [name for name in VARIABLES if (one.get(name) or other.get(name)) and name not in _NOT_SHOWN]
    names = [
        name for name in _FIRST if name in held or name == "type" or (name == "volume" and _place(one, other))
    ]
    names += [name for name in held if name not in names]
    names.sort(key=lambda name: name == "abstract")
    return [_field(name, one, other, master) for name in names]


def _place(one: CslItem, other: CslItem) -> bool:
    return any(item.get(name) for item in (one, other) for name in _TOGETHER[0])


def _field(name: str, one: CslItem, other: CslItem, master: Side) -> FieldPair:
    if name == "volume":
        mine, theirs = _volume(one), _volume(other)
        return FieldPair("Volume, issue, pages", _TOGETHER[0], mine, theirs, _preferred(mine, theirs, master))
    mine, theirs = text_of(name, one.get(name)), text_of(name, other.get(name))
    csl_type = str(one.get("type", ""))
    label = {"type": "Type", "issued": "Date"}.get(name) or label_of(name, csl_type)
    return FieldPair(label, (name,), mine, theirs, _preferred(mine, theirs, master))


def _preferred(one: str, other: str, master: Side) -> Side:
    """Return the kept side, unless it says nothing."""
    said = one if master == "one" else other
    if said or one == other:
        return master
    return "other" if master == "one" else "one"


def text_of(variable: str, value: Any) -> str:
    """Return a field as one reads it."""
    return type_label(str(value)) if variable == "type" and value else shown_value(variable, value)


def _volume(item: CslItem) -> str:
    volume, issue, page = (str(item.get(name) or "") for name in _TOGETHER[0])
    front = f"{volume}({issue})" if issue else volume
    return ", ".join(filter(None, (front, page)))


def result_text(pair: SideBySide, field: FieldPair, side: Side) -> str:
    """Return what the merged reference will say where this side is chosen for a field."""
    item, rest = pair.side(side).item, pair.side("other" if side == "one" else "one").item
    if len(field.variables) == 1:
        return (field.one if side == "one" else field.other) or (field.other if side == "one" else field.one)
    return _volume({name: item.get(name) or rest.get(name) for name in field.variables})


def relation_of(pair: SideBySide, found: Comparison) -> str:
    """Return how the two belong together if they are not one work, in words, where anything shows it."""
    one, other = (record_of(int(each.id), each.item) for each in (pair.one, pair.other))
    return relation_between(one, other, found) if found else ""
