"""The protocol of a review: what was decided before the start, as plain values."""

from dataclasses import dataclass, field
from typing import Final

MAYBE_RULES: Final = (
    ("include", "Goes on to full text, as an include"),
    ("exclude", "Counts as an exclude"),
    ("separate", "Stays open until somebody decides"),
)
ROLES: Final = ("screener", "second reviewer", "adjudicator", "extractor", "coder")


@dataclass(slots=True)
class Written:
    """A line of a list: a question, or a concept with a name; without a row it is new."""

    row: int | None
    text: str
    name: str = ""


@dataclass(slots=True)
class WrittenCriterion:
    """A criterion with its code."""

    row: int | None
    code: str
    text: str
    includes: bool
    concept: int | None = None


@dataclass(slots=True)
class WrittenRole:
    """Who does what."""

    row: int | None
    person: str
    role: str


@dataclass(slots=True)
class ProtocolForm:
    """The whole protocol."""

    review_type: str = ""
    blind: bool = True
    double_share: float | None = None
    maybe_counts: str = "include"
    calibration: int | None = None
    least_agreement: float | None = None
    after_poor_check: str = ""
    registration: str = ""
    questions: list[Written] = field(default_factory=list)
    concepts: list[Written] = field(default_factory=list)
    criteria: list[WrittenCriterion] = field(default_factory=list)
    roles: list[WrittenRole] = field(default_factory=list)


def next_code(criteria: list[WrittenCriterion], includes: bool) -> str:
    """Return the code a new criterion gets: I3 after I2, E1 where there is none."""
    letter = "I" if includes else "E"
    numbers = [int(each.code[1:]) for each in criteria if each.code[:1] == letter and each.code[1:].isdigit()]
    return f"{letter}{max(numbers, default=0) + 1}"
