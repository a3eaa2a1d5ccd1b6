"""The column beside the matrix: the chosen cell, its summary, its quotations, the findings it rests on."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout

from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Block
from evidence_app.domain.matrix import By, CellState, LookedAt
from evidence_app.ui.matrix.chosen import MOST, ChosenCell, Passage
from evidence_app.ui.widgets.focus_order import order_focus
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.quotation_row import QuotationRow

WIDTH, SHARE, NARROWEST = 300, 0.36, 240
STATES = {CellState.ABSENT: "ph.check-circle", CellState.UNSEEN: "ph.selection"}
HINTS = {
    By.THEMES: "What the {row} says on this theme", By.CODES: "What the {row} says on this code",
    By.CHARACTERISTICS: "What is worth saying of this",
}  # fmt: skip


class FindingCard(QFrame):
    """A review finding that cites the report, and where it can be seen."""

    asked = Signal(str, object)

    def __init__(self, parts: Parts, block: Block) -> None:
        super().__init__()
        self._block = block
        words = " ".join(block.text.split())
        themes = parts.button("Themes", "", "ph.tree-structure", self._to_themes)
        manuscript = parts.button("Manuscript", "", "ph.article", self._to_manuscript)
        themes.setAccessibleName(f"Show in Themes: {words[:60]}")
        manuscript.setAccessibleName(f"Show in the manuscript: {words[:60]}")
        column = down(gap=4)
        if block.direction is not None:
            column.addLayout(across(parts.direction(block.direction), None))
        column.addWidget(parts.label(words, "body", wrap=True))
        column.addLayout(across(themes, manuscript, None, gap=2))
        self.setLayout(column)

    def _to_themes(self) -> None:
        self.asked.emit("themes", self._block.id)

    def _to_manuscript(self) -> None:
        self.asked.emit("manuscript", self._block.id)


class CellInspector(Inspector):
    """What the chosen cell rests on."""

    absent_asked = Signal()
    written = Signal(object, str)
    """A summary: its `CellPlace` and the text."""
    report_asked = Signal()
    finding_asked = Signal(str, object)
    """The screen that is to show a finding, and the row of the finding."""
    quotation_asked = Signal(object)

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._shown: ChosenCell | None = None
        self._report = parts.label("", "title", wrap=True)
        self._title = parts.label("", "small", "text-2", wrap=True)
        self._swatch = parts.swatch(0)
        self._theme = parts.label("", "strong", wrap=True)
        self._main = parts.label("", "small", "text-2", wrap=True)
        self._icon = parts.icon("ph.selection", "text-2")
        self._state = parts.label("", "body", wrap=True)
        self.absent = parts.button("Looked at, absent", "plain", "ph.check-circle")
        self.summary = parts.long_field("Framework summary", hint="What the report says on this theme")
        self._others = parts.note("", wrap=True)
        self._told = parts.label("", "small", "text-2", wrap=True)
        self._quoted = parts.caption("")
        self._more = parts.note("", wrap=True)
        self._passages = down(gap=0)
        self._rows: list[QuotationRow] = []
        self._cited = parts.caption("")
        self._findings = down(gap=10)
        self.open_report = parts.button("Open report", "plain", "ph.books")
        self._empty = parts.label("Choose a cell to see what it rests on.", "small", "text-2", wrap=True)
        super().__init__(parts.look, *self._laid())
        self.setFixedWidth(parts.look.px(WIDTH))
        self.absent.clicked.connect(self.absent_asked)
        self.open_report.clicked.connect(self.report_asked)
        self.summary.edited.connect(self._tell_written)
        self.show_cell(None)

    def _laid(self) -> tuple[QLayout, QLayout, QLayout]:
        """Return head, form and foot."""
        theme = across(down(3, self._swatch, None, gap=0), gap=8)
        names = down(self._theme, self._main, gap=2)
        theme.addLayout(names, 1)
        state = across(down(1, self._icon, None, gap=0), gap=8)
        state.addWidget(self._state, 1)
        self._body = QFrame()
        self._body.setLayout(
            down(
                state,
                self._told,
                across(self.absent, None),
                self.summary,
                self._others,
                4,
                down(self._quoted, self._passages, self._more, gap=2),
                4,
                self._cited,
                self._findings,
                gap=10,
            )
        )
        form = down(self._body, None, gap=0, edge=(18, 12, 14, 14))
        head = down(self._empty, self._report, self._title, 6, theme, gap=3, edge=(18, 14, 14, 12))
        return head, form, across(self.open_report, None, edge=(14, 8, 14, 8))

    def fit(self, room: int) -> None:
        """Leave the grid the most of a narrow screen."""
        self.setFixedWidth(min(self._parts.look.px(WIDTH), max(NARROWEST, int(room * SHARE))))

    def keep(self) -> None:
        """Keep a summary that is half typed."""
        self.summary.editor.keep()  # type: ignore[union-attr]

    def show_cell(
        self, chosen: ChosenCell | None, passages: Sequence[Passage] = (), told: Sequence[str] = (),
        looked: LookedAt | None = None,
    ) -> None:  # fmt: skip
        """Show another cell, or that none is chosen; a summary that is half typed is kept first."""
        before = self._shown
        if before is not None and (chosen is None or chosen.place != before.place):
            self.keep()
        self._shown = chosen
        for part in (self._report, self._title, self._swatch, self._theme, self._main, self._body):
            part.setVisible(chosen is not None)
        self._empty.setVisible(chosen is None)
        self.open_report.setEnabled(chosen is not None)
        if chosen is None:
            emptied(self._findings)
            return
        self._name(chosen)
        self._show_state(chosen, told, looked)
        same = before is not None and before.place == chosen.place
        if not same:
            self.summary.editor.clearFocus()
        hint = HINTS[chosen.matrix.by].format(row=chosen.matrix.per.value)
        self.summary.editor.hint(hint)  # type: ignore[union-attr]
        self.summary.show_value(chosen.summary)
        others = chosen.other_summaries()
        self._others.setText("\n".join(others))
        self._others.setVisible(bool(others))
        self._show_passages(chosen, passages)
        if not same or before is None or before.findings() != chosen.findings():
            self._show_findings(chosen)
        order_focus(self)  # what was made now stands in its place for Tab too

    def open_first(self) -> bool:
        """Open the first quotation of the cell; False where there is none."""
        if self._rows:
            self.quotation_asked.emit(self._rows[0].key)
        return bool(self._rows)

    def _name(self, chosen: ChosenCell) -> None:
        matrix, column, row = chosen.matrix, chosen.matrix.columns[chosen.column], chosen.row
        number = "" if row.number is None else f"{row.number} "
        self._report.setText(f"{number}{row.short_label}")
        reports = f"{counted(len(row.reports), 'report')}: " if len(row.reports) > 1 else ""
        self._title.setText(f"{reports}{row.title}")
        self._swatch.show_theme(matrix.bands[column.band].colour)
        self._theme.setText(column.of.name)
        self._main.setText(chosen.theme_words())

    def _show_state(self, chosen: ChosenCell, told: Sequence[str], looked: LookedAt | None) -> None:
        cell = chosen.cell
        self._icon.show_icon(STATES.get(cell.state, "ph.quotes"), "text-2")
        self._state.setText(chosen.state_words(looked))
        self._told.setText("\n".join(told))
        self._told.setVisible(bool(told))
        own = chosen.is_marked
        can = chosen.matrix.by is not By.CHARACTERISTICS and not cell.state.is_there
        self.absent.setVisible(can and (own or cell.state is not CellState.ABSENT))
        self.absent.rename("Not looked at after all" if own else "Looked at, absent")

    def _show_passages(self, chosen: ChosenCell, passages: Sequence[Passage]) -> None:
        emptied(self._passages)
        self._rows = [QuotationRow(self._parts, each.subject, each.words, each.source) for each in passages]
        for row in self._rows:
            row.opened.connect(self.quotation_asked)
            self._passages.addWidget(row)
        values = chosen.matrix.by is By.CHARACTERISTICS
        several = max(len(chosen.cell.quotations), len(passages))
        said = f"{counted(several, 'passage')} of the report" if values else counted(several, "quotation")
        nothing = "No passage says it" if values else "No quotations yet"
        self._quoted.setText(said if several else nothing)
        over = several - len(passages)
        self._more.setText(f"and {over:,} more: find them in Coding, in the tab Quotations.")
        self._more.setVisible(over > 0 and len(passages) >= MOST)

    def _show_findings(self, chosen: ChosenCell) -> None:
        emptied(self._findings)
        findings = chosen.findings()
        self._cited.setVisible(chosen.matrix.by is By.THEMES)
        self._cited.setText(
            f"Cited by {counted(len(findings), 'review finding')}"
            if findings
            else "Cited by no review finding"
        )
        for block in findings:
            card = FindingCard(self._parts, block)
            card.asked.connect(self.finding_asked)
            self._findings.addWidget(card)

    def _tell_written(self, text: str) -> None:
        if self._shown is not None:
            self.written.emit(self._shown.place, text)
