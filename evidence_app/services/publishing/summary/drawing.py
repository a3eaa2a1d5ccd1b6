"""Draw the figures of a summary as SVG: the study selection and bars, in any colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.services.publishing.inlines import escaped
from evidence_app.services.publishing.summary.model import FlowBox, FlowStep

_FONT: Final = "'Noto Sans','Segoe UI','Helvetica Neue','Liberation Sans',Arial,sans-serif"
_SIZE: Final = 12.5
_LINE: Final = 17.0
_PAD: Final = 12.0
_GAP: Final = 28.0
_LEFT: Final = 300.0
_RIGHT: Final = 330.0
_BETWEEN: Final = 50.0
_CM: Final = 28.3465
"""Points in a centimetre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of a drawing; html passes css variables so that it follows the dark."""

    ink: str = "#1C1E23"
    soft: str = "#545964"
    ground: str = "#FFFFFF"
    tint: str = "#F5F5F3"
    accent: str = "#3348B2"


PRINT: Final = Colours()
SCREEN: Final = Colours(
    ink="var(--ink)", soft="var(--soft)", ground="var(--ground)", tint="var(--tint)", accent="var(--accent)"
)


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG and its width in points."""

    svg: str
    width: float
    most_cm: float = 16.0

    @property
    def width_cm(self) -> float:
        """How wide it stands on the page."""
        return min(self.width / _CM, self.most_cm)


def bars(rows: Sequence[tuple[str, int]], colours: Colours = PRINT) -> Drawing:
    """Draw bars with the number beside each."""
    label = max((len(name) for name, _ in rows), default=0) * 6.1 + 12
    top = max((number for _, number in rows), default=1) or 1
    width, row = label + 260.0, 17.0
    drawn: list[str] = []
    for at, (name, number) in enumerate(rows):
        length = 210.0 * number / top
        middle = at * row + 12.0
        drawn.append(_text(label - 8, middle, name, colours.ink, anchor="end", size=11))
        drawn.append(
            f'<rect x="{label:.1f}" y="{middle - 9.0:.1f}" width="{length:.1f}" height="11" '
            f'fill="{colours.accent}"/>'
        )
        drawn.append(_text(label + length + 5, middle, f"{number:,}", colours.ink, size=11))
    return Drawing(_svg(width, len(rows) * row + 4, drawn), width)


def flow(steps: Sequence[FlowStep], colours: Colours = PRINT, label: str = "") -> Drawing:
    """Draw the study selection: the main boxes below one another, the others beside them."""
    drawn: list[str] = []
    top, left_end = 1.0, 0.0
    for at, step in enumerate(steps):
        main = _height(step.box)
        beside = sum(_height(box) for box in step.beside) + 10.0 * max(len(step.beside) - 1, 0)
        height = max(main, beside)
        if at:
            drawn.append(_arrow(_LEFT / 2, left_end, _LEFT / 2, top, colours))
        drawn.append(_box(0, top, _LEFT, step.box, colours))
        y = top
        for box in step.beside:
            middle = y + _height(box) / 2
            if not step.joins:
                drawn.append(_arrow(_LEFT, min(middle, top + main - 8), _LEFT + _BETWEEN, middle, colours))
            drawn.append(_box(_LEFT + _BETWEEN, y, _RIGHT, box, colours))
            y += _height(box) + 10.0
        left_end = top + main
        top = max(left_end + _GAP, top + height + 10.0)
    width = _LEFT + _BETWEEN + _RIGHT
    return Drawing(_svg(width, max(left_end, top - _GAP) + 2, drawn, label), width)


def _height(box: FlowBox) -> float:
    return len(box.lines) * _LINE + 21.0


def _box(x: float, y: float, width: float, box: FlowBox, colours: Colours) -> str:
    ground = colours.ground if box.known else colours.tint
    dashes = "" if box.known else ' stroke-dasharray="5 4"'
    made = [
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{_height(box):.1f}" rx="4" '
        f'fill="{ground}" stroke="{colours.soft}" stroke-width="1.2"{dashes}/>'
    ]
    for at, line in enumerate(box.lines):
        colour = colours.ink if box.known or at == 0 else colours.soft
        weight = "600" if at == 0 and box.strong else ""
        made.append(_text(x + _PAD, y + 24.0 + at * _LINE, line, colour, weight=weight))
    return "".join(made)


def _arrow(x1: float, y1: float, x2: float, y2: float, colours: Colours) -> str:
    line = f'stroke="{colours.soft}" stroke-width="1.2" fill="none"'
    if abs(x1 - x2) < 1:
        return (
            f'<path d="M{x1:.1f} {y1:.1f}V{y2:.1f}" {line}/>'
            f'<path d="M{x2:.1f} {y2:.1f}l-4 -7h8z" fill="{colours.soft}"/>'
        )
    bend = (x1 + x2) / 2
    return (
        f'<path d="M{x1:.1f} {y1:.1f}H{bend:.1f}V{y2:.1f}H{x2:.1f}" {line}/>'
        f'<path d="M{x2:.1f} {y2:.1f}l-7 -4v8z" fill="{colours.soft}"/>'
    )


def _text(
    x: float, y: float, text: str, colour: str, *, anchor: str = "", weight: str = "", size: float = _SIZE
) -> str:
    more = (f' text-anchor="{anchor}"' if anchor else "") + (f' font-weight="{weight}"' if weight else "")
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{more}>{escaped(text)}</text>'


def _svg(width: float, height: float, drawn: Sequence[str], label: str = "") -> str:
    name = f' role="img" aria-label="{escaped(label)}"' if label else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {width + 2:.0f} {height + 2:.0f}"{name} '
        f'width="{width:.0f}" height="{height:.0f}" font-family="{_FONT}">{"".join(drawn)}</svg>'
    )
