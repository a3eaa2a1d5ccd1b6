"""Reads the published review the sample was made from, where it lies beside the checkout."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_GROUP = re.compile(r"\^\{([\d,\-–]+)\}|([⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[⁻,][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*)")
_HEADING = re.compile(r"^\d(?:\.\d)* \| (.+)$")
_ENDED = re.compile(r"[.>\d]$")
_ENTRY = re.compile(r"^\s*(?:(\d{1,3})\.|-)\s+(\S.*)$")


@dataclass(frozen=True)
class Group:
    """One citation group of the published text: the section it stands in and the works it names."""

    section: str
    numbers: tuple[int, ...]
    before: str


def seed_path() -> Path | None:
    """Return the published text, or None where the checkout stands alone."""
    for folder in Path(__file__).resolve().parents:
        found = sorted((folder.parent / "shared" / "seeds").glob("001*.txt"))
        if found:
            return found[0]
    return None


@cache
def seed_text() -> str:
    """Return the whole published text."""
    path = seed_path()
    return path.read_text(encoding="utf-8") if path else ""


def expanded(printed: str) -> tuple[int, ...]:
    """Return the numbers of a printed group, ranges written out: `58-61,65` has five."""
    numbers: list[int] = []
    for part in printed.replace("–", "-").split(","):
        first, _, last = part.partition("-")
        numbers.extend(range(int(first), int(last or first) + 1))
    return tuple(numbers)


def citation_groups() -> list[Group]:
    """Return every citation group of the body, in the order of the text."""
    groups: list[Group] = []
    section = ""
    for line in _body().splitlines():
        if heading := _HEADING.match(line.strip()):
            section = heading[1].strip()
        for found in _GROUP.finditer(line):
            printed = (found[1] or found[2]).translate(_SUPERSCRIPTS)
            groups.append(Group(section, expanded(printed), line[: found.start()][-60:]))
    return groups


def _body() -> str:
    text = seed_text()
    return text[text.index("1 | INTRODUCTION") : text.index("AUTHOR CONTRIBUTIONS")]


def entries() -> dict[int, str]:
    """Return the printed references by number; bullets continue the count, or the line before."""
    text = seed_text()
    text = text[text.index("\nREFERENCES") : text.index("SUPPORTING INFORMATION")]
    found: dict[int, str] = {}
    number = 0
    for line in text.splitlines():
        entry = _ENTRY.match(line)
        if not entry:
            continue
        if entry[1] is None and number and not _ENDED.search(found[number]):
            found[number] += " " + entry[2].strip()
            continue
        number = int(entry[1]) if entry[1] else number + 1
        found[number] = entry[2].strip()
    return found
