"""Comparing coders: their layers, agreement by code, differences to settle, new codes in each report."""

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.coding import coders_export
from evidence_app.services.coding.coders import (
    UNIT_WORDS,
    Comparison,
    coders_of,
    compare,
    differences,
    layers_of,
    new_code_curve,
)
from evidence_app.storage import coding, coding_notes
from evidence_app.storage.coding_contents import CodingContents, coding_contents
from evidence_app.storage.connections import Reader
from evidence_app.ui.coding.compare_tables import AgreementTable, DifferenceTable, LayerTable
from evidence_app.ui.coding.curve import Curve
from evidence_app.ui.widgets.laying import across, down, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

LAYERS, AGREEMENT, NEW_CODES = range(3)
BLIND = "You code blind: nobody else sees your codings, and you see nobody else’s, until you open yours."
OPEN = "Your codings are open: everybody sees them, unless you code blind."
ANOTHER = (
    "Each coder works under a name of their own. Another coder at this computer says so at the bottom left, "
    "where your name stands."
)
TWO = "Two people must have coded, and be seen, before they can be compared."
HIDDEN = "One of them codes blind, so nothing is compared until those codings are opened."


class Compared(NamedTuple):
    """What the dialog shows."""

    contents: CodingContents
    refused: frozenset[tuple[int, int]]
    viewer: int | None = None
    blind: bool = False


def read_compared(reader: Reader, guid: str) -> Compared:
    """Return all codings this person may see, and what was left out of what is agreed."""
    viewer = coding.person_of(reader, guid)
    contents = coding_contents(reader, -1 if viewer is None else viewer)
    blind = any(layer.blind and layer.person == viewer for layer in contents.layers if viewer is not None)
    return Compared(contents, coding_notes.refusals(reader), viewer, blind)


