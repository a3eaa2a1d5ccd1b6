"""Fields: one line or many, edited in place, and the search box."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.labels import IconLabel, Label
from evidence_app.ui.widgets.laying import across, down

ORIGINS = {
    "crossref": ("ph.circle-fill", "accent", "from Crossref"),
    "imported": ("ph.circle", "text-3", "as imported"),
    "typed": ("ph.pencil-simple", "text-3", "typed by a person"),
    "differs": ("ph.circle-half-fill", "maybe", "Crossref differs"),
    "missing": ("ph.selection", "text-3", "not reported"),
}
SEARCH_AFTER_MS = 150
KEEP_AFTER_MS = 1000


def _leaves_to_window(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Return whether Ctrl+Z or its reverse has no typing to take back and so means the last edit."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    keys = QKeySequence.StandardKey
    return (event.matches(keys.Undo) and not undo) or (event.matches(keys.Redo) and not redo)


class InPlace(QLineEdit):
    """One line that is edited where it stands: Enter or leaving keeps, Esc restores."""

    edited = Signal(str)

    def __init__(self, look: Look, name: str, value: str = "", hint: str = "") -> None:
        super().__init__(value)
        self._look, self._kept = look, value
        self.setObjectName("inplace")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setCursorPosition(0)
        self.editingFinished.connect(self._keep)
        self.renew()
        look.changed.connect(self.renew)

    def renew(self) -> None:
        """Take the font of the look as it is now."""
        self.setFont(self._look.font("body"))

    def show_value(self, value: str) -> None:
        """Show what the project holds; what is being typed at this moment is left alone."""
        typing = self.hasFocus() and self.text() != self._kept
        self._kept = value
        if not typing:
            self.setText(value)
            self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window where no typing can be taken back."""
        if _leaves_to_window(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Restore on Esc; all else is typing."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._kept:
            self.setText(self._kept)
            return
        super().keyPressEvent(event)

    def _keep(self) -> None:
        value = self.text().strip()
        if value != self._kept:
            self._kept = value
            self.edited.emit(value)


class GrowingText(QPlainTextEdit):
    """A text as high as its lines; kept a second after the last key and on leaving, Esc restores."""

    edited = Signal(str)

    def __init__(self, look: Look, name: str, value: str = "", hint: str = "", lines: int = 1) -> None:
        super().__init__(value)
        self._look, self._kept, self._began, self._lines, self._hint = look, value, value, lines, hint
        self.setObjectName("inplace")
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._later = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._later.timeout.connect(self.pause)
        self.textChanged.connect(self._typed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.renew()
        look.changed.connect(self.renew)

    def renew(self) -> None:
        """Take the font of the look as it is now."""
        self.setFont(self._look.font("body"))
        self._grow()

    def show_value(self, value: str) -> None:
        """Show what the project holds; what is being typed at this moment is left alone."""
        typing = self.hasFocus() and self.toPlainText() != self._kept
        self._kept = value
        if not typing and self.toPlainText() != value:
            self._began = value
            self.setPlainText(value)
            self._later.stop()

    def pause(self) -> None:
        """Typing has stopped for a second."""
        self.keep()

    def keep(self) -> None:
        """Tell of the text as it is now, if it is another one."""
        self._later.stop()
        value = self.toPlainText().strip()
        if value != self._kept:
            self._kept = value
            self.edited.emit(value)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window where no typing can be taken back."""
        document = self.document()
        if _leaves_to_window(event, undo=document.isUndoAvailable(), redo=document.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep on Ctrl+Enter, restore what was there at the beginning on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.toPlainText() == self._began:
            event.ignore()  # nothing to restore: whoever holds the field may use it
        elif event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self._began)
            self.keep()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.keep_for_good()
        else:
            super().keyPressEvent(event)

    def keep_for_good(self) -> None:
        """Keep the text on purpose: Esc does not go back behind it."""
        self._began = self.toPlainText()
        self.keep()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember what was there before typing began."""
        self._began = self.toPlainText()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field keeps it."""
        super().focusOutEvent(event)
        self.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower field is a higher one."""
        super().resizeEvent(event)
        self._grow()

    def hint(self, words: str) -> None:
        """Say other words where nothing is written."""
        if words != self._hint:
            self._hint = words
            self.setAccessibleDescription(words)
            self._grow()

    def _typed(self) -> None:
        self._later.start()

    def _grow(self) -> None:
        room = self.viewport().width() - 2 * round(self.document().documentMargin())
        hint = self.fontMetrics().elidedText(self._hint, Qt.TextElideMode.ElideRight, room)
        if hint != self.placeholderText():
            self.setPlaceholderText(hint)
        lines = max(self._lines, int(self.document().size().height()))
        margins = self.contentsMargins()
        round_it = 2 * self.document().documentMargin() + margins.top() + margins.bottom() + 2
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + round_it))


