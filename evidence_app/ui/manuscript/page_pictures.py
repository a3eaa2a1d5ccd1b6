"""The pages of the preview, one below the other, as pictures of what leaves the program."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush

AROUND: Final = 20
BETWEEN: Final = 16
KEPT: Final = 8
"""Decoded pages that are held; the others are pictures in memory, a hundredth of the size."""
A4_INCHES: Final = 8.27
POINTS: Final = 96


class PagePictures(QWidget):
    """Paints the pages that can be seen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pages: Sequence[bytes] = ()
        self._sizes: list[QSize] = []
        self._decoded: OrderedDict[int, QPixmap] = OrderedDict()
        self._scale = 1.0
        self.setAccessibleName("Pages of the summary")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.changed.connect(self.update)

    def show_pages(self, pages: Sequence[bytes], scale: float) -> None:
        """Show these pictures; a picture's pixel is `scale` of the screen's."""
        self._pages, self._scale = pages, scale
        self._decoded.clear()
        self._sizes = [_size_of(page) for page in pages]
        self._settle()

    def rescale(self, factor: float) -> None:
        """Show the same pictures larger or smaller until sharper ones come."""
        self._scale *= factor
        self._settle()

    def _settle(self) -> None:
        high = sum(int(size.height() * self._scale) + BETWEEN for size in self._sizes) + 2 * AROUND
        wide = max((int(size.width() * self._scale) for size in self._sizes), default=0) + 2 * AROUND
        self.setMinimumSize(wide, high if self._sizes else 0)
        self.update()

    @property
    def boxes(self) -> list[QRect]:
        """Where each page lies."""
        found: list[QRect] = []
        top = AROUND
        for size in self._sizes:
            wide, high = int(size.width() * self._scale), int(size.height() * self._scale)
            found.append(QRect(max((self.width() - wide) // 2, AROUND), top, wide, high))
            top += high + BETWEEN
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in sight."""
        painter = QPainter(self)
        brush = Brush(painter, self._look)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for at, box in enumerate(self.boxes):
            if box.intersects(event.rect()):
                painter.drawPixmap(box, self._picture(at))
                brush.box(box.adjusted(-1, -1, 1, 1), None, self._look.colour("line"), 2)
        painter.end()

    def _picture(self, at: int) -> QPixmap:
        picture = self._decoded.get(at)
        if picture is None:
            picture = QPixmap.fromImage(QImage.fromData(self._pages[at]))
            self._decoded[at] = picture
            if len(self._decoded) > KEPT:
                self._decoded.popitem(last=False)
        return picture


def _size_of(page: bytes) -> QSize:
    """Return the size a PNG states in its head, without decoding it."""
    return QSize(int.from_bytes(page[16:20], "big"), int.from_bytes(page[20:24], "big"))


class PageScroll(QScrollArea):
    """Scrolls the pages, and tells which one is in sight."""

    turned = Signal(int)
    """The number of the page in sight, from 1."""
    zoomed = Signal(int)
    """Larger (1) or smaller (-1) is wanted."""
    resized = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.pages = PagePictures(look)
        self.pages.setProperty("ground", "window")
        self.pages.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidgetResizable(True)
        self.setFocusProxy(self.pages)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self.pages)
        self.verticalScrollBar().valueChanged.connect(self._tell)
        self._before = 0

    @property
    def page(self) -> int:
        """The number of the page in sight."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        boxes = self.pages.boxes
        return next((at for at, box in enumerate(boxes, 1) if middle <= box.bottom() + BETWEEN), len(boxes))

    def go_to(self, page: int) -> None:
        """Scroll to the top of a page."""
        boxes = self.pages.boxes
        if boxes:
            box = boxes[min(max(page, 1), len(boxes)) - 1]
            self.verticalScrollBar().setValue(box.top() - BETWEEN)

    def show_pages(self, pages: Sequence[bytes], scale: float) -> None:
        """Show these pages; the reader stays where they were."""
        bar = self.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        self.pages.show_pages(pages, scale)
        self.pages.adjustSize()
        bar.setValue(round(share * bar.maximum()))
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages and zoom with the keys."""
        keys = Qt.Key
        page = self.page
        turns = {
            keys.Key_PageDown: page + 1,
            keys.Key_PageUp: page - 1,
            keys.Key_Home: 1,
            keys.Key_End: 10**6,
        }
        zooms = {keys.Key_Plus: 1, keys.Key_Equal: 1, keys.Key_Minus: -1}
        key = keys(event.key())
        if key in turns:
            self.go_to(turns[key])
        elif key in zooms:
            self.zoomed.emit(zooms[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that there is another width."""
        super().resizeEvent(event)
        self.resized.emit()

    def _tell(self) -> None:
        page = self.page
        if page != self._before:
            self._before = page
            self.turned.emit(page)
