"""The project file: one door for writing, undo that survives a restart, nothing half done."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, Insert, RowOf, SetColumns, SetWhere, insert, remove, set_columns
from evidence_app.domain.errors import AlreadyExists, MovedOn, NotAProject, NothingToUndo
from evidence_app.storage import history, references
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project

ADA = Acting("Ada", "AL", "11111111-1111-4111-8111-111111111111")
BEN = Acting("Ben", "BK", "22222222-2222-4222-8222-222222222222")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "review.evidence"


def a_reference(guid: str, title: str, **item: object) -> Insert:
    return Insert("reference", guid, references.columns_of({"type": "report", "title": title, **item}))


def titles(project: Project) -> list[str]:
    with project.reader() as reader:
        return [reference.title for reference in references.all_references(reader)]


def test_an_edit_is_written_whole_or_not_at_all(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        project.apply(Edit("Add", (a_reference("a", "One"),)))
        broken = Edit(
            "Break", (a_reference("b", "Two"), SetColumns("reference", 1, {"title": "Other"}, {"title": "X"}))
        )
        with pytest.raises(MovedOn):
            project.apply(broken)
        assert titles(project) == ["One"]


def test_rows_made_in_one_edit_may_refer_to_each_other(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        project.apply(
            Edit(
                "Add", (a_reference("a", "One"), insert("note", reference=RowOf("reference", "a"), text="n"))
            )
        )
        with project.reader() as reader:
            assert reader.value("SELECT reference FROM live_note") == 1


def test_undo_and_redo_survive_a_restart(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        project.apply(Edit("Add", (a_reference("a", "One"),)))
        project.apply(Edit("Retitle", (SetColumns("reference", 1, {"title": "One"}, {"title": "Two"}),)))
    with Project.open(path, ADA) as project:
        assert project.undoable() == "Retitle"
        project.undo()
        assert titles(project) == ["One"]
    with Project.open(path, ADA) as project:
        assert project.redoable() == "Retitle"
        project.redo()
        assert titles(project) == ["Two"]
        project.undo()
        project.undo()
        assert titles(project) == []
        with pytest.raises(NothingToUndo):
            project.undo()


def test_something_new_ends_what_could_be_done_again(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        project.apply(Edit("Add", (a_reference("a", "One"),)))
        project.undo()
        project.apply(Edit("Add another", (a_reference("b", "Two"),)))
        assert project.redoable() is None


def test_undo_is_refused_where_somebody_else_changed_the_value_since(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        project.apply(Edit("Add", (a_reference("a", "One"),)))
        project.apply(Edit("Retitle", (SetColumns("reference", 1, {"title": "One"}, {"title": "Two"}),)))
    with Project.open(path, BEN) as project:
        assert project.undoable() is None
        edit = project.apply(Edit("Correct", (SetColumns("reference", 1, {"title": "Two"}, {"title": "3"}),)))
    with Project.open(path, ADA) as project:
        with pytest.raises(MovedOn) as refused:
            project.undo()
        assert refused.value.edit == edit.number
        assert "Ben" in str(refused.value)
        assert titles(project) == ["3"]


def test_undo_of_an_insert_is_refused_once_somebody_built_on_it(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        project.apply(Edit("Add", (a_reference("a", "One"),)))
    with Project.open(path, BEN) as project:
        project.apply(Edit("Date it", (SetColumns("reference", 1, {"volume": None}, {"volume": "3"}),)))
    with Project.open(path, ADA) as project, pytest.raises(MovedOn):
        project.undo()


def test_a_removed_row_stays_in_the_file_and_comes_back(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        project.apply(Edit("Add", (a_reference("a", "One"),)))
        project.apply(Edit("Remove", (remove("reference", 1),)))
        assert titles(project) == []
        with project.reader() as reader:
            assert reader.value("SELECT title FROM reference") == "One"
        project.undo()
        assert titles(project) == ["One"]


def test_one_change_over_many_rows_is_taken_back_to_what_each_held(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        project.apply(Edit("Add", tuple(a_reference(f"g{n}", f"T{n}") for n in range(50))))
        project.apply(Edit("Three", (SetWhere("reference", "standing", "background", [1, 2, 3]),)))
        project.apply(Edit("All", (SetWhere("reference", "standing", "included", range(1, 51)),)))
        with project.reader() as reader:
            assert reader.value("SELECT count(*) FROM live_reference WHERE standing = 'included'") == 50
            project.undo()
            counts = reader.rows("SELECT standing, count(*) FROM live_reference GROUP BY standing ORDER BY 1")
            assert [tuple(row) for row in counts] == [(None, 47), ("background", 3)]
            project.redo()
            assert reader.value("SELECT count(*) FROM live_reference WHERE standing = 'included'") == 50


def test_a_bulk_undo_is_refused_where_one_row_moved_on(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        project.apply(Edit("Add", tuple(a_reference(f"g{n}", f"T{n}") for n in range(5))))
        project.apply(Edit("All", (SetWhere("reference", "standing", "included", range(1, 6)),)))
        project.acting = BEN
        one = SetColumns("reference", 4, {"standing": "included"}, {"standing": "background"})
        project.apply(Edit("One", (one,)))
        project.acting = ADA
        with pytest.raises(MovedOn) as refused:
            project.undo()
        assert refused.value.rows == (("reference", 4),)
        assert str(refused.value).endswith("has since changed some of the same (One).")


def test_a_bulk_undo_names_no_edit_that_came_before_it(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        project.apply(Edit("Add", tuple(a_reference(f"g{n}", f"T{n}") for n in range(5))))
        number = project.apply(
            Edit("All", (SetWhere("reference", "standing", "included", range(1, 6)),))
        ).number
        project.apply(Edit("Again", (SetWhere("reference", "standing", "background", [2, 3]),)))
        with pytest.raises(MovedOn, match="changed again since") as refused:
            project.take_back(number)
        assert refused.value.edit is None


def test_nobody_sees_half_a_job_and_its_undo_is_one(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        job = project.job("Import 2,500 records")
        job.add([a_reference(f"g{n}", f"T{n}") for n in range(1500)])
        assert titles(project) == []
        project.apply(Edit("Between the batches", (a_reference("x", "Typed meanwhile"),)))
        job.add([a_reference(f"h{n}", f"U{n}") for n in range(1000)])
        job.finish()
        assert len(titles(project)) == 2501
        project.undo()  # the small edit is the newer one
        assert len(titles(project)) == 2500
        project.undo()
        assert titles(project) == []
        project.redo()
        project.redo()
        assert len(titles(project)) == 2501


def test_a_cancelled_job_leaves_no_row(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        job = project.job("Import")
        job.add([a_reference("a", "One")])
        job.abandon()
        with project.reader() as reader:
            assert reader.value("SELECT count(*) FROM reference") == 0
        assert project.undoable() is None


def test_a_killed_job_is_swept_at_the_next_opening_and_earlier_work_is_there(path: Path) -> None:
    program = f"""
