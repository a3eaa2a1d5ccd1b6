"""The inspector of the chosen search: the PRISMA-S form, its files, the known items, its history."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from evidence_app.services.searches.days import shown_days
from evidence_app.services.searches.worth import Worth
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.searches.files_page import FilesPage
from evidence_app.ui.searches.form_page import FormPage
from evidence_app.ui.searches.history_page import HistoryPage
from evidence_app.ui.searches.known_page import KnownPage
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.laying import across, down

TABS: Final = ("PRISMA-S", "Files", "Known items", "History")


class SearchInspector(Inspector):
    """What is known of the chosen search."""

    left = Signal()
    """Esc was pressed where there was nothing to restore: back to the list."""

    def __init__(self, context: ScreenContext, acts: Sequence[QAction]) -> None:
        head = down(gap=5, edge=(18, 12, 2, 0))
        form = down(gap=0)
        super().__init__(context.look, head, form)
        parts = context.parts
        self._row: Worth | None = None
        self.form_page = FormPage(parts)
        self.files = FilesPage(context)
        self.known = KnownPage(context)
        self.past = HistoryPage(context)
        self.pages: tuple[QWidget, ...] = (self.form_page, self.files, self.known, self.past)
        for page in self.pages:
            form.addWidget(page)
        form.addStretch(1)
        self._name = parts.label("", "title", wrap=True)
        self._about = parts.label("", "small", "text-2", wrap=True)
        self._more = parts.tool("ph.dots-three", "More acts")
        menu = QMenu(self._more)
        menu.addActions(list(acts))
        self._more.setMenu(menu)
        self._more.setPopupMode(self._more.ToolButtonPopupMode.InstantPopup)
        top = across(gap=5, edge=(0, 0, 12, 0))
        top.addWidget(self._name, 1)
        top.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(top)
        head.addWidget(self._about)
        self._tabs = parts.tabs("Parts of the search", TABS)
        self._tabs.currentChanged.connect(self._turn)
        head.addWidget(self._tabs)
        self._below = QWidget()
        self._below.setFixedHeight(parts.look.px(6))
        head.addWidget(self._below)
        self._turn(0)

    def show_search(self, row: Worth | None) -> None:
        """Show this search, or that none is chosen."""
        self._row = row
        self._name.setText(row.search.name if row else "No search is chosen")
        self._about.setText(_about(row) if row else "Import files, or add a search without a file.")
        self._more.setEnabled(row is not None)
        self._tabs.setVisible(row is not None)
        self._below.setVisible(row is None)
        if row is not None:
            files = row.search.files + row.search.captures
            self._tabs.setTabText(1, f"Files  {files}" if files else "Files")
            self.form_page.show_search(row)
        self._turn(self._tabs.currentIndex())

    def refresh(self) -> None:
        """Read the page that is shown again."""
        if self._row is not None:
            self._turn(self._tabs.currentIndex())

    def go_to_tab(self, name: str) -> None:
        """Show a page by its name."""
        self._tabs.setCurrentIndex(TABS.index(name))

    def enter(self) -> None:
        """Give the keyboard to the first field."""
        self._tabs.setCurrentIndex(0)
        first = next(iter(self.form_page.fields.values()), None)
        if first is not None:
            first.editor.setFocus()

    def leave(self) -> None:
        """Keep what is half typed."""
        self.form_page.leave()

    def _turn(self, place: int) -> None:
        for at, page in enumerate(self.pages):
            page.setVisible(self._row is not None and at == place)
        if self._row is None:
            return
        if place == 1:
            self.files.show_search(self._row)
        elif place == 2:
            self.known.show_search(self._row)
        elif place == 3:
            self.past.show_search(self._row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def _about(row: Worth) -> str:
    search = row.search
    days = shown_days(search.text("searched_from"), search.text("searched_to"))
    where = (
        search.platform if search.platform and search.platform != search.name else search.kind.capitalize()
    )
    file = "" if search.files or row.group.value == "databases" or not row.gives_records else "no file"
    run = f"run on {days}" if days else "day of the run not reported" if row.gives_records else ""
    return ", ".join(part for part in (where, file, run) if part)
