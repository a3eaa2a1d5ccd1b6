"""The flow diagram: its numbers with their states, and the equations between them.

The keys are those of the R package PRISMA2020 (Haddaway et al. 2022, doi:10.1002/cl2.1230), the boxes those
of the PRISMA 2020 statement (Page et al. 2021, doi:10.1136/bmj.n71). The unit changes twice: records,
reports, studies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from evidence_app.domain.review import NumberState


class Unit(StrEnum):
    """What a number of the diagram counts."""

    RECORDS = "records"
    REPORTS = "reports"
    STUDIES = "studies"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of the diagram: its key, its box, its words, and what it counts.

    `typed_as` are keys of stated numbers that mean the same."""

    key: str
    box: str
    label: str
    unit: Unit
    typed_as: tuple[str, ...] = ()

    @property
    def stated_keys(self) -> tuple[str, ...]:
        """The keys under which a review may state this number, the usual one first."""
        return (*self.typed_as, self.key)


_RECORDS, _REPORTS, _STUDIES = Unit.RECORDS, Unit.REPORTS, Unit.STUDIES

MEASURES: Final = (
    Measure("previous_studies", "box1", "Studies included in the previous version", _STUDIES),
    Measure("previous_reports", "box1", "Reports of studies included in the previous version", _REPORTS),
    Measure("database_results", "box2", "Records identified from databases", _RECORDS,
            ("records_identified",)),
    Measure("register_results", "box2", "Records identified from registers", _RECORDS),
    Measure("duplicates", "box3", "Duplicate records removed", _RECORDS, ("duplicates_removed",)),
    Measure("excluded_automatic", "box3", "Records marked as ineligible by automation tools", _RECORDS),
    Measure("excluded_other", "box3", "Records removed for other reasons", _RECORDS),
    Measure("records_screened", "box4", "Records screened", _RECORDS, ("records_screened",)),
    Measure("records_excluded", "box5", "Records excluded", _RECORDS, ("records_excluded",)),
    Measure("dbr_sought_reports", "box6", "Reports sought for retrieval", _REPORTS, ("reports_sought",)),
    Measure("dbr_notretrieved_reports", "box7", "Reports not retrieved", _REPORTS,
            ("reports_not_retrieved",)),
    Measure("dbr_assessed", "box8", "Reports assessed for eligibility", _REPORTS, ("reports_assessed",)),
    Measure("dbr_excluded", "box9", "Reports excluded", _REPORTS, ("reports_excluded",)),
    Measure("new_studies", "box10", "Studies included", _STUDIES, ("included_studies",)),
    Measure("new_reports", "box10", "Reports included", _REPORTS, ("included_reports", "reports_included")),
    Measure("website_results", "box11", "Records identified from websites", _RECORDS),
    Measure("organisation_results", "box11", "Records identified from organisations", _RECORDS),
    Measure("citations_results", "box11", "Records identified by citation searching", _RECORDS),
    Measure("contact_results", "box11", "Records identified by asking people", _RECORDS),
    Measure("hand_results", "box11", "Records identified by hand searching", _RECORDS),
    Measure("other_results", "box11", "Records identified by other methods", _RECORDS,
            ("records_other_methods",)),
    Measure("other_removed", "box11", "Removed before their reports were sought", _RECORDS),
    Measure("other_sought_reports", "box12", "Reports sought for retrieval (other methods)", _REPORTS),
    Measure("other_notretrieved_reports", "box13", "Reports not retrieved (other methods)", _REPORTS),
    Measure("other_assessed", "box14", "Reports assessed for eligibility (other methods)", _REPORTS),
    Measure("other_excluded", "box15", "Reports excluded (other methods)", _REPORTS),
    Measure("total_studies", "box16", "Total studies included", _STUDIES),
    Measure("total_reports", "box16", "Reports of total included studies", _REPORTS),
    Measure("total_studies_ma", "box17", "Studies included in meta-analysis", _STUDIES),
    Measure("total_reports_ma", "box17", "Reports included in meta-analysis", _REPORTS),
)  # fmt: skip
MEASURE: Final[Mapping[str, Measure]] = {each.key: each for each in MEASURES}
OTHER_METHODS: Final = (
    "website_results", "organisation_results", "citations_results", "contact_results", "hand_results",
)  # fmt: skip
"""What was identified by other methods, one number for each kind of them."""


