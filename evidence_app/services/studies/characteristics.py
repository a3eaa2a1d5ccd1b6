"""Values of the extraction form: in one report, at a place in it; several, or "not reported".

A draft is one extractor's own. Two extractors' drafts are compared field by field once both have filled it,
and what they agree on is written as the value that counts; the drafts stay as they were."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from evidence_app.domain.edit import Change, Edit, counted, insert, remove, set_columns
from evidence_app.domain.studies import ExtractionField, Value, ValueState
from evidence_app.services.studies.form import checked
from evidence_app.services.studies.retrieval import Person
from evidence_app.storage.project import now
from evidence_app.storage.studies import StudyContents


class Said(NamedTuple):
    """What is to stand in a field: a value and its place in the report."""

    text: str
    place: str = ""
    state: ValueState = ValueState.TYPED
    basis: str = ""


def write(
    reference: int, field: ExtractionField, held: Sequence[Value], said: Sequence[Said], person: Person,
    *, draft: bool = False,
) -> Edit:  # fmt: skip
    """Return the edit that puts these values into a field of a report, in place of those it holds.

    A value that stays as it was keeps its origin. Raises `EvidenceError` for what the field does not take."""
    label = f"{field.title} of a report"
    wanted = [each for each in (_checked(field, one) for one in said) if each is not None]
    changes: list[Change] = []
    for at, each in enumerate(wanted):
        old = held[at] if at < len(held) else None
        if old is None:
            changes.append(_new(reference, field.name, each, person, draft))
        elif (old.value, old.place, old.state) != (each.text, each.place, each.state):
            if (old.value, old.place) == (each.text, each.place) and each.state is ValueState.TYPED:
                continue
            before = {"value": old.value, "place": old.place, "state": old.state.value, "basis": old.basis,
                      "person": old.person, "at": old.at}  # fmt: skip
            after: dict[str, Any] = {"value": each.text, "place": each.place, "state": each.state.value}
            after |= {"basis": each.basis, "person": person, "at": now()}
            if old.value == each.text and each.state is ValueState.TYPED:
                after |= {"state": old.state.value, "basis": old.basis}
            changes += set_columns("characteristic", old.id, before, after)
    changes += [remove("characteristic", each.id) for each in held[len(wanted) :]]
    return Edit(label, tuple(changes))


def not_reported(
    reference: int, field: ExtractionField, held: Sequence[Value], person: Person, place: str = "",
    *, draft: bool = False,
) -> Edit:  # fmt: skip
    """Return the edit that says a report was read and does not tell; `place` is where it was looked for."""
    said = Said("", place, ValueState.NOT_REPORTED)
    return write(reference, field, held, [said], person, draft=draft)


def _checked(field: ExtractionField, said: Said) -> Said | None:
    if said.state is ValueState.NOT_REPORTED:
        return Said("", said.place.strip(), said.state, said.basis)
    text = checked(field, said.text)
    return said._replace(text=text, place=said.place.strip()) if text else None


def _new(reference: int, name: str, said: Said, person: Person, draft: bool) -> Change:
    return insert(
        "characteristic", reference=reference, name=name, value=said.text, state=said.state.value,
        basis=said.basis, place=said.place, person=person, at=now(), draft=int(draft),
    )  # fmt: skip


# -- two extractors


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What two extractors found for one field in one report."""

    reference: int
    field: ExtractionField
    first: tuple[Value, ...]
    second: tuple[Value, ...]
    agreed: tuple[Value, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether both say the same; the place may differ."""
        return _words(self.first) == _words(self.second)

    @property
    def is_settled(self) -> bool:
        """Whether a value that counts says what one of the two says, or both together."""
        said = _words(self.first), _words(self.second), _words(both_of(self))
        return bool(self.agreed) and _words(self.agreed) in said


def _words(values: Sequence[Value]) -> frozenset[tuple[str, bool]]:
    return frozenset((each.value.casefold().strip(), each.is_reported) for each in values)


@dataclass(frozen=True, slots=True)
class Extractor:
    """Somebody who has drafts, and how many fields of reports they filled."""

    person: int | None
    name: str
    fields: int


def extractors(drafts: Sequence[Value]) -> list[Extractor]:
    """Return who has drafts, the one who filled most fields first."""
    names: dict[int | None, str] = {}
    filled: dict[int | None, set[tuple[int, str]]] = defaultdict(set)
    for each in drafts:
        names.setdefault(each.person, each.by or "Somebody")
        filled[each.person].add((each.reference, each.name.casefold()))
    found = [Extractor(person, name, len(filled[person])) for person, name in names.items()]
    return sorted(found, key=lambda each: (-each.fields, each.name))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two extractors: the fields both filled, in the form's order, and how many only one of them did."""

    both: tuple[Compared, ...] = ()
    only_first: int = 0
    only_second: int = 0

    @property
    def differing(self) -> int:
        """How many fields they filled differently."""
        return sum(not each.is_same for each in self.both)

    @property
    def ready(self) -> tuple[Compared, ...]:
        """Fields both filled alike, that are not agreed on yet."""
        return tuple(each for each in self.both if each.is_same and not each.is_settled)


def compare(
    drafts: Sequence[Value], contents: StudyContents, first: int | None, second: int | None
) -> Comparison:
    """Return what two extractors found; what one of them lacks is counted and stays unseen."""
    held: Mapping[tuple[int, str, int | None], list[Value]] = defaultdict(list)
    for each in drafts:
        held[each.reference, each.name.casefold(), each.person].append(each)
    found: list[Compared] = []
    alone = [0, 0]
    for study in contents.studies:
        for reference in study.references:
            for field in contents.fields:
                name = field.name.casefold()
                one, other = held.get((reference, name, first)), held.get((reference, name, second))
                if one and other:
                    agreed = tuple(contents.values_of([reference], field.name))
                    found.append(Compared(reference=reference, field=field, first=tuple(one),
                                          second=tuple(other), agreed=agreed))  # fmt: skip
                elif one or other:
                    alone[0 if one else 1] += 1
    return Comparison(tuple(found), *alone)


def both_of(compared: Compared) -> list[Value]:
    """Return the values of both, each once: for a field that takes several."""
    found: dict[tuple[str, bool], Value] = {}
    for each in (*compared.first, *compared.second):
        if each.is_reported:
            found.setdefault((each.value.casefold().strip(), True), each)
    return list(found.values()) or list(compared.first)


def agree(compared: Compared, chosen: Sequence[Value], person: Person, basis: str = "") -> Edit:
    """Return the edit that makes values of the drafts the ones that count, each with its place in the report.

    `basis` says who extracted and who settled it; a basis of the extractor's own comes before it."""
    said = [
        Said(each.value, each.place, each.state, ". ".join(text for text in (each.basis, basis) if text))
        for each in chosen
    ]
    edit = write(compared.reference, compared.field, compared.agreed, said, person)
    return Edit(f"Agree on {compared.field.name}", edit.changes)


def agree_where_same(several: Sequence[Compared], person: Person, basis: str = "") -> Edit:
    """Return the edit that settles every field on which both extractors say the same."""
    changes: list[Change] = []
    number = 0
    for each in several:
        if each.is_same and not each.is_settled:
            number += 1
            changes += agree(each, each.first, person, basis).changes
    return Edit(f"Agree on {counted(number, 'field')}", tuple(changes))


def settled_by(first: str, second: str, settler: str) -> str:
    """Return the sentence that a value which was agreed on keeps of who found it."""
    if settler in (first, second):
        return f"Extracted by {first} and {second}, agreed by both"
    return f"Extracted by {first} and {second}, settled by {settler}"
