"""The web page of the summary with its foot: which work a citation led to, and the ways on from there."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from evidence_app.domain.reference import Reference
from evidence_app.ui.manuscript.building import Built
from evidence_app.ui.manuscript.web_page import WebPage
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.widgets.laying import across, down, framed


class WebView(QWidget):
    """Shows the exported html; a followed citation names its work below, to be opened from there."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._places: Mapping[str, int] = {}
        self._works: Mapping[int, Reference] = {}
        self._work = 0
        self.page = WebPage(context.look)
        parts = context.parts
        self.told = parts.line("", "small")
        self.opens = parts.button("Open reference", "plain", "ph.books", self.open_reference)
        self.back = parts.button("Back to the text", "plain", "ph.arrow-u-up-left", self.go_back)
        row = across(gap=8, edge=(16, 6, 12, 6))
        row.addWidget(self.told, 1)
        row.addWidget(self.opens)
        row.addWidget(self.back)
        self.foot = framed(row, "foot")
        self.foot.hide()
        column = down(gap=0)
        column.addWidget(self.page, 1)
        column.addWidget(self.foot)
        self.setLayout(column)
        self.page.led.connect(self._tell)
        self.page.returned.connect(self._returned)

    def show_page(self, built: Built) -> None:
        """Show the page that was built, and know its works by their places."""
        places, works = built.preview.places, built.contents.by_id
        self._places, self._works = places, works
        if self._work and self._work not in places.values():
            self._returned()
        self.page.show_page(built.preview.html, built.laid)

    def _tell(self, place: str) -> None:
        self._work = self._places.get(place, 0)
        work = self._works.get(self._work)
        self.told.setText(f"{work.short_label}: {work.title}" if work else "")
        self.opens.setVisible(work is not None)
        self.foot.show()

    def open_reference(self) -> None:
        """Open the work the last citation led to."""
        if self._work:
            self._context.go_to("library", Subject("reference", self._work))

    def go_back(self) -> None:
        """Go back to where the citation stands."""
        self.page.go_back()
        self.page.setFocus()

    def _returned(self) -> None:
        self._work = 0
        self.foot.hide()
