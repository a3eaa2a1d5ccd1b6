"""The foot: three verdicts under one hand, the reasons by number, a flag and a note."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from evidence_app.ui.screening.reason_strip import ReasonStrip
from evidence_app.ui.screening.verdict_button import VerdictButton
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

VERDICTS = (
    ("include", "Include", "I", "ph.check-bold"),
    ("maybe", "Maybe", "U", "ph.question-bold"),
    ("exclude", "Exclude", "E", "ph.x-bold"),
)
ROOMY, WIDE = 560, 860


class Foot(QFrame):
    """What can be done with the record that is shown; every act has its key."""

    decided = Signal(object)
    """The verdict that was pressed."""
    flag_asked = Signal()
    note_asked = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._words = ""
        self.setObjectName("foot")
        self.verdicts: dict[str, VerdictButton] = {}
        for name, word, key, icon in VERDICTS:
            button = VerdictButton(parts.look, word, key, name, icon)
            button.setObjectName(name)
            button.clicked.connect(self._tell)
            self.verdicts[name] = button
        self.flag = parts.tool("ph.flag", "Flag (F)", self.flag_asked.emit)
        self.note = parts.tool("ph.note-pencil", "Note (N)", self.note_asked.emit)
        self.said = parts.line("", "small", "text-2")
        self.wants = parts.label("", "small-strong", "maybe", wrap=True)
        self.wants.setMinimumWidth(40)
        self.wants.hide()
        self.reasons = ReasonStrip(parts)
        self._acts = across(gap=10)
        self._acts.addWidget(self.said, 1)
        for button in self.verdicts.values():
            self._acts.addWidget(button, 2)
        self._tools = QWidget()
        self._tools.setLayout(across(None, self.flag, self.note, gap=4))
        self._acts.addWidget(self._tools, 1)
        self._below = across(gap=4)
        self._below.addWidget(self.reasons, 1)
        self.setLayout(down(self.wants, self._acts, self._below, gap=8, edge=(14, 12, 14, 8)))

    def _tell(self) -> None:
        self.decided.emit(self.sender().objectName())

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow."""
        return QSize(self._parts.look.px(120), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words out, and put the tools below, where the verdicts need the room."""
        super().resizeEvent(event)
        is_roomy = self.width() >= self._parts.look.px(ROOMY)
        self.said.setVisible(is_roomy)
        self._say()
        if is_roomy != (self._acts.indexOf(self._tools) >= 0):
            (self._acts if is_roomy else self._below).addWidget(self._tools, int(is_roomy))

    def _say(self) -> None:
        """Say it where there is room; else its place only keeps the verdicts in the middle."""
        self.said.setText(self._words if self.width() >= self._parts.look.px(WIDE) else "")

    def say(self, words: str) -> None:
        """Say what was decided last."""
        self._words = words
        self._say()
        self.want("")

    def want(self, words: str) -> None:
        """Say what is wanted before the decision is taken, or why it came back."""
        self.wants.setText(words)
        self.wants.setVisible(bool(words))

    def show_decision(self, verdict: str, given: Sequence[int], *, flagged: bool) -> None:
        """Show the person's own verdict on the record, the reasons given so far, and the flag."""
        for name, word, _key, _icon in VERDICTS:
            self.verdicts[name].show_verdict(name == verdict, word)
        self.reasons.show_given(given)
        self.show_flag(flagged)

    def show_flag(self, flagged: bool) -> None:
        """Show whether the record is flagged."""
        self.flag.show_icon("ph.flag-fill" if flagged else "ph.flag")
        name = "Take the flag off (F)" if flagged else "Flag (F)"
        self.flag.setAccessibleName(name)
        self.flag.setToolTip(name)
