"""The column at the left: which queue, how much of it is left, its records, and what was judged just now."""

from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu

from evidence_app.ui.screening.queue_list import LINE, Fetch, QueueList
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

NARROW: Final = 150
JUDGED_SHOWN: Final = ((760, 5), (600, 3), (0, 2))
"""From which height on how many of the last decisions are shown."""


class QueueChoice(NamedTuple):
    """A queue that is offered: its key, its name, how many records are in it (None: not told)."""

    key: str
    name: str
    number: int | None
    apart: bool = False
    """Whether a line stands above it in the menu."""


class Side(QFrame):
    """Queue, list, and the last decisions with the act that takes them back."""

    queue_chosen = Signal(object)
    undo_asked = Signal()

    def __init__(self, parts: Parts, fetch: Fetch) -> None:
        super().__init__()
        self._parts = parts
        self.setObjectName("side")
        self._left = ("", "")
        self._choices: tuple[QueueChoice, ...] = ()
        self._chosen = ""
        self._judged_ids: tuple[int, ...] = ()
        self.which = parts.button("Unscreened", "filter")
        self._menu = QMenu(self.which)
        self._menu.aboutToShow.connect(self._list_queues)
        self.which.setMenu(self._menu)
        self.left = parts.caption("")
        self.queue = QueueList(parts.look, fetch, "Records to judge")
        self.judged = QueueList(parts.look, fetch, "Just judged")
        self.undo = parts.button("Undo  Z", "link", act=self.undo_asked.emit)
        self.undo.setAccessibleName("Take the last decision back (Z)")
        self._judged_head = QFrame()
        head = across(edge=(16, 8, 8, 0))
        head.addWidget(parts.line("Just judged", "caption", "text-3"), 1)
        head.addWidget(self.undo)
        self._judged_head.setLayout(head)
        column = down(across(self.which, None, self.left, edge=(8, 6, 16, 4)), gap=0)
        column.addWidget(self.queue, 1)
        column.addWidget(self._judged_head)
        column.addWidget(self.judged)
        self.setLayout(column)
        self.show_judged(())

    def offer(self, choices: Sequence[QueueChoice], chosen: str) -> None:
        """Offer these queues."""
        self._choices, self._chosen = tuple(choices), chosen
        named = next((each for each in choices if each.key == chosen), None)
        if named is not None:
            self.which.rename(named.name)
            self.which.setAccessibleName(f"Queue: {named.name}")

    def show_left(self, number: int, words: str = "left") -> None:
        """Say how many records are in the queue."""
        self._left = (f"{number:,}", words)
        self._say_left()

    def _say_left(self) -> None:
        """Say the number alone where there is no room for the word."""
        number, words = self._left
        narrow = self.width() < self._parts.look.px(NARROW)
        self.left.setText(number if narrow else f"{number} {words}".strip())
        self.left.setAccessibleName(f"{number} {words}".strip())

    def show_judged(self, ids: Sequence[int]) -> None:
        """Show the records that were judged last, the newest first."""
        self._judged_ids = tuple(ids)
        most = next(number for height, number in JUDGED_SHOWN if self.height() >= self._parts.look.px(height))
        shown = ids[:most]
        self.judged.queue.forget(shown)
        if list(shown) != list(self.judged.queue.ids):
            self.judged.queue.show(shown)
        self._judged_head.setVisible(bool(shown))
        self.judged.setVisible(bool(shown))
        self.judged.setFixedHeight(self._parts.look.px(LINE) * len(shown) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show fewer of the last decisions where the window is low, and less words where it is narrow."""
        super().resizeEvent(event)
        self._say_left()
        if event.size().height() != event.oldSize().height() and self._judged_ids:
            self.show_judged(self._judged_ids)

    def _list_queues(self) -> None:
        self._menu.clear()
        for each in self._choices:
            if each.apart:
                self._menu.addSeparator()
            words = each.name if each.number is None else f"{each.name}   {each.number:,}"
            act = self._menu.addAction(words.replace("&", "&&"), partial(_choose, self, each.key))
            act.setCheckable(True)
            act.setChecked(each.key == self._chosen)


def _choose(side: Side, key: str) -> None:
    side.queue_chosen.emit(key)
