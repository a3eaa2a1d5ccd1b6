"""Titles with marks: shown formatted, edited as they are stored."""

import re
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent

from evidence_app.domain.reference import plain
from evidence_app.ui.library.wrapped import WrappedField
from evidence_app.ui.look import Look
from evidence_app.ui.widgets.labels import Label

_KEPT = re.compile(r"&lt;(/?)(i|b|sub|sup)&gt;")
_SPAN = re.compile(r"&lt;/?span\b.*?&gt;", re.DOTALL)


def html_of(text: str) -> str:
    """Return a marked title as HTML: the four marks stand, everything else is what it says."""
    return _KEPT.sub(r"<\1\2>", _SPAN.sub("", escape(text, quote=False)))


def has_marks(text: str) -> bool:
    """Return whether a text carries marks that are shown otherwise than typed."""
    return plain(text) != text


class _Formatted(Label):
    """The formatted text, which gives way to the editor when it is entered."""

    entered = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, "", wrap=True)
        self._name = name
        self.setAccessibleName(name)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContentsMargins(6, 2, 4, 2)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def show_text(self, text: str) -> None:
        """Show a marked text formatted."""
        self.setText(html_of(text))
        self.setAccessibleName(f"{self._name}: {plain(text)}")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by key or by mouse starts editing."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.entered.emit()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A click starts editing."""
        self.entered.emit()


class MarkedField(WrappedField):
    """A title: formatted while nobody edits it, with its marks while somebody does."""

    def __init__(self, look: Look, name: str, value: str = "", origin: str = "", hint: str = "") -> None:
        super().__init__(look, name, value, origin, hint)
        self._formatted = _Formatted(look, name)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._formatted)
        self._formatted.entered.connect(self._edit)
        self.editor.installEventFilter(self)
        self._settle(value)

    def show_value(self, value: str, origin: str = "", told: str = "") -> None:
        """Show what the project holds and where it came from."""
        super().show_value(value, origin, told)
        if not self.editor.hasFocus():
            self._settle(value)

    def _settle(self, value: str) -> None:
        formatted = has_marks(value)
        if formatted:
            self._formatted.show_text(value)
        self._formatted.setVisible(formatted)
        self.editor.setVisible(not formatted)

    def enter(self) -> None:
        """Take the focus: the formatted text gives way to the editor."""
        (self._formatted if self._formatted.isVisibleTo(self) else self.editor).setFocus()

    def _edit(self) -> None:
        self.editor.setVisible(True)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._formatted.setVisible(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Format again when the editor is left."""
        if watched is self.editor and event.type() == QEvent.Type.FocusOut:
            self._settle(_text_of(self))
        return super().eventFilter(watched, event)


def _text_of(field: MarkedField) -> str:
    editor = field.editor
    return editor.text() if hasattr(editor, "text") else editor.toPlainText()
