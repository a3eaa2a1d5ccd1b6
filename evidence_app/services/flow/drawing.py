"""The diagram as SVG: one drawing for files, documents and pages, in any colours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.flow import Flow
from evidence_app.domain.review import NumberState
from evidence_app.services.flow.charts import (
    Chart,
    ChartBox,
    ChartRow,
    RowKind,
)
from evidence_app.services.flow.forms import chart
from evidence_app.services.flow.layouts import Layout, Measures, Placed, lay_out
from evidence_app.services.flow.lettering import FONT, wrapped
from evidence_app.services.publishing.inlines import escaped

_SIZE, _LINE, _PAD, _INDENT, _SMALL = 11.5, 15.5, 9.0, 10.0, 10.0
_NARROW: Final = Measures(box=172, side=172, across=24, down=26, stage=22, head=34)
_WIDE: Final = Measures(box=262, side=284, across=44, down=26, stage=0, head=0)
_MARGIN: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of a drawing; html passes css variables so that it follows the dark."""

    ink: str = "#1C1E23"
    soft: str = "#545964"
    ground: str = "#FFFFFF"
    tint: str = "#F5F5F3"
    band: str = "#E7EBFA"
    wrong: str = "#AF3227"


PRINT: Final = Colours()


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands behind a number for its state; nothing for a counted one."""

    typed: str = "*"
    derived: str = "‡"
    inferred: str = "†"

    def of(self, row: ChartRow) -> str:
        """Return the mark of a row's number."""
        counted = row.number is not None and row.line is None and row.number.from_records
        if row.value is None or counted:
            return ""
        counted_line = row.line is not None and row.state is NumberState.DERIVED
        marks = {NumberState.TYPED: self.typed, NumberState.INFERRED: self.inferred,
                 NumberState.DERIVED: "" if counted_line else self.derived}  # fmt: skip
        return marks.get(row.state, "")


@dataclass(frozen=True, slots=True)
class FlowDrawing:
    """An SVG, its size in points, and the diagram in words."""

    svg: str
    width: float
    height: float
    described: str


def draw(
    flow: Flow,
    colours: Colours = PRINT,
    *,
    marks: Marks | None = None,
    notes: bool = True,
    ground: bool = True,
) -> FlowDrawing:
    """Draw the diagram in its form.

    `notes` prints below it what explains numbers that do not add up, what was logged, and the marks;
    `ground` lays white behind it."""
    made = chart(flow)
    return _Drawing(made, colours, marks or Marks(), notes, ground).drawn()


