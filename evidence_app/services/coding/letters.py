"""The letters of a text alone, to find words again where only lines were broken anew.

Blanks, line ends, hyphens and the ligatures of a typeface are left out of account: a page that was set anew,
or read by another program, has them elsewhere."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_HYPHENS: Final = frozenset("-\u00ad\u2010\u2011\u2012\u2013\ufffe")
_INVISIBLE: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text, each with where it stands there."""

    text: str
    places: tuple[int, ...]

    def span(self, at: int, length: int) -> tuple[int, int]:
        """Return where in the text so many letters from here stand."""
        return self.places[at], self.places[at + length - 1] + 1


@lru_cache(maxsize=4)
def letters_of(text: str) -> Letters:
    """Return the letters of a text; of the last texts they are known."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign.isspace() or sign in _HYPHENS or sign in _INVISIBLE:
            continue
        plain = sign if sign.isascii() else _plain(sign)
        letters.append(plain)
        places += [place] * len(plain)
    return Letters("".join(letters), tuple(places))


def _plain(sign: str) -> str:
    """Return what a ligature or a curved quotation mark stands for; other signs are themselves."""
    if "\ufb00" <= sign <= "\ufb06":
        return unicodedata.normalize("NFKC", sign)
    return {"‘": "'", "’": "'", "“": '"', "”": '"'}.get(sign, sign)
