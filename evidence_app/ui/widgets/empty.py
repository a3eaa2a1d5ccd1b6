"""What stands where there is nothing yet, and the banner above what needs a look."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.buttons import Button
from evidence_app.ui.widgets.labels import IconLabel, Label
from evidence_app.ui.widgets.laying import across, down


class EmptyState(QWidget):
    """An icon, one sentence on what will be here, one button that starts it, one more way."""

    def __init__(
        self,
        look: Look,
        icon: str,
        sentence: str,
        *,
        act: str = "",
        call: Callable[[], object] | None = None,
        hint: str = "",
    ) -> None:
        super().__init__()
        self.setAccessibleName(sentence)
        picture = across(None, IconLabel(look, icon, "text-3", 32), None)
        column = down(None, picture, gap=10, edge=(16, 0, 16, 0))
        self.sentence = _wrapped(look, sentence, "body", "text-2")
        column.addWidget(self.sentence)
        self.button = Button(look, act, "plain")
        if not act:
            self.button.hide()
            self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if call is not None:
            self.button.clicked.connect(call)
        column.addLayout(across(None, self.button, None))
        if hint:
            column.addWidget(_wrapped(look, hint, "small", "text-3"))
        column.addStretch(2)
        self.setLayout(column)

    def say(self, sentence: str) -> None:
        """Say something else: nothing found, instead of nothing there."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)


def _wrapped(look: Look, text: str, role: str, tone: str) -> Label:
    label = Label(look, text, role, tone, wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label


class Banner(QFrame):
    """One line on a soft ground: what is so, and the act that deals with it."""

    def __init__(
        self,
        look: Look,
        icon: str,
        tone: str,
        text: str,
        *,
        act: str = "",
        call: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("warning")
        self.setProperty("tone", tone)
        self.label = Label(look, text, "small", wrap=True)
        self.button = Button(look, act, "plain")
        if not act:
            self.button.hide()
            self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if call is not None:
            self.button.clicked.connect(call)
        row = across(IconLabel(look, icon, tone), gap=8, edge=(12, 5, 6, 5))
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.setLayout(row)
