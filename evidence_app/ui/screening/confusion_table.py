"""Two reviewers' verdicts against each other; every number opens its records."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from evidence_app.ui.widgets.laying import emptied
from evidence_app.ui.widgets.parts import Parts

WORDS = {"include": "Include", "maybe": "Maybe", "exclude": "Exclude"}
Counts = Mapping[tuple[str, str], int]
"""How often each pair of verdicts occurs: (the first person's, the second's)."""


class ConfusionTable(QWidget):
    """Rows are the first reviewer's verdicts, columns the second's; the diagonal is agreement."""

    opened = Signal(object)
    """The pair of verdicts whose records are asked for."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._opens = True
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(parts.look.px(6))
        self._grid.setVerticalSpacing(parts.look.px(4))

    def show_counts(self, cells: Counts, first: str, second: str, *, opens: bool) -> None:
        """Show how many records stand in each cell; `opens` lets a cell show them."""
        emptied(self._grid)
        self._opens = opens
        shown = [verdict for verdict in WORDS if any(verdict in pair for pair in cells)] or list(WORDS)
        self._grid.addWidget(self._parts.caption(f"{first} down, {second} across"), 0, 0, 1, len(shown) + 1)
        for column, verdict in enumerate(shown, 1):
            self._grid.addWidget(self._parts.caption(WORDS[verdict]), 1, column)
        for row, mine in enumerate(shown, 2):
            self._grid.addWidget(self._parts.label(WORDS[mine], "small", "text-2"), row, 0)
            for column, theirs in enumerate(shown, 1):
                number = cells.get((mine, theirs), 0)
                self._grid.addWidget(self._cell(mine, theirs, number, (first, second)), row, column)
        self._grid.setColumnStretch(len(shown) + 1, 1)

    def _cell(self, mine: str, theirs: str, number: int, persons: tuple[str, str]) -> QWidget:
        if not number or not self._opens:
            return self._parts.label(f"{number:,}", "body", "text" if number else "text-3")
        button = self._parts.button(f"{number:,}", "plain" if mine != theirs else "")
        words = (
            f"{number:,} records: {persons[0]} {WORDS[mine].lower()}, {persons[1]} {WORDS[theirs].lower()}"
        )
        button.setAccessibleName(words)
        button.setToolTip(f"Show the {words}")
        button.clicked.connect(partial(_open, self, (mine, theirs)))
        return button


def _open(table: ConfusionTable, pair: tuple[str, str], *_: object) -> None:
    table.opened.emit(pair)
