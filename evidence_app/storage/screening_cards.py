"""What the window shows of one record beside its text, read for several records at once.

Of decisions, notes and flags only those of one person are read, so that nothing of another's is in sight."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.reference import Reference
from evidence_app.storage import library, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.library import HeldTag

SCREENING_NOTE: Final = "screening"


@dataclass(frozen=True, slots=True)
class OwnDecision:
    """A person's own live decision at one stage, its reasons by row with the main one first."""

    id: int
    verdict: str
    at: str
    reasons: tuple[int, ...] = ()
    words: str = ""
    """The reason in words, where it was imported."""


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A person's own note on a record, written while screening."""

    id: int
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """A file attached to a record."""

    name: str
    kind: str
    sha256: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One record as one person sees it at one stage."""

    reference: Reference
    sources: tuple[str, ...] = ()
    """The databases and other sources it came from."""
    tags: tuple[HeldTag, ...] = ()
    files: tuple[File, ...] = ()
    retrieval: str = ""
    """The state of getting the full text: sought, requested, received, not available, or nothing."""
    retrieval_said: str = ""
    decision: OwnDecision | None = None
    note: OwnNote | None = None
    flag: int | None = None
    """The row of the person's own flag."""


def cards(reader: Reader, ids: Sequence[int], stage: str, person: int | None) -> dict[int, Card]:
    """Return these records by id as this person sees them; what is not in the review is left out."""
    asked = json.dumps(list(ids))
    found = references.references(reader, ids)
    sources, tags = _sources(reader, asked), _tags(reader, ids)
    files, retrieval = _files(reader, asked), _retrieval(reader, asked)
    decisions = own_decisions(reader, ids, stage, person)
    notes, flags = _notes(reader, asked, person), _flags(reader, asked, stage, person)
    return {
        int(each.id): Card(
            reference=each, sources=tuple(sources.get(each.id, ())), tags=tuple(tags.get(each.id, ())),
            files=tuple(files.get(each.id, ())), retrieval=retrieval.get(each.id, ("", ""))[0],
            retrieval_said=retrieval.get(each.id, ("", ""))[1], decision=decisions.get(each.id),
            note=notes.get(each.id), flag=flags.get(each.id),
        )
        for each in found
    }  # fmt: skip


def own_decisions(
    reader: Reader, ids: Sequence[int], stage: str, person: int | None
) -> dict[int, OwnDecision]:
    """Return this person's decisions as a reviewer on these records; of several the latest counts."""
    if person is None:
        return {}
    rows = reader.rows(
        """SELECT d.id, d.reference, d.verdict, d.at, d.exclusion_reason, d.reason,
                  (SELECT group_concat(m.exclusion_reason) FROM live_decision_reason m
                   WHERE m.decision = d.id) AS further
           FROM live_decision d
           WHERE d.reference IN (SELECT value FROM json_each(:ids)) AND d.stage = :stage
             AND d.person = :person AND d.made_as = 'reviewer' ORDER BY d.at, d.id""",
        ids=json.dumps(list(ids)), stage=stage, person=person,
    )  # fmt: skip
    found = {}
    for row in rows:
        further = [int(part) for part in (row["further"] or "").split(",") if part]
        first = [row["exclusion_reason"]] if row["exclusion_reason"] is not None else []
        reasons = tuple(dict.fromkeys((*first, *further)))
        found[row["reference"]] = OwnDecision(row["id"], row["verdict"], row["at"], reasons, row["reason"])
    return found


def last_decided(reader: Reader, stage: str, person: int | None, limit: int) -> list[tuple[int, str, str]]:
    """Return the last decisions of a person as (reference, verdict, when), the newest first."""
    if person is None:
        return []
    rows = reader.rows(
        """SELECT reference, verdict, at FROM live_decision
           WHERE stage = :stage AND person = :person AND made_as = 'reviewer' AND source = ''
             AND reference IN (SELECT id FROM reference WHERE removed IS NULL)
           ORDER BY at DESC, id DESC LIMIT :limit""",
        stage=stage, person=person, limit=limit,
    )  # fmt: skip
    return [(row["reference"], row["verdict"], row["at"]) for row in rows]


