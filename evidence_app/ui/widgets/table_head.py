"""The head of a table: the column that takes what is left can be dragged wider and narrower too."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget


class TableHead(QHeaderView):
    """Qt lets no one drag the edge of a stretched column; here its neighbour on the right gives way."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setMouseTracking(True)
        self._dragged: tuple[int, int, int] | None = None
        """The column that gives way, where the pointer began, and how wide the column was then."""

    def neighbour_at(self, x: int) -> int:
        """Return the column that gives way where a stretched one ends at x; -1 elsewhere."""
        grip = self.style().pixelMetric(QStyle.PixelMetric.PM_HeaderGripMargin, None, self)
        shown = [self.logicalIndex(place) for place in range(self.count())]
        shown = [section for section in shown if not self.isSectionHidden(section)]
        for section, following in pairwise(shown):
            edge = self.sectionViewportPosition(following)
            if self.sectionResizeMode(section) == self.ResizeMode.Stretch and abs(x - edge) <= grip:
                return following
        return -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the edge of a stretched column."""
        x = round(event.position().x())
        following = self.neighbour_at(x) if event.button() == Qt.MouseButton.LeftButton else -1
        if following >= 0:
            self._dragged = (following, x, self.sectionSize(following))
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Give the neighbour what the stretched column leaves; show that an edge can be dragged."""
        x = round(event.position().x())
        if self._dragged is not None:
            following, began, width = self._dragged
            self.resizeSection(following, max(self.minimumSectionSize(), width - (x - began)))
        elif not event.buttons() and self.neighbour_at(x) >= 0:
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stop dragging."""
        if self._dragged is not None:
            self._dragged = None
        else:
            super().mouseReleaseEvent(event)
