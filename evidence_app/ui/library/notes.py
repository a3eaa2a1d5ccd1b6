"""Notes on a reference: written, reworded and, when emptied, removed."""

from evidence_app.domain.reference import Reference
from evidence_app.services.library import references as acts
from evidence_app.storage import library
from evidence_app.storage.library import Note
from evidence_app.ui.library.acting import acting_person
from evidence_app.ui.library.pages import Page
from evidence_app.ui.library.words import moment_of
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.fields import LongField
from evidence_app.ui.widgets.laying import down, emptied


class NotesPage(Page):
    """The notes, the oldest first, and a field for a new one."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._notes: list[Note] = []
        self._fields: dict[int, LongField] = {}
        self._list = down(gap=8)
        self._new = self.parts.long_field("New note", hint="Write a note")
        self._new.edited.connect(self._write)
        self.column.addLayout(self._list)
        self.column.addWidget(self._new)
        self.column.addStretch(1)

    def fill(self, reference: Reference) -> None:
        """Show the notes of the reference."""
        notes = library.notes_on(self.project.reader, reference.id)
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
            self._new.show_value("")
            self._new.editor.clear()
            self.project.do(acts.add_note(self.reference.id, text, acting_person(self.context)))

    def _reword(self, text: str) -> None:
        number = int(self.sender().property("note"))
        before = next((note.text for note in self._notes if note.id == number), None)
        if before is not None and before != text:
            self.project.do(acts.change_note(number, before, text))
            if not text.strip():
                self.context.say("Removed the note", undo=True)
