"""Whether a reference answers a query, by looking at plain values: what the index must agree with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.csl import NAME_VARIABLES
from evidence_app.domain.names import names_of
from evidence_app.domain.query_parts import (
    FIELDS,
    And,
    FieldKind,
    Has,
    Missing,
    Node,
    Not,
    Or,
    Query,
    Range,
    Term,
    field_named,
)
from evidence_app.domain.query_words import words
from evidence_app.domain.reference import Reference, plain
from evidence_app.domain.synthesis import Theme


class Searchable(Protocol):
    """A reference as the query language sees it."""

    def text(self, field: str) -> str:
        """Return the words of a text field, several one after the other; empty if there are none."""
        ...

    def values(self, field: str) -> Collection[str | int]:
        """Return the numbers, choices or flag (`yes`, `no`) of any other field."""
        ...


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A reference's searchable values held as they are."""

    texts: Mapping[str, str] = field(default_factory=dict)
    other: Mapping[str, Collection[str | int]] = field(default_factory=dict)

    def text(self, field: str) -> str:
        """Return the words of a text field."""
        return self.texts.get(field, "")

    def values(self, field: str) -> Collection[str | int]:
        """Return the numbers, choices or flag of any other field."""
        return self.other.get(field, ())


def matches(query: Query | Node | None, view: Searchable) -> bool:
    """Return whether the reference answers the query; an empty query is answered by all."""
    node = query.root if isinstance(query, Query) else query
    match node:
        case None:
            return True
        case And(parts):
            return all(matches(part, view) for part in parts)
        case Or(parts):
            return any(matches(part, view) for part in parts)
        case Not(part):
            return not matches(part, view)
        case Range(name, low, high):
            return any(_within(value, low, high) for value in view.values(name))
        case Missing(name):
            return not _says_something(name, view)
        case Has(name):
            return _says_something(name, view)
        case Term():
            return _term_matches(node, view)


def _within(value: str | int, low: int | None, high: int | None) -> bool:
    return isinstance(value, int) and (low is None or value >= low) and (high is None or value <= high)


def _says_something(name: str, view: Searchable) -> bool:
    known = field_named(name)
    if known is not None and known.kind is FieldKind.TEXT:
        return bool(view.text(name).strip())
    return bool(view.values(name))


def _term_matches(term: Term, view: Searchable) -> bool:
    known = field_named(term.field) if term.field else None
    if known is not None and known.kind is not FieldKind.TEXT:
        return term.value in view.values(known.name)
    names = [known.name] if known else [each.name for each in FIELDS if each.everywhere]
    asked = words(term.value)
    return any(_side_by_side(asked, words(view.text(name)), term.prefix) for name in names)


def _side_by_side(asked: Sequence[str], text: Sequence[str], prefix: bool) -> bool:
    if not asked:
        return True
    for at in range(len(text) - len(asked) + 1):
        last = text[at + len(asked) - 1]
        if list(text[at : at + len(asked) - 1]) == list(asked[:-1]) and (
            last.startswith(asked[-1]) if prefix else last == asked[-1]
        ):
            return True
    return False


def reference_view(
    contents: ReviewContents, reference: Reference, tags: Sequence[str] = (), notes: Sequence[str] = ()
) -> ReferenceView:
    """Return what the query language sees of a reference; tags and notes lie outside the contents."""
    item = reference.item
    citing = [
        (block, anchor)
        for block, anchor in contents.anchors()
        if any(work.reference == reference.id for work in anchor.works)
    ]
    themes = {theme for block, _ in citing if block.is_finding for theme in _upwards(contents, block.theme)}
    texts = {
        "title": _lines(item.get("title"), item.get("original-title"), item.get("title-short")),
        "author": _lines(*_people(reference)),
        "abstract": _lines(item.get("abstract"), item.get("original-abstract")),
        "journal": _lines(
            item.get("container-title"), item.get("container-title-short"), item.get("publisher")
        ),
        "note": _lines(item.get("note"), *notes),
        "tag": _lines(item.get("keyword"), *tags),
        "theme": _lines(*(theme.name for theme in contents.themes if theme.id in themes)),
        "manuscript": _lines(*dict.fromkeys(block.text for block, _ in citing)),
        "doi": _lines(item.get("DOI")),
        "url": _lines(item.get("URL")),
    }
    other: dict[str, Collection[str | int]] = {
        "year": () if reference.year is None else (reference.year,),
        "number": () if reference.number is None else (reference.number,),
        "set": _sets(reference),
        "type": (str(item["type"]),) if item.get("type") else (),
        "role": {anchor.role.value for _, anchor in citing},
        "updates": {update.group for update in contents.updates if update.reference == reference.id},
        "crossref": [
            state.replace(" ", "-") for state in (contents.crossref_states.get(reference.id),) if state
        ],
        "cited": ("yes" if citing else "no",),
        "checked": ("yes" if reference.checked_at else "no",),
    }
    return ReferenceView(texts, other)


def _lines(*texts: object) -> str:
    return "\n".join(plain(str(text)) for text in texts if text)


def _people(reference: Reference) -> list[str]:
    names = [name for variable in NAME_VARIABLES for name in names_of(reference.item.get(variable))]
    return [
        " ".join(part for part in (name.particle, name.family, name.given, name.suffix, name.literal) if part)
        for name in names
    ]


def _sets(reference: Reference) -> tuple[str, ...]:
    decided = {True: "included", False: "background", None: "undecided"}[reference.included]
    return (decided,) if reference.number is None else (decided, "bibliography")


def _upwards(contents: ReviewContents, theme: int | None) -> set[int]:
    """Return the theme and everything above it, by every parent."""
    found: set[int] = set()
    waiting = [theme] if theme is not None else []
    while waiting:
        at = waiting.pop()
        known: Theme | None = contents.theme_by_id.get(at)
        if at not in found and known is not None:
            found.add(at)
            waiting.extend(known.parents)
    return found
