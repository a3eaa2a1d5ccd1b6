"""What screening asks of the project: the protocol, its lists, votes, decisions and samples."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from evidence_app.domain.edit import RowOf
from evidence_app.domain.screening import (
    Decision,
    ExclusionReason,
    MadeAs,
    MaybeCounts,
    Protocol,
    Purpose,
    Sample,
    Stage,
    Verdict,
    Vote,
)
from evidence_app.storage.coding import person_of
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import member

Who = int | RowOf | None
"""A person: their row, their identity where they may not be entered yet, or nobody known."""


def person_row(reader: Reader, who: Who) -> int | None:
    """Return the row of a person, None for one who has not acted in this project yet."""
    if not isinstance(who, RowOf):
        return who
    return person_of(reader, who.guid)


def protocol(reader: Reader) -> Protocol:
    """Return what was decided before the start; what holds without one where nothing is written."""
    row = reader.row("SELECT * FROM live_protocol ORDER BY id LIMIT 1")
    if row is None:
        return Protocol()
    return Protocol(
        id=row["id"], review_type=row["review_type"], blind=bool(row["blind"]),
        double_share=row["double_share"],
        maybe_counts=member(MaybeCounts, row["maybe_counts"], MaybeCounts.INCLUDE),
        calibration=row["calibration"], least_agreement=row["least_agreement"],
        after_poor_check=row["after_poor_check"], registration=row["registration"],
    )  # fmt: skip


def reasons(reader: Reader, stage: Stage | None = None) -> list[ExclusionReason]:
    """Return the shared list of reasons of a stage, or of all stages, in order."""
    rows = reader.rows(
        """SELECT * FROM live_exclusion_reason WHERE :stage IS NULL OR stage = :stage
           ORDER BY stage DESC, position, id""",
        stage=stage,
    )
    return [
        ExclusionReason(
            id=row["id"], guid=row["guid"], stage=member(Stage, row["stage"], Stage.FULL_TEXT),
            name=row["name"], criterion=row["criterion"], position=row["position"],
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ballots:
    """The votes on each reference at a stage, and which of them need two or are to be judged again."""

    votes: dict[int, list[Vote]] = field(default_factory=dict)
    twice: frozenset[int] = frozenset()
    again: dict[int, str] = field(default_factory=dict)
    """When references were put back into the queue."""

    def of(self, reference: int) -> list[Vote]:
        """Return the votes on a reference, oldest first."""
        return self.votes.get(reference, [])


def led_on(reader: Reader) -> dict[int, int]:
    """Return what merged references became, those that were taken out since too: as votes are led on."""
    rows = reader.rows("SELECT id, merged_into FROM reference WHERE merged_into IS NOT NULL")
    return {row[0]: row[1] for row in rows}


def ballots(reader: Reader, stage: Stage) -> Ballots:
    """Return all votes of a stage; merged references are read as what they became.

    Merges are followed here, not in SQL: 20,000 references take a tenth of the time."""
    merged = led_on(reader)
    votes: dict[int, list[Vote]] = {}
    for vote in map(Vote._make, reader.rows(_VOTES, stage=stage)):
        votes.setdefault(merged.get(vote.reference, vote.reference), []).append(vote)
    again: dict[int, str] = {}
    for reference, at in reader.rows(_AGAIN, stage=stage):
        work = merged.get(reference, reference)
        again[work] = max(at, again.get(work, ""))
    twice = frozenset(merged.get(row[0], row[0]) for row in reader.rows(_TWICE, stage=stage))
    for several in votes.values():
        if len(several) > 1:
            several.sort(key=lambda vote: (vote.at, vote.id))
    return Ballots(votes, twice, again)


_VOTES: Final = """
    SELECT person, verdict, made_as, at, id, reference FROM decision
    WHERE stage = :stage AND removed IS NULL"""
_AGAIN: Final = "SELECT reference, at FROM look_again WHERE stage = :stage AND removed IS NULL"
_TWICE: Final = """
    SELECT m.reference FROM live_sample s JOIN sample_member m ON m.sample = s.id AND m.removed IS NULL
    WHERE s.stage = :stage AND s.purpose IN ('check', 'calibration')"""


def ballots_of(reader: Reader, stage: Stage, reference: int) -> Ballots:
    """Return the votes of a stage on one reference; fast however many there are."""
    rows = reader.rows(
        """SELECT person, verdict, made_as, at, id FROM live_decision
           WHERE reference = :reference AND stage = :stage ORDER BY at, id""",
        reference=reference, stage=stage,
    )  # fmt: skip
    again = reader.value(
        "SELECT max(at) FROM live_look_again WHERE reference = :reference AND stage = :stage",
        reference=reference, stage=stage,
    )  # fmt: skip
    twice = reader.value(
        """SELECT 1 FROM live_sample_member m JOIN live_sample s ON s.id = m.sample
           WHERE m.reference = :reference AND s.stage = :stage
             AND s.purpose IN ('check', 'calibration')""",
        reference=reference, stage=stage,
    )  # fmt: skip
    return Ballots(
        {reference: [Vote(*row) for row in rows]},
        frozenset((reference,) if twice else ()),
        {reference: again} if again else {},
    )


def screened(reader: Reader) -> list[int]:
    """Return the references that stand in a search, in the order they came; what was typed is not judged."""
    merged = led_on(reader)
    found = _ids(reader, _RECORDS) | _ids(reader, _KEPT)
    if merged:
        found = {merged.get(each, each) for each in found}
    return sorted(found & _ids(reader, _LIVE))


def _ids(reader: Reader, question: str) -> set[int]:
    """Return a question's ids; one text of all comes over five times as fast as a row for each."""
    joined = reader.value(f"SELECT group_concat(id) FROM ({question})")
    return set(map(int, joined.split(","))) if joined else set()


