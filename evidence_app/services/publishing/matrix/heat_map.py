"""The matrix as an SVG heat map with its title, its heads upright, and a note on what is counted."""

import json
from functools import cache
from typing import Final

from evidence_app.domain.matrix import CellState
from evidence_app.services.flow.lettering import FONT
from evidence_app.services.publishing.inlines import escaped
from evidence_app.services.publishing.matrix.sheet import Sheet
from evidence_app.services.resources import resource_path
from evidence_app.services.synthesis.matrix import ColumnKind

DEPTHS: Final = (0.27, 0.47, 0.69, 0.84)
"""How deep the colour of a cell is for 1, 2, 3, and 4 or more anchors."""
_INK, _SOFT, _LINE = "#1C1E23", "#545964", "#CFCFCA"
_CELL, _ROW, _SUM, _GAP, _EDGE = 36.0, 23.0, 30.0, 10.0, 20.0
_NUMBER, _WIDEST, _HEAD = 34.0, 230.0, 190.0
_LETTER: Final = 6.2
"""About how wide a letter is at 11.5 points, in points."""


def heat_map(sheet: Sheet) -> str:
    """Return the heat map as one SVG."""
    return _Map(sheet).drawn()


@cache
def _colours() -> tuple[str, ...]:
    tokens = json.loads(resource_path("look/tokens.json").read_text("utf-8"))
    return tuple(tokens["theme-colours"]["light"])


