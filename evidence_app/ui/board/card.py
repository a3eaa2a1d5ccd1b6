"""One card of the board: a theme, a group or a code. It is dragged, and works with the keyboard."""

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from evidence_app.ui.board.card_face import CardFace, State
from evidence_app.ui.board.placing import CardWords, Key, Letters
from evidence_app.ui.look import Look
from evidence_app.ui.widgets.zooming import WAYS

ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
TOGETHER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Card(QWidget):
    """A card on the board."""

    chosen = Signal(object)
    opened = Signal(object)
    marked = Signal(object)
    """Space or a click with Ctrl or Shift: it is one of several now, or no longer."""
    pressed = Signal(object)
    """The mouse went down on it, with nothing held."""
    clicked = Signal(object)
    """It was clicked with nothing held, and not dragged."""
    moved = Signal(object, object)
    """An arrow key was pressed, Home or End."""
    widened = Signal(object, object)
    """An arrow key was pressed with Shift: the card that way is chosen too."""
    carried = Signal(object, object)
    """An arrow key was pressed with Ctrl: the card is to go there."""
    dragged = Signal(object, QPoint)
    """It is dragged; the point is the pointer's on the ground."""
    dropped = Signal(object, QPoint, bool)
    """It was let go; true with Ctrl."""
    given_up = Signal()
    let_go = Signal()
    """Esc: no cards are chosen together any more."""
    menu_asked = Signal(object, QPoint)

    def __init__(self, look: Look, key: Key, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.key = key
        self.words = CardWords("")
        self.letters = Letters(look, 1.0)
        self.is_chosen = self.is_marked = self.is_target = self.is_of_several = False
        self._tip = ""
        self._pressed: QPoint | None = None
        self._dragging = self._held = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_words(self, words: CardWords, told: str, tip: str) -> None:
        """Show the card as it is now; `told` is what a screen reader says."""
        self.words, self._tip = words, tip
        self.setAccessibleName(told)
        self._explain()
        self.update()

    def lay(self, letters: Letters) -> None:
        """Take the fonts of a zoom."""
        self.letters = letters
        self._explain()
        self.update()

    def _explain(self) -> None:
        """Say in the tooltip what a block has no room for, and what the number of a group counts."""
        words, blocks = self.words, self.letters.are_blocks
        held = (words.title, words.told) if blocks else (words.told,) if self.key.kind == "group" else ()
        tip = "\n".join(filter(None, (*held, self._tip)))
        if tip != self.toolTip():
            self.setToolTip(tip)

    def show_state(self, *, chosen: bool, marked: bool, target: bool = False, several: bool = False) -> None:
        """Show it as chosen, as one of several, or as where a card would be dropped."""
        self.is_of_several = several
        if (chosen, marked, target) != (self.is_chosen, self.is_marked, self.is_target):
            self.is_chosen, self.is_marked, self.is_target = chosen, marked, target
            self.update()

    # -- mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it, and begin a drag; other buttons are the board's."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._pressed, self._held = event.position().toPoint(), bool(event.modifiers() & TOGETHER)
        if not self._held:
            self.pressed.emit(self.key)
        self.chosen.emit(self.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if self._pressed is None:
            event.ignore()
            return
        step = event.position().toPoint() - self._pressed
        if self._dragging or step.manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(self.key, self.mapToParent(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop it; without a drag it was clicked."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        dragging, pressed, self._pressed, self._dragging = self._dragging, self._pressed, None, False
        self.unsetCursor()
        if dragging:
            also = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.dropped.emit(self.key, self.mapToParent(event.position().toPoint()), also)
        elif pressed is not None:
            (self.marked if self._held else self.clicked).emit(self.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open it."""
        if event.button() is Qt.MouseButton.LeftButton and not event.modifiers() & TOGETHER:
            self.opened.emit(self.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer its acts."""
        self.chosen.emit(self.key)
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_asked.emit(
            self.key, self.mapToGlobal(self.rect().center()) if by_key else event.globalPos()
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, mark on Space, go to another card on the arrows; with Ctrl or Shift do more."""
        key, held = Qt.Key(event.key()), _held(event)
        if key == Qt.Key.Key_Escape and self._dragging:
            self._dragging, self._pressed = False, None
            self.unsetCursor()
            self.given_up.emit()
        elif key == Qt.Key.Key_Escape and self.is_of_several:
            self.let_go.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self.opened.emit(self.key)
        elif key == Qt.Key.Key_Space:
            self.marked.emit(self.key)
        elif key in (*WAYS, *ENDS) and not held:
            self.moved.emit(self.key, key)
        elif key in WAYS and held == Qt.KeyboardModifier.ControlModifier:
            self.carried.emit(self.key, key)
        elif key in WAYS and held == Qt.KeyboardModifier.ShiftModifier:
            self.widened.emit(self.key, key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the card the keyboard has come to."""
        super().focusInEvent(event)
        self.chosen.emit(self.key)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Lose the ring."""
        super().focusOutEvent(event)
        self.update()

    # -- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        state = State(self.hasFocus(), self.is_chosen, self.is_marked, self.is_target)
        CardFace(painter, self._look, self.letters, QRectF(self.rect())).draw(self.key, self.words, state)
        painter.end()

    def foot(self) -> QPointF:
        """Return the middle of its lower edge, on the ground."""
        at = self.geometry()
        return QPointF(at.center().x(), at.bottom() + 1)

    def crown(self) -> QPointF:
        """Return the middle of its upper edge, on the ground."""
        at = self.geometry()
        return QPointF(at.center().x(), at.top())


def _held(event: QKeyEvent) -> Qt.KeyboardModifier:
    """Return what is held down; the arrows of a key pad are arrows like the others."""
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
