"""What a review finding rests on: quotations, codings or reports as a whole, and which studies it counts."""

from dataclasses import dataclass
from enum import StrEnum


class SupportLevel(StrEnum):
    """How close to the words of a report the support of a finding is."""

    QUOTATION = "quotation"
    CODING = "coding"
    REPORT = "report as a whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One thing a finding rests on, or that speaks against it."""

    id: int
    guid: str
    block: int
    level: SupportLevel
    reference: int
    report: str
    """The report by its short label."""
    quotation: int | None = None
    coding: int | None = None
    document: int | None = None
    page: int | None = None
    printed: str = ""
    """The page as one cites it."""
    words: str = ""
    code: str = ""
    disconfirms: bool = False
    is_lost: bool = False
    """Whether the quotation could not be found again in its document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """A report counted, or left out, against what is derived, with the reason."""

    id: int
    block: int
    reference: int
    counts: bool
    reason: str
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Contributing:
    """A report that a finding counts, or does not, and why."""

    reference: int
    counts: bool
    why: str
    """Cited as evidence, quoted, or the reason of who overruled it."""
    overruled: bool = False
    level: SupportLevel = SupportLevel.REPORT
    """The closest to its words that it is drawn on."""
