"""A job on the writer's lane: its batches one by one, its end, and the sweeping after a failure."""

from collections.abc import Sequence

from evidence_app.domain.edit import Insert
from evidence_app.storage.applied import Applied
from evidence_app.storage.jobs import Job
from evidence_app.storage.project import Project
from evidence_app.ui.tasks import Report, Task


class JobRun:
    """Steps that run one after the other in the writer's lane, with small edits between them."""

    def __init__(self, project: Project, label: str, batches: Sequence[Sequence[Insert]]) -> None:
        self._project, self._label, self._batches = project, label, batches
        self._job: Job | None = None
        self._failure: Exception | None = None
        self._finished = False
        self.tell: Task | None = None

    @property
    def _stopped(self) -> bool:
        return self._failure is not None or (self.tell is not None and self.tell.is_cancelled)

    def add(self, place: int, _report: Report) -> None:
        """Write one batch, hidden; after a failure or a cancel the rest is passed over."""
        if self._stopped:
            return
        try:
            if self._job is None:
                self._job = self._project.job(self._label)
            self._job.add(self._batches[place])
        except Exception as error:
            self._failure = error  # raised where somebody listens: in `finish`
            return
        if self.tell is not None:
            self.tell.progressed.emit(place + 1, len(self._batches))

    def finish(self, _report: Report) -> Applied:
        """Show the rows of all batches at once; raises what went wrong in one of them."""
        if self._failure is not None:
            raise self._failure
        if self._job is None:
            self._job = self._project.job(self._label)
        applied = self._job.finish()
        self._finished = True
        return applied

    def sweep(self, _report: Report) -> None:
        """Take out what an unfinished job wrote."""
        if self._job is not None and not self._finished:
            self._job.abandon()
