"""How large a document is shown, as pages or as words: larger, smaller, as wide as the room."""

from typing import Final

from evidence_app.ui.pages.canvas import Canvas
from evidence_app.ui.pages.page_canvas import PageCanvas
from evidence_app.ui.pages.text_canvas import TextCanvas

STEP: Final = 1.15
"""How much larger it is after a step."""


def resize(canvas: Canvas | None, factor: float) -> None:
    """Show a document larger or smaller by a factor."""
    if isinstance(canvas, PageCanvas):
        canvas.set_zoom(canvas.percent / 100 * factor)
    elif isinstance(canvas, TextCanvas):
        canvas.set_zoom(canvas.zoom * factor)


def fit(canvas: Canvas | None) -> None:
    """Fit the width of the pages, or take the usual size of letters."""
    if isinstance(canvas, PageCanvas):
        canvas.set_zoom(0)
    elif isinstance(canvas, TextCanvas):
        canvas.set_zoom(1.0)


def percent(canvas: Canvas | None) -> int:
    """Return how large it is."""
    if isinstance(canvas, PageCanvas):
        return canvas.percent
    return round(canvas.zoom * 100) if isinstance(canvas, TextCanvas) else 100
