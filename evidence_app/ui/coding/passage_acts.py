"""Acts on the selected passage: code, uncode, quote, memo, important, adjust."""

from PySide6.QtCore import QObject, QPoint, Signal

from evidence_app.domain.coding import Anchor, MemoKind, PlacedCode, Quotation, Rectangle
from evidence_app.domain.edit import Edit, Insert, RowOf
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import codebook, coding, documents, memos, quoting
from evidence_app.services.coding.anchoring import anchor_of, area_of
from evidence_app.services.coding.coding import Passage, in_vivo_name
from evidence_app.services.coding.quoting import Said
from evidence_app.services.coding.similar_codes import similar_code
from evidence_app.ui.coding.desk import Desk
from evidence_app.ui.coding.memos_page import MemoDialog
from evidence_app.ui.coding.picker import Picker
from evidence_app.ui.pages.page_canvas import PageCanvas


class PassageActs(QObject):
    """What keys and buttons do to the passage."""

    given = Signal(object, object)
    """A passage is given a code, which is about to be written."""
    quoted = Signal(str)
    """An area of this identity is about to be quoted: it is to be chosen, so that it can be coded at once."""

    def __init__(self, desk: Desk, picker: Picker, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._picker = desk, picker
        self._awaits: frozenset[int] | None = None
        self._waiting: list[Passage] = []
        self._made_at: Anchor | None = None
        desk.project.refused.connect(self._give_up)
        picker.picked.connect(self.give)
        picker.new_asked.connect(self.give_new)
        picker.vivo_asked.connect(self.vivo)

    # -- the picker

    def pick(self, typed: str = "") -> None:
        """Open the picker under the selection."""
        desk, canvas = self._desk, self._desk.canvas
        try:
            passage = desk.passage()
        except EvidenceError as error:
            desk.tell(error)
            return
        assert canvas is not None
        place = canvas.place_of(passage.anchor.end or 0)
        if passage.anchor.is_area and canvas.chosen is not None and (mark := canvas.marks.of(canvas.chosen)):
            boxes = canvas.area_boxes(mark)
            place = boxes[0] if boxes else place
        top, left = canvas.verticalScrollBar().value(), canvas.horizontalScrollBar().value()
        at = QPoint(int(place.left()) - left - 40, int(place.bottom()) - top)
        self._picker.open(desk.book, desk.recent, self._picker.from_canvas(canvas, at), typed)

    # -- coding

    def give(self, placed: PlacedCode) -> None:
        """Give a code to the passage."""
        desk = self._desk
        try:
            passage = desk.passage()
        except EvidenceError as error:
            desk.tell(error)
            return
        desk.use(placed.code.id)
        self._give_to(passage, placed)
        self._back()

    def _give_to(self, passage: Passage, placed: PlacedCode) -> None:
        desk = self._desk
        edit = coding.code_passage(passage, [placed.code], desk.held(passage.quotation), desk.coder)
        if edit:
            self.given.emit(passage, placed)
            desk.do(edit)

    def give_row(self, row: object) -> None:
        """Give the code of this id."""
        placed = self._desk.book.placed(row) if isinstance(row, int) else None
        if placed is not None:
            self.give(placed)

    def give_recent(self, number: int) -> None:
        """Give the recent code with this number; 1 is the last one given."""
        recent = self._desk.recent_codes()
        if 1 <= number <= len(recent):
            self.give(recent[number - 1])
        else:
            self._desk.context.say("No code is on this key yet. Press Enter and pick one.")

    def quick(self) -> None:
        """Give the last code again; one that is being made is given as soon as it is there."""
        if self._awaits is None:
            self.give_recent(1)
            return
        try:
            passage = self._desk.passage()
        except EvidenceError as error:
            self._desk.tell(error)
            return
        if passage.anchor != self._made_at:  # which is given it already
            self._waiting.append(passage)

    def new(self) -> None:
        """Ask for the name of a new code and give it."""
        try:
            self._desk.passage()
        except EvidenceError as error:
            self._desk.tell(error)
            return
        name = self._desk.context.messages.ask("New code", "Name of the new code")
        if name is not None and name.strip():
            self.give_new(name)

    def give_new(self, name: str) -> None:
        """Make a code of this name and give it, unless a nearly identical one is taken instead."""
        desk = self._desk
        if not name.strip():
            self.new()
            return
        like = similar_code(desk.book.tree, name)
        if like is not None and not self._wants_new(name, like):
            self.give(like)
            return
        try:
            passage = desk.passage()
            position = codebook.last_position(desk.book.codes, None)
            edit = coding.code_with_new(passage, name, None, position, desk.coder)
            self._awaits, self._made_at = frozenset(code.id for code in desk.book.codes), passage.anchor
            desk.project.do(edit)
        except EvidenceError as error:
            desk.tell(error)
        self._back()

    def _wants_new(self, name: str, like: PlacedCode) -> bool:
        return self._desk.context.messages.confirm(
            f"Make the new code “{name.strip()}”?",
            f"“{like.full_name}” is nearly the same. Cancel gives that one to the passage.",
            "Make the new code",
        )

    def vivo(self) -> None:
        """Make a code of the passage's own words and give it."""
        try:
            name = in_vivo_name(self._desk.passage().anchor.exact)
        except EvidenceError as error:
            self._desk.tell(error)
            return
        if name:
            self.give_new(name)

    def book_came(self) -> None:
        """Let a code that was just made be the last one used, and give it to what waits for it."""
        if self._awaits is None:
            return
        made = [code.id for code in self._desk.book.codes if code.id not in self._awaits]
        placed = self._desk.book.placed(made[-1]) if made else None
        if placed is None:
            return
        waiting, self._waiting, self._awaits = self._waiting, [], None
        self._desk.use(placed.code.id)
        for passage in waiting:
            self._give_to(passage, placed)

    def _give_up(self, _reason: object) -> None:
        self._awaits = None
        self._waiting.clear()

    def uncode(self) -> None:
        """Take a code off the passage: the last one given; a quotation without codes is removed."""
        desk, found = self._desk, self._desk.chosen()
        if found is None:
            desk.context.say("No coded passage is here. Put the caret into one, or press O.")
            return
        held = [each for each in desk.held(found) if each.person in (None, desk.book.viewer)]
        if not held:
            if not desk.held(found):
                desk.do(quoting.remove_quotations([found]))
            else:
                desk.context.say("The codes here were given by somebody else; they were left as they are.")
            return
        placed = desk.book.placed(held[-1].code)
        desk.do(coding.uncode(held[-1:], placed.code.name if placed else ""))

    # -- quoting

    def quote(self) -> None:
        """Make a quotation of the selection without a code."""
        desk = self._desk
        try:
            passage = desk.passage()
        except EvidenceError as error:
            desk.tell(error)
            return
        if passage.quotation is None:
            desk.do(quoting.quote(passage.document, passage.anchor, Said(), desk.person))
        self._back()

    def quote_area(self, rectangle: Rectangle) -> None:
        """Make a quotation of a part of a page."""
        desk = self._desk
        if desk.document is None:
            return
        try:
            edit = quoting.quote(desk.document, area_of(desk.document, rectangle), Said(), desk.person)
        except EvidenceError as error:
            desk.tell(error)
            return
        self.quoted.emit(edit.changes[0].guid if isinstance(edit.changes[0], Insert) else "")
        desk.do(edit)

    def move_area(self, row: int, rectangle: Rectangle) -> None:
        """Put a quoted area elsewhere, or give it another size."""
        desk, found = self._desk, self._desk.quotation(row)
        if found is None or desk.document is None:
            return
        try:
            desk.do(quoting.adjust(found, area_of(desk.document, rectangle)))
        except EvidenceError as error:
            desk.tell(error)

    def adjust(self, row: int, start: int, end: int) -> None:
        """Move an end of a passage."""
        desk, found = self._desk, self._desk.quotation(row)
        if found is None or desk.opened is None:
            return
        try:
            boxes = desk.canvas.rectangles(start, end) if isinstance(desk.canvas, PageCanvas) else ()
            anchor = anchor_of(desk.opened.document, desk.opened.text, start, end, boxes)
        except EvidenceError as error:
            desk.tell(error)
            return
        desk.do(quoting.adjust(found, anchor))

    def important(self) -> None:
        """Mark the passage as important, or take the mark off; one not quoted yet is quoted."""
        desk, found = self._desk, self._desk.chosen()
        if found is not None:
            desk.do(quoting.mark_important([found]))
            return
        try:
            passage = desk.passage()
        except EvidenceError as error:
            desk.tell(error)
            return
        desk.do(quoting.quote(passage.document, passage.anchor, Said(important=True), desk.person))

    def memo(self) -> None:
        """Write a memo on the passage; one not quoted yet is quoted with it, in one undo."""
        desk = self._desk
        try:
            passage = desk.passage()
        except EvidenceError as error:
            desk.tell(error)
            return
        dialog = MemoDialog(desk.context.parts, quoting.shortened(passage.anchor.exact))
        if not desk.context.messages.show(dialog):
            return
        try:
            desk.do(self._with_memo(passage, dialog.chosen_kind, dialog.words.toPlainText()))
        except EvidenceError as error:
            desk.tell(error)

    def _with_memo(self, passage: Passage, kind: MemoKind, text: str) -> Edit:
        person = self._desk.person
        if passage.quotation is not None:
            return memos.write_memo(kind, text, "quotation", passage.quotation.id, "", person)
        row = quoting.quotation_row(passage.document, passage.anchor, Said(), person)
        written = memos.write_memo(kind, text, "quotation", RowOf("quotation", row.guid), "", person)
        return Edit(written.label, (row, *written.changes))

    def place_lost(self, quotation: Quotation) -> None:
        """Say that a lost quotation stands where the selection is."""
        desk = self._desk
        if desk.document is None or quotation.document != desk.document.id or desk.canvas is None:
            desk.context.say("Open the document of the lost quotation and select where it stands.")
            return
        if not desk.canvas.has_selection:
            desk.context.say("Select where the lost quotation stands now, then place it.")
            return
        desk.do(documents.place_again(quotation, desk.passage().anchor))

    def describe(self, quotation: Quotation, said: Said) -> None:
        """Say something else of a quotation."""
        self._desk.do(quoting.describe(quotation, said))

    def _back(self) -> None:
        if self._desk.canvas is not None:
            self._desk.canvas.setFocus()
