"""Tabs for several views of one thing; those that do not fit go into a menu."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QTabBar, QToolButton, QWidget

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.buttons import Tool
from evidence_app.ui.widgets.laying import across


class Tabs(QWidget):
    """The tabs of an inspector. Left and Right go from one to the next."""

    currentChanged = Signal(int)  # noqa: N815 - named as in Qt

    def __init__(self, look: Look, name: str, tabs: Sequence[str]) -> None:
        super().__init__()
        self._look = look
        self.bar = QTabBar()
        self.bar.setAccessibleName(name)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self.bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.bar.currentChanged.connect(self._changed)
        self._more = Tool(look, "ph.caret-double-right", "More tabs")
        self._menu = QMenu(self._more)  # as a child of ours it would tear the Tab chain apart (Qt 6.11)
        self._menu.aboutToShow.connect(self._list_hidden)
        self._more.setMenu(self._menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = across(gap=0)
        row.addWidget(self.bar, 1)
        row.addWidget(self._more)
        self.setLayout(row)
        self.setFocusProxy(self.bar)
        for tab in tabs:
            self.bar.addTab(tab)
        self.renew()
        look.changed.connect(self.renew)

    def renew(self) -> None:
        """Take the font of the look as it is now."""
        self.bar.setFont(self._look.font("small"))
        self._fit()

    def addTab(self, name: str) -> int:
        """Add a tab at the end; return its place."""
        place = self.bar.addTab(name)
        self._fit()
        return place

    def setTabText(self, place: int, name: str) -> None:
        """Name a tab anew: with how many there are."""
        self.bar.setTabText(place, name)
        self._fit()

    def count(self) -> int:
        """Return how many tabs there are."""
        return self.bar.count()

    def currentIndex(self) -> int:
        """Return the place of the chosen tab."""
        return self.bar.currentIndex()

    def setCurrentIndex(self, place: int) -> None:
        """Choose a tab."""
        self.bar.setCurrentIndex(place)

    def minimumSizeHint(self) -> QSize:
        """Return that it may be as narrow as a tab and the menu."""
        return QSize(self._look.px(80), self.bar.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See anew what fits."""
        super().resizeEvent(event)
        self._fit()

    def _changed(self, place: int) -> None:
        self._fit()
        self.currentChanged.emit(place)

    def _fit(self) -> None:
        """Hide the last tabs that do not fit; the chosen one is always shown."""
        widths = []
        for place in range(self.bar.count()):
            self.bar.setTabVisible(place, True)
            widths.append(self.bar.tabRect(place).width())
        gap = self._look.px(12)  # what stands after the last one
        room = self.width() + gap
        overflow = sum(widths) > room
        self._more.setVisible(overflow)
        if not overflow:
            return
        chosen = self.bar.currentIndex()
        room -= self._more.sizeHint().width() + (widths[chosen] if 0 <= chosen < len(widths) else 0)
        for place, width in enumerate(widths):
            if place != chosen:
                room -= width
                self.bar.setTabVisible(place, room >= 0)

    def _list_hidden(self) -> None:
        self._menu.clear()
        for place in range(self.bar.count()):
            if not self.bar.isTabVisible(place):
                self._menu.addAction(self.bar.tabText(place), partial(self.bar.setCurrentIndex, place))
