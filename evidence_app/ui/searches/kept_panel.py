"""Works kept from a search without a file: the place of each in the results, and who else found it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, Qt
from PySide6.QtWidgets import QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.searches import log
from evidence_app.services.searches.kinds import Group
from evidence_app.services.searches.worth import Worth
from evidence_app.storage import searches
from evidence_app.storage.searches import Capture, KeptWork
from evidence_app.ui.look import Look
from evidence_app.ui.opening import open_copy, say_missing
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.table import Column, IdTableModel, Table

HEAD: Final = 30
NARROW: Final = 540


def _where(work: KeptWork) -> str:
    return f"also in {', '.join(work.also_in)}" if work.also_in else "found nowhere else"


def ordinal(number: int | None) -> str:
    """Return a place in a list of results: 1st, 22nd, 138th; a dash where it is not known."""
    if number is None:
        return "–"
    last = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{last}"


COLUMNS: Final = (
    Column("Place", lambda work: ordinal(work.rank), 62),
    Column("No.", lambda work: str(work.number or ""), 48, told="Number in the bibliography"),
    Column("Title", lambda work: work.title),
    Column("", _where, 200, told="Also found by"),
)


class KeptTable(Table):
    """The kept works. Enter opens one in the library, F2 changes its place, Delete takes it off."""

    change_asked = Signal()
    removal_asked = Signal()

    def __init__(self, look: Look) -> None:
        self.works: dict[int, KeptWork] = {}
        self.rows = IdTableModel(COLUMNS, lambda ids: {at: self.works[at] for at in ids if at in self.works})
        super().__init__(look, self.rows, "Works kept from this search")
        self.setSelectionMode(self.SelectionMode.SingleSelection)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the title where there is little."""
        super().resizeEvent(event)
        self.setColumnHidden(3, self.viewport().width() < self._look.px(NARROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change or take off on F2 and Delete."""
        if event.key() == Qt.Key.Key_Delete and self.current_id() is not None:
            self.removal_asked.emit()
        elif event.key() == Qt.Key.Key_F2 and self.current_id() is not None:
            self.change_asked.emit()
        else:
            super().keyPressEvent(event)


class KeptPanel(QWidget):
    """What a search without a file rests on: captured pages, and the works kept from it."""

    keep_asked = Signal()
    capture_asked = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        parts = context.parts
        self._row: Worth | None = None
        self._captures: list[Capture] = []
        self.heading = parts.label("Works kept", "strong")
        self._fact = parts.line("", "small", "text-3")
        self._open = parts.button("Open captured pages", "plain", "ph.file-pdf", self._open_pages)
        self._capture = parts.button("Keep captured pages…", "plain", "ph.file-plus", self.capture_asked.emit)
        self._keep = parts.button("Keep a work…", "plain", "ph.plus", self.keep_asked.emit)
        head = across(self.heading, gap=8)
        head.addWidget(self._fact, 1)
        acts = QWidget()
        flow = FlowLayout(acts, 5)
        for button in (self._keep, self._capture, self._open):
            flow.addWidget(button)
        self.table = KeptTable(context.look)
        self.table.opened.connect(self._go_to)
        self.table.removal_asked.connect(self._drop)
        self.table.change_asked.connect(self._change)
        self.setLayout(down(head, self.table, acts, gap=9))

    def show_search(self, row: Worth) -> None:
        """Show what this search kept; nothing of it is shown for a database with files."""
        self._row = row
        search, reader = row.search, self._context.project.reader
        self.setVisible(row.group is Group.OTHER or bool(search.works))
        kept = searches.kept_works(reader, search.search) if search.search is not None else []
        self._captures = searches.captures(reader, search.search) if search.search is not None else []
        self.table.works = {work.id: work for work in kept}
        self.table.show_ids([work.id for work in kept])
        self.table.setVisible(bool(kept))
        look = self._context.look
        self.table.setFixedHeight(look.px(HEAD) + len(kept) * look.row_height + look.px(4))
        self._open.setVisible(bool(self._captures))
        self._fact.setText(_fact(row, kept))

    def _go_to(self, row: int) -> None:
        self._context.go_to("library", Subject("reference", self.table.works[row].reference))

    def _work(self) -> KeptWork | None:
        return self.table.works.get(self.table.current_id() or 0)

    def _drop(self) -> None:
        work = self._work()
        if work is not None:
            self._context.project.do(log.drop_work(work))
            self._context.say("Took the work off its search; it stays in the library", undo=True)

    def _change(self) -> None:
        work = self._work()
        if work is None:
            return
        typed = self._context.messages.ask("Change the place", "Place in the results", str(work.rank or ""))
        if typed is None:
            return
        try:
            self._context.project.do(log.change_kept(work, log.read_number(typed), work.note))
        except EvidenceError as error:
            self._context.say(str(error))

    def _open_pages(self) -> None:
        for capture in self._captures:
            if not open_copy(self._context, capture.sha256, capture.name):
                say_missing(self._context, capture.name)


def _fact(row: Worth, kept: list[KeptWork]) -> str:
    seen, said = row.search.number("seen"), row.search.number("kept")
    told = [f"first {seen:,} seen"] if seen is not None else []
    told += [f"{said:,} kept"] if said is not None else []
    named = counted(len(kept), "work") + " named here" if kept else "no work is named yet"
    if said is not None and kept and said != len(kept):
        named += f", {abs(said - len(kept))} {'missing' if said > len(kept) else 'more than kept'}"
    elsewhere = sum(bool(work.also_in) for work in kept)
    return ", ".join([*told, named]) + (f"; {elsewhere} in a database too" if elsewhere else "")
