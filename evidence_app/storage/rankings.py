"""Ranked screening in the project file: its times and rules, the texts it learns from, what was shown."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from evidence_app.domain.screening import RankedRun, Stage
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import member


def runs(reader: Reader, stage: Stage | None = None) -> list[RankedRun]:
    """Return the times of ranked screening, oldest first."""
    rows = reader.rows(
        """SELECT r.*, coalesce(p.name, '') AS by FROM live_ranking r LEFT JOIN person p ON p.id = r.person
           WHERE :stage IS NULL OR r.stage = :stage ORDER BY r.id""",
        stage=stage,
    )
    return [
        RankedRun(
            id=row["id"], stage=member(Stage, row["stage"], Stage.TITLE_ABSTRACT), model=row["model"],
            rule=row["rule"], threshold=row["threshold"], note=row["note"], by=row["by"],
            started_at=row["started_at"], ended_at=row["ended_at"] or "", ended_why=row["ended_why"],
        )
        for row in rows
    ]  # fmt: skip


class Shown(NamedTuple):
    """A decision in the order of its time, and how its record came to be shown."""

    reference: int
    person: int | None
    verdict: str
    shown_by: str
    ranking: int | None
    at: str


def shown(reader: Reader, stage: Stage, person: int | None = None) -> list[Shown]:
    """Return the live decisions of reviewers at a stage in the order of time, of one person or of all."""
    rows = reader.rows(
        """SELECT reference, person, verdict, shown_by, ranking, at FROM live_decision
           WHERE stage = :stage AND made_as = 'reviewer' AND (:person IS NULL OR person = :person)
           ORDER BY at, id""",
        stage=stage, person=person,
    )  # fmt: skip
    return [Shown(*row) for row in rows]


def texts_size(reader: Reader, references: Sequence[int]) -> int:
    """Return how long the texts of references are in all: another number means another text."""
    return int(
        reader.value(
            """SELECT total(length(coalesce(title, '')) + length(coalesce(abstract, ''))) FROM reference
               WHERE id IN (SELECT value FROM json_each(:ids))""",
            ids=json.dumps(list(references)),
        )
    )


def texts(reader: Reader, references: Sequence[int]) -> list[tuple[str, str]]:
    """Return titles and abstracts of references in their order; an original where there is no other."""
    rows = reader.rows(
        """SELECT id, coalesce(title, original_title, ''), coalesce(abstract, original_abstract, '')
           FROM reference WHERE id IN (SELECT value FROM json_each(:ids))""",
        ids=json.dumps(list(references)),
    )
    found = {row[0]: (row[1], row[2]) for row in rows}
    return [found.get(each, ("", "")) for each in references]
