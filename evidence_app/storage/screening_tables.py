"""The tables of protocol, screening, full texts, studies and the flow diagram; `schema` joins them in."""

from typing import Final

SCREENING_TABLES: Final[dict[str, tuple[str, ...]]] = {
    "protocol": (
        "review_type TEXT NOT NULL DEFAULT ''", "blind INTEGER NOT NULL DEFAULT 1",
        "double_share REAL", "maybe_counts TEXT NOT NULL DEFAULT 'include'",
        "calibration INTEGER", "least_agreement REAL", "after_poor_check TEXT NOT NULL DEFAULT ''",
        "registration TEXT NOT NULL DEFAULT ''", "form TEXT NOT NULL DEFAULT ''",
    ),
    "concept": (
        "name TEXT NOT NULL", "text TEXT NOT NULL DEFAULT ''", "position REAL NOT NULL DEFAULT 0",
    ),
    "role": ("person INTEGER NOT NULL REFERENCES person", "role TEXT NOT NULL"),
    "amendment": (
        "text TEXT NOT NULL", "reason TEXT NOT NULL DEFAULT ''", "criterion INTEGER REFERENCES criterion",
        "before TEXT NOT NULL DEFAULT ''", "after TEXT NOT NULL DEFAULT ''",
        "person INTEGER REFERENCES person", "at TEXT NOT NULL DEFAULT ''",
    ),
    "look_again": (
        "reference INTEGER NOT NULL REFERENCES reference", "stage TEXT NOT NULL",
        "amendment INTEGER REFERENCES amendment", "at TEXT NOT NULL DEFAULT ''",
    ),
    "exclusion_reason": (
        "stage TEXT NOT NULL", "name TEXT NOT NULL", "criterion INTEGER REFERENCES criterion",
        "position REAL NOT NULL DEFAULT 0",
    ),
    "decision_reason": (
        "decision INTEGER NOT NULL REFERENCES decision",
        "exclusion_reason INTEGER NOT NULL REFERENCES exclusion_reason",
    ),
    "flag": (
        "reference INTEGER NOT NULL REFERENCES reference", "stage TEXT NOT NULL",
        "person INTEGER REFERENCES person", "at TEXT NOT NULL DEFAULT ''",
    ),
    "term": (
        "text TEXT NOT NULL", "kind TEXT NOT NULL CHECK (kind IN ('include', 'exclude', 'neutral'))",
        "position REAL NOT NULL DEFAULT 0",
    ),
    "sample": (
        "name TEXT NOT NULL", "stage TEXT NOT NULL",
        "purpose TEXT NOT NULL CHECK (purpose IN ('check', 'calibration', 'audit'))",
        "seed INTEGER", "share REAL", "drawn_from INTEGER", "person INTEGER REFERENCES person",
        "at TEXT NOT NULL DEFAULT ''",
    ),
    "sample_member": (
        "sample INTEGER NOT NULL REFERENCES sample", "reference INTEGER NOT NULL REFERENCES reference",
        "position INTEGER NOT NULL DEFAULT 0",
    ),
    "packet": (
        "stage TEXT NOT NULL", "sample INTEGER REFERENCES sample", "person INTEGER REFERENCES person",
        "records INTEGER NOT NULL DEFAULT 0", "given_out INTEGER NOT NULL DEFAULT 0",
        "at TEXT NOT NULL DEFAULT ''",
    ),
    "packet_answer": (
        "packet INTEGER NOT NULL REFERENCES packet", "sha256 TEXT NOT NULL",
        "person INTEGER REFERENCES person", "decisions INTEGER NOT NULL DEFAULT 0",
        "moments TEXT NOT NULL DEFAULT '{}'", "at TEXT NOT NULL DEFAULT ''",
    ),
    "field_conflict": (
        "reference INTEGER NOT NULL REFERENCES reference", "variable TEXT NOT NULL",
        "base TEXT", "mine TEXT", "theirs TEXT", "packet INTEGER REFERENCES packet",
        "person INTEGER REFERENCES person", "state TEXT NOT NULL DEFAULT 'open'",
    ),
    "ranking": (
        "stage TEXT NOT NULL", "model TEXT NOT NULL DEFAULT ''", "rule TEXT NOT NULL",
        "threshold REAL NOT NULL", "note TEXT NOT NULL DEFAULT ''", "person INTEGER REFERENCES person",
        "started_at TEXT NOT NULL DEFAULT ''", "ended_at TEXT", "ended_why TEXT NOT NULL DEFAULT ''",
    ),
    "retrieval": (
        "reference INTEGER NOT NULL REFERENCES reference",
        "state TEXT NOT NULL CHECK (state IN ('sought', 'requested', 'received', 'not available'))",
        "how TEXT NOT NULL DEFAULT ''", "note TEXT NOT NULL DEFAULT ''", "person INTEGER REFERENCES person",
        "at TEXT NOT NULL DEFAULT ''",
    ),
    "extraction_field": (
        "name TEXT NOT NULL", "kind TEXT NOT NULL DEFAULT 'text'", "choices TEXT NOT NULL DEFAULT '[]'",
        "several INTEGER NOT NULL DEFAULT 0", "explanation TEXT NOT NULL DEFAULT ''",
        "position REAL NOT NULL DEFAULT 0",
    ),
    "flow_note": (
        "equation TEXT NOT NULL", "text TEXT NOT NULL", "person INTEGER REFERENCES person",
        "at TEXT NOT NULL DEFAULT ''",
    ),
}  # fmt: skip

ADDED_TO_CRITERION: Final = (
    "code TEXT NOT NULL DEFAULT ''", "concept INTEGER REFERENCES concept",
)  # fmt: skip
ADDED_TO_DECISION: Final = (
    "exclusion_reason INTEGER REFERENCES exclusion_reason", "note TEXT NOT NULL DEFAULT ''",
    "made_as TEXT NOT NULL DEFAULT 'reviewer'", "shown_by TEXT NOT NULL DEFAULT ''", "score REAL",
    "ranking INTEGER REFERENCES ranking", "packet INTEGER REFERENCES packet",
)  # fmt: skip
ADDED_TO_CHARACTERISTIC: Final = (
    "place TEXT NOT NULL DEFAULT ''", "person INTEGER REFERENCES person", "at TEXT NOT NULL DEFAULT ''",
    "draft INTEGER NOT NULL DEFAULT 0",
)  # fmt: skip

SCREENING_INDEXES: Final = (
    "CREATE INDEX decision_live ON decision (stage, reference) WHERE removed IS NULL",
    "CREATE INDEX look_again_by_reference ON look_again (reference)",
    "CREATE INDEX flag_by_reference ON flag (reference)",
    "CREATE INDEX sample_member_by_reference ON sample_member (reference)",
    "CREATE INDEX sample_member_by_sample ON sample_member (sample)",
    "CREATE INDEX field_conflict_by_reference ON field_conflict (reference)",
    "CREATE INDEX retrieval_by_reference ON retrieval (reference)",
    "CREATE INDEX decision_reason_by_decision ON decision_reason (decision)",
)
