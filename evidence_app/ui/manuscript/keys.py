"""What the keys do while a block is edited, beyond typing."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

from evidence_app.domain.manuscript import Mark

_KEYS = Qt.Key
MARK_KEYS: Final = {
    "Ctrl+B": Mark.STRONG, "Ctrl+I": Mark.EMPHASIS, "Ctrl+Shift+.": Mark.SUP, "Ctrl+Shift+>": Mark.SUP,
    "Ctrl+Shift+,": Mark.SUB, "Ctrl+Shift+<": Mark.SUB,
}  # fmt: skip
"""Keys that set a mark while a block is edited; there they go before the window's."""
ENTER: Final = (_KEYS.Key_Return.value, _KEYS.Key_Enter.value)
REMOVE: Final = (_KEYS.Key_Delete.value, _KEYS.Key_Backspace.value)
STEPS: Final = {
    _KEYS.Key_Left.value: -1, _KEYS.Key_Backspace.value: -1, _KEYS.Key_Right.value: 1,
    _KEYS.Key_Delete.value: 1,
}  # fmt: skip
"""On which side of the caret a key looks for an anchor."""
_ARROWS: Final = (
    _KEYS.Key_Up.value, _KEYS.Key_Down.value, _KEYS.Key_Left.value, _KEYS.Key_Right.value,
)  # fmt: skip
_ALWAYS: Final = {
    _KEYS.Key_Escape.value: "escape", _KEYS.Key_PageUp.value: "page_up",
    _KEYS.Key_PageDown.value: "page_down",
}  # fmt: skip
_WITH_CONTROL: Final = {_KEYS.Key_Home.value: "first", _KEYS.Key_End.value: "last"}


def mark_of(event: QKeyEvent) -> Mark | None:
    """Return the mark these keys set, or None."""
    pressed = QKeySequence(event.keyCombination())
    return next((mark for keys, mark in MARK_KEYS.items() if pressed == QKeySequence(keys)), None)


def act_on_blocks(event: QKeyEvent, cursor: QTextCursor, *, on_first: bool, on_last: bool) -> str:
    """Return what these keys ask of the blocks round the caret, or nothing where they are typing."""
    key = event.key()
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if key in ENTER:
        return "new" if control else "split"
    if key in _ALWAYS:
        return _ALWAYS[key]
    if control and key in _WITH_CONTROL:
        return _WITH_CONTROL[key]
    if cursor.hasSelection() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return ""
    edges = {
        _KEYS.Key_Backspace.value: cursor.atStart() and "join",
        _KEYS.Key_Left.value: cursor.atStart() and "above_end",
        _KEYS.Key_Up.value: on_first and "above",
        _KEYS.Key_Delete.value: cursor.atEnd() and "join_next",
        _KEYS.Key_Right.value: cursor.atEnd() and "below_start",
        _KEYS.Key_Down.value: on_last and "below",
    }  # fmt: skip
    return edges.get(key) or ""


def claims_alt(event: QEvent) -> bool:
    """Accept Alt with an arrow key before the screen's shortcuts get it; return whether it was that."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.key() not in _ARROWS or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return False
    event.accept()
    return True
