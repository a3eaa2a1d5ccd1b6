"""Long work in a file that several programs have open: whole or not at all, never taken out while it runs."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.storage import backup
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project

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
    Project.open(path).close()
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
