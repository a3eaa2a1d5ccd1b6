"""Full texts: which were sought, requested and received, and which are not to be had and why."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import PurePath
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QStyleOptionViewItem, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.reference import plain
from evidence_app.domain.studies import Retrieval
from evidence_app.services.coding.full_texts import KINDS
from evidence_app.services.flow.appendices import write_excluded
from evidence_app.services.publishing.appendix.writing import FORMATS
from evidence_app.services.studies import retrieval
from evidence_app.services.studies.retrieval import FullTextLine, Tally
from evidence_app.services.studies.retrieval_table import is_to_get, retrieval_table
from evidence_app.ui.moments import day_of
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.studies.desk import Desk, Held, Page
from evidence_app.ui.studies.exporting import StudiesExport
from evidence_app.ui.studies.full_text_inspector import FullTextInspector
from evidence_app.ui.widgets.buttons import menu_of
from evidence_app.ui.widgets.laying import across, down, framed
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table

SIGNS: Final = {
    None: ("ph.circle-dashed", "text-3", "not sought yet"),
    Retrieval.SOUGHT: ("ph.magnifying-glass", "text-2", "sought"),
    Retrieval.REQUESTED: ("ph.paper-plane-tilt", "maybe", "requested"),
    Retrieval.RECEIVED: ("ph.check", "include", "received"),
    Retrieval.NOT_AVAILABLE: ("ph.x", "exclude", "not available"),
}
ALL, OPEN = "all", "open"
DASH: Final = "–"


def _last(line: FullTextLine) -> str:
    last = line.last
    if last is None:
        return DASH
    said = "; ".join(each for each in (last.how, last.note) if each)
    return f"{day_of(last.at)}  {said}".strip()


COLUMNS: Final = (
    Column("No.", lambda line: str(line.reference.number or ""), 46, right=True),
    Column("Report", lambda line: line.reference.short_label, 150),
    Column("Title", lambda line: plain(line.reference.title)),
    Column("Full text", lambda line: line.shown, 136),
    Column("Last attempt", _last, 190),
    Column("Files", lambda line: str(len(line.files)) if line.files else "", 52, right=True),
)
STATE: Final = 3


class _Delegate(RowDelegate):
    """Draws the state with its sign; what waits for somebody stands out."""

    def draw(self, brush: Brush, option: QStyleOptionViewItem, index: Index, row: Any) -> None:
        px, rect = self.look.px, option.rect
        inner = rect.adjusted(px(8), 0, -px(8), 0)
        text = str(index.data() or "")
        if index.column() == STATE:
            icon, tone, words = SIGNS[row.state]
            brush.icon(inner.left(), rect.center().y(), icon, tone, 14)
            brush.text(
                inner.adjusted(px(20), 0, 0, 0), words, "body", "text-3" if row.state is None else "text"
            )
        elif index.column() in (0, 5):
            brush.text(inner, text, "small", "text-3", RIGHT)
        else:
            tone = "text" if index.column() in (1, 2) else "text-2"
            brush.text(inner, text, "body", "text-3" if text == DASH else tone)


class _Texts(Table):
    """The list; what has no room is in the inspector."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the last attempt and the files where the window is narrow."""
        for column, needed in ((4, 800), (5, 640), (1, 430)):
            self.setColumnHidden(column, self.width() < self._look.px(needed))
        super().resizeEvent(event)


