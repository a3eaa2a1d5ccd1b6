"""How far two reviewers agree: three figures with their intervals, the table behind them, the sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from evidence_app.ui.screening.confusion_table import ConfusionTable
from evidence_app.ui.screening.dialog_parts import scrolling
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One coefficient: its name, value and interval, in words."""

    name: str
    value: str
    interval: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class ShownAgreement:
    """What is shown of one pair of reviewers at one stage."""

    first: str
    second: str
    both: str
    figures: tuple[ShownFigure, ...]
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], Sequence[int]] = field(default_factory=dict)
    """The records behind the numbers; empty while they are not to be seen."""
    sentence: str = ""
    poor: str = ""
    """What the protocol says follows, where they agree less than it asks for."""


CLOSED = "While screening is blind, an adjudicator opens the records behind the numbers."


class AgreementDialog(PanelDialog):
    """Shows one pair at a time; accepted when a cell of the table is to be opened."""

    def __init__(self, parts: Parts, found: Sequence[ShownAgreement], none: str, parent: QWidget) -> None:
        super().__init__(parts, "Agreement", "", size=(660, 560), parent=parent)
        self._found = list(found)
        self.cell: tuple[str, str] | None = None
        self.pair = QComboBox()
        self.pair.setAccessibleName("Pair of reviewers")
        for each in found:
            self.pair.addItem(f"{each.first} and {each.second}: {each.both}")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(parts.look.px(18))
        self._grid.setVerticalSpacing(parts.look.px(6))
        self.table = ConfusionTable(parts)
        self.table.opened.connect(self._open)
        self.closed = parts.label(CLOSED, "small", "text-2", wrap=True)
        self.sentence = parts.label("", "body", wrap=True)
        self.poor = parts.banner("ph.warning", "maybe", "")
        self.poor.label.setMinimumWidth(40)
        for label in (self.sentence, self.poor.label, self.closed):
            label.setMinimumWidth(40)
        self.copy = parts.button("Copy the sentence", "plain", "ph.copy", self.copy_sentence)
        body = down(
            self.pair, self.poor, self._grid, 6, parts.rule(), 4, self.table, self.closed, 6, parts.rule(), 4,
            parts.caption("For the methods"), self.sentence, across(self.copy, None), None, gap=6,
            edge=(0, 0, 8, 0),
        )  # fmt: skip
        self._body = scrolling(body)
        self.nothing = parts.label(none, "body", "text-2", wrap=True)
        self.nothing.setMinimumWidth(40)
        self.put(self.nothing)
        self.put(self._body, share=1)
        self.pair.setVisible(len(found) > 1)
        self.nothing.setVisible(not found)
        self._body.setVisible(bool(found))
        if not found:
            self.body.addStretch(1)
        self.offer(parts.button("Close", "plain", act=self.reject))
        self.pair.currentIndexChanged.connect(self._show)
        self._show()

    @property
    def shown(self) -> ShownAgreement | None:
        """The pair that is shown."""
        place = max(self.pair.currentIndex(), 0)
        return self._found[place] if place < len(self._found) else None

    def _show(self) -> None:
        shown = self.shown
        if shown is None:
            return
        self.tell(
            f"{shown.first} and {shown.second}, {shown.both}. What was settled later changes nothing here."
        )
        emptied(self._grid)
        for row, figure in enumerate(shown.figures):
            self._grid.addWidget(self.parts.label(figure.name, "body", "text-2"), row, 0)
            self._grid.addWidget(self.parts.label(figure.value, "title"), row, 1)
            for column, words, tone in ((2, figure.interval, "text-2"), (3, figure.explanation, "text-3")):
                told = self.parts.label(words, "small", tone, wrap=True)
                told.setMinimumWidth(40)
                self._grid.addWidget(told, row, column)
        self._grid.setColumnStretch(2, 3)
        self._grid.setColumnStretch(3, 4)
        self.table.show_counts(shown.counts, shown.first, shown.second, opens=bool(shown.cells))
        self.closed.setVisible(not shown.cells)
        self.sentence.setText(shown.sentence)
        self.poor.label.setText(shown.poor)
        self.poor.setVisible(bool(shown.poor))

    def copy_sentence(self) -> None:
        """Put the sentence on the clipboard."""
        QGuiApplication.clipboard().setText(self.sentence.text())
        self.copy.rename("Copied")

    def _open(self, cell: tuple[str, str]) -> None:
        self.cell = cell
        self.accept()

    def opened_records(self) -> tuple[str, list[int]] | None:
        """Return the cell that was pressed: its name and its records."""
        shown = self.shown
        if shown is None or self.cell is None:
            return None
        mine, theirs = self.cell
        first, second = (name.split()[0] for name in (shown.first, shown.second))
        return f"{first} {mine}, {second} {theirs}", list(shown.cells.get(self.cell, ()))