_LIVE: Final = "SELECT id FROM live_reference"
_RECORDS: Final = """
    SELECT c.reference AS id FROM live_search_file f
    CROSS JOIN record c ON c.search_file = f.id AND c.removed IS NULL"""
_KEPT: Final = "SELECT DISTINCT reference AS id FROM live_search_work"


def decisions(
    reader: Reader, references: Iterable[int] | None = None, stage: Stage | None = None
) -> list[Decision]:
    """Return the live decisions on these references, or on all, of everybody, oldest first.

    Not for the eyes of a reviewer while screening is blind: see `services.screening.conflicts`."""
    ids = None if references is None else json.dumps(list(references))
    rows = reader.rows(
        """SELECT d.*, coalesce(p.name, '') AS name FROM live_decision d LEFT JOIN person p ON p.id = d.person
           WHERE (:ids IS NULL OR d.reference IN (SELECT value FROM json_each(:ids)))
             AND (:stage IS NULL OR d.stage = :stage) ORDER BY d.at, d.id""",
        ids=ids, stage=stage,
    )  # fmt: skip
    further = _further(reader, [row["id"] for row in rows])
    return [_decision(row, further.get(row["id"], ())) for row in rows]


def own_decision(reader: Reader, reference: int, stage: Stage, person: int | None) -> Decision | None:
    """Return a person's own decision as a reviewer; of several after a merge, the latest."""
    found = own_decisions(reader, reference, stage, person)
    return found[-1] if found else None


def own_decisions(
    reader: Reader, reference: int, stage: Stage, person: int | None, made_as: MadeAs = MadeAs.REVIEWER
) -> list[Decision]:
    """Return a person's own decisions in one capacity; several where references were merged."""
    if person is None:
        return []
    rows = reader.rows(
        """SELECT d.*, coalesce(p.name, '') AS name FROM live_decision d LEFT JOIN person p ON p.id = d.person
           WHERE d.reference = :reference AND d.stage = :stage AND d.person = :person
             AND d.made_as = :made_as ORDER BY d.at, d.id""",
        reference=reference, stage=stage, person=person, made_as=made_as,
    )  # fmt: skip
    further = _further(reader, [row["id"] for row in rows])
    return [_decision(row, further.get(row["id"], ())) for row in rows]


