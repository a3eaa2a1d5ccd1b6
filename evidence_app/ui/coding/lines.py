"""Words on two lines in a row of a list, the rest cut off between lines."""

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFontMetrics, QTextCharFormat, QTextLayout

from evidence_app.ui.paint import WRAP, Brush


def two_lines(brush: Brush, rect: QRect, text: str, role: str = "body") -> None:
    """Draw the first two lines of a text."""
    look = brush.look
    area = QRect(rect)
    area.setHeight(2 * QFontMetrics(look.font(role)).lineSpacing())
    brush.painter.save()
    brush.painter.setClipRect(area)
    brush.text(area, text, role, "text", WRAP)
    brush.painter.restore()


LEAD = 60
"""Letters shown before what is marked, where it would stand too far on to be seen."""


def marked_lines(brush: Brush, rect: QRect, text: str, said: tuple[int, int]) -> None:
    """Draw two lines of a text with a stretch of it strong and on a ground, cut so that it is seen."""
    look, (start, end) = brush.look, said
    if start > LEAD:
        cut = text.rfind(" ", 0, start - LEAD // 2) + 1
        text, start, end = f"… {text[cut:]}", start - cut + 2, end - cut + 2
    mark = QTextLayout.FormatRange()
    mark.start, mark.length = start, end - start
    form = QTextCharFormat()
    form.setBackground(look.colour("term-neutral"))
    form.setForeground(look.colour("text"))
    mark.format = form
    layout = QTextLayout(text, look.font("body"))
    layout.setFormats([mark])
    brush.painter.setPen(look.colour("text"))
    layout.beginLayout()
    top = 0.0
    for _ in range(2):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(rect.width())
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    layout.draw(brush.painter, QPointF(rect.topLeft()))
