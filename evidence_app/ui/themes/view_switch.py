"""List or board: the board of the themes is a screen of its own."""

from PySide6.QtCore import QObject

from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.themes.shown import Shown


class ViewSwitch(QObject):
    """The choice in the header; the board opens at the theme that is chosen here."""

    def __init__(self, context: ScreenContext, shown: Shown) -> None:
        self.choice = context.parts.segments("View", (("list", "List"), ("board", "Board")), "list")
        super().__init__(self.choice)
        self._context, self._shown = context, shown
        self.choice.chosen.connect(self._turn)

    def _turn(self, view: str) -> None:
        if view == "board":
            self.choice.choose("list")
            theme = self._shown.theme
            self._context.go_to("board", Subject("theme", theme.id) if theme is not None else None)
