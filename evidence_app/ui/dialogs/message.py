"""Asks before an act, or tells what happened: a question, an explanation, and one button or two."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

WIDTH = 460
"""At 100 %; as high as its words need."""


class MessageDialog(PanelDialog):
    """What is asked or told, over its explanation. With an act the safe answer has the keyboard."""

    def __init__(
        self, parts: Parts, text: str, explanation: str = "", act: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parts, text, size=(WIDTH, 120), parent=parent)
        self.setWindowTitle("Evidence Desk")
        self.explanation = parts.label(explanation, wrap=True)
        self.explanation.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if explanation:
            self.put(self.explanation)
        self.act: QPushButton | None = None
        self.safe = parts.button("Cancel" if act else "Close", "plain", act=self.reject)
        self.offer(self.safe)
        if act:
            self.act = parts.button(act, "primary", act=self.accept)
            self.offer(self.act)
        if (layout := self.layout()) is not None:  # else it is as high as its words in the narrowest room
            layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.safe.setDefault(True)
        self.safe.setFocus()
        self.fit()

    def fit(self) -> None:
        """Be as wide as a message is, and as high as its words."""
        layout = self.layout()
        if layout is None:
            return
        room = self.screen().availableSize() - QSize(40, 60)
        width = min(self.parts.look.px(WIDTH), room.width())
        self.resize(width, min(layout.totalHeightForWidth(width), room.height()))
