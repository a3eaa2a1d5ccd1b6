"""Comparing coders: agreement by code, differences to settle, and how many new codes each report brought."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QStackedLayout, QStyleOptionViewItem, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.coding.coders import (
    UNIT_WORDS,
    CodeAgreement,
    Comparison,
    CurvePoint,
    Difference,
    coders_of,
    compare,
    differences,
    new_code_curve,
)
from evidence_app.services.screening.coefficients import Estimate
from evidence_app.storage import coding, coding_notes
from evidence_app.storage.coding_contents import CodingContents, coding_contents
from evidence_app.storage.connections import Reader
from evidence_app.ui.coding.lines import two_lines
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.widgets.laying import across, down, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table


class Compared(NamedTuple):
    """What the dialog shows."""

    contents: CodingContents
    settled: frozenset[str]


def read_compared(reader: Reader, guid: str) -> Compared:
    """Return all codings this person may see, and what was refused."""
    viewer = coding.person_of(reader, guid)
    contents = coding_contents(reader, -1 if viewer is None else viewer)
    return Compared(contents, frozenset(memo.title for memo in coding_notes.memos(reader) if memo.title))


def _figure(estimate: Estimate | None) -> str:
    return f"{estimate.value:.2f}" if estimate is not None else "–"


class AgreementTable(Table):
    """One row for each code."""

    def __init__(self, look: Look) -> None:
        self._rows: Mapping[int, tuple[str, CodeAgreement]] = {}
        columns = (
            Column("Code", lambda row: row[0]),
            Column("Both", lambda row: str(row[1].both), 50, right=True),
            Column("First", lambda row: str(row[1].first_only), 50, right=True),
            Column("Second", lambda row: str(row[1].second_only), 58, right=True),
            Column("Neither", lambda row: str(row[1].neither), 60, right=True),
            Column("Agree", lambda row: _figure(row[1].percent), 56, right=True),
            Column("κ", lambda row: _figure(row[1].kappa), 52, right=True, told="Cohen’s kappa"),
            Column("AC1", lambda row: _figure(row[1].ac1), 52, right=True, told="Gwet’s AC1"),
        )
        super().__init__(look, IdTableModel(columns, self._fetch), "Agreement by code")

    def show_codes(self, contents: CodingContents, found: Comparison) -> None:
        """Show the agreement on each code."""
        self._rows = {each.code: (contents.placed[each.code].full_name, each) for each in found.codes}
        self.show_ids(list(self._rows))

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, tuple[str, CodeAgreement]]:
        return {row: self._rows[row] for row in ids if row in self._rows}


class _DifferenceDelegate(RowDelegate):
    def draw(self, brush: Brush, option: QStyleOptionViewItem, _index: Index, row: Any) -> None:
        px, rect = self.look.px, option.rect
        words = QRect(rect.left() + px(14), rect.top() + px(6), rect.width() - px(26), px(36))
        two_lines(brush, words, row[0])
        brush.text(
            QRect(words.left(), rect.bottom() - px(22), words.width(), px(18)), row[1], "small", "text-2"
        )


class DifferenceTable(Table):
    """Passages to which one gave a code and the other did not."""

    def __init__(self, look: Look) -> None:
        self._seen = look
        self.open_ones: Sequence[Difference] = ()
        self._words: Mapping[int, tuple[str, str]] = {}
        model = IdTableModel((Column("Difference", " · ".join),), self._fetch)
        super().__init__(look, model, "Differences to settle")
        self.setItemDelegate(_DifferenceDelegate(look, self))
        self.horizontalHeader().hide()

    def renew(self) -> None:
        """Give each row its lines."""
        super().renew()
        self.verticalHeader().setDefaultSectionSize(self._seen.px(66))

    def show_differences(
        self, contents: CodingContents, found: Sequence[Difference], names: tuple[str, str]
    ) -> None:
        """Show these differences."""
        self.open_ones = found
        self._words = {at: _told(contents, each, names) for at, each in enumerate(found, 1)}
        self.show_ids(list(self._words))
        self.viewport().update()

    def current(self) -> Difference | None:
        """Return the current difference."""
        row = self.current_id()
        return self.open_ones[row - 1] if row is not None and row <= len(self.open_ones) else None

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
        return {row: self._words[row] for row in ids if row in self._words}


def _told(contents: CodingContents, difference: Difference, names: tuple[str, str]) -> tuple[str, str]:
    name = contents.placed[difference.code].full_name
    who, other = names if difference.by_first else names[::-1]
    words = " / ".join(each.words for each in difference.unit.quotations)
    return words, f"“{name}”: {who} gave it, {other} did not"


class Curve(QWidget):
    """Bars of new codes, one for each report in the order of coding, with all so far at the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._points: Sequence[CurvePoint] = ()
        self.setAccessibleName("New codes in each report")

    def show_points(self, points: Sequence[CurvePoint]) -> None:
        """Show these reports."""
        self._points = points
        self.setMinimumHeight(self._look.px(26) * len(points) + self._look.px(8))
        told = "; ".join(f"{each.label}: {each.new} new, {each.so_far} so far" for each in points)
        self.setAccessibleDescription(told)
        self.setToolTip(
            "\n".join(f"{each.label}: {', '.join(each.names) or 'nothing new'}" for each in points)
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name, bar and numbers of each report."""
        painter = QPainter(self)
        brush, px = Brush(painter, self._look), self._look.px
        most = max((each.new for each in self._points), default=1) or 1
        room = self.width() - px(190) - px(110)
        for at, each in enumerate(self._points):
            top = px(26) * at
            brush.text(QRect(px(4), top, px(180), px(24)), each.label)
            width = int(room * each.new / most)
            brush.box(
                QRect(px(190), top + px(6), max(width, 1), px(13)), self._look.colour("accent-line"), radius=3
            )
            brush.text(QRect(px(196) + width, top, px(40), px(24)), str(each.new), "strong")
            told = QRect(self.width() - px(100), top, px(94), px(24))
            brush.text(told, f"{each.so_far} so far", "small", "text-3", RIGHT)
        painter.end()


class CompareDialog(PanelDialog):
    """Two coders side by side, and the curve of new codes."""

    settled = Signal(object, bool)
    """A `Difference`, and whether the code is taken."""
    shown = Signal(int)
    """A quotation is to be shown behind the dialog."""
    blind_asked = Signal()

    def __init__(self, parts: Parts, found: Compared, blind: bool) -> None:
        super().__init__(parts, "Coders", UNIT_WORDS, size=(860, 680))
        self.found = found
        self._people = coders_of(found.contents)
        self.first, self.second = (
            self._box(name, at) for at, name in enumerate(("First coder", "Second coder"))
        )
        self._hidden = parts.label("", "small", "maybe", wrap=True)
        self.table, self.differences = AgreementTable(parts.look), DifferenceTable(parts.look)
        self._count = parts.caption("")
        self.curve = Curve(parts.look)
        self.tabs = parts.tabs("Agreement, new codes", ("Agreement", "New codes in each report"))
        self._blind = parts.button(
            "Open my codings" if blind else "Code blind from now on", "plain", "ph.eye-slash"
        )
        self._blind.clicked.connect(self.blind_asked)
        take = parts.button("Agree on the code", "plain", "ph.check", self._take)
        leave = parts.button("Leave it out", "plain", "ph.x", self._leave)
        look_at = parts.button("Show the passage", "filter", "ph.book-open", self._look_at)
        agreement = QWidget()
        column = down(across(self.first, self.second, None, self._blind), self._hidden, gap=8)
        column.addWidget(self.table, 1)
        column.addWidget(self._count)
        column.addWidget(self.differences, 1)
        column.addLayout(across(take, leave, None, look_at))
        agreement.setLayout(column)
        inside = QWidget()
        self._pages = QStackedLayout(inside)
        self._pages.addWidget(agreement)
        self._pages.addWidget(scrolled(down(self.curve, None)))
        self.put(self.tabs)
        self.put(inside, share=1)
        self.acts.addWidget(parts.button("Close", "primary", act=self.accept))
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        for box in (self.first, self.second):
            box.currentIndexChanged.connect(self._compare)
        self._compare()

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

    def _compare(self) -> None:
        contents = self.found.contents
        first, second = self.first.currentData(), self.second.currentData()
        names = (self.first.currentText(), self.second.currentText())
        self.curve.show_points(new_code_curve(contents))
        made = Comparison((), ())
        told = ""
        if first is None or second is None or first == second:
            told = "Two people must have coded, and be seen, before they can be compared."
        else:
            made = compare(contents, first, second)
            if made.hidden:
                told = "One of them codes blind, so nothing is compared until those codings are opened."
        self._hidden.setText(told)
        self._hidden.setVisible(bool(told))
        self.table.show_codes(contents, made)
        left = differences(contents, made, self.found.settled)
        self.differences.show_differences(contents, left, names)
        self._count.setText(
            f"{counted(len(left), 'difference')} to settle in {counted(len(made.units), 'unit')}"
        )

    def _take(self) -> None:
        self._settle(take=True)

    def _leave(self) -> None:
        self._settle(take=False)

    def _settle(self, *, take: bool) -> None:
        current = self.differences.current()
        if current is not None:
            self.settled.emit(current, take)

    def _look_at(self) -> None:
        current = self.differences.current()
        if current is not None:
            self.shown.emit(current.unit.quotations[0].id)
