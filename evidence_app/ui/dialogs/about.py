"""Help: what each screen is for, the keys, and what the program is made of."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtWidgets import QGridLayout, QWidget

from evidence_app.ui.registry import ScreenSpec
from evidence_app.ui.shell.palette import Entry
from evidence_app.ui.widgets.laying import across, down, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

IN_LISTS = (
    ("Up, Down, Page Up, Page Down", "go through a list"),
    ("Enter", "keep a field, open a row, run a command"),
    ("Esc", "restore a field, empty the search box, close a panel"),
    ("Home, End", "go to the first or the last row"),
    ("Enter in a search box", "go to what was found"),
    ("Ctrl+Enter", "do what a dialog is for, out of any of its fields"),
    ("Tab, Shift+Tab", "go to the next or the previous part of the window"),
    ("Alt", "show or hide the menu bar"),
    ("Ctrl+Z in a field", "take back typing; elsewhere the last edit"),
)


SEARCHING = (
    ("co-production funding", "both words, anywhere in the reference"),
    ('"collective voice"', "these words side by side"),
    ("author:loeffler year:2010..2019", "in one field; a range of years"),
    ("doi:missing", "references that have none"),
    ("theme:governance set:included", "what supports a theme; a set"),
)


class HelpDialog(PanelDialog):
    """What each screen is for and how searching works."""

    def __init__(self, parts: Parts, screens: Sequence[ScreenSpec], parent: QWidget | None = None) -> None:
        super().__init__(parts, "Help", size=(560, 680), parent=parent)
        column = down(
            parts.label("The screens, in the order of a review", "title"), gap=6, edge=(24, 14, 20, 16)
        )
        for spec in screens:
            words = down(parts.label(spec.title, "strong"), parts.note(spec.purpose, wrap=True), gap=0)
            line = across(parts.icon(spec.icon, "text-2", 18), gap=10)
            line.addLayout(words, 1)
            column.addLayout(line)
        column.addSpacing(10)
        column.addWidget(parts.label("Searching", "title"))
        grid = QGridLayout()
        for row, (typed, found) in enumerate(SEARCHING):
            grid.addWidget(parts.key(typed), row, 0)
            grid.addWidget(parts.note(found), row, 1)
        column.addLayout(grid)
        column.addStretch(1)
        _close_under(self, scrolled(column))


class KeysDialog(PanelDialog):
    """Every key the window knows."""

    def __init__(self, parts: Parts, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parts, "Keys", size=(520, 640), parent=parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(parts.look.px(24))
        grid.setContentsMargins(24, 14, 20, 16)
        rows = [(entry.keys, entry.text) for entry in entries if entry.keys] + list(IN_LISTS)
        for row, (keys, text) in enumerate(rows):
            grid.addWidget(parts.key(keys), row, 0)
            grid.addWidget(parts.label(text), row, 1)
        _close_under(self, scrolled(grid))


def _close_under(dialog: PanelDialog, content: QWidget) -> None:
    dialog.body.setContentsMargins(0, 0, 0, 0)
    dialog.put(content, share=1)
    close = dialog.parts.button("Close", "plain", act=dialog.accept)
    close.setDefault(True)
    dialog.offer(close)


def about_text() -> str:
    """Return version and credits."""
    try:
        number = version("evidence-desk")
    except PackageNotFoundError:
        number = "unreleased"
    return (
        f"Version {number}. MIT licence.\n\nWritten with Qt for Python (LGPL). Icons: Phosphor (MIT). "
        "Citation styles: the CSL project (CC BY-SA 3.0). Bibliographies and documents: pandoc "
        "(GPL, run as a program of its own) and Typst (Apache 2.0). Metadata: Crossref."
    )
