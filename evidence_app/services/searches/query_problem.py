"""What is said of a place in a query that was run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class QueryProblem:
    """A problem in one line of a query: from where to where in its text, and what is wrong."""

    line: int
    start: int
    end: int
    words: str
    grave: bool = True
    """Whether it changes what is found; else it is only harder to read."""
