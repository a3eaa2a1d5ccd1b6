"""The known-item test: works one knows belong into the review, and which searches found them."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_app.domain.query import parse_query
from evidence_app.storage import references, search_yields, searching
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