def flagged_by(reader: Reader, stage: str, person: int | None) -> set[int]:
    """Return the records a person flagged at a stage."""
    rows = reader.rows(
        "SELECT reference FROM live_flag WHERE stage = :stage AND person IS :person",
        stage=stage, person=person,
    )  # fmt: skip
    return {row["reference"] for row in rows}


def _sources(reader: Reader, asked: str) -> dict[int, list[str]]:
    rows = reader.rows(
        """SELECT DISTINCT x.reference, s.name FROM (
               SELECT r.reference, f.search FROM live_record r JOIN search_file f ON f.id = r.search_file
               WHERE r.reference IN (SELECT value FROM json_each(:ids))
               UNION ALL
               SELECT w.reference, w.search FROM live_search_work w
               WHERE w.reference IN (SELECT value FROM json_each(:ids))) x
           JOIN search h ON h.id = x.search JOIN source s ON s.id = h.source ORDER BY s.position, s.id""",
        ids=asked,
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row["reference"], []).append(row["name"])
    return found


def _tags(reader: Reader, ids: Sequence[int]) -> dict[int, list[HeldTag]]:
    found: dict[int, list[HeldTag]] = {}
    for tag in library.tags_on(reader, ids):
        found.setdefault(tag.reference, []).append(tag)
    return found


def _files(reader: Reader, asked: str) -> dict[int, list[File]]:
    rows = reader.rows(
        """SELECT reference, name, kind, sha256, url FROM live_attachment
           WHERE reference IN (SELECT value FROM json_each(:ids)) ORDER BY id""",
        ids=asked,
    )
    found: dict[int, list[File]] = {}
    for row in rows:
        found.setdefault(row["reference"], []).append(
            File(row["name"], row["kind"], row["sha256"], row["url"])
        )
    return found


def _retrieval(reader: Reader, asked: str) -> dict[int, tuple[str, str]]:
    rows = reader.rows(
        """SELECT reference, state, how, note, at FROM live_retrieval
           WHERE reference IN (SELECT value FROM json_each(:ids)) ORDER BY at, id""",
        ids=asked,
    )
    return {
        row["reference"]: (
            row["state"],
            ", ".join(part for part in (row["how"], row["note"], row["at"][:10]) if part),
        )
        for row in rows
    }


def not_to_be_had(reader: Reader) -> frozenset[int]:
    """Return the reports of which the last attempt to get the full text says that it is not available."""
    rows = reader.rows(
        """SELECT reference FROM (
               SELECT reference, state,
                      row_number() OVER (PARTITION BY reference ORDER BY at DESC, id DESC) AS place
               FROM live_retrieval)
           WHERE place = 1 AND state = 'not available'"""
    )
    return frozenset(row["reference"] for row in rows)


def _notes(reader: Reader, asked: str, person: int | None) -> dict[int, OwnNote]:
    rows = reader.rows(
        """SELECT id, reference, text FROM live_note WHERE kind = :kind AND person = :person
           AND reference IN (SELECT value FROM json_each(:ids)) ORDER BY id""",
        ids=asked, kind=SCREENING_NOTE, person=person,
    )  # fmt: skip
    return {row["reference"]: OwnNote(row["id"], row["text"]) for row in rows}


def _flags(reader: Reader, asked: str, stage: str, person: int | None) -> dict[int, int]:
    rows = reader.rows(
        """SELECT id, reference FROM live_flag WHERE stage = :stage AND person = :person
           AND reference IN (SELECT value FROM json_each(:ids)) ORDER BY id""",
        ids=asked, stage=stage, person=person,
    )  # fmt: skip
    return {row["reference"]: row["id"] for row in rows}
