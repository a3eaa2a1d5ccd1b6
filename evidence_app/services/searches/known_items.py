"""The known-item test: works one knows belong into the review, and which searches found them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.edit import Edit, insert, set_columns
from evidence_app.domain.query import parse_query
from evidence_app.storage import library, references, search_yields, searching
from evidence_app.storage.connections import Reader


@dataclass(frozen=True, slots=True)
class KnownItem:
    """One known work: which searches found it, and whether by a record that is not merged with it yet."""

    reference: int
    label: str
    found_by: frozenset[int]
    unmerged: frozenset[int] = frozenset()
    """The searches that found it only as another reference with its DOI, or its title and year."""

    def is_found_by(self, search: int) -> bool:
        """Whether this search found the work."""
        return search in self.found_by or search in self.unmerged

    @property
    def is_found(self) -> bool:
        """Whether any search found it."""
        return bool(self.found_by or self.unmerged)


CHOSEN: Final = "Known works"
"""The name of the saved search that holds which works a search must find."""


def chosen(reader: Reader, otherwise: str) -> str:
    """Return the query of the known works this review chose; `otherwise` where none was chosen yet."""
    saved = (each.query for each in library.saved_searches(reader) if each.name == CHOSEN)
    return next(saved, otherwise)


def choose(reader: Reader, query: str) -> Edit:
    """Return the edit by which the review remembers its known works; empty where it does already."""
    label = "Choose the known works"
    held = next((each for each in library.saved_searches(reader) if each.name == CHOSEN), None)
    if held is None:
        return Edit(label, (insert("saved_search", name=CHOSEN, query=query),))
    return Edit(label, tuple(set_columns("saved_search", held.id, {"query": held.query}, {"query": query})))


def known_items(reader: Reader, query: str) -> tuple[KnownItem, ...]:
    """Return the works a query or set names, each with the searches that found it."""
    ids = list(searching.search(reader, parse_query(query), "author"))
    return tested(reader, ids)


def tested(reader: Reader, ids: Sequence[int]) -> tuple[KnownItem, ...]:
    """Return these works, each with the searches that found it."""
    like = search_yields.like(reader, ids)
    asked = {*ids, *(other for others in like.values() for other in others)}
    found = search_yields.found_by(reader, asked)
    none: frozenset[int] = frozenset()
    made = []
    for line in references.lines(reader, ids):
        own = found.get(line.id, none)
        others = none.union(*(found.get(other, none) for other in like.get(line.id, ())))
        label = f"{line.authors or 'Anonymous'} {line.year or 'n.d.'}. {line.title}"
        made.append(KnownItem(line.id, label, own, others - own))
    return tuple(made)


def recall(items: Sequence[KnownItem], search: int | None = None) -> tuple[int, int]:
    """Return how many of the known works a search found, or all together, and how many there are."""
    found = sum(each.is_found if search is None else each.is_found_by(search) for each in items)
    return found, len(items)
