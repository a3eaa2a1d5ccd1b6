"""Reviewer packets in the project file: what goes into one, what an answer left, what it is merged with."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from evidence_app.domain.packets import FieldConflict, PacketRecord
from evidence_app.domain.screening import Criterion
from evidence_app.storage import highlight_terms
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import dict_in, parsed
from evidence_app.storage.references import item_of


def review_guid(reader: Reader) -> str:
    """Return the identity of the review, the same in every copy of it."""
    return str(reader.value("SELECT guid FROM live_review ORDER BY id LIMIT 1") or "")


def records(reader: Reader, references: Iterable[int], *, documents: bool) -> tuple[PacketRecord, ...]:
    """Return works as a packet holds them, in the order given; with the texts of their files if asked."""
    ids = list(references)
    rows = reader.rows(
        "SELECT * FROM live_reference WHERE id IN (SELECT value FROM json_each(:ids))", ids=json.dumps(ids)
    )
    by_id = {row["id"]: row for row in rows}
    texts = _documents(reader, ids) if documents else {}
    return tuple(
        PacketRecord(
            guid=by_id[each]["guid"], item=item_of(by_id[each]), documents=tuple(texts.get(each, ()))
        )
        for each in ids
        if each in by_id
    )


_OF_A_DOCUMENT = ("guid", "name", "kind", "sha256", "text", "text_sha256", "pages")


def _documents(reader: Reader, ids: list[int]) -> dict[int, list[Mapping[str, Any]]]:
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in reader.rows(
        "SELECT * FROM live_document WHERE reference IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        ids=json.dumps(ids),
    ):
        found.setdefault(row["reference"], []).append({name: row[name] for name in _OF_A_DOCUMENT})
    return found


def criteria(reader: Reader) -> tuple[Criterion, ...]:
    """Return the criteria with the codes by which they are named on the screen."""
    codes = {each.row: each.code for each in highlight_terms.criteria(reader)}
    rows = reader.rows("SELECT id, guid, text, includes, position FROM live_criterion ORDER BY position, id")
    return tuple(
        Criterion(
            id=row["id"], guid=row["guid"], code=codes.get(row["id"], ""), text=row["text"],
            includes=bool(row["includes"]), position=row["position"],
        )
        for row in rows
    )  # fmt: skip


def given_out(reader: Reader) -> Mapping[str, Any] | None:
    """Return the packet this file is, with its person and stage; None for a review of one's own."""
    row = reader.row(
        """SELECT k.id, k.guid, k.stage, k.person, k.records, p.guid AS person_guid, p.name AS person_name
           FROM live_packet k LEFT JOIN person p ON p.id = k.person
           WHERE k.given_out = 1 ORDER BY k.id LIMIT 1"""
    )
    return dict(row) if row else None


def packet_row(reader: Reader, guid: str) -> Mapping[str, Any] | None:
    """Return a packet that this review gave out, by its identity."""
    row = reader.row(
        """SELECT k.*, s.guid AS sample_guid, p.guid AS person_guid, p.name AS person_name
           FROM live_packet k LEFT JOIN sample s ON s.id = k.sample LEFT JOIN person p ON p.id = k.person
           WHERE k.guid = :guid AND k.given_out = 0""",
        guid=guid,
    )
    return dict(row) if row else None


def packet_of(reader: Reader, stage: str, sample: int | None, person: int | None) -> str | None:
    """Return the identity of the packet already made for this person of these records, if there is one."""
    found = reader.value(
        """SELECT guid FROM live_packet WHERE stage = :stage AND sample IS :sample AND person IS :person
           AND given_out = 0 ORDER BY id LIMIT 1""",
        stage=stage, sample=sample, person=person,
    )  # fmt: skip
    return str(found) if found else None


def how_far(reader: Reader, stage: str, sample: int | None) -> tuple[int, int]:
    """Return how many packets of a sample, or of all records, were given out, and how many answers merged."""
    row = reader.row(
        """
        SELECT count(DISTINCT p.id), count(a.id) FROM live_packet p
        LEFT JOIN live_packet_answer a ON a.packet = p.id
        WHERE p.stage = :stage AND p.sample IS :sample AND p.given_out = 0
        """,
        stage=stage,
        sample=sample,
    )
    return (row[0], row[1]) if row is not None else (0, 0)


def moments(reader: Reader, packet: int) -> dict[tuple[str, str], str]:
    """Return when each record was last judged in what was merged so far, by person and record."""
    found: dict[tuple[str, str], str] = {}
    for row in reader.rows(
        """SELECT a.moments, p.guid AS person FROM live_packet_answer a JOIN person p ON p.id = a.person
           WHERE a.packet = :packet""",
        packet=packet,
    ):
        for reference, at in dict_in(row["moments"]).items():
            key = (row["person"], reference)
            found[key] = max(str(at), found.get(key, ""))
    return found


