"""References in the project file: their columns, and the questions lists and inspectors ask."""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from evidence_app.domain.csl import ALL_DATES, NAME_VARIABLES, CslItem
from evidence_app.domain.names import names_of
from evidence_app.domain.reference import Reference, ReferenceId, authors_line, plain
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import date_in, dict_in, list_in, names_in
from evidence_app.storage.schema import CSL_COLUMNS, JSON_COLUMNS, column_of
from evidence_app.storage.unfinished import finished

MAIN_BIBLIOGRAPHY: Final = "(SELECT min(id) FROM live_bibliography)"
"""The review's own list of works cited; a citation number belongs to it."""

_NUMBER: Final = f"""
    (SELECT number FROM live_bibliography_entry e
     WHERE e.reference = r.id AND e.bibliography = {MAIN_BIBLIOGRAPHY} LIMIT 1) AS cited_as"""

_LAST: Final = " NULLS LAST"
ORDERS: Final = {
    "number": ("e.number NULLS LAST",),
    "author": ("r.sort_author",),
    "year": ("r.year NULLS LAST",),
    "title": ("r.sort_title",),
    "container": ("lower(coalesce(r.container_title, r.publisher, ''))",),
    "standing": ("r.standing NULLS LAST", "e.number"),
    "type": ("r.type",),
    "doi": ("r.doi NULLS LAST",),
}
"""What a list of references can be ordered by: SQL over `live_reference r` and its entry `e`."""


_NAMES: Final = frozenset(map(column_of, NAME_VARIABLES))
_DATES: Final = frozenset(map(column_of, ALL_DATES))
_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NOTHING: Final[tuple[Any, ...]] = (None, "", [], {})


def columns_of(item: CslItem) -> dict[str, Any]:
    """Return a CSL item as the columns of `reference`; variables CSL does not know go into `custom`."""
    columns: dict[str, Any] = {"type": str(item.get("type") or "document")}
    custom = dict(item.get("custom") or {})
    for variable, value in item.items():
        if variable in ("id", "type", "custom"):
            continue
        column = column_of(variable)
        if column not in CSL_COLUMNS:
            custom[variable] = value
        elif value not in _NOTHING:
            columns[column] = _JSON.encode(value) if column in JSON_COLUMNS else str(value)
    if custom:
        columns["custom"] = stored_value("custom", custom)
    return columns


def stored_value(variable: str, value: Any) -> Any:
    """Return the value of one CSL variable as its column holds it; nothing said is NULL."""
    if value in _NOTHING:
        return None
    if column_of(variable) in JSON_COLUMNS:
        return _JSON.encode(value)
    return str(value)


def item_of(row: Mapping[str, Any] | sqlite3.Row) -> CslItem:
    """Return the CSL item a row of `reference` holds."""
    item: CslItem = {"type": row["type"]}
    names = row.keys()
    for column, variable in CSL_COLUMNS.items():
        if column not in names:
            continue
        value = row[column]
        if value is not None:
            if column not in JSON_COLUMNS:
                item[variable] = value
            elif (said := json_value(column, value)) is not None:
                item[variable] = said
    return item


def json_value(column: str, text: str) -> Any:
    """Return what a column that holds JSON says; what makes no sense there is missing, kept in the file."""
    if column in _NAMES:
        return names_in(text) or None
    if column in _DATES:
        return date_in(text)
    return dict_in(text) or None


def _reference(row: sqlite3.Row) -> Reference:
    standing = row["standing"]
    return Reference(
        id=ReferenceId(row["id"]), guid=row["guid"], item=item_of(row), number=row["cited_as"],
        included=None if standing is None else standing == "included",
        checked_by=row["checked_by"], checked_at=row["checked_at"],
        changed_since_check=tuple(map(str, list_in(row["changed_since_check"]))),
    )  # fmt: skip


def all_references(reader: Reader) -> list[Reference]:
    """Return every reference: numbered ones first in number order, the rest by id."""
    rows = reader.rows(
        f"SELECT r.*, {_NUMBER} FROM live_reference r ORDER BY cited_as IS NULL, cited_as, r.id"
    )
    return [_reference(row) for row in rows]


def leaving(reader: Reader) -> list[Reference]:
    """Return the references that leave the program: numbered, included or cited, in their order."""
    rows = reader.rows(
        f"""SELECT r.*, {_NUMBER} FROM live_reference r WHERE r.id IN (
                SELECT reference FROM live_bibliography_entry UNION SELECT reference FROM live_citation
                UNION SELECT id FROM live_reference WHERE standing = 'included')
            ORDER BY cited_as IS NULL, cited_as, r.id"""
    )
    return [_reference(row) for row in rows]


def references(reader: Reader, ids: Iterable[int]) -> list[Reference]:
    """Return these references in the order asked; ids that are not live are left out."""
    wanted = list(ids)
    found: dict[int, Reference] = {}
    for start in range(0, len(wanted), 500):
        part = json.dumps(wanted[start : start + 500])
        rows = reader.rows(
            f"""SELECT r.*, {_NUMBER} FROM live_reference r
                WHERE r.id IN (SELECT value FROM json_each(:ids))""",
            ids=part,
        )
        found.update({row["id"]: _reference(row) for row in rows})
    return [found[row] for row in wanted if row in found]


