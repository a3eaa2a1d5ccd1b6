"""The window's commands: the menus, and the lines of the palette made of the same actions."""

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from evidence_app.ui import actions
from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.look import Look
from evidence_app.ui.registry import BESIDE, ScreenSpec
from evidence_app.ui.shell.palette import Entry, keys_of

if TYPE_CHECKING:
    from evidence_app.ui.main_window import MainWindow

DIGITS = "1234567890"


def screen_specs(screens: Sequence[ScreenSpec]) -> list[tuple[ScreenSpec, ActionSpec]]:
    """Return "go to" commands of the screens in the rail, with Ctrl+1 to Ctrl+0 for the first ten."""
    shown = [spec for spec in screens if spec.group != BESIDE]
    keys = [f"Ctrl+{digit}" for digit in DIGITS] + [""] * len(shown)
    return [
        (spec, ActionSpec(f"go_{spec.name}", spec.title, "Go", key, spec.icon))
        for spec, key in zip(shown, keys, strict=False)
    ]


class Commands(QObject):
    """Menus, shortcuts and palette lines. The menu bar is shown on Alt; on macOS it is the system's."""

    def __init__(
        self, window: "MainWindow", handlers: QObject, look: Look, screens: Sequence[ScreenSpec]
    ) -> None:
        super().__init__(window)
        self._window, self._look = window, look
        self._specs: dict[QAction, ActionSpec] = {}
        self._menus = {name: QMenu(name, window) for name in actions.MENUS}
        self._of_screen: list[QAction] = []
        for menu in self._menus.values():
            window.menuBar().addMenu(menu)
        self.actions = dict(
            zip(_names(actions.WINDOW), actions.made(actions.WINDOW, handlers, self), strict=True)
        )
        for spec in actions.WINDOW:
            self._place(self.actions[spec.name], spec)
        self._menus["Go"].addSeparator()
        for screen, spec in screen_specs(screens):
            action = QAction(spec.text, self)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.triggered.connect(partial(_go, window, screen.name))
            self._place(action, spec)
        for name, role in (("quit", "QuitRole"), ("settings", "PreferencesRole"), ("about", "AboutRole")):
            self.actions[name].setMenuRole(QAction.MenuRole[role])
        if sys.platform != "darwin":
            window.menuBar().hide()
        self.renew()
        look.changed.connect(self.renew)

    def _place(self, action: QAction, spec: ActionSpec) -> None:
        self._specs[action] = spec
        self._menus[spec.menu].addAction(action)
        self._window.addAction(action)  # a hidden menu bar's shortcuts are dead otherwise

    def renew(self) -> None:
        """Take the icons of the look as it is now."""
        for action, spec in self._specs.items():
            if spec.icon:
                action.setIcon(self._look.icon(spec.icon))

    def show_screen(
        self, commands: Sequence[QAction], specs: Iterable[ActionSpec], can: Iterable[str]
    ) -> None:
        """Put the commands of the screen in the Screen menu, and grey what the screen cannot do."""
        menu = self._menus["Screen"]
        menu.clear()
        menu.addActions(commands)
        menu.menuAction().setVisible(bool(commands))
        for action in self._of_screen:
            self._specs.pop(action, None)
        self._of_screen = list(commands)
        self._specs.update(zip(commands, specs, strict=True))
        possible = set(can)
        for name in actions.ASKED_OF_SCREEN:
            self.actions[name].setEnabled(name in possible)

    def show_history(self, undo: str | None, redo: str | None) -> None:
        """Name what can be taken back and done again."""
        for name, word, label in (("undo", "Undo", undo), ("redo", "Redo", redo)):
            self.actions[name].setText(f"{word}: {label}" if label else word)
            self.actions[name].setEnabled(label is not None)

    def entries(self) -> list[Entry]:
        """Return the commands as lines of the palette, those of the screen first."""
        ordered = [*self._of_screen, *(action for action in self._specs if action not in self._of_screen)]
        return [self._entry(action, self._specs[action]) for action in ordered]

    def _entry(self, action: QAction, spec: ActionSpec) -> Entry:
        keys = keys_of(action.shortcut())
        context = "Screen" if spec.name.startswith("go_") and spec.menu == "Go" else spec.menu
        icon = spec.icon or "ph.arrow-right"
        return Entry(action.text(), action.trigger, icon, context, keys, action.isEnabled())


def _names(specs: Iterable[ActionSpec]) -> list[str]:
    return [spec.name for spec in specs]


def _go(window: "MainWindow", name: str) -> None:
    window.go_to(name)
