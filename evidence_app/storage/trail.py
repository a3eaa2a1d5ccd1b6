"""The audit trail as a screen lists it: filtered, page by page, with what became of each edit since."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from evidence_app.domain.query_words import words as folded_words
from evidence_app.storage.connections import Reader
from evidence_app.storage.schema import REVIEW_TABLES, columns_of_table
from evidence_app.storage.writing import same

PAGE: Final = 500
_LOOKED_AT: Final = 200
"""Changes of one edit that are compared with the present values; an edit of more is not looked at whole."""

_DEPTH: Final = """
    (WITH RECURSIVE chain(at, depth) AS (
        SELECT e.id, 0 UNION ALL
        SELECT u.id, depth + 1 FROM chain JOIN edit u ON u."of" = chain.at AND u.finished = 1)
     SELECT max(depth) FROM chain)"""
"""How often an edit was taken back and done again by turns: odd where it is taken back now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which edits are wanted: words of the label, a person, tables that changed, only those taken back."""

    words: str = ""
    person: int | None = None
    tables: frozenset[str] = frozenset()
    taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One edit: who did what and when, and what became of it."""

    id: int
    label: str
    person: str
    initials: str
    at: str
    kind: str
    about: int | None
    """The edit an undo or a redo is about."""
    turned_by: int | None
    """The last undo or redo of this edit."""
    taken_back: bool
    """Whether what it did was undone, and not done again; never so of an undo."""
    forgotten: bool
    rows: Mapping[str, int]
    """How many rows changed, by table; nothing where that is no longer kept."""
    changed_later: bool = False


@dataclass(frozen=True, slots=True)
class TrailPerson:
    """Somebody who made edits."""

    id: int
    name: str
    edits: int


@dataclass(frozen=True, slots=True)
class TrailCounts:
    """How many edits there are, by whom, which tables each touched, and how many are taken back."""

    total: int
    taken_back: int
    persons: tuple[TrailPerson, ...]
    tables: tuple[tuple[int, str], ...]


def lines(reader: Reader, asked: Asked, limit: int = PAGE, before: int | None = None) -> list[TrailLine]:
    """Return the newest edits first, at most `limit`, older than edit `before` if it is given."""
    where, values = _where(asked)
    rows = reader.rows_in(
        f"""
        SELECT e.id, e.label, e.at, e.kind, e."of", e.forgotten, coalesce(p.name, '') AS person,
               coalesce(p.initials, '') AS initials, {_DEPTH} AS depth
        FROM edit e LEFT JOIN person p ON p.id = e.person
        WHERE e.finished = 1 AND (:before IS NULL OR e.id < :before) {where}
        ORDER BY e.id DESC LIMIT :limit
        """,
        {"before": before, "limit": limit, **values},
    )
    touched = _rows_by_table(reader, [row["id"] for row in rows])
    return [_line(reader, row, touched.get(row["id"], {})) for row in rows]


def line(reader: Reader, edit: int) -> TrailLine | None:
    """Return one edit, or None where there is none of this number."""
    found = lines(reader, Asked(), 1, edit + 1)
    return found[0] if found and found[0].id == edit else None


def _where(asked: Asked) -> tuple[str, dict[str, Any]]:
    parts, values = [], dict[str, Any]()
    for at, word in enumerate(folded_words(asked.words)):
        number = f" OR e.id = {int(word)}" if word.isascii() and word.isdigit() and len(word) < 10 else ""
        parts.append(f"(instr(spaced(e.label), :word{at}){number})")
        values[f"word{at}"] = word
    if asked.person is not None:
        parts.append("e.person = :person")
        values["person"] = asked.person
    if asked.tables:
        parts.append(
            """EXISTS (SELECT 1 FROM edit_change c WHERE c.edit = e.id
               AND c.tbl IN (SELECT value FROM json_each(:tables)))"""
        )
        values["tables"] = json.dumps(sorted(asked.tables))
    if asked.taken_back:
        parts.append(f"e.kind <> 'undo' AND {_DEPTH} % 2 = 1")
    return "".join(f" AND {part}" for part in parts), values


