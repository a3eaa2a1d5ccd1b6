"""A record on its way to a CSL item: rules put tagged values where they belong, better sources win.

A mapping is a table from tag to rule. A rule takes the draft and one value; rank 0 is the best source of
a variable, so the order of tags in the file never matters."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence_app.domain.csl import CslItem
from evidence_app.services.formats.leftovers import restore
from evidence_app.services.formats.records import Extras, FoundDecision, FoundNote
from evidence_app.services.formats.values import date_of, doi_in, issns_in, name_of, without_markup


@dataclass(slots=True)
class Draft:
    """What is known of a record so far."""

    item: CslItem = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    """Values whose place is known only when the record is complete: pages, secondary title …"""
    notes: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    decisions: list[FoundDecision] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    memos: list[FoundNote] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    source_id: str | None = None

    def put(self, variable: str, value: Any, rank: int = 0) -> None:
        """Set a variable unless a better or equal source has set it."""
        if value in (None, "", [], {}):
            return
        if variable not in self.item or rank < self.ranks.get(variable, 0):
            self.item[variable] = value
            self.ranks[variable] = rank

    def extras(self) -> Extras:
        """Return what came with the record beside its description."""
        return Extras(
            tuple(self.decisions), tuple(dict.fromkeys(self.labels)), tuple(self.memos),
            tuple(dict.fromkeys(self.collections)), tuple(dict.fromkeys(self.attachments)),
        )  # fmt: skip

    def close(self) -> CslItem:
        """Return the finished item: keywords and notes joined, note lines of our own applied."""
        if self.keywords:
            self.put("keyword", "; ".join(dict.fromkeys(self.keywords)))
        if self.notes:
            self.put("note", "\n".join(self.notes))
        for line in self.restored:
            restore(self.item, line)
        return self.item


Rule = Callable[[Draft, str], None]
Rules = Mapping[str, Rule]


def text(variable: str, rank: int = 0) -> Rule:
    """Return the rule: the value is this variable."""

    def rule(draft: Draft, value: str) -> None:
        draft.put(variable, value, rank)

    return rule


def title(variable: str = "title", rank: int = 0) -> Rule:
    """Return the rule: the value is a title, in one line, its entities resolved and emphasis as CSL marks."""

    def rule(draft: Draft, value: str) -> None:
        if "&" in value or "<" in value or "\n" in value:
            value = " ".join(without_markup(value).split())
        draft.put(variable, value, rank)

    return rule


def paragraphs(variable: str, rank: int = 0) -> Rule:
    """Return the rule: the value is this variable, and a second value of the same rank continues it."""

    def rule(draft: Draft, value: str) -> None:
        value = without_markup(value)
        known = draft.item.get(variable)
        if known and draft.ranks.get(variable, 0) == rank and value not in known:
            draft.item[variable] = f"{known}\n{value}"
        else:
            draft.put(variable, value, rank)

    return rule


def names(variable: str, rank: int = 0, several: str = "") -> Rule:
    """Return the rule: the value is one more name; `several` parts names that share a value."""

    def rule(draft: Draft, value: str) -> None:
        known = draft.item.get(variable)
        if known and draft.ranks.get(variable, 0) < rank:
            return
        read = [name for piece in (value.split(several) if several else [value]) if (name := name_of(piece))]
        if known and draft.ranks.get(variable, 0) == rank:
            known.extend(read)
        else:
            draft.put(variable, read, rank)

    return rule


def date(variable: str, rank: int = 0) -> Rule:
    """Return the rule: the value is a date; a fuller date of the same year completes a bare year."""

    def rule(draft: Draft, value: str) -> None:
        read = date_of(value)
        known = draft.item.get(variable)
        if not read:
            return
        if known and _completes(known, read):
            known.update(read)
        elif known and "literal" in known and "literal" not in read:
            draft.item[variable] = read
            draft.ranks[variable] = rank
        elif not (known and "literal" in read) and not (known and _completes(read, known)):
            draft.put(variable, read, rank)

    return rule


def _completes(bare: Mapping[str, Any], fuller: Mapping[str, Any]) -> bool:
    first, second = bare.get("date-parts"), fuller.get("date-parts")
    if not first or not second or len(first) > 1:
        return False
    return len(first[0]) < len(second[0]) and first[0] == second[0][: len(first[0])]


def part(name: str, rank: int = 0) -> Rule:
    """Return the rule: the value is kept until the record is complete."""

    def rule(draft: Draft, value: str) -> None:
        if name not in draft.parts or rank < draft.ranks.get(f"part {name}", 0):
            draft.parts[name] = value
            draft.ranks[f"part {name}"] = rank

    return rule


def doi(rank: int = 0) -> Rule:
    """Return the rule: the value holds a DOI, alone or in a link."""

    def rule(draft: Draft, value: str) -> None:
        draft.put("DOI", doi_in(value), rank)

    return rule


def link(rank: int = 0) -> Rule:
    """Return the rule: the value is a link; a link to a DOI resolver gives the DOI where none is known."""

    def rule(draft: Draft, value: str) -> None:
        if "doi.org/" in value.lower():
            draft.put("DOI", doi_in(value), 5)
        draft.put("URL", value, rank)

    return rule


def keywords(several: str = "") -> Rule:
    """Return the rule: the value is one more keyword, or several."""

    def rule(draft: Draft, value: str) -> None:
        pieces = value.split(several) if several else value.split("\n")
        draft.keywords.extend(piece.strip() for piece in pieces if piece.strip())

    return rule


def serial_number(draft: Draft, value: str) -> None:
    """Put an ISSN or ISBN, or several in one value, where it belongs."""
    value = re.sub(
        r"\s*\((?:print|electronic|linking|online|pbk|hbk|e-?issn|issn)[^)]*\)",
        "",
        value,
        flags=re.IGNORECASE,
    )
    value = " ".join(value.split())
    digits = sum(letter.isdigit() for letter in value)
    issns = issns_in(value)
    if issns and len(issns) * 7 <= digits <= len(issns) * 8:
        known = draft.item.get("ISSN", "")
        draft.item["ISSN"] = ", ".join(dict.fromkeys([*known.split(", "), *issns] if known else issns))
    elif digits >= 9:
        known = draft.item.get("ISBN", "")
        draft.item["ISBN"] = f"{known} {value}" if known and value not in known else value
    elif value:
        draft.put("ISSN", value, 9)


def identifier(draft: Draft, value: str) -> None:
    """Take the value as what the file calls the record."""
    draft.source_id = draft.source_id or value


def attachment(draft: Draft, value: str) -> None:
    """Take the value as a file or full-text link."""
    draft.attachments.extend(piece.strip() for piece in value.split("\n") if piece.strip())


def ignore(draft: Draft, value: str) -> None:
    """Leave the value where it is kept anyway: in the raw record."""


def apply(rules: Rules, tags: Iterable[tuple[str, str]], draft: Draft | None = None) -> Draft:
    """Return the draft after every tagged value has gone through its rule."""
    draft = draft or Draft()
    for tag, value in tags:
        rule = rules.get(tag)
        if rule and value:
            rule(draft, value)
    return draft
