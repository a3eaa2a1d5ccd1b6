"""The query as it was run: its lines with numbers and hits, and a wave under each problem."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidence_app.services.searches.query_problem import QueryProblem
from evidence_app.services.searches.strategy import StrategyLine
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush, caret_x
from evidence_app.ui.widgets.fields import GrowingText

LINE: Final = 23
EDGE: Final = 7
NUMBERS: Final = 44
HITS: Final = 84


class QueryView(QWidget):
    """The lines of a query, to be read. Enter or a double click asks to edit it."""

    edit_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: Sequence[StrategyLine] = ()
        self._problems: Sequence[QueryProblem] = ()
        self._laid: list[tuple[StrategyLine, QTextLayout, int]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Query as run")
        look.changed.connect(self._lay)

    def show_lines(self, lines: Sequence[StrategyLine], problems: Sequence[QueryProblem]) -> None:
        """Show these lines, with these problems underlined."""
        self._lines, self._problems = lines, problems
        words = [f"{line.number}. {line.text}" for line in lines]
        words += [f"Line {problem.line} {problem.words}" for problem in problems]
        self.setAccessibleDescription("\n".join(words))
        self._lay()

    def _lay(self) -> None:
        px = self._look.px
        room = max(80, self.width() - px(NUMBERS) - px(HITS if self._has_hits() else 14))
        self._laid, top = [], px(EDGE)
        for line in self._lines:
            layout = self._wrapped(line, room)
            self._laid.append((line, layout, top))
            top += max(px(LINE), round(layout.boundingRect().height()) + px(5))
        height = max(top, px(LINE) + px(EDGE)) + px(EDGE)
        if height != self.height():
            self.setFixedHeight(height)
        self.update()

    def _has_hits(self) -> bool:
        return any(line.hits is not None for line in self._lines)

    def _wrapped(self, line: StrategyLine, room: int) -> QTextLayout:
        layout = QTextLayout(line.text, self._look.font("small", "mono"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        top = 0.0
        while (part := layout.createLine()).isValid():
            part.setLineWidth(room)
            part.setPosition(QPointF(0, top))
            top += part.height() + self._look.px(3)
        layout.endLayout()
        return layout

    def _waves(self, painter: QPainter, line: StrategyLine, layout: QTextLayout, left: int, top: int) -> None:
        """Draw a wave under each problem of a line, over all the rows it is wrapped into."""
        for problem in self._problems:
            if problem.line != line.number:
                continue
            painter.setPen(
                QPen(self._look.colour("exclude" if problem.grave else "maybe"), self._look.px(1.4))
            )
            for at in range(layout.lineCount()):
                row = layout.lineAt(at)
                begin, end = row.textStart(), row.textStart() + row.textLength()
                start, stop = max(problem.start, begin), min(problem.end, end)
                if start < stop:
                    x, right = (left + caret_x(row, place) for place in (start, stop))
                    y = top + row.y() + row.height() - 1
                    self._wave(painter, x, max(right, x + self._look.px(10)), y)

    def _wave(self, painter: QPainter, left: float, right: float, y: float) -> None:
        step = self._look.px(4)
        up, x = 0, left
        while x < right:
            rise = self._look.px(2)
            painter.drawLine(QPointF(x, y + rise * up), QPointF(min(x + step, right), y + rise * (1 - up)))
            x, up = x + step, 1 - up

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, numbers, lines and hits."""
        painter = QPainter(self)
        brush, px = Brush(painter, self._look), self._look.px
        edge = "accent" if self.hasFocus() else "line"
        brush.box(self.rect(), self._look.colour("sunken"), self._look.colour(edge), 6)
        for line, layout, top in self._laid:
            row = QRect(0, top, self.width(), px(LINE) - px(4))
            brush.text(
                row.adjusted(0, 0, px(30) - self.width(), 0), str(line.number), "caption", "text-3", RIGHT
            )
            if line.hits is not None:
                brush.text(row.adjusted(0, 0, -px(14), 0), f"{line.hits:,}", "caption", "text-3", RIGHT)
            painter.setPen(self._look.colour("text"))
            drop = max(0, (row.height() - round(layout.lineAt(0).height())) // 2) if layout.lineCount() else 0
            layout.draw(painter, QPointF(px(NUMBERS), top + drop))
            self._waves(painter, line, layout, px(NUMBERS), top + drop)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask to edit on Enter or F2."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_asked.emit()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Ask to edit."""
        self.edit_asked.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Draw no ring."""
        super().focusOutEvent(event)
        self.update()


class QueryEditor(GrowingText):
    """The text of a query, word for word; it is kept when it is left, Esc restores."""

    left = Signal()
    """The editor was left: the query is to be read again."""

    def renew(self) -> None:
        """Take the font of fixed width."""
        super().renew()
        self.setFont(self._look.font("small", "mono"))
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to reading on Esc."""
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Go back to reading when the keyboard goes elsewhere in the window."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()
