"""The form that lets results stand: a reason is needed, since it is printed with the export."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from evidence_app.domain.edit import counted
from evidence_app.services.checks.overview import FoundLine
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts


class ReasonField(QPlainTextEdit):
    """A short text. Ctrl+Enter agrees, Esc gives up, Tab goes on."""

    agreed = Signal()
    given_up = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setAccessibleName("Reason, printed in the export report")
        self.setTabChangesFocus(True)
        self.setFont(parts.look.font("body"))
        self.setFixedHeight(parts.look.px(64))

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter from the screen's commands while a reason is typed."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _agrees(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Agree on Ctrl+Enter, give up on Esc; all else is typing."""
        if _agrees(event):
            self.agreed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


def _agrees(event: QKeyEvent) -> bool:
    entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return entered and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class WaiveForm(QFrame):
    """Asks why one result, or several, may stand."""

    waived = Signal(object, str)
    """The `FoundLine`s and the reason."""
    given_up = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setObjectName("card")
        self._lines: tuple[FoundLine, ...] = ()
        self._title = parts.label("", "strong", wrap=True)
        self.reason = ReasonField(parts)
        self.reason.textChanged.connect(self._allow)
        self.reason.agreed.connect(self._agree)
        self.reason.given_up.connect(self.given_up)
        self.cancel = parts.button("Cancel", "filter")
        self.cancel.clicked.connect(self.given_up)
        self.agree = parts.button("Waive", "plain", act=self._agree)
        caption = parts.caption("Reason, printed in the export report")
        caption.setBuddy(self.reason)
        row = across(None, self.cancel, self.agree)
        self.setLayout(down(self._title, caption, self.reason, row, gap=7, edge=(12, 10, 10, 10)))
        self.hide()

    def ask(self, lines: Sequence[FoundLine]) -> None:
        """Ask for the reason these may stand; what is typed already stays."""
        self._lines = tuple(lines)
        one = f"{lines[0].number} {lines[0].label}".strip() if len(lines) == 1 else ""
        self._title.setText(f"Waive for {one or counted(len(lines), 'result')}")
        self.agree.rename(f"Waive {counted(len(lines), 'result')}")
        self._allow()
        self.show()
        self.reason.setFocus()

    def close_form(self) -> None:
        """Go, and forget what was typed."""
        self.reason.clear()
        self._lines = ()
        self.hide()

    @property
    def asks(self) -> bool:
        """Whether a reason is being asked for."""
        return bool(self._lines)

    def _allow(self) -> None:
        self.agree.setEnabled(bool(self.reason.toPlainText().strip()))

    def _agree(self) -> None:
        reason = self.reason.toPlainText().strip()
        if reason and self._lines:
            self.waived.emit(self._lines, reason)
