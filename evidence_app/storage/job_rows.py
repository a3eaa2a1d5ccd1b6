"""The rows of long work, written in groups: a hundred of them in one statement.

A statement that may fail in the middle keeps a copy of every page it changes. Tables that are searched
have a trigger, which makes each insert such a statement; written row by row they take twice as long."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from evidence_app.domain.edit import Insert
from evidence_app.storage.schema import filled_columns
from evidence_app.storage.search_index import ADDING, MadeReferences
from evidence_app.storage.writing import Writer, check_columns, insert_sql

_NEXT: Final = "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0), max(id)) + 1 FROM"
_AT_ONCE: Final = 100
_VALUES: Final = 30_000
"""The most values SQLite takes in one statement, nearly."""
_Row = Mapping[str, Any]


def write_rows(
    connection: sqlite3.Connection, number: int, rows: Sequence[Insert], found_by: MadeReferences
) -> dict[str, range]:
    """Write the rows inside the caller's transaction; return their ids by table.

    The rows of a table follow each other, and rows of one call may refer to each other in any order.
    What they are found by is left to `found_by`."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    writer = Writer(connection, number)
    made = _placed(connection, writer, rows)
    free = {table: iter(ids) for table, ids in made.items()}
    by_table: dict[str, list[_Row]] = {table: [] for table in made}
    for row in rows:
        values = writer.values_of(row)
        values["id"] = next(free[row.table])
        by_table[row.table].append(values)
    for table, all_values in by_table.items():
        for columns, alike in _groups(table, all_values).items():
            _write_alike(connection, table, columns, alike)
    added_to = {
        row["reference"] for table in ADDING for row in by_table.get(table, ()) if row.get("reference")
    }
    found_by.gather({row["id"]: row for row in by_table.get("reference", ())}, added_to)
    return made


def _groups(table: str, rows: Iterable[_Row]) -> dict[tuple[str, ...], list[_Row]]:
    """Put rows together that one statement can write: what a row does not say is NULL where it may be."""
    needed = filled_columns(table)
    groups: dict[frozenset[str], list[_Row]] = {}
    for row in rows:
        groups.setdefault(needed.intersection(row), []).append(row)
    return {
        tuple(dict.fromkeys(column for row in alike for column in row)): alike for alike in groups.values()
    }


def _write_alike(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Sequence[_Row]
) -> None:
    at_once = max(1, min(_AT_ONCE, _VALUES // len(columns)))
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        values = [row.get(column) for row in some for column in columns]
        connection.execute(insert_sql(table, columns, len(some)), values)


def _placed(connection: sqlite3.Connection, writer: Writer, rows: Sequence[Insert]) -> dict[str, range]:
    """Give every row its id beforehand: behind the last its table ever had."""
    by_table: dict[str, list[str]] = {}
    for row in rows:
        by_table.setdefault(row.table, []).append(row.guid)
    made = {}
    for table, guids in by_table.items():
        check_columns(table, ())
        first = int(connection.execute(f'{_NEXT} "{table}"', [table]).fetchone()[0] or 1)
        made[table] = range(first, first + len(guids))
        writer.expect_rows(table, zip(guids, made[table], strict=True))
    return made
