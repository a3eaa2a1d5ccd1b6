"""The code book as a tree: filtered, several dragged at once, renamed in place, with counts."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QItemSelectionModel,
    QKeyCombination,
    QMimeData,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTreeView,
)

from evidence_app.domain.coding import CodeCount, PlacedCode
from evidence_app.domain.edit import counted
from evidence_app.domain.reference import folded
from evidence_app.ui.coding.code_delegate import CodeDelegate, CodeLine, line_of
from evidence_app.ui.coding.shown import CodeBook
from evidence_app.ui.look import Look
from evidence_app.ui.widgets.table import ROW, Index

CODES = "application/x-evidence-desk-codes"
KEYS = {
    "Alt+Up": "up", "Alt+Down": "down", "Alt+Left": "out", "Alt+Right": "into", "Ctrl+Shift+M": "move",
    "Ctrl+Shift+J": "merge", "Ctrl+Shift+S": "split",
}  # fmt: skip
"""What keys do with the chosen codes; Alt+Left goes back only where the code book has not the keyboard."""


@dataclass(frozen=True, slots=True)
class MovedCodes:
    """Codes dropped under another one, before one of its codes or at its end."""

    codes: tuple[int, ...]
    parent: int | None
    before: int | None


class _Model(QStandardItemModel):
    def mimeTypes(self) -> list[str]:
        return [CODES]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        mime = QMimeData()
        rows = [line.placed.code.id for each in indexes if (line := line_of(each)) is not None]
        mime.setData(CODES, QByteArray(json.dumps(rows).encode()))
        return mime

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def canDropMimeData(self, mime: QMimeData, *_where: Any) -> bool:
        return mime.hasFormat(CODES)


def _act_of(event: QKeyEvent) -> str:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    pressed = QKeySequence(QKeyCombination(held, Qt.Key(event.key())))
    return KEYS.get(pressed.toString(QKeySequence.SequenceFormat.PortableText), "")


class CodeTree(QTreeView):
    """The tree of codes."""

    chosen = Signal(object)
    """The id of the current code, or None."""
    entered = Signal(object)
    """Enter or a double click: give this code to what is selected."""
    renamed = Signal(int, str)
    removed = Signal()
    moved = Signal(object)
    menu_asked = Signal(object)
    acted = Signal(str)
    """A key of `KEYS` was pressed: what is to be done with the chosen codes."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._book, self._filter, self._shows = look, CodeBook(), "", False
        self._folded: set[int] = set()
        self.lines = _Model(self)
        self.setModel(self.lines)
        self._delegate = CodeDelegate(look, self)
        self._delegate.renamed.connect(self.renamed)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Code book")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setMouseTracking(True)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDragEnabled(True)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setIndentation(look.px(14))
        self.expanded.connect(self._unfold)
        self.collapsed.connect(self._fold)
        self.doubleClicked.connect(self._double_clicked)
        self.clicked.connect(self._toggled)

    def show_book(self, book: CodeBook) -> None:
        """Show the codes; what was folded, chosen and on top stays so."""
        self._book = book
        self._fill()

    def count_per(self, per: str) -> None:
        """Count reports or studies beside the quotations."""
        self._delegate.per = per
        self.viewport().update()

    def unfold(self, row: int | None) -> None:
        """Show what stands under a code from now on."""
        self._folded.discard(row or 0)

    def filter(self, words: str) -> None:
        """Show only codes with these letters, and what they stand under."""
        self._filter = folded(words)
        self._fill()

    def _fill(self) -> None:
        chosen, current = self.selected_ids(), self.current_id()
        top = self.verticalScrollBar().value()
        self._shows = True
        self.lines.clear()
        kept = self._kept()
        parents = {each.code.parent for each in self._book.tree}
        at: dict[int, QStandardItem] = {}
        for each in self._book.tree:
            if each.code.id not in kept:
                continue
            made = self._made(each, each.code.id in parents)
            above = at.get(each.code.parent) if each.code.parent is not None else None
            (above or self.lines.invisibleRootItem()).appendRow(made)
            at[each.code.id] = made
        for row, made in at.items():
            if row not in self._folded or self._filter:
                self.setExpanded(made.index(), True)
        self._shows = False
        self.choose(chosen, current)
        self.verticalScrollBar().setValue(top)

    def _kept(self) -> set[int]:
        by_row = {each.code.id: each for each in self._book.tree}
        kept: set[int] = set()
        for each in self._book.tree:
            if self._filter in folded(each.code.name):
                at: int | None = each.code.id
                while at is not None and at in by_row and at not in kept:
                    kept.add(at)
                    at = by_row[at].code.parent
        return kept

    def _made(self, placed: PlacedCode, has_children: bool) -> QStandardItem:
        code = placed.code
        count = self._book.counts.get(code.id, CodeCount())
        folder = not code.codable or (has_children and not count.quotations)
        made = QStandardItem(code.name)
        made.setData(CodeLine(placed, count, self._book.hues.get(code.id), folder), ROW)
        said = (f"{code.name}, {counted(count.quotations, 'quotation')}, {counted(count.reports, 'report')}, "
                f"{counted(count.studies, 'study', 'studies')}")  # fmt: skip
        made.setData(said, Qt.ItemDataRole.AccessibleTextRole)
        made.setData(code.definition, Qt.ItemDataRole.ToolTipRole)
        return made

    # -- what is chosen

    def _indexes(self) -> Iterator[tuple[int, QModelIndex]]:
        waiting = [self.lines.index(row, 0) for row in range(self.lines.rowCount())]
        while waiting:
            index = waiting.pop(0)
            line = line_of(index)
            if line is not None:
                yield line.placed.code.id, index
            waiting = [self.lines.index(row, 0, index) for row in range(self.lines.rowCount(index))] + waiting

    def choose(self, rows: Sequence[int], current: int | None = None) -> None:
        """Choose these codes, and make one of them current."""
        selection, flags = self.selectionModel(), QItemSelectionModel.SelectionFlag
        selection.clearSelection()
        wanted = set(rows)
        for row, index in self._indexes():
            if row == current:
                selection.setCurrentIndex(index, flags.Select)
            if row in wanted:
                selection.select(index, flags.Select)

    def selected_ids(self) -> list[int]:
        """Return the chosen codes, in the order of the tree."""
        chosen = self.selectionModel()
        return [row for row, index in self._indexes() if chosen.isSelected(index)]

    def current_id(self) -> int | None:
        """Return the current code."""
        line = line_of(self.currentIndex())
        return line.placed.code.id if line else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which code is current now."""
        super().currentChanged(current, previous)
        if not self._shows:
            self.chosen.emit(self.current_id())

    # -- keys and mouse

    def _unfold(self, index: QModelIndex) -> None:
        if not self._shows and (line := line_of(index)):
            self._folded.discard(line.placed.code.id)

    def _fold(self, index: QModelIndex) -> None:
        if not self._shows and (line := line_of(index)):
            self._folded.add(line.placed.code.id)

    def _toggled(self, index: QModelIndex) -> None:
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        left = self.visualRect(index).left()
        if left <= point.x() < left + self._look.px(16) and self.lines.rowCount(index):
            self.setExpanded(index, not self.isExpanded(index))

    def _double_clicked(self, index: QModelIndex) -> None:
        if line := line_of(index):
            self.entered.emit(line.placed.code.id)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the code book from the menus while it has the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _act_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give with Enter, remove with Delete, rename with F2; move, merge and split with `KEYS`."""
        editing = self.state() == QAbstractItemView.State.EditingState
        act = "" if editing else _act_of(event)
        if act:
            self.acted.emit(act)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self.entered.emit(self.current_id())
        elif event.key() == Qt.Key.Key_Delete and not editing:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the acts on the chosen codes."""
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.visualRect(self.currentIndex()).bottomLeft() if keyboard else event.pos()
        self.menu_asked.emit(self.viewport().mapToGlobal(place if not place.isNull() else QPoint(20, 20)))

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped where; the project moves it."""
        where = self.dropIndicatorPosition()
        index = self.indexAt(event.position().toPoint())
        line = line_of(index)
        rows = json.loads(bytes(event.mimeData().data(CODES).data()) or b"[]")
        event.setDropAction(Qt.DropAction.CopyAction)  # nothing is taken out of the model by Qt
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
        ways = QAbstractItemView.DropIndicatorPosition
        if line is None:
            self.moved.emit(MovedCodes(tuple(rows), None, None))
        elif where == ways.OnItem:
            self.moved.emit(MovedCodes(tuple(rows), line.placed.code.id, None))
        else:
            at = index if where == ways.AboveItem else index.siblingAtRow(index.row() + 1)
            before = line_of(at)
            row = before.placed.code.id if before else None
            self.moved.emit(MovedCodes(tuple(rows), line.placed.code.parent, row))
