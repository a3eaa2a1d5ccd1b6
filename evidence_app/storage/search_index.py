"""The search index: folded copies of what can be searched, kept fresh by the writer alone."""

import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from evidence_app.domain.reference import folded, plain
from evidence_app.storage.foreign import list_in, whole_text
from evidence_app.storage.schema import SEARCH_COLUMNS

_BREAK: Final = "zzbreakzz"
"""Stands between two texts of one column, so that no phrase is found across them."""

_CJK: Final = re.compile(r"([\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])")


_NAME_PARTS: Final = ("dropping-particle", "non-dropping-particle", "family", "given", "suffix", "literal")


def prepared(text: str) -> str:
    """Return text as it is indexed and asked for: folded, each CJK character a word of its own."""
    if text.isascii():
        return plain(text).lower()
    return _CJK.sub(r" \1 ", folded(plain(whole_text(text))))


def index_stale(connection: sqlite3.Connection, limit: int) -> int:
    """Index up to `limit` rows noted as stale, inside the caller's transaction; return how many are left."""
    stale = connection.execute('SELECT kind, "row" FROM search_stale LIMIT ?', [limit]).fetchall()
    asked = _asked(connection)
    for kind, row in stale:
        if kind == "reference":
            _index_reference(connection, row, asked)
        else:
            _index_block(connection, row)
    connection.executemany(_NO_LONGER_STALE, ((kind, row) for kind, row in stale))
    if len(stale) < limit:
        return 0
    return int(connection.execute("SELECT count(*) FROM search_stale").fetchone()[0])


_NO_LONGER_STALE: Final = 'DELETE FROM search_stale WHERE kind = ? AND "row" = ?'
_ITS: Final = "reference IN (SELECT ?1 UNION ALL SELECT id FROM reference WHERE merged_into = ?1)"
_ADDED: Final = {
    "note": f"SELECT text FROM note WHERE removed IS NULL AND kind <> 'screening' AND {_ITS}",
    "tag": f"""SELECT t.name FROM reference_tag x JOIN tag t ON t.id = x.tag
               WHERE x.removed IS NULL AND x.{_ITS}""",
}
"""What the reviewer adds to a reference, by the column it is found in, which is named as its table.

Rows of unfinished work are read too, so that nothing is left to index when it is finished. Notes of screening
are found by nobody: the search does not know who asks, and others may not see them yet."""

ADDING: Final = frozenset(("note", "reference_tag"))
"""The tables whose rows add to what a reference is found by."""


def _asked(connection: sqlite3.Connection) -> dict[str, str]:
    return {name: sql for name, sql in _ADDED.items() if _is_used(connection, name)}


def _is_used(connection: sqlite3.Connection, table: str) -> bool:
    return connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is not None


_FOUND_AS: Final = {column: name for name, columns in SEARCH_COLUMNS.items() for column in columns}
_COLUMNS: Final = tuple(column for columns in SEARCH_COLUMNS.values() for column in columns)
_SELECTED: Final = ", ".join(f'"{column}"' for column in _COLUMNS)
_INSERTED: Final = (
    f"INSERT INTO search_reference (rowid, {', '.join(SEARCH_COLUMNS)}) "
    f"VALUES ({', '.join('?' * (len(SEARCH_COLUMNS) + 1))})"
)


class MadeReferences:
    """References that were just made, gathered to be indexed together without being read again.

    What the index is given in one transaction becomes one part of it, and parts must be joined later."""

    def __init__(self) -> None:
        self._texts: dict[int, Mapping[str, Any]] = {}
        self._added_to: set[int] = set()

    def __len__(self) -> int:
        return len(self._texts) + len(self._added_to)

    def gather(self, references: Mapping[int, Mapping[str, Any]], added_to: Collection[int]) -> None:
        """Take references by id with their columns, and those that tags and notes were added to."""
        self._added_to.update(added_to)
        for at, columns in references.items():
            if at not in added_to:
                self._texts[at] = columns

    def index(self, connection: sqlite3.Connection) -> None:
        """Index all that is gathered and was not indexed meanwhile, inside the caller's transaction."""
        asked = _asked(connection) if self._added_to else {}
        for row in self._added_to:
            self._texts.pop(row, None)
            _index_reference(connection, row, asked)
        stale = _still_stale(connection, self._texts)
        connection.executemany(_INSERTED, ((at, *_texts(self._texts[at], {})) for at in stale))
        connection.executemany(_NO_LONGER_STALE, (("reference", at) for at in (*stale, *self._added_to)))
        self._texts.clear()
        self._added_to.clear()


def _still_stale(connection: sqlite3.Connection, references: Collection[int]) -> list[int]:
    if not references:
        return []
    rows = connection.execute(
        """SELECT "row" FROM search_stale
           WHERE kind = 'reference' AND "row" BETWEEN ? AND ? ORDER BY "row" """,
        [min(references), max(references)],
    )
    return [row for (row,) in rows.fetchall() if row in references]


def note_stale(connection: sqlite3.Connection, table: str, first: int, last: int) -> None:
    """Note rows that are about to be taken out of the file, so that search forgets them in small steps."""
    if table in ("reference", "block"):
        connection.execute(
            f"""INSERT OR IGNORE INTO search_stale (kind, "row")
                SELECT '{table}', id FROM "{table}" WHERE id BETWEEN ? AND ?""",
            [first, last],
        )


def _index_reference(connection: sqlite3.Connection, row: int, asked: Mapping[str, str]) -> None:
    found = connection.execute(f"SELECT {_SELECTED} FROM reference WHERE id = ?", [row]).fetchone()
    connection.execute("DELETE FROM search_reference WHERE rowid = ?", [row])
    if found is None:
        return
    added = {name: [text for (text,) in connection.execute(sql, [row])] for name, sql in asked.items()}
    connection.execute(_INSERTED, [row, *_texts(dict(zip(_COLUMNS, found, strict=True)), added)])


def _texts(values: Mapping[str, Any], added: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what each column of the index holds of a reference and of what was added to it."""
    said: dict[str, list[str]] = {name: list(texts) for name, texts in added.items()}
    for column, value in values.items():
        if value and (name := _FOUND_AS.get(column)):
            said.setdefault(name, []).extend(_people(value) if name == "author" else (value,))
    return [prepared(f" {_BREAK} ".join(said[name])) if name in said else "" for name in SEARCH_COLUMNS]


def _people(stored: str) -> Iterator[str]:
    for name in list_in(stored):
        if isinstance(name, dict):
            yield " ".join([str(said) for part in _NAME_PARTS if (said := name.get(part))])


def _index_block(connection: sqlite3.Connection, row: int) -> None:
    found = connection.execute("SELECT text FROM block WHERE id = ?", [row]).fetchone()
    connection.execute("DELETE FROM search_block WHERE rowid = ?", [row])
    if found is not None:
        connection.execute(
            "INSERT INTO search_block (rowid, text) VALUES (?, ?)", [row, prepared(found["text"])]
        )
