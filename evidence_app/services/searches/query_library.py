"""What the library search-query knows of the rules of PubMed, EBSCO and Web of Science.

Brackets, field tags, operators and line numbers are looked at elsewhere, for all platforms alike: the library
stops at the first grave problem, and knows fewer field tags than the platforms do."""

import contextlib
import re
from typing import Any, Final

from evidence_app.services.searches.query_problem import QueryProblem
from evidence_app.services.searches.strategy import StrategyLine, Syntax

_PLATFORMS: Final = {Syntax.PUBMED: "pubmed", Syntax.EBSCO: "ebscohost", Syntax.WEB_OF_SCIENCE: "wos"}
_MIXED: Final = "STRUCT_0001"
_LONGEST: Final = 20_000
"""Longer lines are not given to the library: 400 terms take it a third of a second."""
_ODD: Final = re.compile(r"[^\w\s()\[\]\"“”*?#,/-]|\b(?:and|or|not)\b")
_MOST_ODD: Final = 250
"""What the library finds fault with costs it the square of its number; such a line is no query any more."""
_WORDS: Final = {
    "PARSE_0004": ("has operators or terms in an order that means nothing.", True),
    _MIXED: ("mixes AND and OR without brackets that say what belongs together.", False),
    "PUBMED_0003": ("cuts a word off after fewer than four letters, which PubMed does not search.", True),
    "EBSCO_0001": ("has a wildcard where EBSCO allows none.", True),
    "WOS_0002": ("has a NEAR distance above 15, which Web of Science does not take.", True),
    "WOS_0006": ("has a wildcard in a year.", True),
    "WOS_0007": ("has a wildcard before fewer than three letters.", True),
    "WOS_0008": ("has a wildcard after fewer than three letters.", True),
    "WOS_0009": ("has a wildcard after a sign that is no letter.", True),
    "WOS_0010": ("has a wildcard that stands alone.", True),
    "TERM_0002": ("has a year that is none.", True),
}  # fmt: skip


def problems_of(line: StrategyLine, syntax: Syntax) -> list[QueryProblem]:
    """Return the problems the library finds in one line, in our words; none where it cannot read the line."""
    platform = _PLATFORMS.get(syntax)
    if platform is None or len(line.text) > _LONGEST or _combines(line.text):
        return []
    if len(_ODD.findall(line.text)) > _MOST_ODD:
        return []
    found: list[QueryProblem] = []
    for message in _messages(line.text, platform):
        said = _WORDS.get(message["code"])
        words = {line.text[start:end].upper() for start, end in message["position"]}
        if message["code"] == _MIXED and not {"AND", "OR"} <= words:
            continue
        for start, end in message["position"] if said else ():
            if said is not None and 0 <= start < end <= len(line.text):
                found.append(QueryProblem(line.number, start, end, said[0], said[1]))
    return found


def _combines(text: str) -> bool:
    """Whether the line only combines others, which alone says nothing to the library."""
    return "#" in text or re.match(r"[( ]*S\d", text) is not None


def _messages(text: str, platform: str) -> list[dict[str, Any]]:
    from search_query.parser import LATEST_VERSIONS, PARSERS

    parser = PARSERS[platform][LATEST_VERSIONS[platform]](text, field_general="")
    parser.linter.silent = True
    with contextlib.suppress(Exception):  # it raises whatever its parser raises; what it found stands
        parser.parse()
    return list(parser.linter.messages)
