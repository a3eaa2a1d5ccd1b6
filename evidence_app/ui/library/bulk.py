"""What can be done with several references at once; each act is one undo."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QWidget

from evidence_app.storage import library, references
from evidence_app.ui.library.columns import STANDINGS
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.buttons import Button
from evidence_app.ui.widgets.laying import across, down, emptied

LOOKED_AT = 2000
"""So many references are looked at for the lines that say what is among them."""


class ActButton(Button):
    """A button that does what an action does, and is greyed with it."""

    def __init__(self, context: ScreenContext, action: QAction) -> None:
        super().__init__(context.look, action.text(), "plain")
        self._action = action
        self.setIcon(action.icon())
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten what does not fit."""
        super().resizeEvent(event)
        self._shorten()

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow."""
        return QSize(self._look.px(80), super().minimumSizeHint().height())

    def _shorten(self) -> None:
        room = self.width() - 2 * self._look.px(12)
        text = self._action.text()
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(text if shown != text else "")

    def _follow(self) -> None:
        self.setAccessibleName(self._action.text())
        self._shorten()
        self.setEnabled(self._action.isEnabled())
        if self.parentWidget() is not None:
            self.setVisible(self._action.isEnabled())


class BulkPage(QWidget):
    """What is among the chosen references, and the acts for all of them."""

    def __init__(self, context: ScreenContext, acts: Sequence[QAction]) -> None:
        super().__init__()
        self._context = context
        self._among = down(gap=4)
        column = down(gap=6, edge=(18, 12, 18, 12))
        column.addLayout(self._among)
        column.addSpacing(6)
        first: QWidget | None = None
        for action in acts:
            if action.isSeparator():
                column.addSpacing(6)
                continue
            button = ActButton(context, action)
            first = first or button
            column.addWidget(button)
        column.addStretch(1)
        self.setLayout(column)
        self._first = first

    def enter(self) -> None:
        """Take the focus: the first act."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_ids(self, ids: Sequence[int]) -> None:
        """Say what is among these references."""
        emptied(self._among)
        if len(ids) > LOOKED_AT:
            self._among.addWidget(self._context.parts.caption(f"Among the first {LOOKED_AT:,}"))
        reader = self._context.project.reader
        lines = references.lines(reader, list(ids[:LOOKED_AT]))
        tags = library.tags_on(reader, ids[:LOOKED_AT])
        standings = [STANDINGS[line.standing][0] for line in lines]
        counts = [(word, standings.count(word)) for word in dict.fromkeys(standings)]
        names = [tag.name for tag in tags]
        counts += [(f"Tagged “{name}”", names.count(name)) for name in dict.fromkeys(names)]
        counts += [("Without a DOI", sum(line.doi is None for line in lines))]
        for word, count in counts:
            if count:
                self._among.addLayout(
                    across(self._context.parts.note(word), None, self._context.parts.faint(f"{count:,}"))
                )