def rows_by_guid(reader: Reader, table: str, guids: Iterable[str]) -> dict[str, int]:
    """Return the rows of a table by identity; removed ones too, for nothing is ever made twice."""
    rows = reader.rows(
        f'SELECT guid, id FROM "{table}" WHERE guid IN (SELECT value FROM json_each(:guids))',
        guids=json.dumps(list(guids)),
    )
    return {row["guid"]: row["id"] for row in rows}


def kept_references(reader: Reader, guids: Iterable[str]) -> dict[str, int]:
    """Return references by identity, merged ones as what they became; removed ones are left out."""
    rows = reader.rows(
        """SELECT r.guid, coalesce(r.merged_into, r.id) AS kept FROM reference r
           JOIN live_reference k ON k.id = coalesce(r.merged_into, r.id)
           WHERE r.guid IN (SELECT value FROM json_each(:guids))""",
        guids=json.dumps(list(guids)),
    )
    return {row["guid"]: row["kept"] for row in rows}


def judged_here(reader: Reader, stage: str, person: int) -> list[Mapping[str, Any]]:
    """Return every decision this person ever made at a stage, taken back or not, with when that was."""
    rows = reader.rows(
        """SELECT d.id, d.guid, d.verdict, d.note, d.at, d.removed, r.guid AS reference,
               p.guid AS primary_reason,
               (SELECT max(e.at) FROM edit_change c JOIN edit e ON e.id = c.edit
                WHERE c.tbl = 'decision' AND c."row" = d.id) AS touched,
               (SELECT e.at FROM edit e WHERE e.id = d.removed) AS taken_back
           FROM decision d JOIN reference r ON r.id = d.reference
           LEFT JOIN exclusion_reason p ON p.id = d.exclusion_reason
           WHERE d.stage = :stage AND d.person = :person AND d.made_as = 'reviewer' ORDER BY d.id""",
        stage=stage, person=person,
    )  # fmt: skip
    return [dict(row) for row in rows]


def further_reasons(reader: Reader) -> dict[int, list[str]]:
    """Return the identities of the further reasons of each decision."""
    found: dict[int, list[str]] = {}
    for row in reader.rows(
        """SELECT f.decision, r.guid FROM live_decision_reason f
           JOIN exclusion_reason r ON r.id = f.exclusion_reason ORDER BY f.id"""
    ):
        found.setdefault(row["decision"], []).append(row["guid"])
    return found


def people_who_judged(reader: Reader, stage: str) -> list[Mapping[str, Any]]:
    """Return everybody who made a decision at a stage in this file, or took one back."""
    rows = reader.rows(
        """SELECT DISTINCT p.id, p.guid, p.name, p.initials FROM decision d JOIN person p ON p.id = d.person
           WHERE d.stage = :stage ORDER BY p.id""",
        stage=stage,
    )
    return [dict(row) for row in rows]


def notes_beside(reader: Reader, person: int) -> list[Mapping[str, Any]]:
    """Return the notes this person wrote while screening."""
    rows = reader.rows(
        """SELECT n.guid, n.text, n.at, r.guid AS reference
           FROM live_note n JOIN reference r ON r.id = n.reference
           WHERE n.kind = 'screening' AND n.person = :person ORDER BY n.id""",
        person=person,
    )
    return [dict(row) for row in rows]


def flags_of(reader: Reader, stage: str, person: int) -> frozenset[str]:
    """Return the identities of the references this person flagged at a stage."""
    rows = reader.rows(
        """SELECT r.guid FROM live_flag f JOIN reference r ON r.id = f.reference
           WHERE f.stage = :stage AND f.person = :person""",
        stage=stage, person=person,
    )  # fmt: skip
    return frozenset(row["guid"] for row in rows)


def as_given_out(reader: Reader) -> dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Return each work of a packet as it was given out and as it is now, as CSL items by identity."""
    rows = reader.rows(
        """SELECT r.*, c.raw FROM record c JOIN live_reference r ON r.id = c.reference
           WHERE c.format = 'packet' AND c.removed IS NULL"""
    )
    return {row["guid"]: (_given(row["raw"]), item_of(row)) for row in rows}


def _given(raw: str) -> Mapping[str, Any]:
    item = dict_in(raw).get("item")
    return item if isinstance(item, dict) else {}


def field_conflicts(reader: Reader, *, settled: bool = False) -> list[FieldConflict]:
    """Return the fields changed on both sides: those that wait for a choice, or all there ever were."""
    rows = reader.rows(
        """SELECT c.*, coalesce(p.name, '') AS name
           FROM live_field_conflict c LEFT JOIN person p ON p.id = c.person
           WHERE :settled OR c.state = 'open' ORDER BY c.id""",
        settled=settled,
    )
    return [
        FieldConflict(
            id=row["id"], reference=row["reference"], variable=row["variable"], base=parsed(row["base"]),
            mine=parsed(row["mine"]), theirs=parsed(row["theirs"]), person=row["name"],
        )
        for row in rows
    ]  # fmt: skip
