"""The chosen cell: report and theme, what is known of it, its summary, and the findings it rests on."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Block
from evidence_app.domain.matrix import Absence, CellMarks, CellPlace, CellState
from evidence_app.services.synthesis.matrix import ColumnKind, Matrix, MatrixCell
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

WIDTH, SHARE, NARROWEST = 300, 0.36, 240
STATES = {CellState.ABSENT: "ph.check-circle", CellState.UNSEEN: "ph.selection", CellState.CITED: "ph.quotes"}


@dataclass(frozen=True, slots=True)
class ChosenCell:
    """A cell with all the inspector says of it."""

    matrix: Matrix
    marks: CellMarks
    reference: int
    column: int

    @property
    def cell(self) -> MatrixCell:
        """What is known of it."""
        return self.matrix.cell(self.reference, self.column)

    @property
    def place(self) -> CellPlace:
        """Report and theme."""
        return CellPlace(self.reference, self.matrix.columns[self.column].theme.id)

    @property
    def absence(self) -> Absence | None:
        """Who said that the theme is absent here, of this theme or of its main theme."""
        main = self.matrix.bands[self.matrix.columns[self.column].band].theme.id
        marks = self.marks.absences
        return marks.get(self.place) or marks.get(CellPlace(self.reference, main))

    def findings(self) -> list[Block]:
        """Return the findings that cite the report here."""
        by_id = {block.id: block for block in self.matrix.contents.findings}
        return [by_id[row] for row in self.cell.blocks if row in by_id]

    def state_words(self) -> str:
        """Return what is known, by whom and since when."""
        cell, absence = self.cell, self.absence
        if cell.state is CellState.CITED:
            return f"{counted(cell.count, 'evidence anchor')}, counted"
        if cell.state is CellState.UNSEEN:
            return "Not yet looked at. That does not say that the theme is absent."
        if absence is None:
            return "Looked at, absent: each topic is marked."
        return f"Looked at, absent: {', '.join(filter(None, (absence.person, _day(absence.at))))}"


def _day(stored: str) -> str:
    try:
        at = datetime.fromisoformat(stored).astimezone()
    except ValueError:
        return stored
    return f"{at.day} {at:%B} {at.year}"


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
        self._cited = parts.caption("")
        self._findings = down(gap=10)
        self.open_report = parts.button("Open report", "plain", "ph.books")
        self._empty = parts.label("Choose a cell to see what it rests on.", "small", "text-2", wrap=True)
        theme = across(down(3, self._swatch, None, gap=0), gap=8)
        names = down(self._theme, self._main, gap=2)
        theme.addLayout(names, 1)
        state = across(down(1, self._icon, None, gap=0), gap=8)
        state.addWidget(self._state, 1)
        self._body = QFrame()
        self._body.setLayout(
            down(state, across(self.absent, None), self.summary, 4, self._cited, self._findings, gap=10)
        )
        form = down(self._body, None, gap=0, edge=(18, 12, 14, 14))
        head = down(self._empty, self._report, self._title, 6, theme, gap=3, edge=(18, 14, 14, 12))
        super().__init__(parts.look, head, form, across(self.open_report, None, edge=(14, 8, 14, 8)))
        self.setFixedWidth(parts.look.px(WIDTH))
        self.absent.clicked.connect(self.absent_asked)
        self.open_report.clicked.connect(self.report_asked)
        self.summary.edited.connect(self._tell_written)
        self.show_cell(None)

    def fit(self, room: int) -> None:
        """Leave the grid the most of a narrow screen."""
        self.setFixedWidth(min(self._parts.look.px(WIDTH), max(NARROWEST, int(room * SHARE))))

    def keep(self) -> None:
        """Keep a summary that is half typed."""
        self.summary.editor.keep()  # type: ignore[union-attr]

    def show_cell(self, chosen: ChosenCell | None) -> None:
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
        self._show_state(chosen)
        same = before is not None and before.place == chosen.place
        if not same:
            self.summary.editor.clearFocus()
        self.summary.show_value(chosen.cell.summary)
        if not same or before is None or before.findings() != chosen.findings():
            self._show_findings(chosen)

    def _name(self, chosen: ChosenCell) -> None:
        matrix, column = chosen.matrix, chosen.matrix.columns[chosen.column]
        band = matrix.bands[column.band]
        report = next(row for row in matrix.rows if row.id == chosen.reference)
        number = "" if report.number is None else f"{report.number} "
        self._report.setText(f"{number}{report.short_label}")
        self._title.setText(report.title)
        self._swatch.show_theme(band.colour)
        self._theme.setText(column.theme.name)
        told = {
            ColumnKind.SUM: f"All its {counted(band.last - band.first, 'topic')} together",
            ColumnKind.ITSELF: "Findings on the theme itself",
        }.get(column.kind, band.theme.name)
        self._main.setText(told)

    def _show_state(self, chosen: ChosenCell) -> None:
        cell = chosen.cell
        self._icon.show_icon(STATES[cell.state], "text-2")
        self._state.setText(chosen.state_words())
        cited = cell.state is CellState.CITED
        own = chosen.place in chosen.marks.absences
        self.absent.setVisible(not cited and (own or cell.state is not CellState.ABSENT))
        self.absent.rename("Not looked at after all" if own else "Looked at, absent")

    def _show_findings(self, chosen: ChosenCell) -> None:
        emptied(self._findings)
        findings = chosen.findings()
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
