"""The Coding screen: documents, pages with their passages, the code book, quotations and memos."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QStackedLayout, QWidget

from evidence_app.domain.coding import Memo, RegionKind
from evidence_app.domain.edit import counted
from evidence_app.services.coding.full_texts import KINDS
from evidence_app.ui.actions import Handler
from evidence_app.ui.coding.bar import CodingBar
from evidence_app.ui.coding.book_acts import BookActs
from evidence_app.ui.coding.codes_page import CodesPage
from evidence_app.ui.coding.commands import COMMANDS
from evidence_app.ui.coding.comparing import Comparing
from evidence_app.ui.coding.desk import Desk
from evidence_app.ui.coding.document_acts import DocumentActs
from evidence_app.ui.coding.document_list import DocumentList
from evidence_app.ui.coding.exchange_acts import CodingExchange
from evidence_app.ui.coding.finding import Finding
from evidence_app.ui.coding.framing import Framing
from evidence_app.ui.coding.memos_page import MemosPage
from evidence_app.ui.coding.passage_acts import PassageActs
from evidence_app.ui.coding.passage_menu import PassageMenu
from evidence_app.ui.coding.phrases import Phrases
from evidence_app.ui.coding.picker import Picker
from evidence_app.ui.coding.quotations_page import QuotationsPage
from evidence_app.ui.coding.reading import LAST, ReadingPart
from evidence_app.ui.coding.shown import (
    OF_BOOK,
    OF_LIST,
    OF_PAGE,
    CodeBook,
    DocumentLine,
    code_book,
    document_lines,
)
from evidence_app.ui.coding.steering import Steering
from evidence_app.ui.pages.canvas_keys import TOLD
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.widgets.laying import across, down, framed

ROOMY = 1500
"""Screens narrower than this hide the list of documents while one is read."""
CODES, QUOTATIONS, MEMOS = range(3)


class CodingScreen(CodingExchange):
    """Read the full texts, quote and code them with the keyboard."""

    ACTIONS = COMMANDS

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        parts = self.parts
        self._lines: Sequence[DocumentLine] = ()
        self._newest = False
        self.desk = Desk(context, self)
        self.reading = ReadingPart(self.desk, self.attach_document)
        self.picker = Picker(parts, self)
        self.bar = CodingBar(parts)
        self.list = DocumentList(self.look)
        self.codes, self.found, self.memos = CodesPage(parts), QuotationsPage(parts), MemosPage(parts)
        self.passages = PassageActs(self.desk, self.picker, self)
        self.book_acts = BookActs(self.desk, self.codes, self.found, self)
        self.documents = DocumentActs(self.desk, self)
        self.phrases = Phrases(self.desk, self)
        self.menu = PassageMenu(self.desk, self.passages, self.documents, self.reading.canvases)
        self.finding = Finding(self.desk, self.found, self.memos, self)
        self._search = parts.search("Search this document", "Search this document", 200)
        self.steering = Steering(self.desk, self.bar, self._search, self.passages, self)
        self.comparing = Comparing(self.desk, self)
        self._compare = parts.button("Compare coders", "plain", "", self.compare_coders)
        self._attach = parts.button("Attach", "plain", "ph.paperclip", self.attach_document)
        self._quote = parts.button("Quote", "primary", "ph.quotes", self.passages.quote)
        self._lay()
        self._connect()
        self.steering.tell_page()

    def _lay(self) -> None:
        side = down(gap=0)
        side.addWidget(self.list, 1)
        self._side = framed(side, "side", width=self.look.px(216))
        self._tabs = self.parts.tabs("Codes, quotations, memos", ("Codes", "Quotations", "Memos"))
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        for page in (self.codes, self.found, self.memos):
            self._pages.addWidget(page)
        form = down(gap=0, edge=(12, 10, 12, 8))
        form.addWidget(pages, 1)
        head = across(self._tabs, gap=0, edge=(10, 8, 10, 0))
        inspector = self.parts.inspector(head, form)
        bar = across(gap=0)
        bar.addWidget(self.bar, 1)
        told = self.parts.line(TOLD, "caption", "text-3")
        self.framing = Framing(self.desk, self.reading.canvases, self.passages, told, self)
        foot = framed(across(told, edge=(14, 4, 14, 4)), "foot")
        self.lay_out(self.reading, bar=bar, side=self._side, inspector=inspector, foot=foot)

    def _connect(self) -> None:
        for canvas in self.reading.canvases:
            canvas.asked.connect(self.steering.act)
            canvas.typed.connect(self.passages.pick)
            canvas.adjusted.connect(self.passages.adjust)
            canvas.area_drawn.connect(self.passages.quote_area)
            canvas.turned.connect(self.steering.tell_page)
            canvas.mark_chosen.connect(self._mark_chosen)
        self.reading.store.outlined.connect(self.bar.show_entries)
        self.reading.opened.connect(self._opened)
        self.reading.marks_came.connect(self._tell_state)
        self.bar.acted.connect(self.steering.act)
        self.steering.list_asked.connect(self.show_list)
        self.bar.page_asked.connect(self.reading.pages.go_to_page)
        self.bar.state_asked.connect(self.documents.set_state)
        self.bar.recent.picked.connect(self.passages.give_recent)
        self.list.opened.connect(self._open_row)
        self.list.clicked.connect(self._open_current)
        self.codes.tree.entered.connect(self.passages.give_row)
        self.desk.recent_changed.connect(self._show_recent)
        self.passages.given.connect(self.reading.show_at_once)
        self.passages.quoted.connect(self.reading.choose_next)
        self.reading.store.outlined.connect(self.desk.show_outline)
        self.project.refused.connect(self.reading.show_as_it_is)
        self.book_acts.quotations_asked.connect(self._show_query)
        self.finding.place_asked.connect(self._show_quotation)
        self.finding.lost_placed.connect(self.passages.place_lost)
        self.comparing.place_asked.connect(self._show_quotation)
        self.memos.new_asked.connect(self.book_acts.new_memo)
        self.memos.opened.connect(self.book_acts.change_memo)
        self.memos.placed.connect(self._show_memo)
        self.found.described.connect(self.passages.describe)
        self.documents.attached.connect(self._open_newest)
        self.documents.replaced.connect(self._show_replaced)
        self.picker.closed.connect(self.take_focus)
        self._tabs.currentChanged.connect(self._show_tab)
        self._search.left_down.connect(self.take_focus)

    # -- what the window asks

    def title(self) -> str:
        """Return the report that is open."""
        return self.desk.opened.label if self.desk.opened else "Coding"

    def detail(self) -> str:
        """Return the document's name, or how much there is to code."""
        if self.desk.opened is not None:
            return self.desk.opened.document.name + " · you code blind" * self.desk.is_blind
        held = counted(sum(line.document is not None for line in self._lines), "document")
        return f"{held} of {counted(len({line.report.reference for line in self._lines}), 'report')}"

    def header_parts(self) -> Sequence[QWidget]:
        """Return the search and the acts."""
        return [self._search, self._compare, self._attach, self._quote]

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here."""
        return {"find": self._search.begin, "export": self.finding.export, "add": self.attach_document,
                "copy_citation": self.finding.copy}  # fmt: skip

    def arrange(self, *, slim: bool) -> None:
        """Give up room where the window is narrow."""
        self._search.narrow(130 if slim else 200)
        self._compare.setVisible(not slim)

    def leave(self) -> None:
        """Close the picker: another screen comes, or the end."""
        self.picker.hide()
        self.reading.keep_place()

    def take_focus(self) -> None:
        """Give the keyboard to the document, or to the list."""
        (self.desk.canvas or self.list).setFocus()

    def show_place(self, subject: Subject) -> None:
        """Show a quotation, a document or a passage of it, a report or a code."""
        if subject.kind == "quotation":
            self._show_quotation(subject.row)
        elif subject.kind in ("document", "passage"):
            self.reading.open(subject.row, subject.ids)
        elif subject.kind == "code":
            self.codes.tree.choose([subject.row], subject.row)
        elif subject.kind == "reference":
            for line in self._lines:
                if line.report.reference == subject.row and line.document is not None:
                    self.reading.open(line.document.id)
                    return

    def takes(self, mime: QMimeData) -> bool:
        """Return whether a file that can be a document is dragged here."""
        return any(Path(url.toLocalFile()).suffix.lower() in KINDS for url in mime.urls())

    def take(self, mime: QMimeData) -> None:
        """Attach the file that was dropped to the chosen report."""
        self.documents.take([Path(url.toLocalFile()) for url in mime.urls()], self.list.chosen_line())

    # -- reading

    def reload(self, tables: frozenset[str]) -> None:
        """Read again what changed."""
        if not tables or tables & OF_LIST:
            self.project.read(
                partial(document_lines, guid=self.desk.guid), self._show_list, latest="coding.list"
            )
        if not tables or tables & OF_BOOK:
            self.project.read(partial(code_book, guid=self.desk.guid), self._show_book, latest="coding.book")
        if not tables or tables & OF_PAGE:
            self.reading.read_marks()
        self.finding.reload(tables)

    def _show_list(self, lines: Sequence[DocumentLine]) -> None:
        first, self._lines = not self._lines, lines
        self.list.show_lines(lines)
        held = {line.document.id for line in lines if line.document}
        if self._newest and held:
            self._newest = False
            self.reading.open(max(held))
        elif self.desk.document is not None and self.desk.document.id not in held:
            self.reading.go_on(lines)
        elif first and self.desk.opened is None and not self.reading.was_asked:
            kept = self.context.settings.now.kept.get(LAST, "")
            match = [line for line in lines if line.document and line.document.guid == kept]
            if match and match[0].document:
                self.reading.open(match[0].document.id)
        self._tell_state()
        self.headed.emit()

    def _tell_state(self) -> None:
        self.steering.tell_state(self._lines)

    def _show_book(self, book: CodeBook) -> None:
        before = self.desk.book
        self.desk.show_book(book)
        self.passages.book_came()
        self.codes.show_book(book)
        self._show_recent()
        self.headed.emit()
        if (book.tree, book.hues) != (before.tree, before.hues):
            self.reading.read_marks()

    def _show_recent(self) -> None:
        self.bar.recent.show_codes(self.desk.recent_codes(), self.desk.book.hues)

    # -- showing places

    def _open_row(self, row: object) -> None:
        line = self.list.line(row)
        if line is not None and line.document is not None:
            self.reading.open(line.document.id)
        elif line is not None:
            self.documents.attach(line)

    def _open_current(self) -> None:
        line = self.list.chosen_line()
        if line is not None and line.document is not None:
            self.reading.open(line.document.id)

    def _open_newest(self) -> None:
        self._newest = True
        self.project.read(partial(document_lines, guid=self.desk.guid), self._show_list, latest="coding.list")

    def _show_replaced(self, nearest: object, lost: int) -> None:
        """Go on reading where one was in the version before; what was lost is listed beside it."""
        if isinstance(nearest, int):
            self._show_quotation(nearest)
        if lost:
            self._show_query("state:lost")

    def _opened(self) -> None:
        document = self.desk.document
        if document is not None:
            self.list.choose_document(document.id)
            if self.width() < self.look.px(ROOMY):
                self._side.hide()
        else:
            self._side.show()
        self.steering.forget_hits()
        self.steering.tell_page()
        self._tell_state()
        self.headed.emit()

    def _show_quotation(self, row: int) -> None:
        document = self.finding.document_of(row)
        if document is not None:
            self.reading.show_quotation(document, row)

    def _show_memo(self, memo: Memo) -> None:
        if memo.subject == "quotation" and memo.row is not None:
            self._show_quotation(memo.row)
        elif memo.subject == "code" and memo.row is not None:
            self._tabs.setCurrentIndex(CODES)
            self.codes.tree.choose([memo.row], memo.row)
        elif memo.subject == "document" and memo.row is not None:
            self.reading.open(memo.row)

    def _show_query(self, query: str) -> None:
        self._tabs.setCurrentIndex(QUOTATIONS)
        self.found.ask(query)

    def _show_tab(self, place: int) -> None:
        self._pages.setCurrentIndex(place)
        self.finding.show(("codes", "quotations", "memos")[place])

    def _mark_chosen(self, row: object) -> None:
        if row is not None and self._pages.currentIndex() == QUOTATIONS and isinstance(row, int):
            self.found.table.select(row)

    # -- commands

    def attach_document(self) -> None:
        """Attach a file to the chosen report."""
        self.documents.attach(self.list.chosen_line())

    def paste_document(self) -> None:
        """Make a document of the text on the clipboard."""
        self.documents.paste(self.list.chosen_line())

    def replace_document(self) -> None:
        """Put a newer version in the place of the open document."""
        self.documents.replace()

    def take_off_document(self) -> None:
        """Take the open document off its report."""
        self.documents.take_off()

    def bring_in_highlights(self) -> None:
        """Make quotations of the highlights made in another reader."""
        self.documents.bring_in_highlights()

    def write_highlights(self) -> None:
        """Write a copy of the PDF with our quotations as highlights."""
        self.documents.write_highlights()

    def show_list(self) -> None:
        """Show or hide the list of documents."""
        self._side.setVisible(self._side.isHidden())
        if not self._side.isHidden():
            self.list.setFocus()

    def next_document(self) -> None:
        """Open the next document of the list."""
        self._open_beside(1)

    def previous_document(self) -> None:
        """Open the document before."""
        self._open_beside(-1)

    def _open_beside(self, step: int) -> None:
        held = [line.document.id for line in self._lines if line.document]
        if held:
            now = self.desk.document
            at = held.index(now.id) + step if now is not None and now.id in held else 0
            self.reading.open(held[at % len(held)])

    def adjust_passage(self) -> None:
        """Move an end of the passage, or the frame of an area, by keys."""
        self.framing.adjust()

    def frame_area(self) -> None:
        """Frame an area of the page by keys."""
        self.framing.frame()

    def mark_findings(self) -> None:
        """Mark the selection as findings."""
        self.documents.mark_region(RegionKind.FINDINGS)

    def mark_results(self) -> None:
        """Mark the selection as results."""
        self.documents.mark_region(RegionKind.RESULTS)

    def mark_recommendations(self) -> None:
        """Mark the selection as recommendations."""
        self.documents.mark_region(RegionKind.RECOMMENDATIONS)

    def find_quotations(self) -> None:
        """Find quotations by any combination."""
        self._tabs.setCurrentIndex(QUOTATIONS)
        self.found.search.begin()

    def write_finding(self) -> None:
        """Write a review finding from the chosen quotations."""
        self.finding.write_finding()

    def link_quotations(self) -> None:
        """Link the two chosen quotations."""
        self.finding.link()

    def auto_code(self) -> None:
        """Code by a phrase, after a look at every place."""
        self.phrases.open()

    def compare_coders(self) -> None:
        """Compare the coders, and settle where they differ."""
        self.comparing.open()

    def write_memo(self) -> None:
        """Write a memo on the review."""
        self.book_acts.new_memo()
