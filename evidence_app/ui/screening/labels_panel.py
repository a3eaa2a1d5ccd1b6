"""Labels and the person's own note on a record, in place."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from evidence_app.storage.library import HeldTag
from evidence_app.ui.look import Look
from evidence_app.ui.widgets.fields import GrowingText, InPlace
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.laying import down, emptied
from evidence_app.ui.widgets.parts import Parts


class NoteField(GrowingText):
    """The note; Ctrl+Enter keeps it, Esc restores it, and both go back to the records."""

    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Your note on this record", "", "Why, or what to ask the others", 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep and go back on Ctrl+Enter; restore and go back on Esc."""
        done = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        )
        super().keyPressEvent(event)
        if done or event.key() == Qt.Key.Key_Escape:
            self.keep()
            event.accept()
            self.left.emit()


class LabelField(InPlace):
    """The label that is added; Esc in the empty field goes back to the records, where letters are keys."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc, once nothing is typed."""
        if event.key() == Qt.Key.Key_Escape and not self.text():
            self.left.emit()
            return
        super().keyPressEvent(event)


class LabelsPanel(QWidget):
    """Labels as chips, a line that adds one, and the note."""

    label_added = Signal(str)
    label_taken_off = Signal(object)
    note_written = Signal(object, str)
    """The record the note is on, and its text."""
    left = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._held: tuple[HeldTag, ...] = ()
        self._record = 0
        self._holder = QWidget()
        self._chips = FlowLayout(self._holder, 4)
        self.new = LabelField(parts.look, "Add a label", "", "Add a label")
        self.new.left.connect(self.left)
        self.new.edited.connect(self._add)
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.new.setCompleter(completer)
        self.note = NoteField(parts.look)
        self.note.edited.connect(self._write)
        self.note.left.connect(self.left)
        note_head = parts.caption("Your note")
        note_head.setBuddy(self.note)
        column = down(
            parts.rule(), 6, parts.caption("Labels"), self._holder, self.new, note_head, self.note, gap=4
        )
        self.setLayout(column)
        self._holder.hide()

    def show_record(self, record: int, held: Sequence[HeldTag], note: str) -> None:
        """Show the labels and the note of a record; what is half typed goes to the one before."""
        if record != self._record:
            self.note.keep()
            self.new.setText("")
            self.new.show_value("")
        self._record = record
        self.note.show_value(note)
        if tuple(held) != self._held:
            self._held = tuple(held)
            emptied(self._chips)
            for tag in held:
                chip = self._parts.button(f"{tag.name}  ×", "plain")
                chip.setAccessibleName(f"Take the label {tag.name} off")
                chip.setToolTip("Take this label off")
                chip.clicked.connect(partial(_take_off, self, tag))
                self._chips.addWidget(chip)
            self._holder.setVisible(bool(held))

    def know(self, names: Sequence[str]) -> None:
        """Complete these while one is typed."""
        self._known.setStringList(list(names))

    def leave(self) -> None:
        """Keep what is half typed."""
        self.note.keep()

    def _add(self, name: str) -> None:
        name = " ".join(name.split())
        self.new.show_value("")
        self.new.clear()
        if name and name.casefold() not in {tag.name.casefold() for tag in self._held}:
            self.label_added.emit(name)

    def _write(self, text: str) -> None:
        self.note_written.emit(self._record, text)


def _take_off(panel: LabelsPanel, tag: HeldTag, *_: object) -> None:
    panel.label_taken_off.emit(tag)
