"""The canvas: the cards in their places, the links between them, zoom, fit, and dragging."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.board import Board
from evidence_app.ui.board.card import Card
from evidence_app.ui.board.ground import Ground, Line, lines_of
from evidence_app.ui.board.placing import Key, Letters, Placing, key_of, place_cards, words_of
from evidence_app.ui.look import Look
from evidence_app.ui.widgets.zooming import LEAST, ZoomingCanvas, next_card

FIT_STEPS = 20
"""Zooms that are tried to fit the board: twentieths."""


class BoardCanvas(ZoomingCanvas):
    """Shows the board as cards."""

    chosen = Signal(object)
    opened = Signal(object)
    dropped = Signal(object, object, bool)
    """A card, the card it was dropped on, and whether it is to be there too."""
    put_down = Signal(object, float, float)
    """A card was put on empty ground: where, in lengths of the design."""
    carried = Signal(object, object)
    """A card, and the arrow key by which it is to go on."""
    marks_changed = Signal()
    menu_asked = Signal(object, QPoint)

    def __init__(self, look: Look) -> None:
        self._back = Ground(self)
        super().__init__(look, self._back)
        self.board = Board()
        self.cards: dict[Key, Card] = {}
        self.lines: list[Line] = []
        self.marks: set[Key] = set()
        self.current: Key | None = None
        self.target: Key | None = None
        self.all_links = True
        self.letters = Letters(look, 1.0)
        self.placing = Placing()
        self._grip: QPoint | None = None

    # -- showing

    def show_board(self, board: Board) -> None:
        """Show the board; the chosen card stays so where it is still there."""
        holder = self.window().focusWidget()  # also while a dialog is in front
        focused = next((key for key, card in self.cards.items() if card is holder), None)
        self.board, current = board, self.current
        keys = self._keys()
        self.lines = [each for each in self.lines if each.above in keys and each.below in keys]
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
        card.moved.connect(self._go)
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
        """Make a code or a group one of several that are chosen together, or no longer."""
        if key.kind != "theme":
            self.marks = {each for each in self.marks if each.kind == key.kind} ^ {key}
            self._show_states()
            self.marks_changed.emit()

    def unmark(self) -> None:
        """Choose no cards together any more."""
        self.marks.clear()
        self._show_states()
        self.marks_changed.emit()

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
        for key, card in self.cards.items():
            card.show_state(chosen=key == self.current, marked=key in self.marks, target=key == self.target)

    def _go(self, key: Key, arrow: Qt.Key) -> None:
        """Go to the nearest card in a direction, to the first one, or to the last."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
        to = list(self.cards)[ends[arrow]] if arrow in ends else next_card(self.cards, key, arrow)
        if to is not None:
            self.cards[to].setFocus()
            self.show_whole(self.cards[to])

    # -- dragging

    def _drag(self, key: Key, spot: QPoint) -> None:
        card = self.cards[key]
        if self._grip is None:
            self._grip = spot - card.pos()
            for each in self._with(key):
                self.cards[each].raise_()
        step = spot - self._grip - card.pos()
        links = [line for line in self.lines if key in (line.above, line.below)]
        self._back.renew(links)
        for each in self._with(key):
            self.cards[each].move(self.cards[each].pos() + step)
        self._back.renew(links)
        self.ensureVisible(spot.x(), spot.y(), 24, 24)
        target = self._below(key, spot)
        if target != self.target:
            self.target = target
            self._show_states()

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
        elif grip is not None and not key.group and self._back.rect().contains(spot):
            unit = self.letters.px(1)
            self.put_down.emit(key, max(at.x() / unit, 0.0), max(at.y() / unit, 0.0))
        elif key.group:
            self.dropped.emit(key, None, also)

    def _end_drag(self) -> None:
        self._grip = self.target = None
        self._order()
        self.lay()
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

    # -- laying out

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose nothing on a click beside the cards."""
        if watched is self.ground and event.type() == QEvent.Type.MouseButtonPress and self.marks:
            self.unmark()
        return super().eventFilter(watched, event)

    def lay_out(self) -> None:
        """Give the cards their places; a card that is dragged keeps its own."""
        if self._grip is not None:
            return
        if (self.letters.zoom, self.letters.scale) != (self.zoom, self.look.scale):
            self.letters = Letters(self.look, self.zoom)
        self.placing = place_cards(self.board, self.letters, self.viewport().width())
        room = self.viewport().size()
        size = QSize(round(self.placing.width), round(self.placing.height)).expandedTo(room)
        self._back.resize(
            size if self.placing.width > room.width() + 1 else QSize(room.width(), size.height())
        )
        for key, card in self.cards.items():
            card.setGeometry(self.placing.rects[key].toAlignedRect())
            card.lay(self.letters)
        self._back.update()

    def fitting(self) -> float:
        """Return the largest zoom up to 100 % at which the whole board is seen."""
        room = self.viewport().size()
        low, high = round(LEAST * FIT_STEPS), FIT_STEPS
        while low < high:
            middle = (low + high + 1) // 2
            placed = place_cards(self.board, Letters(self.look, middle / FIT_STEPS), room.width())
            fits = placed.height <= room.height() and placed.width <= room.width() + 1
            low, high = (middle, high) if fits else (low, middle - 1)
        return low / FIT_STEPS

    def marked(self, kind: str) -> list[int]:
        """Return the codes or groups chosen together, each once, in the order of the board."""
        return list(dict.fromkeys(key.row for key in self.cards if key in self.marks and key.kind == kind))

    def group_beside(self, key: Key, arrow: Qt.Key) -> Key | None:
        """Return the nearest group in a direction, not the one a code lies in."""
        groups = {each: card for each, card in self.cards.items()
                  if each.kind == "group" and each.row != key.group}  # fmt: skip
        return next_card({**groups, key: self.cards[key]}, key, arrow)

    def spot_of(self, key: Key) -> tuple[float, float]:
        """Return where a card lies, in lengths of the design."""
        at, unit = self.placing.rects[key].topLeft(), self.letters.px(1)
        return at.x() / unit, at.y() / unit
