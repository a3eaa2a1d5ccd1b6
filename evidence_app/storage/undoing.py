"""Taking an edit back, or doing it again: the reverse of its changes, as an edit of its own."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.edit import counted
from evidence_app.domain.errors import MovedOn, NothingToUndo
from evidence_app.storage.merged_views import LED_ON
from evidence_app.storage.writing import Writer

_OF_OTHERS: Final = "e.person IS NOT :me AND e.kind = 'do' AND c.change IN ('insert', 'range')"
"""The rows other people made; whether they stand is for the rows to say."""

_GONE: Final = """SELECT r.id FROM edit_change g
    JOIN reference r ON r.id BETWEEN g."row" AND coalesce(g.last_row, g."row")
    WHERE g.edit = :number AND g.tbl = 'reference' AND r.removed IS NOT NULL"""
"""The references an edit took away."""

_TURNED: Final = {"range": "hidden", "hidden": "range"}
"""What becomes of the rows of a range, and of those that were taken out, when it is taken back."""


@dataclass(frozen=True, slots=True)
class Past:
    """An edit that can be taken back or done again."""

    number: int
    label: str


def last_to_undo(connection: sqlite3.Connection, person: int | None) -> Past | None:
    """Return the last edit of this person that stands: done or done again, and not taken back since."""
    found = connection.execute(
        """
        SELECT id, label FROM edit e WHERE person IS ? AND finished = 1 AND forgotten = 0
        AND kind IN ('do', 'redo')
        AND NOT EXISTS (SELECT 1 FROM edit u WHERE u."of" = e.id AND u.finished = 1)
        ORDER BY id DESC LIMIT 1
        """,
        [person],
    ).fetchone()
    return Past(found[0], found[1]) if found else None


def one_to_undo(connection: sqlite3.Connection, number: int, person: int | None) -> Past | None:
    """Return an edit of this person, if it stands: done or done again, and not taken back since."""
    found = connection.execute(
        """
        SELECT id, label FROM edit e WHERE id = ? AND person IS ? AND finished = 1 AND forgotten = 0
        AND kind IN ('do', 'redo')
        AND NOT EXISTS (SELECT 1 FROM edit u WHERE u."of" = e.id AND u.finished = 1)
        """,
        [number, person],
    ).fetchone()
    return Past(found[0], found[1]) if found else None


def last_to_redo(connection: sqlite3.Connection, person: int | None) -> Past | None:
    """Return the last edit this person took back, unless something new was done since."""
    found = connection.execute(
        """
        SELECT id, label FROM edit u WHERE person IS ? AND finished = 1 AND forgotten = 0 AND kind = 'undo'
        AND NOT EXISTS (SELECT 1 FROM edit r WHERE r."of" = u.id AND r.finished = 1)
        AND NOT EXISTS (
            SELECT 1 FROM edit d
            WHERE d.person IS u.person AND d.id > u.id AND d.kind = 'do' AND d.finished = 1)
        ORDER BY id DESC LIMIT 1
        """,
        [person],
    ).fetchone()
    return Past(found[0], found[1]) if found else None


def reverse(connection: sqlite3.Connection, writer: Writer, of: int, number: int) -> None:
    """Write the reverse of edit `of` as edit `number`. Raises `MovedOn` where values moved on."""
    changes = connection.execute("SELECT * FROM edit_change WHERE edit = ? ORDER BY id DESC", [of]).fetchall()
    if not changes:
        raise NothingToUndo("This edit is too old to take back: what it needs is no longer kept.")
    for change in changes:
        if change["change"] == "insert":
            _hide(connection, writer, change, number)
        elif change["change"] == "columns":
            _set_back(writer, change)
        elif change["change"] in _TURNED:
            _turn_range(connection, writer, change, of, number)
        else:
            _set_back_where(connection, writer, change, of, number)
    _refuse_below_others(connection, number)


def _hide(connection: sqlite3.Connection, writer: Writer, change: sqlite3.Row, number: int) -> None:
    table, row = change["tbl"], change["row"]
    standing = connection.execute(
        """
        SELECT e.id, e.label, p.name FROM edit_change c JOIN edit e ON e.id = c.edit
        LEFT JOIN person p ON p.id = e.person
        WHERE c.tbl = ? AND c."row" = ? AND e.id > ? AND e.id < ? AND e.kind IN ('do', 'redo')
        AND NOT EXISTS (SELECT 1 FROM edit u WHERE u."of" = e.id AND u.finished = 1)
        AND e.finished = 1 ORDER BY e.id DESC LIMIT 1
        """,
        [table, row, change["edit"], number],
    ).fetchone()
    if standing:
        raise MovedOn(
            f"Nothing was taken back: {standing['name'] or 'somebody'} has since changed what it made "
            f"({standing['label']}).",
            ((table, row),),
            standing["id"],
        )
    writer.set_values(table, row, {"removed": None}, {"removed": number})


def _refuse_below_others(connection: sqlite3.Connection, number: int) -> None:
    """Refuse to take references away that others have worked on: what they did would hang on nothing.

    Raises `MovedOn` with who it was; the transaction then takes all of it back."""
    edit = connection.execute("SELECT person, kind FROM edit WHERE id = ?", [number]).fetchone()
    said = {"number": number, "me": edit["person"]}
    gone = connection.execute(f"{_GONE} LIMIT 1", said).fetchone()
    if edit["kind"] != "undo" or gone is None:
        return
    tables = connection.execute(
        f"SELECT DISTINCT c.tbl FROM edit e JOIN edit_change c ON c.edit = e.id WHERE {_OF_OTHERS}", said
    ).fetchall()
    for table in sorted(LED_ON.intersection(row[0] for row in tables)):
        found = connection.execute(
            f"""SELECT max(e.id) AS edit, p.name, min(t.reference) AS reference,
                       count(DISTINCT t.reference) AS number
                FROM edit e JOIN edit_change c ON c.edit = e.id LEFT JOIN person p ON p.id = e.person
                JOIN "{table}" t ON t.id BETWEEN c."row" AND coalesce(c.last_row, c."row")
                WHERE {_OF_OTHERS} AND c.tbl = :table AND t.removed IS NULL AND t.reference IN ({_GONE})
                GROUP BY e.person ORDER BY number DESC LIMIT 1""",
            said | {"table": table},
        ).fetchone()
        if found is not None:
            did = "judged" if table == "decision" else "worked on"
            raise MovedOn(
                f"Nothing was taken back: {found['name'] or 'somebody'} has since {did} "
                f"{counted(found['number'], 'record')} of it, and that would be left without its record. "
                "They can take theirs back first.",
                (("reference", found["reference"]),),
                found["edit"],
            )


def _set_back(writer: Writer, change: sqlite3.Row) -> None:
    before, after = json.loads(change["before"]), json.loads(change["after"])
    writer.set_values(change["tbl"], change["row"], after, before)


def _turn_range(
    connection: sqlite3.Connection, writer: Writer, change: sqlite3.Row, of: int, number: int
) -> None:
    """Take the rows of a range out, or bring back those that edit `of` took out; the range says which."""
    table, gone = change["tbl"], change["change"] == "hidden"
    connection.execute(
        f'UPDATE "{table}" SET removed = ? WHERE id BETWEEN ? AND ? AND removed IS ?',
        [None if gone else number, change["row"], change["last_row"], of if gone else None],
    )
    writer.remember_range(table, change["row"], change["last_row"], _TURNED[change["change"]])


def _set_back_where(
    connection: sqlite3.Connection, writer: Writer, change: sqlite3.Row, of: int, number: int
) -> None:
    table, column = change["tbl"], change["column"]
    moved = connection.execute(
        f"""
        SELECT b."row" FROM edit_before b JOIN "{table}" t ON t.id = b."row"
        WHERE b.edit = ? AND b.tbl = ? AND b."column" = ? AND t."{column}" IS NOT b."after" LIMIT 5
        """,
        [of, table, column],
    ).fetchall()
    if moved:
        later = writer.later_edit(table, moved[0][0])
        if later is not None and later["id"] <= of:  # it made the row; what changed it changed many at once
            later = None
        why = "something it changed has been changed again since"
        if later is not None:
            why = f"{later['name'] or 'somebody'} has since changed some of the same ({later['label']})"
        raise MovedOn(
            f"Nothing was taken back: {why}.",
            tuple((table, row[0]) for row in moved),
            later["id"] if later is not None else None,
        )
    connection.execute(
        """
        INSERT INTO edit_before (edit, tbl, "column", "row", before, "after")
        SELECT ?, tbl, "column", "row", "after", before FROM edit_before
        WHERE edit = ? AND tbl = ? AND "column" = ?
        """,
        [number, of, table, column],
    )
    writer.take_over(table, column)
