"""What was searched: every run with what it gave, its files, its captured pages and the works it kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from evidence_app.domain.names import names_of
from evidence_app.domain.reference import authors_line, plain
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import list_in
from evidence_app.storage.search_yields import found_by

TEXTS: Final = (
    "searched_from", "searched_to", "covers", "query", "limits", "note", "indexes", "searcher", "filters",
    "prior_work", "update_method", "peer_review", "method", "sorted_by", "signed_in", "stopped",
)  # fmt: skip
NUMBERS: Final = ("claimed", "seen", "kept")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedSearch:
    """One run of one query on one source; or a source that has no run yet, whose `search` is None."""

    source: int
    search: int | None
    name: str
    kind: str
    platform: str
    source_note: str
    values: Mapping[str, Any]
    """The columns of `search`, by name."""
    files: int = 0
    captures: int = 0
    works: int = 0
    """Works kept from a search without a file."""
    expected: int = 0
    imported: int = 0

    @property
    def row(self) -> int:
        """The id in lists: the search's, or the source's as a negative number."""
        return self.search if self.search is not None else -self.source

    def text(self, column: str) -> str:
        """Return what a column of the search says."""
        return str(self.values.get(column) or "")

    def number(self, column: str) -> int | None:
        """Return a number of the search, or None where it is not reported."""
        value = self.values.get(column)
        return None if value is None else int(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A block of a file that became no record, and what was done with it since."""

    at: int
    line: int
    text: str
    reason: str
    repaired: str = ""
    """The identity of the record it became."""
    left_out: str = ""
    """Why it was left out."""

    @property
    def is_open(self) -> bool:
        """Whether nothing was done with it yet."""
        return not self.repaired and not self.left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFile:
    """A file that a search gave."""

    id: int
    guid: str
    search: int
    name: str
    format: str
    dialect: str
    sha256: str
    expected: int
    imported: int
    stored: str
    """The blocks as the file's row holds them: what an edit expects."""
    unplaced: tuple[Unplaced, ...] = ()
    edit: int | None = None
    """The import that brought it in, while undo still knows it."""

    @property
    def open_blocks(self) -> tuple[Unplaced, ...]:
        """The blocks with which nothing was done yet."""
        return tuple(block for block in self.unplaced if block.is_open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A page kept of a search without a file."""

    id: int
    name: str
    kind: str
    sha256: str
    size: int
    url: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWork:
    """A work kept from a search without a file: its place in the results, and who else found it."""

    id: int
    reference: int
    rank: int | None
    note: str
    title: str
    authors: str
    year: int | None
    number: int | None
    also_in: tuple[str, ...] = field(default=())


def searches(reader: Reader) -> list[LoggedSearch]:
    """Return every search, and the sources that have none, in the order of their sources."""
    wanted = ", ".join(f"h.{name}" for name in (*TEXTS, *NUMBERS))
    rows = reader.rows(
        f"""
        SELECT s.id AS source, h.id AS search, s.name, s.kind, s.platform, s.note AS source_note, {wanted},
          (SELECT count(*) FROM live_search_file f WHERE f.search = h.id) AS files,
          (SELECT total(f.expected) FROM live_search_file f WHERE f.search = h.id) AS expected,
          (SELECT total(f.imported) FROM live_search_file f WHERE f.search = h.id) AS imported,
          (SELECT count(*) FROM live_capture c WHERE c.search = h.id) AS captures,
          (SELECT count(*) FROM live_search_work w WHERE w.search = h.id) AS works
        FROM live_source s LEFT JOIN live_search h ON h.source = s.id
        ORDER BY s.position, s.id, h.position, h.id
        """
    )
    return [
        LoggedSearch(
            source=row["source"], search=row["search"], name=row["name"], kind=row["kind"],
            platform=row["platform"], source_note=row["source_note"],
            values={name: row[name] for name in (*TEXTS, *NUMBERS)} if row["search"] else {},
            files=row["files"], captures=row["captures"], works=row["works"],
            expected=int(row["expected"]), imported=int(row["imported"]),
        )
        for row in rows
    ]  # fmt: skip


def files(reader: Reader, search: int) -> list[SearchFile]:
    """Return the files of a search, in the order they came in."""
    rows = reader.rows("SELECT * FROM live_search_file WHERE search = :search ORDER BY id", search=search)
    return [_file(reader, row) for row in rows]


def file(reader: Reader, row: int) -> SearchFile | None:
    """Return one file of a search, or None where it is gone."""
    found = reader.row("SELECT * FROM live_search_file WHERE id = :row", row=row)
    return _file(reader, found) if found else None


def files_called(reader: Reader, guids: Iterable[str]) -> list[SearchFile]:
    """Return the files with these identities, in that order; one that is gone is left out."""
    found = (
        reader.row("SELECT * FROM live_search_file WHERE guid = :guid", guid=guid) for guid in guids if guid
    )
    return [_file(reader, row) for row in found if row is not None]


def _file(reader: Reader, row: Any) -> SearchFile:
    edit = reader.value(
        """
        SELECT c.edit FROM edit_change c WHERE c.tbl = 'search_file' AND c.change IN ('range', 'insert')
        AND :row BETWEEN c."row" AND coalesce(c.last_row, c."row") ORDER BY c.edit LIMIT 1
        """,
        row=row["id"],
    )
    return SearchFile(
        id=row["id"], guid=row["guid"], search=row["search"], name=row["name"], format=row["format"],
        dialect=row["dialect"], sha256=row["sha256"], expected=row["expected"] or 0,
        imported=row["imported"] or 0, stored=row["unplaced"], edit=edit, unplaced=blocks_of(row["unplaced"]),
    )  # fmt: skip


def blocks_of(stored: str) -> tuple[Unplaced, ...]:
    """Return the blocks a file's row holds, with what was done with each."""
    return tuple(
        Unplaced(
            at=at, line=int(each.get("line") or 0), text=str(each.get("text") or ""),
            reason=str(each.get("reason") or ""), repaired=str(each.get("repaired") or ""),
            left_out=str(each.get("left_out") or ""),
        )
        for at, each in enumerate(list_in(stored))
        if isinstance(each, dict)
    )  # fmt: skip


def captures(reader: Reader, search: int) -> list[Capture]:
    """Return the pages kept of a search."""
    rows = reader.rows(
        "SELECT id, name, kind, sha256, size, url, at FROM live_capture WHERE search = :search ORDER BY id",
        search=search,
    )
    return [Capture(**dict(row)) for row in rows]


def kept_works(reader: Reader, search: int) -> list[KeptWork]:
    """Return the works kept from a search without a file, by their place in the results."""
    rows = reader.rows(
        """
        SELECT w.id, w.rank, w.note, r.id AS reference, r.title, r.author, r.year,
          (SELECT min(e.number) FROM live_bibliography_entry e WHERE e.reference = r.id) AS number
        FROM live_search_work w JOIN reference k ON k.id = w.reference
        JOIN reference r ON r.id = coalesce(k.merged_into, k.id) AND r.removed IS NULL
        WHERE w.search = :search ORDER BY w.rank IS NULL, w.rank, w.id
        """,
        search=search,
    )
    where = found_by(reader, [row["reference"] for row in rows])
    names = {row["id"]: row["name"] for row in reader.rows(_NAMES)}
    return [
        KeptWork(
            id=row["id"], reference=row["reference"], rank=row["rank"], note=row["note"],
            title=plain(row["title"] or ""), year=row["year"], number=row["number"],
            authors=_authors(row["author"]),
            also_in=tuple(
                names[each] for each in sorted(where.get(row["reference"], ())) if each != search
            ),
        )
        for row in rows
    ]  # fmt: skip


_NAMES: Final = "SELECT h.id, s.name FROM live_search h JOIN source s ON s.id = h.source"


def _authors(stored: str | None) -> str:
    return authors_line(names_of(list_in(stored)))


def names(reader: Reader) -> dict[int, str]:
    """Return the names of the sources by search."""
    return {row["id"]: row["name"] for row in reader.rows(_NAMES)}


def guids(reader: Reader) -> dict[int, str]:
    """Return the identities of the searches by their ids."""
    return {row["id"]: row["guid"] for row in reader.rows("SELECT id, guid FROM live_search")}


def last_position(reader: Reader) -> float:
    """Return the position of the last source, 0 where there is none."""
    return float(reader.value("SELECT max(position) FROM live_source") or 0)


def edits_after(reader: Reader, edit: int) -> list[str]:
    """Return the labels of the edits that stand and are later than this one, oldest first."""
    rows = reader.rows(
        """
        SELECT e.label FROM edit e WHERE e.id > :edit AND e.kind IN ('do', 'redo') AND e.finished = 1
        AND e.forgotten = 0 AND NOT EXISTS (SELECT 1 FROM edit u WHERE u."of" = e.id AND u.finished = 1)
        ORDER BY e.id
        """,
        edit=edit,
    )
    return [row["label"] for row in rows]


def stands(reader: Reader, edit: int) -> bool:
    """Return whether an edit was not taken back."""
    return bool(
        reader.value(
            """
            SELECT 1 FROM edit e WHERE e.id = :edit AND e.finished = 1 AND e.forgotten = 0
            AND NOT EXISTS (SELECT 1 FROM edit u WHERE u."of" = e.id AND u.finished = 1)
            """,
            edit=edit,
        )
    )


def records_of(reader: Reader, search: int) -> list[int]:
    """Return the references a search brought in that no other search holds a record of."""
    rows = reader.rows(
        """
        SELECT DISTINCT c.reference FROM live_search_file f
        JOIN record c ON c.search_file = f.id AND c.removed IS NULL
        WHERE f.search = :search AND NOT EXISTS (
            SELECT 1 FROM record o JOIN live_search_file g ON g.id = o.search_file
            WHERE o.reference = c.reference AND o.removed IS NULL AND g.search <> :search)
        """,
        search=search,
    )
    return [row["reference"] for row in rows]
