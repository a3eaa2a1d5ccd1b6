"""The chosen rule: what it means, how to mend it, what it found, and the form that waives."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.checks.overview import FoundLine, RuleLine, in_prose
from evidence_app.ui.checks.found_list import FoundList
from evidence_app.ui.checks.levels import LEVELS
from evidence_app.ui.checks.waiving import WaiveForm
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts


class RuleInspector(Inspector):
    """Shows one rule; what is to be done about its results is asked of the screen."""

    def __init__(self, parts: Parts, more: QWidget) -> None:
        self.parts = parts
        self.line: RuleLine | None = None
        self._icon = parts.icon("ph.info", "text-2")
        self._title = parts.label("", "title", wrap=True)
        self._level = parts.label("", "small", "text-3", wrap=True)
        self._explained = parts.label("", "body", "text-2", wrap=True)
        self._mend_head = parts.caption("To mend it")
        self._steps = down(gap=5)
        self.read = parts.button("What it means", "link", "ph.arrow-square-out")
        self._counts = parts.caption("")
        self.fix = parts.button("Fix…", "plain")
        self.found = FoundList(parts.look)
        self.more = parts.button("", "filter", act=self.found.show_more)
        self.waive_one = parts.button("Waive…", "filter")
        self.waive_all = parts.button("Waive all…", "filter")
        self.form_card = WaiveForm(parts)
        super().__init__(parts.look, self._top(more), self._body())
        self.setAccessibleName("The chosen rule")
        self.read.clicked.connect(self.read_more)
        self.found.current_changed.connect(self._name_acts)
        self._name_acts()

    def _top(self, more: QWidget) -> QLayout:
        row = across(down(3, self._icon, None, gap=0), gap=8, edge=(18, 14, 14, 12))
        row.addLayout(down(self._title, self._level, gap=1), 1)
        row.addWidget(more)
        return row

    def _body(self) -> QLayout:
        return down(
            self._explained, across(self._mend_head, None, self.read), self._steps, 6,
            across(self._counts, None, self.fix), self.found, across(self.more, None),
            across(None, self.waive_one, self.waive_all, gap=4), 2, self.form_card, None,
            gap=7, edge=(18, 12, 14, 10),
        )  # fmt: skip

    def show_rule(self, line: RuleLine | None) -> None:
        """Show a rule with all it found, or that none is chosen."""
        self.setVisible(line is not None)
        if line is None:
            self.line = None
            return
        other = self.line is None or self.line.rule.name != line.rule.name
        self.line = line
        if other:
            self.form_card.close_form()
            self._explain(line)
        self._counts.setText(self._counted(line))
        self.fix.setVisible(bool(line.fixes))
        self.fix.rename(f"Fix {len(line.fixes):,}…")
        self.found.setVisible(bool(line.found))
        (self.found.show_anew if other else self.found.show_lines)(line.found)
        self._name_acts()
        if other:
            self.form.verticalScrollBar().setValue(0)

    def _explain(self, line: RuleLine) -> None:
        shown = LEVELS[line.rule.level]
        self._icon.show_icon(shown.icon, shown.tone)
        self._title.setText(line.rule.title)
        self._level.setText(f"{shown.word}: {shown.meaning}")
        self._explained.setText(in_prose(line.rule.explanation))
        self.read.setToolTip(line.rule.link)
        self.read.setVisible(bool(line.rule.link))
        self._mend_head.setVisible(bool(line.rule.how_to_mend))
        emptied(self._steps)
        for words in line.rule.how_to_mend:
            arrow = down(2, self.parts.icon("ph.arrow-right", "accent", 13), None, gap=0)
            row = across(arrow, gap=8)
            row.addWidget(self.parts.label(in_prose(words), "small", wrap=True), 1)
            self._steps.addLayout(row)

    def _counted(self, line: RuleLine) -> str:
        if not line.found:
            return "Found nothing"
        waived = f", {len(line.waived):,} waived" if line.waived else ""
        return f"{len(line.open):,} open{waived}"

    def chosen_open(self) -> list[FoundLine]:
        """Return the selected results that are open."""
        return [line for line in self.found.selected() if not line.is_waived]

    def _name_acts(self) -> None:
        one = len(self.chosen_open())
        every = len(self.line.open) if self.line is not None else 0
        self.waive_one.setVisible(one > 0 and (one < every or every == 1))
        self.waive_one.rename("Waive…" if one == 1 else f"Waive {counted(one, 'result')}…")
        self.waive_all.setVisible(every > 1)
        self.waive_all.rename(f"Waive all {every:,}…")
        self.more.setVisible(self.found.left_out > 0)
        self.more.rename(f"Show more of the other {self.found.left_out:,}")

    def read_more(self) -> None:
        """Open in the browser what explains the rule."""
        if self.line is not None and self.line.rule.link:
            QDesktopServices.openUrl(QUrl(self.line.rule.link))
