"""Adding by pasting anything: the text, what was found in it, and what will be added."""

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from evidence_app.domain.edit import Edit, counted
from evidence_app.services.formats.from_text import format_of_text
from evidence_app.services.formats.registry import FORMATS
from evidence_app.services.importing import Known
from evidence_app.services.library import adding, pasted_text
from evidence_app.services.library.adding import Candidate
from evidence_app.services.library.pasted_text import Pasted, PastedEntry
from evidence_app.services.lookup.crossref import Crossref
from evidence_app.services.lookup.identifiers import identifiers_in
from evidence_app.services.lookup.pasting import PastedWork
from evidence_app.storage.connections import Reader
from evidence_app.ui.library.candidate import CandidateCard
from evidence_app.ui.library.entries import EntriesPane, judged
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Report, Task
from evidence_app.ui.widgets.focus_order import order_focus
from evidence_app.ui.widgets.laying import across, down, emptied, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog

READ_AFTER_MS = 250
HINT = (
    "A DOI, a list of DOIs, a web address, a reference list as printed, RIS, BibTeX or another export, "
    "an entry of a bulletin, a record of a catalogue, a database page"
)
READ_AT_ONCE = 4000
"""Characters that are read while somebody types; more are read in a lane of their own."""
MOST_FROM_CLIPBOARD = 100_000
SMALL, LARGE = (820, 680), (1120, 800)
HIGH, LOW = 120, 42
STANDINGS = (("", "Undecided"), ("background", "Background"), ("included", "Included"))


class AddDialog(PanelDialog):
    """Reads what is pasted, looks identifiers up, and shows what would be added; accepted, `edit` adds it."""

    keeps_words = True

    def __init__(
        self,
        context: ScreenContext,
        client: Callable[[], Crossref],
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context.parts, "Add references", size=SMALL, parent=parent)
        self._context, self._client = context, client
        self._task: Task | None = None
        self._pasted, self._listed = Pasted(), False
        self._cards: list[CandidateCard] = []
        self.by_hand = False
        self.tell(
            "Paste anything that names a work. Identifiers are looked up, the rest is kept as it stands."
        )
        self.text = self._field(text)
        self._said = self.parts.label("", "small", "text-2", wrap=True)
        self._list: QVBoxLayout = down(gap=8)
        inside = down(gap=0)
        inside.addLayout(self._list)
        inside.addStretch(1)
        self.put(self.text, self._said)
        self._cards_box = scrolled(inside)
        self._pane = EntriesPane(context, self._held_name)
        self._pane.changed.connect(self._count)
        self._pane.refused.connect(self._say)
        self.put(self._cards_box, self._pane, share=1)
        self.standing = self.parts.segments("Add as", STANDINGS)
        self.ask = self.parts.button("", "plain", "ph.arrows-clockwise", self._ask_crossref)
        self.put(across(self.parts.caption("Add as"), self.standing, None, self.ask))
        self.add = self.parts.button("Add references", "primary", "ph.plus", self.accept)
        self.add.setDefault(True)
        self.offer(
            self.parts.button("Enter by hand", "plain", act=self._enter_by_hand),
            self.parts.button("Cancel", "plain", act=self.reject),
            self.add,
        )
        self.hint((("Ctrl+Enter", "add"),))
        self._pause = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._pause.timeout.connect(self.read)
        self.text.textChanged.connect(self._pause.start)
        self._turn()
        self._show(())
        if text:
            self.read()
        self.text.setFocus()

    def _field(self, text: str) -> QPlainTextEdit:
        field = QPlainTextEdit(text)
        field.setAccessibleName("What to add")
        field.setPlaceholderText(HINT)
        field.setTabChangesFocus(True)
        field.setFont(self.parts.look.font("body"))
        return field

    def edit(self) -> Edit:
        """Return the one edit that adds what is ticked."""
        chosen = (
            self._pane.chosen()
            if self._listed
            else [each.candidate for each in self._cards if each.is_ticked]
        )
        known = Known(self._context.project.reader) if any(each.read for each in chosen) else None
        return adding.add(chosen, self.standing.choice or None, known)

    def _chosen(self) -> list[Candidate]:
        if self._listed:
            return self._pane.chosen()
        return [card.candidate for card in self._cards if card.is_ticked]

    # -- reading and looking up

    def read(self) -> None:
        """Read the text as it is now, show what it holds, and look its identifiers up."""
        self._pause.stop()
        self._stop()
        text = self.text.toPlainText()
        if len(text) < READ_AT_ONCE:
            self._take(pasted_text.read(text))
            return
        self._say("Reading what was pasted…")
        self._task = Task(partial(_read, text), "Reading what was pasted")
        self._context.lanes.reading.start(self._task.then(self._take, self._failed))

    def _take(self, pasted: Pasted) -> None:
        self._pasted, self._listed = pasted, bool(pasted.entries)
        self._turn()
        if self._listed:
            question = partial(judged, entries=pasted.entries)
            self._context.project.read(question, self._show_entries, latest="library.add")
            return
        works = pasted.works
        self._judge(pasted_text.candidates_of(works))
        asked = [work for work in works if work.doi]
        if asked:
            self._say(f"Asking Crossref about {counted(len(asked), 'DOI')}…")
            self._task = Task(partial(_look_up, works, self._client), "Asking Crossref")
            self._context.lanes.network.start(self._task.then(self._judge, self._failed))

    def _turn(self) -> None:
        """Give a list the room it needs beside its text."""
        look = self.parts.look
        self._cards_box.setVisible(not self._listed)
        self._pane.setVisible(self._listed)
        self.text.setFixedHeight(look.px(LOW if self._listed else HIGH))
        width, height = LARGE if self._listed else SMALL
        self.want(height=height, width=width)

    def _show_entries(self, held: Sequence[Candidate]) -> None:
        if len(held) == len(self._pasted.entries):
            self._pane.show_pasted(self._pasted, held)
            self._say(_found_in(self._pasted))
        order_focus(self)

    def _ask_crossref(self) -> None:
        entries = self._pane.to_look_up()
        self._stop()
        self._say(f"Asking Crossref about {counted(len(entries), 'DOI')}…")
        self._task = Task(partial(_look_up_entries, entries, self._client), "Asking Crossref")
        self._context.lanes.network.start(self._task.then(self._answered, self._failed))

    def _answered(self, answers: Sequence[tuple[int, PastedEntry, Candidate]]) -> None:
        self._pane.take_answers(answers)
        failed = [answer.problem for _, _, answer in answers if answer.problem]
        words = f"Crossref described {counted(len(answers) - len(failed), 'work')}."
        if failed:
            words += f" {len(failed)} could not be looked up; what the text says is kept. {failed[0]}"
        self._say(words)
        self._count()

    def _judge(self, candidates: Sequence[Candidate]) -> None:
        question = partial(_with_duplicates, candidates=tuple(candidates))
        self._context.project.read(question, self._show, latest="library.add")

    def _show(self, candidates: Sequence[Candidate]) -> None:
        emptied(self._list)
        self._cards = []
        for candidate in candidates:
            card = CandidateCard(self.parts, candidate, unfolded=len(candidates) == 1, name=self._held_name)
            card.changed.connect(self._count)
            self._cards.append(card)
            self._list.addWidget(card)
        self._tell_found(candidates)
        self._count()
        order_focus(self)

    def _held_name(self, reference: int) -> str:
        from evidence_app.storage import references

        held = references.reference(self._context.project.reader, reference)
        if held is None:
            return ""
        return f"No. {held.number}" if held.number is not None else held.short_label

    def _tell_found(self, candidates: Sequence[Candidate]) -> None:
        if not self.text.toPlainText().strip():
            self._say("")
        elif not candidates:
            self._say("Nothing in this text looks like a work. Paste more of it, or enter the work by hand.")
        else:
            failed = [each.problem for each in candidates if each.problem]
            words = f"Found {counted(len(candidates), 'work')}."
            if failed:
                words += f" {len(failed)} could not be looked up; what the text says is kept. {failed[0]}"
            self._say(words)

    def _say(self, words: str) -> None:
        self._said.setText(words)

    def _failed(self, error: object) -> None:
        self._say(f"The look-up did not work, so what the text says is kept. The reason was: {error}")

    def _count(self) -> None:
        ticked = len(self._chosen())
        asked = self._pane.with_doi() if self._listed else 0
        self.ask.setVisible(bool(asked))
        self.ask.rename(f"Look up {counted(asked, 'DOI')}")
        self.add.rename(f"Add {counted(ticked, 'reference')}" if ticked else "Add references")
        self.add.setEnabled(bool(ticked))

    def _enter_by_hand(self) -> None:
        self.by_hand = True
        self.accept()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def done(self, result: int) -> None:
        """Stop reading and asking."""
        self._pause.stop()
        self._stop()
        super().done(result)


