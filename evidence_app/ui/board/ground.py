"""What lies behind the cards of the board: headings, and the links between cards."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from evidence_app.domain.board import Board
from evidence_app.ui.board.card import Card
from evidence_app.ui.board.placing import Key, Letters, Placing, key_of
from evidence_app.ui.look import Look
from evidence_app.ui.paint import CENTRE, Brush

LIFT = 9
"""How far above the themes the link of an overarching theme with its subthemes runs."""


@dataclass(frozen=True, slots=True)
class Line:
    """A link that is drawn: from a card above to one below, with a word where it is no plain part."""

    above: Key
    below: Key
    words: str = ""
    against: bool = False
    inside: bool = False
    """A subtheme and the overarching theme it is part of."""


def lines_of(board: Board) -> list[Line]:
    """Return what is drawn between the cards: what groups are part of, and the relations."""
    made = []
    for theme, parent in board.links:
        held, over = board.by_id.get(theme), board.by_id.get(parent)
        if held is not None and over is not None:
            made.append(Line(key_of(over), key_of(held), inside=held.is_above))
    for each in board.relations:
        first, second = board.by_id.get(each.theme_a), board.by_id.get(each.theme_b)
        if first is None or second is None:
            continue
        if second.is_above and not first.is_above:
            first, second = second, first
        made.append(Line(key_of(first), key_of(second), each.words, each.kind.value == "contradicts"))
    return made


class Canvas(Protocol):
    """What the ground needs of the canvas it lies on."""

    look: Look
    letters: Letters
    zoom: float
    placing: Placing
    cards: dict[Key, Card]
    lines: list[Line]
    all_links: bool

    def near(self, line: Line) -> bool:
        """Return whether a link is one of the chosen card."""


class Ground(QWidget):
    """What lies behind the cards: headings and links."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self._canvas = canvas

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what lies in the part that is seen."""
        canvas = self._canvas
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), canvas.look.colour("window"))
        brush = Brush(painter, canvas.look)
        for words, at in canvas.placing.heads:
            painter.setFont(canvas.letters.font("small-strong"))
            painter.setPen(canvas.look.colour("text-2"))
            painter.drawText(at, int(Qt.AlignmentFlag.AlignLeft), words)
        shown = [(line, canvas.near(line)) for line in canvas.lines]
        shown = [(line, near) for line, near in shown if near or canvas.all_links]
        cards = [card.geometry() for key, card in canvas.cards.items() if not key.group]
        for line, near in sorted(shown, key=lambda each: each[1]):
            self._line(brush, line, near, cards, event.rect())
        painter.end()

    def renew(self, lines: Iterable[Line]) -> None:
        """Draw anew where these links run."""
        for line in lines:
            self.update(_about(self._path(line)))

    def _path(self, line: Line) -> QPainterPath:
        """Return the way of a link: over the heads of themes side by side, else a curve down."""
        px = self._canvas.letters.px
        above, below = self._canvas.cards[line.above], self._canvas.cards[line.below]
        level = above.geometry().top() == below.geometry().top()
        if level and line.inside:
            start, end = above.crown(), below.crown()
            path = QPainterPath(start)
            path.lineTo(start - QPointF(0, px(LIFT)))
            path.lineTo(end - QPointF(0, px(LIFT)))
            path.lineTo(end)
            return path
        start, end = above.foot(), below.foot() if level else below.crown()
        bend = px(54) if level else max((end.y() - start.y()) * 0.55, px(40))
        path = QPainterPath(start)
        path.cubicTo(start + QPointF(0, bend), end + QPointF(0, bend if level else -bend), end)
        return path

    def _line(self, brush: Brush, line: Line, near: bool, cards: list[QRect], seen: QRect) -> None:
        canvas, painter, path = self._canvas, brush.painter, self._path(line)
        if not _about(path).intersects(seen):
            return
        tone = "accent" if near and not line.against else "text-2" if near else "line-control"
        thin = 0.8 if canvas.letters.are_blocks else 1.2
        pen = QPen(canvas.look.colour(tone), 2.0 if near and not line.against else thin)
        if line.words:
            pen.setStyle(Qt.PenStyle.DashLine if line.against else Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        start = path.elementAt(0)
        for spot in (QPointF(start.x, start.y), path.currentPosition()):
            brush.dot(spot.x(), spot.y(), canvas.look.colour(tone), 2.5 * canvas.zoom)
        if line.words:
            spots = [path.pointAtPercent(share) for share in (0.5, 0.35, 0.65, 0.25, 0.15, 0.1)]
            free = (spot for spot in spots if not any(map(self._room(spot).intersects, cards)))
            self._label(brush, next(free, spots[0]), line.words)

    def _room(self, spot: QPointF) -> QRect:
        """Return about what a label at a spot takes."""
        px = self._canvas.letters.px
        return QRectF(spot.x() - px(24), spot.y() - px(11), px(48), px(22)).toRect()

    def _label(self, brush: Brush, spot: QPointF, words: str) -> None:
        canvas, painter = self._canvas, brush.painter
        font, metrics = canvas.letters.font("small-strong"), canvas.letters.metrics("small-strong")
        px = canvas.letters.px
        rect = QRectF(0, 0, metrics.horizontalAdvance(words) + px(20), metrics.height() + px(5))
        rect.moveCenter(spot)
        brush.box(rect, canvas.look.colour("surface"), canvas.look.colour("line-control"), px(4))
        painter.setFont(font)
        painter.setPen(canvas.look.colour("text-2"))
        painter.drawText(rect, int(CENTRE), words)


def _about(path: QPainterPath) -> QRect:
    """Return the room a link takes with its label."""
    return path.boundingRect().toAlignedRect().adjusted(-90, -20, 90, 20)
