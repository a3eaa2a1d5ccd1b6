"""How connections to a project file are made: one that writes, any number that read."""

import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.errors import NotAProject
from evidence_app.domain.query_words import words
from evidence_app.storage import migrations, open_files, schema
from evidence_app.storage.refusals import told

_SYNCHRONISED: Final = (
    "onedrive",
    "dropbox",
    "icloud",
    "mobile documents",
    "google drive",
    "nextcloud",
    "box sync",
)
_BUSY_MS: Final = 3000
_PAGE: Final = 8192
"""Of a file that is being made; others keep theirs. Abstracts fill SQLite's usual 4,096 bytes badly."""
_TOGETHER: Final = 8000
"""Pages gathered beside the file before they move into it: those written often move once."""
_TO_BE_TAKEN_BACK: Final = (sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY)
"""A kill left half a transaction in a journal beside the file: whoever may write takes it back."""


def writing(path: Path, *, alone: bool = False) -> sqlite3.Connection:
    """Return the connection that writes: WAL where it is safe, each commit on disk before it returns.

    One that is `alone` with its file keeps all of it in that one file."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_MS / 1000, check_same_thread=False,
        cached_statements=1000,
    )  # fmt: skip
    connection.row_factory = sqlite3.Row
    journal = "DELETE" if alone or is_synchronised(path) else "WAL"
    settings = (
        f"page_size = {_PAGE}", "foreign_keys = ON", "synchronous = FULL", "cache_size = -64000",
        "trusted_schema = OFF", f"wal_autocheckpoint = {_TOGETHER}",
    )  # fmt: skip
    try:
        for setting in (*settings, f"journal_mode = {journal}"):
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def is_synchronised(path: Path) -> bool:
    """Return whether another program copies this folder elsewhere while we write (OneDrive and its like)."""
    parts = [part.lower() for part in path.resolve().parts]
    return any(name in part for part in parts for name in _SYNCHRONISED)


def is_project(path: Path) -> bool:
    """Return whether a project of ours stands at this path, by the mark in the file's header.

    What SQLite keeps beside an open one belongs to it."""
    if open_files.is_held(path):
        return True
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except OSError:
        return False
    return header[:15] == b"SQLite format 3" and header[68:] == schema.APPLICATION_ID.to_bytes(4, "big")


def reading(path: Path) -> sqlite3.Connection:
    """Return a connection that cannot write."""
    with told(path):
        return sqlite3.connect(
            f"file:{_quoted(path)}?mode=ro", uri=True, isolation_level=None, timeout=_BUSY_MS / 1000,
            check_same_thread=False,
        )  # fmt: skip


def _marks(path: Path) -> tuple[int, frozenset[str]]:
    with closing(reading(path)) as connection:
        (number,) = connection.execute("PRAGMA application_id").fetchone()
        return int(number), migrations.applied_names(connection)


def check_there(path: Path) -> None:
    """Raise `NotAProject` where there is no file, or one that is no database."""
    if not path.is_file():
        raise NotAProject(f"There is no project at {path}.")
    if open_files.is_held(path):
        return
    try:
        with path.open("rb") as file:
            begins = file.read(16)
    except OSError as error:
        raise NotAProject(f"{path} cannot be read: {error.strerror or error}.") from error
    if begins != b"SQLite format 3\x00":
        raise NotAProject(f"{path.name} is not an Evidence Desk project. It was left as it is.")


def check(path: Path) -> None:
    """Raise `NotAProject` where the file is not ours, is damaged or comes from a newer version.

    The file is only read, so that what is not ours keeps every byte."""
    with told(path):
        try:
            number, applied = _marks(path)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in _TO_BE_TAKEN_BACK or not is_project(path):
                raise
            writing(path, alone=True).close()
            number, applied = _marks(path)
    if number != schema.APPLICATION_ID:
        raise NotAProject(f"{path.name} is not an Evidence Desk project. It was left as it is.")
    if newer := sorted(applied - migrations.known_names()):
        raise NotAProject(
            f"{path.name} was written by a newer version of Evidence Desk (it has been through {newer[0]}). "
            "It was left as it is; update Evidence Desk to open it."
        )


class Reader:
    """A read-only view of the project for one thread; each call sees what is committed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = reading(path)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA cache_size = -8000")
        self._connection.create_function("spaced", 1, _spaced, deterministic=True)

    def rows(self, sql: str, /, **values: Any) -> list[sqlite3.Row]:
        """Return the rows of a question."""
        return self.rows_in(sql, values)

    def rows_in(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[sqlite3.Row]:
        """Return the rows of a question whose values come in order or by name."""
        with told(self.path):
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, /, **values: Any) -> sqlite3.Row | None:
        """Return the first row of a question, or None."""
        with told(self.path):
            found: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, /, **values: Any) -> Any:
        """Return the first value of the first row, or None."""
        found = self.row(sql, **values)
        return found[0] if found else None

    def interrupt(self) -> None:
        """Stop the question under way on another thread; it raises there."""
        self._connection.interrupt()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _spaced(text: str | None) -> str:
    return " ".join(words(text or ""))


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(os.fsencode(path.resolve()))
