"""One full text: how far it is, what was tried, its files, and what may be done."""

from functools import partial

from PySide6.QtCore import Signal

from evidence_app.domain.edit import counted
from evidence_app.domain.reference import plain
from evidence_app.domain.studies import Attempt, Retrieval
from evidence_app.services.studies.retrieval import FullTextLine
from evidence_app.storage.studies import HeldFile
from evidence_app.ui.moments import moment_of
from evidence_app.ui.studies.desk import Desk
from evidence_app.ui.widgets.fields import InPlace
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.laying import across, down, emptied

TONES = {
    None: "neither", Retrieval.SOUGHT: "neither", Retrieval.REQUESTED: "maybe",
    Retrieval.RECEIVED: "include", Retrieval.NOT_AVAILABLE: "exclude",
}  # fmt: skip
ACTS = (
    (Retrieval.SOUGHT, "Sought", "S"), (Retrieval.REQUESTED, "Requested", "R"),
    (Retrieval.RECEIVED, "Received", "G"), (Retrieval.NOT_AVAILABLE, "Not available…", "X"),
)  # fmt: skip


class FullTextInspector(Inspector):
    """The log of attempts of one report, with the acts that add to it."""

    recorded = Signal(object)
    """A state: for all selected reports."""
    attach_asked = Signal()
    read_asked = Signal()
    taken_back = Signal()
    file_opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        parts = desk.context.parts
        self.parts = parts
        self._line: FullTextLine | None = None
        self.heading = parts.label("", "title", wrap=True)
        self.heading.setMinimumWidth(40)
        self.state = parts.chip("", "neither")
        self.fact = parts.line("", "small", "text-2")
        self.how = parts.field("How, or from where", "", hint="library, author, interlibrary loan")
        self.acts = FlowLayout(gap=6)
        self.buttons = {}
        for state, words, key in ACTS:
            button = parts.button(words, "plain")
            button.setToolTip(f"{words.rstrip('…')}: key {key}")
            button.clicked.connect(partial(_record, self, state))
            self.acts.addWidget(button)
            self.buttons[state] = button
        self._log = down(gap=8)
        self._files = down(gap=4)
        self.attach = parts.button("Attach a file…", "plain", "ph.paperclip")
        self.read = parts.button("Read and decide", "primary", "ph.book-open")
        self.back = parts.button("Take back the last attempt", "link")
        self.several = parts.label("", "small", "accent", wrap=True)
        self.several.setMinimumWidth(40)
        head = down(across(self.state, None), self.heading, self.fact, gap=5, edge=(18, 14, 14, 12))
        form = down(
            parts.caption("Log an attempt"), self.several, self.how, self.acts, 4, parts.rule(),
            parts.caption("Attempts"), self._log, across(self.back, None), parts.rule(),
            parts.caption("Files"), self._files, across(self.attach, None), None,
            gap=8, edge=(18, 12, 14, 10),
        )  # fmt: skip
        super().__init__(parts.look, head, form, across(None, self.read, edge=(18, 8, 14, 8)))
        self.setAccessibleName("Full text")
        self.attach.clicked.connect(self.attach_asked)
        self.read.clicked.connect(self.read_asked)
        self.back.clicked.connect(self.taken_back)
        self.show_line(None, 0)

    def show_line(self, line: FullTextLine | None, number: int) -> None:
        """Show a report; nothing is disturbed that is being typed."""
        self._line = line
        self.setEnabled(line is not None)
        self.heading.setText(plain(line.reference.title) if line is not None else "No report is chosen")
        self.state.setVisible(line is not None)
        if line is not None:
            self.state.setText(line.shown.capitalize())
            self.state.set_tone(TONES[line.state])
            said = (line.reference.short_label, line.reference.container, line.reference.doi or "no DOI")
            self.fact.setText(" · ".join(each for each in said if each))
        self.show_number(number)
        self._fill_log(line.attempts if line is not None else ())
        self._fill_files(line.files if line is not None else ())

    def show_number(self, number: int) -> None:
        """Say how many reports the next attempt is logged for."""
        self.several.setVisible(number > 1)
        self.several.setText(f"Is logged for all {counted(number, 'selected report')}")

    def _fill_log(self, attempts: tuple[Attempt, ...]) -> None:
        emptied(self._log)
        self.back.setVisible(bool(attempts))
        for each in reversed(attempts):
            said = " · ".join(text for text in (each.how, each.note) if text)
            by = " ".join(text for text in (moment_of(each.at), each.person) if text)
            words = self.parts.label(said or "no further words", "body" if said else "small",
                                     "text" if said else "text-3", wrap=True)  # fmt: skip
            words.setMinimumWidth(40)
            head = across(
                self.parts.chip(each.state.value, TONES[each.state]), self.parts.line(by, "small", "text-3")
            )
            self._log.addLayout(down(head, words, gap=2))
        if not attempts:
            self._log.addWidget(self.parts.label("Nobody sought it yet.", "small", "text-3", wrap=True))

    def _fill_files(self, files: tuple[HeldFile, ...]) -> None:
        emptied(self._files)
        for file in files:
            button = self.parts.button(file.name, "plain", "ph.file-text")
            button.setAccessibleName(f"Open {file.name}")
            button.setToolTip(f"Open {file.name}")
            button.setMinimumWidth(40)
            button.clicked.connect(partial(self._open, file))
            self._files.addWidget(button)
        if not files:
            self._files.addWidget(self.parts.label("No file is attached.", "small", "text-3", wrap=True))

    def take_how(self) -> str:
        """Return what was typed of how it was tried, and empty the field for the next attempt."""
        editor = self.how.editor
        text = editor.text().strip() if isinstance(editor, InPlace) else ""
        editor.clear()
        editor.show_value("")
        return text

    def _open(self, file: HeldFile, _checked: bool = False) -> None:
        self.file_opened.emit(file)


def _record(inspector: FullTextInspector, state: Retrieval, _checked: bool = False) -> None:
    inspector.recorded.emit(state)
