"""What the disk and other programs refuse: told in a sentence, and the project stays as it was."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.errors import AlreadyExists, EvidenceError, NotAProject
from evidence_app.services import projects
from evidence_app.storage import backup
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.storage.refusals import Refused


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "review.evidence"
    Project.create(made, "A review").close()
    return made


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2300k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("a small disk cannot be made here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def add(title: str) -> Edit:
    return Edit("Add", (insert("reference", type="book", title=title),))


def held(path: Path) -> int:
    with Reader(path) as reader:
        return int(reader.value("SELECT count(*) FROM live_reference"))


def test_while_another_program_writes_an_edit_is_refused_and_can_be_tried_again(path: Path) -> None:
    with Project.open(path) as project:
        project._connection.execute("PRAGMA busy_timeout = 20")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused, match="Another program is writing"):
            project.apply(add("One"))
        other.execute("ROLLBACK")
        other.close()
        project.apply(add("One"))
    assert held(path) == 1


def test_a_project_that_another_program_writes_can_be_read(path: Path) -> None:
    with Project.open(path) as project:
        project.apply(add("One"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with projects.reading(str(path)) as reader:
        assert reader.value("SELECT count(*) FROM live_reference") == 1
    other.close()


def test_reading_leaves_the_file_as_it_is(path: Path) -> None:
    before = path.read_bytes()
    with projects.reading(str(path)) as reader:
        reader.rows("SELECT 1")
    assert path.read_bytes() == before


def test_what_another_program_wrote_is_indexed_before_it_is_read(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("INSERT INTO reference (guid, type, title) VALUES ('z', 'book', 'Written elsewhere')")
    other.commit()
    other.close()
    with projects.reading(str(path)) as reader:
        sql = "SELECT rowid FROM search_reference WHERE search_reference MATCH 'elsewhere'"
        assert reader.value(sql) == 1


def test_a_full_disk_refuses_an_edit_and_keeps_what_was_there(small_disk: Path) -> None:
    path = small_disk / "review.evidence"
    with Project.create(path, "A review") as project:
        project.apply(add("One"))
        with pytest.raises(Refused, match="disk is full"):
            project.apply(add("x" * 1_000_000))
        project.apply(add("Two"))
    assert backup.verify(path).references == 2


def test_a_full_disk_lets_no_half_of_a_project_begin(small_disk: Path) -> None:
    with pytest.raises(Refused, match=r"disk is full.*sample\.evidence is"):
        projects.new_sample(small_disk / "sample.evidence")
    assert os.listdir(small_disk) == []  # noqa: PTH208 - hidden files too


def test_a_full_disk_stops_a_job_without_a_trace(small_disk: Path) -> None:
    path = small_disk / "review.evidence"
    project = Project.create(path, "A review")
    job = project.job("Import")
    job.add([insert("reference", type="book", title="One")])
    with pytest.raises(Refused, match="disk is full"):
        job.add([insert("reference", type="book", title="x" * 1_000_000)])
    job.abandon()
    project.close()
    assert backup.verify(path).references == 0


def test_a_read_only_disk_can_be_read_and_refuses_changes(small_disk: Path) -> None:
    path = small_disk / "review.evidence"
    Project.create(path, "A review").close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with projects.reading(str(path)) as reader:
        assert reader.value("SELECT title FROM live_review") == "A review"
    with pytest.raises(Refused, match="read-only"):
        Project.open(path)
    with pytest.raises(EvidenceError, match="cannot be written"):
        Project.create(small_disk / "new.evidence")


@pytest.mark.skipif(sys.platform == "win32", reason="an open file stays where it is there")
def test_a_file_renamed_while_open_takes_its_edits_along(path: Path) -> None:
    moved = path.with_name("moved.evidence")
    with Project.open(path) as project:
        project.apply(add("One"))
        path.rename(moved)
        project.apply(add("Two"))
    assert backup.verify(moved).references == 2


@pytest.mark.skipif(sys.platform == "win32", reason="an open file stays where it is there")
def test_another_file_put_in_its_place_takes_no_edits(path: Path) -> None:
    moved = path.with_name("moved.evidence")
    with Project.open(path) as project:
        project.apply(add("One"))
        project.checkpoint()
        path.rename(moved)
        shutil.copy(moved, path)
        with pytest.raises(Refused, match="Another file stands"):
            project.apply(add("Two"))
    assert backup.verify(moved).references == 1


def test_a_folder_that_takes_nothing_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="needs a name"):
        Project.create(Path())
    with pytest.raises(EvidenceError, match="cannot be written"):
        Project.create(tmp_path / ("x" * 300 + ".evidence"))
    with pytest.raises(EvidenceError, match="cannot be written"):
        Project.create(tmp_path / "nul\0.evidence")
    assert list(tmp_path.iterdir()) == []


def test_a_link_that_leads_nowhere_is_not_filled(tmp_path: Path) -> None:
    link = tmp_path / "review.evidence"
    link.symlink_to(tmp_path / "elsewhere.evidence")
    with pytest.raises(AlreadyExists):
        Project.create(link)


def test_a_damaged_page_is_told_as_damage(path: Path) -> None:
    with Project.open(path) as project:
        for number in range(50):
            project.apply(add(f"Title {number}"))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(NotAProject, match="damaged"):
        Project.open(path)
    with pytest.raises(NotAProject, match="damaged"):
        backup.verify(path)
    assert path.read_bytes() == bytes(content)


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be given there")
@pytest.mark.parametrize("name", ["a b'c\"d", "q?x#y%20z", "ünï 委托", "per%cent", os.fsdecode(b"raw\xff")])
def test_a_project_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.evidence"
    with Project.create(path, "A review") as project:
        project.apply(add("One"))
    assert backup.verify(path).references == 1
    with projects.reading(str(path)) as reader:
        assert backup.backup(reader, tmp_path / f"{name} copy.evidence").references == 1


def test_a_kill_while_the_journal_changes_hands_is_mended_at_the_next_opening(path: Path) -> None:
    killed = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE review SET title = 'Half of it'")
for row in range(200):
    connection.execute("INSERT INTO tag (guid, name) VALUES (?, ?)", [str(row), "x" * 3000])
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", killed, str(path)], check=False)
    assert path.with_name(path.name + "-journal").is_file()
    with projects.reading(str(path)) as reader:
        assert reader.value("SELECT title FROM live_review") == "A review"
    Project.open(path).close()
    backup.verify(path)
