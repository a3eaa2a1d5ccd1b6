"""What SQLite refuses, told in the user's words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from evidence_app.domain.errors import EvidenceError, NotAProject

_BUSY: Final = (
    "Another program is writing to {name}; nothing was changed. Try again when it is done, or close it there."
)
_FULL: Final = (
    "The disk is full; nothing of this was written, and {name} is as it was. Make room, then try again."
)
_READ_ONLY: Final = (
    "{name} cannot be written: the file or its folder is read-only. Nothing was changed; "
    "copy it to a folder of your own to change it."
)
_DISK: Final = (
    "The disk that holds {name} did not do what it was asked ({error}). Nothing of this was written; "
    "check that the disk is there and has room."
)
_GONE: Final = "{name} is not where it was, or its folder cannot be written. Nothing was changed."
_DAMAGED: Final = "{name} is damaged: {error}. Nothing was changed; restore a backup."

_SAID: Final = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_AUTH: _READ_ONLY,
    sqlite3.SQLITE_IOERR: _DISK,
    sqlite3.SQLITE_CANTOPEN: _GONE,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_TOOBIG: "A text is larger than a project can hold (1 GB). Nothing was changed.",
}
_OF_THE_FILE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Refused(EvidenceError):
    """The project file could not be read or written just now; it is as it was."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the disk, another program or the file itself refuses into `Refused` or `NotAProject`.

    Our own mistakes, and a question that was interrupted, pass as they are."""
    try:
        yield
    except sqlite3.Error as error:
        refusal = refusal_of(error, path)
        if refusal is None:
            raise
        raise refusal from error


def refusal_of(error: sqlite3.Error, path: Path) -> EvidenceError | None:
    """Return what an error says to the user, or None where it is a mistake of ours."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    said = _SAID.get(code)
    if said is None:
        return None
    kind = NotAProject if code in _OF_THE_FILE else Refused
    return kind(said.format(name=path.name, error=error))
