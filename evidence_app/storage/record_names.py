"""What records are found by when somebody, or another program's file, names them."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from evidence_app.storage.connections import Reader


def standing_for(reader: Reader, rows: Iterable[int]) -> set[int]:
    """Return the live references these rows are by now: themselves, or what they were merged into."""
    found = reader.rows(
        """SELECT k.id FROM reference r JOIN live_reference k ON k.id = coalesce(r.merged_into, r.id)
           WHERE r.id IN (SELECT value FROM json_each(:ids))""",
        ids=json.dumps(list(rows)),
    )
    return {row["id"] for row in found}


def with_doi(reader: Reader, doi: str) -> set[int]:
    """Return the live references with a DOI."""
    return {
        row["id"] for row in reader.rows("SELECT id FROM live_reference WHERE lower(doi) = :doi", doi=doi)
    }


class KnownRecord(NamedTuple):
    """What a live reference can be recognised by."""

    id: int
    doi: str
    sort_title: str
    year: int | None


def known_records(reader: Reader) -> list[KnownRecord]:
    """Return what every live reference can be recognised by."""
    rows = reader.rows(
        "SELECT id, lower(coalesce(doi, '')), sort_title, year FROM live_reference ORDER BY id"
    )
    return [KnownRecord(*row) for row in rows]


def leads(reader: Reader) -> dict[int, int]:
    """Return what every merged reference became."""
    rows = reader.rows(
        "SELECT id, merged_into FROM reference WHERE merged_into IS NOT NULL AND removed IS NULL"
    )
    return {row["id"]: row["merged_into"] for row in rows}
