"""Choosing cards by drawing a band around them on the empty ground."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from evidence_app.ui.board.placing import Key
from evidence_app.ui.look import Look


class Band(QWidget):
    """The band while it is drawn: a frame in the accent colour."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._start: QPoint | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def is_drawn(self) -> bool:
        """Whether somebody draws it."""
        return self._start is not None

    def begin(self, spot: QPoint) -> None:
        """Begin it at a point of the ground."""
        self._start = spot

    def draw_to(self, spot: QPoint) -> QRect:
        """Draw it to a point, and return what it holds."""
        held = QRect(self._start or spot, spot).normalized()
        self.setGeometry(held)
        self.setVisible(True)
        self.raise_()
        return held

    def end(self) -> None:
        """Take it away."""
        self._start = None
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame."""
        painter = QPainter(self)
        painter.setOpacity(0.3)
        painter.fillRect(self.rect(), self._look.colour("accent-soft"))
        painter.setOpacity(1.0)
        painter.setPen(QPen(self._look.colour("accent"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def held_by(band: QRect, cards: Mapping[Key, QWidget]) -> set[Key]:
    """Return what a band chooses: groups it holds whole, else the codes it touches; themes it touches."""
    found = set()
    groups = {
        key.row for key, card in cards.items() if key.kind == "group" and band.contains(card.geometry())
    }
    full = {key.group for key in cards if key.group}
    for key, card in cards.items():
        if key.kind == "group":
            touched = key.row in groups or (key.row not in full and band.intersects(card.geometry()))
        else:
            touched = key.group not in groups and band.intersects(card.geometry())
        if touched:
            found.add(key)
    return found