def mixed(colour: str, depth: float) -> str:
    """Return a colour at this depth on white, as it prints."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - depth * (255 - part)):02X}" for part in parts)


def readable(ground: str) -> str:
    """Return black or white, whichever reads better on this ground."""
    red, green, blue = (int(ground[at : at + 2], 16) for at in (1, 3, 5))
    return _INK if 0.299 * red + 0.587 * green + 0.114 * blue > 118 else "#FFFFFF"


class _Map:
    """Places columns and rows, and draws them."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._matrix = sheet, sheet.matrix
        self._widths = self._text_widths()
        self._columns = self._places()
        longest = max((min(len(column.name), 30) for column in self._matrix.columns), default=0)
        head = min(_HEAD, 64 + longest * 5.9)
        self._width = max(self._columns[-1] + _EDGE, 560.0)
        self._title = _wrapped(sheet.title, int((self._width - 2 * _EDGE) / 8.2))[:3]
        self._down = 20.0 * (len(self._title) - 1)
        self._top = _EDGE + 34 + head + 24 + self._down

    def _text_widths(self) -> list[float]:
        """Return how wide each column of words before the cells is: the report, then characteristics."""
        lines = [self._sheet.row_heads(), *(self._sheet.row_words(row) for row in self._sheet.rows)]
        longest = [max(map(len, column)) * _LETTER + 14 for column in zip(*lines, strict=True)]
        return [_NUMBER, *(min(width, _WIDEST) for width in longest[1:])]

    def _places(self) -> list[float]:
        """Return where each column begins, and at last where the last one ends."""
        x = _EDGE + sum(self._widths)
        places = []
        for at, column in enumerate(self._matrix.columns):
            if at and column.band != self._matrix.columns[at - 1].band:
                x += _GAP
            places.append(x)
            x += _SUM if column.kind is ColumnKind.SUM else _CELL
        return [*places, x]

    def drawn(self) -> str:
        """Return the whole drawing."""
        bottom = self._top + _ROW * len(self._sheet.rows)
        # the last heads lean out of nothing: they stand upright, so the edge is enough
        width = self._width
        notes = _wrapped(" ".join(self._sheet.notes()), int((width - 2 * _EDGE) / 5.6))
        height = bottom + 34 + 15 * len(notes) + _EDGE
        parts = [
            *(_text(_EDGE, _EDGE + 12 + 20 * at, line, size=15, weight=600)
              for at, line in enumerate(self._title)),
            *self._heads(), *self._rows(), *self._legend(bottom + 20),
            *(_text(_EDGE, bottom + 44 + 15 * at, line, _SOFT, 10.5) for at, line in enumerate(notes)),
        ]  # fmt: skip
        told = escaped(" ".join(self._sheet.notes()))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
            f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="{FONT}" role="img">'
            f"<title>{escaped(self._sheet.title)}</title><desc>{told}</desc>"
            f'<rect width="100%" height="100%" fill="#FFFFFF"/>{"".join(parts)}</svg>\n'
        )

    def _heads(self) -> list[str]:
        drawn = []
        for band in self._matrix.bands:
            left, right = self._columns[band.first], self._end(band.last)
            colour = _colour(band.colour)
            letters = int((right - left) / 6.6)
            first, *more = _wrapped(band.of.name, letters)
            lines = [_cut(line, letters) for line in (first, " ".join(more)) if line]
            for up, line in enumerate(reversed(lines)):
                drawn.append(
                    _text(left + 1.5, _EDGE + 58 + self._down - 14 * up, line, size=11.5, weight=600)
                )
            drawn.append(_rect(left + 1.5, _EDGE + 64 + self._down, right - left - 3, 3, colour))
        for at, column in enumerate(self._matrix.columns):
            middle = (self._columns[at] + self._end(at)) / 2
            name = _cut(column.name, 30)
            drawn.append(
                f'<text transform="translate({middle + 4:.1f} {self._top - 8:.1f}) rotate(-90)" '
                f'font-size="11" fill="{_SOFT}">{escaped(name)}</text>'
            )
        x = _EDGE
        for head, width in zip(self._sheet.row_heads(), self._widths, strict=True):
            drawn.append(_text(x, self._top - 8, head, _SOFT, 10.5))
            x += width
        return drawn

    def _end(self, at: int) -> float:
        wide = _SUM if self._matrix.columns[at].kind is ColumnKind.SUM else _CELL
        return self._columns[at] + wide

    def _rows(self) -> list[str]:
        drawn = []
        for place, row in enumerate(self._sheet.rows):
            top = self._top + place * _ROW
            drawn.append(_rect(_EDGE, top, self._columns[-1] - _EDGE, 0.6, "#E5E5E1"))
            x = _EDGE
            for words, width in zip(self._sheet.row_words(row), self._widths, strict=True):
                drawn.append(_text(x, top + 15.5, _cut(words, int((width - 6) / _LETTER)), size=11.5))
                x += width
            drawn += [self._cell(row.id, at, top) for at in range(len(self._matrix.columns))]
        return drawn

    def _cell(self, reference: int, at: int, top: float) -> str:
        column, cell = self._matrix.columns[at], self._matrix.cell(reference, at)
        left, width = self._columns[at] + 1.5, self._end(at) - self._columns[at] - 3
        middle, base = left + width / 2, top + 15.5
        if cell.count and column.kind is ColumnKind.SUM:
            return _text(middle, base, str(cell.count), _SOFT, 11.5, weight=600, anchor="middle")
        if cell.count:
            ground = mixed(_colour(self._matrix.bands[column.band].colour), DEPTHS[min(cell.count, 4) - 1])
            number = _text(middle, base, str(cell.count), readable(ground), 11.5, weight=600, anchor="middle")
            return _rect(left, top + 2.5, width, 18, ground, 4) + number
        if cell.state is CellState.ABSENT:
            return _dot(middle, top + 11.5)
        if cell.state is CellState.QUOTED:
            colour = _colour(self._matrix.bands[column.band].colour)
            return _outlined(left, top + 2.5, width, 18, colour)
        return "" if column.kind is ColumnKind.SUM else _dashed(left, top + 2.5, width, 18)

    def _legend(self, y: float) -> list[str]:
        """Draw what the three signs mean."""
        colour = _colours()[0]
        drawn, x = [], _EDGE
        for at, depth in enumerate(DEPTHS):
            ground, number = mixed(colour, depth), f"{at + 1}{'+' if at == 3 else ''}"
            drawn.append(_rect(x, y - 13, 26, 18, ground, 4))
            drawn.append(_text(x + 13, y, number, readable(ground), 11, weight=600, anchor="middle"))
            x += 29
        drawn.append(_text(x + 4, y, f"{self._matrix.words.counts}s", _SOFT, 10.5))
        drawn += [_dot(x + 116, y - 4), _text(x + 124, y, str(CellState.ABSENT), _SOFT, 10.5)]
        drawn += [_dashed(x + 222, y - 13, 26, 18), _text(x + 254, y, str(CellState.UNSEEN), _SOFT, 10.5)]
        return drawn


def _colour(place: int) -> str:
    return _colours()[place % len(_colours())]


def _text(
    x: float, y: float, words: str, colour: str = _INK, size: float = 11.5, *, weight: int = 400,
    anchor: str = "start",
) -> str:  # fmt: skip
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="{anchor}">{escaped(words)}</text>'
    )


def _rect(x: float, y: float, width: float, height: float, colour: str, radius: float = 0) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius:.0f}" '
        f'fill="{colour}"/>'
    )


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="{_SOFT}"/>'


def _outlined(x: float, y: float, width: float, height: float, colour: str) -> str:
    return (
        f'<rect x="{x + 0.5:.1f}" y="{y + 0.5:.1f}" width="{width - 1:.1f}" height="{height - 1:.1f}" rx="4" '
        f'fill="none" stroke="{colour}"/>'
    )


def _dashed(x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect x="{x + 0.5:.1f}" y="{y + 0.5:.1f}" width="{width - 1:.1f}" height="{height - 1:.1f}" rx="4" '
        f'fill="none" stroke="{_LINE}" stroke-dasharray="3 2"/>'
    )


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: max(most - 1, 1)].rstrip() + "…"


def _wrapped(words: str, most: int) -> list[str]:
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + len(word) >= most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
