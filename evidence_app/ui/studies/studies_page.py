"""Studies: which reports tell of one investigation, joined by hand, with suggestions and their evidence."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.studies import Part, Study
from evidence_app.services.studies import joining
from evidence_app.services.studies.suggesting import Suggestion
from evidence_app.ui.screen import Subject
from evidence_app.ui.studies.desk import Desk, Held, Page
from evidence_app.ui.studies.study_inspector import StudyInspector
from evidence_app.ui.studies.study_list import StudyList, columns_of, rows_of
from evidence_app.ui.studies.suggestion_card import SuggestionCard
from evidence_app.ui.widgets.laying import across, down, framed

ALL, SEVERAL, SUGGESTED, OPEN = "all", "several", "suggested", "open"
STATED: Final = "included_studies"


class StudiesPage(Page):
    """The list of studies, the suggestion that waits, and the chosen study."""

    extract_asked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        parts = self.parts
        self._suggested: set[int] = set()
        self.filters = parts.filters("Studies", ((ALL, "All"),))
        self.filters.chosen.connect(self._fill)
        self.stated = parts.line("", "small", "text-2")
        self.card = SuggestionCard(parts)
        self.card.joined.connect(self._join_suggested)
        self.card.refused.connect(self._refuse)
        self.card.pointed.connect(self._show_pair)
        self.card.why_asked.connect(self._tell_why)
        self.list = StudyList(self.look, columns_of(()))
        self.list.chosen.connect(self._choose)
        self.list.dropped.connect(self._drop)
        self.study = StudyInspector(desk)
        self.inspector = self.study
        self._connect()
        self.empty = parts.empty(
            "ph.flask", "Included reports come here; reports of one investigation are joined into a study.",
            "Go to Screening", self._to_screening, "A report is included in full text, or in the library.",
        )  # fmt: skip
        ground = QWidget()
        self._stack = QStackedLayout(ground)
        rows = QWidget()
        rows.setLayout(down(self.card, gap=0))
        rows.layout().addWidget(self.list)  # type: ignore[union-attr]
        self._stack.addWidget(rows)
        self._stack.addWidget(self.empty)
        bar = across(self.filters, None, parts.icon("ph.pencil-simple", "text-3", 13), self.stated, gap=4,
                     edge=(12, 0, 18, 0))  # fmt: skip
        self.setLayout(down(framed(bar, "bar", height=self.look.size("bar")), ground, gap=0))

    def _connect(self) -> None:
        self.study.renamed.connect(self._rename)
        self.study.noted.connect(self._note)
        self.study.part_chosen.connect(self._set_part)
        self.study.taken_out.connect(self._take_out)
        self.study.opened.connect(self._open)
        self.study.extract_asked.connect(self._extract)

    # -- showing

    def show_held(self, held: Held) -> None:
        """Show the studies as they are now."""
        made = held.contents.studies
        suggested = {ref for each in held.suggested for ref in each.pair}
        self.filters.offer((
            (ALL, f"All  {len(made)}"), (SEVERAL, f"Several reports  {sum(_several(each) for each in made)}"),
            (SUGGESTED, f"Suggested  {len(held.suggested)}"),
            (OPEN, f"Incomplete  {sum(is_open(held, each) for each in made)}"),
        ))  # fmt: skip
        stated = held.contents.stated.get(STATED)
        built = counted(len(made), "study", "studies")
        self.stated.setText(f"the review states {stated}; {built} are built" if stated else built)
        self.stated.setVisible(bool(made))
        self._suggested = suggested
        self.card.show_found(held.suggested, held)
        self.card.fit(self.width(), self.height())
        self._stack.setCurrentIndex(0 if made else 1)
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list its room beside the suggestion."""
        super().resizeEvent(event)
        self.card.fit(self.width(), self.height())

    def fact(self) -> str:
        """Return how many there are, of both."""
        held = self.desk.held
        if held is None or not held.contents.studies:
            return ""
        reports = sum(len(each.reports) for each in held.contents.studies)
        return f"{counted(reports, 'report')} in {counted(len(held.contents.studies), 'study', 'studies')}"

    def start(self) -> QWidget:
        """Return the list."""
        return self.list if self.list.rows else self.empty.button

    def show_report(self, reference: int) -> None:
        """Show the study a report belongs to."""
        held = self.desk.held
        study = held.study_of(reference) if held is not None else None
        if study is not None:
            self.filters.choose(ALL)
            self._fill()
            self.list.select(study.main * 2)

    def _fill(self) -> None:
        held = self.desk.held
        if held is None:
            return
        wanted = self.filters.choice
        fitting = [each for each in held.contents.studies if self._fits(wanted, held, each)]
        self.list.show_rows(rows_of(held, fitting), columns_of(held.contents.fields))
        self._choose(self.list.current_id())

    def _fits(self, wanted: str, held: Held, study: Study) -> bool:
        match wanted:
            case "several":
                return _several(study)
            case "open":
                return is_open(held, study)
            case "suggested":
                return bool(self._suggested & set(study.references))
        return True

    def _choose(self, number: object) -> None:
        row, held = self.list.row(number), self.desk.held
        if held is not None:
            self.study.show_study(row.study if row is not None else None, held)
        if row is not None:
            self.card.show_pair(row.report.reference if row.report is not None else row.study.main)
            self.card.fit(self.width(), self.height())

    def _show_pair(self, suggestion: Suggestion) -> None:
        held = self.desk.held
        study = held.study_of(suggestion.first) if held is not None else None
        self.card.fit(self.width(), self.height())
        if study is not None:
            self.list.select(study.main * 2)

    # -- joining

    def join_selected(self) -> None:
        """Join the studies whose rows are selected."""
        self._join(self.list.chosen_studies())

    def _join(self, several: Sequence[Study]) -> None:
        held = self.desk.held
        if held is None:
            return
        reports = sum(len(each.reports) for each in several)
        sentence = f"Joined {counted(reports, 'report')} into one study."
        self.desk.do(lambda: joining.join(several, held.contents.links), sentence)

    def answer_suggestion(self, *, same: bool) -> None:
        """Join the two reports of the suggestion that is shown, or keep them apart."""
        shown = self.card.shown
        if shown is None:
            self.desk.context.say("There is no suggestion to answer.")
        elif same:
            self._join_suggested(shown)
        else:
            self._refuse(shown)

    def _join_suggested(self, suggestion: Suggestion) -> None:
        held = self.desk.held
        if held is not None:
            found = [held.study_of(each) for each in (suggestion.first, suggestion.second)]
            self._join([each for each in found if each is not None])

    def _tell_why(self, words: str) -> None:
        self.desk.context.messages.inform(self.card.title.text(), words)

    def _refuse(self, suggestion: Suggestion) -> None:
        held = self.desk.held
        if held is not None:
            self.desk.do(
                lambda: joining.refuse(suggestion.first, suggestion.second, held.contents.links),
                "Kept apart; they are not suggested again.",
            )

    def _drop(self, references: list[int], at: int) -> None:
        """Join what was dropped with the study of that row; one report of several is taken out first."""
        held, row = self.desk.held, self.list.row(at)
        source = held.study_of(references[0]) if held is not None else None
        if held is None or row is None or source is None or source.main == row.study.main:
            return
        if len(references) < len(source.reports):
            self.desk.context.say("Take the report out of its study first, then join it to another.")
            return
        self._join([row.study, source])

    def take_out_selected(self) -> None:
        """Take the selected reports out of their study."""
        rows = [row for row in self.list.chosen_rows() if row.report is not None]
        if not rows:
            self.desk.context.say("Choose a report below a study of several reports first.")
            return
        held, study = self.desk.held, rows[0].study
        away = [
            row.report.reference for row in rows if row.study.main == study.main and row.report is not None
        ]
        links = held.contents.links if held is not None else ()
        self.desk.do(lambda: joining.split(study, away, links), f"Took {counted(len(away), 'report')} out.")

    # -- the chosen study

    def chosen_study(self) -> Study | None:
        """Return the study that is shown."""
        row = self.list.row(self.list.current_id())
        return row.study if row is not None else None

    def _rename(self, label: str) -> None:
        study = self.chosen_study()
        if study is not None:
            self.desk.do(lambda: joining.rename(study, label))

    def _note(self, text: str) -> None:
        study = self.chosen_study()
        if study is not None:
            self.desk.do(lambda: joining.note(study, text))

    def _set_part(self, reference: int, part: Part) -> None:
        study = self.chosen_study()
        if study is not None:
            self.desk.do(lambda: joining.set_part(study, reference, part))

    def _take_out(self, reference: int) -> None:
        study, held = self.chosen_study(), self.desk.held
        if study is not None and held is not None:
            links = held.contents.links
            self.desk.do(lambda: joining.split(study, [reference], links), "Took 1 report out.")

    def _open(self, reference: int) -> None:
        self.desk.context.go_to("library", Subject("reference", reference))

    def _extract(self) -> None:
        study = self.chosen_study()
        if study is not None:
            self.extract_asked.emit(study.main)

    def _to_screening(self) -> None:
        self.desk.context.go_to("screening")


def _several(study: Study) -> bool:
    return len(study.reports) > 1


def is_open(held: Held, study: Study) -> bool:
    """Return whether a field of the form has no value yet in any report of a study."""
    return any(not held.contents.values_of(study.references, field.name) for field in held.contents.fields)
