"""Crossref's answers, kept with their date: what lists, checks and summaries say of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evidence_app.domain.contents import Update
from evidence_app.domain.reference import ReferenceId
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import date_in, dict_in


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """One answer as kept: the DOI asked for, the one returned, the work as sent, when and in what state."""

    asked: str
    doi: str | None
    state: str
    """found, differs, not found or failed."""
    reason: str
    fetched_at: str
    work: dict[str, Any] | None


def answer(reader: Reader, doi: str) -> KeptAnswer | None:
    """Return the answer kept for a DOI, or None where Crossref was never asked."""
    row = reader.row("SELECT * FROM cache_crossref WHERE asked = :asked", asked=doi.lower())
    return _answer(row) if row else None


def answers(reader: Reader) -> list[KeptAnswer]:
    """Return all answers kept."""
    return [_answer(row) for row in reader.rows("SELECT * FROM cache_crossref ORDER BY asked")]


def answers_for(reader: Reader, dois: Iterable[str]) -> list[KeptAnswer]:
    """Return the answers kept for these DOIs."""
    rows = reader.rows(
        "SELECT * FROM cache_crossref WHERE asked IN (SELECT lower(value) FROM json_each(:dois))",
        dois=json.dumps(list(dois)),
    )
    return [_answer(row) for row in rows]


def touched_by_last_edit(reader: Reader, limit: int = 500) -> list[int]:
    """Return the references with a kept answer that the last edit touched, themselves or their provenance."""
    rows = reader.rows(
        """
        WITH touched(id) AS (
            SELECT "row" FROM edit_change WHERE edit = (SELECT max(id) FROM edit) AND tbl = 'reference'
            UNION SELECT p.reference FROM edit_change e JOIN provenance p ON p.id = e."row"
            WHERE e.edit = (SELECT max(id) FROM edit) AND e.tbl = 'provenance')
        SELECT r.id FROM touched t JOIN live_reference r ON r.id = t.id
        JOIN cache_crossref c ON c.asked = lower(r.doi) LIMIT :limit
        """,
        limit=limit,
    )
    return [row["id"] for row in rows]


def _answer(row: Any) -> KeptAnswer:
    return KeptAnswer(
        asked=row["asked"], doi=row["doi"], state=row["state"], reason=row["reason"],
        fetched_at=row["fetched_at"], work=dict_in(row["work"]) or None,
    )  # fmt: skip


def rows_of(kept: Iterable[KeptAnswer]) -> list[dict[str, Any]]:
    """Return answers as the rows `Project.keep("cache_crossref", …)` writes."""
    return [
        {
            "asked": each.asked.lower(), "doi": each.doi, "state": each.state, "reason": each.reason,
            "fetched_at": each.fetched_at,
            "work": json.dumps(each.work, ensure_ascii=False) if each.work is not None else None,
        }
        for each in kept
    ]  # fmt: skip


def updates(reader: Reader) -> tuple[Update, ...]:
    """Return the retractions, concerns and corrections that Crossref's answers name, by reference."""
    rows = reader.rows(
        """
        SELECT r.id, u.value AS notice FROM live_reference r
        JOIN cache_crossref c ON c.asked = lower(r.doi) AND json_valid(c.work),
        json_each(c.work, '$."updated-by"') u ORDER BY r.id
        """
    )
    found = []
    for row in rows:
        notice = dict_in(str(row["notice"]))
        parts = (date_in(json.dumps(notice.get("updated"))) or {}).get("date-parts") or [[]]
        date = "-".join(f"{part:02d}" for part in parts[0] if isinstance(part, int))
        kind, doi = str(notice.get("type", "")), str(notice.get("DOI", ""))
        source = str(notice.get("source", ""))
        found.append(Update(reference=ReferenceId(row["id"]), kind=kind, doi=doi, source=source, date=date))
    return tuple(dict.fromkeys(found))


def checked_at(reader: Reader) -> dict[int, str]:
    """Return when each reference was last asked for at Crossref."""
    rows = reader.rows(
        "SELECT r.id, c.fetched_at FROM live_reference r JOIN cache_crossref c ON c.asked = lower(r.doi)"
    )
    return {row["id"]: row["fetched_at"] for row in rows}


def states(reader: Reader) -> dict[int, str]:
    """Return what asking Crossref about each reference came to."""
    rows = reader.rows(
        "SELECT r.id, c.state FROM live_reference r JOIN cache_crossref c ON c.asked = lower(r.doi)"
    )
    return {row["id"]: row["state"] for row in rows}
