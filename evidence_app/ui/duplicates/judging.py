"""What was judged since the screen was opened: what Z takes back, what is hidden while it is written."""

from dataclasses import dataclass, field

from evidence_app.services.deduplication.queue import Queue
from evidence_app.ui.duplicates.rows import Key


@dataclass(slots=True)
class Step:
    """One judgement: the row it was about, what it is called, and whether it was only put off."""

    key: Key
    words: str
    put_off: bool = False


@dataclass(slots=True)
class Judging:
    """The steps so far, and the pairs that are being written."""

    steps: list[Step] = field(default_factory=list)
    gone: set[Key] = field(default_factory=set)

    def settle(self, key: Key, words: str, *, put_off: bool = False) -> None:
        """Remember a step; its row is not shown while it is being written."""
        self.steps.append(Step(key, words, put_off))
        if not put_off:
            self.gone.add(key)

    def take_back(self) -> Step | None:
        """Return the last step, which is forgotten."""
        step = self.steps.pop() if self.steps else None
        if step is not None:
            self.gone.discard(step.key)
        return step

    def forget(self) -> None:
        """Forget everything: somebody else's edit came between, or a write was refused."""
        self.steps.clear()
        self.gone.clear()

    def arrived(self, queue: Queue) -> None:
        """Let go of the pairs that are settled in the project now."""
        waiting = {("pair", *each.key) for each in (*queue.waiting, *queue.later)}
        self.gone &= waiting
