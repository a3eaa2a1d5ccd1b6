"""The project, seen from the window: it asks, queues edits for the writer, and tells what changed."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from evidence_app.domain.edit import Edit, Insert
from evidence_app.domain.errors import Cancelled, EvidenceError
from evidence_app.storage.applied import Acting, Applied
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.ui.job_run import JobRun
from evidence_app.ui.lanes import Lane, Lanes
from evidence_app.ui.tasks import Report, Task

log = logging.getLogger(__name__)
IDLE_MS = 2000
"""How long nobody has to edit before everything is moved into the one file."""

INTERRUPT_EVERY_MS = 20
"""How often a question that was cancelled is told to stop, until it does."""
PATIENCE_S = 1.0
"""How long a question that computes is waited for when the project closes; it has its own connection."""

Question = Callable[[Reader], Any]


class Now(NamedTuple):
    """What a write left behind: what was applied, and what can be undone and redone after it."""

    applied: Applied | None
    undo: str | None
    redo: str | None
    gone: bool = False
    """The file is no longer where it was opened: some systems let what is open be moved and deleted."""


GONE = (
    "{name} is no longer where it was: the file or its folder was moved or deleted. What you do now may be "
    "lost when you close it. Open History and choose Back up now to write all of it to another place."
)


class OpenProject(QObject):
    """One open project file. Made by `open_project`; every signal arrives in the UI thread."""

    changed = Signal(object)
    """A frozenset of the names of the tables that changed; empty where everything may have."""
    refused = Signal(object)
    """The reason why an edit was not written, in the user's words; or that the file is gone."""
    saved = Signal(object)
    """The time (datetime) at which the last edit reached the disk; None where the file is gone."""
    history_changed = Signal()
    """What can be undone or redone is another edit now."""

    def __init__(self, lanes: Lanes, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path = project.path
        self.ended_uncleanly, self.cut_off = project.ended_uncleanly, project.cut_off
        self.undo_label: str | None = None
        self.redo_label: str | None = None
        self.reader = project.reader()
        self._lanes = lanes
        self._project = project
        self._readers: dict[Lane, Reader] = {}
        self._running: dict[Lane, Task] = {}
        self._latest: dict[str, Task] = {}
        self._under_way: list[Task] = []
        self._lock = threading.Condition()
        self._closed = self._gone = False
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self.tidy)
        self._shut_down = False
        self._again = QTimer(self, interval=INTERRUPT_EVERY_MS)
        self._again.timeout.connect(self._interrupt)
        self._write(_look_only)

    # -- writing

    def do(self, edit: Edit, then: Callable[[Applied], object] | None = None) -> None:
        """Queue the edit for the writer; `changed` or `refused` follows, then `then` if it was written."""
        if edit:
            self._write(partial(_apply, edit), then)

    def undo(self) -> None:
        """Take back the last edit of this person in this file."""
        self._write(Project.undo)

    def redo(self) -> None:
        """Do again what this person last took back."""
        self._write(Project.redo)

    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self.undo_label is not None

    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return self.redo_label is not None

    def act_as(self, acting: Acting, then: Callable[[], object] | None = None) -> None:
        """Let the next edits be this person's, and their undo; `then` is called when it is so."""
        task = Task(partial(_act, self._project, partial(_act_as, acting))).then(self._written, self._refuse)
        if then is not None:
            task.succeeded.connect(then)
        self._lanes.writer.start(task)

    def look_again(self) -> None:
        """See whether another window or program wrote into the file; then `changed` says everything has."""
        if not self._closed:
            self._lanes.writer.submit(_elsewhere, self._project, then=self._changed_elsewhere)

    def _changed_elsewhere(self, now: Now | None) -> None:
        if now is None or self._closed:
            return
        self.undo_label, self.redo_label = now.undo, now.redo
        self.history_changed.emit()
        self.changed.emit(frozenset())

    def keep(self, table: str, rows: Sequence[Mapping[str, Any]], *, tell: bool = False) -> Task:
        """Write rows of a `cache_` table; never part of the history. `tell` says so in `changed`."""
        then = self._tell_kept if tell else None
        return self._lanes.writer.submit(_keep, self._project, table, rows, then=then)

    def _tell_kept(self, table: str) -> None:
        self.changed.emit(frozenset((table,)))

    def run_job(self, label: str, batches: Sequence[Sequence[Insert]], title: str) -> Task:
        """Write many rows under one edit, shown together at its end; between batches small edits are written.

        The views hear of it at the end. Cancelled or failed, nothing of it is kept. Each batch holds at most
        1,000 rows; rows of one batch may refer to each other."""
        run = JobRun(self._project, label, batches)
        whole = Task(run.finish, title).then(self._job_written, self._refuse)
        self._under_way.append(whole)
        whole.finished.connect(self._over)
        run.tell = whole
        for place in range(len(batches)):
            self._lanes.writer.start(Task(partial(run.add, place)), later=True)
        self._lanes.writer.start(whole, later=True)
        self._lanes.writer.start(Task(run.sweep), later=True)
        return whole

    def _job_written(self, applied: Applied) -> None:
        self._write(partial(_already, applied))

    def _over(self) -> None:
        self._under_way = [task for task in self._under_way if task is not self.sender()]

    def write(
        self,
        work: Callable[[Project, Report], Applied | None],
        title: str,
        ended: Callable[[], object] | None = None,
    ) -> Task:
        """Queue longer work for the writer in one piece; the views hear of it at its end.

        Then `ended` is called, after a failure too."""
        task = Task(partial(_long, self._project, work), title)
        task.then(self._written, self._refuse)
        if ended is not None:
            task.finished.connect(ended)
        return self._lanes.writer.start(task)

    def write_in_turns(
        self,
        work: Callable[[Project, Report], Applied | None],
        title: str,
        then: Callable[[], object] | None = None,
        ended: Callable[[], object] | None = None,
    ) -> Task:
        """Queue longer work for the writer that reports between its transactions: an import.

        Each time it reports, small edits that wait are written first; the views hear of it at its end, then
        `then` is called. `ended` is called in any case, after a failure or a cancel too."""
        task = Task(_unasked, title)
        task.work = partial(_in_turns, self._project, work, self._lanes.writer)
        task.then(self._written, self._refuse)
        if then is not None:
            task.succeeded.connect(then)
        if ended is not None:
            task.finished.connect(ended)
        self._under_way.append(task)
        task.finished.connect(self._over)
        return self._lanes.writer.start(task, later=True)

    def _write(
        self, act: Callable[[Project], Applied | None], then: Callable[[Applied], object] | None = None
    ) -> None:
        task = Task(partial(_act, self._project, act)).then(self._written, self._refuse)
        if then is not None:
            task.succeeded.connect(partial(self._pass_on, then))
        self._lanes.writer.start(task)

    def _pass_on(self, then: Callable[[Applied], object], now: Now) -> None:
        if now.applied is not None and not self._closed:
            then(now.applied)

    def _written(self, now: Now) -> None:
        if now.gone and not self._gone:
            self.refused.emit(GONE.format(name=self.path.name))
        self._gone = now.gone
        labels = (now.undo, now.redo)
        if labels != (self.undo_label, self.redo_label):
            self.undo_label, self.redo_label = labels
            self.history_changed.emit()
        if now.applied is not None:
            if not self._closed:
                self._idle.start()
            self.saved.emit(None if now.gone else datetime.now())
            self.changed.emit(now.applied.tables)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, EvidenceError):
            self.refused.emit(str(error))
            return
        log.error("An edit could not be written", exc_info=error)
        self.refused.emit(f"The edit could not be written, so nothing was changed. The reason was: {error}")

    # -- reading

    def read(
        self,
        question: Question,
        then: Callable[[Any], object],
        failed: Callable[[Any], object] | None = None,
        *,
        latest: str = "",
        title: str = "",
    ) -> Task:
        """Ask in a reading lane with a connection of its own; `then` gets the answer in the UI thread.

        A question with the same `latest` name as an earlier one stops that one: typing in a search box.
        One with a title is shown in the status line once it takes longer than 0.6 s."""
        lane = self._lanes.reading.freest
        task = Task(_unasked, title).then(then, failed)
        task.work = partial(self._ask, lane, task, question)
        task.before_stop = self._interrupt
        if latest:
            before = self._latest.get(latest)
            if before is not None:
                before.drop()
            self._latest[latest] = task
        self._under_way.append(task)
        task.finished.connect(self._over)
        return lane.start(task)

    def _ask(self, lane: Lane, task: Task, question: Question, _report: Report) -> Any:
        with self._lock:
            if self._closed:
                raise Cancelled
            if lane not in self._readers:
                self._readers[lane] = self._project.reader()
            self._running[lane] = task
        try:
            return question(self._readers[lane])
        except Exception:
            if self._closed:
                raise Cancelled from None
            raise
        finally:
            with self._lock:
                self._running.pop(lane, None)
                if self._shut_down:  # nobody waited for this answer
                    self._readers.pop(lane).close()
                self._lock.notify_all()

    def _interrupt(self) -> None:
        """Stop the questions that were cancelled; again until they stop, for one may be about to begin."""
        with self._lock:
            stopped = [lane for lane, task in self._running.items() if task.is_cancelled]
            for lane in stopped:
                self._readers[lane].interrupt()
        if not stopped:
            self._again.stop()
        elif not self._again.isActive() and not self._closed:
            self._again.start()

    # -- the end

    def tidy(self) -> None:
        """Index what search does not know yet, and move everything into the one file."""
        if not self._closed:
            self._lanes.writer.submit(_tidy, self._project, then=self._go_on_tidying)

    def _go_on_tidying(self, left: int) -> None:
        if left:
            self.tidy()

    def close(self, then: Callable[[Any], object] | None = None) -> None:
        """Write what is queued and leave one complete file behind; `then` is called after that."""
        if self._closed:
            return
        self._closed = True
        self._idle.stop()
        self._again.stop()
        for task in self._under_way:
            task.drop()
        self.reader.close()
        self._lanes.writer.start(Task(self._shut).then(then), later=True)

    def _shut(self, _report: Report) -> None:
        with self._lock:
            ends = time.monotonic() + PATIENCE_S
            while self._running and time.monotonic() < ends:
                for lane in self._running:
                    self._readers[lane].interrupt()
                self._lock.wait(INTERRUPT_EVERY_MS / 1000)
            for lane in self._readers.keys() - self._running.keys():
                self._readers.pop(lane).close()
            self._shut_down = True
        self._project.close()


