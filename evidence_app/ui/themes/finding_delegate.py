"""Draws the rows of the findings: a topic's heading, or a finding with direction, sentence and chips."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidence_app.domain.manuscript import Direction, Role
from evidence_app.services.synthesis.overview import FindingLine, TopicHead
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.themes.finding_layout import EDGE, ChipPlace, FindingLayout, Places
from evidence_app.ui.widgets.table import ROW

Index = QModelIndex | QPersistentModelIndex


class FindingDelegate(QStyledItemDelegate):
    """Draws one row; `chip` is the chip of the current row that has the keyboard, or None."""

    def __init__(self, look: Look, parent: QAbstractItemView) -> None:
        super().__init__(parent)  # the view does not own its delegate
        self._view = parent
        self.look = look
        self.layout_ = FindingLayout(look)
        self.chip: int | None = None

    @property
    def width(self) -> int:
        """The width rows are set for: with room for the scroll bar, whether it is shown or not."""
        bar = self._view.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return self._view.width() - bar

    def places(self, line: FindingLine) -> Places:
        """Return where everything stands in the row of a finding."""
        return self.layout_.places(line, self.width)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that heading or sentence and chips need."""
        row = index.data(ROW)
        if isinstance(row, FindingLine):
            return QSize(100, self.places(row).height)
        return QSize(100, self.look.px(46))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        painter.save()
        row = index.data(ROW)
        brush = Brush(painter, self.look)
        if isinstance(row, TopicHead):
            self._heading(brush, option.rect, row)
        elif isinstance(row, FindingLine):
            self._finding(brush, option, row)
        painter.restore()

    def _heading(self, brush: Brush, rect: QRect, head: TopicHead) -> None:
        px = self.look.px
        inner = rect.adjusted(px(EDGE), px(14), -px(EDGE), 0)
        brush.text(inner, head.name, "strong")
        brush.hairline(rect)
        if head.shown and head.shown == head.all:
            return
        said = f"{head.shown} of {head.all} shown" if head.all else "No review findings yet"
        after = inner.adjusted(brush.width(head.name, "strong") + px(10), 0, 0, 0)
        brush.text(after, said, "small", "text-3")

    def _finding(self, brush: Brush, option: QStyleOptionViewItem, line: FindingLine) -> None:
        px, rect = self.look.px, option.rect
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        brush.row(option, bar=True)
        top, left = rect.top(), rect.left() + px(EDGE)
        if line.block.direction is not None:
            brush.direction(left, top + px(22), line.block.direction, short=True)
        else:
            spot = QRect(left, top + px(12), px(80), self.look.size("chip"))
            brush.text(spot, "No direction", "caption", "text-3")
        places = self.places(line)
        support = places.support.translated(rect.topLeft())
        doubtful = not line.reports and line.block.direction is not Direction.GAP
        brush.text(support, line.support, "caption", "maybe" if doubtful else "text-3")
        brush.painter.setPen(self.look.colour("text" if line.block.text else "text-3"))
        places.statement.draw(brush.painter, places.at + rect.topLeft().toPointF())
        for at, chip in enumerate(places.chips):
            self._chip(brush, chip, chip.rect.translated(rect.topLeft()), marked=current and at == self.chip)
        if current and self.chip is None:
            self._ring(brush, rect)

    def _chip(self, brush: Brush, chip: ChipPlace, rect: QRect, *, marked: bool) -> None:
        px = self.look.px
        evidence = chip.work.role is Role.EVIDENCE
        if marked:
            brush.box(rect, self.look.colour("accent-fill"), radius=4)
        else:
            brush.box(rect, self.look.colour("surface"), self.look.colour("line-strong"), 4)
        number = "on-accent" if marked else "accent" if evidence else "text-2"
        brush.text(rect.adjusted(px(6), 0, 0, 0), chip.number, "caption", number)
        ahead = brush.width(chip.number, "caption") + px(7) if chip.number else 0
        label = "on-accent" if marked else "text-2"
        brush.text(rect.adjusted(px(6) + ahead, 0, 0, 0), chip.label, "caption", label)

    def _ring(self, brush: Brush, rect: QRect) -> None:
        brush.box(rect.adjusted(1, 1, -1, -2), None, self.look.colour("accent"), 3)
