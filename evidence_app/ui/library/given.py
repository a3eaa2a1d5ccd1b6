"""References another screen asked for by their ids: what they are, and the way back to all."""

from array import array
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame

from evidence_app.ui.widgets.laying import across, framed
from evidence_app.ui.widgets.parts import Parts


class GivenSet(QObject):
    """Narrows the list to given references until somebody asks for all again."""

    left = Signal()
    """All references are wanted again."""

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self.ids: frozenset[int] | None = None
        self.title = ""
        self._words = parts.line("", "small")
        self._all = parts.button("Show all references", "link", act=self.leave)
        row = across(parts.icon("ph.funnel-simple", "accent", 14), gap=8, edge=(14, 5, 14, 5))
        row.addWidget(self._words, 1)
        row.addWidget(self._all)
        self.strip: QFrame = framed(row, "chosen")
        self.strip.setVisible(False)

    def show_these(self, title: str, ids: Iterable[int]) -> None:
        """Show only these references, under this title."""
        self.ids, self.title = frozenset(ids), title
        self._words.setText(f"{title}: these {len(self.ids):,} only")
        self.strip.setVisible(True)

    def forget(self) -> None:
        """Narrow nothing any more."""
        self.ids, self.title = None, ""
        self.strip.setVisible(False)

    def leave(self) -> None:
        """Show all references again."""
        self.forget()
        self.left.emit()


def among(ids: "array[int]", given: frozenset[int] | None) -> "array[int]":
    """Return the ids that are among the given ones, in their order."""
    return ids if given is None else array("q", (each for each in ids if each in given))