def _rows_by_table(reader: Reader, edits: Sequence[int]) -> dict[int, dict[str, int]]:
    """Return how many rows each edit changed, by table in the order it touched them."""
    rows = reader.rows(
        """
        SELECT c.edit, c.tbl, min(c.id) AS first, count(DISTINCT c."row") AS single,
               sum(CASE WHEN c.last_row IS NOT NULL THEN c.last_row - c."row" ELSE 0 END) AS ranged,
               (SELECT count(DISTINCT b."row") FROM edit_before b WHERE b.edit = c.edit AND b.tbl = c.tbl)
                   AS many
        FROM edit_change c WHERE c.edit IN (SELECT value FROM json_each(:edits))
        GROUP BY c.edit, c.tbl ORDER BY c.edit, first
        """,
        edits=json.dumps(list(edits)),
    )
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["edit"], {})[row["tbl"]] = row["single"] + row["ranged"] + row["many"]
    return found


def _line(reader: Reader, row: sqlite3.Row, rows: Mapping[str, int]) -> TrailLine:
    depth, number = row["depth"], row["id"]
    last = _turned_by(reader, number) if depth else None
    stands = depth == 0 and row["kind"] != "undo" and bool(rows)
    gone = depth % 2 == 1 and row["kind"] != "undo"
    return TrailLine(
        id=number, label=row["label"], person=row["person"], initials=row["initials"], at=row["at"],
        kind=row["kind"], about=_about(reader, row["of"]), turned_by=last, taken_back=gone,
        forgotten=bool(row["forgotten"]), rows=rows,
        changed_later=stands and next(iter(moved_on(reader, number, by_whom=False)), None) is not None,
    )  # fmt: skip


def _turned_by(reader: Reader, edit: int) -> int | None:
    last: int | None = reader.value(
        """
        WITH RECURSIVE chain(at, depth) AS (
            SELECT :edit, 0 UNION ALL
            SELECT u.id, depth + 1 FROM chain JOIN edit u ON u."of" = chain.at AND u.finished = 1)
        SELECT at FROM chain WHERE depth > 0 ORDER BY depth DESC LIMIT 1
        """,
        edit=edit,
    )
    return last


def _about(reader: Reader, of: int | None) -> int | None:
    """Return the edit somebody did, from the one that was turned."""
    seen = of
    while of is not None:
        seen, of = of, reader.value('SELECT "of" FROM edit WHERE id = :edit', edit=of)
    return seen


@dataclass(frozen=True, slots=True)
class Moved:
    """A value that is no longer the one an edit left there; column is empty for a row it made."""

    table: str
    row: int
    column: str
    later: int | None
    """The latest edit that touched it since, where that is known."""


def moved_on(reader: Reader, edit: int, *, by_whom: bool = True) -> Iterable[Moved]:
    """Yield what has changed since an edit, and so stands in the way of taking it back.

    Finding by which later edit takes longer than finding that it did; `by_whom` leaves it out."""
    find = _later if by_whom else _unasked
    rows = reader.rows(
        "SELECT * FROM edit_change WHERE edit = :edit ORDER BY id LIMIT :limit", edit=edit, limit=_LOOKED_AT
    )
    for change in rows:
        table = change["tbl"]
        if table not in REVIEW_TABLES:
            continue
        if change["change"] == "insert":
            yield from _moved_insert(reader, table, change["row"], edit)
        elif change["change"] == "columns":
            after = json.loads(change["after"] or "{}")
            yield from _moved_columns(reader, table, change["row"], after, edit, find)
        elif change["change"] == "where":
            yield from _moved_where(reader, table, change["column"], edit, find)


def _moved_insert(reader: Reader, table: str, row: int, edit: int) -> Iterable[Moved]:
    later = _later(reader, table, row, edit)
    if later is not None:
        yield Moved(table, row, "", later)


def _moved_columns(
    reader: Reader, table: str, row: int, after: Mapping[str, Any], edit: int, find: "_FindLater"
) -> Iterable[Moved]:
    known = [name for name in after if name in columns_of_table(table)]
    if not known:
        return
    names = ", ".join(f'"{name}"' for name in known)
    present = reader.row(f'SELECT {names} FROM "{table}" WHERE id = :row', row=row)
    for name in known:
        if present is None or not same(present[name], after[name]):
            yield Moved(table, row, name, find(reader, table, row, edit, name))


def _moved_where(reader: Reader, table: str, column: str, edit: int, find: "_FindLater") -> Iterable[Moved]:
    if column not in columns_of_table(table):
        return
    rows = reader.rows(
        f"""
        SELECT b."row" FROM edit_before b JOIN "{table}" t ON t.id = b."row"
        WHERE b.edit = :edit AND b.tbl = :tbl AND b."column" = :column AND t."{column}" IS NOT b."after"
        LIMIT 20
        """,
        edit=edit,
        tbl=table,
        column=column,
    )
    for row in rows:
        yield Moved(table, row["row"], column, find(reader, table, row["row"], edit, column))


