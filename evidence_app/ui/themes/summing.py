"""The words of the summary beside the findings: shown in their place, kept, cited in."""

from PySide6.QtCore import QObject

from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.themes.doing import Doing
from evidence_app.ui.themes.findings_bar import FindingsBar
from evidence_app.ui.themes.findings_page import FindingsPage
from evidence_app.ui.themes.inspecting import Inspecting
from evidence_app.ui.themes.passage_acts import PassageActs
from evidence_app.ui.themes.passages_page import PassagesPage
from evidence_app.ui.themes.shown import Shown


class Summing(QObject):
    """Turns the middle of the screen from the findings to the words of the summary and back."""

    def __init__(
        self,
        context: ScreenContext,
        shown: Shown,
        doing: Doing,
        middle: tuple[FindingsPage, FindingsBar],
        inspecting: Inspecting,
    ) -> None:
        super().__init__(doing)
        self._shown, self._inspecting = shown, inspecting
        self._page, self._bar = middle
        self.on = False
        self.words = PassagesPage(context.parts, PassageActs(context, shown, doing))
        self.words.picking.connect(inspecting.pick_for)
        self.words.opened.connect(inspecting.open_reference)
        self._bar.turned.connect(self.turn)

    def turn(self, on: bool = True) -> None:
        """Show the words of the summary, or the findings."""
        if on != self.on:
            self.keep()
            self._inspecting.stop_picking()
        self.on = on
        self._bar.show_way(words=on)
        self.show()
        self._page.show_words(self.words if on else None)
        if on:
            self.words.take_focus()

    def turn_on(self) -> None:
        """Show the words of the summary."""
        self.turn(True)

    def show(self) -> None:
        """Show them as the project holds them now."""
        if self.on:
            self.words.show_passages(self._shown.contents, self._shown.main, self._shown.theme)

    def keep(self) -> None:
        """Keep what is half typed."""
        if self.on:
            self.words.keep()
