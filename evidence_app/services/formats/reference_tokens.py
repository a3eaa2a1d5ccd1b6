"""A printed reference as tokens, and what a token looks like: the features of the labelling model."""

import re
from collections.abc import Sequence
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
_LINK: Final = re.compile(r"https?:|www\.|10\.\d{4,}/|doi", re.IGNORECASE)
_YEAR: Final = re.compile(r"^[(\[]?(?:1[5-9]|20)\d\d[a-z]?[)\]]?$")
_MONTHS: Final = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
    ]
)
_WORDS: Final = {
    "in": "in", "ed": "ed", "eds": "ed", "editor": "ed", "editors": "ed", "edited": "ed", "hrsg": "ed",
    "trans": "tr", "translated": "tr", "pp": "pp", "p": "pp", "pages": "pp", "page": "pp", "s": "pp",
    "vol": "vol", "volume": "vol", "v": "vol", "bd": "vol", "no": "no", "issue": "no", "nr": "no",
    "number": "no", "al": "al", "et": "et", "and": "and", "und": "and", "&": "and", "edition": "edn",
    "edn": "edn", "press": "pub", "publishing": "pub", "publishers": "pub", "verlag": "pub", "books": "pub",
    "inc": "pub", "ltd": "pub", "publications": "pub", "university": "uni", "universität": "uni",
    "college": "uni", "institute": "uni", "department": "uni", "school": "uni", "journal": "jour",
    "proceedings": "proc", "proc": "proc", "conference": "proc", "symposium": "proc", "workshop": "proc",
    "review": "jour", "annals": "jour", "transactions": "jour", "letters": "jour", "j": "jour",
    "int": "jour", "thesis": "thesis", "dissertation": "thesis", "phd": "thesis", "report": "rep",
    "technical": "rep", "accessed": "acc", "retrieved": "acc", "available": "acc", "doi": "doi",
    "isbn": "isbn", "arxiv": "arx", "ch": "ch", "chapter": "ch",
}  # fmt: skip


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
        if not _LINK.search(word[0]):
            for mark in marks:
                inside = not inside if "*" in mark[0] or "_" in mark[0] else not mark[0].startswith("</")
        marked = begins or bool(marks)
        text = word[0] if _LINK.search(word[0]) else _MARK.sub("", word[0])
        if not text:
            continue
        pieces = [text] if _LINK.search(text) else [piece for piece in _CUT.split(text) if piece]
        found += [Token(piece, marked, word.start(), word.end()) for piece in pieces]
    return found


def _shape(text: str) -> str:
    shape = re.sub(r"[A-ZÀ-ÖØ-Þ]", "A", re.sub(r"[a-zß-öø-ÿ]", "a", re.sub(r"\d", "0", text)))
    return re.sub(r"(.)\1{2,}", r"\1\1", shape)[:8]


def _kind(text: str, low: str) -> str:
    if _LINK.search(text):
        return "doi" if "10." in text and "/" in text else "link"
    if _YEAR.match(text.strip(".,;:")):
        return "year"
    bare = text.strip("()[].,;:")
    if re.fullmatch(r"[A-Za-z]?\d+\s*[-–—]+\s*[A-Za-z]?\d+", bare):
        return "range"
    if bare.isdigit():
        return f"digits{min(len(bare), 4)}"
    if re.search(r"\d", bare):
        return "mixed"
    if low in _MONTHS:
        return "month"
    if re.fullmatch(r"(?:[A-ZÀ-Þ]\.?[-\s]?){1,3}", bare + ("." if text.rstrip(",;").endswith(".") else "")):
        return "initials"
    if not bare:
        return "punct"
    return "cap" if bare[:1].isupper() else "low" if bare[:1].islower() else "other"


def features_of(tokens: Sequence[Token]) -> list[list[str]]:
    """Return the features of each token: itself, its neighbours, and what has come before it."""
    own = [_own(token) for token in tokens]
    total = max(len(tokens), 1)
    rows: list[list[str]] = []
    state = _State()
    for at, token in enumerate(tokens):
        kind, word = own[at][0], own[at][1]
        row = list(own[at])
        row.append(f"at={min(at, 3)}" if at < 4 else f"pos={at * 8 // total}")
        if at == total - 1:
            row.append("last")
        row += state.features(token.text)
        for step in (-2, -1, 1, 2):
            near = at + step
            if 0 <= near < len(tokens):
                row += [f"{step}{own[near][0]}", f"{step}{own[near][1]}", f"{step}{own[near][2]}"]
                if len(own[near]) > 6 and abs(step) == 1:
                    row.append(f"{step}{own[near][6]}")
        if at:
            row.append(f"-1|{own[at - 1][0]}|{kind}|{own[at - 1][2]}")
        if at + 1 < len(tokens):
            row.append(f"+1|{kind}|{own[at + 1][0]}|{own[at][2]}")
        state.pass_over(token.text, kind, word)
        rows.append(row)
    return rows


class _State:
    """What a reader remembers at a place of a reference."""

    def __init__(self) -> None:
        self.quoted = False
        self.bracket = False
        self.year = 0
        self.sentence = 0
        self.in_word = False
        self.closed = False

    def features(self, text: str) -> list[str]:
        """Return the features of the place."""
        quoted = self.quoted or text[:1] in "\"“‘'„«"
        return [
            f"q={int(quoted)}", f"b={int(self.bracket or text[:1] in '([')}", f"y={min(self.year, 2)}",
            f"s={min(self.sentence, 5)}", f"in={int(self.in_word)}", f"cq={int(self.closed)}",
        ]  # fmt: skip

    def pass_over(self, text: str, kind: str, word: str) -> None:
        """Move behind a token."""
        if text[:1] in '"“‘„«':
            self.quoted = True
        if re.search(r"[\"”’»][.,;:]?$", text):
            self.closed = self.closed or self.quoted
            self.quoted = False
        self.bracket = (self.bracket or "(" in text or "[" in text) and not re.search(r"[)\]]", text)
        self.year += kind == "year"
        self.sentence += bool(re.search(r"[.?!]['\"”’)]?$", text)) and kind != "initials"
        self.in_word = self.in_word or word == "w=in"


def _own(token: Token) -> list[str]:
    text = token.text
    low = text.lower().strip("()[]{}.,;:'\"“”‘’„«»?!")
    kind = _kind(text, low)
    last = text[-1] if not text[-1].isalnum() else "a"
    word = low if not re.search(r"\d", low) else re.sub(r"\d", "0", low)[:6]
    row = [f"k={kind}", f"w={word}", f"e={last}", f"sh={_shape(text)}", f"p3={word[:3]}", f"x3={word[-3:]}"]
    if low in _WORDS:
        row.append(f"c={_WORDS[low]}")
    if not text[0].isalnum():
        row.append(f"f={text[0]}")
    if token.marked:
        row.append("marked")
    if "." in text[:-1]:
        row.append("inner.")
    return row