def open_project(
    lanes: Lanes,
    make: Callable[[], Project],
    then: Callable[[OpenProject], object],
    failed: Callable[[Any], object],
) -> None:
    """Open or create a project on the writer's thread; `then` or `failed` is called in the UI thread.

    `make` is a call of `Project.open` or `Project.create` that waits to be made."""

    def opened(project: Project) -> None:
        then(OpenProject(lanes, project))

    lanes.writer.submit(make, then=opened, failed=failed)


def _act(project: Project, act: Callable[[Project], Applied | None], _report: Report) -> Now:
    return _now(project, act(project))


def _long(project: Project, work: Callable[[Project, Report], Applied | None], report: Report) -> Now:
    return _now(project, work(project, report))


def _in_turns(
    project: Project, work: Callable[[Project, Report], Applied | None], lane: Lane, report: Report
) -> Now:
    def told(done: int, total: int) -> None:
        lane.give_way()
        report(done, total)

    return _now(project, work(project, told))


def _now(project: Project, applied: Applied | None) -> Now:
    return Now(applied, project.undoable(), project.redoable(), not project.path.exists())


def _elsewhere(project: Project) -> Now | None:
    return _now(project, None) if project.changed_elsewhere() else None


def _apply(edit: Edit, project: Project) -> Applied:
    return project.apply(edit)


def _already(applied: Applied, _project: Project) -> Applied:
    return applied


def _keep(project: Project, table: str, rows: Sequence[Mapping[str, Any]]) -> str:
    project.keep(table, rows)
    return table


def _act_as(acting: Acting, project: Project) -> None:
    project.acting = acting


def _look_only(_project: Project) -> None:
    """Nothing is written; the labels of undo and redo are asked."""


def _tidy(project: Project) -> int:
    left = project.index_some()
    if not left:
        project.checkpoint()
    return left


def _unasked(_report: Report) -> None:
    """Stands in until the question is bound to its task."""
