"""Writing the changes of an edit, and keeping what takes them back."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from evidence_app.domain.edit import THIS_EDIT, Change, Insert, RowOf, SetColumns, SetWhere
from evidence_app.domain.errors import MovedOn
from evidence_app.storage import derived
from evidence_app.storage.foreign import whole_text
from evidence_app.storage.references import json_value
from evidence_app.storage.schema import JSON_COLUMNS, columns_of_table


class Writer:
    """The changes of one edit, written inside an open transaction under its number."""

    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        self._connection = connection
        self._number = number
        self._made: dict[tuple[str, str], int] = {}
        self.tables: set[str] = set()

    def write(self, change: Change) -> None:
        """Write one change and remember what takes it back. Raises `MovedOn` where values differ."""
        self.tables.add(change.table)
        if isinstance(change, Insert) and change.table == "person" and self._known_person(change.guid):
            return
        if isinstance(change, Insert):
            row = self.insert(change)
            self._remember(change.table, row, "insert")
        elif isinstance(change, SetColumns):
            self._set_columns(change)
        else:
            self._set_where(change)

    def _known_person(self, guid: str) -> bool:
        """Bring somebody back whose entering was undone: an identity made of a name comes again with it."""
        found = self._connection.execute("SELECT id, removed FROM person WHERE guid = ?", [guid]).fetchone()
        if found is None:
            return False
        self._made["person", guid] = int(found["id"])
        if found["removed"] is not None:
            self.set_values("person", int(found["id"]), {"removed": found["removed"]}, {"removed": None})
        return True

    def insert(self, change: Insert) -> int:
        """Make the row and return its id."""
        values = self.values_of(change)
        cursor = self._connection.execute(insert_sql(change.table, tuple(values)), list(values.values()))
        row = int(cursor.lastrowid or 0)
        self._made[change.table, change.guid] = row
        return row

    def values_of(self, change: Insert) -> dict[str, Any]:
        """Return the columns of a new row as they are stored, with what lists sort by."""
        values = {
            name: value if isinstance(value, str) and value.isascii() else self._resolved(value)
            for name, value in change.values.items()
        }
        if change.table == "reference" and not derived.COLUMNS.issubset(values):
            values |= derived.sort_columns(values)
        check_columns(change.table, values)
        values["guid"] = change.guid
        return values

    def expect_rows(self, table: str, rows: Iterable[tuple[str, int]]) -> None:
        """Know rows by their guids that are about to be made under these ids."""
        for guid, row in rows:
            self._made[table, guid] = row

    def _set_columns(self, change: SetColumns) -> None:
        before = {name: self._resolved(value) for name, value in change.before.items()}
        after = {name: self._resolved(value) for name, value in change.after.items()}
        self.set_values(change.table, int(self._resolved(change.row)), before, after)

    def set_values(self, table: str, row: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Give a row new values where it still holds the old ones; raises `MovedOn` where it does not."""
        self.tables.add(table)
        check_columns(table, after)
        self._expect(table, row, before)
        self._update(table, row, after)
        self._remember(table, row, "columns", before=before, after=after)

    def _update(self, table: str, row: int, values: Mapping[str, Any]) -> None:
        sets = ", ".join(f'"{name}" = ?' for name in values)
        self._connection.execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', [*values.values(), row])
        if table == "reference" and derived.SORTED_BY & set(values):
            derived.refresh(self._connection, row)

    def _expect(self, table: str, row: int, before: Mapping[str, Any]) -> None:
        names = ", ".join(f'"{name}"' for name in before)
        found = self._connection.execute(f'SELECT {names} FROM "{table}" WHERE id = ?', [row]).fetchone()
        if found is None:
            raise MovedOn(f"The {_words(table)} this change is about is not in the project.", ((table, row),))
        for name, value in before.items():
            if not same(found[name], value) and not _unreadable(table, name, found[name], value):
                later = self.later_edit(table, row)
                by = f" It was changed by {later['name'] or 'somebody'}: {later['label']}." if later else ""
                raise MovedOn(
                    f"Nothing was written: {_words(name)} of this {_words(table)} has changed meanwhile.{by}",
                    ((table, row),),
                    later["id"] if later else None,
                )

    def later_edit(self, table: str, row: int) -> sqlite3.Row | None:
        """Return the last edit before this one that touched a row."""
        found: sqlite3.Row | None = self._connection.execute(
            """
            SELECT e.id, e.label, p.name FROM edit_change c JOIN edit e ON e.id = c.edit
            LEFT JOIN person p ON p.id = e.person
            WHERE c.tbl = ? AND c."row" = ? AND e.id < ? ORDER BY e.id DESC LIMIT 1
            """,
            [table, row, self._number],
        ).fetchone()
        return found

    def _set_where(self, change: SetWhere) -> None:
        check_columns(change.table, {change.column: None})
        value = self._resolved(change.value)
        connection = self._connection
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (id INTEGER PRIMARY KEY)")
        connection.execute("DELETE FROM temp.chosen")
        connection.executemany(
            "INSERT OR IGNORE INTO temp.chosen VALUES (?)", ((row,) for row in change.rows)
        )
        connection.execute(
            f"""
            INSERT INTO edit_before (edit, tbl, "column", "row", before, "after")
            SELECT ?, ?, ?, t.id, t."{change.column}", ? FROM temp.chosen c
            CROSS JOIN "{change.table}" t ON t.id = c.id WHERE t."{change.column}" IS NOT ?
            ON CONFLICT (edit, tbl, "column", "row") DO UPDATE SET "after" = excluded."after"
            """,
            [self._number, change.table, change.column, value, value],
        )
        self.take_over(change.table, change.column)

    def take_over(self, table: str, column: str) -> None:
        """Give rows the `after` values noted for this edit in `edit_before`, and note the change."""
        self.tables.add(table)
        where = [self._number, table, column]
        self._connection.execute(
            f"""
            UPDATE "{table}" SET "{column}" = (
                SELECT "after" FROM edit_before b
                WHERE b.edit = ?1 AND b.tbl = ?2 AND b."column" = ?3 AND b."row" = "{table}".id)
            WHERE id IN (SELECT "row" FROM edit_before WHERE edit = ?1 AND tbl = ?2 AND "column" = ?3)
            """,
            where,
        )
        if table == "reference" and column in derived.SORTED_BY:
            rows = self._connection.execute(
                'SELECT "row" FROM edit_before WHERE edit = ? AND tbl = ? AND "column" = ?', where
            )
            for (row,) in rows.fetchall():
                derived.refresh(self._connection, row)
        self._connection.execute(
            """
            INSERT INTO edit_change (edit, tbl, change, "column") SELECT ?1, ?2, 'where', ?3
            WHERE NOT EXISTS (SELECT 1 FROM edit_change
                WHERE edit = ?1 AND tbl = ?2 AND change = 'where' AND "column" = ?3)
            """,
            where,
        )

    def _remember(self, table: str, row: int, change: str, *, before: Any = None, after: Any = None) -> None:
        self._connection.execute(
            'INSERT INTO edit_change (edit, tbl, "row", change, before, "after") VALUES (?, ?, ?, ?, ?, ?)',
            [self._number, table, row, change, _json(before), _json(after)],
        )

    def remember_range(self, table: str, first: int, last: int, change: str) -> None:
        """Note what was done to a range of rows: `range` made or brought back, `hidden` took out."""
        self.tables.add(table)
        self._connection.execute(
            'INSERT INTO edit_change (edit, tbl, "row", last_row, change) VALUES (?, ?, ?, ?, ?)',
            [self._number, table, first, last, change],
        )

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, str):
            return whole_text(value)
        if value is THIS_EDIT:
            return self._number
        if isinstance(value, RowOf):
            if (value.table, value.guid) in self._made:
                return self._made[value.table, value.guid]
            check_columns(value.table, {})
            found = self._connection.execute(
                f'SELECT id FROM "{value.table}" WHERE guid = ?', [value.guid]
            ).fetchone()
            if found is None:
                raise MovedOn(f"The {_words(value.table)} this change needs is not in the project.")
            self._made[value.table, value.guid] = found[0]
            return found[0]
        return int(value) if isinstance(value, bool) else value


