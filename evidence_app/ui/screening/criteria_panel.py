"""The criteria, always in sight, each with its code."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts


class ShownCriterion(NamedTuple):
    """A criterion as it is pinned: I2, its words, whether it includes."""

    code: str
    text: str
    includes: bool


class CriteriaPanel(QWidget):
    """Include when all hold; exclude when any holds."""

    protocol_asked = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._shown: tuple[ShownCriterion, ...] | None = None
        self._column = down(gap=6)
        self.setLayout(self._column)
        self.show_criteria(())

    def show_criteria(self, criteria: Sequence[ShownCriterion]) -> None:
        """Show these; where there are none, say how they come here."""
        if tuple(criteria) == self._shown:
            return
        self._shown = tuple(criteria)
        emptied(self._column)
        if not criteria:
            note = self._wrapped("No criteria are written down yet.", "text-2")
            button = self._parts.button("Write the protocol…", "plain", act=self.protocol_asked.emit)
            self._column.addWidget(note)
            self._column.addLayout(across(button, None))
            return
        for includes, head in ((True, "Include when all hold"), (False, "Exclude when any holds")):
            lines = [each for each in criteria if each.includes == includes]
            if lines:
                self._column.addWidget(self._parts.caption(head))
            for each in lines:
                self._column.addLayout(self._line(each))
            self._column.addSpacing(4)

    def _line(self, criterion: ShownCriterion) -> QHBoxLayout:
        parts = self._parts
        icon = parts.icon("ph.check" if criterion.includes else "ph.x",
                          "include" if criterion.includes else "exclude", 13)  # fmt: skip
        row = across(down(2, icon, None, gap=0), gap=8)
        if criterion.code:
            row.addLayout(down(parts.label(criterion.code, "small-strong", "text-2"), None, gap=0))
        row.addWidget(self._wrapped(criterion.text, "text"), 1)
        return row

    def _wrapped(self, text: str, tone: str) -> QWidget:
        label = self._parts.label(text, "small", tone, wrap=True)
        label.setMinimumWidth(40)
        return label
