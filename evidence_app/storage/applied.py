"""Who acts, and what came of an act."""

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
