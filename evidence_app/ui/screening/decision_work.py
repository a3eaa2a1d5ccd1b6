"""Decisions on their way: worked out in the writer's lane one by one, and known when they failed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from evidence_app.domain.edit import Edit
from evidence_app.domain.errors import MovedOn, NothingToUndo
from evidence_app.domain.screening import MadeAs
from evidence_app.storage.applied import Applied
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.storage.screening_cards import OwnDecision
from evidence_app.ui.tasks import Report

Question = Callable[[Reader], Edit]
"""Works an edit out from the review as it is then."""


@dataclass(slots=True)
class DecisionWork:
    """One decision in the writer's lane. Its state is read in the window's thread once it is told of."""

    question: Question
    record: int
    words: str
    as_: MadeAs = MadeAs.REVIEWER
    before: OwnDecision | None = None
    """What this person had decided before, which holds again when this is taken back."""
    place: int = -1
    """Where the record stood in the queue, for when it has to come back."""
    state: str = "waiting"
    number: int = 0

    def __call__(self, project: Project, _report: Report) -> Applied | None:
        """Work the edit out and write it."""
        try:
            with project.reader() as reader:
                edit = self.question(reader)
            applied = project.apply(edit) if edit else None
        except Exception:
            self.state = "failed"
            raise
        self.number = applied.number if applied is not None else 0
        self.state = "written" if applied is not None else "nothing"
        return applied


@dataclass(slots=True)
class TakeBackWork:
    """Takes one decision back: its edit is undone, or else an edit of its own puts the record back."""

    of: DecisionWork
    question: Question
    state: str = "waiting"

    def __call__(self, project: Project, _report: Report) -> Applied | None:
        """Undo, or write what puts the record back."""
        try:
            applied = self._undone(project) or self._put_back(project)
        except Exception:
            self.state = "failed"
            raise
        self.state = "written" if applied is not None else "nothing"
        return applied

    def _undone(self, project: Project) -> Applied | None:
        if not self.of.number:
            return None
        try:
            return project.take_back(self.of.number)
        except (MovedOn, NothingToUndo):
            return None

    def _put_back(self, project: Project) -> Applied | None:
        with project.reader() as reader:
            edit = self.question(reader)
        return project.apply(edit) if edit else None


@dataclass(slots=True)
class Underway:
    """The decisions since the screen was opened, and those that are not told of yet."""

    steps: list[DecisionWork] = field(default_factory=list)
    waiting: list[DecisionWork | TakeBackWork] = field(default_factory=list)
    backs: int = 0
    """How many more times the last decision is to be taken back, once what waits is written."""
    _credit: int = 0

    @property
    def is_writing(self) -> bool:
        """Whether something is not written yet."""
        return any(work.state == "waiting" for work in self.waiting)

    def begin(self, work: DecisionWork | TakeBackWork) -> None:
        """Remember a work that is being handed to the writer."""
        self.waiting.append(work)

    def is_ours(self) -> bool:
        """Return whether the change that is told of now is one of these; each accounts for one."""
        written = [work for work in self.waiting if work.state == "written"]
        self._credit += len(written)
        self.waiting = [work for work in self.waiting if work.state == "waiting"]
        if self._credit:
            self._credit -= 1
            return True
        return False

    def failed(self) -> list[DecisionWork]:
        """Return the decisions that were refused, and forget them."""
        self.backs = 0
        refused = [work for work in self.steps if work.state == "failed"]
        self.steps = [work for work in self.steps if work.state != "failed"]
        self.waiting = [work for work in self.waiting if work.state != "failed"]
        return refused
