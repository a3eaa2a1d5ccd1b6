"""The foot: what can be done with what is shown, each act with its key."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QMenu, QSizePolicy, QWidget

from evidence_app.domain.edit import counted
from evidence_app.ui.duplicates.rows import DifferentRow, MergedRow, PairRow, Row, RuleRow
from evidence_app.ui.widgets.buttons import Button
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts

PROMISE = "Both records stay in the file with their searches. Apart again at any time."
GAP = 12
LEAST = 180
"""The room the note needs beside the acts; with less it stands above them."""


class Foot(QFrame):
    """Merge, different, later; or merge all of a rule; or ask again."""

    merge_asked = Signal()
    different_asked = Signal()
    related_asked = Signal()
    later_asked = Signal()
    batch_asked = Signal()
    again_asked = Signal()
    back_asked = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.setObjectName("foot")
        self._note = parts.line(PROMISE, "small", "text-2")
        self.back = parts.button("Back to the rule", "plain", act=self.back_asked.emit)
        self.again = parts.button("Ask again", "plain", act=self.again_asked.emit)
        self.related = parts.button("Link as related", "plain", act=self.related_asked.emit)
        self.later = parts.button("Later", act=self.later_asked.emit)
        self.different = parts.button("They are different", "plain", act=self.different_asked.emit)
        self.merge = parts.button("Merge 2 records", "primary", "ph.intersect", self.merge_asked.emit)
        self.batch = parts.button("", "primary", "ph.intersect", self.batch_asked.emit)
        keys = (("", self.back), ("", self.again), ("4", self.related), ("3", self.later),
                ("2", self.different), ("1", self.merge), ("1", self.batch))  # fmt: skip
        self._acts = QWidget()
        self._holders = {button: self._holder(key, button) for key, button in keys}
        self._flow = FlowLayout(self._acts, parts.look.px(GAP))
        self._acts.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._row = across(gap=GAP, edge=(26, 10, 18, 10))
        self._row.addWidget(self._note, 1)
        self._row.addWidget(self._acts, 0, Qt.AlignmentFlag.AlignRight)
        self.setLayout(self._row)
        self.offer(None)

    def _holder(self, key: str, button: Button) -> QWidget:
        holder = QWidget(self._acts)
        holder.setLayout(across(*([self._parts.key(key)] if key else []), button, gap=7))
        holder.hide()
        return holder

    @property
    def note(self) -> str:
        """What is said at the left."""
        return self._note.text()

    def say(self, words: str) -> None:
        """Say what was done last."""
        self._note.setText(words or PROMISE)

    def offer(self, row: Row | None, *, in_group: bool = False, relation: str = "") -> None:
        """Offer what can be done with a row; `in_group` while two records of a rule's group are shown.

        `relation` says how the two belong together if they are not one work."""
        shown: list[Button] = []
        match row:
            case RuleRow() if in_group:
                shown = [self.back, self.different, self.merge]
            case RuleRow():
                self.batch.rename(f"Merge {counted(row.found.removed, 'record')}…")
                shown = [self.batch]
            case PairRow():
                first = [self.related] if relation else []
                shown = [*first, *([] if row.is_later else [self.later]), self.different, self.merge]
            case DifferentRow():
                shown = [self.again]
        while self._flow.takeAt(0) is not None:
            pass
        for button, holder in self._holders.items():
            if button in shown:
                self._flow.addWidget(holder)
            holder.setVisible(button in shown)
        self.setVisible(row is not None and not isinstance(row, MergedRow))
        self._fit()

    def fill(self, menu: QMenu) -> None:
        """Put what is offered now into a menu, the act that is meant first, each with its key."""
        for button, holder in reversed(self._holders.items()):
            if not holder.isHidden():
                key = "".join(f"\t{label.text()}" for label in holder.findChildren(QLabel))
                menu.addAction(button.text().replace("&", "&&") + key).triggered.connect(button.click)

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow: the acts go into several lines."""
        return QSize(self._parts.look.px(120), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the note beside the acts, or above them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self._parts.look.px
        room = self.width() - 44
        for part in self._acts.findChildren(QWidget):
            part.ensurePolished()  # before the sheet is applied, a button says it needs less room
        for holder in self._holders.values():
            holder.updateGeometry()
            layout = holder.layout()
            if layout is not None:
                layout.invalidate()
        hints = [self._holders[button].sizeHint() for button in self._holders if self._is_offered(button)]
        wanted = sum(hint.width() + px(GAP) for hint in hints) - px(GAP)
        beside = wanted + px(LEAST) <= room
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        width = max(min(wanted, room), 1)
        self._acts.setFixedSize(width, self._flow.heightForWidth(width))

    def _is_offered(self, button: Button) -> bool:
        return not self._holders[button].isHidden()
