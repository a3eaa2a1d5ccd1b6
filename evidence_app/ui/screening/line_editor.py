"""A list of lines that are typed, moved and taken off: questions, concepts, criteria, roles."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.fields import GrowingText
from evidence_app.ui.widgets.focus_order import order_focus
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

T = TypeVar("T")


class TypedText(GrowingText):
    """A text in a dialog: what is typed is read when the dialog is accepted."""

    def __init__(self, look: Look, name: str, value: str, hint: str, lines: int = 1) -> None:
        super().__init__(look, name, value, hint, lines)
        self.setObjectName("")
        self._grow()

    def _typed(self) -> None:
        """Typing alone tells nobody."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter to the dialog; all else is typing."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class LineEditor(QWidget, Generic[T]):
    """Rows of fields made by `make`; each can be taken off, and one can be added at the end."""

    changed = Signal()

    def __init__(
        self,
        parts: Parts,
        name: str,
        lines: Sequence[T],
        make: Callable[[T], Sequence[tuple[QWidget, int]]],
        new: Callable[[], T],
        empty: str,
    ) -> None:
        super().__init__()
        self._parts, self._name, self._make, self._new, self._empty = parts, name, make, new, empty
        self.lines = list(lines)
        self._fields: list[Sequence[tuple[QWidget, int]]] = []
        self._takers: list[QWidget] = []
        self._rows: QVBoxLayout = down(gap=5)
        self.add_button = parts.button(f"Add {name}", "plain", "ph.plus", self.add)
        self.setLayout(down(self._rows, across(self.add_button, None), gap=6))
        self._build()

    def add(self) -> None:
        """Add an empty line and go to its field."""
        self.lines.append(self._new())
        self._build()
        for field, _share in self._fields[-1]:
            if isinstance(field, QPlainTextEdit) or field.focusPolicy() & Qt.FocusPolicy.ClickFocus:
                field.setFocus()
                break
        self.changed.emit()

    def take_off(self, place: int, *_: object) -> None:
        """Take a line off."""
        del self.lines[place]
        self._build()
        left = self._takers[min(place, len(self.lines) - 1)] if self.lines else self.add_button
        left.setFocus()
        self.changed.emit()

    def _build(self) -> None:
        emptied(self._rows)
        self._fields, self._takers = [], []
        for place, line in enumerate(self.lines):
            fields = self._make(line)
            off = self._parts.tool("ph.x", f"Take {self._name} {place + 1} off")
            off.clicked.connect(partial(self.take_off, place))
            row = across(gap=6)
            for field, share in fields:
                row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
            row.addWidget(off, 0, Qt.AlignmentFlag.AlignTop)
            holder = QWidget()
            holder.setLayout(row)
            self._rows.addWidget(holder)
            self._fields.append(fields)
            self._takers.append(off)
        if not self.lines:
            note = self._parts.label(self._empty, "small", "text-3", wrap=True)
            note.setMinimumWidth(40)
            self._rows.addWidget(note)
        if self.isVisible():
            order_focus(self.window())
