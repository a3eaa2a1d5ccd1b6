"""Where the cards lie: themes in a row, groups with their codes below, codes without a group last."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont

from evidence_app.domain.board import Board, BoardTheme
from evidence_app.domain.coding import CodeCount
from evidence_app.domain.edit import counted
from evidence_app.ui.look import Look
from evidence_app.ui.widgets.zooming import Lettering

MARGIN, GAP, THEME, GROUP, LOOSE = 20, 14, 200, 158, 146
"""The edge of the board, what lies between cards, and the least widths of cards."""
BELOW_THEMES, BELOW_ITS_THEME, BELOW_HEAD, BETWEEN, FOR_LINKS = 112, 64, 10, 34, 6
MOST_STRETCH, TIGHT = 1.35, 0.74
"""How much wider cards get to fill a row, and how much narrower the themes to stand in one."""
BLOCKS_BELOW, NAMES_FROM = 0.66, 7
"""Below this zoom cards are blocks of one line; codes have their names from this size of letters on."""
LARGER, LEAST_LETTERS = 1.25, 8
"""How much larger the letters of blocks are than their zoom says, and their least size."""
LINKS_BETWEEN_BLOCKS, LEAST_BLOCK = 56, 58
"""What lies between themes and groups that are blocks, and the least width of such a group at any zoom."""


class Key(NamedTuple):
    """Which card it is: `theme`, `group` or `code`, its row, and the group a code lies in."""

    kind: str
    row: int
    group: int = 0


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says."""

    title: str
    above: str = ""
    left: str = ""
    right: str = ""
    colour: int | None = None
    number: str = ""
    """What a block says of a code: how many quotations it has."""
    told: str = ""
    """The counts in words: what the tooltip and a screen reader say."""
    share: float = 0.0
    """How many that are against the most a code has."""


@dataclass(slots=True)
class Placing:
    """The cards with their places and the headings between them."""

    rects: dict[Key, QRectF] = field(default_factory=dict)
    heads: list[tuple[str, QRectF]] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0


class Letters(Lettering):
    """The fonts of the board at a zoom, and how high words are in them."""

    def __init__(self, look: Look, zoom: float) -> None:
        super().__init__(look, zoom)
        self.are_blocks = zoom < BLOCKS_BELOW
        letters = look.font("small-strong").pixelSize() * zoom * LARGER
        self.name_codes = not self.are_blocks or letters >= NAMES_FROM
        """Whether there is room for the names of codes."""
        self._heights: dict[tuple[str, str, int], float] = {}
        self._longest: dict[tuple[str, str], float] = {}
        self._elided: dict[tuple[str, str, int], str] = {}
        self._lines: dict[str, float] = {}

    def font(self, role: str) -> QFont:
        """Return the font of a role at the zoom; in blocks larger than the zoom says, so that it is read."""
        if not self.are_blocks:
            return super().font(role)
        font = self._fonts.get(role)
        if font is None:
            font = self.look.font(role)
            font.setPixelSize(max(round(font.pixelSize() * self.zoom * LARGER), LEAST_LETTERS))
            self._fonts[role] = font
        return QFont(font)

    def elided(self, text: str, role: str, width: float) -> str:
        """Return as much of a text as has room in one line."""
        key = (text, role, round(width))
        held = self._elided.get(key)
        if held is None:
            held = self._elided[key] = self.metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, width)
        return held

    def high(self, text: str, role: str, width: float) -> float:
        """Return how high wrapped words are."""
        key = (text, role, round(width * 4))
        held = self._heights.get(key)
        if held is None:
            room = QRectF(0, 0, max(width, 10), 100_000)
            flags = self.wrap(text, role, width)
            held = self.metrics(role).boundingRect(room, flags, text).height() if text else 0.0
            self._heights[key] = held
        return held

    def wrap(self, text: str, role: str, width: float) -> int:
        """Return how words wrap: between words, or anywhere where one is longer than the line."""
        longest = self._longest.get((text, role))
        if longest is None:
            metrics = self.metrics(role)
            longest = max((metrics.horizontalAdvance(word) for word in text.split()), default=0.0)
            self._longest[text, role] = longest
        return int(Qt.TextFlag.TextWrapAnywhere if longest > width else Qt.TextFlag.TextWordWrap)

    def line(self, role: str) -> float:
        """Return the height of one line."""
        held = self._lines.get(role)
        if held is None:
            held = self._lines[role] = self.metrics(role).height()
        return held


