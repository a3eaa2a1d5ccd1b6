"""The outline of the themes as a tree of items, each holding its `TreeLine`."""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from evidence_app.services.synthesis.overview import TreeGroup, TreeLine
from evidence_app.ui.carried import FINDINGS, THEME
from evidence_app.ui.widgets.table import ROW

Index = QModelIndex | QPersistentModelIndex


class Place(NamedTuple):
    """A theme at one of its places in the outline."""

    theme: int
    parent: int | None


class TreeModel(QStandardItemModel):
    """Read-only: groups and themes; a theme under two parents stands there twice."""

    def show(self, groups: Sequence[TreeGroup]) -> None:
        """Replace what is shown."""
        self.clear()
        for group in groups:
            heading = QStandardItem(group.name)
            heading.setData(group.name, ROW)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            self.appendRow(heading)
            for line in group.lines:
                self.appendRow(_grown(line))

    def places(self) -> Iterator[tuple[Place, QModelIndex]]:
        """Yield every theme with its index, in the order of the outline."""
        waiting = [self.index(row, 0) for row in range(self.rowCount())]
        while waiting:
            index = waiting.pop(0)
            place = place_of(index)
            if place is not None:
                yield place, index
            waiting = [self.index(row, 0, index) for row in range(self.rowCount(index))] + waiting

    def index_of(self, theme: int, parent: int | None = None) -> QModelIndex:
        """Return where a theme stands: under this parent if it does, else at its first place."""
        first = QModelIndex()
        for place, index in self.places():
            if place == Place(theme, parent):
                return index
            if place.theme == theme and not first.isValid():
                first = index
        return first

    def mimeTypes(self) -> list[str]:
        """Return what can be dropped: themes, and review findings."""
        return [THEME, FINDINGS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the place of the theme that is dragged."""
        mime = QMimeData()
        place = place_of(indexes[0]) if indexes else None
        if place is not None:
            mime.setData(THEME, QByteArray(json.dumps([place.theme, place.parent]).encode()))
        return mime

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that themes are moved."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def canDropMimeData(
        self, mime: QMimeData, _action: Qt.DropAction, _row: int, _column: int, _parent: Index
    ) -> bool:
        """Return whether this may be dropped somewhere in the outline."""
        return mime.hasFormat(THEME) or mime.hasFormat(FINDINGS)


def _grown(line: TreeLine) -> QStandardItem:
    made = QStandardItem(line.theme.name)
    made.setData(line, ROW)
    made.setData(
        f"{line.theme.name}, {line.theme.kind.value}, {line.anchors} citation anchors",
        Qt.ItemDataRole.AccessibleTextRole,
    )
    flags = Qt.ItemFlag
    made.setFlags(
        flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsEditable | flags.ItemIsDragEnabled
        | flags.ItemIsDropEnabled
    )  # fmt: skip
    for child in line.children:
        made.appendRow(_grown(child))
    return made


def line_of(index: Index) -> TreeLine | None:
    """Return the line at an index; None for a heading or nothing."""
    line = index.data(ROW) if index.isValid() else None
    return line if isinstance(line, TreeLine) else None


def place_of(index: Index) -> Place | None:
    """Return which theme stands at an index, and under which parent."""
    line = line_of(index)
    return Place(line.theme.id, line.parent) if line else None


def carried_place(mime: QMimeData) -> Place | None:
    """Return the theme that is dragged, with the parent it is dragged from."""
    try:
        match json.loads(bytes(mime.data(THEME).data())):
            case [int(theme), int() | None as parent]:
                return Place(theme, parent)
    except ValueError:
        return None
    return None
