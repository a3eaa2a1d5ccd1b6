"""The Screening screen: one record in one column, judged with one hand."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.screening import Purpose, Stage
from evidence_app.services.screening.desk_queue import QUEUES, SAMPLE, QueueState
from evidence_app.storage import library
from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.pages.attaching import Attaching
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.screening.beside import Beside
from evidence_app.ui.screening.desk import HIGHLIGHT
from evidence_app.ui.screening.empty_words import empty_words
from evidence_app.ui.screening.foot import Foot
from evidence_app.ui.screening.full_text_part import FullTextPart
from evidence_app.ui.screening.judging import CELL, Judging
from evidence_app.ui.screening.packet_acts import PACKETS, ScreeningPackets
from evidence_app.ui.screening.page import Page
from evidence_app.ui.screening.protocol_acts import PROTOCOL
from evidence_app.ui.screening.queue_list import Line
from evidence_app.ui.screening.ranking_acts import RANKING
from evidence_app.ui.screening.reading_acts import READING, ReadingActs
from evidence_app.ui.screening.reason_keys import KEYS
from evidence_app.ui.screening.shelf import Ready
from evidence_app.ui.screening.side import QueueChoice, Side
from evidence_app.ui.screening.team import TEAM

SIDE, SLIM = 262, 210
SHARE: Final = 0.22
"""The most of the width the list takes, so that large text leaves room for the record."""
STAGE, QUEUE = "screening.stage", "screening.queue"
STAGES: Final = ((Stage.TITLE_ABSTRACT.value, "Title and abstract"), (Stage.FULL_TEXT.value, "Full text"))
LISTS: Final = frozenset(("criterion", "term", "exclusion_reason", "tag"))
WATCHED: Final = frozenset(
    ("reference", "record", "search_work", "decision", "decision_reason", "look_again", "flag", "note",
     "reference_tag", "sample", "sample_member", "protocol", "role", "attachment", "retrieval", "provenance",
     "person", "packet", "merge", "ranking", *LISTS),
)  # fmt: skip
QUIET: Final = frozenset(("note", "flag", "reference_tag", "tag", "provenance", "attachment", "retrieval"))
"""Tables that change what is shown of a record, and no queue but that of flags."""


class ScreeningScreen(ReadingActs, ScreeningPackets):
    """Queues, the record that is read, and what is decided about it."""

    ACTIONS: ClassVar[tuple[ActionSpec, ...]] = (
        *KEYS,
        *PROTOCOL,
        *TEAM,
        *RANKING,
        *PACKETS,
        ActionSpec("edit_reasons", "Reasons…", "Screen", "", "ph.list-numbers"),
        ActionSpec("edit_terms", "Highlighted terms…", "Screen", "", "ph.highlighter-circle"),
        ActionSpec("toggle_terms", "Highlight terms", "Screen", "H", "ph.highlighter-circle"),
        ActionSpec("paste_abstract", "Paste or mend the abstract…", "Screen", "", "ph.clipboard-text"),
        ActionSpec("open_in_library", "Show in the library", "Screen", "L", "ph.books"),
        *READING,
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        parts = self.parts
        self.side = Side(parts, self._lines)
        self.page = Page(parts, FullTextPart(context, Attaching(context, self)))
        self.beside = Beside(parts)
        self.foot = Foot(parts)
        self.judging = Judging(context, self.side, self)
        self._stages = parts.segments("Stage", STAGES, Stage.TITLE_ABSTRACT.value)
        self._blind = parts.chip("Blind", "neither")
        self._blind.setToolTip("Nobody sees what the others decided; the protocol says so")
        self._you = parts.line("", "small", "text-2")
        self._check = parts.button("Check 10 %…", "plain", act=self.go_on_with_team)
        self._more = parts.tool("ph.dots-three", "More on screening")
        self._act = ""
        self.lay_out(self.page, side=self.side, foot=self.foot, inspector=self.beside)
        self._listen()
        self._remember()

    def _listen(self) -> None:
        judging, side, foot, beside = self.judging, self.side, self.foot, self.beside
        judging.shown.connect(self._show)
        judging.counted.connect(self._show_counts)
        judging.given_changed.connect(self._show_decision)
        judging.said.connect(foot.say)
        judging.wanted.connect(foot.want)
        side.queue_chosen.connect(self.choose_queue)
        side.undo_asked.connect(self.take_back)
        for each in (side.queue, side.judged):
            each.page_asked.connect(self.page.turn)
        self.page.text.stepped.connect(judging.step)
        self.page.full.reader.stepped.connect(judging.step)
        self.page.full.reader.left.connect(side.queue.setFocus)
        self.page.repair.pasted.connect(self.keep_abstract)
        self.page.repair.lookup_asked.connect(self.look_abstract_up)
        self.page.repair.left.connect(side.queue.setFocus)
        self.page.empty.button.clicked.connect(self._go_on)
        foot.decided.connect(judging.decide)
        foot.flag_asked.connect(self.flag)
        foot.note_asked.connect(self.write_note)
        foot.reasons.toggled.connect(judging.toggle)
        foot.reasons.edit_asked.connect(self.edit_reasons)
        beside.terms.edit_asked.connect(self.edit_terms)
        beside.terms.switched.connect(self.switch_terms)
        beside.criteria.protocol_asked.connect(self.protocol)
        beside.labels.label_added.connect(self.add_label)
        beside.labels.label_taken_off.connect(self.take_label_off)
        beside.labels.note_written.connect(self.keep_note)
        beside.labels.left.connect(side.queue.setFocus)
        beside.full_text.file_opened.connect(self.open_file)
        self._stages.chosen.connect(self._choose_stage)
        self.project.refused.connect(self._refused)
        self.begin_ranking()

    def _remember(self) -> None:
        kept = self.context.settings.now.kept
        self.beside.terms.switch.setChecked(kept.get(HIGHLIGHT, "on") == "on")
        self._stages.choose(kept.get(STAGE, ""))
        self.judging.stage = Stage(self._stages.choice)
        self.judging.key = kept.get(QUEUE, "unscreened")

    # -- what the window asks

    def title(self) -> str:
        """Return the title in the header."""
        return "Screening"

    def detail(self) -> str:
        """Return who else judges, or how many records there are."""
        state = self.judging.state
        if state is None or not state.records:
            return ""
        if (packet := self.packet) is not None:
            return f"Packet for {packet['person_name']}: send this file back when you are done"
        checks = [each for each in state.samples if each.purpose is Purpose.CHECK]
        if checks:
            last = checks[-1]
            by = f" by {last.person_name}" if last.person_name else ""
            return f"Second vote{by} on {len(last.members):,}"
        return f"{counted(state.counts['all'], 'record')} at this stage"

    def header_parts(self) -> Sequence[QWidget]:
        """Return whether it is blind, who acts, the stages, and everything else."""
        menu = QMenu(self._more)
        menu.addActions(self.commands[len(KEYS) :])
        self._more.setMenu(menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return [self._blind, self._you, self._stages, self._check, self._more]

    def arrange(self, *, slim: bool) -> None:
        """Give up room where the window is narrow."""
        room = self.window().width()
        width = min(self.look.px(SLIM if slim else SIDE), max(int(room * SHARE), 180))
        self.side.setFixedWidth(width)
        self._you.setVisible(not slim)
        self._check.setVisible(not slim)

    def reload(self, tables: frozenset[str]) -> None:
        """Read again what changed; a decision of this screen is known already."""
        self.page.full.reader.reload(tables)
        if not tables:
            self.show_criteria()
            self.show_terms()
        elif not tables & WATCHED:
            return
        if "criterion" in tables:
            self.show_criteria()
        if "term" in tables:
            self.show_terms()
            if tables == {"term"}:
                return
        self.beside.labels.know(list(library.tags(self.project.reader)))
        if tables and tables <= QUIET and self.judging.key != "flagged":
            self.judging.renew()
            return
        self.judging.changed(tables)
        self.ranking_changed(tables)

    def show_place(self, subject: Subject) -> None:
        """Show this record; "screening:full text" and its like show a stage."""
        if subject.kind.startswith("stage:"):
            self._turn(Stage(subject.kind.partition(":")[2]), "unscreened")
            if subject.row:
                self._visit(subject.row)
        elif subject.kind == "reference":
            self._visit(subject.row)

    def _visit(self, record: int) -> None:
        if self.judging.state is None or self.judging.state.stage is not self.judging.stage:
            self.judging.want(record)
        self.judging.visit(record)

    def leave(self) -> None:
        """Keep what is half typed."""
        self.beside.labels.leave()

    def take_focus(self) -> None:
        """Give the keyboard to the list, or to the act that goes on."""
        (self.page.empty.button if self.page.is_empty else self.side.queue).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from record to record with the arrows, whatever has the keyboard."""
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.judging.step(1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.judging.step(-1)
        else:
            super().keyPressEvent(event)

    # -- the keys

    def include(self) -> None:
        """Include the record."""
        self.judging.decide("include")

    def exclude(self) -> None:
        """Exclude the record."""
        self.judging.decide("exclude")

    def maybe(self) -> None:
        """Put the record off as a maybe."""
        self.judging.decide("maybe")

    def take_back(self) -> None:
        """Take the last decision back."""
        self.judging.take_back()

    def give_reason(self, place: int) -> None:
        """Give the reason at this place of the list, or take it back."""
        self.judging.toggle(place)

    def toggle_terms(self) -> None:
        """Mark the terms in the text, or take the marks away."""
        self.beside.terms.switch.toggle()

    def paste_abstract(self) -> None:
        """Make room to paste an abstract, or to mend the one that is there."""
        current = self.judging.current
        if current is not None:
            self.page.repair.open_field()
            self.page.repair.field.setPlainText(str(current.card.reference.item.get("abstract") or ""))

    def open_in_library(self) -> None:
        """Show the record in the library."""
        if self.judging.current is not None:
            row = int(self.judging.current.card.reference.id)
            self.context.go_to("library", Subject("reference", row))

    # -- queues and stages

    def choose_queue(self, key: object) -> None:
        """Go through another queue."""
        if key == CELL:
            self.judging.turn_to_records(CELL, self._cell[1])
            return
        self._turn(self.judging.stage, str(key))

    def _choose_stage(self, stage: object) -> None:
        self._turn(Stage(str(stage)), "unscreened")

    def _turn(self, stage: Stage, key: str) -> None:
        self._stages.choose(stage.value)
        self.context.settings.keep(STAGE, stage.value)
        self.context.settings.keep(QUEUE, key)
        other = stage is not self.judging.stage
        if other:
            self.leave_ranking_order()
        self.judging.turn_to(stage, key)
        if other:
            self.ranking_changed(frozenset())
        self.side.queue.setFocus()

    def _go_on(self) -> None:
        kind, _, name = self._act.rpartition(":")
        if kind == "screen":
            self.context.go_to(name)
        elif kind == "act":
            (self.show_folder if name == "folder" else self.protocol)()
        elif kind == "stage":
            self._turn(Stage(name), "unscreened")
        else:
            self.choose_queue(name)

    # -- showing

    def _lines(self, ids: Sequence[int]) -> Mapping[int, Line]:
        return self.judging.lines(ids)

    def _show(self, ready: Ready | None) -> None:
        self.foot.setVisible(ready is not None)
        self.beside.labels.setVisible(ready is not None)
        if ready is None:
            if self.judging.state is not None:
                sentence, words, self._act = empty_words(self.judging.state, packet=self.packet is not None)
                had_keyboard = self.side.queue.hasFocus()
                self.page.say_empty(sentence, words)
                if had_keyboard:
                    self.take_focus()
            return
        if self.page.empty.button.hasFocus():
            self.side.queue.setFocus()
        at_full_text = self.judging.stage is Stage.FULL_TEXT
        self.page.show_record(ready, full_text=at_full_text)
        card = ready.card
        note = card.note.text if card.note is not None else ""
        self.beside.labels.show_record(int(card.reference.id), card.tags, note)
        self.beside.full_text.setVisible(at_full_text)
        if at_full_text:
            self.beside.full_text.show_files(card.retrieval, card.retrieval_said, card.files)
        self._show_decision()
        self.show_votes()

    def _show_decision(self) -> None:
        ready = self.judging.current
        if ready is None:
            return
        decision = ready.card.decision
        self.foot.reasons.offer([each.name for each in self.judging.reasons])
        places = {each.id: place for place, each in enumerate(self.judging.reasons, 1)}
        given = [places[row] for row in self.judging.given() if row in places]
        verdict = decision.verdict if decision is not None else ""
        self.foot.show_decision(verdict, given, flagged=ready.card.flag is not None)

    def _show_counts(self) -> None:
        state, left = self.judging.state, len(self.side.queue.queue.ids)
        if state is None:
            return
        self.side.offer(self._choices(state), self.judging.key)
        self.side.show_left(left, "left" if self.judging.key == "unscreened" else "")
        self.beside.progress.show_progress(self.judging.done, state.total, self.judging.moments)
        self.beside.progress.say_waiting(self._waiting(state), state.poor)
        self._blind.setVisible(state.blind)
        name = self.context.settings.now.person_name
        self._you.setText(f"You: {name}" if name else "")
        self._offer_next(state)
        self._show_decision()
        if self.judging.current is None:
            self._show(None)
        self.headed.emit()

    def _offer_next(self, state: QueueState) -> None:
        """Name on the button what comes next with a second person; said anew only where it is another."""
        words = self.next_of_team()[0]
        if words and words != self._check.text():
            self._check.rename(words)
        self._check.setEnabled(bool(state.records) and bool(words))

    def _waiting(self, state: QueueState) -> list[str]:
        """Return what waits for others or is planned; conflicts grow fewer while they are settled."""
        judging = self.judging
        conflicts = len(self.side.queue.queue.ids) if judging.key == "conflicts" else state.conflicts
        conflicts = state.conflicts if state.blind and not state.settles else conflicts
        said = [
            f"{counted(state.second_votes, 'record')} need{'s' * (state.second_votes == 1)} a second vote."
            if state.second_votes else "",
            f"{counted(conflicts, 'record')} need{'s' * (conflicts == 1)} a decision by somebody."
            if conflicts else "",
            *state.asked, state.well,
        ]  # fmt: skip
        return [sentence for sentence in said if sentence]

    def _choices(self, state: QueueState) -> list[QueueChoice]:
        choices = [QueueChoice(key, name, state.counts.get(key, 0)) for key, name in QUEUES]
        choices += [
            QueueChoice(f"{SAMPLE}{each.id}", each.name, len(each.members), apart=place == 0)
            for place, each in enumerate(state.samples)
        ]
        return choices + self.more_queues()

    def _refused(self, _reason: object) -> None:
        self.judging.refused()