def words_of(board: Board, key: Key) -> CardWords:
    """Return what the card says."""
    if key.kind == "code":
        code = board.code_by_id[key.row]
        count = board.counts.get(code.id, CodeCount())
        quotes = f"{counted(count.quotations, 'quote')}, {counted(count.reports, 'report')}"
        number = f"{count.quotations:,}" if count.quotations else ""
        return CardWords(
            code.name, left=quotes, colour=board.colours.get(key.group), number=number, told=quotes,
            share=count.quotations / board.most_quotations,
        )  # fmt: skip
    theme = board.by_id[key.row]
    reports = counted(theme.reports, "report")
    if key.kind == "theme":
        anchors = counted(theme.anchors, "anchor")
        colour = board.colours.get(theme.id)
        told = f"{anchors}, {reports}"
        return CardWords(theme.name, board.kind_words(theme), anchors, reports, colour, told=told)
    quotes_in = sum(board.counts.get(code.id, CodeCount()).quotations for code in board.codes_of(theme.id))
    found = f"{counted(theme.anchors, 'anchor')}, {reports}" if theme.anchors else ""
    right = f"{quotes_in:,}" if board.codes_of(theme.id) else ""
    left = found or ("" if right else "No code yet")
    quoted = f"{counted(quotes_in, 'quote')} in {counted(len(board.codes_of(theme.id)), 'code')}"
    told = ", ".join(filter(None, (left, quoted if right else "")))
    return CardWords(theme.name, left=left, right=right, colour=board.colours.get(theme.id), told=told)


