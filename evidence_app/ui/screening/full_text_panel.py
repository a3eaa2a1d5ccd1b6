"""At full text: whether the text is here, how it was sought, and the files to open."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidence_app.storage.screening_cards import File
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

TONES = {"received": "include", "requested": "maybe", "sought": "neither", "not available": "exclude"}


class FullTextPanel(QWidget):
    """Shown at the full text stage only."""

    file_opened = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._files: tuple[File, ...] | None = None
        self.state = parts.chip("", "neither")
        self.said = parts.label("", "small", "text-2", wrap=True)
        self.said.setMinimumWidth(40)
        self._list = down(gap=4)
        head = across(self.state, None)
        self.setLayout(down(parts.caption("Full text"), head, self.said, self._list, parts.rule(), gap=6))
        self.hide()

    def show_files(self, state: str, said: str, files: Sequence[File]) -> None:
        """Show the state of retrieval and the files."""
        shown = state or ("received" if files else "not sought yet")
        self.state.setText(shown.capitalize())
        self.state.set_tone(TONES.get(shown, "neither"))
        self.said.setText(said)
        self.said.setVisible(bool(said))
        if tuple(files) == self._files:
            return
        self._files = tuple(files)
        emptied(self._list)
        for file in files:
            button = self._parts.button(file.name, "plain", "ph.file-text")
            button.setAccessibleName(f"Open {file.name}")
            button.setToolTip(f"Open {file.name}")
            button.setMinimumWidth(40)
            button.clicked.connect(partial(_open, self, file))
            self._list.addWidget(button)
        if not files:
            note = self._parts.label("No file is attached.", "small", "text-3", wrap=True)
            note.setMinimumWidth(40)
            self._list.addWidget(note)


def _open(panel: FullTextPanel, file: File, *_: object) -> None:
    panel.file_opened.emit(file)
