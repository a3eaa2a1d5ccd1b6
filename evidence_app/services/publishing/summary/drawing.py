"""Draw the figures of a summary as SVG: the study selection and bars, in any colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.flow import Flow
from evidence_app.services.flow import drawing as flow_drawing
from evidence_app.services.flow.drawing import Marks, draw
from evidence_app.services.publishing.inlines import escaped
from evidence_app.services.publishing.summary.model import DERIVED, INFERRED

_FONT: Final = "'Noto Sans','Segoe UI','Helvetica Neue','Liberation Sans',Arial,sans-serif"
_SIZE: Final = 12.5
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


def flow(diagram: Flow, colours: Colours = PRINT) -> Drawing:
    """Draw the study selection as the flow diagram screen and the command `prisma` do."""
    made = draw(
        diagram,
        flow_drawing.Colours(
            ink=colours.ink, soft=colours.soft, ground=colours.ground, tint=colours.tint, band=colours.tint,
            wrong=colours.accent,
        ),
        marks=Marks(typed="", derived=DERIVED, inferred=INFERRED), ground=False,
    )  # fmt: skip
    return Drawing(made.svg, made.width)


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
