"""The search language: `author:loeffler year:2010..2019 (set:included OR "collective voice") -doi:missing`.

Words are joined by AND unless OR stands between them; NOT or a minus turns the next part round; brackets
nest; a quoted phrase stands as it is; `word*`, and the last word while it is being typed, need only begin so.
Any text can be read: what is unfinished is taken as far as it goes, what is wrong is told as a problem.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from evidence_app.domain.query_parts import (
    FIELDS,
    HAS_WORDS,
    MISSING_WORDS,
    And,
    FieldKind,
    Has,
    Missing,
    Node,
    Not,
    Or,
    Query,
    QueryField,
    QueryProblem,
    Range,
    Term,
    field_named,
    nearest_field,
)
from evidence_app.domain.query_words import words

__all__ = [
    "FIELDS", "And", "FieldKind", "Has", "Missing", "Node", "Not", "Or", "Query", "QueryField",
    "QueryProblem", "Range", "Suggestion", "Term", "field_named", "nearest_field", "parse_query",
    "suggestions", "words",
]  # fmt: skip

DEEPEST: Final = 40
"""Brackets nested deeper than this are passed over, so that no text can exhaust the stack."""

_QUOTES = '"“”„'
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<open>\()
    |(?P<close>\))
    |(?P<phrase>[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)(?:[{_QUOTES}](?P<star>\*)?|$))
    |(?P<minus>-+(?=[^\s)-]))
    |(?P<field>[A-Za-z][A-Za-z_]*):(?!//)
    |(?P<word>[^\s(){_QUOTES}]+)""",
    re.VERBOSE,
)
_VALUE = re.compile(rf"[^\s(){_QUOTES}]+")
_RESOLVER = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/)?(?=10\.\d{4,9}/)", re.IGNORECASE)
_BETWEEN = re.compile(r"^([0-9]{1,9})?(?:\.\.+|[-–])([0-9]{1,9})?$")
_COMPARED = re.compile(r"^(>=|<=|>|<|=)?([0-9]{1,9})$")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int
    star: bool = False


def parse_query(text: str) -> Query:
    """Read a query; nothing raises, what could not be taken as written is in `problems`."""
    reader = _Reader(text)
    root = reader.any_of(None, 0)
    return Query(text, root, tuple(reader.problems))


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:  # only a colon-less rarity such as a lone quote could get here
            at += 1
            continue
        kind = match.lastgroup or ""
        if match["phrase"] is not None:
            found.append(_Token("phrase", match["quoted"], match.start(), match.end(), bool(match["star"])))
        elif match["field"] is not None:
            at = _field_tokens(text, match, found)
            continue
        elif match["word"] in ("AND", "OR", "NOT"):
            found.append(_Token(match["word"], match["word"], match.start(), match.end()))
        elif kind != "space":
            found.append(_Token(kind, match[kind], match.start(), match.end()))
        at = match.end()
    return found


def _field_tokens(text: str, match: re.Match[str], found: list[_Token]) -> int:
    """Add the tokens of `name:` and a value that follows at once; return where reading goes on."""
    name, end = match["field"], match.end()
    touching = end < len(text) and not text[end].isspace()
    if field_named(name) is None:
        kind = "unknown" if touching else "word"
        found.append(_Token(kind, name, match.start(), end))
        return end
    found.append(_Token("field", name, match.start(), end))
    value = _VALUE.match(text, end)
    if value:
        found.append(_Token("value", value[0], value.start(), value.end()))
        return value.end()
    return end


