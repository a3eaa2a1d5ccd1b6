"""The one spawned process, and the talk with it: work goes in, progress, result or error come out."""

import contextlib
import multiprocessing
import os
import pickle
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from evidence_app.domain.errors import Cancelled, EvidenceError

NICE = 10
"""How much the process gives way: who reads and decides goes first where processors are few."""
_LOOK_UP_EVERY = 0.05
"""Seconds between two looks at whether the user has cancelled, while the process works."""


class WorkerProcessDied(EvidenceError):
    """The process ended before its work did, most often for want of memory."""


class WorkerProcess:
    """A process that does one piece of work after another; used from one thread."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._talk: Connection | None = None

    def run(self, work: Callable[..., Any], report: Callable[[int, int], None]) -> Any:
        """Do the work in the process and return its result; raises its error, or `Cancelled`."""
        parcel = pickle.dumps(work)
        process, talk = self._running()
        talk.send_bytes(parcel)
        try:
            return self._listen(process, talk, report)
        except Cancelled:
            self._kill()
            raise

    def close(self) -> None:
        """End the process; it only computes, so nothing is lost."""
        self._kill()

    def _running(self) -> tuple[SpawnProcess, Connection]:
        if self._process is None or self._talk is None or not self._process.is_alive():
            self._kill()
            context = multiprocessing.get_context("spawn")
            self._talk, other = context.Pipe()
            self._process = context.Process(target=_serve, args=(other,), name="evidence-desk", daemon=True)
            self._process.start()
            other.close()
        return self._process, self._talk

    def _listen(self, process: SpawnProcess, talk: Connection, report: Callable[[int, int], None]) -> Any:
        while True:
            report(0, 0)
            if not wait([talk, process.sentinel], _LOOK_UP_EVERY):
                continue
            try:
                kind, *told = talk.recv()
            except (EOFError, OSError) as error:
                self._kill()
                raise WorkerProcessDied(
                    "The work ended early, perhaps for want of memory. Nothing was changed. Try with fewer."
                ) from error
            if kind == "result":
                return told[0]
            if kind == "error":
                told[0].add_note(told[1])
                raise told[0]
            report(*told)

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._talk is not None:
            self._talk.close()
        self._process = self._talk = None


def _serve(talk: Connection) -> None:
    """Do what comes through the pipe until it is empty bytes or closed; runs in the process."""

    def report(done: int, total: int) -> None:
        talk.send(("progress", done, total))

    if hasattr(os, "nice"):
        os.nice(NICE)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while parcel := talk.recv_bytes():
            try:
                answer: tuple[Any, ...] = ("result", pickle.loads(parcel)(report))
                sent = pickle.dumps(answer)
            except Exception as error:
                sent = _told(error)
            talk.send_bytes(sent)


def _told(error: Exception) -> bytes:
    where = traceback.format_exc()
    try:
        parcel = pickle.dumps(("error", error, where))
        pickle.loads(parcel)
    except Exception:  # an error that cannot travel is told by its words
        parcel = pickle.dumps(("error", RuntimeError(f"{type(error).__name__}: {error}"), where))
    return parcel
