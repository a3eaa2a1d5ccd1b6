"""Asks for one line of text; the button is named by what is done with it."""

from PySide6.QtWidgets import QLineEdit, QWidget

from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts


class AskDialog(PanelDialog):
    """The act as heading and button, the question over its field. An empty line only takes back a value."""

    def __init__(
        self, parts: Parts, act: str, question: str, value: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parts, act, size=(440, 190), parent=parent)
        self.line = QLineEdit(value)
        self.line.setAccessibleName(question)
        self.line.setFont(parts.look.font("body"))
        self.line.selectAll()
        caption = parts.caption(question)
        caption.setBuddy(self.line)
        self.put(caption, self.line)
        self.body.addStretch(1)
        self._had = bool(value)
        self._done = parts.button(act, "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self._done)
        self.line.textChanged.connect(self._allow)
        self._allow()
        self.line.setFocus()

    @property
    def answer(self) -> str:
        """What was typed."""
        return self.line.text()

    def _allow(self) -> None:
        self._done.setEnabled(self._had or bool(self.line.text().strip()))
