"""Answering a query: its tree becomes one condition over the references, every word quoted."""

import json
from array import array
from collections.abc import Sequence
from typing import Any, Final

from evidence_app.domain.contents import UPDATE_GROUPS
from evidence_app.domain.query_parts import (
    FIELDS,
    And,
    FieldKind,
    Has,
    Missing,
    Node,
    Not,
    Or,
    Query,
    Range,
    Term,
    field_named,
)  # fmt: skip
from evidence_app.domain.query_words import words
from evidence_app.storage.connections import Reader
from evidence_app.storage.references import MAIN_BIBLIOGRAPHY, ids_in_order
from evidence_app.storage.schema import SEARCH_COLUMNS

_EVERYWHERE: Final = " ".join(field.name for field in FIELDS if field.everywhere)
_NUMBER: Final = f"""(SELECT number FROM live_bibliography_entry e2
    WHERE e2.reference = r.id AND e2.bibliography = {MAIN_BIBLIOGRAPHY} LIMIT 1)"""
_NOTED: Final = """(SELECT max(text) FROM live_note n WHERE n.reference = r.id AND n.kind <> 'screening')"""
_CITED: Final = "SELECT c.reference FROM live_citation c JOIN live_anchor a ON a.id = c.anchor"
_CITING_BLOCKS: Final = f"{_CITED} JOIN live_block b ON b.id = a.block"
_UPDATED: Final = """SELECT lower(k.asked) FROM cache_crossref k,
    json_each(iif(json_valid(k.work), k.work, '{}'), '$."updated-by"') u WHERE k.work IS NOT NULL"""
_NOTICE: Final = "replace(replace(lower(coalesce(u.value ->> 'type', '')), '-', '_'), ' ', '_')"
"""The kind of a notice as `UPDATE_GROUPS` names it, as SQL."""


def search(reader: Reader, query: Query, order: str = "number", *, descending: bool = False) -> "array[int]":
    """Return the ids of the references a query finds, in a list's order."""
    where, values = condition(query.root)
    return ids_in_order(reader, order, descending=descending, where=where, values=values)


def found(reader: Reader, query: Query) -> int:
    """Return how many references a query finds."""
    where, values = condition(query.root)
    rows = reader.rows_in(f"SELECT count(*) FROM live_reference r WHERE {where}", values)
    return int(rows[0][0])


def condition(node: Node | None) -> tuple[str, dict[str, Any]]:
    """Return the SQL condition over `live_reference r` that a query's tree stands for, with its values."""
    translation = _Translation()
    return translation.of(node) if node is not None else "1", translation.values


def search_blocks(reader: Reader, text: str, limit: int = 50) -> list[int]:
    """Return the ids of blocks of the manuscript that hold all these words, best first."""
    asked = words(text)
    if not asked:
        return []
    match = " AND ".join(_quoted([word], prefix=at == len(asked) - 1) for at, word in enumerate(asked))
    rows = reader.rows(
        """SELECT s.rowid FROM search_block s JOIN live_block b ON b.id = s.rowid
           WHERE search_block MATCH :match ORDER BY rank LIMIT :limit""",
        match=match,
        limit=limit,
    )
    return [row[0] for row in rows]


