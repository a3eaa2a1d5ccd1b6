"""The tables of documents, quotations, codes, codings and what themes rest on; `schema` joins them in."""

from typing import Final

CODING_TABLES: Final[dict[str, tuple[str, ...]]] = {
    "document": (
        "reference INTEGER NOT NULL REFERENCES reference", "attachment INTEGER REFERENCES attachment",
        "name TEXT NOT NULL", "kind TEXT NOT NULL", "sha256 TEXT NOT NULL DEFAULT ''",
        "text TEXT NOT NULL", "text_sha256 TEXT NOT NULL", "pages TEXT NOT NULL DEFAULT '[]'",
        "replaces INTEGER REFERENCES document", "person INTEGER REFERENCES person",
        "at TEXT NOT NULL DEFAULT ''",
    ),
    "region": (
        "document INTEGER NOT NULL REFERENCES document", "kind TEXT NOT NULL",
        "start INTEGER NOT NULL", '"end" INTEGER NOT NULL', "person INTEGER REFERENCES person",
        "at TEXT NOT NULL DEFAULT ''",
    ),
    "coding_status": (
        "reference INTEGER NOT NULL REFERENCES reference", "person INTEGER REFERENCES person",
        "state TEXT NOT NULL", "at TEXT NOT NULL DEFAULT ''",
    ),
    "quotation": (
        "document INTEGER NOT NULL REFERENCES document", "document_sha256 TEXT NOT NULL DEFAULT ''",
        "page INTEGER", "start INTEGER", '"end" INTEGER', "exact TEXT NOT NULL DEFAULT ''",
        "prefix TEXT NOT NULL DEFAULT ''", "suffix TEXT NOT NULL DEFAULT ''",
        "rectangles TEXT NOT NULL DEFAULT '[]'", "area INTEGER NOT NULL DEFAULT 0",
        "kind TEXT NOT NULL DEFAULT 'direct'", "voice TEXT NOT NULL DEFAULT ''",
        "speaker TEXT NOT NULL DEFAULT ''", "core TEXT NOT NULL DEFAULT ''", "text TEXT NOT NULL DEFAULT ''",
        "important INTEGER NOT NULL DEFAULT 0", "state TEXT NOT NULL DEFAULT 'placed'",
        "origin TEXT NOT NULL DEFAULT ''", "colour TEXT NOT NULL DEFAULT ''",
        "person INTEGER REFERENCES person", "at TEXT NOT NULL DEFAULT ''",
    ),
    "quotation_link": (
        "quotation_a INTEGER NOT NULL REFERENCES quotation",
        "quotation_b INTEGER NOT NULL REFERENCES quotation", "kind TEXT NOT NULL DEFAULT ''",
        "note TEXT NOT NULL DEFAULT ''",
    ),
    "code": (
        "name TEXT NOT NULL", "parent INTEGER REFERENCES code", "colour TEXT NOT NULL DEFAULT ''",
        "definition TEXT NOT NULL DEFAULT ''", "inclusion TEXT NOT NULL DEFAULT ''",
        "exclusion TEXT NOT NULL DEFAULT ''", "codable INTEGER NOT NULL DEFAULT 1",
        "made_from INTEGER REFERENCES quotation", "merged_into INTEGER REFERENCES code",
        "position REAL NOT NULL DEFAULT 0", "person INTEGER REFERENCES person",
        "at TEXT NOT NULL DEFAULT ''",
    ),
    "layer": (
        "name TEXT NOT NULL", "person INTEGER REFERENCES person", "blind INTEGER NOT NULL DEFAULT 0",
    ),
    "coding": (
        "quotation INTEGER NOT NULL REFERENCES quotation", "code INTEGER NOT NULL REFERENCES code",
        "layer INTEGER REFERENCES layer", "memo TEXT NOT NULL DEFAULT ''",
        "person INTEGER REFERENCES person", "at TEXT NOT NULL DEFAULT ''",
    ),
    "theme_code": (
        "theme INTEGER NOT NULL REFERENCES theme", "code INTEGER NOT NULL REFERENCES code",
        "position REAL NOT NULL DEFAULT 0",
    ),
    "theme_relation": (
        "theme_a INTEGER NOT NULL REFERENCES theme", "theme_b INTEGER NOT NULL REFERENCES theme",
        "kind TEXT NOT NULL CHECK (kind IN ('supports', 'contradicts'))", "note TEXT NOT NULL DEFAULT ''",
    ),
    "theme_version": (
        "name TEXT NOT NULL", "board TEXT NOT NULL", "person INTEGER REFERENCES person",
        "at TEXT NOT NULL DEFAULT ''",
    ),
    "board_place": (
        "theme INTEGER REFERENCES theme", "code INTEGER REFERENCES code",
        "x REAL NOT NULL", "y REAL NOT NULL",
    ),
    "support": (
        "block INTEGER NOT NULL REFERENCES block", "quotation INTEGER REFERENCES quotation",
        "coding INTEGER REFERENCES coding", "reference INTEGER REFERENCES reference",
        "disconfirms INTEGER NOT NULL DEFAULT 0", "position REAL NOT NULL DEFAULT 0",
    ),
    "contribution": (
        "block INTEGER NOT NULL REFERENCES block", "reference INTEGER NOT NULL REFERENCES reference",
        "counts INTEGER NOT NULL", "reason TEXT NOT NULL", "person INTEGER REFERENCES person",
        "at TEXT NOT NULL DEFAULT ''",
    ),
    "exchange": (
        "name TEXT NOT NULL", "direction TEXT NOT NULL", "program TEXT NOT NULL DEFAULT ''",
        "report TEXT NOT NULL DEFAULT '{}'", "person INTEGER REFERENCES person",
        "at TEXT NOT NULL DEFAULT ''",
    ),
}  # fmt: skip

ADDED_TO_NOTE: Final = (
    "code INTEGER REFERENCES code", "quotation INTEGER REFERENCES quotation",
    "document INTEGER REFERENCES document", "title TEXT NOT NULL DEFAULT ''",
)  # fmt: skip
ADDED_TO_THEME: Final = ("proposition TEXT NOT NULL DEFAULT ''", "rationale TEXT NOT NULL DEFAULT ''")

CODING_INDEXES: Final = (
    "CREATE INDEX document_by_reference ON document (reference)",
    "CREATE INDEX quotation_by_document ON quotation (document, start)",
    "CREATE INDEX coding_by_quotation ON coding (quotation)",
    "CREATE INDEX coding_by_code ON coding (code)",
    "CREATE INDEX coding_status_by_reference ON coding_status (reference)",
    "CREATE INDEX theme_code_by_theme ON theme_code (theme)",
    "CREATE INDEX theme_code_by_code ON theme_code (code)",
    "CREATE INDEX support_by_block ON support (block)",
    "CREATE INDEX region_by_document ON region (document)",
)
