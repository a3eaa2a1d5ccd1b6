"""Words on two lines in a row of a list, the rest cut off behind three dots."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QTextCharFormat, QTextLayout

from evidence_app.domain.wrapped import one_line
from evidence_app.ui.paint import Brush

FITS, LEAD = 130, 60
"""Letters that surely stand on two lines, and those shown before what is marked further on."""


def two_lines(brush: Brush, rect: QRect, text: str, role: str = "body") -> None:
    """Draw the first two lines of a text."""
    _draw(brush, rect, one_line(text), role)


def marked_lines(brush: Brush, rect: QRect, text: str, said: tuple[int, int]) -> None:
    """Draw two lines of a text with a stretch of it on a ground, cut so that the stretch is seen."""
    start, end = said
    if end > FITS:
        cut = text.rfind(" ", 0, max(start - LEAD, 0)) + 1
        text, start, end = f"… {text[cut:]}", start - cut + 2, end - cut + 2
    mark = QTextLayout.FormatRange()
    mark.start, mark.length = start, end - start
    form = QTextCharFormat()
    form.setBackground(brush.look.colour("term-neutral"))
    mark.format = form
    _draw(brush, rect, text, "body", [mark])


def _draw(
    brush: Brush, rect: QRect, text: str, role: str, marks: list[QTextLayout.FormatRange] | None = None
) -> None:
    font = brush.look.font(role)
    first = _laid(QTextLayout(text, font), rect.width(), 1)
    reached = first.lineAt(0).textLength() if first.lineCount() else 0
    rest = QFontMetrics(font).elidedText(text[reached:], Qt.TextElideMode.ElideRight, rect.width())
    layout = QTextLayout(text[:reached] + rest, font)
    layout.setFormats(marks or [])
    brush.painter.setPen(brush.look.colour("text"))
    _laid(layout, rect.width(), 2).draw(brush.painter, QPointF(rect.topLeft()))


def _laid(layout: QTextLayout, width: int, most: int) -> QTextLayout:
    layout.beginLayout()
    top = 0.0
    for _ in range(most):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout
