"""One card of the board: a theme, a group or a code. It is dragged, and works with the keyboard."""

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from evidence_app.ui.board.placing import CardWords, Key, Letters, foot_fits, title_room
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.zooming import WAYS

SLATE = 9
"""The colour of a code that stands under no theme."""
ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
TOP_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)


class Card(QWidget):
    """A card on the board."""

    chosen = Signal(object)
    opened = Signal(object)
    marked = Signal(object)
    """Space or a click with Ctrl: it is one of several now, or no longer."""
    moved = Signal(object, object)
    """An arrow key was pressed, Home or End."""
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
        self.is_chosen = self.is_marked = self.is_target = False
        self._pressed: QPoint | None = None
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_words(self, words: CardWords, told: str, tip: str) -> None:
        """Show the card as it is now; `told` is what a screen reader says."""
        self.words = words
        self.setAccessibleName(told)
        self.setToolTip(tip)
        self.update()

    def lay(self, letters: Letters) -> None:
        """Take the fonts of a zoom."""
        self.letters = letters
        self.update()

    def show_state(self, *, chosen: bool, marked: bool, target: bool = False) -> None:
        """Show it as chosen, as one of several, or as where a card would be dropped."""
        if (chosen, marked, target) != (self.is_chosen, self.is_marked, self.is_target):
            self.is_chosen, self.is_marked, self.is_target = chosen, marked, target
            self.update()

    # -- mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it, and begin a drag."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._pressed = event.position().toPoint()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.key.kind != "theme":
            self.marked.emit(self.key)
        self.chosen.emit(self.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if self._pressed is None:
            return
        step = event.position().toPoint() - self._pressed
        if self._dragging or step.manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(self.key, self.mapToParent(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop it."""
        dragging, self._pressed, self._dragging = self._dragging, None, False
        self.unsetCursor()
        if dragging and event.button() is Qt.MouseButton.LeftButton:
            also = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.dropped.emit(self.key, self.mapToParent(event.position().toPoint()), also)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Open it."""
        self.opened.emit(self.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer its acts."""
        self.chosen.emit(self.key)
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_asked.emit(
            self.key, self.mapToGlobal(self.rect().center()) if by_key else event.globalPos()
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, mark on Space, go to another card on the arrows, take the card along with Ctrl."""
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self._dragging, self._pressed = False, None
            self.unsetCursor()
            self.given_up.emit()
        elif event.key() == Qt.Key.Key_Escape and self.is_marked:
            self.let_go.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self.key)
        elif event.key() == Qt.Key.Key_Space:
            self.marked.emit(self.key)
        elif event.key() in (*WAYS, *ENDS) and not _held(event):
            self.moved.emit(self.key, Qt.Key(event.key()))
        elif event.key() in WAYS and _held(event) == Qt.KeyboardModifier.ControlModifier:
            self.carried.emit(self.key, Qt.Key(event.key()))
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
        brush = Brush(painter, self._look)
        self._ground(brush)
        draw = {"theme": self._theme, "group": self._group, "code": self._code}[self.key.kind]
        draw(painter)
        painter.end()

    def _ground(self, brush: Brush) -> None:
        look, rect = self._look, QRectF(self.rect())
        radius = self.letters.px(6 if self.key.kind == "code" else 8)
        ground = "accent-soft" if self.is_marked or self.is_target else (
            "hover" if self.key.kind == "group" else "surface")  # fmt: skip
        brush.box(rect, look.colour(ground), radius=radius)
        brush.box(rect, None, look.colour("line" if self.key.kind == "code" else "line-strong"), radius)
        if self.hasFocus() or self.is_chosen or self.is_target:
            wide = look.size("focus") if self.hasFocus() else 1.5
            brush.painter.setPen(QPen(look.colour("accent"), wide))
            brush.painter.setBrush(Qt.BrushStyle.NoBrush)
            brush.painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)

    def _text(self, painter: QPainter, spot: QRectF, text: str, role: str, tone: str, flags: int = 0) -> None:
        painter.setFont(self.letters.font(role))
        painter.setPen(self._look.colour(tone))
        painter.drawText(spot, flags or self.letters.wrap(text, role, spot.width()), text)

    def _theme(self, painter: QPainter) -> None:
        letters, px, words = self.letters, self.letters.px, self.words
        left, room = px(12), self.width() - px(24)
        line = letters.line("small")
        side = px(11)
        self._bar(painter, QRectF(left, px(11) + (line - side) / 2, side, side), px(3))
        kind = QRectF(left + side + px(7), px(11), room - side - px(7), line)
        self._text(painter, kind, words.above, "small", "text-2", int(Qt.AlignmentFlag.AlignLeft))
        top = px(11) + line + px(5)
        self._text(painter, QRectF(left, top, room, self.height() - top), words.title, "strong", "text")
        foot = letters.line("small-strong")
        bottom = self.height() - px(10)
        if foot_fits(letters, words, self.width()):
            spot = QRectF(left, bottom - foot, room, foot)
            self._text(painter, spot, words.left, "small-strong", "text-2", int(Qt.AlignmentFlag.AlignLeft))
            self._text(painter, spot, words.right, "small-strong", "text-2", TOP_RIGHT)
        else:
            spot = QRectF(left, bottom - 2 * foot, room, 2 * foot)
            self._text(painter, spot, f"{words.left}\n{words.right}", "small-strong", "text-2")

    def _group(self, painter: QPainter) -> None:
        letters, px, words = self.letters, self.letters.px, self.words
        room = title_room(letters, words, self.width())
        high = letters.high(words.title, "strong", room)
        self._text(painter, QRectF(px(12), px(10), room, high + 2), words.title, "strong", "text")
        number = QRectF(0, px(10), self.width() - px(12), letters.line("strong"))
        self._text(painter, number, words.right, "small", "text-2", TOP_RIGHT)
        below = QRectF(px(12), px(10) + high + px(3), self.width() - px(24), self.height())
        self._text(painter, below, words.left, "small", "text-2")

    def _code(self, painter: QPainter) -> None:
        letters, px, words = self.letters, self.letters.px, self.words
        self._bar(painter, QRectF(0, px(7), px(3), self.height() - px(14)), px(1.5))
        room = self.width() - px(22)
        high = letters.high(words.title, "small-strong", room)
        spot = QRectF(px(12), px(6), room, high + 2)
        self._text(painter, spot, words.title, "small-strong", "text")
        below = QRectF(px(12), px(6) + high + px(5), room, self.height())
        self._text(painter, below, words.left, "small", "text-2")

    def _bar(self, painter: QPainter, rect: QRectF, radius: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        place = self.words.colour
        painter.setBrush(self._look.theme(SLATE if place is None else place))
        painter.drawRoundedRect(rect, radius, radius)

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
