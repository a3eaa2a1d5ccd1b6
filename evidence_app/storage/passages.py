"""The passages of summaries in the project file."""

from typing import Any

from evidence_app.domain.passages import Passage, passage_runs
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import dict_in, list_in


def passages(reader: Reader) -> tuple[Passage, ...]:
    """Return the passages in order, with works by their reference ids (merged ones by what they became)."""
    rows = reader.rows("SELECT * FROM live_passage ORDER BY kind, position, id")
    if not rows:
        return ()
    ids = {
        row["guid"]: row["id"]
        for row in reader.rows(
            "SELECT guid, coalesce(merged_into, id) AS id FROM reference WHERE removed IS NULL"
        )
    }
    return tuple(
        Passage(
            id=row["id"], guid=row["guid"], kind=row["kind"], theme=row["theme"], position=row["position"],
            title=row["title"], runs=passage_runs(list_in(row["runs"]), ids),
            details=_with_ids(dict_in(row["details"]), ids),
            stored={"runs": row["runs"], "details": row["details"]},
        )
        for row in rows
    )  # fmt: skip


def _with_ids(value: Any, ids: dict[str, int]) -> Any:
    """Return plain values with the guids of cited works replaced by ids, wherever they stand."""
    if isinstance(value, list):
        return [_with_ids(each, ids) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"cite"} and isinstance(value["cite"], list):
        works = (work if isinstance(work, int) else ids.get(str(work)) for work in value["cite"])
        return {"cite": [work for work in works if work is not None]}
    return {key: _with_ids(each, ids) for key, each in value.items()}
