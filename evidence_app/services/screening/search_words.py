"""The words of the searches' own queries, as terms to highlight."""

import re
from collections.abc import Iterable
from typing import Final

from evidence_app.services.searches.strategy import read_strategy

MOST: Final = 60
"""More words than this colour everything, and say nothing."""

_FIELD_TAGS: Final = re.compile(
    r"\[[^\]]*\]"  # PubMed: [tiab], [Title/Abstract]
    r"|\.(?:[a-z]{2}|[a-z]{2}(?:,[a-z]{2})+|mp|tw|sh|ti,ab)\.?(?=$|[\s)\],;])"  # Ovid: .ti,ab,kf.
    r"|\b(?:TS|TI|AB|AK|TITLE-ABS-KEY|TITLE|ABS|KEY|SU|TX|MH|MM)\s*=?\s*(?=\(|\"|“)"  # Web of Science, EBSCO
    r"|(?<!\w)(?:TI|AB|SU|TX|TS|MH)\s+(?=\S)",
)
_SKIPPED_LINE: Final = re.compile(
    r"^\s*(?:limit\b|remove duplicates\b|(?:[#S]?\d+|or/|and/|\s|,|-|\band\b|\bor\b|\bnot\b|\(|\))+$)",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(
    r"\"[^\"]+\"|“[^”]+”|[()]|(?<!\S)(?:adj\d*|near(?:/\d+)?|[nw]\d+|w/\d+|pre/\d+|same|and|or|not)(?!\S)"
    r"|exp\s+|/|[^\s()\"“”,;:/]+|[,;:]",
    re.IGNORECASE,
)
_OPERATOR: Final = re.compile(
    r"(?:adj\d*|near(?:/\d+)?|[nw]\d+|w/\d+|pre/\d+|same|and|or|not|exp|[(),;:/])", re.IGNORECASE
)
_REFERENCE: Final = re.compile(r"[#s]?\d+", re.IGNORECASE)


def words_of_queries(queries: Iterable[str], most: int = MOST) -> list[str]:
    """Return words, stems and phrases of these queries in the order they stand, each once.

    Field tags, operators, line numbers and what follows NOT are left out."""
    found: dict[str, str] = {}
    for query in queries:
        for line in read_strategy(query):
            if not _SKIPPED_LINE.match(line.text):
                for term in _terms(line.text):
                    found.setdefault(term.casefold(), term)
    return list(found.values())[:most]


def _terms(line: str) -> list[str]:
    terms: list[str] = []
    words: list[str] = []
    depth, refused = 0, -1
    for token in _TOKEN.findall(_FIELD_TAGS.sub(" ", line)):
        word = token.strip()
        is_operator = _OPERATOR.fullmatch(word) is not None
        if is_operator or word[:1] in '"“':
            _close(terms, words, keep=refused < 0)
        if not is_operator:
            if word[:1] in '"“':
                _close(terms, [word.strip('"“”')], keep=refused < 0)
            else:
                words.append(word)
            continue
        depth += (word == "(") - (word == ")")
        if word.casefold() == "not" and refused < 0:
            refused = depth
        elif refused >= 0 and (depth < refused or (depth == refused and word.casefold() in ("and", "or"))):
            refused = -1
    _close(terms, words, keep=refused < 0)
    return terms


def _close(terms: list[str], words: list[str], *, keep: bool) -> None:
    term = " ".join(words).replace("$", "*").strip(" .'-")
    words.clear()
    letters = sum(letter.isalpha() for letter in term)
    if keep and letters >= 3 and not _REFERENCE.fullmatch(term):
        terms.append(term)
