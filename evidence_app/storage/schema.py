"""The tables of the project file, declared once: migrations make them, the writer checks against them.

Every table has `id`, `guid` and `removed`; they are not repeated here. A column is its SQL type and
constraints after the name. `docs/project-file.md` explains each table."""

from functools import cache
from typing import Final

from evidence_app.domain.csl import ALL_DATES, NAME_VARIABLES, VARIABLES
from evidence_app.storage.coding_tables import ADDED_TO_NOTE, ADDED_TO_THEME, CODING_INDEXES, CODING_TABLES
from evidence_app.storage.merged_views import KEPT, LED_ON, STALE_WHEN_MERGED, led_on
from evidence_app.storage.screening_tables import (
    ADDED_TO_CHARACTERISTIC,
    ADDED_TO_CRITERION,
    ADDED_TO_DECISION,
    SCREENING_INDEXES,
    SCREENING_TABLES,
)
from evidence_app.storage.unfinished import INDEX as UNFINISHED
from evidence_app.storage.unfinished import finished

APPLICATION_ID: Final = 0x45564944
"""The bytes "EVID", in the header of every project file."""

_COMMON: Final = ("id INTEGER PRIMARY KEY AUTOINCREMENT", "guid TEXT NOT NULL UNIQUE")
_REMOVED: Final = "removed INTEGER REFERENCES edit"


@cache
def column_of(variable: str) -> str:
    """Return the column that holds a CSL variable: `container-title` in `container_title`, `DOI` in `doi`."""
    return variable.replace("-", "_").lower()


JSON_COLUMNS: Final = frozenset(column_of(name) for name in (*NAME_VARIABLES, *ALL_DATES, "custom"))
"""The columns of `reference` that hold JSON: names, dates and the variables CSL does not know."""

CSL_COLUMNS: Final = {column_of(variable): variable for variable in VARIABLES}

