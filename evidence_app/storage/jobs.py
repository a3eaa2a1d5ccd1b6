"""Work on many rows: short transactions under one edit, whose rows nobody sees before its end."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from evidence_app.domain.edit import Insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.storage import running_jobs
from evidence_app.storage.applied import Applied
from evidence_app.storage.foreign import stored
from evidence_app.storage.schema import REVIEW_TABLES
from evidence_app.storage.writing import Writer

if TYPE_CHECKING:
    from evidence_app.storage.project import Project

BATCH = 1000
"""The most rows written in one transaction, so that small edits never wait long."""


class Job:
    """One edit written in batches. `finish` shows its rows; `abandon`, or a kill, leaves none."""

    def __init__(self, project: "Project", number: int, label: str, word: str = "") -> None:
        self._project = project
        self.number = number
        self._label = label
        self._tables: set[str] = set()
        self._word = word

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
                f'UPDATE "{table}" SET {sets} WHERE guid = ? AND removed = ?',
                [*map(stored, values.values()), guid, self.number],
            )

    def _write(self, connection: sqlite3.Connection, rows: Sequence[Insert]) -> None:
        self._go_on(connection)
        writer = Writer(connection, self.number)
        spans: dict[str, list[int]] = {}
        for row in rows:
            at = writer.insert(row, hidden=True)
            spans.setdefault(row.table, []).append(at)
        for table, ids in spans.items():
            self._tables.add(table)
            connection.execute(
                """
                INSERT INTO edit_change (edit, tbl, "row", last_row, change) VALUES (?, ?, ?, ?, 'range')
                """,
                [self.number, table, ids[0], ids[-1]],
            )

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
            for table in self._tables:
                connection.execute(f'UPDATE "{table}" SET removed = NULL WHERE removed = ?', [self.number])
            connection.execute("UPDATE edit SET finished = 1 WHERE id = ?", [self.number])
            running_jobs.ended(connection, self.number)
        running_jobs.let_go(self._word)
        return Applied(self.number, frozenset(self._tables), self._label)

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
            for table in reversed(REVIEW_TABLES):
                connection.execute(f'DELETE FROM "{table}" WHERE removed = ?', [self.number])
            connection.execute("DELETE FROM edit_change WHERE edit = ?", [self.number])
            connection.execute(
                "UPDATE edit SET finished = 1, forgotten = 1, label = label || ? WHERE id = ?",
                [f" ({why})", self.number],
            )
            running_jobs.ended(connection, self.number)
