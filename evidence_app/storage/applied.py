"""Who acts, and what came of an act."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts: entered into the project at their first edit."""

    name: str
    initials: str = ""
    guid: str = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True, slots=True)
class Applied:
    """An edit that was written: its number in the history and the tables it touched."""

    number: int
    tables: frozenset[str]
    label: str = ""


NOBODY = Acting("Reviewer", "")


def identity_from(name: str) -> str:
    """Return the identity of who first acts under a name: the same in the window and in commands."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"evidence-desk:person:{' '.join(name.split()).casefold()}"))
