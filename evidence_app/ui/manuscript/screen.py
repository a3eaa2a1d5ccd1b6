"""The Manuscript screen: the page to write on, and the pages of the summary as they leave."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Cited, Mark, Role
from evidence_app.domain.reference import ReferenceId
from evidence_app.ui.actions import ActionSpec, Handler
from evidence_app.ui.carried import REFERENCES, carried
from evidence_app.ui.manuscript import reading
from evidence_app.ui.manuscript.exporting import SummaryExport
from evidence_app.ui.manuscript.preview_options import WIDTH
from evidence_app.ui.manuscript.preview_view import PreviewView
from evidence_app.ui.manuscript.write_body import WriteBody
from evidence_app.ui.screen import Screen, ScreenContext, Subject
from evidence_app.ui.widgets.inspector import Inspector


class ManuscriptScreen(Screen):
    """Writing the review with its citations in the sentences, and looking at what it makes."""

    ACTIONS = (
        ActionSpec("cite", "Cite a work", "Screen", "Ctrl+;", "ph.quotes"),
        ActionSpec("strong", "Strong", "Screen", "", "ph.text-bolder"),
        ActionSpec("emphasis", "Emphasis", "Screen", "", "ph.text-italic"),
        ActionSpec("superscript", "Superscript", "Screen", "", "ph.text-aa"),
        ActionSpec("subscript", "Subscript", "Screen", "", "ph.text-aa"),
        ActionSpec("show_line", "Show the line it rests on", "Screen", "Ctrl+Shift+G", "ph.book-open"),
        ActionSpec("new_block", "New block", "Screen", "", "ph.plus"),
        ActionSpec("delete_block", "Delete block", "Screen", "", "ph.trash"),
        ActionSpec("block_up", "Move block up", "Screen", "Alt+Up", "ph.arrow-up"),
        ActionSpec("block_down", "Move block down", "Screen", "Alt+Down", "ph.arrow-down"),
        ActionSpec("new_section", "New section…", "Screen", "", "ph.plus"),
        ActionSpec("write_text", "Write the manuscript", "Screen", "", "ph.pencil-simple"),
        ActionSpec("preview_pages", "Preview the summary", "Screen", "Ctrl+Shift+V", "ph.file-text"),
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._wanted: Subject | None = None
        self.writing = WriteBody(context)
        self.desk = self.writing.desk
        self.preview = PreviewView(context)
        self.exporter = SummaryExport(context, self.preview.options, self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.writing)
        self.stack.addWidget(self.preview)
        self.lay_out(self.stack)
        self.inspector = self.writing.about.widget
        self._way = self.parts.segments("View", (("write", "Write"), ("preview", "Preview")))
        self._new = self.parts.button("New block", "plain", "ph.plus", self.new_block)
        self._browser = self.parts.button("Open in browser", "plain", "", self.exporter.open_in_browser)
        self._export = self.parts.button("Export summary", "primary", "ph.export", self.export_summary)
        self._browser.hide()
        self._way.chosen.connect(self.turn)
        self.writing.shown.connect(self._shown)
        self.preview.told.connect(self._told)
        self._told()

    # -- the screen

    def title(self) -> str:
        """Return the title in the header."""
        return "Manuscript"

    def detail(self) -> str:
        """Return how much is cited, or how many pages it makes."""
        if self.previewing:
            return self.preview.detail()
        contents = self.desk.contents
        anchors = sum(1 for _ in contents.anchors())
        works = {work.reference for _, anchor in contents.anchors() for work in anchor.works}
        return f"{counted(anchors, 'citation anchor')}, {counted(len(works), 'work')}"

    def header_parts(self) -> Sequence[QWidget]:
        """Return the two ways to look, and the acts."""
        return [self._way, self._new, self._browser, self._export]

    def reload(self, tables: frozenset[str]) -> None:
        """Read again what the page shows; anything at all may change the pages of the summary."""
        if not tables or tables & reading.TABLES:
            self.desk.reload()
        elif tables & reading.QUOTED:
            self.writing.read_quotations()
        self.preview.contents_changed()

    def show_place(self, subject: Subject) -> None:
        """Show a block, an anchor, the first block that cites a reference, or the summary's pages."""
        if subject.kind == "summary":
            self.turn("preview")
            return
        self._wanted = subject
        self.turn("write")
        self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted is None or not self.desk.contents.sections:
            return
        subject, self._wanted = self._wanted, None
        for block in self.desk.contents.blocks:
            anchors = [each for each in block.anchors_in_order() if _meant(subject, each.id, each.works)]
            if (subject.kind == "block" and block.id == subject.row) or anchors:
                self.writing.view.show_block(block.guid, 0 if anchors else None)
                if anchors:
                    self.writing.view.page.editor.choose_anchor(anchors[0].guid)
                return
        if subject.kind == "section":
            self.writing.view.show_section(subject.row)

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here."""
        return {
            "find": self.find_words, "replace": self.find_and_replace, "export": self.export_summary,
            "add": self.new_block, "copy_citation": self.copy_citation,
        }  # fmt: skip

    def take_focus(self) -> None:
        """Give the keyboard to the page, or to the block that is edited on it."""
        page = self.writing.view.page
        if self.previewing:
            self.preview.take_focus()
        else:
            (page.editor if page.open else page).setFocus()

    def arrange(self, *, slim: bool) -> None:
        """Make room for the page in a narrow window."""
        self.writing.arrange(slim=slim)
        self.preview.arrange(slim=slim)

    def leave(self) -> None:
        """Keep what is typed."""
        self.writing.leave()

    # -- write or preview

    @property
    def previewing(self) -> bool:
        """Whether the pages are shown."""
        return self.stack.currentWidget() is self.preview

    def turn(self, way: str) -> None:
        """Show the page to write on, or the pages as they leave."""
        preview = way == "preview"
        self._way.choose(way)
        if preview != self.previewing:
            self.writing.leave()
            self.stack.setCurrentWidget(self.preview if preview else self.writing)
            self.inspector = self.preview.report.widget if preview else self.writing.about.widget
            if isinstance(self.inspector, Inspector):
                self.inspector.fit(self.width())
                self.preview.fit_width(self.width() - self.look.px(WIDTH) - self.inspector.width())
        self._show_acts()
        self._told()

    def _show_acts(self) -> None:
        """Show the acts of the way in use, once they stand in the header: alone they would be windows."""
        if self._new.parent() is not None:
            self._new.setVisible(not self.previewing)
            self._browser.setVisible(self.previewing)

    def _shown(self) -> None:
        self._show_wanted()
        self._told()

    def _told(self) -> None:
        self.writing.cite_in(self.preview.options.style_id)
        self._export.rename(self.preview.act_name() if self.previewing else "Export summary")
        self.headed.emit()

    def write_text(self) -> None:
        """Show the page to write on."""
        self.turn("write")

    def preview_pages(self) -> None:
        """Show the pages as they leave."""
        self.turn("preview")

    def export_summary(self) -> None:
        """Show what would leave; there, write it to a file."""
        if self.previewing:
            self.exporter.export()
        else:
            self.turn("preview")

    # -- acts of the menu

    def find_words(self) -> None:
        """Find words in the manuscript."""
        self.turn("write")
        self.writing.find_words()

    def find_and_replace(self) -> None:
        """Find words and put others in their place."""
        self.turn("write")
        self.writing.find_words(and_replace=True)

    def copy_citation(self) -> None:
        """Copy the chosen citation as it prints, with the words before it."""
        words = self.writing.printed_citation()
        if words:
            QGuiApplication.clipboard().setText(words)
            self.context.say("Copied the citation.")
        else:
            self.context.say("Choose a citation in the text first.")

    def cite(self) -> None:
        """Cite a work at the caret."""
        self.turn("write")
        self.writing.view.cite()

    def strong(self) -> None:
        """Make what is selected strong."""
        self.writing.strong()

    def emphasis(self) -> None:
        """Emphasise what is selected."""
        self.writing.emphasis()

    def superscript(self) -> None:
        """Raise what is selected."""
        self.writing.view.mark(Mark.SUP)

    def subscript(self) -> None:
        """Lower what is selected."""
        self.writing.view.mark(Mark.SUB)

    def show_line(self) -> None:
        """Show the first quotation behind the citation or the block in hand at its line in Coding."""
        self.writing.show_line()

    def new_block(self) -> None:
        """Add a block behind the one in hand."""
        self.turn("write")
        self.writing.view.new_block()

    def delete_block(self) -> None:
        """Delete the block in hand."""
        self.writing.view.delete()

    def block_up(self) -> None:
        """Move the block in hand up."""
        self.writing.view.act("up")

    def block_down(self) -> None:
        """Move the block in hand down."""
        self.writing.view.act("down")

    def new_section(self) -> None:
        """Add a section behind the one in hand."""
        self.turn("write")
        self.writing.new_section()

    # -- dropping

    def takes(self, mime: QMimeData) -> bool:
        """Take references where a sentence can cite them."""
        return bool(carried(mime, REFERENCES)) and bool(self.writing.view.page.open)

    def take(self, mime: QMimeData) -> None:
        """Cite what was dropped at the caret."""
        self.desk.cite([Cited(ReferenceId(each)) for each in carried(mime, REFERENCES)], Role.EVIDENCE)


def _meant(subject: Subject, anchor: int | None, works: Sequence[Cited]) -> bool:
    if subject.kind == "anchor":
        return anchor == subject.row
    return subject.kind == "reference" and any(work.reference == subject.row for work in works)
