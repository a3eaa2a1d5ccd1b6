"""What is wrong with a query as it was run: where, and in words. Nothing of the query is corrected."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from evidence_app.services.searches import field_tags, query_library
from evidence_app.services.searches.query_problem import QueryProblem
from evidence_app.services.searches.strategy import StrategyLine, Syntax

_QUOTED: Final = re.compile(r'"[^"\n]*"|“[^”\n]*”')
_OPENING: Final = {")": "(", "]": "["}
_PUBMED_TAG: Final = re.compile(r"\[([^\[\]]*)\]")
_OVID_TAG: Final = re.compile(
    r"(?<=[\w)*\"?$#])\.([a-z][a-z0-9](?:,[a-z][a-z0-9])*)(\.|(?=\s*(?:\)|$)))", re.IGNORECASE
)
_EBSCO_TAG: Final = re.compile(r"(?:^|[(\s])([A-Z][A-Z0-9])\s+(?=[(\"“])")
_WOS_TAG: Final = re.compile(r"(?<![\w=])([A-Za-z]{2,4})\s*=(?=\s*[(\"“\w*])")
_LOWER: Final = re.compile(r"(?<=[\s)\]])(and|or|not)(?=[\s(])")
_REFERENCES: Final = {
    Syntax.PUBMED: re.compile(r"#(\d{1,3})\b"),
    Syntax.WEB_OF_SCIENCE: re.compile(r"#(\d{1,3})\b"),
    Syntax.EBSCO: re.compile(r"\bS(\d{1,3})\b"),
}
_OVID_LIST: Final = re.compile(r"^\s*(?:or|and)/([\d,\s-]+)$", re.IGNORECASE)
_OVID_OPERAND: Final = re.compile(
    r"(?:^|(?<=\()|(?<=\band\s)|(?<=\bor\s)|(?<=\bnot\s)|(?<=\blimit\s)|(?<=\bfrom\s))\s*(\d{1,3})"
    r"(?=\s*(?:\)|$|and\b|or\b|not\b|to\b|keep\b))",
    re.IGNORECASE,
)  # fmt: skip


_NO_TAG: Final = "no field tag of"


def problems(lines: Sequence[StrategyLine], syntax: Syntax) -> tuple[QueryProblem, ...]:
    """Return the problems of a query, by line and place."""
    found: list[QueryProblem] = []
    known = {line.number for line in lines}
    for line in lines:
        bare = _without_quotes(line.text)
        ours = [
            *_brackets(line), *_quotes(line), *_TAGS[syntax](line, bare), *_operators(line, bare, syntax),
            *_references(line, bare, syntax, known),
        ]  # fmt: skip
        found += ours
        if not any(each.grave or _NO_TAG in each.words for each in ours):
            found += query_library.problems_of(line, syntax)
    return tuple(sorted(set(found)))


def _without_quotes(text: str) -> str:
    return _QUOTED.sub(lambda found: found[0][0] + "~" * (len(found[0]) - 2) + found[0][-1], text)


def _brackets(line: StrategyLine) -> Iterator[QueryProblem]:
    opened: list[tuple[str, int]] = []
    for at, sign in enumerate(_without_quotes(line.text)):
        if sign in "([":
            opened.append((sign, at))
        elif sign in _OPENING:
            if opened and opened[-1][0] == _OPENING[sign]:
                opened.pop()
            else:
                yield QueryProblem(line.number, at, at + 1, "closes a bracket that was never opened.")
    for _, at in opened:
        yield QueryProblem(line.number, at, at + 1, "opens a bracket that is never closed.")


def _quotes(line: StrategyLine) -> Iterator[QueryProblem]:
    if line.text.count('"') % 2:
        at = line.text.rindex('"')
        yield QueryProblem(line.number, at, at + 1, "opens a quotation mark that is never closed.")


def _tag_problem(line: StrategyLine, start: int, end: int, syntax: Syntax) -> QueryProblem:
    """PubMed publishes all its tags; the databases of the other platforms have more than anybody lists."""
    shown, sure = line.text[start:end], syntax is Syntax.PUBMED
    words = f"has “{shown}”, which is no field tag of {syntax.value} that we know"
    words += "." if sure else "; look it up in the guide of the database."
    return QueryProblem(line.number, start, end, words, grave=sure)


def _pubmed_tags(line: StrategyLine, bare: str) -> Iterator[QueryProblem]:
    for found in _PUBMED_TAG.finditer(bare):
        name = re.sub(r":~\d+$|:noexp$", "", "_".join(found[1].lower().split()))
        if name not in field_tags.PUBMED:
            yield _tag_problem(line, *found.span(), Syntax.PUBMED)


def _ovid_tags(line: StrategyLine, bare: str) -> Iterator[QueryProblem]:
    for found in _OVID_TAG.finditer(bare):
        tags = found[1].lower().split(",")
        if unknown := [tag for tag in tags if tag not in field_tags.OVID]:
            at = found.start(1) + found[1].lower().index(unknown[0])
            if found[2] or "," in found[1]:
                yield _tag_problem(line, at, at + 2, Syntax.OVID)
        elif not found[2]:
            words = f"has the field tag “{found[0]}” without a dot behind it."
            yield QueryProblem(line.number, *found.span(), words)


def _ebsco_tags(line: StrategyLine, bare: str) -> Iterator[QueryProblem]:
    for found in _EBSCO_TAG.finditer(bare):
        is_operator = found[1] in ("OR", "IN") or re.match(r"[NW]\d", found[1])
        if not is_operator and found[1].lower() not in field_tags.EBSCO:
            yield _tag_problem(line, *found.span(1), Syntax.EBSCO)


def _wos_tags(line: StrategyLine, bare: str) -> Iterator[QueryProblem]:
    for found in _WOS_TAG.finditer(bare):
        if found[1].lower() not in field_tags.WEB_OF_SCIENCE:
            yield _tag_problem(line, *found.span(1), Syntax.WEB_OF_SCIENCE)


def _no_tags(_line: StrategyLine, _bare: str) -> Iterator[QueryProblem]:
    yield from ()


_TAGS: Final[dict[Syntax, Callable[[StrategyLine, str], Iterator[QueryProblem]]]] = {
    Syntax.PUBMED: _pubmed_tags,
    Syntax.OVID: _ovid_tags,
    Syntax.EBSCO: _ebsco_tags,
    Syntax.WEB_OF_SCIENCE: _wos_tags,
    Syntax.OTHER: _no_tags,
}


def _operators(line: StrategyLine, bare: str, syntax: Syntax) -> Iterator[QueryProblem]:
    """Ovid reads operators in any case, and so do EBSCO and Web of Science; PubMed does not."""
    if syntax in (Syntax.OVID, Syntax.OTHER):
        return
    text = _PUBMED_TAG.sub(lambda found: "[" + "~" * len(found[1]) + "]", bare)
    for found in _LOWER.finditer(text):
        if syntax is Syntax.PUBMED:
            words = f"has “{found[1]}” in lower case, which PubMed does not take for an operator."
        else:
            words = f"has “{found[1]}” in lower case; {syntax.value} reads it, people overlook it."
        yield QueryProblem(line.number, *found.span(1), words, grave=syntax is Syntax.PUBMED)


def _references(line: StrategyLine, bare: str, syntax: Syntax, known: set[int]) -> Iterator[QueryProblem]:
    for number, start, end in _named_lines(bare, syntax):
        if number not in known:
            last = max(known)
            count = f"{last} lines" if last != 1 else "1 line"
            words = f"names line {number}; this query has {count}."
        elif number == line.number:
            words = "names itself."
        elif number > line.number:
            words = f"names line {number}, which comes after it."
        else:
            continue
        yield QueryProblem(line.number, start, end, words)


def _named_lines(bare: str, syntax: Syntax) -> Iterator[tuple[int, int, int]]:
    if syntax is Syntax.OVID:
        if found := _OVID_LIST.match(bare):
            for each in re.finditer(r"\d+", found[1]):
                yield int(each[0]), found.start(1) + each.start(), found.start(1) + each.end()
            return
        for each in _OVID_OPERAND.finditer(bare):
            yield int(each[1]), *each.span(1)
    elif syntax in _REFERENCES:
        for each in _REFERENCES[syntax].finditer(bare):
            yield int(each[1]), *each.span()
