"""The canvas: the boxes of the diagram in their places, the arrows between them, zoom and fit."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from evidence_app.services.flow.charts import Chart
from evidence_app.services.flow.layouts import Layout, Measures, lay_out
from evidence_app.ui.flow.box_view import BoxLettering, BoxView
from evidence_app.ui.look import Look
from evidence_app.ui.paint import CENTRE, Brush
from evidence_app.ui.widgets.zooming import ZoomingCanvas, next_card

LEAST_FIT = 0.72
WIDEST_BOX, WIDE_BOX, BOX, MANY = 270, 240, 196, 4
"""Boxes are narrower where there are this many columns."""


class _Ground(QWidget):
    """What lies behind the boxes: arrows, titles and stages."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.letters = BoxLettering(look, 1.0)
        self.layout_: Layout | None = None
        self.shift = QPointF()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("window"))
        if self.layout_ is not None:
            painter.translate(self.shift)
            self._draw(Brush(painter, self._look), self.layout_)
        painter.end()

    def _draw(self, brush: Brush, layout: Layout) -> None:
        painter, look, letters = brush.painter, self._look, self.letters
        for head, at in layout.heads:
            painter.setFont(letters.font("small-strong"))
            painter.setPen(look.colour("text-2"))
            flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom) | int(
                Qt.TextFlag.TextWordWrap
            )
            painter.drawText(QRectF(at.x, at.y, at.width, at.height), flags, head.words)
        for stage, at in layout.stages:
            rect = QRectF(at.x, at.y, at.width, at.height)
            brush.box(rect, look.colour("accent-soft"), radius=letters.px(4))
            painter.save()
            painter.translate(rect.center())
            painter.rotate(-90)
            painter.setFont(letters.font("small-strong"))
            painter.setPen(look.colour("accent"))
            turned = QRectF(-at.height / 2, -at.width / 2, at.height, at.width)
            painter.drawText(turned, int(CENTRE), stage.words)
            painter.restore()
        for points in layout.arrows:
            self._arrow(brush, [QPointF(*point) for point in points])

    def _arrow(self, brush: Brush, points: list[QPointF]) -> None:
        painter, colour = brush.painter, self._look.colour("line-control")
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        before, end = points[-2:]
        along = end - before
        long = max(abs(along.x()), abs(along.y())) or 1.0
        ahead = along / long * self.letters.px(7)
        aside = QPointF(-ahead.y(), ahead.x()) * 0.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([end, end - ahead + aside, end - ahead - aside]))


class FlowCanvas(ZoomingCanvas):
    """Shows a chart. It fits the room by itself until somebody zooms."""

    chosen = Signal(str)
    opened = Signal(object)

    def __init__(self, look: Look) -> None:
        self._back = _Ground(look)
        super().__init__(look, self._back)
        self._chart: Chart | None = None
        self.fits = True
        self.boxes: dict[str, BoxView] = {}
        self.current = ""

    # -- showing

    def show_chart(self, chart: Chart) -> None:
        """Show a chart; the box that is chosen stays so where it still is one."""
        holder = self.window().focusWidget()  # also while a dialog is in front
        focused = next((key for key, box in self.boxes.items() if box is holder), "")
        same = self._chart is not None and [box.key for box in chart.boxes] == list(self.boxes)
        self._chart = chart
        if not same:
            self._make(chart)
        for box in chart.boxes:
            red = next((each for number in box.numbers if (each := chart.flow.red(number.key))), None)
            self.boxes[box.key].show_box(box, red)
        if self.current not in self.boxes:
            self.current = ""
        self.lay()
        if focused and not same:
            self.boxes.get(focused, next(iter(self.boxes.values()))).setFocus()

    def _make(self, chart: Chart) -> None:
        for old in self.boxes.values():
            old.hide()
            old.deleteLater()
        self.boxes = {box.key: BoxView(self.look, box, self._back) for box in chart.boxes}
        before: QWidget | None = None
        for view in self.boxes.values():
            view.chosen.connect(self._choose)
            view.opened.connect(self.opened)
            view.moved.connect(self._move)
            view.show()
            if before is not None:
                QWidget.setTabOrder(before, view)
            before = view

    def choose(self, key: str) -> None:
        """Choose a box, and bring it into sight."""
        if key in self.boxes:
            self._choose(key)
            self.show_whole(self.boxes[key])

    def box_of(self, number: str) -> str:
        """Return the key of the box that shows a number of the diagram; empty where none does."""
        return next(
            (key for key, view in self.boxes.items() if number in {each.key for each in view.box.numbers}), ""
        )

    def take_focus(self) -> None:
        """Give the keyboard to the chosen box, or the first one."""
        if self.boxes:
            (self.boxes.get(self.current) or next(iter(self.boxes.values()))).setFocus()

    def _choose(self, key: str) -> None:
        self.current = key
        for each, view in self.boxes.items():
            view.choose(on=each == key)
        self.chosen.emit(key)

    def _move(self, key: str, arrow: Qt.Key) -> None:
        """Go to the nearest box in a direction."""
        to = next_card(self.boxes, key, arrow)
        if to is not None:
            self.boxes[to].setFocus()
            self.show_whole(self.boxes[to])

    # -- zoom

    def fitting(self) -> float:
        """Return the zoom at which the chart is as wide as the room, as far as it can be read."""
        if self._chart is None:
            return 1.0
        whole = self._placed(self._chart, 1.0)
        room = self.viewport().width() - 2 * self._margin(1.0)
        return max(min(room / whole.width, 1.0), LEAST_FIT)

    def lay_out(self) -> None:
        """Give the boxes their places."""
        if self._chart is not None:
            self._place(self._placed(self._chart, self.zoom))

    def _margin(self, zoom: float) -> int:
        return round(20 * self.look.scale * zoom)

    def _placed(self, chart: Chart, zoom: float) -> Layout:
        letters = BoxLettering(self.look, zoom)
        box = letters.px(WIDEST_BOX if chart.wide else BOX if chart.columns >= MANY else WIDE_BOX)
        measures = Measures(
            box=box, side=box, across=letters.px(34), down=letters.px(34), stage=letters.px(24),
            head=letters.px(34 if chart.heads else 0),
        )  # fmt: skip
        return lay_out(chart, measures, letters.height)

    def _place(self, layout: Layout) -> None:
        letters, margin = BoxLettering(self.look, self.zoom), self._margin(self.zoom)
        wide = max(round(layout.width) + 2 * margin, self.viewport().width())
        self._back.resize(wide, max(round(layout.height) + 2 * margin, self.viewport().height()))
        shift = QPointF(max((wide - layout.width) / 2, margin), margin)
        self._back.letters, self._back.layout_, self._back.shift = letters, layout, shift
        for key, at in layout.boxes.items():
            view = self.boxes[key]
            view.setGeometry(
                round(at.x + shift.x()), round(at.y + shift.y()), round(at.width), round(at.height)
            )
            view.lay(letters)
        self._back.update()
