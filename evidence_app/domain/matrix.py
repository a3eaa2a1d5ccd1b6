"""Which report speaks to which theme, code or value: what was counted, and what somebody found absent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from evidence_app.domain.coding import Code


class By(StrEnum):
    """What the columns of a matrix are."""

    THEMES = "themes"
    CODES = "codes"
    CHARACTERISTICS = "characteristics"


class Per(StrEnum):
    """What the rows of a matrix are: a study may have several reports."""

    REPORT = "report"
    STUDY = "study"


class CellState(StrEnum):
    """What is known of one row in one column. Absent is a finding of its own: somebody looked."""

    CITED = "cited"
    CODED = "coded"
    SAID = "said"
    QUOTED = "quoted, in no finding"
    """Passages stand under a code of the theme, but no finding cites the report for it."""
    ABSENT = "checked, absent"
    UNSEEN = "not yet looked at"

    @property
    def is_there(self) -> bool:
        """Whether what the column is of was found in the report."""
        return self not in (CellState.ABSENT, CellState.UNSEEN)


class CellPlace(NamedTuple):
    """A report with a theme, a code, or a value of a characteristic (by its name)."""

    reference: int
    theme: int = 0
    code: int = 0
    name: str = ""
    value: str = ""


class CodeUse(NamedTuple):
    """A passage of a report that was given a code."""

    quotation: int
    code: int
    reference: int


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Who said that a report is coded, so that a code it was not given is absent from it."""

    person: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """What was coded, as far as a matrix counts it; merged codes are led to what they became."""

    codes: tuple[Code, ...] = ()
    uses: tuple[CodeUse, ...] = ()
    looked: Mapping[int, LookedAt] = field(default_factory=dict)
    """The reports that are coded, by reference."""
    theme_codes: Mapping[int, frozenset[int]] = field(default_factory=dict)
    supports: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """What findings rest on, by block: quotations for it, each with its reference."""


@dataclass(frozen=True, slots=True)
class CellQuotation:
    """A quotation of a cell as it is shown and printed."""

    id: int
    words: str
    source: str
    """The report with the page: `Evans 2013, p. 14`."""
    codes: tuple[str, ...] = ()
    document: int = 0
    span: tuple[int, int] = (0, 0)
    """Where the words stand in the document, if they are no quotation: its `id` is 0."""


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
    """What a report says on a theme, code or value, in a reviewer's words (framework synthesis)."""

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
