"""A pasted list as its entries: numbered, hanging, apart by blank lines, wrapped, or one a line."""

import re
from collections.abc import Sequence
from typing import Final

from evidence_app.services.formats.reference_labels import model

_HEADING: Final = re.compile(
    r"^\W*(?:\d+\.?\s*)?(?:References?|Bibliography|Literature(?: cited)?|Works cited|Reference list"
    r"|Literatur(?:verzeichnis)?)\W*$",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"^\s*(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})[.)](?=\s)|(\d{1,4})\t|([-•*–·▪])\s)\s*"
)
_MISSING: Final = 20
"""How many entries of a numbered list may be missing in a row."""
_NO_NUMBER: Final = 1500
"""A line begins with a year rather than with the number of its entry from here on."""
_YEARS_APART: Final = 2.2
"""Lines with a year that one entry has at most, of the year and of the day it was looked at: lists whose
paragraphs hold more are parted by pages, not by blank lines."""
YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_AUTHORLIKE: Final = re.compile(
    r"^(?:(?:van|von|vom|zu|de|del|della|di|da|dos|du|den|der|la|le|ten|ter|el|al|bin)\s+){0,3}"
    r"[A-ZÀ-Þ“\"‘][\w'’.-]*,?\s+(?:[A-ZÀ-Þ][\w.]*|and|&|of|for)"
)
_PREFIX: Final = frozenset(
    (
        "co",
        "self",
        "non",
        "well",
        "post",
        "pre",
        "multi",
        "cross",
        "long",
        "short",
        "high",
        "low",
        "re",
        "semi",
        "user",
        "peer",
    )
)


def split_references(text: str) -> list[tuple[int, str]]:
    """Return the entries of a list with the line each begins on; numbers and bullets are left out."""
    lines = [(at, line.rstrip()) for at, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)]
    lines = [(at, line) for at, line in lines if not _HEADING.match(line)]
    while lines and not lines[0][1].strip():
        del lines[0]
    if not lines:
        return []
    begins = _beginnings(lines)
    entries: list[tuple[int, list[str]]] = []
    for (at, line), first in zip(lines, begins, strict=True):
        if not line.strip():
            continue
        if entries and first and _continues(entries[-1][1], line):
            entries[-1][1].append(_NUMBER.sub("", line, count=1).strip())
        elif first or not entries:
            entries.append(
                (at, [_NUMBER.sub("", line, count=1).strip() if _NUMBER.match(line) else line.strip()])
            )
        else:
            entries[-1][1].append(line.strip())
    return [(at, joined(pieces)) for at, pieces in entries]


def _continues(held: Sequence[str], line: str) -> bool:
    """Whether a bulleted line goes on with the entry before, which stopped in the middle of a sentence."""
    return bool(re.match(r"^\s*[-•*–·▪]\s+[a-z]", line)) and not re.search(r"[.>\d)\]]$", held[-1])


def _beginnings(lines: Sequence[tuple[int, str]]) -> list[bool]:
    """Return which lines begin an entry, by the sign this list uses."""
    full = [line for _, line in lines if line.strip()]
    numbered = [bool(_NUMBER.match(line)) for line in full]
    if sum(numbered) >= max(1, len(full) // 8) and (len(full) == 1 or sum(numbered) > 1 or numbered[0]):
        return _numbered([_NUMBER.match(line) for _, line in lines])
    indented = [line[:1] in " \t" for line in full]
    if any(indented) and not all(indented):
        hanging = not indented[0]
        return [bool(line.strip()) and ((line[:1] not in " \t") == hanging) for _, line in lines]
    blank_before = [at > 0 and not lines[at - 1][1].strip() for at in range(len(lines))]
    paragraphs = sum(blank_before[at] and bool(lines[at][1].strip()) for at in range(len(lines))) + 1
    with_year = sum(bool(YEAR.search(line)) for line in full)
    apart = paragraphs > 1 and paragraphs * 1.2 < len(full) and with_year < paragraphs * _YEARS_APART
    if apart and with_year < len(full) * 0.8:
        return [at == 0 or blank_before[at] for at in range(len(lines))]
    if with_year >= len(full) * 0.8:
        return [True] * len(lines)
    return _wrapped(lines)


def _numbered(marks: Sequence[re.Match[str] | None]) -> list[bool]:
    """Return which marked lines begin an entry: a year or page that heads a broken line is out of turn."""
    found = [
        next((int(part) for part in mark.groups()[:4] if part), None) if mark else None for mark in marks
    ]
    left = [number for number in found if number is not None]
    begins: list[bool] = []
    last: int | None = None
    for mark, number in zip(marks, found, strict=True):
        if number is None:
            begins.append(mark is not None)  # a bullet
            continue
        left = left[1:]
        first = last is None or number in (1, last + 1)
        if last is not None and last < number <= last + _MISSING and last + 1 not in left:
            first = True  # an entry or two is missing
        first = first or _stands_alone(mark, number)
        last = number if first else last
        begins.append(first)
    in_turn = sum(first for first, number in zip(begins, found, strict=True) if number is not None)
    many = sum(number is not None for number in found)
    return begins if in_turn * 2 > many else [mark is not None for mark in marks]


def _stands_alone(mark: re.Match[str] | None, number: int) -> bool:
    """Return whether a line is an entry by itself, whatever its number: it may be mistyped or begin anew."""
    words = mark.string[mark.end() :] if mark else ""
    return number < _NO_NUMBER and bool(_AUTHORLIKE.match(words)) and bool(YEAR.search(words))


def _wrapped(lines: Sequence[tuple[int, str]]) -> list[bool]:
    """Lines broken without any sign: an entry begins like an author behind one that had its year and end."""
    begins: list[bool] = []
    held = ""
    for _, line in lines:
        ended = bool(re.search(r"[.>\d/]\W?$", held)) and bool(YEAR.search(held))
        first = not held or (ended and bool(_AUTHORLIKE.match(line)))
        begins.append(first)
        held = line if first else f"{held} {line}"
    return begins


def joined(pieces: Sequence[str]) -> str:
    """Return wrapped lines as one text; a word broken at a hyphen is made whole."""
    text = pieces[0]
    for piece in pieces[1:]:
        broken = re.search(r"([^\W\d_]+)-$", text)
        if broken and piece[:1].islower():
            text = text + piece if _is_compound(broken[1], piece) else text[:-1] + piece
        elif re.search(r"(?:https?://|10\.\d{4,}/)\S*[-/_]$", text):
            text += piece
        else:
            text = f"{text} {piece}"
    return " ".join(text.split())


def _is_compound(left: str, right: str) -> bool:
    """Whether a hyphen at the end of a line belongs to the word: both halves are words, the whole is none."""
    first, second = left.lower(), re.split(r"[^\w]", right.lower(), maxsplit=1)[0]
    known = model()
    if first in _PREFIX:
        return True
    return not known.knows(first + second) and (known.knows(first) or len(first) > 7) and known.knows(second)
