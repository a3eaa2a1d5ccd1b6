"""What the project file keeps of merges, and how a file made before them gets it."""

import sqlite3
from pathlib import Path

from evidence_app.domain.edit import Edit, SetColumns, insert
from evidence_app.storage import duplicates, library
from evidence_app.storage.merged_views import LED_ON
from evidence_app.storage.project import Project


def a_project(path: Path) -> Project:
    project = Project.create(path, "A review")
    rows = (
        insert("reference", type="book", title="One"), insert("reference", type="book", title="Two"),
        insert("note", reference=2, text="On two"),
    )  # fmt: skip
    project.apply(Edit("Add", rows))
    return project


def before_merges(path: Path) -> None:
    """Make the file what it was before merges were kept."""
    connection = sqlite3.connect(path)
    for table in ("rule_set", "merge", "not_duplicate"):
        connection.execute(f'DROP VIEW "live_{table}"')
    for table in ("merge", "not_duplicate", "rule_set"):
        connection.execute(f'DROP TABLE "{table}"')
    for table in LED_ON:
        connection.execute(f'DROP VIEW "live_{table}"')
        connection.execute(f'CREATE VIEW "live_{table}" AS SELECT * FROM "{table}" WHERE removed IS NULL')
    connection.execute("DROP TRIGGER stale_reference_merged")
    connection.execute("DROP INDEX study_report_by_reference")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'merging'")
    connection.commit()
    connection.close()


def test_a_file_made_before_merges_gets_what_they_need(tmp_path: Path) -> None:
    path = tmp_path / "review.evidence"
    a_project(path).close()
    before_merges(path)
    with Project.open(path) as project, project.reader() as reader:
        project.apply(Edit("Merge", (SetColumns("reference", 2, {"merged_into": None}, {"merged_into": 1}),)))
        assert [note.text for note in library.notes_on(reader, 1)] == ["On two"]
        assert duplicates.merges(reader) == []
        assert duplicates.judged_different(reader) == set()
        assert reader.value("SELECT count(*) FROM search_stale") == 0
    assert list(tmp_path.glob("review.before-update-*.evidence"))


def test_a_note_written_on_a_merged_reference_is_found_with_what_it_became(tmp_path: Path) -> None:
    with a_project(tmp_path / "review.evidence") as project, project.reader() as reader:
        project.apply(Edit("Merge", (SetColumns("reference", 2, {"merged_into": None}, {"merged_into": 1}),)))
        project.apply(Edit("Note", (insert("note", reference=2, text="Zebras"),)))
        rows = reader.rows("SELECT rowid FROM search_reference WHERE search_reference MATCH 'zebras'")
        assert [row[0] for row in rows] == [1]


def test_a_removed_row_of_a_merged_reference_is_not_shown(tmp_path: Path) -> None:
    with a_project(tmp_path / "review.evidence") as project, project.reader() as reader:
        project.apply(Edit("Merge", (SetColumns("reference", 2, {"merged_into": None}, {"merged_into": 1}),)))
        project.apply(Edit("Remove", (SetColumns("note", 1, {"removed": None}, {"removed": 1}),)))
        assert library.notes_on(reader, 1) == []


def test_only_live_references_are_compared_with_the_fields_that_count(tmp_path: Path) -> None:
    with a_project(tmp_path / "review.evidence") as project, project.reader() as reader:
        long = insert("reference", type="book", title="Three", abstract="word " * 1000, publisher="P")
        project.apply(Edit("Add", (long,)))
        project.apply(Edit("Merge", (SetColumns("reference", 2, {"merged_into": None}, {"merged_into": 1}),)))
        items = duplicates.comparable(reader)
        assert list(items) == [1, 3]
        assert len(items[3]["abstract"]) == 900
        assert items[3]["publisher"] == "P"
