"""The fields of a reference as a reviewer fills them in: which come first for a type, and how each is typed.

The order follows what the reference lists of health reviews print for each type; every other CSL variable can
be added to any type."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from evidence_app.domain.csl import ALL_DATES, NAME_VARIABLES, TYPES, VARIABLES, CslItem
from evidence_app.domain.dates import format_date, parse_date
from evidence_app.domain.names import names_of, parse_names, shown
from evidence_app.domain.reference import clean_doi

_NO_CASE: Final = re.compile(r'<span class="nocase">(.*)</span>', re.DOTALL)

Row = tuple[str, ...]
"""Variables that stand side by side."""


class FieldKind(StrEnum):
    """How a field is shown and typed."""

    LINE = "line"
    LONG = "long"
    RICH = "rich"
    NAMES = "names"
    DATE = "date"


RICH: Final = frozenset(
    ("title", "original-title", "container-title", "collection-title", "volume-title", "reviewed-title"),
)  # fmt: skip
LONG: Final = frozenset(("abstract", "original-abstract", "annote", "note", "references", "keyword"))
NOT_OFFERED: Final = frozenset(
    ("custom", "citation-number", "citation-label", "first-reference-note-number", "locator", "year-suffix"),
)  # fmt: skip
"""What the citation engine fills in, or what has a place of its own on the screen."""
ELSEWHERE: Final = frozenset(("abstract", "original-abstract", "title-short", "container-title-short"))
"""Shown on another tab, or only for styles that shorten; offered, and shown where something is in it."""

_JOURNAL: Final[tuple[Row, ...]] = (
    ("title",), ("author",), ("container-title",), ("issued", "volume", "issue"), ("page",), ("DOI",),
    ("URL",),
)  # fmt: skip
_BOOK: Final[tuple[Row, ...]] = (
    ("title",), ("author",), ("editor",), ("issued", "edition"), ("publisher",), ("publisher-place",),
    ("ISBN",), ("DOI",), ("URL",),
)  # fmt: skip
_CHAPTER: Final[tuple[Row, ...]] = (
    ("title",), ("author",), ("container-title",), ("editor",), ("issued", "edition", "page"), ("publisher",),
    ("publisher-place",), ("ISBN",), ("DOI",), ("URL",),
)  # fmt: skip
_REPORT: Final[tuple[Row, ...]] = (
    ("title",), ("author",), ("publisher",), ("publisher-place",), ("issued", "number"), ("container-title",),
    ("DOI",), ("URL",), ("accessed",),
)  # fmt: skip
_WEB: Final[tuple[Row, ...]] = (
    ("title",), ("author",), ("container-title",), ("issued", "accessed"), ("publisher",), ("URL",),
)  # fmt: skip
_OTHER: Final[tuple[Row, ...]] = (
    ("title",), ("author",), ("container-title",), ("issued",), ("publisher",), ("DOI",), ("URL",),
)  # fmt: skip

FORMS: Final[Mapping[str, tuple[Row, ...]]] = {
    "article-journal": _JOURNAL,
    "review": _JOURNAL,
    "review-book": (*_JOURNAL[:2], ("reviewed-title",), ("reviewed-author",), *_JOURNAL[2:]),
    "article-magazine": (*_JOURNAL[:3], ("issued", "volume", "issue"), ("page",), ("URL",), ("accessed",)),
    "article-newspaper": (*_JOURNAL[:3], ("issued", "page"), ("URL",), ("accessed",)),
    "article": (("title",), ("author",), ("genre",), ("publisher",), ("issued", "number"), ("DOI",),
                ("URL",)),
    "book": _BOOK, "classic": _BOOK, "pamphlet": _BOOK, "musical_score": _BOOK,
    "collection": (*_BOOK[:1], ("editor",), *_BOOK[3:]), "periodical": (*_BOOK[:1], ("editor",), *_BOOK[3:]),
    "chapter": _CHAPTER, "entry": _CHAPTER, "entry-dictionary": _CHAPTER, "entry-encyclopedia": _CHAPTER,
    "paper-conference": (
        ("title",), ("author",), ("event-title",), ("event-place",), ("container-title",),
        ("issued", "page"), ("publisher",), ("DOI",), ("URL",),
    ),
    "report": _REPORT,
    "standard": (("title",), ("author",), ("number", "issued"), ("publisher",), ("DOI",), ("URL",)),
    "thesis": (("title",), ("author",), ("genre",), ("publisher",), ("publisher-place",), ("issued",),
               ("DOI",), ("URL",)),
    "webpage": _WEB, "post": _WEB, "post-weblog": _WEB,
    "dataset": (("title",), ("author",), ("publisher",), ("issued", "version"), ("DOI",), ("URL",)),
    "software": (("title",), ("author",), ("publisher",), ("issued", "version"), ("DOI",), ("URL",)),
    "legislation": (("title",), ("jurisdiction",), ("number", "section"), ("issued",), ("URL",)),
    "bill": (("title",), ("jurisdiction",), ("number", "section"), ("issued",), ("URL",)),
    "legal_case": (("title",), ("authority",), ("number", "volume", "page"), ("container-title",),
                   ("issued",), ("URL",)),
    "interview": (("title",), ("author",), ("interviewer",), ("issued",), ("medium",), ("URL",)),
    "speech": (("title",), ("author",), ("event-title",), ("event-place",), ("issued",), ("URL",)),
    "personal_communication": (("title",), ("author",), ("recipient",), ("issued",)),
}  # fmt: skip
"""The fields of the types that reviews cite, in order, those of one line together."""

LABELS: Final[Mapping[str, str]] = {
    "DOI": "DOI", "URL": "Web address", "ISBN": "ISBN", "ISSN": "ISSN", "PMID": "PMID", "PMCID": "PMCID",
    "author": "Authors", "editor": "Editors", "translator": "Translators", "issued": "Date",
    "accessed": "Accessed", "container-title": "Published in", "container-title-short": "Short name",
    "title-short": "Short title", "page": "Pages", "page-first": "First page",
    "publisher-place": "Place of publication", "original-title": "Title in its own language",
    "original-abstract": "Abstract in its own language", "number-of-pages": "Number of pages",
    "number-of-volumes": "Number of volumes", "collection-title": "Series", "collection-number":
    "Number in the series", "collection-editor": "Editors of the series", "container-author":
    "Authors of the book", "event-title": "Event", "event-place": "Place of the event",
    "event-date": "Date of the event", "original-date": "First published", "published-online": "Online since",
    "published-print": "In print since", "article-number": "Article number", "keyword": "Keywords",
    "genre": "Kind", "medium": "Medium", "annote": "Annotation", "note": "Note that is printed",
    "archive-place": "Place of the archive", "archive_collection": "Collection in the archive",
    "archive_location": "Place in the archive", "call-number": "Shelf mark", "available-date":
    "Available since",
}  # fmt: skip
_LABELS_OF_TYPE: Final[Mapping[tuple[str, str], str]] = {
    ("article-journal", "container-title"): "Journal", ("review", "container-title"): "Journal",
    ("article-journal", "page"): "Pages or article number", ("article-magazine", "container-title"):
    "Magazine", ("article-newspaper", "container-title"): "Newspaper", ("chapter", "container-title"): "Book",
    ("paper-conference", "container-title"): "Proceedings", ("report", "number"): "Report number",
    ("report", "publisher"): "Publisher", ("thesis", "publisher"): "University",
    ("thesis", "genre"): "Kind of thesis", ("webpage", "container-title"): "Website",
    ("post-weblog", "container-title"): "Blog", ("post", "container-title"): "Website",
    ("article", "publisher"): "Server", ("article", "number"): "Number",
}  # fmt: skip

_TYPE_WORDS: Final[Mapping[str, str]] = {
    "article": "Preprint or article", "article-journal": "Journal article", "article-magazine":
    "Magazine article", "article-newspaper": "Newspaper article", "chapter": "Book chapter",
    "entry-dictionary":
    "Dictionary entry", "entry-encyclopedia": "Encyclopedia entry", "legal_case": "Legal case",
    "motion_picture": "Film", "musical_score": "Musical score", "paper-conference": "Conference paper",
    "personal_communication": "Personal communication", "post-weblog": "Blog post", "post": "Online post",
    "review": "Review of a work", "review-book": "Book review", "webpage": "Web page",
}  # fmt: skip

HINTS: Final[Mapping[FieldKind, str]] = {
    FieldKind.DATE: "2019-04, 15 June 2022, c. 2019 or 2013/2015",
    FieldKind.RICH: "Marks: <i>italics</i>, <b>bold</b>, <sub>low</sub>, <sup>high</sup>",
    FieldKind.NAMES: "Family, Given; a body in {braces}; several at once can be pasted",
}


@dataclass(frozen=True, slots=True)
class FieldOnForm:
    """One field at its place in the form of a type."""

    variable: str
    label: str
    kind: FieldKind


def kind_of(variable: str) -> FieldKind:
    """Return how a variable is shown and typed."""
    if variable in NAME_VARIABLES:
        return FieldKind.NAMES
    if variable in ALL_DATES:
        return FieldKind.DATE
    if variable in RICH:
        return FieldKind.RICH
    return FieldKind.LONG if variable in LONG else FieldKind.LINE


def label_of(variable: str, csl_type: str = "") -> str:
    """Return what a variable is called above its field, for a type of work."""
    known = _LABELS_OF_TYPE.get((csl_type, variable)) or LABELS.get(variable)
    return known or variable.replace("-", " ").replace("_", " ").capitalize()


def type_label(csl_type: str) -> str:
    """Return what a CSL type is called: `article-journal` as Journal article."""
    return _TYPE_WORDS.get(csl_type) or csl_type.replace("_", " ").replace("-", " ").capitalize()


def types_by_label() -> list[tuple[str, str]]:
    """Return every CSL type with its label, from A to Z."""
    return sorted(((name, type_label(name)) for name in TYPES), key=lambda pair: pair[1].casefold())


def form_of(item: CslItem, opened: tuple[str, ...] = ()) -> list[list[FieldOnForm]]:
    """Return the form of a work: the fields of its type, then what else it holds, then those opened."""
    csl_type = str(item.get("type") or "document")
    rows = [list(row) for row in FORMS.get(csl_type, _OTHER)]
    placed = {variable for row in rows for variable in row}
    held = [name for name in VARIABLES if item.get(name) and name not in ELSEWHERE]
    rows += [[name] for name in (*held, *opened) if name not in placed | NOT_OFFERED]
    return [
        [FieldOnForm(name, label_of(name, csl_type), kind_of(name)) for name in row] for row in _once(rows)
    ]


def _once(rows: list[list[str]]) -> list[list[str]]:
    seen: set[str] = set()
    kept = []
    for row in rows:
        fresh = [name for name in row if name not in seen]
        seen.update(fresh)
        if fresh:
            kept.append(fresh)
    return kept


def other_fields(item: CslItem) -> list[FieldOnForm]:
    """Return the fields that can still be added to a work, by label from A to Z."""
    placed = {field.variable for row in form_of(item) for field in row}
    offered = (name for name in VARIABLES if name not in placed | NOT_OFFERED)
    fields = [FieldOnForm(name, label_of(name), kind_of(name)) for name in offered]
    return sorted(fields, key=lambda field: field.label.casefold())


def in_sentence(label: str) -> str:
    """Return a label as it stands in a sentence: DOI and ISSN keep their capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def unwrapped(text: str) -> str:
    """Return a title without the mark that guards its capitals, where that mark is round the whole of it."""
    found = _NO_CASE.fullmatch(text)
    return found[1] if found and "</span>" not in found[1] else text


def wrapped_like(before: Any, after: Any) -> Any:
    """Return a retyped title with its capitals guarded as they were before."""
    if isinstance(before, str) and isinstance(after, str) and unwrapped(before) != before:
        return f'<span class="nocase">{after}</span>'
    return after


def shown_value(variable: str, value: Any) -> str:
    """Return a value as one types it; `read_value` reads it back."""
    if value in (None, "", [], {}):
        return ""
    match kind_of(variable):
        case FieldKind.NAMES:
            return shown(names_of(value))
        case FieldKind.DATE:
            return format_date(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {part}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return str(value)


def read_value(variable: str, text: str) -> Any:
    """Return what a typed text means for a variable; nothing typed is None."""
    text = text.strip()
    if not text:
        return None
    match kind_of(variable):
        case FieldKind.NAMES:
            return [name.to_csl() for name in parse_names(text)]
        case FieldKind.DATE:
            return parse_date(text)
    if variable == "DOI":
        return clean_doi(text) or text
    return text
