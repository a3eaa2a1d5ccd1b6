"""Which characters an offset counts: programs differ, so every way is tried and the one that fits is taken.

The standard (REFI-QDA 1.5, 10.2) counts Unicode code points. NVivo for Windows counts UTF-16 units and a line
end as two; ATLAS.ti writes two characters for a line end and counts one; some count a byte order mark. A
selection made by a person begins and ends at words, and many programs write its words beside it: the way
under which most selections do so is how the file was written."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple

from evidence_app.services.coding.anchoring import normalised
from evidence_app.services.coding.exchange.model import QdaSelection, QdaSource


class OffsetModel(NamedTuple):
    """One way of counting."""

    utf16: bool
    line_end: int
    """How much a line end counts that is written as two characters."""
    mark: int
    """How much the byte order mark counts."""

    @property
    def label(self) -> str:
        """The way in words, for the report."""
        unit = "UTF-16 units" if self.utf16 else "code points"
        return f"{unit}, a line end counts {self.line_end}, a byte order mark {self.mark}"


MODELS: Final = tuple(OffsetModel(utf16, line_end, mark) for utf16, mark, line_end in product(
    (False, True), (0, 1), (1, 2)))  # fmt: skip
"""All ways, the standard's first: of ways that fit alike the first is taken."""
_USUAL: Final = {
    "nvivo": OffsetModel(utf16=True, line_end=2, mark=0),
    "maxqda": OffsetModel(utf16=True, line_end=2, mark=0),
    "atlas": OffsetModel(utf16=False, line_end=1, mark=0),
}  # fmt: skip
"""How programs are known to count, where a file has too few selections to tell it by."""


class Ruler:
    """Leads from the offsets of one way of counting to positions in the frozen text."""

    def __init__(self, raw: str, model: OffsetModel) -> None:
        self.text = normalised(raw)
        self._starts: list[int] = []
        """The offset at which each character of the text before composing starts."""
        plain: list[str] = []
        at, place = 0, 0
        body = raw
        if body.startswith("\ufeff"):
            at, body = model.mark, body[1:]
        while place < len(body):
            letter = body[place]
            width = 2 if model.utf16 and ord(letter) > 0xFFFF else 1
            step = 1
            if letter == "\r":
                step = 2 if body[place + 1 : place + 2] == "\n" else 1
                width, letter = (model.line_end if step == 2 else 1), "\n"
            if letter != "\0":
                self._starts.append(at)
                plain.append(letter)
            at += width
            place += step
        self._end = at
        self._composed = _composing("".join(plain))

    def position(self, offset: int) -> int | None:
        """Return the position of an offset; None outside the text or inside a character."""
        if offset == self._end:
            return len(self.text)
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or offset > self._end or self._starts[place] != offset:
            return None
        return self._composed[place] if self._composed else place


def _composing(plain: str) -> list[int]:
    """Return where each character stands after composing (NFC); empty where nothing changes."""
    if unicodedata.is_normalized("NFC", plain):
        return []
    places: list[int] = []
    at, start = 0, 0
    for end in range(1, len(plain) + 1):
        if end < len(plain) and unicodedata.combining(plain[end]):
            continue
        composed = len(unicodedata.normalize("NFC", plain[start:end]))
        places += [at + min(step, max(composed - 1, 0)) for step in range(end - start)]
        at, start = at + composed, end
    return places


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one way of counting fits the selections of a file."""

    model: OffsetModel
    fitting: int
    selections: int


def fits(sources: Iterable[QdaSource]) -> list[Fit]:
    """Return how well each way fits a whole file, the best first."""
    textual = [
        (source.text, [each for each in source.selections if each.start is not None])
        for source in sources
        if source.text
    ]
    found = []
    for model in MODELS:
        points = total = 0
        for text, selections in textual:
            if not selections:
                continue
            ruler = Ruler(text, model)
            points += sum(_fitting(ruler, each) for each in selections)
            total += len(selections)
        found.append(Fit(model, points, total))
    return sorted(found, key=lambda fit: -fit.fitting)


_NAMED: Final = 16
"""What it weighs that the words written beside a selection stand exactly there."""


def _fitting(ruler: Ruler, selection: QdaSelection) -> int:
    start, end = span(ruler, selection)
    if start is None or end is None or start >= end:
        return 0
    text = ruler.text
    points = 2 * int(_between_words(text, start)) + 2 * int(_between_words(text, end))
    points += int(not text[start].isspace()) + int(not text[end - 1].isspace())
    if len(selection.name) > 3 and _same_words(text[start:end], selection.name):
        points += _NAMED
    return points


def span(ruler: Ruler, selection: QdaSelection) -> tuple[int | None, int | None]:
    """Return where a selection starts and ends; a backward one is turned round."""
    start = None if selection.start is None else ruler.position(selection.start)
    end = None if selection.end is None else ruler.position(selection.end)
    if start is not None and end is not None and end < start:
        return end, start
    return start, end


def _between_words(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    return not (before.isalnum() and after.isalnum())


def _same_words(passage: str, name: str) -> bool:
    words, named = " ".join(passage.split()), " ".join(name.split()).rstrip("….")
    return bool(named) and (words == named or (len(named) > 20 and words.startswith(named)))


def best(sources: Sequence[QdaSource], origin: str = "") -> Fit:
    """Return the way that fits best; of several, that of the program, else the standard's."""
    usual = next((model for name, model in _USUAL.items() if name in origin.lower()), None)
    found = fits(sources)
    return next(
        (each for each in found if each.fitting == found[0].fitting and each.model == usual), found[0]
    )
