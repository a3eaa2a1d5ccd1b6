"""The three verdicts: large, each with its sign, its word and its key."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
HEIGHT, WIDTH = 40, 152


class LeavesArrows(QAbstractButton):
    """A button that leaves the arrow keys to the screen, where they go from record to record."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter and Space; leave the arrows."""
        if event.key() in ARROWS:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class VerdictButton(LeavesArrows):
    """Include, Maybe or Exclude; the one that holds is on the ground of its colour."""

    def __init__(self, look: Look, word: str, key: str, tone: str, icon: str) -> None:
        super().__init__()
        self._look, self._key, self._tone, self._icon = look, key, tone, icon
        self.setText(word)
        self.setAccessibleName(word)
        self.setToolTip(f"{word} ({key})")
        self.setCheckable(False)
        self.holds = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(look.px(HEIGHT))
        self.setMaximumWidth(look.px(WIDTH))
        look.changed.connect(self.update)

    def show_verdict(self, holds: bool, word: str) -> None:
        """Say whether this is the verdict that holds, and what pressing it does."""
        self.holds = holds
        self.setText(word)
        self.setAccessibleName(f"{word}, your verdict" if holds else word)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the design."""
        return QSize(self._look.px(WIDTH), self._look.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the room for the word and its key."""
        brush, px = Brush(QPainter(), self._look), self._look.px
        return QSize(brush.width(self.text(), "strong") + px(14), px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, its sign, its word and its key."""
        look, px = self._look, self._look.px
        painter = QPainter(self)
        brush, rect = Brush(painter, look), self.rect()
        ground = "raised"
        if self.holds:
            ground = f"{self._tone}-soft"
        elif self.isDown():
            ground = "pressed"
        elif self.underMouse() and self.isEnabled():
            ground = "hover"
        line = self._tone if self.holds else "line-strong"
        brush.box(rect, look.colour(ground), look.colour(line), 8)
        if self.hasFocus():
            brush.box(rect, None, look.colour("accent"), 8)
            brush.box(rect.adjusted(1, 1, -1, -1), None, look.colour("accent"), 7)
        middle = rect.center().y() + 1
        tone = "text" if self.isEnabled() else "disabled"
        words = brush.width(self.text(), "strong")
        with_icon = rect.width() >= words + px(42)
        left = px(36) if with_icon else max((rect.width() - words) // 2, px(4))
        if with_icon:
            brush.icon(px(12), middle, self._icon, self._tone if self.isEnabled() else "disabled")
        if rect.width() >= words + px(80):
            draw_key(brush, rect.right() - px(11), middle, self._key)
        brush.text(QRect(left, 0, rect.width() - left, rect.height()), self.text(), "strong", tone)
        painter.end()


def draw_key(brush: Brush, right: int, middle: int, key: str) -> int:
    """Draw a key cap that ends at `right`; return its left edge."""
    px = brush.look.px
    width = max(brush.width(key, "micro") + px(10), px(17))
    cap = QRect(right - width, middle - px(9), width, px(18))
    brush.box(cap, brush.look.colour("window"), brush.look.colour("line-strong"), 4)
    inner = cap.adjusted(0, 0, -((width - brush.width(key, "micro")) // 2), -1)
    brush.text(inner, key, "micro", "text-2", RIGHT)
    return cap.left()
