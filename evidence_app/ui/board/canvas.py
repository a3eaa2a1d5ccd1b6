"""The canvas: the cards in their places, the links between them, zoom, fit, and dragging."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from evidence_app.domain.board import Board
from evidence_app.ui.board.band import Band, held_by
from evidence_app.ui.board.card import TOGETHER, Card
from evidence_app.ui.board.dragging import Dragging
from evidence_app.ui.board.ground import Ground, Line, lines_of
from evidence_app.ui.board.placing import BLOCKS_BELOW, Key, Letters, Placing, Words, key_of, place_cards
from evidence_app.ui.look import Look
from evidence_app.ui.widgets.zooming import ZoomingCanvas, next_card

FIT_STEPS = 40
"""Zooms that are tried to fit the board: fortieths."""
LEAST_ZOOM = 0.1
MOST_KNOWN = 24
"""Zooms whose measures are kept."""


class BoardCanvas(ZoomingCanvas):
    """Shows the board as cards."""

    chosen = Signal(object)
    opened = Signal(object)
    dropped = Signal(object, object, object, bool)
    """Cards, the card they were dropped on, before so many of its codes, and whether they stay there too."""
    put_down = Signal(object, bool)
    """Cards that were put on empty ground, and where, in lengths of the design; true with Ctrl."""
    carried = Signal(object, object)
    """A card, and the arrow key by which it is to go on."""
    marks_changed = Signal()
    menu_asked = Signal(object, QPoint)

    least = LEAST_ZOOM
    moves_with = Qt.MouseButton.MiddleButton

    def __init__(self, look: Look) -> None:
        self._back = Ground(self)
        super().__init__(look, self._back)
        self.board = Board()
        self.cards: dict[Key, Card] = {}
        self.lines: list[Line] = []
        self.marks: set[Key] = set()
        self.current: Key | None = None
        self.all_links = True
        self.letters = Letters(look, 1.0)
        self.placing = Placing()
        self.dragging = Dragging(self, look, self._back)
        self._band = Band(look, self._back)
        self._before_band: set[Key] = set()
        self._words = Words(self.board)
        self._known: list[Letters] = []
        self._fitting: dict[tuple[int, int, float], float] = {}

    # -- showing

    def show_board(self, board: Board) -> None:
        """Show the board; the chosen card stays so where it is still there."""
        holder = self.window().focusWidget()  # also while a dialog is in front
        focused = next((key for key, card in self.cards.items() if card is holder), None)
        self.board, current = board, self.current
        self._fitting.clear()
        self._words = Words(board)
        keys = self._keys()
        self.lines = [each for each in self.lines if each.above in keys and each.below in keys]
        for key in [key for key in self.cards if key not in keys]:
            card = self.cards.pop(key)
            card.hide()
            card.deleteLater()
        self.current = current  # a card that is hidden hands the keyboard to its neighbour
        before = list(self.cards)
        self.cards = {key: self.cards.get(key) or self._made(key) for key in keys}
        for key, card in self.cards.items():
            words = self._words[key]
            card.show_words(words, self._told(key), self._tip(key))
        self.marks &= set(keys)
        self.lines = lines_of(board)
        if self.current not in self.cards:
            self.current = self._again(self.current)
        if before != keys:
            self._order()
        if keys and not before and (whole := self.fitting()) >= BLOCKS_BELOW:
            self.zoom = whole  # as much as there is room for, while cards are whole
            self.zoomed.emit()
        self.lay()
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
        card = Card(self.look, key, self._back)
        card.chosen.connect(self.choose)
        card.opened.connect(self.opened)
        card.marked.connect(self.mark)
        card.pressed.connect(self._press)
        card.clicked.connect(self._click)
        card.moved.connect(self._go)
        card.widened.connect(self._widen)
        card.carried.connect(self.carried)
        card.let_go.connect(self.unmark)
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
        self._stack()

    def _stack(self) -> None:
        """Let codes lie on their groups."""
        for card in self.cards.values():
            card.raise_()

    def _told(self, key: Key) -> str:
        words, board = self._words[key], self.board
        if key.kind == "code":
            where = f"in {board.by_id[key.group].name}" if key.group else "no group yet"
            return f"Code {words.title}, {words.told}, {where}"
        what = words.above if key.kind == "theme" else board.kind_words(board.by_id[key.row])
        told = f"{what} {words.title}, {words.told}"
        over = [each.name for each in board.parents_of(key.row)]
        return f"{told}, part of {' and '.join(over)}" if over else told

    def _tip(self, key: Key) -> str:
        if key.kind == "code":
            return self.board.code_by_id[key.row].definition
        return self.board.by_id[key.row].proposition

    # -- choosing

    def choose(self, key: Key) -> None:
        """Choose a card."""
        before = [line for line in self.lines if self.near(line)]
        self.current = key
        self._show_states()
        if self.all_links:
            self._back.renew((*before, *(line for line in self.lines if self.near(line))))
        else:
            self._back.update()
        self.chosen.emit(key)

    def show_card(self, key: Key) -> None:
        """Choose a card, give it the keyboard, and bring it into sight."""
        if key in self.cards:
            self.cards[key].setFocus()
            self.choose(key)
            self.show_whole(self.cards[key])

    def mark(self, key: Key) -> None:
        """Make a card one of several that are chosen together, or no longer."""
        self._mark(self.marks ^ {key})

    def _mark(self, marks: set[Key]) -> None:
        if marks != self.marks:
            self.marks = marks
            self._show_states()
            self.marks_changed.emit()

    def unmark(self) -> None:
        """Choose no cards together any more."""
        self._mark(set())

    def _press(self, key: Key) -> None:
        """Let the others go where a card is pressed that is none of them."""
        if key not in self.marks:
            self.unmark()

    def _click(self, _key: Key) -> None:
        """Let all go on a plain click."""
        self.unmark()

    def moving(self, key: Key) -> list[Key]:
        """Return the cards that go with one: those chosen together, where it is one of them."""
        return self.together() if key in self.marks else [key]

    def together(self) -> list[Key]:
        """Return the cards chosen together, in order; a code goes with its group if that is one."""
        groups = {key.row for key in self.marks if key.kind == "group"}
        return [key for key in self.cards if key in self.marks and key.group not in groups]

    def take_focus(self) -> None:
        """Give the keyboard to the chosen card, or the first one."""
        if self.cards:
            first = next(iter(self.cards))
            self.cards[self.current if self.current in self.cards else first].setFocus()

    def show_links(self, *, all_links: bool) -> None:
        """Show all links, or those of the chosen card only."""
        self.all_links = all_links
        self._back.update()

    def near(self, line: Line) -> bool:
        """Return whether a link is one of the chosen card."""
        at = self.current
        if at is None:
            return False
        if at.kind == "code":
            at = Key("group", at.group)
        return at in (line.above, line.below)

    def _show_states(self) -> None:
        target, several = self.dragging.target, bool(self.marks)
        for key, card in self.cards.items():
            card.show_state(
                chosen=key == self.current, marked=key in self.marks, target=key == target, several=several
            )

    def _go(self, key: Key, arrow: Qt.Key) -> None:
        """Go to the nearest card in a direction, to the first one, or to the last."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
        to = list(self.cards)[ends[arrow]] if arrow in ends else next_card(self.cards, key, arrow)
        if to is not None:
            self.cards[to].setFocus()
            self.show_whole(self.cards[to])

    def _widen(self, key: Key, arrow: Qt.Key) -> None:
        """Choose the next card that way too; one that is chosen already lets this one go."""
        to = next_card(self.cards, key, arrow)
        if to is None:
            return
        self._mark(self.marks - {key} if to in self.marks and key in self.marks else self.marks | {key, to})
        self.cards[to].setFocus()
        self.show_whole(self.cards[to])

    # -- dragging

    def _drag(self, key: Key, spot: QPoint) -> None:
        dragging = self.dragging
        if dragging.grip is None:
            dragging.begin(key, spot)
        links = [line for line in self.lines if line.above in dragging.along or line.below in dragging.along]
        self._back.renew(links)
        before = dragging.target
        dragging.move(key, spot)
        self._back.renew(links)
        self.ensureVisible(spot.x(), spot.y(), 24, 24)
        if dragging.target != before:
            self._show_states()

    def _drop(self, _key: Key, spot: QPoint, also: bool) -> None:
        dragging = self.dragging
        keys, target, place, grip = dragging.keys, dragging.target, dragging.place, dragging.grip
        unit, cards = self.letters.px(1), self.cards
        spots = [
            (key, max(cards[key].x() / unit, 0.0), max(cards[key].y() / unit, 0.0)) for key in keys
        ]  # fmt: skip
        self._end_drag()
        if target is not None:
            self.dropped.emit(keys, target, place, also)
        elif grip is not None and self._back.rect().contains(spot):
            self.put_down.emit(spots, also)

    def _end_drag(self) -> None:
        along = self.dragging.along
        self.dragging.end()
        if along:
            self._stack()
        self.lay()
        self._show_states()

    # -- laying out

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Draw a band around cards on the empty ground; a click there chooses nothing."""
        if watched is self.ground and isinstance(event, QMouseEvent) and self._draw_band(event):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _draw_band(self, event: QMouseEvent) -> bool:
        """Return whether the event belongs to a band."""
        spot = event.position().toPoint()
        left = event.button() is Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.MouseButtonPress and left:
            self._before_band = set(self.marks) if event.modifiers() & TOGETHER else set()
            self._mark(set(self._before_band))
            self._band.begin(spot)
        elif event.type() == QEvent.Type.MouseMove and self._band.is_drawn:
            held = self._band.draw_to(spot)
            self._mark(self._before_band | held_by(held, self.cards))
            self.ensureVisible(spot.x(), spot.y(), 8, 8)
        elif event.type() == QEvent.Type.MouseButtonRelease and left and self._band.is_drawn:
            self._band.end()
            first = next((key for key in self.cards if key in self.marks), None)
            if first is not None and self.current not in self.marks:
                self.cards[first].setFocus()
            else:
                self.take_focus()
        else:
            return False
        return True

    def lay_out(self) -> None:
        """Give the cards their places; a card that is dragged keeps its own."""
        if self.dragging.grip is not None:
            return
        self.letters = self._letters_at(self.zoom)
        self.placing = place_cards(self.board, self.letters, self.viewport().width(), self._words)
        room = self.viewport().size()
        size = QSize(round(self.placing.width), round(self.placing.height)).expandedTo(room)
        self._back.resize(
            size if self.placing.width > room.width() + 1 else QSize(room.width(), size.height())
        )
        for key, card in self.cards.items():
            card.setGeometry(self.placing.rects[key].toAlignedRect())
            card.lay(self.letters)
        self._back.update()

    def _letters_at(self, zoom: float) -> Letters:
        """Return the letters of a zoom; what they have measured is kept as long as the look is the same."""
        scale = self.look.scale
        if any(each.scale != scale for each in self._known) or len(self._known) > MOST_KNOWN:
            self._known.clear()
        held = next((each for each in self._known if each.zoom == zoom), None)
        if held is None:
            held = Letters(self.look, zoom)
            self._known.append(held)
        return held

    def looked_at(self) -> QWidget | None:
        """Return the chosen card: it stays in place when the board is zoomed with the keys."""
        return self.cards.get(self.current) if self.current is not None else None

    def fitting(self) -> float:
        """Return the largest zoom up to 100 % at which the whole board is seen."""
        room = self.viewport().size()
        asked = (room.width(), room.height(), self.look.scale)
        if asked not in self._fitting:
            self._fitting = {asked: self._fit_into(room)}
        return self._fitting[asked]

    def _fit_into(self, room: QSize) -> float:
        low, high = round(self.least * FIT_STEPS), FIT_STEPS
        while low < high:
            middle = (low + high + 1) // 2
            letters = self._letters_at(middle / FIT_STEPS)
            placed = place_cards(self.board, letters, room.width(), self._words)
            fits = placed.height <= room.height() and placed.width <= room.width() + 1
            low, high = (middle, high) if fits else (low, middle - 1)
        return low / FIT_STEPS

    def group_beside(self, key: Key, arrow: Qt.Key) -> Key | None:
        """Return the nearest group in a direction, not the one a code lies in."""
        groups = {each: card for each, card in self.cards.items()
                  if each.kind == "group" and each.row != key.group}  # fmt: skip
        return next_card({**groups, key: self.cards[key]}, key, arrow)

    def spot_of(self, key: Key) -> tuple[float, float]:
        """Return where a card lies, in lengths of the design."""
        at, unit = self.placing.rects[key].topLeft(), self.letters.px(1)
        return at.x() / unit, at.y() / unit
