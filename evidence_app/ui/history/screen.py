"""The History screen: every edit of every person, what it changed, and copies of the project."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar, NamedTuple

from PySide6.QtCore import QPoint
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services import copies, history
from evidence_app.services.edit_areas import AREAS
from evidence_app.services.history import Counted, HistoryLine, Story
from evidence_app.storage.backup import Verified
from evidence_app.storage.connections import Reader
from evidence_app.storage.trail import PAGE, Asked
from evidence_app.ui.actions import ActionSpec, Handler
from evidence_app.ui.history.copies import PROJECTS, RestoreDialog, restored_name
from evidence_app.ui.history.edit_list import EditList, under_days
from evidence_app.ui.history.inspector import EditInspector
from evidence_app.ui.screen import Screen, ScreenContext, Subject
from evidence_app.ui.tasks import Report, Task
from evidence_app.ui.widgets.laying import across

SCREENS = {"reference": "library", "block": "manuscript", "theme": "themes"}
ALL, TAKEN_BACK = "all", "taken back"
LONGEST_LABEL = 34


class HistoryScreen(Screen):
    """Who did what and when, and what of it can be taken back."""

    ACTIONS: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec(
            "go_to_it", "Go to what the edit was about", "Screen", "Ctrl+Return", "ph.arrow-square-in"
        ),
        ActionSpec("back_up", "Back up now…", "Screen", "Ctrl+Shift+S", "ph.floppy-disk"),
        ActionSpec("restore", "Restore a backup to a new file…", "Screen", "", "ph.clock-counter-clockwise"),
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._lines: list[HistoryLine] = []
        self._counts: Counted | None = None
        self._area, self._words, self._who = ALL, "", 0
        self._wanted: int | None = None
        self._listed: Asked | None = None
        self._has_more = False
        parts = self.parts
        self._search = parts.search("Search edits", "Search edits", 190)
        self._search.searched.connect(self._searched)
        self._back_up = parts.button("Back up now…", "plain", "ph.floppy-disk", self.back_up)
        self._more = parts.tool("ph.dots-three", "More acts", self._open_menu)
        self._redo = parts.tool("ph.arrow-u-up-right", "Redo", self._do_again)
        self._undo = parts.button("Undo", "primary", "ph.arrow-u-up-left", self._take_back)
        self._filters = parts.filters("Kind of edit", ((ALL, "All"),), ALL)
        self._filters.chosen.connect(self._choose_area)
        self._persons = parts.button("Anyone", "filter", "ph.users", self._offer_persons)
        self._list = EditList(self.look)
        self._inspector = EditInspector(parts)
        self._listen()
        self._lay()
        self._slim = False

    def _listen(self) -> None:
        self._list.chosen.connect(self._show_chosen)
        self._list.opened.connect(self.go_to_it)
        self._list.menu_asked.connect(self._menu_at)
        self._list.rows.more_wanted.connect(self._ask_more)
        self._search.left_down.connect(self._list.setFocus)
        self._inspector.go.clicked.connect(self.go_to_it)
        self._inspector.undo.clicked.connect(self._take_back)
        self.project.history_changed.connect(self._name_acts)

    def _lay(self) -> None:
        self._nothing = self.parts.empty(
            "ph.clock-counter-clockwise", "No edit answers this.", "Show all edits", self._show_all
        )
        ground = QWidget()
        self._stack = QStackedLayout(ground)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._nothing)
        bar = across(self._filters, None, self._persons, gap=2, edge=(12, 0, 14, 0))
        self.lay_out(ground, bar=bar, inspector=self._inspector)
        self._inspector.show_story(None, None, None)

    # -- what the window asks

    def title(self) -> str:
        """Return the title in the header."""
        return "History"

    def detail(self) -> str:
        """Return how many edits there are, and by how many persons."""
        if self._counts is None:
            return ""
        persons = counted(len(self._counts.persons), "person")
        return f"{counted(self._counts.total, 'edit')} by {persons}"

    def header_parts(self) -> Sequence[QWidget]:
        """Return the search box and the acts."""
        return [self._search, self._back_up, self._more, self._redo, self._undo]

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here."""
        return {"find": self._find}

    def arrange(self, *, slim: bool) -> None:
        """Give up words where the window is narrow."""
        self._slim = slim
        self._search.narrow(150 if slim else 190)
        self._back_up.rename("Back up…" if slim else "Back up now…")
        self._name_acts()

    def reload(self, tables: frozenset[str]) -> None:
        """Read the trail again; every edit adds a line to it."""
        if tables != frozenset(("cache_setting",)):
            self._ask()

    def show_place(self, subject: Subject) -> None:
        """Show this edit, chosen; all filters are taken off for it."""
        if subject.kind == "edit":
            self._wanted = subject.row
            self._show_all()

    # -- what is listed

    def _asked(self) -> Asked:
        return history.asked_for(self._words, self._area, self._who or None)

    def _ask(self) -> None:
        limit = PAGE
        if self._wanted is not None and self._counts is not None:
            limit = max(limit, self._counts.total)
        person = self.context.person_guid
        question = partial(_read, asked=self._asked(), limit=limit, person=person)
        self.project.read(question, self._show, latest="history", title="Reading the history")

    def _show(self, answer: "Answer") -> None:
        self._counts, limit = answer.counts, answer.limit
        self._has_more = len(answer.lines) >= limit
        if answer.asked == self._listed and self._has_more:
            older = [line for line in self._lines if line.edit.id < answer.lines[-1].edit.id]
            self._has_more = self._list.rows.has_more or not older
            answer.lines.extend(older)
        self._lines, self._listed = answer.lines, answer.asked
        if self._is_older(limit):
            self._ask()
            return
        wanted, self._wanted = self._wanted, None
        self._offer_filters(self._counts)
        self._turn_to(0 if self._lines else 1)
        rows = under_days(self._lines, datetime.now().astimezone().date())
        self._list.show_rows(rows, has_more=self._has_more, edit=wanted)
        self._name_acts()
        self.headed.emit()

    def _turn_to(self, page: int) -> None:
        """Show the edits, or that none answers; the keyboard goes along."""
        focused = self._list.hasFocus() or self._nothing.button.hasFocus()
        self._stack.setCurrentIndex(page)
        if focused:
            self.take_focus()

    def take_focus(self) -> None:
        """Give the keyboard to the edits."""
        (self._list if self._stack.currentIndex() == 0 else self._nothing.button).setFocus()

    def _is_older(self, limit: int) -> bool:
        """Return whether the edit that is wanted is older than all that were read."""
        wanted = self._wanted
        there = wanted is None or any(line.edit.id == wanted for line in self._lines)
        return not there and self._counts is not None and limit < self._counts.total

    def _ask_more(self) -> None:
        before = self._lines[-1].edit.id if self._lines else None
        question = partial(history.lines, asked=self._asked(), limit=PAGE, before=before)
        self.project.read(question, self._show_more, latest="history.more", title="Reading older edits")

    def _show_more(self, lines: list[HistoryLine]) -> None:
        if self._lines and lines and lines[0].edit.id < self._lines[-1].edit.id:
            self._lines += lines
            rows = under_days(self._lines, datetime.now().astimezone().date())
            self._list.rows.append(rows, has_more=len(lines) >= PAGE)

    def _offer_filters(self, counts: Counted) -> None:
        areas = [(key, area.name) for key, area in AREAS.items() if counts.areas[key] or key == self._area]
        choices = [(ALL, f"All  {counts.total:,}")]
        choices += [(key, f"{name}  {counts.areas[key]:,}") for key, name in areas]
        if counts.taken_back or self._area == TAKEN_BACK:
            choices.append((TAKEN_BACK, f"Taken back  {counts.taken_back:,}"))
        self._filters.offer(choices)
        self._filters.choose(self._area)
        named = next((each.name for each in counts.persons if each.id == self._who), "Anyone")
        self._persons.rename(named)

    def _choose_area(self, key: str) -> None:
        self._area = key
        self._ask()

    def _offer_persons(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        persons = self._counts.persons if self._counts is not None else ()
        offered = [
            (0, "Anyone"),
            *((each.id, f"{each.name}  ({counted(each.edits, 'edit')})") for each in persons),
        ]
        for row, name in offered:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(row == self._who)
            action.triggered.connect(partial(self._choose_person, row))
            group.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._persons.mapToGlobal(self._persons.rect().bottomLeft()))

    def _choose_person(self, row: int) -> None:
        self._who = row
        self._ask()

    def _searched(self, words: str) -> None:
        self._words = words.strip()
        self._ask()

    def _find(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _show_all(self) -> None:
        self._search.clear()
        self._search.search_now()
        self._area, self._words, self._who = ALL, "", 0
        self._ask()

    # -- what is chosen

    def _show_chosen(self, edit: int | None) -> None:
        if edit is None:
            self._inspector.show_story(None, None, None)
        else:
            self.project.read(partial(history.story, edit=edit), self._show_story, latest="history.story")

    def _show_story(self, story: Story | None) -> None:
        next_undo = self._counts.next_undo if self._counts is not None else None
        self._inspector.show_story(story, next_undo, self.project.undo_label)

    def _name_acts(self) -> None:
        undo, redo = self.project.undo_label, self.project.redo_label
        self._undo.setEnabled(undo is not None)
        self._undo.rename(f"Undo: {_short(undo)}" if undo and not self._slim else "Undo")
        self._undo.setToolTip(f"Undo: {undo}" if undo else "")
        self._redo.setEnabled(redo is not None)
        self._redo.setToolTip(f"Redo: {redo}" if redo else "Redo")

    # -- acts

    def go_to_it(self) -> None:
        """Open what the chosen edit was about."""
        story = self._inspector.story
        if story is not None and story.place is not None:
            self.context.go_to(SCREENS[story.place.kind], Subject(*story.place))
        elif story is not None:
            self.context.say("What this edit was about is no longer in the review")

    def _take_back(self) -> None:
        if self.project.can_undo():
            self.project.undo()

    def _do_again(self) -> None:
        if self.project.can_redo():
            self.project.redo()

    def back_up(self) -> None:
        """Ask where, and write a verified copy."""
        suggestion = copies.suggested_path(self.project.path)
        out = self.context.messages.save_file("Back up now", PROJECTS, suggestion)
        if out is not None:
            self.project.read(partial(copies.back_up, out=out), self._backed_up, title="Backing up")

    def _backed_up(self, made: Verified) -> None:
        self.project.keep(copies.TABLE, [copies.snapshot_row(made)], tell=True)
        self.context.say(
            f"Backed up to {made.path.name}; verified {counted(made.references, 'reference')} in it"
        )

    def restore(self) -> None:
        """Ask which backup, check it, and show what it holds beside the open project."""
        source = self.context.messages.choose_file("Restore a backup", PROJECTS, self.project.path.parent)
        if source is not None:
            self._run(partial(_checked, source), self._compare, f"Checking {source.name}")

    def _compare(self, backup: Verified) -> None:
        present = copies.present(self.project.reader)
        dialog = RestoreDialog(self.parts, backup, present, self)
        if not self.context.messages.show(dialog):
            return
        suggestion = self.project.path.with_name(restored_name(backup.path).name)
        out = self.context.messages.save_file("Restore to a new file", PROJECTS, suggestion)
        if out is not None:
            self._run(partial(_restored, backup.path, out), self._restored, f"Restoring {backup.path.name}")

    def _restored(self, made: Verified) -> None:
        before = self.project.path
        said = f"Restored {counted(made.references, 'reference')} to {made.path.name}, which is open now"
        back = (f"Back to {before.stem}", partial(self.context.open_project, before))
        self.context.say(said, act=back)
        self.context.open_project(made.path)

    def _run(self, work: partial[Verified], then: object, title: str) -> None:
        task = Task(work, title)
        assert callable(then)
        self.context.lanes.reading.start(task.then(then))

    # -- the menu

    def _open_menu(self) -> None:
        self._menu_at(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _menu_at(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions(self.commands)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)


class Answer(NamedTuple):
    """The newest edits that were asked for, how many were read at most, and how many there are."""

    asked: Asked
    limit: int
    lines: list[HistoryLine]
    counts: Counted


def _read(reader: Reader, asked: Asked, limit: int, person: str) -> Answer:
    return Answer(asked, limit, history.lines(reader, asked, limit), history.counts(reader, person))


def _checked(source: Path, _report: Report) -> Verified:
    return copies.held(source)


def _restored(source: Path, out: Path, _report: Report) -> Verified:
    return copies.restore(source, out)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
