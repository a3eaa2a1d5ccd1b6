"""Ranked screening: started by a written rule, learnt anew beside the window after each decision."""

from functools import partial
from importlib.util import find_spec
from typing import Any, Final

from evidence_app.domain.edit import Edit, counted
from evidence_app.domain.screening import Purpose, RankedRun, Stage
from evidence_app.services.screening import ranked, rest, sampling, stopping
from evidence_app.services.screening.ranked import Order, RankedRecords
from evidence_app.services.screening.ranking import RankingMissing
from evidence_app.services.screening.stopping import RULES, Rule, StopState
from evidence_app.storage import screening
from evidence_app.storage.connections import Reader
from evidence_app.ui.acting import write
from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.screening.protocol_acts import ScreeningProtocol
from evidence_app.ui.screening.rank_dialog import OfferedRule, RankDialog
from evidence_app.ui.screening.sample_dialog import AuditDialog
from evidence_app.ui.tasks import Report, Task

RANKING = (
    ActionSpec("rank_rest", "Rank the rest…", "Screen", "Ctrl+Shift+R", "ph.sort-ascending"),
    ActionSpec("exclude_rest", "Exclude the rest by the rule…", "Screen", "", "ph.flag"),
)
ORDER: Final = "screening.order"
TOUCHES: Final = frozenset(("decision", "ranking", "look_again", "sample", "sample_member", "protocol"))
MET: Final = (
    "The rule is met: {words}. Audit the rest to see what may be missed, exclude it by the rule, or go on. "
    "Nothing stops by itself."
)


def is_installed() -> bool:
    """Whether the library that ranks is there; it is not loaded for that."""
    return find_spec("sklearn") is not None


class RankingState:
    """What is known of ranking at a stage, read in one go."""

    def __init__(self, reader: Reader, stage: Stage, viewer: int | None) -> None:
        self.stage = stage
        self.run: RankedRun | None = stopping.running(reader, stage)
        self.course: list[bool] = []
        self.stop: StopState | None = None
        self.audit = ""
        if self.run is None:
            return
        self.course = stopping.course(reader, stage, viewer)
        self.stop = stopping.stop_state(reader, self.run, viewer)
        audits = [each for each in screening.samples(reader, stage) if each.purpose is Purpose.AUDIT]
        if audits and audits[-1].at >= self.run.started_at:
            found = sampling.audited(reader, audits[-1])
            self.audit = found.sentence if found.judged else ""


