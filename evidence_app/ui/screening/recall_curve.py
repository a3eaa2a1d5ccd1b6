"""How many relevant records were found after how many were screened, as a line."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidence_app.ui.look import Look
from evidence_app.ui.paint import LEFT, RIGHT, Brush


class RecallCurve(QWidget):
    """Drawn from the decisions themselves; a flat end says that little more is being found."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._found: tuple[int, ...] = ()
        self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_curve((), 0)
        look.changed.connect(self._renew)

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()

    def show_curve(self, included: Sequence[bool], total: int) -> None:
        """Show decisions in the order made, true for a relevant one, of `total` records."""
        so_far, found = 0, [0]
        for each in included:
            so_far += each
            found.append(so_far)
        self._found, self._total = tuple(found), max(total, len(included), 1)
        words = f"{so_far:,} relevant found in {len(included):,} screened of {total:,}"
        self.setAccessibleName(f"Recall curve: {words}")
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the design."""
        return QSize(self._look.px(240), self._look.px(124))

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow."""
        return QSize(self._look.px(120), self._look.px(124))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, the line found so far, and what is on the axes."""
        look, px = self._look, self._look.px
        painter = QPainter(self)
        brush = Brush(painter, look)
        foot = px(18)
        area = QRect(px(2), px(4), self.width() - px(4), self.height() - foot - px(6))
        brush.box(area, look.colour("sunken"), look.colour("line"), 4)
        most = max(self._found[-1], 1)
        inner = area.adjusted(px(6), px(8), -px(6), -px(4))
        last = len(self._found) - 1
        step = max(1, last // max(inner.width(), 1))
        points = [self._point(inner, at, self._found[at], most) for at in range(0, last, step)]
        here = self._point(inner, last, self._found[-1], most)
        points.append(here)
        painter.setPen(QPen(look.colour("line-control"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(here.x(), inner.top()), QPointF(here.x(), inner.bottom()))
        painter.setPen(QPen(look.colour("accent"), 2))
        painter.drawPolyline(QPolygonF(points))
        brush.dot(here.x(), here.y(), look.colour("accent"), 3)
        line = QRect(area.left(), area.bottom() + px(2), area.width(), foot)
        brush.text(
            line,
            f"{len(self._found) - 1:,} screened, {self._found[-1]:,} relevant",
            "caption",
            "text-3",
            LEFT,
        )
        brush.text(line, f"{self._total:,}", "caption", "text-3", RIGHT)
        painter.end()

    def _point(self, inner: QRect, at: int, number: int, most: int) -> QPointF:
        x = inner.left() + inner.width() * at / self._total
        return QPointF(x, inner.bottom() - inner.height() * number / most)
