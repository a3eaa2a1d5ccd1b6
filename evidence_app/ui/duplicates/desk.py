"""The main part: the pair, the rule or the merged work that belongs to the chosen row."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from evidence_app.services.deduplication.finding import Group, Match
from evidence_app.services.deduplication.merged_work import merged_work
from evidence_app.services.deduplication.queue import Queue
from evidence_app.services.deduplication.side_by_side import SideBySide, relation_of, side_by_side
from evidence_app.storage.found_duplicates import KeptRecord
from evidence_app.ui.duplicates.looking import NEVER, nothing_words, progress_words
from evidence_app.ui.duplicates.merged_page import MergedPage
from evidence_app.ui.duplicates.pair_page import PairPage
from evidence_app.ui.duplicates.records_kept import RawDialog
from evidence_app.ui.duplicates.rows import DifferentRow, MergedRow, PairRow, Row, RuleRow
from evidence_app.ui.duplicates.rule_page import RulePage
from evidence_app.ui.moments import day_of
from evidence_app.ui.screen import ScreenContext

AHEAD_MS = 40
"""How long nothing is shown anew before the next pair is laid out behind the one that is read."""


class Desk(QWidget):
    """Shows one row at a time, read from the project as it is."""

    left = Signal()
    """The focus wants to go back to the list."""
    group_opened = Signal()
    """Two records of a group are shown side by side."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self.relation = ""
        """How the two that are shown belong together if they are not one work."""
        self.group: Match | None = None
        """The two records of a rule's group that are shown."""
        self.pair = PairPage(context.parts)
        """The page of the pair that is shown."""
        self._behind = PairPage(context.parts)
        """The page on which the next pair is laid out, while this one is read."""
        self._next: tuple[PairRow, Queue] | None = None
        self._soon = QTimer(self, singleShot=True, interval=AHEAD_MS)
        self._soon.timeout.connect(self._lay_out_next)
        self._then = QTimer(self, singleShot=True, interval=0)
        self._then.timeout.connect(self._measure_next)
        self.rule = RulePage(context.parts, context.project)
        self.merged = MergedPage(context.parts)
        self.nothing = context.parts.empty("ph.intersect", NEVER, "Find duplicates")
        self.nothing.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedLayout(self)
        for page in (self.pair, self._behind, self.rule, self.merged, self.nothing):
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(self.nothing)
        for pair in (self.pair, self._behind):
            pair.records.asked.connect(self._show_raw)
            pair.left.connect(self.left)
        self.merged.raw_asked.connect(self._show_raw)
        self.rule.opened.connect(self._open_group)

    @property
    def shown_pair(self) -> SideBySide | None:
        """The two references that are shown, if two are."""
        return self.pair.pair if self._stack.currentWidget() is self.pair else None

    def show_row(self, row: Row | None, queue: Queue, shown: str) -> None:
        """Show what belongs to a row; nothing, and why, where there is none."""
        self.group, self.relation = None, ""
        match row:
            case PairRow():
                there = self._show_pair(row, queue)
            case DifferentRow():
                there = self._show_different(row)
            case RuleRow():
                there = self._show_rule(row)
            case MergedRow():
                there = self._show_merged(row)
            case _:
                there = False
        if not there:
            self._say_nothing(queue, shown)

    def focus(self) -> None:
        """Give the keyboard to what is shown."""
        if self._stack.currentWidget() is self.rule:
            self.rule.table.setFocus()
        elif self._stack.currentWidget() is self.merged:
            self.merged.focus_first()
        else:
            self.pair.focus_fields()

    def _say_nothing(self, queue: Queue, shown: str) -> None:
        said, act = nothing_words(queue, shown)
        self.nothing.say(said)
        self.nothing.button.rename(act or "Find duplicates")
        self.nothing.button.setVisible(bool(act))
        self._stack.setCurrentWidget(self.nothing)

    def _read(self, one: int, other: int) -> SideBySide | None:
        return side_by_side(self._context.project.reader, one, other)

    def _show_pair(self, row: PairRow, queue: Queue) -> bool:
        pair = self._read(row.pair.one, row.pair.other)
        if pair is None:
            return False
        found, progress = row.pair.match, _progress(row, queue)
        self.relation = relation_of(pair, found.found)
        if self.shown_pair == pair:  # what was chosen stays when the queue is read again
            self.pair.say_progress(progress)
            return True
        if self._behind.asks_about(pair, found.rule):
            self._turn_to_the_one_behind(progress)
        else:
            self.pair.show_pair(pair, found.rule, found.found, progress, relation=self.relation)
            self._stack.setCurrentWidget(self.pair)
        return True

    # -- the pair after this one

    def expect(self, row: PairRow | None, queue: Queue) -> None:
        """Lay out the pair that is likely shown next, as soon as nothing else is to be done."""
        self._next = (row, queue) if row is not None else None
        if self._next is not None and self.isVisible():
            self._soon.start()
        else:
            self._soon.stop()

    def _lay_out_next(self) -> None:
        if self._next is None:
            return
        (row, queue), self._next = self._next, None
        pair = self._read(row.pair.one, row.pair.other)
        found = row.pair.match
        if pair is None or self.shown_pair == pair or self._behind.asks_about(pair, found.rule):
            return
        relation = relation_of(pair, found.found)
        self._behind.show_pair(pair, found.rule, found.found, _progress(row, queue), relation=relation)
        self._then.start()

    def _measure_next(self) -> None:
        """Let the window do what waits before the second half of the work."""
        self._behind.lay_out_like(self.pair)

    def _turn_to_the_one_behind(self, progress: str) -> None:
        had_focus = self.pair.has_focus()
        self.pair, self._behind = self._behind, self.pair
        self.pair.say_progress(progress)
        self._stack.setCurrentWidget(self.pair)
        if had_focus:
            self.pair.focus_fields()

    def _show_different(self, row: DifferentRow) -> bool:
        pair = self._read(row.judged.one, row.judged.other)
        if pair is None:
            return False
        who = f" by {row.judged.person}" if row.judged.person else ""
        words = f"Judged to be different works{who}, {day_of(row.judged.at)}"
        self.pair.show_pair(pair, None, {}, "", words)
        self._stack.setCurrentWidget(self.pair)
        return True

    def _show_rule(self, row: RuleRow) -> bool:
        self.rule.show_rule(row.found)
        self._stack.setCurrentWidget(self.rule)
        return True

    def _show_merged(self, row: MergedRow) -> bool:
        work = merged_work(self._context.project.reader, row.kept)
        if work is None:
            return False
        self.merged.show_work(work)
        self._stack.setCurrentWidget(self.merged)
        return True

    def _open_group(self, group: Group) -> None:
        found = group.matches[0]
        pair = self._read(found.one, found.other)
        if pair is None:
            return
        self.group = found
        words = f"2 of {len(group.references)} records" if len(group.references) > 2 else ""
        self.pair.show_pair(pair, found.rule, found.found, words, "The same beyond doubt?")
        self._stack.setCurrentWidget(self.pair)
        self.group_opened.emit()

    def _show_raw(self, record: KeptRecord) -> None:
        self._context.messages.show(RawDialog(self._context.parts, record, self))


def _progress(row: PairRow, queue: Queue) -> str:
    pairs = (*queue.waiting, *queue.later)
    place = pairs.index(row.pair) if row.pair in pairs else 0
    return progress_words(queue, place)
