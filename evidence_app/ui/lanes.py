"""The lanes: the only place where threads, and the one process, are started.

writer   the project's one writer            reading  two for short questions, each with its own connection
pdf      PDFium, which is not thread-safe    network  Crossref and its kin, one request at a time
process  a spawned process for what holds the interpreter longer than 50 ms in one call"""

import itertools
import queue
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from evidence_app.ui.process import WorkerProcess
from evidence_app.ui.tasks import Task

SWITCH_INTERVAL = 0.0005
"""Seconds a busy thread may keep the interpreter while the window waits for it."""
NEXT, LATER, LAST = range(3)


class Lane(QObject):
    """A queue of tasks that run one after the other on a thread of their own."""

    started = Signal(object)
    failed = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._held: dict[int, Task] = {}
        self._queue: queue.PriorityQueue[tuple[int, int, Task | None]] = queue.PriorityQueue()
        self._number = itertools.count()
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many tasks are queued or running."""
        return len(self._held)

    def start(self, task: Task, *, later: bool = False) -> Task:
        """Queue a task; the lane holds it until it is done. A closed lane takes none.

        One for `later` lets all others go first: batches of a job, with small edits between them."""
        if self._closed:
            task.cancel()
            return task
        self._hold(task)
        self._send(task, later)
        return task

    def submit(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        title: str = "",
    ) -> Task:
        """Queue a call; `then` gets its result, `failed` its error, both in the UI thread.

        The call must be short or silent: work that reports its progress is a `Task`."""
        task = Task(partial(_call, function, arguments), title).then(then, failed)
        return self.start(task)

    def give_way(self) -> None:
        """Run what waits and goes first; long work calls it on this lane between two of its steps."""
        while True:
            try:
                place, number, task = self._queue.get_nowait()
            except queue.Empty:
                return
            if task is None or place != NEXT:
                self._queue.put((place, number, task))
                return
            task.run()

    @property
    def is_busy(self) -> bool:
        """Whether its thread still lives: after closing, because the task did not end in time."""
        return self._thread is not None and self._thread.is_alive()

    def cancel(self) -> None:
        """Take nothing new, and ask what runs and what waits to stop."""
        self._closed = True
        for task in list(self._held.values()):
            task.cancel()

    def close(self, patience: float | None = None) -> None:
        """Cancel what waits, let the running task end, and end the thread.

        With `patience` it is waited for so many seconds; see `is_busy`."""
        self.cancel()
        self._end(patience)
        self._held.clear()

    def finish(self) -> None:
        """Take nothing new, do what is queued, and end the thread: for the writer."""
        self._closed = True
        self._end()

    def _hold(self, task: Task) -> None:
        self._held[id(task)] = task
        if not task.handled:
            task.failed.connect(self._unhandled)
        task.finished.connect(self._drop)
        self.started.emit(task)

    def _send(self, task: Task, later: bool) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=f"lane-{self.name}", daemon=True)
            self._thread.start()
        self._queue.put((LATER if later else NEXT, next(self._number), task))

    def _work(self) -> None:
        while (task := self._queue.get()[2]) is not None:
            task.run()

    def _end(self, patience: float | None = None) -> None:
        if self._thread is not None:
            self._queue.put((LAST, next(self._number), None))
            self._thread.join(patience)
            if not self._thread.is_alive():
                self._thread = None

    def _unhandled(self, error: object) -> None:
        self.failed.emit(self.sender(), error)

    def _drop(self) -> None:
        self._held.pop(id(self.sender()), None)


class ProcessLane(Lane):
    """Runs tasks in one spawned process: the work must be a `partial` of a function of a module.

    Cancel ends the process; the next task gets a fresh one."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(name, parent)
        self._process = WorkerProcess()

    def _send(self, task: Task, later: bool) -> None:
        task.work = partial(self._process.run, task.work)
        super()._send(task, later)

    def _end(self, patience: float | None = None) -> None:
        super()._end(patience)
        self._process.close()


class InlineLane(Lane):
    """Runs each task at once on the calling thread: for tests, which then never wait."""

    def _send(self, task: Task, later: bool) -> None:  # noqa: ARG002 - here everything is next
        task.run()


class ReadingLanes:
    """Two lanes for short questions: one slow question does not hold up the next."""

    def __init__(self, *lanes: Lane) -> None:
        self.lanes = lanes

    @property
    def freest(self) -> Lane:
        """The lane with the least to do."""
        return min(self.lanes, key=lambda lane: lane.waiting)

    def start(self, task: Task) -> Task:
        """Queue a task on the freer lane."""
        return self.freest.start(task)

    def submit(self, function: Callable[..., Any], *arguments: Any, **listeners: Any) -> Task:
        """Queue a call on the freer lane; as `Lane.submit`."""
        return self.freest.submit(function, *arguments, **listeners)


class Lanes(QObject):
    """All lanes of the window. `started` and `failed` tell of every task on any of them."""

    started = Signal(object)
    failed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH_INTERVAL)
        self.writer = self._lane("writer")
        self.reading = ReadingLanes(self._lane("reading-1"), self._lane("reading-2"))
        self.pdf = self._lane("pdf")
        self.network = self._lane("network")
        self.process = self._process_lane()

    def _lane(self, name: str) -> Lane:
        return self._tell(Lane(name, self))

    def _process_lane(self) -> Lane:
        return self._tell(ProcessLane("process", self))

    def _tell(self, lane: Lane) -> Lane:
        lane.started.connect(self.started)
        lane.failed.connect(self.failed)
        return lane

    def close(self, patience: float | None = None) -> None:
        """End every lane; the writer last, after it has written what was asked.

        With `patience` (seconds, for all) a task that cannot be stopped is left behind: see `is_busy`."""
        others = (*self.reading.lanes, self.pdf, self.network, self.process)
        for lane in others:
            lane.cancel()
        ends = time.monotonic() + (patience or 0.0)
        for lane in others:
            lane.close(None if patience is None else max(ends - time.monotonic(), 0.0))
        self.writer.finish()

    @property
    def is_busy(self) -> bool:
        """Whether something still runs after closing that could not be stopped: setting pages, connecting."""
        return any(lane.is_busy for lane in (*self.reading.lanes, self.pdf, self.network, self.process))


class InlineLanes(Lanes):
    """Lanes on which everything happens at once, for tests."""

    def _lane(self, name: str) -> Lane:
        return self._tell(InlineLane(name, self))

    def _process_lane(self) -> Lane:
        return self._lane("process")


def _call(function: Callable[..., Any], arguments: tuple[Any, ...], _report: object) -> Any:
    return function(*arguments)
