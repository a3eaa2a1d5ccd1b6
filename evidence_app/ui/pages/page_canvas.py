"""The pages of a PDF one below the other, each with the boxes of its characters over its picture."""

from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTransform

from evidence_app.domain.coding import Document, Page, Rectangle
from evidence_app.services.coding.pdf import Box, lines_of
from evidence_app.ui.look import Look, tokens
from evidence_app.ui.pages import hues, stripes
from evidence_app.ui.pages.canvas import Canvas
from evidence_app.ui.pages.marks import Mark
from evidence_app.ui.pages.page_store import PageStore

GAP = 16
DIMMED = QColor("#CFCFD2")
"""What white paper is multiplied with on dark ground; figures keep their colours."""
MOST_ZOOM, LEAST_ZOOM = 4.0, 0.25
MOST_KNOWN = 4000
"""Stretches whose boxes are kept; a selection that grows leaves many behind."""
POINT = 4 / 3
"""Pixels to a PDF point at 100 %."""


class PageCanvas(Canvas):
    """A PDF, scrolled through without steps."""

    def __init__(self, look: Look, store: PageStore) -> None:
        super().__init__(look, "Pages of the document")
        self._store = store
        self._document: Document | None = None
        self.zoom = 0.0
        self._pages: tuple[Page, ...] = ()
        self._tops: list[float] = []
        self._widest = self._scale = 1.0
        self._page_starts: list[int] = []
        self._turned: dict[int, QTransform] = {}
        self._known: dict[tuple[int, int], tuple[Rectangle, ...]] = {}
        self._awaited: int | None = None
        store.came.connect(self._came)

    def show_document(self, document: Document, text: str) -> None:
        """Show another document, from its first page; a zoom of 0 fits the width."""
        self._document, self.text, self._pages = document, text, document.pages
        self.caret = self.anchor = 0
        self.chosen = None
        self._widest = max((page.width for page in self._pages), default=1.0)
        self._page_starts = [page.start for page in self._pages]
        self._tops.clear()
        self._known.clear()
        self._awaited = None
        self.verticalScrollBar().setValue(0)
        self.lay_out()

    def set_zoom(self, zoom: float) -> None:
        """Show the pages at this size; 0 fits the width. The middle of what is seen stays there."""
        self.zoom = zoom if zoom == 0 else min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        self.lay_out()
        self.turned.emit()

    @property
    def scale(self) -> float:
        """How many pixels a point takes."""
        return self._scale

    def _fitting(self) -> float:
        if self.zoom:
            return self.zoom * POINT
        room = self.viewport().width() - stripes.room(self) - self.look.px(2 * GAP)
        return max(room / self._widest, LEAST_ZOOM)

    @property
    def percent(self) -> int:
        """The size of the pages in percent."""
        return round(100 * self.scale / POINT)

    @property
    def page(self) -> int:
        """The page (from 1) most of what is seen belongs to."""
        return self._at_height(self.verticalScrollBar().value() + self.viewport().height() / 3) + 1

    def go_to_page(self, page: int) -> None:
        """Scroll to a page (from 1) and put the caret on it."""
        if not 1 <= page <= len(self._pages):
            return
        if self.text:
            self.caret = self.anchor = self._pages[page - 1].start
            self.selected.emit()
        self.verticalScrollBar().setValue(int(self._tops[page - 1] - self.look.px(GAP)))

    def show_position(self, position: int, *, middle: bool = False) -> None:
        """Scroll to a position; on a page that is not read yet, again once it is."""
        at = self._page_of(position) if self._pages else 0
        self._awaited = None if not self._pages or self._boxes_on(at) else position
        super().show_position(position, middle=middle)

    # -- layout

    def lay_out(self) -> None:
        """Put the pages one below the other; where their size changes, the middle of what is seen stays."""
        bar, middle, before = self.verticalScrollBar(), self._middle, self._scale
        self._scale = self._fitting()
        self._stack()
        if middle is not None and self._scale != before:
            at, within = middle
            half = self.viewport().height() / 2
            bar.setValue(round(self._tops[at] + within * self._scale / before - half))

    @property
    def _middle(self) -> tuple[int, float] | None:
        """The page in the middle of what is seen, and how far down; None at the top of the document."""
        above = self.verticalScrollBar().value()
        if not self._tops or not above:
            return None
        y = above + self.viewport().height() / 2
        at = self._at_height(y)
        return at, y - self._tops[at]

    def _stack(self) -> None:
        self._turned.clear()
        gap = float(self.look.px(GAP))
        heights = (page.height * self.scale + gap for page in self._pages)
        self._tops = list(accumulate(heights, initial=gap))[: len(self._pages) or 1]
        whole = (self._tops[-1] + self._pages[-1].height * self.scale + gap) if self._pages else 0.0
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        bar.setRange(0, max(0, int(whole - self.viewport().height())))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self.look.px(48))
        beside = self.look.px(stripes.GAP + 3 * stripes.LANE if self.codes else GAP)
        wide = self._left() + self._widest * self.scale + beside
        across.setRange(0, max(0, int(wide - self.viewport().width())))
        across.setPageStep(self.viewport().width())
        self.viewport().update()

    def _left(self) -> float:
        room = self.viewport().width() - stripes.room(self) - self._widest * self.scale
        return max(float(self.look.px(GAP)), room / 2)

    def paper_right(self) -> float:
        """Return where the widest page ends."""
        return self._left() + self._widest * self.scale

    def _at_height(self, y: float) -> int:
        return min(max(0, bisect_right(self._tops, y) - 1), max(len(self._pages) - 1, 0))

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def page_at(self, y: float) -> int:
        """Return the page (from 1) at a height of the content."""
        return self._at_height(y) + 1

    def sheet(self, page: int) -> QRectF:
        """Return where a page (from 1) lies."""
        return self._sheet(page - 1)

    def _sheet(self, at: int) -> QRectF:
        page = self._pages[at]
        left = self._left() + (self._widest - page.width) * self.scale / 2
        return QRectF(left, self._tops[at], page.width * self.scale, page.height * self.scale)

    def _to_content(self, at: int) -> QTransform:
        """Return what leads from a page's own space to the content: turned, upside down, scaled."""
        if at in self._turned:
            return self._turned[at]
        page, sheet = self._pages[at], self._sheet(at)
        wide, high = page.own_size
        turned = {
            0: QTransform(1, 0, 0, -1, 0, high), 90: QTransform(0, 1, 1, 0, 0, 0),
            180: QTransform(-1, 0, 0, 1, wide, 0), 270: QTransform(0, -1, -1, 0, high, wide),
        }[page.rotation if page.rotation in (90, 180, 270) else 0]  # fmt: skip
        moved = QTransform.fromTranslate(-page.left, -page.bottom)
        shown = QTransform(self.scale, 0, 0, self.scale, sheet.left(), sheet.top())
        self._turned[at] = found = moved * turned * shown
        return found

    # -- places

    def _boxes_on(self, at: int) -> tuple[Box | None, ...]:
        if self._document is None:
            return ()
        start, end = self._document.span_of(at + 1)
        layer = self._store.layer(at + 1, self.text[start:end])
        return layer.boxes if layer else ()

    def _page_of(self, position: int) -> int:
        return max(0, bisect_right(self._page_starts, position) - 1)

    def rectangles(self, start: int, end: int) -> tuple[Rectangle, ...]:
        """Return the boxes of a stretch in PDF points, as they are kept with a quotation."""
        held = self._known.get((start, end))
        if held is not None:
            return held
        found: list[Rectangle] = []
        complete = True
        for at in range(self._page_of(start), self._page_of(max(start, end - 1)) + 1):
            boxes, begin = self._boxes_on(at), self._page_starts[at]
            complete = complete and bool(boxes)
            found += lines_of(at + 1, boxes[max(start - begin, 0) : max(end - begin, 0)])
        if complete:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            self._known[start, end] = tuple(found)
        return tuple(found)

    def boxes(self, start: int, end: int) -> list[QRectF]:
        """Return the boxes of a stretch, line by line, on the pages that are read."""
        return [self._shown(rectangle) for rectangle in self.rectangles(start, end)]

    def _shown(self, rectangle: Rectangle) -> QRectF:
        box = QRectF(QPointF(rectangle.x0, rectangle.y0), QPointF(rectangle.x1, rectangle.y1))
        return self._to_content(rectangle.page - 1).mapRect(box)

    def area_boxes(self, mark: Mark) -> list[QRectF]:
        """Return where an area lies."""
        return [
            self._shown(each)
            for each in mark.quotation.anchor.rectangles
            if 1 <= each.page <= len(self._pages)
        ]

    def area_at(self, box: QRectF) -> Rectangle | None:
        """Return a box that was drawn, in points of the page it began on."""
        if box.width() < 4 or box.height() < 4 or not self._pages:
            return None
        at = self._at_height(box.top())
        back, invertible = self._to_content(at).inverted()
        if not invertible or not box.intersects(self._sheet(at)):
            return None
        own = back.mapRect(box.intersected(self._sheet(at)))
        return Rectangle(at + 1, own.left(), own.top(), own.right(), own.bottom())

    def place_of(self, position: int) -> QRectF:
        """Return where the caret stands; where the page is not read yet, the top of its sheet."""
        if not self._pages:
            return QRectF(0, 0, 1, 1)
        at = self._page_of(position)
        boxes = self._boxes_on(at)
        within = min(position - self._pages[at].start, len(boxes) - 1)
        for near, after in ((within, False), *((within - back, True) for back in range(1, 60))):
            box = boxes[near] if 0 <= near < len(boxes) else None
            if box is not None:
                shown = self._shown(Rectangle(at + 1, *box))
                x = shown.right() if after else shown.left()
                return QRectF(x, shown.top(), 1, shown.height())
        sheet = self._sheet(at)
        return QRectF(sheet.left() + 20 * self.scale, sheet.top() + 20 * self.scale, 1, 12 * self.scale)

    def hit(self, point: QPointF) -> int:
        """Return the position nearest to a point, on the page it lies on."""
        if self._document is None or not self._pages:
            return 0
        at = self._at_height(point.y())
        start, end = self._document.span_of(at + 1)
        back, _ = self._to_content(at).inverted()
        own = back.map(point)
        best, found = 1e18, start
        for place, box in enumerate(self._boxes_on(at)):
            if box is None:
                continue
            across = max(box[0] - own.x(), own.x() - box[2], 0.0)
            up = max(box[1] - own.y(), own.y() - box[3], 0.0)
            distance = across * across + 9 * up * up
            if distance < best:
                best = distance
                sheet = self._shown(Rectangle(at + 1, *box))
                found = start + place + (point.x() > sheet.center().x())
        return min(found, end)

    def visible_span(self) -> tuple[int, int]:
        """Return which stretch of the text is seen."""
        if self._document is None or not self._pages:
            return 0, 0
        top = self.verticalScrollBar().value()
        first, last = self._at_height(top), self._at_height(top + self.viewport().height())
        return self._pages[first].start, self._document.span_of(last + 1)[1]

    # -- painting

    def draw_paper(self, painter: QPainter, clip: QRectF) -> None:
        """Draw the pages that are seen, and ask for those around them."""
        if not self._pages:
            return
        ratio = self.devicePixelRatioF()
        first, last = self._at_height(clip.top()), self._at_height(clip.bottom())
        self._store.only(range(first - 1, last + 4))
        for at in range(first, last + 1):
            sheet = self._sheet(at)
            painter.fillRect(sheet, Qt.GlobalColor.white)
            picture = self._store.picture(at + 1, self.scale * ratio)
            if picture is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(sheet, picture)
            if self.look.dark:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
                painter.fillRect(sheet, DIMMED)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setPen(self.look.colour("line-strong"))
            painter.drawRect(sheet.adjusted(-0.5, -0.5, 0.5, 0.5))
        if last + 1 < len(self._pages):
            self._store.picture(last + 2, self.scale * ratio)
            self._boxes_on(last + 1)

    def ink(self) -> QColor:
        """Return the accent that is seen on white paper, in the dark too."""
        return QColor(tokens()["light"]["accent"])

    def tint(self, painter: QPainter, box: QRectF, mark: Mark | None) -> None:
        """Let the ground of a passage shine through the page."""
        if mark is None:
            colour = hues.multiplied(self.look.theme(0), chosen=True)
        else:
            colour = hues.multiplied(stripes.colour_of(self.look, mark), chosen=mark.row == self.chosen)
        self._multiply(painter, box, colour)
        if mark is not None and mark.is_area:
            painter.setPen(stripes.colour_of(self.look, mark))
            painter.drawRect(box)

    def tint_hit(self, painter: QPainter, box: QRectF) -> None:
        """Let what a search found shine."""
        self._multiply(painter, box, QColor("#FBEBAE"))

    def _multiply(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(box, colour)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _came(self, page: int) -> None:
        if (
            self._awaited is not None
            and self._page_of(self._awaited) == page - 1
            and self._boxes_on(page - 1)
        ):
            self.show_position(self._awaited, middle=True)
        self.viewport().update()
