"""Which quotations changed since a moment: so that thousands need not be read anew."""

import json
from dataclasses import dataclass
from typing import Final

from evidence_app.storage.connections import Reader

MOST: Final = 300
"""Rows changed at once above which all is read anew."""
_FAR: Final = ("layer", "document", "code")
"""Tables whose changes reach many quotations: a merged code is another one wherever it was given."""
_NEAR: Final = ("insert", "columns")
"""Changes of one row; others are of many at once."""


@dataclass(frozen=True, slots=True)
class CodingChanges:
    """What changed: the quotations, as far as they are few; `edit` is the last one seen."""

    edit: int
    quotations: frozenset[int] = frozenset()
    is_far: bool = False
    """Whether so much changed that all is to be read anew."""


def last_edit(reader: Reader) -> int:
    """Return the number of the last edit that is written whole: a job under way shows its rows later."""
    return int(
        reader.value("SELECT coalesce((SELECT min(id) - 1 FROM edit WHERE finished = 0), max(id)) FROM edit")
        or 0
    )


def changes_since(reader: Reader, edit: int) -> CodingChanges:
    """Return which quotations were made, changed, removed, coded or uncoded since an edit."""
    last = last_edit(reader)
    rows = reader.rows(
        f"""SELECT DISTINCT tbl, "row", change FROM edit_change WHERE edit > :edit AND edit <= :last
            AND (tbl IN ('quotation', 'coding', 'layer', 'document') OR (tbl = 'code' AND change <> 'insert'))
            LIMIT {MOST + 1}""",
        edit=edit, last=last,
    )  # fmt: skip
    if len(rows) > MOST or any(row["change"] not in _NEAR or row["tbl"] in _FAR for row in rows):
        return CodingChanges(last, is_far=True)
    codings = [row["row"] for row in rows if row["tbl"] == "coding"]
    quoted = reader.rows(
        "SELECT quotation FROM coding WHERE id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps(codings),
    )
    changed = {row["row"] for row in rows if row["tbl"] == "quotation"} | {row[0] for row in quoted}
    return CodingChanges(last, frozenset(changed))
