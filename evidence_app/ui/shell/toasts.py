"""Toasts: one sentence above the status line on what was done, with Undo; failures stay."""

from collections.abc import Callable
from functools import partial
from itertools import count

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QWidget
from shiboken6 import isValid

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.buttons import Button, Tool
from evidence_app.ui.widgets.labels import IconLabel, Label
from evidence_app.ui.widgets.laying import across

SHOWN_MS = 5000
ABOVE = 12
KEPT = 3
"""Toasts shown at once; the oldest goes first."""

_MADE = count()
Acts = tuple[tuple[str, Callable[[], object]], ...]


class Toast(QFrame):
    """One sentence with its acts; it goes after five seconds, unless it is a failure or being used."""

    def __init__(self, look: Look, text: str, acts: Acts, parent: QWidget, *, failure: bool) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName(text)
        icon, tone = ("ph.warning-circle-fill", "exclude") if failure else ("ph.check-circle-fill", "include")
        self.label = Label(look, text, "small", wrap=True)
        self.label.setMinimumWidth(min(look.px(460), self.label.fontMetrics().horizontalAdvance(text) + 4))
        row = across(IconLabel(look, icon, tone), gap=8, edge=(14, 6, 8, 6))
        row.addWidget(self.label, 1)
        for name, call in acts:
            button = Button(look, name, "filter")
            button.clicked.connect(partial(_press, self, call))
            row.addWidget(button)
        if failure or not acts:
            close = Tool(look, "ph.x", "Close")
            close.clicked.connect(self.go)
            row.addWidget(close)
        self.setLayout(row)
        self.made = next(_MADE)
        self._end = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._end.timeout.connect(self._time_is_up)
        self._before: QWidget | None = None
        if not failure:
            self._end.start()

    def take_keyboard(self) -> None:
        """Let Enter press its first act; Esc puts it away."""
        self._before = QApplication.focusWidget()
        for button in self.findChildren(QAbstractButton):
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.go()
        else:
            super().keyPressEvent(event)

    def _time_is_up(self) -> None:
        if self.underMouse() or self._has_keyboard():
            self._end.start()
        else:
            self.go()

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def go(self) -> None:
        """Leave the window, and give the keyboard back to where it was."""
        self._end.stop()
        before = self._before
        if self._has_keyboard() and before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        self.hide()
        parent = self.parentWidget()
        self.setParent(None)
        self.deleteLater()
        if isinstance(parent, ToastHolder):
            parent.lay_toasts()


class ToastHolder(QWidget):
    """The part of the window toasts are laid over."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.room_below = 0

    def toast(self, text: str, acts: Acts = (), *, failure: bool = False) -> Toast:
        """Show a sentence; say it to a screen reader too."""
        for old in self.toasts()[: -(KEPT - 1)]:
            old.go()
        toast = Toast(self._look, text, acts, self, failure=failure)
        toast.show()
        self.lay_toasts()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(toast, text))
        return toast

    def toasts(self) -> list[Toast]:
        """Return the toasts that are shown, oldest first."""
        shown = [child for child in self.children() if isinstance(child, Toast)]
        return sorted(shown, key=_made)  # to raise one puts it at the end of the children

    def take_keyboard(self) -> None:
        """Give the keyboard to the newest toast."""
        for toast in self.toasts()[-1:]:
            toast.take_keyboard()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the toasts in the middle."""
        super().resizeEvent(event)
        self.lay_toasts()

    def lay_toasts(self) -> None:
        """Lay the toasts one above the other, the newest at the bottom."""
        bottom = self.height() - self.room_below - ABOVE
        for toast in reversed(self.toasts()):
            toast.setMaximumWidth(self.width() - 2 * ABOVE)
            toast.adjustSize()
            bottom -= toast.height()
            toast.move((self.width() - toast.width()) // 2, bottom)
            toast.raise_()
            bottom -= 8


def _made(toast: Toast) -> int:
    return toast.made


def _press(toast: Toast, call: Callable[[], object]) -> None:
    toast.go()
    call()
