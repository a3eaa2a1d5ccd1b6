"""What lies on the desk while somebody codes: the code book, the open document, its marks, who codes."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.coding import Coding, Document, PlacedCode, Quotation
from evidence_app.domain.edit import Edit, RowOf
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.anchoring import anchor_of, trimmed
from evidence_app.services.coding.coding import Coder, Passage, passage_at
from evidence_app.services.coding.pdf import OutlineEntry
from evidence_app.ui.coding.shown import CodeBook, Marked
from evidence_app.ui.pages.attaching import Attaching
from evidence_app.ui.pages.canvas import Canvas
from evidence_app.ui.pages.opened import OpenedDocument
from evidence_app.ui.pages.page_canvas import PageCanvas
from evidence_app.ui.screen import ScreenContext

RECENT = 9


class Desk(QObject):
    """The state the acts of coding work on."""

    recent_changed = Signal()

    def __init__(self, context: ScreenContext, screen: QWidget) -> None:
        super().__init__(screen)
        self.context, self.screen = context, screen
        self.project = context.project
        self.attaching = Attaching(context, screen)
        self.book = CodeBook()
        self.opened: OpenedDocument | None = None
        self.marked: Marked | None = None
        self.canvas: Canvas | None = None
        self.recent: list[int] = []
        self.outline: Sequence[OutlineEntry] = ()

    # -- who

    @property
    def guid(self) -> str:
        """The identity of who codes."""
        return self.context.person_guid

    @property
    def person(self) -> RowOf:
        """Who codes, as an edit names them."""
        return self.context.person

    @property
    def coder(self) -> Coder:
        """Who codes, and the layer their codings go into."""
        return Coder(self.person, self.book.layer.id if self.book.layer else None, self.book.viewer)

    @property
    def is_blind(self) -> bool:
        """Whether who codes does so blind."""
        return self.book.layer is not None and self.book.layer.blind

    # -- what

    @property
    def document(self) -> Document | None:
        """The open document."""
        return self.opened.document if self.opened else None

    @property
    def quotations(self) -> Sequence[Quotation]:
        """The quotations of the open document."""
        return self.marked.quotations if self.marked else ()

    def quotation(self, row: int | None) -> Quotation | None:
        """Return a quotation of the open document."""
        return next((each for each in self.quotations if each.id == row), None)

    def chosen(self) -> Quotation | None:
        """Return the passage that is chosen, or the one that is selected exactly."""
        if self.canvas is None:
            return None
        found = self.quotation(self.canvas.chosen)
        if found is not None and (found.area or not self.canvas.has_selection or self._covers(found)):
            return found
        if self.canvas.has_selection:
            span = trimmed(self.canvas.text, *self.canvas.selection)
            return next(
                (each for each in self.quotations if (each.anchor.start, each.anchor.end) == span), None
            )
        at = self.canvas.marks.at(self.canvas.caret)
        return at[0].quotation if at else None

    def _covers(self, quotation: Quotation) -> bool:
        assert self.canvas is not None
        return (quotation.anchor.start, quotation.anchor.end) == self.canvas.selection

    def passage(self) -> Passage:
        """Return what is to be coded: the selection, else the chosen passage. Raises `EvidenceError`."""
        if self.opened is None or self.canvas is None:
            raise EvidenceError("No document is open, so there is nothing to code. Open one from the list.")
        document = self.opened.document
        if self.canvas.has_selection:
            start, end = trimmed(self.opened.text, *self.canvas.selection)
            boxes = self.canvas.rectangles(start, end) if isinstance(self.canvas, PageCanvas) else ()
            anchor = anchor_of(document, self.opened.text, start, end, boxes)
            return passage_at(document, anchor, self.quotations)
        found = self.chosen()
        if found is None:
            raise EvidenceError("Nothing is selected. Select a passage with the mouse, or with Space.")
        return Passage(document, found.anchor, found)

    def held(self, quotation: Quotation | None) -> Sequence[Coding]:
        """Return the codings of a quotation."""
        return self.marked.codings.get(quotation.id, ()) if self.marked and quotation else ()

    # -- codes

    def use(self, row: int) -> None:
        """Put a code first among the recent ones."""
        self.recent = [row, *(each for each in self.recent if each != row)][:RECENT]
        self.recent_changed.emit()

    def recent_codes(self) -> list[PlacedCode]:
        """Return the recent codes that can still be given."""
        placed = {each.code.id: each for each in self.book.tree}
        return [placed[row] for row in self.recent if row in placed and placed[row].code.codable]

    def show_book(self, book: CodeBook) -> None:
        """Take over the code book; codes given earlier are the recent ones at first."""
        self.book = book
        if not self.recent:
            self.recent = list(book.recent)

    def show_outline(self, entries: Sequence[OutlineEntry]) -> None:
        """Take over the outline of the open document."""
        self.outline = entries

    # -- writing

    def do(self, edit: Edit) -> None:
        """Hand an edit to the project."""
        if edit.changes:
            self.project.do(edit)

    def tell(self, error: EvidenceError) -> None:
        """Say why something could not be done."""
        self.context.say(str(error))
