"""Kinds of sources, and which fields of PRISMA-S each of them has.

Source: PRISMA-S (Rethlefsen et al. 2021), items 1 to 15; 16, how duplicates were removed, is the review's."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Group(StrEnum):
    """How sources are told apart on screen and in the flow diagram."""

    DATABASES = "databases"
    OTHER = "other"
    SUPPORT = "support"
    """Search filters and tools: they give words, and no records."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source: its word, its group, its icon and what its name is called on the form."""

    word: str
    group: Group
    icon: str
    named: str


PREVIOUS_VERSION: Final = "previous version"
"""The kind of a source that holds what an earlier version of the same review included."""

KINDS: Final = (
    Kind("database", Group.DATABASES, "ph.database", "Database"),
    Kind("register", Group.DATABASES, "ph.clipboard-text", "Register"),
    Kind("search platform", Group.DATABASES, "ph.database", "Search platform"),
    Kind("search engine", Group.OTHER, "ph.globe", "Engine"),
    Kind("website", Group.OTHER, "ph.globe", "Website"),
    Kind("organisation", Group.OTHER, "ph.buildings", "Organisation"),
    Kind("citation searching", Group.OTHER, "ph.quotes", "Method"),
    Kind("literature mapping", Group.OTHER, "ph.share-network", "Method"),
    Kind("hand searching", Group.OTHER, "ph.hand", "Journal or volume"),
    Kind("contact", Group.OTHER, "ph.user", "Whom we asked"),
    Kind("catalogue", Group.OTHER, "ph.books", "Catalogue"),
    Kind(PREVIOUS_VERSION, Group.OTHER, "ph.clock-counter-clockwise", "Review"),
    Kind("published search filter", Group.SUPPORT, "ph.funnel-simple", "Filter"),
    Kind("search development", Group.SUPPORT, "ph.wrench", "Tool"),
)  # fmt: skip
WITHOUT_A_FILE: Final = tuple(kind for kind in KINDS if kind.group is Group.OTHER)


def kind_called(word: str) -> Kind:
    """Return the kind of this word; one we do not know is another method."""
    return next((kind for kind in KINDS if kind.word == word), Kind(word, Group.OTHER, "ph.globe", "Source"))


@dataclass(frozen=True, slots=True)
class SearchField:
    """A field of the form: its column, what it is called, and how it is typed."""

    column: str
    label: str
    hint: str = ""
    number: bool = False
    long: bool = False


Form = tuple[tuple[SearchField, ...], ...]

_RUN: Final = (SearchField("searcher", "Searched by"), SearchField("run", "Run on"))
_NOTE: Final = (SearchField("note", "Note", long=True),)
_CLAIMED: Final = SearchField("claimed", "Records claimed", number=True)

_DATABASE: Final = (
    (SearchField("name", "Database"), SearchField("platform", "Platform")),
    _RUN,
    (SearchField("covers", "Years searched"), _CLAIMED),
    (SearchField("indexes", "Indexes or segments", long=True),),
    (SearchField("limits", "Limits, and why", long=True),),
    (SearchField("filters", "Filters cited", long=True),),
    (SearchField("prior_work", "Earlier searches used", long=True),),
    (SearchField("peer_review", "Peer review of the query"), SearchField("update_method", "Update")),
    _NOTE,
)
_WEB: Final = (
    (SearchField("name", "Engine"), SearchField("signed_in", "Signed in")),
    _RUN,
    (SearchField("seen", "Seen", number=True), SearchField("kept", "Kept", number=True)),
    (SearchField("sorted_by", "Sorted by"), SearchField("covers", "Years searched")),
    (SearchField("stopped", "Why it stopped", long=True),),
    (_CLAIMED, SearchField("update_method", "Update")),
    (SearchField("limits", "Limits, and why", long=True),),
    _NOTE,
)
_BY_HAND: Final = (
    (SearchField("name", "Method"), SearchField("platform", "Where or with what")),
    _RUN,
    (
        SearchField(
            "method", "How it was done", "cited, citing, from which works, how many rounds", long=True
        ),
    ),
    (SearchField("seen", "Seen", number=True), SearchField("kept", "Kept", number=True)),
    (SearchField("covers", "Years searched"), SearchField("update_method", "Update")),
    (SearchField("stopped", "Why it stopped", long=True),),
    _NOTE,
)
_SUPPORT: Final = (
    (SearchField("name", "Filter or tool"), SearchField("platform", "Platform")),
    (SearchField("source_note", "Note", long=True),),
)
_ON_THE_WEB: Final = ("search engine", "website", "organisation", "catalogue")


def form_of(word: str) -> Form:
    """Return the rows of the form for a kind of source."""
    kind = kind_called(word)
    if kind.group is Group.SUPPORT:
        return _SUPPORT
    rows: Form = _DATABASE if kind.group is Group.DATABASES else _WEB if word in _ON_THE_WEB else _BY_HAND
    (first, *others), *rest = rows
    return ((SearchField("name", kind.named), *others), *rest) if first.column == "name" else rows
