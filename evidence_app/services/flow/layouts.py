"""Where the boxes, titles and arrows of a chart lie, in whatever units the drawing has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from evidence_app.services.flow.charts import Chart, ChartArrow, ChartBox, ChartHead, ChartStage

Height = Callable[[ChartBox, float], float]


@dataclass(frozen=True, slots=True)
class Measures:
    """The lengths of a drawing, in its own units."""

    box: float
    side: float
    """The width of boxes beside the main ones."""
    across: float
    """Between columns."""
    down: float
    """Between rows."""
    stage: float
    """The width of the stages at the left; 0 leaves them out."""
    head: float
    """The height of the titles above."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.height / 2

    @property
    def centre(self) -> float:
        """Half way across."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of a chart lies."""

    boxes: Mapping[str, Placed]
    heads: tuple[tuple[ChartHead, Placed], ...]
    stages: tuple[tuple[ChartStage, Placed], ...]
    arrows: tuple[tuple[tuple[float, float], ...], ...]
    """Polylines; the head of the arrow is at the last point."""
    width: float
    height: float


def lay_out(made: Chart, measures: Measures, height: Height) -> Layout:
    """Place the boxes of a chart; `height` says how high a box of a width is."""
    lefts = _lefts(made, measures)
    widths = {at: measures.box if at in _main_columns(made) else measures.side for at in range(made.columns)}
    rows = sorted({box.row for box in made.boxes})
    boxes: dict[str, Placed] = {}
    spans: dict[int, tuple[float, float]] = {}
    top = measures.head + (measures.down / 2 if made.heads else 0)
    for row in rows:
        bottom = _place_row(made, row, top, lefts, widths, measures, height, boxes)
        spans[row] = (top, bottom)
        top = bottom + measures.down
    heads = tuple((each, _over(each, lefts, widths, measures.head)) for each in made.heads)
    stages = tuple(
        (each, Placed(0, spans[each.first][0], measures.stage, spans[each.last][1] - spans[each.first][0]))
        for each in made.stages
    )
    arrows = tuple(_arrow(each, boxes) for each in made.arrows)
    return Layout(boxes, heads, stages, arrows, max(box.right for box in boxes.values()), top - measures.down)


def _over(each: ChartHead, lefts: Mapping[int, float], widths: Mapping[int, float], high: float) -> Placed:
    return Placed(lefts[each.first], 0, lefts[each.last] + widths[each.last] - lefts[each.first], high)


def _main_columns(made: Chart) -> frozenset[int]:
    return frozenset(box.column for box in made.boxes if box.row == 0 and made.wide and box.column == 0)


def _lefts(made: Chart, measures: Measures) -> dict[int, float]:
    x = measures.stage + measures.across / 2 if made.stages and measures.stage else 0.0
    lefts = {}
    for at in range(made.columns):
        lefts[at] = x
        x += (measures.box if at in _main_columns(made) else measures.side) + measures.across
    return lefts


def _place_row(
    made: Chart, row: int, top: float, lefts: Mapping[int, float], widths: Mapping[int, float],
    measures: Measures, height: Height, boxes: dict[str, Placed],
) -> float:  # fmt: skip
    """Place one row; boxes in one cell stand below one another. Return where the row ends."""
    by_column: dict[int, list[ChartBox]] = {}
    for box in made.boxes:
        if box.row == row:
            by_column.setdefault(box.column, []).append(box)
    ends = []
    for column, stacked in by_column.items():
        y = top
        for box in stacked:
            high = height(box, widths[column])
            boxes[box.key] = Placed(lefts[column], y, widths[column], high)
            y += high + measures.down / 2
        ends.append(y - measures.down / 2)
    return max(ends)


def _arrow(arrow: ChartArrow, boxes: Mapping[str, Placed]) -> tuple[tuple[float, float], ...]:
    start, end = boxes[arrow.start], boxes[arrow.end]
    if start.x == end.x:
        return ((start.centre, start.bottom), (end.centre, end.y))
    if end.y >= start.bottom:  # down, then across: from other methods, or from the previous version
        side = end.x if start.centre < end.x else end.right
        return ((start.centre, start.bottom), (start.centre, end.middle), (side, end.middle))
    across = min(max(end.middle, start.y + 10), start.bottom - 10)
    if abs(across - end.middle) < 1 or end.y < across < end.bottom:
        return ((start.right, across), (end.x, across))
    bend = (start.right + end.x) / 2
    return ((start.right, across), (bend, across), (bend, end.middle), (end.x, end.middle))
