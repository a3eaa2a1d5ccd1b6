"""What more than one person needs: samples, agreement, conflicts."""

from dataclasses import replace
from functools import partial

from evidence_app.domain.edit import Edit, RowOf, counted, insert
from evidence_app.domain.screening import Purpose, Stage
from evidence_app.services.screening import conflicts, sampling
from evidence_app.services.screening.agreement import (
    Agreement,
    agreements,
    figure,
    methods_sentence,
)
from evidence_app.services.screening.coefficients import Estimate
from evidence_app.services.screening.desk_queue import SAMPLE, QueueState
from evidence_app.services.screening.rounds import poor_pair, rounds
from evidence_app.storage import screening, screening_votes
from evidence_app.storage.connections import Reader
from evidence_app.ui.acting import write
from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.screening.agreement_dialog import AgreementDialog, ShownAgreement, ShownFigure
from evidence_app.ui.screening.conflict_panel import Vote
from evidence_app.ui.screening.desk import STAGES, ScreeningDesk
from evidence_app.ui.screening.judging import CELL
from evidence_app.ui.screening.sample_dialog import DRAWN, SampleDialog, WantedSample
from evidence_app.ui.screening.side import QueueChoice

DRAW = "Check 10 %…"
TEAM = (
    ActionSpec("check_share", DRAW, "Screen", "Ctrl+Shift+K", "ph.users"),
    ActionSpec("give_up_sample", "Give this sample up", "Screen", "", "ph.x"),
    ActionSpec("agreement", "Agreement…", "Screen", "Ctrl+Shift+A", "ph.scales"),
)
NO_PAIR = (
    "Nobody has judged the same records as somebody else at {stage} yet. Check a random share by a second "
    "person, or plan in the protocol that two people judge all."
)


class ScreeningTeam(ScreeningDesk):
    """The acts on the whole of screening."""

    _cell: tuple[str, list[int]] = ("", [])

    # -- samples

    def check_share(self) -> None:
        """Draw a random share for a second person, or a calibration round."""
        stage, reader, state = self.judging.stage, self.project.reader, self.judging.state
        if state is None or not state.counts["all"]:
            self.context.say("No record is at this stage yet")
            return
        others = [
            name for row, name in screening_votes.people(reader).items() if row != self.judging.person_row
        ]
        left = {each: len(sampling.drawn_from(reader, stage, each)) for each in DRAWN}
        dialog = SampleDialog(
            self.parts, STAGES[stage], left, others, purpose=state.next_round or Purpose.CHECK,
            seed=sampling.new_seed(), share=state.planned.double_share, calibration=state.planned.calibration,
            parent=self,
        )  # fmt: skip
        if self.ask_in(dialog):
            wanted = dialog.wanted()
            self._seed = wanted.seed
            self.project.read(partial(_drawn, stage=stage, wanted=wanted), self._draw, latest="sample")

    _seed = 0

    def _draw(self, edit: Edit) -> None:
        self.project.do(edit, self._show_drawn)

    def _show_drawn(self, _applied: object) -> None:
        """Say what was drawn; a calibration round comes before all else, so its records are shown."""
        sample = screening.samples(self.project.reader, self.judging.stage)[-1]
        if sample.purpose is Purpose.CALIBRATION:
            self.judging.turn_to(self.judging.stage, f"{SAMPLE}{sample.id}")
        self.context.say(
            f"Drew {counted(len(sample.members), 'record')} with the seed {self._seed}", undo=True
        )

    def draw_words(self, state: QueueState) -> str:
        """Return what the button that draws the next round says."""
        another = state.round is not None and state.round.is_finished and bool(state.round.poor)
        if state.next_round is Purpose.CALIBRATION:
            return "Another round…" if another else "Calibration round…"
        share = state.planned.double_share or 0.1
        return f"Check {'another ' * another}{100 * share:g} %…"

    def give_up_sample(self) -> None:
        """Give the sample up whose queue is shown; the decisions on its records stay."""
        key = self.judging.key
        held = screening.samples(self.project.reader, self.judging.stage)
        sample = next((each for each in held if f"{SAMPLE}{each.id}" == key), None)
        if sample is None:
            self.context.say("Choose the sample on the left first; this gives up the one that is shown")
            return
        write(self.context, partial(sampling.remove_sample, sample=sample))
        self.context.say(f"Gave up {sample.name}; the decisions on its records stay", undo=True)

    # -- agreement

    def agreement(self) -> None:
        """Show how far two people agree at this stage."""
        reader, stage = self.project.reader, self.judging.stage
        found = agreements(reader, stage, viewer=self.judging.person_row)
        protocol = screening.protocol(reader)
        drawn = rounds(reader, stage)
        shown = [_shown(each, poor_pair(each, drawn, protocol)) for each in found]
        dialog = AgreementDialog(self.parts, shown, NO_PAIR.format(stage=STAGES[stage]), self)
        self.ask_in(dialog)
        opened = dialog.opened_records()
        if opened is not None:
            self._cell = opened
            self.judging.turn_to_records(CELL, opened[1])

    def more_queues(self) -> list[QueueChoice]:
        """Return the records of a cell of the agreement table, once one was opened."""
        name, records = self._cell
        return [QueueChoice(CELL, name, len(records), apart=True)] if records else []

    # -- conflicts

    def show_votes(self) -> None:
        """Show both votes and notes side by side, where they are not to be hidden from this person."""
        judging = self.judging
        current, reads_votes = judging.current, judging.key in ("conflicts", CELL)
        if current is None or not reads_votes:
            self.page.votes.show_votes((), "")
            return
        row = int(current.card.reference.id)
        seen = conflicts.side_by_side(self.project.reader, row, judging.stage, judging.person)
        votes = [
            Vote(
                each.decision.name, each.decision.verdict.value, "; ".join(each.reasons),
                " ".join(each.notes),
                each.decision.at, settles=each.decision.made_as.value == conflicts.ADJUDICATOR,
            )
            for each in seen
        ]  # fmt: skip
        words = (
            "The votes differ. I, E or U settles it in your name as adjudicator; the votes stay as they are."
            if judging.settling
            else "What each of you decided. I, E or U changes your own vote."
        )
        self.page.votes.show_votes(votes, words)


