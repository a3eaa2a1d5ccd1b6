"""Going through a queue and judging: the view goes on at once, the decision is written meanwhile."""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from evidence_app.domain.edit import RowOf
from evidence_app.domain.screening import ExclusionReason, MadeAs, Stage, Verdict
from evidence_app.services.screening import conflicts, deciding
from evidence_app.services.screening.desk_queue import EMPTYING, QueueState, read_queue
from evidence_app.storage import screening
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.screening.decision_work import DecisionWork, Question, TakeBackWork, Underway
from evidence_app.ui.screening.lines import (
    DONE,
    OURS,
    VISITING,
    WANTS_REASON,
    lines_of,
    put_back,
    taken_before,
)
from evidence_app.ui.screening.queue_list import Line
from evidence_app.ui.screening.ranked_order import RankedOrder
from evidence_app.ui.screening.shelf import Ready, Shelf
from evidence_app.ui.screening.side import Side

CELL: Final = "cell"
"""The queue of records that were picked elsewhere: in the table of agreement."""


class Judging(RankedOrder):
    """Which record is shown, what is given as reasons, what is being written."""

    shown = Signal(object)
    """The record that is shown now (Ready), or None where nothing is."""
    counted = Signal()
    """Queues, numbers or reasons are others now."""
    given_changed = Signal()
    said = Signal(str)
    wanted = Signal(str)
    """What has to be done before a decision is taken, or why one came back."""

    def __init__(self, context: ScreenContext, side: Side, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._project, self._side = context, context.project, side
        self.shelf = Shelf(context.project, self)
        self.stage, self.key = Stage.TITLE_ABSTRACT, "unscreened"
        self.state: QueueState | None = None
        self.reasons: list[ExclusionReason] = []
        self.current: Ready | None = None
        self.visiting: int | None = None
        """A record that is shown although it is not in the queue: one that was judged."""
        self.wants_reason = False
        self.underway = Underway()
        self.moments: list[float] = []
        self.done = 0
        self._given: dict[int, list[int]] = {}
        self._judged: list[tuple[int, str]] = []
        self._wanted: int | None = None
        self._row: int | None = None
        self._records: list[int] = []
        self._since: set[int] = set()
        """What was decided since the queue was asked for: the answer does not know of it yet."""
        side.queue.chosen.connect(self._go)
        side.judged.chosen.connect(self.visit)

    @property
    def guid(self) -> str:
        """The identity of the person who acts."""
        return self._context.person_guid

    @property
    def person(self) -> RowOf:
        """The person who acts, as an edit names them."""
        return self._context.person

    @property
    def person_row(self) -> int | None:
        """The row of the person who acts, None before their first edit in this project."""
        if self._row is None:
            self._row = screening.person_row(self._project.reader, self.person)
        return self._row

    @property
    def settling(self) -> bool:
        """Whether a decision now settles a conflict, in the name of the adjudicator."""
        settles = self.state is not None and self.state.settles
        return settles and self.key == "conflicts" and self.visiting is None

    # -- the queue

    def turn_to(self, stage: Stage, key: str) -> None:
        """Go through another queue."""
        if (stage, key) != (self.stage, self.key):
            self.stage, self.key = stage, key
            self.visiting, self.wants_reason = None, False
            self.ask()

    def turn_to_records(self, key: str, records: Sequence[int]) -> None:
        """Go through these records under a name of their own: those of a cell of a table."""
        self.key, self._records = key, list(records)
        self.visiting, self.wants_reason = None, False
        self.ask()

    def ask(self) -> None:
        """Read the queue in a reading lane."""
        self._since = {work.record for work in self.underway.waiting if isinstance(work, DecisionWork)}
        question = partial(read_queue, stage=self.stage, key=self.key, who=self.person)
        self._project.read(question, self._arrived, latest="screening.queue")

    def _arrived(self, state: QueueState) -> None:
        if state.stage != self.stage:
            return
        self.state = state
        own = self._records if self.key == CELL else None
        self.key = state.key if own is None else self.key
        self.reasons = screening.reasons(self._project.reader, self.stage)
        self._row = state.person
        self.shelf.turn_to(self.stage, self.person_row)
        if not self._since:  # else what was decided meanwhile is not in it
            self.done, self.moments = state.done, list(state.moments)
            self._judged = list(state.judged)
        ids = list(state.ids) if own is None else own
        ids = [each for each in ids if each not in self._since] if self.key in EMPTYING else ids
        self._side.queue.queue.forget()
        wanted, self._wanted = self._wanted, None
        wanted = None if wanted in self._since else wanted
        self._side.queue.show_ids(self.ranked(ids), wanted or self._side.queue.current())
        if wanted is not None and wanted not in ids:
            self.visit(wanted)
        self._show_judged()
        self.counted.emit()

    def rank(self, order: Mapping[int, int], shown_by: str) -> None:
        """Put what comes after the present record into another order; the present one stays."""
        self.order, self._shown_by = order, shown_by
        if not self.is_ranked_queue:
            return
        ids = list(self._side.queue.queue.ids)
        current = self._side.queue.current()
        rest = self.ranked([each for each in ids if each != current])
        new = rest if current is None or current not in ids else [current, *rest]
        if new != ids:
            self._side.queue.arrange(new)
        self._fetch_ahead()

    def unrank(self) -> None:
        """Let the records come in their own order again."""
        self.order, self._shown_by = {}, ""
        self.ask()

    def want(self, record: int) -> None:
        """Show this record as soon as the queue is read."""
        self._wanted = record

    def lines(self, ids: Sequence[int]) -> dict[int, Line]:
        """Return the lines of the list for these records."""
        return lines_of(self._project.reader, ids, self.stage, self.person_row)

    # -- the record that is shown

    def _go(self, record: object) -> None:
        if self.visiting is not None:
            self.visiting = None
            self.wanted.emit("")
        self._show(record if isinstance(record, int) else None)

    def visit(self, record: object) -> None:
        """Show a record that need not be in the queue."""
        if isinstance(record, int):
            if self._side.queue.choose(record):
                self._go(record)
                return
            self.visiting = record
            self._show(record)
            self.wanted.emit(VISITING)

    def refresh(self) -> None:
        """Show the present record again, as it is now."""
        record = self.visiting if self.visiting is not None else self._side.queue.current()
        self._show(record)

    def renew(self) -> None:
        """Read what stands beside the records anew: labels, notes, flags, files."""
        self.shelf.turn_to(self.stage, self.person_row)
        self.shelf.clear()
        self.refresh()

    def _show(self, record: int | None) -> None:
        if self.wants_reason:
            self.wants_reason = False
            self.wanted.emit("")
        self.current = self.shelf.get(record) if record is not None else None
        self.shown.emit(self.current)
        self._fetch_ahead()

    def _fetch_ahead(self) -> None:
        place = self._side.queue.currentIndex().row()
        self.shelf.fetch_ahead(self._side.queue.queue.ids[place + 1 : place + 9].tolist())

    def step(self, by: int) -> None:
        """Go to the next record, or the one before."""
        if self.visiting is not None:
            self._go(self._side.queue.current())
        else:
            self._side.queue.step(by)

    # -- reasons

    def given(self) -> list[int]:
        """Return the reasons given for the present record, the main one first."""
        if self.current is None:
            return []
        record = int(self.current.card.reference.id)
        if record in self._given:
            return self._given[record]
        decision = self.current.card.decision
        return list(decision.reasons) if decision is not None else []

    def toggle(self, place: int) -> None:
        """Give a reason, or take it back; it decides nothing unless an exclude waits for it."""
        if self.current is None or not 1 <= place <= len(self.reasons):
            return
        card = self.current.card
        reason = self.reasons[place - 1].id
        given = [each for each in self.given() if each != reason]
        if len(given) == len(self.given()):
            given.append(reason)
        self._given[int(card.reference.id)] = given
        if self.wants_reason and given:
            self.decide("exclude")
            return
        if card.decision is not None and not self.settling:
            self._rewrite(card.decision.verdict, given)
        self.given_changed.emit()

    def _rewrite(self, verdict: str, given: Sequence[int]) -> None:
        """Change the reasons of a decision that was taken."""
        if self.current is None or (self.stage is Stage.FULL_TEXT and verdict == "exclude" and not given):
            return
        record = int(self.current.card.reference.id)
        work = self._work(record, verdict, given, "Changed the reasons of")
        work.question = partial(
            deciding.change_reasons, reference=record, stage=self.stage, person=self.person,
            reason=given[0] if given else None, further=tuple(given[1:]),
        )  # fmt: skip
        self._write(work)

    # -- decisions

    def decide(self, verdict: str) -> None:
        """Take a decision on the present record, and go on to the next at once."""
        if self.current is None:
            return
        self.underway.backs = 0  # asked for before, of a record that is not shown yet
        record = int(self.current.card.reference.id)
        given = self.given()
        if verdict == "exclude" and self.stage is Stage.FULL_TEXT and not given:
            self.wants_reason = True
            self.wanted.emit(
                WANTS_REASON if self.reasons else "Exclude needs a reason here; choose reasons first."
            )
            self.given_changed.emit()
            return
        work = self._work(record, verdict, given, DONE[verdict])
        was_mine = self.current.card.decision is not None
        work.place = self._side.queue.currentIndex().row() if self.visiting is None else -1
        self._given.pop(record, None)
        self._since.add(record)
        self._wanted = None if self._wanted == record else self._wanted
        if not was_mine and not self.settling:
            self.done += 1
        self.moments.append(time.time())
        self._judged = [(record, verdict), *(each for each in self._judged if each[0] != record)][:8]
        self._advance(record)
        self.said.emit(f"{work.words}. Z takes it back.")
        self._write(work)
        self.counted.emit()

    def _work(self, record: int, verdict: str, given: Sequence[int], did: str) -> DecisionWork:
        as_ = MadeAs.ADJUDICATOR if self.settling else MadeAs.REVIEWER
        reason = given[0] if given else None
        if self.settling:
            question: Question = partial(
                conflicts.adjudicate, reference=record, stage=self.stage, verdict=Verdict(verdict),
                adjudicator=self.person, reason=reason,
            )  # fmt: skip
        else:
            question = partial(
                deciding.decide, reference=record, stage=self.stage, verdict=Verdict(verdict),
                person=self.person, reason=reason, further=tuple(given[1:]), shown_by=self.shown_by(),
                ranking=self.ranking if self.shown_by() else None, score=self.score_of(record),
            )  # fmt: skip
        before = self.current.card.decision if self.current is not None and not self.settling else None
        named = self.current.card.reference.short_label if self.current is not None else ""
        return DecisionWork(question, record, f"{did} {named}", as_, before)

    def _advance(self, record: int) -> None:
        self.shelf.take_off([record])
        if self.visiting is not None:
            self.visiting = None
            self._show(self._side.queue.current())
        elif self.key in EMPTYING:
            self._side.queue.take_out(record)
            self._show(self._side.queue.current())
        else:
            self._side.queue.queue.forget([record])
            at_end = self._side.queue.currentIndex().row() == len(self._side.queue.queue.ids) - 1
            if at_end:
                self._show(record)
            else:
                self._side.queue.step(1)

    def _write(self, work: DecisionWork | TakeBackWork) -> None:
        if isinstance(work, DecisionWork):
            self.underway.steps.append(work)
        self.underway.begin(work)
        self._project.write(work, "", self._take_back_more)

    def _take_back_more(self) -> None:
        """Take back what was asked for while something was still being written."""
        if self.underway.backs and not self.underway.is_writing:
            self.underway.backs -= 1
            self.take_back()

    def take_back(self) -> None:
        """Take the last decision back, whatever it was and whenever, and show its record."""
        steps = self.underway.steps
        if not steps and self.underway.is_writing:
            self.underway.backs += 1  # what is being taken back would be read as the last one again
            return
        of = steps.pop() if steps else taken_before(self._project.reader, self.stage, self.person)
        if of is None:
            self.said.emit("Nothing was judged here yet.")
            return
        record, is_mine = of.record, of.as_ is MadeAs.REVIEWER
        question = partial(
            put_back, record=record, stage=self.stage, person=self.person, as_=of.as_, before=of.before
        )
        self._judged = [each for each in self._judged if each[0] != record]
        self._wanted = record
        self._since.discard(record)
        self.visiting = None
        self.done -= of.before is None and is_mine
        if is_mine:
            self.shelf.assume(record, of.before)
        if of.place >= 0 and self.key in EMPTYING:
            self._side.queue.put_in(of.place, record)
        elif not self._side.queue.choose(record):
            self.visiting = record
        self._show(record)
        self._write(TakeBackWork(of, question))
        self.counted.emit()
        self.said.emit(f"Took back: {of.words}.")

    # -- what was written

    def changed(self, tables: frozenset[str]) -> None:
        """Something was written: by this screen, which knows of it, or by others, and all is read again."""
        if tables and tables <= OURS and self.underway.is_ours():
            self._own_written()
            return
        if not tables or "decision" in tables:
            self.underway.steps.clear()  # taken back or made elsewhere: the project tells which stand
        self.shelf.clear()
        self.ask()

    def _own_written(self) -> None:
        shown = [record for record, _ in self._judged]
        self.shelf.turn_to(self.stage, self.person_row)
        self.shelf.take_off(shown)
        self._side.queue.queue.forget(shown)
        self._show_judged()
        if self._wanted is not None or (not self._side.queue.queue.ids and not self.underway.waiting):
            self.ask()
        elif self.current is not None and self.current.card.reference.id in shown:
            self.refresh()

    def refused(self) -> None:
        """Bring back what was refused; the window says why."""
        for work in self.underway.failed():
            self._judged = [each for each in self._judged if each[0] != work.record]
            self._wanted = work.record
            self.wanted.emit(f"Not written: {work.words}. It is back here.")
        self.shelf.clear()

    def _show_judged(self) -> None:
        self._side.show_judged([record for record, _ in self._judged])