_FindLater = Callable[[Reader, str, int, int, str], int | None]


def _unasked(_reader: Reader, _table: str, _row: int, _edit: int, _column: str) -> None:
    """Leave out by which edit."""


def _later(reader: Reader, table: str, row: int, edit: int, column: str = "") -> int | None:
    """Return the latest edit after this one that stands and touched a row, or one column of it."""
    found: int | None = reader.value(
        """
        SELECT max(e.id) FROM edit_change c JOIN edit e ON e.id = c.edit
        WHERE c.tbl = :tbl AND e.id > :edit AND e.kind IN ('do', 'redo') AND e.finished = 1
        AND NOT EXISTS (SELECT 1 FROM edit u WHERE u."of" = e.id AND u.finished = 1)
        AND ((c."row" = :row AND (:column = '' OR c.change = 'insert'
              OR EXISTS (SELECT 1 FROM json_each(c."after") WHERE key = :column)))
          OR (c.change = 'where' AND (:column = '' OR c."column" = :column)
              AND EXISTS (SELECT 1 FROM edit_before b WHERE b.edit = c.edit AND b.tbl = c.tbl
                          AND b."column" = c."column" AND b."row" = :row)))
        """,
        tbl=table, row=row, edit=edit, column=column,
    )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class RowBefore:
    """What one row held in one column before and after an edit that changed many rows alike."""

    row: int
    before: Any
    after: Any


def rows_before(reader: Reader, edit: int, table: str, column: str, limit: int = 50) -> list[RowBefore]:
    """Return the rows an edit changed alike, the first of them."""
    rows = reader.rows(
        """SELECT "row", before, "after" FROM edit_before
           WHERE edit = :edit AND tbl = :tbl AND "column" = :column ORDER BY "row" LIMIT :limit""",
        edit=edit, tbl=table, column=column, limit=limit,
    )  # fmt: skip
    return [RowBefore(row["row"], row["before"], row["after"]) for row in rows]


def row_of(reader: Reader, table: str, row: int) -> dict[str, Any] | None:
    """Return a row as it is now, one that was removed too, or None."""
    if table not in REVIEW_TABLES:
        return None
    found = reader.row(f'SELECT * FROM "{table}" WHERE id = :row', row=row)
    return dict(found) if found else None


def how_many_changes(reader: Reader, edit: int) -> int:
    """Return how many changes of an edit are kept."""
    return int(reader.value("SELECT count(*) FROM edit_change WHERE edit = :edit", edit=edit))


def next_undo(reader: Reader, guid: str) -> int | None:
    """Return the edit that undo takes back next for the person of this guid."""
    found: int | None = reader.value(
        """
        SELECT max(e.id) FROM edit e WHERE e.person IS (SELECT id FROM person WHERE guid = :guid)
        AND e.finished = 1 AND e.forgotten = 0 AND e.kind IN ('do', 'redo')
        AND NOT EXISTS (SELECT 1 FROM edit u WHERE u."of" = e.id AND u.finished = 1)
        """,
        guid=guid,
    )
    return found


def counts(reader: Reader) -> TrailCounts:
    """Return how many edits there are of each kind and person."""
    persons = reader.rows(
        """SELECT p.id, p.name, count(*) AS edits FROM edit e JOIN person p ON p.id = e.person
           WHERE e.finished = 1 GROUP BY p.id ORDER BY p.name, p.id"""
    )
    total = reader.value("SELECT count(*) FROM edit WHERE finished = 1")
    turned = reader.value(
        f"""SELECT count(*) FROM edit e WHERE e.finished = 1 AND e.kind <> 'undo' AND {_DEPTH} % 2 = 1"""
    )
    tables = reader.rows("SELECT DISTINCT edit, tbl FROM edit_change")
    return TrailCounts(
        total, turned, tuple(TrailPerson(row["id"], row["name"], row["edits"]) for row in persons),
        tuple((row["edit"], row["tbl"]) for row in tables),
    )  # fmt: skip


def is_live(reader: Reader, table: str, row: int) -> bool:
    """Return whether a row is in the review now."""
    return table in REVIEW_TABLES and bool(
        reader.value(f'SELECT 1 FROM "live_{table}" WHERE id = :row', row=row)
    )
