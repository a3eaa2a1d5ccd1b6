"""Was this database worth it? What each source gave, and what it alone gave, on screen and as a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidence_app.domain.review import NumberState
from evidence_app.services.searches.days import shown_days
from evidence_app.services.searches.kinds import Group, kind_called
from evidence_app.storage.connections import Reader
from evidence_app.storage.search_yields import Yield, yields
from evidence_app.storage.searches import LoggedSearch, searches


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the table and where it comes from: counted, typed, or not reported (None)."""

    value: int | None = None
    state: NumberState = NumberState.NOT_REPORTED

    @property
    def shown(self) -> str:
        """The number as it is printed."""
        return "not reported" if self.value is None else f"{self.value:,}"


NOT_REPORTED: Final = Figure()


@dataclass(frozen=True, slots=True)
class Worth:
    """One row of the table: a search and its numbers."""

    search: LoggedSearch
    records: Figure = NOT_REPORTED
    unique: Figure = NOT_REPORTED
    included: Figure = NOT_REPORTED
    only_here: Figure = NOT_REPORTED

    @property
    def gives_records(self) -> bool:
        """Whether the source can give records at all; a search filter gives words."""
        return self.group is not Group.SUPPORT

    @property
    def group(self) -> Group:
        """Which part of the table it belongs to."""
        return kind_called(self.search.kind).group

    @property
    def difference(self) -> int | None:
        """How many more records were read than the source claimed; None where one of both is unknown."""
        claimed = self.search.number("claimed")
        if claimed is None or not self.search.files:
            return None
        return self.read - claimed

    @property
    def read(self) -> int:
        """How many records were read from the files: those they begin, and what was mended into one."""
        return max(self.search.expected, self.search.imported)


def worth(reader: Reader) -> list[Worth]:
    """Return every search with what it gave, in the order of the log."""
    counted = yields(reader)
    return [_worth(search, counted) for search in searches(reader)]


def _worth(search: LoggedSearch, counted: Mapping[int, Yield]) -> Worth:
    found = counted.get(search.search) if search.search is not None else None
    if search.files:
        found = found or Yield()
        return Worth(search, _counted(found.records), *_of_works(found))
    typed = [search.number(name) for name in ("seen", "claimed")]
    known = next((number for number in typed if number is not None), None)
    records = NOT_REPORTED if known is None else Figure(known, NumberState.TYPED)
    if found is not None:
        return Worth(search, records, *_of_works(found))
    return Worth(search, records)


def _counted(number: int) -> Figure:
    return Figure(number, NumberState.DERIVED)


def _of_works(found: Yield) -> tuple[Figure, Figure, Figure]:
    return _counted(found.unique), _counted(found.included), _counted(found.only_here)


HEADS: Final = (
    "Source", "Kind", "Platform", "Run", "Records", "How we know", "Claimed", "Read",
    "Unique", "Included", "Included, found only here", "Records to read for one included",
)  # fmt: skip


def table(rows: Sequence[Worth]) -> list[list[str | int | None]]:
    """Return the table with its heads and, where every number is known, its sum of records."""
    made: list[list[str | int | None]] = [list(HEADS)]
    for row in rows:
        search = row.search
        made.append(
            [
                search.name, search.kind, search.platform,
                shown_days(search.text("searched_from"), search.text("searched_to")),
                row.records.value, row.records.state.value if row.gives_records else "gives no records",
                search.number("claimed"), row.read if search.files else None,
                row.unique.value, row.included.value, row.only_here.value, _to_read(row),
            ]
        )  # fmt: skip
    known = [row for row in rows if row.group is Group.DATABASES and row.records.value is not None]
    total = sum(row.records.value or 0 for row in known)
    made.append([f"All databases ({len(known)})", "", "", "", total, "sum", *[None] * 6])
    return made


def _to_read(row: Worth) -> int | None:
    records, included = row.records.value, row.included.value
    return round(records / included) if records and included else None


def write_table(project: Path, out: Path) -> Path:
    """Write the table of a project as an Excel workbook, whole or not at all; the numbers are numbers.

    Raises `EvidenceError` where it cannot be written."""
    from evidence_app.services.formats import workbooks

    with Reader(project) as reader:
        workbooks.write_table(out, "Searches", table(worth(reader)))
    return out