class FlowForm(StrEnum):
    """The shape of the diagram."""

    NEW = "new"
    NEW_DATABASES = "new-databases"
    UPDATED = "updated"
    UPDATED_DATABASES = "updated-databases"
    EXPLORATORY = "exploratory"

    @property
    def is_update(self) -> bool:
        """Whether it has a box for what an earlier version of the review included."""
        return self in (FlowForm.UPDATED, FlowForm.UPDATED_DATABASES)

    @property
    def has_other_methods(self) -> bool:
        """Whether it has a column for other methods."""
        return self not in (FlowForm.NEW_DATABASES, FlowForm.UPDATED_DATABASES)


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A part of a number: of one database, one reason, one rule."""

    label: str
    number: int | None
    state: NumberState = NumberState.DERIVED
    references: tuple[int, ...] = ()
    remark: str = ""
    """More about it: "of 200 seen"."""
    partial: bool = True
    """Whether it is a part of the sum; else it only tells more of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowNumber:
    """A number of the diagram: None where nothing says it.

    `basis` says in words how it was counted, or where it was typed from. `counted` is what the project counts
    where another number is typed beside it."""

    key: str
    number: int | None = None
    state: NumberState = NumberState.NOT_REPORTED
    lines: tuple[FlowLine, ...] = ()
    references: tuple[int, ...] = ()
    basis: str = ""
    counted: int | None = None
    from_records: bool = False
    """Whether it is counted from the rows of the project; a derived one that is not was worked out."""

    @property
    def measure(self) -> Measure:
        """What it is."""
        return MEASURE[self.key]

    @property
    def differs(self) -> bool:
        """Whether what is typed is not what the project counts."""
        return self.counted is not None and self.number is not None and self.counted != self.number

    @property
    def shown(self) -> str:
        """The number as it is printed; "not reported" where nothing says it."""
        return "not reported" if self.number is None else f"{self.number:,}"


