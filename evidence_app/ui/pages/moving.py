"""Where the caret goes: by letter, by word, by sentence; the canvas knows lines and pages."""

from evidence_app.services.coding.sentences import next_sentence, sentence_at, sentence_before

_JOINED = frozenset("'’-")


def _is_word(text: str, at: int) -> bool:
    return text[at].isalnum() or (
        text[at] in _JOINED and 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
    )


def _is_cjk(letter: str) -> bool:
    return "\u3040" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff"


def word_right(text: str, at: int) -> int:
    """Return where the next word begins; every Chinese character is one."""
    if at < len(text) and _is_cjk(text[at]):
        return _over_blanks(text, at + 1)
    while at < len(text) and _is_word(text, at) and not _is_cjk(text[at]):
        at += 1
    while at < len(text) and not _is_word(text, at):
        at += 1
    return at


def word_end(text: str, at: int) -> int:
    """Return where the word here or the next one ends: a selection that grows takes whole words."""
    while at < len(text) and not _is_word(text, at):
        at += 1
    if at < len(text) and _is_cjk(text[at]):
        return at + 1
    while at < len(text) and _is_word(text, at) and not _is_cjk(text[at]):
        at += 1
    return at


def word_left(text: str, at: int) -> int:
    """Return where the word before begins."""
    while at > 0 and not _is_word(text, at - 1):
        at -= 1
    if at > 0 and _is_cjk(text[at - 1]):
        return at - 1
    while at > 0 and _is_word(text, at - 1) and not _is_cjk(text[at - 1]):
        at -= 1
    return at


def word_at(text: str, at: int) -> tuple[int, int]:
    """Return the word around a position: for a double click."""
    start = at
    while start > 0 and _is_word(text, start - 1) and not _is_cjk(text[start - 1]):
        start -= 1
    end = at
    while end < len(text) and _is_word(text, end) and not _is_cjk(text[end]):
        end += 1
    return (start, end) if end > start else (at, min(at + 1, len(text)))


def _over_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def sentence_on(text: str, start: int, end: int, *, hit: bool = False) -> tuple[int, int] | None:
    """Return the sentence after a selection; the one around a caret, or around a hit that is a part of it."""
    if (start == end or hit) and start < len(text):
        around = sentence_at(text, start)
        if around[0] <= start < around[1] and (start == end or end < around[1]):
            return around
    return next_sentence(text, end)


def sentence_back(text: str, start: int) -> tuple[int, int] | None:
    """Return the sentence before a selection."""
    return sentence_before(text, start)
