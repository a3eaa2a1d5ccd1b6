"""The boxes of each form of the diagram and what is written in them, before anything is drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from evidence_app.domain.flow import MEASURE, OTHER_METHODS, Flow, FlowForm, FlowLine, FlowNumber
from evidence_app.domain.review import NumberState

NOT_REPORTED: Final = "not reported"


class RowKind(StrEnum):
    """How a row of a box is written."""

    HEAD = "head"
    """The first words of a box; often with its number."""
    NUMBER = "number"
    LINE = "line"
    """A part of the number above it."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row of a box: words, and the number they are about, if any."""

    kind: RowKind
    words: str
    number: FlowNumber | None = None
    line: FlowLine | None = None

    @property
    def references(self) -> tuple[int, ...]:
        """What a click on the row opens."""
        if self.line is not None:
            return self.line.references
        return self.number.references if self.number is not None and self.number.number else ()

    @property
    def value(self) -> int | None:
        """The number of the row."""
        return self.line.number if self.line is not None else self.number.number if self.number else None

    @property
    def state(self) -> NumberState:
        """Where its number comes from."""
        shown = self.line or self.number
        return shown.state if shown is not None else NumberState.DERIVED


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBox:
    """A box: its rows, and its place in the grid of columns and rows."""

    key: str
    rows: tuple[ChartRow, ...]
    column: int
    row: int

    @property
    def numbers(self) -> tuple[FlowNumber, ...]:
        """The numbers of the box, in order."""
        return tuple(row.number for row in self.rows if row.number is not None and row.line is None)

    @property
    def known(self) -> bool:
        """Whether any of its numbers is known."""
        return any(number.number is not None for number in self.numbers)

    @property
    def told(self) -> str:
        """The whole box in words, for a screen reader and the description of a picture."""
        return "; ".join(_told(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class ChartArrow:
    """An arrow from one box to another, by their keys."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class ChartHead:
    """The title above one or more columns."""

    words: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ChartStage:
    """The name of a stage beside its rows."""

    words: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A diagram as boxes in a grid."""

    flow: Flow
    boxes: tuple[ChartBox, ...]
    arrows: tuple[ChartArrow, ...]
    heads: tuple[ChartHead, ...] = ()
    stages: tuple[ChartStage, ...] = ()
    wide: bool = False
    """Whether it has few columns, which may be wide."""

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return 1 + max(box.column for box in self.boxes)

    @property
    def described(self) -> str:
        """The diagram in words."""
        return "Study selection. " + ". ".join(box.told for box in self.boxes) + "."


def chart(flow: Flow) -> Chart:
    """Return the diagram in its form."""
    if flow.form is FlowForm.EXPLORATORY:
        from evidence_app.services.flow.exploratory import exploratory

        return exploratory(flow)
    return _prisma(flow)


def head(words: str) -> ChartRow:
    """Return the first row of a box that holds several numbers."""
    return ChartRow(RowKind.HEAD, words)


def number_rows(flow: Flow, key: str, words: str = "", *, kind: RowKind = RowKind.HEAD) -> list[ChartRow]:
    """Return a number with its lines below it."""
    number = flow[key]
    rows = [ChartRow(kind, words or MEASURE[key].label, number)]
    known = [line for line in number.lines if line.number is not None]
    rows += [ChartRow(RowKind.LINE, line_words(line), number, line) for line in known]
    if unsaid := [line_words(line) for line in number.lines if line.number is None]:
        none = FlowLine(", ".join(unsaid), None, NumberState.NOT_REPORTED)
        rows.append(ChartRow(RowKind.LINE, none.label, number, none))
    return rows


def line_words(line: FlowLine) -> str:
    """Return what a line says before its number."""
    return f"{line.label} ({line.remark})" if line.remark else line.label


def _told(row: ChartRow) -> str:
    if row.number is None:
        return row.words
    if row.value is None:
        return f"{row.words}: {NOT_REPORTED}"
    worked_out = row.line is None and row.state is NumberState.DERIVED and not row.number.from_records
    state = "worked out" if worked_out else str(row.state) if row.state is NumberState.INFERRED else ""
    return f"{row.words}: {row.value:,}{f' ({state})' if state else ''}"


# -- PRISMA 2020

_MAIN: Final = (("box4", "records_screened"), ("box6", "dbr_sought_reports"), ("box8", "dbr_assessed"))
_ASIDE: Final = (("box5", "records_excluded"), ("box7", "dbr_notretrieved_reports"), ("box9", "dbr_excluded"))
_OTHER: Final = (("box12", "other_sought_reports"), ("box14", "other_assessed"))
_OTHER_ASIDE: Final = (("box13", "other_notretrieved_reports"), ("box15", "other_excluded"))
_SHORT: Final[Mapping[str, str]] = {
    "other_sought_reports": "Reports sought for retrieval",
    "other_notretrieved_reports": "Reports not retrieved",
    "other_assessed": "Reports assessed for eligibility", "other_excluded": "Reports excluded",
    "dbr_sought_reports": "Reports sought for retrieval",
}  # fmt: skip


_OTHER_ARROWS: Final = (
    ChartArrow("box11", "box12"), ChartArrow("box12", "box13"), ChartArrow("box12", "box14"),
    ChartArrow("box14", "box15"), ChartArrow("box14", "box10"),
)  # fmt: skip


def _prisma(flow: Flow) -> Chart:
    left = 1 if flow.form.is_update else 0
    others = flow.form.has_other_methods
    boxes = [*_identification(flow, left), *_columns(flow, left), _included(flow, left)]
    arrows = [
        ChartArrow("box2", "box3"), ChartArrow("box2", "box4"), ChartArrow("box4", "box5"),
        ChartArrow("box4", "box6"), ChartArrow("box6", "box7"), ChartArrow("box6", "box8"),
        ChartArrow("box8", "box9"), ChartArrow("box8", "box10"),
    ]  # fmt: skip
    heads = [ChartHead("Identification of new studies via databases and registers", left, left + 1)]
    if others:
        heads.append(ChartHead("Identification of new studies via other methods", left + 2, left + 3))
        arrows += _OTHER_ARROWS
        boxes += _other_boxes(flow, left)
    last = 4
    if flow.form.is_update:
        heads.insert(0, ChartHead("Previous studies", 0, 0))
        boxes += _previous(flow)
        arrows += [ChartArrow("box1", "box16"), ChartArrow("box10", "box16")]
        last = 5
    stages = (
        ChartStage("Identification", 0, 0),
        ChartStage("Screening", 1, 3),
        ChartStage("Included", 4, last),
    )
    return Chart(flow=flow, boxes=tuple(boxes), arrows=tuple(arrows), heads=tuple(heads), stages=stages)


def _identification(flow: Flow, left: int) -> list[ChartBox]:
    number = RowKind.NUMBER
    found = [
        head("Records identified from"), *number_rows(flow, "database_results", "Databases", kind=number),
        *number_rows(flow, "register_results", "Registers", kind=number),
    ]  # fmt: skip
    removed = [
        head("Records removed before screening"),
        *number_rows(flow, "duplicates", "Duplicate records", kind=number),
        *number_rows(flow, "excluded_automatic", "Marked as ineligible by automation tools", kind=number),
        *number_rows(flow, "excluded_other", "Removed for other reasons", kind=number),
    ]
    return [ChartBox(key="box2", rows=tuple(found), column=left, row=0),
            ChartBox(key="box3", rows=tuple(removed), column=left + 1, row=0)]  # fmt: skip


def _columns(flow: Flow, left: int) -> Iterable[ChartBox]:
    for at, (key, measure) in enumerate(_MAIN, 1):
        yield ChartBox(key=key, rows=_rows(flow, measure), column=left, row=at)
    for at, (key, measure) in enumerate(_ASIDE, 1):
        yield ChartBox(key=key, rows=_rows(flow, measure), column=left + 1, row=at)


def _rows(flow: Flow, measure: str) -> tuple[ChartRow, ...]:
    return tuple(number_rows(flow, measure, _SHORT.get(measure, "")))


def _other_boxes(flow: Flow, left: int) -> Iterable[ChartBox]:
    yield ChartBox(key="box11", rows=tuple(other_rows(flow)), column=left + 2, row=0)
    for at, (key, measure) in enumerate(_OTHER, 2):
        yield ChartBox(key=key, rows=_rows(flow, measure), column=left + 2, row=at)
    for at, (key, measure) in enumerate(_OTHER_ASIDE, 2):
        yield ChartBox(key=key, rows=_rows(flow, measure), column=left + 3, row=at)


_METHODS: Final[Mapping[str, str]] = {
    "website_results": "Websites", "organisation_results": "Organisations",
    "citations_results": "Citation searching", "contact_results": "People who were asked",
    "hand_results": "Hand searching",
}  # fmt: skip
_ALWAYS: Final = ("website_results", "organisation_results", "citations_results")


def other_rows(flow: Flow, title: str = "Records identified from") -> Iterable[ChartRow]:
    """Yield what other methods identified, kind by kind; rare kinds where they were used."""
    yield head(title)
    if all(flow[key].number is None for key in OTHER_METHODS) and flow["other_results"].number is not None:
        yield from number_rows(flow, "other_results", "Other methods together", kind=RowKind.NUMBER)
    else:
        for key in OTHER_METHODS:
            if key in _ALWAYS or flow[key].number or flow[key].lines:
                yield from number_rows(flow, key, _METHODS[key], kind=RowKind.NUMBER)
    if flow["other_removed"].number:
        yield from number_rows(
            flow, "other_removed", "Of these removed before retrieval", kind=RowKind.NUMBER
        )


def _included(flow: Flow, left: int) -> ChartBox:
    words = ("Studies included in review", "Reports of included studies")
    if flow.form.is_update:
        words = ("New studies included in review", "Reports of new included studies")
    rows = [*number_rows(flow, "new_studies", words[0]),
            *number_rows(flow, "new_reports", words[1], kind=RowKind.NUMBER), *_analysed(flow)]  # fmt: skip
    return ChartBox(key="box10", rows=tuple(rows), column=left, row=4)


def _analysed(flow: Flow) -> Iterable[ChartRow]:
    """Yield what went into a meta-analysis, where the review says so."""
    for key in ("total_studies_ma", "total_reports_ma"):
        if flow[key].number is not None and not flow.form.is_update:
            yield from number_rows(flow, key, kind=RowKind.NUMBER)


def _previous(flow: Flow) -> Iterable[ChartBox]:
    rows = [
        *number_rows(flow, "previous_studies", "Studies included in previous version of review"),
        *number_rows(flow, "previous_reports", "Reports of studies included in previous version of review",
                     kind=RowKind.NUMBER),
    ]  # fmt: skip
    yield ChartBox(key="box1", rows=tuple(rows), column=0, row=0)
    total = number_rows(flow, "total_studies", "Total studies included in review")
    total += number_rows(flow, "total_reports", "Reports of total included studies", kind=RowKind.NUMBER)
    for key in ("total_studies_ma", "total_reports_ma"):
        if flow[key].number is not None:
            total += number_rows(flow, key, kind=RowKind.NUMBER)
    yield ChartBox(key="box16", rows=tuple(total), column=1, row=5)
