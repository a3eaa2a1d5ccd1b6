"""The search index: folded copies of what can be searched, kept fresh by the writer alone."""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final

from evidence_app.domain.names import names_of
from evidence_app.domain.reference import folded, plain
from evidence_app.storage.foreign import parsed, whole_text
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
    asked = {name: sql for name, sql in _ADDED.items() if _is_used(connection, name)}
    for kind, row in stale:
        if kind == "reference":
            _index_reference(connection, row, asked)
        else:
            _index_block(connection, row)
    connection.executemany(
        'DELETE FROM search_stale WHERE kind = ? AND "row" = ?', [(kind, row) for kind, row in stale]
    )
    if len(stale) < limit:
        return 0
    return int(connection.execute("SELECT count(*) FROM search_stale").fetchone()[0])


_ADDED: Final = {
    "note": "SELECT text FROM live_note WHERE reference = ?",
    "tag": "SELECT t.name FROM live_reference_tag rt JOIN tag t ON t.id = rt.tag WHERE rt.reference = ?",
}
"""What the reviewer adds to a reference, by the column it is found in, which is named as its table."""


def _is_used(connection: sqlite3.Connection, table: str) -> bool:
    return connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is not None


_PLACES: Final = list(accumulate(map(len, SEARCH_COLUMNS.values()), initial=0))
_SELECTED: Final = ", ".join(f'"{column}"' for columns in SEARCH_COLUMNS.values() for column in columns)
_INSERTED: Final = (
    f"INSERT INTO search_reference (rowid, {', '.join(SEARCH_COLUMNS)}) "
    f"VALUES ({', '.join('?' * (len(SEARCH_COLUMNS) + 1))})"
)


def _index_reference(connection: sqlite3.Connection, row: int, asked: Mapping[str, str]) -> None:
    found = connection.execute(f"SELECT {_SELECTED} FROM reference WHERE id = ?", [row]).fetchone()
    connection.execute("DELETE FROM search_reference WHERE rowid = ?", [row])
    if found is None:
        return
    values = tuple(found)
    texts = []
    for name, (start, end) in zip(SEARCH_COLUMNS, pairwise(_PLACES), strict=True):
        said = [value for value in values[start:end] if value]
        if name == "author":
            said = _people(said)
        elif name in asked:
            said += [text for (text,) in connection.execute(asked[name], [row])]
        texts.append(prepared(f" {_BREAK} ".join(said)) if said else "")
    connection.execute(_INSERTED, [row, *texts])


def _people(stored: Sequence[str]) -> list[str]:
    return [
        " ".join(part for part in (name.particle, name.family, name.given, name.suffix, name.literal) if part)
        for text in stored
        for name in names_of(parsed(text))
    ]


def _index_block(connection: sqlite3.Connection, row: int) -> None:
    found = connection.execute("SELECT text FROM block WHERE id = ?", [row]).fetchone()
    connection.execute("DELETE FROM search_block WHERE rowid = ?", [row])
    if found is not None:
        connection.execute(
            "INSERT INTO search_block (rowid, text) VALUES (?, ?)", [row, prepared(found["text"])]
        )
