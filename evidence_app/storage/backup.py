"""Copies that were opened, checked and counted before anybody relies on them."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from evidence_app.domain.errors import EvidenceError, NotAProject
from evidence_app.storage import connections, new_files
from evidence_app.storage.connections import Reader
from evidence_app.storage.schema import REVIEW_TABLES


@dataclass(frozen=True, slots=True)
class Verified:
    """What a project file was found to hold."""

    path: Path
    references: int
    blocks: int
    edits: int
    last_edit: str


def backup(reader: Reader, out: Path) -> Verified:
    """Write a complete copy of the open project and verify it. Raises `AlreadyExists`, `EvidenceError`."""
    with new_files.built(out) as unfinished:
        try:
            reader.rows("VACUUM INTO :out", out=str(unfinished))
            verify(unfinished)
        except (OSError, sqlite3.Error, EvidenceError) as error:
            raise EvidenceError(
                f"The backup could not be written: {_reason(error)}. The project itself is unchanged."
            ) from error
    return verify(out)


def _reason(error: Exception) -> str:
    if isinstance(error.__cause__, sqlite3.Error):
        error = error.__cause__
    return str(error).rstrip(".")


def backup_name(path: Path, at: datetime) -> Path:
    """Return where a backup of a project goes unless somebody says otherwise."""
    return path.with_name(f"{path.stem} {at:%Y-%m-%d %H.%M.%S} backup.evidence")


def verify(path: Path) -> Verified:
    """Open a project file read-only, check every page and every link, and count what it holds.

    Raises `NotAProject` with the first problem found."""
    if not path.is_file():
        raise NotAProject(f"There is no project at {path}.")
    connections.check(path)
    with Reader(path) as reader:
        try:
            problems = [row[0] for row in reader.rows("PRAGMA integrity_check(5)") if row[0] != "ok"]
            if not problems and reader.rows("PRAGMA foreign_key_check"):
                problems = ["a row refers to another that is not there"]
            if problems:
                raise NotAProject(
                    f"{path.name} is damaged: {problems[0]}. Restore a backup; nothing was changed."
                )
            for table in REVIEW_TABLES:
                reader.rows(f'SELECT count(*) FROM "live_{table}"')
            return count(reader)
        except sqlite3.DatabaseError as error:
            raise NotAProject(
                f"{path.name} is damaged: {error}. Restore a backup; nothing was changed."
            ) from error


def count(reader: Reader) -> Verified:
    """Return what a project holds, without checking its pages."""
    return Verified(
        reader.path, reader.value("SELECT count(*) FROM live_reference"),
        reader.value("SELECT count(*) FROM live_block"), reader.value("SELECT count(*) FROM edit"),
        reader.value("SELECT max(at) FROM edit") or "",
    )  # fmt: skip


def restore(source: Path, out: Path) -> Verified:
    """Write a verified copy of a backup to a new file. Raises `AlreadyExists`; a backup is never changed."""
    verify(source)
    with Reader(source) as reader:
        return backup(reader, out)