def decisions_of_rows(reader: Reader, rows: Iterable[int]) -> list[Decision]:
    """Return decisions by row, oldest first; those taken out since as well."""
    found = reader.rows(
        """SELECT d.*, coalesce(p.name, '') AS name FROM decision d LEFT JOIN person p ON p.id = d.person
           WHERE d.id IN (SELECT value FROM json_each(:ids)) ORDER BY d.at, d.id""",
        ids=json.dumps(list(rows)),
    )
    held = list(found)
    further = _further(reader, [row["id"] for row in held])
    return [_decision(row, further.get(row["id"], ())) for row in held]


def _further(reader: Reader, decided: list[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for row in reader.rows(
        """SELECT decision, exclusion_reason FROM live_decision_reason
           WHERE decision IN (SELECT value FROM json_each(:ids)) ORDER BY id""",
        ids=json.dumps(decided),
    ):
        found[row[0]] = (*found.get(row[0], ()), row[1])
    return found


def _decision(row: Any, further: tuple[int, ...]) -> Decision:
    return Decision(
        id=row["id"], guid=row["guid"], reference=row["reference"], person=row["person"], name=row["name"],
        stage=member(Stage, row["stage"], Stage.TITLE_ABSTRACT), verdict=Verdict(row["verdict"]),
        reason=row["exclusion_reason"], words=row["reason"], further=further, note=row["note"], at=row["at"],
        made_as=member(MadeAs, row["made_as"], MadeAs.REVIEWER), source=row["source"],
        shown_by=row["shown_by"], score=row["score"], ranking=row["ranking"],
    )  # fmt: skip


def samples(reader: Reader, stage: Stage | None = None) -> list[Sample]:
    """Return the samples that were drawn, first drawn first, with their members in the order drawn."""
    drawn: dict[int, dict[int, None]] = {}
    for row in reader.rows("SELECT sample, reference FROM live_sample_member ORDER BY position, id"):
        drawn.setdefault(row[0], {})[row[1]] = None
    rows = reader.rows(
        """SELECT s.*, coalesce(p.name, '') AS person_name FROM live_sample s
           LEFT JOIN person p ON p.id = s.person
           WHERE :stage IS NULL OR s.stage = :stage ORDER BY s.id""",
        stage=stage,
    )
    return [
        Sample(
            id=row["id"], guid=row["guid"], name=row["name"],
            stage=member(Stage, row["stage"], Stage.TITLE_ABSTRACT), purpose=Purpose(row["purpose"]),
            seed=row["seed"], share=row["share"], drawn_from=row["drawn_from"], person=row["person"],
            person_name=row["person_name"], at=row["at"], members=tuple(drawn.get(row["id"], ())),
        )
        for row in rows
    ]  # fmt: skip


def standings(reader: Reader) -> dict[int, str]:
    """Return the references that are included or background, by row."""
    rows = reader.rows("SELECT id, standing FROM live_reference WHERE standing IS NOT NULL")
    return {row["id"]: row["standing"] for row in rows}


def standing(reader: Reader, reference: int) -> str | None:
    """Return whether a reference is included or background, or neither."""
    found = reader.value("SELECT standing FROM live_reference WHERE id = :row", row=reference)
    return str(found) if found is not None else None


def holds_role(reader: Reader, person: int | None, role: str) -> bool:
    """Return whether a person was named for a role."""
    if person is None:
        return False
    found = reader.value("SELECT 1 FROM live_role WHERE person = :person AND role = :role",
                         person=person, role=role)  # fmt: skip
    return found is not None
