"""Work on many rows: short transactions under one edit, whose rows nobody sees before its end."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from evidence_app.domain.edit import Insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.storage import running_jobs, search_index
from evidence_app.storage.applied import Applied
from evidence_app.storage.foreign import stored
from evidence_app.storage.job_rows import write_rows
from evidence_app.storage.writing import Writer

if TYPE_CHECKING:
    from evidence_app.storage.project import Project

BATCH = 2500
"""The most rows written in one transaction, so that small edits never wait long: about 1,000 records."""
_INDEXED_TOGETHER = 4000
"""References that are gathered before they are indexed."""


class Job:
    """One edit written in batches. `finish` shows its rows; `abandon`, or a kill, leaves none."""

    def __init__(self, project: "Project", number: int, label: str, word: str = "") -> None:
        self._project = project
        self.number = number
        self._label = label
        self._word = word
        self._found_by = search_index.MadeReferences()

    def add(self, rows: Sequence[Insert]) -> None:
        """Write rows, hidden until the job is finished. Rows of one call may refer to each other."""
        for start in range(0, len(rows), BATCH):
            with self._project.transaction() as connection:
                self._write(connection, rows[start : start + BATCH])

    def complete(self, table: str, guid: str, values: Mapping[str, Any]) -> None:
        """Give a row this job made, hidden still, what was not known when it was made."""
        sets = ", ".join(f'"{name}" = ?' for name in values)
        with self._project.transaction() as connection:
            self._go_on(connection)
            connection.execute(
                f'UPDATE "{table}" SET {sets} WHERE guid = ?', [*map(stored, values.values()), guid]
            )

    def _write(self, connection: sqlite3.Connection, rows: Sequence[Insert]) -> None:
        self._go_on(connection)
        for table, ids in write_rows(connection, self.number, rows, self._found_by).items():
            self._note(connection, table, ids)
        if len(self._found_by) >= _INDEXED_TOGETHER:
            self._found_by.index(connection)

    def _note(self, connection: sqlite3.Connection, table: str, ids: range) -> None:
        """Note which rows are the job's: the last range of a table grows while nobody else adds to it."""
        grown = connection.execute(
            """
            UPDATE edit_change SET last_row = ? WHERE id = (
                SELECT max(id) FROM edit_change INDEXED BY edit_change_by_edit WHERE edit = ? AND tbl = ?)
            AND last_row = ?
            """,
            [ids[-1], self.number, table, ids[0] - 1],
        )
        if grown.rowcount == 0:
            Writer(connection, self.number).remember_range(table, ids[0], ids[-1], "range")

    def _go_on(self, connection: sqlite3.Connection) -> None:
        """Raise `EvidenceError` where another program took the job for killed and took its rows out."""
        (finished,) = connection.execute("SELECT finished FROM edit WHERE id = ?", [self.number]).fetchone()
        if finished:
            raise EvidenceError(
                f"“{self._label}” was stopped from outside, so nothing of it was kept. Start it again."
            )
        running_jobs.going_on(connection, self.number, self._word)

    def finish(self) -> Applied:
        """Show every row of the job at once."""
        with self._project.transaction() as connection:
            self._go_on(connection)
            self._found_by.index(connection)
            connection.execute("UPDATE edit SET finished = 1 WHERE id = ?", [self.number])
            running_jobs.ended(connection, self.number)
            tables = frozenset(table for table, _, _ in self._ranges(connection))
        running_jobs.let_go(self._word)
        return Applied(self.number, tables, self._label)

    def _ranges(self, connection: sqlite3.Connection) -> list[tuple[str, int, int]]:
        rows = connection.execute(
            "SELECT tbl, \"row\", last_row FROM edit_change WHERE edit = ? AND change = 'range'",
            [self.number],
        )
        return [(row["tbl"], row["row"], row["last_row"]) for row in rows.fetchall()]

    def abandon(self, why: str = "not finished") -> None:
        """Take the hidden rows out again; the trail keeps the line that it was begun, and why it ended."""
        running_jobs.let_go(self._word)
        with self._project.transaction() as connection:
            (finished,) = connection.execute(
                "SELECT finished FROM edit WHERE id = ?", [self.number]
            ).fetchone()
            if finished:
                return
            connection.execute("PRAGMA defer_foreign_keys = ON")
            for table, first, last in self._ranges(connection):
                search_index.note_stale(connection, table, first, last)
                connection.execute(f'DELETE FROM "{table}" WHERE id BETWEEN ? AND ?', [first, last])
            connection.execute("DELETE FROM edit_change WHERE edit = ?", [self.number])
            connection.execute(
                "UPDATE edit SET finished = 1, forgotten = 1, label = label || ? WHERE id = ?",
                [f" ({why})", self.number],
            )
            running_jobs.ended(connection, self.number)
