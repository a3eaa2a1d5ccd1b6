"""The list above, the query below: the list has the room of its rows, unless the line was moved."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from evidence_app.ui.searches.search_table import SearchTable

LIST_SHARE: Final = 0.52
"""The most of the height the list takes by itself."""


class ListAndQuery(QSplitter):
    """Shares the height between the list and what belongs to the chosen row."""

    def __init__(self, table: SearchTable, below: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._table, self._by_hand = table, False
        self.setChildrenCollapsible(False)
        self.addWidget(table)
        self.addWidget(below)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._moved)

    def share(self) -> None:
        """Give the list the room of its rows, but leave the query about half."""
        whole = self.height()
        if not self._by_hand and whole:
            wanted = min(self._table.wanted_height(), round(whole * LIST_SHARE))
            self.setSizes([wanted, whole - wanted])

    def _moved(self) -> None:
        self._by_hand = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new height."""
        super().resizeEvent(event)
        self.share()
