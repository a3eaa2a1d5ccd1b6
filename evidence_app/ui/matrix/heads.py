"""The heads of the matrix, which stay in sight: main themes and upright topics above, reports at the left."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from evidence_app.services.synthesis.matrix import Band, ColumnKind, units
from evidence_app.services.synthesis.matrix_rows import head_of
from evidence_app.ui.look import Look
from evidence_app.ui.matrix.cells import GAP, PITCH, SUM_PITCH
from evidence_app.ui.matrix.model import MatrixModel
from evidence_app.ui.paint import LEFT, Brush

LONGEST, BAND, NUMBER, LABEL, BESIDE = 150, 56, 36, 130, 100
"""Lengths at 100 %: the longest head, how high bands are; how wide number, report, characteristic."""
SHARE = 0.42
"""The most of the height that the heads take, so that a low window shows rows."""


def in_two_lines(brush: Brush, name: str, room: int) -> list[str]:
    """Return a name on one line, or broken between words where it is longer than the room."""
    words, first = name.split(), ""
    while words and (not first or brush.width(f"{first} {words[0]}", "small-strong") <= room):
        first = f"{first} {words.pop(0)}".strip()
    return [line for line in (first, " ".join(words)) if line]


class ThemeHead(QHeaderView):
    """Main themes as bands, their topics upright below."""

    def __init__(self, look: Look, model: MatrixModel, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._look, self._model, self._view = look, model, view
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setAccessibleName("Topics")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fit(self, room: int) -> int:
        """Take the height that the longest head needs in so much room, and return it."""
        brush, px = Brush(QPainter(), self._look), self._look.px
        names = {column.name for column in self._model.columns}
        longest = max((brush.width(name, "caption") for name in names), default=0) + px(4)
        whole = px(BAND + 16) + min(longest, px(LONGEST))
        height = min(whole, max(int(room * SHARE), px(BAND + 60)))
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
        return height

    def measure(self) -> None:
        """Give every column its width: a gap stands before a main theme."""
        px = self._look.px
        for at, column in enumerate(self._model.columns):
            wide = px(SUM_PITCH if column.kind is ColumnKind.SUM else PITCH)
            self.resizeSection(at, wide + (px(GAP) if self._model.begins_band(at) else 0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bands that are in sight, then the topics."""
        painter = QPainter(self.viewport())
        brush = Brush(painter, self._look)
        painter.fillRect(self.viewport().rect(), self._look.colour("surface"))
        if self.count() == len(self._model.columns):
            for band in self._model.bands:
                self._band(brush, band)
            for at in range(self.count()):
                self._topic(brush, at)
        brush.hairline(self.viewport().rect())
        painter.end()

    def _left(self, at: int) -> int:
        gap = self._look.px(GAP) if self._model.begins_band(at) else 0
        return self.sectionViewportPosition(at) + gap

    def _right(self, at: int) -> int:
        return self.sectionViewportPosition(at) + self.sectionSize(at)

    def _band(self, brush: Brush, band: Band) -> None:
        px = self._look.px
        left, right = self._left(band.first) + 2, self._right(band.last) - 2
        shown = max(left, 2)
        if right < shown or left > self.viewport().width():
            return
        brush.painter.fillRect(QRect(left, px(BAND - 8), right - left, px(3)), self._look.theme(band.colour))
        room = max(min(right, self.viewport().width() - 2) - shown, 0)
        lines = in_two_lines(brush, band.of.name, room)
        for up, line in enumerate(reversed(lines), 1):
            spot = QRect(shown, px(BAND - 10) - up * px(18), room, px(18))
            brush.text(spot, line, "small-strong")

    def _topic(self, brush: Brush, at: int) -> None:
        left, right = self._left(at), self._right(at)
        if right < 0 or left > self.viewport().width():
            return
        column = self._model.columns[at]
        current = self._view.currentIndex().column() == at
        tone = "text-3" if column.kind is ColumnKind.SUM else "text-2"
        high, room = self._look.px(18), self.height() - self._look.px(BAND + 8)
        brush.painter.save()
        brush.painter.translate((left + right) / 2 - high / 2, self.height() - self._look.px(7))
        brush.painter.rotate(-90)
        brush.text(QRect(0, 0, room, high), column.name, "caption", "text" if current else tone)
        brush.painter.restore()


