"""The code book: making, naming, moving, merging and splitting codes; each act returns an edit."""

from collections.abc import Sequence
from typing import Any

from evidence_app.domain.coding import Code, Coding, code_with_descendants
from evidence_app.domain.edit import (
    THIS_EDIT,
    Change,
    Edit,
    Insert,
    RowOf,
    SetColumns,
    counted,
    insert,
    new_guid,
    remove,
    set_columns,
)
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.documents import Person, now


def code_row(
    name: str,
    parent: int | RowOf | None = None,
    position: float = 0.0,
    colour: str = "",
    person: Person = None,
    made_from: int | RowOf | None = None,
) -> Insert:
    """Return the row of a new code. Raises `EvidenceError` where it has no name."""
    name = " ".join(name.split())
    if not name:
        raise EvidenceError("A code needs a name. Nothing was changed.")
    return insert(
        "code", new_guid(), name=name, parent=parent, position=position, colour=colour, person=person,
        made_from=made_from, at=now(),
    )  # fmt: skip


def new_code(
    name: str, parent: Code | None = None, position: float = 0.0, colour: str = "", person: Person = None
) -> Edit:
    """Return the edit that adds a code, under another one or at the root."""
    row = code_row(name, parent.id if parent else None, position, colour, person)
    return Edit(f"Add the code “{row.values['name']}”", (row,))


def last_position(codes: Sequence[Code], parent: int | None) -> float:
    """Return the position after all codes under a parent."""
    return max((code.position for code in codes if code.parent == parent), default=0.0) + 1.0


def rename(code: Code, name: str) -> Edit:
    """Return the edit that renames a code; an empty name changes nothing."""
    name = " ".join(name.split())
    if not name:
        return Edit("Change nothing")
    changes = set_columns("code", code.id, {"name": code.name}, {"name": name})
    return Edit(f"Rename “{code.name}”", tuple(changes))


def recolour(codes: Sequence[Code], colour: str) -> Edit:
    """Return the edit that gives codes a colour; none is that of their theme."""
    changes: list[Change] = []
    for code in codes:
        changes += set_columns("code", code.id, {"colour": code.colour}, {"colour": colour})
    return Edit(f"Colour {_named(codes)}", tuple(changes))


def define(code: Code, **words: str) -> Edit:
    """Return the edit that changes `definition`, `inclusion` or `exclusion` of a code."""
    before: dict[str, Any] = {name: getattr(code, name) for name in words}
    changes = set_columns("code", code.id, before, {name: text.strip() for name, text in words.items()})
    return Edit(f"Define “{code.name}”", tuple(changes))


def make_folder(code: Code, *, folder: bool) -> Edit:
    """Return the edit by which a code only holds others, or can be given again."""
    changes = set_columns("code", code.id, {"codable": int(code.codable)}, {"codable": int(not folder)})
    return Edit(f"Make “{code.name}” a {'folder' if folder else 'code'}", tuple(changes))


def move(moved: Sequence[Code], parent: Code | None, before: Code | None, codes: Sequence[Code]) -> Edit:
    """Return the edit that puts codes under a parent, before one of its codes or at the end.

    Codes that go along with their own parent stay under it. Raises `EvidenceError` where a code would come
    under itself."""
    chosen = {code.id for code in moved}
    tops = [code for code in moved if code.parent not in chosen]
    for code in tops:
        if parent is not None and parent.id in code_with_descendants(code.id, codes):
            raise EvidenceError(f"“{code.name}” cannot be put under itself. Nothing was changed.")
    under = parent.id if parent else None
    beside = [each for each in codes_under(under, codes) if each.id not in chosen]
    at = next((place for place, each in enumerate(beside) if before and each.id == before.id), len(beside))
    places = dict(zip((code.id for code in tops), _positions(beside, at, len(tops)), strict=True))
    if len({*places.values(), *(each.position for each in beside)}) < len(tops) + len(beside):
        places = {code.id: float(place) for place, code in enumerate((*beside[:at], *tops, *beside[at:]), 1)}
    changes: list[Change] = []
    for code in (*tops, *beside):
        held = {"parent": code.parent, "position": code.position}
        put = {"parent": under, "position": places.get(code.id, code.position)}
        changes += set_columns("code", code.id, held, put)
    if all(code.parent == under for code in tops):
        return Edit(f"Put {_named(tops)} at another place of the code book", tuple(changes))
    place = f"under “{parent.name}”" if parent else "to the top level"
    return Edit(f"Move {_named(tops)} {place}", tuple(changes))


