"""Views that lead the rows of a merged reference to what it became; the rows themselves stay where they were.

So that un-merging needs to move nothing, at any later time."""

from collections.abc import Sequence
from typing import Final

from evidence_app.storage.unfinished import finished

LED_ON: Final = frozenset(
    ("record", "decision", "study_report", "characteristic", "reference_tag", "note", "attachment",
     "bibliography_entry", "citation", "absence", "cell_summary", "cell_mark", "look_again", "flag",
     "sample_member",
     "field_conflict", "retrieval", "document", "coding_status", "contribution", "support"),
)  # fmt: skip
"""Tables whose rows are read as those of what their reference became."""

KEPT: Final = "coalesce((SELECT merged_into FROM reference WHERE id = {row}), {row})"
"""What a reference became by merging, or itself, as SQL."""

STALE_WHEN_MERGED: Final = """
    CREATE TRIGGER stale_reference_merged AFTER UPDATE OF merged_into ON reference BEGIN
        INSERT OR IGNORE INTO search_stale (kind, "row") SELECT 'reference', at FROM (
            SELECT NEW.id AS at UNION SELECT NEW.merged_into UNION SELECT OLD.merged_into)
        WHERE at IS NOT NULL; END"""
"""Tags and notes of a merged reference are found with what it became."""

_ITS_OWN_NUMBER_FIRST: Final = """
    AND NOT EXISTS (SELECT 1 FROM bibliography_entry o JOIN reference x ON x.id = o.reference
        WHERE o.bibliography = t.bibliography AND o.removed IS NULL AND o.id <> t.id
        AND (o.reference = r.merged_into OR (x.merged_into = r.merged_into AND o.id < t.id)))"""
"""Of several numbers in one list of works cited, a work keeps its own, or the first."""


def led_on(table: str, columns: Sequence[str]) -> str:
    """Return the query of such a view: two halves, so that SQLite can use an index in each."""
    columns = ("id", "guid", *columns, "removed")
    shown = "JOIN anchor a ON a.id = t.anchor AND a.removed IS NULL" if table == "citation" else ""
    only = _ITS_OWN_NUMBER_FIRST if table == "bibliography_entry" else ""
    own = ", ".join(f't."{name}"' for name in columns)
    led = ", ".join("r.merged_into" if name == "reference" else f't."{name}"' for name in columns)
    done = finished(table, "t.id")
    return f"""
        SELECT {own} FROM "{table}" t {shown} LEFT JOIN reference r ON r.id = t.reference
        WHERE t.removed IS NULL AND r.merged_into IS NULL AND {done}
        UNION ALL
        SELECT {led} FROM reference r CROSS JOIN "{table}" t ON t.reference = r.id {shown}
        WHERE r.merged_into IS NOT NULL AND t.removed IS NULL AND {done} {only}"""
