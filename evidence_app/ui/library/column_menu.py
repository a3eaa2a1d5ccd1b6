"""Which columns the library shows, how wide and in which order: chosen in a menu and remembered."""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from evidence_app.ui.library.columns import COLUMNS, GIVEN_UP, HIDDEN_AT_FIRST, NAMES, TITLE_ROOM
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Table

REMEMBERED_AS = "library"


class ColumnMenu(QObject):
    """Keeps the columns of a table as the user has them; each is [name, shown, width at 100 %]."""

    sort_asked = Signal(str)

    def __init__(self, parts: Parts, table: Table, settings: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._table, self._settings = parts.look, table, settings
        self._dropped: frozenset[str] = frozenset()
        self._busy = False
        self.columns = parts.tool("ph.columns", "Choose columns")
        self.sort = parts.tool("ph.sort-ascending", "Sort")
        for tool, fill in ((self.columns, self._fill_columns), (self.sort, self._fill_sort)):
            menu = QMenu(tool)
            menu.aboutToShow.connect(fill)
            tool.setMenu(menu)
            tool.setPopupMode(tool.ToolButtonPopupMode.InstantPopup)
        head = table.horizontalHeader()
        head.setSectionsMovable(True)
        head.sectionResized.connect(self._resized)
        head.sectionMoved.connect(self._moved)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._offer)
        table.viewport().installEventFilter(self)
        parts.look.changed.connect(self.apply)
        self.apply()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See anew which columns there is room for."""
        if event.type() == QEvent.Type.Resize and self._dropped != self._to_drop():
            self.apply()
        return super().eventFilter(watched, event)

    def _to_drop(self) -> frozenset[str]:
        """Return what goes for want of room, the least first."""
        px = self._look.px
        widths = {name: px(width) for name, shown, width in self._kept() if shown and name != "Title"}
        room = self._table.viewport().width() - px(TITLE_ROOM)
        dropped = []
        for name in GIVEN_UP:
            if sum(widths.values()) > room and name in widths:
                del widths[name]
                dropped.append(name)
        return frozenset(dropped)

    def apply(self) -> None:
        """Show the columns as remembered."""
        self._busy = True
        self._dropped = self._to_drop()
        head = self._table.horizontalHeader()
        kept = self._kept()
        for place, (name, _, width) in enumerate(kept):
            section = NAMES.index(name)
            head.moveSection(head.visualIndex(section), place)
            if COLUMNS[section].width:
                self._table.setColumnWidth(section, self._look.px(width))
            self._table.setColumnHidden(section, not self._is_shown(name))
        self._busy = False

    def _is_shown(self, name: str) -> bool:
        shown = next((bool(shown) for known, shown, _ in self._kept() if known == name), True)
        return shown and name not in self._dropped

    def _kept(self) -> list[list[Any]]:
        remembered = [
            entry
            for entry in self._settings.now.columns.get(REMEMBERED_AS, [])
            if isinstance(entry, list) and len(entry) == 3 and entry[0] in NAMES and isinstance(entry[2], int)
        ]
        known = {entry[0] for entry in remembered}
        return remembered + [
            [name, name not in HIDDEN_AT_FIRST, column.width]
            for name, column in zip(NAMES, COLUMNS, strict=True)
            if name not in known
        ]

    def _keep(self, kept: list[list[Any]]) -> None:
        self._settings.change(columns={**self._settings.now.columns, REMEMBERED_AS: kept})

    def _resized(self, section: int, _before: int, width: int) -> None:
        if self._busy or not width or not COLUMNS[section].width:
            return
        at_full_size = round(width / self._look.scale)
        self._keep([[n, s, at_full_size if n == NAMES[section] else w] for n, s, w in self._kept()])

    def _moved(self, _section: int, _before: int, _after: int) -> None:
        if self._busy:
            return
        head = self._table.horizontalHeader()
        place = {name: head.visualIndex(section) for section, name in enumerate(NAMES)}
        self._keep(sorted(self._kept(), key=lambda entry: place[entry[0]]))

    def _offer(self, place: QPoint) -> None:
        """Offer the columns where the head was clicked with the right button."""
        self.columns.menu().popup(self._table.horizontalHeader().mapToGlobal(place))

    def _fill_columns(self) -> None:
        menu = self.columns.menu()
        menu.clear()
        for name, shown, _ in self._kept():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(bool(shown))
            action.setEnabled(name != "Title")
            action.triggered.connect(partial(self._switch, name, not shown))
        menu.addSeparator()
        menu.addAction("As they were at first").triggered.connect(self._as_at_first)

    def _switch(self, name: str, shown: bool, _checked: bool = False) -> None:
        self._keep([[n, shown if n == name else s, w] for n, s, w in self._kept()])
        self.apply()

    def _as_at_first(self) -> None:
        self._keep([])
        self.apply()

    def _fill_sort(self) -> None:
        menu = self.sort.menu()
        menu.clear()
        head = self._table.horizontalHeader()
        for section, column in enumerate(COLUMNS):
            if column.sort:
                action = menu.addAction(f"By {NAMES[section].lower() if NAMES[section] != 'DOI' else 'DOI'}")
                action.setCheckable(True)
                action.setChecked(head.sortIndicatorSection() == section)
                action.triggered.connect(partial(self._ask_sort, column.sort))

    def _ask_sort(self, key: str, _checked: bool = False) -> None:
        self.sort_asked.emit(key)
