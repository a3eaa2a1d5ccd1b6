"""The Matrix screen: reports or studies by themes, codes or values, and the inspector of the chosen cell."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.matrix import By, CellPlace
from evidence_app.domain.synthesis import Theme
from evidence_app.services.synthesis import marking
from evidence_app.services.synthesis.matrix import ColumnsWanted, Matrix
from evidence_app.services.synthesis.matrix_counting import Asked
from evidence_app.services.synthesis.matrix_rows import ORDERS, RowsWanted
from evidence_app.ui.actions import ActionSpec, Handler
from evidence_app.ui.matrix.asking import DimensionChoice
from evidence_app.ui.matrix.bar import Legend, MatrixBar
from evidence_app.ui.matrix.chosen import ChosenCell, passages_of, told_values
from evidence_app.ui.matrix.exporting import MatrixExport
from evidence_app.ui.matrix.grid import MatrixGrid
from evidence_app.ui.matrix.inspector import CellInspector
from evidence_app.ui.matrix.shown import BY_COLUMN, Counted, Shown, count, emptiness, found_by
from evidence_app.ui.screen import Screen, ScreenContext, Subject
from evidence_app.ui.widgets.laying import across, framed

READ = frozenset(
    ("theme", "theme_parent", "block", "anchor", "citation", "reference", "section", "characteristic",
     "bibliography_entry", "absence", "cell_summary", "cell_mark", "code", "coding", "quotation", "document",
     "coding_status", "layer", "theme_code", "support", "contribution", "study", "study_report",
     "stated_number")
)  # fmt: skip
BESIDE = "matrix.characteristics"
ORDER = "matrix.order"


class MatrixScreen(Screen):
    """Which report has which theme, code or value, and what was looked for and is not there."""

    ACTIONS = (
        ActionSpec("toggle_absent", "Looked at, absent", "Screen", "Ctrl+D", "ph.check-circle"),
        ActionSpec("write_summary", "Write the framework summary", "Screen", "", "ph.note-pencil"),
        ActionSpec("open_quotation", "Open the first quotation", "Screen", "", "ph.quotes"),
        ActionSpec("sort_column", "Sort by this column", "Screen", "", "ph.sort-ascending"),
        ActionSpec("open_report", "Open the report", "Screen", "", "ph.books"),
        ActionSpec("open_theme", "Open the theme", "Screen", "", "ph.tree-structure"),
        ActionSpec("find_columns", "Find columns by name…", "Screen", "", "ph.columns"),
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        parts, kept = self.parts, context.settings.now.kept
        order = kept.get(ORDER, "number")
        beside = tuple(filter(None, kept.get(BESIDE, "").split("\n")))
        self.shown = Shown(order if order in ORDERS else "number", beside)
        self._asked: Subject | None = None
        self._search = parts.search("Search  author:  year:  theme:", "Search the reports", 240)
        self._export = parts.button("Export matrix", "primary", "ph.export", self.export)
        self.dimension = DimensionChoice(parts, context.settings)
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
        self.dimension.chosen.connect(self._turn)
        self._search.searched.connect(self._find)
        self._search.left_down.connect(self.take_focus)
        self._bar.filtered.connect(self._filter)
        self._bar.narrowed.connect(self._narrow)
        self._bar.naming_asked.connect(self.find_columns)
        self._bar.ordered.connect(self._sort)
        self._bar.columns_chosen.connect(self._show_beside)
        grid.chosen.connect(self._show_cell)
        grid.absent_asked.connect(self.toggle_absent)
        grid.entered.connect(self.write_summary)
        grid.quotation_asked.connect(self.open_quotation)
        grid.menu_asked.connect(self._show_menu)
        grid.column_clicked.connect(self._sort_by_column)
        grid.report_opened.connect(self._open_reference)
        inspector.absent_asked.connect(self.toggle_absent)
        inspector.written.connect(self._write)
        inspector.report_asked.connect(self.open_report)
        inspector.finding_asked.connect(self._open_finding)
        inspector.quotation_asked.connect(self._open_quotation)

    # -- what the window asks

    def title(self) -> str:
        """Return the title in the header."""
        return "Matrix"

    def detail(self) -> str:
        """Return how large the matrix is."""
        matrix = self.shown.matrix
        if matrix is None or not matrix.rows:
            return ""
        shown = len(self.grid.cells.rows)
        return matrix.size if shown == len(matrix.rows) else f"{shown} of {matrix.size}"

    def header_parts(self) -> Sequence[QWidget]:
        """Return what the matrix is made of, the search box and the export."""
        return [self.dimension.button, self._search, self._export]

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here."""
        return {"find": self._search.begin, "export": self.export}

    def arrange(self, *, slim: bool) -> None:
        """Give up room where the window is narrow."""
        self._search.narrow(150 if slim else 240)
        self.dimension.fit(slim=slim)

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
        """Esc goes from the opened cell back to the cells."""
        focus = self.focusWidget()
        inside = focus is not None and self.cell_inspector.isAncestorOf(focus)
        if event.key() == Qt.Key.Key_Escape and inside:
            self.take_focus()
        else:
            super().keyPressEvent(event)

    def show_place(self, subject: Subject) -> None:
        """Show the row of a report or the column of a theme: now, or as soon as it is read."""
        self._asked = subject
        if subject.kind == "theme" and self.dimension.asked.by is not By.THEMES:
            self.dimension.ask(Asked(per=self.dimension.asked.per))
        if self.shown.matrix is not None:
            self._show_asked()

    # -- reading

    def reload(self, tables: frozenset[str]) -> None:
        """Count again where something of it changed."""
        if not tables or tables & READ:
            self._count()
        if self.shown.words and tables & {"reference", "note", "reference_tag"}:
            self._ask()

    def _count(self) -> None:
        counting = partial(count, asked=self.dimension.asked, guid=self.context.person_guid)
        self.project.read(counting, self._show, latest="matrix")

    def _turn(self, _asked: Asked) -> None:
        self.cell_inspector.keep()
        self._count()

    def _show(self, counted: Counted) -> None:
        if counted.asked != self.dimension.asked:
            return  # another matrix was asked for meanwhile, and comes
        self.shown.take(counted)
        self.dimension.show_matrix(counted.matrix)
        self._legend.show_matrix(counted.matrix)
        self._show_rows()
        self._show_asked()

    def _find(self, words: str) -> None:
        self.shown.words = words
        self._ask()

    def _ask(self) -> None:
        self.project.read(partial(found_by, self.shown.words), self._found, latest="matrix.query")

    def _found(self, found: frozenset[int] | None) -> None:
        self._filter(replace(self.shown.wanted, found=found))

    def _show_rows(self) -> None:
        matrix = self.shown.matrix
        if matrix is None:
            return
        rows = self.shown.rows(matrix)
        self._bar.show_state(self.shown)
        self.grid.show_matrix(matrix, rows, self.shown.known_beside())
        self._say_nothing(matrix)
        self._turn_to(0 if rows and matrix.columns else 1)
        self._export.setEnabled(bool(rows and matrix.columns))
        self._show_cell()
        self.headed.emit()

    def _say_nothing(self, matrix: Matrix) -> None:
        said, act = emptiness(matrix, self.shown.whole)
        self._empty.say(said)
        self._empty.button.rename(act)

    def _turn_to(self, page: int) -> None:
        focused = self.grid.hasFocus() or self._empty.button.hasFocus()
        self._stack.setCurrentIndex(page)
        if focused:
            self.take_focus()

    def _start(self) -> None:
        """Do what the empty screen offers."""
        place = {"Go to Themes": "themes", "Go to Coding": "coding", "Go to Studies": "studies",
                 "Go to the library": "library"}.get(self._empty.button.text())  # fmt: skip
        if place is not None:
            self.context.go_to(place)
            return
        self.shown.words = ""
        self._search.clear()
        self._search.search_now()
        self._narrow(ColumnsWanted())
        self._filter(RowsWanted())

    # -- choosing

    def _filter(self, wanted: RowsWanted) -> None:
        self.shown.wanted = wanted
        self._show_rows()

    def _narrow(self, columns: ColumnsWanted) -> None:
        self.shown.narrow(columns)
        self._show_rows()

    def find_columns(self) -> None:
        """Show only the columns with these words in their name."""
        words = self.context.messages.ask("Find columns", "Words in the name", self.shown.columns.words)
        if words is not None:
            self._narrow(replace(self.shown.columns, words=words.strip()))

    def _sort(self, order: str) -> None:
        self.shown.order = order
        if order in ORDERS:
            self.context.settings.keep(ORDER, order)
        self._show_rows()

    def sort_column(self) -> None:
        """Order the rows by the column of the chosen cell, or by number again."""
        chosen = self._chosen()
        if chosen is not None:
            self._sort_by_column(chosen.column)

    def _sort_by_column(self, place: int) -> None:
        order = BY_COLUMN + self.grid.cells.columns[place].key
        self._sort("number" if order == self.shown.order else order)

    def _show_beside(self, names: tuple[str, ...]) -> None:
        self.shown.beside = names
        self.context.settings.keep(BESIDE, "\n".join(names))
        self._show_rows()

    def _chosen(self) -> ChosenCell | None:
        at, matrix = self.grid.current(), self.shown.matrix
        if at is None or matrix is None or at[1] >= len(matrix.columns):
            return None
        return ChosenCell(matrix, self.shown.marks, matrix.row_of[at[0]], at[1])

    def _show_cell(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            self.cell_inspector.show_cell(None)
        else:
            reader = self.project.reader
            passages = passages_of(reader, chosen, self.shown.viewer)
            looked = self.shown.looked.get(chosen.row.id)
            self.cell_inspector.show_cell(chosen, passages, told_values(reader, chosen), looked)
        self._name_acts(chosen)

    def _name_acts(self, chosen: ChosenCell | None) -> None:
        by = chosen.matrix.by if chosen is not None else By.THEMES
        absent = chosen is not None and by is not By.CHARACTERISTICS and not chosen.cell.state.is_there
        can = {
            "toggle_absent": absent, "find_columns": self.shown.whole is not None,
            "open_theme": chosen is not None and by is not By.CHARACTERISTICS,
        }  # fmt: skip
        for action in self.commands:
            name = action.objectName()
            action.setEnabled(can.get(name, chosen is not None))
            if name == "open_theme":
                action.setText("Open the code" if by is By.CODES else "Open the theme")

    def _show_asked(self) -> None:
        asked, self._asked = self._asked, None
        if asked is None or self.shown.matrix is None:
            return
        at, cells = self.grid.currentIndex(), self.grid.cells
        if asked.kind == "reference":
            if cells.place_of(asked.row) < 0:
                self._filter(RowsWanted())
            if cells.place_of(asked.row) >= 0:
                self.grid.choose(cells.place_of(asked.row), max(at.column(), 0))
        elif asked.kind == "theme" and cells.column_of(asked.row) >= 0:
            self.grid.choose(max(at.row(), 0), cells.column_of(asked.row))
        elif asked.kind == "theme" and self.shown.columns != ColumnsWanted():
            self._narrow(ColumnsWanted())
            self.show_place(asked)

    def _show_menu(self, spot: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.commands)
        menu.popup(spot)

    # -- acts

    def toggle_absent(self) -> None:
        """Say of the selected cells: looked at, absent; or take it back where all were marked."""
        matrix, marks, cells = self.shown.matrix, self.shown.marks, self.grid.selected()
        if matrix is None or not cells:
            return
        places = marking.places_of(matrix, cells)
        if all(place in marks.absences for place in places):
            self.project.do(marking.not_looked_at(matrix, marks, cells))
            return
        try:
            edit = marking.looked_at_absent(matrix, marks, cells, self.context.person)
        except EvidenceError as error:
            self.context.say(str(error))
            return
        self.project.do(edit)

    def write_summary(self) -> None:
        """Open the chosen cell: its summary has the keyboard, its quotations follow with Tab."""
        if self._chosen() is not None:
            self.cell_inspector.summary.editor.setFocus()

    def open_quotation(self) -> None:
        """Show the first quotation of the chosen cell at its line in Coding."""
        if self._chosen() is not None and not self.cell_inspector.open_first():
            self.context.say("There is no quotation in this cell.")

    def open_report(self) -> None:
        """Show the report of the chosen cell in the library."""
        chosen = self._chosen()
        if chosen is not None:
            self._open_reference(chosen.row.id)

    def open_theme(self) -> None:
        """Show the theme of the chosen cell, or the passages of its code."""
        chosen = self._chosen()
        if chosen is None:
            return
        column = chosen.matrix.columns[chosen.column]
        screen, kind = ("themes", "theme") if isinstance(column.of, Theme) else ("coding", "code")
        self.context.go_to(screen, Subject(kind, column.of.id))

    def export(self) -> None:
        """Write the rows and columns shown as a file."""
        sheet = self.shown.sheet(self.grid.cells.rows)
        if sheet is not None and sheet.rows:
            self._exporting.ask(sheet, self.shown.viewer)

    def _write(self, place: CellPlace, text: str) -> None:
        self.project.do(marking.summarise(self.shown.marks, place, text, self.context.person))

    def _open_reference(self, reference: int) -> None:
        self.context.go_to("library", Subject("reference", reference))

    def _open_finding(self, screen: str, block: int) -> None:
        self.context.go_to(screen, Subject("block", block))

    def _open_quotation(self, subject: Subject) -> None:
        self.context.go_to("coding", subject)
