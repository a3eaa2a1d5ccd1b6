"""Writing the protocol, and amending it once somebody has decided."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from evidence_app.domain.edit import Edit, RowOf, counted
from evidence_app.domain.screening import Amendment, MaybeCounts, Stage
from evidence_app.services.publishing.protocol import FORMATS, write_protocol
from evidence_app.services.screening import amending
from evidence_app.services.screening.protocol import (
    CriterionLine,
    Line,
    Lists,
    RoleLine,
    set_protocol,
)
from evidence_app.storage import contents, protocols, references, screening, screening_votes
from evidence_app.storage.connections import Reader
from evidence_app.ui.acting import write
from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.moments import told_by
from evidence_app.ui.screening.amend_dialog import AmendDialog, Touched
from evidence_app.ui.screening.protocol_dialog import ProtocolDialog
from evidence_app.ui.screening.protocol_form import ProtocolForm, Written, WrittenCriterion, WrittenRole
from evidence_app.ui.screening.team import ScreeningTeam

PROTOCOL = (
    ActionSpec("protocol", "Protocol…", "Screen", "Ctrl+Shift+O", "ph.clipboard-text"),
    ActionSpec("export_protocol", "Export the protocol…", "Screen", "", "ph.export"),
)
NAMED = 500
Change = tuple[str, str, int | None]
"""What a change of the protocol says before and after, and the criterion it is about."""


class ScreeningProtocol(ScreeningTeam):
    """The protocol as its dialog writes it."""

    def protocol(self) -> None:
        """Write the protocol; once somebody has decided, a change of its rules is an amendment."""
        reader = self.project.reader
        held = held_form(reader)
        persons = list(screening_votes.people(reader).values())
        told = [_told(each) for each in protocols.amendments(reader)]
        dialog = ProtocolDialog(self.parts, held, persons, told, self.context.messages.confirm, self)
        if not self.ask_in(dialog):
            return
        wanted = dialog.wanted()
        changes = changed_rules(held, wanted)
        if changes and protocols.has_decisions(reader):
            self._amend(wanted, changes)
        else:
            write(self.context, partial(_written, wanted=wanted))

    def export_protocol(self) -> None:
        """Write the protocol with its amendments as a document; the ending says as what."""
        filters = ";;".join(f"{label} (*{ending})" for ending, label in FORMATS.items())
        project = self.project.path
        out = self.context.messages.save_file(
            "Export the protocol", filters, project.with_name(f"{project.stem} protocol.docx")
        )
        if out is not None:
            out = out if out.suffix else out.with_suffix(".docx")
            self.project.read(
                partial(_exported, out=out), self._exported, self._not_exported, title="Writing the protocol"
            )

    def _exported(self, out: Path) -> None:
        self.context.say(f"Wrote {out.name}", act=("Open", partial(_open, out)))

    def _not_exported(self, error: Exception) -> None:
        self.context.messages.inform("The protocol was not exported.", str(error))

    def _amend(self, wanted: ProtocolForm, changes: list[Change]) -> None:
        criterion = next((row for *_, row in changes if row is not None), None)
        offers = [
            _offer(self.project.reader, each)
            for each in amending.offers(self.project.reader, criterion, self.judging.person)
        ]
        nothing = Touched("", "Nothing: what was decided stays decided", (), ())
        shown = [(before, after) for before, after, _ in changes]
        dialog = AmendDialog(self.parts, shown, [nothing, *offers], self)
        if not self.ask_in(dialog):
            self.context.say("The protocol was left as it is")
            return
        chosen = dialog.chosen
        stage = Stage(chosen.key.partition(":")[2]) if chosen is not None and chosen.key else None
        again = {stage: chosen.records} if stage is not None and chosen is not None else {}
        question = partial(
            _amended, wanted=wanted, changes=changes, reason=dialog.reason.toPlainText(), again=again,
            person=self.judging.person,
        )  # fmt: skip
        write(self.context, question)


def _exported(reader: Reader, out: Path) -> Path:
    write_protocol(reader, out)
    return out


def _open(out: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(out)))


def held_form(reader: Reader) -> ProtocolForm:
    """Return the protocol as the dialog edits it."""
    held = screening.protocol(reader)
    return ProtocolForm(
        review_type=held.review_type, blind=held.blind, double_share=held.double_share,
        maybe_counts=held.maybe_counts.value, calibration=held.calibration,
        least_agreement=held.least_agreement, after_poor_check=held.after_poor_check,
        registration=held.registration,
        questions=[Written(each.id, each.text) for each in contents.questions(reader)],
        concepts=[Written(each.id, each.text, each.name) for each in protocols.concepts(reader)],
        criteria=[
            WrittenCriterion(each.id, each.code, each.text, each.includes, each.concept)
            for each in protocols.criteria(reader)
        ],
        roles=[WrittenRole(each.id, each.name, each.role) for each in protocols.roles(reader)],
    )  # fmt: skip


def changed_rules(held: ProtocolForm, wanted: ProtocolForm) -> list[Change]:
    """Return what changes of the criteria and of the rules of deciding; other fields need no amendment."""
    found: list[Change] = []
    left = {each.row: each for each in wanted.criteria if each.row is not None}
    for old in held.criteria:
        new = left.get(old.row or 0)
        if new is None or (new.text.strip(), new.includes) != (old.text, old.includes):
            found.append((_in_words(old), _in_words(new) if new is not None else "", old.row))
    found += [("", _in_words(each), None) for each in wanted.criteria if each.row is None]
    for said, before, after in (
        ("Blind", held.blind, wanted.blind), ("A maybe counts as", held.maybe_counts, wanted.maybe_counts),
        ("Share screened by two people", held.double_share, wanted.double_share),
        ("Least agreement", held.least_agreement, wanted.least_agreement),
        ("After a poor check", held.after_poor_check, wanted.after_poor_check),
    ):  # fmt: skip
        if before != after:
            found.append((f"{said}: {_value(before)}", f"{said}: {_value(after)}", None))
    return found


def _written(reader: Reader, wanted: ProtocolForm) -> Edit:
    protocol = replace(
        screening.protocol(reader), review_type=wanted.review_type, blind=wanted.blind,
        double_share=wanted.double_share, maybe_counts=MaybeCounts(wanted.maybe_counts),
        calibration=wanted.calibration, least_agreement=wanted.least_agreement,
        after_poor_check=wanted.after_poor_check, registration=wanted.registration,
    )  # fmt: skip
    lists = Lists(
        questions=[Line(each.row, each.text) for each in wanted.questions],
        concepts=[Line(each.row, each.text, each.name) for each in wanted.concepts],
        criteria=[
            CriterionLine(each.row, each.code, each.text, each.includes, each.concept)
            for each in wanted.criteria
        ],
        roles=[RoleLine(each.row, each.person, each.role) for each in wanted.roles],
    )  # fmt: skip
    return set_protocol(reader, protocol, lists)


def _amended(
    reader: Reader, wanted: ProtocolForm, changes: list[Change], reason: str,
    again: dict[Stage, tuple[int, ...]], person: RowOf,
) -> Edit:  # fmt: skip
    text = "; ".join(after or f"Without: {before}" for before, after, _ in changes)
    return amending.amend(
        reader, text, reason, person, criterion=next((row for *_, row in changes if row is not None), None),
        again=again, before="\n".join(before for before, _, _ in changes if before),
        changes=_written(reader, wanted).changes,
    )  # fmt: skip


def _offer(reader: Reader, found: amending.Touched) -> Touched:
    named = [
        f"{each.short_label}: {each.title}" if each.authors else each.title
        for each in references.references(reader, found.named[:NAMED])
    ]
    if others := len(found.references) - len(found.named):
        named.append(f"{counted(others, 'record')} judged by others, not named while screening is blind")
    kind = found.key.partition(":")[0]
    return Touched(f"{kind}:{found.stage.value}", found.words, found.references, tuple(named))


def _told(amendment: Amendment) -> str:
    again = f" {amendment.again:,} records were judged again." if amendment.again else ""
    return f"{told_by(amendment.by, amendment.at)}: {amendment.text}. Why: {amendment.reason}.{again}"


def _in_words(criterion: WrittenCriterion) -> str:
    return f"{criterion.code} {'Include' if criterion.includes else 'Exclude'}: {criterion.text.strip()}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value not in (None, "") else "not stated"
