"""How citation anchors are drawn in a sentence: 17 high, by their role, the chosen one filled."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPyTextObject, QTextDocument, QTextFormat

from evidence_app.domain.manuscript import Role
from evidence_app.ui.look import Look
from evidence_app.ui.manuscript.prose import Face, anchor_of

HEIGHT = 17
_LINE_HEIGHT = 10
"""What an anchor asks of its line; less than it is high, so that lines keep their distance."""
_PAD = 5
_BEFORE = 4


class AnchorInk(QPyTextObject):
    """Draws the anchors of all blocks; it knows what stands on each and which one is chosen."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self.faces: Mapping[str, Face] = {}
        self.chosen = ""

    def intrinsicSize(self, document: QTextDocument, _position: int, form: QTextFormat) -> QSizeF:
        """Return the room of an anchor with the gap before it."""
        px = self._look.px
        text, _ = self._face(form, document)
        metrics = QFontMetricsF(self._look.font("caption"))
        return QSizeF(metrics.horizontalAdvance(text) + px(2 * _PAD + _BEFORE), px(_LINE_HEIGHT))

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        document: QTextDocument,
        _position: int,
        form: QTextFormat,
    ) -> None:
        """Draw the ground, the outline and the words of an anchor."""
        look = self._look
        text, role = self._face(form, document)
        high = look.px(HEIGHT)
        box = QRectF(rect).adjusted(look.px(_BEFORE), 0, 0, 0)
        box = QRectF(box.left(), box.center().y() - high / 2, box.width(), high)
        chosen = self.chosen == anchor_of(form.toCharFormat())
        fill = "accent-fill" if chosen else "accent-soft" if role is Role.EVIDENCE else ""
        tone = "on-accent" if chosen else "accent" if role is Role.EVIDENCE else "text-2"
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.colour(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.setPen(Qt.PenStyle.NoPen if fill else QPen(look.colour("line-strong"), 1))
        inner = box if fill else box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inner, look.px(4), look.px(4))
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour(tone))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()

    def _face(self, form: QTextFormat, document: QTextDocument) -> Face:
        face = self.faces.get(anchor_of(form.toCharFormat()), Face("?", Role.EVIDENCE))
        room = document.textWidth() - self._look.px(2 * _PAD + _BEFORE + 2)
        metrics = QFontMetricsF(self._look.font("caption"))
        if 0 < room < metrics.horizontalAdvance(face.text):
            return Face(metrics.elidedText(face.text, Qt.TextElideMode.ElideRight, room), face.role)
        return face
