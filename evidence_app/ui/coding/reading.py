"""The middle of the screen: the open document in its canvas, opened, marked and scrolled to a place."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QStackedLayout, QTextEdit, QWidget

from evidence_app.domain.coding import PlacedCode, Quotation
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.coding import Passage
from evidence_app.ui.coding.desk import Desk
from evidence_app.ui.coding.marks import Drawn, drawn
from evidence_app.ui.coding.shown import DocumentLine
from evidence_app.ui.pages.canvas import Canvas
from evidence_app.ui.pages.marks import LANES, Mark, Stripe
from evidence_app.ui.pages.opened import OpenedDocument, opened_document
from evidence_app.ui.pages.page_canvas import PageCanvas
from evidence_app.ui.pages.page_store import PageStore
from evidence_app.ui.pages.text_canvas import TextCanvas
from evidence_app.ui.widgets.laying import down

LAST, PLACE = "coding.document", "coding.place"
NOT_YET = -1
"""Stands for the row of what is being written."""


class ReadingPart(QWidget):
    """Pages or text, with a line above them where something is to be said of the document."""

    opened = Signal()
    """Another document is open, or none."""
    marks_came = Signal()
    """What is quoted, coded and marked in the document is known anew."""

    def __init__(self, desk: Desk, attach: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        parts, look = desk.context.parts, desk.context.look
        self.store = PageStore(desk.context.lanes, self)
        self.pages = PageCanvas(look, self.store)
        self.words = TextCanvas(look)
        self._wanted: tuple[int, int] | None = None
        self._span: tuple[int, ...] = ()
        self._chosen_next = ""
        self.was_asked = False
        """Whether a document was asked for: the one read last does not take its place."""
        self._places: dict[str, int] = {}
        kept = desk.context.settings.now.kept.get(PLACE, "").split()
        if len(kept) == 2 and kept[1].isdecimal():
            self._places[kept[0]] = int(kept[1])
        self._empty = parts.empty(
            "ph.book-open", "Choose a report in the list, and attach its full text to read and code it.",
            "Attach a document", attach, "You can also drop a file here.",
        )  # fmt: skip
        self._banner = parts.banner("ph.info", "maybe", "", "Bring in", self._bring_in)
        self._banner.hide()
        desk.attaching.offers_changed.connect(self._tell_news)
        ground = QWidget()
        self._stack = QStackedLayout(ground)
        for part in (self._empty, self.pages, self.words):
            self._stack.addWidget(part)
        column = down(self._banner, gap=0)
        column.addWidget(ground, 1)
        self.setLayout(column)
        self.store.failed.connect(self._pdf_failed)

    @property
    def canvases(self) -> tuple[Canvas, ...]:
        """Both canvases."""
        return self.pages, self.words

    # -- opening

    def open(self, document: int, span: Sequence[int] = ()) -> None:
        """Open a document, unless it is open; a passage of it is selected and brought into sight."""
        desk, self._span, self.was_asked = self._desk, tuple(span), True
        if desk.document is not None and desk.document.id == document:
            self._show_span()
        else:
            self.keep_place()
            desk.project.read(
                partial(opened_document, row=document), self._show_document, latest="coding.open"
            )

    def _show_document(self, opened: OpenedDocument | None) -> None:
        if opened is None:
            return
        desk, document = self._desk, opened.document
        paged = document.is_pdf and opened.file is not None
        desk.opened, desk.marked = opened, None
        desk.canvas = self.pages if paged else self.words
        self.store.open(opened.file if paged else None)
        if paged:
            self.pages.show_document(document, opened.text)
        else:
            self.words.show_text(opened.text)
        self._stack.setCurrentWidget(desk.canvas)
        if 0 < (place := self._places.get(document.guid, 0)) < len(opened.text):
            desk.canvas.move_caret(place, keep=False)
            desk.canvas.show_position(place, middle=True)
        self._show_span()
        self._tell_kind(opened)
        desk.context.settings.keep(LAST, document.guid)
        self.read_marks()
        self.opened.emit()
        held = QApplication.focusWidget() or self.window().focusWidget()
        types = isinstance(held, QLineEdit | QPlainTextEdit | QTextEdit)
        if held is None or (self._desk.screen.isAncestorOf(held) and not types):
            desk.canvas.setFocus()  # not while somebody types elsewhere: the palette, a dialog, a search

    def _show_span(self) -> None:
        """Select the passage that was asked for: from its first letter to its last, or the place alone."""
        canvas, span, self._span = self._desk.canvas, self._span, ()
        if canvas is not None and len(span) == 2:
            canvas.move_caret(span[0], keep=False)
            canvas.move_caret(span[1], keep=True)
            canvas.show_position(span[0], middle=True)

    def go_on(self, lines: Sequence[DocumentLine]) -> None:
        """The open document is gone, by undo perhaps: open what its report has instead, or nothing."""
        gone = self._desk.document
        found = [each.document for each in lines if gone and each.report.reference == gone.reference]
        self.close_document()
        if (again := next((each for each in found if each is not None), None)) is not None:
            self.open(again.id)

    def keep_place(self) -> None:
        """Remember where one is in the open document: it is opened there again, tomorrow too."""
        document, canvas = self._desk.document, self._desk.canvas
        if document is not None and canvas is not None:
            self._places[document.guid] = canvas.caret
            self._desk.context.settings.keep(PLACE, f"{document.guid} {canvas.caret}")

    def _tell_news(self) -> None:
        if self._desk.opened is not None:
            self._tell_kind(self._desk.opened)

    def _bring_in(self) -> None:
        if self._desk.document is not None:
            self._desk.attaching.bring_in(self._desk.document.reference)

    def _tell_kind(self, opened: OpenedDocument) -> None:
        offer = self._desk.attaching.offer_of(opened.document.reference) if opened.file is not None else ""
        told = ""
        if opened.document.is_pdf and opened.file is None:
            told = "The PDF is not beside the project, so its words are shown. Quotations keep their pages."
        elif opened.document.is_pdf and not opened.document.has_text:
            told = "This PDF is a scan without text. Drag over a page to quote an area of it."
        self._banner.label.setText(offer or told)
        self._banner.button.setVisible(bool(offer))
        self._banner.setVisible(bool(offer or told))

    def close_document(self) -> None:
        """Show that no document is open."""
        desk = self._desk
        desk.opened = desk.marked = desk.canvas = None
        self.store.open(None)
        self._stack.setCurrentWidget(self._empty)
        self._banner.hide()
        self.opened.emit()

    def _pdf_failed(self, error: object) -> None:
        words = str(error) if isinstance(error, EvidenceError) else "A page of this PDF could not be drawn."
        self._desk.context.say(words)

    # -- marks

    def read_marks(self) -> None:
        """Read what is marked in the open document; of what is known already, only what changed."""
        desk = self._desk
        if desk.document is not None:
            question = partial(
                drawn, document=desk.document, guid=desk.guid, known=desk.marked, book=desk.book
            )
            desk.project.read(question, self._show_drawn, latest="coding.marks")

    def show_as_it_is(self, _reason: object) -> None:
        """Take back what was shown before it was written, and was refused."""
        self.read_marks()

    def _show_drawn(self, found: Drawn) -> None:
        document, canvas = self._desk.document, self._desk.canvas
        if document is None or canvas is None or found.marked.document != document.id:
            return
        self._desk.marked = found.marked
        canvas.regions = [(each.start, each.end) for each in found.marked.regions]
        canvas.show_marks(found.marks)
        for quotation in found.marked.quotations if self._chosen_next else ():
            if quotation.guid == self._chosen_next:
                self._chosen_next = ""
                canvas.move_caret_quietly(canvas.caret, keep=False)
                canvas.choose(quotation.id)
        if self._wanted is not None and self._wanted[0] == document.id:
            wanted, self._wanted = self._wanted[1], None
            self._show_in_canvas(wanted)
        self.marks_came.emit()

    def choose_next(self, guid: str) -> None:
        """Choose the quotation of this identity as soon as it is there."""
        self._chosen_next = guid

    def show_at_once(self, passage: Passage, placed: PlacedCode) -> None:
        """Show a code that is being given before it is written: the marks are read again after that."""
        canvas, start, end = self._desk.canvas, passage.anchor.start, passage.anchor.end
        if canvas is None or start is None or end is None:
            return
        quotation = passage.quotation or Quotation(
            id=NOT_YET, guid="", document=passage.document.id, anchor=passage.anchor
        )
        held = canvas.marks.of(quotation.id)
        hue = self._desk.book.hues.get(placed.code.id)
        stripes = held.stripes if held else ()
        lane = max((stripe.lane for stripe in stripes), default=-1) + 1
        stripe = Stripe(NOT_YET, placed.code.id, placed.code.name, hue, min(lane, LANES - 1))
        canvas.show_marks(canvas.marks.with_one(Mark(quotation, start, end, (*stripes, stripe))))

    def show_quotation(self, document: int, row: int) -> None:
        """Show a quotation at its place, in whichever document it is."""
        if self._desk.document is not None and self._desk.document.id == document:
            self._show_in_canvas(row)
        else:
            self._wanted = (document, row)
            self.open(document)

    def _show_in_canvas(self, row: int) -> None:
        canvas = self._desk.canvas
        mark = canvas.marks.of(row) if canvas is not None else None
        if canvas is None:
            return
        if mark is None:
            self._desk.context.say("This quotation could not be placed in the present text of its document.")
            return
        canvas.anchor = canvas.caret = mark.start
        canvas.choose(mark.row)
        canvas.show_position(mark.start, middle=True)