class _Drawing:
    """Draws one chart."""

    def __init__(self, made: Chart, colours: Colours, marks: Marks, notes: bool, ground: bool) -> None:
        self._chart, self._flow, self._colours, self._marks = made, made.flow, colours, marks
        self._notes, self._ground = notes, ground
        self._layout: Layout = lay_out(made, _WIDE if made.wide else _NARROW, self._height)

    def drawn(self) -> FlowDrawing:
        """Return the drawing."""
        parts = [*self._heads(), *self._stages(), *self._arrows()]
        for box in self._chart.boxes:
            parts.append(self._box(box, self._layout.boxes[box.key]))
        width, bottom = self._layout.width, self._layout.height
        if self._notes:
            lines = [line for note in printed_notes(self._flow, self._chart, self._marks)
                     for line in wrapped(note, width, _SMALL)]  # fmt: skip
            top = bottom + 22
            parts += [
                self._text(0, top + 14 * at, line, self._colours.soft, _SMALL)
                for at, line in enumerate(lines)
            ]
            bottom = top + 14 * max(len(lines) - 1, 0) + 4 if lines else bottom
        return FlowDrawing(self._svg(width, bottom, parts), width + 2 * _MARGIN, bottom + 2 * _MARGIN,
                           self._chart.described)  # fmt: skip

    def _svg(self, width: float, height: float, parts: Sequence[str]) -> str:
        wide, high = width + 2 * _MARGIN, height + 2 * _MARGIN
        name = f"Flow diagram: {self._flow.title}" if self._flow.title else "Flow diagram"
        corner = f'x="{-_MARGIN}" y="{-_MARGIN}" width="{wide:.0f}" height="{high:.0f}"'
        behind = f'<rect {corner} fill="{self._colours.ground}"/>' if self._ground else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-_MARGIN} {-_MARGIN} {wide:.0f} {high:.0f}" '
            f'width="{wide:.0f}" height="{high:.0f}" font-family="{FONT}" role="img" '
            f'aria-labelledby="flow-title flow-words"><title id="flow-title">{escaped(name)}</title>'
            f'<desc id="flow-words">{escaped(self._chart.described)}</desc>{behind}{"".join(parts)}</svg>\n'
        )

    # -- boxes

    def _height(self, box: ChartBox, width: float) -> float:
        lines = sum(len(lines) for _, lines in self._lines(box, width))
        return lines * _LINE + 2 * _PAD - 1

    def _lines(self, box: ChartBox, width: float) -> Iterator[tuple[ChartRow, Sequence[str]]]:
        for row in box.rows:
            strong = row.kind is RowKind.HEAD
            room = width - 2 * _PAD - _indent(row)
            yield row, wrapped(self.words(row), room, _SIZE, strong=strong)

    def words(self, row: ChartRow) -> str:
        """Return a row as it is printed: "Records screened (n = 1,925)"."""
        if row.number is None:
            return f"{row.words}:"
        if row.value is None:
            return f"{row.words} (not\u00a0reported)" if row.line is None else row.words
        number = f"{row.value:,}{self._marks.of(row)}"
        if row.line is not None:
            return f"{row.words}: {number}"
        return f"{row.words} (n\u00a0=\u00a0{number})"

    def _box(self, box: ChartBox, at: Placed) -> str:
        colours, wrong = self._colours, any(self._flow.red(number.key) for number in box.numbers)
        ground = colours.ground if box.known else colours.tint
        edge = colours.wrong if wrong else colours.soft
        dashes = "" if box.known else ' stroke-dasharray="5 4"'
        made = [
            f'<rect x="{at.x:.1f}" y="{at.y:.1f}" width="{at.width:.1f}" height="{at.height:.1f}" rx="4" '
            f'fill="{ground}" stroke="{edge}" stroke-width="{1.8 if wrong else 1.1}"{dashes}/>'
        ]
        y = at.y + _PAD + _SIZE - 1
        for row, lines in self._lines(box, at.width):
            strong = row.kind is RowKind.HEAD
            colour = (
                colours.soft
                if row.kind is RowKind.LINE or (row.number and row.value is None)
                else colours.ink
            )
            for line in lines:
                x = at.x + _PAD + _indent(row)
                made.append(self._text(x, y, line, colours.ink if strong else colour, _SIZE, strong=strong))
                y += _LINE
        return f'<g id="{escaped(box.key)}">{"".join(made)}</g>'

    # -- what stands round them

    def _heads(self) -> Iterator[str]:
        for each, at in self._layout.heads:
            yield self._band(at)
            lines = wrapped(each.words, at.width - 12, _SIZE, strong=True)
            top = at.middle - (len(lines) - 1) * 7 + 4
            for place, line in enumerate(lines):
                y = top + 14 * place
                yield self._text(at.centre, y, line, self._colours.ink, _SIZE, strong=True, middle=True)

    def _stages(self) -> Iterator[str]:
        for each, at in self._layout.stages:
            yield self._band(at)
            size = 8.5 if len(each.words) * 7.5 > at.height else 11
            yield (
                f'<text transform="translate({at.centre + 4:.1f} {at.middle:.1f}) rotate(-90)" '
                f'font-size="{size}" font-weight="600" fill="{self._colours.ink}" '
                f'text-anchor="middle">{escaped(each.words)}</text>'
            )

    def _band(self, at: Placed) -> str:
        return (
            f'<rect x="{at.x:.1f}" y="{at.y:.1f}" width="{at.width:.1f}" height="{at.height:.1f}" rx="4" '
            f'fill="{self._colours.band}"/>'
        )

    def _arrows(self) -> Iterator[str]:
        line = f'stroke="{self._colours.soft}" stroke-width="1.1" fill="none"'
        for points in self._layout.arrows:
            path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
            (x0, y0), (x1, y1) = points[-2:]
            tip = "l-4 -7h8z" if abs(x0 - x1) < 1 and y1 > y0 else "l-7 -4v8z" if x1 > x0 else "l7 -4v8z"
            yield f'<path d="{path}" {line}/><path d="M{x1:.1f} {y1:.1f}{tip}" fill="{self._colours.soft}"/>'

    def _text(
        self, x: float, y: float, words: str, colour: str, size: float, *,
        strong: bool = False, middle: bool = False,
    ) -> str:  # fmt: skip
        more = (' font-weight="600"' if strong else "") + (' text-anchor="middle"' if middle else "")
        return (
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{more}>{escaped(words)}</text>'
        )


def _indent(row: ChartRow) -> float:
    return _INDENT if row.kind is RowKind.LINE else 0.0


def printed_notes(flow: Flow, made: Chart, marks: Marks) -> list[str]:
    """Return what is printed below: explanations of what does not add up, what was logged, the marks."""
    explained = [f"{each.title}: {each.words} {each.note.text}" for each in flow.explained if each.note]
    rows = [row for box in made.boxes for row in box.rows]
    used = {mark for row in rows if (mark := marks.of(row))}
    told = [(marks.typed, "typed, as the review states it"), (marks.derived, "worked out from other numbers"),
            (marks.inferred, "inferred, not stated")]  # fmt: skip
    legend = [f"{mark} {words}" for mark, words in told if mark in used]
    if any(row.number is not None and row.value is None for row in rows):
        legend.append("dashed or “not reported”: no number is made up")
    if legend and marks.typed and flow.counts_records:
        legend.append("no mark: counted from the records of the review")
    logged = [remark.text for remark in flow.remarks]
    return [*explained, *logged, *([f"{'; '.join(legend)}."] if legend else [])]
