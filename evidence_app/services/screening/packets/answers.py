"""Reading an answer: the packet's own project file, or the small file its offline page saves."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.packets import (
    AnsweredNote,
    AnsweredRecord,
    ChangedField,
    PacketAnswer,
)
from evidence_app.domain.screening import Verdict
from evidence_app.services import projects
from evidence_app.storage import packets
from evidence_app.storage.connections import Reader, is_project
from evidence_app.storage.open_files import leave_alone
from evidence_app.storage.references import stored_value

ANSWER_FORMAT: Final = "evidence-desk-answer"
_LARGEST: Final = 64 << 20
"""Bytes; an answer to 20,000 records is under 5 MB."""


def answers_in(path: Path) -> list[PacketAnswer]:
    """Return the answers of a file, one for each person who judged in it.

    Raises `EvidenceError` for a file that is neither a packet nor an answer."""
    leave_alone(path)
    sha256 = _sha256(path)
    if is_project(path):
        with projects.reading(str(path)) as reader:
            return list(_of_project(reader, path, sha256))
    return [_of_page(path, sha256)]


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise EvidenceError(f"“{path.name}” cannot be read: {error.strerror}. Nothing was merged.") from error
    return digest.hexdigest()


def _of_project(reader: Reader, path: Path, sha256: str) -> Iterator[PacketAnswer]:
    packet = packets.given_out(reader)
    if packet is None:
        raise EvidenceError(
            f"“{path.name}” is a review of its own, not a packet. Nothing was merged. "
            "Choose the file that was given to the second reviewer."
        )
    further = packets.further_reasons(reader)
    judged = packets.people_who_judged(reader, packet["stage"])
    fields = tuple(_changed_fields(reader))
    people = judged or [
        {"id": packet["person"], "guid": packet["person_guid"], "name": packet["person_name"]}
    ]
    for place, person in enumerate(people):
        yield PacketAnswer(
            packet=packet["guid"], review=packets.review_guid(reader), sha256=sha256,
            person_guid=person["guid"], person_name=person["name"],
            records=tuple(_states(packets.judged_here(reader, packet["stage"], person["id"]), further)),
            notes=tuple(AnsweredNote(**note) for note in packets.notes_beside(reader, person["id"])),
            flagged=packets.flags_of(reader, packet["stage"], person["id"]),
            fields=() if place else fields,
        )  # fmt: skip


def _states(decisions: list[Mapping[str, Any]], further: Mapping[int, list[str]]) -> Iterator[AnsweredRecord]:
    """Yield one state for each record: its live decision, or that it was taken back."""
    by_reference: dict[str, list[Mapping[str, Any]]] = {}
    for decision in decisions:
        by_reference.setdefault(decision["reference"], []).append(decision)
    for reference, several in by_reference.items():
        at = max(
            str(moment)
            for each in several
            for moment in (each["at"], each["touched"], each["taken_back"])
            if moment
        )
        live = [each for each in several if each["removed"] is None]
        if not live:
            yield AnsweredRecord(reference=reference, at=at)
            continue
        last = live[-1]
        first = [last["primary_reason"]] if last["primary_reason"] else []
        yield AnsweredRecord(
            reference=reference, at=at, verdict=Verdict(last["verdict"]), decision=last["guid"],
            reasons=(*first, *further.get(last["id"], ())), note=last["note"],
        )  # fmt: skip


def _changed_fields(reader: Reader) -> Iterator[ChangedField]:
    for reference, (given, now) in packets.as_given_out(reader).items():
        for variable in sorted({*given, *now} - {"id", "type"}):
            if stored_value(variable, given.get(variable)) != stored_value(variable, now.get(variable)):
                yield ChangedField(
                    reference=reference, variable=variable, base=given.get(variable), theirs=now.get(variable)
                )


def _of_page(path: Path, sha256: str) -> PacketAnswer:
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError
        said = json.loads(path.read_text("utf-8"))
        if said.get("format") != ANSWER_FORMAT:
            raise ValueError
        return PacketAnswer(
            packet=str(said["packet"]), review=str(said["review"]), sha256=sha256,
            person_guid=str(said["person"]["guid"]), person_name=str(said["person"]["name"]),
            records=tuple(_answered(each) for each in said["answers"] if each.get("at")),
            notes=tuple(_note(said, each) for each in said["answers"] if str(each.get("note") or "").strip()),
            flagged=frozenset(str(each["reference"]) for each in said["answers"] if each.get("flag")),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EvidenceError(
            f"“{path.name}” is neither a packet nor an answer saved by its page. Nothing was merged. "
            "Ask for the file that the page's button “Save answers” made."
        ) from error


def _answered(each: Mapping[str, Any]) -> AnsweredRecord:
    verdict = Verdict(each["verdict"]) if each.get("verdict") else None
    return AnsweredRecord(
        reference=str(each["reference"]), at=str(each["at"]), verdict=verdict,
        decision=str(each["decision"]) if verdict else "",
        reasons=tuple(map(str, each.get("reasons") or ())) if verdict is not Verdict.INCLUDE else (),
    )  # fmt: skip


def _note(said: Mapping[str, Any], each: Mapping[str, Any]) -> AnsweredNote:
    """A page has one note for each record; its identity is that of the two."""
    text = hashlib.sha256(f"{said['packet']}:{each['reference']}".encode()).hexdigest()
    guid = f"{text[:8]}-{text[8:12]}-5{text[13:16]}-8{text[17:20]}-{text[20:32]}"
    at = str(each.get("noted") or each.get("at") or "")
    return AnsweredNote(guid=guid, reference=str(each["reference"]), text=str(each["note"]).strip(), at=at)
