"""The exported html, shown in the window: its own words and links, nothing loaded from anywhere."""

import re
from collections.abc import Sequence
from string import Template
from typing import Any, Final

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QImage,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextBlock,
    QTextDocument,
    QTextFormat,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from evidence_app.services.resources import resource_path
from evidence_app.ui.look import Look
from evidence_app.ui.manuscript.web_markup import Laid, Room, copied, laid_out

REM: Final = 17.0
"""The plain letters of the page at 100 %, in pixels: 106.25 % of a browser's 16."""
COLUMN: Final = 43.5
BESIDE: Final = 1.25
"""The widest column, and the least room beside it, in these letters."""
AGAIN_AFTER_MS: Final = 120
_COLOUR: Final = re.compile(r"--(\w+):(#[0-9a-fA-F]{3,8})")
_USED: Final = re.compile(r"var\(--(\w+)\)")
_SIZE: Final = re.compile(r"\$\{r(\d+)\}")


def colours(*, dark: bool) -> dict[str, str]:
    """Return the colours of the exported page by name, as its own style says them."""
    style = resource_path("publishing/summary.css").read_text("utf-8")
    light, _, rest = style.partition("@media (prefers-color-scheme:dark)")
    found = dict(_COLOUR.findall(light))
    return {**found, **dict(_COLOUR.findall(rest.partition("}}")[0]))} if dark else found


def style_sheet(rem: float, named: dict[str, str], families: dict[str, str]) -> str:
    """Return the style for a text document whose plain letters have this size."""
    sheet = resource_path("publishing/summary_window.css").read_text("utf-8")
    sized = _SIZE.sub(lambda found: str(max(round(int(found[1]) * rem / 100), 1)), sheet)
    return Template(sized).substitute(named, **families)


