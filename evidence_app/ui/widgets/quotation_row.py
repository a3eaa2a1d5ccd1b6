"""One quotation under others: its words, its source, what opens it at its line, what takes it off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.support import Support, SupportLevel
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

WHOLE = "The report as a whole"


def support_words(support: Support) -> str:
    """Return what a finding rests on: a quotation in its marks, an area, or the report as a whole."""
    if support.words:
        return f"“{support.words}”"
    return WHOLE if support.level is SupportLevel.REPORT else f"Area on page {support.printed}"


def source_line(support: Support) -> str:
    """Return where a quotation is from, how close it is, and whether it was lost."""
    page = f", p. {support.printed}" if support.printed else ""
    coded = f" · coded “{support.code}”" if support.level is SupportLevel.CODING and support.code else ""
    lost = " · lost in its document" if support.is_lost else ""
    return f"{support.report}{page}{coded}{lost}"


class QuotationRow(QWidget):
    """A quotation by its key; `take` names what takes it off, `turn` what turns it round, where it can be."""

    opened = Signal(object)
    taken = Signal(object)
    turned = Signal(object)

    def __init__(
        self, parts: Parts, key: object, words: str, source: str, *, take: str = "", turn: str = ""
    ) -> None:
        super().__init__()
        self.key = key
        named = words.strip("“”")[:60]
        said = parts.label(words, "small", wrap=True)
        said.setMinimumWidth(40)
        row = across(gap=2, edge=(0, 4, 0, 4))
        row.addLayout(down(said, parts.note(source, wrap=True), gap=1), 1)
        self.open = parts.tool("ph.arrow-square-out", f"Show it at its line: {named}", self._tell_opened)
        self.turn = parts.tool("ph.swap", f"{turn}: {named}", self._tell_turned)
        self.take = parts.tool("ph.x", f"{take}: {named}", self._tell_taken)
        for tool, offered in ((self.open, True), (self.turn, bool(turn)), (self.take, bool(take))):
            row.addWidget(tool)
            if not offered:
                tool.hide()
        self.setLayout(down(row, parts.rule(), gap=0))

    def _tell_opened(self) -> None:
        self.opened.emit(self.key)

    def _tell_taken(self) -> None:
        self.taken.emit(self.key)

    def _tell_turned(self) -> None:
        self.turned.emit(self.key)
