"""Where sentences begin and end: for selecting one after the other with the keyboard, in any script."""

import re
from typing import Final

_CITED: Final = r"""(?:
      \ ?\^\{[^}]{1,80}\}                                        # marks of a text made from a page
    | [⁰¹²³⁴-⁹](?:[⁰¹²³⁴-⁹⁻⁺˒,–\s-]{0,60}[⁰¹²³⁴-⁹])?
    | \ ?\[\d[\d,;–\-\s]{0,60}\]
    | (?:(?<=[^\W\d][.!?])|(?<=[)”’"'%][.!?])|(?<=[.!?][”’"'])) # figures that were raised on the page
      \d{1,3}(?:[,–-]\s?\d{1,3})*(?=\s+["“‘(]?[A-Z]|\s*\Z)
    )"""
"""Numbers of references behind the stop of a sentence belong to it."""
_END: Final = re.compile(
    rf"""[.!?…]+[)\]"'”’»]*{_CITED}?(?=\s|$)   # a stop, then a blank
      | [。！？…｡]+[」』”’）》]*             # Chinese and Japanese stops need none
      | \n[ \t]*\n                          # an empty line
      | (?<=[:;])\n(?=[ \t]*(?:[*–-]|\(?\d{{1,2}}[.)])[ \t]\S)   # a list begins, or goes on
      | \n(?=[ \t]*[•◦▪‣]\s*\S)
    """,
    re.VERBOSE,
)
_CLOSED: Final = re.compile(rf"[.!?。！？:”’]{_CITED}?\Z", re.VERBOSE)
_NUMBERED: Final = re.compile(r"(?:\A|\n)[ \t]*\(?\d{1,2}\.\Z")
"""A number that begins a line, as in a list."""
_SHORT: Final = re.compile(
    r"(?:^|[\s(\[])(?:e\.g|i\.e|et\sal|etc|cf|vs|al|ca|fig|figs|no|nos|pp?|vol|dr|mr|mrs|ms|prof|st|eds?|"
    r"approx|dept|inc|sect|[A-Za-z])\.$",
    re.IGNORECASE,
)
_HEADING: Final = 60
"""A line at most this long, without a stop, before a line that begins with a capital is a heading."""


def sentence_at(text: str, position: int) -> tuple[int, int]:
    """Return the sentence around a position, without blanks at its ends."""
    position = min(max(position, 0), max(len(text) - 1, 0))
    start = _begin_of(text, position)
    return _without_blanks(text, start, _end_of(text, start))


def next_sentence(text: str, position: int) -> tuple[int, int] | None:
    """Return the first sentence that begins at a position or later; None at the end of the text."""
    at = _skip_blanks(text, position)
    if at >= len(text):
        return None
    start, end = sentence_at(text, at)
    if start >= position:
        return start, end
    return next_sentence(text, end) if end > position else None


def sentence_before(text: str, position: int) -> tuple[int, int] | None:
    """Return the last sentence that ends at a position or before; None at the beginning."""
    at = position
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return sentence_at(text, at - 1) if at > 0 else None


def is_ended(words: str) -> bool:
    """Return whether words end as a sentence does: with a stop, numbers of references behind it or not."""
    return _CLOSED.search(words.rstrip()[-90:]) is not None


def _end_of(text: str, position: int) -> int:
    at = position
    while True:
        heading = _heading_end(text, at)
        found = _END.search(text, at)
        if found is None:
            return heading if heading is not None else len(text)
        if heading is not None and heading <= found.start():
            return heading
        if found[0].startswith("\n"):
            return found.start()
        if not _is_abbreviated(text, found):
            return found.end()
        at = found.end()


def _is_abbreviated(text: str, found: "re.Match[str]") -> bool:
    """Whether a stop belongs to an abbreviation or an initial, or the sentence goes on in small letters."""
    if not found[0].startswith("."):
        return False
    after = text[found.end() : found.end() + 3].lstrip()
    if after[:1].islower():
        return True
    stop = found.start() + 1
    before = text[max(0, stop - 40) : stop]
    if found[0] == "." and _NUMBERED.search(before):
        return _is_closed(before.rstrip("0123456789.( \t"))
    return found[0][1:2] not in {*")]\"'”’»."} and _SHORT.search(before[-12:]) is not None


def _is_closed(before: str) -> bool:
    """Whether what stands before a line is at its end: a stop, a colon, a list or nothing."""
    before = before.rstrip(" \t").removesuffix("\n")
    return not before.strip() or before.endswith(("\n", ";", ",")) or _CLOSED.search(before) is not None


def _heading_end(text: str, position: int) -> int | None:
    """Return where a heading ends: a short line without a stop that begins where a sentence could."""
    line = text.find("\n", position)
    while 0 <= line < position + 400:
        begin = text.rfind("\n", 0, line) + 1
        begins = begin == position or _may_begin(text[max(0, begin - 200) : begin])
        if begins and _is_heading(text, begin, line):
            return line
        line = text.find("\n", line + 1)
    return None


def _may_begin(before: str) -> bool:
    """Whether a sentence could begin after this."""
    ended = before.rstrip()
    return not ended or before.endswith("\n\n") or _CLOSED.search(ended[-90:]) is not None


def _is_heading(text: str, begin: int, end: int) -> bool:
    """Whether a line is a heading: clearly shorter than what follows and begins anew, or all in capitals."""
    words = text[begin:end].strip()
    if not words or len(words) > _HEADING or not words[-1].isalnum():
        return False
    after = [line.strip() for line in text[end + 1 : end + 600].split("\n", 2)[:2]]
    following = after[0] if after else ""
    if words.isupper() and len(words) > 3:
        return bool(following)
    shorter = len(words) < 0.75 * max(map(len, after), default=0)
    if _has_no_cases(words[0]):
        return shorter and bool(following) and not following[0].islower()
    anew = following[:1].isupper() or following[:1].isdigit() or following[:1] in '“‘"('
    return (words[0].isupper() or words[0].isdigit()) and anew and shorter


def _has_no_cases(letter: str) -> bool:
    """Whether it is of a script without capitals: Chinese, Japanese, Korean."""
    return "\u3040" <= letter <= "\ud7ff" or "\uf900" <= letter <= "\ufaff"


def _begin_of(text: str, position: int) -> int:
    """Return where the sentence around a position begins, read from a little before it."""
    start = max(0, position - 2000)
    if start:
        blank = text.find("\n", start, position)
        start = blank + 1 if blank >= 0 else start
    while True:
        begin = _skip_blanks(text, start)
        end = _end_of(text, begin)
        if begin >= position or end > position or end <= start:
            return min(begin, position)
        start = end


def _skip_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    start = _skip_blanks(text, start)
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
