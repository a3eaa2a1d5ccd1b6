"""Put each citation where its style wants it: raised ones behind a stop or comma, others before it.

`;` and `:` follow in both. The manuscript may have either; the style decides."""

from typing import Final

from evidence_app.domain.manuscript import Mark, Text
from evidence_app.services.publishing.styles import StyleSource
from evidence_app.services.publishing.summary.model import Citation, Word, Words

_STOPS: Final = (".", ",")
_BETWEEN: Final = Text(";", (Mark.SUP,))
"""What parts two raised citations beside each other."""
_OPENED: Final = (" ", "(", "[", "\u00a0")


def placed(words: Words, style: StyleSource) -> Words:
    """Return the words with their citations moved over a neighbouring stop or comma where need be."""
    made: list[Word] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if not isinstance(word, Citation):
            made.append(word)
        elif style.follows_punctuation:
            _raise(made, word, waiting)
        else:
            _set_in_line(made, word, waiting)
    return tuple(made)


def _raise(made: list[Word], citation: Citation, waiting: list[Word]) -> None:
    beside = _beside(waiting)
    last, after = made[-1] if made else None, waiting[0] if waiting else None
    if isinstance(last, Text) and last.text.endswith(" "):
        made[-1] = Text(last.text.rstrip(" "), last.marks)
    if isinstance(after, Text) and after.text.startswith(_STOPS):
        made.append(Text(after.text[0], after.marks))
        waiting[0] = Text(after.text[1:], after.marks)
    made.append(citation)
    for each in beside:
        made += (_BETWEEN, each)


def _beside(waiting: list[Word]) -> list[Citation]:
    """Take the citations that follow with nothing but blanks between: they go behind the stop together."""
    found: list[Citation] = []
    while waiting:
        blank = isinstance(waiting[0], Text) and not waiting[0].text.strip()
        at = 1 if blank and len(waiting) > 1 else 0
        following = waiting[at]
        if not isinstance(following, Citation):
            break
        found.append(following)
        del waiting[: at + 1]
    return found


def _set_in_line(made: list[Word], citation: Citation, waiting: list[Word]) -> None:
    stop = _given_up(made, waiting)
    last = made[-1] if made else None
    if last is not None and not (isinstance(last, Text) and last.text.endswith(_OPENED)):
        made.append(Text(" "))
    made.append(citation)
    if stop:
        made.append(stop)


def _given_up(made: list[Word], waiting: list[Word]) -> Text | None:
    """Take the stop or comma off the end, unless the sentence goes on: then it ends an abbreviation."""
    last, after = made[-1] if made else None, waiting[0] if waiting else None
    if not isinstance(last, Text) or not last.text.rstrip(" ").endswith(_STOPS):
        return None
    text = last.text.rstrip(" ")
    goes_on = isinstance(after, Text) and after.text.lstrip(" ")[:1].islower()
    if text.endswith(".") and goes_on:
        return None
    made[-1:] = [Text(text[:-1], last.marks)] if text[:-1] else []
    return Text(text[-1])
