"""A choice that can be typed too; Enter takes what stands there and goes on to the dialog."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TypedChoice(QComboBox):
    """A combo box with a line; without this Qt keeps the Enter that ends a completed word for itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.lineEdit()
        if line is not None:
            line.installEventFilter(self)

    def setAccessibleName(self, name: str) -> None:
        """Name the line too, which has the keyboard."""
        super().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    def show_beginning(self) -> None:
        """Show the beginning of a long text, not its end."""
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the completed word on Enter, so that Enter is free for the button that is meant."""
        line = self.lineEdit()
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if line is not None and watched is line and pressed and event.key() in ENTER:  # type: ignore[attr-defined]
            line.deselect()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:  # type: ignore[attr-defined]
                # The box would take it for its list; it is the dialog's.
                return bool(QCoreApplication.sendEvent(self.window(), event))
        return super().eventFilter(watched, event)
