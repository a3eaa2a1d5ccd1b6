"""Every vote ever given, also those taken out since: what two people said before anything was settled."""

from typing import Final, NamedTuple

from evidence_app.domain.screening import Stage
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening import led_on

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
    merged = led_on(reader)
    return [
        PastVote(merged.get(reference, reference), *rest)
        for reference, *rest in reader.rows(_VOTES, stage=stage)
    ]


_VOTES: Final = """
    SELECT d.reference, coalesce(d.person, 0), d.verdict, d.at, coalesce(e.at, ''), d.id
    FROM decision d LEFT JOIN edit e ON e.id = d.removed
    WHERE d.stage = :stage AND d.made_as = 'reviewer' AND (d.person IS NOT NULL OR d.removed IS NULL)
      AND (d.removed IS NULL OR (e.kind <> 'undo' AND e.finished = 1)) ORDER BY d.at, d.id"""


class LastDecision(NamedTuple):
    """A live decision somebody took here, and the edit by which it stands."""

    id: int
    reference: int
    made_as: str
    edit: int | None
    """None where the history is too old to tell."""
    alone: bool
    """Whether that edit did nothing but this."""


def last_decision(reader: Reader, stage: Stage, person: int) -> LastDecision | None:
    """Return the last decision a person took at a stage; what came with an import was not taken here."""
    row = reader.row(
        """SELECT id, reference, made_as FROM live_decision WHERE id IN (
             SELECT d.id FROM decision d JOIN reference r ON r.id = d.reference
             LEFT JOIN reference k ON k.id = r.merged_into
             WHERE d.stage = :stage AND d.person = :person AND d.removed IS NULL
               AND d.source = '' AND d.packet IS NULL AND d.made_as <> 'automation'
               AND r.removed IS NULL AND k.removed IS NULL
             ORDER BY d.at DESC, d.id DESC LIMIT 20)
           ORDER BY at DESC, id DESC LIMIT 1""",
        stage=stage, person=person,
    )  # fmt: skip
    if row is None:
        return None
    edit = reader.value(
        """SELECT max(e.id) FROM edit_change c JOIN edit e ON e.id = c.edit
           WHERE c.tbl = 'decision' AND c."row" = :row AND e.kind IN ('do', 'redo') AND e.finished = 1
             AND NOT EXISTS (SELECT 1 FROM edit u WHERE u."of" = e.id AND u.finished = 1)""",
        row=row["id"],
    )
    others = reader.value(
        """SELECT 1 FROM edit_change c
           LEFT JOIN decision d ON c.tbl = 'decision' AND d.id = c."row" AND d.removed IS NULL
           WHERE c.edit = :edit AND (c.tbl NOT IN ('decision', 'decision_reason', 'reference', 'person')
                                     OR (d.id IS NOT NULL AND d.id <> :row)) LIMIT 1""",
        edit=edit, row=row["id"],
    )  # fmt: skip
    return LastDecision(row["id"], row["reference"], row["made_as"], edit, edit is not None and not others)


def replaced_by(reader: Reader, decision: int, edit: int | None) -> list[int]:
    """Return the decisions of the same person on the same record that an edit took out for this one."""
    rows = reader.rows(
        """SELECT o.id FROM decision n JOIN decision o ON o.removed = :edit AND o.stage = n.stage
             AND o.person = n.person AND o.made_as = n.made_as
             AND coalesce((SELECT merged_into FROM reference WHERE id = o.reference), o.reference)
               = coalesce((SELECT merged_into FROM reference WHERE id = n.reference), n.reference)
           WHERE n.id = :decision ORDER BY o.at, o.id""",
        decision=decision, edit=edit,
    )  # fmt: skip
    return [row["id"] for row in rows]


def people(reader: Reader) -> dict[int, str]:
    """Return the names of all people by row; those who left, or whose entering was undone, stay named."""
    return {row["id"]: row["name"] for row in reader.rows("SELECT id, name FROM person")}


def people_called(reader: Reader, name: str) -> list[int]:
    """Return the people of this name, whatever its letters' case."""
    rows = reader.rows("SELECT id, name FROM live_person ORDER BY id")
    return [row["id"] for row in rows if row["name"].casefold() == name.strip().casefold()]


def identity_at(reader: Reader, person: int) -> str:
    """Return the identity of a person."""
    return str(reader.value("SELECT guid FROM person WHERE id = :row", row=person))


def identity_of(reader: Reader, name: str) -> str:
    """Return the identity of the only person of this name, or nothing."""
    rows = reader.rows("SELECT name, guid FROM live_person")
    found = [row["guid"] for row in rows if row["name"].casefold() == name.strip().casefold()]
    return found[0] if len(found) == 1 else ""