class _Reader:
    """Reads tokens into nodes by recursive descent; every method leaves `_at` behind what it took."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._at = 0
        self._end = len(text)
        self.problems: list[QueryProblem] = []

    def any_of(self, field: QueryField | None, depth: int) -> Node | None:
        """Read parts joined by OR up to a closing bracket or the end."""
        parts = [self._all_of(field, depth)]
        while self._next_is("OR") or (depth == 0 and self._next_is("close")):
            stray = self._tokens[self._at].kind == "close"
            self._at += 1
            after = self._all_of(field, depth)
            if stray:
                parts[-1] = _joined(And, [parts[-1], after])
            else:
                parts.append(after)
        return _joined(Or, parts)

    def _all_of(self, field: QueryField | None, depth: int) -> Node | None:
        parts: list[Node | None] = []
        while self._at < len(self._tokens) and not self._next_is("OR", "close"):
            if self._next_is("AND"):
                self._at += 1
                continue
            parts.append(self._turned(field, depth))
        return _joined(And, parts)

    def _turned(self, field: QueryField | None, depth: int) -> Node | None:
        turned = False
        while self._next_is("NOT", "minus"):
            turned ^= self._tokens[self._at].kind == "NOT" or len(self._tokens[self._at].text) % 2 == 1
            self._at += 1
        if self._at >= len(self._tokens) or self._next_is("OR", "AND", "close"):
            return None
        part = self._one(field, depth)
        if part is None or not turned:
            return part
        return part.part if isinstance(part, Not) else Not(part)

    def _one(self, field: QueryField | None, depth: int) -> Node | None:
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "open":
            return self._bracket(field, depth, token)
        if token.kind == "field":
            return self._named(token, depth)
        if token.kind == "unknown":
            self._tell_unknown(token)
        return self._value(field, token)

    def _bracket(self, field: QueryField | None, depth: int, token: _Token) -> Node | None:
        if depth >= DEEPEST:
            self._tell("The brackets are nested too deeply; the inner ones were passed over.", token)
            return None
        inside = self.any_of(field, depth + 1)
        if self._next_is("close"):
            self._at += 1
        return inside

    def _named(self, token: _Token, depth: int) -> Node | None:
        field = field_named(token.text)
        if field is None or not self._next_is("value", "word", "phrase", "open"):
            return None
        return self._one(field, depth)

    def _value(self, field: QueryField | None, token: _Token) -> Node | None:
        if field is None:
            return self._words(token)
        bare = token.text.casefold()
        if token.kind != "phrase" and field.kind is not FieldKind.FLAG:
            if bare in MISSING_WORDS:
                return Missing(field.name)
            if bare in HAS_WORDS:
                return Has(field.name)
        if field.kind is FieldKind.TEXT:
            return self._term(field.name, token)
        if field.kind is FieldKind.NUMBER:
            return self._range(field, token)
        return self._choice(field, token)

    def _words(self, token: _Token) -> Node | None:
        if token.kind != "phrase" and _RESOLVER.match(token.text):
            return self._term("doi", replace(token, text=_RESOLVER.sub("", token.text)))
        return self._term(None, token)

    def _term(self, field: str | None, token: _Token) -> Term | None:
        value = token.text
        if field == "doi":
            value = _RESOLVER.sub("", value)
        if not words(value):
            return None
        phrase = token.kind == "phrase"
        typing = not phrase and token.end == self._end and value[-1].isalnum()
        starred = token.star or (not phrase and value.endswith("*"))
        return Term(field, value if phrase else value.rstrip("*"), phrase, starred or typing)

    def _range(self, field: QueryField, token: _Token) -> Node | None:
        text = token.text.strip()
        if (found := _BETWEEN.match(text)) and (found[1] or found[2]):
            low, high = (int(end) if end else None for end in found.groups())
            if low is not None and high is not None and low > high:
                low, high = high, low
            return Range(field.name, low, high)
        if found := _COMPARED.match(text):
            return _compared(field.name, found[1] or "=", int(found[2]))
        if text.strip(".-–<>="):
            wrong = f"“{token.text}” is not a number or a range such as 2010..2019"
            self._tell(f"{wrong}, so {field.name} was left out.", token)
        return None

    def _choice(self, field: QueryField, token: _Token) -> Node | None:
        asked = token.text.strip().casefold().replace(" ", "-").replace("_", "-")
        asked = _OTHER_WORDS.get((field.name, asked), asked)
        plain = {choice.replace("_", "-"): choice for choice in field.choices}
        if not asked:
            return None
        begun = [choice for name, choice in plain.items() if name.startswith(asked)]
        chosen = [plain[asked]] if asked in plain else begun
        if chosen:
            return _joined(Or, [Term(field.name, choice) for choice in chosen])
        near = get_close_matches(asked, plain, n=1)
        meant = f"did you mean “{near[0]}”?" if near else f"it is one of {', '.join(field.choices[:6])}."
        self._tell(f"“{token.text}” is no value of {field.name}, so it was left out; {meant}", token)
        return None

    def _tell_unknown(self, token: _Token) -> None:
        near = nearest_field(token.text)
        meant = f"; did you mean “{near}:”?" if near else "."
        self._tell(f"There is no field “{token.text}”, so it was searched as a word{meant}", token)

    def _tell(self, message: str, token: _Token) -> None:
        self.problems.append(QueryProblem(message, token.start, token.end))

    def _next_is(self, *kinds: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].kind in kinds


_OTHER_WORDS: Final = {
    ("type", "journal"): "article-journal", ("type", "journal-article"): "article-journal",
    ("type", "preprint"): "article", ("type", "conference"): "paper-conference",
    ("type", "website"): "webpage", ("type", "dissertation"): "thesis", ("set", "excluded"): "background",
    ("updates", "retracted"): "retraction", ("updates", "corrected"): "correction",
    ("updates", "erratum"): "correction",
    **{(flag, "true"): "yes" for flag in ("cited", "checked")},
    **{(flag, "false"): "no" for flag in ("cited", "checked")},
}  # fmt: skip


def _compared(field: str, sign: str, number: int) -> Range:
    if sign.startswith(">"):
        return Range(field, number + (sign == ">"), None)
    if sign.startswith("<"):
        return Range(field, None, number - (sign == "<"))
    return Range(field, number, number)


def _joined(kind: type[And] | type[Or], parts: list[Node | None]) -> Node | None:
    said = [part for part in parts if part is not None]
    flat: list[Node] = []
    for part in said:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What completion offers: this text in place of what stands from start to end, and what it means."""

    text: str
    start: int
    end: int
    help: str


