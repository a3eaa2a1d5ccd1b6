"""Files before they are imported: what each is, and to which search it most likely belongs."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats import detect
from evidence_app.services.formats.column_mapping import UnknownTable, unknown_table
from evidence_app.services.formats.decoding import source
from evidence_app.storage.searches import LoggedSearch

Report = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that waits: its format, or why it cannot be read."""

    path: Path
    format: str = ""
    why_not: str = ""
    table: UnknownTable | None = None
    """Its columns, where it is a table some headers of which nobody knows."""


_MAY_BE_TABLES: Final = ("references", "csv", "tsv", "xlsx")


def look_at(paths: Sequence[Path], report: Report) -> list[Arrival]:
    """Return what each file is, told by its content."""
    found = []
    for done, path in enumerate(paths):
        report(done, len(paths))
        found.append(_looked_at(path))
    return found


def _looked_at(path: Path) -> Arrival:
    format, why_not = "", ""
    try:
        format = detect.format_of(source(path))
    except EvidenceError as error:
        why_not = str(error)
    table = unknown_table(path) if why_not or format in _MAY_BE_TABLES else None
    if table is not None:
        return Arrival(path, table.format, table=table)
    return Arrival(path, format, why_not)


def likely_search(path: Path, searches: Sequence[LoggedSearch]) -> LoggedSearch | None:
    """Return the search a file is likely of: one without a file whose source its name holds."""
    name = _bare(path.stem)
    waiting = [search for search in searches if search.search is not None and not search.files]
    named = [search for search in waiting if len(_bare(search.name)) > 2 and _bare(search.name) in name]
    return max(named, key=lambda search: len(_bare(search.name)), default=None)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
