"""A record on its way to a CSL item: rules put tagged values where they belong, better sources win.

A mapping is a table from tag to rule. A rule takes the draft and one value; rank 0 is the best source of
a variable, so the order of tags in the file never matters."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence_app.domain.csl import CslItem
from evidence_app.services.formats.leftovers import restore
from evidence_app.services.formats.records import Extras, FoundDecision, FoundNote


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


def apply(rules: Rules, tags: Iterable[tuple[str, str]], draft: Draft | None = None) -> Draft:
    """Return the draft after every tagged value has gone through its rule."""
    draft = draft or Draft()
    for tag, value in tags:
        rule = rules.get(tag)
        if rule and value:
            rule(draft, value)
    return draft
