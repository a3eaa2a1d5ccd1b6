"""Merging an answer into its review: the same decisions however often and in whatever order.

For each record the latest state of an answer counts. When that was is kept with the merge, so that an older
copy of a packet changes nothing that a newer one said."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence_app.domain.edit import Change, Edit, RowOf, counted, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.packets import AnsweredRecord, MergedAnswer, PacketAnswer
from evidence_app.domain.screening import Stage, Vote
from evidence_app.services.screening.packets import fields
from evidence_app.services.screening.standing import following_all
from evidence_app.storage import packets, screening_votes
from evidence_app.storage.applied import NOBODY, identity_from
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening import Ballots
from evidence_app.storage.screening_cards import SCREENING_NOTE

_NEW_VOTE = 1 << 61
"""Stands for the rows of votes that are not written yet."""


class WhoJudged(EvidenceError):
    """A packet was judged in the name of somebody whom the review knows, and who it was not made for.

    Two people whose machines know them by one name, a login name say, are one by identity: somebody has to
    say which of them it was."""

    def __init__(self, meant: str, judged_as: str) -> None:
        super().__init__(
            f"This packet was made for {meant or 'nobody by name'}, and was judged as {judged_as}, who is "
            "somebody else in this review. What was judged so was not merged. Say who judged."
        )
        self.meant, self.judged_as = meant, judged_as


def merge(reader: Reader, answer: PacketAnswer, by: str = "") -> tuple[Edit, MergedAnswer]:
    """Return the edit that takes an answer in, and what it comes to; an edit of nothing where all is known.

    `by` names who judged, where the answer cannot tell: else `WhoJudged` is raised there. Raises
    `EvidenceError` for the answer of another review, or of a packet this one did not give out."""
    packet = packets.packet_row(reader, answer.packet)
    if packet is None:
        raise EvidenceError(_foreign(reader, answer))
    work = _Merging(reader, answer, packet, by)
    work.take_decisions()
    work.take_notes()
    work.take_flags()
    edit, told = fields.take(reader, answer, work.kept, packet["id"], work.person)
    work.changes += edit
    work.told.fields, work.told.conflicts = told
    if not work.changes:
        return Edit("Merge nothing new"), work.told
    work.remember()
    what = counted(work.told.decisions + work.told.taken_back, "decision")
    return Edit(f"Merge {what} of {work.told.person}", tuple(work.changes)), work.told


def _foreign(reader: Reader, answer: PacketAnswer) -> str:
    if answer.review != packets.review_guid(reader):
        return (
            "This answer belongs to another review; nothing was merged. "
            "Open the review that the packet was given out of."
        )
    return (
        "This packet is not among those this review gave out; nothing was merged. "
        "If giving it out was taken back, do it again first (Ctrl+Shift+Z)."
    )


@dataclass
class _Merging:
    reader: Reader
    answer: PacketAnswer
    packet: Mapping[str, Any]
    by: str = ""
    changes: list[Change] = field(default_factory=list)
    moments: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        asked = {each.reference for each in self.answer.records} | self.answer.flagged
        asked |= {note.reference for note in self.answer.notes}
        asked |= {changed.reference for changed in self.answer.fields}
        self.kept = packets.kept_references(self.reader, asked)
        self.own = packets.rows_by_guid(self.reader, "reference", asked)
        self.stage = Stage(self.packet["stage"])
        self.told = MergedAnswer(
            packet=self.answer.packet, person=self.answer.person_name, unknown=sorted(asked - set(self.kept))
        )
        self._enter_person()

    def _enter_person(self) -> None:
        """Find who judged: by identity, else the one the packet was made for by name, else somebody new."""
        guid, name = self.answer.person_guid, self.answer.person_name
        meant = self.packet["person_name"] or ""
        unnamed = guid == NOBODY.guid  # who gave no name here either is somebody else
        if unnamed or (self._row_of(guid) is None and name.casefold() == meant.casefold()):
            guid, name = self.packet["person_guid"], meant or name
        elif self._may_be_another(guid):
            if not self.by.strip():
                raise WhoJudged(meant, name)
            guid, name = self._named(self.by)
        known = self._row_of(guid)
        self.told.person = name
        if known is None:
            self.changes.append(insert("person", guid, name=name))
        self.person_guid, self.row = guid, known
        self.person: Any = RowOf("person", guid)

    def _row_of(self, guid: str) -> int | None:
        found = self.reader.value("SELECT id FROM person WHERE guid = :guid", guid=guid)
        return int(found) if found is not None else None

    def _may_be_another(self, guid: str) -> bool:
        """Whether the identity is that of somebody the packet was not made for, and never answered it."""
        if guid == self.packet["person_guid"] or self._row_of(guid) is None:
            return False
        return all(person != guid for person, _ in packets.moments(self.reader, self.packet["id"]))

    def _named(self, name: str) -> tuple[str, str]:
        """Return the identity and name of who judged, as somebody says."""
        name = " ".join(name.split())
        if name.casefold() == (self.packet["person_name"] or "").casefold():
            return self.packet["person_guid"], self.packet["person_name"]
        return screening_votes.identity_of(self.reader, name) or identity_from(name), name

    def take_decisions(self) -> None:
        past = packets.moments(self.reader, self.packet["id"])
        present = self._present()
        reasons = packets.rows_by_guid(
            self.reader, "exclusion_reason", {each for said in self.answer.records for each in said.reasons}
        )
        votes: dict[int, Vote | None] = {}
        for said in self.answer.records:
            if said.reference not in self.kept:
                continue
            if said.at <= past.get((self.person_guid, said.reference), ""):
                self.told.unchanged += 1
                continue
            self.moments[said.reference] = said.at
            held = present.get(self.own[said.reference], [])
            if said.verdict is not None and [each["guid"] for each in held] == [said.decision]:
                self.told.unchanged += 1
                continue
            self.changes += [remove("decision", each["id"]) for each in held]
            votes[self.kept[said.reference]] = self._take(said, reasons, bool(held))
        self._follow(votes)
        if not votes:
            self.moments.clear()

    def _present(self) -> dict[int, list[Mapping[str, Any]]]:
        """The live decisions of this person at this stage, by the reference they were made on."""
        found: dict[int, list[Mapping[str, Any]]] = {}
        for row in self.reader.rows(
            """SELECT id, guid, reference FROM decision WHERE removed IS NULL AND stage = :stage
               AND person = :person AND made_as = 'reviewer' ORDER BY id""",
            stage=self.stage.value, person=self.row,
        ):  # fmt: skip
            found.setdefault(row["reference"], []).append(dict(row))
        return found

    def _take(self, said: AnsweredRecord, reasons: Mapping[str, int], held: bool) -> Vote | None:
        if said.verdict is None:
            self.told.taken_back += held
            return None
        self.told.decisions += 1
        given = [reasons[each] for each in said.reasons if each in reasons]
        values: dict[str, Any] = {
            "person": self.person, "stage": self.stage.value, "verdict": said.verdict.value,
            "note": said.note,
            "exclusion_reason": given[0] if given else None, "packet": self.packet["id"], "at": said.at,
        }  # fmt: skip
        row = packets.rows_by_guid(self.reader, "decision", [said.decision]).get(said.decision)
        if row is not None:  # it was here and was taken back; its identity comes again
            was = self.reader.row("SELECT removed, person FROM decision WHERE id = :id", id=row)
            now = {"removed": None, "person": self.row if self.row is not None else self.person}
            self.changes += set_columns("decision", row, dict(was or {}), now)
        else:
            made = insert("decision", said.decision, reference=self.own[said.reference], **values)
            self.changes.append(made)
        self.changes += [
            insert("decision_reason", decision=RowOf("decision", said.decision), exclusion_reason=each)
            for each in given[1:]
        ]
        person = self.row if self.row is not None else -1
        return Vote(person, said.verdict.value, "reviewer", said.at, _NEW_VOTE, self.own[said.reference])

    def _follow(self, votes: Mapping[int, Vote | None]) -> None:
        """Let the standing of reports follow what is voted now."""

        def changed(stage: Stage, held: Ballots) -> Ballots:
            if stage is not self.stage:
                return held
            merged = {work: list(several) for work, several in held.votes.items()}
            for work, vote in votes.items():
                others = [
                    each
                    for each in merged.get(work, [])
                    if each.person != self.row or each.made_as != "reviewer"
                ]
                merged[work] = [*others, vote] if vote else others
            return Ballots(merged, held.twice, held.again)

        if votes:
            self.changes += following_all(self.reader, change=changed, references=votes)

    def take_notes(self) -> None:
        rows = packets.rows_by_guid(self.reader, "note", {note.guid for note in self.answer.notes})
        for note in self.answer.notes:
            if note.reference not in self.kept:
                continue
            if note.guid not in rows:
                self.told.notes += 1
                self.changes.append(
                    insert(
                        "note", note.guid, reference=self.own[note.reference], text=note.text,
                        kind=SCREENING_NOTE, person=self.person, at=note.at,
                    )
                )  # fmt: skip
                continue
            held = self.reader.row("SELECT text, at, removed FROM note WHERE id = :id", id=rows[note.guid])
            if held and held["removed"] is None and held["text"] != note.text and note.at > held["at"]:
                self.told.notes += 1
                before = {"text": held["text"], "at": held["at"]}
                after = {"text": note.text, "at": note.at}
                self.changes += set_columns("note", rows[note.guid], before, after)

    def take_flags(self) -> None:
        held = (
            packets.flags_of(self.reader, self.stage.value, self.row) if self.row is not None else frozenset()
        )
        for reference in sorted(self.answer.flagged - held):
            if reference in self.kept:
                self.told.flags += 1
                self.changes.append(
                    insert("flag", reference=self.own[reference], stage=self.stage.value, person=self.person)
                )

    def remember(self) -> None:
        self.changes.append(
            insert(
                "packet_answer", packet=self.packet["id"], sha256=self.answer.sha256, person=self.person,
                decisions=self.told.decisions, moments=json.dumps(self.moments, sort_keys=True),
                at=screening_moment(self.answer),
            )
        )  # fmt: skip


def screening_moment(answer: PacketAnswer) -> str:
    """Return when the answer was last worked on."""
    return max((each.at for each in answer.records), default="")
