"""Asking Crossref from the library: one reference or many, comparing, filling, and keeping what was said."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_app.domain.edit import counted
from evidence_app.domain.reference import Reference
from evidence_app.storage import crossref_answers, references
from evidence_app.storage.applied import Applied
from evidence_app.storage.connections import Reader
from evidence_app.storage.crossref_answers import KeptAnswer
from evidence_app.storage.project import Project
from evidence_app.ui.library.acts import ReferenceActs
from evidence_app.ui.library.words import done
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Report, Task

if TYPE_CHECKING:
    from evidence_app.services.library.crossref_updates import Asked, KeptAnswers, Known
    from evidence_app.services.lookup.updating import Outcome
    from evidence_app.ui.library.batch import BatchReport

ANEW = timedelta(minutes=10)
"""An answer younger than this is not asked for again, even where somebody presses the button."""


@dataclass(frozen=True, slots=True)
class Differing:
    """In which fields Crossref says something else, and which empty ones it can fill."""

    fields: frozenset[str] = frozenset()
    fillable: frozenset[str] = frozenset()


@dataclass(slots=True)
class Run:
    """One run in the network lane: what it asks about, and what has arrived, also if it was cancelled."""

    project: Path
    ids: tuple[int, ...]
    url: str
    mailto: str | None
    cache: "KeptAnswers"
    told: Callable[[bool], object]
    references: tuple[Reference, ...] = ()

    def work(self, report: Report) -> "Asked":
        """Ask for all; called in the network lane."""
        from evidence_app.services.library import crossref_updates
        from evidence_app.services.lookup.crossref import Crossref

        with Reader(self.project) as reader:
            self.references = tuple(references.references(reader, self.ids))
            dois = [reference.doi for reference in self.references if reference.doi]
            self.cache.know(crossref_answers.answers_for(reader, dois))
            known = references.provenance_of(reader, self.ids)
        with closing(Crossref(self.url, self.mailto, told=self.told)) as client:
            return crossref_updates.ask(self.references, client, self.cache, report, known=known, fresh=ANEW)


class CrossrefActs(ReferenceActs):
    """The acts of the library that have to do with Crossref."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._run: Run | None = None
        self._asked: Asked | None = None

    # -- asking

    def ask_crossref(self) -> None:
        """Ask Crossref about the chosen references, in the network lane."""
        self._ask_about(self.chosen_ids())

    def _ask_about(self, ids: Sequence[int]) -> None:
        if not ids:
            return
        if self._run is not None:
            self.context.say("Crossref is being asked already. Cancel it in the status line to start anew")
            return
        from evidence_app.services.library.crossref_updates import KeptAnswers

        settings = self.context.settings.now
        self._run = Run(
            self.project.path,
            tuple(ids),
            settings.crossref_url,
            settings.contact_address or None,
            KeptAnswers(),
            self.context.crossref_told,
        )
        what = (
            "Asking Crossref" if len(ids) == 1 else f"Asking Crossref about {counted(len(ids), 'reference')}"
        )
        task = Task(self._run.work, what).then(self._answered, self._not_answered)
        task.finished.connect(self._run_ended)
        self.context.lanes.network.start(task)

    def _answered(self, asked: "Asked") -> None:
        self._asked = asked
        run, self._run = self._run, None
        self._keep(asked.kept)
        if run is not None and len(run.ids) == 1:
            self._show_one(asked)
        else:
            states = [each.outcome.state for each in asked.updated]
            failed = states.count("failed")
            words = f"Asked Crossref about {counted(len(states), 'reference')}"
            words += f"; {failed} failed" if failed else ""
            self.context.say(words, act=("Show report", self.show_report))

    def _show_one(self, asked: "Asked") -> None:
        from evidence_app.services.library import crossref_updates

        if asked.passed_over:
            self.context.say(f"{asked.passed_over[0].short_label} has no DOI to ask for")
            return
        each = asked.updated[0]
        known = references.provenance(self.project.reader, each.reference.id)
        if each.outcome.state in ("failed", "not found"):
            self.context.messages.inform(each.outcome.reason or asked.stopped)
        elif crossref_updates.open_differences(each.outcome, known):
            if self.isVisible():
                self._let_choose(each.reference, each.outcome)  # the kept answer may not be written yet
        else:
            self.context.say(f"Crossref says the same of {each.reference.short_label}")

    def _not_answered(self, error: object) -> None:
        self.context.messages.inform(
            "Crossref could not be asked.", f"Nothing was changed. The reason was: {error}"
        )

    def _run_ended(self) -> None:
        """Keep what arrived before a run was cancelled or failed."""
        run, self._run = self._run, None
        if run is not None and run.cache.fresh:
            known = references.provenance_of(self.project.reader, run.ids)
            self._keep(run.cache.rows_for(run.references, known))

    def _keep(self, kept: Sequence[KeptAnswer]) -> None:
        if kept:
            work = partial(_write_answers, rows=crossref_answers.rows_of(kept))
            self.project.write(work, "")

    # -- comparing

    def compare(self) -> None:
        """Compare the chosen reference with Crossref's record; ask first where nothing is kept."""
        ids = self.chosen_ids()
        if len(ids) > 1:
            self._ask_about(ids)
        elif ids:
            self._compare_with(ids[0])

    def _compare_with(self, row: object) -> None:
        from evidence_app.services.library import crossref_updates

        reference = references.reference(self.project.reader, int(row)) if isinstance(row, int) else None
        if reference is None:
            return
        if not reference.doi:
            self.context.say(f"{reference.short_label} has no DOI to compare by")
            return
        kept = crossref_answers.answer(self.project.reader, reference.doi)
        if kept is None or kept.work is None:
            self._ask_about([reference.id])
            return
        found = crossref_updates.outcome_of(reference, kept)
        if found.state in ("failed", "not found"):
            self.context.messages.inform(found.reason)
            return
        self._let_choose(reference, found)

    def _let_choose(self, reference: Reference, found: "Outcome") -> None:
        from evidence_app.services.library import crossref_updates
        from evidence_app.ui.library.compare import CompareDialog

        known = references.provenance(self.project.reader, reference.id)
        dialog = CompareDialog(self.parts, reference, found, known, self)
        if self.context.messages.show(dialog):
            edit = crossref_updates.edit_for(
                reference, found.theirs, dialog.choices, known, doi=found.answer.doi
            )
            self.do(edit, done(edit))

    def differing(self, reference: Reference) -> Differing:
        """Return in which fields the kept answer says something else."""
        kept = crossref_answers.answer(self.project.reader, reference.doi) if reference.doi else None
        if kept is None or kept.work is None:
            return Differing()
        from evidence_app.services.library import crossref_updates

        known = references.provenance(self.project.reader, reference.id)
        waiting = crossref_updates.open_differences(crossref_updates.outcome_of(reference, kept), known)
        empty = frozenset(one.field for one in waiting if one.kind == "missing")
        return Differing(frozenset(one.field for one in waiting) - empty, empty)

    def state_again(self) -> None:
        """Bring what lists say of Crossref up to date after an edit, an undo or a redo."""
        self.project.read(_restated, self._keep_states, latest="library.restated")

    def _keep_states(self, rows: Sequence[KeptAnswer]) -> None:
        self._keep(rows)

    # -- many

    def show_report(self) -> None:
        """Show what asking about many came to; fill empty fields from there, or compare one by one."""
        asked = self._asked
        if asked is None:
            return
        ids = [each.reference.id for each in asked.updated]
        known = references.provenance_of(self.project.reader, ids)
        from evidence_app.ui.library.batch import BatchReport

        dialog = BatchReport(self.parts, asked, known, self)
        dialog.compare_asked.connect(self._compare_with)
        if self.context.messages.show(dialog):
            self._fill(dialog, known)

    def _fill(self, dialog: "BatchReport", known: "Known") -> None:
        from evidence_app.services.library import crossref_updates
        from evidence_app.ui.library.batch import filling_lines
        from evidence_app.ui.library.preview import PreviewDialog

        edit = crossref_updates.fill_empty(dialog.fillings, known)
        fact = "Nothing that is there is touched. One undo takes all of it back."
        preview = PreviewDialog(
            self.parts, f"{edit.label}?", fact, filling_lines(dialog.fillings), edit.label, self
        )
        if self.context.messages.show(preview):
            self.do(edit, done(edit))


def _write_answers(project: Project, _report: Report, rows: Sequence[Mapping[str, Any]]) -> Applied:
    project.keep("cache_crossref", rows)
    return Applied(0, frozenset(("cache_crossref",)))


def _restated(reader: Reader) -> list[KeptAnswer]:
    ids = crossref_answers.touched_by_last_edit(reader)
    if not ids:
        return []
    from evidence_app.services.library import crossref_updates

    touched = references.references(reader, ids)
    dois = [reference.doi for reference in touched if reference.doi]
    kept = {answer.asked: answer for answer in crossref_answers.answers_for(reader, dois)}
    return crossref_updates.restated(touched, kept, references.provenance_of(reader, ids))
