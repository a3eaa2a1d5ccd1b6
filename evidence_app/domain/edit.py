"""An edit: one user action as plain data. It says what changes, and writes nothing."""

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class RowOf:
    """Stands for the id of a row made earlier in the same edit, or of any row, by its guid."""

    table: str
    guid: str


class _ThisEdit:
    """Stands for the number of the edit that is being written."""

    def __repr__(self) -> str:
        return "THIS_EDIT"


THIS_EDIT: Final = _ThisEdit()
_ABSENT: Final = object()
_RANDOM: Final = random.Random()
_CHANCE: Final = 0x0FFF_3FFF_FFFF_FFFF_FFFF
_VERSION_7: Final = 0x7000_8000_0000_0000_0000


@dataclass(frozen=True, slots=True)
class Insert:
    """A new row. Values may be `RowOf`; what the table requires and is not given is an error."""

    table: str
    guid: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SetColumns:
    """New values for some columns of one row. Written only where each still holds its `before`."""

    table: str
    row: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SetWhere:
    """One value for one column of many rows; storage keeps what they held, set by set."""

    table: str
    column: str
    value: Any
    rows: Sequence[int]


Change = Insert | SetColumns | SetWhere


@dataclass(frozen=True, slots=True)
class Edit:
    """One user action: its name as undo shows it, and what changes, all of it or nothing."""

    label: str
    changes: tuple[Change, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.changes)


def new_guid() -> str:
    """Return a fresh identity for something that travels between files: a UUID of version 7 (RFC 9562).

    It begins with the moment it was made, so that rows made together stand together in an index."""
    moment = time.time_ns() // 1_000_000
    number = (moment & 0xFFFFFFFFFFFF) << 80 | _RANDOM.getrandbits(80) & _CHANCE | _VERSION_7
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def insert(table: str, guid: str | None = None, /, **values: Any) -> Insert:
    """Return the change that makes a row, with a fresh identity unless one is given."""
    return Insert(table, guid or new_guid(), values)


def set_columns(table: str, row: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return the change from one state of a row to another: the columns that differ, or nothing."""
    differing = [name for name in after if before.get(name, _ABSENT) != after[name]]
    if not differing:
        return []
    old = {name: before.get(name) for name in differing}
    return [SetColumns(table, row, old, {name: after[name] for name in differing})]


def remove(table: str, row: int) -> SetColumns:
    """Return the change that takes a row out of the review; it stays in the file, marked."""
    return SetColumns(table, row, {"removed": None}, {"removed": THIS_EDIT})


def counted(number: int, word: str, plural: str = "") -> str:
    """Return a number with its noun: 1 reference, 2 references."""
    return f"{number:,} {word if number == 1 else plural or word + 's'}"
