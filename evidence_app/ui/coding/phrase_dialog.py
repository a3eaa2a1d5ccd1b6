"""The question of coding by a phrase: the phrase, the code, and every place with a box to tick."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox, QStyleOptionViewItem

from evidence_app.domain.edit import counted
from evidence_app.services.coding.auto_coding import Place, coded_already, places
from evidence_app.ui.coding.desk import Desk
from evidence_app.ui.coding.lines import marked_lines
from evidence_app.ui.coding.texts import Texts
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table

BOX = 40
FACT = "Every place that says it is shown before anything is written. What is ticked gets the code."


class Line(NamedTuple):
    """A place as it is shown."""

    place: Place
    where: str
    held: bool
    """It has the code already."""


class _Delegate(RowDelegate):
    def draw(self, brush: Brush, option: QStyleOptionViewItem, index: Index, row: Any) -> None:
        px, rect = self.look.px, option.rect
        table = self.parent()
        ticked = isinstance(table, PlaceTable) and index.row() + 1 in table.ticked
        box = "ph.check-square-fill" if ticked else "ph.square"
        tone = "text-3" if row.held or not ticked else "accent"
        brush.icon(rect.left() + px(12), rect.center().y(), box, tone, 18)
        words = QRect(rect.left() + px(BOX), rect.top() + px(6), rect.width() - px(BOX + 12), px(36))
        marked_lines(brush, words, row.place.words, row.place.said)
        line = QRect(words.left(), rect.bottom() - px(22), words.width(), px(18))
        brush.text(line, row.where, "small", "text-3")
        if row.held:
            brush.text(line, "has the code already", "small", "text-2", RIGHT)


class PlaceTable(Table):
    """The places found; those that are ticked are coded. Space ticks what is selected, or takes it off."""

    ticks_changed = Signal()

    def __init__(self, look: Look) -> None:
        self._seen = look
        self._lines: Sequence[Line] = ()
        self.ticked: set[int] = set()
        model = IdTableModel((Column("Place", self._told),), self._fetch)
        super().__init__(look, model, "Places that say the phrase")
        self.setItemDelegate(_Delegate(look, self))
        self.horizontalHeader().hide()

    def renew(self) -> None:
        """Give each row its lines."""
        super().renew()
        self.verticalHeader().setDefaultSectionSize(self._seen.px(66))

    def show_lines(self, lines: Sequence[Line], off: Collection[Place] = ()) -> None:
        """Show these places, ticked but for those that have the code already or were taken off before."""
        self._lines = lines
        self.ticked = {at for at, each in enumerate(lines, 1) if not each.held and each.place not in off}
        self.show_ids(range(1, len(lines) + 1), again=False)
        self.select(1)
        self.ticks_changed.emit()

    def chosen_places(self) -> list[Place]:
        """Return the ticked places."""
        return [self._lines[row - 1].place for row in sorted(self.ticked)]

    def places_off(self) -> list[Place]:
        """Return the places whose tick was taken off by hand."""
        return [
            each.place for at, each in enumerate(self._lines, 1) if at not in self.ticked and not each.held
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick what is selected, or take it off."""
        if event.key() == Qt.Key.Key_Space:
            self.turn(self.selected_ids())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a box ticks it or takes it off, and leaves what is selected."""
        row = self.rowAt(event.position().toPoint().y())
        if row >= 0 and event.position().x() < self._seen.px(BOX):
            self.turn([row + 1])
        else:
            super().mousePressEvent(event)

    def turn(self, rows: Sequence[int]) -> None:
        """Tick these rows, or take all of them off where all are ticked."""
        free = {row for row in rows if not self._lines[row - 1].held}
        self.ticked = self.ticked - free if free <= self.ticked else self.ticked | free
        self.viewport().update()
        self.ticks_changed.emit()

    def _told(self, line: Line) -> str:
        ticked = "ticked" if self._lines.index(line) + 1 in self.ticked else "not ticked"
        return f"{line.place.words} · {line.where} · {'has the code already' if line.held else ticked}"

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, Line]:
        return {row: self._lines[row - 1] for row in ids if 1 <= row <= len(self._lines)}


class PhraseDialog(PanelDialog):
    """Asks for the phrase and the code, and shows every place."""

    def __init__(self, parts: Parts, desk: Desk, texts: Texts) -> None:
        super().__init__(parts, "Code by a phrase", FACT, size=(780, 640))
        self._texts, self._coder = texts, desk.coder
        self._by_row = {document.id: text for document, text in texts.texts}
        self._found: Sequence[Place] = ()
        self.phrase = parts.search("Word or phrase", "Word or phrase", 260)
        self.phrase.searched.connect(self._find)
        self.code = QComboBox()
        self.code.setAccessibleName("Code to give")
        for each in desk.book.tree:
            if each.code.codable:
                self.code.addItem(each.full_name, each.code.id)
        self.code.setMinimumContentsLength(16)
        self.code.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.code.currentIndexChanged.connect(self._show)
        choices = (("sentence", "Sentences"), ("phrase", "The phrase alone"))
        self.reach = parts.segments("What gets the code", choices, "sentence")
        self.reach.chosen.connect(self._find_again)
        self.table = PlaceTable(parts.look)
        self.table.ticks_changed.connect(self._name_act)
        self._count = parts.caption("")
        row = across(gap=8)
        row.addWidget(self.phrase, 1)
        row.addWidget(self.code, 1)
        self.put(row, across(self._count, None, self.reach))
        self.put(self.table, share=1)
        self.hint((("Space", "tick"), ("Ctrl+A", "select all")))
        self._act = parts.button("Code 0 places", "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self._act)
        self._name_act()

    def choose_code(self, row: int | None) -> None:
        """Offer this code first."""
        self.code.setCurrentIndex(max(0, self.code.findData(row)))

    def _find_again(self) -> None:
        self._find(self.phrase.text())

    def _find(self, words: str) -> None:
        self._found = places(self._texts.texts, words, sentences=self.reach.choice == "sentence")
        self.table.show_lines(self._lines())

    def _show(self) -> None:
        self.table.show_lines(self._lines(), off=self.table.places_off())

    def _lines(self) -> list[Line]:
        texts = self._texts
        held = coded_already(
            self._found, self.code.currentData(), self._by_row, texts.quotations, texts.codings, self._coder
        )
        return [
            Line(each, texts.place(each.document, each.start), has)
            for each, has in zip(self._found, held, strict=True)
        ]

    def _name_act(self) -> None:
        number = len(self.table.ticked)
        self._act.rename(f"Code {counted(number, 'place')}")
        self._act.setEnabled(number > 0 and self.code.count() > 0)
        if self._found:
            documents = counted(len({each.document.id for each in self._found}), "document")
            self._count.setText(f"{counted(len(self._found), 'place')} in {documents}, {number} ticked")
        else:
            nowhere = (
                "No document says these whole words; a star lets a word go on: commission*"
                if self.phrase.text().strip()
                else ""
            )
            self._count.setText(nowhere)
