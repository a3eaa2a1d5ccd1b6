"""The matrix as a table of cells; it shows what was counted and changes nothing."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidence_app.domain.edit import counted
from evidence_app.domain.matrix import CellState
from evidence_app.domain.synthesis import Theme
from evidence_app.services.synthesis.matrix import (
    Band,
    ColumnKind,
    Matrix,
    MatrixCell,
    MatrixColumn,
    MatrixRow,
    units,
)
from evidence_app.services.synthesis.matrix_rows import value_of

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
CELL: Final = Qt.ItemDataRole.UserRole
"""The role under which the delegate gets the cell."""


class MatrixModel(QAbstractTableModel):
    """Rows are reports or studies in the order wanted, columns are topics, codes or values, and sums."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix: Matrix | None = None
        self.rows: tuple[MatrixRow, ...] = ()
        self.characteristics: tuple[str, ...] = ()
        self._places: dict[int, int] = {}

    def show(self, matrix: Matrix, rows: Sequence[MatrixRow]) -> None:
        """Replace what is shown; where rows and columns stay, the current cell and the scroll stay too."""
        alike = self.matrix is not None and self.matrix.columns == matrix.columns and self._are(rows)
        if not alike:
            self.beginResetModel()
        self.matrix, self.rows = matrix, tuple(rows)
        self._places = {report: at for at, row in enumerate(self.rows) for report in (row.id, *row.reports)}
        if not alike:
            self.endResetModel()
        elif self.rows and matrix.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(matrix.columns) - 1))

    @property
    def counts(self) -> str:
        """What a number counts."""
        return self.matrix.words.counts if self.matrix else ""

    def _are(self, rows: Sequence[MatrixRow]) -> bool:
        return tuple(rows) == self.rows

    @property
    def columns(self) -> tuple[MatrixColumn, ...]:
        """The columns there are."""
        return self.matrix.columns if self.matrix else ()

    @property
    def bands(self) -> tuple[Band, ...]:
        """The main themes, branches or characteristics above the columns."""
        return self.matrix.bands if self.matrix else ()

    def band_of(self, column: int) -> Band:
        """Return the band a column is under."""
        return self.bands[self.columns[column].band]

    def begins_band(self, column: int) -> bool:
        """Return whether a gap stands before this column."""
        return column > 0 and self.columns[column].band != self.columns[column - 1].band

    def place_of(self, reference: int) -> int:
        """Return the row of a report, or -1 where it is not shown."""
        return self._places.get(reference, -1)

    def column_of(self, theme: int) -> int:
        """Return the first column of a theme: its topic, or the sum of a main theme; -1 where it has none."""
        return next(
            (
                at
                for at, each in enumerate(self.columns)
                if isinstance(each.of, Theme) and each.of.id == theme
            ),
            -1,
        )

    def cell(self, row: int, column: int) -> MatrixCell | None:
        """Return a cell by its place."""
        if self.matrix is None or not (0 <= row < len(self.rows) and 0 <= column < len(self.columns)):
            return None
        return self.matrix.cell(self.rows[row].id, column)

    def beside(self, row: int) -> list[str]:
        """Return the characteristics of a report that are shown beside it."""
        if self.matrix is None:
            return []
        return [value_of(self.matrix, self.rows[row], name) for name in self.characteristics]

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many reports are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a topic or a report."""
        spoken = role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        if not spoken and role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            if not 0 <= section < len(self.rows):
                return None
            row = self.rows[section]
            return f"{row.short_label}: {row.title}" if spoken else row.short_label
        if not 0 <= section < len(self.columns):
            return None
        return self.head_words(section) if spoken else self.columns[section].name

    def head_words(self, column: int) -> str:
        """Return what a column is, whole: topic, main theme and what was counted."""
        each, main = self.columns[column], self.band_of(column).of.name
        name = f"All of {main}" if each.kind is ColumnKind.SUM else f"{each.name} ({main})"
        if self.matrix is None:
            return name
        rows = units(each.rows, self.matrix.per)
        word = self.matrix.words.counts.split()[-1]
        told = "" if word == self.matrix.per.value else f"{counted(each.total, word)}, "
        return f"{name}: {told}{rows}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell for the delegate, its number, or its words for tool tip and screen reader."""
        cell = self.cell(index.row(), index.column()) if index.isValid() else None
        if cell is None:
            return None
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return str(cell.count) if cell.count else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            column = self.columns[index.column()]
            name = self.band_of(index.column()).of.name if column.kind is ColumnKind.SUM else column.name
            return f"{self.rows[index.row()].short_label}, {name}: {state_words(cell, self.counts)}"
        return None


def state_words(cell: MatrixCell, counts: str = "evidence anchor") -> str:
    """Return what is known of a cell in words."""
    if cell.count:
        known = counted(cell.count, counts)
    else:
        known = "looked at, absent" if cell.state is CellState.ABSENT else cell.state.value
    if cell.state is CellState.QUOTED:
        known = f"{counted(len(cell.quotations), 'quotation')}, in no finding"
    return f"{known}, with a summary" if cell.summary else known
