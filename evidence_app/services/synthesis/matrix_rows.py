"""Which rows of the matrix are shown, in which order, and with which characteristics beside them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.reference import Reference
from evidence_app.services.synthesis.matrix import Matrix

FILTERS: Final = {"country": "Country", "service": "Service type", "kind": "Kind"}
"""The characteristics by which rows are filtered and ordered, with their words."""
ORDERS: Final = {
    "number": "Number", "name": "First author", "year": "Year", "country": "Country",
    "service": "Service type", "kind": "Kind", "cited": "Anchors, most first",
}  # fmt: skip
NOT_REPORTED: Final = "not reported"


@dataclass(frozen=True, slots=True)
class RowsWanted:
    """Which reports are wanted; empty lets all through. `found` is what a query found, by reference."""

    country: str = ""
    service: str = ""
    kind: str = ""
    found: Collection[int] | None = None

    def takes(self, matrix: Matrix, reference: int) -> bool:
        """Return whether a report is one of those wanted."""
        if self.found is not None and reference not in self.found:
            return False
        return all(
            not getattr(self, name) or value_of(matrix, reference, name) == getattr(self, name)
            for name in FILTERS
        )

    def words(self) -> str:
        """Return the filters in words: `England, Mental health`."""
        return ", ".join(getattr(self, name) for name in FILTERS if getattr(self, name))


def value_of(matrix: Matrix, reference: int, name: str) -> str:
    """Return a characteristic of a report as it is printed."""
    found = matrix.contents.characteristic(reference, name)
    return found.value if found and found.value else NOT_REPORTED


def values_of(matrix: Matrix, name: str) -> list[tuple[str, int]]:
    """Return the values of a characteristic with how many reports have each, the most first."""
    counts = Counter(value_of(matrix, row.id, name) for row in matrix.rows)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def characteristics(matrix: Matrix) -> tuple[str, ...]:
    """Return the names of the characteristics that rows have, those that filter first."""
    known = dict.fromkeys(each.name for each in matrix.contents.characteristics)
    return tuple(dict.fromkeys((*(name for name in FILTERS if name in known), *known)))


def name_of(characteristic: str) -> str:
    """Return the name of a characteristic as a head."""
    plain = characteristic.replace("_", " ")
    return FILTERS.get(characteristic, plain[:1].upper() + plain[1:])


def wanted_rows(matrix: Matrix, wanted: RowsWanted, order: str = "number") -> tuple[Reference, ...]:
    """Return the rows wanted in one of `ORDERS`; rows that are alike come by number."""
    rows = [row for row in matrix.rows if wanted.takes(matrix, row.id)]
    rows.sort(key=_by_number)
    if order in FILTERS:
        rows.sort(key=lambda row: _last_if(value_of(matrix, row.id, order)))
    elif order == "name":
        rows.sort(key=lambda row: row.short_label.casefold())
    elif order == "year":
        rows.sort(key=lambda row: row.year or 0, reverse=True)
    elif order == "cited":
        sums = [band.last for band in matrix.bands]
        rows.sort(key=lambda row: -sum(matrix.cell(row.id, at).count for at in sums))
    return tuple(rows)


def by_column(matrix: Matrix, rows: Collection[Reference], column: int) -> tuple[Reference, ...]:
    """Return rows with those a column counts most first; the others keep their order."""
    return tuple(sorted(rows, key=lambda row: -matrix.cell(row.id, column).count))


def _by_number(reference: Reference) -> tuple[int, int]:
    return (reference.number if reference.number is not None else 10**9, reference.id)


def _last_if(value: str) -> tuple[bool, str]:
    return (value == NOT_REPORTED, value.casefold())
