"""The palette: commands, screens and references in one list, found by a few letters."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from shiboken6 import isValid

from evidence_app.ui.look import Look
from evidence_app.ui.paint import CENTRE, Brush
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.panel_dialog import Veil
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import NO_PARENT, Index

WIDTH = 660
ROW = 36
SHOWN = 9
MOST = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette: what it is called, where it belongs, its keys, and what it does."""

    text: str
    run: Callable[[], object]
    icon: str = "ph.arrow-right"
    context: str = ""
    keys: str = ""
    enabled: bool = True


def matching(entries: Iterable[Entry], words: str) -> list[Entry]:
    """Return the entries that hold every word, those that begin with the words first."""
    asked = words.casefold().split()
    found = [
        entry
        for entry in entries
        if entry.enabled and all(word in f"{entry.text} {entry.context}".casefold() for word in asked)
    ]
    whole = words.casefold().strip()
    return sorted(found, key=lambda entry: not entry.text.casefold().startswith(whole))[:MOST]


class _Entries(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.text}, {entry.context}" if entry.context else entry.text
        return None


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._look.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(entry, Entry):
            return
        px = self._look.px
        painter.save()
        brush = Brush(painter, self._look)
        rect: QRect = option.rect.adjusted(px(8), 0, -px(8), 0)
        chosen = index.row() == self._view.currentIndex().row()
        if chosen:
            brush.box(rect, self._look.colour("accent-soft"), radius=6)
        middle = rect.center().y() + 1
        brush.icon(rect.left() + px(11), middle, entry.icon, "accent" if chosen else "text-2")
        right = self._keys(brush, rect, middle, entry.keys)
        left = rect.left() + px(36)
        brush.text(QRect(left, rect.top(), right - left, rect.height()), entry.text, "statement")
        left += brush.width(entry.text, "statement") + px(12)
        if left < right - px(40):
            place = QRect(left, rect.top(), right - left, rect.height())
            brush.text(place, entry.context, "small", "text-3")
        painter.restore()

    def _keys(self, brush: Brush, rect: QRect, middle: int, keys: str) -> int:
        right = rect.right() - self._look.px(10)
        for key in reversed(keys.split("+") if keys else []):
            wide = brush.width(key, "micro") + self._look.px(12)
            cap = QRect(right - wide, middle - self._look.px(9), wide, self._look.px(18))
            brush.box(cap, self._look.colour("window"), self._look.colour("line-strong"))
            brush.text(cap, key, "micro", "text-2", CENTRE)
            right -= wide + self._look.px(5)
        return right


class _PressedVeil(Veil):
    """Dims the window, and tells of a press beside the palette."""

    pressed = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
        self.hide()

    def mousePressEvent(self, _event: object) -> None:
        self.pressed.emit()


class Palette(QFrame):
    """Opened over the window; typing filters, Enter runs, Esc or a press beside it closes."""

    asked = Signal(str)
    """The words as typed, for whoever finds references."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        parts = Parts(look)
        self._look, self._commands, self._found = look, list[Entry](), list[Entry]()
        self._over = window
        self._before: QWidget | None = None
        self.setObjectName("panel")
        self._veil = _PressedVeil(look, window)
        self._veil.pressed.connect(self.dismiss)
        self.line = QLineEdit()
        self.line.setObjectName("bare")
        self.line.setAccessibleName("Commands, screens and references")
        self.line.setFont(look.font("title"))
        self.line.textChanged.connect(self._typed)
        for each in (self.line, window):
            each.installEventFilter(self)
        self._entries = _Entries(self)
        self.list = QListView()
        self.list.setModel(self._entries)
        self.list.setItemDelegate(_EntryDelegate(look, self.list))
        self.list.setAccessibleName("What was found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(self._clicked)
        icon = parts.icon("ph.magnifying-glass", "text-3", 18)
        box = across(icon, self.line, parts.key("Esc"), gap=10, edge=(18, 10, 16, 10))
        foot = across(
            parts.caption("Type a command, a number, or words of a reference"), None, parts.key("↑ ↓"),
            parts.key("Enter"), parts.caption("run"), edge=(19, 8, 14, 9),
        )  # fmt: skip
        self.setLayout(down(box, parts.rule(), 6, self.list, 6, parts.rule(), foot, gap=0))
        self.hide()

    def open_with(self, commands: Sequence[Entry]) -> None:
        """Show these commands and screens, and wait for words."""
        self._commands, self._found = list(commands), []
        self._before = self.window().focusWidget()
        self._veil.setGeometry(self._over.rect())
        self._veil.show()
        self._veil.raise_()
        self.line.clear()
        self._show()
        self.show()
        self.raise_()
        self.line.setFocus()

    def show_found(self, words: str, found: Sequence[Entry]) -> None:
        """Show the references found for these words, unless others are asked for by now."""
        if words == self.line.text():
            self._found = list(found)
            self._show()

    def dismiss(self) -> None:
        """Close, and give the focus back to where it was."""
        self.hide()
        self._veil.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before):
            before.setFocus()

    def entries(self) -> list[Entry]:
        """Return the lines that are shown."""
        return list(self._entries.entries)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list, run or close while the words keep the focus; stay in the middle of the window."""
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            match event.key():
                case Qt.Key.Key_Down | Qt.Key.Key_Up:
                    self._move(1 if event.key() == Qt.Key.Key_Down else -1)
                    return True
                case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._run(self.list.currentIndex().row())
                    return True
                case Qt.Key.Key_Escape:
                    self.dismiss()
                    return True
        return super().eventFilter(watched, event)

    def _typed(self, words: str) -> None:
        self._found = []
        self._show()
        self.asked.emit(words)

    def _show(self) -> None:
        entries = [*matching(self._commands, self.line.text()), *self._found]
        self._entries.show(entries)
        self.list.setCurrentIndex(self._entries.index(0))
        self.list.setFixedHeight(self._look.px(ROW) * max(1, min(SHOWN, len(entries))) + 2)
        self._place()

    def _place(self) -> None:
        room = self._over.size()
        self.setFixedWidth(min(self._look.px(WIDTH), room.width() - 40))
        self.adjustSize()
        self.move(QPoint((room.width() - self.width()) // 2, room.height() // 6))

    def _move(self, by: int) -> None:
        row = (self.list.currentIndex().row() + by) % max(1, len(self._entries.entries))
        self.list.setCurrentIndex(self._entries.index(row))
        self.list.viewport().update()

    def _clicked(self, index: Index) -> None:
        self._run(index.row())

    def _run(self, row: int) -> None:
        if 0 <= row < len(self._entries.entries):
            entry = self._entries.entries[row]
            self.dismiss()
            entry.run()


def keys_of(sequence: QKeySequence) -> str:
    """Return a shortcut as the palette and the list of keys write it."""
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)
