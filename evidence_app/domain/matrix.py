"""Which report speaks to which theme: what was counted, and what somebody looked at and found absent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class CellState(StrEnum):
    """What is known of one report under one theme. Absent is a finding of its own: somebody looked."""

    CITED = "cited"
    ABSENT = "checked, absent"
    UNSEEN = "not yet looked at"


class CellPlace(NamedTuple):
    """A report and a theme, both by row."""

    reference: int
    theme: int


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody looked into the report, and the theme is not there."""

    id: int
    person: str = ""
    at: str = ""
    earlier: tuple[int, ...] = ()
    """Rows that say the same of the same cell, from another copy or in haste."""


@dataclass(frozen=True, slots=True)
class CellSummary:
    """What a report says on a theme, in a reviewer's words (framework synthesis)."""

    id: int
    text: str
    person: str = ""
    at: str = ""
    earlier: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CellMarks:
    """What people said of cells; of several marks on one cell the latest counts."""

    absences: Mapping[CellPlace, Absence] = field(default_factory=dict)
    summaries: Mapping[CellPlace, CellSummary] = field(default_factory=dict)
