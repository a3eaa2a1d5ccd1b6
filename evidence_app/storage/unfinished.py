"""What keeps the rows of unfinished work out of sight: the views leave out the ranges it has noted."""

from typing import Final

_RUNNING: Final = "SELECT 1 FROM edit WHERE finished = 0"
"""Asked once for each question; while no job runs, nothing more is."""

INDEX: Final = "CREATE INDEX edit_unfinished ON edit (id) WHERE finished = 0"


def finished(table: str, row: str) -> str:
    """Return the SQL condition that a row (its id as SQL) of a table was not made by unfinished work."""
    return f"""(NOT EXISTS ({_RUNNING}) OR NOT EXISTS (
        SELECT 1 FROM edit u CROSS JOIN edit_change j INDEXED BY edit_change_by_edit ON j.edit = u.id
        WHERE u.finished = 0 AND j.tbl = '{table}' AND {row} BETWEEN j."row" AND j.last_row))"""
