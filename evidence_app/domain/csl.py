"""The shape of a reference: CSL 1.0.2 types and variables.

Source: the CSL 1.0.2 specification, appendices III (types) and IV (variables), and its
`csl-data.json` schema. An item is a plain mapping in CSL-JSON shape: the common language of
the project file, the importers, Crossref and the citation engine.
"""

from typing import Any, Final

CslItem = dict[str, Any]
"""One work in CSL-JSON shape: names as lists of name parts, dates as `date-parts`, else text.

Titles may carry the inline marks CSL allows (`<i> <b> <sub> <sup> <span>`). Beside CSL's own
variables an item may hold those of `OWN_VARIABLES`."""

TYPES: Final = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
    "chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case",
    "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
    "paper-conference", "patent", "performance", "periodical", "personal_communication", "post",
    "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech",
    "standard", "thesis", "treaty", "webpage",
)  # fmt: skip

TEXT_VARIABLES: Final = (
    "abstract", "annote", "archive", "archive_collection", "archive_location", "archive-place",
    "authority", "call-number", "citation-key", "citation-label", "collection-title",
    "container-title", "container-title-short", "dimensions", "division", "DOI", "event-title",
    "event-place", "genre", "ISBN", "ISSN", "jurisdiction", "keyword", "language", "license",
    "medium", "note", "original-publisher", "original-publisher-place", "original-title",
    "part-title", "PMCID", "PMID", "publisher", "publisher-place", "references", "reviewed-genre",
    "reviewed-title", "scale", "source", "status", "title", "title-short", "URL", "volume-title",
    "year-suffix",
)  # fmt: skip

NUMBER_VARIABLES: Final = (
    "chapter-number", "citation-number", "collection-number", "edition", "first-reference-note-number",
    "issue", "locator", "number", "number-of-pages", "number-of-volumes", "page", "page-first",
    "part-number", "printing-number", "section", "supplement-number", "version", "volume",
)  # fmt: skip

DATE_VARIABLES: Final = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")

NAME_VARIABLES: Final = (
    "author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor",
    "curator", "director", "editor", "editorial-director", "executive-producer", "guest", "host",
    "illustrator", "interviewer", "narrator", "organizer", "original-author", "performer", "producer",
    "recipient", "reviewed-author", "script-writer", "series-creator", "translator",
)  # fmt: skip

OWN_VARIABLES: Final = ("original-abstract", "article-number", "published-online", "published-print")
"""What reviewers need and CSL 1.0.2 lacks: the abstract in the work's own language, the article
number where there is no page, and the two dates of publication."""

OWN_DATES: Final = ("published-online", "published-print")

ALL_DATES: Final = DATE_VARIABLES + OWN_DATES

VARIABLES: Final = (
    *TEXT_VARIABLES, *NUMBER_VARIABLES, *DATE_VARIABLES, *NAME_VARIABLES, *OWN_VARIABLES, "custom",
)  # fmt: skip
"""Every variable a reference can store; `custom` holds what no variable fits, by name."""


def without_empty(item: CslItem) -> CslItem:
    """Return the item without variables that say nothing (none, empty text, empty list)."""
    return {name: value for name, value in item.items() if value not in (None, "", [], {})}
