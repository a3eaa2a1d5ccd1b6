"""How the project file came to be, step by step. A released step is never edited; a change is a new step."""

import sqlite3
from typing import TYPE_CHECKING

from evidence_app.storage import schema

if TYPE_CHECKING:
    from sqlite_utils import Database

SET_NAME = "evidence-desk"


def first_tables(db: "Database") -> None:
    """Make the tables of version 0.1."""
    for statement in schema.create_statements():
        db.execute(statement)


STEPS = (first_tables,)


def known_names() -> frozenset[str]:
    """Return the names of all steps this version knows."""
    return frozenset(step.__name__ for step in STEPS)


def applied_names(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the steps a file has been through; none for a file that is not ours."""
    found = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
    ).fetchone()
    if not found:
        return frozenset()
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [SET_NAME]
    ).fetchall()
    return frozenset(row[0] for row in rows)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to this version; each step is whole or leaves no trace."""
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    steps = Migrations(SET_NAME)
    for step in STEPS:
        steps(name=step.__name__)(step)
    steps.apply(Database(connection, execute_plugins=False))