class EquationState(StrEnum):
    """Whether numbers agree."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOT_TESTED = "not tested"
    """A number of it is not known."""


@dataclass(frozen=True, slots=True)
class Term:
    """A number on the right of an equation: added, or taken off (`sign` −1).

    One that is `optional` is left out where it is not reported."""

    sign: int
    name: str
    number: int | None
    key: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FlowNote:
    """Why an equation does not hold, printed below the diagram."""

    id: int
    equation: str
    text: str
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """Numbers that must agree. `left` is what stands on its left side; `terms` make up the right one.

    One without terms is told by `fault`: empty where all is well. `at_most` turns equals into at most.
    A `warning` never stops an export."""

    key: str
    title: str
    left: Term
    terms: tuple[Term, ...] = ()
    at_most: bool = False
    fault: str = ""
    fine: str = ""
    boxes: tuple[str, ...] = ()
    """The keys of the numbers it is about, the one that turns red first."""
    references: tuple[int, ...] = ()
    warning: bool = False
    more: str = ""
    """What may explain a difference."""
    note: FlowNote | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """What of it is not reported and has to be known."""
        return tuple(
            term.name for term in (self.left, *self.terms) if term.number is None and not term.optional
        )

    @property
    def unsaid(self) -> tuple[str, ...]:
        """What of it is not reported, whether it has to be known or not."""
        return tuple(term.name for term in (self.left, *self.terms) if term.number is None)

    @property
    def sum(self) -> int:
        """What the known terms of the right side come to."""
        return sum(term.sign * term.number for term in self.terms if term.number is not None)

    @property
    def state(self) -> EquationState:
        """Whether it holds; tested only where all its terms are known, or where the known ones agree."""
        if self.fault:
            return EquationState.BROKEN
        if not self.terms:
            return EquationState.HOLDS if self.fine else EquationState.NOT_TESTED
        if self.missing:
            return EquationState.NOT_TESTED
        known = self.left.number or 0
        if known == self.sum or (self.at_most and known <= self.sum):
            return EquationState.HOLDS
        return EquationState.NOT_TESTED if self.unsaid else EquationState.BROKEN

    @property
    def broken(self) -> bool:
        """Whether its numbers contradict each other."""
        return self.state is EquationState.BROKEN

    @property
    def stops(self) -> bool:
        """Whether nothing may be exported before it is mended or explained."""
        return self.broken and not self.warning and self.note is None

    @property
    def words(self) -> str:
        """The equation with its numbers: "52 − 6 = 46, but 47 reports included"."""
        if self.fault or not self.terms:
            return self.fault or self.fine or "Nothing to compare."
        right = _right_side(self.terms)
        match self.state:
            case EquationState.NOT_TESTED if self.missing:
                return f"Not reported: {', '.join(_first_low(name) for name in self.missing)}."
            case EquationState.NOT_TESTED:
                names = ", ".join(_first_low(name) for name in self.unsaid)
                return f"{right} = {self.sum:,}, and {self._said()}; not reported: {names}."
            case EquationState.BROKEN:
                told = f"{right} = {self.sum:,}, but {self._said()}" if len(self.terms) > 1 else (
                    f"{self._said()}, but {_first_low(self.terms[0].name)}: {self.sum:,}")  # fmt: skip
                return f"{told}. {self.more}".strip() if self.more else f"{told}."
            case _:
                sign = "≤" if self.at_most else "="
                left = f"{self.left.number or 0:,}"
                return f"{left} {sign} {right}" if self.at_most else f"{right} = {left}"

    def _said(self) -> str:
        return f"{_first_low(self.left.name)}: {self.left.number or 0:,}"


def _right_side(terms: Iterable[Term]) -> str:
    made = ""
    for term in terms:
        if term.number is None or (made and term.optional and not term.number):
            continue
        sign = "−" if term.sign < 0 else "+"
        made += f" {sign} {term.number:,}" if made else f"{'−' if term.sign < 0 else ''}{term.number:,}"
    return made or "0"


def _first_low(text: str) -> str:
    return text[:1].lower() + text[1:]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know of the counting, logged and printed below the diagram: hits of both arms."""

    text: str
    references: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Flow:
    """All numbers of the diagram, the equations between them, and what explains those that do not hold."""

    title: str
    form: FlowForm
    chosen: bool = False
    """Whether somebody chose the form; else it follows from the review."""
    numbers: Mapping[str, FlowNumber] = field(default_factory=dict)
    equations: tuple[Equation, ...] = ()
    notes: tuple[FlowNote, ...] = ()
    remarks: tuple[Remark, ...] = ()
    undecided: int = 0
    """Records and reports that still need a decision by somebody."""

    def __getitem__(self, key: str) -> FlowNumber:
        return self.numbers.get(key) or FlowNumber(key=key)

    @property
    def broken(self) -> tuple[Equation, ...]:
        """The equations that do not hold, the worst first."""
        found = [equation for equation in self.equations if equation.broken]
        return tuple(sorted(found, key=lambda each: (not each.stops, each.warning)))

    @property
    def stopping(self) -> tuple[Equation, ...]:
        """The equations that have to be mended or explained before an export."""
        return tuple(equation for equation in self.equations if equation.stops)

    def red(self, key: str) -> Equation | None:
        """Return the equation by which a number does not add up, if there is one that is not explained."""
        return next((each for each in self.stopping if each.boxes[:1] == (key,)), None)

    @property
    def explained(self) -> tuple[Equation, ...]:
        """The equations that do not hold and are explained by a note."""
        return tuple(each for each in self.equations if each.broken and not each.warning and each.note)

    @property
    def counts_records(self) -> bool:
        """Whether any number is counted from the records of the project."""
        return any(each.from_records for each in self.numbers.values())
