"""What stays in sight while screening: the highlighted words, and the criteria by their codes."""

from dataclasses import dataclass

from evidence_app.storage.connections import Reader


@dataclass(frozen=True, slots=True)
class Term:
    """A word, stem or phrase, and its kind: include, exclude or neutral."""

    id: int
    text: str
    kind: str
    position: float = 0.0


def terms(reader: Reader) -> list[Term]:
    """Return the terms in their order."""
    rows = reader.rows("SELECT id, text, kind, position FROM live_term ORDER BY position, id")
    return [Term(**dict(row)) for row in rows]


def queries(reader: Reader) -> list[str]:
    """Return the queries of the searches, word for word, in the order of the sources."""
    rows = reader.rows(
        """SELECT h.query FROM live_search h JOIN live_source s ON s.id = h.source
           WHERE h.query <> '' ORDER BY s.position, h.position, h.id"""
    )
    return [row["query"] for row in rows]


@dataclass(frozen=True, slots=True)
class PinnedCriterion:
    """A criterion with the code by which it is named."""

    row: int
    code: str
    text: str
    includes: bool


def criteria(reader: Reader) -> list[PinnedCriterion]:
    """Return the criteria in order; one that has no code is named by its place: I1, E2."""
    found: list[PinnedCriterion] = []
    numbers = {True: 0, False: 0}
    for row in reader.rows("SELECT id, code, text, includes FROM live_criterion ORDER BY position, id"):
        includes = bool(row["includes"])
        numbers[includes] += 1
        code = row["code"] or f"{'I' if includes else 'E'}{numbers[includes]}"
        found.append(PinnedCriterion(row["id"], code, row["text"], includes))
    return found
