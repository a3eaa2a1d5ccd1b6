"""What numbers in a field come to: sum, median, smallest, largest; and ranges in which they are counted."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

MOST_VALUES: Final = 6
"""More different numbers than this are counted in ranges."""
_STEPS: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class NumberSummary:
    """Numbers of a field, one for each study or report that gives one."""

    number: int
    sum: float
    median: float
    smallest: float
    largest: float

    @property
    def told(self) -> str:
        """The summary in words: "sum 3,412, median 45, 8 to 900"."""
        return (
            f"sum {plain_number(self.sum)}, median {plain_number(self.median)}, "
            f"{plain_number(self.smallest)} to {plain_number(self.largest)}"
        )


def number_in(text: str) -> float | None:
    """Return the number a value is; None where it is none."""
    try:
        found = float(text.replace(" ", "").replace(",", "."))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def plain_number(value: float) -> str:
    """Return a number as it is printed: thousands parted, no more places than it needs."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")


def summary(values: Sequence[float]) -> NumberSummary | None:
    """Return what numbers come to; None where there is none."""
    if not values:
        return None
    return NumberSummary(len(values), math.fsum(values), median(values), min(values), max(values))


def ranges(values: Sequence[float]) -> list[tuple[float, float]]:
    """Return even ranges (from, up to but without), seven at most; none where few numbers differ."""
    if len(set(values)) <= MOST_VALUES:
        return []
    low, high = min(values), max(values)
    step = _step((high - low) / MOST_VALUES)
    first = math.floor(low / step) * step
    found = []
    while first <= high:
        found.append((first, first + step))
        first += step
    return found


def _step(least: float) -> float:
    """Return the round step from this width on: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(least))
    return next((power * each for each in _STEPS if power * each >= least), power * 10)


def range_name(low: float, high: float, *, whole: bool) -> str:
    """Return a range in words: "50 to 99" of whole numbers, "0.5 to under 1" of others."""
    if whole:
        return f"{plain_number(low)} to {plain_number(high - 1)}" if high - low > 1 else plain_number(low)
    return f"{plain_number(low)} to under {plain_number(high)}"
