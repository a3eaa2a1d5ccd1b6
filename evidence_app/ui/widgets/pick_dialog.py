"""Picking one of many by typing a few letters of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from evidence_app.domain.reference import folded
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

PLACE = Qt.ItemDataRole.UserRole
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be picked: its row, its words, and what tells it from another of the same name.

    What stands in a tree shows what it is under only while letters are typed."""

    row: int
    words: str
    fact: str = ""
    depth: int = 0
    picture: QIcon | None = None


class PickDialog(PanelDialog):
    """A filter above a list; Enter takes what is chosen."""

    nothing_found: ClassVar[str] = "Nothing has these letters."

    def __init__(
        self,
        parts: Parts,
        title: str,
        act: str,
        offers: Sequence[Offer],
        what: str = "Choices",
        fact: str = "",
    ) -> None:
        super().__init__(parts, title, fact, size=(480, 480))
        self.offers = offers
        self.taken: Offer | None = None
        self.filter = parts.search("Type a few letters", f"Filter: {what.lower()}", 400)
        self.filter.setMaximumWidth(16_777_215)
        self.filter.textChanged.connect(self._show)
        self.filter.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(what)
        self.list.setFont(parts.look.font("body"))
        self.list.itemActivated.connect(self.take)
        self.nothing = parts.note(self.nothing_found, wrap=True)
        self.put(self.filter, self.nothing)
        self.put(self.list, share=1)
        self.act = parts.button(act, "primary", act=self.take)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.act)
        self._show()
        self.filter.setFocus()

    def _show(self) -> None:
        words = folded(self.filter.text()).split()
        self.list.clear()
        for at, each in enumerate(self.offers):
            if all(word in folded(f"{each.words} {each.fact}") for word in words):
                told = each.words if not each.fact or (each.depth and not words) else (
                    f"{each.words}   ({each.fact})")  # fmt: skip
                line = QListWidgetItem("    " * (each.depth if not words else 0) + told)
                line.setData(PLACE, at)
                if each.picture is not None:
                    line.setIcon(each.picture)
                line.setSizeHint(QSize(0, self.parts.look.px(26)))
                self.list.addItem(line)
        self.list.setCurrentRow(0)
        self.nothing.setVisible(not self.list.count())
        self.act.setEnabled(bool(self.list.count()))

    def choose(self, row: int) -> None:
        """Choose what has this row."""
        for at in range(self.list.count()):
            if self.offers[self.list.item(at).data(PLACE)].row == row:
                self.list.setCurrentRow(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go through the list from the filter, and take with Enter."""
        if watched is self.filter and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None:
                at = self.list.currentRow() + step
                self.list.setCurrentRow(min(max(at, 0), self.list.count() - 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
        return super().eventFilter(watched, event)

    def take(self) -> None:
        """Take what is chosen."""
        line = self.list.currentItem()
        if line is not None:
            self.taken = self.offers[line.data(PLACE)]
            self.accept()
