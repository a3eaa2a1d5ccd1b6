"""The foot: what can be done with what is shown, each act with its key."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from evidence_app.domain.edit import counted
from evidence_app.ui.duplicates.rows import DifferentRow, MergedRow, PairRow, Row, RuleRow
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts

PROMISE = "Both records stay in the file with their searches. Apart again at any time."


class Foot(QFrame):
    """Merge, different, later; or merge all of a rule; or ask again."""

    merge_asked = Signal()
    different_asked = Signal()
    later_asked = Signal()
    batch_asked = Signal()
    again_asked = Signal()
    back_asked = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._note = parts.label(PROMISE, "small", "text-2", wrap=True)
        self.later = parts.button("Later", act=self.later_asked.emit)
        self.different = parts.button("They are different", "plain", act=self.different_asked.emit)
        self.merge = parts.button("Merge 2 records", "primary", "ph.intersect", self.merge_asked.emit)
        self.batch = parts.button("", "primary", "ph.intersect", self.batch_asked.emit)
        self.again = parts.button("Ask again", "plain", act=self.again_asked.emit)
        self.back = parts.button("Back to the rule", "plain", act=self.back_asked.emit)
        self._keys = {key: parts.key(key) for key in "321"}
        row = across(gap=7, edge=(26, 10, 18, 10))
        row.addWidget(self._note, 1)
        self._all: list[QWidget] = [
            self.back, self._keys["3"], self.later, self._keys["2"], self.different, self._keys["1"],
            self.merge, self.batch, self.again,
        ]  # fmt: skip
        for widget in self._all:
            row.addWidget(widget)
        self.setLayout(row)
        self.offer(None)

    def say(self, words: str) -> None:
        """Say what was done last."""
        self._note.setText(words or PROMISE)

    def offer(self, row: Row | None, *, in_group: bool = False) -> None:
        """Offer what can be done with a row; `in_group` while two records of a rule's group are shown."""
        shown: list[QWidget] = []
        match row:
            case RuleRow() if in_group:
                shown = [self.back, self._keys["2"], self.different, self._keys["1"], self.merge]
            case RuleRow():
                self.batch.rename(f"Merge {counted(row.found.removed, 'record')}…")
                shown = [self._keys["1"], self.batch]
            case PairRow():
                pair = [self._keys["2"], self.different, self._keys["1"], self.merge]
                shown = pair if row.is_later else [self._keys["3"], self.later, *pair]
            case DifferentRow():
                shown = [self.again]
        for widget in self._all:
            widget.setVisible(widget in shown)
        self.setVisible(row is not None and not isinstance(row, MergedRow))
