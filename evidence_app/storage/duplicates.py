"""What finding and merging duplicates asks of the project: references to compare, merges, judgements kept."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from evidence_app.domain.csl import CslItem
from evidence_app.storage.connections import Reader
from evidence_app.storage.references import item_of
from evidence_app.storage.schema import column_of

_COMPARED: Final = (
    "title", "original-title", "author", "editor", "issued", "published-print", "published-online",
    "available-date", "volume", "issue", "page", "page-first", "article-number", "container-title",
    "container-title-short", "event-title", "publisher", "DOI", "PMID", "ISBN", "genre", "number", "URL",
    "archive", "call-number",
)  # fmt: skip
_MOST_OF_AN_ABSTRACT: Final = 900
_MOST_OF_A_NOTE: Final = 500


def comparable(reader: Reader) -> dict[int, CslItem]:
    """Return the live references by row, with the fields that are compared; long texts are cut."""
    names = ", ".join(column_of(name) for name in _COMPARED)
    rows = reader.rows(
        f"""SELECT id, type, {names}, substr(abstract, 1, {_MOST_OF_AN_ABSTRACT}) AS abstract,
                   substr(note, 1, {_MOST_OF_A_NOTE}) AS note FROM live_reference ORDER BY id"""
    )
    return {row["id"]: item_of(row) for row in rows}


def judged_different(reader: Reader) -> set[tuple[int, int]]:
    """Return the pairs of references that a person judged not to be duplicates, as what they became since."""
    rows = reader.rows(
        """SELECT coalesce(a.merged_into, a.id) AS one, coalesce(b.merged_into, b.id) AS other
           FROM live_not_duplicate n JOIN reference a ON a.id = n.reference_a
           JOIN reference b ON b.id = n.reference_b"""
    )
    return {(row["one"], row["other"]) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """One reference merged into another: by which rule, what it saw, which fields were taken over."""

    id: int
    reference: int
    kept: int
    """The reference it was merged into at that time; `reference.merged_into` is where it led since."""
    rule: str
    seen: dict[str, str] = field(default_factory=dict)
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """Columns the kept reference took over, each with its value before and after."""
    person: str
    at: str


def merges(reader: Reader) -> list[Merge]:
    """Return every merge that stands, the oldest first."""
    rows = reader.rows(
        """SELECT m.id, m.reference, m.kept, m.rule, m.seen, m.fields, coalesce(p.name, '') AS person, m.at
           FROM live_merge m LEFT JOIN person p ON p.id = m.person ORDER BY m.id"""
    )
    return [
        Merge(
            id=row["id"], reference=row["reference"], kept=row["kept"], rule=row["rule"],
            seen=json.loads(row["seen"]),
            fields={name: (before, after) for name, (before, after) in json.loads(row["fields"]).items()},
            person=row["person"], at=row["at"],
        )
        for row in rows
    ]  # fmt: skip


def merged_into(reader: Reader, references: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return the rows that are merged into each of these references."""
    found: dict[int, tuple[int, ...]] = {}
    for row in reader.rows(
        """SELECT id, merged_into FROM reference WHERE merged_into IS NOT NULL AND removed IS NULL
           AND merged_into IN (SELECT value FROM json_each(:ids)) ORDER BY id""",
        ids=json.dumps(list(references)),
    ):
        found[row["merged_into"]] = (*found.get(row["merged_into"], ()), row["id"])
    return found


def leads_to(reader: Reader, reference: int) -> int | None:
    """Return what a reference became by merging, or None while it stands for itself."""
    row = reader.value("SELECT merged_into FROM reference WHERE id = :row", row=reference)
    return int(row) if row is not None else None


def columns(reader: Reader, reference: int, names: Iterable[str]) -> dict[str, Any]:
    """Return what some columns of a reference hold now, merged or not."""
    row = reader.row("SELECT * FROM reference WHERE id = :row", row=reference)
    return {} if row is None else {name: row[name] for name in names}


def given_by(reader: Reader, kept: int, reference: int) -> list[int]:
    """Return the rows of provenance that name a merged reference as where fields of the kept one are from."""
    rows = reader.rows(
        """SELECT p.id FROM live_provenance p JOIN reference r ON r.guid = p.source
           WHERE p.reference = :kept AND r.id = :row ORDER BY p.id""",
        kept=kept,
        row=reference,
    )
    return [row["id"] for row in rows]
