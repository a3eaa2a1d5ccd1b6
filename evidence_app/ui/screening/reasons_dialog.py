"""The shared list of reasons of a stage: ordered, renamed, linked to criteria."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from evidence_app.ui.screening.dialog_parts import scrolling
from evidence_app.ui.widgets.focus_order import order_focus
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

STARTER: Final = (
    "Wrong population", "Wrong concept or intervention", "Wrong setting or country", "Wrong outcome",
    "Wrong study design", "Wrong publication type", "Not in a language we read", "Duplicate",
)  # fmt: skip
"""What most reviews begin with; every name is there to be changed."""
FACT: Final = "The first nine have the keys 1 to 9. Everybody who screens shares this list."


@dataclass(slots=True)
class EditedReason:
    """A reason as the dialog leaves it; without a row it is new."""

    row: int | None
    name: str
    criterion: int | None = None


class ReasonsDialog(PanelDialog):
    """Edits the list; nothing is written before it is accepted."""

    keeps_words = True

    def __init__(
        self,
        parts: Parts,
        stage: str,
        reasons: Sequence[EditedReason],
        criteria: Sequence[tuple[int, str]],
        parent: QWidget,
        *,
        from_criteria: Sequence[EditedReason] = (),
    ) -> None:
        super().__init__(parts, f"Reasons at {stage}", FACT, size=(680, 540), parent=parent)
        self.reasons = [EditedReason(each.row, each.name, each.criterion) for each in reasons]
        self._criteria, self._offered = tuple(criteria), tuple(from_criteria)
        self._rows: QVBoxLayout = down(gap=6, edge=(0, 2, 6, 2))
        self.names: list[QLineEdit] = []
        self._new = QLineEdit()
        self._new.setAccessibleName("New reason")
        self._new.setPlaceholderText("A new reason")
        self._add = parts.button("Add reason", "plain", "ph.plus", self.add)
        self.starter = parts.button("Begin with a common list", "plain", act=self.begin)
        self.taker = parts.button("One for each exclusion criterion", "plain", act=self.take_criteria)
        holder = down(gap=0)
        holder.addLayout(self._rows)
        holder.addStretch(1)
        self.put(scrolling(holder), share=1)
        row = across(gap=8)
        row.addWidget(self._new, 1)
        row.addWidget(self._add)
        self.put(row, across(self.taker, self.starter, None, gap=8))
        self.offer(
            parts.button("Cancel", "plain", act=self.reject),
            parts.button("Keep these reasons", "primary", act=self.accept),
        )
        self._build()

    def wanted(self) -> list[EditedReason]:
        """Return the reasons that have a name, in order."""
        self._read()
        return [each for each in self.reasons if each.name]

    def add(self) -> None:
        """Add what is typed at the end."""
        name = " ".join(self._new.text().split())
        self._read()
        if name and name.casefold() not in {each.name.casefold() for each in self.reasons}:
            self.reasons.append(EditedReason(None, name))
            self._build()
        self._new.clear()
        self._new.setFocus()

    def begin(self) -> None:
        """Offer what most reviews begin with."""
        self._read()
        known = {each.name.casefold() for each in self.reasons}
        self.reasons += [EditedReason(None, name) for name in STARTER if name.casefold() not in known]
        self._build()
        self._new.setFocus()

    def take_criteria(self) -> None:
        """Add a reason for each exclusion criterion that has none yet, named like it."""
        self._read()
        self.reasons += [EditedReason(None, each.name, each.criterion) for each in self._criteria_without()]
        self._build()
        self._new.setFocus()

    def _criteria_without(self) -> list[EditedReason]:
        pointed = {each.criterion for each in self.reasons}
        known = {each.name.casefold() for each in self.reasons}
        return [
            each
            for each in self._offered
            if each.criterion not in pointed and each.name.casefold() not in known
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add what is typed on Enter; with nothing typed Enter keeps the list."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() and self._new.hasFocus() and self._new.text().strip():
            self.add()
        else:
            super().keyPressEvent(event)

    def shift(self, place: int, by: int, *_: object) -> None:
        """Move a reason up or down."""
        self._read()
        other = place + by
        if 0 <= other < len(self.reasons):
            self.reasons[place], self.reasons[other] = self.reasons[other], self.reasons[place]
            self._build()
            self.names[other].setFocus()

    def take_off(self, place: int, *_: object) -> None:
        """Take a reason off the list; decisions that give it keep it."""
        self._read()
        del self.reasons[place]
        self._build()
        (self.names[min(place, len(self.names) - 1)] if self.names else self._new).setFocus()

    def _read(self) -> None:
        for reason, name in zip(self.reasons, self.names, strict=True):
            reason.name = " ".join(name.text().split())

    def _build(self) -> None:
        emptied(self._rows)
        self.names = []
        for place, reason in enumerate(self.reasons):
            self._rows.addWidget(self._row(place, reason))
        self.starter.setVisible(len(self.reasons) < 3)
        self.taker.setVisible(bool(self._criteria_without()))
        if not self.reasons:
            words = (
                "No reasons yet. Type one below, or begin with a common list and rename what does not fit."
            )
            note = self.parts.label(words, "small", "text-2", wrap=True)
            note.setMinimumWidth(40)
            self._rows.addWidget(note)
        if self.isVisible():
            order_focus(self)

    def _row(self, place: int, reason: EditedReason) -> QWidget:
        parts, number = self.parts, place + 1
        name = QLineEdit(reason.name)
        name.setCursorPosition(0)
        name.setAccessibleName(f"Reason {number}")
        self.names.append(name)
        up = parts.tool("ph.arrow-up", f"Move reason {number} up")
        down_ = parts.tool("ph.arrow-down", f"Move reason {number} down")
        off = parts.tool("ph.trash", f"Take reason {number} off the list")
        up.clicked.connect(partial(self.shift, place, -1))
        down_.clicked.connect(partial(self.shift, place, 1))
        off.clicked.connect(partial(self.take_off, place))
        up.setEnabled(place > 0)
        down_.setEnabled(place < len(self.reasons) - 1)
        key = parts.key(str(number)) if number <= 9 else parts.faint(" ")
        key.setMinimumWidth(parts.look.px(20))
        row = across(key, gap=6)
        row.addWidget(name, 3)
        if self._criteria:
            row.addWidget(self._criterion(number, reason), 2)
        for tool in (up, down_, off):
            row.addWidget(tool)
        holder = QWidget()
        holder.setLayout(row)
        return holder

    def _criterion(self, number: int, reason: EditedReason) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"Criterion of reason {number}")
        box.setFont(self.parts.look.font("small"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.addItem("No criterion", None)
        for row, words in self._criteria:
            box.addItem(words, row)
            box.setItemData(box.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
        box.setCurrentIndex(max(box.findData(reason.criterion), 0))
        box.currentIndexChanged.connect(partial(_link, reason, box))
        return box


def _link(reason: EditedReason, box: QComboBox, *_: object) -> None:
    reason.criterion = box.currentData()
