"""A printed reference as it was pasted, its labelled parts marked; the place of the cursor splits it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from evidence_app.ui.look import Look

PARTS: Final = {
    "author": ("Authors", "accent"), "editor": ("Editors", "accent"), "title": ("Title", "include"),
    "journal": ("Journal", "enabler"), "container": ("Book or site", "enabler"),
    "series": ("Series", "enabler"),
    "date": ("Date", "maybe"), "edition": ("Edition", "maybe"), "volume": ("Volume, issue", "conflict"),
    "pages": ("Pages", "conflict"), "number": ("Number", "conflict"), "publisher": ("Publisher", "barrier"),
    "location": ("Place", "barrier"), "genre": ("Kind", "barrier"), "doi": ("DOI", "neither"),
    "url": ("Web address", "neither"), "isbn": ("ISBN", "neither"), "note": ("Note", "neither"),
}  # fmt: skip
"""What each label of a part is called, and the hue it is marked with."""
MOST_LINES: Final = 7


class PrintedString(QTextEdit):
    """The printed string; read only, with a cursor for the place where a second reference begins."""

    split_asked = Signal()
    """Ctrl+Enter."""
    join_asked = Signal()
    """Ctrl+J."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._marks: Sequence[tuple[int, int, str]] = ()
        self.setAccessibleName("The text as it was pasted")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(look.font("body"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        look.changed.connect(self._mark)

    def show_text(self, text: str, marks: Sequence[tuple[int, int, str]]) -> None:
        """Show a printed string with its parts: first and last place of each, and its label."""
        self._marks = marks
        self.setPlainText(text)
        said = ". ".join(f"{PARTS[label][0]}: {text[first:last]}" for first, last, label in marks)
        self.setAccessibleDescription(said)
        self._mark()
        self._fit()

    def place(self) -> int:
        """Return how many characters stand before the cursor."""
        cursor = self.textCursor()
        before = QTextCursor(self.document())
        before.setPosition(cursor.position(), QTextCursor.MoveMode.KeepAnchor)
        return len(before.selection().toPlainText())  # Qt counts in UTF-16, Python in characters

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Split and join by key."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.split_asked.emit()
        elif control and event.key() == Qt.Key.Key_J:
            self.join_asked.emit()
        else:
            super().keyPressEvent(event)

    def _mark(self) -> None:
        text, found = self.toPlainText(), []
        for first, last, label in self._marks:
            extra = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(_units(text[:first]))
            cursor.setPosition(_units(text[:last]), QTextCursor.MoveMode.KeepAnchor)
            extra.cursor = cursor
            extra.format = self._format(label)
            found.append(extra)
        self.setExtraSelections(found)

    def _format(self, label: str) -> QTextCharFormat:
        tone = PARTS[label][1]
        form = QTextCharFormat()
        form.setBackground(self._look.colour(f"{tone}-soft"))
        form.setForeground(self._look.colour("text"))
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        form.setUnderlineColor(QColor(self._look.colour("text-2" if tone == "neither" else tone)))
        form.setToolTip(PARTS[label][0])
        return form

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the text, up to a few lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        most = self.fontMetrics().lineSpacing() * MOST_LINES
        height = min(int(self.document().size().height()), most) + 2
        if height != self.height():
            self.setFixedHeight(height)

    def minimumSizeHint(self) -> QSize:
        """Give way in narrow windows."""
        return QSize(self._look.px(120), super().minimumSizeHint().height())


def _units(text: str) -> int:
    """Return the length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
