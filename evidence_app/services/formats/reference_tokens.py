"""A printed reference as tokens: cut at blanks, and where print runs parts together."""

import re
from dataclasses import dataclass
from typing import Final

_MARK: Final = re.compile(
    r"</?(?:i|italic|em|b|bold|strong|u)>|(?<![\w*])\*{1,2}(?=\S)|(?<=\S)\*{1,2}(?![\w*])|(?<!\w)_(?=\w)|(?<=[\w.?!])_(?!\w)"
)
_CUT: Final = re.compile(
    r"(?<=[;:)\]])(?=[^\s;:,.)\]'”\"])|(?<=\w)(?=\()|(?<=\bpp\.)(?=\d)|(?<=\bp\.)(?=\d)|(?<=[a-z],)(?=[A-Z])"
    r"|(?<=[”»][.,])(?=\w)|(?<=\b[A-ZÀ-Þ]\.)(?=[A-ZÀ-Þ][a-zß-ÿ])|(?<=[a-zß-ÿ]{3}\.)(?=[A-ZÀ-Þ][a-zß-ÿ])"
    r"|(?<=[a-zß-ÿ]{2}\.)(?=(?:1[5-9]|20)\d\d\b)"
)
LINK: Final = re.compile(r"https?:|www\.|10\.\d{4,}/|doi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a reference: its text without marks, whether it was emphasised, where it stood."""

    text: str
    marked: bool
    start: int
    end: int


def tokens_of(printed: str) -> list[Token]:
    """Cut a reference at blanks, and at the punctuation that joins year, volume and pages."""
    found: list[Token] = []
    inside = False
    for word in re.finditer(r"\S+", printed):
        begins = inside
        marks = list(_MARK.finditer(word[0]))
        if not LINK.search(word[0]):
            for mark in marks:
                inside = not inside if "*" in mark[0] or "_" in mark[0] else not mark[0].startswith("</")
        marked = begins or bool(marks)
        text = word[0] if LINK.search(word[0]) else _MARK.sub("", word[0])
        if not text:
            continue
        pieces = [text] if LINK.search(text) else [piece for piece in _CUT.split(text) if piece]
        found += [Token(piece, marked, word.start(), word.end()) for piece in pieces]
    return found