def _look_up(
    works: Sequence[PastedWork], make_client: Callable[[], Crossref], report: Report
) -> list[Candidate]:
    with closing(make_client()) as client:
        return adding.look_up(works, client, report)


def _look_up_entries(
    entries: Sequence[tuple[int, PastedEntry]], make_client: Callable[[], Crossref], report: Report
) -> list[tuple[int, PastedEntry, Candidate]]:
    works = [pasted_text.work_of(entry) for _, entry in entries]
    with closing(make_client()) as client:
        answers = adding.look_up(works, client, report)
    return [(at, entry, answer) for (at, entry), answer in zip(entries, answers, strict=True)]


def _read(text: str, report: Report) -> Pasted:
    return pasted_text.read(text, report)


def _found_in(pasted: Pasted) -> str:
    """Say what a list or an export holds."""
    count = len(pasted.entries)
    label = next((each.label for each in FORMATS if each.name == pasted.format), pasted.format)
    said = f"{counted(count, 'reference')} read from {'a printed list' if pasted.is_printed else label}."
    if pasted.left_out:
        said += " The text before the list was left out."
    doubtful = sum(bool(entry.doubts) for entry in pasted.entries)
    if doubtful:
        said += f" {doubtful} to look at, shown first."
    if pasted.unplaced:
        lines = ", ".join(f"{each.line:,}" for each in pasted.unplaced[:5])
        blocks = counted(len(pasted.unplaced), "block")
        said += f" {blocks} could not be read (line {lines}): complete them below."
    return said


def _with_duplicates(reader: Reader, candidates: Sequence[Candidate]) -> list[Candidate]:
    return adding.with_duplicates(reader, candidates)


def identifiers_on_clipboard() -> str:
    """Return the text of the clipboard if it holds an identifier or an export, else nothing."""
    text = QGuiApplication.clipboard().text()
    if len(text) >= MOST_FROM_CLIPBOARD:
        return ""
    return text.strip() if identifiers_in(text) or format_of_text(text) else ""
