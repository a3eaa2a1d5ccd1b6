"""The project as the window sees it: what is written is told, what is refused is said, nothing is lost."""

import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from evidence_app.domain.edit import Edit, Insert, SetColumns, insert
from evidence_app.storage.applied import Acting, Applied
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.ui.lanes import InlineLanes, Lanes
from evidence_app.ui.open_project import OpenProject, open_project
from evidence_app.ui.tasks import Report

ADA = Acting("Ada", "A", "00000000-0000-4000-8000-00000000000a")


def add_reference(title: str) -> Edit:
    """Return an edit that adds a reference with this title."""
    return Edit(f"Add {title}", (insert("reference", type="report", title=title),))


def titles(reader: Reader) -> list[str]:
    """Return the titles in the project."""
    return [row["title"] for row in reader.rows("SELECT title FROM live_reference ORDER BY id")]


@pytest.fixture
def project(tmp_path: Path, lanes: InlineLanes) -> Iterator[OpenProject]:
    """A new project, open on lanes on which everything happens at once."""
    opened: list[OpenProject] = []
    make = partial(Project.create, tmp_path / "review.evidence", "Trial", ADA)
    open_project(lanes, make, opened.append, pytest.fail)
    yield opened[0]
    opened[0].close()


@pytest.fixture
def beside(tmp_path: Path, threaded_lanes: Lanes, qtbot: QtBot) -> Iterator[OpenProject]:
    """A new project, open on lanes with threads."""
    opened: list[OpenProject] = []
    make = partial(Project.create, tmp_path / "review.evidence", "Trial", ADA)
    open_project(threaded_lanes, make, opened.append, pytest.fail)
    qtbot.wait_until(lambda: opened != [])
    yield opened[0]
    opened[0].close()
    threaded_lanes.close()


def test_an_edit_is_written_and_its_tables_are_told(project: OpenProject) -> None:
    told: list[object] = []
    project.changed.connect(told.append)
    project.do(add_reference("Co-production"))
    assert told == [frozenset({"reference"})]
    assert titles(project.reader) == ["Co-production"]


def test_what_follows_an_edit_gets_what_was_applied(project: OpenProject) -> None:
    followed: list[Applied] = []
    project.do(add_reference("Co-production"), followed.append)
    assert followed[0].label == "Add Co-production"


def test_an_edit_that_changes_nothing_is_not_written(project: OpenProject) -> None:
    told: list[object] = []
    project.changed.connect(told.append)
    project.do(Edit("Nothing"))
    assert told == []


def test_undo_and_redo_are_named_and_tell_the_views(project: OpenProject) -> None:
    project.do(add_reference("Co-production"))
    assert project.undo_label == "Add Co-production"
    project.undo()
    assert titles(project.reader) == []
    assert project.redo_label == "Add Co-production"
    project.redo()
    assert titles(project.reader) == ["Co-production"]
    assert not project.can_redo()


def test_a_refusal_arrives_as_a_reason_and_changes_nothing(project: OpenProject) -> None:
    project.do(add_reference("Mine"))
    refused: list[str] = []
    project.refused.connect(refused.append)
    project.do(Edit("Reword", (SetColumns("reference", 1, {"title": "Another"}, {"title": "New"}),)))
    assert "changed meanwhile" in refused[0]
    assert titles(project.reader) == ["Mine"]


def test_an_error_of_ours_is_told_as_kept_back_and_logged(
    project: OpenProject, expected_logs: list[str]
) -> None:
    expected_logs.append("An edit could not be written")
    refused: list[str] = []
    project.refused.connect(refused.append)
    project.do(Edit("Wrong", (insert("no_such_table", title="x"),)))
    assert "nothing was changed" in refused[0]


def test_undo_with_nothing_to_undo_is_refused_in_words(project: OpenProject) -> None:
    refused: list[str] = []
    project.refused.connect(refused.append)
    project.redo()
    assert refused == ["There is nothing to do again."]


def test_what_can_be_undone_survives_closing(
    tmp_path: Path, lanes: InlineLanes, project: OpenProject
) -> None:
    project.do(add_reference("Kept"))
    project.close()
    again = OpenProject(lanes, Project.open(tmp_path / "review.evidence", ADA))
    assert again.undo_label == "Add Kept"
    again.close()


