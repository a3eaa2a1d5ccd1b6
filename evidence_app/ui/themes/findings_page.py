"""The middle of the screen: the findings, or what an empty place says."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from evidence_app.domain.synthesis import Theme
from evidence_app.services.synthesis.overview import FindingLine, Wanted
from evidence_app.ui.themes.finding_list import FindingList
from evidence_app.ui.themes.finding_model import Row
from evidence_app.ui.widgets.parts import Parts

Call = Callable[[], object]


class FindingsPage(QStackedWidget):
    """Shows the list where there is something in it, else what to do next."""

    def __init__(self, parts: Parts, new_theme: Call, new_finding: Call, show_all: Call) -> None:
        super().__init__()
        self.list = FindingList(parts.look)
        self.no_themes = parts.empty(
            "ph.tree-structure", "The themes of this review will stand here, each with its review findings.",
            "New theme", new_theme,
            "Begin with an overarching theme or with what you found; it can be put in order later.",
        )  # fmt: skip
        self.no_findings = parts.empty(
            "ph.quotes", "", "New review finding", new_finding,
            "Or drag review findings of other themes onto it in the outline.",
        )  # fmt: skip
        self.none_match = parts.empty("ph.funnel-simple", "", "Show all", show_all)
        for page in (self.list, self.no_themes, self.no_findings, self.none_match):
            page.setProperty("ground", "surface")
            page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            page.setMinimumWidth(1)  # a long sentence must not push the inspector out of the window
            self.addWidget(page)
        self._words: QWidget | None = None
        self._rows: QWidget = self.list

    def show_words(self, words: QWidget | None) -> None:
        """Show the words of the summary in place of the findings, or the findings again."""
        if words is not None and self.indexOf(words) < 0:
            words.setMinimumWidth(1)
            self.addWidget(words)
        self._words = words
        self.setCurrentWidget(words or self._rows)

    def take_focus(self) -> None:
        """Give the keyboard to the findings, if they are shown."""
        if self._words is None:
            self.list.setFocus()

    def first_finding(self, theme: int | None) -> int:
        """Return the first finding listed, of a topic or of any; 0 where there is none."""
        lines = (row for row in self.list.rows.rows if isinstance(row, FindingLine))
        return next((row.block.id or 0 for row in lines if theme in (None, row.block.theme)), 0)

    def show_rows(self, rows: Sequence[Row], main: Theme | None, wanted: Wanted) -> None:
        """Show the findings of a theme that are wanted."""
        self.list.show_rows(rows)
        page: QWidget = self.list
        if main is None:
            page = self.no_themes
        elif not any(isinstance(row, FindingLine) for row in rows):
            page = self.none_match if wanted else self.no_findings
            self.none_match.say(f"No review finding under “{main.name}” is like that: {wanted.words()}.")
            self.no_findings.say(f"The review findings under “{main.name}” will stand here.")
        self._rows = page
        self.setCurrentWidget(self._words or page)
