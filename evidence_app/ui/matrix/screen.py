"""The Matrix screen: included reports by themes, and the inspector of the chosen cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from evidence_app.domain.edit import RowOf
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.matrix import CellMarks, CellPlace, CellState
from evidence_app.domain.query import And, Query, parse_query
from evidence_app.domain.reference import Reference
from evidence_app.services.publishing.matrix.sheet import Sheet
from evidence_app.services.synthesis import marking
from evidence_app.services.synthesis.matrix import Matrix, matrix_of
from evidence_app.services.synthesis.matrix_rows import ORDERS, RowsWanted, by_column, wanted_rows
from evidence_app.storage.applied import NOBODY
from evidence_app.storage.connections import Reader
from evidence_app.storage.matrix import matrix_source
from evidence_app.storage.searching import search
from evidence_app.ui.actions import ActionSpec, Handler
from evidence_app.ui.matrix.bar import Legend, MatrixBar
from evidence_app.ui.matrix.exporting import MatrixExport
from evidence_app.ui.matrix.grid import MatrixGrid
from evidence_app.ui.matrix.inspector import CellInspector, ChosenCell
from evidence_app.ui.screen import Screen, ScreenContext, Subject
from evidence_app.ui.widgets.laying import across, framed

READ = frozenset(
    ("theme", "theme_parent", "block", "anchor", "citation", "reference", "section", "characteristic",
     "bibliography_entry", "absence", "cell_summary")
)  # fmt: skip
BESIDE = "matrix.characteristics"
ORDER = "matrix.order"


def found_by(words: str, reader: Reader) -> frozenset[int] | None:
    """Return the included reports a query finds, or None where it asks for nothing."""
    asked, included = parse_query(words), parse_query("set:included ")
    if asked.root is None or included.root is None:
        return None
    return frozenset(search(reader, Query(words, And((included.root, asked.root)), asked.problems)))


@dataclass(frozen=True, slots=True)
class Counted:
    """The matrix with the marks it was made with."""

    matrix: Matrix
    marks: CellMarks


def count(reader: Reader) -> Counted:
    """Read the synthesis and count the matrix, in a reading lane."""
    source = matrix_source(reader)
    return Counted(matrix_of(source.contents, source.marks), source.marks)


class MatrixScreen(Screen):
    """Which report is evidence for which theme, and what was looked for and is not there."""

    ACTIONS = (
        ActionSpec("toggle_absent", "Looked at, absent", "Screen", "Ctrl+D", "ph.check-circle"),
        ActionSpec("write_summary", "Write the framework summary", "Screen", "", "ph.note-pencil"),
        ActionSpec("open_report", "Open the report", "Screen", "", "ph.books"),
        ActionSpec("open_theme", "Open the theme", "Screen", "", "ph.tree-structure"),
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        parts, kept = self.parts, context.settings.now.kept
        self._matrix: Matrix | None = None
        self._marks = CellMarks()
        self._wanted, self._words = RowsWanted(), ""
        self._order = kept.get(ORDER, "number") if kept.get(ORDER) in ORDERS else "number"
        self._beside = tuple(filter(None, kept.get(BESIDE, "").split("\n")))
        self._asked: Subject | None = None
        self._search = parts.search("Search  author:  year:  theme:", "Search the reports", 240)
        self._export = parts.button("Export matrix", "primary", "ph.export", self.export)
        self._exporting = MatrixExport(context, self)
        self.grid = MatrixGrid(self.look)
        self._bar = MatrixBar(parts, self)
        self._legend = Legend(self.look)
        self.cell_inspector = CellInspector(parts)
        self._empty = parts.empty("ph.grid-four", "", "Show all reports", self._start)
        self._lay()
        self._connect()

    def _lay(self) -> None:
        ground = QWidget()
        self._stack = QStackedLayout(ground)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._empty)
        foot = framed(across(self._legend, gap=0), "foot")
        self.lay_out(ground, bar=self._bar.layout(), inspector=self.cell_inspector, foot=foot)

    def _connect(self) -> None:
        grid, inspector = self.grid, self.cell_inspector
        self._search.searched.connect(self._find)
        self._search.left_down.connect(self.take_focus)
        self._bar.filtered.connect(self._filter)
        self._bar.ordered.connect(self._sort)
        self._bar.columns_chosen.connect(self._show_beside)
        grid.chosen.connect(self._show_cell)
        grid.absent_asked.connect(self.toggle_absent)
        grid.entered.connect(self.write_summary)
        grid.menu_asked.connect(self._show_menu)
        grid.column_clicked.connect(self._sort_by_column)
        grid.report_opened.connect(self._open_reference)
        inspector.absent_asked.connect(self.toggle_absent)
        inspector.written.connect(self._write)
        inspector.report_asked.connect(self.open_report)
        inspector.finding_asked.connect(self._open_finding)

    # -- what the window asks

    def title(self) -> str:
        """Return the title in the header."""
        return "Matrix"

    def detail(self) -> str:
        """Return how large the matrix is."""
        if self._matrix is None or not self._matrix.rows:
            return ""
        shown = len(self.grid.cells.rows)
        return self._matrix.size if shown == len(self._matrix.rows) else f"{shown} of {self._matrix.size}"

    def header_parts(self) -> Sequence[QWidget]:
        """Return the search box and the export."""
        return [self._search, self._export]

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here."""
        return {"find": self._search.setFocus, "export": self.export}

    def arrange(self, *, slim: bool) -> None:
        """Give up room where the window is narrow."""
        self._search.narrow(170 if slim else 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the bar shorten its words where it is narrow."""
        super().resizeEvent(event)
        self._bar.fit(self.width() - self.cell_inspector.width() * (not self.cell_inspector.isHidden()))

    def leave(self) -> None:
        """Keep a summary that is half typed."""
        self.cell_inspector.keep()

    def take_focus(self) -> None:
        """Give the keyboard to the cells."""
        (self.grid if self._stack.currentIndex() == 0 else self._empty.button).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes from the summary back to the cells."""
        if event.key() == Qt.Key.Key_Escape and self.cell_inspector.summary.editor.hasFocus():
            self.take_focus()
        else:
            super().keyPressEvent(event)

    def show_place(self, subject: Subject) -> None:
        """Show the row of a report or the column of a theme: now, or as soon as it is read."""
        self._asked = subject
        if self._matrix is not None:
            self._show_asked()

    # -- reading

    def reload(self, tables: frozenset[str]) -> None:
        """Count again where something of it changed."""
        if not tables or tables & READ:
            self.project.read(count, self._show, latest="matrix")
        if self._words and tables & {"reference", "note", "reference_tag"}:
            self._ask()

    def _show(self, counted: Counted) -> None:
        self._matrix, self._marks = counted.matrix, counted.marks
        self._legend.show_matrix(self._matrix)
        self._show_rows()
        self._show_asked()

    def _find(self, words: str) -> None:
        self._words = words
        self._ask()

    def _ask(self) -> None:
        self.project.read(partial(found_by, self._words), self._found, latest="matrix.query")

    def _found(self, found: frozenset[int] | None) -> None:
        self._wanted = RowsWanted(self._wanted.country, self._wanted.service, self._wanted.kind, found)
        self._show_rows()

    def _rows(self, matrix: Matrix) -> tuple[Reference, ...]:
        column = self._column_of_order()
        rows = wanted_rows(matrix, self._wanted, "number" if column is not None else self._order)
        return rows if column is None else by_column(matrix, rows, column)

    def _column_of_order(self) -> int | None:
        """Return the place of the column that orders the rows, where one does."""
        if self._matrix is None or not self._order.startswith("column:"):
            return None
        _, theme, kind, band = self._order.split(":")
        return next(
            (at for at, each in enumerate(self._matrix.columns)
             if (str(each.theme.id), each.kind.value, str(each.band)) == (theme, kind, band)),
            None,
        )  # fmt: skip

    def _show_rows(self) -> None:
        matrix = self._matrix
        if matrix is None:
            return
        rows = self._rows(matrix)
        known = {each.name for each in matrix.contents.characteristics}
        beside = tuple(name for name in self._beside if name in known)
        self._bar.show_state(matrix, self._wanted, self._order, self._order_words(), beside)
        self.grid.show_matrix(matrix, rows, beside)
        self._say_nothing(matrix)
        self._turn_to(0 if rows and matrix.columns else 1)
        self._export.setEnabled(bool(rows and matrix.columns))
        self._show_cell()
        self.headed.emit()

    def _order_words(self) -> str:
        column = self._column_of_order()
        if self._matrix is None or column is None:
            return ORDERS.get(self._order, ORDERS["number"])
        return f"“{self._matrix.columns[column].theme.name}”"

    def _say_nothing(self, matrix: Matrix) -> None:
        said, act = "No report is found by this search and filter.", "Show all reports"
        if not matrix.columns:
            said = "The matrix shows which report is evidence for which theme. There are no themes yet."
            act = "Go to Themes"
        elif not matrix.rows:
            said = "The matrix has a row for each included report. No reference is marked as included yet."
            act = "Go to the library"
        self._empty.say(said)
        self._empty.button.rename(act)

    def _turn_to(self, page: int) -> None:
        focused = self.grid.hasFocus() or self._empty.button.hasFocus()
        self._stack.setCurrentIndex(page)
        if focused:
            self.take_focus()

    def _start(self) -> None:
        """Do what the empty screen offers."""
        matrix = self._matrix
        if matrix is not None and not matrix.columns:
            self.context.go_to("themes")
        elif matrix is not None and not matrix.rows:
            self.context.go_to("library")
        else:
            self._words = ""
            self._search.clear()
            self._search.search_now()
            self._filter(RowsWanted())

    # -- choosing

    def _filter(self, wanted: RowsWanted) -> None:
        self._wanted = wanted
        self._show_rows()

    def _sort(self, order: str) -> None:
        self._order = order
        if order in ORDERS:
            self.context.settings.keep(ORDER, order)
        self._show_rows()

    def _sort_by_column(self, place: int) -> None:
        column = self.grid.cells.columns[place]
        order = f"column:{column.theme.id}:{column.kind.value}:{column.band}"
        self._sort("number" if order == self._order else order)

    def _show_beside(self, names: tuple[str, ...]) -> None:
        self._beside = names
        self.context.settings.keep(BESIDE, "\n".join(names))
        self._show_rows()

    def _chosen(self) -> ChosenCell | None:
        at = self.grid.current()
        if at is None or self._matrix is None or at[1] >= len(self._matrix.columns):
            return None
        return ChosenCell(self._matrix, self._marks, *at)

    def _show_cell(self) -> None:
        chosen = self._chosen()
        self.cell_inspector.show_cell(chosen)
        absent = chosen is not None and chosen.cell.state is not CellState.CITED
        for action in self.commands:
            action.setEnabled(absent if action.objectName() == "toggle_absent" else chosen is not None)

    def _show_asked(self) -> None:
        asked, self._asked = self._asked, None
        if asked is None or self._matrix is None:
            return
        at, cells = self.grid.currentIndex(), self.grid.cells
        if asked.kind == "reference":
            if cells.place_of(asked.row) < 0:
                self._filter(RowsWanted())
            if cells.place_of(asked.row) >= 0:
                self.grid.choose(cells.place_of(asked.row), max(at.column(), 0))
        elif asked.kind == "theme" and cells.column_of(asked.row) >= 0:
            self.grid.choose(max(at.row(), 0), cells.column_of(asked.row))

    def _show_menu(self, spot: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.commands)
        menu.popup(spot)

    # -- acts

    def toggle_absent(self) -> None:
        """Say of the selected cells: looked at, absent; or take it back where all were marked."""
        matrix, marks, cells = self._matrix, self._marks, self.grid.selected()
        if matrix is None or not cells:
            return
        places = [CellPlace(row, matrix.columns[column].theme.id) for row, column in cells]
        if all(place in marks.absences for place in places):
            self.project.do(marking.not_looked_at(matrix, marks, cells))
            return
        try:
            edit = marking.looked_at_absent(matrix, marks, cells, self._person())
        except EvidenceError as error:
            self.context.say(str(error))
            return
        self.project.do(edit)

    def write_summary(self) -> None:
        """Go to the summary of the chosen cell."""
        if self._chosen() is not None:
            self.cell_inspector.summary.setFocus()

    def open_report(self) -> None:
        """Show the report of the chosen cell in the library."""
        chosen = self._chosen()
        if chosen is not None:
            self._open_reference(chosen.reference)

    def open_theme(self) -> None:
        """Show the theme of the chosen cell."""
        chosen = self._chosen()
        if chosen is not None:
            self.context.go_to("themes", Subject("theme", chosen.place.theme))

    def export(self) -> None:
        """Write the rows shown as a file."""
        matrix = self._matrix
        if matrix is not None and self.grid.cells.rows:
            filtered = "; ".join(words for words in (self._wanted.words(), self._words) if words)
            cells = self.grid.cells
            self._exporting.ask(Sheet(matrix, cells.rows, cells.characteristics, filtered))

    def _write(self, place: CellPlace, text: str) -> None:
        self.project.do(marking.summarise(self._marks, place, text, self._person()))

    def _person(self) -> RowOf:
        return RowOf("person", self.context.settings.now.person_guid or NOBODY.guid)

    def _open_reference(self, reference: int) -> None:
        self.context.go_to("library", Subject("reference", reference))

    def _open_finding(self, screen: str, block: int) -> None:
        self.context.go_to(screen, Subject("block", block))
