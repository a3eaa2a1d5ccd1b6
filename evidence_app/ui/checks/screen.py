"""The Checks screen: rules by level; for the chosen one what it found, how to mend it, a way to waive it."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QStackedLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.checks.overview import (
    FoundLine,
    LookedAt,
    Overview,
    Place,
    RuleLine,
    look_at,
    matching,
)
from evidence_app.services.checks.results import Level
from evidence_app.ui.actions import ActionSpec, Handler
from evidence_app.ui.checks import acts
from evidence_app.ui.checks.inspector import RuleInspector
from evidence_app.ui.checks.levels import LEVELS
from evidence_app.ui.checks.rule_list import LevelHead, Row, RuleList
from evidence_app.ui.screen import Screen, ScreenContext, Subject
from evidence_app.ui.widgets.laying import across

AFTER_MS = 400
"""How long after the last edit the checks look again."""
FILTER, SILENT = "checks.filter", "checks.silent"
UNSEEN = frozenset(
    ("person", "saved_search", "tag", "reference_tag", "note", "attachment", "provenance", "record")
)
"""Tables no check looks at."""


class ChecksScreen(Screen):
    """What contradicts itself, is missing or needs a look."""

    ACTIONS: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("open_place", "Open what is affected", "Screen", "Ctrl+Return", "ph.arrow-square-in"),
        ActionSpec("waive", "Waive the chosen results…", "Screen", "Ctrl+Shift+W", "ph.check"),
        ActionSpec("waive_all", "Waive all results of the rule…", "Screen", "Ctrl+Alt+W", "ph.checks"),
        ActionSpec(
            "take_back", "Take back the waivers chosen", "Screen", "Ctrl+Shift+B", "ph.arrow-u-up-left"
        ),
        ActionSpec("fix_rule", "Fix what this rule found…", "Screen", "Ctrl+Shift+F", "ph.magic-wand"),
        ActionSpec("fix_all", "Fix everything that is safe to fix…", "Screen", "Ctrl+Alt+F", "ph.magic-wand"),
        ActionSpec("read_more", "Read what the rule means", "Screen", "Ctrl+Shift+M", "ph.arrow-square-out"),
        ActionSpec("look_again", "Run the checks again", "Screen", "F5", "ph.arrow-clockwise"),
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        kept = context.settings.now.kept
        self._looked: LookedAt | None = None
        self._wanted: Subject | None = None
        self._filter = kept.get(FILTER, "all")
        self._words = ""
        parts = self.parts
        self._search = parts.search("Find a rule or a reference", "Find a rule or a reference", 240)
        self._search.searched.connect(self._searched)
        self._fix = parts.button("Fix…", "plain", act=self.fix_all)
        self._next = parts.button("Open the errors", "primary", act=self.open_worst)
        self._filters = parts.filters("Level", (("all", "All"),), "all")
        self._filters.chosen.connect(self._choose_filter)
        self._silent = parts.button(
            "Rules that found nothing", "filter", "ph.check-circle", on=kept.get(SILENT) == "1"
        )
        self._silent.toggled.connect(self._toggle_silent)
        self._rules = RuleList(self.look)
        self._rules.chosen.connect(self._show_rule)
        self._rules.entered.connect(self._enter_found)
        self._rules.menu_asked.connect(self._menu_at)
        self._inspector = RuleInspector(parts, parts.tool("ph.dots-three", "More acts", self._open_menu))
        self._later = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._later.timeout.connect(self.look_again)
        self._listen()
        self._lay()

    def _listen(self) -> None:
        inspector = self._inspector
        inspector.fix.clicked.connect(self.fix_rule)
        inspector.waive_one.clicked.connect(self.waive)
        inspector.waive_all.clicked.connect(self.waive_all)
        inspector.form_card.waived.connect(self._waive)
        inspector.form_card.given_up.connect(self._give_up)
        inspector.found.opened.connect(self._act_on)
        inspector.found.left.connect(self._rules.setFocus)
        inspector.found.menu_asked.connect(self._menu_at)
        self._search.left_down.connect(self._rules.setFocus)

    def _lay(self) -> None:
        self._nothing = self.parts.empty("ph.check-circle", "The checks have not looked yet.")
        self._nothing.button.clicked.connect(self._show_all)
        ground = QWidget()
        self._stack = QStackedLayout(ground)
        self._stack.addWidget(self._rules)
        self._stack.addWidget(self._nothing)
        bar = across(self._filters, None, self._silent, gap=2, edge=(12, 0, 14, 0))
        self.lay_out(ground, bar=bar, inspector=self._inspector)
        self._inspector.show_rule(None)

    # -- what the window asks

    def title(self) -> str:
        """Return the title in the header."""
        return "Checks"

    def detail(self) -> str:
        """Return how many errors and doubts are open."""
        if self._looked is None:
            return ""
        counts = self._overview.counts()
        waiting = [_many(counts[level], level) for level in (Level.ERROR, Level.DOUBT) if counts[level]]
        return ", ".join(waiting) or "No errors, no doubts"

    def header_parts(self) -> Sequence[QWidget]:
        """Return the search box and the acts."""
        return [self._search, self._fix, self._next]

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here."""
        return {"find": self._find}

    def arrange(self, *, slim: bool) -> None:
        """Give up room where the window is narrow."""
        self._search.narrow(170 if slim else 240)

    def reload(self, tables: frozenset[str]) -> None:
        """Look again: at once the first time and after waiving, else when nobody has edited for a moment."""
        if not tables or self._looked is None or tables <= {"waiver"}:
            self.look_again()
        elif tables - UNSEEN:
            self._later.start()

    def show_place(self, subject: Subject) -> None:
        """Show a rule (kind `check:` and its name), or the first that found something about a subject."""
        self._wanted = subject
        if self._looked is not None and not self._later.isActive():
            self._show_wanted()

    def leave(self) -> None:
        """Nothing here is half typed but a reason, which stays in its form."""

    def take_focus(self) -> None:
        """Give the keyboard to the rules."""
        (self._rules if self._stack.currentIndex() == 0 else self._nothing.button).setFocus()

    # -- looking

    @property
    def _overview(self) -> Overview:
        return self._looked.overview if self._looked is not None else Overview()

    def look_again(self) -> None:
        """Run all checks in a reading lane."""
        self._later.stop()
        self.project.read(look_at, self._show, latest="checks", title="Running the checks")

    def _show(self, looked: LookedAt) -> None:
        self._looked = looked
        self._show_rules()
        if self._wanted is not None:
            self._show_wanted()

    def _show_rules(self) -> None:
        self._offer_filters()
        rows = self._rows()
        name = self._rules.show_rows(rows, self._rules.current_name())
        self._say_nothing()
        self._turn_to(0 if rows else 1)
        self._show_rule(name)
        self._name_acts()
        self.headed.emit()

    def _turn_to(self, page: int) -> None:
        """Show the rules, or what is said where there are none; the keyboard goes along."""
        focused = self._rules.hasFocus() or self._nothing.button.hasFocus()
        self._stack.setCurrentIndex(page)
        if focused:
            self.take_focus()

    def _rows(self) -> list[Row]:
        lines = [matching(line, self._words) for line in self._overview.rules if self._is_asked(line)]
        shown = [line for line in lines if line is not None]
        rows: list[Row] = []
        for level in Level:
            ours = [line for line in shown if line.rule.level is level]
            if ours:
                rows += [LevelHead(level, len(ours)), *ours]
        return rows

    def _is_asked(self, line: RuleLine) -> bool:
        if self._filter == "waived":
            return bool(line.waived)
        if self._filter not in ("all", line.rule.level.value):
            return False
        return bool(line.open) or (not line.found and self._silent.isChecked())

    def _offer_filters(self) -> None:
        counts, overview = self._overview.counts(), self._overview
        choices = [("all", f"All  {sum(counts.values()):,}")]
        choices += [(level.value, f"{LEVELS[level].word}  {counts[level]:,}") for level in Level]
        self._filters.offer([*choices, ("waived", f"Waived  {overview.waived:,}")])
        self._filters.choose(self._filter)
        self._silent.rename(f"{counted(len(overview.silent), 'rule')} found nothing")

    def _say_nothing(self) -> None:
        everything = self._filter == "all" and not self._words
        if everything and self._overview.waived:
            said = "Nothing is open. What was waived is printed in the export report, with its reason."
        elif everything:
            said = f"All {counted(len(self._overview.rules), 'rule')} looked, and nothing was found."
        elif self._words:
            said = f"No rule and no result holds “{self._words}”."
        else:
            said = "Nothing here."
        self._nothing.say(said)
        self._nothing.button.rename("Show the rules" if everything else "Show everything")
        self._nothing.button.show()

    def _name_acts(self) -> None:
        counts = self._overview.counts()
        fixes = sum(len(line.fixes) for line in self._overview.rules)
        self._fix.setVisible(fixes > 0)
        self._fix.rename(f"Fix {fixes:,}…")
        worst = self._worst()
        self._next.setEnabled(worst is not None)
        if worst is None:
            self._next.rename("Nothing is open")
        elif counts[worst] == 1:
            self._next.rename(f"Open the {_one(worst)}")
        else:
            self._next.rename(f"Open the {_many(counts[worst], worst)}")

    def _worst(self) -> Level | None:
        counts = self._overview.counts()
        return next((level for level in Level if counts[level]), None)

    # -- what is listed and chosen

    def _searched(self, words: str) -> None:
        self._words = words.strip()
        self._show_rules()

    def _find(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _choose_filter(self, key: str) -> None:
        self._filter = key
        self.context.settings.keep(FILTER, key)
        self._show_rules()

    def _toggle_silent(self, on: bool) -> None:
        self.context.settings.keep(SILENT, "1" if on else "0")
        if on and self._filter == "waived":
            self._filter = "all"
        self._show_rules()

    def _show_all(self) -> None:
        everything = self._filter == "all" and not self._words
        self._search.clear()
        self._search.search_now()
        self._filter = "all"
        if everything:
            self._silent.setChecked(True)
        self._show_rules()
        self._rules.setFocus()

    def open_worst(self) -> None:
        """Show the errors alone, or where there are none the doubts, and go to the first."""
        worst = self._worst()
        if worst is not None:
            self._search.clear()
            self._words = ""
            self._choose_filter(worst.value)
            first = next(line for line in self._overview.rules if line.rule.level is worst and line.open)
            self._rules.select(first.rule.name)
            self._enter_found()

    def _show_rule(self, name: str) -> None:
        self._inspector.show_rule(self._overview.rule(name) if name else None)

    def _show_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        for line in self._overview.rules:
            for at, found in enumerate(line.found):
                there = any((place.kind, place.row) == (wanted.kind, wanted.row) for place in found.places)
                if there or wanted.kind == f"check:{line.rule.name}":
                    self._reveal(line, at)
                    return

    def _reveal(self, line: RuleLine, at: int) -> None:
        if not self._is_asked(line) or self._words:
            self._search.clear()
            self._words = ""
            self._filter = "all" if line.open else "waived"
            self._show_rules()
        if self._rules.select(line.rule.name):
            found = self._inspector.found
            found.setCurrentIndex(found.rows.index(at))

    def _enter_found(self) -> None:
        if self._inspector.line is not None and self._inspector.line.found:
            self._inspector.found.setFocus()

    # -- acts on results

    def _act_on(self, line: FoundLine | None) -> None:
        if line is not None and line.is_waived:
            acts.take_back(self.context, [line])
        elif line is not None and line.places:
            self._go(line.places[0])

    def _go(self, place: Place) -> None:
        acts.go(self.context, place)

    def open_place(self) -> None:
        """Go where the chosen result is mended."""
        line = self._inspector.found.current()
        if line is not None and line.places:
            self._go(line.places[0])

    def read_more(self) -> None:
        """Open in the browser what explains the rule."""
        self._inspector.read_more()

    def waive(self) -> None:
        """Ask why the chosen results may stand."""
        self._ask_reason(self._inspector.chosen_open())

    def waive_all(self) -> None:
        """Ask why all results of the rule may stand."""
        line = self._inspector.line
        self._ask_reason(list(line.open) if line is not None else [])

    def _ask_reason(self, lines: Sequence[FoundLine]) -> None:
        if not lines:
            self.context.say("Choose a result that is open; then it can be waived")
            return
        self._inspector.form_card.ask(lines)
        self._inspector.form.ensureWidgetVisible(self._inspector.form_card)

    def _give_up(self) -> None:
        self._inspector.form_card.close_form()
        self._inspector.found.setFocus()

    def _waive(self, lines: Sequence[FoundLine], reason: str) -> None:
        if acts.waive(self.context, lines, reason):
            self._give_up()

    def take_back(self) -> None:
        """Open the chosen waived results again."""
        acts.take_back(self.context, self._inspector.found.selected())

    def fix_rule(self) -> None:
        """Show what this rule would mend, and mend it when that is agreed to."""
        line = self._inspector.line
        acts.fix(self.context, self._looked, line.fixes if line is not None else (), self)

    def fix_all(self) -> None:
        """Show everything that is safe to mend, and mend it when that is agreed to."""
        every = [result for line in self._overview.rules for result in line.fixes]
        acts.fix(self.context, self._looked, every, self)

    def _open_menu(self) -> None:
        button = self.sender()
        below = button.mapToGlobal(button.rect().bottomLeft()) if isinstance(button, QWidget) else QPoint()
        self._menu_at(below)

    def _menu_at(self, point: QPoint) -> None:
        commands = [each for each in self.commands if each.objectName() != "open_place"]
        acts.open_menu(self, point, self._inspector.found.current(), commands, self._go)


_ONE = {Level.ERROR: "error", Level.DOUBT: "doubt", Level.STYLE: "matter of style"}


def _one(level: Level) -> str:
    return _ONE.get(level, "piece of information")


def _many(number: int, level: Level) -> str:
    return counted(number, _one(level), LEVELS[level].many)
