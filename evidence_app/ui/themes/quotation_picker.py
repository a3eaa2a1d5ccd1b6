"""Picking quotations for a finding: found by code, theme, report or words, added for it or against it."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.coding.retrieval import FoundQuotation, UnknownQuery, find
from evidence_app.storage.coding import person_of
from evidence_app.storage.coding_contents import coding_contents
from evidence_app.storage.connections import Reader
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.paint import Brush
from evidence_app.ui.themes.quotation_rows import AGAINST, FOR
from evidence_app.ui.widgets.found_quotations import FoundQuotations
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Index, RowDelegate

HEIGHT = 66


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, or why nothing was searched; how many quotations there are at all."""

    found: tuple[FoundQuotation, ...]
    problem: str = ""
    all: int = 0


def answered(reader: Reader, query: str, guid: str) -> Answer:
    """Return the quotations a query finds, as far as this person may see them."""
    viewer = person_of(reader, guid)
    contents = coding_contents(reader, -1 if viewer is None else viewer)
    try:
        return Answer(tuple(find(contents, query)), all=len(contents.quotations))
    except UnknownQuery as error:
        return Answer((), str(error), len(contents.quotations))


def _said(found: FoundQuotation) -> str:
    return f"{found.quotation.words}. {found.citation}"


class _Delegate(RowDelegate):
    """Draws the words on two lines, the source with its page and codes below; a tick where it is held."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(look, parent)
        self.held: frozenset[int] = frozenset()

    def draw(self, brush: Brush, option: QStyleOptionViewItem, _index: Index, row: Any) -> None:
        """Draw one quotation."""
        px, rect = self.look.px, option.rect
        held = row.quotation.id in self.held
        wide = rect.width() - px(20 + 22 * held)
        lines = _two_lines(brush, row.quotation.words, wide)
        for at, line in enumerate(lines):
            spot = QRect(rect.left() + px(10), rect.top() + px(5) + at * px(18), wide, px(18))
            brush.text(spot, line, "small")
        codes = ", ".join(each.code.name for each in row.codes)
        told = f"{row.citation} · {codes}" if codes else row.citation
        below = QRect(rect.left() + px(10), rect.bottom() - px(24), rect.width() - px(20), px(20))
        brush.text(below, told, "caption", "text-2")
        if held:
            brush.icon(rect.right() - px(24), rect.top() + px(14), "ph.check", "include", 14)


def _two_lines(brush: Brush, words: str, room: int) -> tuple[str, str]:
    """Return words on two lines; the second is cut by who draws it."""
    first, rest = "", words.split()
    while rest and (not first or brush.width(f"{first} {rest[0]}", "small") <= room):
        first = f"{first} {rest.pop(0)}".strip()
    return first, " ".join(rest)


class PickedQuotations(FoundQuotations):
    """The quotations found; Enter adds those that are chosen."""

    entered = Signal()
    left_up = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Quotations to add", _said, HEIGHT)
        self.drawn = _Delegate(look, self)
        self.setItemDelegate(self.drawn)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add on Enter; up from the first row goes back to the search box."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_up.emit()
        else:
            super().keyPressEvent(event)


class QuotationPicker(QWidget):
    """A search box over the quotations, what it finds, and on which side they are added."""

    picked = Signal(object, bool)
    """The quotations, and whether they speak against the finding."""
    closed = Signal()

    def __init__(self, parts: Parts, project: OpenProject) -> None:
        super().__init__()
        self._project, self._guid = project, ""
        self._asked = self._words = ""
        self.side = parts.segments("Side", ((FOR, "Rests on it"), (AGAINST, "Against it")), FOR)
        self.side.chosen.connect(self._name_act)
        self.search = parts.search("code:  theme:  country:  words", "Find quotations", 200)
        self.search.setMinimumWidth(parts.look.px(120))
        self.search.setMaximumWidth(16_777_215)
        self.search.searched.connect(self._ask)
        self.search.left_down.connect(self._go_down)
        self.search.installEventFilter(self)
        self.table = PickedQuotations(parts.look)
        self.table.entered.connect(self._pick)
        self.table.opened.connect(self._opened)
        self.table.left_up.connect(self.search.setFocus)
        self.table.setMinimumHeight(parts.look.px(180))
        self.count = parts.note("", wrap=True)
        self.add = parts.button("Add quotation", "primary", "ph.plus", self._pick)
        done = parts.button("Done", "plain", "", self._close)
        column = down(self.side, self.search, self.count, gap=6)
        column.addWidget(self.table, 1)
        column.addLayout(across(None, done, self.add))
        self.setLayout(column)
        self.table.selectionModel().selectionChanged.connect(self._name_act)

    def open(self, held: frozenset[int], guid: str, *, against: bool) -> None:
        """Begin: the search box has the keyboard; `held` are the quotations it has already."""
        self._guid = guid
        self.side.choose(AGAINST if against else FOR)
        self.show_held(held)
        self.search.setFocus()
        self.search.selectAll()
        self._ask(self.search.text())

    def show_held(self, held: frozenset[int]) -> None:
        """Tick these quotations."""
        self.table.drawn.held = held
        self.table.viewport().update()

    def _ask(self, words: str) -> None:
        self._asked = words
        question = partial(answered, query=words, guid=self._guid)
        self._project.read(question, self._show, latest="themes.quotations")

    def _show(self, answer: Answer) -> None:
        self._words = self._asked
        self.table.show_found(answer.found)
        self.count.setText(answer.problem or _told(answer))
        if answer.found and self.table.current_id() is None:
            self.table.select(answer.found[0].quotation.id)
        self._name_act()

    def _name_act(self, *_any: object) -> None:
        chosen = len(self.table.selected_ids())
        what = counted(chosen, "quotation") if chosen > 1 else "quotation"
        self.add.rename(f"Add {what} against it" if self.side.choice == AGAINST else f"Add {what}")
        self.add.setEnabled(chosen > 0)

    def _go_down(self) -> None:
        self.search.search_now()
        self.table.setFocus()

    def _opened(self, _row: object) -> None:
        self._pick()

    def _pick(self) -> None:
        rows = self.table.selected_ids()
        if rows:
            self.picked.emit(list(rows), self.side.choice == AGAINST)
            self.search.selectAll()  # so that the next words replace these

    def _close(self) -> None:
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Add what is chosen on Enter in the search box, once the search is done."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and self._words == self.search.text():
                self._pick()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _told(answer: Answer) -> str:
    if not answer.all:
        return "There are no quotations yet: they are marked in Coding, on the pages of a report."
    if not answer.found:
        return "Nothing found. Try fewer words, or code: with the name of a code."
    reports = len({each.report.id for each in answer.found if each.report})
    return f"{counted(len(answer.found), 'quotation')} from {counted(reports, 'report')}"
