"""The canvas both kinds of documents share: caret, selection, marks, and what mouse and keys do to them.

What a place is on the screen is asked of the kind: `PageCanvas` knows the pages of a PDF, `TextCanvas` lines.
Points are those of the content, from the top of the first page or line; positions are code points."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
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
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from evidence_app.domain.coding import Rectangle
from evidence_app.ui.look import Look
from evidence_app.ui.pages import canvas_keys, hues, reading_keys, stripes
from evidence_app.ui.pages.marks import Mark, Marks
from evidence_app.ui.pages.moving import word_at

HANDLE = 5
"""Half the size of a drag handle, at 100 %."""


class Canvas(QAbstractScrollArea):
    """A document one reads, selects in and codes."""

    selected = Signal()
    """Another stretch of the text is selected, or none."""
    asked = Signal(str)
    """A key that stands for an act: quick, new, vivo, memo, important, uncode, search, pick, recent 3 …"""
    typed = Signal(str)
    """A letter that stands for no act: it begins the name of a code."""
    mark_chosen = Signal(object)
    """The quotation that was clicked or reached, or None."""
    adjusted = Signal(object, int, int)
    """A quotation whose end was dragged, with where it starts and ends now."""
    area_drawn = Signal(object)
    turned = Signal()
    """Another part of the document is seen."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.look = look
        self.text = ""
        self.caret = self.anchor = 0
        self.marks = Marks()
        self.chosen: int | None = None
        self.hits: Sequence[tuple[int, int]] = ()
        self.regions: Sequence[tuple[int, int]] = ()
        self.areas = False
        self.codes = True
        """Whether passages are coded here; else it is only read, and the letters are the screen's."""
        self._dragging = ""
        self._area_from: QPointF | None = None
        self.area: QRectF | None = None
        """An area that is being drawn."""
        self._goal: float | None = None
        self.setAccessibleName(name)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        look.changed.connect(self.lay_out)

    # -- what the kind of document knows

    def lay_out(self) -> None:
        """Find anew where everything stands: the window, the zoom or the look has changed."""
        raise NotImplementedError

    def boxes(self, start: int, end: int) -> list[QRectF]:
        """Return the boxes of a stretch of the text, line by line, as far as they are known."""
        raise NotImplementedError

    def place_of(self, position: int) -> QRectF:
        """Return where the caret stands at a position; where that is not known, the top of its page."""
        raise NotImplementedError

    def hit(self, point: QPointF) -> int:
        """Return the position nearest to a point."""
        raise NotImplementedError

    def area_boxes(self, _mark: Mark) -> list[QRectF]:
        """Return the boxes of an area."""
        return []

    def area_at(self, _box: QRectF) -> Rectangle | None:
        """Return a box that was drawn as an area of its page; None where it lies on none."""
        return None

    def visible_span(self) -> tuple[int, int]:
        """Return which stretch of the text is seen."""
        raise NotImplementedError

    def paper_right(self) -> float:
        """Return where the paper ends and the stripes begin."""
        raise NotImplementedError

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

    # -- what is shown

    def show_marks(self, marks: Marks) -> None:
        """Show these marks; what was chosen stays so where it is still there."""
        self.marks = marks
        if self.chosen is not None and marks.of(self.chosen) is None:
            self.choose(None)
        self.viewport().update()

    def choose(self, quotation: int | None) -> None:
        """Choose a quotation, or none."""
        if quotation != self.chosen:
            self.chosen = quotation
            self.mark_chosen.emit(quotation)
            self.viewport().update()

    @property
    def selection(self) -> tuple[int, int]:
        """Where the selection starts and ends; both alike where nothing is selected."""
        return min(self.anchor, self.caret), max(self.anchor, self.caret)

    @property
    def has_selection(self) -> bool:
        """Whether some words are selected."""
        start, end = self.selection
        return bool(self.text[start:end].strip())

    def select(self, start: int, end: int, *, show: bool = True) -> None:
        """Select a stretch; the caret stands at its end."""
        self.anchor, self.caret = start, end
        self._goal = None
        self._tell_selection(show=show)

    def move_caret(self, position: int, *, keep: bool, goal: float | None = None) -> None:
        """Put the caret somewhere; `keep` leaves the other end of the selection where it is."""
        self.caret = min(max(position, 0), len(self.text))
        if not keep:
            self.anchor = self.caret
        self._goal = goal
        self._tell_selection(show=True)

    def _tell_selection(self, *, show: bool) -> None:
        if show:
            self.show_position(self.caret)
        if self.chosen is not None and (mark := self.marks.of(self.chosen)) is not None:
            start, end = self.selection
            if not mark.is_area and not (start < mark.end and mark.start <= end):
                self.choose(None)
        self.selected.emit()
        self.viewport().update()

    def show_position(self, position: int, *, middle: bool = False) -> None:
        """Scroll so that a position is seen."""
        place = self.place_of(position)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        edge = self.look.px(48)
        across, width = self.horizontalScrollBar(), self.viewport().width()
        if place.left() < across.value() or place.left() > across.value() + width - edge:
            across.setValue(int(place.left() - width / 2))
        if middle or place.top() - edge < bar.value() - height or place.bottom() > bar.value() + 2 * height:
            bar.setValue(int(place.top() - height / 3))
        elif place.bottom() + edge > bar.value() + height:
            bar.setValue(int(place.bottom() + edge - height))
        elif place.top() - edge < bar.value():
            bar.setValue(int(place.top() - edge))

    def goal(self) -> float:
        """Return where up and down aim at, across the page."""
        return self.place_of(self.caret).center().x() if self._goal is None else self._goal

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

    def move_caret_quietly(self, position: int, *, keep: bool) -> None:
        """Put the caret where the mouse is, which is seen already."""
        self.caret = position
        if not keep:
            self.anchor = position
        self._goal = None
        self._tell_selection(show=False)

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

    def _scrolled(self) -> None:
        self.turned.emit()
        self.viewport().update()

    def copy(self) -> None:
        """Put the selected words on the clipboard."""
        start, end = self.selection
        if start < end:
            QApplication.clipboard().setText(" ".join(self.text[start:end].split()))
