"""Texts and icons that follow the look when it changes."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from evidence_app.ui.directions import DIRECTIONS
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush


class Label(QLabel):
    """A text in a role and a tone. It is plain unless made rich, so nobody's title becomes markup."""

    def __init__(
        self, look: Look, text: str, role: str = "body", tone: str = "text", *, wrap: bool = False
    ) -> None:
        super().__init__(text)
        self._look, self._role = look, role
        self._heights: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.renew()
        look.changed.connect(self.renew)

    def renew(self) -> None:
        """Take the font of the look as it is now."""
        self._heights.clear()
        self.setFont(self._look.font(self._role))

    def setText(self, text: str) -> None:
        """Show another text."""
        self._heights.clear()
        super().setText(text)

    def heightForWidth(self, width: int) -> int:
        """Return how high the text is in so much room; layouts ask often, and long texts are slow to lay."""
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = super().heightForWidth(width)
        return found

    def changeEvent(self, event: QEvent) -> None:
        """Forget the heights when a font or a style sheet changes them."""
        self._heights.clear()
        super().changeEvent(event)

    def set_tone(self, tone: str) -> None:
        """Change the colour to another token's."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedLabel(Label):
    """One line that ends in an ellipsis where there is no room; the whole is its tool tip."""

    def minimumSizeHint(self) -> QSize:
        """Return that it may become quite narrow."""
        return QSize(self._look.px(40), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text as far as it fits."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), shown)
        painter.end()


class IconLabel(QWidget):
    """An icon that is not a button."""

    def __init__(self, look: Look, name: str, tone: str = "text-2", size: int = 16) -> None:
        super().__init__()
        self._look, self._name, self._tone, self._size = look, name, tone, size
        self.renew()
        look.changed.connect(self.renew)

    def renew(self) -> None:
        """Take the size of the look as it is now."""
        side = self._look.px(self._size)
        self.setFixedSize(side, side)
        self.update()

    def show_icon(self, name: str, tone: str = "text-2") -> None:
        """Show another icon."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        Brush(painter, self._look).icon(0, self.height() // 2, self._name, self._tone, self._size)
        painter.end()


class DirectionChip(QWidget):
    """The chip of a review finding's direction: icon, word, and a form of its own."""

    def __init__(self, look: Look, direction: str) -> None:
        super().__init__()
        self._look, self._direction = look, direction
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"Direction: {DIRECTIONS[direction].word}")
        look.changed.connect(self.updateGeometry)

    def show_direction(self, direction: str) -> None:
        """Show another direction."""
        self._direction = direction
        self.setAccessibleName(f"Direction: {DIRECTIONS[direction].word}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for icon and word."""
        brush = Brush(QPainter(), self._look)
        word = brush.width(DIRECTIONS[self._direction].word, "caption")
        return QSize(word + self._look.px(29), self._look.size("chip"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        Brush(painter, self._look).direction(0, self.height() // 2, self._direction)
        painter.end()


class Swatch(QWidget):
    """The small square of a theme's colour."""

    def __init__(self, look: Look, place: int, size: int = 10) -> None:
        super().__init__()
        self._look, self._place = look, place
        self.setFixedSize(look.px(size), look.px(size))
        look.changed.connect(self.update)

    def show_theme(self, place: int) -> None:
        """Show the colour of another theme."""
        self._place = place
        self.update()

    def show_place(self, place: int) -> None:
        """Show the colour of another theme."""
        self._place = place
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the square."""
        painter = QPainter(self)
        side = QRect(0, 0, self.width(), self.height())
        Brush(painter, self._look).box(side, self._look.theme(self._place), radius=3)
        painter.end()


class Rule(QFrame):
    """A hairline."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rule")
        self.setFixedHeight(1)
