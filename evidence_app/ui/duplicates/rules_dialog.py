"""The rules: listed in words, switched on and off; the methods sentence to copy, the table to export."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.deduplication.reporting import KINDS, Done
from evidence_app.services.deduplication.rules import Rule
from evidence_app.services.deduplication.standard_rules import STANDARD
from evidence_app.ui.widgets.laying import across, down, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

SWITCHED = ("same", "judged")
"""Kinds of rules that can be switched off; those that keep works apart stay in force."""
ABOUT = {
    "same": "The strongest first. A match needs one of them, and nothing of what keeps two records apart.",
    "judged": "Two records that one of these brings together are shown to you.",
    "apart": "What speaks against a match, whatever a rule says. Always in force.",
    "strangers": "What two records of one group must not do. Always in force.",
}


class RulesDialog(PanelDialog):
    """Every rule with a switch; accepted, `off` names those that are switched off."""

    export_asked = Signal()

    def __init__(
        self, parts: Parts, off: Collection[str], done: Done, methods: str, parent: QWidget | None = None
    ) -> None:
        number = sum(len(rules) for rules in STANDARD.by_kind.values())
        fact = f"{counted(number, 'rule')}. The set in force is kept with each automatic merge."
        super().__init__(parts, "Rules that find duplicates", fact, size=(860, 680), parent=parent)
        self._before = frozenset(off)
        self.boxes: dict[str, QCheckBox] = {}
        self.methods = parts.label(methods, "body", "text", wrap=True)
        self.copy = parts.button("Copy the methods sentences", "plain", "ph.copy", act=self._copy)
        self._said = parts.note("")
        self.export = parts.button("Export the rules…", "plain", "ph.export", act=self.export_asked.emit)
        copying = across(self.copy, self.export, self._said, None)
        heading = parts.caption("For the methods section")
        column = down(heading, self.methods, copying, gap=8, edge=(24, 12, 24, 16))
        for kind in ("same", "judged", "apart", "strangers"):
            column.addSpacing(12)
            column.addWidget(parts.label(KINDS[kind], "strong"))
            column.addWidget(parts.label(ABOUT[kind], "small", "text-3", wrap=True))
            for rule in STANDARD.by_kind[kind]:
                column.addWidget(parts.rule())
                column.addLayout(self._rule(rule, done, can_switch=kind in SWITCHED))
        column.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put(scrolled(column), share=1)
        self.go_on = parts.button("Keep these rules and look again", "primary", act=self.accept)
        self.go_on.setDefault(True)
        self.leave = parts.button("Close", "plain", act=self.reject)
        self.offer(self.leave, self.go_on)
        self.leave.setFocus()
        self._count()

    @property
    def off(self) -> tuple[str, ...]:
        """The rules that are switched off."""
        return tuple(sorted(name for name, box in self.boxes.items() if not box.isChecked()))

    def _rule(self, rule: Rule, done: Done, *, can_switch: bool) -> QHBoxLayout:
        parts = self.parts
        words = down(
            parts.label(rule.label, wrap=True), parts.label(rule.explanation, "small", "text-2", wrap=True),
            parts.label(rule.condition, "small", "text-3", wrap=True), gap=2,
        )  # fmt: skip
        row = across(gap=12, edge=(0, 6, 0, 6))
        if can_switch:
            box = QCheckBox()
            box.setChecked(rule.name not in self._before)
            box.setAccessibleName(f"In force: {rule.label}")
            box.toggled.connect(self._count)
            self.boxes[rule.name] = box
            row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        number = done.automatic[rule.name] + done.by_person[rule.name]
        if number:
            row.addWidget(parts.faint(f"{number:,} merged"), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.methods.text())
        self._said.setText("Copied")

    def _count(self) -> None:
        changed = frozenset(self.off) != self._before
        self.go_on.setVisible(changed)
        self.leave.rename("Cancel" if changed else "Close")
