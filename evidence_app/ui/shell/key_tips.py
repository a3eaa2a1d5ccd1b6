"""Tool tips that name the key: a button that does what a command does says the command's key as well."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from evidence_app.ui.actions import WINDOW, ActionSpec
from evidence_app.ui.screen import Screen
from evidence_app.ui.shell.palette import keys_of
from evidence_app.ui.widgets.buttons import ACT, Tool


def name_keys(screen: Screen, header: QWidget) -> None:
    """Give every button of a screen and of its header the key of the command that it does."""
    commands = _commands(screen)
    for button in (*header.findChildren(QAbstractButton), *screen.findChildren(QAbstractButton)):
        spec = commands.get(str(button.property(ACT) or ""))
        if spec is None:
            continue
        words = button.toolTip() if isinstance(button, Tool) else spec.text.rstrip("…")
        button.setToolTip(f"{words}  ({keys_of(QKeySequence(spec.keys[0]))})")


def _commands(screen: Screen) -> dict[str, ActionSpec]:
    """Return the commands with a key by the name of the method that does them."""
    found = {spec.name: spec for spec in screen.ACTIONS if spec.shortcut}
    asked = screen.handlers()
    for spec in WINDOW:
        if spec.shortcut and spec.name in asked:
            found.setdefault(getattr(asked[spec.name], "__name__", ""), spec)
    return found
