"""Long work in a file that several programs have open: whole or not at all, never taken out while it runs."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, Insert, RowOf, insert, remove
from evidence_app.domain.errors import EvidenceError, MovedOn
from evidence_app.domain.query import parse_query
from evidence_app.storage import backup, history, searching
from evidence_app.storage.applied import Acting
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.storage.references import ids_in_order

BEN = Acting("Ben", "B", "11111111-0000-4000-8000-000000000000")
ROOT = Path(__file__).resolve().parents[2]
IMPORTS_SLOWLY = """
import sys
from pathlib import Path
from evidence_app.domain.edit import insert
from evidence_app.storage.project import Project
project = Project.open(Path(sys.argv[1]))
job = project.job("Import")
for at in range(3):
    job.add([insert("reference", type="book", title=f"{at}-{row}") for row in range(10)])
    print("added", flush=True)
    sys.stdin.readline()
job.finish()
project.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "review.evidence"
    Project.create(made, "A review").close()
    return made


def book(title: str) -> Edit:
    return Edit("Add", (insert("reference", type="book", title=title),))


def live(path: Path) -> int:
    with Reader(path) as reader:
        return int(reader.value("SELECT count(*) FROM live_reference"))


def start(path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", IMPORTS_SLOWLY, str(path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_opening_a_file_leaves_the_job_of_another_program_alone(path: Path) -> None:
    with start(path) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with Project.open(path) as project:
            assert live(path) == 0
            project.apply(book("Mine"))
        other.communicate("\n" * 3, timeout=60)
    assert other.returncode == 0
    assert live(path) == 31
    backup.verify(path)


def test_a_killed_job_is_swept_at_the_next_opening(path: Path) -> None:
    with start(path) as other:
        assert other.stdout is not None
        other.stdout.readline()
        other.kill()
    with Project.open(path) as project:
        assert project.cut_off == ("Import",)
    with Project.open(path) as project:
        assert project.cut_off == ()
    with Reader(path) as reader:
        assert reader.value("SELECT count(*) FROM reference") == 0
        assert reader.value("SELECT count(*) FROM edit WHERE finished = 0") == 0
        assert reader.value("SELECT count(*) FROM cache_setting WHERE key LIKE 'job %'") == 0


def test_a_job_taken_out_from_outside_ends_with_a_sentence_and_no_rows(path: Path) -> None:
    with Project.open(path) as project:
        job = project.job("Import")
        job.add([insert("reference", type="book", title="One")])
        project._connection.execute("UPDATE cache_setting SET value = '{}' WHERE key LIKE 'job %'")
        Project.open(path).close()
        with pytest.raises(EvidenceError, match="stopped from outside"):
            job.add([insert("reference", type="book", title="Two")])
        with pytest.raises(EvidenceError, match="stopped from outside"):
            job.finish()
        job.abandon()
    assert live(path) == 0
    backup.verify(path)


def test_a_job_whose_project_was_closed_is_swept_by_the_same_program(path: Path) -> None:
    project = Project.open(path)
    project.job("Import").add([insert("reference", type="book", title="One")])
    project.close()
    with Project.open(path) as again, again.reader() as reader:
        assert reader.value("SELECT count(*) FROM reference") == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.parametrize("delay", [0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.1])
def test_a_kill_at_any_moment_keeps_every_edit_that_was_said_to_be_written(path: Path, delay: float) -> None:
    program = """
import sys
from pathlib import Path
from evidence_app.domain.edit import Edit, insert
from evidence_app.storage.project import Project
at = 0
while True:
    with Project.open(Path(sys.argv[1])) as project:
        for _ in range(5):
            project.apply(Edit("Add", (insert("reference", type="book", title=str(at)),)))
            print(at, flush=True)
            at += 1
"""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        time.sleep(delay)
        os.kill(other.pid, signal.SIGKILL)
        said = 1 + len(other.stdout.readlines())
    Project.open(path).close()
    assert said <= live(path) <= said + 1
    backup.verify(path)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM edit WHERE label = 'Add'").fetchone() == (live(path),)
    connection.close()


def references(many: int) -> list[Insert]:
    return [insert("reference", type="book", title=f"Book {at}") for at in range(many)]


def test_rows_of_a_job_are_hidden_from_every_view_until_its_end(path: Path) -> None:
    with Project.open(path) as project:
        job = project.job("Import")
        made = insert("reference", type="book", title="One")
        own = RowOf("reference", made.guid)
        job.add(
            [insert("note", reference=own, text="A note"), made, insert("record", reference=own, raw="{}")]
        )
        project.apply(book("Mine"))
        with project.reader() as reader:
            assert ids_in_order(reader).tolist() == [2]
            for table in ("note", "record"):
                assert reader.value(f"SELECT count(*) FROM live_{table}") == 0
        job.finish()
        with project.reader() as reader:
            assert ids_in_order(reader).tolist() == [1, 2]
            assert reader.value("SELECT reference FROM live_note") == 1
            assert reader.value("SELECT reference FROM live_record") == 1


def test_a_range_of_a_job_grows_and_leaves_out_what_others_add(path: Path) -> None:
    with Project.open(path) as project:
        job = project.job("Import")
        job.add(references(2))
        job.add(references(2))
        with Project.open(path, BEN) as other:
            other.apply(book("His"))
        job.add(references(3))
        applied = job.finish()
        with project.reader() as reader:
            ranges = reader.rows(
                'SELECT "row", last_row FROM edit_change WHERE edit = :edit ORDER BY id', edit=applied.number
            )
            assert [tuple(row) for row in ranges] == [(1, 4), (6, 8)]
        project.undo()
        assert live(path) == 1
        project.redo()
        assert live(path) == 8
        project.undo()
        with project.reader() as reader:
            assert [row["title"] for row in reader.rows("SELECT title FROM live_reference")] == ["His"]


def test_taking_back_a_job_and_doing_it_again_leaves_out_what_was_removed_in_between(path: Path) -> None:
    with Project.open(path) as project:
        job = project.job("Import")
        job.add(references(5))
        job.finish()
        with Project.open(path, BEN) as other:
            other.apply(Edit("Remove", (remove("reference", 3),)))
        project.undo()
        assert live(path) == 0
        project.redo()
        with project.reader() as reader:
            assert ids_in_order(reader).tolist() == [1, 2, 4, 5]


def test_taking_back_a_job_is_one_line_for_each_table(path: Path) -> None:
    with Project.open(path) as project:
        job = project.job("Import")
        for _ in range(4):
            job.add(references(50))
        job.finish()
        undone = project.undo()
        with project.reader() as reader:
            assert reader.value("SELECT count(*) FROM edit_before") == 0
            (change,) = history.changes(reader, undone.number)
            assert (change.change, change.rows) == ("hidden", 200)


def test_what_a_job_made_is_found_by_the_search_box_when_it_is_finished(path: Path) -> None:
    with Project.open(path) as project:
        job = project.job("Import")
        made = insert("reference", type="book", title="Øvretveit's book", custom=None)
        tag = insert("tag", name="seminal")
        link = insert("reference_tag", reference=RowOf("reference", made.guid), tag=RowOf("tag", tag.guid))
        job.add([*references(2), made, tag, link])
        project.index_some()
        job.add(references(2))
        job.finish()
        with project.reader() as reader:
            for words in ("ovretveit", "tag:seminal"):
                assert searching.search(reader, parse_query(words)).tolist() == [3]
            assert len(searching.search(reader, parse_query("book"))) == 5
            assert reader.value("SELECT count(*) FROM search_stale") == 0


def test_an_abandoned_job_leaves_nothing_that_could_be_found(path: Path) -> None:
    with Project.open(path) as project:
        job = project.job("Import")
        job.add(references(2100))
        job.abandon()
        while project.index_some():
            pass
        with project.reader() as reader:
            assert reader.value("SELECT count(*) FROM reference") == 0
            assert reader.value("SELECT count(*) FROM search_reference") == 0


def test_a_row_may_refer_to_one_that_comes_after_it_and_says_what_it_lacks(path: Path) -> None:
    with Project.open(path) as project:
        job = project.job("Import")
        with pytest.raises(MovedOn, match="not in the project"):
            job.add([insert("note", reference=RowOf("reference", "nobody"), text="A note")])
        with pytest.raises(ValueError, match="no column"):
            job.add([insert("note", words="A note")])
        job.add([insert("note", text="A note"), insert("note", text="Another", kind="memo")])
        job.finish()
        with project.reader() as reader:
            kinds = [row["kind"] for row in reader.rows("SELECT kind FROM live_note ORDER BY id")]
        assert kinds == ["note", "memo"]