class Origin(IconLabel):
    """The dot after a field's name: where the value came from."""

    def __init__(self, look: Look, origin: str) -> None:
        super().__init__(look, *ORIGINS.get(origin, ("ph.circle", "text-3", ""))[:2], 10)
        self.show_origin(origin)

    def show_origin(self, origin: str, told: str = "") -> None:
        """Show another origin; `told` says more in the tool tip: from where and when."""
        self.setVisible(origin in ORIGINS)
        if origin in ORIGINS:
            icon, tone, words = ORIGINS[origin]
            self.show_icon(icon, tone)
            self.setToolTip(told or words.capitalize())


class Field(QWidget):
    """A field of an inspector: its name above, its value edited in place, where it came from."""

    edited = Signal(str)

    def __init__(self, look: Look, name: str, value: str, origin: str = "", hint: str = "") -> None:
        super().__init__()
        self.name = name
        self.origin = Origin(look, origin)
        self.editor = self._editor(look, name, value, hint)
        self.editor.edited.connect(self.edited)
        self.caption = Label(look, name, "caption", "text-3")
        self.caption.setBuddy(self.editor)
        head = across(self.caption, self.origin, None, gap=5, edge=(6, 0, 0, 0))
        column: QVBoxLayout = down(head, self.editor, gap=0)
        self.setLayout(column)
        self.setFocusProxy(self.editor)

    def _editor(self, look: Look, name: str, value: str, hint: str) -> InPlace | GrowingText:
        return InPlace(look, name, value, hint)

    def text(self) -> str:
        """Return what stands in it."""
        return self.editor.text() if isinstance(self.editor, InPlace) else self.editor.toPlainText()

    def show_value(self, value: str, origin: str = "", told: str = "") -> None:
        """Show what the project holds and where it came from."""
        self.editor.show_value(value)
        self.origin.show_origin(origin, told)


class LongField(Field):
    """A field whose text wraps and grows."""

    def _editor(self, look: Look, name: str, value: str, hint: str) -> InPlace | GrowingText:
        return GrowingText(look, name, value, hint)


class SearchBox(QLineEdit):
    """The search box: it waits until typing pauses; Esc empties it, Down goes to the list, Enter too."""

    searched = Signal(str)
    left_down = Signal()

    def __init__(self, look: Look, hint: str, name: str, width: int) -> None:
        super().__init__()
        self._look, self._width, self._told = look, width, ""
        self.setObjectName("search")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._pause.timeout.connect(self.search_now)
        self.textChanged.connect(self._typed)
        self.installEventFilter(self)
        self.renew()
        look.changed.connect(self.renew)

    def renew(self) -> None:
        """Take font, icon and width of the look as it is now."""
        self.setFont(self._look.font("body"))
        self._glass.setIcon(self._look.icon("ph.magnifying-glass", "text-3"))
        self.narrow(self._width)

    def narrow(self, width: int) -> None:
        """Take another width, given for 100 %; less where there is no room for it."""
        self._width = width
        self.setMaximumWidth(self._look.px(width))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the width of the design."""
        return QSize(self._look.px(self._width), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the width for a word or two."""
        return QSize(self._look.px(110), super().minimumSizeHint().height())

    def begin(self) -> None:
        """Take the keyboard; what is typed next takes the place of the words that stand here."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def search_now(self) -> None:
        """Tell of the words as they are now, once."""
        self._pause.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Search at once on Enter, empty on Esc, go to the list on Down or on Enter once it is searched."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            match event.key():
                case Qt.Key.Key_Escape if self.text():
                    self.clear()
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.text() != self._told:
                    self.search_now()
                    return True
                case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self.left_down.emit()
                    return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._pause.start()
