"""The Duplicates screen: rules and pairs at the left, the pair field by field, the records that are kept."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.deduplication import deciding, queue, reporting
from evidence_app.services.deduplication.queue import Queue
from evidence_app.storage.found_duplicates import led_to
from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.duplicates import acts
from evidence_app.ui.duplicates.desk import Desk
from evidence_app.ui.duplicates.foot import Foot
from evidence_app.ui.duplicates.judging import Judging
from evidence_app.ui.duplicates.looking import detail_of, stale_words
from evidence_app.ui.duplicates.merge_preview import MergePreview
from evidence_app.ui.duplicates.row_list import RowList
from evidence_app.ui.duplicates.rows import (
    DifferentRow,
    Key,
    PairRow,
    Row,
    RuleRow,
    key_of,
    rows_of,
)
from evidence_app.ui.duplicates.rules_dialog import RulesDialog
from evidence_app.ui.screen import Screen, ScreenContext, Subject
from evidence_app.ui.tasks import Task
from evidence_app.ui.widgets.laying import across, down, framed

WATCHED = frozenset(
    ("reference", "merge", "not_duplicate", "record", "search_file", "search", "source", "cache_setting")
)
OURS = frozenset(
    ("reference", "merge", "not_duplicate", "provenance", "rule_set", "cache_setting", "person", "study_link")
)
SIDE, SLIM = 300, 230
ALWAYS = frozenset(("take_back", "look_again", "show_rules"))
"""What the menu of every row offers besides the acts of the foot."""


class DuplicatesScreen(Screen):
    """Records of the same work, side by side, merged so that they can be taken apart again."""

    ACTIONS: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("merge", "Merge the two, or all of the rule…", "Screen", "1", "ph.intersect"),
        ActionSpec("judge_different", "They are different", "Screen", "2", "ph.arrows-out"),
        ActionSpec("put_off", "Later", "Screen", "3", "ph.clock"),
        ActionSpec("judge_related", "Link as related works", "Screen", "4", "ph.link-simple"),
        ActionSpec("take_back", "Take the last judgement back", "Screen", "Z", "ph.arrow-u-up-left"),
        ActionSpec("merge_all", "Merge everything beyond doubt…", "Screen", "Ctrl+Shift+A", "ph.intersect"),
        ActionSpec("look_again", "Look for duplicates again", "Screen", "F5", "ph.arrow-clockwise"),
        ActionSpec("show_rules", "Rules and methods sentences…", "Screen", "Ctrl+Shift+R", "ph.list-numbers"),
        ActionSpec("export_rules", "Export the rules…", "Screen", "", "ph.export"),
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        parts = self.parts
        self._queue: Queue | None = None
        self._shown = "waiting"
        self._judging = Judging()
        self._wanted: Key = ()
        self._task: Task | None = None
        self._goes_on = False
        """Whether the keyboard was with what began to look, and goes on to what was found."""
        self._all = parts.button("", "plain", "ph.intersect", self.merge_all)
        self._rules = parts.button("Rules…", "plain", act=self.show_rules)
        self._look = parts.button("Find duplicates", "plain", act=self.look_again)
        self._filters = parts.filters("Shown", (("waiting", "Waiting"),), "waiting")
        self._filters.chosen.connect(self._show_kind)
        self._stale = parts.banner("ph.warning", "maybe", "", "Look again", self.look_again)
        self._list = RowList(self.look)
        self._desk = Desk(context)
        self._foot = Foot(parts)
        self._lay()
        self._listen()

    def _lay(self) -> None:
        filters = across(edge=(8, 0, 8, 0))
        filters.addWidget(self._filters, 1)
        column = down(framed(filters, "bar", height=self.look.size("bar")), self._stale, gap=0)
        column.addWidget(self._list, 1)
        self._side = framed(column, "side", width=self.look.px(SIDE))
        self._stale.hide()
        self.lay_out(self._desk, side=self._side, foot=self._foot)

    def _listen(self) -> None:
        self._list.chosen.connect(self._show_row)
        self._list.entered.connect(self._desk.focus)
        self._list.menu_asked.connect(self._open_menu)
        desk, foot = self._desk, self._foot
        desk.left.connect(self._list.setFocus)
        desk.merged.apart_asked.connect(self._take_apart)
        desk.merged.value_asked.connect(self._show_instead)
        desk.nothing.button.clicked.connect(self._begin)
        desk.group_opened.connect(self._offer_group)
        foot.merge_asked.connect(self.merge)
        foot.batch_asked.connect(self.merge)
        foot.different_asked.connect(self.judge_different)
        foot.related_asked.connect(self.judge_related)
        foot.later_asked.connect(self.put_off)
        foot.again_asked.connect(self._ask_again)
        foot.back_asked.connect(self._back_to_rule)
        self.project.refused.connect(self._refused)

    # -- what the window asks

    def title(self) -> str:
        """Return the title in the header."""
        return "Duplicates"

    def detail(self) -> str:
        """Return how many records, sources and works there are."""
        return detail_of(self._queue) if self._queue is not None else ""

    def header_parts(self) -> Sequence[QWidget]:
        """Return the acts on everything."""
        return [self._rules, self._look, self._all]

    def arrange(self, *, slim: bool) -> None:
        """Give up room where the window is narrow."""
        self._side.setFixedWidth(self.look.px(SLIM if slim else SIDE))

    def reload(self, tables: frozenset[str]) -> None:
        """Read what is left to be done, when something changed that it rests on."""
        if tables and not tables & OURS.difference(("cache_setting",)) and tables != {"cache_setting"}:
            self._judging.forget()
        if not tables or tables & WATCHED:
            self.project.read(queue.read_queue, self._show_queue, latest="duplicates")

    def show_place(self, subject: Subject) -> None:
        """Show the work of a reference among the merged ones, as soon as they are read."""
        if subject.kind == "reference":
            kept = led_to(self.project.reader, (subject.row,)).get(subject.row, subject.row)
            self._wanted = ("merged", kept)
            self._filters.choose("merged")
            self._show_kind("merged")

    def take_focus(self) -> None:
        """Give the keyboard to the list."""
        (self._list if self._list.current() is not None else self._desk.nothing.button).setFocus()

    # -- looking

    def look_again(self) -> None:
        """Look for duplicates in a process of its own; what is found is kept in the file."""
        if self._task is not None:
            return
        off = queue.switched_off(self.project.reader)
        begun = self.window().focusWidget()
        self._goes_on = begun is self._look or (begun is not None and self.isAncestorOf(begun))
        work = partial(queue.look, self.project.path, off)
        self._task = Task(work, "Looking for duplicates").then(self._found, self._not_found)
        self._task.finished.connect(self._looked)
        self._look.rename("Looking…")
        self._look.setEnabled(False)
        self.context.lanes.process.start(self._task)

    def _found(self, rows: list[dict[str, str]]) -> None:
        self._judging.forget()
        self.project.keep(queue.TABLE, rows, tell=True)

    def _not_found(self, error: Exception) -> None:
        self.context.messages.inform(
            "Duplicates could not be looked for.", f"Nothing was changed. The reason was: {error}"
        )

    def _looked(self) -> None:
        self._task = None
        self._look.setEnabled(True)
        self._name_acts()
        if self._goes_on and self._list.current() is not None:
            self._goes_on = False
            self.take_focus()

    def _begin(self) -> None:
        if self._queue is not None and not self._queue.totals.records:
            self.context.go_to("searches")
        else:
            self.look_again()

    # -- showing

    def _show_queue(self, found: Queue) -> None:
        self._queue = found
        self._judging.arrived(found)
        pairs = len(found.waiting) + len(found.later)
        self._filters.offer(
            (("waiting", f"Waiting  {pairs:,}"), ("merged", f"Merged  {len(found.merged):,}"),
             ("different", f"Different  {len(found.different):,}")),
        )  # fmt: skip
        self._filters.choose(self._shown)
        self._name_acts()
        words = stale_words(found)
        self._stale.label.setText(words)
        self._stale.setVisible(bool(words))
        self._show_rows()
        self.headed.emit()
        if self._goes_on and self._task is None and self.isVisible():
            self._goes_on = False
            self.take_focus()

    def _show_rows(self) -> None:
        if self._queue is None:
            return
        rows = rows_of(self._queue, self._shown, self._judging.gone)
        wanted = self._wanted
        self._list.show_rows(rows, wanted)
        if wanted and key_of(self._list.current()) == wanted:
            self._wanted = ()

    def _name_acts(self) -> None:
        found = self._queue
        number = found.removable if found is not None else 0
        self._all.rename(f"Merge {counted(number, 'record')}…")
        self._all.setVisible(number > 0)
        if self._task is None:
            self._look.rename("Look again" if found is not None and found.looked_at else "Find duplicates")
        self._look.setEnabled(self._task is None and found is not None and found.totals.records > 1)

    def _show_kind(self, kind: object) -> None:
        self._shown = str(kind)
        self._show_rows()

    def _show_row(self, row: Row | None) -> None:
        if self._queue is not None:
            self._desk.show_row(row, self._queue, self._shown)
            self._desk.expect(self._list.next_pair(), self._queue)
        self._foot.offer(row, relation=self._desk.relation)

    def _offer_group(self) -> None:
        self._foot.offer(self._list.current(), in_group=True)
        self._foot.back.setFocus()

    def _back_to_rule(self) -> None:
        self._show_row(self._list.current())
        self._desk.focus()

    # -- judging

    def merge(self) -> None:
        """Merge the two that are shown, or show what merging all of a rule would do."""
        row, pair = self._list.current(), self._desk.shown_pair
        if isinstance(row, RuleRow) and self._desk.group is None:
            self._merge_rules([row.found.rule.name])
            return
        found = self._desk.group or (row.pair.match if isinstance(row, PairRow) else None)
        if found is None or pair is None:
            return
        choices, master = dict(self._desk.pair.choices()), int(pair.side(pair.master).id)
        self._settle(row, f"Merged {pair.side(pair.master).short_label}")
        acts.merge(self.context, found, master, choices)

    def judge_different(self) -> None:
        """Remember for good that the two that are shown are two works, and go on to the next."""
        row, pair = self._list.current(), self._desk.shown_pair
        if pair is None or not (isinstance(row, PairRow) or self._desk.group is not None):
            return
        self._settle(row, f"{pair.one.short_label} and {pair.other.short_label} are different")
        acts.judge_different(self.context, int(pair.one.id), int(pair.other.id))

    def judge_related(self) -> None:
        """Link the two as related works, which are not one, and go on to the next."""
        row, pair, relation = self._list.current(), self._desk.shown_pair, self._desk.relation
        if pair is None or not isinstance(row, PairRow) or not relation:
            return
        self._settle(row, f"Linked as {relation}")
        acts.judge_different(self.context, int(pair.one.id), int(pair.other.id), relation)

    def put_off(self) -> None:
        """Put the pair at the end of the list."""
        row = self._list.current()
        if not isinstance(row, PairRow) or row.is_later or self._queue is None:
            return
        pairs = [each.key for each in self._queue.later]
        self._wanted = self._list.next_key()
        self._judging.settle(row.key, f"Put off {row.named.label}", put_off=True)
        self._list.select(self._wanted)  # at once; what was put off moves down when it is written
        self._foot.say(f"Put off {row.named.label}. Z takes it back.")
        self.project.keep(queue.TABLE, [queue.later_row([*pairs, row.pair.key])], tell=True)

    def _settle(self, row: Row | None, words: str) -> None:
        """Go on to the next pair at once; what was judged is written meanwhile."""
        in_group = self._desk.group is not None
        self._judging.settle(key_of(row), words)
        if in_group:
            self._show_row(row)
        elif self._queue is not None:
            self._wanted = self._list.next_key()
            self._show_rows()
        self._foot.say(f"{words}. Z takes it back.")

    def take_back(self) -> None:
        """Take the last judgement back, and show its pair again."""
        step = self._judging.take_back()
        if step is None:
            self.context.say("Nothing was judged here yet; Ctrl+Z takes back the last edit of all")
            return
        self._wanted = step.key
        self._foot.say(f"Took back: {step.words}.")
        if self._shown != "waiting":
            self._filters.choose("waiting")
            self._shown = "waiting"
        if step.put_off and self._queue is not None:
            pairs = [each.key for each in self._queue.later if ("pair", *each.key) != step.key]
            self.project.keep(queue.TABLE, [queue.later_row(pairs)], tell=True)
        else:
            self.project.undo()

    def merge_all(self) -> None:
        """Show what merging every group beyond doubt would do, and merge them when that is agreed to."""
        if self._queue is not None:
            self._merge_rules([each.rule.name for each in self._queue.automatic])

    def _merge_rules(self, names: Sequence[str]) -> None:
        if self._queue is None or not self._queue.removable:
            self.context.say("Nothing is left that is the same beyond doubt")
            return
        found = self._queue.found_by(names)
        question = partial(deciding.preview, found=found)
        self.project.read(question, self._preview, latest="duplicates.preview", title="Preparing the preview")

    def _preview(self, made: deciding.Preview) -> None:
        if self._queue is None or not made.rows:
            return
        if self.context.messages.show(MergePreview(self.parts, made, self._queue.totals, self)):
            words = f"Merged {counted(len(made.rows), 'record')}"
            self._judging.settle(key_of(self._list.current()), words)
            self._foot.say(f"{words}. Z takes it back.")
            acts.merge_batch(self.context, made.edit, f"Merging {counted(len(made.rows), 'record')}")

    def _ask_again(self) -> None:
        row = self._list.current()
        if isinstance(row, DifferentRow):
            self.project.do(deciding.ask_again(row.judged.id))

    def _take_apart(self, reference: int, are_different: bool) -> None:
        acts.take_apart(self.context, reference, are_different=are_different)
        self.context.say("Un-merged a record", undo=True)

    def _show_instead(self, merged: int, variables: Sequence[str]) -> None:
        work = self._desk.merged.work
        if work is not None:
            acts.show_instead(self.context, int(work.kept.id), merged, variables)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        self._foot.fill(menu)
        menu.addSeparator()
        menu.addActions([each for each in self.commands if each.objectName() in ALWAYS])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _refused(self, _reason: object) -> None:
        self._judging.forget()
        self._foot.say("")

    # -- the rules

    def show_rules(self) -> None:
        """Show the rules and the methods sentences; other rules look again."""
        if self._queue is None:
            return
        done = reporting.done(self.project.reader)
        off = queue.switched_off(self.project.reader)
        dialog = RulesDialog(self.parts, off, done, reporting.methods(self._queue, done), self)
        dialog.export_asked.connect(self.export_rules)
        if self.context.messages.show(dialog) and dialog.off != off:
            self.project.keep(queue.TABLE, [queue.off_row(dialog.off)], tell=True)
            self.look_again()

    def export_rules(self) -> None:
        """Write the rules and what they did as a table."""
        if self._queue is not None:
            acts.export_rules(self.context, self._queue.rules)