class _Translation:
    """Gathers the values of one condition while its tree is walked."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def _value(self, value: Any) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def of(self, node: Node) -> str:
        """Return the condition of a node."""
        match node:
            case And(parts):
                return "(" + " AND ".join(self.of(part) for part in parts) + ")"
            case Or(parts):
                return "(" + " OR ".join(self.of(part) for part in parts) + ")"
            case Not(part):
                return f"NOT coalesce({self.of(part)}, 0)"
            case Range(name, low, high):
                return self._range(name, low, high)
            case Missing(name):
                return f"NOT {self._says(name)}"
            case Has(name):
                return self._says(name)
            case Term():
                return self._term(node)

    def _range(self, name: str, low: int | None, high: int | None) -> str:
        column = "r.year" if name == "year" else _NUMBER
        ends = [f"{column} >= {self._value(low)}"] if low is not None else []
        ends += [f"{column} <= {self._value(high)}"] if high is not None else []
        return "(" + " AND ".join([f"{column} IS NOT NULL", *ends]) + ")"

    def _says(self, name: str) -> str:
        if name in SEARCH_COLUMNS:
            texts = [f'r."{column}"' for column in SEARCH_COLUMNS[name]]
            if name == "note":
                texts.append(_NOTED)
            if name == "tag":
                texts.append("(SELECT max(tag) FROM live_reference_tag t WHERE t.reference = r.id)")
            return f"(coalesce({', '.join([*texts, 'NULL'])}) IS NOT NULL)"
        if name == "theme":
            return f"(r.id IN ({_CITING_BLOCKS} WHERE b.theme IS NOT NULL))"
        if name in ("manuscript", "role"):
            return f"(r.id IN ({_CITED}))"
        if name == "updates":
            return f"(lower(r.doi) IN ({_UPDATED}))"
        if name == "crossref":
            return "(lower(r.doi) IN (SELECT asked FROM cache_crossref))"
        return {"year": "(r.year IS NOT NULL)", "number": f"({_NUMBER} IS NOT NULL)"}.get(name, "1")

    def _term(self, term: Term) -> str:
        known = field_named(term.field) if term.field else None
        if known is not None and known.kind in (FieldKind.CHOICE, FieldKind.FLAG):
            return self._choice(known.name, term.value)
        asked = words(term.value)
        if not asked:
            return "1"
        match = _quoted(asked, prefix=term.prefix)
        if known is None or known.name in SEARCH_COLUMNS:
            columns = known.name if known else _EVERYWHERE
            found = self._value(f"{{{columns}}} : {match}")
            # The plus keeps SQLite from fetching every wide row by its id: it walks a narrow index instead.
            return f"+r.id IN (SELECT rowid FROM search_reference WHERE search_reference MATCH {found})"
        if known.name == "manuscript":
            blocks = f"SELECT rowid FROM search_block WHERE search_block MATCH {self._value(match)}"
            return f"r.id IN ({_CITING_BLOCKS} WHERE b.id IN ({blocks}))"
        return self._theme(asked, prefix=term.prefix)

    def _theme(self, asked: Sequence[str], *, prefix: bool) -> str:
        pattern = self._value(" " + " ".join(asked) + ("%" if prefix else " %"))
        return f"""r.id IN ({_CITING_BLOCKS} WHERE b.theme IN (
            WITH RECURSIVE below(id) AS (
                SELECT id FROM live_theme WHERE ' ' || spaced(name) || ' ' LIKE '%' || {pattern}
                UNION SELECT p.theme FROM live_theme_parent p JOIN below ON p.parent = below.id)
            SELECT id FROM below))"""

    def _choice(self, name: str, value: str) -> str:
        if name == "set":
            return {
                "included": "r.standing = 'included'", "background": "r.standing = 'background'",
                "undecided": "r.standing IS NULL", "bibliography": f"({_NUMBER} IS NOT NULL)",
            }.get(value, "0")  # fmt: skip
        if name == "type":
            return f"r.type = {self._value(value)}"
        if name == "role":
            return f"r.id IN ({_CITED} WHERE a.role = {self._value(value)})"
        if name == "updates":
            meant = [kind for kind, group in UPDATE_GROUPS.items() if value in (group, "version")]
            among = "NOT IN" if value == "version" else "IN"
            kinds = f"(SELECT value FROM json_each({self._value(json.dumps(meant))}))"
            return f"lower(r.doi) IN ({_UPDATED} AND {_NOTICE} {among} {kinds})"
        if name == "crossref":
            state = self._value(value.replace("-", " "))
            return f"lower(r.doi) IN (SELECT asked FROM cache_crossref WHERE state = {state})"
        there = f"r.id IN ({_CITED})" if name == "cited" else "r.checked_at IS NOT NULL"
        return there if value == "yes" else f"NOT {there}"


def _quoted(asked: Sequence[str], *, prefix: bool) -> str:
    phrase = '"' + " ".join(word.replace('"', "") for word in asked) + '"'
    return phrase + " *" if prefix else phrase
