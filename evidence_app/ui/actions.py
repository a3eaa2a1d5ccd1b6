"""Menus, shortcuts and the palette's commands, declared once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

Handler = Callable[[], object]
MENUS = ("File", "Edit", "Go", "View", "Screen", "Help")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """A command: its handler is the method of the same name, of the window or of a screen."""

    name: str
    text: str
    menu: str
    shortcut: str = ""
    icon: str = ""

    @property
    def keys(self) -> list[str]:
        """The shortcuts, several of them separated by a blank."""
        return self.shortcut.split()


WINDOW = (
    ActionSpec("new_project", "New project…", "File", "Ctrl+Shift+N", "ph.file-plus"),
    ActionSpec("open_project", "Open project…", "File", "Ctrl+O", "ph.folder-open"),
    ActionSpec("open_sample", "Open the sample review", "File", "", "ph.book-bookmark"),
    ActionSpec("add", "Add references…", "File", "Ctrl+N", "ph.plus"),
    ActionSpec("export", "Export…", "File", "Ctrl+E", "ph.export"),
    ActionSpec("work_as", "Somebody else works here…", "File", "", "ph.user"),
    ActionSpec("settings", "Settings…", "File", "Ctrl+,", "ph.gear"),
    ActionSpec("quit", "Quit", "File", "Ctrl+Q", "ph.sign-out"),
    ActionSpec("undo", "Undo", "Edit", "Ctrl+Z", "ph.arrow-u-up-left"),
    ActionSpec("redo", "Redo", "Edit", "Ctrl+Shift+Z Ctrl+Y", "ph.arrow-u-up-right"),
    ActionSpec("copy_citation", "Copy citation", "Edit", "Ctrl+Shift+C", "ph.quotes"),
    ActionSpec("copy_entry", "Copy bibliography entry", "Edit", "Ctrl+Alt+C", "ph.copy"),
    ActionSpec("find", "Search", "Edit", "Ctrl+F", "ph.magnifying-glass"),
    ActionSpec("replace", "Find and replace…", "Edit", "Ctrl+H", "ph.swap"),
    ActionSpec("stop_task", "Cancel what is running", "Edit", "Ctrl+.", "ph.x"),
    ActionSpec("palette", "Commands, screens and references…", "Go", "Ctrl+Shift+P", "ph.command"),
    ActionSpec("history", "History", "Go", "Ctrl+Shift+H", "ph.clock-counter-clockwise"),
    ActionSpec("to_message", "Go to the message", "Go", "F6", "ph.chat-text"),
    ActionSpec("go_back", "Back", "Go", "Alt+Left", "ph.arrow-left"),
    ActionSpec("theme_system", "Follow the system's light or dark", "View", "", "ph.desktop"),
    ActionSpec("theme_light", "Light", "View", "", "ph.sun"),
    ActionSpec("theme_dark", "Dark", "View", "", "ph.moon"),
    ActionSpec("larger_text", "Larger text", "View", "Ctrl++ Ctrl+=", "ph.text-aa"),
    ActionSpec("smaller_text", "Smaller text", "View", "Ctrl+-", "ph.text-aa"),
    ActionSpec("toggle_inspector", "Show or hide the inspector", "View", "Ctrl+I", "ph.layout"),
    ActionSpec("help", "Help", "Help", "F1", "ph.question"),
    ActionSpec("keys", "Keys", "Help", "Ctrl+/", "ph.keyboard"),
    ActionSpec("about", "About Evidence Desk", "Help", "", "ph.info"),
)
"""The commands of the window. The screens add "Go to …" with Ctrl+1 to Ctrl+0 from their registry."""

ASKED_OF_SCREEN = ("find", "add", "export", "replace", "copy_citation", "copy_entry")
"""Commands of the window that the screen shown answers, if it can."""


def made(specs: Iterable[ActionSpec], owner: QObject, parent: QObject) -> list[QAction]:
    """Return an action for each spec, connected to the owner's method of the same name."""
    actions = []
    for spec in specs:
        action = QAction(spec.text, parent)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.triggered.connect(getattr(owner, spec.name))
        actions.append(action)
    return actions
