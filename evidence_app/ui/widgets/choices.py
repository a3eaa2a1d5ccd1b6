"""One among a few: segments, and filters in a bar."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
)

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.buttons import Button, Tool

Choices = Sequence[tuple[str, str]]
"""What is offered: (key, text) each."""


class QuietChoice(QComboBox):
    """A choice that the mouse wheel leaves alone: it scrolls the inspector."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the inspector scroll."""
        event.ignore()


class Choice(QFrame):
    """Buttons of which one is pressed. Left and Right go from one to the next."""

    chosen = Signal(object)
    """The key of what the user chose."""

    def __init__(self, look: Look, name: str, choices: Choices, chosen: str = "") -> None:
        super().__init__()
        self.look = look
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._tell)
        self.buttons: dict[str, Button] = {}
        self.build()
        self.offer(choices)
        self.choose(chosen or (choices[0][0] if choices else ""))

    def build(self) -> None:
        """Make the layout the buttons go into."""
        raise NotImplementedError

    def make(self, text: str, place: int) -> Button:
        """Make the button of a choice and put it in its place."""
        raise NotImplementedError

    def offer(self, choices: Choices) -> None:
        """Offer these; buttons that stay are only renamed, so that the focus stays too."""
        keys = [key for key, _ in choices]
        for key in [key for key in self.buttons if key not in keys]:
            button = self.buttons.pop(key)
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        for place, (key, text) in enumerate(choices):
            if key in self.buttons:
                self.buttons[key].rename(text)
                continue
            button = self.make(text, place)
            self.buttons[key] = button
            self._group.addButton(button)

    def choose(self, key: str) -> None:
        """Show this one as chosen; nothing is emitted."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)

    def choose_none(self) -> None:
        """Show none as chosen: it is not decided yet."""
        self._group.setExclusive(False)
        for button in self.buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    @property
    def choice(self) -> str:
        """The key of the one that is chosen."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def _tell(self) -> None:
        self.chosen.emit(self.choice)


class Segments(Choice):
    """Two to six choices in rows of so many, on a ground of their own."""

    def __init__(self, look: Look, name: str, choices: Choices, chosen: str = "", columns: int = 9) -> None:
        self._columns = columns
        super().__init__(look, name, choices, chosen)

    def build(self) -> None:
        """Make the grid."""
        self.setObjectName("segments")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setSpacing(0)
        self._grid.setContentsMargins(2, 2, 2, 2)

    def make(self, text: str, place: int) -> Button:
        """Make a segment."""
        button = Button(self.look, text, "segment", on=False)
        self._grid.addWidget(button, place // self._columns, place % self._columns)
        return button


class Filters(Choice):
    """Filters as words with counts; those that do not fit go into a menu at the end."""

    def build(self) -> None:
        """Make the line."""
        self._fitting = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(2)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._more = Tool(self.look, "ph.caret-double-right", "More filters")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._list_hidden)
        self._more.setMenu(self._menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.hide()
        self._row.addWidget(self._more)
        self._row.addStretch(1)

    def make(self, text: str, place: int) -> Button:
        """Make a filter."""
        button = Button(self.look, text, "filter", on=False)
        self._row.insertWidget(place, button)
        return button

    def offer(self, choices: Choices) -> None:
        """Offer these, and see anew what fits."""
        super().offer(choices)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room of all of them."""
        hints = [button.sizeHint() for button in self.buttons.values()]
        width = sum(hint.width() + 2 for hint in hints)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the room of the widest and the menu."""
        widest = max((button.sizeHint().width() for button in self.buttons.values()), default=0)
        return QSize(widest + self._more.sizeHint().width() + 2, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See anew what fits."""
        super().resizeEvent(event)
        self._fit()

    def _tell(self) -> None:
        self._fit()
        super()._tell()

    def _fit(self) -> None:
        if self._fitting:
            return
        self._fitting = True
        fitted = -1
        while fitted != self.width():  # a button that is shown may at once lay the bar out anew
            fitted = self.width()
            self._show_what_fits(fitted)
        self._fitting = False

    def _show_what_fits(self, room: int) -> None:
        overflow = self.sizeHint().width() > room and bool(self.buttons)
        self._more.setVisible(overflow)
        chosen = self.choice
        room -= self._more.sizeHint().width() + 2 if overflow else 0
        if chosen:
            room -= self.buttons[chosen].sizeHint().width() + 2
        for key, button in self.buttons.items():
            if key != chosen:
                room -= button.sizeHint().width() + 2
            button.setVisible(not overflow or key == chosen or room >= 0)

    def _list_hidden(self) -> None:
        self._menu.clear()
        for key, button in self.buttons.items():
            if button.isHidden():
                self._menu.addAction(button.text().replace("&&", "&"), partial(self._pick, key))

    def _pick(self, key: str) -> None:
        self.choose(key)
        self._tell()
