"""A BibTeX file cut into its entries, line by line, so that memory does not grow with the file.

An entry that is never closed ends where the next one begins at the start of a line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_BEGIN: Final = re.compile(r"@\s*([A-Za-z][\w+:-]*)\s*([{(])")
_BEGIN_LINE: Final = re.compile(r"^\ufeff?[^\S\n]*@\s*[A-Za-z][\w+:-]*\s*[{(]")
_COMMENT: Final = re.compile(r"\s*%")
_IN_WORD: Final = re.compile(r"\w")
_RECOVERY: Final = re.compile(
    r"^\ufeff?\s{0,2}@\s*[A-Za-z]{3,}\s*[{(]\s*[^\s,={}()\"@]+\s*,\s*(?:[\w+-]+\s*=.*)?$"
)
_MARKS: Final = re.compile(r"\\.|[{}]", re.DOTALL)
NOT_ENTRIES: Final = frozenset(("comment", "string", "preamble"))


@dataclass(frozen=True, slots=True)
class Block:
    """One `@…{…}` with the free text before it; without a `kind` it is the text after the last."""

    kind: str
    body: str
    """What stands between the outermost braces, or all that follows where they are never closed."""
    before: str
    text: str
    line: int
    closed: bool


def blocks(lines: Iterable[str]) -> Iterator[Block]:
    """Yield the blocks of a file in order."""
    held: list[str] = []
    held_line, depth, inside = 1, 0, False
    for number, line in enumerate(lines, 1):
        begins = _BEGIN_LINE.match(line)
        if begins and held and (depth <= 0 or (inside and _RECOVERY.match(line))):
            yield from _cut("".join(held), held_line)
            held, held_line, depth, inside = [], number, 0, False
        held.append(line)
        inside = inside or bool(begins)
        if inside:
            depth += _balance(line)
        elif len(held) > 2000:
            yield from _cut("".join(held), held_line)
            held, held_line = [], number + 1
    if held:
        yield from _cut("".join(held), held_line)


def _balance(line: str) -> int:
    if "\\" in line:
        line = re.sub(r"\\.", "", line)
    return line.count("{") - line.count("}")


def _cut(text: str, line: int) -> Iterator[Block]:
    """Yield the blocks of a stretch of text that holds whole blocks, mostly one."""
    at = counted = 0
    while True:
        found = _next_begin(text, at)
        if not found:
            rest = text[at:]
            if rest.strip():
                yield Block("", "", rest, "", line + text.count("\n", counted), True)
            return
        end, closed = _end(text, found.end(), found[2])
        kind = found[1].lower()
        body = text[found.end() : end - 1 if closed else end]
        line += text.count("\n", counted, found.start())
        counted = found.start()
        yield Block(kind, body, text[at : found.start()], text[found.start() : end], line, closed)
        at = end


def _next_begin(text: str, at: int) -> re.Match[str] | None:
    """Return the next beginning of a block that no `%` at the start of its line hides."""
    start = text.rfind("\n", 0, at) + 1
    while found := _BEGIN.search(text, at):
        start = max(start, text.rfind("\n", at, found.start()) + 1)
        hidden = _COMMENT.match(text, start, found.start())
        if not hidden and not _IN_WORD.match(text, max(start, found.start() - 1), found.start()):
            return found
        at = found.end()
    return None


def _end(text: str, at: int, opening: str) -> tuple[int, bool]:
    """Return where a block ends: behind its closing brace, or at the end of the text."""
    depth = 0
    marks = _MARKS if opening == "{" else re.compile(r"\\.|[{})]", re.DOTALL)
    for found in marks.finditer(text, at):
        mark = found[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            if depth == 0 and opening == "{":
                return found.end(), True
            depth -= 1
        elif mark == ")" and depth <= 0:
            return found.end(), True
    return len(text), False
