"""Menus made of commands: what they hold, and where they open."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget


def popup(owner: QWidget, actions: Iterable[QAction], names: Iterable[str], spot: QPoint) -> QMenu:
    """Open a menu of the commands of these names at a place of the screen; an empty name is a line."""
    known = {action.objectName(): action for action in actions}
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name in names:
        if name:
            menu.addAction(known[name])
        else:
            menu.addSeparator()
    menu.popup(spot)
    return menu


def menu_spot(view: QAbstractItemView, event: QContextMenuEvent) -> QPoint:
    """Return where a menu opens: at the pointer, or below the current row when it was asked by key."""
    if event.reason() != QContextMenuEvent.Reason.Keyboard:
        return event.globalPos()
    rect = view.visualRect(view.currentIndex())
    return view.viewport().mapToGlobal(rect.bottomLeft())
