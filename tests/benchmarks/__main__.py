"""Print how fast it is, with the machine: `python -m tests.benchmarks [--references N] [--only NAME]`.

Each figure stands beside what it may be at most (design, section 7), or beside a public library on the
same input in the same run, so that what is compared is a ratio and a slow machine does not matter.
`python -m tests.benchmarks dedupe RECORDS TRUTH.csv …` measures finding duplicates on any labelled sets."""

import argparse
import os
import platform
import sys
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks import (
    board,
    coding,
    duplicates,
    importing,
    judging,
    library,
    matrix,
    publishing,
    ranking,
    screening,
    window,
)
from tests.benchmarks.measuring import Figure

GROUPS: dict[str, Callable[[int], list[Figure]]] = {
    "window": window.measure,
    "library": library.measure,
    "importing": importing.measure,
    "publishing": publishing.measure,
    "duplicates": duplicates.measure,
    "judging": judging.measure,
    "screening": screening.measure,
    "ranking": ranking.measure,
    "coding": coding.measure,
    "matrix": matrix.measure,
    "board": board.measure,
}


def main() -> None:
    """Measure what was asked for and print it."""
    arguments = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    arguments.add_argument("--references", type=int, default=100_000, help="how large the large library is")
    arguments.add_argument("--only", choices=GROUPS, action="append")
    if sys.argv[1:2] == ["dedupe"]:
        duplicates.main(sys.argv[2:])
        return
    chosen = arguments.parse_args()
    cores = os.cpu_count() or 1
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cores} cores\n")
    print(f"{'what':<58}{'measured':>12}{'at most':>10}  beside it")
    for name in chosen.only or GROUPS:
        for figure in GROUPS[name](chosen.references):
            print(figure.line())
            sys.stdout.flush()


if __name__ == "__main__":
    main()
