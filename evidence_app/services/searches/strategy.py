"""A query as it was run: its lines with their numbers and hits. The text itself is kept word for word."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_NUMBERED: Final = re.compile(r"^\s*(?:#|S)?(\d{1,3})(?:[.):]\s*|\t+|\s{2,}|\s(?=\S))(?=\S)")
_HITS: Final = re.compile(r"(?<![ \t])(?:\t+| {2,})\(?(\d{1,3}(?:[,\u202f ]\d{3})+|\d+)\)?\s*$")
_BRACKETED_HITS: Final = re.compile(r"\s\((\d{1,3}(?:,\d{3})+|\d+)\)\s*$")


class Syntax(StrEnum):
    """Whose way of writing a query is in."""

    OVID = "Ovid"
    PUBMED = "PubMed"
    EBSCO = "EBSCO"
    WEB_OF_SCIENCE = "Web of Science"
    OTHER = ""


_SIGNS: Final = (
    (Syntax.OVID, re.compile(r"\bovid\b|\bovidsp\b", re.IGNORECASE)),
    (Syntax.EBSCO, re.compile(r"\bebsco|\bcinahl\b", re.IGNORECASE)),
    (Syntax.WEB_OF_SCIENCE, re.compile(r"web of (?:science|knowledge)|\bclarivate\b|\bwos\b", re.IGNORECASE)),
    (Syntax.PUBMED, re.compile(r"\bpubmed\b", re.IGNORECASE)),
)


def syntax_of(name: str, platform: str) -> Syntax:
    """Return whose syntax a query has, by its platform, else by the name of the source."""
    for text in (platform, name):
        found = next((syntax for syntax, sign in _SIGNS if sign.search(text)), None)
        if found is not None:
            return found
    return Syntax.OTHER


@dataclass(frozen=True, slots=True)
class StrategyLine:
    """One line of a query: its number, its text without number and hits, and where it stood."""

    number: int
    text: str
    hits: int | None = None
    given: bool = False
    """Whether the line was numbered in the text itself."""


def read_strategy(query: str) -> tuple[StrategyLine, ...]:
    """Return the lines of a query. Line numbers and hits that a search history prints are told apart;
    a line without a number continues the one before, where the others are numbered."""
    lines = [line.rstrip() for line in query.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lines = [line for line in lines if line.strip()]
    if not _is_history(lines):
        return tuple(
            StrategyLine(number, *_without_hits(line.strip(), bracketed=False))
            for number, line in enumerate(lines, 1)
        )
    whole: list[tuple[int, list[str]]] = []
    for line in lines:
        found = _NUMBERED.match(line)
        if found and (not whole or int(found[1]) > whole[-1][0]):
            whole.append((int(found[1]), [line[found.end() :]]))
        elif whole:
            whole[-1][1].append(line.strip())
    made = []
    for number, parts in whole:
        text, hits = _joined(parts)
        made.append(StrategyLine(number, text, hits, given=True))
    return tuple(made)


def _is_history(lines: list[str]) -> bool:
    """Whether the lines are numbered: the first is, and so are most, upwards."""
    found = [_NUMBERED.match(line) for line in lines]
    numbers = [int(each[1]) for each in found if each]
    if not lines or found[0] is None or numbers != sorted(set(numbers)):
        return False
    marked = any(re.match(r"^\s*(?:#|S)?\d+[.):\t]|^\s*#\d", line) for line in lines)
    return (len(numbers) > 1 or marked) and (numbers[0] == 1 or marked) and 2 * len(numbers) >= len(lines)


def _joined(parts: list[str]) -> tuple[str, int | None]:
    texts, hits = [], None
    for part in parts:
        text, found = _without_hits(part.strip(), bracketed=True)
        hits = found if found is not None else hits
        texts.append(text)
    return " ".join(texts), hits


def _without_hits(line: str, *, bracketed: bool) -> tuple[str, int | None]:
    found = _HITS.search(line) or (_BRACKETED_HITS.search(line) if bracketed else None)
    if not found or not line[: found.start()].strip():
        return line, None
    return line[: found.start()].rstrip(), int(re.sub(r"\D", "", found[1]))


def written(lines: tuple[StrategyLine, ...]) -> str:
    """Return the lines as a table of text: number, line, hits."""
    return "\n".join(
        f"{line.number}\t{line.text}" + ("" if line.hits is None else f"\t{line.hits}") for line in lines
    )
