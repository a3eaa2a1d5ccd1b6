"""The quotations behind a review finding or one of its citations, each opened at its line."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.manuscript import Anchor, Role
from evidence_app.domain.support import Support
from evidence_app.ui.widgets.laying import down, emptied
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.quotation_row import QuotationRow, source_line, support_words

RESTS, AGAINST = "Rests on", "Quotations against it"


class QuotedRows(QWidget):
    """Quotations under the heading of their side; away where there are none."""

    opened = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.rows: list[QuotationRow] = []
        self._shown: tuple[Support, ...] = ()
        self._column = down(gap=2)
        self.setLayout(self._column)
        self.hide()

    def show_supports(self, supports: Sequence[Support]) -> None:
        """Show these quotations: what the finding rests on, then what speaks against it."""
        self.setVisible(bool(supports))
        if tuple(supports) == self._shown:
            return
        self._shown = tuple(supports)
        emptied(self._column)
        self.rows = []
        for heading, against in ((RESTS, False), (AGAINST, True)):
            side = [each for each in supports if each.disconfirms is against]
            if side:
                self._column.addWidget(self._parts.caption(heading))
            for each in side:
                row = QuotationRow(self._parts, each, support_words(each), source_line(each))
                row.opened.connect(self.opened)
                self.rows.append(row)
                self._column.addWidget(row)


def of_anchor(supports: Sequence[Support], anchor: Anchor) -> list[Support]:
    """Return the quotations a citation stands for: its works', on the side its role speaks for."""
    if anchor.role not in (Role.EVIDENCE, Role.CONTRAST):
        return []
    works = {int(work.reference) for work in anchor.works}
    against = anchor.role is Role.CONTRAST
    return [each for each in supports if each.reference in works and each.disconfirms is against]
