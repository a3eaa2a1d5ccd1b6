"""The curve of new codes: how many each report brought, in the order in which they were coded."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from evidence_app.services.coding.coders import CurvePoint
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush

LINE = 26


class Curve(QWidget):
    """Bars of new codes, one for each report in the order of coding, with all so far at the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._points: Sequence[CurvePoint] = ()
        self.setAccessibleName("New codes in each report")

    def show_points(self, points: Sequence[CurvePoint]) -> None:
        """Show these reports."""
        self._points = points
        self.setMinimumHeight(self._look.px(LINE) * (len(points) + 1) + self._look.px(8))
        told = "; ".join(f"{each.label}: {each.new} new, {each.so_far} so far" for each in points)
        self.setAccessibleDescription(told)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Name the new codes of the report under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = event.pos().y() // self._look.px(LINE) - 1
            each = self._points[at] if 0 <= at < len(self._points) else None
            words = f"{each.label}: {', '.join(each.names) or 'nothing new'}" if each else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name, bar and numbers of each report."""
        painter = QPainter(self)
        brush, px = Brush(painter, self._look), self._look.px
        most = max((each.new for each in self._points), default=1) or 1
        room = self.width() - px(190) - px(200)
        if self._points:
            self._draw_heads(brush)
        else:
            brush.text(QRect(px(4), 0, self.width(), px(24)), "Nothing is coded yet.", "small", "text-2")
        for at, each in enumerate(self._points, 1):
            top = px(LINE) * at
            brush.text(QRect(px(4), top, px(180), px(24)), each.label)
            width = int(room * each.new / most)
            bar = QRect(px(190), top + px(6), max(width, 1), px(13))
            brush.box(bar, self._look.colour("accent-line"), radius=3)
            brush.text(QRect(px(196) + width, top, px(40), px(24)), str(each.new), "strong")
            for place, number in zip(self._ends(), (each.so_far, each.codings), strict=True):
                brush.text(place.translated(0, top), f"{number:,}", "small", "text-2", RIGHT)
        painter.end()

    def _ends(self) -> tuple[QRect, QRect]:
        px = self._look.px
        return (
            QRect(self.width() - px(160), 0, px(80), px(24)),
            QRect(self.width() - px(74), 0, px(68), px(24)),
        )

    def _draw_heads(self, brush: Brush) -> None:
        px = self._look.px
        for left, words in ((px(4), "Report, as they were coded"), (px(190), "New codes")):
            brush.text(QRect(left, 0, px(180), px(24)), words, "caption", "text-3")
        for place, words in zip(self._ends(), ("Codes so far", "Codings"), strict=True):
            brush.text(place, words, "caption", "text-3", RIGHT)
