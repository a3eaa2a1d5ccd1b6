"""What the screen of duplicates asks: merges and judgements that stand, records below a reference, counts."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence_app.domain.csl import CslItem
from evidence_app.domain.names import names_of
from evidence_app.domain.reference import plain
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import list_in
from evidence_app.storage.references import item_of
from evidence_app.storage.unfinished import finished

NOT_COMPARED = frozenset(("standing", "checked_by", "checked_at", "changed_since_check", "merged_into"))
"""Columns of a reference that say nothing of what work it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """A record as it was imported, below the reference it was made for."""

    id: int
    reference: int
    """The reference it was made for, merged since or not."""
    source: str
    platform: str
    searched: str
    file: str
    place: int
    """The how-manieth record of its file."""
    of: int
    line: int | None
    format: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPair:
    """Two references a person judged to be different works: who, and when."""

    id: int
    one: int
    other: int
    person: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many records were imported from how many sources, and how many works they are now."""

    records: int
    sources: int
    works: int
    by_rule: int = 0
    """How many were merged into others by a rule alone."""
    by_person: int = 0
    """How many a person judged to be the same as another."""


def totals(reader: Reader) -> Totals:
    """Return how many records, sources and works the review holds; a reference typed in is a record too."""
    row = reader.row(
        f"""SELECT (SELECT count(*) FROM reference r
                    WHERE removed IS NULL AND {finished("reference", "r.id")}) AS records,
                  (SELECT count(*) FROM live_reference) AS works,
                  (SELECT count(DISTINCT s.source) FROM live_search s
                   JOIN live_search_file f ON f.search = s.id WHERE f.imported > 0) AS sources,
                  (SELECT count(*) FROM live_merge WHERE person IS NULL) AS by_rule,
                  (SELECT count(*) FROM live_merge WHERE person IS NOT NULL) AS by_person"""
    )
    return Totals(**dict(row)) if row is not None else Totals(records=0, sources=0, works=0)


def last_edit(reader: Reader) -> int:
    """Return the number of the last edit."""
    return int(reader.value("SELECT max(id) FROM edit WHERE finished = 1") or 0)


def changed_since(reader: Reader, edit: int) -> bool:
    """Whether references came, went or were changed after an edit, other than by merging and un-merging.

    What was undone and done again since leaves all as it was: only an edit that was turned over an odd number
    of times counts."""
    quiet = ", ".join(f"'{name}'" for name in sorted(NOT_COMPARED))
    return bool(
        reader.value(
            f"""WITH RECURSIVE back(id, first) AS (
                    SELECT id, id FROM edit WHERE id > :edit AND finished = 1
                    UNION ALL SELECT back.id, e."of" FROM back JOIN edit e ON e.id = back.first
                    WHERE e."of" IS NOT NULL)
                SELECT 1 FROM edit e WHERE e."of" IS NULL
                AND e.id IN (SELECT first FROM back GROUP BY first HAVING count(*) % 2 = 1)
                AND EXISTS (SELECT 1 FROM edit_change c WHERE c.edit = e.id AND c.tbl = 'reference' AND CASE
                    WHEN c.change IN ('insert', 'range', 'hidden') THEN 1
                    WHEN c.change = 'where' THEN c."column" NOT IN ({quiet})
                    ELSE EXISTS (SELECT 1 FROM json_each(c."after") k WHERE k.key NOT IN ({quiet})) END)
                AND NOT EXISTS (SELECT 1 FROM edit_change c WHERE c.edit = e.id AND c.tbl = 'merge')
                LIMIT 1""",
            edit=edit,
        )
    )


def led_to(reader: Reader, ids: Iterable[int]) -> dict[int, int]:
    """Return for each of these references what it is now by merging; one that was removed is left out."""
    rows = reader.rows(
        """SELECT r.id, coalesce(k.id, r.id) AS now
           FROM reference r LEFT JOIN reference k ON k.id = r.merged_into
           WHERE r.id IN (SELECT value FROM json_each(:ids)) AND r.removed IS NULL AND k.removed IS NULL""",
        ids=json.dumps(list(ids)),
    )
    return {row["id"]: row["now"] for row in rows}


def judged_pairs(reader: Reader) -> list[JudgedPair]:
    """Return the pairs judged to be different works, the latest first, as what they became since."""
    rows = reader.rows(
        """SELECT n.id, coalesce(a.merged_into, a.id) AS one, coalesce(b.merged_into, b.id) AS other,
                  coalesce(p.name, '') AS person, n.at
           FROM live_not_duplicate n JOIN reference a ON a.id = n.reference_a
           JOIN reference b ON b.id = n.reference_b LEFT JOIN person p ON p.id = n.person
           WHERE a.removed IS NULL AND b.removed IS NULL ORDER BY n.id DESC"""
    )
    return [JudgedPair(**dict(row)) for row in rows if row["one"] != row["other"]]


def merged_works(reader: Reader) -> dict[int, list[int]]:
    """Return the references that others were merged into, the latest merge first, with those others."""
    found: dict[int, list[int]] = {}
    for row in reader.rows(
        """SELECT r.merged_into AS kept, m.reference FROM live_merge m JOIN reference r ON r.id = m.reference
           WHERE r.merged_into IS NOT NULL AND r.removed IS NULL ORDER BY m.id DESC"""
    ):
        found.setdefault(row["kept"], []).append(row["reference"])
    return found


def kept_records(reader: Reader, references: Sequence[int]) -> list[KeptRecord]:
    """Return the records of these references and of those merged into them, in the order of their import."""
    rows = reader.rows(
        """SELECT c.id, c.reference, coalesce(s.name, '') AS source, coalesce(s.platform, '') AS platform,
                  coalesce(nullif(h.searched_to, ''), h.searched_from, '') AS searched,
                  coalesce(f.name, '') AS file, c.line, c.format, c.raw, coalesce(f.imported, 0) AS "of",
                  (SELECT count(*) FROM record o INDEXED BY record_live WHERE o.search_file = c.search_file
                   AND o.removed IS NULL AND o.id <= c.id) AS place
           FROM json_each(:ids) j JOIN reference r ON r.id = j.value OR r.merged_into = j.value
           JOIN record c ON c.reference = r.id AND c.removed IS NULL
           LEFT JOIN search_file f ON f.id = c.search_file LEFT JOIN search h ON h.id = f.search
           LEFT JOIN source s ON s.id = h.source
           GROUP BY c.id ORDER BY c.id""",
        ids=json.dumps(list(references)),
    )
    return [KeptRecord(**dict(row)) for row in rows]


def items_of(reader: Reader, ids: Iterable[int]) -> dict[int, CslItem]:
    """Return the CSL items of references, merged ones too, by row."""
    rows = reader.rows(
        "SELECT * FROM reference WHERE id IN (SELECT value FROM json_each(:ids))", ids=json.dumps(list(ids))
    )
    return {row["id"]: item_of(row) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """How a reference is named in a list of pairs."""

    id: int
    label: str
    title: str


def named(reader: Reader, ids: Iterable[int]) -> dict[int, Named]:
    """Return first author, year and title of references, merged ones too."""
    found = {}
    for row in reader.rows(
        """SELECT id, author, year, title FROM reference WHERE id IN (SELECT value FROM json_each(:ids))""",
        ids=json.dumps(list(ids)),
    ):
        names = names_of(list_in(row["author"]))
        title = plain(row["title"] or "")
        first = names[0].family_or_literal if names else title[:40] or "No author"
        found[row["id"]] = Named(id=row["id"], label=f"{first} {row['year'] or 'n.d.'}", title=title)
    return found
