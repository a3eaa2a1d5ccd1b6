"""What is done beside judging: terms, reasons, labels, notes, flags, files, missing abstracts."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QDialog

from evidence_app.domain.screening import Stage
from evidence_app.services.library import references as library_acts
from evidence_app.services.screening import beside_decisions
from evidence_app.services.screening.beside_decisions import ReasonLine
from evidence_app.services.screening.highlighting import Highlighter
from evidence_app.services.screening.search_words import words_of_queries
from evidence_app.services.screening.terms import set_terms
from evidence_app.storage import highlight_terms, library, screening
from evidence_app.storage.library import HeldTag
from evidence_app.storage.screening_cards import File
from evidence_app.ui.acting import write
from evidence_app.ui.opening import open_copy, say_missing
from evidence_app.ui.screening.abstracts import abstract_edit, fetch_abstract
from evidence_app.ui.screening.beside import Beside
from evidence_app.ui.screening.criteria_panel import ShownCriterion
from evidence_app.ui.screening.judging import Judging
from evidence_app.ui.screening.page import Page
from evidence_app.ui.screening.reason_keys import ReasonKeys
from evidence_app.ui.screening.reasons_dialog import EditedReason, ReasonsDialog
from evidence_app.ui.screening.terms_dialog import TermsDialog
from evidence_app.ui.tasks import Task

HIGHLIGHT = "screening.highlight"
STAGES = {Stage.TITLE_ABSTRACT: "title and abstract", Stage.FULL_TEXT: "full text"}


class ScreeningDesk(ReasonKeys):
    """The acts on the record that is shown, and on the lists beside it."""

    judging: Judging
    page: Page
    beside: Beside
    _highlighter: Highlighter | None = None
    _asked_for: int | None = None

    def ask_in(self, dialog: QDialog) -> bool:
        """Show a dialog until it is answered; the keyboard goes back to the record, whoever opened it."""
        answer = self.context.messages.show(dialog)
        self.take_focus()
        return answer

    # -- highlighted terms

    def edit_terms(self) -> None:
        """Edit the highlighted words."""
        held = highlight_terms.terms(self.project.reader)
        dialog = TermsDialog(self.parts, _by_kind(held), self._words_of_searches, self)
        if self.ask_in(dialog):
            self.project.do(set_terms(held, dialog.wanted()))

    def _words_of_searches(self) -> Sequence[str]:
        return words_of_queries(highlight_terms.queries(self.project.reader))

    def show_terms(self) -> None:
        """Show the terms beside the text and mark them in it."""
        held = highlight_terms.terms(self.project.reader)
        self.beside.terms.show_terms(_by_kind(held))
        self._highlighter = Highlighter((term.text, term.kind) for term in held)
        self.mark_terms()

    def mark_terms(self) -> None:
        """Mark the terms in the text, or take the marks away, as the switch says."""
        on = self.beside.terms.switch.isChecked()
        self.page.highlight(self._highlighter if on else None)

    def switch_terms(self, on: bool) -> None:
        """Remember whether terms are marked."""
        self.context.settings.keep(HIGHLIGHT, "on" if on else "off")
        self.mark_terms()

    # -- criteria and reasons

    def show_criteria(self) -> None:
        """Show the criteria beside the text."""
        lines = highlight_terms.criteria(self.project.reader)
        self.beside.criteria.show_criteria(
            [ShownCriterion(each.code, each.text, each.includes) for each in lines]
        )

    def edit_reasons(self) -> None:
        """Edit the shared list of reasons of this stage."""
        stage = self.judging.stage
        held = screening.reasons(self.project.reader, stage)
        criteria = highlight_terms.criteria(self.project.reader)
        known = [(each.row, f"{each.code} {each.text}") for each in criteria]
        excluding = [EditedReason(None, each.text, each.row) for each in criteria if not each.includes]
        lines = [EditedReason(each.id, each.name, each.criterion) for each in held]
        dialog = ReasonsDialog(
            self.parts, STAGES[stage], lines, known, self, from_criteria=excluding
        )  # fmt: skip
        if self.ask_in(dialog):
            wanted = [ReasonLine(each.row, each.name, each.criterion) for each in dialog.wanted()]
            self.project.do(beside_decisions.set_reasons(held, wanted, stage))

    # -- the record that is shown

    def flag(self) -> None:
        """Flag the record, or take the flag off."""
        if self.judging.current is not None:
            card = self.judging.current.card
            self.project.do(beside_decisions.flag(card, self.judging.stage, self.judging.person))

    def write_note(self) -> None:
        """Go to the note on the record."""
        if self.judging.current is None:
            return
        self.beside.setVisible(True)
        self.beside.form.ensureWidgetVisible(self.beside.labels.note)
        self.beside.labels.note.setFocus()

    def keep_note(self, record: object, text: str) -> None:
        """Write the note a person left on a record."""
        ready = self.judging.shelf.get(record) if isinstance(record, int) else None
        if ready is not None:
            self.project.do(beside_decisions.write_note(ready.card, text, self.judging.person))

    def add_label(self, name: str) -> None:
        """Put a label on the record."""
        if self.judging.current is not None:
            known = library.tags(self.project.reader)
            row = int(self.judging.current.card.reference.id)
            self.project.do(library_acts.tag([row], name, known))

    def take_label_off(self, tag: object) -> None:
        """Take a label off the record."""
        if isinstance(tag, HeldTag):
            self.project.do(library_acts.untag([tag.id], tag.name))

    def open_file(self, file: object) -> None:
        """Open an attached file with the program the system has for it."""
        if isinstance(file, File) and not open_copy(self.context, file.sha256, file.name, file.url):
            say_missing(self.context, file.name)

    # -- a missing abstract

    def keep_abstract(self, text: str) -> None:
        """Give the record the abstract that was pasted, as one edit."""
        if self.judging.current is not None:
            row = int(self.judging.current.card.reference.id)
            write(self.context, partial(abstract_edit, row=row, text=text))
            self.context.say("Kept the abstract", undo=True)

    def look_abstract_up(self) -> None:
        """Ask Crossref for the abstract of the record that is shown."""
        current = self.judging.current
        if current is None or not current.card.reference.doi or self._asked_for is not None:
            return
        now = self.context.settings.now
        self._asked_for = int(current.card.reference.id)
        work = partial(
            fetch_abstract, now.crossref_url, now.contact_address or None, current.card.reference.doi
        )
        task = Task(work, "Looking the abstract up").then(self._abstract_found, self._abstract_not_found)
        task.finished.connect(self._abstract_asked)
        self.page.repair.asking(True)
        self.context.lanes.network.start(task)

    def _abstract_found(self, text: str) -> None:
        row = self._asked_for
        if row is not None and text:
            edit = partial(abstract_edit, row=row, text=text, origin="crossref")
            write(self.context, edit)
            self.context.say("Found the abstract at Crossref", undo=True)
        else:
            self._say_of_abstract(
                "Crossref has no abstract of it either. Paste it from where it is published."
            )

    def _abstract_not_found(self, error: object) -> None:
        self._say_of_abstract(f"The abstract could not be looked up. The reason was: {error}")

    def _say_of_abstract(self, words: str) -> None:
        """Say it below the record it is of; somebody may have gone on meanwhile."""
        current = self.judging.current
        if current is not None and int(current.card.reference.id) == self._asked_for:
            self.page.repair.say(words)

    def _abstract_asked(self) -> None:
        self._asked_for = None
        self.page.repair.asking(False)


def _by_kind(held: Sequence[highlight_terms.Term]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"include": [], "exclude": [], "neutral": []}
    for term in held:
        found[term.kind].append(term.text)
    return found