REVIEW_TABLES: Final[dict[str, tuple[str, ...]]] = {
    "person": ("name TEXT NOT NULL", "initials TEXT NOT NULL DEFAULT ''", "left_at TEXT"),
    "review": (
        "title TEXT NOT NULL", "short_title TEXT NOT NULL DEFAULT ''", "subtitle TEXT NOT NULL DEFAULT ''",
        "authors TEXT NOT NULL DEFAULT '[]'", "keywords TEXT NOT NULL DEFAULT '[]'",
        "facts TEXT NOT NULL DEFAULT '{}'",
    ),
    "question": ("text TEXT NOT NULL", "position REAL NOT NULL DEFAULT 0"),
    "criterion": (
        "text TEXT NOT NULL", "includes INTEGER NOT NULL", "position REAL NOT NULL DEFAULT 0",
        *ADDED_TO_CRITERION,
    ),
    "source": (
        "name TEXT NOT NULL", "kind TEXT NOT NULL DEFAULT 'database'", "platform TEXT NOT NULL DEFAULT ''",
        "note TEXT NOT NULL DEFAULT ''", "position REAL NOT NULL DEFAULT 0",
    ),
    "search": (
        "source INTEGER NOT NULL REFERENCES source", "searched_from TEXT NOT NULL DEFAULT ''",
        "searched_to TEXT NOT NULL DEFAULT ''", "covers TEXT NOT NULL DEFAULT ''",
        "query TEXT NOT NULL DEFAULT ''", "limits TEXT NOT NULL DEFAULT ''",
        "note TEXT NOT NULL DEFAULT ''", "claimed INTEGER", "position REAL NOT NULL DEFAULT 0",
        "indexes TEXT NOT NULL DEFAULT ''", "searcher TEXT NOT NULL DEFAULT ''",
        "filters TEXT NOT NULL DEFAULT ''", "prior_work TEXT NOT NULL DEFAULT ''",
        "update_method TEXT NOT NULL DEFAULT ''", "peer_review TEXT NOT NULL DEFAULT ''",
        "method TEXT NOT NULL DEFAULT ''", "sorted_by TEXT NOT NULL DEFAULT ''",
        "signed_in TEXT NOT NULL DEFAULT ''", "stopped TEXT NOT NULL DEFAULT ''",
        "seen INTEGER", "kept INTEGER",
    ),
    "search_work": (
        "search INTEGER NOT NULL REFERENCES search", "reference INTEGER NOT NULL REFERENCES reference",
        "rank INTEGER", "note TEXT NOT NULL DEFAULT ''",
    ),
    "capture": (
        "search INTEGER NOT NULL REFERENCES search", "name TEXT NOT NULL", "kind TEXT NOT NULL DEFAULT ''",
        "sha256 TEXT NOT NULL DEFAULT ''", "size INTEGER NOT NULL DEFAULT 0", "url TEXT NOT NULL DEFAULT ''",
        "at TEXT NOT NULL DEFAULT ''",
    ),
    "search_file": (
        "search INTEGER NOT NULL REFERENCES search", "name TEXT NOT NULL", "format TEXT NOT NULL DEFAULT ''",
        "dialect TEXT NOT NULL DEFAULT ''", "sha256 TEXT NOT NULL DEFAULT ''", "expected INTEGER",
        "imported INTEGER", "unplaced TEXT NOT NULL DEFAULT '[]'",
    ),
    "stated_number": (
        "key TEXT NOT NULL", "label TEXT NOT NULL", "value INTEGER", "state TEXT NOT NULL",
        "unit TEXT NOT NULL DEFAULT ''", "basis TEXT NOT NULL DEFAULT ''", "position REAL NOT NULL DEFAULT 0",
    ),
    "reference": (
        *(f'"{column}" TEXT' for column in CSL_COLUMNS), "type TEXT NOT NULL DEFAULT 'document'",
        "standing TEXT CHECK (standing IN ('included', 'background'))",
        "checked_by INTEGER REFERENCES person", "checked_at TEXT",
        "changed_since_check TEXT NOT NULL DEFAULT '[]'",
        "merged_into INTEGER REFERENCES reference", "sort_title TEXT NOT NULL DEFAULT ''",
        "sort_author TEXT NOT NULL DEFAULT ''", "year INTEGER",
    ),
    "record": (
        "reference INTEGER NOT NULL REFERENCES reference", "search_file INTEGER REFERENCES search_file",
        "format TEXT NOT NULL DEFAULT ''", "line INTEGER", "source_id TEXT NOT NULL DEFAULT ''",
        "raw TEXT NOT NULL",
    ),
    "decision": (
        "reference INTEGER NOT NULL REFERENCES reference", "person INTEGER REFERENCES person",
        "stage TEXT NOT NULL DEFAULT 'title-abstract'",
        "verdict TEXT NOT NULL CHECK (verdict IN ('include', 'exclude', 'maybe'))",
        "reason TEXT NOT NULL DEFAULT ''", "at TEXT NOT NULL DEFAULT ''", "source TEXT NOT NULL DEFAULT ''",
        *ADDED_TO_DECISION,
    ),
    "provenance": (
        "reference INTEGER NOT NULL REFERENCES reference", "variable TEXT NOT NULL", "origin TEXT NOT NULL",
        "at TEXT NOT NULL DEFAULT ''", "source TEXT NOT NULL DEFAULT ''",
    ),
    "bibliography": ("title TEXT NOT NULL", "position REAL NOT NULL DEFAULT 0"),
    "bibliography_entry": (
        "bibliography INTEGER NOT NULL REFERENCES bibliography",
        "reference INTEGER NOT NULL REFERENCES reference", "number INTEGER NOT NULL",
    ),
    "study": ("label TEXT NOT NULL", "note TEXT NOT NULL DEFAULT ''"),
    "study_report": (
        "study INTEGER NOT NULL REFERENCES study", "reference INTEGER NOT NULL REFERENCES reference",
        "part TEXT NOT NULL DEFAULT 'main'",
    ),
    "study_link": (
        "reference_a INTEGER NOT NULL REFERENCES reference",
        "reference_b INTEGER NOT NULL REFERENCES reference",
        "reason TEXT NOT NULL DEFAULT ''", "state TEXT NOT NULL DEFAULT 'suggested'",
    ),
    "rule_set": ("rules TEXT NOT NULL", "at TEXT NOT NULL DEFAULT ''"),
    "merge": (
        "reference INTEGER NOT NULL REFERENCES reference", "kept INTEGER NOT NULL REFERENCES reference",
        "rule TEXT NOT NULL DEFAULT ''", "seen TEXT NOT NULL DEFAULT '{}'",
        "fields TEXT NOT NULL DEFAULT '{}'", "rule_set INTEGER REFERENCES rule_set",
        "person INTEGER REFERENCES person", "at TEXT NOT NULL DEFAULT ''",
    ),
    "not_duplicate": (
        "reference_a INTEGER NOT NULL REFERENCES reference",
        "reference_b INTEGER NOT NULL REFERENCES reference",
        "person INTEGER REFERENCES person", "at TEXT NOT NULL DEFAULT ''",
    ),
    "characteristic": (
        "reference INTEGER NOT NULL REFERENCES reference", "name TEXT NOT NULL", "value TEXT NOT NULL",
        "state TEXT NOT NULL", "basis TEXT NOT NULL DEFAULT ''", *ADDED_TO_CHARACTERISTIC,
    ),
    "tag": ("name TEXT NOT NULL",),
    "reference_tag": (
        "reference INTEGER NOT NULL REFERENCES reference", "tag INTEGER NOT NULL REFERENCES tag",
    ),
    "note": (
        "reference INTEGER REFERENCES reference", "theme INTEGER REFERENCES theme",
        "block INTEGER REFERENCES block", "text TEXT NOT NULL", "kind TEXT NOT NULL DEFAULT 'note'",
        "person INTEGER REFERENCES person", "at TEXT NOT NULL DEFAULT ''", *ADDED_TO_NOTE,
    ),
    "attachment": (
        "reference INTEGER NOT NULL REFERENCES reference", "name TEXT NOT NULL",
        "kind TEXT NOT NULL DEFAULT ''",
        "sha256 TEXT NOT NULL DEFAULT ''", "size INTEGER NOT NULL DEFAULT 0", "url TEXT NOT NULL DEFAULT ''",
    ),
    "theme": (
        "name TEXT NOT NULL", "kind TEXT NOT NULL", "definition TEXT NOT NULL DEFAULT ''",
        "question INTEGER REFERENCES question", "position REAL NOT NULL DEFAULT 0", *ADDED_TO_THEME,
    ),
    "theme_parent": (
        "theme INTEGER NOT NULL REFERENCES theme", "parent INTEGER NOT NULL REFERENCES theme",
        "position REAL NOT NULL DEFAULT 0",
    ),
    "absence": (
        "reference INTEGER NOT NULL REFERENCES reference", "theme INTEGER NOT NULL REFERENCES theme",
        "person INTEGER REFERENCES person", "at TEXT NOT NULL DEFAULT ''",
    ),
    "cell_summary": (
        "reference INTEGER NOT NULL REFERENCES reference", "theme INTEGER NOT NULL REFERENCES theme",
        "text TEXT NOT NULL", "person INTEGER REFERENCES person", "at TEXT NOT NULL DEFAULT ''",
    ),
    "cell_mark": (
        "reference INTEGER NOT NULL REFERENCES reference", "code INTEGER REFERENCES code",
        "name TEXT NOT NULL DEFAULT ''", "value TEXT NOT NULL DEFAULT ''", "kind TEXT NOT NULL",
        "text TEXT NOT NULL DEFAULT ''", "person INTEGER REFERENCES person", "at TEXT NOT NULL DEFAULT ''",
    ),
    "section": (
        "title TEXT NOT NULL", "kind TEXT NOT NULL DEFAULT ''", "parent INTEGER REFERENCES section",
        "theme INTEGER REFERENCES theme", "position REAL NOT NULL DEFAULT 0",
    ),
    "block": (
        "section INTEGER NOT NULL REFERENCES section", "theme INTEGER REFERENCES theme",
        "kind TEXT NOT NULL DEFAULT 'paragraph'", "direction TEXT", "runs TEXT NOT NULL",
        "text TEXT NOT NULL DEFAULT ''", "position REAL NOT NULL DEFAULT 0",
    ),
    "anchor": (
        "block INTEGER NOT NULL REFERENCES block", "role TEXT NOT NULL DEFAULT 'evidence'",
        "position REAL NOT NULL DEFAULT 0",
    ),
    "citation": (
        "anchor INTEGER NOT NULL REFERENCES anchor", "reference INTEGER NOT NULL REFERENCES reference",
        "position REAL NOT NULL DEFAULT 0", "locator TEXT NOT NULL DEFAULT ''",
        "label TEXT NOT NULL DEFAULT 'page'", "prefix TEXT NOT NULL DEFAULT ''",
        "suffix TEXT NOT NULL DEFAULT ''",
    ),
    "passage": (
        "kind TEXT NOT NULL", "theme INTEGER REFERENCES theme", "title TEXT NOT NULL DEFAULT ''",
        "runs TEXT NOT NULL DEFAULT '[]'", "details TEXT NOT NULL DEFAULT '{}'",
        "position REAL NOT NULL DEFAULT 0",
    ),
    "waiver": (
        "rule TEXT NOT NULL", "subject TEXT NOT NULL", "reason TEXT NOT NULL",
        "person INTEGER REFERENCES person", "at TEXT NOT NULL DEFAULT ''",
    ),
    "saved_search": ("name TEXT NOT NULL", "query TEXT NOT NULL", "position REAL NOT NULL DEFAULT 0"),
    **SCREENING_TABLES,
    **CODING_TABLES,
}  # fmt: skip
"""The review itself: all of it changes through edits only."""

