"""A document without pages: its frozen text in one readable column, laid out as far as it is seen."""

from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from evidence_app.ui.look import Look
from evidence_app.ui.pages import stripes
from evidence_app.ui.pages.canvas import Canvas
from evidence_app.ui.paint import caret_x

COLUMN = 640
"""How wide the column of words is at most, at 100 %."""
LEADING = 1.52
EDGE = 40
EMPTY = 0.35
"""How high an empty line is: the gap between paragraphs is there already."""
LAID_OUT = 600
"""Paragraphs kept laid out at once."""


class _Paragraph:
    """One paragraph laid out; Qt counts in UTF-16, we in code points."""

    def __init__(self, text: str, layout: QTextLayout, height: float) -> None:
        self.layout, self.height = layout, height
        self._wide = None if text.isascii() or max(text) <= "\uffff" else _offsets(text)

    def to_qt(self, at: int) -> int:
        return at if self._wide is None else self._wide[at]

    def from_qt(self, at: int) -> int:
        return at if self._wide is None else bisect_right(self._wide, at) - 1


def _offsets(text: str) -> list[int]:
    return list(accumulate((2 if letter > "\uffff" else 1 for letter in text), initial=0))


class TextCanvas(Canvas):
    """The words of a document without pages."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Text of the document")
        self.zoom = 1.0
        self._starts: list[int] = [0]
        self._texts: list[str] = [""]
        self._tops: list[float] = [0.0, 0.0]
        self._heights: list[float] = [0.0]
        self._laid: dict[int, _Paragraph] = {}
        self._width = 0.0

    def show_text(self, text: str) -> None:
        """Show another text, from its beginning."""
        self.text = text
        self.caret = self.anchor = 0
        self.chosen = None
        self._texts = text.split("\n")
        self._starts = list(accumulate((len(each) + 1 for each in self._texts[:-1]), initial=0))
        self._width = 0.0
        self.verticalScrollBar().setValue(0)
        self.lay_out()

    def set_zoom(self, zoom: float) -> None:
        """Show the words larger or smaller."""
        self.zoom = min(max(zoom, 0.5), 3.0)
        self._width = 0.0
        self.lay_out()

    # -- layout

    def lay_out(self) -> None:
        """Estimate how high everything is; what is seen is laid out when it is drawn."""
        room = self.viewport().width() - stripes.room(self) - self.look.px(EDGE)
        width = max(min(self.look.px(COLUMN) * self.zoom, room), self.look.px(200))
        if width != self._width:
            kept = self.hit(QPointF(0, self.verticalScrollBar().value())) if self._laid else None
            self._width = width
            self._laid.clear()
            metrics = QFontMetricsF(self._font())
            per_line = max(width / (metrics.averageCharWidth() * 1.05), 1.0)
            line = metrics.height() * LEADING / 1.2
            self._heights = [
                line * max(1.0, -(-_visual_length(text) // per_line)) + line * 0.45 if text else line * EMPTY
                for text in self._texts
            ]
            self._sum()
            if kept:
                self.verticalScrollBar().setValue(int(self.place_of(kept).top()))
        self._sum()
        self.viewport().update()

    def _font(self) -> QFont:
        font = self.look.font("reading", "serif")
        font.setPixelSize(max(8, round(font.pixelSize() * self.zoom)))
        return font

    def _sum(self) -> None:
        self._tops = list(accumulate(self._heights, initial=float(self.look.px(EDGE))))
        whole = self._tops[-1] + self.look.px(EDGE)
        self.verticalScrollBar().setRange(0, max(0, int(whole - self.viewport().height())))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(self.look.px(28))
        self.horizontalScrollBar().setRange(0, 0)

    def _left(self) -> float:
        room = self.viewport().width() - stripes.room(self)
        return max(self.look.px(EDGE), (room - self._width) / 2)

    def paper_right(self) -> float:
        """Return where the column ends."""
        return self._left() + self._width + self.look.px(EDGE) * 0.6

    def _paragraph(self, at: int) -> _Paragraph:
        found = self._laid.get(at)
        if found is not None:
            return found
        text = self._texts[at]
        layout = QTextLayout(text, self._font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._width)
            high = line.height() * LEADING / 1.2
            line.setPosition(QPointF(0, y + (high - line.height()) / 2))
            y += high
        layout.endLayout()
        line_height = y / max(layout.lineCount(), 1)
        made = _Paragraph(text, layout, y + line_height * 0.45 if text else line_height * EMPTY)
        if len(self._laid) > LAID_OUT:
            self._laid.clear()
        self._laid[at] = made
        if abs(made.height - self._heights[at]) > 0.5:
            self._correct(at, made.height)
        return made

    def _correct(self, at: int, height: float) -> None:
        """Take over how high a paragraph is; what is seen below it does not jump."""
        bar = self.verticalScrollBar()
        above = self._tops[at] + self._heights[at] <= bar.value()
        difference = height - self._heights[at]
        self._heights[at] = height
        for place in range(at + 1, len(self._tops)):
            self._tops[place] += difference
        whole = self._tops[-1] + self.look.px(EDGE)
        blocked = bar.blockSignals(True)
        bar.setRange(0, max(0, int(whole - self.viewport().height())))
        if above:
            bar.setValue(int(bar.value() + difference))
        bar.blockSignals(blocked)

    def _at(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def _at_height(self, y: float) -> int:
        return min(max(0, bisect_right(self._tops, y) - 1), len(self._texts) - 1)

    # -- places

    def boxes(self, start: int, end: int) -> list[QRectF]:
        """Return the boxes of a stretch, line by line."""
        found: list[QRectF] = []
        for at in range(self._at(start), self._at(max(start, end - 1)) + 1):
            paragraph, begin = self._paragraph(at), self._starts[at]
            first = paragraph.to_qt(max(start - begin, 0))
            last = paragraph.to_qt(min(end - begin, len(self._texts[at])))
            for place in range(paragraph.layout.lineCount()):
                line = paragraph.layout.lineAt(place)
                low, high = max(first, line.textStart()), min(last, line.textStart() + line.textLength())
                if low < high:
                    x0, x1 = caret_x(line, low), caret_x(line, high)
                    found.append(
                        QRectF(self._left() + x0, self._tops[at] + line.y() - 1, x1 - x0, line.height() + 2)
                    )
        return found

    def place_of(self, position: int) -> QRectF:
        """Return where the caret stands."""
        at = self._at(position)
        paragraph = self._paragraph(at)
        within = paragraph.to_qt(min(position - self._starts[at], len(self._texts[at])))
        line = paragraph.layout.lineForTextPosition(within)
        if not line.isValid():
            return QRectF(self._left(), self._tops[at], 1, paragraph.height)
        return QRectF(self._left() + caret_x(line, within), self._tops[at] + line.y(), 1, line.height())

    def hit(self, point: QPointF) -> int:
        """Return the position nearest to a point."""
        at = self._at_height(point.y())
        paragraph = self._paragraph(at)
        y = point.y() - self._tops[at]
        chosen = paragraph.layout.lineAt(0)
        for place in range(paragraph.layout.lineCount()):
            line = paragraph.layout.lineAt(place)
            if line.y() <= y:
                chosen = line
        within = chosen.xToCursor(point.x() - self._left()) if chosen.isValid() else 0
        if chosen.isValid() and within == chosen.textStart() + chosen.textLength():
            whole = chosen.lineNumber() == paragraph.layout.lineCount() - 1
            within -= 0 if whole else 1
        return self._starts[at] + paragraph.from_qt(within)

    def visible_span(self) -> tuple[int, int]:
        """Return which stretch is seen."""
        top = self.verticalScrollBar().value()
        first, last = self._at_height(top), self._at_height(top + self.viewport().height())
        return self._starts[first], self._starts[last] + len(self._texts[last])

    # -- painting

    def draw_paper(self, painter: QPainter, clip: QRectF) -> None:
        """Draw the sheet the words stand on."""
        px = self.look.px
        left = self._left() - px(EDGE) * 0.6
        sheet = QRectF(left, -10, self.paper_right() - left, self._tops[-1] + px(EDGE) + 20)
        painter.fillRect(sheet, self.look.colour("paper"))
        painter.setPen(self.look.colour("line"))
        painter.drawLine(QPointF(sheet.left(), clip.top()), QPointF(sheet.left(), clip.bottom()))
        painter.drawLine(QPointF(sheet.right(), clip.top()), QPointF(sheet.right(), clip.bottom()))

    def draw_letters(self, painter: QPainter, clip: QRectF) -> None:
        """Draw the lines that are seen."""
        painter.setPen(self.look.colour("ink"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        at = self._at_height(clip.top())
        while at < len(self._texts) and self._tops[at] < clip.bottom():
            self._paragraph(at).layout.draw(painter, QPointF(self._left(), self._tops[at]))
            at += 1


def _visual_length(text: str) -> int:
    """Return how much room a text takes, in average letters: a Chinese one is twice as wide."""
    if text.isascii():
        return len(text)
    return len(text) + sum("\u2e80" <= letter <= "\uffee" for letter in text)
