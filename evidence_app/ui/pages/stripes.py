"""Stripes beside the page: one for each use of a code, in lanes, with the code's name at its first line."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from evidence_app.ui.look import Look
from evidence_app.ui.pages.document_view import DocumentView
from evidence_app.ui.pages.hues import hue_colour
from evidence_app.ui.pages.marks import LANES, Mark
from evidence_app.ui.paint import Brush

LANE: Final = 10
WIDTH: Final = 4
GAP: Final = 12
LABELS: Final = 150
SHARE: Final = 0.3


def colour_of(look: Look, mark: Mark) -> QColor:
    """Return the colour of a passage: that of its first code, else the one it came with, else slate."""
    if mark.stripes:
        return hue_colour(look, mark.stripes[0].hue)
    return hue_colour(look, mark.quotation.colour or None)


def room(canvas: DocumentView) -> int:
    """Return how much room stripes and their labels take beside the page: less where it is narrow."""
    if not canvas.codes:
        return 0
    wanted = canvas.look.px(GAP + 3 * LANE + LABELS)
    return max(min(wanted, int(SHARE * canvas.viewport().width())), canvas.look.px(GAP + 4 * LANE))


def draw(painter: QPainter, canvas: DocumentView, clip: QRectF) -> None:
    """Draw the stripes of what is seen, each name where there is room for it."""
    look = canvas.look
    first, last = canvas.visible_span()
    brush = Brush(painter, look)
    lines: list[tuple[float, str]] = []
    lanes = 0
    for mark in canvas.marks.between(first, max(last, first + 1)):
        extent = _extent(canvas, mark)
        if extent is None or extent[1] < clip.top() - 400 or extent[0] > clip.bottom() + 400:
            continue
        for stripe in mark.stripes:
            lanes = max(lanes, min(stripe.lane, LANES - 1) + 1)
            colour = hue_colour(look, stripe.hue)
            wide = WIDTH + (2 if mark.row == canvas.chosen else 0)
            box = QRectF(_lane_x(canvas, stripe.lane), extent[0], look.px(wide), extent[1] - extent[0] - 2)
            brush.box(box, colour, radius=2)
            lines.append((extent[0], stripe.name))
        if mark.quotation.important:
            brush.icon(
                int(canvas.paper_right() - look.px(18)), int(extent[0]) + look.px(8), "ph.star", "maybe", 12
            )
    _draw_names(brush, canvas, lines, lanes)


def _draw_names(brush: Brush, canvas: DocumentView, lines: list[tuple[float, str]], lanes: int) -> None:
    px, taken = canvas.look.px, -1e9
    left = int(_lane_x(canvas, max(lanes, 2))) + px(4)
    width = canvas.viewport().width() + canvas.horizontalScrollBar().value() - left - px(8)
    if width < px(30):
        return
    for top, name in sorted(lines):
        at = max(top, taken)
        if at - top <= px(36):
            brush.text(QRect(left, int(at), width, px(18)), name, "small", "text-2")
            taken = at + px(17)


def _lane_x(canvas: DocumentView, lane: int) -> float:
    return canvas.paper_right() + canvas.look.px(GAP + min(lane, LANES - 1) * LANE)


def _extent(canvas: DocumentView, mark: Mark) -> tuple[float, float] | None:
    """Return how far up and down a passage reaches, on what is read of it."""
    boxes = canvas.area_boxes(mark) if mark.is_area else canvas.boxes(mark.start, mark.end)
    return (boxes[0].top(), boxes[-1].bottom()) if boxes else None


def at(canvas: DocumentView, point: QPointF) -> Mark | None:
    """Return the passage whose stripe is at a point."""
    if point.x() < canvas.paper_right() + canvas.look.px(GAP // 2):
        return None
    reach = canvas.look.px(3)
    for mark in canvas.marks.between(*canvas.visible_span()):
        extent = _extent(canvas, mark)
        if extent is None or not extent[0] <= point.y() <= extent[1]:
            continue
        for stripe in mark.stripes:
            x = _lane_x(canvas, stripe.lane)
            if x - reach <= point.x() <= x + canvas.look.px(WIDTH) + reach:
                return mark
    return None


def draw_region(painter: QPainter, canvas: DocumentView, start: int, end: int) -> None:
    """Draw the line at the left of what is to be coded."""
    first, last = canvas.place_of(start), canvas.place_of(max(start, end - 1))
    boxes = canvas.boxes(start, min(end, start + 200))
    left = min((box.left() for box in boxes), default=first.left()) - canvas.look.px(14)
    colour = canvas.look.colour("accent-line")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(QRectF(left, first.top(), canvas.look.px(2), last.bottom() - first.top()), colour)
