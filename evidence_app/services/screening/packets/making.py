"""What goes into a packet, and the project file it is written as.

The file is a small review of its own: it holds the works to be judged and what they are judged by, and no
decision, note or reason of anybody else. So nothing has to be hidden in it, and every screen works on it."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.edit import Change, Edit, RowOf, insert, new_guid
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.packets import Packet, PacketRecord
from evidence_app.domain.screening import Sample, Stage
from evidence_app.storage import contents, highlight_terms, packets, screening
from evidence_app.storage.applied import Acting
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.storage.references import columns_of

SOURCE: Final = "Reviewer packet"


def packet(
    reader: Reader, references: Sequence[int], stage: Stage, person: Acting, sample: Sample | None = None
) -> Packet:
    """Return the packet of these references for one person; the same person and sample keep its identity.

    Raises `EvidenceError` where there is nothing to judge."""
    if not references:
        raise EvidenceError("There is no record to judge in this packet; nothing was written.")
    row = reader.value("SELECT id FROM person WHERE guid = :guid", guid=person.guid)
    known = packets.packet_of(reader, stage.value, sample.id if sample else None, row) if row else None
    review = contents.review(reader)
    return Packet(
        guid=known or new_guid(), review=packets.review_guid(reader), title=review.title, stage=stage,
        person_guid=person.guid, person_name=person.name, sample=sample.name if sample else "",
        sample_guid=sample.guid if sample else "",
        records=packets.records(reader, references, documents=stage is Stage.FULL_TEXT),
        questions=tuple(question.text for question in contents.questions(reader)),
        criteria=packets.criteria(reader), reasons=tuple(screening.reasons(reader, stage)),
        terms=tuple((term.text, term.kind) for term in highlight_terms.terms(reader)),
        maybe_counts=screening.protocol(reader).maybe_counts.value,
        at=datetime.now(UTC).isoformat(timespec="milliseconds"),
    )  # fmt: skip


def given_out(reader: Reader, made: Packet, initials: str = "") -> Edit:
    """Return the edit that remembers in the review that a packet was given out; nothing where it knows it."""
    if packets.packet_row(reader, made.guid):
        return Edit("Give out a packet again")
    changes: list[Change] = []
    if reader.value("SELECT 1 FROM live_person WHERE guid = :guid", guid=made.person_guid) is None:
        changes.append(insert("person", made.person_guid, name=made.person_name, initials=initials))
    sample = RowOf("sample", made.sample_guid) if made.sample_guid else None
    changes.append(
        insert(
            "packet", made.guid, stage=made.stage.value, sample=sample, at=made.at,
            person=RowOf("person", made.person_guid), records=len(made.records),
        )
    )  # fmt: skip
    return Edit(f"Give a packet to {made.person_name}", tuple(changes))


def write_project(made: Packet, out: Path) -> None:
    """Write a packet as a project file for Evidence Desk on another machine. Raises `AlreadyExists`."""
    person = Acting(made.person_name, "", made.person_guid)
    beginning = Edit("Open the packet", tuple(_contents(made)))
    Project.create(out, made.title, person, beginning=beginning).close()


def _contents(made: Packet) -> Iterator[Change]:
    yield insert("review", made.review, title=made.title)
    for place, text in enumerate(made.questions, 1):
        yield insert("question", text=text, position=float(place))
    yield insert("protocol", blind=1, maybe_counts=made.maybe_counts)
    for criterion in made.criteria:
        yield insert(
            "criterion", criterion.guid, text=criterion.text, includes=int(criterion.includes),
            code=criterion.code, position=criterion.position,
        )  # fmt: skip
    by_row = {criterion.id: criterion.guid for criterion in made.criteria}
    for reason in made.reasons:
        of = by_row.get(reason.criterion) if reason.criterion is not None else None
        yield insert(
            "exclusion_reason", reason.guid, stage=reason.stage.value, name=reason.name,
            position=reason.position, criterion=RowOf("criterion", of) if of else None,
        )  # fmt: skip
    for place, (text, kind) in enumerate(made.terms, 1):
        yield insert("term", text=text, kind=kind, position=float(place))
    yield insert(
        "packet", made.guid, stage=made.stage.value, person=RowOf("person", made.person_guid),
        records=len(made.records), given_out=1, at=made.at,
    )  # fmt: skip
    yield from _records(made)


def _records(made: Packet) -> Iterator[Change]:
    source = insert("source", name=SOURCE, kind="other")
    search = insert("search", source=RowOf("source", source.guid), note=made.sample)
    file = insert("search_file", search=RowOf("search", search.guid), name=SOURCE, format="packet")
    yield from (source, search, file)
    for record in made.records:
        yield insert("reference", record.guid, **columns_of(record.item))
        yield insert(
            "record", reference=RowOf("reference", record.guid), format="packet", source_id=record.guid,
            search_file=RowOf("search_file", file.guid),
            raw=json.dumps({"item": record.item}, ensure_ascii=False),
        )  # fmt: skip
        yield from _full_text(made, record)


def _full_text(made: Packet, record: PacketRecord) -> Iterator[Change]:
    if made.stage is not Stage.FULL_TEXT:
        return
    work: Any = RowOf("reference", record.guid)
    yield insert(
        "decision", reference=work, stage=Stage.TITLE_ABSTRACT.value, verdict="include", at=made.at,
        made_as="adjudicator", source=SOURCE,
    )  # fmt: skip
    for document in record.documents:
        values = {name: value for name, value in document.items() if name != "guid"}
        yield insert("document", document["guid"], reference=work, at=made.at, **values)