class ReportHead(QHeaderView):
    """Number and name of each report, with the characteristics asked for."""

    def __init__(self, look: Look, model: MatrixModel, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._look, self._model, self._view = look, model, view
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(10)
        self.setAccessibleName("Reports")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def widths(self, room: int) -> list[int]:
        """Return how wide number, name and each characteristic are where there is so much room."""
        px, beside = self._look.px, len(self._model.characteristics)
        widths = [px(NUMBER), px(LABEL), *[px(BESIDE)] * beside]
        most = max(px(NUMBER + 70), room - px(3 * PITCH))
        over = sum(widths) - most
        if over > 0:
            share = max(0.35, 1 - over / max(1, sum(widths) - widths[0]))
            widths = [widths[0], *(int(width * share) for width in widths[1:])]
        return widths

    def fit(self, room: int) -> int:
        """Take the width that the heads need in so much room, and return it."""
        width = sum(self.widths(room)) + self._look.px(6)
        if width != self.width() or width != self.minimumWidth():
            self.setFixedWidth(width)
        return width

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the reports that are in sight."""
        painter = QPainter(self.viewport())
        brush = Brush(painter, self._look)
        area = self.viewport().rect()
        painter.fillRect(area, self._look.colour("surface"))
        if self.count() == len(self._model.rows) and self.count():
            first, last = self.visualIndexAt(0), self.visualIndexAt(area.height())
            for at in range(max(first, 0), (last if last >= 0 else self.count() - 1) + 1):
                self._row(brush, at)
        painter.end()

    def _row(self, brush: Brush, at: int) -> None:
        row = self._model.rows[at]
        rect = QRect(0, self.sectionViewportPosition(at), self.viewport().width(), self.sectionSize(at))
        current = self._view.currentIndex().row() == at
        if current:
            brush.painter.fillRect(rect, self._look.colour("hover"))
        widths = self.widths(self._view.width())
        x, edge = self._look.px(12), self._look.px(6)
        number = "–" if row.number is None else str(row.number)
        brush.text(QRect(x, rect.top(), widths[0] - edge, rect.height()), number, "small", "text-3", LEFT)
        x += widths[0] - edge
        words = [row.short_label, *self._model.beside(at)]
        for place, (text, width) in enumerate(zip(words, widths[1:], strict=False)):
            spot = QRect(x, rect.top(), width - edge, rect.height())
            role = ("strong" if current else "body") if place == 0 else "small"
            brush.text(spot, text, role, "text" if place == 0 else "text-2")
            x += width
        brush.hairline(rect)


class Corner(QWidget):
    """What stands above the reports: how many there are, and the names of the characteristics."""

    def __init__(self, look: Look, model: MatrixModel, head: ReportHead, view: QTableView) -> None:
        super().__init__(view)
        self._look, self._model, self._head, self._view = look, model, head, view

    def place(self, size: QSize) -> None:
        """Take the corner between both heads."""
        self.setGeometry(QRect(QPoint(0, 0), size))
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the names."""
        painter = QPainter(self)
        brush = Brush(painter, self._look)
        painter.fillRect(self.rect(), self._look.colour("surface"))
        edge, high = self._look.px(6), self._look.px(18)
        widths = self._head.widths(self._view.width())
        matrix = self._model.matrix
        told = units(len(self._model.rows), matrix.per) if matrix else ""
        top, x = self.height() - self._look.px(24), self._look.px(12)
        names = [told, *map(head_of, self._model.characteristics)]
        first = widths[0] + widths[1] - edge
        for text, width in zip(names, [first, *widths[2:]], strict=False):
            brush.text(QRect(x, top, width - edge, high), text, "caption", "text-3")
            x += width
        brush.hairline(self.rect())
        painter.end()
