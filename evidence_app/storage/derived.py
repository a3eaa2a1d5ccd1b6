"""The columns of a reference that follow from others: what lists sort by."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.dates import year_of
from evidence_app.domain.reference import sort_author, sort_title

SORTED_BY: Final = frozenset({"title", "author", "editor", "issued"})

COLUMNS: Final = frozenset({"sort_title", "sort_author", "year"})


def sort_columns_of(item: CslItem) -> dict[str, Any]:
    """Return sort keys and year of a CSL item."""
    return {
        "sort_title": sort_title(item),
        "sort_author": sort_author(item),
        "year": year_of(item.get("issued")),
    }


def sort_columns(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return sort keys and year for the columns of a reference."""
    loaded = {name: _loaded(row.get(name)) for name in ("author", "editor", "issued")}
    return sort_columns_of({"title": row.get("title") or "", **loaded})


def refresh(connection: sqlite3.Connection, row: int) -> None:
    """Bring the derived columns of one reference up to date."""
    found = connection.execute(
        "SELECT title, author, editor, issued FROM reference WHERE id = ?", [row]
    ).fetchone()
    if found is None:
        return
    keys = sort_columns(dict(found))
    connection.execute(
        """
        UPDATE reference SET sort_title = :sort_title, sort_author = :sort_author, year = :year
        WHERE id = :id
        """,
        {**keys, "id": row},
    )


def _loaded(text: Any) -> Any:
    if not text:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None