class FullTextsPage(Page):
    """The list of reports whose full text is wanted."""

    freeze_asked = Signal()
    """The texts of attached files are to be frozen."""

    def __init__(self, desk: Desk, exporting: StudiesExport) -> None:
        super().__init__(desk)
        self.exporting = exporting
        parts = self.parts
        self._lines: dict[int, FullTextLine] = {}
        self._place = 0
        self.search = parts.search("Search the reports", "Search the reports", 190)
        self.search.searched.connect(self._search)
        self.more = parts.tool("ph.export", "Export")
        self.more.drop(
            *menu_of(
                ("Excluded full texts with reasons…", self.export_excluded),
                ("Log of the full texts…", self.export_log),
            )
        )
        self._tally = Tally()
        self.filters = parts.filters("Full texts", ((ALL, "All"),))
        self.filters.chosen.connect(self._fill)
        self.table = _Texts(self.look, IdTableModel(COLUMNS, self._fetch), "Full texts")
        self.table.setItemDelegate(_Delegate(self.look, self.table))
        self.table.setSelectionMode(Table.SelectionMode.ExtendedSelection)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.full_text = FullTextInspector(desk)
        self.full_text.recorded.connect(self.record)
        self.full_text.taken_back.connect(self.take_back)
        self.inspector = self.full_text
        self.table.chosen.connect(self._choose)
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.empty = parts.empty(
            "ph.file-search",
            "Reports that pass title and abstract come here, to be sought, requested and read.",
            "Go to Screening", self._to_screening,
            "Drop full texts, or a folder of them, and each finds its reference.",
        )  # fmt: skip
        self.unread = parts.banner("ph.info", "maybe", "", "Read them", self._freeze)
        self.unread.hide()
        self._tried: set[str] = set()
        ground = QWidget()
        self._stack = QStackedLayout(ground)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        bar = across(gap=6, edge=(12, 0, 12, 0))
        bar.addWidget(self.filters, 1)
        bar.addWidget(self.search)
        bar.addWidget(self.more)
        self.setLayout(down(framed(bar, "bar", height=self.look.size("bar")), self.unread, ground, gap=0))

    def show_held(self, held: Held) -> None:
        """Show the reports as they are now."""
        self._lines = {int(line.reference.id): line for line in held.full_texts}
        self._tally = Tally.of(held.full_texts)
        counts = self._tally.counts
        to_get = sum(is_to_get(line) for line in held.full_texts)
        self.filters.offer(
            [
                (ALL, f"All  {self._tally.total}"),
                (OPEN, f"To get  {to_get}"),
                ("None", f"Not sought  {counts.get(None, 0)}"),
            ]
            + [(each.value, f"{each.value.capitalize()}  {counts.get(each, 0)}") for each in Retrieval]
        )
        self._stack.setCurrentIndex(0 if self._lines else 1)
        self._tell_unread()
        self._fill()

    def _unread(self) -> set[str]:
        """Return the hashes of attached files whose text could be frozen and is not."""
        return {
            file.sha256 for line in self._lines.values() for file in line.files
            if file.document is None and file.sha256 and PurePath(file.name).suffix.lower() in KINDS
        }  # fmt: skip

    def _tell_unread(self) -> None:
        number = len(self._unread() - self._tried)
        it, them = ("it", "its text is") if number == 1 else ("they", "their texts are")
        self.unread.label.setText(
            f"{counted(number, 'attached file')} {'was' if number == 1 else 'were'} not read yet: {them} not "
            f"frozen, so {it} cannot be searched, quoted or coded."
        )
        self.unread.setVisible(number > 0)

    def _freeze(self) -> None:
        self._tried |= self._unread()  # what cannot be read is not offered again
        self.unread.hide()
        self.freeze_asked.emit()

    def fact(self) -> str:
        """Return how many are here."""
        if not self._tally.total:
            return ""
        here = self._tally.counts.get(Retrieval.RECEIVED, 0)
        to_get = sum(is_to_get(line) for line in self._lines.values())
        rest = f"; {to_get} to get" if to_get else ""
        return f"{here} of {counted(self._tally.total, 'full text')} received{rest}"

    def start(self) -> QWidget:
        """Return the list."""
        return self.table if self._lines else self.empty.button

    def _fill(self) -> None:
        words = self.search.text().casefold().split()
        self.table.show_ids([
            row for row, line in self._lines.items() if self._is_listed(line) and _says(line, words)
        ])  # fmt: skip
        ids = self.table_ids()
        if self.table.current_id() is None and ids:  # what was chosen left the list: what took its place
            self.table.select(ids[min(self._place, len(ids) - 1)])
        self.table.viewport().update()
        self._choose(self.table.current_id())

    def _is_listed(self, line: FullTextLine) -> bool:
        wanted = self.filters.choice
        if wanted == OPEN:
            return is_to_get(line)
        return wanted in (ALL, "", "None" if line.state is None else line.state.value)

    def _search(self, _words: str) -> None:
        self._fill()

    def table_ids(self) -> list[int]:
        """Return the references that are listed."""
        model = self.table.model()
        return list(model.ids) if isinstance(model, IdTableModel) else []

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, FullTextLine]:
        return {row: self._lines[row] for row in ids if row in self._lines}

    def _choose(self, row: object) -> None:
        if isinstance(row, int) and row in self._lines:
            self._place = max(0, self.table.currentIndex().row())
        self.full_text.show_line(self._lines.get(row) if isinstance(row, int) else None, self._number())

    def _selected(self) -> None:
        self.full_text.show_number(self._number())

    def _number(self) -> int:
        return len(self.table.selected_ids())

    def chosen_line(self) -> FullTextLine | None:
        """Return the report that is shown."""
        row = self.table.current_id()
        return self._lines.get(row) if row is not None else None

    def _to_screening(self) -> None:
        self.desk.context.go_to("screening")

    # -- what is done

    def record(self, state: Retrieval, note: str = "") -> None:
        """Record one attempt for every report that is selected."""
        ids = self.table.selected_ids() or [row for row in (self.table.current_id(),) if row is not None]
        if not ids:
            self.desk.context.say("Choose one report or several first.")
            return
        if state is Retrieval.NOT_AVAILABLE and not note:
            asked = self.desk.context.messages.ask(
                "Not available",
                f"Why is {counted(len(ids), 'full text')} not available? The reason is printed.",
            )
            if asked is None:
                return
            note = asked
        how = self.full_text.take_how()
        sentence = f"{counted(len(ids), 'full text')}: {state.value}."
        self.desk.do(lambda: retrieval.attempt(ids, state, self.desk.person, how, note), sentence)

    def take_back(self) -> None:
        """Take the last attempt of the shown report out of the log."""
        line = self.chosen_line()
        last = line.last if line is not None else None
        if last is None:
            self.desk.context.say("Nothing was logged for this report yet.")
            return
        self.desk.do(lambda: retrieval.take_back(last), f"Took back “{last.state.value}”.")

    # -- handing out

    def export_log(self) -> None:
        """Write all full texts with the attempts to get them."""
        if not self._lines:
            self.desk.context.say("There is no full text to report on yet.")
            return
        self.exporting.table(retrieval_table(list(self._lines.values())))

    def export_excluded(self) -> None:
        """Write the full texts that were excluded, with their reasons."""
        path = self.exporting.where("Excluded full texts with reasons", FORMATS)
        if path is not None:
            self.exporting.write(partial(write_excluded, self.desk.context.project.path), path)


def _says(line: FullTextLine, words: Sequence[str]) -> bool:
    """Whether a report has all these words in its label, title, DOI or where it appeared."""
    reference = line.reference
    said = " ".join(
        (reference.short_label, plain(reference.title), reference.doi or "", reference.container)
    ).casefold()
    return all(word in said for word in words)
