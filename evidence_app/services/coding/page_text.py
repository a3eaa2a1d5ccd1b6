"""From the characters PDFium reports to the frozen text of a document, and back to their boxes.

PDFium ends lines with CR and LF and puts one sign in the place of a hyphen that ends a line. The frozen text
has LF and NFC; a hyphen at a line's end is kept where the document writes the word with one elsewhere, and
running heads are left out."""

import difflib
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from evidence_app.services.coding.running_heads import without_running_heads

LINE_HYPHEN: Final = "\ufffe"
"""What PDFium reports for a hyphen at the end of a line."""
_BROKEN: Final = re.compile(rf"(\w+){LINE_HYPHEN}(\w+)")
_WORD: Final = re.compile(r"\w+(?:-\w+)*")
_HEADS: Final = 6
"""Lines of running heads, with empty ones, a page may begin with."""
_UNWANTED: Final = frozenset("\r\0\ufeff")


class Sign(NamedTuple):
    """A character of the page's text, and which of PDFium's characters it came from."""

    letter: str
    place: int


@dataclass(frozen=True, slots=True)
class FrozenText:
    """The text of a whole document, with where each page starts."""

    text: str
    starts: tuple[int, ...]


def page_signs(letters: Sequence[str]) -> list[Sign]:
    """Return the characters of a page as the frozen text has them, each with its place in PDFium's list."""
    signs: list[Sign] = []
    at = 0
    while at < len(letters):
        end = at + 1
        while end < len(letters) and _joins(letters[end]):
            end += 1
        for letter in unicodedata.normalize("NFC", "".join(letters[at:end])):
            if letter not in _UNWANTED:
                signs.append(Sign(letter, at))
        at = end
    return signs


def _joins(letter: str) -> bool:
    """Whether a character may melt into the one before: an accent, a later part of a Korean syllable."""
    return bool(letter) and (unicodedata.combining(letter) != 0 or "\u1160" <= letter <= "\u11ff")


def frozen_text(pages: Iterable[Sequence[str]]) -> FrozenText:
    """Return the text of all pages, one after the other, each ended by a line end."""
    raw = without_running_heads(["".join(sign.letter for sign in page_signs(letters)) for letters in pages])
    known = Counter(word.casefold() for page in raw for word in _WORD.findall(page))
    texts = [
        unicodedata.normalize("NFC", _BROKEN.sub(lambda found: _mended(found, known), page)) for page in raw
    ]
    starts: list[int] = []
    length = 0
    for text in texts:
        starts.append(length)
        length += len(text) + 1
    whole = "".join(f"{text}\n" for text in texts).replace(LINE_HYPHEN, "-")
    return FrozenText(whole if whole.strip() else "", tuple(starts) if whole.strip() else (0,) * len(texts))


def _mended(found: re.Match[str], known: Counter[str]) -> str:
    """Join a word that was broken at a line's end, as the rest of the document writes it."""
    with_hyphen, without = f"{found[1]}-{found[2]}", found[1] + found[2]
    if known[with_hyphen.casefold()] > known[without.casefold()] or not found[2][:1].islower():
        return with_hyphen
    return without


def places(frozen: str, signs: Sequence[Sign]) -> list[int]:
    """Return for each character of a page's frozen text which of PDFium's characters it is; -1 for none.

    Another version of PDFium may read a page a little differently: what cannot be matched has no box."""
    for begin in _line_starts(signs):
        found = _in_step(frozen, signs[begin:])
        if found is not None:
            return found
    return _by_comparing(frozen, signs)


def _line_starts(signs: Sequence[Sign]) -> list[int]:
    """Return where the frozen text may begin on its page: running heads above it are left out."""
    ends = (at + 1 for at, sign in enumerate(signs) if sign.letter == "\n")
    return [0, *itertools.islice(ends, _HEADS)]


def _in_step(frozen: str, signs: Sequence[Sign]) -> list[int] | None:
    found: list[int] = []
    at = 0
    for letter, index in signs:
        if at == len(frozen):
            return found  # what follows is a running foot
        if at < len(frozen) and (frozen[at] == letter or (letter == LINE_HYPHEN and frozen[at] == "-")):
            found.append(index)
            at += 1
        elif letter != LINE_HYPHEN:
            return None
    rest = frozen[at:]
    return found + [-1] * len(rest) if not rest.strip() else None


def _by_comparing(frozen: str, signs: Sequence[Sign]) -> list[int]:
    found = [-1] * len(frozen)
    letters = "".join("-" if sign.letter == LINE_HYPHEN else sign.letter for sign in signs)
    matcher = difflib.SequenceMatcher(None, frozen, letters, autojunk=False)
    for ours, theirs, length in matcher.get_matching_blocks():
        for step in range(length):
            found[ours + step] = signs[theirs + step].place
    return found
