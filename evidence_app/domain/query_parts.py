"""What a search query is made of: its nodes, the fields it may name, and what can be wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from evidence_app.domain.csl import TYPES


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand side by side in a text, or one value of a choice or flag.

    `field` None means every text field with `everywhere`. `phrase` says that the user quoted it; `prefix`
    that the last word need only begin so."""

    field: str | None
    value: str
    phrase: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers from low to high, both included; None is open."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Missing:
    """The field says nothing."""

    field: str


@dataclass(frozen=True, slots=True)
class Has:
    """The field says something."""

    field: str


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever the part does not find."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """What all the parts find; there are two or more."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What any of the parts finds; there are two or more."""

    parts: tuple["Node", ...]


Node = Term | Range | Missing | Has | Not | And | Or


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """Something in the query that could not be taken as written, with its place in the text."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """A query as read; `root` is None where the text asks for nothing, which finds everything."""

    text: str
    root: Node | None = None
    problems: tuple[QueryProblem, ...] = ()

    def terms(self) -> Iterator[Term]:
        """Yield the words asked for, those behind NOT left out, for marking them in what was found."""
        waiting = [self.root] if self.root else []
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, Term):
                yield node
            elif isinstance(node, And | Or):
                waiting[:0] = node.parts


class FieldKind(StrEnum):
    """What a field holds, which decides how its value is read."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryField:
    """A field a query may name; `also` are other names for it, `everywhere` is searched without a name."""

    name: str
    kind: FieldKind
    help: str
    choices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    everywhere: bool = False


SETS: Final = ("bibliography", "included", "background", "undecided")
UPDATES: Final = ("retraction", "concern", "correction", "version")
CROSSREF: Final = ("found", "differs", "not-found", "failed")
ROLES: Final = ("evidence", "definition", "context", "contrast")
YES_NO: Final = ("yes", "no")

_TEXT, _NUMBER, _CHOICE, _FLAG = FieldKind.TEXT, FieldKind.NUMBER, FieldKind.CHOICE, FieldKind.FLAG

FIELDS: Final = (
    QueryField(name="title", kind=_TEXT, everywhere=True, help="Words of the title, in either language"),
    QueryField(name="author", kind=_TEXT, everywhere=True, also=("authors", "people", "editor", "by"),
               help="Authors, editors and other people or bodies"),
    QueryField(name="abstract", kind=_TEXT, everywhere=True,
               help="Words of the abstract, in either language"),
    QueryField(name="journal", kind=_TEXT, everywhere=True, also=("container", "publisher", "source"),
               help="Journal, book or site it appeared in, or its publisher"),
    QueryField(name="note", kind=_TEXT, everywhere=True, also=("notes",), help="Your notes"),
    QueryField(name="tag", kind=_TEXT, everywhere=True, also=("tags", "keyword"), help="Tags and keywords"),
    QueryField(name="theme", kind=_TEXT, also=("themes", "topic"),
               help="Themes whose findings cite it, and the themes above them"),
    QueryField(name="manuscript", kind=_TEXT, also=("finding", "passage", "text"),
               help="Words of the blocks that cite it"),
    QueryField(name="doi", kind=_TEXT, help="DOI, or doi:missing"),
    QueryField(name="url", kind=_TEXT, also=("link",), help="Address on the web"),
    QueryField(name="year", kind=_NUMBER, also=("date", "issued"), help="Year: 2019, 2010..2019, >2015"),
    QueryField(name="number", kind=_NUMBER, also=("no",), help="Citation number: 55..60"),
    QueryField(name="set", kind=_CHOICE, choices=SETS, help="Part of the review it belongs to"),
    QueryField(name="type", kind=_CHOICE, choices=TYPES, also=("kind",), help="Type of work"),
    QueryField(name="role", kind=_CHOICE, choices=ROLES, help="What it is cited for"),
    QueryField(name="updates", kind=_CHOICE, choices=UPDATES, also=("update",),
               help="Retracted, corrected or of concern by Crossref"),
    QueryField(name="crossref", kind=_CHOICE, choices=CROSSREF,
               help="What asking Crossref about its DOI came to, or crossref:missing where nobody asked"),
    QueryField(name="cited", kind=_FLAG, choices=YES_NO, help="Whether the manuscript cites it"),
    QueryField(name="checked", kind=_FLAG, choices=YES_NO,
               help="Whether somebody checked it against the original"),
)  # fmt: skip
"""Every field of the query language, in the order completion offers them."""

MISSING_WORDS: Final = frozenset({"missing", "none"})
HAS_WORDS: Final = frozenset({"any", "present"})
_BY_NAME: Final = {name: field for field in FIELDS for name in (field.name, *field.also)}


def field_named(name: str) -> QueryField | None:
    """Return the field of this name, in any case and by any of its names."""
    return _BY_NAME.get(name.lower())


def nearest_field(name: str) -> str | None:
    """Return the name of the field somebody may have meant, or None if nothing is near."""
    found = get_close_matches(name.lower(), _BY_NAME, n=1, cutoff=0.6)
    return _BY_NAME[found[0]].name if found else None
