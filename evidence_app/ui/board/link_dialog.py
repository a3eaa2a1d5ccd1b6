"""Choosing what a card is linked to, and how."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem

from evidence_app.domain.board import Board, BoardTheme
from evidence_app.domain.reference import folded
from evidence_app.ui.widgets.choices import Choices
from evidence_app.ui.widgets.fields import InPlace
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

ROW = Qt.ItemDataRole.UserRole
PART, SUPPORTS, CONTRADICTS, MOVE, ALSO = "part", "supports", "contradicts", "move", "also"
WAYS: Choices = ((PART, "Part of it"), (SUPPORTS, "Supports"), (CONTRADICTS, "Speaks against"))
CODE_WAYS: Choices = ((MOVE, "Move there"), (ALSO, "There too"))


class LinkDialog(QDialog):
    """A filter above the themes or groups, and how the card is linked; Enter takes the one that is chosen."""

    def __init__(
        self, parts: Parts, title: str, board: Board, offered: Sequence[BoardTheme], ways: Choices
    ) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.theme: BoardTheme | None = None
        self._board, self._offered = board, offered
        self.ways = parts.segments("How", ways)
        self.ways.setVisible(bool(ways))
        self.note = parts.field("Why", "", "", "a note that stands beside the link")
        self.note.setVisible(False)
        self.ways.chosen.connect(self._turn)
        look = parts.look
        self.filter = parts.search("Type a few letters", "Filter the themes", 400)
        self.filter.textChanged.connect(self._show)
        self.filter.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("Themes and groups")
        self.list.setFont(look.font("body"))
        self.list.setMinimumSize(look.px(400), look.px(240))
        self.list.itemActivated.connect(self.take)
        take = parts.button("Link", "primary", "", self.take)
        cancel = parts.button("Cancel", "plain", "", self.reject)
        heading = parts.label(title, "title", wrap=True)
        self.setLayout(
            down(heading, self.ways, self.filter, self.list, self.note, across(None, cancel, take), gap=10,
                 edge=(18, 16, 18, 14))
        )  # fmt: skip
        self._show()
        self.filter.setFocus()

    @property
    def way(self) -> str:
        """How the card is to be linked."""
        return str(self.ways.choice)

    @property
    def note_text(self) -> str:
        """What was written about the link."""
        return self.note.editor.text() if isinstance(self.note.editor, InPlace) else ""

    def _turn(self, way: str) -> None:
        self.note.setVisible(way in (SUPPORTS, CONTRADICTS))

    def _show(self) -> None:
        words = folded(self.filter.text()).split()
        self.list.clear()
        for each in self._offered:
            if all(word in folded(each.name) for word in words):
                entry = QListWidgetItem(f"{each.name}   ({self._board.kind_words(each).lower()})")
                entry.setData(ROW, each.id)
                self.list.addItem(entry)
        self.list.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go through the list from the filter, and take with Enter."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}.get(event.key())
            if step is not None:
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
        return super().eventFilter(watched, event)

    def take(self) -> None:
        """Take the theme that is chosen."""
        entry = self.list.currentItem()
        if entry is not None:
            self.theme = self._board.by_id[entry.data(ROW)]
            self.accept()
