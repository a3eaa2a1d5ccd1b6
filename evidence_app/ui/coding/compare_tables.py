"""The tables of the coders: whose layers there are, agreement by code, and differences to settle."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyleOptionViewItem

from evidence_app.services.coding.coders import (
    CodeAgreement,
    CoderLine,
    Comparison,
    Difference,
    words_of,
)
from evidence_app.services.screening.coefficients import Estimate
from evidence_app.storage.coding_contents import CodingContents
from evidence_app.ui.coding.lines import two_lines
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table

NOT_CODED = "did not code it"


def _figure(estimate: Estimate | None) -> str:
    return f"{estimate.value:.2f}" if estimate is not None else "–"


class LayerTable(Table):
    """One row for each coder whose codings may be seen, and one for what was agreed."""

    def __init__(self, look: Look, viewer: int | None) -> None:
        self._rows: Mapping[int, CoderLine] = {}
        self._viewer = viewer
        columns = (
            Column("Layer of", self._owner),
            Column("Codings", lambda row: f"{row.codings:,}", 76, right=True),
            Column("Codes", lambda row: f"{row.codes:,}", 64, right=True),
            Column("Reports", lambda row: f"{row.reports:,}", 70, right=True),
            Column("Seen by", self._seen_by, 150),
        )
        super().__init__(look, IdTableModel(columns, self._fetch), "Coders and their layers")

    def show_layers(self, lines: Sequence[CoderLine]) -> None:
        """Show these layers."""
        self._rows = dict(enumerate(lines, 1))
        self.show_ids(list(self._rows))

    def _owner(self, line: CoderLine) -> str:
        return f"{line.name} (you)" if line.person is not None and line.person == self._viewer else line.name

    def _seen_by(self, line: CoderLine) -> str:
        return "nobody else: blind" if line.blind else "everybody: open"

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, CoderLine]:
        return {row: self._rows[row] for row in ids if row in self._rows}


class AgreementTable(Table):
    """One row for each code; the heads name the two coders."""

    def __init__(self, look: Look) -> None:
        self._rows: Mapping[int, tuple[str, CodeAgreement]] = {}
        self._agreement = IdTableModel(self._columns(("first", "second")), self._fetch)
        super().__init__(look, self._agreement, "Agreement by code")

    def show_codes(self, contents: CodingContents, found: Comparison, names: tuple[str, str]) -> None:
        """Show the agreement on each code."""
        self._rows = {each.code: (contents.placed[each.code].full_name, each) for each in found.codes}
        self._agreement.columns = self._columns(names)
        self._agreement.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._agreement.columns) - 1)
        self.show_ids(list(self._rows))

    def _columns(self, names: tuple[str, str]) -> tuple[Column, ...]:
        first, second = (name.split(" ")[0] for name in names)
        return (
            Column("Code", lambda row: row[0]),
            Column("Both", lambda row: str(row[1].both), 56, right=True),
            Column(f"Only {first}", lambda row: str(row[1].first_only), 96, right=True,
                   told=f"Only {names[0]} gave it"),
            Column(f"Only {second}", lambda row: str(row[1].second_only), 96, right=True,
                   told=f"Only {names[1]} gave it"),
            Column("Neither", lambda row: str(row[1].neither), 66, right=True),
            Column("Agree", lambda row: _figure(row[1].percent), 60, right=True,
                   told="The share of the units in which both or neither gave it"),
            Column("κ", lambda row: _figure(row[1].kappa), 54, right=True, told="Cohen’s kappa"),
            Column("AC1", lambda row: _figure(row[1].ac1), 54, right=True, told="Gwet’s AC1"),
        )  # fmt: skip

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, tuple[str, CodeAgreement]]:
        return {row: self._rows[row] for row in ids if row in self._rows}


class Told(NamedTuple):
    """What a difference says: the words, the code, who gave it and who did what instead, and where."""

    words: str
    code: str
    who: str
    place: str


def told(contents: CodingContents, difference: Difference, names: tuple[str, str]) -> Told:
    """Return what is shown of a difference."""
    unit, by_first = difference.unit, difference.by_first
    who, other = names if by_first else names[::-1]
    mine, theirs = (unit.first, unit.second) if by_first else (unit.second, unit.first)
    instead = [contents.placed[code].code.name for code in sorted(theirs - mine) if code in contents.placed]
    gave = ", ".join(f"“{name}”" for name in instead)
    did = f"gave {gave}" if gave else ("did not give it" if theirs else NOT_CODED)
    quotation = unit.quotations[0]
    report, document = contents.report_of(quotation), contents.documents[quotation.document]
    page = document.cited_pages(quotation.anchor)
    place = ", ".join(part for part in (report.short_label if report else "", page and f"p. {page}") if part)
    code = contents.placed[difference.code].full_name
    return Told(" / ".join(words_of(unit)), code, f"{who} gave it, {other} {did}", place)


class _DifferenceDelegate(RowDelegate):
    def draw(self, brush: Brush, option: QStyleOptionViewItem, _index: Index, row: Any) -> None:
        px, rect = self.look.px, option.rect
        words = QRect(rect.left() + px(14), rect.top() + px(6), rect.width() - px(26), px(36))
        two_lines(brush, words, row.words)
        line = QRect(words.left(), rect.bottom() - px(22), words.width(), px(18))
        brush.text(line, row.place, "small", "text-3", RIGHT)
        room = line.width() - brush.width(row.place, "small") - px(16)
        code = min(brush.width(row.code, "small-strong") + px(10), room)
        brush.text(QRect(line.left(), line.top(), code, line.height()), row.code, "small-strong", "text")
        brush.text(
            QRect(line.left() + code, line.top(), room - code, line.height()), row.who, "small", "text-2"
        )


class DifferenceTable(Table):
    """Passages to which one gave a code and the other did not; A agrees on the code, L leaves it out."""

    settled = Signal(bool)

    def __init__(self, look: Look) -> None:
        self._seen = look
        self.open_ones: Sequence[Difference] = ()
        self._told: Mapping[int, Told] = {}
        model = IdTableModel((Column("Difference", " · ".join),), self._fetch)
        super().__init__(look, model, "Differences to settle")
        self.setItemDelegate(_DifferenceDelegate(look, self))
        self.horizontalHeader().hide()

    def renew(self) -> None:
        """Give each row its lines."""
        super().renew()
        self.verticalHeader().setDefaultSectionSize(self._seen.px(66))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Settle the current difference by one key."""
        if event.text().lower() in ("a", "l") and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.settled.emit(event.text().lower() == "a")
        else:
            super().keyPressEvent(event)

    def show_differences(
        self, contents: CodingContents, found: Sequence[Difference], names: tuple[str, str]
    ) -> None:
        """Show these differences; the place in the list stays, so that the next one is current."""
        before = self.currentIndex().row()
        self.open_ones = found
        self._told = {at: told(contents, each, names) for at, each in enumerate(found, 1)}
        self.show_ids(list(self._told), again=False)
        self.select(min(max(before, 0) + 1, len(found)))
        self.viewport().update()

    def current(self) -> Difference | None:
        """Return the current difference."""
        row = self.current_id()
        return self.open_ones[row - 1] if row is not None and row <= len(self.open_ones) else None

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, Told]:
        return {row: self._told[row] for row in ids if row in self._told}
