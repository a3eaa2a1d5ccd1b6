"""The grid of the matrix: cells chosen by mouse and keyboard, heads that stay in sight."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from evidence_app.services.synthesis.matrix import Matrix, MatrixRow
from evidence_app.ui.look import Look
from evidence_app.ui.matrix.cells import CellDelegate
from evidence_app.ui.matrix.heads import Corner, ReportHead, ThemeHead
from evidence_app.ui.matrix.model import Index, MatrixModel
from evidence_app.ui.widgets.menus import menu_spot

ROW = {"compact": 23, "normal": 26, "comfortable": 32}


class MatrixGrid(QTableView):
    """Reports or studies by topics, codes or values."""

    chosen = Signal()
    """Another cell is current."""
    absent_asked = Signal()
    entered = Signal()
    """Enter on a cell, or a double click."""
    quotation_asked = Signal()
    menu_asked = Signal(QPoint)
    column_clicked = Signal(int)
    report_opened = Signal(object)
    """The reference whose head was double clicked."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.cells = MatrixModel(self)
        self._themes = ThemeHead(look, self.cells, self)
        self._reports = ReportHead(look, self.cells, self)
        self.setModel(self.cells)
        self.setItemDelegate(CellDelegate(look, self, self.cells))
        self.setAccessibleName("Matrix of reports and topics")
        self.setHorizontalHeader(self._themes)
        self.setVerticalHeader(self._reports)
        # The heads would ask of every row whether it is selected, each time one is chosen.
        for head in (self._themes, self._reports):
            head.setSelectionModel(QItemSelectionModel(self.cells, head))
            head.setHighlightSections(False)
        self._corner = Corner(look, self.cells, self._reports, self)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._themes.sectionClicked.connect(self.column_clicked)
        self._reports.sectionClicked.connect(self._to_row)
        self._reports.sectionDoubleClicked.connect(self._open_report)
        self.doubleClicked.connect(self._enter)
        self.renew()
        look.changed.connect(self.renew)

    def renew(self) -> None:
        """Take heights, widths and colours of the look as it is now."""
        self._reports.setDefaultSectionSize(self._look.px(ROW[self._look.density]))
        self._themes.measure()
        self._fit()
        self.viewport().update()

    def show_matrix(
        self, matrix: Matrix, rows: Sequence[MatrixRow], characteristics: Sequence[str] = ()
    ) -> None:
        """Show these rows; the current cell stays the same report and theme where they are still there."""
        held, top = self.current(), self.verticalScrollBar().value()
        column = self.cells.columns[held[1]] if held else None
        self.cells.characteristics = tuple(characteristics)
        self.cells.show(matrix, rows)
        self._themes.measure()
        self._fit()
        if held and column is not None and not self.currentIndex().isValid():
            same = [at for at, each in enumerate(matrix.columns) if each.key == column.key]
            self.choose(max(self.cells.place_of(held[0]), 0), same[0] if same else 0)
            self.verticalScrollBar().setValue(top)
        if not self.currentIndex().isValid() and self.cells.rows:
            self.choose(0, 0)
        for head in (self._themes, self._reports):
            head.viewport().update()
        self._corner.update()
        self.chosen.emit()

    def current(self) -> tuple[int, int] | None:
        """Return the current cell: report and place of the column."""
        at = self.currentIndex()
        if not at.isValid() or at.row() >= len(self.cells.rows):
            return None
        return self.cells.rows[at.row()].id, at.column()

    def selected(self) -> list[tuple[int, int]]:
        """Return the selected cells, the current one among them."""
        rows = self.cells.rows
        found = {(index.row(), index.column()) for index in self.selectionModel().selectedIndexes()}
        at = self.currentIndex()
        if at.isValid():
            found.add((at.row(), at.column()))
        return [(rows[row].id, column) for row, column in sorted(found) if row < len(rows)]

    def choose(self, row: int, column: int) -> None:
        """Make a cell the current one and scroll to it."""
        index = self.cells.index(row, column)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
            self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Draw both rows and both heads again: the row of the chosen cell has a ground."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            if index.isValid():
                top = self.rowViewportPosition(index.row())
                self.viewport().update(0, top, self.viewport().width(), self.rowHeight(index.row()))
        self._themes.viewport().update()
        self._reports.viewport().update()
        self.chosen.emit()

    def keyboardSearch(self, _search: str) -> None:
        """Letters are commands here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A says looked at, absent; Enter opens the cell, O its first quotation; S sorts; all else moves."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_A and plain:
            self.absent_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_S and plain:
            self.column_clicked.emit(self.currentIndex().column())
        elif event.key() == Qt.Key.Key_O and plain:
            self.quotation_asked.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the selected cells."""
        self.menu_asked.emit(menu_spot(self, event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the reports the width there is for them."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring of the chosen cell tells where the keyboard is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _fit(self) -> None:
        width, height = self._reports.fit(self.width()), self._themes.fit(self.height())
        self.updateGeometries()
        self._corner.place(QSize(width + self.frameWidth(), height + self.frameWidth()))

    def _to_row(self, row: int) -> None:
        self.choose(row, max(self.currentIndex().column(), 0))
        self.setFocus()

    def _open_report(self, row: int) -> None:
        self.report_opened.emit(self.cells.rows[row].id)

    def _enter(self) -> None:
        self.entered.emit()
