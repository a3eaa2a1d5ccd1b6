"""The filters of the library: words with counts, each a query of the search language; saved searches too."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from evidence_app.domain.query import And, Query, parse_query
from evidence_app.storage import library
from evidence_app.storage.connections import Reader
from evidence_app.storage.library import SavedSearch
from evidence_app.storage.searching import found
from evidence_app.ui.widgets.parts import Parts

SAVED: Final = "saved:"


@dataclass(frozen=True, slots=True)
class Filter:
    """A part of the library by its query."""

    key: str
    label: str
    query: str


FILTERS: Final = (
    Filter("included", "Included", "set:included"),
    Filter("background", "Background", "set:background"),
    Filter("all", "All", ""),
    Filter("no-doi", "No DOI", "doi:missing"),
    Filter("differs", "Differs", "crossref:differs"),
    Filter("uncited", "Cited nowhere", "cited:no"),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What the filters find now, by key, and the saved searches there are."""

    counts: dict[str, int]
    saved: tuple[SavedSearch, ...] = ()


def counted_filters(reader: Reader) -> Counted:
    """Count what each filter and each saved search finds."""
    saved = tuple(library.saved_searches(reader))
    counts = {each.key: found(reader, parse_query(each.query)) for each in FILTERS}
    counts |= {f"{SAVED}{each.id}": found(reader, parse_query(_whole(each.query))) for each in saved}
    return Counted(counts, saved)


def _whole(query: str) -> str:
    return f"{query} "  # the last word of a saved search is not being typed any more


def both(first: Query, second: Query) -> Query:
    """Return the query that asks for what both find, with the problems of the second."""
    roots = [query.root for query in (first, second) if query.root is not None]
    root = And(tuple(roots)) if len(roots) > 1 else (roots[0] if roots else None)
    return Query(second.text, root, second.problems)


class FilterBar(QObject):
    """The filters in the bar, and the menu that holds those for which there is no room."""

    chosen = Signal(str)
    """The key of the filter the user chose."""
    save_asked = Signal()
    forget_asked = Signal(object)
    """A saved search that is to be forgotten."""

    def __init__(self, parts: Parts, chosen: str, parent: QObject) -> None:
        super().__init__(parent)
        self._counted = Counted({})
        self.key = chosen if chosen in {each.key for each in FILTERS} or chosen.startswith(SAVED) else "all"
        self.row = parts.filters("Part of the library", ())
        self.row.chosen.connect(self._choose)
        self.more = parts.tool("ph.funnel-simple", "More filters and saved searches")
        self._menu = QMenu(self.more)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self._menu)
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        self._offer()

    def show_counts(self, counted: Counted) -> None:
        """Show how many references each filter finds."""
        self._counted = counted
        if self.key not in {each.key for each in self._filters()}:
            self.key = "all"
            self.chosen.emit(self.key)
        self._offer()

    def choose(self, key: str) -> None:
        """Show this one as chosen; nothing is emitted."""
        self.key = key
        self._offer()

    def query(self) -> Query:
        """Return the query of the chosen filter."""
        text = next((each.query for each in self._filters() if each.key == self.key), "")
        return parse_query(_whole(text))

    def label(self) -> str:
        """Return the word of the chosen filter."""
        return next((each.label for each in self._filters() if each.key == self.key), "All")

    def _filters(self) -> list[Filter]:
        saved = [Filter(f"{SAVED}{each.id}", each.name, each.query) for each in self._counted.saved]
        return [*FILTERS, *saved]

    def _offer(self) -> None:
        filters = self._filters()
        self.row.offer([(each.key, self._words(each)) for each in filters])
        self.row.choose(self.key)

    def _words(self, each: Filter) -> str:
        count = self._counted.counts.get(each.key)
        return each.label if count is None else f"{each.label}  {count:,}"

    def _choose(self, key: object) -> None:
        self.key = str(key)
        self.chosen.emit(self.key)

    def _fill_menu(self) -> None:
        self._menu.clear()
        for each in self._filters():
            action = self._add(self._words(each), partial(self._chosen_in_menu, each.key))
            action.setCheckable(True)
            action.setChecked(each.key == self.key)
        self._menu.addSeparator()
        self._add("Save this search…", self.save_asked.emit)
        for saved in self._counted.saved:
            self._add(f"Forget “{saved.name}”", partial(self._forget, saved))

    def _add(self, text: str, call: object) -> QAction:
        action = self._menu.addAction(text.replace("&", "&&"))
        action.triggered.connect(call)
        return action

    def _chosen_in_menu(self, key: str, _checked: bool = False) -> None:
        self.choose(key)
        self.chosen.emit(key)

    def _forget(self, saved: SavedSearch, _checked: bool = False) -> None:
        self.forget_asked.emit(saved)
