"""Copies of the project: backing it up, and bringing a backup back as a new file, its counts beside ours."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from evidence_app.storage.backup import Verified
from evidence_app.ui.moments import moment_of
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

PROJECTS = "Evidence Desk projects (*.evidence)"
COUNTS = (("References", "references"), ("Passages of the manuscript", "blocks"), ("Edits", "edits"))


class RestoreDialog(PanelDialog):
    """Shows what a verified backup holds beside the open project, and asks whether to open a copy of it."""

    def __init__(
        self, parts: Parts, backup: Verified, present: Verified, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            parts, "Restore this backup to a new file?",
            f"{backup.path.name} was opened and every page of it checked. It is copied to a new file, which "
            "is opened; the project that is open now and the backup stay as they are.",
            size=(560, 330), parent=parent,
        )  # fmt: skip
        self.setWindowTitle("Restore a backup")
        self.put(_table(parts, backup, present))
        self.body.addStretch(1)
        go_on = parts.button("Restore to a new file…", "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), go_on)
        go_on.setFocus()


def _table(parts: Parts, backup: Verified, present: Verified) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(parts.look.px(24))
    grid.setVerticalSpacing(parts.look.px(7))
    grid.setColumnStretch(0, 1)
    for column, words in ((1, "Open now"), (2, "Backup")):
        grid.addWidget(parts.caption(words), 0, column, Qt.AlignmentFlag.AlignRight)
    rows = [(name, f"{getattr(present, key):,}", f"{getattr(backup, key):,}") for name, key in COUNTS]
    rows.append(("Last edit", moment_of(present.last_edit), moment_of(backup.last_edit)))
    for at, (name, now, then) in enumerate(rows, 1):
        grid.addWidget(parts.label(name, "body", "text-2"), at, 0)
        grid.addWidget(parts.label(now), at, 1, Qt.AlignmentFlag.AlignRight)
        tone = "text" if now == then else "maybe"
        grid.addWidget(parts.label(then, "strong", tone), at, 2, Qt.AlignmentFlag.AlignRight)
    return grid


def restored_name(backup: Path) -> Path:
    """Return the name a restored copy is given unless somebody says otherwise."""
    stem = backup.stem.removesuffix(" backup")
    return backup.with_name(f"{stem} restored.evidence")
