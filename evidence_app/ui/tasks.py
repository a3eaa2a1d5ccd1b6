"""A piece of work that runs beside the window, and how it tells the window what became of it."""

import logging
import threading
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from evidence_app.domain.errors import Cancelled, EvidenceError

log = logging.getLogger(__name__)

Report = Callable[[int, int], None]
"""Says how much of the work is done, (done, total); raises `Cancelled` when the user stopped it."""

SHARES: Final = 100
"""A total that is shown in per cent: what is counted says nothing to a person."""

Work = Callable[[Report], Any]


class Task(QObject):
    """A piece of work; made and listened to in the UI thread, run in another.

    One with a title is shown in the status line once it takes longer than 0.6 s, with Cancel."""

    progressed = Signal(object, object)  # done and total; Signal(int) would be 32 bits
    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()
    _answered = Signal(object)

    def __init__(self, work: Work, title: str = "") -> None:
        super().__init__()
        self.work = work
        self.title = title
        self.handled = False
        self._dropped = False
        self._answered.connect(self._arrive)
        self.before_stop: Callable[[], None] = _nothing
        self._stop = threading.Event()

    def then(
        self, succeeded: Callable[[Any], object] | None, failed: Callable[[Any], object] | None = None
    ) -> "Task":
        """Call these in the UI thread with the result or the error; return the task itself."""
        if succeeded is not None:
            self.succeeded.connect(succeeded)
        if failed is not None:
            self.handled = True
            self.failed.connect(failed)
        return self

    def cancel(self) -> None:
        """Ask the work to stop at its next report; nothing of it arrives after that."""
        self._stop.set()
        self.before_stop()

    def drop(self) -> None:
        """Ask the work to stop and let nothing of it arrive, not even an answer that is on its way."""
        self._dropped = True
        self.cancel()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def run(self) -> None:
        """Do the work on the calling thread; every outcome leaves as a signal."""
        try:
            self.report(0, 0)
            result = self.work(self.report)
        except Cancelled:
            pass
        except Exception as error:  # the one boundary: the window shows it, the log keeps the traceback
            if not self.is_cancelled:
                if not isinstance(error, EvidenceError):
                    log.info("%s failed", self.title or "A task", exc_info=True)
                self.failed.emit(error)
        else:
            if not self.is_cancelled:
                self._answered.emit(result)
        finally:
            self.finished.emit()

    def _arrive(self, result: object) -> None:
        if not self._dropped:
            self.succeeded.emit(result)

    def report(self, done: int, total: int) -> None:
        """Say how far the work is; raises `Cancelled` once it was asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        if total:
            self.progressed.emit(done, total)


def _nothing() -> None:
    """Nothing has to happen before this task stops."""
