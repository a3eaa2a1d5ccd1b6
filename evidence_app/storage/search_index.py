"""The search index: folded copies of what can be searched, kept fresh by the writer alone."""

import json
import re
import sqlite3
from typing import Any, Final

from evidence_app.domain.names import names_of
from evidence_app.domain.reference import folded, plain

_CJK: Final = re.compile(r"([\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])")


def prepared(text: str) -> str:
    """Return text as it is indexed and asked for: folded, each CJK character a word of its own."""
    return _CJK.sub(r" \1 ", folded(plain(text)))


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
    notes = connection.execute("SELECT text FROM live_note WHERE reference = ?", [row]).fetchall()
    people = " ; ".join(
        f"{name.given} {name.particle} {name.family} {name.literal}"
        for column in ("author", "editor")
        for name in names_of(_loaded(found[column]))
    )
    texts = (
        _joined(found, "title", "original_title"),
        people,
        _joined(found, "abstract", "original_abstract"),
        _joined(found, "container_title", "collection_title", "publisher"),
        _joined(found, "keyword"),
        " \n ".join([found["note"] or "", *(note[0] for note in notes)]),
        _joined(found, "doi"),
    )
    connection.execute(
        """INSERT INTO search_reference (rowid, title, people, abstract, container, keyword, note, other)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        [row, *(prepared(text) for text in texts)],
    )


def _index_block(connection: sqlite3.Connection, row: int) -> None:
    found = connection.execute("SELECT text FROM block WHERE id = ?", [row]).fetchone()
    connection.execute("DELETE FROM search_block WHERE rowid = ?", [row])
    if found is not None:
        connection.execute(
            "INSERT INTO search_block (rowid, text) VALUES (?, ?)", [row, prepared(found["text"])]
        )


def _joined(row: sqlite3.Row, *columns: str) -> str:
    return " ; ".join(row[column] for column in columns if row[column])


def _loaded(text: Any) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None
