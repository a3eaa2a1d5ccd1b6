"""What keys do where a document is only read: they turn pages, and every letter is left to the screen."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from evidence_app.ui.pages import canvas_keys
from evidence_app.ui.pages.document_view import DocumentView

Key = Qt.Key
SHARE: Final = 0.85
"""How much of what is seen a turn of the page takes."""
ASKED: Final = {
    Key.Key_Left: "step back", Key.Key_Right: "step on", Key.Key_Plus: "zoom in", Key.Key_Minus: "zoom out",
}  # fmt: skip
ARROWS: Final = (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End)


def pressed(canvas: DocumentView, event: QKeyEvent) -> bool:
    """Do what a key stands for; return False where it stands for nothing here."""
    key, shift = Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    copies = event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.SelectAll)
    if copies or key == Key.Key_F3 or (shift and key in ARROWS):
        return canvas_keys.pressed(canvas, event)
    if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
        return False
    if key == Key.Key_Escape and canvas.anchor != canvas.caret:
        canvas.move_caret_quietly(canvas.caret, keep=False)
        return True
    if key in ASKED:
        canvas.asked.emit(ASKED[key])
        return True
    return _scrolled(canvas, key, shift=shift)


def _scrolled(canvas: DocumentView, key: Key, *, shift: bool) -> bool:
    if key in (Key.Key_Space, Key.Key_PageDown, Key.Key_PageUp):
        turn(canvas, -1 if shift or key == Key.Key_PageUp else 1)
        return True
    bar = canvas.verticalScrollBar()
    to = {
        Key.Key_Up: bar.value() - bar.singleStep(), Key.Key_Down: bar.value() + bar.singleStep(),
        Key.Key_Home: bar.minimum(), Key.Key_End: bar.maximum(),
    }  # fmt: skip
    if key not in to:
        return False
    bar.setValue(to[key])
    return True


def turn(canvas: DocumentView, pages: int) -> None:
    """Scroll by most of what is seen, so many times."""
    bar = canvas.verticalScrollBar()
    bar.setValue(bar.value() + round(pages * SHARE * canvas.viewport().height()))