@lru_cache(maxsize=512)
def insert_sql(table: str, columns: tuple[str, ...], rows: int = 1) -> str:
    """Return the statement that makes rows of these columns."""
    names = ", ".join(f'"{name}"' for name in columns)
    row = f"({', '.join('?' * len(columns))})"
    return f'INSERT INTO "{table}" ({names}) VALUES {", ".join([row] * rows)}'


def same(present: Any, expected: Any) -> bool:
    """Return whether a stored value is the one expected; JSON is compared by what it says."""
    if present == expected:
        return True
    if isinstance(present, str) and isinstance(expected, str) and present[:1] in "[{" and present[:1]:
        try:
            return bool(json.loads(present) == json.loads(expected))
        except ValueError:
            return False
    return False


def _unreadable(table: str, column: str, present: Any, expected: Any) -> bool:
    """Return whether a value is expected to be missing because nobody can make sense of it."""
    if table != "reference" or column not in JSON_COLUMNS or not present:
        return False
    said = json_value(column, present)
    return bool(said == (json_value(column, expected) if expected else None))


def check_columns(table: str, columns: Iterable[str]) -> None:
    """Raise KeyError for what is no table of the review, ValueError for columns it does not have."""
    if not columns_of_table(table).issuperset(columns):
        raise ValueError(f"{table} has no column {sorted(set(columns) - columns_of_table(table))}")


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _words(name: str) -> str:
    return name.replace("_", " ")
