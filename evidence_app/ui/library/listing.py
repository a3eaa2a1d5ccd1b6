"""The list of references: its table, the questions behind it, and what stands there when it is empty."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from evidence_app.domain.contents import Update
from evidence_app.domain.query import Query
from evidence_app.storage import crossref_answers, library, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.library import Support
from evidence_app.storage.searching import search
from evidence_app.ui.library.columns import COLUMNS, Line, ReferenceDelegate, is_copy
from evidence_app.ui.library.given import among
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.widgets.menus import menu_spot
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import IdTableModel, Table

GRAVEST = ("retraction", "concern", "correction")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lines show that does not lie in the references themselves; read again when it changes."""

    support: Support = field(default_factory=Support)
    updates: Mapping[int, tuple[Update, ...]] = field(default_factory=dict)
    total: int = 0

    def update_of(self, reference: int) -> str:
        """Return the gravest thing that became of a work."""
        groups = {update.group for update in self.updates.get(reference, ())}
        return next((group for group in GRAVEST if group in groups), "")


def surroundings(reader: Reader) -> Surroundings:
    """Read which themes the references support and what became of them since they appeared."""
    updates: dict[int, list[Update]] = {}
    for update in crossref_answers.updates(reader):
        updates.setdefault(update.reference, []).append(update)
    grouped = {at: tuple(found) for at, found in updates.items()}
    return Surroundings(library.support(reader), grouped, library.number_held(reader))


@dataclass(frozen=True, slots=True)
class Listed:
    """An answer: the ids in order, and the query they answer."""

    query: Query
    ids: "array[int]"


def listed(
    reader: Reader, query: Query, order: str, descending: bool, given: frozenset[int] | None = None
) -> Listed:
    """Ask which references a query finds, in order; only among the given ones, where there are any."""
    return Listed(query, among(search(reader, query, order, descending=descending), given))


class ReferenceTable(Table):
    """The table of references, with its keys."""

    removal_asked = Signal()
    copy_asked = Signal()
    menu_asked = Signal(object)
    """The place on the screen where the context menu opens."""
    selection_changed = Signal()

    def __init__(self, parts: Parts, project: OpenProject) -> None:
        self._project = project
        self._around = Surroundings()
        super().__init__(parts.look, IdTableModel(COLUMNS, self._fetch), "References")
        self.references: IdTableModel = self.model()  # type: ignore[assignment]
        self._delegate = ReferenceDelegate(parts.look, self)
        self.setItemDelegate(self._delegate)
        self.selectionModel().selectionChanged.connect(self.selection_changed)

    def surround(self, around: Surroundings) -> None:
        """Take what lines show beside the references themselves."""
        self._around = around
        self._delegate.place_themes(around.support.order)
        self.references.refresh()

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, Line]:
        support = self._around.support
        found = references.lines(self._project.reader, ids, support.themes, None, support.findings)
        return {line.id: Line(line, self._around.update_of(line.id)) for line in found}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove with Delete, copy with the keys that copy, open with Enter; all else moves about."""
        if is_copy(event):
            self.copy_asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the acts for what is chosen, also from the menu key."""
        self.menu_asked.emit(menu_spot(self, event))


class ListPlace(QStackedWidget):
    """Where the table stands, or what is said in its place."""

    def __init__(self, table: QWidget, nothing: QWidget, none_found: QWidget) -> None:
        super().__init__()
        self._table, self._nothing, self._none_found = table, nothing, none_found
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for part in (table, nothing, none_found):
            self.addWidget(part)

    def show_for(self, *, found: int, total: int) -> None:
        """Show the table, or why there is nothing in it."""
        if found:
            self.setCurrentWidget(self._table)
        else:
            self.setCurrentWidget(self._none_found if total else self._nothing)
