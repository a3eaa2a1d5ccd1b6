"""The right column: the chosen card, and the versions of the board with what changed since each."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidence_app.domain.board import Board, BoardTheme, Version
from evidence_app.domain.board_versions import BoardChange, changes_since
from evidence_app.domain.coding import CodeCount
from evidence_app.domain.edit import counted
from evidence_app.ui.board.placing import Key
from evidence_app.ui.board.theme_page import CodePage, ThemePage
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

CARD, VERSIONS = 0, 1
SLATE = 9
SORTS = {
    "added": "ph.plus-circle", "removed": "ph.minus-circle", "moved": "ph.arrow-right",
    "worded": "ph.pencil-simple",
}  # fmt: skip
MOST_SHOWN = 6


def day_of(at: str) -> str:
    """Return a moment as a day: 1 June 2026."""
    try:
        moment = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    return f"{moment.day} {moment:%B} {moment.year}"


class ChangeList(QWidget):
    """What is different from a version, a line for each."""

    def __init__(self, parts: Parts, changes: list[BoardChange], most: int = 200) -> None:
        super().__init__()
        lines = down(gap=5)
        for change in changes[:most]:
            line = across(parts.icon(SORTS[change.sort], "text-2", 14), gap=8)
            line.addWidget(parts.note(change.words, wrap=True), 1)
            lines.addLayout(line)
        if len(changes) > most:
            lines.addWidget(parts.faint(f"and {len(changes) - most:,} more"))
        if not changes:
            lines.addWidget(parts.note("Nothing has changed."))
        self.setLayout(lines)


class VersionsPage(QWidget):
    """The versions of the board, the latest first."""

    forgotten = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._lines = down(gap=8, edge=(6, 0, 0, 0))
        self.setLayout(self._lines)

    def show_board(self, board: Board) -> None:
        """Show the versions of a board."""
        parts = self._parts
        emptied(self._lines)
        for at, version in enumerate(board.versions):
            if at:
                self._lines.addWidget(parts.rule())
            self._lines.addLayout(self._head(version))
            by = f", {version.person}" if version.person else ""
            self._lines.addWidget(parts.note(f"Kept {day_of(version.at)}{by}", wrap=True))
            self._lines.addWidget(parts.caption("What changed since"))
            self._lines.addWidget(ChangeList(parts, changes_since(version.board, board)))
        if not board.versions:
            words = "No version is kept. Keep one before you rebuild: it tells later what changed since."
            self._lines.addWidget(parts.note(words, wrap=True))

    def _head(self, version: Version) -> QHBoxLayout:
        take = self._parts.tool("ph.x", f"Take out the version {version.name}")
        take.clicked.connect(partial(self._forget, version))
        row = across(gap=6)
        row.addWidget(self._parts.label(version.name, "strong", wrap=True), 1)
        row.addWidget(take)
        return row

    def _forget(self, version: Version, _checked: bool = False) -> None:
        self.forgotten.emit(version)


class BoardInspector(Inspector):
    """Two pages: the chosen card, and the versions."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._board = Board()
        self._key: Key | None = None
        self._swatch = down(gap=0)
        self._title = parts.label("", "title", wrap=True)
        self._fact = parts.label("", "small", "text-2", wrap=True)
        self.tabs = parts.tabs("Of the board", ("Theme", "Versions"))
        self.theme = ThemePage(parts)
        self.code = CodePage(parts)
        self.versions = VersionsPage(parts)
        self._nothing = parts.note("Choose a card to see what it is built from.", wrap=True)
        self._since = down(gap=6, edge=(6, 0, 0, 0))
        self._since_page = QWidget()
        self._since_page.setLayout(self._since)
        self._pages = (self.theme, self.code, self.versions, self._nothing, self._since_page)
        head_row = across(self._swatch, gap=8)
        head_row.addWidget(self._title, 1)
        head = down(head_row, self._fact, self.tabs, gap=5, edge=(18, 14, 14, 0))
        form = down(*self._pages, None, gap=10, edge=(12, 12, 14, 12))
        super().__init__(parts.look, head, form)
        self.setAccessibleName("Chosen card")
        self.tabs.currentChanged.connect(self._turn)
        self._show()

    def show_card(self, board: Board, key: Key | None) -> None:
        """Show a card of the board as it is now."""
        if key != self._key and self.tabs.currentIndex() == VERSIONS:
            self.tabs.setCurrentIndex(CARD)
        self._board, self._key = board, key
        self._show()

    @property
    def chosen_theme(self) -> BoardTheme | None:
        """The theme or group that is shown."""
        key = self._key
        return self._board.by_id.get(key.row) if key is not None and key.kind != "code" else None

    def _turn(self, _page: int) -> None:
        self.form.verticalScrollBar().setValue(0)
        self._show()

    def _show(self) -> None:
        board, key = self._board, self._key
        code = board.code_by_id.get(key.row) if key is not None and key.kind == "code" else None
        theme = self.chosen_theme
        shows_versions = self.tabs.currentIndex() == VERSIONS
        shown: QWidget = self._nothing
        self._headed(theme.name if theme else code.name if code else "No card is chosen")
        self.tabs.setTabText(CARD, "Code" if code else "Theme" if theme and theme.is_above else "Group")
        if theme is not None:
            self.theme.show_theme(board, theme)
            shown = self.theme
        elif code is not None:
            self.code.show_code(board, code)
            shown = self.code
        if shows_versions:
            self.versions.show_board(board)
            shown = self.versions
        for page in self._pages:
            page.setVisible(page is shown)
        self._show_since(theme if not shows_versions else None)

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
