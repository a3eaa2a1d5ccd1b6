"""How wide words are about, and where lines break, for drawings that are made without asking a font."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

FONT: Final = "'Noto Sans','Segoe UI','Helvetica Neue','Liberation Sans',Arial,'Noto Sans CJK SC',sans-serif"
"""What drawings ask for, the widest first; the widths below are its."""

_NARROW: Final = frozenset("iljtf.,;:'|!()[]/ -I·“”‘’\u202f\u00a0")
_WIDE: Final = frozenset("mwMW@%—…")
_CAPITALS: Final = frozenset("ABCDEFGHJKLNOPQRSTUVXYZÄÖÜ&")
_NARROW_SHARE, _WIDE_SHARE, _CAPITAL_SHARE, _SHARE, _CJK_SHARE = 0.34, 0.92, 0.70, 0.575, 1.0
"""Widths as parts of the size, a little above those of Noto Sans, the widest of the fonts named."""
_FIRST_CJK: Final = 0x2E80


def width(words: str, size: float, *, strong: bool = False) -> float:
    """Return about how wide words are at this size."""
    return sum(_share(letter) for letter in words) * size * (1.06 if strong else 1.0)


@lru_cache(maxsize=2048)
def _share(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_SHARE
    if letter in _WIDE:
        return _WIDE_SHARE
    if letter in _CAPITALS:
        return _CAPITAL_SHARE
    return _CJK_SHARE if ord(letter) >= _FIRST_CJK else _SHARE


def wrapped(words: str, room: float, size: float, *, strong: bool = False) -> Sequence[str]:
    """Return words as lines that fit; a word that fits in no line is broken."""
    lines = [""]
    for word in words.split(" "):
        joined = f"{lines[-1]} {word}".strip()
        if width(joined, size, strong=strong) <= room:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        *full, rest = _broken(word, room, size, strong)
        lines[-1:] = [*full, rest]
    return lines


def _broken(word: str, room: float, size: float, strong: bool) -> list[str]:
    pieces, piece = [], ""
    for letter in word:
        if piece and width(piece + letter, size, strong=strong) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]
