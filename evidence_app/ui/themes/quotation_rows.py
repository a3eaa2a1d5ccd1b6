"""The quotations a finding rests on, or that speak against it: opened at their line, turned round, let go."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from evidence_app.domain.support import Support
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.quotation_row import QuotationRow, source_line, support_words

FOR, AGAINST = "for", "against"
_HEADS = {FOR: "Rests on", AGAINST: "Quotations against it"}
_NOTHING = {
    FOR: "No quotation yet: the reports below support it as a whole. Add the lines it rests on.",
    AGAINST: "No quotation speaks against it yet.",
}
_ADD = {FOR: "Add quotations it rests on", AGAINST: "Add quotations that speak against it"}
_TURN = {FOR: "It speaks against the finding", AGAINST: "The finding rests on it"}


class QuotationRows(QWidget):
    """The quotations on one side of a finding, under their heading with what adds one."""

    opened = Signal(object)
    let_go = Signal(object)
    turned = Signal(object)
    added = Signal()

    def __init__(self, parts: Parts, side: str) -> None:
        super().__init__()
        self._parts, self._side = parts, side
        self.caption = parts.caption(_HEADS[side])
        self.add = parts.button("Add", "filter", "ph.plus", self._tell_added)
        self.add.setAccessibleName(_ADD[side])
        self.add.setToolTip(_ADD[side])
        self.note = parts.note("", wrap=True)
        self.rows: list[QuotationRow] = []
        self._shown: tuple[Support, ...] | None = None
        self._column = down(gap=0)
        head = across(self.caption, None, self.add, gap=8)
        self.setLayout(down(head, self.note, self._column, gap=2))

    def show_supports(self, supports: Sequence[Support], told: str) -> None:
        """Show quotations; `told` is where they are from. When one goes, the next has the keyboard."""
        self.note.setText(told if supports else _NOTHING[self._side])
        self.note.setVisible(bool(self.note.text()))
        if tuple(supports) == self._shown:
            return
        self._shown = tuple(supports)
        had = self._focused()
        emptied(self._column)
        self.rows = [self._row(each) for each in supports]
        for row in self.rows:
            self._column.addWidget(row)
        if had is not None:
            (self.rows[min(had, len(self.rows) - 1)].take if self.rows else self.add).setFocus()

    def _row(self, support: Support) -> QuotationRow:
        row = QuotationRow(
            self._parts, support, support_words(support), source_line(support),
            take="Take this quotation off the finding", turn=_TURN[self._side],
        )  # fmt: skip
        row.opened.connect(self.opened)
        row.taken.connect(self.let_go)
        row.turned.connect(self.turned)
        return row

    def _focused(self) -> int | None:
        focus = QApplication.focusWidget()
        for at, row in enumerate(self.rows):
            if focus is not None and row.isAncestorOf(focus):
                return at
        return None

    def _tell_added(self) -> None:
        self.added.emit()
