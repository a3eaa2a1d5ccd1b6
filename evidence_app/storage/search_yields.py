"""What each search was worth: its records, its works, and those no other search found."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from evidence_app.storage.connections import Reader
from evidence_app.storage.record_names import leads


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """What a search gave, counted over live rows: merged references are one work."""

    records: int = 0
    works: int = 0
    unique: int = 0
    """Works no other search found."""
    included: int = 0
    only_here: int = 0
    """Included works no other search found."""


class _Found:
    """The works of every search. Set operations here: as joins of SQL they took 1,000 times as long."""

    def __init__(self, reader: Reader) -> None:
        merged = leads(reader)
        gone = {row[0] for row in reader.rows("SELECT id FROM reference WHERE removed IS NOT NULL")}
        self.records: dict[int, int] = {}
        self.works: dict[int, set[int]] = {}
        for question, filed in ((_RECORDS, 1), (_KEPT, 0)):
            for search, reference in reader.rows(question):
                work = merged.get(reference, reference)
                if reference not in gone and work not in gone:
                    self.records[search] = self.records.get(search, 0) + filed
                    self.works.setdefault(search, set()).add(work)

    def alone(self) -> set[int]:
        """Return the works that one search alone found."""
        once: set[int] = set()
        more: set[int] = set()
        for works in self.works.values():
            more |= once & works
            once |= works
        return once - more


_RECORDS: Final = """
    SELECT f.search, c.reference FROM live_search_file f
    CROSS JOIN record c ON c.search_file = f.id AND c.removed IS NULL"""
_KEPT: Final = "SELECT search, reference FROM live_search_work"


def yields(reader: Reader) -> dict[int, Yield]:
    """Return what each search gave that has records or kept works."""
    found = _Found(reader)
    alone = found.alone()
    included = {row[0] for row in reader.rows("SELECT id FROM live_reference WHERE standing = 'included'")}
    return {
        search: Yield(
            records=found.records[search], works=len(works), unique=len(works & alone),
            included=len(works & included), only_here=len(works & included & alone),
        )
        for search, works in found.works.items()
    }  # fmt: skip


def found_by(reader: Reader, works: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return for each of these works the searches that found it."""
    found = _Found(reader).works
    return {work: frozenset(search for search, held in found.items() if work in held) for work in works}


def like(reader: Reader, works: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return for each of these works the other live references that carry its DOI, or its title and year."""
    asked = reader.rows(
        """SELECT id, lower(doi) AS doi, sort_title, year FROM reference
           WHERE id IN (SELECT value FROM json_each(:works))""",
        works=json.dumps(list(works)),
    )
    dois = {row["doi"] for row in asked if row["doi"]}
    titles = {row["sort_title"] for row in asked if len(row["sort_title"]) > 10}
    by_doi = _by(reader, "lower(doi)", "doi", dois | {doi.upper() for doi in dois})
    by_title = _by(reader, "sort_title || coalesce(year, '')", "sort_title", titles)
    return {
        row["id"]: tuple(
            sorted(
                (
                    by_doi.get(row["doi"], set())
                    | by_title.get(f"{row['sort_title']}{row['year'] or ''}", set())
                )
                - {row["id"]}
            )
        )
        for row in asked
    }


def _by(reader: Reader, key: str, column: str, values: set[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for row in reader.rows(
        f"""SELECT {key} AS key, id FROM live_reference
            WHERE {column} IN (SELECT value FROM json_each(:values))""",
        values=json.dumps(list(values)),
    ):
        found.setdefault(row["key"], set()).add(row["id"])
    return found
