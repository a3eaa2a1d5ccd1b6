"""A document that is read: its text, the caret, what is selected, its marks, and what part of it is seen.

What a place is on the screen is asked of the kind: `PageCanvas` knows the pages of a PDF, `TextCanvas` lines.
Points are those of the content, from the top of the first page or line; positions are code points."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from evidence_app.domain.coding import Rectangle
from evidence_app.domain.wrapped import one_line
from evidence_app.ui.look import Look
from evidence_app.ui.pages.marks import Mark, Marks


class DocumentView(QAbstractScrollArea):
    """What keys and stripes know of a document; how it is drawn and what the mouse does is the `Canvas`."""

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
        self._goal: float | None = None
        self.setAccessibleName(name)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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

    def move_caret_quietly(self, position: int, *, keep: bool) -> None:
        """Put the caret where the mouse is, which is seen already."""
        self.caret = position
        if not keep:
            self.anchor = position
        self._goal = None
        self._tell_selection(show=False)

    def _scrolled(self) -> None:
        self.turned.emit()
        self.viewport().update()

    def copy(self) -> None:
        """Put the selected words on the clipboard."""
        start, end = self.selection
        if start < end:
            QApplication.clipboard().setText(one_line(self.text[start:end]))
