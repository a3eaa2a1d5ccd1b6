"""A project file of an earlier version is brought to this one, and keeps what it holds."""

import sqlite3
from pathlib import Path

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.storage import coding_tables, migrations, schema, screening_tables
from evidence_app.storage.project import Project

NEW_COLUMNS = (
    "indexes", "searcher", "filters", "prior_work", "update_method", "peer_review", "method", "sorted_by",
    "signed_in", "stopped", "seen", "kept",
)  # fmt: skip


def as_before_the_search_log(path: Path) -> None:
    """Take out of a file what the step `search_log` brought."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA trusted_schema = ON")
    for view in ("live_search", "live_search_work", "live_capture"):
        connection.execute(f"DROP VIEW {view}")
    for table in ("search_work", "capture"):
        connection.execute(f"DROP TABLE {table}")
    for index in ("record_live", "reference_in_a_set"):
        connection.execute(f"DROP INDEX {index}")
    for column in NEW_COLUMNS:
        connection.execute(f"ALTER TABLE search DROP COLUMN {column}")
    connection.execute("CREATE VIEW live_search AS SELECT * FROM search WHERE removed IS NULL")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'search_log'")
    connection.commit()
    connection.close()


def test_an_earlier_file_gets_the_fields_of_a_search_and_keeps_its_searches(tmp_path: Path) -> None:
    path = tmp_path / "review.evidence"
    with Project.create(path, "A review") as project:
        source = insert("source", name="Medline")
        search = insert("search", source=RowOf("source", source.guid), claimed=834)
        project.apply(Edit("Add a search", (source, search)))
    as_before_the_search_log(path)
    with Project.open(path) as project, project.reader() as reader:
        row = reader.row("SELECT claimed, seen, kept, searcher FROM live_search")
        assert row is not None
        assert tuple(row) == (834, None, None, "")
        assert reader.value("SELECT count(*) FROM live_search_work") == 0
        assert reader.value("SELECT count(*) FROM live_capture") == 0
    assert list(tmp_path.glob("*before-update*"))


def test_an_earlier_file_becomes_what_a_new_one_is(tmp_path: Path) -> None:
    old, new = tmp_path / "old.evidence", tmp_path / "new.evidence"
    for path in (old, new):
        Project.create(path, "A review").close()
    as_before_the_search_log(old)
    Project.open(old).close()
    assert _shape(old) == _shape(new)
    assert migrations.known_names() >= {"first_tables", "search_log"}
    assert set(NEW_COLUMNS) <= schema.columns_of_table("search")


def _shape(path: Path) -> dict[str, object]:
    connection = sqlite3.connect(path)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master ORDER BY name")]
    columns = {
        name: sorted(row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')) for name in names
    }
    connection.close()
    return dict(columns)


def as_before_screening_and_coding(path: Path) -> None:
    """Take out of a file what the steps `screening` and `coding` brought."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA trusted_schema = ON")
    added = {
        "criterion": screening_tables.ADDED_TO_CRITERION, "decision": screening_tables.ADDED_TO_DECISION,
        "characteristic": screening_tables.ADDED_TO_CHARACTERISTIC, "note": coding_tables.ADDED_TO_NOTE,
        "theme": coding_tables.ADDED_TO_THEME,
    }  # fmt: skip
    tables = (*screening_tables.SCREENING_TABLES, *coding_tables.CODING_TABLES)
    for table in (*tables, *added):
        connection.execute(f"DROP VIEW live_{table}")
    for statement in (*screening_tables.SCREENING_INDEXES, *coding_tables.CODING_INDEXES):
        connection.execute(f"DROP INDEX {statement.split()[2]}")
    for table, columns in added.items():
        for column in columns:
            connection.execute(f'ALTER TABLE "{table}" DROP COLUMN {schema.name_of(column)}')
    for table in tables:
        connection.execute(f'DROP TABLE "{table}"')
    connection.execute("DELETE FROM _sqlite_migrations WHERE name IN ('screening', 'coding')")
    connection.commit()
    connection.close()


def test_a_file_made_before_screening_becomes_what_a_new_one_is_and_keeps_its_decisions(
    tmp_path: Path,
) -> None:
    old, new = tmp_path / "old.evidence", tmp_path / "new.evidence"
    Project.create(new, "A review").close()
    with Project.create(old, "A review") as project:
        reference = insert("reference", title="Commissioning")
        decision = insert("decision", reference=RowOf("reference", reference.guid), verdict="include")
        project.apply(Edit("Decide", (reference, decision)))
    as_before_screening_and_coding(old)
    with Project.open(old) as project, project.reader() as reader:
        row = reader.row("SELECT verdict, made_as, exclusion_reason FROM live_decision")
        assert row is not None
        assert tuple(row) == ("include", "reviewer", None)
    assert _shape(old) == _shape(new)


def test_a_file_whose_views_knew_no_unfinished_work_hides_it_now(tmp_path: Path) -> None:
    old = tmp_path / "old.evidence"
    Project.create(old, "A review").close()
    connection = sqlite3.connect(old)
    connection.execute("PRAGMA trusted_schema = ON")
    connection.execute("DROP INDEX edit_unfinished")
    for table in schema.REVIEW_TABLES:
        connection.execute(f'DROP VIEW "live_{table}"')
    connection.execute("CREATE VIEW live_note AS SELECT * FROM note WHERE removed IS NULL")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'rows_of_jobs'")
    connection.commit()
    connection.close()
    with Project.open(old) as project, project.reader() as reader:
        job = project.job("Import")
        job.add([insert("note", text="Hidden")])
        assert reader.value("SELECT count(*) FROM live_note") == 0
        job.finish()
        assert reader.value("SELECT count(*) FROM live_note") == 1
