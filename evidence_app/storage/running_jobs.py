"""Which unfinished jobs are under way in some program, and which were killed."""

import json
import os
import socket
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from typing import Final

from evidence_app.domain.edit import new_guid

_KEY: Final = "job "
_SILENT: Final = timedelta(minutes=10)
"""A program that has said nothing for so long is not the one that began the job."""
_SILENT_ELSEWHERE: Final = timedelta(minutes=2)
"""The same where it cannot be asked whether it runs: on another machine, or on Windows."""

_HERE: Final[set[str]] = set()
"""The jobs of this process, each by a word of its own."""


def begun(connection: sqlite3.Connection, number: int) -> str:
    """Note, inside the caller's transaction, that this process runs a job; return the job's word."""
    word = new_guid()
    _HERE.add(word)
    going_on(connection, number, word)
    return word


def going_on(connection: sqlite3.Connection, number: int, word: str) -> None:
    """Note that a job of this process still runs."""
    note = {"host": socket.gethostname(), "pid": os.getpid(), "word": word, "at": _now().isoformat()}
    connection.execute(
        "INSERT OR REPLACE INTO cache_setting (key, value) VALUES (?, ?)",
        [f"{_KEY}{number}", json.dumps(note)],
    )


def ended(connection: sqlite3.Connection, number: int) -> None:
    """Forget a job inside the caller's transaction."""
    connection.execute("DELETE FROM cache_setting WHERE key = ?", [f"{_KEY}{number}"])


def let_go(word: str) -> None:
    """Let a job of this process be taken for killed, when its project is closed or it ended."""
    _HERE.discard(word)


def runs(connection: sqlite3.Connection, number: int) -> bool:
    """Return whether an unfinished job is still under way somewhere."""
    found = connection.execute(
        "SELECT value FROM cache_setting WHERE key = ?", [f"{_KEY}{number}"]
    ).fetchone()
    try:
        note = json.loads(found[0]) if found else {}
        silent = _now() - datetime.fromisoformat(note["at"])
        host, pid, word = str(note["host"]), int(note["pid"]), str(note["word"])
    except (ValueError, KeyError, TypeError):
        return False
    if host != socket.gethostname() or (sys.platform == "win32" and pid != os.getpid()):
        return silent < _SILENT_ELSEWHERE
    return word in _HERE if pid == os.getpid() else silent < _SILENT and _is_there(pid)


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _now() -> datetime:
    return datetime.now(UTC)
