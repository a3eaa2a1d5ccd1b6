"""Files matched to references, before anything is attached: certain ones are ticked, the rest is asked."""

from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.reference import Reference, plain
from evidence_app.services.studies.file_matching import Proposal, Sureness
from evidence_app.ui.widgets.laying import across, down, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

TONES = {Sureness.CERTAIN: "include", Sureness.DOUBTFUL: "maybe", Sureness.NONE: "neither"}
NAMED = 6
"""So many reports that stay without a full text are named."""
WORDS = {Sureness.CERTAIN: "certain", Sureness.DOUBTFUL: "doubtful", Sureness.NONE: "no match"}


class MatchDialog(PanelDialog):
    """A row for each file: its name, why it fits, and the reference, which can be changed."""

    def __init__(
        self, parts: Parts, proposals: Sequence[Proposal], works: Sequence[Reference],
        held: Collection[int], parent: QWidget,
    ) -> None:  # fmt: skip
        number = {each: sum(one.sureness is each for one in proposals) for each in Sureness}
        super().__init__(
            parts, f"Attach {counted(len(proposals), 'file')}",
            f"{number[Sureness.CERTAIN]} certain, {number[Sureness.DOUBTFUL]} doubtful, "
            f"{number[Sureness.NONE]} without a match. Files are copied beside the project; yours stay where "
            "they are.", size=(920, 620), parent=parent,
        )  # fmt: skip
        self._works = list(works)
        self._held = set(held)
        self._offered = self._offer()
        self._place_of = {int(work.id): place for place, work in enumerate(works, 1)}
        self.left = parts.label("", "small", "text-2", wrap=True)
        order = {Sureness.DOUBTFUL: 0, Sureness.NONE: 1, Sureness.CERTAIN: 2}
        self.proposals = sorted(proposals, key=lambda each: (order[each.sureness], each.file.name))
        self.ticks: list[QCheckBox] = []
        self.choices: list[QComboBox] = []
        rows = down(gap=0)
        for each in self.proposals:
            rows.addWidget(self._row(each))
            rows.addWidget(parts.rule())
        self.put(scrolled(down(rows, None, gap=0)), share=1)
        self.put(self.left)
        self.act = parts.button("Attach", "primary", "ph.paperclip", self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.act)
        self._count()

    def _offer(self) -> QStandardItemModel:
        """Return what every row chooses from: made once, not for each file."""
        model = QStandardItemModel(self)
        for text, row in [("No reference", 0), *((_named(work), int(work.id)) for work in self._works)]:
            item = QStandardItem(text)
            item.setData(row, Qt.ItemDataRole.UserRole)
            model.appendRow(item)
        return model

    def _row(self, each: Proposal) -> QWidget:
        parts = self.parts
        tick = QCheckBox()
        tick.setAccessibleName(f"Attach {each.file.name}")
        there = each.reference in self._held
        tick.setChecked(each.sureness is Sureness.CERTAIN and not there)
        choice = QComboBox()
        choice.setAccessibleName(f"Reference of {each.file.name}")
        choice.setFont(parts.look.font("body"))
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(20)
        choice.setModel(self._offered)
        choice.setCurrentIndex(self._place_of.get(each.reference or 0, 0))
        tick.toggled.connect(self._count)
        choice.currentIndexChanged.connect(self._count)
        choice.activated.connect(partial(_ticked, tick, choice))
        self.ticks.append(tick)
        self.choices.append(choice)
        name = parts.line(each.file.name, "strong")
        name.setToolTip(str(each.file))
        words = across(parts.chip(WORDS[each.sureness], TONES[each.sureness]), gap=8)
        said = f"{each.why}; it has a full text already" if there else each.why
        why = parts.line(said, "small", "text-2")
        why.setToolTip(said)
        words.addWidget(why, 1)
        row = across(gap=10, edge=(0, 6, 4, 6))
        row.addWidget(tick)
        row.addLayout(down(name, words, gap=3), 1)
        row.addWidget(choice, 1)
        box = QWidget()
        box.setLayout(row)
        return box

    def wanted(self) -> list[tuple[int, Path]]:
        """Return the references and files that are ticked."""
        return [
            (int(choice.currentData()), each.file)
            for each, tick, choice in zip(self.proposals, self.ticks, self.choices, strict=True)
            if tick.checkState() == Qt.CheckState.Checked and choice.currentData()
        ]

    def _count(self) -> None:
        wanted = self.wanted()
        number = len(wanted)
        have = self._held | {reference for reference, _ in wanted}
        lacking = [work.short_label for work in self._works if int(work.id) not in have]
        named = f": {', '.join(lacking)}" if 0 < len(lacking) <= NAMED else ""
        reports = counted(len(lacking), "report")
        self.left.setText(f"After this {reports} of {len(self._works)} will be without a full text{named}.")
        self.act.rename(f"Attach {counted(number, 'file')}")
        self.act.setEnabled(number > 0)


def _named(work: Reference) -> str:
    number = f"{work.number} " if work.number is not None else ""
    return f"{number}{work.short_label}: {plain(work.title)[:70]}"


def _ticked(tick: QCheckBox, choice: QComboBox, _place: int) -> None:
    """Who chooses a reference wants the file there."""
    tick.setChecked(bool(choice.currentData()))
