"""The Library: the list of references, what narrows and orders it, and the inspector of the chosen one."""

from array import array
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from evidence_app.domain.edit import Edit, insert, remove
from evidence_app.domain.query import Query
from evidence_app.domain.reference import Reference
from evidence_app.storage import library, references
from evidence_app.storage.library import SavedSearch
from evidence_app.ui.actions import ActionSpec, Handler
from evidence_app.ui.carried import dropped_files
from evidence_app.ui.library.acts import ReferenceActs
from evidence_app.ui.library.column_menu import ColumnMenu
from evidence_app.ui.library.columns import order_of, show_order
from evidence_app.ui.library.desk import LibraryDesk
from evidence_app.ui.library.dropped import dropped_text
from evidence_app.ui.library.filters import Counted, FilterBar, both, counted_filters
from evidence_app.ui.library.given import GivenSet
from evidence_app.ui.library.inspector import ReferenceInspector
from evidence_app.ui.library.listing import (
    Listed,
    ListPlace,
    ReferenceTable,
    Surroundings,
    listed,
    surroundings,
)
from evidence_app.ui.library.query_box import QueryBox
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.widgets.laying import across, down

FILTER, SORT = "library.filter", "library.sort"
OF_LISTS = frozenset(
    ("reference", "bibliography_entry", "reference_tag", "note", "tag", "citation", "anchor", "block",
     "theme",
     "theme_parent", "saved_search", "cache_crossref"),
)  # fmt: skip
OF_SURROUNDINGS = frozenset(
    ("reference", "citation", "anchor", "block", "theme", "theme_parent", "cache_crossref")
)
OF_INSPECTOR = OF_LISTS | {"provenance", "attachment", "characteristic", "person"}