def reference(reader: Reader, row: int) -> Reference | None:
    """Return one reference, or None if it is not in the review."""
    found = references(reader, [row])
    return found[0] if found else None


def by_number(reader: Reader, number: int) -> Reference | None:
    """Return the reference with this number in the review's own bibliography."""
    row = reader.value(
        f"""SELECT reference FROM live_bibliography_entry
            WHERE number = :number AND bibliography = {MAIN_BIBLIOGRAPHY}""",
        number=number,
    )
    return reference(reader, row) if row is not None else None


_INDEXES: Final = {
    "title": "reference_by_title", "author": "reference_by_author", "year": "reference_by_year",
}  # fmt: skip
"""The index each order is read from; SQLite, left alone, sorts 100,000 rows instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedReference:
    """What one line of the library shows."""

    id: int
    number: int | None
    authors: str
    year: int | None
    title: str
    container: str
    type: str
    standing: str | None
    doi: str | None
    doi_state: str
    """none, held, found, differs, not found, failed."""
    update: str
    """retraction, expression_of_concern, correction or nothing."""
    checked: bool
    themes: tuple[int, ...]
    """The ids of the main themes whose findings cite it as evidence."""
    findings: int


_LINE: Final = f"""
    SELECT r.id, r.author, r.editor, r.year, r.issued, r.title, r.container_title, r.publisher, r.type,
           r.standing, r.doi, r.checked_at, c.state AS asked, {_NUMBER}
    FROM live_reference r LEFT JOIN cache_crossref c ON c.asked = lower(r.doi)
    WHERE r.id IN (SELECT value FROM json_each(:ids))"""


def lines(
    reader: Reader,
    ids: Sequence[int],
    themes: Mapping[int, tuple[int, ...]] | None = None,
    updates: Mapping[int, str] | None = None,
    findings: Mapping[int, int] | None = None,
) -> list[ListedReference]:
    """Return the lines of a list for these references, in the order asked (pages of a few hundred)."""
    rows = {row["id"]: row for row in reader.rows(_LINE, ids=json.dumps(list(ids)))}
    return [
        _line(rows[at], (themes or {}).get(at, ()), (updates or {}).get(at, ""), (findings or {}).get(at, 0))
        for at in ids
        if at in rows
    ]


def _line(row: sqlite3.Row, themes: tuple[int, ...], update: str, findings: int) -> ListedReference:
    names = names_of(list_in(row["author"])) or names_of(list_in(row["editor"]))
    state = row["asked"] or "held"
    return ListedReference(
        id=row["id"], number=row["cited_as"], authors=authors_line(names), year=row["year"],
        title=plain(row["title"] or ""), container=plain(row["container_title"] or row["publisher"] or ""),
        type=row["type"], standing=row["standing"], doi=row["doi"],
        doi_state=state if row["doi"] else "none", update=update,
        checked=row["checked_at"] is not None, themes=themes, findings=findings,
    )  # fmt: skip


def ids_in_order(
    reader: Reader,
    order: str = "number",
    *,
    descending: bool = False,
    where: str = "1",
    values: Mapping[str, Any] | None = None,
) -> "array[int]":
    """Return the ids of references in a list's order, fast enough for a million.

    `where` is a condition over `live_reference r` (see `searching.condition`), `values` its values."""
    way = " DESC" if descending else ""
    by = ", ".join(f"{part.removesuffix(_LAST)}{way}{_LAST * part.endswith(_LAST)}" for part in ORDERS[order])
    sql = f"""
        SELECT r.id FROM reference r INDEXED BY {_INDEXES.get(order, "reference_live")}
        LEFT JOIN live_bibliography_entry e
        ON e.reference = r.id AND e.bibliography = {MAIN_BIBLIOGRAPHY}
        WHERE r.removed IS NULL AND r.merged_into IS NULL AND {finished("reference", "r.id")} AND {where}
        ORDER BY {by}, r.id{way}"""
    # One text of all ids comes over five times as fast as a row for each; the order is the subquery's.
    joined = reader.rows_in(f"SELECT group_concat(id) FROM ({sql})", values or {})[0][0]
    return array("q", map(int, joined.split(",")) if joined else ())


def first_made_by(reader: Reader, edit: int) -> int | None:
    """Return the first reference that an edit made, if it made one."""
    row = reader.value(
        """SELECT min("row") FROM edit_change
           WHERE edit = :edit AND tbl = 'reference' AND change = 'insert'""",
        edit=edit,
    )
    return int(row) if row is not None else None


def provenance_of(reader: Reader, rows: Iterable[int]) -> dict[int, dict[str, "Provenance"]]:
    """Return where the fields of several references came from, by reference and variable."""
    found: dict[int, dict[str, Provenance]] = {}
    for row in reader.rows(
        """SELECT * FROM live_provenance WHERE reference IN (SELECT value FROM json_each(:ids))
           ORDER BY id""",
        ids=json.dumps(list(rows)),
    ):
        known = Provenance(row["id"], row["variable"], row["origin"], row["at"], row["source"])
        found.setdefault(row["reference"], {})[row["variable"]] = known
    return found


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the value of one field came from."""

    id: int
    variable: str
    origin: str
    """crossref, typed or imported."""
    at: str
    source: str


def provenance(reader: Reader, row: int) -> dict[str, Provenance]:
    """Return where the fields of a reference came from, where that differs from its import."""
    return provenance_of(reader, [row]).get(row, {})
