"""Which rows of the matrix are shown, in which order, and with which characteristics beside them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from evidence_app.services.synthesis.matrix import ColumnKind, Matrix, MatrixRow

FILTERS: Final = {"country": "Country", "service": "Service type", "kind": "Kind"}
"""The characteristics that are named first where there are any, with their words."""
ORDERS: Final = {
    "number": "Number", "name": "First author", "year": "Year", "country": "Country",
    "service": "Service type", "kind": "Kind", "cited": "Anchors, most first",
}  # fmt: skip
NOT_REPORTED: Final = "not reported"


@dataclass(frozen=True, slots=True)
class RowsWanted:
    """Which rows are wanted; empty lets all through. `found` is what a query found, by reference.

    `others` are further characteristics, each with the value wanted."""

    country: str = ""
    service: str = ""
    kind: str = ""
    found: Collection[int] | None = None
    others: tuple[tuple[str, str], ...] = ()

    @property
    def values(self) -> dict[str, str]:
        """The values wanted, by characteristic."""
        named = {name: getattr(self, name) for name in FILTERS if getattr(self, name)}
        return named | dict(self.others)

    def with_value(self, name: str, value: str) -> "RowsWanted":
        """Return the same with another value of one characteristic; an empty one lets all through."""
        if name == "country":
            return replace(self, country=value)
        if name == "service":
            return replace(self, service=value)
        if name == "kind":
            return replace(self, kind=value)
        others = {**dict(self.others), name: value}
        return replace(self, others=tuple((each, said) for each, said in others.items() if said))

    def takes(self, matrix: Matrix, row: MatrixRow) -> bool:
        """Return whether a row is one of those wanted."""
        if self.found is not None and not any(report in self.found for report in row.reports):
            return False
        return all(said in said_in(matrix, row, name) for name, said in self.values.items())

    def words(self) -> str:
        """Return the filters in words: `England, Mental health`."""
        return ", ".join(self.values.values())


def said_in(matrix: Matrix, row: MatrixRow, name: str) -> tuple[str, ...]:
    """Return the values of a characteristic in a row, each once; `not reported` where there is none."""
    found: dict[str, None] = {}
    for report in row.reports:
        each = matrix.contents.characteristic(report, name)
        if each is not None and each.value:
            found[each.value] = None
    return tuple(found) or (NOT_REPORTED,)


def value_of(matrix: Matrix, row: MatrixRow, name: str) -> str:
    """Return a characteristic of a row as it is printed."""
    return "; ".join(said_in(matrix, row, name))


def values_of(matrix: Matrix, name: str) -> list[tuple[str, int]]:
    """Return the values of a characteristic with how many rows have each, the most first."""
    counts = Counter(value for row in matrix.rows for value in said_in(matrix, row, name))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def characteristics(matrix: Matrix) -> tuple[str, ...]:
    """Return the names of the characteristics that rows have, those that filter first."""
    known = dict.fromkeys(each.name for each in matrix.contents.characteristics)
    return tuple(dict.fromkeys((*(name for name in FILTERS if name in known), *known)))


def known_as(matrix: Matrix, asked: str) -> str | None:
    """Return the characteristic somebody means by its name or its head: `Service type`, `service`."""
    folded = " ".join(asked.replace("_", " ").split()).casefold()
    for name in characteristics(matrix):
        if folded in (name.casefold(), head_of(name).casefold()):
            return name
    return None


def head_of(characteristic: str) -> str:
    """Return the name of a characteristic as a head."""
    plain = characteristic.replace("_", " ")
    return FILTERS.get(characteristic, plain[:1].upper() + plain[1:])


def orders(matrix: Matrix) -> dict[str, str]:
    """Return the orders there are, in words; what is counted is named as this matrix counts it."""
    counts = matrix.words.counts
    return {**ORDERS, "cited": f"{counts.split()[-1].capitalize()}s, most first"}


def wanted_rows(matrix: Matrix, wanted: RowsWanted, order: str = "number") -> tuple[MatrixRow, ...]:
    """Return the rows wanted in one of `ORDERS`; rows that are alike come by number."""
    rows = [row for row in matrix.rows if wanted.takes(matrix, row)]
    rows.sort(key=_by_number)
    if order in FILTERS:
        rows.sort(key=lambda row: _last_if(value_of(matrix, row, order)))
    elif order == "name":
        rows.sort(key=lambda row: row.short_label.casefold())
    elif order == "year":
        rows.sort(key=lambda row: row.year or 0, reverse=True)
    elif order == "cited":
        counting = _counting(matrix)
        rows.sort(key=lambda row: -sum(matrix.cell(row.id, at).count for at in counting))
    return tuple(rows)


def _counting(matrix: Matrix) -> list[int]:
    """Return the columns that together count all: the sums, and what stands in no sum."""
    places: list[int] = []
    for band in matrix.bands:
        last = matrix.columns[band.last].kind is ColumnKind.SUM
        places += [band.last] if last else list(band.columns)
    return places


def by_column(matrix: Matrix, rows: Collection[MatrixRow], column: int) -> tuple[MatrixRow, ...]:
    """Return rows with those a column counts most first; the others keep their order."""
    return tuple(sorted(rows, key=lambda row: -matrix.cell(row.id, column).count))


def _by_number(row: MatrixRow) -> tuple[int, int]:
    return (row.number if row.number is not None else 10**9, row.id)


def _last_if(value: str) -> tuple[bool, str]:
    return (value == NOT_REPORTED, value.casefold())
