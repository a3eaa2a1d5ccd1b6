"""What the delegates draw with: chips, dots, elided text and the ground of a row."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QTextLine, qGray
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from evidence_app.ui.directions import DIRECTIONS
from evidence_app.ui.look import Look

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
WRAP = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
UNTONED = ("text", "text-2", "text-3")


def caret_x(line: QTextLine, place: int) -> float:
    """Return how far across a letter begins in a laid line; Qt gives it alone or with the letter's place."""
    found: object = line.cursorToX(place)
    return float(found[0] if isinstance(found, tuple | list) else found)  # type: ignore[arg-type]


class Brush:
    """A painter that knows the look; delegates and canvases draw through it.

    Lengths given as numbers for icons and dots are for 100 % and scaled here; rectangles are as they come."""

    def __init__(self, painter: QPainter, look: Look) -> None:
        self.painter = painter
        self.look = look
        if painter.isActive():  # a brush that only measures has nothing to draw on
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def text(
        self,
        rect: QRect,
        text: str,
        role: str = "body",
        tone: str = "text",
        flags: Qt.AlignmentFlag | Qt.TextFlag = LEFT,
        *,
        struck: bool = False,
    ) -> None:
        """Draw one line, elided at the right when it is too long, or several when it wraps."""
        font = self.look.font(role)
        font.setStrikeOut(struck)
        self.painter.setFont(font)
        self.painter.setPen(self.look.colour(tone))
        if not int(flags) & int(Qt.TextFlag.TextWordWrap):
            text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        self.painter.drawText(rect, int(flags), text)

    def height(self, text: str, width: int, role: str = "body") -> int:
        """Return the height of the wrapped text."""
        box = QRect(0, 0, width, 10_000)
        return QFontMetrics(self.look.font(role)).boundingRect(box, int(WRAP), text).height()

    def width(self, text: str, role: str = "body") -> int:
        """Return the width of one line."""
        return QFontMetrics(self.look.font(role)).horizontalAdvance(text)

    def box(
        self, rect: QRect | QRectF, fill: QColor | None, line: QColor | None = None, radius: float = 4
    ) -> None:
        """Draw a rounded box on half pixels, so that its outline stays crisp."""
        self.painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(line, 1) if line is not None else Qt.PenStyle.NoPen)
        area = QRectF(rect)
        if line is not None:
            area = area.adjusted(0.5, 0.5, -0.5, -0.5)
        self.painter.drawRoundedRect(area, radius, radius)

    def dashed(self, rect: QRect | QRectF, tone: str = "line-control", radius: float = 4) -> None:
        """Draw the dashed outline of what is missing."""
        pen = QPen(self.look.colour(tone), 1, Qt.PenStyle.DashLine)
        pen.setDashPattern([3, 2])
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def dot(self, x: float, y: float, colour: QColor, radius: float = 4) -> None:
        """Draw a filled dot round a point."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        self.painter.drawEllipse(QPointF(x, y), self.look.px(radius), self.look.px(radius))

    def chip(self, x: int, middle: int, text: str, tone: str = "text-2", icon: str = "") -> int:
        """Draw a chip whose left edge is x; return where the next one may start."""
        px = self.look.px
        extra = px(17) if icon else 0
        height = self.look.size("chip")
        rect = QRect(x, middle - height // 2, self.width(text, "caption") + px(12) + extra, height)
        ground = "window" if tone in UNTONED else f"{tone}-soft"
        self.box(rect, self.look.colour(ground))
        if icon:
            self.icon(x + px(5), middle, icon, tone, 13)
        self.text(rect.adjusted(px(6) + extra, 0, 0, 0), text, "caption", tone)
        return rect.right() + px(5)

    def citation(self, x: int, middle: int, number: str, label: str) -> int:
        """Draw a citation chip, outlined, its number in accent; return where the next one may start."""
        px = self.look.px
        height = self.look.size("chip")
        ahead = self.width(number, "caption") + px(7) if number else 0
        rect = QRect(x, middle - height // 2, ahead + self.width(label, "caption") + px(12), height)
        self.box(rect, self.look.colour("surface"), self.look.colour("line-strong"))
        self.text(rect.adjusted(px(6), 0, 0, 0), number, "caption", "accent")
        self.text(rect.adjusted(px(6) + ahead, 0, 0, 0), label, "caption", "text-2")
        return rect.right() + px(5)

    def direction(self, x: int, middle: int, direction: str, *, short: bool = False) -> int:
        """Draw the chip of a direction; both is in two halves, a solution outlined, a gap dashed."""
        px = self.look.px
        shown = DIRECTIONS[direction]
        name = shown.short if short else shown.word
        height = self.look.size("chip")
        rect = QRect(x, middle - height // 2, self.width(name, "caption") + px(29), height)
        match shown.form:
            case "solution":
                self.box(rect, None, self.look.colour("enabler"))
            case "gap":
                self.dashed(rect)
            case "both":
                self.box(rect, self.look.colour("enabler-soft"))
                self.painter.save()
                self.painter.setClipRect(rect.adjusted(0, 0, -rect.width() // 2, 0))
                self.box(rect, self.look.colour("barrier-soft"))
                self.painter.restore()
            case form:
                self.box(rect, self.look.colour(f"{form}-soft"))
        self.icon(x + px(5), middle, shown.icon, shown.tone, 13)
        self.text(rect.adjusted(px(23), 0, 0, 0), name, "caption", shown.tone)
        return rect.right() + px(5)

    def icon(self, x: int, middle: int, name: str, tone: str = "text-2", size: int = 16) -> None:
        """Draw an icon whose left edge is x."""
        side = self.look.px(size)
        device = self.painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        self.painter.drawPixmap(x, middle - side // 2, self.look.pixmap(name, tone, side, ratio))

    def theme_dot(self, x: int, middle: int, place: int, *, filled: bool = True) -> int:
        """Draw the square of a theme, or the empty place it would have; return where the next starts."""
        side = self.look.px(10)
        spot = QRect(x, middle - side // 2, side, side)
        if filled:
            self.box(spot, self.look.theme(place), radius=3)
        else:
            self.box(spot, None, self.look.colour("line-strong"), 3)
        return x + self.look.px(14)

    def readable(self, colour: QColor) -> str:
        """Return which token reads best on this colour as it lies on the surface."""
        back, share = self.look.colour("surface"), colour.alphaF()
        light = share * qGray(colour.rgb()) + (1 - share) * qGray(back.rgb())
        return "text" if (light > 118) != self.look.dark else "ground"

    def row(self, option: QStyleOptionViewItem, *, bar: bool = False) -> None:
        """Draw the ground of a list row: rest, hover or selected, its focus ring and the hairline below."""
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        if state & QStyle.StateFlag.State_Selected:
            self.painter.fillRect(rect, self.look.colour("accent-soft"))
            if bar:
                edge = QRect(rect.left(), rect.top(), 3, rect.height())
                self.painter.fillRect(edge, self.look.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            self.painter.fillRect(rect, self.look.colour("hover"))
        self.hairline(rect)

    def hairline(self, rect: QRect) -> None:
        """Draw the line that closes a row."""
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        self.painter.fillRect(line, self.look.colour("line"))
