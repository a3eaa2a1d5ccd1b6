"""What the tokens of a reference look like, and what stands around them: what the model goes by."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from evidence_app.services.formats.reference_tokens import LINK, Token

_YEAR: Final = re.compile(r"^[(\[]?(?:1[5-9]|20)\d\d[a-z]?[)\]]?$")
_MONTHS: Final = frozenset(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "january",
     "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
     "spring", "summer", "autumn", "fall", "winter"),
)  # fmt: skip
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
_SENTENCE_END: Final = re.compile(r"[.?!]['\"”’»)]?$")
_OPENING: Final = "\"“‘'„«"
_TELLING: Final = frozenset(
    ("jour", "proc", "pub", "uni", "in", "ed", "vol", "pp", "thesis", "rep", "acc", "al")
)
"""Kinds of words that tell what a sentence is about."""
_STATE: Final = ("q", "b", "y", "s", "in", "cq")
_FIGURES: Final = ("year", "range", "mixed", "month")


class Look(NamedTuple):
    """A token by itself: its features, and those of them its neighbours see."""

    features: tuple[str, ...]
    kind: str
    word: str
    end: str
    """The punctuation it ends in, `a` for a letter or digit."""
    first: str
    """The mark it begins with, if it begins with one."""
    group: str
    """The group of telling words it belongs to, if any."""


Around = tuple[tuple[str, ...], ...]


class Rows(NamedTuple):
    """The features of a reference: of each token, and of the sentence and the part it stands in."""

    looks: list[Look]
    own: list[list[str]]
    recurring: list[Around]
    """What is told of a token in words that recur from reference to reference: few tuples for many tokens."""
    around: list[Around]
    """What the tokens of one sentence, or one part, share: the same tuple for each of them."""


def features_of(tokens: Sequence[Token]) -> list[list[str]]:
    """Return all features of each token, as the model is trained on them."""
    rows = rows_of(tokens)
    total = len(tokens)
    made: list[list[str]] = []
    for at, (look, own, around) in enumerate(zip(rows.looks, rows.own, rows.around, strict=True)):
        row = [*look.features, *own, *(name for told in rows.recurring[at] for name in told)]
        for step in (-2, -1, 1, 2):
            if 0 <= at + step < total:
                row += seen_from(step, rows.looks[at + step])
        for shared in around:
            row += shared
        made.append(row)
    return made


def seen_from(step: int, look: Look) -> list[str]:
    """Return what the kind of a token tells of the one so many places away."""
    row = [f"{step}k={look.kind}", f"{step}e={look.end}"]
    if step in (-1, 1):
        if look.group:
            row.append(f"{step}c={look.group}")
        if look.first:
            row.append(f"{step}f={look.first}")
    return row


def rows_of(tokens: Sequence[Token]) -> Rows:
    """Return the features of the tokens, those apart that many tokens share."""
    looks = [look_of(token.text, token.marked) for token in tokens]
    total = len(tokens)
    sentences = _numbered([_ends_sentence(tokens, looks, at) for at in range(total)])
    parts = _numbered(
        [tokens[at].text[-1] in ".,;:?!" and looks[at].kind != "initials" for at in range(total)]
    )
    style = _Style(tokens, looks)
    around = _shared(sentences, parts, looks)
    state = _State()
    own: list[list[str]] = []
    recurring: list[Around] = []
    for at, token in enumerate(tokens):
        look = looks[at]
        sentence_begins = at == 0 or sentences[at] != sentences[at - 1]
        part_begins = at == 0 or parts[at] != parts[at - 1]
        own.append([*style.features(look), *_beside(looks, at)])
        told = style.told(at, look.kind, state.year)
        sentence = _of_sentence(min(sentences[at], 6), style.year_at, sentence_begins, part_begins)
        recurring.append((style.place(at, total) + told, state.features(token.text) + sentence))
        state.pass_over(token.text, look)
    return Rows(looks, own, recurring, around)


@cache
def _of_sentence(number: int, year_at: str, sentence_begins: bool, part_begins: bool) -> tuple[str, ...]:
    row = [f"si={number}|{year_at}"]
    if sentence_begins:
        row.append("sb")
    if part_begins:
        row.append("cb")
    return tuple(row)


@cache
def _of_place(place: int, eighth: int, last: bool) -> tuple[str, ...]:
    row = [f"at={min(place, 3)}" if place < 4 else f"pos={eighth}"]
    return (*row, "last") if last else tuple(row)


@cache
def _of_style(year_at: str, quote: str, kind: str, years: int) -> tuple[str, ...]:
    """Return what the style tells of a kind of token; `quote`: before or behind the first."""
    row = [f"G|y{year_at}q{int(bool(quote))}|{kind}|y{years}"]
    return (*row, f"Q{quote}|{kind}") if quote else tuple(row)


@cache
def _of_state(*state: int) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in zip(_STATE, state, strict=True))


def _beside(looks: Sequence[Look], at: int) -> list[str]:
    """Return the kinds and words of the token and those beside it, joined."""
    before = looks[at - 1] if at else None
    after = looks[at + 1] if at + 1 < len(looks) else None
    left = before.kind + before.end if before else "^"
    here = looks[at].kind + looks[at].end
    right = after.kind + after.end if after else "$"
    row = [f"a|{left}|{here}", f"b|{here}|{right}", f"c|{left}|{here}|{right}"]
    if at + 2 < len(looks):
        row.append(f"d|{here}|{right}|{looks[at + 2].kind}{looks[at + 2].end}")
    if at > 1:
        row.append(f"g|{looks[at - 2].kind}{looks[at - 2].end}|{left}|{here}")
    if before:
        row.append(f"v|{before.word}|{looks[at].word}")
        row.append(f"-1w={before.word}")
    if after:
        row.append(f"u|{looks[at].word}|{after.word}")
        row.append(f"1w={after.word}")
    if at > 1:
        row.append(f"-2w={looks[at - 2].word}")
    if at + 2 < len(looks):
        row.append(f"2w={looks[at + 2].word}")
    return row


def _numbered(ends: Sequence[bool]) -> list[int]:
    """Return for each token how many ends lie before it."""
    numbers, count = [], 0
    for end in ends:
        numbers.append(count)
        count += end
    return numbers


def _ends_sentence(tokens: Sequence[Token], looks: Sequence[Look], at: int) -> bool:
    if not _SENTENCE_END.search(tokens[at].text):
        return False
    if looks[at].kind != "initials":
        return True
    if at + 1 == len(tokens) or looks[at + 1].kind == "initials":
        return False
    return tokens[at + 1].text[0] in _OPENING + "("


def _shared(sentences: Sequence[int], parts: Sequence[int], looks: Sequence[Look]) -> list[Around]:
    """Return what is told of the sentence and the part of each token, and of those beside them."""
    of_sentence, of_part = _told(sentences, looks), _told(parts, looks)
    count, several = len(of_sentence), len(of_part)
    here = [tuple(f"S{word}" for word in told) for told in of_sentence]
    later = [tuple(f"S+{word}" for word in told) for told in of_sentence]
    part = [tuple(f"P{word}" for word in told) for told in of_part]
    after = [tuple(f"P+{word}" for word in told) for told in of_part]
    before = [tuple(f"P-{word}" for word in told) for told in of_part]
    made: dict[tuple[int, int], Around] = {}
    for sentence, own in zip(sentences, parts, strict=True):
        if (sentence, own) in made:
            continue
        around = [here[sentence], part[own]]
        around.append(later[sentence + 1] if sentence + 1 < count else ("S+none",))
        if own + 1 < several:
            around.append(after[own + 1])
        if own:
            around.append(before[own - 1])
        made[sentence, own] = tuple(around)
    return [made[place] for place in zip(sentences, parts, strict=True)]


def _told(numbers: Sequence[int], looks: Sequence[Look]) -> list[list[str]]:
    """Return in a few words what each run of tokens holds: length, small letters, initials, figures."""
    runs: list[list[Look]] = []
    for at, number in enumerate(numbers):
        if number == len(runs):
            runs.append([])
        runs[-1].append(looks[at])
    return [_told_of(run) for run in runs]


def _told_of(run: Sequence[Look]) -> list[str]:
    size = len(run)
    small = sum(look.kind == "low" for look in run)
    initials = sum(look.kind == "initials" for look in run)
    figures = sum(look.kind in _FIGURES or look.kind.startswith("digits") for look in run)
    groups = sorted({look.group for look in run} & _TELLING)
    return [
        f"n{size if size < 8 else 8 if size < 14 else 9}",
        f"L{1 + min(3, small * 4 // size) if small else 0}",
        f"I{min(initials, 3)}", f"N{min(figures, 3)}", f"C{''.join(groups)[:12]}",
    ]  # fmt: skip


class _Style:
    """What the whole of a reference tells of its style: how it begins, where its year and its quotes are."""

    def __init__(self, tokens: Sequence[Token], looks: Sequence[Look]) -> None:
        numbered = looks and (looks[0].kind.startswith("digits") or tokens[0].text[0] == "[")
        self.start = 1 if numbered else 0
        head = [look.kind[:4] + look.end for look in looks[self.start : self.start + 3]]
        self.head = "/".join(head)
        self.two = f"{head[0] if head else ''}|{head[1] if len(head) > 1 else ''}"
        year = next((at for at, look in enumerate(looks) if look.kind == "year"), None)
        self.year_at = "none"
        if year is not None:
            bracket = tokens[year].text[0] == "("
            self.year_at = f"{'e' if year * 2 < len(tokens) else 'l'}{'b' if bracket else 'p'}"
        marks = '"“‘«„`'
        self.quote = next((at for at, token in enumerate(tokens) if token.text[0] in marks), None)

    def features(self, look: Look) -> tuple[str, str]:
        """Return the features of a token in a reference that begins like this."""
        here = look.kind + look.end
        return f"H|{self.head}|{here}", f"h|{self.two}|{here}"

    def place(self, at: int, total: int) -> tuple[str, ...]:
        """Return in words where a token stands."""
        return _of_place(min(at - self.start, 4), at * 8 // total, at == total - 1)

    def told(self, at: int, kind: str, years: int) -> tuple[str, ...]:
        """Return what the style tells of a kind of token; `years` have come before it."""
        quote = "" if self.quote is None else "b" if at < self.quote else "a"
        return _of_style(self.year_at, quote, kind, min(years, 2))


class _State:
    """What a reader remembers at a place of a reference."""

    def __init__(self) -> None:
        self.quoted = False
        self.bracket = False
        self.year = 0
        self.sentence = 0
        self.in_word = False
        self.closed = False

    def features(self, text: str) -> tuple[str, ...]:
        """Return the features of the place."""
        quoted = self.quoted or text[:1] in "\"“‘'„«"
        return _of_state(
            int(quoted), int(self.bracket or text[:1] in "(["), min(self.year, 2), min(self.sentence, 5),
            int(self.in_word), int(self.closed),
        )  # fmt: skip

    def pass_over(self, text: str, look: Look) -> None:
        """Move behind a token."""
        if text[:1] in '"“‘„«':
            self.quoted = True
        if re.search(r"[\"”’»][.,;:]?$", text):
            self.closed = self.closed or self.quoted
            self.quoted = False
        self.bracket = (self.bracket or "(" in text or "[" in text) and not re.search(r"[)\]]", text)
        self.year += look.kind == "year"
        self.sentence += bool(re.search(r"[.?!]['\"”’)]?$", text)) and look.kind != "initials"
        self.in_word = self.in_word or look.word == "in"


@lru_cache(maxsize=20_000)
def look_of(text: str, marked: bool) -> Look:
    """Return a token by itself."""
    low = text.lower().strip("()[]{}.,;:'\"“”‘’„«»?!`*")
    kind = _kind(text, low)
    end = text[-1] if not text[-1].isalnum() else "a"
    word = low if not re.search(r"\d", low) else re.sub(r"\d", "0", low)[:6]
    group = _WORDS.get(low, "")
    row = [
        f"k={kind}", f"w={word}", f"e={end}", f"sh={_shape(text)}", f"p3={word[:3]}", f"x3={word[-3:]}",
        f"x2={word[-2:]}", f"p4={word[:4]}", f"{kind}{end}",
    ]  # fmt: skip
    if group:
        row.append(f"c={group}")
    first = "" if text[0].isalnum() else text[0]
    if first:
        row.append(f"f={first}")
    if marked:
        row.append("marked")
    if "." in text[:-1]:
        row.append("inner.")
    if len(text) > 2 and text.isupper():
        row.append("upper")
    return Look(tuple(row), kind, word, end, first, group)


def _shape(text: str) -> str:
    shape = re.sub(r"[A-ZÀ-ÖØ-Þ]", "A", re.sub(r"[a-zß-öø-ÿ]", "a", re.sub(r"\d", "0", text)))
    return re.sub(r"(.)\1{2,}", r"\1\1", shape)[:8]


def _kind(text: str, low: str) -> str:
    if LINK.search(text):
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