def test_closing_leaves_one_complete_file(tmp_path: Path, project: OpenProject) -> None:
    project.do(add_reference("Kept"))
    project.close()
    assert [file.name for file in tmp_path.glob("review*")] == ["review.evidence"]


def test_idle_tidying_moves_everything_into_the_one_file(tmp_path: Path, project: OpenProject) -> None:
    project.do(add_reference("Kept"))
    project.tidy()
    log = tmp_path / "review.evidence-wal"
    assert not log.exists() or log.stat().st_size == 0


def test_the_next_edits_are_of_the_person_who_acts(project: OpenProject) -> None:
    project.act_as(Acting("Ben", "B", "00000000-0000-4000-8000-00000000000b"))
    project.do(add_reference("By Ben"))
    names = project.reader.rows("SELECT p.name FROM edit e JOIN person p ON p.id = e.person ORDER BY e.id")
    assert [row["name"] for row in names] == ["Ada", "Ben"]


def test_longer_work_is_told_at_its_end(project: OpenProject) -> None:
    def work(project: Project, report: Report) -> Applied:
        job = project.job("Import")
        for number in range(3):
            report(number, 3)
            job.add([insert("reference", type="report", title=f"Report {number}")])
        return job.finish()

    told: list[object] = []
    project.changed.connect(told.append)
    project.write(work, "Importing")
    assert told == [frozenset({"reference"})]
    assert len(titles(project.reader)) == 3
    project.undo()
    assert titles(project.reader) == []


def reports(batches: int, rows: int) -> list[list[Insert]]:
    """Return batches of reports to import."""
    return [
        [insert("reference", type="report", title=f"{batch}.{row}") for row in range(rows)]
        for batch in range(batches)
    ]


def test_a_job_is_one_edit_told_once_and_undone_at_once(project: OpenProject) -> None:
    told: list[object] = []
    project.changed.connect(told.append)
    project.run_job("Import 3 files", reports(3, 5), "Importing")
    assert told == [frozenset({"reference"})]
    assert len(titles(project.reader)) == 15
    assert project.undo_label == "Import 3 files"
    project.undo()
    assert titles(project.reader) == []


def test_small_edits_are_written_between_the_batches_of_a_job(beside: OpenProject, qtbot: QtBot) -> None:
    seen: list[list[str]] = []
    done = beside.run_job("Import", reports(40, 200), "Importing")
    with qtbot.wait_signal(beside.changed):
        beside.do(add_reference("Small"))
    seen.append(titles(beside.reader))
    with qtbot.wait_signal(beside.changed, timeout=20_000):
        pass
    assert seen == [["Small"]]
    assert len(titles(beside.reader)) == 8001
    assert not done.is_cancelled


def test_a_cancelled_job_leaves_nothing(beside: OpenProject, qtbot: QtBot) -> None:
    job = beside.run_job("Import", reports(40, 200), "Importing")
    with qtbot.wait_signal(job.progressed):
        pass
    with qtbot.wait_signal(job.finished):
        job.cancel()
    with qtbot.wait_signal(beside.changed):
        beside.do(add_reference("After"))
    assert titles(beside.reader) == ["After"]


def test_a_job_that_fails_is_refused_in_words_and_leaves_nothing(
    project: OpenProject, expected_logs: list[str]
) -> None:
    expected_logs.append("An edit could not be written")
    refused: list[str] = []
    project.refused.connect(refused.append)
    bad = [*reports(2, 3), [insert("reference", no_such_column=1)]]
    project.run_job("Import", bad, "Importing")
    assert "nothing was changed" in refused[0]
    assert titles(project.reader) == []
    assert project.reader.value("SELECT count(*) FROM reference") == 0


def test_closing_in_the_midst_of_a_job_leaves_nothing_of_it(
    tmp_path: Path, beside: OpenProject, threaded_lanes: Lanes, qtbot: QtBot
) -> None:
    job = beside.run_job("Import", reports(40, 200), "Importing")
    with qtbot.wait_signal(job.progressed):
        pass
    beside.close()
    threaded_lanes.close()
    with Project.open(tmp_path / "review.evidence", ADA) as project, project.reader() as reader:
        assert reader.value("SELECT count(*) FROM reference") == 0


def test_closing_waits_for_a_question_that_is_being_answered(
    beside: OpenProject, threaded_lanes: Lanes
) -> None:
    begun = threading.Event()

    def endless(reader: Reader) -> object:
        begun.set()
        sql = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
        return reader.value(sql)

    beside.read(endless, pytest.fail, lambda _error: None)
    assert begun.wait(5)
    beside.close()
    threaded_lanes.close()


