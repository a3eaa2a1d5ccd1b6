"""How a card of the board is drawn: whole, or as a block where the board is shown small."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from evidence_app.ui.board.placing import CardWords, Key, Letters, foot_fits, title_room
from evidence_app.ui.look import Look
from evidence_app.ui.pages.hues import SLATE
from evidence_app.ui.paint import Brush

TINT, TINT_OF_BARS = 46, 60
"""How strongly blocks of codes are coloured: with a name on them, and without."""
TOP_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
TOP_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
MIDDLE_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
MIDDLE_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class State(NamedTuple):
    """How a card is shown: with the keyboard, chosen, one of several, as where a card is dropped."""

    focused: bool
    chosen: bool
    marked: bool
    target: bool


class CardFace:
    """Draws a card into a rectangle."""

    def __init__(self, painter: QPainter, look: Look, letters: Letters, rect: QRectF) -> None:
        self._painter, self._look, self._letters, self._rect = painter, look, letters, rect
        self._brush = Brush(painter, look)
        self._px = letters.px

    def draw(self, key: Key, words: CardWords, state: State) -> None:
        """Draw a card with its words."""
        if self._letters.are_blocks:
            self._block_ground(key, words, state)
            {"theme": self._theme_block, "group": self._group_block, "code": self._code_block}[key.kind](
                words
            )
        else:
            self._ground(key, state)
            {"theme": self._theme, "group": self._group, "code": self._code}[key.kind](words)
        self._ring(key, state)

    # -- grounds

    def _ground(self, key: Key, state: State) -> None:
        ground = "hover" if key.kind == "group" else "surface"
        ground = "accent-soft" if state.marked or state.target else ground
        self._brush.box(self._rect, self._look.colour(ground), radius=self._radius(key))
        line = self._look.colour("line" if key.kind == "code" else "line-strong")
        self._brush.box(self._rect, None, line, self._radius(key))

    def _block_ground(self, key: Key, words: CardWords, state: State) -> None:
        self._ground(key, state)
        if key.kind == "code" and not state.marked:
            tint = TINT if self._letters.name_codes else TINT_OF_BARS
            colour = self._look.theme(SLATE if words.colour is None else words.colour, tint)
            self._brush.box(self._rect, colour, radius=self._radius(key))

    def _ring(self, key: Key, state: State) -> None:
        if not any(state):
            return
        wide = self._look.size("focus") if state.focused else 1.5 if state.chosen or state.target else 1.0
        self._painter.setPen(QPen(self._look.colour("accent"), wide))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self._radius(key)
        self._painter.drawRoundedRect(self._rect.adjusted(1, 1, -1, -1), radius, radius)

    def _radius(self, key: Key) -> float:
        return self._px(6 if key.kind == "code" else 8)

    def _text(self, spot: QRectF, text: str, role: str, tone: str, flags: int = 0) -> None:
        self._painter.setFont(self._letters.font(role))
        self._painter.setPen(self._look.colour(tone))
        self._painter.drawText(spot, flags or self._letters.wrap(text, role, spot.width()), text)

    def _bar(self, words: CardWords, rect: QRectF, radius: float) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._look.theme(SLATE if words.colour is None else words.colour))
        self._painter.drawRoundedRect(rect, radius, radius)

    # -- whole cards

    def _theme(self, words: CardWords) -> None:
        letters, px, rect = self._letters, self._px, self._rect
        left, room = px(12), rect.width() - px(24)
        line = letters.line("small")
        side = px(11)
        self._bar(words, QRectF(left, px(11) + (line - side) / 2, side, side), px(3))
        kind = QRectF(left + side + px(7), px(11), room - side - px(7), line)
        self._text(kind, words.above, "small", "text-2", TOP_LEFT)
        top = px(11) + line + px(5)
        self._text(QRectF(left, top, room, rect.height() - top), words.title, "strong", "text")
        foot = letters.line("small-strong")
        bottom = rect.height() - px(10)
        if foot_fits(letters, words, rect.width()):
            spot = QRectF(left, bottom - foot, room, foot)
            self._text(spot, words.left, "small-strong", "text-2", TOP_LEFT)
            self._text(spot, words.right, "small-strong", "text-2", TOP_RIGHT)
        else:
            spot = QRectF(left, bottom - 2 * foot, room, 2 * foot)
            self._text(spot, f"{words.left}\n{words.right}", "small-strong", "text-2")

    def _group(self, words: CardWords) -> None:
        letters, px, rect = self._letters, self._px, self._rect
        room = title_room(letters, words, rect.width())
        high = letters.high(words.title, "strong", room)
        self._text(QRectF(px(12), px(10), room, high + 2), words.title, "strong", "text")
        number = QRectF(0, px(10), rect.width() - px(12), letters.line("strong"))
        self._text(number, words.right, "small", "text-2", TOP_RIGHT)
        below = QRectF(px(12), px(10) + high + px(3), rect.width() - px(24), rect.height())
        self._text(below, words.left, "small", "text-2")

    def _code(self, words: CardWords) -> None:
        letters, px, rect = self._letters, self._px, self._rect
        self._bar(words, QRectF(0, px(7), px(3), rect.height() - px(14)), px(1.5))
        room = rect.width() - px(22)
        high = letters.high(words.title, "small-strong", room)
        self._text(QRectF(px(12), px(6), room, high + 2), words.title, "small-strong", "text")
        below = QRectF(px(12), px(6) + high + px(5), room, rect.height())
        self._text(below, words.left, "small", "text-2")

    # -- blocks

    def _theme_block(self, words: CardWords) -> None:
        letters, px, rect = self._letters, self._px, self._rect
        line, side = letters.line("strong"), px(11)
        self._bar(words, QRectF(px(8), px(6) + (line - side) / 2, side, side), px(3))
        left = px(8) + side + px(6)
        room = rect.width() - left - px(8)
        title = letters.elided(words.title, "strong", room)
        self._text(QRectF(left, px(6), room, line), title, "strong", "text", MIDDLE_LEFT)
        whole = f"{words.left}, {words.right}"
        fits = letters.metrics("small").horizontalAdvance(whole) <= rect.width() - px(16)
        facts = letters.elided(whole if fits else words.left, "small", rect.width() - px(16))
        below = QRectF(px(8), px(8) + line, rect.width() - px(16), letters.line("small"))
        self._text(below, facts, "small", "text-2", MIDDLE_LEFT)

    def _group_block(self, words: CardWords) -> None:
        head = QRectF(
            self._px(7), self._px(3), self._rect.width() - self._px(14), self._letters.line("strong")
        )
        self._one_line(head, words.title, words.right, "strong")

    def _code_block(self, words: CardWords) -> None:
        px, rect = self._px, self._rect
        if not self._letters.name_codes:
            full = QRectF(rect.left(), rect.top(), max(rect.width() * words.share, px(3)), rect.height())
            self._bar(words, full, px(3))
            return
        self._bar(words, QRectF(0, px(3), px(3), rect.height() - px(6)), px(1.5))
        self._one_line(rect.adjusted(px(8), 0, -px(6), 0), words.title, words.number, "small")

    def _one_line(self, spot: QRectF, title: str, number: str, role: str) -> None:
        """Draw a title as far as there is room, and a number at the right."""
        letters = self._letters
        wide = letters.metrics("small").horizontalAdvance(number) if number else 0.0
        self._text(spot, number, "small", "text-2", MIDDLE_RIGHT)
        room = spot.width() - (wide + self._px(5) if number else 0)
        at = QRectF(spot.left(), spot.top(), max(room, 1), spot.height())
        self._text(at, letters.elided(title, role, room), role, "text", MIDDLE_LEFT)
