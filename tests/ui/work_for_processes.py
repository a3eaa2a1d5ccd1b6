"""Functions a spawned process can import by their name."""

import os
import threading

from evidence_app.ui.tasks import Report


def square(number: int, report: Report) -> int:
    """Return the square."""
    report(1, 1)
    return number * number


def way_given(report: Report) -> int:
    """Return how much this process gives way to others."""
    report(1, 1)
    return os.nice(0)


def fail_there(report: Report) -> None:
    """Report once, then fail."""
    report(1, 2)
    raise ValueError("not there")


def counted_slowly(report: Report) -> None:
    """Report for a minute, or until the process is ended."""
    pause = threading.Event()
    for done in range(600):
        report(done, 600)
        pause.wait(0.1)


def end_at_once(report: Report) -> None:
    """End the process in the midst of its work."""
    os._exit(9)
