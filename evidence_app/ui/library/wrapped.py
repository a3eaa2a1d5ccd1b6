"""A field of one line whose text wraps: kept on Enter and on leaving, as one edit."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.fields import Field, GrowingText, InPlace


class WrappedLine(GrowingText):
    """A line that wraps; no pause in typing keeps half of it."""

    def _typed(self) -> None:
        """Typing alone keeps nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.setPlainText(" ".join(self.toPlainText().split()))
            self.keep_for_good()
        else:
            super().keyPressEvent(event)


class WrappedField(Field):
    """A field of one line whose text wraps."""

    def _editor(self, look: Look, name: str, value: str, hint: str) -> InPlace | GrowingText:
        return WrappedLine(look, name, value, hint)
