"""Buttons and icon buttons, which follow the look when it changes."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QToolButton,
)

from evidence_app.ui.look import Look

ACT = "act"
"""The property that names the method a button calls."""
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does the act that has the focus, and no other; choices leave it to the dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isCheckable():
            self.click()
        else:
            super().keyPressEvent(event)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter do what Space does: press it, or open its menu."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.menu() is not None:
                self.showMenu()
            else:
                self.click()
        else:
            super().keyPressEvent(event)

    def renew(self) -> None:
        """Take the icon of the look as it is now."""
        side = self._look.size("icon")
        self.setIcon(self._look.icon(self._icon))
        self.setIconSize(QSize(side, side))

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        if icon != self._icon:
            self._icon = icon
            self.renew()

    def drop(self, *actions: QAction) -> None:
        """Open a menu of these when pressed."""
        menu = QMenu(self)
        menu.addActions(actions)
        for action in actions:
            action.setParent(menu)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)


def menu_of(*acts: tuple[str, object]) -> list[QAction]:
    """Return actions for a `Tool`'s menu: (name, what to call) each."""
    actions = []
    for name, call in acts:
        action = QAction(name)
        action.triggered.connect(call)
        actions.append(action)
    return actions
