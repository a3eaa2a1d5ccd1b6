"""The tab “Memos”: every memo in one place; and the form in which one is written."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QStyleOptionViewItem, QWidget

from evidence_app.domain.coding import Memo, MemoKind
from evidence_app.ui.coding.lines import two_lines
from evidence_app.ui.look import Look
from evidence_app.ui.moments import day_of
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.beside import MemoKindChoice
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table

_ON = {
    "code": "code", "quotation": "", "document": "document", "theme": "theme", "block": "review finding",
    "reference": "report",
}  # fmt: skip
Named = tuple[Memo, str]
"""A memo, and what the thing it is on is called."""


def _place(memo: Memo, name: str) -> str:
    return f"on {_ON[memo.subject]} {name}".replace("  ", " ") if memo.subject else "on the review"


def _said(row: Named) -> str:
    memo, name = row
    return f"{memo.kind.value} {_place(memo, name)}: {memo.title} {memo.text}"


class _Delegate(RowDelegate):
    def draw(self, brush: Brush, option: QStyleOptionViewItem, _index: Index, row: Any) -> None:
        px, rect = self.look.px, option.rect
        words = QRect(rect.left() + px(14), rect.top() + px(6), rect.width() - px(26), px(36))
        memo, name = row
        two_lines(brush, words, ": ".join(part for part in (memo.title, memo.text) if part))
        line = QRect(words.left(), rect.bottom() - px(25), words.width(), px(20))
        x = brush.chip(line.left(), line.center().y(), memo.kind.value.capitalize())
        told = " · ".join(part for part in (_place(memo, name), memo.person, day_of(memo.at)) if part)
        brush.text(line.adjusted(x - line.left() + px(3), 0, 0, 0), told, "small", "text-2")


class MemoTable(Table):
    """The memos."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        self._seen = look
        self.memos: Mapping[int, Memo] = {}
        self._named: Mapping[int, Named] = {}
        super().__init__(look, IdTableModel((Column("Memo", _said),), self._fetch, parent), "Memos")
        self.setItemDelegate(_Delegate(look, self))
        self.horizontalHeader().hide()

    def renew(self) -> None:
        """Give each row its lines."""
        super().renew()
        self.verticalHeader().setDefaultSectionSize(self._seen.px(74))

    def show_memos(self, memos: Sequence[Named]) -> None:
        """Show these memos."""
        self._named = {row[0].id: row for row in memos}
        self.memos = {each.id: each for each, _ in memos}
        self.show_ids(list(self.memos))
        self.viewport().update()

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, Named]:
        return {row: self._named[row] for row in ids if row in self._named}


class MemosPage(QWidget):
    """All memos, by kind."""

    new_asked = Signal()
    opened = Signal(object)
    """A `Memo` is to be changed."""
    placed = Signal(object)
    """The place a `Memo` is on is to be shown."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._memos: Sequence[Named] = ()
        kinds = [("", "All"), *((each.value, each.value.capitalize()) for each in MemoKind)]
        self.kind = QComboBox()
        self.kind.setAccessibleName("Kind of memo")
        for key, text in kinds:
            self.kind.addItem(text, key)
        self.kind.currentIndexChanged.connect(self._filter)
        self.table = MemoTable(parts.look)
        self.table.opened.connect(self._open)
        new = parts.tool("ph.plus", "New memo")
        new.clicked.connect(self.new_asked)
        place = parts.tool("ph.book-open", "Show where it stands")
        place.clicked.connect(self._place)
        self._empty = parts.note("No memos yet. Press M at a passage, or write one on the review.", wrap=True)
        column = down(across(self.kind, None, place, new, gap=2), self._empty, gap=6)
        column.addWidget(self.table, 1)
        self.setLayout(column)

    def show_memos(self, memos: Sequence[Named]) -> None:
        """Show all memos of the chosen kind."""
        self._memos = memos
        self._filter()

    def _filter(self) -> None:
        wanted = self.kind.currentData()
        shown = [row for row in self._memos if not wanted or row[0].kind.value == wanted]
        self._empty.setVisible(not shown)
        self.table.show_memos(shown)

    def _open(self, row: object) -> None:
        if isinstance(row, int) and row in self.table.memos:
            self.opened.emit(self.table.memos[row])

    def _place(self) -> None:
        row = self.table.current_id()
        if row is not None and row in self.table.memos:
            self.placed.emit(self.table.memos[row])


class MemoDialog(PanelDialog):
    """Writing a memo."""

    keeps_words = True

    def __init__(self, parts: Parts, fact: str, memo: Memo | None = None) -> None:
        super().__init__(parts, "Memo", fact, size=(560, 420))
        self.kind = MemoKindChoice(memo.kind if memo else MemoKind.MEMO)
        self.words = QPlainTextEdit(memo.text if memo else "")
        self.words.setAccessibleName("Memo")
        self.words.setTabChangesFocus(True)
        self.put(across(self.kind, None))
        self.put(self.words, share=1)
        self.acts.addWidget(parts.button("Cancel", "plain", act=self.reject))
        self.acts.addWidget(parts.button("Keep the memo", "primary", act=self.accept))
        self.words.setFocus()

    @property
    def chosen_kind(self) -> MemoKind:
        """The kind chosen."""
        return self.kind.kind
