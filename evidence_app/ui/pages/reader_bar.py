"""The bar above a full text that is read: which one, pages or words, page, size, search, file."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.fields import SearchBox
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.sizes import Sizes

SEARCH = 170


class TextSearch(SearchBox):
    """Words searched in a text: Enter goes on from hit to hit, Esc returns to the text."""

    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Search this text", "Search this text", SEARCH)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back to the text on Esc, and nothing is marked in it any more."""
        if (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):  # fmt: skip
            self.clear()
            self.search_now()
            self.left.emit()
            return True
        return super().eventFilter(watched, event)


class ReaderBar(QWidget):
    """The bar. It tells what is asked; the reader does it. What has no room goes into a second line."""

    acted = Signal(str)
    """zoom in, zoom out, zoom fit, open, attach."""
    turned = Signal(object)
    """Pages are to be shown, or words."""
    documents_asked = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.documents = parts.button("Other texts", "filter", "ph.files")
        self.documents.clicked.connect(self.documents_asked)
        self.kinds = parts.segments("Show", (("pages", "Pages"), ("words", "Text")))
        self.kinds.chosen.connect(self.turned)
        self.page = parts.label("", "small", "text-2")
        self.sizes = Sizes(parts)
        self.sizes.asked.connect(self.acted)
        self.search = TextSearch(parts.look)
        self.hits = parts.label("", "small", "accent")
        self.hits.hide()
        self.open = parts.tool("ph.arrow-square-out", "Open the file in its own program", self._open)
        self.attach = parts.tool("ph.paperclip", "Attach another full text…", self._attach)
        self._paged = QWidget()
        self._paged.setLayout(across(self.page, 4, self.sizes, gap=0))
        files = QWidget()
        files.setLayout(across(self.open, self.attach, gap=0))
        flow = FlowLayout(self, gap=6)
        for part in (self.kinds, self.documents, self._paged, self.search, self.hits, files):
            flow.addWidget(part)

    def show_state(self, *, document: str, several: int, both: bool, text: bool, files: bool) -> None:
        """Offer what this text has: pages and words, other documents, something to search, a file."""
        self.documents.setVisible(several > 1)
        self.documents.rename(f"{several} texts")
        self.documents.setToolTip(document)
        self.kinds.setVisible(both)
        self._paged.setVisible(bool(document))
        self.search.setVisible(text)
        self.hits.setVisible(text and bool(self.hits.text()))
        self.open.setVisible(files)

    def show_page(self, page: int, pages: int, percent: int) -> None:
        """Say which page is seen, and how large; a text without pages has none."""
        self.page.setText(f"{page} of {pages}" if pages else "")
        self.sizes.show_size(percent)

    def show_hits(self, told: str) -> None:
        """Say which hit of how many is shown."""
        self.hits.setText(told)
        self.hits.setVisible(bool(told))

    def _open(self) -> None:
        self.acted.emit("open")

    def _attach(self) -> None:
        self.acted.emit("attach")
