"""The audit trail: who did what and when, and what of it can still be taken back."""

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from evidence_app.storage.connections import Reader

KEPT_EDITS = 10_000
KEPT_BYTES = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PastChange:
    """What one edit changed in one row, or in many."""

    table: str
    row: int | None
    change: str
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    column: str | None = None
    rows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEdit:
    """One line of the audit trail."""

    id: int
    guid: str
    label: str
    person: str
    at: str
    kind: str
    of: int | None
    undone_by: int | None
    forgotten: bool


def edits(reader: Reader, limit: int = 500, before: int | None = None) -> list[PastEdit]:
    """Return the newest edits first, at most `limit`, older than edit `before` if it is given."""
    rows = reader.rows(
        """
        SELECT e.id, e.guid, e.label, coalesce(p.name, '') AS person, e.at, e.kind, e."of", e.forgotten,
               (SELECT u.id FROM edit u WHERE u."of" = e.id AND u.finished = 1) AS undone_by
        FROM edit e LEFT JOIN person p ON p.id = e.person
        WHERE (:before IS NULL OR e.id < :before) AND e.finished = 1 ORDER BY e.id DESC LIMIT :limit
        """,
        before=before,
        limit=limit,
    )
    return [
        PastEdit(
            id=row["id"], guid=row["guid"], label=row["label"], person=row["person"], at=row["at"],
            kind=row["kind"], of=row["of"], undone_by=row["undone_by"], forgotten=bool(row["forgotten"]),
        )
        for row in rows
    ]  # fmt: skip


def changes(reader: Reader, edit: int, limit: int = 200) -> list[PastChange]:
    """Return what an edit changed, in its order; many rows changed alike come as one line."""
    rows = reader.rows(
        "SELECT * FROM edit_change WHERE edit = :edit ORDER BY id LIMIT :limit", edit=edit, limit=limit
    )
    return [_change(reader, row) for row in rows]


def _change(reader: Reader, row: sqlite3.Row) -> PastChange:
    many = 1
    if row["change"] == "where":
        many = reader.value(
            'SELECT count(*) FROM edit_before WHERE edit = :edit AND tbl = :tbl AND "column" = :column',
            edit=row["edit"], tbl=row["tbl"], column=row["column"],
        )  # fmt: skip
    elif row["change"] in ("range", "hidden"):
        many = row["last_row"] - row["row"] + 1
    return PastChange(
        table=row["tbl"], row=row["row"], change=row["change"], before=json.loads(row["before"] or "{}"),
        after=json.loads(row["after"] or "{}"), column=row["column"], rows=many,
    )  # fmt: skip


def edits_of_row(reader: Reader, table: str, row: int, limit: int = 100) -> list[tuple[PastEdit, PastChange]]:
    """Return the edits that touched one row, newest first, each with what it changed there."""
    found = reader.rows(
        'SELECT * FROM edit_change WHERE tbl = :tbl AND "row" = :row ORDER BY id DESC LIMIT :limit',
        tbl=table, row=row, limit=limit,
    )  # fmt: skip
    if not found:
        return []
    by_id = {
        edit.id: edit for number in {row["edit"] for row in found} for edit in edits(reader, 1, number + 1)
    }
    return [(by_id[row["edit"]], _change(reader, row)) for row in found if row["edit"] in by_id]


def forget_oldest(connection: sqlite3.Connection) -> None:
    """Drop what undo needs of the oldest edits, above 10,000 edits or 200 MB; the trail itself stays."""
    (kept,) = connection.execute("SELECT count(*) FROM edit WHERE forgotten = 0").fetchone()
    (size,) = connection.execute(
        'SELECT coalesce(sum(length(before) + length("after")), 0) FROM edit_change'
    ).fetchone()
    if kept <= KEPT_EDITS and size <= KEPT_BYTES:
        return
    share = max(kept - KEPT_EDITS, kept // 10, 1)
    connection.execute("BEGIN IMMEDIATE")
    old = connection.execute(
        "SELECT max(id) FROM (SELECT id FROM edit WHERE forgotten = 0 ORDER BY id LIMIT ?)", [share]
    ).fetchone()[0]
    connection.execute("DELETE FROM edit_change WHERE edit <= ?", [old])
    connection.execute("DELETE FROM edit_before WHERE edit <= ?", [old])
    connection.execute("UPDATE edit SET forgotten = 1 WHERE id <= ?", [old])
    connection.execute("COMMIT")
