"""Picking references for a finding: searched, entered or dragged from here."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from evidence_app.domain.query import parse_query
from evidence_app.storage import references, searching
from evidence_app.storage.connections import Reader
from evidence_app.storage.references import ListedReference
from evidence_app.ui.carried import REFERENCES, begin_drag, carrying
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table


def _said(row: ListedReference) -> str:
    return f"{row.number or ''} {row.authors} {row.year or ''} {row.title}".strip()


class _Draggable(IdTableModel):
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that rows can be dragged."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled


class _Delegate(RowDelegate):
    """Draws number, authors with year, and the title below; a tick where it is cited already."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(look, parent)
        self.held: frozenset[int] = frozenset()

    def draw(self, brush: Brush, option: QStyleOptionViewItem, _index: Index, row: Any) -> None:
        """Draw one reference."""
        px, rect = self.look.px, option.rect
        held = row.id in self.held
        first = rect.adjusted(px(44), px(4), -px(30 if held else 8), -rect.height() // 2)
        second = rect.adjusted(px(44), rect.height() // 2 - px(1), -px(8), -px(4))
        number = rect.adjusted(0, px(4), px(36) - rect.width(), -rect.height() // 2)
        brush.text(number, str(row.number or ""), "small", "accent", RIGHT)
        brush.text(first, f"{row.authors or 'No author'} {row.year or 'n.d.'}", "body")
        brush.text(second, row.title or "No title", "small", "text-2")
        if held:
            brush.icon(rect.right() - px(24), first.center().y(), "ph.check", "include", 14)


class PickTable(Table):
    """The references found; Enter adds them, and they can be dragged onto any finding."""

    entered = Signal(object)
    """Whether to an anchor of their own (Alt)."""
    left_up = Signal()

    def __init__(self, look: Look, model: IdTableModel) -> None:
        super().__init__(look, model, "References to add")
        self._seen, self._held = look, model
        self.setItemDelegate(_Delegate(look, self))
        self.horizontalHeader().hide()
        self.setDragEnabled(True)

    def renew(self) -> None:
        """Give each row two lines."""
        super().renew()
        self.verticalHeader().setDefaultSectionSize(self._look.px(44))

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the selected references."""
        chosen = self.selected_ids()
        row = self._held.at(self.currentIndex().row())
        words = f"{len(chosen)} references" if len(chosen) != 1 or row is None else _said(row)
        begin_drag(self, self._seen, carrying(REFERENCES, list(chosen)), words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add on Enter; up from the first row goes back to the search box."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_up.emit()
        else:
            super().keyPressEvent(event)


class Picker(QWidget):
    """A search box over the library, and what it finds."""

    picked = Signal(object, object)
    """The references, and whether they go to an anchor of their own."""
    closed = Signal()

    def __init__(self, parts: Parts, project: OpenProject) -> None:
        super().__init__()
        self._project = project
        self._asked = self._words = ""
        self.search = parts.search("Author, title, year: or theme:", "Search the library", 200)
        self.search.setMinimumWidth(parts.look.px(120))
        self.search.setMaximumWidth(16_777_215)
        self.search.searched.connect(self._ask)
        self.search.left_down.connect(self._go_down)
        self.search.installEventFilter(self)
        model = _Draggable((Column("Reference", _said),), self._fetch)
        self.table = PickTable(parts.look, model)
        self.table.entered.connect(self._pick)
        self.table.opened.connect(self._opened)
        self.table.left_up.connect(self.search.setFocus)
        self._count = parts.faint("")
        self._add = parts.button("Add", "primary", "ph.plus", self._add_chosen)
        done = parts.button("Done", "plain", "", self._close)
        hint = parts.note("Enter adds to the last citation, Alt+Enter as a new one. Or drag.", wrap=True)
        self.table.setMinimumHeight(parts.look.px(180))
        column = down(self.search, self._count, gap=6)
        column.addWidget(self.table, 1)
        column.addWidget(hint)
        column.addLayout(across(None, done, self._add))
        self.setLayout(column)
        self.table.selectionModel().selectionChanged.connect(self._name_act)

    def open(self, held: frozenset[int]) -> None:
        """Begin: the search box has the keyboard; `held` are the works cited already."""
        self.show_held(held)
        self.search.setFocus()
        self.search.selectAll()
        self._ask(self.search.text())

    def show_held(self, held: frozenset[int]) -> None:
        """Tick these works."""
        delegate = self.table.itemDelegate()
        assert isinstance(delegate, _Delegate)
        delegate.held = held
        self.table.viewport().update()

    def _ask(self, words: str) -> None:
        self._asked = words
        self._project.read(partial(_found, words=words), self._show, latest="themes.picker")

    def _show(self, ids: Sequence[int]) -> None:
        self._words = self._asked
        self.table.show_ids(ids)
        self._count.setText(f"{len(ids):,} found" if len(ids) else "Nothing found. Try fewer words.")
        if ids and self.table.current_id() is None:
            self.table.select(ids[0])
        self._name_act()

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, ListedReference]:
        return {row.id: row for row in references.lines(self._project.reader, ids)}

    def _name_act(self) -> None:
        chosen = len(self.table.selected_ids())
        self._add.rename(f"Add {chosen} references" if chosen > 1 else "Add reference")
        self._add.setEnabled(chosen > 0)

    def _go_down(self) -> None:
        self.search.search_now()
        self.table.setFocus()

    def _add_chosen(self) -> None:
        self._pick(alone=False)

    def _opened(self, _row: object) -> None:
        self._pick(alone=False)

    def _pick(self, alone: bool) -> None:
        ids = self.table.selected_ids()
        if ids:
            self.picked.emit(ids, alone)
            self.search.selectAll()  # so that the next words replace these

    def _close(self) -> None:
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Add what is chosen on Enter in the search box, once the search is done."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and self._words == self.search.text():
                self._pick(alone=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _found(reader: Reader, words: str) -> Sequence[int]:
    return searching.search(reader, parse_query(words))
