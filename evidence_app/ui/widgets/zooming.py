"""A canvas of cards that is zoomed, fitted, moved about, and walked with the arrow keys."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from evidence_app.ui.look import Look

K = TypeVar("K", bound=Hashable)
LEAST, MOST, STEP = 0.5, 2.0, 1.15
ASIDE = 3
"""How much more a step aside counts than one ahead, when the next card in a direction is looked for."""
WAYS: Mapping[Qt.Key, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class Lettering:
    """The fonts and lengths of a canvas at a zoom; what was measured once is kept."""

    def __init__(self, look: Look, zoom: float) -> None:
        self.look, self.zoom, self.scale = look, zoom, look.scale
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetricsF] = {}

    def px(self, pixels: float) -> float:
        """Return a length of the design at the text size and the zoom."""
        return pixels * self.scale * self.zoom

    def font(self, role: str) -> QFont:
        """Return the font of a role at the zoom."""
        font = self._fonts.get(role)
        if font is None:
            font = self.look.font(role)
            font.setPixelSize(max(round(font.pixelSize() * self.zoom), 4))
            self._fonts[role] = font
        return QFont(font)

    def metrics(self, role: str) -> QFontMetricsF:
        """Return what measures the words of a role."""
        held = self._metrics.get(role)
        if held is None:
            held = self._metrics[role] = QFontMetricsF(self.font(role))
        return held


class ZoomingCanvas(QScrollArea):
    """Cards on a ground. It fits the room by itself until somebody zooms.

    Ctrl and the wheel zoom at the pointer; dragging the empty ground moves what is seen. A kind of canvas
    says how its cards are laid out (`lay_out`) and what zoom fits the room (`fitting`)."""

    zoomed = Signal()
    least = LEAST
    """The smallest zoom."""
    moves_with = Qt.MouseButton.LeftButton
    """The button by which the ground is dragged."""

    def __init__(self, look: Look, ground: QWidget) -> None:
        super().__init__()
        self.look = look
        self.ground = ground
        self.zoom, self.fits = 1.0, False
        self._held: QPoint | None = None
        self.setObjectName("canvas")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(ground)
        self.viewport().setAutoFillBackground(False)
        look.changed.connect(self.lay)

    # -- what the kind of canvas knows

    def fitting(self) -> float:
        """Return the zoom at which the room is used best."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Give ground and cards their places at the zoom."""
        raise NotImplementedError

    def looked_at(self) -> QWidget | None:
        """Return the card that stays in place when nothing is pointed at; none where it is the middle."""
        return None

    # -- zoom

    def lay(self) -> None:
        """Lay the cards out for the room, the zoom and the look as they are now."""
        before = self.zoom
        if self.fits:
            self.zoom = self.fitting()
        self.lay_out()
        if self.zoom != before:
            self.zoomed.emit()

    def set_zoom(self, zoom: float, at: QPoint | None = None) -> None:
        """Show it larger or smaller; what lies at a point of the room stays there.

        Without a point that is the card that is looked at, if it is in sight, or what lies in the middle."""
        spot = at or self._held_spot()
        below = self.ground.mapFrom(self.viewport(), spot)
        card = self.ground.childAt(below)
        share = _share(card.geometry() if card is not None else self.ground.rect(), below)
        self.fits = False
        self.zoom = min(max(zoom, self.least), MOST)
        self.lay()
        held = card.geometry() if card is not None else self.ground.rect()
        self.horizontalScrollBar().setValue(round(held.left() + share.x() * held.width()) - spot.x())
        self.verticalScrollBar().setValue(round(held.top() + share.y() * held.height()) - spot.y())
        self.zoomed.emit()

    def _held_spot(self) -> QPoint:
        card, room = self.looked_at(), self.viewport().rect()
        if card is not None:
            spot = self.ground.mapTo(self.viewport(), card.geometry().center())
            if room.contains(spot):
                return spot
        return room.center()

    def zoom_in(self) -> None:
        """Show it larger."""
        self.set_zoom(self._next(STEP))

    def zoom_out(self) -> None:
        """Show it smaller."""
        self.set_zoom(self._next(1 / STEP))

    def _next(self, factor: float) -> float:
        """Return the next zoom; a step across 100 % ends there."""
        after = self.zoom * factor
        return 1.0 if min(self.zoom, after) < 0.999 and max(self.zoom, after) > 1.001 else after

    def fit(self) -> None:
        """Let it fit the room from now on."""
        self.fits = True
        self.lay()
        self.zoomed.emit()

    @property
    def percent(self) -> int:
        """The zoom in per cent."""
        return round(self.zoom * 100)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out for the room."""
        super().resizeEvent(event)
        self.lay()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            factor = STEP if event.angleDelta().y() > 0 else 1 / STEP
            self.set_zoom(self._next(factor), event.position().toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    # -- moving about

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move what is seen by dragging the empty ground."""
        if watched is self.ground and isinstance(event, QMouseEvent) and self._drag_ground(event):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _drag_ground(self, event: QMouseEvent) -> bool:
        """Return whether the event belongs to such a drag."""
        spot = event.globalPosition().toPoint()
        if event.type() == QEvent.Type.MouseButtonPress and event.button() is self.moves_with:
            self._held = spot
            self.ground.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.type() == QEvent.Type.MouseButtonRelease and self._held is not None:
            self._held = None
            self.ground.unsetCursor()
        elif event.type() == QEvent.Type.MouseMove and self._held is not None:
            step, self._held = spot - self._held, spot
            for bar, by in ((self.horizontalScrollBar(), step.x()), (self.verticalScrollBar(), step.y())):
                bar.setValue(bar.value() - by)
        else:
            return False
        return True

    def show_whole(self, card: QWidget) -> None:
        """Bring a card into sight."""
        self.ensureWidgetVisible(card, self.look.px(12), self.look.px(12))


def _share(rect: QRect, spot: QPoint) -> QPointF:
    """Return at which part of its width and its height a spot lies in a rectangle."""
    return QPointF(
        (spot.x() - rect.left()) / max(rect.width(), 1), (spot.y() - rect.top()) / max(rect.height(), 1)
    )


def next_card(cards: Mapping[K, QWidget], start: K, arrow: Qt.Key) -> K | None:
    """Return the nearest card in the direction of an arrow key; None where there is none.

    Beside each other are cards whose sides do not overlap; above each other those whose tops differ, so that
    a card may lie on another one."""
    at, (across, down) = cards[start].geometry(), WAYS[arrow]
    best: tuple[int, K] | None = None
    for key, card in cards.items():
        to = card.geometry()
        step = to.center() - at.center() if across else to.topLeft() - at.topLeft()
        along = step.x() * across + step.y() * down
        aside = abs(step.y() if across else to.center().x() - at.center().x())
        if across and not (to.left() >= at.right() or to.right() <= at.left()):
            continue
        if along > 0 and (best is None or along + ASIDE * aside < best[0]):
            best = (along + ASIDE * aside, key)
    return best[1] if best else None
