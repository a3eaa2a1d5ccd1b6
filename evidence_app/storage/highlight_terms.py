"""The words and phrases that are highlighted while screening."""

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
