"""The quotations a finding rests on, one below the other: opened on their page, or let go."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.support import Support
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts


class QuotationRow(QWidget):
    """One quotation: its words, its report and page, and what takes it off."""

    opened = Signal(object)
    let_go = Signal(object)

    def __init__(self, parts: Parts, support: Support) -> None:
        super().__init__()
        self.support = support
        named = support.words or f"Area on page {support.page}"
        words = parts.label(f"“{named}”" if support.words else named, "small", wrap=True)
        words.setMinimumWidth(40)
        page = f", p. {support.page}" if support.page else ""
        against = "Against. " if support.disconfirms else ""
        lost = ". Lost in its document" if support.is_lost else ""
        source = parts.line(f"{against}{support.report}{page}{lost}", "caption", "text-3")
        open_ = parts.tool("ph.arrow-square-out", f"Show it on its page: {named[:60]}", self._tell_opened)
        take = parts.tool("ph.x", f"Take this quotation off the finding: {named[:60]}", self._tell_let_go)
        row = across(gap=2, edge=(0, 4, 0, 4))
        row.addLayout(down(words, source, gap=1), 1)
        for tool in (open_, take):
            row.addWidget(tool)
        self.setLayout(down(row, parts.rule(), gap=0))

    def _tell_opened(self) -> None:
        self.opened.emit(self.support)

    def _tell_let_go(self) -> None:
        self.let_go.emit(self.support)


class QuotationRows(QWidget):
    """The quotations of a finding under their heading; hidden where there are none."""

    opened = Signal(object)
    let_go = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.caption = parts.caption("Rests on")
        self.rows: list[QuotationRow] = []
        self._column = down(gap=0)
        self.setLayout(down(self.caption, self._column, gap=2))
        self.hide()

    def show_supports(self, supports: Sequence[Support], told: str) -> None:
        """Show these quotations; `told` is how close to the words the support is."""
        shown = [each for each in supports if each.quotation is not None]
        if [row.support for row in self.rows] != shown:
            emptied(self._column)
            self.rows = [QuotationRow(self._parts, each) for each in shown]
            for row in self.rows:
                row.opened.connect(self.opened)
                row.let_go.connect(self.let_go)
                self._column.addWidget(row)
        self.caption.setText(f"Rests on {told}")
        self.setVisible(bool(shown))
