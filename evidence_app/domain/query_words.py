"""The words of a text as they are searched."""

import unicodedata

from evidence_app.domain.reference import folded

_CJK = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


def words(text: str) -> list[str]:
    """Return the words of a text as they are searched: folded, each CJK character a word of its own.

    What parts words is what FTS5's unicode61 takes for separators: all but letters, numbers, private use."""
    found: list[str] = []
    current: list[str] = []
    for letter in folded(text):
        in_word = unicodedata.category(letter)[0] in "LN" or unicodedata.category(letter) == "Co"
        if in_word and not _is_cjk(letter):
            current.append(letter)
            continue
        if current:
            found.append("".join(current))
            current = []
        if in_word:
            found.append(letter)
    if current:
        found.append("".join(current))
    return found


def _is_cjk(letter: str) -> bool:
    code = ord(letter)
    return code >= 0x2E80 and any(low <= code <= high for low, high in _CJK)
