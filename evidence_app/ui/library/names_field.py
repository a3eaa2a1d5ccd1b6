"""People and bodies as rows, each typed in one line; a whole author string can be pasted into any of them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from evidence_app.domain.names import CslName, Name, parse_names, shown
from evidence_app.ui.look import Look
from evidence_app.ui.widgets.buttons import Button
from evidence_app.ui.widgets.fields import InPlace, Origin
from evidence_app.ui.widgets.labels import Label
from evidence_app.ui.widgets.laying import across, down

FOLDED = 8
"""So many names are shown; the rest on demand."""
TOLD = "Family, Given; a body in {braces}. Alt+Up and Alt+Down move a name; an emptied line removes it."


class NamesField(QWidget):
    """The names. `edited` brings all of them as CSL names; untouched ones stay as they were."""

    edited = Signal(object)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look, self.name = look, name
        self._names: list[CslName] = []
        self._rows: list[InPlace] = []
        self._unfolded = False
        self.caption = Label(look, name, "caption", "text-3")
        self.origin = Origin(look, "")
        self._column = down(gap=0)
        self._more = Button(look, "", "filter")
        self._more.clicked.connect(self._unfold)
        self._new = self._row(f"Add to {name.lower()}", "Add a name, or paste several")
        head = across(self.caption, self.origin, None, gap=5, edge=(6, 0, 0, 0))
        self.setLayout(down(head, self._column, across(self._more, None, gap=0), self._new, gap=0))
        self.caption.setBuddy(self._new)

    def show_names(self, names: Sequence[CslName], origin: str = "", told: str = "") -> None:
        """Show what the project holds and where it came from."""
        if [dict(name) for name in names] != self._names:
            if len(names) != len(self._names):
                self._unfolded = self._unfolded and bool(self._names)
            self._names = [dict(name) for name in names]
        self.origin.show_origin(origin, told)
        self._fill()

    def enter(self) -> None:
        """Take the focus where a name can be added."""
        self._new.setFocus(Qt.FocusReason.OtherFocusReason)

    def fold(self) -> None:
        """Show the first names only, as for another reference."""
        self._unfolded = False

    def _fill(self) -> None:
        count = len(self._names) if self._unfolded else min(len(self._names), FOLDED)
        while len(self._rows) < count:
            row = self._row(f"{self.name} {len(self._rows) + 1}", "")
            self._rows.append(row)
            self._column.addWidget(row)
        for at, row in enumerate(self._rows):
            row.setVisible(at < count)
            row.show_value(shown([Name.of(self._names[at])]) if at < count else "")
        hidden = len(self._names) - count
        self._more.setVisible(hidden > 0)
        self._more.rename(f"Show {hidden} more")

    def _row(self, name: str, hint: str) -> InPlace:
        row = InPlace(self._look, name, "", hint)
        row.setToolTip(TOLD)
        row.edited.connect(self._edited)
        row.installEventFilter(self)
        return row

    def _edited(self, text: str) -> None:
        row = self.sender()
        typed = [name.to_csl() for name in parse_names(text)]
        if row is self._new:
            self._new.show_value("")
            self._new.clear()
            at = len(self._names) - (bool(self._names) and Name.of(self._names[-1]).is_et_al)
            self._put(at, at, typed)
        elif row in self._rows:
            at = self._rows.index(row)
            if at < len(self._names):
                self._put(at, at + 1, typed)

    def _put(self, start: int, end: int, typed: list[CslName]) -> None:
        names = [*self._names[:start], *typed, *self._names[end:]]
        if names != self._names:
            self._unfolded = self._unfolded or len(typed) > 1 or start >= FOLDED
            self._names = names
            self.edited.emit([dict(name) for name in names])

    def _unfold(self) -> None:
        self._unfolded = True
        self._fill()
        self._rows[FOLDED].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move a name with Alt+Up and Alt+Down."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self._rows:
            way = _way(event)
            at = self._rows.index(watched)
            if way and 0 <= at + way < len(self._names) and at < len(self._names):
                self._swap(at, at + way)
                return True
        return super().eventFilter(watched, event)

    def _swap(self, at: int, to: int) -> None:
        names = list(self._names)
        names[at], names[to] = names[to], names[at]
        self._names = names
        self._fill()
        if to < len(self._rows) and self._rows[to].isVisibleTo(self):
            self._rows[to].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit([dict(name) for name in names])


def _way(event: QKeyEvent) -> int:
    if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return 0
    return {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}.get(event.key(), 0)
