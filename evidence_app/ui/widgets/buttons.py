"""Buttons, icon buttons, segments and filters, which follow the look when it changes."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
)

from evidence_app.ui.look import Look

ROLES = {"primary": "strong", "": "body"}


class Button(QPushButton):
    """A button named by its act; kind is primary, plain, filter, segment or nothing."""

    def __init__(
        self, look: Look, text: str, kind: str = "", icon: str = "", *, on: bool | None = None
    ) -> None:
        super().__init__(text.replace("&", "&&"))
        self._look, self._kind, self._icon = look, kind, icon
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        if on is not None:
            self.setCheckable(True)
            self.setChecked(on)
        self.renew()
        look.changed.connect(self.renew)

    def rename(self, text: str) -> None:
        """Name another act, or the same act with another amount."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def renew(self) -> None:
        """Take font and icon of the look as it is now."""
        self.setFont(self._look.font(ROLES.get(self._kind, "small")))
        if self._icon:
            tone = "on-accent" if self._kind == "primary" else "text-2"
            self.setIcon(self._look.icon(self._icon, tone))
            side = self._look.size("icon")
            self.setIconSize(QSize(side, side))


class Tool(QToolButton):
    """An icon button; its name is the tool tip and what a screen reader says."""

    def __init__(self, look: Look, icon: str, name: str) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.renew()
        look.changed.connect(self.renew)

    def renew(self) -> None:
        """Take the icon of the look as it is now."""
        side = self._look.size("icon")
        self.setIcon(self._look.icon(self._icon))
        self.setIconSize(QSize(side, side))

    def drop(self, *actions: QAction) -> None:
        """Open a menu of these when pressed."""
        menu = QMenu(self)
        menu.addActions(actions)
        for action in actions:
            action.setParent(menu)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)


class Choice(QFrame):
    """One among a few, in rows of so many: segments, or filters in a bar."""

    chosen = Signal(object)
    """The key of what the user chose."""

    def __init__(
        self,
        look: Look,
        name: str,
        choices: Sequence[tuple[str, str]],
        chosen: str = "",
        *,
        kind: str = "segment",
        columns: int = 9,
    ) -> None:
        super().__init__()
        self._look, self._kind, self._columns = look, kind, columns
        self.setObjectName("segments" if kind == "segment" else "")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        edge = 2 if kind == "segment" else 0
        self._grid = QGridLayout(self)
        self._grid.setSpacing(0 if kind == "segment" else 2)
        self._grid.setContentsMargins(edge, edge, edge, edge)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        self._group.buttonClicked.connect(self._tell)
        self.offer(choices)
        self.choose(chosen or (choices[0][0] if choices else ""))

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these (key, text); buttons that stay are only renamed, so that focus stays too."""
        keys = [key for key, _ in choices]
        for key in [key for key in self._buttons if key not in keys]:
            button = self._buttons.pop(key)
            self._group.removeButton(button)
            button.deleteLater()
        for place, (key, text) in enumerate(choices):
            if key in self._buttons:
                self._buttons[key].rename(text)
                continue
            button = Button(self._look, text, self._kind, on=False)
            self._buttons[key] = button
            self._group.addButton(button)
            self._grid.addWidget(button, place // self._columns, place % self._columns)

    def choose(self, key: str) -> None:
        """Show this one as chosen; nothing is emitted."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    @property
    def choice(self) -> str:
        """The key of the one that is chosen."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def _tell(self) -> None:
        self.chosen.emit(self.choice)


def menu_of(*acts: tuple[str, object]) -> list[QAction]:
    """Return actions for a `Tool`'s menu: (name, what to call) each."""
    actions = []
    for name, call in acts:
        action = QAction(name)
        action.triggered.connect(call)
        actions.append(action)
    return actions
