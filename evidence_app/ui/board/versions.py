"""The versions of the board: what changed since each, and the question before one is brought back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidence_app.domain.board import Board, Version
from evidence_app.domain.board_versions import BoardChange, changes_since
from evidence_app.domain.edit import counted
from evidence_app.ui.moments import told_by
from evidence_app.ui.widgets.laying import across, down, emptied, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

SORTS = {
    "added": "ph.plus-circle", "removed": "ph.minus-circle", "moved": "ph.arrow-right",
    "worded": "ph.pencil-simple",
}  # fmt: skip


class ChangeList(QWidget):
    """What is different from a version, a line for each, with who did it and when."""

    def __init__(self, parts: Parts, changes: Sequence[BoardChange], most: int = 200) -> None:
        super().__init__()
        lines = down(gap=6)
        for change in changes[:most]:
            lines.addLayout(_line(parts, SORTS[change.sort], change.words, _by(change)))
        if len(changes) > most:
            lines.addWidget(parts.faint(f"and {len(changes) - most:,} more"))
        if not changes:
            lines.addWidget(parts.note("Nothing has changed."))
        self.setLayout(lines)


def _line(parts: Parts, icon: str, words: str, by: str = "") -> QHBoxLayout:
    line: QHBoxLayout = across(gap=8)
    line.addLayout(down(2, parts.icon(icon, "text-2", 14), None, gap=0))
    told = down(parts.note(words, wrap=True), gap=1)
    if by:
        told.addWidget(parts.label(by, "small", "text-3", wrap=True))
    line.addLayout(told, 1)
    return line


def _by(change: BoardChange) -> str:
    return told_by(change.touch.person, change.touch.at) if change.touch is not None else ""


class VersionsPage(QWidget):
    """The versions of the board, the latest first."""

    forgotten = Signal(object)
    brought_back = Signal(object)

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
            changes = changes_since(version.board, board)
            self._lines.addLayout(self._head(version))
            kept = f"Kept by {told_by(version.person, version.at)}" if version.person else (
                f"Kept {told_by('', version.at)}")  # fmt: skip
            self._lines.addWidget(parts.note(kept, wrap=True))
            self._lines.addWidget(parts.caption("What changed since"))
            self._lines.addWidget(ChangeList(parts, changes))
            back = parts.button("Bring it back…", "plain", "ph.clock-counter-clockwise")
            back.setAccessibleName(f"Bring back the version {version.name}")
            back.clicked.connect(partial(self._bring_back, version))
            self._lines.addLayout(across(back, None, edge=(0, 4, 0, 4)))
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

    def _bring_back(self, version: Version, _checked: bool = False) -> None:
        self.brought_back.emit(version)


class BringBackDialog(PanelDialog):
    """What is taken back when a version is brought back, and what stays as it is."""

    def __init__(
        self, parts: Parts, version: Version, changes: Sequence[BoardChange], stays: Sequence[str]
    ) -> None:
        fact = "Themes, links and places become as they were. It is one edit: undo takes it back."
        super().__init__(parts, f"Bring back “{version.name}”?", fact, size=(560, 520))
        lines = down(gap=8)
        if stays:
            lines.addWidget(parts.caption("What cannot come back"))
            for each in stays:
                lines.addLayout(_line(parts, "ph.warning", each))
        lines.addWidget(parts.caption(f"What is taken back: {counted(len(changes), 'change')}"))
        lines.addWidget(ChangeList(parts, changes))
        lines.addStretch(1)
        self.put(scrolled(lines), share=1)
        self.bring = parts.button("Bring it back", "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.bring)
