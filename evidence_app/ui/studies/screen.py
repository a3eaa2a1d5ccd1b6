"""The Studies screen: full texts, studies, what each is like, and the tables made of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from evidence_app.domain.screening import Stage
from evidence_app.domain.studies import Retrieval
from evidence_app.services.coding.full_texts import KINDS
from evidence_app.services.studies.retrieval import full_texts
from evidence_app.services.studies.suggesting import suggestions
from evidence_app.storage.connections import Reader
from evidence_app.storage.studies import study_contents
from evidence_app.ui.actions import ActionSpec, Handler
from evidence_app.ui.screen import Screen, ScreenContext, Subject
from evidence_app.ui.studies.desk import Desk, Held, Page
from evidence_app.ui.studies.exporting import StudiesExport
from evidence_app.ui.studies.file_acts import FileActs
from evidence_app.ui.studies.form_page import FormPage
from evidence_app.ui.studies.full_texts_page import FullTextsPage
from evidence_app.ui.studies.reading_view import ReadingDialog
from evidence_app.ui.studies.studies_page import StudiesPage
from evidence_app.ui.studies.table_page import TablePage

TEXTS, STUDIES, LIKE, TABLE = "texts", "studies", "like", "table"
PAGES: Final = (
    (TEXTS, "Full texts"), (STUDIES, "Studies"), (LIKE, "Characteristics"), (TABLE, "Table"),
)  # fmt: skip
KEPT: Final = "studies.page"
READ: Final = frozenset(
    ("reference", "record", "search_work", "decision", "look_again", "sample", "sample_member", "protocol",
     "retrieval", "attachment", "document", "study", "study_report", "study_link", "extraction_field",
     "characteristic", "stated_number", "merge", "bibliography_entry", "person")
)  # fmt: skip
ACTS: Final = {TEXTS: "Attach a folder…", STUDIES: "Join reports", TABLE: "Export table"}


def read_studies(reader: Reader) -> Held:
    """Read all that the screen shows, in a reading lane."""
    contents = study_contents(reader)
    return Held(contents, full_texts(reader), suggestions(contents))


class StudiesScreen(Screen):
    """Full texts, reports joined into studies, their characteristics, and the tables of them."""

    ACTIONS: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("sought", "Log: sought", "Screen", "S", "ph.magnifying-glass"),
        ActionSpec("requested", "Log: requested", "Screen", "R", "ph.paper-plane-tilt"),
        ActionSpec("received", "Log: received", "Screen", "G", "ph.check"),
        ActionSpec("not_available", "Log: not available…", "Screen", "X", "ph.x"),
        ActionSpec("attach_file", "Attach a file…", "Screen", "A", "ph.paperclip"),
        ActionSpec("attach_folder", "Attach a folder of full texts…", "Screen", "", "ph.folder-open"),
        ActionSpec("freeze_texts", "Freeze the texts of attached files", "Screen", "", "ph.file-text"),
        ActionSpec("read_text", "Read and decide", "Screen", "D", "ph.book-open"),
        ActionSpec("export_excluded", "Export excluded full texts with reasons…", "Screen", "", "ph.export"),
        ActionSpec("export_log", "Export the log of full texts…", "Screen", "", "ph.export"),
        ActionSpec("join", "Join the selected studies", "Screen", "J", "ph.git-merge"),
        ActionSpec("take_out", "Take reports out of their study", "Screen", "", "ph.arrow-square-out"),
        ActionSpec("same_study", "Suggestion: one study", "Screen", "Y", "ph.check"),
        ActionSpec("other_study", "Suggestion: not the same", "Screen", "N", "ph.x"),
        ActionSpec("extract", "Describe the study", "Screen", "", "ph.pencil-simple"),
        ActionSpec("next_study", "Describe the next study", "Screen", "Ctrl+PgDown", "ph.caret-right"),
        ActionSpec("previous_study", "Describe the study before", "Screen", "Ctrl+PgUp", "ph.caret-left"),
        ActionSpec("edit_form", "Extraction form…", "Screen", "", "ph.list-numbers"),
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.desk = Desk(context, self)
        self.files = FileActs(self.desk, self)
        self.exporting = StudiesExport(context, self)
        self.texts = FullTextsPage(self.desk, self.exporting)
        self.studies = StudiesPage(self.desk)
        self.like = FormPage(self.desk, self.files.attaching)
        self.tables = TablePage(self.desk, self.exporting)
        self.pages: dict[str, Page] = {
            TEXTS: self.texts, STUDIES: self.studies, LIKE: self.like, TABLE: self.tables,
        }  # fmt: skip
        self.choice = self.parts.segments("View", PAGES, context.settings.now.kept.get(KEPT, STUDIES))
        self._act = self.parts.button("Join reports", "primary", act=self._do_act)
        self._place: Subject | None = None
        self._lay()
        self._listen()
        self.turn(self.choice.choice or STUDIES)

    def _lay(self) -> None:
        ground = QWidget()
        self._stack = QStackedLayout(ground)
        for page in self.pages.values():
            self._stack.addWidget(page)
        self.lay_out(ground)
        layout = self.layout()
        assert layout is not None
        for page in self.pages.values():
            if page.inspector is not None:
                page.inspector.hide()
                layout.addWidget(page.inspector)

    def _listen(self) -> None:
        self.choice.chosen.connect(self.turn)
        self.texts.full_text.attach_asked.connect(self.attach_file)
        self.texts.full_text.read_asked.connect(self.read_text)
        self.texts.full_text.file_opened.connect(self.files.open)
        self.texts.table.opened.connect(self._read_row)
        self.texts.freeze_asked.connect(self.files.freeze_all)
        self.studies.extract_asked.connect(self._extract)
        for page in self.pages.values():
            page.told.connect(self.headed)

    # -- what the window asks

    def title(self) -> str:
        """Return the title in the header."""
        return "Studies"

    def detail(self) -> str:
        """Return the fact of the view that is shown."""
        return self.page.fact()

    def header_parts(self) -> Sequence[QWidget]:
        """Return the choice of the view, and its act."""
        return [self.choice, self._act]

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here."""
        return {"export": self.export, "find": self.search_reports}

    def export(self) -> None:
        """Write what the view shows: the log of the full texts, or a table."""
        (self.texts.export_log if self.page is self.texts else self.tables.export)()

    def search_reports(self) -> None:
        """Search the full texts, or the report that is read beside a form."""
        if self.page is self.like and self.like.reader.isVisible():
            self.like.reader.search()
        else:
            self.turn(TEXTS)
            self.texts.search.setFocus()

    def arrange(self, *, slim: bool) -> None:
        """Give up room where the window is narrow."""
        self.like.arrange(slim=slim)
        self.texts.search.narrow(120 if slim else 190)

    def takes(self, mime: QMimeData) -> bool:
        """Return whether files that may be full texts, or a folder, are dragged here."""
        return any(place.is_dir() or place.suffix.lower() in KINDS for place in _places(mime))

    def take(self, mime: QMimeData) -> None:
        """Match what was dropped to the references."""
        self.turn(TEXTS)
        self.files.match(_places(mime))

    def take_focus(self) -> None:
        """Give the keyboard to the view that is shown."""
        self.page.start().setFocus()

    def show_place(self, subject: Subject) -> None:
        """Show the study of a reference."""
        self._place = subject
        if self.desk.held is not None:
            self._go_there()

    # -- showing

    @property
    def page(self) -> Page:
        """The view that is shown."""
        return self.pages.get(self.choice.choice, self.studies)

    def turn(self, key: str) -> None:
        """Show one of the four views."""
        self.choice.choose(key)
        self.context.settings.keep(KEPT, key)
        for page in self.pages.values():
            if page.inspector is not None:
                page.inspector.setVisible(page is self.page)
        self.inspector = self.page.inspector
        if self.inspector is not None:
            self.inspector.fit(self.width())
        self._stack.setCurrentWidget(self.page)
        self._act.rename(ACTS.get(key, ACTS[STUDIES]))
        self._act.setVisible(key in ACTS)
        if self.isVisible() and not self.choice.isAncestorOf(QApplication.focusWidget() or self):
            self.take_focus()
        self.headed.emit()

    def reload(self, tables: frozenset[str]) -> None:
        """Read again where something of it changed."""
        if self.like.isVisible():
            self.like.reader.reload(tables)
        if not tables or tables & READ:
            self.project.read(read_studies, self._show, latest="studies")

    def _show(self, held: Held) -> None:
        first, self.desk.held = self.desk.held is None, held
        for page in self.pages.values():
            page.show_held(held)
        self._go_there()
        if first and self.isAncestorOf(self.window().focusWidget() or self):
            self.take_focus()  # what had the keyboard while nothing was known is hidden now
        self.headed.emit()

    def _go_there(self) -> None:
        if self._place is not None and self._place.kind == "reference":
            self.turn(STUDIES)
            self.studies.show_report(self._place.row)
        self._place = None

    def _extract(self, main: int) -> None:
        self.turn(LIKE)
        self.like.show_study(main)

    # -- commands

    def _do_act(self) -> None:
        acts = {
            TEXTS: self.attach_folder,
            STUDIES: self.join,
            LIKE: self.edit_form,
            TABLE: self.tables.export,
        }
        acts[self.choice.choice]()

    def _log(self, state: Retrieval) -> None:
        if self.page is self.texts:
            self.texts.record(state)

    def sought(self) -> None:
        """Log that the selected full texts are sought."""
        self._log(Retrieval.SOUGHT)

    def requested(self) -> None:
        """Log that the selected full texts were requested."""
        self._log(Retrieval.REQUESTED)

    def received(self) -> None:
        """Log that the selected full texts were received."""
        self._log(Retrieval.RECEIVED)

    def not_available(self) -> None:
        """Log that the selected full texts are not to be had, and why."""
        self._log(Retrieval.NOT_AVAILABLE)

    def attach_file(self) -> None:
        """Attach a file to the report that is shown."""
        if self.page is self.texts:
            self.files.attach(self.texts.chosen_line())

    def export_excluded(self) -> None:
        """Write the full texts that were excluded, with their reasons."""
        self.texts.export_excluded()

    def export_log(self) -> None:
        """Write all full texts with the attempts to get them."""
        self.texts.export_log()

    def attach_folder(self) -> None:
        """Match the files of a folder to the references."""
        self.files.match_folder()

    def freeze_texts(self) -> None:
        """Freeze the texts of all attached files that were not read yet."""
        self.files.freeze_all()

    def _read_row(self, _row: object) -> None:
        self.read_text()

    def read_text(self) -> None:
        """Read the full text beside the criteria: under Screening where it is decided on, else here."""
        line = self.texts.chosen_line()
        if self.page is not self.texts or line is None:
            return
        if line.outcome is not None:
            self.context.go_to("screening", Subject(f"stage:{Stage.FULL_TEXT}", int(line.reference.id)))
        else:
            self.context.messages.show(ReadingDialog(self.desk, self.files.attaching, line, self))

    def join(self) -> None:
        """Join the selected studies."""
        if self.page is self.studies:
            self.studies.join_selected()

    def take_out(self) -> None:
        """Take the selected reports out of their study."""
        if self.page is self.studies:
            self.studies.take_out_selected()

    def same_study(self) -> None:
        """Join the two reports of the suggestion."""
        if self.page is self.studies:
            self.studies.answer_suggestion(same=True)

    def other_study(self) -> None:
        """Keep the two reports of the suggestion apart."""
        if self.page is self.studies:
            self.studies.answer_suggestion(same=False)

    def extract(self) -> None:
        """Describe the chosen study."""
        study = self.studies.chosen_study()
        if study is not None:
            self._extract(study.main)

    def next_study(self) -> None:
        """Describe the next study; the keyboard stays in the same field."""
        if self.page is self.like:
            self.like.step(1)

    def previous_study(self) -> None:
        """Describe the study before."""
        if self.page is self.like:
            self.like.step(-1)

    def edit_form(self) -> None:
        """Change the extraction form."""
        self.like.edit_form()


def _places(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
