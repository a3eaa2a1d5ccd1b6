"""Every vote ever given, also those taken out since: what two people said before anything was settled."""

from typing import Final, NamedTuple

from evidence_app.domain.screening import Stage
from evidence_app.storage.connections import Reader

UNNAMED: Final = 0
"""Stands for whoever gave the decisions of an import that names nobody."""


class PastVote(NamedTuple):
    """One vote and the time it stood: `until` is empty while it stands."""

    reference: int
    person: int
    verdict: str
    at: str
    until: str
    id: int


def past_votes(reader: Reader, stage: Stage) -> list[PastVote]:
    """Return the votes of reviewers at a stage, oldest first; what was undone was a slip and is left out.

    So is what nobody's name stood on, once it was taken out: it was given a name."""
    merged = {row[0]: row[1] for row in reader.rows(_MERGED)}
    return [
        PastVote(merged.get(reference, reference), *rest)
        for reference, *rest in reader.rows(_VOTES, stage=stage)
    ]


_MERGED: Final = "SELECT id, merged_into FROM reference WHERE merged_into IS NOT NULL"
_VOTES: Final = """
    SELECT d.reference, coalesce(d.person, 0), d.verdict, d.at, coalesce(e.at, ''), d.id
    FROM decision d LEFT JOIN edit e ON e.id = d.removed
    WHERE d.stage = :stage AND d.made_as = 'reviewer' AND (d.person IS NOT NULL OR d.removed IS NULL)
      AND (d.removed IS NULL OR (e.kind <> 'undo' AND e.finished = 1)) ORDER BY d.at, d.id"""


def people(reader: Reader) -> dict[int, str]:
    """Return the names of all people by row; those who left, or whose entering was undone, stay named."""
    return {row["id"]: row["name"] for row in reader.rows("SELECT id, name FROM person")}


def people_called(reader: Reader, name: str) -> list[int]:
    """Return the people of this name, whatever its letters' case."""
    rows = reader.rows("SELECT id, name FROM live_person ORDER BY id")
    return [row["id"] for row in rows if row["name"].casefold() == name.strip().casefold()]


def identity_of(reader: Reader, name: str) -> str:
    """Return the identity of the only person of this name, or nothing."""
    rows = reader.rows("SELECT name, guid FROM live_person")
    found = [row["guid"] for row in rows if row["name"].casefold() == name.strip().casefold()]
    return found[0] if len(found) == 1 else ""
