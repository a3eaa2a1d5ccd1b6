"""What a figure is, and how it is taken."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure, with its budget and what was measured beside it."""

    what: str
    value: float
    unit: str = "ms"
    budget: float | None = None
    beside: str = ""

    def line(self) -> str:
        """Return the figure as a line of the table; one over its budget is marked."""
        budget = f"{self.budget:,.0f} {self.unit}" if self.budget is not None else ""
        over = "  OVER" if self.budget is not None and self.value > self.budget else ""
        return f"{self.what:<58}{f'{self.value:,.0f} {self.unit}':>12}{budget:>10}  {self.beside}{over}"


def median_ms(work: Callable[[], object], runs: int = 5) -> float:
    """Return the median time of some runs in milliseconds, after one that is not counted."""
    work()
    times = []
    for _ in range(runs):
        with timed() as spent:
            work()
        times.append(spent[0])
    return statistics.median(times)


@contextmanager
def timed() -> Iterator[list[float]]:
    """Time what happens inside; the list then holds the milliseconds."""
    spent: list[float] = []
    start = time.perf_counter()
    yield spent
    spent.append((time.perf_counter() - start) * 1000)
