"""The canvas: the cards in their places, the links between them, zoom, fit, and dragging."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from evidence_app.domain.board import Board
from evidence_app.ui.board.card import Card
from evidence_app.ui.board.ground import Ground, Line, lines_of
from evidence_app.ui.board.placing import Key, Letters, Placing, key_of, place_cards, words_of
from evidence_app.ui.look import Look

LEAST, MOST, STEP = 0.5, 2.0, 1.15


class BoardCanvas(QScrollArea):
    """Shows the board as cards."""

    chosen = Signal(object)
    opened = Signal(object)
    dropped = Signal(object, object, bool)
    """A card, the card it was dropped on, and whether it is to be there too."""
    put_down = Signal(object, float, float)
    """A card was put on empty ground: where, in lengths of the design."""
    marks_changed = Signal()
    menu_asked = Signal(object, QPoint)
    zoomed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.board = Board()
        self.cards: dict[Key, Card] = {}
        self.lines: list[Line] = []
        self.marks: set[Key] = set()
        self.current: Key | None = None
        self.target: Key | None = None
        self.all_links = True
        self.zoom, self.fits = 1.0, False
        self.letters = Letters(look, 1.0)
        self.placing = Placing()
        self._grip: QPoint | None = None
        self.setObjectName("canvas")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ground = Ground(self, self)
        self.setWidget(self._ground)
        self._ground.installEventFilter(self)
        self.viewport().setAutoFillBackground(False)
        look.changed.connect(self._lay)

    # -- showing

    def show_board(self, board: Board) -> None:
        """Show the board; the chosen card stays so where it is still there."""
        focused = next((key for key, card in self.cards.items() if card.hasFocus()), None)
        self.board, current = board, self.current
        keys = self._keys()
        for key in [key for key in self.cards if key not in keys]:
            card = self.cards.pop(key)
            card.hide()
            card.deleteLater()
        self.current = current  # a card that is hidden hands the keyboard to its neighbour
        self.cards = {key: self.cards.get(key) or self._made(key) for key in keys}
        for key, card in self.cards.items():
            words = words_of(board, key)
            card.show_words(words, self._told(key), self._tip(key))
        self.marks &= set(keys)
        self.lines = lines_of(board)
        if self.current not in self.cards:
            self.current = self._again(self.current)
        self._order()
        self._lay()
        self._show_states()
        if focused is not None and focused not in self.cards:
            self.take_focus()

    def _again(self, gone: Key | None) -> Key | None:
        """Return where a code lies now that was chosen in another group."""
        if gone is None or gone.kind != "code":
            return None
        return next((key for key in self.cards if key[:2] == gone[:2]), None)

    def _keys(self) -> list[Key]:
        board, made = self.board, [key_of(each) for each in self.board.above]
        for group in board.groups:
            made.append(key_of(group))
            made += [Key("code", code.id, group.id) for code in board.codes_of(group.id)]
        return made + [Key("code", code.id) for code in board.loose]

    def _made(self, key: Key) -> Card:
        card = Card(self.look, key, self._ground)
        card.chosen.connect(self.choose)
        card.opened.connect(self.opened)
        card.marked.connect(self.mark)
        card.moved.connect(self._go)
        card.dragged.connect(self._drag)
        card.dropped.connect(self._drop)
        card.given_up.connect(self._end_drag)
        card.menu_asked.connect(self.menu_asked)
        card.show()
        return card

    def _order(self) -> None:
        before: Card | None = None
        for card in self.cards.values():
            if before is not None:
                QWidget.setTabOrder(before, card)
            before = card
            card.raise_()

    def _told(self, key: Key) -> str:
        words, board = words_of(self.board, key), self.board
        facts = ", ".join(each for each in (words.left, words.right) if each)
        if key.kind == "code":
            where = f"in {board.by_id[key.group].name}" if key.group else "no group yet"
            return f"Code {words.title}, {facts}, {where}"
        what = words.above if key.kind == "theme" else board.kind_words(board.by_id[key.row])
        told = f"{what} {words.title}, {facts}"
        over = [each.name for each in board.parents_of(key.row)]
        return f"{told}, part of {' and '.join(over)}" if over else told

    def _tip(self, key: Key) -> str:
        if key.kind == "code":
            return self.board.code_by_id[key.row].definition
        return self.board.by_id[key.row].proposition

    # -- choosing

    def choose(self, key: Key) -> None:
        """Choose a card."""
        self.current = key
        self._show_states()
        self._ground.update()
        self.chosen.emit(key)

    def show_card(self, key: Key) -> None:
        """Choose a card, give it the keyboard, and bring it into sight."""
        if key in self.cards:
            self.cards[key].setFocus()
            self.choose(key)
            self.ensureWidgetVisible(self.cards[key])

    def mark(self, key: Key) -> None:
        """Make a code one of several that are chosen together, or no longer."""
        if key.kind == "code":
            self.marks ^= {key}
            self._show_states()
            self.marks_changed.emit()

    def unmark(self) -> None:
        """Choose no codes together any more."""
        self.marks.clear()
        self._show_states()

    def take_focus(self) -> None:
        """Give the keyboard to the chosen card, or the first one."""
        if self.cards:
            first = next(iter(self.cards))
            self.cards[self.current if self.current in self.cards else first].setFocus()

    def show_links(self, *, all_links: bool) -> None:
        """Show all links, or those of the chosen card only."""
        self.all_links = all_links
        self._ground.update()

    def near(self, line: Line) -> bool:
        """Return whether a link is one of the chosen card."""
        at = self.current
        if at is None:
            return False
        if at.kind == "code":
            at = Key("group", at.group)
        return at in (line.above, line.below)

    def _show_states(self) -> None:
        for key, card in self.cards.items():
            card.show_state(chosen=key == self.current, marked=key in self.marks, target=key == self.target)

    def _go(self, key: Key, arrow: Qt.Key) -> None:
        """Go to the nearest card in a direction."""
        ways: Mapping[Qt.Key, tuple[int, int]] = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }  # fmt: skip
        start, (across, down) = self.cards[key].geometry(), ways[arrow]
        best: tuple[int, Card] | None = None
        for card in self.cards.values():
            to = card.geometry()
            step = to.center() - start.center() if across else to.topLeft() - start.topLeft()
            along = step.x() * across + step.y() * down
            beside = abs(step.y() if across else to.center().x() - start.center().x())
            if across and not (to.left() >= start.right() or to.right() <= start.left()):
                continue
            if along > 0 and (best is None or along + 3 * beside < best[0]):
                best = (along + 3 * beside, card)
        if best is not None:
            best[1].setFocus()
            self.ensureWidgetVisible(best[1])

    # -- dragging

    def _drag(self, key: Key, spot: QPoint) -> None:
        card = self.cards[key]
        if self._grip is None:
            self._grip = spot - card.pos()
            for each in self._with(key):
                self.cards[each].raise_()
        step = spot - self._grip - card.pos()
        for each in self._with(key):
            self.cards[each].move(self.cards[each].pos() + step)
        self.ensureVisible(spot.x(), spot.y(), 24, 24)
        target = self._below(key, spot)
        if target != self.target:
            self.target = target
            self._show_states()
        self._ground.update()

    def _with(self, key: Key) -> list[Key]:
        """Return the cards that go along: a group takes its codes."""
        inside = [each for each in self.cards if key.kind == "group" and each.group == key.row]
        return [key, *inside]

    def _drop(self, key: Key, spot: QPoint, also: bool) -> None:
        target, card, grip = self.target, self.cards[key], self._grip
        at = card.pos()
        self._end_drag()
        if target is not None:
            self.dropped.emit(key, target, also)
        elif grip is not None and not key.group and self._ground.rect().contains(spot):
            unit = self.letters.px(1)
            self.put_down.emit(key, max(at.x() / unit, 0.0), max(at.y() / unit, 0.0))
        elif key.group:
            self.dropped.emit(key, None, also)

    def _end_drag(self) -> None:
        self._grip = self.target = None
        self._order()
        self._lay()
        self._show_states()

    def _below(self, key: Key, spot: QPoint) -> Key | None:
        """Return what a card would be dropped on: a code on a group, a group on a theme."""
        for each, card in self.cards.items():
            if each.kind == "code" or each == key or not card.geometry().contains(spot):
                continue
            if key.kind == "code" and (each.kind != "group" or each.row == key.group):
                return None
            return None if key.kind == "theme" and each.kind == "theme" else each
        return None

    # -- zoom

    def set_zoom(self, zoom: float) -> None:
        """Show the board larger or smaller."""
        self.fits = False
        self.zoom = min(max(zoom, LEAST), MOST)
        self._lay()
        self.zoomed.emit()

    def fit(self) -> None:
        """Let the whole board be seen where it can be read."""
        self.fits = True
        self._lay()
        self.zoomed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out for the room."""
        super().resizeEvent(event)
        self._lay()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * (STEP if event.angleDelta().y() > 0 else 1 / STEP))
            event.accept()
        else:
            super().wheelEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose nothing on a click beside the cards."""
        if event.type() == QEvent.Type.MouseButtonPress and self.marks:
            self.unmark()
            self.marks_changed.emit()
        return super().eventFilter(watched, event)

    def _lay(self) -> None:
        if self._grip is not None:
            return
        if self.fits:
            self.zoom = self._fitting()
        self.letters = Letters(self.look, self.zoom)
        self.placing = place_cards(self.board, self.letters, self.viewport().width())
        room = self.viewport().size()
        size = QSize(round(self.placing.width), round(self.placing.height)).expandedTo(room)
        self._ground.resize(
            size if self.placing.width > room.width() + 1 else QSize(room.width(), size.height())
        )
        for key, card in self.cards.items():
            card.setGeometry(self.placing.rects[key].toAlignedRect())
            card.lay(self.letters)
        self._ground.update()

    def _fitting(self) -> float:
        room = self.viewport().size()
        low, high = round(LEAST * 20), 20
        while low < high:
            middle = (low + high + 1) // 2
            placed = place_cards(self.board, Letters(self.look, middle / 20), room.width())
            fits = placed.height <= room.height() and placed.width <= room.width() + 1
            low, high = (middle, high) if fits else (low, middle - 1)
        return low / 20

    def marked_codes(self) -> Iterable[int]:
        """Return the codes chosen together, each once."""
        return dict.fromkeys(key.row for key in self.cards if key in self.marks)