class LibraryScreen(LibraryDesk):
    """The references of the review."""

    ACTIONS = (
        *ReferenceActs.ACTIONS,
        ActionSpec("save_search", "Save this search…", "Screen", "", "ph.funnel"),
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        kept = context.settings.now.kept
        self._order, self._descending = order_of(kept.get(SORT, ""))
        self._around = Surroundings()
        self._shown = Listed(Query(""), array("q"))
        self._wanted: int | None = None
        self._listing = self._known = False
        self._count_due = False
        self._filters = FilterBar(self.parts, kept.get(FILTER, "all"), self)
        self._filters.chosen.connect(self._filter)
        self._filters.save_asked.connect(self.save_search)
        self._filters.forget_asked.connect(self._forget_search)
        self._box = QueryBox(self.parts, self._known_names, self)
        self._box.asked.connect(self._searched)
        self._box.box.left_down.connect(self._to_list)
        self._given = GivenSet(self.parts, self)
        self._given.left.connect(self._ask)
        self._table = ReferenceTable(self.parts, self.project)
        self._columns = ColumnMenu(self.parts, self._table, context.settings, self)
        self._columns.sort_asked.connect(self._sort)
        self._inspector = ReferenceInspector(context, self.acts_on_chosen())
        self._listen()
        self._lay()
        show_order(self._table.horizontalHeader(), self._order, descending=self._descending)

    def _listen(self) -> None:
        table, inspector = self._table, self._inspector
        table.sorted_by.connect(self._sort)
        table.selection_changed.connect(self._choose)
        table.opened.connect(self._enter_inspector)
        table.removal_asked.connect(self.remove)
        table.copy_asked.connect(self.copy_citation)
        table.menu_asked.connect(self._open_menu)
        inspector.left.connect(self._to_list)
        inspector.compare_asked.connect(self.compare)
        inspector.check_asked.connect(self.mark_checked)
        inspector.uncheck_asked.connect(self.unmark_checked)

    def _lay(self) -> None:
        nothing = self.parts.empty(
            "ph.books", "The references of this review will be listed here.", "Add references", self.add,
            "or drop exports of databases, Zotero or EndNote anywhere on this window",
        )  # fmt: skip
        self._none_found = self.parts.empty(
            "ph.magnifying-glass", "No reference matches this search.", "Show all references", self._show_all
        )
        self._place = ListPlace(self._table, nothing, self._none_found)
        bar = across(
            self._filters.row, None, self._filters.more, self._columns.sort, self._columns.columns,
            gap=2, edge=(12, 0, 12, 0),
        )  # fmt: skip
        main = down(self._box.strip, self._given.strip, gap=0)
        main.addWidget(self._place, 1)
        self.lay_out(main, bar=bar, inspector=self._inspector)

    # -- what the window asks

    def title(self) -> str:
        """Return the title in the header."""
        return "Library"

    def detail(self) -> str:
        """Return how many references are listed."""
        found, total = len(self._shown.ids), self._around.total
        return f"{found:,} of {total:,} references" if total else ""

    def header_parts(self) -> Sequence[QWidget]:
        """Return the search box and the acts."""
        self._export_button = self.parts.button("Export bibliography", "primary", "ph.export", self.export)
        return [self._box.box, self.parts.button("Add", "plain", "ph.plus", self.add), self._export_button]

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here."""
        return {
            "find": self._find, "add": self.add, "export": self.export, "replace": self.replace,
            "copy_citation": self.copy_citation, "copy_entry": self.copy_entry,
        }  # fmt: skip

    def arrange(self, *, slim: bool) -> None:
        """Give up what matters least where the window is narrow."""
        self._box.box.narrow(220 if slim else 330)
        if hasattr(self, "_export_button"):
            self._export_button.rename("Export" if slim else "Export bibliography")

    def reload(self, tables: frozenset[str]) -> None:
        """Read again what changed."""
        if not tables and not self._known:
            self.bring_back_note()
        if not tables or tables & OF_LISTS:
            self._count_due = True  # the list comes first, the counts after it
            self._ask()
        if not tables or tables & OF_SURROUNDINGS:
            self.project.read(surroundings, self._surround, latest="library.around")
        if tables & OF_INSPECTOR:
            self._show_chosen()
        if tables & {"reference", "provenance"}:
            self.state_again()

    def show_place(self, subject: Subject) -> None:
        """Show this reference, or everything with a tag."""
        if subject.kind == "records":
            self._show_all()
            self._given.show_these(subject.title, subject.ids)
            self._ask()
        elif subject.kind == "reference":
            self._wanted = subject.row
            if self._table.references.row_of(subject.row) >= 0:
                self._choose_wanted()
            else:
                self._show_all()
        elif subject.kind.startswith("tag:"):
            self._given.forget()
            self._filter_by("all")
            self._box.show_text(f'tag:"{subject.kind.removeprefix("tag:")}"')

    def leave(self) -> None:
        """Keep what is half typed."""
        self._box.hide_offer()
        self._inspector.leave()

    def takes(self, mime: QMimeData) -> bool:
        """Take files for the chosen reference, and text to add references from."""
        return bool(dropped_text(mime)) or (self._one() is not None and bool(dropped_files(mime)))

    def take(self, mime: QMimeData) -> None:
        """Attach dropped files, or read dropped text."""
        files = dropped_files(mime)
        if files and self._one() is not None:
            self._inspector.go_to_tab("Files")
            self._inspector.files.attach(files)
        elif text := dropped_text(mime):
            self.add_from(text)

    # -- what is listed

    def _ask(self) -> None:
        query = both(self._filters.query(), self._box.query)
        question = partial(
            listed, query=query, order=self._order, descending=self._descending, given=self._given.ids
        )
        self.project.read(question, self._show, latest="library")

    def _show(self, answer: Listed) -> None:
        self._shown, self._known = answer, True
        self._listing = (
            True  # the selection changes more than once on the way; the inspector follows at its end
        )
        self._table.show_ids(answer.ids)
        self._none_found.say(self._unmatched())
        self._place.show_for(found=len(answer.ids), total=self._around.total or len(answer.ids))
        if self._wanted is not None:
            self._choose_wanted()
        elif answer.ids and not self.chosen_ids():  # a list that takes the focus has a current row at once
            self._table.select(answer.ids[0])
        self._listing = False
        self._choose()
        if self.isActiveWindow() and self.window().focusWidget() is None:
            self._to_list()  # the field that was left belonged to a reference that is not listed any more
        self.headed.emit()
        if self._count_due:
            self._count_due = False
            self.project.read(counted_filters, self._show_counts, latest="library.counts")

    def _unmatched(self) -> str:
        """Say what nothing matches: the words, and the filter they were searched in."""
        words, among = self._box.query.text.strip(), self._filters.label()
        searched = f"No reference matches “{words}”" if words else "No reference"
        return f"{searched}." if among == "All" else f"{searched} {'among' if words else 'is in'} “{among}”."

    def _choose_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self._table.references.row_of(wanted) >= 0:
            self._table.select(wanted)

    def _surround(self, around: Surroundings) -> None:
        self._around = around
        if hasattr(self, "_export_button"):
            self._export_button.setEnabled(around.total > 0)
        self._table.surround(around)
        if self._known:  # before that nobody knows whether anything is found
            self._place.show_for(found=len(self._shown.ids), total=around.total)
        self._show_chosen()
        self.headed.emit()

    def _show_counts(self, counted: Counted) -> None:
        self._filters.show_counts(counted)

    def _searched(self, _query: Query) -> None:
        self._ask()

    def _filter(self, key: str) -> None:
        self.context.settings.keep(FILTER, key)
        self._ask()

    def _filter_by(self, key: str) -> None:
        self._filters.choose(key)
        self._filter(key)

    def _show_all(self) -> None:
        self._given.forget()
        self._filter_by("all")
        self._box.clear()

    def _sort(self, key: str) -> None:
        self._descending = key == self._order and not self._descending
        self._order = key
        self.context.settings.keep(SORT, f"{key},{'down' if self._descending else 'up'}")
        show_order(self._table.horizontalHeader(), key, descending=self._descending)
        self._ask()

    # -- saved searches

    def save_search(self) -> None:
        """Keep the search as it is under a name, as a set that follows the library."""
        filtered = self._filters.query().text.strip()
        text = " ".join(part for part in (filtered, self._box.query.text.strip()) if part)
        if not text:
            self.context.say("Type a search or choose a filter first; then it can be saved")
            return
        name = (self.context.messages.ask("Save this search", f"Name for “{text}”") or "").strip()
        if name:
            made = insert("saved_search", name=name, query=text)
            edit = Edit(f"Save the search “{name}”", (made,))
            self.do(edit, f"Saved the search “{name}” as a filter")

    def _forget_search(self, saved: SavedSearch) -> None:
        edit = Edit(f"Forget the search “{saved.name}”", (remove("saved_search", saved.id),))
        self.do(edit, f"Forgot the search “{saved.name}”")

    # -- what is chosen

    def chosen_ids(self) -> list[int]:
        """Return the ids of the references that are chosen, in the order shown."""
        return self._table.selected_ids()

    def shown_ids(self) -> Sequence[int]:
        """Return the ids of everything that is listed."""
        return self._shown.ids

    def shown_as(self) -> str:
        """Return in a few words what is listed."""
        return self._box.query.text.strip() or self._given.title or self._filters.label()

    def surroundings(self) -> Surroundings:
        """Return what is known of the references beside themselves."""
        return self._around

    def show_added(self, row: int) -> None:
        """Choose a reference that was just added; everything is listed if it would not be."""
        self.show_place(Subject("reference", row))

    def _one(self) -> Reference | None:
        return self._inspector.reference

    def _choose(self) -> None:
        if self._listing:
            return
        self._name_acts(len(self.chosen_ids()))
        self._show_chosen()

    def _show_chosen(self) -> None:
        ids = self.chosen_ids()
        if len(ids) > 1:
            self._inspector.show_many(ids)
            return
        reference = references.reference(self.project.reader, ids[0]) if ids else None
        if reference is None:
            self._inspector.show_none()
            return
        updates = self._around.updates.get(reference.id, ())
        self._inspector.show_reference(reference, updates, self.differing(reference))

    def _enter_inspector(self) -> None:
        self._inspector.enter()

    def _known_names(self) -> Mapping[str, Sequence[str]]:
        return library.names_to_search(self.project.reader)

    def _find(self) -> None:
        self._box.box.setFocus()
        self._box.box.selectAll()

    def _to_list(self) -> None:
        if not self._shown.ids:
            return
        self._table.setFocus()
        if self._table.current_id() is None:
            self._table.select(self._shown.ids[0])

    # -- the acts as menus

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction("Copy citation\tCtrl+C").triggered.connect(self.copy_citation)
        menu.addAction("Copy bibliography entry\tCtrl+Alt+C").triggered.connect(self.copy_entry)
        menu.addSeparator()
        *others, removal = self.acts_on_chosen()
        menu.addActions(others)
        if len(self.chosen_ids()) == 1:
            menu.addSeparator()
            menu.addAction("Write a note").triggered.connect(self._inspector.write_note)
            menu.addAction("Attach files…").triggered.connect(self._inspector.attach_files)
        menu.addSeparator()
        menu.addAction(f"{removal.text()}\tDel").triggered.connect(self.remove)
        menu.addSeparator()
        menu.addAction("Find and replace…\tCtrl+H").triggered.connect(self.replace)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
