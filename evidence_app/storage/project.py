"""The project file: one review, one SQLite file, one door for writing."""

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evidence_app.domain.edit import Edit, Insert, new_guid
from evidence_app.domain.errors import EvidenceError, NothingToUndo
from evidence_app.storage import (
    connections,
    history,
    migrations,
    new_files,
    open_files,
    people,
    running_jobs,
    schema,
    search_index,
    undoing,
)
from evidence_app.storage.applied import NOBODY, Acting, Applied
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import stored
from evidence_app.storage.jobs import Job
from evidence_app.storage.refusals import Refused, told
from evidence_app.storage.writing import Writer

INDEXED_WITH_AN_EDIT = 200
"""Rows indexed for search within the edit's own transaction; the rest follows when nobody types."""


class Project:
    """An open project file with the connection that writes. Used from one thread at a time."""

    def __init__(self, path: Path, connection: sqlite3.Connection, acting: Acting) -> None:
        self.path = path
        self._connection = connection
        self.acting = acting
        self.ended_uncleanly = False
        self.cut_off: tuple[str, ...] = ()
        """What was under way when the program was killed, and was swept at this opening."""
        self._version = 0
        self._jobs: list[str] = []
        self._stands: tuple[int, int] | None = None
        self._held = False

    @classmethod
    def create(
        cls,
        path: Path,
        title: str = "Untitled review",
        acting: Acting = NOBODY,
        beginning: Edit | None = None,
    ) -> "Project":
        """Make a new project file and open it, empty or filled by an edit that brings its own title page.

        Raises `AlreadyExists` and never overwrites."""
        with new_files.built(path) as unfinished, told(path):
            connection = connections.writing(unfinished, alone=True)
            try:
                cls(path, connection, acting)._begin(title, beginning)
            finally:
                connection.close()
        return cls.open(path, acting)

    def _begin(self, title: str, beginning: Edit | None) -> None:
        self._connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        migrations.migrate(self._connection)
        self.apply(Edit("Start the review", (Insert("review", new_guid(), {"title": title}),)))
        self.seal()
        if beginning:
            self.replace_review(beginning)

    @classmethod
    def open(cls, path: Path, acting: Acting = NOBODY) -> "Project":
        """Open a project file. Raises `NotAProject` where it is missing, damaged, not ours or newer."""
        connections.check_there(path)
        connections.check(path)
        with told(path):
            connection = connections.writing(path)
            try:
                if migrations.applied_names(connection) != migrations.known_names():
                    _copy_before_migrating(connection, path)
                    migrations.migrate(connection)
                project = cls(path, connection, acting)
                project._stands = open_files.identity(path)
                project._sweep()
            except BaseException:
                connection.close()
                raise
        try:
            project._note_opening()
        except BaseException:
            connection.close()
            raise
        open_files.hold(path)
        project._held = True
        return project

    def apply(self, edit: Edit) -> Applied:
        """Write all of the edit or none of it, with what takes it back.

        Raises `MovedOn` when a value is no longer the one the edit expects."""
        with self._writing(edit.label) as writer:
            for change in edit.changes:
                writer.write(change)
        return Applied(writer.number, frozenset(writer.tables), edit.label)

    def undo(self) -> Applied:
        """Take back this person's last edit. Raises `NothingToUndo`, or `MovedOn` with what is in the way."""
        past = undoing.last_to_undo(self._connection, self._person())
        if past is None:
            raise NothingToUndo("There is nothing left to take back.")
        return self._reverse(past, "undo")

    def take_back(self, number: int) -> Applied:
        """Take back one edit of this person, whatever was done after it.

        Raises `NothingToUndo` where it does not stand or is another's, `MovedOn` where what it wrote changed
        since."""
        past = undoing.one_to_undo(self._connection, number, self._person())
        if past is None:
            raise NothingToUndo("This was taken back before, or somebody else did it.")
        return self._reverse(past, "undo")

    def redo(self) -> Applied:
        """Do again what this person last took back."""
        past = undoing.last_to_redo(self._connection, self._person())
        if past is None:
            raise NothingToUndo("There is nothing to do again.")
        return self._reverse(past, "redo")

    def _reverse(self, past: undoing.Past, kind: str) -> Applied:
        with self._writing(past.label, kind, past.number) as writer:
            undoing.reverse(self._connection, writer, past.number, writer.number)
        return Applied(writer.number, frozenset(writer.tables), past.label)

    def undoable(self) -> str | None:
        """Return the name of the edit that undo would take back."""
        past = undoing.last_to_undo(self._connection, self._person())
        return past.label if past else None

    def redoable(self) -> str | None:
        """Return the name of the edit that redo would do again."""
        past = undoing.last_to_redo(self._connection, self._person())
        return past.label if past else None

    def job(self, label: str) -> Job:
        """Start work on many rows: batches of their own under one edit, shown together at its end."""
        with self._writing(label, finished=False) as writer:
            word = running_jobs.begun(self._connection, writer.number)
        self._jobs.append(word)
        return Job(self, writer.number, label, word)

    def seal(self) -> None:
        """Make what was written so far the beginning, which undo does not take back."""
        with self.transaction() as connection:
            connection.execute("UPDATE edit SET forgotten = 1")

    def replace_review(self, edit: Edit) -> None:
        """Fill a project that was just made: the edit brings its own title page and is the beginning."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM review")
            connection.execute("DELETE FROM edit_change")
        self.apply(edit)
        while self.index_some():
            pass
        self.seal()

    def keep(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows of a `cache_` table, replacing those with the same key; never part of the history."""
        if table not in schema.CACHE_TABLES or not rows:
            return
        names = ", ".join(f'"{name}"' for name in rows[0])
        places = ", ".join(f":{name}" for name in rows[0])
        kept = [{name: stored(value) for name, value in row.items()} for row in rows]
        with self.transaction():
            self._connection.executemany(
                f'INSERT OR REPLACE INTO "{table}" ({names}) VALUES ({places})',
                kept,
            )

    def index_some(self, limit: int = 300) -> int:
        """Index up to this many rows that search does not know yet; return how many are left."""
        with self.transaction():
            return search_index.index_stale(self._connection, limit)

    def reader(self) -> Reader:
        """Return a read-only connection for another thread, or for this one."""
        return Reader(self.path)

    def checkpoint(self) -> None:
        """Move everything into the one file, so that a copy of it is complete."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Leave one complete file behind. What could not be tidied now is tidied at the next closing."""
        for word in self._jobs:
            running_jobs.let_go(word)
        try:
            with contextlib.suppress(sqlite3.Error, EvidenceError):
                self._tidy()
            with contextlib.suppress(sqlite3.Error):  # also where the file was moved: its edits go with it
                self.checkpoint()
        finally:
            self._connection.close()
            if self._held:
                self._held = False
                open_files.let_go(self.path)

    def _tidy(self) -> None:
        while self.index_some():
            pass
        history.forget_oldest(self._connection)
        self._set_setting("open", "0")
        self.checkpoint()
        with contextlib.suppress(sqlite3.OperationalError):  # another program reads: the last one out does it
            self._connection.execute("PRAGMA journal_mode = DELETE")

    def __enter__(self) -> "Project":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all that happens inside, or nothing. Raises `Refused` where the file cannot be written."""
        there = open_files.identity(self.path)
        if self._stands and there and there != self._stands:
            raise Refused(
                f"Another file stands where {self.path.name} was opened; nothing was written. "
                "Open it again to work on that file; yours is where it was moved to."
            )
        with told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has taken it back already
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _writing(
        self, label: str, kind: str = "do", of: int | None = None, *, finished: bool = True
    ) -> Iterator["_NumberedWriter"]:
        with self.transaction() as connection:
            person = self._person(enter=True)
            cursor = connection.execute(
                """INSERT INTO edit (guid, label, person, at, kind, "of", finished)
                   VALUES (?, ?, ?, ?, ?, ?, ?)""",
                [new_guid(), stored(label), person, now(), kind, of, int(finished)],
            )
            writer = _NumberedWriter(connection, int(cursor.lastrowid or 0))
            yield writer
            search_index.index_stale(connection, INDEXED_WITH_AN_EDIT)

    def _person(self, *, enter: bool = False) -> int | None:
        found = self._connection.execute(
            "SELECT id, removed FROM person WHERE guid = ?", [self.acting.guid]
        ).fetchone()
        if found:
            if enter and found["removed"] is not None:
                self._connection.execute("UPDATE person SET removed = NULL WHERE id = ?", [found["id"]])
            return int(found["id"])
        if not enter:
            return None
        if (known := people.recognise(self._connection, self.acting)) is not None:
            return known
        cursor = self._connection.execute(
            "INSERT INTO person (guid, name, initials) VALUES (?, ?, ?)",
            [self.acting.guid, stored(self.acting.name), stored(self.acting.initials)],
        )
        return int(cursor.lastrowid or 0)

    def _sweep(self) -> None:
        """Take out what a killed job left hidden; the trail keeps its line."""
        left = self._connection.execute("SELECT id, label FROM edit WHERE finished = 0").fetchall()
        for number, label in left:
            if not running_jobs.runs(self._connection, number):
                Job(self, number, "").abandon()
                self.cut_off += (label,)

    def changed_elsewhere(self) -> bool:
        """Return whether another window or program wrote into the file since this was asked last."""
        before = self._version
        self._version = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        return self._version != before

    def _note_opening(self) -> None:
        self.ended_uncleanly = self._setting("open") == "1"
        self._set_setting("open", "1")
        with self.transaction() as connection:
            people.recognise(connection, self.acting)
        self.changed_elsewhere()

    def _setting(self, key: str) -> str | None:
        found = self._connection.execute("SELECT value FROM cache_setting WHERE key = ?", [key]).fetchone()
        return found[0] if found else None

    def _set_setting(self, key: str, value: str) -> None:
        self.keep("cache_setting", [{"key": key, "value": value}])


class _NumberedWriter(Writer):
    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        super().__init__(connection, number)
        self.number = number


def now() -> str:
    """Return the present moment as the file writes it: UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _copy_before_migrating(connection: sqlite3.Connection, path: Path) -> None:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    place = path.with_suffix(f".before-update-{stamp}.evidence")
    with new_files.built(place) as unfinished:
        connection.execute("VACUUM INTO ?", [str(unfinished)])