import os, signal
from pathlib import Path
from evidence_app.domain.edit import Edit, Insert
from evidence_app.storage.project import Project
project = Project.create(Path({str(path)!r}), "A review")
project.apply(Edit("Add", (Insert("reference", "kept", {{"type": "book", "title": "Kept"}}),)))
job = project.job("Import")
job.add([Insert("reference", "g", {{"type": "book", "title": "Hidden"}})])
os.kill(os.getpid(), signal.SIGKILL)
"""
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run([sys.executable, "-c", program], cwd=root, env=os.environ, check=False)
    assert ended.returncode == -signal.SIGKILL
    with Project.open(path) as project:
        assert project.ended_uncleanly
        assert titles(project) == ["Kept"]
        with project.reader() as reader:
            assert reader.value("SELECT count(*) FROM reference") == 1
    with Project.open(path) as project:
        assert not project.ended_uncleanly


def test_closing_leaves_one_complete_file(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        project.apply(Edit("Add", (a_reference("a", "One"),)))
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    copy = sqlite3.connect(path)
    assert copy.execute("SELECT count(*) FROM reference").fetchone() == (1,)
    copy.close()


def test_an_existing_file_is_never_overwritten(path: Path) -> None:
    path.write_text("my notes")
    with pytest.raises(AlreadyExists):
        Project.create(path, "A review")
    assert path.read_text() == "my notes"


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_file_that_is_not_a_project_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(NotAProject):
        Project.open(path)
    assert path.read_bytes() == content


def test_a_file_of_a_newer_version_is_refused_with_a_sentence(path: Path) -> None:
    Project.create(path, "A review").close()
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "VALUES ('evidence-desk', 'from_the_future', '2030-01-01')"
    )
    connection.commit()
    connection.close()
    with pytest.raises(NotAProject, match="newer version"):
        Project.open(path)


def test_another_program_can_write_the_file_and_search_learns_of_it(path: Path) -> None:
    Project.create(path, "A review").close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA trusted_schema = OFF")
    other.execute("INSERT INTO reference (guid, type, title) VALUES ('z', 'book', 'Written elsewhere')")
    other.commit()
    other.close()
    with Project.open(path) as project:
        project.index_some()
        with project.reader() as reader:
            found = reader.value(
                "SELECT rowid FROM search_reference WHERE search_reference MATCH 'elsewhere'"
            )
        assert found == 1


def test_the_trail_tells_who_did_what_and_what_was_taken_back(path: Path) -> None:
    with Project.create(path, "A review", ADA) as project:
        project.apply(Edit("Add", (a_reference("a", "One"),)))
        project.undo()
        with project.reader() as reader:
            trail = history.edits(reader)
    assert [(edit.label, edit.kind, edit.person) for edit in trail] == [
        ("Add", "undo", "Ada"), ("Add", "do", "Ada"), ("Start the review", "do", "Ada"),
    ]  # fmt: skip
    assert trail[1].undone_by == trail[0].id


def test_an_unknown_table_or_column_is_our_mistake_and_writes_nothing(path: Path) -> None:
    with Project.create(path, "A review") as project:
        with pytest.raises(ValueError, match="no column"):
            project.apply(Edit("Wrong", (insert("reference", no_such_column=1),)))
        with pytest.raises(KeyError):
            project.apply(Edit("Wrong", (insert("sqlite_master", name="x"),)))


def test_only_what_differs_becomes_a_change() -> None:
    assert set_columns("note", 1, {"text": "a", "kind": "note"}, {"text": "b", "kind": "note"}) == [
        SetColumns("note", 1, {"text": "a"}, {"text": "b"})
    ]
    assert set_columns("note", 1, {"text": "a"}, {"text": "a"}) == []


def test_sort_keys_follow_title_and_people(path: Path) -> None:
    item = {"author": [{"family": "Berg", "given": "J", "non-dropping-particle": "van der"}]}
    with Project.create(path, "A review") as project:
        project.apply(Edit("Add", (a_reference("a", "The <i>Öffentliche</i> Hand", **item),)))
        with project.reader() as reader:
            row = reader.row("SELECT sort_title, sort_author FROM live_reference")
    assert row is not None
    assert tuple(row) == ("offentliche hand", "berg j")
