"""What is asked about codes: which one they go under or into, and which quotations are split off."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from evidence_app.domain.coding import Code, PlacedCode, code_with_descendants
from evidence_app.domain.edit import counted
from evidence_app.ui.widgets.laying import down
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.pick_dialog import Offer, PickDialog

TOP = 0
"""Stands for the top level among the codes one may move to."""
LONGEST = 140


def offers_of(tree: Sequence[PlacedCode], without: Collection[int] = ()) -> list[Offer]:
    """Return the codes as they are offered, in the order of the tree, each with what it stands under."""
    return [
        Offer(each.code.id, each.code.name, " / ".join(each.path[:-1]), each.depth)
        for each in tree
        if each.code.id not in without
    ]


def move_dialog(parts: Parts, moved: Sequence[Code], tree: Sequence[PlacedCode]) -> PickDialog:
    """Return the question under which code others go; they cannot go under themselves."""
    codes = [each.code for each in tree]
    below = {row for code in moved for row in code_with_descendants(code.id, codes)}
    what = f"“{moved[0].name}”" if len(moved) == 1 else counted(len(moved), "code")
    offers = [Offer(TOP, "The top level"), *offers_of(tree, below)]
    return PickDialog(parts, f"Move {what} under", "Move", offers, "Codes")


def merge_dialog(parts: Parts, merged: Code, tree: Sequence[PlacedCode]) -> PickDialog:
    """Return the question into which code another one is merged."""
    below = code_with_descendants(merged.id, [each.code for each in tree])
    fact = "Its quotations count for that code from then on. It can be taken apart again."
    return PickDialog(parts, f"Merge “{merged.name}” into", "Merge", offers_of(tree, below), "Codes", fact)


class SplitDialog(PanelDialog):
    """Which quotations of a code get a new one, and what it is called."""

    keeps_words = True

    def __init__(
        self, parts: Parts, code: Code, quoted: Sequence[tuple[int, str]], chosen: Collection[int] = ()
    ) -> None:
        super().__init__(parts, f"Split “{code.name}”", "Those that are ticked get the new code instead.",
                         size=(560, 520))  # fmt: skip
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the new code")
        self.name.setFont(parts.look.font("body"))
        self.name.textChanged.connect(self._tell)
        self.list = QListWidget()
        self.list.setAccessibleName(f"Quotations of {code.name}")
        self.list.setWordWrap(True)
        self.list.setFont(parts.look.font("body"))
        for row, words in quoted:
            line = QListWidgetItem(words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…")
            line.setData(Qt.ItemDataRole.UserRole, row)
            line.setCheckState(Qt.CheckState.Checked if row in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(line)
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(self._tell)
        self.put(down(parts.caption("New code"), self.name, 4, parts.caption("Quotations"), gap=4))
        self.put(self.list, share=1)
        self.hint((("Space", "tick"),))
        self.split = parts.button("Split", "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.split)
        self._tell()
        self.name.setFocus()

    def ticked(self) -> list[int]:
        """Return the quotations that are ticked."""
        lines = (self.list.item(at) for at in range(self.list.count()))
        return [
            line.data(Qt.ItemDataRole.UserRole)
            for line in lines
            if line.checkState() is Qt.CheckState.Checked
        ]

    def _tell(self) -> None:
        number = len(self.ticked())
        self.split.rename(f"Split off {counted(number, 'quotation')}")
        self.split.setEnabled(bool(number and self.name.text().strip()))
