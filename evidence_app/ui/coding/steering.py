"""Keys and buttons that move and change what is seen: size, pages, search, the state of the report."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from evidence_app.domain.coding import CodingState
from evidence_app.services.coding.marking import uncoded_share
from evidence_app.ui.coding.bar import CodingBar
from evidence_app.ui.coding.desk import Desk
from evidence_app.ui.coding.passage_acts import PassageActs
from evidence_app.ui.coding.shown import DocumentLine
from evidence_app.ui.pages import sizing
from evidence_app.ui.pages.page_canvas import PageCanvas
from evidence_app.ui.pages.search_hits import SearchHits
from evidence_app.ui.pages.text_canvas import TextCanvas
from evidence_app.ui.widgets.fields import SearchBox


class Steering(QObject):
    """Does what a key or a button of the bar stands for."""

    list_asked = Signal()

    def __init__(
        self, desk: Desk, bar: CodingBar, search: SearchBox, passages: PassageActs, parent: QFrame | QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._bar, self._search = desk, bar, search
        self._passages = passages
        self._hits = SearchHits(self)
        self._acts = {
            "quick": passages.quick, "new": passages.new, "vivo": passages.vivo, "memo": passages.memo,
            "important": passages.important, "uncode": passages.uncode, "pick": passages.pick,
            "search": self._search.begin, "zoom in": self.larger, "zoom out": self.smaller,
            "zoom fit": self.fit, "next hit": self.next_hit, "last hit": self.hit_before,
            "area": self.draw_areas, "list": self.list_asked.emit,
        }  # fmt: skip
        search.searched.connect(self.find)
        search.returnPressed.connect(self.next_hit)
        search.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the search goes back to the document, and what was found is no longer marked."""
        if (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape and self._desk.canvas is not None
        ):  # fmt: skip
            self._search.clear()
            self.find("")
            self._desk.canvas.setFocus()
            return True
        return super().eventFilter(watched, event)

    def act(self, name: str) -> None:
        """Do what this word stands for; `recent 3` gives the third recent code."""
        if name.startswith("recent "):
            self._passages.give_recent(int(name.partition(" ")[2]))
        elif name in self._acts:
            self._acts[name]()

    # -- size

    def larger(self) -> None:
        """Show the pages larger."""
        self._resize(sizing.STEP)

    def smaller(self) -> None:
        """Show the pages smaller."""
        self._resize(1 / sizing.STEP)

    def fit(self) -> None:
        """Fit the width of the pages, or the usual size of letters."""
        sizing.fit(self._desk.canvas)
        self.tell_page()

    def _resize(self, factor: float) -> None:
        sizing.resize(self._desk.canvas, factor)
        self.tell_page()

    def draw_areas(self) -> None:
        """Let the mouse draw areas, or select words again."""
        if self._desk.canvas is not None:
            self._desk.canvas.areas = self._bar.area.isChecked()

    # -- search

    def find(self, words: str) -> None:
        """Search the stored text."""
        if self._desk.canvas is not None:
            self._tell_hits(self._hits.find(self._desk.canvas, words))

    def next_hit(self) -> None:
        """Go to the next hit."""
        self._step(1)

    def hit_before(self) -> None:
        """Go to the hit before."""
        self._step(-1)

    def forget_hits(self) -> None:
        """Another document is open: the words stay in the search, what was found is none of its places."""
        self._hits.hits, self._hits.words = (), ""
        if self._desk.canvas is not None:
            self._desk.canvas.hits = ()
        self._tell_hits("")

    def _step(self, step: int) -> None:
        if self._desk.canvas is None:
            return
        if self._hits.words != self._search.text():
            self.find(self._search.text())
        else:
            self._tell_hits(self._hits.step(self._desk.canvas, step))

    def _tell_hits(self, told: str) -> None:
        self._bar.show_hits(told, several=len(self._hits.hits) > 1)

    # -- what the bar says

    def tell_page(self) -> None:
        """Say which page is seen, and how large."""
        canvas, bar = self._desk.canvas, self._bar
        paged = isinstance(canvas, PageCanvas)
        for tool in bar.of_pages:
            tool.setVisible(paged)
        for tool in bar.of_documents:
            tool.setVisible(canvas is not None)
        bar.show_size(sizing.percent(canvas))
        if isinstance(canvas, PageCanvas) and self._desk.document is not None:
            page, document = canvas.page, self._desk.document
            printed, place = document.printed_page(page), f"{page} of {len(document.pages)}"
            bar.page.setText(place if printed == str(page) else f"p. {printed} · {place}")
        elif isinstance(canvas, TextCanvas):
            first, last = canvas.visible_span()
            share = 100 * last // max(len(canvas.text), 1) if first else 0
            bar.page.setText(f"{min(share, 100)} %" if first else "Beginning")
        else:
            bar.page.setText("")

    def tell_state(self, lines: Sequence[DocumentLine]) -> None:
        """Say how far the open document's report is coded."""
        document = self._desk.document
        self._bar.state.setVisible(document is not None)
        line = next(
            (each for each in lines if document and each.document and each.document.id == document.id), None
        )
        self._bar.show_state(line.state if line else CodingState.NOT_STARTED, self._share_coded())

    def _share_coded(self) -> float | None:
        """Return which share of what is to be coded is coded; None where nothing is marked as to be coded."""
        marked = self._desk.marked
        if marked is None or not marked.regions:
            return None
        spans = [
            (each.anchor.start, each.anchor.end)
            for each in marked.quotations
            if each.id in marked.codings and each.anchor.start is not None and each.anchor.end is not None
        ]
        left = uncoded_share(marked.regions, spans)
        return None if left is None else 1 - left
