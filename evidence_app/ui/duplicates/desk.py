"""The main part: the pair, the rule or the merged work that belongs to the chosen row."""

from PySide6.QtCore import Qt, Signal
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
from evidence_app.ui.screen import ScreenContext

PAIR, RULE, MERGED, NOTHING = range(4)


class Desk(QWidget):
    """Shows one row at a time, read from the project as it is."""

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
        self.rule = RulePage(context.parts, context.project)
        self.merged = MergedPage(context.parts)
        self.nothing = context.parts.empty("ph.intersect", NEVER, "Find duplicates")
        self.nothing.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedLayout(self)
        for page in (self.pair, self.rule, self.merged, self.nothing):
            self._stack.addWidget(page)
        self._stack.setCurrentIndex(NOTHING)
        self.pair.records.asked.connect(self._show_raw)
        self.merged.raw_asked.connect(self._show_raw)
        self.rule.opened.connect(self._open_group)

    @property
    def shown_pair(self) -> SideBySide | None:
        """The two references that are shown, if two are."""
        return self.pair.pair if self._stack.currentIndex() == PAIR else None

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
        if self._stack.currentIndex() == RULE:
            self.rule.table.setFocus()
        elif self._stack.currentIndex() == MERGED:
            self.merged.focus_first()
        else:
            self.pair.focus_fields()

    def _say_nothing(self, queue: Queue, shown: str) -> None:
        said, act = nothing_words(queue, shown)
        self.nothing.say(said)
        self.nothing.button.rename(act or "Find duplicates")
        self.nothing.button.setVisible(bool(act))
        self._stack.setCurrentIndex(NOTHING)

    def _read(self, one: int, other: int) -> SideBySide | None:
        return side_by_side(self._context.project.reader, one, other)

    def _show_pair(self, row: PairRow, queue: Queue) -> bool:
        pair = self._read(row.pair.one, row.pair.other)
        if pair is None:
            return False
        pairs = (*queue.waiting, *queue.later)
        place = pairs.index(row.pair) if row.pair in pairs else 0
        found = row.pair.match
        self.relation = relation_of(pair, found.found)
        if self.shown_pair == pair:  # what was chosen stays when the queue is read again
            self.pair.say_progress(progress_words(queue, place))
            return True
        self.pair.show_pair(pair, found.rule, found.found, progress_words(queue, place))
        if self.relation:
            self.pair.say_relation(self.relation)
        self._stack.setCurrentIndex(PAIR)
        return True

    def _show_different(self, row: DifferentRow) -> bool:
        pair = self._read(row.judged.one, row.judged.other)
        if pair is None:
            return False
        who = f" by {row.judged.person}" if row.judged.person else ""
        words = f"Judged to be different works{who}, {row.judged.at[:10]}"
        self.pair.show_pair(pair, None, {}, "", words)
        self._stack.setCurrentIndex(PAIR)
        return True

    def _show_rule(self, row: RuleRow) -> bool:
        self.rule.show_rule(row.found)
        self._stack.setCurrentIndex(RULE)
        return True

    def _show_merged(self, row: MergedRow) -> bool:
        work = merged_work(self._context.project.reader, row.kept)
        if work is None:
            return False
        self.merged.show_work(work)
        self._stack.setCurrentIndex(MERGED)
        return True

    def _open_group(self, group: Group) -> None:
        found = group.matches[0]
        pair = self._read(found.one, found.other)
        if pair is None:
            return
        self.group = found
        words = f"2 of {len(group.references)} records" if len(group.references) > 2 else ""
        self.pair.show_pair(pair, found.rule, found.found, words, "The same beyond doubt?")
        self._stack.setCurrentIndex(PAIR)
        self.group_opened.emit()

    def _show_raw(self, record: KeptRecord) -> None:
        self._context.messages.show(RawDialog(self._context.parts, record, self))