class PageDocument(QTextDocument):
    """Gives the page the pictures it brings along, and refuses every other resource."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: list[str] = []
        self.ratio = 1.0
        self.named: dict[str, str] = {}
        self.families: list[str] = []
        self.refused: list[str] = []

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a drawing of the page, a bar, or a picture that stands in the page itself."""
        url = QUrl(name)
        if url.scheme() == "bar":
            bar = QImage(QSize(4, 4), QImage.Format.Format_RGB32)
            bar.fill(QColor(self.named["accent"]))
            return bar
        if url.scheme() == "figure" and int(url.path()) < len(self.figures):
            return self._drawn(self.figures[int(url.path())])
        if url.scheme() == "data" and kind == QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, url)
        self.refused.append(url.toString())
        return QByteArray()

    def _drawn(self, svg: str) -> QImage:
        coloured = _USED.sub(lambda found: self.named[found[1]], svg)
        coloured = re.sub(r'font-family="[^"]*"', f'font-family="{_listed(self.families)}"', coloured)
        renderer = QSvgRenderer(QByteArray(coloured.encode("utf-8")))
        image = QImage(renderer.defaultSize() * 2 * self.ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        return image


class WebPage(QTextBrowser):
    """Shows the page in a column as a browser does; its words can be selected and copied."""

    led = Signal(str)
    """A link inside the page was followed, to the place of this name."""
    returned = Signal()
    """The reader is back where the first of the links was followed."""
    zoomed = Signal(int)
    """Larger (1) or smaller (-1) is wanted."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._html = ""
        self._zoom = 100
        self._made: Laid | None = None
        self._laid: tuple[object, ...] = ()
        self._way_back: list[int] = []
        self.page = PageDocument()
        self.page.setParent(self)
        self.page.setUndoRedoEnabled(False)
        self.setDocument(self.page)
        self.setAccessibleName("The summary as a web page")
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.anchorClicked.connect(self.follow)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_AFTER_MS)
        self._again.timeout.connect(self._lay_out)
        look.changed.connect(self._lay_out)

    # -- showing

    @property
    def html(self) -> str:
        """The page as it would be written to a file."""
        return self._html

    def show_page(self, html: str, laid: Laid | None = None) -> None:
        """Show this page; the reader stays where they were. `laid` is what was laid out of it beforehand."""
        if html != self._html:
            self._html, self._made = html, laid
            self._laid = ()
            self._lay_out()

    @property
    def room(self) -> Room:
        """What the page is laid out for at present."""
        return Room(self.rem, self._column())

    def set_zoom(self, zoom: int) -> None:
        """Show the page at so many per cent."""
        self._zoom = zoom
        self._lay_out()

    @property
    def rem(self) -> float:
        """The size of its plain letters in pixels."""
        return REM * self._look.scale * self._zoom / 100

    def _column(self) -> int:
        return min(round(COLUMN * self.rem), self.viewport().width() - 2 * round(BESIDE * self.rem))

    def _lay_out(self) -> None:
        """Set the page anew where its words, column, letters or colours are others."""
        wanted = (self._html, self._column(), self.rem, self._look.dark, self.devicePixelRatioF())
        if wanted != self._laid and self._html and self._column() > 0:
            place = self._place() if not self.page.isEmpty() else None
            self._laid = wanted
            self._set()
            if place is not None:
                self._go_to(place)

    def _set(self) -> None:
        page, named = self.page, colours(dark=self._look.dark)
        body, serif = self._look.font("body"), self._look.font("body", "serif")
        page.named, page.ratio, page.families = named, self.devicePixelRatioF(), body.families()
        body.setPixelSize(round(self.rem))
        made = self._made if self._made is not None and self._made.room == self.room else None
        laid = made or laid_out(self._html, self.room)
        page.figures = laid.figures
        page.setDefaultFont(body)
        page.setDefaultTextOption(_option(2.4 * self.rem))
        families = {"sans": _listed(body.families()), "serif": _listed(serif.families())}
        page.setDefaultStyleSheet(style_sheet(self.rem, named, families))
        page.setHtml(laid.markup)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, QColor(named["ground"]))
        palette.setColor(palette.ColorRole.Text, QColor(named["ink"]))
        palette.setColor(palette.ColorRole.Link, QColor(named["accent"]))
        self.setPalette(palette)
        self._centre()

    def _centre(self) -> None:
        """Put the column in the middle of the room there is."""
        frame = self.page.rootFrame().frameFormat()
        side = max((self.viewport().width() - self._column()) / 2, 0)
        frame.setLeftMargin(side)
        frame.setRightMargin(side)
        frame.setTopMargin(2 * self.rem)
        frame.setBottomMargin(4 * self.rem)
        self.page.rootFrame().setFrameFormat(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Centre the column; where it is narrower now, set the page again a moment later."""
        super().resizeEvent(event)
        self._centre()
        self._again.start()

    # -- the place a reader is at

    @property
    def top_block(self) -> QTextBlock:
        """The first paragraph in sight."""
        layout, top = self.page.documentLayout(), self.verticalScrollBar().value()
        below = (block for block in _blocks(self.page) if layout.blockBoundingRect(block).bottom() > top)
        return next(below, self.page.lastBlock())

    def _place(self) -> tuple[str, int, float]:
        """Return the first block in sight: its words, which one it is, how far it is scrolled."""
        block = self.top_block
        top = self.page.documentLayout().blockBoundingRect(block).top()
        return block.text(), block.blockNumber(), self.verticalScrollBar().value() - top

    def _go_to(self, place: tuple[str, int, float]) -> None:
        words, number, above = place
        self.page.size()  # lays out all of it, so that the bar knows its end
        same = [block for block in _blocks(self.page) if block.text() == words]
        block = min(same, key=lambda each: abs(each.blockNumber() - number), default=None)
        block = block or self.page.findBlockByNumber(number)
        top = self.page.documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(round(top + above))

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the words chosen, as text and with their marks and links."""
        chosen = self.textCursor().selection()
        mime = QMimeData()
        mime.setText(copied(chosen.toPlainText()))
        mime.setHtml(copied(chosen.toHtml()))
        return mime

    # -- links

    def follow(self, link: QUrl) -> None:
        """Go to a place on the page; anything else is opened by the system, because the reader asked."""
        if link.hasFragment() and not link.scheme():
            self.go_to(link.fragment())
        elif link.scheme() in ("https", "http", "mailto"):
            QDesktopServices.openUrl(link)

    def go_to(self, name: str) -> None:
        """Scroll to the place of this name and mark it, as a browser marks the target of a link."""
        self._way_back.append(self.verticalScrollBar().value())
        self.scrollToAnchor(name)
        self.mark(next((block for block in _blocks(self.page) if _holds(block, name)), self.top_block))
        self.led.emit(name)

    def mark(self, block: QTextBlock | None) -> None:
        """Put a soft ground behind a paragraph; nothing is marked without one."""
        marked = []
        if block is not None:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self.textCursor()
            selection.cursor.setPosition(block.position())
            selection.cursor.setPosition(
                block.position() + block.length() - 1, selection.cursor.MoveMode.KeepAnchor
            )
            selection.format.setBackground(self._look.colour("accent-soft"))
            selection.format.setProperty(QTextFormat.Property.FullWidthSelection, False)
            marked.append(selection)
        self.setExtraSelections(marked)

    def go_back(self) -> None:
        """Go back to where the last link was followed."""
        if self._way_back:
            self.mark(None)
            self.verticalScrollBar().setValue(self._way_back.pop())
            if not self._way_back:
                self.returned.emit()

    # -- keys

    def focusNextPrevChild(self, next: bool) -> bool:
        """Let Tab leave the page: it has hundreds of links, which have keys of their own."""
        return QWidget.focusNextPrevChild(self, next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """`]` and `[` go from link to link, Backspace back; + and - zoom."""
        keys = Qt.Key
        key = event.key()
        if key in (keys.Key_BracketRight, keys.Key_BracketLeft):
            super().focusNextPrevChild(key == keys.Key_BracketRight)
        elif key == keys.Key_Backspace:
            self.go_back()
        elif key in (keys.Key_Plus, keys.Key_Equal):
            self.zoomed.emit(1)
        elif key == keys.Key_Minus:
            self.zoomed.emit(-1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom in the steps the bar has."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)


def _listed(families: Sequence[str]) -> str:
    return ",".join(f"'{family}'" for family in families)


def _option(tab: float) -> QTextOption:
    option = QTextOption()
    option.setTabStopDistance(tab)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _blocks(page: QTextDocument) -> list[QTextBlock]:
    found, block = [], page.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def _holds(block: QTextBlock, name: str) -> bool:
    pieces = block.begin()
    while not pieces.atEnd():
        if name in pieces.fragment().charFormat().anchorNames():
            return True
        pieces += 1
    return False
