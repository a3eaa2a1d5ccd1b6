"""The rows of the findings list: headings of topics and review findings, read-only."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from evidence_app.services.synthesis.overview import FindingLine, TopicHead
from evidence_app.ui.directions import DIRECTIONS
from evidence_app.ui.widgets.table import ROW

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
Row = TopicHead | FindingLine


class FindingModel(QAbstractListModel):
    """It shows findings and never changes them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def renew(self, rows: Sequence[Row]) -> bool:
        """Show the same findings with other words; return False where the rows are not the same ones."""
        if [_identity(row) for row in rows] != [_identity(row) for row in self.rows]:
            return False
        changed = [at for at, row in enumerate(rows) if row != self.rows[at]]
        self.rows = tuple(rows)
        for at in changed:
            self.dataChanged.emit(self.index(at), self.index(at))
        return True

    def place_of_block(self, block: int | None) -> int:
        """Return the row of a block, or -1."""
        for at, row in enumerate(self.rows):
            if isinstance(row, FindingLine) and row.block.id == block:
                return at
        return -1

    def place_of_topic(self, theme: int) -> int:
        """Return the row of a topic's heading, or -1."""
        for at, row in enumerate(self.rows):
            if isinstance(row, TopicHead) and row.theme.id == theme:
                return at
        return -1

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that findings can be chosen and dragged; headings are passed over."""
        if not index.isValid() or isinstance(self.rows[index.row()], TopicHead):
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag
        return flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row for the delegate, or its words for a screen reader."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return said(row)
        return None


def _identity(row: Row) -> tuple[str, object]:
    if isinstance(row, TopicHead):
        return "topic", row.theme.id
    return "finding", row.block.guid


def said(row: Row) -> str:
    """Return a row in words: direction, sentence, support and works."""
    if isinstance(row, TopicHead):
        return f"{row.name}, {row.all} review findings"
    direction = DIRECTIONS[row.block.direction].word if row.block.direction else "No direction"
    works = ", ".join(f"{work.number} {work.label}".strip() for work in row.works)
    return f"{direction}. {row.block.text} {row.support}{': ' + works if works else ''}"