class Words(dict[Key, CardWords]):
    """What the cards of a board say, each worked out once."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self._board = board

    def __missing__(self, key: Key) -> CardWords:
        """Return what a card says that was not asked for yet."""
        self[key] = found = words_of(self._board, key)
        return found


def key_of(theme: BoardTheme) -> Key:
    """Return the key of a theme's or a group's card."""
    return Key("theme" if theme.is_above else "group", theme.id)


def place_cards(board: Board, letters: Letters, room: float, words: Words | None = None) -> Placing:
    """Return where the cards lie in a room of this width; nothing is cut, the board grows downwards."""
    return _Placer(board, letters, room, words if words is not None else Words(board)).placed()


@dataclass(slots=True)
class _Stack:
    """A column of groups, and how high it is."""

    left: float
    width: float
    high: float = 0.0


class _Placer:
    def __init__(self, board: Board, letters: Letters, room: float, words: Words) -> None:
        self.board, self.letters, self.words = board, letters, words
        self._heights: dict[tuple[int, float], float] = {}
        self.margin, self.gap = letters.px(MARGIN), letters.px(GAP)
        self.room = max(room - 2 * self.margin, letters.px(THEME))
        self.made = Placing()
        self.top = self.margin

    def placed(self) -> Placing:
        """Place row below row."""
        board, px = self.board, self.letters.px
        if board.above:
            self._head("Analytic themes")
            if any(each.theme.parents for each in board.above):
                self.top += px(FOR_LINKS)
            keys = [key_of(each) for each in board.above]
            bottom = self._rows(keys, THEME)
            self.top = bottom + px(self._between() if board.groups else BETWEEN)
        if board.groups:
            self._head("Groups")
            self._groups()
        if board.loose:
            self._head("No group yet")
            self.top = self._rows([Key("code", code.id) for code in board.loose], LOOSE) + px(BETWEEN)
        self._put_where_asked()
        rects = self.made.rects.values()
        self.made.width = max((rect.right() for rect in rects), default=0.0) + self.margin
        self.made.height = max((rect.bottom() for rect in rects), default=0.0) + self.margin
        return self.made

    def _between(self) -> float:
        """Return what lies between themes and groups: less where each group stands below its theme."""
        if self.letters.are_blocks:
            return LINKS_BETWEEN_BLOCKS
        return BELOW_ITS_THEME if self._stand_below() else BELOW_THEMES

    def _stand_below(self) -> bool:
        """Whether each group stands below the theme it is part of first: more groups than a row has room for,
        and the themes in one row."""
        columns, _ = self._columns(len(self.board.groups), GROUP)
        tops = {self.made.rects[key_of(each)].top() for each in self.board.above}
        return len(self.board.groups) > columns and len(tops) == 1

    def _head(self, words: str) -> None:
        high = self.letters.line("small-strong")
        self.made.heads.append((words, QRectF(self.margin, self.top, self.room, high)))
        self.top += high + self.letters.px(BELOW_HEAD)

    def _columns(self, number: int, least: float) -> tuple[int, float]:
        """Return how many cards stand in a row, and how wide they are."""
        least = min(self.letters.px(least), self.room)
        fit = max(int((self.room + self.gap) // (least + self.gap)), 1)
        if number > fit and least == min(self.letters.px(THEME), self.room):
            fit = max(int((self.room + self.gap) // (least * TIGHT + self.gap)), 1)
            fit = ceil(number / ceil(number / fit))
        columns = min(fit, max(number, 1))
        width = (self.room - (columns - 1) * self.gap) / columns
        return columns, width if self.letters.are_blocks else min(width, least * MOST_STRETCH)

    def _rows(self, keys: Sequence[Key], least: float) -> float:
        columns, width = self._columns(len(keys), least)
        bottom = self.top
        for start in range(0, len(keys), columns):
            row = keys[start : start + columns]
            top = bottom + (self.gap if start else 0)
            high = max(self._high(key, width) for key in row)
            for at, key in enumerate(row):
                self.made.rects[key] = QRectF(self.margin + at * (width + self.gap), top, width, high)
            bottom = top + high
        return bottom

    def _groups(self) -> None:
        groups = self.board.groups
        if self._stand_below():
            self._below_themes()
            return
        columns, width = self._columns(len(groups), GROUP)
        top = self.top
        for start in range(0, len(groups), columns):
            row = groups[start : start + columns]
            high = max(self._group_height(each, width) for each in row)
            for at, each in enumerate(row):
                self._group(each, self.margin + at * (width + self.gap), top, width)
            top += high + self.letters.px(BETWEEN)
        self.top = top

    def _below_themes(self) -> None:
        """Put each group below the theme it is part of first."""
        tops = [self.made.rects[key_of(each)] for each in self.board.above]
        stacks = [_Stack(each.left(), each.width()) for each in self._split(tops)]
        parts = len(stacks) // len(tops)
        at = {theme.id: place for place, theme in enumerate(self.board.above)}
        lost = []
        for group in self.board.groups:
            parent = next((each.id for each in self.board.parents_of(group.id) if each.id in at), None)
            if parent is None:
                lost.append(group)
            else:
                self._stack(group, stacks[at[parent] * parts : (at[parent] + 1) * parts])
        for group in lost:
            self._stack(group, stacks)
        self.top += max(each.high for each in stacks) + self.letters.px(BETWEEN)

    def _split(self, tops: Sequence[QRectF]) -> list[QRectF]:
        """Return the columns below the themes: blocks stand several beside each other below each."""
        wide, least = tops[0].width(), self.letters.look.px(LEAST_BLOCK)
        parts = max(int((wide + self.gap) // (least + self.gap)), 1) if self.letters.are_blocks else 1
        own = (wide - (parts - 1) * self.gap) / parts
        return [
            QRectF(top.left() + part * (own + self.gap), 0, own, 0) for top in tops for part in range(parts)
        ]

    def _stack(self, group: BoardTheme, stacks: Sequence["_Stack"]) -> None:
        lowest = min(stacks, key=lambda each: each.high)
        self._group(group, lowest.left, self.top + lowest.high, lowest.width)
        lowest.high += self._group_height(group, lowest.width) + self.gap

    def _group_height(self, group: BoardTheme, width: float) -> float:
        held = self._heights.get((group.id, width))
        if held is None:
            held = self._heights[group.id, width] = self._group_measured(group, width)
        return held

    def _group_measured(self, group: BoardTheme, width: float) -> float:
        high = group_head(self.letters, self.words[key_of(group)], width)
        inner = width - 2 * self.letters.px(8)
        for code in self.board.codes_of(group.id):
            high += self._high(Key("code", code.id, group.id), inner) + self._below_code
        return high + self.letters.px(8 if self.board.codes_of(group.id) else 2)

    def _group(self, group: BoardTheme, left: float, top: float, width: float) -> None:
        high = self._group_height(group, width)
        self.made.rects[key_of(group)] = QRectF(left, top, width, high)
        inner, px = width - 2 * self.letters.px(8), self.letters.px
        at = top + group_head(self.letters, self.words[key_of(group)], width)
        for code in self.board.codes_of(group.id):
            key = Key("code", code.id, group.id)
            own = self._high(key, inner)
            self.made.rects[key] = QRectF(left + px(8), at, inner, own)
            at += own + self._below_code

    @property
    def _below_code(self) -> float:
        return self.letters.px(3 if self.letters.are_blocks else 6)

    def _high(self, key: Key, width: float) -> float:
        letters, px = self.letters, self.letters.px
        if letters.are_blocks:
            return block_height(letters, key)
        words = self.words[key]
        if key.kind == "theme":
            title = max(letters.high(words.title, "strong", width - px(24)), 2 * letters.line("strong"))
            return px(11) + letters.line("small") + px(5) + title + px(12) + self._foot(words, width) + px(10)
        title = letters.high(words.title, "small-strong", width - px(22))
        return px(6) + title + px(5) + letters.high(words.left, "small", width - px(22)) + px(6)

    def _foot(self, words: CardWords, width: float) -> float:
        return foot_height(self.letters, words, width)

    def _put_where_asked(self) -> None:
        """Put cards where somebody put them, a group with its codes."""
        for (table, row), place in self.board.places.items():
            kinds = ("code",) if table == "code" else ("theme", "group")
            key = next((Key(kind, row) for kind in kinds if Key(kind, row) in self.made.rects), None)
            if key is None:
                continue
            spot = QPointF(self.letters.px(place.x), self.letters.px(place.y))
            step = spot - self.made.rects[key].topLeft()
            for each in [key, *(k for k in self.made.rects if key.kind == "group" and k.group == row)]:
                self.made.rects[each].translate(step)


def group_head(letters: Letters, words: CardWords, width: float) -> float:
    """Return how high the head of a group is."""
    if letters.are_blocks:
        return letters.line("strong") + letters.px(9)
    px = letters.px
    title = letters.high(words.title, "strong", title_room(letters, words, width))
    below = letters.high(words.left, "small", width - px(24))
    return px(10) + title + (px(3) + below if below else 0) + px(9)


def title_room(letters: Letters, words: CardWords, width: float) -> float:
    """Return how wide the title of a group may be beside its number."""
    number = letters.metrics("small").horizontalAdvance(words.right)
    return width - letters.px(24) - (number + letters.px(8) if number else 0)


def foot_height(letters: Letters, words: CardWords, width: float) -> float:
    """Return how high the two counts of a theme are: beside each other, or one below the other."""
    return letters.line("small") * (1 if foot_fits(letters, words, width) else 2)


def foot_fits(letters: Letters, words: CardWords, width: float) -> bool:
    """Return whether both counts of a theme stand in one line."""
    metrics = letters.metrics("small-strong")
    needed = metrics.horizontalAdvance(words.left) + metrics.horizontalAdvance(words.right)
    return needed + letters.px(36) <= width


def block_height(letters: Letters, key: Key) -> float:
    """Return how high a card is as a block: one line; a theme has two, and a code without a name is a bar."""
    if key.kind == "theme":
        return letters.line("strong") + letters.line("small") + letters.px(14)
    return letters.line("small") + letters.px(4) if letters.name_codes else letters.px(14)
