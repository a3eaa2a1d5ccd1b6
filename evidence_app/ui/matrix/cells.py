"""Draws the cells of the matrix: the deeper the colour the more anchors, and the number says it too."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from evidence_app.domain.matrix import CellState
from evidence_app.services.synthesis.matrix import ColumnKind, MatrixCell
from evidence_app.ui.look import Look
from evidence_app.ui.matrix.model import CELL, Index, MatrixModel
from evidence_app.ui.paint import CENTRE, Brush

PITCH, SUM_PITCH, GAP, WIDE, HIGH = 36, 24, 8, 33, 19
"""Lengths at 100 %: from cell to cell, of a sum, between main themes, and of the cell itself."""
DEPTHS: Final = (69, 120, 176, 214)
"""27, 47, 69 and 84 % of the theme's colour for 1, 2, 3, and 4 or more anchors."""


class CellDelegate(QStyledItemDelegate):
    """Number, outline, dot or dashed outline; the chosen cell has a ring, its row the ground of hovering."""

    def __init__(self, look: Look, view: QTableView, model: MatrixModel) -> None:
        super().__init__(view)  # the view does not own its delegate
        self._look, self._view, self._model = look, view, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        cell = index.data(CELL)
        if cell is None:
            return
        painter.save()
        brush, rect, current = Brush(painter, self._look), option.rect, self._view.currentIndex()
        if index.row() == current.row():
            painter.fillRect(rect, self._look.colour("hover"))
        sums = self._model.columns[index.column()].kind is ColumnKind.SUM
        spot = self._spot(rect, sums)
        chosen = index.row() == current.row() and index.column() == current.column()
        if option.state & QStyle.StateFlag.State_Selected and not chosen:
            painter.fillRect(spot.adjusted(-1, -3, 2, 3), self._look.colour("accent-soft"))
        self._content(brush, spot, cell, self._model.band_of(index.column()).colour, sums=sums)
        brush.hairline(rect)
        if chosen:
            self._ring(brush, spot)
        painter.restore()

    def _spot(self, rect: QRect, sums: bool) -> QRect:
        px = self._look.px
        pitch = px(SUM_PITCH if sums else PITCH)
        wide, high = min(px(WIDE), pitch - 3), min(px(HIGH), rect.height() - 4)
        left = rect.right() + 1 - pitch + (pitch - wide) // 2
        return QRect(left, rect.top() + (rect.height() - high) // 2, wide, high)

    def _content(self, brush: Brush, spot: QRect, cell: MatrixCell, colour: int, *, sums: bool) -> None:
        if cell.count:
            tone = "text-2"
            if not sums:
                ground = self._look.theme(colour, DEPTHS[min(cell.count, len(DEPTHS)) - 1])
                brush.box(spot, ground)
                tone = brush.readable(ground)
            brush.text(spot, str(cell.count), "small-strong", tone, CENTRE)
        elif cell.state is CellState.ABSENT:
            brush.dot(spot.center().x() + 0.5, spot.center().y() + 0.5, self._look.colour("text-3"), 2)
        elif cell.state is CellState.QUOTED:
            brush.box(spot, None, self._look.theme(colour))
        elif not sums:
            brush.dashed(spot, "line-strong")
        if cell.summary:
            self._corner(brush, spot)

    def _corner(self, brush: Brush, spot: QRect) -> None:
        """Draw the folded corner of a cell that has a summary."""
        side = self._look.px(6)
        right, top = spot.right() + 1, spot.top()
        brush.painter.setPen(Qt.PenStyle.NoPen)
        brush.painter.setBrush(self._look.colour("text"))
        brush.painter.drawPolygon(
            [QPointF(right - side, top), QPointF(right, top), QPointF(right, top + side)]
        )

    def _ring(self, brush: Brush, spot: QRect) -> None:
        tone = "text" if self._view.hasFocus() else "line-control"
        brush.painter.setPen(QPen(self._look.colour(tone), 2))
        brush.painter.setBrush(Qt.BrushStyle.NoBrush)
        brush.painter.drawRoundedRect(QRectF(spot).adjusted(-1, -1, 1, 1), 5, 5)
