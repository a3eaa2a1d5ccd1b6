"""Counts of characteristics, painted: a bar and a number for each value, and the sum below."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidence_app.services.studies.charting import Bar, bars_of
from evidence_app.services.studies.counting import FieldCount
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush

ROW, HEAD, FOOT, GAP, EDGE = 26, 34, 26, 18, 20
LABEL_SHARE: Final = 0.34
NUMBER: Final = 44
SAID: Final = 132


class CountChart(QWidget):
    """All fields one below the other. A click on a bar, or Enter, opens its reports."""

    opened = Signal(object, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._counts: Sequence[FieldCount] = ()
        self._lines: list[tuple[FieldCount, Bar]] = []
        self._at, self._over = 0, -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Counts of characteristics")
        look.changed.connect(self._renew)

    def show_counts(self, counts: Sequence[FieldCount]) -> None:
        """Show these counts."""
        self._counts = counts
        self._lines = [(count, bar) for count in counts for bar in bars_of(count)]
        self._at = min(self._at, max(0, len(self._lines) - 1))
        self._tell()
        self._renew()

    def _renew(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all lines."""
        height = sum(HEAD + FOOT + GAP + ROW * len(bars_of(count)) for count in self._counts)
        return QSize(self._look.px(420), self._look.px(height + 2 * EDGE))

    def place_of(self, line: int) -> QRect:
        """Return where a line is drawn."""
        px, top, seen = self._look.px, EDGE, 0
        for count in self._counts:
            bars = bars_of(count)
            if line < seen + len(bars):
                return QRect(0, px(top + HEAD + ROW * (line - seen)), self.width(), px(ROW))
            seen += len(bars)
            top += HEAD + FOOT + GAP + ROW * len(bars)
        return QRect()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw all fields."""
        painter = QPainter(self)
        brush, px, top, line = Brush(painter, self._look), self._look.px, EDGE, 0
        room = self.width() - px(2 * EDGE)
        for count in self._counts:
            head = QRect(px(EDGE), px(top), room, px(HEAD))
            unit = "by study" if count.unit.value == "studies" else "by report"
            unit += f" · {count.summary.told}" if count.summary is not None else ""
            brush.text(head, count.field.title, "title")
            width = brush.width(count.field.title, "title")
            brush.text(head.adjusted(width + px(8), 0, 0, 0), unit, "small", "text-3")
            most = max([count.total, *(bar.stated or 0 for bar in bars_of(count))]) or 1
            for bar in bars_of(count):
                self._draw(brush, line, bar, most)
                line += 1
            top += HEAD + ROW * len(bars_of(count))
            foot = QRect(px(EDGE), px(top), room, px(FOOT))
            wrong = not count.adds_up
            words = count.equation + (" — some count more than once" if wrong else "")
            brush.text(foot, words, "small", "exclude" if wrong else "text-3")
            top += FOOT + GAP
        painter.end()

    def _draw(self, brush: Brush, line: int, bar: Bar, most: int) -> None:
        px, look = self._look.px, self._look
        rect = self.place_of(line)
        if line == self._over:
            brush.painter.fillRect(rect, look.colour("hover"))
        inner = rect.adjusted(px(EDGE), 0, -px(EDGE), 0)
        label = int(inner.width() * LABEL_SHARE)
        brush.text(QRect(inner.left(), inner.top(), label - px(10), inner.height()), bar.words, "body",
                   "text-3" if bar.faint else "text")  # fmt: skip
        brush.text(QRect(inner.left() + label, inner.top(), px(NUMBER - 10), inner.height()), str(bar.number),
                   "strong", "text-3" if bar.faint or not bar.number else "accent", RIGHT)  # fmt: skip
        start = inner.left() + label + px(NUMBER)
        said = f"{bar.stated} reports stated" if bar.stated is not None and bar.stated != bar.number else ""
        room = inner.right() - start - (px(SAID) if said else 0)
        thick = px(12)
        spot = QRect(start, inner.center().y() - thick // 2, max(px(2), room * bar.number // most), thick)
        if bar.number:
            brush.box(spot, look.colour("line-strong" if bar.faint else "accent-line"), radius=2)
        if said:
            outline = QRect(start, spot.top(), max(px(2), room * (bar.stated or 0) // most), thick)
            brush.dashed(outline, radius=2)
            brush.text(
                QRect(outline.right() + px(6), inner.top(), px(SAID), inner.height()), said, "small", "text-2"
            )
        if line == self._at and self.hasFocus():
            brush.box(rect.adjusted(2, 1, -3, -1), None, look.colour("accent"))

    # -- choosing

    def _line_at(self, place: int) -> int:
        return next((at for at in range(len(self._lines)) if self.place_of(at).top() <= place
                     <= self.place_of(at).bottom()), -1)  # fmt: skip

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the line under the pointer."""
        over = self._line_at(int(event.position().y()))
        if over != self._over:
            self._over = over
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is over no line any more."""
        self._over = -1
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the reports of a line."""
        at = self._line_at(int(event.position().y()))
        if at >= 0:
            self._at = at
            self._tell()
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from line to line, and open one."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps and self._lines:
            self._at = max(0, min(len(self._lines) - 1, self._at + steps[Qt.Key(event.key())]))
            self._tell()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def _tell(self) -> None:
        if self._lines:
            count, bar = self._lines[self._at]
            self.setAccessibleDescription(
                f"{count.field.title}: {bar.words}, {count.unit.of(bar.number)}; {count.equation}"
            )

    def _open(self) -> None:
        if self._lines:
            count, bar = self._lines[self._at]
            if bar.references:
                self.opened.emit(bar.references, f"{count.field.title}: {bar.words}")
