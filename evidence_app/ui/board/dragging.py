"""Dragging cards on the board: what goes along, what they would be dropped on, and at which place."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from evidence_app.domain.board import Board
from evidence_app.ui.board.placing import Key, Letters
from evidence_app.ui.look import Look


class DropLine(QWidget):
    """The line between two codes where one that is dragged would come to stand."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.hide()

    def show_at(self, left: int, middle: int, width: int) -> None:
        """Show it."""
        thick = max(self._look.px(3), 2)
        self.setGeometry(left, middle - thick // 2, width, thick)
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("accent"))
        painter.end()


class Canvas(Protocol):
    """What dragging needs of the canvas."""

    board: Board
    letters: Letters

    @property
    def cards(self) -> Mapping[Key, QWidget]:
        """The cards by their keys."""

    def moving(self, key: Key) -> list[Key]:
        """Return the cards that are dragged with one: those chosen together, where it is one of them."""


class Dragging:
    """A drag from its first step to its end."""

    def __init__(self, canvas: Canvas, look: Look, ground: QWidget) -> None:
        self._canvas = canvas
        self.line = DropLine(look, ground)
        self.end()

    def end(self) -> None:
        """Forget it."""
        self.grip: QPoint | None = None
        self.keys: list[Key] = []
        self.along: list[Key] = []
        """The cards that move: those that are dragged, and the codes of groups among them."""
        self.target: Key | None = None
        self.place: int | None = None
        """Before so many of the target's other codes."""
        self.line.hide()

    def begin(self, key: Key, spot: QPoint) -> None:
        """Begin to drag a card at a point of the ground."""
        self.grip = spot - self._canvas.cards[key].pos()
        self.keys = self._canvas.moving(key)
        groups = {each.row for each in self.keys if each.kind == "group"}
        inside = [each for each in self._canvas.cards if each.group in groups and each not in self.keys]
        self.along = [*self.keys, *inside]
        for each in self.along:
            self._canvas.cards[each].raise_()

    def move(self, key: Key, spot: QPoint) -> None:
        """Move the cards to where the pointer is, and find what lies below it."""
        cards = self._canvas.cards
        step = spot - (self.grip or QPoint()) - cards[key].pos()
        for each in self.along:
            cards[each].move(cards[each].pos() + step)
        self.target = self._below(key, spot)
        self.place = self._place(spot) if key.kind == "code" else None

    def _below(self, key: Key, spot: QPoint) -> Key | None:
        """Return what is dropped on: codes on a group or a theme, groups on a theme or another group.

        A theme is dropped on the overarching one alone; beside the others it is only put."""
        spanning = self._canvas.board.spanning
        for each, card in self._canvas.cards.items():
            if each.kind == "code" or each in self.along or not card.geometry().contains(spot):
                continue
            put = key.kind == "theme" and each.kind == "theme"
            return None if put and (spanning is None or spanning.id != each.row) else each
        return None

    def _place(self, spot: QPoint) -> int | None:
        """Return before which of the target's codes the pointer is, and show the line there."""
        target = self.target
        if target is None or target.kind != "group":
            self.line.hide()
            return None
        cards = self._canvas.cards
        stay = [cards[key] for key in self._codes_of(target.row) if key not in self.along]
        place = sum(card.geometry().center().y() < spot.y() for card in stay)
        group, gap = cards[target].geometry(), round(self._canvas.letters.px(3))
        if not stay:
            self.line.hide()
        else:
            at = (
                stay[place].geometry().top() - gap
                if place < len(stay)
                else stay[-1].geometry().bottom() + gap
            )
            side = round(self._canvas.letters.px(8))
            self.line.show_at(group.left() + side, at, group.width() - 2 * side)
        return place

    def _codes_of(self, group: int) -> Sequence[Key]:
        return [Key("code", code.id, group) for code in self._canvas.board.codes_of(group)]
