"""How a code is drawn in the code book: its colour, its name, how often it is used; and renamed in place."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from evidence_app.domain.coding import CodeCount, PlacedCode
from evidence_app.ui.look import Look
from evidence_app.ui.pages.hues import hue_colour
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.widgets.table import ROW, Index

COUNT_WIDTH = 42
REPORTS, STUDIES = "reports", "studies"


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code in the tree."""

    placed: PlacedCode
    count: CodeCount
    hue: int | str | None
    folder: bool


def line_of(index: Index) -> CodeLine | None:
    """Return the line at an index."""
    line = index.data(ROW) if index.isValid() else None
    return line if isinstance(line, CodeLine) else None


class CodeDelegate(QStyledItemDelegate):
    """Draws the lines of the code book."""

    renamed = Signal(int, str)

    def __init__(self, look: Look, view: QTreeView) -> None:
        super().__init__(view)
        self._look, self._view = look, view
        self.per = REPORTS
        """Whether reports or studies are counted beside the quotations."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a line."""
        return QSize(0, self._look.px(26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a line."""
        line = line_of(index)
        if line is None:
            return
        painter.save()
        brush, px, rect = Brush(painter, self._look), self._look.px, QRect(option.rect)
        whole = QRect(0, rect.top(), self._view.viewport().width(), rect.height())
        if option.state & QStyle.StateFlag.State_Selected:
            ring = (
                self._look.colour("accent")
                if self._view.hasFocus() and index == self._view.currentIndex()
                else None
            )
            brush.box(whole.adjusted(px(2), 0, -px(2), 0), self._look.colour("accent-soft"), ring, 6)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            brush.box(whole.adjusted(px(2), 0, -px(2), 0), self._look.colour("hover"), radius=6)
        left = rect.left()
        if index.model().rowCount(index):
            mark = "ph.caret-down" if self._view.isExpanded(index) else "ph.caret-right"
            brush.icon(left + px(1), rect.center().y() + 1, mark, "text-3", 10)
        left += px(16)
        if not line.folder:
            side = px(10)
            spot = QRect(left, rect.center().y() - side // 2 + 1, side, side)
            brush.box(spot, hue_colour(self._look, line.hue), radius=3)
            left += px(15)
        name = QRect(left, rect.top(), whole.right() - left - px(2 * COUNT_WIDTH), rect.height())
        brush.text(name, line.placed.code.name, "strong" if line.folder else "body")
        edge = whole.right() - px(8)
        second = line.count.studies if self.per == STUDIES else line.count.reports
        for value in (second, line.count.quotations):
            box = QRect(edge - px(COUNT_WIDTH), rect.top(), px(COUNT_WIDTH), rect.height())
            if not line.folder or value:
                brush.text(box, str(value or "–"), "small", "text-2", RIGHT)
            edge -= px(COUNT_WIDTH)
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field in which a code is renamed."""
        field = QLineEdit(parent)
        line = line_of(index)
        field.setAccessibleName(f"New name of {line.placed.code.name}" if line else "New name")
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the name as it is."""
        line = line_of(index)
        if isinstance(editor, QLineEdit) and line is not None:
            editor.setText(line.placed.code.name)
            editor.selectAll()

    def setModelData(self, editor: QWidget, _model: Any, index: Index) -> None:
        """Tell the new name."""
        line = line_of(index)
        if isinstance(editor, QLineEdit) and line is not None:
            self.renamed.emit(line.placed.code.id, editor.text())
