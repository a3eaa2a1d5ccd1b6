"""The lanes: where work runs, and how its outcome reaches the window."""

import os
import threading
import time
from functools import partial

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidence_app.domain.errors import Cancelled
from evidence_app.ui.lanes import InlineLanes, Lanes
from evidence_app.ui.process import NICE
from evidence_app.ui.tasks import Report, Task
from tests.ui.doubles import StallWatch
from tests.ui.work_for_processes import counted_slowly, end_at_once, fail_there, square, way_given


class Listener(QObject):
    """Remembers what it was told, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: list[int] = []

    def hear(self, outcome: object) -> None:
        """Remember an outcome."""
        self.heard.append(outcome)
        self.threads.append(threading.get_ident())


def test_work_runs_beside_the_window_and_its_result_arrives_in_it(
    qtbot: QtBot, threaded_lanes: Lanes
) -> None:
    listener = Listener()
    threaded_lanes.reading.submit(threading.get_ident, then=listener.hear)
    qtbot.wait_until(lambda: listener.heard != [])
    assert listener.heard != [threading.get_ident()]
    assert listener.threads == [threading.get_ident()]


def test_a_plain_function_is_called_in_the_window_too(qtbot: QtBot, threaded_lanes: Lanes) -> None:
    called: list[QThread] = []
    threaded_lanes.network.submit(int, then=lambda _: called.append(QThread.currentThread()))
    qtbot.wait_until(lambda: called != [])
    assert called[0].isMainThread()


def test_a_failure_reaches_the_window_as_the_exception(qtbot: QtBot, threaded_lanes: Lanes) -> None:
    task = Task(lambda _report: 1 / 0)
    with qtbot.wait_signal(task.failed) as failed:
        threaded_lanes.reading.start(task)
    assert isinstance(failed.args[0], ZeroDivisionError)


def test_a_failure_nobody_listens_to_is_told_by_the_lanes(qtbot: QtBot, threaded_lanes: Lanes) -> None:
    task = Task(lambda _report: 1 / 0, "Counting")
    with qtbot.wait_signal(threaded_lanes.failed) as failed:
        threaded_lanes.pdf.start(task)
    assert failed.args[0] is task
    assert isinstance(failed.args[1], ZeroDivisionError)


def test_a_failure_somebody_listens_to_is_not_told_twice(lanes: InlineLanes) -> None:
    listener, all_failures = Listener(), Listener()
    lanes.failed.connect(all_failures.hear)
    lanes.writer.submit(int, "x", failed=listener.hear)
    assert len(listener.heard) == 1
    assert all_failures.heard == []


def test_tasks_of_one_lane_run_one_after_the_other(qtbot: QtBot, threaded_lanes: Lanes) -> None:
    listener = Listener()
    for number in range(50):
        threaded_lanes.writer.submit(int, number, then=listener.hear)
    qtbot.wait_until(lambda: len(listener.heard) == 50)
    assert listener.heard == list(range(50))


def test_progress_is_told_as_it_comes(qtbot: QtBot, threaded_lanes: Lanes) -> None:
    def work(report: Report) -> int:
        for done in range(3):
            report(done, 2**40)
        return 3

    told: list[tuple[int, int]] = []
    task = Task(work)
    task.progressed.connect(lambda done, total: told.append((done, total)))
    with qtbot.wait_signal(task.succeeded):
        threaded_lanes.network.start(task)
    assert told == [(0, 2**40), (1, 2**40), (2, 2**40)]


def test_a_cancelled_task_stops_at_its_next_report_and_says_nothing(
    qtbot: QtBot, threaded_lanes: Lanes
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(report: Report) -> None:
        begun.set()
        go_on.wait(5)
        report(1, 2)
        raise AssertionError

    listener = Listener()
    task = Task(work).then(listener.hear, listener.hear)
    with qtbot.wait_signal(task.finished):
        threaded_lanes.network.start(task)
        assert begun.wait(5)
        task.cancel()
        go_on.set()
    assert listener.heard == []


def test_cancelling_before_the_start_means_it_never_runs(qtbot: QtBot, threaded_lanes: Lanes) -> None:
    gate, listener = threading.Event(), Listener()
    threaded_lanes.writer.submit(gate.wait, 5)
    task = threaded_lanes.writer.submit(int, then=listener.hear)
    task.cancel()
    with qtbot.wait_signal(task.finished):
        gate.set()
    assert listener.heard == []


def test_what_was_asked_of_the_writer_is_written_before_the_end(qapp: QApplication) -> None:
    lanes = Lanes()
    written: list[int] = []
    for number in range(20):
        lanes.writer.submit(written.append, number)
    lanes.close()
    assert written == list(range(20))


def test_closing_with_patience_leaves_behind_what_cannot_be_stopped(qapp: QApplication) -> None:
    lanes, gate, begun = Lanes(), threading.Event(), threading.Event()
    written: list[int] = []

    def unstoppable(_report: Report) -> None:
        begun.set()
        gate.wait(10)

    lanes.pdf.start(Task(unstoppable))
    lanes.writer.submit(written.append, 1)
    assert begun.wait(5)
    lanes.close(0.01)
    assert lanes.is_busy
    assert written == [1]
    gate.set()
    lanes.close()
    assert not lanes.is_busy


def test_a_closed_lane_takes_no_more_work(qapp: QApplication) -> None:
    lanes = Lanes()
    lanes.close()
    assert lanes.reading.submit(int).is_cancelled


def test_two_reading_lanes_answer_while_one_is_slow(qtbot: QtBot, threaded_lanes: Lanes) -> None:
    gate, listener = threading.Event(), Listener()
    threaded_lanes.reading.submit(gate.wait, 5)
    threaded_lanes.reading.submit(int, "7", then=listener.hear)
    qtbot.wait_until(lambda: listener.heard == [7])
    gate.set()


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system does not let a process give way so")
def test_the_process_gives_way_to_the_window(qtbot: QtBot, threaded_lanes: Lanes) -> None:
    task = Task(way_given)
    with qtbot.wait_signal(task.succeeded, timeout=20_000) as done:
        threaded_lanes.process.start(task)
    assert done.args[0] == min(os.nice(0) + NICE, 19)


def test_the_process_does_work_and_gives_its_result(qtbot: QtBot, threaded_lanes: Lanes) -> None:
    task = Task(partial(square, 12))
    with qtbot.wait_signal(task.succeeded, timeout=20_000) as done:
        threaded_lanes.process.start(task)
    assert done.args == [144]


def test_the_process_tells_its_progress_and_its_error(qtbot: QtBot, threaded_lanes: Lanes) -> None:
    told = Listener()
    task = Task(fail_there)
    task.progressed.connect(lambda done, total: told.hear((done, total)))
    with qtbot.wait_signal(task.failed, timeout=20_000) as failed:
        threaded_lanes.process.start(task)
    assert told.heard == [(1, 2)]
    assert isinstance(failed.args[0], ValueError)
    assert str(failed.args[0]) == "not there"
    assert "fail_there" in failed.args[0].__notes__[0]


def test_work_that_cannot_travel_is_a_failure_and_no_hang(qtbot: QtBot, threaded_lanes: Lanes) -> None:
    task = Task(lambda _report: 1)
    with qtbot.wait_signal(task.failed):
        threaded_lanes.process.start(task)


def test_cancelling_ends_the_process_and_the_next_task_gets_a_fresh_one(
    qtbot: QtBot, threaded_lanes: Lanes
) -> None:
    slow, quick = Task(counted_slowly), Task(partial(square, 3))
    with qtbot.wait_signal(slow.progressed, timeout=20_000):
        threaded_lanes.process.start(slow)
    began = time.monotonic()
    with qtbot.wait_signal(slow.finished):
        slow.cancel()
    assert time.monotonic() - began < 5
    with qtbot.wait_signal(quick.succeeded, timeout=20_000) as done:
        threaded_lanes.process.start(quick)
    assert done.args == [9]


def test_a_process_that_dies_is_told_in_words(qtbot: QtBot, threaded_lanes: Lanes) -> None:
    task = Task(end_at_once)
    with qtbot.wait_signal(task.failed, timeout=20_000) as failed:
        threaded_lanes.process.start(task)
    assert "ended early" in str(failed.args[0])


def test_a_report_after_cancel_raises(qapp: QApplication) -> None:
    task = Task(lambda _report: None)
    task.cancel()
    with pytest.raises(Cancelled):
        task.report(1, 2)


def test_the_window_goes_on_beside_a_thread_that_is_busy_in_python(
    qtbot: QtBot, threaded_lanes: Lanes
) -> None:
    def busy(report: Report) -> int:
        found = 0
        for number in range(300_000):
            found += len(str(number * number))
        report(1, 1)
        return found

    stalls = []
    for _ in range(3):  # another program may hold the processor in one of them
        task = Task(busy)
        with StallWatch() as watch, qtbot.wait_signal(task.succeeded, timeout=60_000):
            threaded_lanes.network.start(task)
        stalls.append(watch.longest)
    assert min(stalls) < 100
