"""Packets for a second reviewer: given out, taken back, and the fields both changed."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices

from evidence_app.domain.edit import Edit, counted, new_guid
from evidence_app.domain.packets import FieldConflict, MergedAnswer, Packet
from evidence_app.domain.screening import Purpose, Stage
from evidence_app.services.library.fields import label_of, shown_value
from evidence_app.services.screening.outcomes import outcomes
from evidence_app.services.screening.packets import making
from evidence_app.services.screening.packets.answers import answers_in
from evidence_app.services.screening.packets.choosing import records_for, sample_for
from evidence_app.services.screening.packets.fields import choose
from evidence_app.services.screening.packets.merging import WhoJudged, merge
from evidence_app.services.screening.packets.page import write_page
from evidence_app.storage import packets, references, screening, screening_votes
from evidence_app.storage.applied import Acting, Applied
from evidence_app.storage.connections import Reader, is_project
from evidence_app.storage.project import Project
from evidence_app.ui.acting import write
from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.carried import dropped_files
from evidence_app.ui.screening.desk import STAGES
from evidence_app.ui.screening.fields_dialog import FieldsDialog, ShownConflict
from evidence_app.ui.screening.packet_dialog import PacketDialog, WantedPacket
from evidence_app.ui.screening.ranking_acts import ScreeningRanking
from evidence_app.ui.screening.team import DRAW
from evidence_app.ui.tasks import Report

PACKETS = (
    ActionSpec("give_packet", "Give out a packet…", "Screen", "", "ph.paper-plane-tilt"),
    ActionSpec("merge_answer", "Merge an answer…", "Screen", "", "ph.tray"),
    ActionSpec("changed_fields", "Fields changed on both sides…", "Screen", "", "ph.git-diff"),
)
FILES = {"evidence": "Packet (*.evidence)", "html": "Offline page (*.html)"}


class ScreeningPackets(ScreeningRanking):
    """The acts with packets; a file that is dropped on the screen is merged."""

    def give_packet(self) -> None:
        """Write a packet of a sample, or of all records at this stage."""
        reader, stage = self.project.reader, self.judging.stage
        records = outcomes(reader, stage)
        if not records:
            self.context.say("No record is at this stage yet")
            return
        samples = [each for each in screening.samples(reader, stage) if each.purpose is not Purpose.AUDIT]
        people = screening_votes.people(reader)
        drawn_for = [each.person_name for each in reversed(samples) if each.person_name]
        others = [name for row, name in people.items() if row != self.judging.person_row]
        dialog = PacketDialog(
            self.parts, STAGES[stage].lower(), len(records),
            [(each.guid, each.name, len(each.members)) for each in samples],
            list(dict.fromkeys((*drawn_for, *others))), self,
        )  # fmt: skip
        if not self.ask_in(dialog):
            return
        wanted = dialog.wanted()
        suggested = self.project.path.with_name(f"{self.project.path.stem} for {wanted.person}.{wanted.kind}")
        out = self.context.messages.save_file("Write the packet", FILES[wanted.kind], suggested)
        if out is not None:
            self.project.read(
                partial(_written, stage=stage, wanted=wanted, out=out), self._given_out, latest="packet",
                title="Writing the packet",
            )  # fmt: skip

    def _given_out(self, found: tuple[Packet, Edit, Path]) -> None:
        made, edit, out = found
        self.project.do(edit)
        self.context.say(f"Wrote {counted(len(made.records), 'record')} for {made.person_name}: {out.name}")

    def next_of_team(self) -> tuple[str, Callable[[], None]]:
        """Return what the work with a second person comes to next: draw, give out, merge, or compare."""
        state = self.judging.state
        if self.packet is not None:
            return "", self.show_folder
        if state is None:
            return DRAW, self.check_share
        by_two = state.round is None and (state.planned.double_share or 0) >= 1
        if state.next_round is not None and not (by_two and state.next_round is Purpose.CHECK):
            return self.draw_words(state), self.check_share
        if state.round is not None and state.round.is_finished:
            return "Agreement…", self.agreement
        sample = state.round.sample.id if state.round is not None else None
        given, merged = packets.how_far(self.project.reader, state.stage.value, sample)
        if not given:
            return "Give out a packet…", self.give_packet
        return ("Agreement…", self.agreement) if merged else ("Merge an answer…", self.merge_answer)

    @property
    def packet(self) -> Mapping[str, Any] | None:
        """The packet this file is, with its person; None for a review of one's own."""
        return packets.given_out(self.project.reader)

    def show_folder(self) -> None:
        """Show the folder in which the file lies, which is sent back."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.project.path.parent)))

    def go_on_with_team(self) -> None:
        """Do what comes next in the work with a second person."""
        self.next_of_team()[1]()

    # -- answers

    def merge_answer(self) -> None:
        """Merge a packet or an answer file that came back."""
        path = self.context.messages.choose_file("Merge an answer", "Packets and answers (*.evidence *.json)")
        if path is not None:
            self.merge_file(path)

    def takes(self, mime: QMimeData) -> bool:
        """Take an answer file that is dropped."""
        files = dropped_files(mime)
        return len(files) == 1 and files[0].suffix.casefold() == ".json"

    def take(self, mime: QMimeData) -> None:
        """Merge what was dropped."""
        self.merge_file(dropped_files(mime)[0])

    def merge_file(self, path: Path, by: str = "") -> None:
        """Merge an answer and tell what came of it; `by` says who judged, where it cannot tell."""
        told: list[MergedAnswer | WhoJudged] = []
        self._told, self._merging = told, path
        work = partial(_merged, path=path, by=by, told=told)
        self.project.write_in_turns(work, "Merging the answer", self._tell)

    _told: list[MergedAnswer | WhoJudged] | None = None
    _merging: Path | None = None

    def _tell(self) -> None:
        told, self._told = self._told or [], None
        merged = [each for each in told if isinstance(each, MergedAnswer)]
        for came in merged:
            self.context.messages.inform(_heading(came), _report(came))
        if any(came.conflicts for came in merged):
            self.changed_fields()
        unclear = next((each for each in told if isinstance(each, WhoJudged)), None)
        if unclear is not None and self._merging is not None:
            by = self.context.messages.ask("Who judged?", f"{unclear} Name:", unclear.meant)
            if by and by.strip():
                self.merge_file(self._merging, by)

    # -- fields

    def changed_fields(self) -> None:
        """Show the fields changed on both sides."""
        reader = self.project.reader
        found = packets.field_conflicts(reader)
        if not found:
            self.context.say("No field waits for a choice between two changes")
            return
        self._conflicts = {each.id: each for each in found}
        shown = [_shown(reader, each) for each in found]
        self.ask_in(FieldsDialog(self.parts, shown, self.choose_field, self))

    _conflicts: dict[int, FieldConflict] = {}  # noqa: RUF012 - replaced, never changed

    def choose_field(self, row: int, theirs: bool) -> None:
        """Settle one field."""
        write(self.context, partial(choose, conflict=self._conflicts[row], theirs=theirs))


def _written(reader: Reader, stage: Stage, wanted: WantedPacket, out: Path) -> tuple[Packet, Edit, Path]:
    sample = sample_for(reader, stage, wanted.sample) if wanted.sample else None
    known = screening_votes.people_called(reader, wanted.person)
    guid = screening_votes.identity_at(reader, known[0]) if known else new_guid()
    person = Acting(wanted.person, "".join(part[0] for part in wanted.person.split()), guid)
    made = making.packet(reader, records_for(reader, stage, sample), stage, person, sample)
    if wanted.kind == "html":
        write_page(made, out)
    else:
        _make_way(out)
        making.write_project(made, out)
    return made, making.given_out(reader, made, person.initials), out


def _make_way(out: Path) -> None:
    """Take away an earlier packet that stands there; anything else stays, and is told of."""
    if out.exists() and is_project(out):
        with Reader(out) as reader:
            earlier = packets.given_out(reader)
        if earlier is not None:
            out.unlink()


def _merged(
    project: Project, _report: Report, path: Path, by: str, told: list[MergedAnswer | WhoJudged]
) -> Applied | None:
    applied = None
    with project.reader() as reader:
        for answer in answers_in(path):
            try:
                edit, came = merge(reader, answer, by)
            except WhoJudged as unclear:
                told.append(unclear)
                continue
            told.append(came)
            if edit:
                applied = project.apply(edit)
    return applied


def _heading(came: MergedAnswer) -> str:
    new = came.decisions + came.taken_back
    if not new:
        others = came.notes or came.flags or came.fields or came.conflicts
        return f"No new decision of {came.person}" if others else f"Nothing new from {came.person}"
    return f"{counted(new, 'decision')} of {came.person} merged"


def _report(came: MergedAnswer) -> str:
    lines: list[tuple[Any, str]] = [
        (came.taken_back, f"{counted(came.taken_back, 'decision')} taken back."),
        (came.unchanged, f"{counted(came.unchanged, 'decision')} known already."),
        (came.notes, f"{counted(came.notes, 'note')} added."),
        (came.flags, f"{counted(came.flags, 'flag')} set."),
        (came.fields, f"{counted(came.fields, 'field')} taken over that nobody changed here."),
        (came.conflicts, f"{counted(came.conflicts, 'field')} changed on both sides: yours stays for now."),
        (came.unknown, f"{counted(len(came.unknown), 'record')} not in this review any more."),
    ]
    return " ".join(words for number, words in lines if number) or "Nothing else came with it."


def _shown(reader: Reader, each: FieldConflict) -> ShownConflict:
    work = references.reference(reader, each.reference)
    return ShownConflict(
        each.id, work.short_label if work else "A removed reference", label_of(each.variable),
        shown_value(each.variable, each.mine), shown_value(each.variable, each.theirs), each.person,
    )  # fmt: skip