def codes_under(parent: int | None, codes: Sequence[Code]) -> list[Code]:
    """Return the living codes under another one, or at the top level, as the tree shows them."""
    living = [each for each in codes if each.merged_into is None]
    known = {each.id for each in living}
    found = [each for each in living if (each.parent if each.parent in known else None) == parent]
    return sorted(found, key=lambda each: (each.position, each.id))


def _positions(beside: Sequence[Code], at: int, number: int) -> list[float]:
    """Return positions between two neighbours; the same one again where they stand at the same place."""
    low = beside[at - 1].position if at else (beside[at].position - number - 1 if beside else 0.0)
    high = beside[at].position if at < len(beside) else low + number + 1
    step = (high - low) / (number + 1)
    return [low + step * (place + 1) for place in range(number)]


def merge(merged: Sequence[Code], into: Code, codes: Sequence[Code], codings: Sequence[Coding]) -> Edit:
    """Return the edit that merges codes into one; the codings keep the code they were given.

    What stood under a merged code comes under the one that stays; its definition is kept with it. `codes`
    are all, merged ones too. Of two codings of one passage by one person that become the same, the later is
    removed."""
    gone = [code for code in merged if code.id != into.id]
    names = {code.id for code in gone}
    if into.id in {each for code in gone for each in code_with_descendants(code.id, codes)}:
        raise EvidenceError(
            f"“{into.name}” stands under a code that is to be merged into it. Nothing was changed. "
            "Move it out first."
        )
    changes: list[Change] = []
    for code in codes:
        if code.id in names:
            changes += set_columns("code", code.id, {"merged_into": None}, {"merged_into": into.id})
        elif code.merged_into in names:
            changes += set_columns(
                "code", code.id, {"merged_into": code.merged_into}, {"merged_into": into.id}
            )
        elif code.parent in names and code.merged_into is None:
            changes += set_columns("code", code.id, {"parent": code.parent}, {"parent": into.id})
    changes += _told_twice(codings, names | {into.id})
    return Edit(f"Merge {_named(gone)} into “{into.name}”", tuple(changes) if gone else ())


def _told_twice(codings: Sequence[Coding], codes: set[int]) -> list[Change]:
    seen: set[tuple[int, int | None, int | None]] = set()
    changes: list[Change] = []
    for coding in sorted(codings, key=lambda coding: coding.id):
        if coding.code not in codes:
            continue
        use = (coding.quotation, coding.layer, coding.person)
        if use in seen:
            changes.append(remove("coding", coding.id))
        seen.add(use)
    return changes


def unmerge(code: Code) -> Edit:
    """Return the edit that makes a merged code stand for itself again, with the codings it was given."""
    changes = set_columns("code", code.id, {"merged_into": code.merged_into}, {"merged_into": None})
    return Edit(f"Take “{code.name}” apart again", tuple(changes))


def split(code: Code, name: str, codings: Sequence[Coding], codes: Sequence[Code], person: Person) -> Edit:
    """Return the edit that makes a new code beside one and gives it these of its codings."""
    if not codings:
        raise EvidenceError(
            f"No quotations of “{code.name}” are chosen, so there is nothing to split. Choose some first."
        )
    row = code_row(name, code.parent, last_position(codes, code.parent), code.colour, person)
    changes: list[Change] = [row]
    for coding in codings:
        changes.append(
            SetColumns("coding", coding.id, {"code": coding.used}, {"code": RowOf("code", row.guid)})
        )
    return Edit(
        f"Split {counted(len(codings), 'quotation')} off “{code.name}” as “{name.strip()}”", tuple(changes)
    )


def remove_codes(removed: Sequence[Code], codes: Sequence[Code], codings: Sequence[Coding]) -> Edit:
    """Return the edit that removes codes with what stands under them and their codings; quotations stay."""
    gone = {row for code in removed for row in code_with_descendants(code.id, codes)}
    changes: list[Change] = [remove("coding", each.id) for each in codings if each.code in gone]
    for code in codes:
        if code.id in gone or code.merged_into in gone:
            changes.append(SetColumns("code", code.id, {"removed": None}, {"removed": THIS_EDIT}))
    return Edit(f"Remove {_named(removed)}", tuple(changes))


def _named(codes: Sequence[Code]) -> str:
    return f"“{codes[0].name}”" if len(codes) == 1 else counted(len(codes), "code")
