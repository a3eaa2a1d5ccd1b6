"""Words on two lines in a row of a list, the rest cut off between lines."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

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
