"""Writing the protocol down: what was decided before the start. What changes later is an amendment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence_app.domain.edit import Change, Edit, Insert, RowOf, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import Protocol
from evidence_app.services.screening.outcomes import Rules
from evidence_app.services.screening.standing import following_all
from evidence_app.storage import contents, protocols, screening, screening_votes
from evidence_app.storage.connections import Reader


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list as it is wanted, a question or a concept with its name; without a row it is new."""

    row: int | None
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion as it is wanted, with the code by which it is named."""

    row: int | None
    code: str
    text: str
    includes: bool
    concept: int | str | None = None
    """The row of its concept, or the name of one that is entered in the same edit."""


@dataclass(frozen=True, slots=True)
class RoleLine:
    """Who is to do what, by name; somebody new is entered."""

    row: int | None
    person: str
    role: str


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of the protocol; None leaves one as it is."""

    questions: Sequence[Line] | None = None
    concepts: Sequence[Line] | None = None
    criteria: Sequence[CriterionLine] | None = None
    roles: Sequence[RoleLine] | None = None


def set_protocol(reader: Reader, wanted: Protocol, lists: Lists | None = None) -> Edit:
    """Return the edit that writes the protocol down as wanted.

    What stands as included follows, where the rules of deciding change what votes come to. Raises
    `EvidenceError` for two criteria with one code."""
    lists = lists or Lists()
    concepts = _concepts(reader, lists)
    entered = {
        each.values["name"]: RowOf("concept", each.guid) for each in concepts if isinstance(each, Insert)
    }  # fmt: skip
    changes = [*_row(reader, wanted), *_questions(reader, lists), *concepts]
    changes += [*_criteria(reader, lists.criteria, entered), *_roles(reader, lists.roles)]
    changes += following_all(reader, rules=Rules.of(wanted))
    return Edit("Write the protocol", tuple(changes))


def _row(reader: Reader, wanted: Protocol) -> list[Change]:
    held = screening.protocol(reader)
    new = _columns(wanted)
    if held.id is None:
        return [insert("protocol", **new)] if wanted != held else []
    return set_columns("protocol", held.id, _columns(held), new)


def _columns(protocol: Protocol) -> dict[str, Any]:
    return {
        "review_type": protocol.review_type.strip(), "blind": int(protocol.blind),
        "double_share": protocol.double_share, "maybe_counts": protocol.maybe_counts.value,
        "calibration": protocol.calibration, "least_agreement": protocol.least_agreement,
        "after_poor_check": protocol.after_poor_check.strip(), "registration": protocol.registration.strip(),
    }  # fmt: skip


def _questions(reader: Reader, lists: Lists) -> list[Change]:
    if lists.questions is None:
        return []
    held = {each.id: {"text": each.text, "position": each.position} for each in contents.questions(reader)}
    return _listed("question", held, ((each.row, {"text": each.text}) for each in lists.questions))


def _concepts(reader: Reader, lists: Lists) -> list[Change]:
    if lists.concepts is None:
        return []
    held = {
        each.id: {"name": each.name, "text": each.text, "position": each.position}
        for each in protocols.concepts(reader)
    }
    return _listed(
        "concept", held, ((each.row, {"name": each.name, "text": each.text}) for each in lists.concepts)
    )


def _criteria(
    reader: Reader, wanted: Sequence[CriterionLine] | None, entered: Mapping[str, RowOf]
) -> list[Change]:  # fmt: skip
    if wanted is None:
        return []
    codes = [each.code.strip().casefold() for each in wanted if each.code.strip()]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise EvidenceError(f"Two criteria have the code {twice.upper()}. Nothing was written; rename one.")
    held = {
        each.id: {
            "code": each.code, "text": each.text, "includes": int(each.includes), "concept": each.concept,
            "position": each.position,
        }
        for each in protocols.criteria(reader)
    }  # fmt: skip
    return _listed(
        "criterion", held,
        (
            (each.row, {"code": each.code.strip(), "text": each.text, "includes": int(each.includes),
                        "concept": entered[each.concept] if isinstance(each.concept, str) else each.concept})
            for each in wanted
        ),
    )  # fmt: skip


def _listed(
    table: str,
    held: Mapping[int, Mapping[str, Any]],
    wanted: Iterable[tuple[int | None, dict[str, Any]]],
) -> list[Change]:
    """Return the changes that make a list this one, in this order; what stays keeps its row."""
    left = dict(held)
    changes: list[Change] = []
    for place, (row, said) in enumerate(wanted, 1):
        new = {name: each.strip() if isinstance(each, str) else each for name, each in said.items()}
        new["position"] = float(place)
        old = left.pop(row, None) if row is not None else None
        changes += [insert(table, **new)] if old is None or row is None else set_columns(table, row, old, new)
    return changes + [remove(table, row) for row in left]


def _roles(reader: Reader, wanted: Sequence[RoleLine] | None) -> list[Change]:
    if wanted is None:
        return []
    held = {each.id: each for each in protocols.roles(reader)}
    entered: dict[str, RowOf] = {}
    changes: list[Change] = []
    for line in wanted:
        name, role = " ".join(line.person.split()), line.role.strip()
        old = held.get(line.row) if line.row is not None else None
        if old is not None and (old.name, old.role) == (name, role):
            del held[old.id]
            continue
        person, made = _person(reader, name, entered)
        changes += [*made, insert("role", person=person, role=role)]
    return changes + [remove("role", row) for row in held]


def _person(reader: Reader, name: str, entered: dict[str, RowOf]) -> tuple[int | RowOf, list[Change]]:
    if known := screening_votes.people_called(reader, name):
        return known[0], []
    if name in entered:
        return entered[name], []
    made = insert("person", name=name, initials="".join(part[0] for part in name.split()[:3]).upper())
    entered[name] = RowOf("person", made.guid)
    return entered[name], [made]


def next_code(criteria: Iterable[CriterionLine], *, includes: bool) -> str:
    """Return the code a new criterion gets: I3 after I2, E1 where there is none."""
    letter = "I" if includes else "E"
    codes = [each.code.strip().upper() for each in criteria]
    numbers = [int(code[1:]) for code in codes if code[:1] == letter and code[1:].isdigit()]
    return f"{letter}{max(numbers, default=0) + 1}"