HISTORY_TABLES: Final[dict[str, tuple[str, ...]]] = {
    "edit": (
        "id INTEGER PRIMARY KEY AUTOINCREMENT", "guid TEXT NOT NULL UNIQUE", "label TEXT NOT NULL",
        "person INTEGER REFERENCES person", "at TEXT NOT NULL",
        "kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo'))", '"of" INTEGER REFERENCES edit',
        "finished INTEGER NOT NULL DEFAULT 0", "forgotten INTEGER NOT NULL DEFAULT 0",
    ),
    "edit_change": (
        "id INTEGER PRIMARY KEY AUTOINCREMENT", "edit INTEGER NOT NULL REFERENCES edit", "tbl TEXT NOT NULL",
        '"row" INTEGER', "last_row INTEGER", "change TEXT NOT NULL", '"column" TEXT', "before TEXT",
        '"after" TEXT',
    ),
    "edit_before": (
        "edit INTEGER NOT NULL REFERENCES edit", "tbl TEXT NOT NULL", '"column" TEXT NOT NULL',
        '"row" INTEGER NOT NULL', "before ANY", '"after" ANY',
    ),
}  # fmt: skip
"""The audit trail (`edit`, never shortened) and what undo needs (the other two, the oldest dropped)."""

CACHE_TABLES: Final[dict[str, tuple[str, ...]]] = {
    "cache_setting": ("key TEXT PRIMARY KEY", "value TEXT"),
    "cache_crossref": (
        "asked TEXT PRIMARY KEY", "doi TEXT", "state TEXT NOT NULL", "reason TEXT NOT NULL DEFAULT ''",
        "fetched_at TEXT NOT NULL", "work TEXT",
    ),
    "search_stale": ("kind TEXT NOT NULL", '"row" INTEGER NOT NULL', 'PRIMARY KEY (kind, "row")'),
}  # fmt: skip
"""What can be rebuilt at will; written by `Project.keep`, never undone."""

