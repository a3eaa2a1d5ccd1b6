"""Files before they are imported: what each is, and to which search it most likely belongs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats import detect
from evidence_app.services.formats.column_mapping import UnknownTable, unknown_table
from evidence_app.services.formats.decoding import source
from evidence_app.services.formats.registry import read_file
from evidence_app.services.progress import Report
from evidence_app.storage.searches import LoggedSearch


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that waits: its format, or why it cannot be read."""

    path: Path
    format: str = ""
    dialect: str = ""
    """Whose way of writing the format it is, as the first record tells."""
    why_not: str = ""
    table: UnknownTable | None = None
    """Its columns, where it is a table some headers of which nobody knows."""

    @property
    def source(self) -> str:
        """What a new search for it is called: the database that wrote it, else as the file is."""
        return _DATABASES.get(self._writer, self.path.stem)

    @property
    def platform(self) -> str:
        """The platform that wrote it, where the database is not told by that."""
        return self._writer if self._writer in _PLATFORMS else ""

    @property
    def _writer(self) -> str:
        return self.dialect or {"pubmed-xml": "PubMed"}.get(self.format, "")


_MAY_BE_TABLES: Final = ("references", "csv", "tsv", "xlsx")
_DATABASES: Final = {
    "Clarivate": "Web of Science", "Cochrane": "Cochrane Library", "IEEE": "IEEE Xplore",
    **{name: name for name in (
        "ACM Digital Library", "Dimensions", "ERIC", "Embase", "Europe PMC", "Google Scholar", "JSTOR",
        "Lens", "OpenAlex", "PubMed", "PubMed Central", "Scopus", "Web of Science",
    )},
}  # fmt: skip
"""Databases by what their exports are recognised as; programs that keep references name no database."""
_PLATFORMS: Final = ("Ovid", "ProQuest", "EBSCO")


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
    if why_not:
        return Arrival(path, why_not=why_not)
    return Arrival(path, format, _dialect(path, format))


def _dialect(path: Path, format: str) -> str:
    """Return whose export a file is; nothing where its first record cannot be read."""
    if format == "references":
        return ""
    try:
        file = read_file(path, format=format)
        next(file.records, None)
    except EvidenceError:
        return ""
    return file.dialect


def likely_search(arrival: Arrival, searches: Sequence[LoggedSearch]) -> LoggedSearch | None:
    """Return the search a file is likely of: one without a file whose source it names, or which wrote it."""
    name = _bare(arrival.path.stem)
    waiting = [search for search in searches if search.search is not None and not search.files]
    named = [search for search in waiting if len(_bare(search.name)) > 2 and _bare(search.name) in name]
    if not named and arrival.source != arrival.path.stem:
        named = [search for search in waiting if _bare(search.name) == _bare(arrival.source)]
    return max(named, key=lambda search: len(_bare(search.name)), default=None)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
