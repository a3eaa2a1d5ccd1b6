"""Notes on a reference: written, reworded and, when emptied, removed."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from evidence_app.domain.reference import Reference
from evidence_app.services.library import references as acts
from evidence_app.storage import library, screening
from evidence_app.storage.library import Note
from evidence_app.storage.screening_cards import SCREENING_NOTE
from evidence_app.ui.library.draft import Draft, Drafts
from evidence_app.ui.library.pages import Page
from evidence_app.ui.moments import moment_of
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.fields import GrowingText, LongField
from evidence_app.ui.widgets.laying import across, down, emptied


class NewNote(GrowingText):
    """The text of a note that is not written yet: a pause in typing only keeps it as a draft."""

    paused = Signal()
    writer: QWidget | None = None
    """The button that writes it: on the way there nothing is written yet."""

    def pause(self) -> None:
        """Who pauses has not written the note yet."""
        self.paused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the text writes it, except for the button that would."""
        if self.writer is not None and QApplication.focusWidget() is self.writer:
            QPlainTextEdit.focusOutEvent(self, event)
        else:
            super().focusOutEvent(event)


class NotesPage(Page):
    """The notes, the oldest first, and a field for a new one."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._notes: list[Note] = []
        self._fields: dict[int, LongField] = {}
        self._list = down(gap=8)
        self._new = NewNote(context.look, "New note", "", "Write a note", lines=3)
        self._new.setObjectName("written")  # outlined: there is nothing in it yet to show where it is
        self._new.edited.connect(self._write)
        self._new.textChanged.connect(self._allow)
        self._add = self.parts.button("Add note", "plain", "ph.note-pencil", self._new.keep)
        self._new.writer = self._add
        self._drafts = Drafts(context.settings, self.project.path)
        self._new.paused.connect(self._keep_draft)
        caption = self.parts.caption("New note")
        caption.setBuddy(self._new)
        self.column.addLayout(self._list)
        self.column.addLayout(down(across(caption, edge=(6, 0, 0, 0)), self._new, gap=0))
        self.column.addLayout(across(self._add, None, edge=(6, 0, 0, 0)))
        self._allow()
        self.column.addStretch(1)

    def fill(self, reference: Reference) -> None:
        """Show the notes of the reference; those of screening only once it is blind no more."""
        notes = library.notes_on(self.project.reader, reference.id)
        if screening.protocol(self.project.reader).blind:
            notes = [note for note in notes if note.kind != SCREENING_NOTE]
        if [note.id for note in notes] != list(self._fields):
            self._build(notes)
        for note in notes:
            self._fields[note.id].show_value(note.text)
        self._notes = notes

    def _build(self, notes: list[Note]) -> None:
        emptied(self._list)
        self._fields = {}
        for note in notes:
            caption = ", ".join(part for part in (note.person, moment_of(note.at)) if part) or "Note"
            field = self.parts.long_field(caption, note.text)
            field.setToolTip("Empty the note to remove it")
            field.setProperty("note", note.id)
            field.edited.connect(self._reword)
            self._fields[note.id] = field
            self._list.addWidget(field)

    def _write(self, text: str) -> None:
        if self.reference is not None and text:
            if self._add.hasFocus():
                self._new.setFocus()  # the button is off now, and the next one would be pressed unseen
            self._new.show_value("")
            self._new.clear()
            self.project.do(acts.add_note(self.reference.id, text, self.context.person))
            self._drafts.forget()

    def _keep_draft(self) -> None:
        if self.reference is not None:
            self._drafts.keep(Draft(self.reference.id, self._new.toPlainText()))

    def _allow(self) -> None:
        self._add.setEnabled(bool(self._new.toPlainText().strip()))

    def begin(self) -> None:
        """Begin a note."""
        self._new.setFocus()

    def leave(self) -> None:
        """Keep a note that is half typed."""
        self._new.keep()

    def _reword(self, text: str) -> None:
        number = int(self.sender().property("note"))
        before = next((note.text for note in self._notes if note.id == number), None)
        if before is not None and before != text:
            self.project.do(acts.change_note(number, before, text))
            if not text.strip():
                self.context.say("Removed the note", undo=True)
