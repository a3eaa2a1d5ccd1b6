"""The search index: folded copies of what can be searched, kept fresh by the writer alone."""

import json
import re
import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from evidence_app.domain.names import names_of
from evidence_app.domain.reference import folded, plain
from evidence_app.storage.foreign import whole_text
from evidence_app.storage.schema import SEARCH_COLUMNS

_BREAK: Final = "zzbreakzz"
"""Stands between two texts of one column, so that no phrase is found across them."""

_CJK: Final = re.compile(r"([\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])")


def prepared(text: str) -> str:
    """Return text as it is indexed and asked for: folded, each CJK character a word of its own."""
    return _CJK.sub(r" \1 ", folded(plain(whole_text(text))))


def index_stale(connection: sqlite3.Connection, limit: int) -> int:
    """Index up to `limit` rows noted as stale, inside the caller's transaction; return how many are left."""
    stale = connection.execute('SELECT kind, "row" FROM search_stale LIMIT ?', [limit]).fetchall()
    for kind, row in stale:
        if kind == "reference":
            _index_reference(connection, row)
        else:
            _index_block(connection, row)
    connection.executemany(
        'DELETE FROM search_stale WHERE kind = ? AND "row" = ?', [(kind, row) for kind, row in stale]
    )
    if len(stale) < limit:
        return 0
    return int(connection.execute("SELECT count(*) FROM search_stale").fetchone()[0])


def _index_reference(connection: sqlite3.Connection, row: int) -> None:
    found = connection.execute("SELECT * FROM reference WHERE id = ?", [row]).fetchone()
    connection.execute("DELETE FROM search_reference WHERE rowid = ?", [row])
    if found is None:
        return
    texts = {name: _joined(found, columns) for name, columns in SEARCH_COLUMNS.items() if name != "author"}
    texts["author"] = _people(found)
    for (note,) in connection.execute("SELECT text FROM live_note WHERE reference = ?", [row]).fetchall():
        texts["note"] += f" {_BREAK} {note}"
    for (tag,) in connection.execute(
        "SELECT t.name FROM live_reference_tag rt JOIN tag t ON t.id = rt.tag WHERE rt.reference = ?", [row]
    ).fetchall():
        texts["tag"] += f" {_BREAK} {tag}"
    names = ", ".join(texts)
    places = ", ".join("?" * (len(texts) + 1))
    connection.execute(
        f"INSERT INTO search_reference (rowid, {names}) VALUES ({places})",
        [row, *(prepared(text) for text in texts.values())],
    )


def _people(row: sqlite3.Row) -> str:
    people = (
        " ".join(part for part in (name.particle, name.family, name.given, name.suffix, name.literal) if part)
        for column in SEARCH_COLUMNS["author"]
        if row[column]
        for name in names_of(_loaded(row[column]))
    )
    return f" {_BREAK} ".join(people)


def _index_block(connection: sqlite3.Connection, row: int) -> None:
    found = connection.execute("SELECT text FROM block WHERE id = ?", [row]).fetchone()
    connection.execute("DELETE FROM search_block WHERE rowid = ?", [row])
    if found is not None:
        connection.execute(
            "INSERT INTO search_block (rowid, text) VALUES (?, ?)", [row, prepared(found["text"])]
        )


def _joined(row: sqlite3.Row, columns: Sequence[str]) -> str:
    return f" {_BREAK} ".join(row[column] for column in columns if row[column])


def _loaded(text: Any) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None