class ScreeningRanking(ScreeningProtocol):
    """The acts of ranked screening; the record that is shown stays, what comes after it changes."""

    _run: RankedRun | None = None
    _learning: Task | None = None
    _learn_again = False
    _met: bool | None = None
    """Whether the rule was met when it was last looked at; None before that."""
    _unshown: RankingState | None = None

    def begin_ranking(self) -> None:
        """Listen to the panel."""
        panel = self.beside.ranking
        panel.start_asked.connect(self.rank_rest)
        panel.order_chosen.connect(self._choose_order)
        panel.leave_asked.connect(self._leave_ranking)
        panel.audit_asked.connect(self._audit)
        panel.rest_asked.connect(self.exclude_rest)
        self.judging.counted.connect(self._show_unshown)
        if not is_installed():
            panel.show_missing()

    @property
    def _order(self) -> Order:
        kept = self.context.settings.now.kept.get(ORDER, "")
        return Order(kept) if kept in tuple(Order) else Order.RELEVANCE

    # -- starting and leaving

    def rank_rest(self) -> None:
        """Ask for the rule by which screening stops, write it down, and rank what is left."""
        if not is_installed():
            self.beside.ranking.show_missing()
            self.context.say("Ranking needs scikit-learn; how to add it is said beside the text")
            return
        state = self.judging.state
        if self._run is not None or state is None or not state.counts["all"]:
            self.context.say(
                "This stage is ranked already" if self._run else "No record is at this stage yet"
            )
            return
        rules = [
            OfferedRule(each.rule.value, each.label, each.number, each.least, each.most, each.usual,
                        each.unit, each.about)
            for each in RULES
        ]  # fmt: skip
        dialog = RankDialog(self.parts, rules, self)
        chosen = dialog.chosen() if self.ask_in(dialog) else None
        if chosen is not None:
            question = partial(
                stopping.start, stage=self.judging.stage, rule=Rule(chosen.key),
                threshold=float(chosen.threshold), note=chosen.note, person=self.judging.person,
            )  # fmt: skip
            write(self.context, question)

    def _leave_ranking(self) -> None:
        if self._run is None:
            return
        why = self.context.messages.ask(
            "Leave the ranking", "Why do you leave it? It is kept for the methods."
        )
        if why is not None:
            self.do(stopping.leave(self._run, why), "Left the ranking; the rest comes in its own order again")

    def exclude_rest(self) -> None:
        """Exclude what nobody judged, by the rule of the ranking, which ends with it."""
        run = self._run
        if run is None or not self._met:
            self.context.say("The rest is excluded by the rule of a ranking, once that is met")
            return
        number = len(rest.unjudged(self.project.reader, run))
        if not number:
            self.context.say("Nothing is left to exclude: every record was decided")
            return
        words = counted(number, "record")
        if self.context.messages.confirm(
            f"Exclude {words} nobody judged?",
            f"They count as excluded by automation, by the rule that was written down: "
            f"{stopping.rule_words(Rule(run.rule), run.threshold)}. The ranking ends, and the methods say "
            "so. You may still judge each of them, and one undo brings all of them back.",
            f"Exclude {words}",
        ):
            person, viewer = self.judging.person, self.judging.person_row
            question = partial(rest.exclude_rest, run=run, person=person, viewer=viewer)
            write(self.context, question, "Excluding the rest")
            self.context.say(f"Excluded {words} by the rule", undo=True)
        self.take_focus()

    def _audit(self) -> None:
        if self._run is None:
            return
        reader, stage = self.project.reader, self.judging.stage
        unread = sampling.drawn_from(reader, stage, Purpose.AUDIT)
        if not unread:
            self.context.say("Nothing is left to audit: every record was judged")
            return
        dialog = AuditDialog(self.parts, len(unread), sampling.new_seed(), self)
        if self.ask_in(dialog):
            question = partial(_audited, stage=stage, number=dialog.number.value(), seed=dialog.wanted_seed)
            write(self.context, question)
            self.context.say("Drew the audit; it is a queue of its own", undo=True)

    def _choose_order(self, order: str) -> None:
        self.context.settings.keep(ORDER, order)
        self._learn()

    # -- following

    def ranking_changed(self, tables: frozenset[str]) -> None:
        """Read how far the ranking is, and learn anew where something was decided."""
        begins = not tables or "ranking" in tables
        if begins or (self._run is not None and tables & TOUCHES):
            question = partial(RankingState, stage=self.judging.stage, viewer=self.judging.person_row)
            self.project.read(question, self._show_ranking, latest="screening.ranking")

    def _show_ranking(self, state: RankingState) -> None:
        if state.stage is not self.judging.stage:
            return
        if self.judging.state is None:
            self._unshown = state  # until it is known how many records there are
            return
        started = state.run is not None and self._run is None
        ended = state.run is None and self._run is not None
        self._run = state.run
        self.judging.ranking = state.run.id if state.run is not None else None
        panel = self.beside.ranking
        if state.run is None or state.stop is None:
            self._met = None
            if is_installed():
                panel.show_idle()
            if ended:
                self._rank_no_more()
            return
        if started or panel.is_idle:
            panel.show_running(self._order.value, stopping.rule_words(state.run.rule, state.run.threshold))
        panel.show_state(state.course, self.judging.state.counts["all"], state.stop.share, state.stop.words)
        words = MET.format(words=state.stop.words) if state.stop.met else ""
        if state.stop.met and self._met is False:
            self.context.say(f"The rule by which you stop is met: {state.stop.words}")
        self._met = state.stop.met
        panel.offer_end(met=state.stop.met)
        panel.say_met(" ".join(part for part in (words, state.audit) if part))
        self._learn()

    def _show_unshown(self) -> None:
        state, self._unshown = self._unshown, None
        if state is not None:
            self._show_ranking(state)

    def leave_ranking_order(self) -> None:
        """Forget the order: another stage or queue comes."""
        self._run = self._met = None
        self._rank_no_more()

    def _rank_no_more(self) -> None:
        self.judging.ranking = None
        self.judging.scores = {}
        if self.judging.order:
            self.judging.unrank()

    # -- learning

    def _learn(self) -> None:
        """Learn in the process; a decision that comes meanwhile is learnt from after that."""
        if self._run is None:
            return
        if self._learning is not None:
            self._learn_again = True
            return
        work = partial(
            rank_beside, str(self.project.path), self.judging.stage.value, self.judging.person_row,
            self._order.value, self._run.id,
        )  # fmt: skip
        self._learning = Task(work, "Ranking the rest").then(self._learnt, self._not_learnt)
        self._learning.finished.connect(self._learning_ended)
        self.context.lanes.process.start(self._learning)

    def _learnt(self, found: RankedRecords) -> None:
        if self._run is None or found.order is not self._order:
            return
        self.judging.scores = found.scores or {}
        order = {record: place for place, record in enumerate(found.references)}
        self.judging.rank(order, found.order.value)
        self.beside.ranking.say_learnt(found.relevant, found.irrelevant)

    def _not_learnt(self, error: Any) -> None:
        if isinstance(error, RankingMissing):
            self.beside.ranking.show_missing()
        else:
            self.context.say(f"The rest could not be ranked; it comes as before. The reason was: {error}")

    def _learning_ended(self) -> None:
        self._learning = None
        again, self._learn_again = self._learn_again, False
        if again:
            self._learn()


def rank_beside(
    path: str, stage: str, viewer: int | None, order: str, seed: int, _report: Report
) -> RankedRecords:
    """Rank in the spawned process, which keeps the texts prepared from one call to the next."""
    from pathlib import Path

    return ranked.rank(Path(path), Stage(stage), viewer, Order(order), seed)


def _audited(reader: Reader, stage: Stage, number: int, seed: int) -> Edit:
    return sampling.draw_sample(reader, stage, Purpose.AUDIT, number=number, seed=seed)
