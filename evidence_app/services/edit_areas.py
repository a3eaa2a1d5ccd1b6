"""The parts of the review in which edits happen, by which the history is narrowed."""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Area(NamedTuple):
    """A part of the review in which edits happen: its name, and its tables."""

    name: str
    tables: frozenset[str]


AREAS: Final[Mapping[str, Area]] = {
    "references": Area(
        "References",
        frozenset(
            ("reference", "provenance", "bibliography", "bibliography_entry", "tag", "reference_tag",
             "attachment", "record", "merge", "rule_set", "not_duplicate"),
        ),
    ),
    "manuscript": Area(
        "Manuscript", frozenset(("section", "block", "anchor", "citation", "passage", "stated_number"))
    ),
    "themes": Area(
        "Themes",
        frozenset(
            ("theme", "theme_parent", "theme_code", "theme_relation", "theme_version", "board_place",
             "support", "contribution", "absence", "cell_summary", "cell_mark"),
        ),
    ),
    "screening": Area(
        "Screening",
        frozenset(
            ("decision", "decision_reason", "exclusion_reason", "protocol", "concept", "role", "amendment",
             "look_again", "flag", "term", "sample", "sample_member", "packet", "packet_answer",
             "field_conflict", "ranking", "flow_note"),
        ),
    ),
    "studies": Area(
        "Studies",
        frozenset(
            ("study", "study_report", "study_link", "retrieval", "extraction_field", "characteristic"),
        ),
    ),
    "coding": Area(
        "Coding",
        frozenset(
            ("document", "region", "coding_status", "quotation", "quotation_link", "code", "coding", "layer",
             "exchange"),
        ),
    ),
    "searches": Area(
        "Searches", frozenset(("source", "search", "search_file", "search_work", "capture", "saved_search"))
    ),
    "checks": Area("Checks", frozenset(("waiver",))),
    "review": Area("Review", frozenset(("review", "question", "criterion", "note", "person"))),
}  # fmt: skip
"""Where edits happen, in the order offered; every table of the review is in one of them."""