_LIVE: Final = "WHERE removed IS NULL AND merged_into IS NULL"
"""Lists are read from these indexes alone: the rows themselves are wide, abstracts and all."""

INDEXES: Final = (
    "CREATE INDEX reference_live ON reference (removed, merged_into)",
    f"CREATE INDEX reference_by_title ON reference (sort_title, id) {_LIVE}",
    f"CREATE INDEX reference_by_author ON reference (sort_author, id) {_LIVE}",
    f"CREATE INDEX reference_by_year ON reference (year, id) {_LIVE}",
    "CREATE INDEX reference_by_doi ON reference (doi) WHERE doi IS NOT NULL",
    "CREATE INDEX reference_merged ON reference (merged_into) WHERE merged_into IS NOT NULL",
    "CREATE INDEX bibliography_entry_by_reference ON bibliography_entry (reference)",
    "CREATE INDEX bibliography_entry_by_number ON bibliography_entry (bibliography, number)",
    "CREATE INDEX record_by_reference ON record (reference)",
    "CREATE INDEX record_by_file ON record (search_file)",
    "CREATE INDEX record_live ON record (search_file, reference) WHERE removed IS NULL",
    "CREATE INDEX reference_in_a_set ON reference (standing) WHERE standing IS NOT NULL",
    "CREATE INDEX decision_by_reference ON decision (reference)",
    "CREATE INDEX provenance_by_reference ON provenance (reference)",
    "CREATE INDEX characteristic_by_reference ON characteristic (reference)",
    'CREATE INDEX merge_by_reference ON "merge" (reference)',
    "CREATE INDEX study_report_by_reference ON study_report (reference)",
    "CREATE INDEX reference_tag_by_reference ON reference_tag (reference)",
    "CREATE INDEX note_by_reference ON note (reference)",
    "CREATE INDEX attachment_by_reference ON attachment (reference)",
    "CREATE INDEX absence_by_reference ON absence (reference)",
    "CREATE INDEX cell_summary_by_reference ON cell_summary (reference)",
    "CREATE INDEX cell_mark_by_reference ON cell_mark (reference)",
    "CREATE INDEX block_by_section ON block (section, position)",
    "CREATE INDEX block_by_theme ON block (theme)",
    "CREATE INDEX anchor_by_block ON anchor (block)",
    "CREATE INDEX citation_by_anchor ON citation (anchor)",
    "CREATE INDEX citation_by_reference ON citation (reference)",
    'CREATE INDEX edit_by_of ON edit ("of")',
    'CREATE INDEX edit_change_by_edit ON edit_change (edit)',
    'CREATE INDEX edit_change_by_row ON edit_change (tbl, "row")',
    'CREATE UNIQUE INDEX edit_before_by_edit ON edit_before (edit, tbl, "column", "row")',
    UNFINISHED,
    *SCREENING_INDEXES,
    *CODING_INDEXES,
)  # fmt: skip

