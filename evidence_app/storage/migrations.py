"""How the project file came to be, step by step. A released step is never edited; a change is a new step."""

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from evidence_app.storage import coding_tables, merged_views, schema, screening_tables, unfinished

if TYPE_CHECKING:
    from sqlite_utils import Database

SET_NAME = "evidence-desk"


def first_tables(db: "Database") -> None:
    """Make the tables of version 0.1."""
    for statement in schema.create_statements():
        db.execute(statement)


def search_log(db: "Database") -> None:
    """Give files made before it what a search says of itself, the works it kept and its captured pages."""
    missing = [
        column for column in schema.REVIEW_TABLES["search"]
        if schema.name_of(column) not in {known.name for known in db["search"].columns}
    ]  # fmt: skip
    for column in missing:
        db.execute(f'ALTER TABLE "search" ADD COLUMN {column}')
    for table in ("search_work", "capture"):
        if not db[table].exists():
            for statement in schema.table_statements(table):
                db.execute(statement)
    for statement in schema.INDEXES:
        if statement.split()[2] in ("record_live", "reference_in_a_set"):
            db.execute(statement.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1))


def merging(db: "Database") -> None:
    """Give files made before it what merges keep, and lead rows of merged references to what they became."""
    for table in ("rule_set", "merge", "not_duplicate"):
        if not db[table].exists():
            for statement in schema.table_statements(table):
                db.execute(statement)
    for table in sorted(merged_views.LED_ON):
        db.execute(f'DROP VIEW IF EXISTS "live_{table}"')
        db.execute(schema.table_statements(table)[-1])
    for statement in schema.search_statements():
        if statement.lstrip().startswith("CREATE TRIGGER"):
            db.execute(f"DROP TRIGGER IF EXISTS {statement.split()[2]}")
            db.execute(statement)
    for statement in schema.INDEXES:
        if statement.split()[2] in ("merge_by_reference", "study_report_by_reference"):
            db.execute(statement.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1))


def matrix_marks(db: "Database") -> None:
    """Give files made before it what people say of cells of the matrix."""
    for table in ("absence", "cell_summary"):
        if not db[table].exists():
            db.execute(f'DROP VIEW IF EXISTS "live_{table}"')
            for statement in schema.table_statements(table):
                db.execute(statement)
    for statement in schema.INDEXES:
        if statement.split()[2] in ("absence_by_reference", "cell_summary_by_reference"):
            db.execute(statement.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1))


def screening(db: "Database") -> None:
    """Give files made before it the protocol, screening, retrieval, the extraction form and flow notes."""
    _catch_up(db, screening_tables.SCREENING_TABLES, screening_tables.SCREENING_INDEXES)
    for table in ("criterion", "decision", "characteristic"):
        _add_columns(db, table)


def coding(db: "Database") -> None:
    """Give files made before it documents, quotations, codes and what review findings rest on."""
    _catch_up(db, coding_tables.CODING_TABLES, coding_tables.CODING_INDEXES)
    for table in ("note", "theme"):
        _add_columns(db, table)


def rows_of_jobs(db: "Database") -> None:
    """Let every view leave out what unfinished work has written, and let the search index gather longer."""
    db.execute(unfinished.INDEX.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1))
    for table in schema.REVIEW_TABLES:
        db.execute(f'DROP VIEW IF EXISTS "live_{table}"')
        db.execute(schema.table_statements(table)[-1])
    for statement in schema.GATHERING:
        db.execute(statement)


def matrix_by_code(db: "Database") -> None:
    """Give files made before it what people say of cells of the matrix by codes and characteristics."""
    db.execute('DROP VIEW IF EXISTS "live_cell_mark"')
    for statement in schema.table_statements("cell_mark"):
        table = 'CREATE TABLE "cell_mark"'
        db.execute(statement.replace(table, table.replace("TABLE", "TABLE IF NOT EXISTS"), 1))
    for statement in schema.INDEXES:
        if statement.split()[2] == "cell_mark_by_reference":
            db.execute(statement.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1))


def _catch_up(db: "Database", tables: Iterable[str], indexes: Iterable[str]) -> None:
    for table in tables:
        if not db[table].exists():
            for statement in schema.table_statements(table):
                db.execute(statement)
    for statement in indexes:
        db.execute(statement.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1))


def _add_columns(db: "Database", table: str) -> None:
    """Add the columns a table has by now, and make its view anew."""
    known = {column.name for column in db[table].columns}
    for column in schema.REVIEW_TABLES[table]:
        if schema.name_of(column) not in known:
            db.execute(f'ALTER TABLE "{table}" ADD COLUMN {column}')
    db.execute(f'DROP VIEW IF EXISTS "live_{table}"')
    db.execute(schema.table_statements(table)[-1])


STEPS = (first_tables, search_log, merging, matrix_marks, screening, coding, rows_of_jobs, matrix_by_code)


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
