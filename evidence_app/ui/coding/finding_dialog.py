"""Writing a review finding from quotations: the statement, its theme, its direction."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Direction
from evidence_app.services.coding.retrieval import FoundQuotation
from evidence_app.ui.directions import DIRECTIONS
from evidence_app.ui.widgets.laying import across, down, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

FACT = "The finding cites their reports with the pages, and leads back to these words."


class FindingDialog(PanelDialog):
    """What the quotations say together, in the reviewer's own words."""

    keeps_words = True

    def __init__(
        self,
        parts: Parts,
        found: Sequence[FoundQuotation],
        themes: Sequence[tuple[int, str]],
        parent: QWidget,
    ) -> None:
        title = f"Write a review finding from {counted(len(found), 'quotation')}"
        super().__init__(parts, title, FACT, size=(640, 560), parent=parent)
        look = parts.look
        self.statement = QPlainTextEdit()
        self.statement.setAccessibleName("Statement of the finding")
        self.statement.setPlaceholderText("What they say together, in your own words")
        self.statement.setTabChangesFocus(True)
        self.statement.setFont(look.font("statement"))
        self.statement.setFixedHeight(look.px(92))
        self.theme = QComboBox()
        self.theme.setAccessibleName("Theme")
        for row, name in themes:
            self.theme.addItem(name, row)
        choices = [(direction.value, DIRECTIONS[direction].word) for direction in Direction]
        self.direction = parts.segments("Direction", choices, columns=3)
        quotes = down(*(self._quoted(each) for each in found), None, gap=6)
        body = down(
            parts.caption("Statement"), self.statement,
            across(parts.caption("Theme"), self.theme, None, gap=8),
            self.direction, 4, parts.caption("From"), gap=6,
        )  # fmt: skip
        self.put(body)
        self.put(scrolled(quotes), share=1)
        self.write = parts.button("Write the finding", "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.write)
        self.statement.textChanged.connect(self._tell)
        self._tell()

    def _quoted(self, each: FoundQuotation) -> QWidget:
        label = self.parts.label(f"“{each.quotation.words}” {each.citation}", "small", "text-2", wrap=True)
        label.setMinimumWidth(40)
        return label

    def choose_theme(self, theme: int | None) -> None:
        """Offer a theme first; another can be chosen."""
        at = self.theme.findData(theme)
        if at >= 0:
            self.theme.setCurrentIndex(at)

    def wanted(self) -> tuple[int, str, Direction | None]:
        """Return the theme, the statement and the direction."""
        direction = self.direction.choice
        text = self.statement.toPlainText()
        return int(self.theme.currentData()), text, Direction(direction) if direction else None

    def _tell(self) -> None:
        self.write.setEnabled(bool(self.statement.toPlainText().strip()) and self.theme.count() > 0)
