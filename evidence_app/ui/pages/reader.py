"""The full text of one report, to be read beside what is decided or written of it: its pages or its words."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.wrapped import one_line
from evidence_app.services.library.attachments import place_of
from evidence_app.ui.pages import sizing
from evidence_app.ui.pages.attaching import Attaching
from evidence_app.ui.pages.canvas import Canvas
from evidence_app.ui.pages.opened import OpenedDocument, ReportText, report_text
from evidence_app.ui.pages.page_canvas import PageCanvas
from evidence_app.ui.pages.page_store import PageStore
from evidence_app.ui.pages.reader_bar import ReaderBar
from evidence_app.ui.pages.reading_keys import turn
from evidence_app.ui.pages.search_hits import SearchHits
from evidence_app.ui.pages.text_canvas import TextCanvas
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.empty import EmptyState
from evidence_app.ui.widgets.laying import down, framed

PLACES: Final = 100
"""Documents whose place is remembered while the window is open."""
READ: Final = frozenset(("document", "attachment"))
"""What a reader shows is made of these tables."""
SCAN: Final = "This PDF is a scan: it has pages and no text, so nothing in it can be searched or copied."
LOST: Final = "The PDF is not beside the project, so its words are shown."


class FullTextReader(QWidget):
    """Shows the newest full text of a report, or how to get one."""

    stepped = Signal(int)
    """An arrow was pressed while reading: the next report is asked for, or the one before."""
    shown = Signal()
    """Another text is shown, or none."""
    left = Signal()
    """The keyboard was in a text that went away, and none came."""

    def __init__(self, context: ScreenContext, name: str, attaching: Attaching) -> None:
        super().__init__()
        self._context, self._name, self.attaching = context, f"{name}.text", attaching
        parts = context.parts
        self.reference: int | None = None
        self.label = ""
        self._wanted: int | None = None
        self.report: ReportText | None = None
        self._places: dict[int, int] = {}
        self._laid: int | None = None
        self.store = PageStore(context.lanes, self)
        self.pages = PageCanvas(context.look, self.store)
        self.words = TextCanvas(context.look)
        self.bar = ReaderBar(parts)
        self.banner = parts.banner("ph.info", "maybe", "", "Attach it again…", self._answer)
        self.missing = parts.empty(
            "ph.file-search", "The full text of this report is not here yet.", "Attach its full text…",
            self.attach, "You can also drop the file here.",
        )  # fmt: skip
        self.unread = parts.empty("ph.file-text", "", "Read it", self.freeze)
        self._hits = SearchHits(self)
        self._lay()
        self._listen()
        self._tell()

    def _lay(self) -> None:
        ground = QWidget()
        self._stack = QStackedLayout(ground)
        for part in (self.missing, self.unread, self.pages, self.words):
            self._stack.addWidget(part)
        self._bar_frame = framed(down(self.bar, gap=0, edge=(10, 3, 10, 3)), "bar")
        column = down(self._bar_frame, self.banner, gap=0)
        column.addWidget(ground, 1)
        self.setLayout(column)
        self.setMinimumWidth(40)

    def _listen(self) -> None:
        for canvas in (self.pages, self.words):
            canvas.codes = False
            canvas.asked.connect(self._act)
            canvas.turned.connect(self._tell_page)
        self.store.failed.connect(self._draw_failed)
        self.attaching.offers_changed.connect(self._tell)
        self.attaching.returned.connect(self._read_again)
        bar = self.bar
        bar.acted.connect(self._act)
        bar.turned.connect(self._turn_to)
        bar.documents_asked.connect(self._offer_documents)
        bar.search.searched.connect(self._find)
        bar.search.left_down.connect(self.next_hit)
        bar.search.left.connect(self.take_focus)

    # -- what is read

    @property
    def opened(self) -> OpenedDocument | None:
        """The document that is shown."""
        return self.report.opened if self.report is not None else None

    @property
    def canvas(self) -> Canvas | None:
        """What shows it: pages or words."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Canvas) else None

    def show_report(self, reference: int | None, label: str = "") -> None:
        """Show the full text of a report; one that is shown already stays where it is."""
        if reference != self.reference:
            self._wanted = None
            self.reference, self.label = reference, label
        if reference is None:
            self._show(ReportText(reference=0))
            return
        question = partial(report_text, reference=reference, wanted=self._wanted)
        self._context.project.read(question, self._show, latest=self._name)

    def reload(self, tables: frozenset[str]) -> None:
        """Read again where a text or a file came or went."""
        if self.reference is not None and (not tables or tables & READ):
            self.show_report(self.reference, self.label)

    def _read_again(self) -> None:
        self.reload(frozenset())

    def _show(self, report: ReportText) -> None:
        if report.reference != (self.reference or 0):
            return
        before, self.report = self.opened, report
        had_keyboard = self.canvas is not None and self.canvas.hasFocus()
        opened = report.opened
        same = before is not None and opened is not None and _is_same(before, opened)
        if before is not None and not same:
            self._keep_place(before)
        if opened is None:
            self.store.open(None)
            self._show_lack(report)
        elif not same:
            self._open(opened)
        if had_keyboard and self.canvas is not None:
            self.canvas.setFocus()
        elif had_keyboard:
            self.left.emit()
        self._tell()
        self.shown.emit()

    def _open(self, opened: OpenedDocument) -> None:
        document = opened.document
        paged = document.is_pdf and opened.file is not None
        self.store.open(opened.file if paged else None)
        self._hits.hits, self._hits.words = (), ""
        for canvas in (self.pages, self.words):
            canvas.hits = ()
        self._laid = None
        if paged:
            self.pages.show_document(document, opened.text)
        if not paged or self._prefers_words():
            self._lay_words(opened)
        self._stack.setCurrentWidget(self.pages if paged and not self._prefers_words() else self.words)
        shown = self.canvas
        if shown is not None and self._places.get(document.id):
            shown.verticalScrollBar().setValue(self._places[document.id])
        if self.bar.search.text().strip():
            self._find(self.bar.search.text())

    def _lay_words(self, opened: OpenedDocument) -> None:
        """Lay the words of a document out, once: where pages are shown they wait until they are asked for."""
        if self._laid != opened.document.id:
            self._laid = opened.document.id
            self.words.show_text(opened.text)

    def _prefers_words(self) -> bool:
        return self.bar.kinds.choice == "words" and bool(self.opened and self.opened.text.strip())

    def _show_lack(self, report: ReportText) -> None:
        lacks: EmptyState = self.missing
        if report.unread:
            lacks = self.unread
            name = report.unread[-1].name
            lacks.say(f"{name} is attached; its text was not read yet.")
            lacks.button.rename("Read it")
        elif report.files:
            lacks.say(
                "This report has a file whose text cannot be read here. Open it, or attach another one."
            )
        else:
            lacks.say("The full text of this report is not here yet.")
        lacks.button.setEnabled(self.reference is not None)
        self._stack.setCurrentWidget(lacks)

    def _keep_place(self, opened: OpenedDocument) -> None:
        canvas = self.canvas
        if canvas is not None:
            self._places[opened.document.id] = canvas.verticalScrollBar().value()
            while len(self._places) > PLACES:
                del self._places[next(iter(self._places))]

    def _draw_failed(self, error: object) -> None:
        words = str(error) if isinstance(error, EvidenceError) else "A page of this PDF could not be drawn."
        self._context.say(words)

    # -- what is told

    def _tell(self) -> None:
        opened, report = self.opened, self.report
        told, act = self._news()
        self.banner.label.setText(told)
        if act:
            self.banner.button.rename(act)
        self.banner.button.setVisible(bool(act))
        self.banner.setVisible(bool(told))
        paged = opened is not None and opened.document.is_pdf and opened.file is not None
        self._bar_frame.setVisible(bool(opened) or bool(report and report.files))
        self.bar.show_state(
            document=opened.document.name if opened else "", several=len(report.documents) if report else 0,
            both=paged and bool(opened and opened.text.strip()), text=bool(opened and opened.text.strip()),
            files=bool(report and report.files),
        )  # fmt: skip
        self._tell_page()

    def _news(self) -> tuple[str, str]:
        """Return what is to be said above the text, and what may be done about it."""
        opened, offered = self.opened, self.attaching.offer_of(self.reference or 0)
        if opened is None:
            return "", ""
        if opened.document.is_pdf and opened.file is None:
            return LOST, "Attach it again…"
        if offered:
            return offered, "Bring in"
        return (SCAN, "") if opened.document.is_pdf and not opened.text.strip() else ("", "")

    def _answer(self) -> None:
        if self.reference is not None and self._news()[1] == "Bring in":
            self.attaching.bring_in(self.reference)
        else:
            self.attach()

    def _tell_page(self) -> None:
        opened, canvas = self.opened, self.canvas
        if opened is None or canvas is None:
            return
        pages, size = len(opened.document.pages), sizing.percent(canvas)
        if isinstance(canvas, PageCanvas):
            self.bar.show_page(canvas.page, pages, size)
        elif isinstance(canvas, TextCanvas):
            page = opened.document.page_at(canvas.visible_span()[0])
            self.bar.show_page(page or 0, pages, size)

    def place(self) -> str:
        """Return where the reader is, as one writes it beside a value: the page, of the selection if any."""
        opened, canvas = self.opened, self.canvas
        if opened is None or canvas is None or not opened.document.pages:
            return ""
        start, end = canvas.selection
        page = opened.document.page_at(start) if end > start else None
        if page is None and isinstance(canvas, PageCanvas):
            page = canvas.page
        page = page or opened.document.page_at(canvas.visible_span()[0])
        return f"p. {opened.document.printed_page(page)}" if page else ""

    def selected(self) -> str:
        """Return the words that are selected, in one line."""
        canvas = self.canvas
        return one_line(canvas.text[slice(*canvas.selection)]) if canvas is not None else ""

    # -- acts

    def take_focus(self) -> None:
        """Give the keyboard to the text, or to the act that brings one."""
        shown = self._stack.currentWidget()
        start = shown.button if isinstance(shown, EmptyState) else shown
        if start is not None:
            start.setFocus()

    def search(self) -> None:
        """Go to the search."""
        if self.bar.search.isVisible():
            self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.bar.search.selectAll()
        else:
            self._context.say("There is no text here to search." if self.opened is None else SCAN)

    def turn(self, pages: int) -> None:
        """Scroll by most of a page."""
        if self.canvas is not None:
            turn(self.canvas, pages)

    def attach(self) -> None:
        """Attach a full text to the report that is shown."""
        self.attaching.choose(self.reference, self.label)

    def freeze(self) -> None:
        """Freeze the text of a file that is attached already."""
        if self.report is not None and self.report.unread and self.reference is not None:
            self.attaching.freeze(self.reference, self.report.unread[-1])

    def open_outside(self) -> None:
        """Open the file with the program the system has for it."""
        opened, project = self.opened, self._context.project
        place = opened.file if opened is not None else None
        held = [each for each in (self.report.files if self.report else ()) if each.sha256]
        if place is None and held:
            place = place_of(project.path, held[-1].sha256, held[-1].name)
        if place is not None and place.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
        else:
            self._context.say("The file is not beside the project. Attach it again.")

    def _act(self, name: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "zoom in": self.larger, "zoom out": self.smaller, "zoom fit": self.fit, "open": self.open_outside,
            "next hit": self.next_hit, "last hit": self.hit_before, "attach": self.attach,
            "step on": partial(self.stepped.emit, 1), "step back": partial(self.stepped.emit, -1),
        }  # fmt: skip
        if name in acts:
            acts[name]()

    def larger(self) -> None:
        """Show it larger."""
        self._resize(sizing.STEP)

    def smaller(self) -> None:
        """Show it smaller."""
        self._resize(1 / sizing.STEP)

    def fit(self) -> None:
        """Fit the width of the pages, or take the usual size of letters."""
        sizing.fit(self.canvas)
        self._tell_page()

    def _resize(self, factor: float) -> None:
        sizing.resize(self.canvas, factor)
        self._tell_page()

    def _turn_to(self, kind: object) -> None:
        """Show pages, or words, at the same place."""
        before, opened = self.canvas, self.opened
        if before is None or opened is None:
            return
        self._lay_words(opened)
        after: Canvas = self.words if kind == "words" else self.pages
        at = before.visible_span()[0]
        self._stack.setCurrentWidget(after)
        after.anchor, after.caret = before.anchor, before.caret
        after.hits = before.hits
        if isinstance(after, PageCanvas):
            after.go_to_page(opened.document.page_at(at) or 1)
            after.anchor, after.caret = before.anchor, before.caret
        else:
            after.show_position(at, middle=True)
        self._tell_page()

    def _offer_documents(self) -> None:
        menu = QMenu(self)
        for document in self.report.documents if self.report else ():
            action = menu.addAction(document.name.replace("&", "&&"))
            action.setData(document.id)
        below = self.bar.documents
        chosen = menu.exec(below.mapToGlobal(QPoint(0, below.height())))
        if chosen is not None:
            self.open_document(int(chosen.data()))
        menu.deleteLater()

    def open_document(self, row: int) -> None:
        """Show another text of the same report."""
        self._wanted = row
        self.show_report(self.reference, self.label)

    # -- search

    def _find(self, words: str) -> None:
        if self.canvas is not None:
            self.bar.show_hits(self._hits.find(self.canvas, words))

    def next_hit(self) -> None:
        """Go to the next place the search found."""
        self._step_hit(1)

    def hit_before(self) -> None:
        """Go to the place before."""
        self._step_hit(-1)

    def _step_hit(self, step: int) -> None:
        if self.canvas is not None:
            self.bar.show_hits(self._hits.step(self.canvas, step))


def _is_same(one: OpenedDocument, other: OpenedDocument) -> bool:
    return (one.document.id, one.file) == (other.document.id, other.file)
