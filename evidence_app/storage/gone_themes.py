"""Themes that were taken out of the review: what is needed to bring one back."""

import json
from collections.abc import Iterable
from typing import Final

from evidence_app.domain.board import GoneTheme
from evidence_app.domain.edit import SetColumns
from evidence_app.storage.connections import Reader

_VALUES: Final = ("name", "kind", "proposition", "rationale", "question", "position")
_SPEAK_OF: Final = (
    ("theme_parent", "theme"), ("theme_parent", "parent"), ("theme_code", "theme"),
    ("theme_relation", "theme_a"), ("theme_relation", "theme_b"), ("board_place", "theme"),
)  # fmt: skip


def gone_themes(reader: Reader, guids: Iterable[str]) -> dict[str, GoneTheme]:
    """Return those of these themes that were taken out, by identity."""
    rows = reader.rows(
        """SELECT * FROM theme WHERE removed IS NOT NULL
           AND guid IN (SELECT value FROM json_each(:guids))""",
        guids=json.dumps(list(guids)),
    )
    return {
        row["guid"]: GoneTheme(
            id=row["id"], guid=row["guid"], edit=row["removed"],
            values={name: row[name] for name in _VALUES}, moved=_moved(reader, row["id"], row["removed"]),
            strewn=tuple(
                (table, found[0])
                for table, column in _SPEAK_OF
                for found in reader.rows(
                    f'SELECT id FROM live_{table} WHERE "{column}" = :row ORDER BY id', row=row["id"]
                )
            ),
        )
        for row in rows
    }  # fmt: skip


def _moved(reader: Reader, theme: int, edit: int) -> tuple[SetColumns, ...]:
    """Return what the edit that took a theme out changed of its findings and its section."""
    changes = [
        SetColumns(row["tbl"], row["row"], json.loads(row["before"]), json.loads(row["after"]))
        for row in reader.rows(
            """SELECT tbl, "row", before, "after" FROM edit_change
               WHERE edit = :edit AND change = 'columns' AND tbl IN ('block', 'section') ORDER BY id""",
            edit=edit,
        )
    ]
    own = {(each.table, each.row) for each in changes if each.before.get("theme") == theme}
    own |= {
        ("section", row[0]) for row in reader.rows("SELECT id FROM section WHERE theme = :row", row=theme)
    }
    sections = {row for table, row in own if table == "section"}
    return tuple(
        each for each in changes
        if ((each.table, each.row) in own or each.before.get("parent") in sections) and _holds(reader, each)
    )  # fmt: skip


def _holds(reader: Reader, change: SetColumns) -> bool:
    """Whether a row still holds what a change gave it."""
    row = next(iter(reader.rows(f'SELECT * FROM "{change.table}" WHERE id = :row', row=change.row)), None)
    return row is not None and all(row[name] == value for name, value in change.after.items())
