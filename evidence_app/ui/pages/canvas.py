"""How a document is drawn and what the mouse does to it: paper, passages, letters, stripes, handles."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)

from evidence_app.ui.look import Look
from evidence_app.ui.pages import canvas_keys, hues, reading_keys, stripes
from evidence_app.ui.pages.document_view import DocumentView
from evidence_app.ui.pages.marks import Mark
from evidence_app.ui.pages.moving import word_at

HANDLE = 5
"""Half the size of a drag handle, at 100 %."""


class Canvas(DocumentView):
    """A document one reads, selects in and codes."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self._dragging = ""
        self._area_from: QPointF | None = None
        self.area: QRectF | None = None
        """An area that is being drawn."""
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setMouseTracking(True)

    # -- what the kind of document draws

    def draw_paper(self, painter: QPainter, clip: QRectF) -> None:
        """Draw what lies under the marks."""
        raise NotImplementedError

    def ink(self) -> QColor:
        """Return the colour of caret and handles on this paper."""
        return self.look.colour("accent")

    def draw_letters(self, _painter: QPainter, _clip: QRectF) -> None:
        """Draw what lies over the marks."""

    def tint(self, painter: QPainter, box: QRectF, mark: Mark | None) -> None:
        """Draw the ground of a passage; None stands for the selection."""
        if mark is None:
            painter.fillRect(box, hues.ground(self.look, self.look.colour("accent"), chosen=True))
            return
        colour = stripes.colour_of(self.look, mark)
        painter.fillRect(box, hues.ground(self.look, colour, chosen=mark.row == self.chosen))

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper, passages, letters, stripes, caret."""
        painter = QPainter(self.viewport())
        top, left = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        painter.fillRect(event.rect(), self.look.colour("window"))
        painter.translate(-left, -top)
        clip = QRectF(event.rect()).translated(left, top)
        self.draw_paper(painter, clip)
        self._draw_grounds(painter)
        self.draw_letters(painter, clip)
        self._draw_over(painter)
        stripes.draw(painter, self, clip)
        painter.end()

    def _draw_grounds(self, painter: QPainter) -> None:
        first, last = self.visible_span()
        for start, end in self.hits:
            if start < last and end > first:
                for box in self.boxes(start, end):
                    self.tint_hit(painter, box)
        for mark in self.marks.between(first, max(last, first + 1)):
            for box in self.area_boxes(mark) if mark.is_area else self.boxes(mark.start, mark.end):
                self.tint(painter, box, mark)
        start, end = self.selection
        if start < end:
            for box in self.boxes(max(start, first), min(end, last)):
                self.tint(painter, box, None)

    def tint_hit(self, painter: QPainter, box: QRectF) -> None:
        """Draw the ground of what a search found."""
        painter.fillRect(box, self.look.colour("term-neutral"))

    def _draw_over(self, painter: QPainter) -> None:
        first, last = self.visible_span()
        for start, end in self.regions:
            if start < last and end > first:
                stripes.draw_region(painter, self, max(start, first), min(end, last))
        mark = self.marks.of(self.chosen) if self.chosen is not None else None
        if mark is not None and not mark.is_area:
            for box in self.handles(mark):
                painter.fillRect(box, self.ink())
        if self.area is not None:
            painter.setPen(QPen(self.ink(), self.look.px(2)))
            painter.drawRect(self.area)
        if self.hasFocus() and self.text and self.codes:
            place = self.place_of(self.caret)
            wide = max(1.0, self.look.px(2))
            painter.fillRect(QRectF(place.left(), place.top(), wide, place.height()), self.ink())

    def handles(self, mark: Mark) -> list[QRectF]:
        """Return the boxes by which the ends of a passage are dragged."""
        half, found = self.look.px(HANDLE), []
        for position, below in ((mark.start, False), (mark.end, True)):
            place = self.place_of(position)
            y = place.bottom() if below else place.top()
            found.append(QRectF(place.left() - half / 2, y - half, half, 2 * half))
        return found

    # -- mouse

    def _content(self, event: QMouseEvent) -> QPointF:
        return event.position() + QPointF(
            self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection, take a handle, or begin an area."""
        point = self._content(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        stripe = stripes.at(self, point)
        if stripe is not None:
            self.choose(stripe.row)
            self.select(stripe.start, stripe.end, show=False) if not stripe.is_area else None
            return
        handle = self._handle_at(point)
        if handle:
            self._dragging = handle
        elif self._is_for_areas(event):
            self._dragging, self._area_from = "area", point
        else:
            keep = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._dragging = "text"
            self.move_caret_quietly(self.hit(point), keep=keep)

    def _is_for_areas(self, event: QMouseEvent) -> bool:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        return self.codes and (self.areas or alt or not self.text)

    def _handle_at(self, point: QPointF) -> str:
        mark = self.marks.of(self.chosen) if self.chosen is not None else None
        if mark is None or mark.is_area:
            return ""
        reach = self.look.px(4)
        for name, box in zip(("start", "end"), self.handles(mark), strict=True):
            if box.adjusted(-reach, -reach, reach, reach).contains(point):
                return name
        return ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on selecting, adjusting or drawing."""
        point = self._content(event)
        if self._dragging == "area" and self._area_from is not None:
            self.area = QRectF(self._area_from, point).normalized()
        elif self._dragging == "text":
            self.move_caret_quietly(self.hit(point), keep=True)
        elif self._dragging in ("start", "end"):
            self._drag_end(point)
        else:
            shape = Qt.CursorShape.SizeHorCursor if self._handle_at(point) else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(Qt.CursorShape.CrossCursor if self._is_for_areas(event) else shape)
            return
        self._scroll_along(event.position().y())
        self.viewport().update()

    def _drag_end(self, point: QPointF) -> None:
        mark = self.marks.of(self.chosen) if self.chosen is not None else None
        if mark is None:
            return
        position = self.hit(point)
        if self._dragging == "start":
            self.anchor, self.caret = mark.end, min(position, mark.end - 1)
        else:
            self.anchor, self.caret = mark.start, max(position, mark.start + 1)
        self.selected.emit()

    def _scroll_along(self, y: float) -> None:
        bar = self.verticalScrollBar()
        if y < 0:
            bar.setValue(bar.value() + int(y))
        elif y > self.viewport().height():
            bar.setValue(bar.value() + int(y - self.viewport().height()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what was dragged; a click chooses the passage under it."""
        dragged, self._dragging = self._dragging, ""
        if dragged == "area" and self.area is not None:
            area, self.area, self._area_from = self.area, None, None
            found = self.area_at(area)
            if found is not None:
                self.area_drawn.emit(found)
        elif dragged in ("start", "end") and self.chosen is not None:
            self.adjusted.emit(self.chosen, *self.selection)
        elif dragged == "text" and self.anchor == self.caret:
            self.click(self._content(event))
        self.viewport().update()

    def click(self, point: QPointF) -> None:
        """Choose the passage or the area at a point, the shortest of several."""
        for mark in self.marks.between(*self.visible_span()):
            if mark.is_area and any(box.contains(point) for box in self.area_boxes(mark)):
                self.choose(mark.row)
                return
        found = self.marks.at(self.hit(point))
        self.choose(found[0].row if found else None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word."""
        if self.text:
            self.select(*word_at(self.text, self.hit(self._content(event))), show=False)

    # -- keys and scrolling

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, select and act by key."""
        pressed = canvas_keys.pressed if self.codes else reading_keys.pressed
        if not pressed(self, event):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.asked.emit("zoom in" if event.angleDelta().y() > 0 else "zoom out")
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew; what was on top stays there."""
        super().resizeEvent(event)
        self.lay_out()
