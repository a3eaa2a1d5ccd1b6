"""Coefficients of agreement between two reviewers, from their table of verdicts, with 95 % intervals.

- Percent agreement with Wilson's interval (Wilson 1927, doi:10.1080/01621459.1927.10502953).
- Cohen's kappa (Cohen 1960), variance by Fleiss, Cohen & Everitt 1969 (doi:10.1037/h0028106).
- Gwet's AC1 and its variance (Gwet 2008, doi:10.1348/000711006X126600).
- Exact bounds of a share by Clopper & Pearson 1934 (doi:10.1093/biomet/26.4.404)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt
from typing import Final

Table = Sequence[Sequence[int]]
"""How often the first reviewer said the row and the second the column."""
Z: Final = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient with its standard error and its 95 % interval."""

    value: float
    error: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Shares:
    """A table as shares of all, with what its rows and columns add up to."""

    number: int
    cells: list[list[float]]
    rows: list[float]
    columns: list[float]

    @property
    def agreed(self) -> float:
        return sum(self.cells[at][at] for at in range(len(self.cells)))


def _shares(table: Table) -> _Shares | None:
    number = sum(map(sum, table))
    if not number:
        return None
    cells = [[count / number for count in row] for row in table]
    columns = [sum(row[at] for row in cells) for at in range(len(cells))]
    return _Shares(number, cells, [sum(row) for row in cells], columns)


def percent_agreement(table: Table) -> Estimate | None:
    """Return the share of records with the same verdict; None without records."""
    found = _shares(table)
    if found is None:
        return None
    agreed, number = found.agreed, found.number
    middle = (agreed + Z * Z / (2 * number)) / (1 + Z * Z / number)
    half = Z * sqrt(agreed * (1 - agreed) / number + Z * Z / (4 * number * number)) / (1 + Z * Z / number)
    error = sqrt(agreed * (1 - agreed) / number)
    return Estimate(agreed, error, max(0.0, middle - half), min(1.0, middle + half))


def cohens_kappa(table: Table) -> Estimate | None:
    """Return Cohen's kappa; None where both only ever said one thing, so that chance explains all."""
    found = _shares(table)
    if found is None:
        return None
    places = range(len(table))
    rows, columns, agreed = found.rows, found.columns, found.agreed
    chance = sum(rows[at] * columns[at] for at in places)
    if 1 - chance < 1e-12:
        return None
    kappa = (agreed - chance) / (1 - chance)
    same = sum(found.cells[at][at] * (1 - (rows[at] + columns[at]) * (1 - kappa)) ** 2 for at in places)
    other = (1 - kappa) ** 2 * sum(
        found.cells[one][two] * (columns[one] + rows[two]) ** 2
        for one in places for two in places if one != two
    )  # fmt: skip
    left = (kappa - chance * (1 - kappa)) ** 2
    return _estimate(kappa, (same + other - left) / ((1 - chance) ** 2 * found.number))


def gwets_ac1(table: Table) -> Estimate | None:
    """Return Gwet's AC1, which stays near percent agreement where one verdict is rare."""
    found, kinds = _shares(table), len(table)
    if found is None or kinds < 2:
        return None
    places = range(kinds)
    used = [(found.rows[at] + found.columns[at]) / 2 for at in places]
    chance = sum(share * (1 - share) for share in used) / (kinds - 1)
    ac1 = (found.agreed - chance) / (1 - chance)
    same = sum(found.cells[at][at] * (1 - used[at]) for at in places) / (kinds - 1) - found.agreed * chance
    apart = (
        sum(
            found.cells[one][two] * (1 - (used[one] + used[two]) / 2) ** 2 for one in places for two in places
        )
        / (kinds - 1) ** 2
        - chance**2
    )
    spread = found.agreed * (1 - found.agreed) - 4 * (1 - ac1) * same + 4 * (1 - ac1) ** 2 * apart
    return _estimate(ac1, spread / (found.number * (1 - chance) ** 2))


def _estimate(value: float, variance: float) -> Estimate:
    error = sqrt(max(variance, 0.0))
    return Estimate(value, error, max(-1.0, value - Z * error), min(1.0, value + Z * error))


def upper_bound(found: int, looked_at: int, confidence: float = 0.95) -> float:
    """Return the one-sided exact upper bound of a share (Clopper & Pearson); with none found about 3/n."""
    if looked_at <= 0 or found >= looked_at:
        return 1.0
    return _solved(lambda share: _at_most(found, looked_at, share) - (1 - confidence))


def _at_most(found: int, number: int, share: float) -> float:
    """Return the chance of `found` or fewer of `number`."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 0.0
    total = 0.0
    for hits in range(found + 1):
        ways = lgamma(number + 1) - lgamma(hits + 1) - lgamma(number - hits + 1)
        total += exp(ways + hits * log(share) + (number - hits) * log1p(-share))
    return total


def _solved(falling: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return high