def test_an_answer_on_its_way_reaches_nobody_once_the_project_is_closed(
    beside: OpenProject, threaded_lanes: Lanes
) -> None:
    begun = [threading.Event() for _ in range(4)]

    def question(number: int, _reader: Reader) -> int:
        begun[number].set()
        return number

    reached: list[object] = []
    for number, name in enumerate(("", "library", "", "search")):  # two lanes: each answers two
        beside.read(partial(question, number), reached.append, latest=name)
    beside.do(add_reference("Late"), reached.append)
    written = threading.Event()
    threaded_lanes.writer.submit(written.set)
    assert written.wait(5)
    assert begun[2].wait(5)
    assert begun[3].wait(5)
    beside.close()
    QCoreApplication.processEvents()
    assert reached == []


def test_edits_are_written_beside_the_window_in_their_order(beside: OpenProject, qtbot: QtBot) -> None:
    for number in range(10):
        beside.do(add_reference(f"{number}"))
    qtbot.wait_until(lambda: len(titles(beside.reader)) == 10)
    assert titles(beside.reader) == [str(number) for number in range(10)]


def test_reading_happens_in_another_thread_and_arrives_in_this_one(beside: OpenProject, qtbot: QtBot) -> None:
    read: list[int] = []
    threads: list[int] = []

    def question(reader: Reader) -> int:
        threads.append(threading.get_ident())
        return len(titles(reader))

    beside.read(question, read.append)
    qtbot.wait_until(lambda: read == [0])
    assert threads != [threading.get_ident()]


def test_a_newer_question_of_the_same_name_stops_the_older(beside: OpenProject, qtbot: QtBot) -> None:
    answers: list[object] = []
    begun = threading.Event()

    def endless(reader: Reader) -> object:
        begun.set()
        sql = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
        return reader.value(sql)

    failures: list[object] = []
    older = beside.read(endless, answers.append, failures.append, latest="search")
    assert begun.wait(5)
    with qtbot.wait_signal(older.finished):
        beside.read(titles, answers.append, latest="search")
    qtbot.wait_until(lambda: answers == [[]])
    assert failures == []


def test_a_project_that_cannot_be_opened_is_told(tmp_path: Path, lanes: InlineLanes) -> None:
    told: list[Exception] = []
    path = tmp_path / "none.evidence"
    open_project(lanes, partial(Project.open, path, ADA), lambda _project: None, told.append)
    assert "There is no project at" in str(told[0])


def test_what_is_queued_is_written_before_the_project_closes(
    tmp_path: Path, beside: OpenProject, threaded_lanes: Lanes
) -> None:
    for number in range(30):
        beside.do(add_reference(f"{number}"))
    beside.close()
    threaded_lanes.close()
    with Project.open(tmp_path / "review.evidence", ADA) as project, project.reader() as reader:
        assert len(titles(reader)) == 30


def test_small_edits_are_written_while_longer_work_reports(beside: OpenProject, qtbot: QtBot) -> None:
    begun, go_on = threading.Event(), threading.Event()
    seen: list[int] = []

    def work(project: Project, report: Report) -> Applied:
        job = project.job("Bring in one reference")
        begun.set()
        assert go_on.wait(5)
        report(1, 2)
        with project.reader() as reader:
            seen.append(len(titles(reader)))
        job.add([insert("reference", type="report", title="from the job")])
        return job.finish()

    task = beside.write_in_turns(work, "Importing")
    assert begun.wait(5)
    beside.do(add_reference("typed meanwhile"))
    with qtbot.wait_signal(task.succeeded):
        go_on.set()
    assert seen == [1]
    assert set(titles(beside.reader)) == {"typed meanwhile", "from the job"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file where it is")
def test_a_file_that_vanishes_is_told_once_and_never_called_saved(project: OpenProject) -> None:
    told: list[str] = []
    saved: list[object] = []
    project.refused.connect(told.append)
    project.saved.connect(saved.append)
    project.path.unlink()
    project.do(add_reference("Kept nowhere"))
    project.do(add_reference("Nor this"))
    assert len(told) == 1
    assert "no longer where it was" in told[0]
    assert saved == [None, None]
