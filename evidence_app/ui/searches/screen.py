"""The Searches screen: what was searched where and when, and what each search was worth."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.searches import log
from evidence_app.services.searches.kinds import Group
from evidence_app.services.searches.worth import Worth
from evidence_app.ui.actions import ActionSpec, Handler
from evidence_app.ui.dropped_exports import MOST, exports_within
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.searches.desk import SearchesDesk
from evidence_app.ui.searches.inspector import SearchInspector
from evidence_app.ui.searches.kept_panel import KeptPanel
from evidence_app.ui.searches.list_and_query import ListAndQuery
from evidence_app.ui.searches.query_panel import QueryPanel
from evidence_app.ui.searches.reading import FILTERS, Log, read_log
from evidence_app.ui.searches.search_table import SearchTable
from evidence_app.ui.widgets.laying import across, down, scrolled

FILTER = "searches.filter"
OF_THE_LOG = frozenset(
    ("source", "search", "search_file", "record", "reference", "search_work", "capture", "bibliography_entry")
)


class SearchesScreen(SearchesDesk):
    """The searches of the review."""

    ACTIONS: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("import_files", "Import files…", "Screen", "Ctrl+Shift+I", "ph.download-simple"),
        ActionSpec("new_search", "Search without a file…", "Screen", "Ctrl+Shift+F", "ph.plus"),
        ActionSpec("export", "Export the yields…", "Screen", "", "ph.export"),
        ActionSpec("edit_query", "Edit the query as run", "Screen", "Ctrl+Shift+E", "ph.pencil-simple"),
        ActionSpec("copy_query", "Copy the query", "Screen", "Ctrl+Alt+Q", "ph.copy"),
        ActionSpec("another_run", "Add another run of this source", "Screen", "", "ph.copy-simple"),
        ActionSpec("capture_pages", "Keep captured pages…", "Screen", "", "ph.file-pdf"),
        ActionSpec("keep_work", "Keep a work of this search…", "Screen", "Ctrl+Shift+K", "ph.plus"),
        ActionSpec("show_report", "Show the import report", "Screen", "Ctrl+Shift+R", "ph.list-bullets"),
        ActionSpec("name_columns", "Name the columns again…", "Screen", "", "ph.columns"),
        ActionSpec("remove_search", "Remove this search…", "Screen", "", "ph.trash"),
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._log = Log()
        self._wanted: int | None = None
        self._quiet = False
        self._filter = context.settings.now.kept.get(FILTER, "all")
        self._filters = self.parts.filters("Searches", FILTERS, self._filter)
        self._filters.chosen.connect(self._choose_filter)
        self.table = SearchTable(self.look)
        self.query = QueryPanel(self.parts)
        self.kept = KeptPanel(context)
        self.search_inspector = SearchInspector(context, self.commands)
        self._listen()
        self._lay()

    def _listen(self) -> None:
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(self._enter)
        self.table.removal_asked.connect(self.remove_search)
        self.table.menu_asked.connect(self._open_menu)
        self.query.edited.connect(self._set_query)
        self.query.version_chosen.connect(self.show_version)
        self.search_inspector.form_page.edited.connect(self._set_field)
        self.search_inspector.left.connect(self.table.setFocus)
        self.search_inspector.files.report_asked.connect(self.show_report)
        self.search_inspector.files.capture_asked.connect(self.capture_pages)
        self.search_inspector.files.columns_asked.connect(self.name_columns_of)
        self.kept.keep_asked.connect(self.keep_work)
        self.kept.capture_asked.connect(self.capture_pages)

    def _lay(self) -> None:
        below = down(self.query, self.kept, None, gap=14, edge=(20, 14, 18, 10))
        self._below = scrolled(below)
        self._split = ListAndQuery(self.table, self._below)
        nothing = self.parts.empty(
            "ph.magnifying-glass", "What was searched, where and when, will be listed here.", "Import files",
            self.import_files, "or drop exports of your databases anywhere on this window",
        )  # fmt: skip
        self._none = self.parts.empty(
            "ph.funnel-simple", "No search is of this kind.", "Show all searches", self._show_all
        )
        ground = QWidget()
        ground.setProperty("ground", "surface")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedLayout(ground)
        for page in (self._split, nothing, self._none):
            self._stack.addWidget(page)
        bar = across(self._filters, None, gap=2, edge=(12, 0, 14, 0))
        self.lay_out(ground, bar=bar, inspector=self.search_inspector)

    # -- what the window asks

    def title(self) -> str:
        """Return the title in the header."""
        return "Searches"

    def detail(self) -> str:
        """Return how many records came from how many databases."""
        return self._log.fact()

    def header_parts(self) -> Sequence[QWidget]:
        """Return the acts; the one that is meant last."""
        self._export = self.parts.button("Export yields", "plain", "ph.export", self.export)
        self._new = self.parts.button("Search without a file", "plain", "ph.plus", self.new_search)
        self._import = self.parts.button("Import files", "primary", "ph.download-simple", self.import_files)
        return [self._export, self._new, self._import]

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here."""
        return {"add": self.import_files, "export": self.export}

    def arrange(self, *, slim: bool) -> None:
        """Give up what matters least where the window is narrow."""
        if hasattr(self, "_export"):
            self._export.rename("Export" if slim else "Export yields")
            self._new.rename("Without a file" if slim else "Search without a file")

    def reload(self, tables: frozenset[str]) -> None:
        """Read again what changed."""
        if not tables or tables & OF_THE_LOG:
            self.project.read(read_log, self._show, latest="searches")
        if tables & {"edit", "search", "source", "person", "saved_search"}:
            self.search_inspector.refresh()

    def show_place(self, subject: Subject) -> None:
        """Choose this search."""
        if subject.kind == "search":
            self._wanted = subject.row
            if self._log.rows:
                self._show(self._log)

    def leave(self) -> None:
        """Keep what is half typed."""
        self.query.leave()
        self.search_inspector.leave()

    def take_focus(self) -> None:
        """Give the keyboard to the list, or to the act that starts it."""
        if self._stack.currentIndex() == 0:
            self.table.setFocus()
        else:
            self._import.setFocus()

    def takes(self, mime: QMimeData) -> bool:
        """Take files to import."""
        return bool(exports_within(mime))

    def take(self, mime: QMimeData) -> None:
        """Import what was dropped."""
        files = exports_within(mime)
        if len(files) >= MOST:
            self.context.say(f"The folder holds more files; the first {MOST} of them are looked at")
        self.start_import(files)

    # -- what is shown

    def _show(self, read: Log) -> None:
        self._log = read
        if self._wanted is not None and self._wanted not in self._shown_rows():
            self._filter = "all"
        self._offer_filters()
        rows = read.shown(self._filter)
        before, self._quiet = self.chosen(), True
        self.table.show_searches(rows, read.marked())
        self._stack.setCurrentIndex(0 if rows else 2 if read.rows else 1)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.table.select(wanted)
            self.table.scrollTo(self.table.currentIndex(), SearchTable.ScrollHint.PositionAtTop)
        elif rows and self.table.current_id() is None:
            self.table.select(_after(before, rows))
        self._quiet = False
        self._split.share()
        self._show_chosen()
        self.headed.emit()

    def _shown_rows(self) -> set[int]:
        return {row.search.row for row in self._log.shown(self._filter)}

    def _offer_filters(self) -> None:
        counts = {key: len(self._log.shown(key)) for key, _ in FILTERS}
        if not counts[self._filter]:
            self._filter = "all"
        self._filters.offer([(key, f"{words}  {counts[key]:,}") for key, words in FILTERS])
        self._filters.choose(self._filter)

    def _choose_filter(self, key: str) -> None:
        self._filter = key
        self.context.settings.keep(FILTER, key)
        self._show(self._log)

    def _show_all(self) -> None:
        self._choose_filter("all")

    def chosen(self) -> Worth | None:
        """Return the search that is chosen."""
        return self.table.row_of(self.table.current_id())

    def choose(self, row: int) -> None:
        """Choose a search once it is listed."""
        self._wanted = row

    def _show_chosen(self) -> None:
        if self._quiet:
            return
        row = self.chosen()
        self.search_inspector.show_search(row)
        gives = row is not None and (row.group is not Group.SUPPORT or bool(row.search.works))
        self._below.setVisible(gives)
        if row is None:
            return
        number = row.search.row
        self.query.setVisible(row.group is not Group.SUPPORT)
        self.query.show_search(
            row, self._log.lines.get(number, ()), self._log.problems.get(number, ()), self.version_labels(row)
        )
        self.kept.show_search(row)

    def _enter(self) -> None:
        self.search_inspector.enter()

    def edit_query(self) -> None:
        """Edit the query where it stands."""
        if self.chosen() is not None:
            self.query.edit()

    def copy_query(self) -> None:
        """Copy the query, word for word."""
        self.query.copy()
        self.context.say("Copied the query")

    # -- what is written

    def _set_query(self, text: str) -> None:
        self._set_field("query", text)

    def _set_field(self, column: str, text: str) -> None:
        row = self.chosen()
        if row is None:
            return
        try:
            edit = log.set_field(row.search, column, text)
        except EvidenceError as error:
            self.context.say(str(error))
            self.search_inspector.show_search(row)
            return
        self.project.do(edit)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions(self.commands)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)


def _after(before: Worth | None, rows: Sequence[Worth]) -> int:
    """Return what to choose when the row that was chosen is gone: the same source, else the first."""
    same = [row for row in rows if before is not None and row.search.source == before.search.source]
    return (same or rows)[0].search.row