class CompareDialog(PanelDialog):
    """The coders, two of them side by side, and the curve of new codes."""

    settled = Signal(object, bool, str)
    """A `Difference`, whether the code is taken, and why."""
    shown = Signal(int)
    """A quotation is to be shown; the dialog gives way."""
    blind_asked = Signal()
    export_asked = Signal()
    undo_asked = Signal()

    def __init__(self, parts: Parts, found: Compared, tab: int | None = None) -> None:
        super().__init__(parts, "Coders", size=(880, 700))
        self.found = found
        self._people = coders_of(found.contents)
        self.first, self.second = (
            self._box(name, at) for at, name in enumerate(("First coder", "Second coder"))
        )
        self.table, self.differences = AgreementTable(parts.look), DifferenceTable(parts.look)
        self.layers, self.curve = LayerTable(parts.look, found.viewer), Curve(parts.look)
        self._hidden = parts.label("", "small", "maybe", wrap=True)
        self._count = parts.caption("")
        self._state = parts.note("", wrap=True)
        self._blind = parts.button("", "plain", "ph.eye-slash")
        self._blind.clicked.connect(self.blind_asked)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Why (kept with the decision)")
        self.reason.setAccessibleName("Why it is settled so")
        self._acts = (
            parts.button("Agree on the code", "plain", "ph.check", self._take),
            parts.button("Leave it out", "plain", "ph.x", self._leave),
            parts.button("Show the passage", "filter", "ph.book-open", self._look_at),
        )
        self.tabs = parts.tabs("Coders", ("Layers", "Agreement", "New codes in each report"))
        self._lay()
        self._listen()
        self._compare()
        differ = self._made.units
        self.tabs.setCurrentIndex(tab if tab is not None else AGREEMENT if differ else LAYERS)

    def _lay(self) -> None:
        parts, take, leave, look_at = self.parts, *self._acts
        layers, agreement, inside = QWidget(), QWidget(), QWidget()
        column = down(across(self._state, gap=12), gap=8)
        column.addLayout(across(self._blind, None))
        column.addWidget(self.layers, 1)
        column.addWidget(parts.note(ANOTHER, wrap=True))
        layers.setLayout(column)
        column = down(across(self.first, parts.note("and"), self.second, None, gap=8), gap=8)
        column.addWidget(parts.note(UNIT_WORDS, wrap=True))
        column.addWidget(self._hidden)
        column.addWidget(self.table, 2)
        column.addWidget(self._count)
        column.addWidget(self.differences, 3)
        row = across(take, leave, gap=8)
        row.addWidget(self.reason, 1)
        row.addWidget(look_at)
        column.addLayout(row)
        agreement.setLayout(column)
        self._pages = QStackedLayout(inside)
        for page in (layers, agreement, scrolled(down(self.curve, None))):
            self._pages.addWidget(page)
        self.put(self.tabs)
        self.put(inside, share=1)
        self.hint((("A", "agree"), ("L", "leave out"), ("Enter", "show"), ("Ctrl+Z", "take back")))
        export = parts.button("Export…", "plain", "ph.export", self.export_asked.emit)
        self.offer(export, parts.button("Close", "primary", act=self.accept))

    def _listen(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        for box in (self.first, self.second):
            box.currentIndexChanged.connect(self._compare)
        self.differences.settled.connect(self._settle)
        self.differences.opened.connect(self._look_at)
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self.undo_asked)
        QShortcut(QKeySequence("Ctrl+E"), self).activated.connect(self.export_asked)

    def _box(self, name: str, at: int) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for person in self._people:
            box.addItem(self.found.contents.people.get(person, ""), person)
        box.setCurrentIndex(min(at, len(self._people) - 1))
        box.setMinimumContentsLength(14)
        return box

    def show_compared(self, found: Compared) -> None:
        """Show what is so now, after something was settled."""
        self.found = found
        self._compare()

    def choose(self, first: int, second: int) -> None:
        """Compare these two again."""
        for box, person in ((self.first, first), (self.second, second)):
            box.setCurrentIndex(max(0, box.findData(person)))

    @property
    def tab(self) -> int:
        """Which tab is looked at."""
        return self.tabs.currentIndex()

    def exported(self) -> tuple[coders_export.Compared, str]:
        """Return what can be exported, and the name of the table that is looked at."""
        told = coders_export.NEW_CODES if self.tab == NEW_CODES else coders_export.AGREEMENT
        left = self.differences.open_ones
        return coders_export.Compared(self.found.contents, self._made, self._names(), left), told

    def _names(self) -> tuple[str, str]:
        return self.first.currentText(), self.second.currentText()

    def _show_tab(self, tab: int) -> None:
        self._pages.setCurrentIndex(tab)
        if tab == AGREEMENT and self.differences.open_ones:
            self.differences.setFocus()

    def _compare(self) -> None:
        contents = self.found.contents
        first, second = self.first.currentData(), self.second.currentData()
        made, words = Comparison((), ()), ""
        if first is None or second is None or first == second:
            words = BLIND if self.found.blind else TWO
        else:
            made = compare(contents, first, second)
            words = HIDDEN if made.hidden else ""
        self._made = made
        self._hidden.setText(words)
        self._hidden.setVisible(bool(words))
        self.table.show_codes(contents, made, self._names())
        left = differences(contents, made, self.found.refused)
        self.differences.show_differences(contents, left, self._names())
        units = counted(len(made.units), "unit")
        self._count.setText(f"{counted(len(left), 'difference')} to settle in {units}" if made.units else "")
        for part in (*self._acts, self.reason):
            part.setEnabled(bool(left))
        self._state.setText(BLIND if self.found.blind else OPEN)
        self._blind.rename("Open my codings" if self.found.blind else "Code blind from now on")
        self.layers.show_layers(layers_of(contents))
        self.curve.show_points(new_code_curve(contents))

    def _take(self) -> None:
        self._settle(take=True)

    def _leave(self) -> None:
        self._settle(take=False)

    def _settle(self, take: bool) -> None:
        current = self.differences.current()
        if current is not None:
            reason = self.reason.text()
            self.reason.clear()
            self.settled.emit(current, take, reason)

    def _look_at(self, _row: object = None) -> None:
        current = self.differences.current()
        if current is not None:
            self.shown.emit(current.unit.quotations[0].id)
            self.accept()