_FRAGMENT = re.compile(rf"-?((?:[A-Za-z_]+:)[{_QUOTES}][^{_QUOTES}]*|[^\s(){_QUOTES}]*)$")


def suggestions(
    text: str, cursor: int, known: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> list[Suggestion]:
    """Return what could stand at the cursor: field names, or the values of the field before it.

    `known` are the names that a review gives by itself, by field: its themes, its tags."""
    cursor = max(0, min(cursor, len(text)))
    found = _FRAGMENT.search(text, 0, cursor)
    fragment = found[1] if found else ""
    start = cursor - len(fragment)
    name, colon, begun = fragment.partition(":")
    if not colon:
        return [
            Suggestion(f"{field.name}:", start, cursor, field.help)
            for field in FIELDS
            if field.name.startswith(name.lower())
        ]
    field = field_named(name)
    if field is None:
        return []
    place = start + len(name) + 1
    own = [_quoted(each) for each in known.get(field.name, ()) if _begins(each, begun)]
    values = field.choices if field.kind is FieldKind.FLAG else (*field.choices, "missing", "any")
    given = [value for value in values if value.startswith(begun.lower())]
    return [
        *(Suggestion(value, place, cursor, "") for value in own),
        *(Suggestion(value, place, cursor, field.help) for value in given),
    ]


def _begins(name: str, begun: str) -> bool:
    """Return whether a word of the name begins with what was typed, quoted or not."""
    return f" {begun.strip(_QUOTES).casefold()}" in f" {name.casefold()}"


def _quoted(name: str) -> str:
    return f'"{"".join(letter for letter in name if letter not in _QUOTES)}"'
