"""The boxes of each form of the diagram and what is written in them, before anything is drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from evidence_app.domain.flow import MEASURE, OTHER_METHODS, Flow, FlowLine, FlowNumber
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
