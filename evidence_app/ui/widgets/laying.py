"""Laying parts out: across, down, framed, scrolled."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

Part = QWidget | QLayout | int | None
Edge = tuple[int, int, int, int]
NO_EDGE: Edge = (0, 0, 0, 0)


def fill(layout: QBoxLayout, parts: Iterable[Part], share: int = 0) -> None:
    """Put parts in a layout: a number is a gap, None takes the room that is left."""
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part, share)
        else:
            layout.addWidget(part, share)


def across(*parts: Part, gap: int = 8, edge: Edge = NO_EDGE) -> QHBoxLayout:
    """Return the parts side by side."""
    layout = QHBoxLayout()
    layout.setSpacing(gap)
    layout.setContentsMargins(*edge)
    fill(layout, parts)
    return layout


def down(*parts: Part, gap: int = 8, edge: Edge = NO_EDGE) -> QVBoxLayout:
    """Return the parts one below the other."""
    layout = QVBoxLayout()
    layout.setSpacing(gap)
    layout.setContentsMargins(*edge)
    fill(layout, parts)
    return layout


def framed(layout: QLayout, name: str, tone: str = "", width: int = 0, height: int = 0) -> QFrame:
    """Return a frame drawn by the style sheet under this name."""
    frame = QFrame()
    frame.setObjectName(name)
    frame.setLayout(layout)
    if tone:
        frame.setProperty("tone", tone)
    if width:
        frame.setFixedWidth(width)
    if height:
        frame.setFixedHeight(height)
    return frame


class ScrollColumn(QScrollArea):
    """A column as wide as there is room, which scrolls up and down only."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = inner
        self.setWidget(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let nothing stand out at the right."""
        self._inner.setFixedWidth(self.viewport().width())
        super().resizeEvent(event)


def scrolled(layout: QLayout, ground: str = "surface") -> ScrollColumn:
    """Return a column that scrolls when the window is low."""
    inner = QWidget()
    inner.setProperty("ground", ground)
    inner.setLayout(layout)
    return ScrollColumn(inner)


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout, and let it be deleted."""
    while (place := layout.takeAt(0)) is not None:
        widget, inner = place.widget(), place.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)