def _drawn(reader: Reader, stage: Stage, wanted: WantedSample) -> Edit:
    who: RowOf | int | None = None
    new = None
    if wanted.person:
        known = screening_votes.people_called(reader, wanted.person)
        who = known[0] if known else None
        if who is None:
            initials = "".join(part[0] for part in wanted.person.split())
            new = insert("person", name=wanted.person, initials=initials)
            who = RowOf("person", new.guid)
    is_check = wanted.purpose == Purpose.CHECK.value
    edit = sampling.draw_sample(
        reader, stage, Purpose(wanted.purpose), share=wanted.share if is_check else None,
        number=None if is_check else wanted.number, seed=wanted.seed, person=who,
    )  # fmt: skip
    return replace(edit, changes=(new, *edit.changes)) if new is not None else edit


def _shown(found: Agreement, poor: str) -> ShownAgreement:
    figures = (
        ShownFigure(
            "Agreed", _percent(found.percent), _interval(found.percent, percent=True), "same verdict"
        ),
        ShownFigure("Cohen’s κ", _value(found.kappa), _interval(found.kappa), "beyond chance"),
        ShownFigure(
            "Gwet’s AC1", _value(found.ac1), _interval(found.ac1), "steady where one verdict is rare"
        ),
    )
    return ShownAgreement(
        found.first_name or "Somebody", found.second_name or "somebody", f"{found.number:,} judged by both",
        figures, found.counts, found.cells, methods_sentence(found), poor,
    )  # fmt: skip


def _value(found: Estimate | None) -> str:
    return figure(found.value) if found is not None else "–"


def _percent(found: Estimate | None) -> str:
    return f"{100 * found.value:.1f} %" if found is not None else "–"


def _interval(found: Estimate | None, *, percent: bool = False) -> str:
    if found is None:
        return "not defined: both said one thing only"
    if percent:
        return f"95 % CI {100 * found.low:.1f} to {100 * found.high:.1f} %"
    return f"95 % CI {figure(found.low)} to {figure(found.high)}"
