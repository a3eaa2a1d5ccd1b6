"""The right column: the chosen card with its memos and history, and the versions of the board."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.board import Board, BoardTheme
from evidence_app.domain.board_versions import changes_since
from evidence_app.domain.coding import CodeCount, Memo
from evidence_app.domain.edit import counted
from evidence_app.storage.history import PastEdit
from evidence_app.ui.board.placing import Key
from evidence_app.ui.board.theme_page import CodePage, ThemePage
from evidence_app.ui.board.versions import ChangeList, VersionsPage
from evidence_app.ui.moments import day_of
from evidence_app.ui.pages.hues import SLATE
from evidence_app.ui.widgets.beside import HistoryPage, MemoPage
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

CARD, MEMOS, VERSIONS, HISTORY = range(4)
MOST_SHOWN = 6


class BoardInspector(Inspector):
    """The chosen card, its memos, the versions of the board, and the history of the card.

    Memos and history are asked for when another card or tab is shown (`beside_asked`)."""

    beside_asked = Signal()

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._board = Board()
        self._key: Key | None = None
        self._swatch = down(gap=0)
        self._title = parts.label("", "title", wrap=True)
        self._fact = parts.label("", "small", "text-2", wrap=True)
        self.tabs = parts.tabs("Of the board", ("Theme", "Memos", "Versions", "History"))
        self.theme = ThemePage(parts)
        self.code = CodePage(parts)
        self.memos = MemoPage(parts)
        self.versions = VersionsPage(parts)
        self.history = HistoryPage(parts)
        self._nothing = parts.note("Choose a card to see what it is built from.", wrap=True)
        self._since = down(gap=6, edge=(6, 0, 0, 0))
        self._since_page = QWidget()
        self._since_page.setLayout(self._since)
        self._pages = (self.theme, self.code, self.memos, self.versions, self.history, self._nothing)
        head_row = across(self._swatch, gap=8)
        head_row.addWidget(self._title, 1)
        head = down(head_row, self._fact, self.tabs, gap=5, edge=(18, 14, 14, 0))
        form = down(*self._pages, self._since_page, None, gap=10, edge=(12, 12, 14, 12))
        super().__init__(parts.look, head, form)
        self.setAccessibleName("Chosen card")
        self.tabs.currentChanged.connect(self._turn)
        self._show()

    def show_card(self, board: Board, key: Key | None) -> None:
        """Show a card of the board as it is now."""
        if key != self._key:
            self.memos.turn_to(key)
            if self.tabs.currentIndex() == VERSIONS:
                self.tabs.setCurrentIndex(CARD)
        self._board, self._key = board, key
        self._show()

    def show_beside(self, memos: Sequence[Memo], edits: Sequence[PastEdit]) -> None:
        """Show memos and history of the card."""
        self.memos.show_memos(memos)
        self.history.show_edits(edits)
        self.tabs.setTabText(MEMOS, f"Memos {len(memos)}" if memos else "Memos")

    @property
    def subject(self) -> tuple[str, int] | None:
        """The table and the row of the card that is shown."""
        key = self._key
        if key is None:
            return None
        there = key.row in (self._board.code_by_id if key.kind == "code" else self._board.by_id)
        return ("code" if key.kind == "code" else "theme", key.row) if there else None

    @property
    def chosen_theme(self) -> BoardTheme | None:
        """The theme or group that is shown."""
        key = self._key
        return self._board.by_id.get(key.row) if key is not None and key.kind != "code" else None

    def _turn(self, _page: int) -> None:
        self.form.verticalScrollBar().setValue(0)
        self._show()

    def _show(self) -> None:
        board, key, tab = self._board, self._key, self.tabs.currentIndex()
        code = board.code_by_id.get(key.row) if key is not None and key.kind == "code" else None
        theme = self.chosen_theme
        self._headed(theme.name if theme else code.name if code else "No card is chosen")
        self.tabs.setTabText(
            CARD, "Code" if code else "Theme" if theme is None or theme.is_above else "Group"
        )
        of_card: QWidget = self._nothing
        if theme is not None:
            self.theme.show_theme(board, theme)
            of_card = self.theme
        elif code is not None:
            self.code.show_code(board, code)
            of_card = self.code
        if tab == VERSIONS:
            self.versions.show_board(board)
        beside = {MEMOS: self.memos, HISTORY: self.history}.get(tab, of_card)
        shown = self.versions if tab == VERSIONS else self._nothing if of_card is self._nothing else beside
        for page in self._pages:
            page.setVisible(page is shown)
        self._show_since(theme if tab == CARD else None)
        self.beside_asked.emit()

    def _headed(self, title: str) -> None:
        board, key = self._board, self._key
        emptied(self._swatch)
        self._title.setText(title)
        self._fact.setText("")
        if key is None or (key.kind == "code" and key.row not in board.code_by_id):
            return
        if key.kind == "code":
            count = board.counts.get(key.row, CodeCount())
            place = board.colours.get(key.group, SLATE)
            fact = f"Code, {counted(count.quotations, 'quote')} in {counted(count.reports, 'report')}"
        else:
            theme = board.by_id.get(key.row)
            if theme is None:
                return
            place = board.colours.get(key.row, SLATE)
            kind = board.kind_words(theme)
            kind += " theme" if kind in ("Overarching", "Analytic") else ""
            over = [each.name for each in board.parents_of(theme.id)] if kind == "Subtheme" else []
            of = f" of {', '.join(over)}" if over else ""
            fact = f"{kind}{of}, {counted(theme.anchors, 'citation anchor')}"
        self._swatch.addWidget(self._parts.swatch(place))
        self._fact.setText(fact)

    def _show_since(self, theme: BoardTheme | None) -> None:
        emptied(self._since)
        latest = next(iter(self._board.versions), None)
        self._since_page.setVisible(theme is not None and latest is not None)
        if theme is None or latest is None:
            return
        changes = [each for each in changes_since(latest.board, self._board)
                   if theme.theme.guid in each.themes]  # fmt: skip
        self._since.addWidget(self._parts.rule())
        caption = self._parts.label(
            f"Since “{latest.name}”, {day_of(latest.at)}", "caption", "text-3", wrap=True
        )
        self._since.addWidget(caption)
        self._since.addWidget(ChangeList(self._parts, changes, MOST_SHOWN))