ONLY: Final = {"reference": "AND merged_into IS NULL"}
"""What a `live_` view leaves out besides removed rows and those of unfinished work, by table."""

SEARCH_COLUMNS: Final = {
    "title": ("title", "original_title", "title_short"),
    "author": tuple(column_of(variable) for variable in NAME_VARIABLES),
    "abstract": ("abstract", "original_abstract"),
    "journal": ("container_title", "container_title_short", "publisher"),
    "note": ("note",),
    "tag": ("keyword",),
    "doi": ("doi",),
    "url": ("url",),
}
"""The columns of the search index, named as the fields of a query, and what of a reference goes into each.

Notes and tags of the reviewer are added to `note` and `tag`."""

SEARCHED: Final = {
    "reference": tuple(column for columns in SEARCH_COLUMNS.values() for column in columns),
    "note": ("text", "removed", "reference"),
    "reference_tag": ("removed",),
    "block": ("text",),
}
"""Columns whose change makes the search index stale, by table."""


GATHERING: Final = ("INSERT INTO search_reference (search_reference, rank) VALUES ('automerge', 16)",)
"""The search index joins its parts when there are 16 of them, not 4: a third less work for large imports."""


def create_statements() -> list[str]:
    """Return the statements that make an empty project file, in order."""
    statements = []
    for name, columns in (*HISTORY_TABLES.items(), *CACHE_TABLES.items()):
        statements.append(f'CREATE TABLE "{name}" ({", ".join(columns)}) STRICT')
    for name in REVIEW_TABLES:
        statements += table_statements(name)
    statements += INDEXES
    statements += search_statements()
    return statements


def table_statements(name: str) -> list[str]:
    """Return the statements that make one table of the review and its view of live rows."""
    body = ", ".join((*_COMMON, *REVIEW_TABLES[name], _REMOVED))
    return [f'CREATE TABLE "{name}" ({body}) STRICT', f'CREATE VIEW "live_{name}" AS {_live(name)}']


def _live(name: str) -> str:
    if name in LED_ON:
        return led_on(name, [name_of(column) for column in REVIEW_TABLES[name]])
    row = f'"{name}".id'
    return f'SELECT * FROM "{name}" WHERE removed IS NULL {ONLY.get(name, "")} AND {finished(name, row)}'


def search_statements() -> list[str]:
    """Return the statements that make the search index and the triggers that note what is stale."""
    statements = [
        f"""CREATE VIRTUAL TABLE search_reference USING fts5(
               {", ".join(SEARCH_COLUMNS)}, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3')""",
        """CREATE VIRTUAL TABLE search_block USING fts5(text, tokenize = "unicode61 remove_diacritics 0")""",
    ]
    statements += GATHERING
    for table, columns in SEARCHED.items():
        of_reference = table in ("note", "reference_tag")
        kind, row = ("reference", KEPT.format(row="NEW.reference")) if of_reference else (table, "NEW.id")
        guard = " WHEN NEW.reference IS NOT NULL" if of_reference else ""
        note = f"INSERT OR IGNORE INTO search_stale (kind, \"row\") VALUES ('{kind}', {row})"
        named = ", ".join(f'"{column}"' for column in columns)
        statements.append(
            f"CREATE TRIGGER stale_{table}_made AFTER INSERT ON {table}{guard} BEGIN {note}; END"
        )
        statements.append(
            f"CREATE TRIGGER stale_{table}_set AFTER UPDATE OF {named} ON {table}{guard} BEGIN {note}; END"
        )
    statements.append(STALE_WHEN_MERGED)
    return statements


def columns_of_table(table: str) -> frozenset[str]:
    """Return the columns an edit may set in a table of the review; raises KeyError for any other table."""
    return _SETTABLE[table]


@cache
def filled_columns(table: str) -> frozenset[str]:
    """Return the columns of a table of the review that are never NULL, or not when nothing is said."""
    return frozenset(
        name_of(column) for column in REVIEW_TABLES[table] if "NOT NULL" in column or "DEFAULT" in column
    )


def name_of(column: str) -> str:
    """Return the name of a column from its definition."""
    return column.split(" ", 1)[0].strip('"')


_SETTABLE: Final = {
    name: frozenset(name_of(column) for column in columns) | {"removed"}
    for name, columns in REVIEW_TABLES.items()
}
