"""Which characters the installed fonts can print: typst drops a character without a font in silence."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from evidence_app.services.publishing.typesetting import glyphs, installed_families

_SPARE: Final = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimSun", "Noto Sans CJK JP", "Yu Gothic", "Meiryo",
    "Malgun Gothic", "Noto Sans CJK KR", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari",
    "Noto Sans Thai", "Noto Sans Symbols", "Noto Sans Symbols 2", "Segoe UI Symbol", "Arial Unicode MS",
)  # fmt: skip
"""Fonts for other scripts, tried in this order before any other that is installed."""
_PLAIN: Final = frozenset(chr(code) for code in (*range(0x20, 0x7F), 0xA0, 0x2060, 0x200B, 0x09, 0x0A, 0xAD))
_NO_CHARACTER: Final = "\U0010fffd"
"""A place in Unicode that no font fills; what it is drawn as is what a missing character is drawn as."""


def missing_characters(letters: Iterable[str]) -> str:
    """Return those of the characters that no installed font has, in their order."""
    asked = "".join(sorted(frozenset(letters) - _PLAIN))
    return _missing(asked) if asked else ""


@cache
def _missing(asked: str) -> str:
    drawn = glyphs((*asked, _NO_CHARACTER))
    nothing = drawn[-1]
    return "".join(
        letter
        for letter, glyph in zip(asked, drawn[:-1], strict=True)
        if glyph == nothing and _prints(letter)
    )


def _prints(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Zs", "Zl", "Zp")


def spare_fonts(letters: Iterable[str]) -> list[str]:
    """Return the installed fonts to try for other scripts; none where the text needs none."""
    if all(ord(letter) < 0x0590 for letter in letters):
        return []
    families = installed_families()
    return [family for family in _SPARE if family in families]
