"""Before an import: what each file is, and which search it belongs to."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLayout, QLineEdit, QSizePolicy, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats.column_mapping import UnknownTable
from evidence_app.services.importing import FileToImport, SearchRun
from evidence_app.services.searches.arrivals import Arrival, likely_search
from evidence_app.services.searches.days import read_days, shown_days
from evidence_app.services.searches.kinds import Group, kind_called
from evidence_app.storage.searches import LoggedSearch
from evidence_app.ui.searches.files_page import recognised
from evidence_app.ui.widgets.laying import across, down, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.typed_choice import TypedChoice

WIDTH: Final = 980
HIGHEST: Final = 740


class Columns(Protocol):
    """Who knows what columns hold, and asks where nobody does."""

    def known(self, table: UnknownTable) -> dict[str, str] | None:
        """Return what was said of a table with these headers before."""

    def ask(self, table: UnknownTable, mapping: dict[str, str] | None) -> dict[str, str] | None:
        """Ask what the columns hold; None where nobody said."""


class ImportDialog(PanelDialog):
    """Asks to which search each file belongs; what is typed there names a new one."""

    keeps_words = True

    def __init__(
        self,
        parts: Parts,
        arrivals: Sequence[Arrival],
        searches: Sequence[LoggedSearch],
        chosen: LoggedSearch | None,
        parent: QWidget | None = None,
        columns: Columns | None = None,
    ) -> None:
        title = f"Import {arrivals[0].path.name if len(arrivals) == 1 else counted(len(arrivals), 'file')}"
        super().__init__(parts, title, size=(WIDTH, HIGHEST), parent=parent)
        self._arrivals = arrivals
        self._columns = columns
        self.mappings: dict[Path, dict[str, str]] = {}
        for arrival in arrivals:
            known = (
                columns.known(arrival.table) if columns is not None and arrival.table is not None else None
            )
            if known is not None:
                self.mappings[arrival.path] = known
        self._searches = [each for each in searches if kind_called(each.kind).group is not Group.SUPPORT]
        self.belongs: list[QComboBox] = []
        self.platforms: list[QLineEdit] = []
        self._fill(arrivals, chosen)
        self.run_on = parts.field(
            "Run on, for new searches", hint="for example 16–17 March 2023; empty is not reported"
        )
        self.put(across(self.run_on))
        self.problem = parts.label("", "small", "exclude", wrap=True)
        self.problem.hide()
        self.put(self.problem)
        self.go = parts.button("Import", "primary", act=self.check)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.go)
        readable = [each for each in arrivals if not each.why_not]
        unreadable = len(arrivals) - len(readable)
        fact = "The format is told by the content. One undo takes the whole import back."
        if unreadable:
            fact += f" {counted(unreadable, 'file')} cannot be read and will be listed in the report."
        self.tell(fact)
        self.go.rename(f"Import {counted(len(readable), 'file')}")
        self.go.setEnabled(bool(readable))
        self.want(height=min(HIGHEST, 250 + 44 * len(arrivals)))

    def _fill(self, arrivals: Sequence[Arrival], chosen: LoggedSearch | None) -> None:
        parts, grid = self.parts, QGridLayout()
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for column, head in enumerate(("File", "Recognised as", "Belongs to the search", "Platform, if new")):
            grid.addWidget(parts.caption(head), 0, column)
        for at, arrival in enumerate(arrivals, 1):
            name = parts.line(arrival.path.name)
            name.setMinimumWidth(parts.look.px(120))
            grid.addWidget(name, at, 0)
            if arrival.why_not:
                why = parts.label(arrival.why_not, "small", "exclude", wrap=True)
                grid.addWidget(why, at, 1, 1, 3)
                continue
            grid.addLayout(self._recognised(arrival), at, 1)
            alone = chosen if len(arrivals) == 1 else None
            grid.addWidget(self._choice(arrival, alone or likely_search(arrival, self._searches)), at, 2)
            platform = QLineEdit(arrival.platform)
            platform.setAccessibleName(f"Platform of the new search for {arrival.path.name}")
            self.platforms.append(platform)
            grid.addWidget(platform, at, 3)
            self._follow(len(self.belongs) - 1)
        for column, share in enumerate((4, 2, 5, 2)):
            grid.setColumnStretch(column, share)
        self.put(scrolled(down(grid, None, gap=0)), share=1)

    def _recognised(self, arrival: Arrival) -> QLayout:
        """Say what a file is; the columns of a table nobody knows are named from here."""
        note = self.parts.note(recognised(arrival.format, arrival.dialect), wrap=True)
        if arrival.table is None or self._columns is None:
            return across(note)
        button = self.parts.button("Columns…", "plain", act=self._name_columns)
        button.setAccessibleName(f"Name the columns of {arrival.path.name}")
        button.setProperty("path", str(arrival.path))
        return down(note, across(button, None), gap=2)

    def _name_columns(self) -> None:
        wanted = self.sender().property("path")
        for arrival in self._arrivals:
            if str(arrival.path) == wanted:
                self._ask_columns(arrival)

    def _ask_columns(self, arrival: Arrival) -> bool:
        if arrival.table is None or self._columns is None:
            return True
        named = self._columns.ask(arrival.table, self.mappings.get(arrival.path))
        if named is not None:
            self.mappings[arrival.path] = named
        return named is not None

    def _columns_named(self) -> bool:
        """Ask for the columns of each table that cannot be read without; tell whether all are named."""
        waiting = [
            each
            for each in self._arrivals
            if each.table is not None and each.table.needed and each.path not in self.mappings
        ]
        return all(self._ask_columns(each) for each in waiting)

    def _choice(self, arrival: Arrival, likely: LoggedSearch | None) -> QComboBox:
        choice = TypedChoice()
        choice.setMinimumContentsLength(12)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setAccessibleName(f"Search {arrival.path.name} belongs to")
        choice.setFont(self.parts.look.font("body"))
        choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        choice.addItem(arrival.source, None)
        for search in self._searches:
            choice.addItem(_named(search), search.row)
        at = choice.findData(likely.row) if likely is not None else 0
        choice.setCurrentIndex(max(at, 0))
        choice.show_beginning()
        choice.setProperty("place", len(self.belongs))
        choice.editTextChanged.connect(self._chosen)
        self.belongs.append(choice)
        return choice

    def _chosen(self) -> None:
        self._follow(int(self.sender().property("place")))

    def _follow(self, place: int) -> None:
        """Ask for a platform only where a new search is made."""
        if place < len(self.platforms):
            is_new = self._existing(place) is None
            self.platforms[place].setEnabled(is_new)
            self.platforms[place].setPlaceholderText("not reported" if is_new else "")

    def _existing(self, place: int) -> LoggedSearch | None:
        choice = self.belongs[place]
        at = choice.findText(choice.currentText(), Qt.MatchFlag.MatchExactly)
        row = choice.itemData(at) if at >= 0 else None
        return next((search for search in self._searches if search.row == row), None)

    def check(self) -> None:
        """Accept, unless the day of the run is no date."""
        try:
            read_days(self.run_on.text())
        except EvidenceError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        if self._columns_named():
            self.accept()

    def wanted(self, guids: dict[int, str]) -> list[FileToImport]:
        """Return the files with the search each belongs to; `guids` are the identities of the searches.

        Those that cannot be read come too: the report says of each why."""
        first, last = read_days(self.run_on.text())
        days = first if first == last else f"{first}/{last}"
        made = []
        readable = (each for each in self._arrivals if not each.why_not)
        for place, arrival in enumerate(readable):
            search = self._existing(place)
            typed = self.belongs[place].currentText().strip() or arrival.source
            if search is not None and search.search is not None:
                run = SearchRun(search=guids[search.search])
            elif search is not None:
                run = SearchRun(source=search.name, platform=search.platform, searched=days)
            else:
                run = SearchRun(source=typed, platform=self.platforms[place].text().strip(), searched=days)
            mapping = self.mappings.get(arrival.path)
            format = arrival.format if mapping is not None else None
            made.append(FileToImport(path=arrival.path, run=run, format=format, mapping=mapping))
        return [*made, *(FileToImport(path=each.path) for each in self._arrivals if each.why_not)]


def _named(search: LoggedSearch) -> str:
    days = shown_days(search.text("searched_from"), search.text("searched_to"), short=True)
    where = search.platform if search.platform != search.name else ""
    return ", ".join(part for part in (search.name, where, days or "no day") if part)
