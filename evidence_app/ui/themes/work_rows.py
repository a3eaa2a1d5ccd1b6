"""The works a finding cites, one below the other: opened, given a role, taken off, and added to."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from evidence_app.domain.manuscript import Role
from evidence_app.services.synthesis.locators import place_line
from evidence_app.services.synthesis.overview import ShownWork
from evidence_app.ui.carried import REFERENCES, carried
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

ROLES = {
    Role.EVIDENCE: "Evidence: it supports the statement",
    Role.CONTRAST: "Contrast: it speaks against it",
    Role.DEFINITION: "Definition: it says what a word means",
    Role.CONTEXT: "Context: it is background",
}


class WorkRow(QWidget):
    """One work: number, label, where in it, its role, and what takes it off."""

    opened = Signal(object)
    role_chosen = Signal(object, object)
    overruled = Signal(object)
    """The reference that is to be left out, or counted, with a reason."""
    taken = Signal(object)

    def __init__(self, parts: Parts, work: ShownWork) -> None:
        super().__init__()
        self.work = work
        look = parts.look
        number = parts.label(work.number, "small-strong", "accent")
        number.setFixedWidth(look.px(26))
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        number.setContentsMargins(0, look.px(1), 0, 0)
        name = parts.line(work.label, "body")
        name.setToolTip(work.title)
        self._place = parts.line("", "caption", "text-3")
        self.tell("")
        self._role = parts.tool("ph.dots-three", f"{work.label}: role and more")
        self._role.drop(*self._actions())
        self.take = parts.tool("ph.x", f"Take {work.label} off this review finding", self._tell_taken)
        words = down(name, self._place, gap=1)
        row = across(number, 4, gap=2, edge=(0, 4, 0, 4))
        row.addLayout(words, 1)
        for tool in (self._role, self.take):
            row.addWidget(tool)
        self.setLayout(down(row, parts.rule(), gap=0))

    def tell(self, level: str) -> None:
        """Say how close to its words the report supports the finding, and whether it counts."""
        kind = "Report" if self.work.included else "Reference"
        place = place_line(self.work.work)
        self._place.setText(", ".join(filter(None, (kind, place, level or ("" if place else "as a whole")))))

    def _actions(self) -> list[QAction]:
        actions = []
        for role, words in ROLES.items():
            action = QAction(words)
            action.setCheckable(True)
            action.setChecked(role is self.work.role)
            action.triggered.connect(partial(_tell_role, self.role_chosen, self.work, role))
            actions.append(action)
        line = QAction()
        line.setSeparator(True)
        counts = QAction("Leave it out, or count it, with a reason…")
        counts.triggered.connect(self._tell_overruled)
        open_ = QAction("Open in the library")
        open_.triggered.connect(self._tell_opened)
        return [*actions, line, *([counts] if self.work.role is Role.EVIDENCE else []), open_]

    def _tell_overruled(self) -> None:
        self.overruled.emit(self.work.reference)

    def _tell_opened(self) -> None:
        self.opened.emit(self.work.reference)

    def _tell_taken(self) -> None:
        self.taken.emit(self.work)


def _tell_role(signal: SignalInstance, work: ShownWork, role: Role, _checked: bool = False) -> None:
    signal.emit(work, role)


class WorkRows(QWidget):
    """The works cited in one role, under their heading; references dropped here are added."""

    opened = Signal(object)
    role_chosen = Signal(object, object)
    overruled = Signal(object)
    """The reference that is to be left out, or counted, with a reason."""
    taken = Signal(object)
    added = Signal()
    dropped = Signal(object, object)
    """The references dropped, and whether they go to an anchor of their own (Alt)."""

    def __init__(self, parts: Parts, name: str, nothing: str, add: str) -> None:
        super().__init__()
        self._parts, self._nothing = parts, nothing
        self._works: tuple[ShownWork, ...] | None = None
        self._shown_rows: list[WorkRow] = []
        self._over = False
        self.setAcceptDrops(True)
        self.caption = parts.caption(name)
        self._add = parts.button("Add", "filter", "ph.plus", self._tell_added)
        self._add.setAccessibleName(add)
        self._add.setToolTip(add)
        self._note = parts.note("", wrap=True)
        self._rows = down(gap=0)
        head = across(self.caption, None, self._add, gap=8)
        self.setLayout(down(head, self._note, self._rows, gap=2))

    def show_works(self, works: Sequence[ShownWork], note: str = "") -> None:
        """Show these works; the row that had the keyboard, or the one in its place, keeps it."""
        self._note.setText(note if works else self._nothing)
        self._note.setVisible(bool(note or not works))
        if tuple(works) == self._works:
            return
        self._works = tuple(works)
        had = self._focused()
        emptied(self._rows)
        rows = [WorkRow(self._parts, work) for work in works]
        self._shown_rows = rows
        for row in rows:
            row.opened.connect(self.opened)
            row.role_chosen.connect(self.role_chosen)
            row.overruled.connect(self.overruled)
            row.taken.connect(self.taken)
            self._rows.addWidget(row)
        if had is not None:
            (rows[min(had, len(rows) - 1)].take if rows else self._add).setFocus()

    def tell_levels(self, levels: Mapping[int, str]) -> None:
        """Say of each work how close to its words it supports the finding."""
        for row in self._shown_rows:
            row.tell(levels.get(row.work.reference, ""))

    def _focused(self) -> int | None:
        focus = QApplication.focusWidget()
        for at in range(self._rows.count()):
            place = self._rows.itemAt(at)
            widget = place.widget() if place is not None else None
            if widget is not None and focus is not None and widget.isAncestorOf(focus):
                return at
        return None

    def _tell_added(self) -> None:
        self.added.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take references."""
        if event.mimeData().hasFormat(REFERENCES):
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Nothing would be dropped here any more."""
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which references were dropped."""
        self._over = False
        self.update()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self.dropped.emit(carried(event.mimeData(), REFERENCES), alt)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a ring while references are held over it."""
        super().paintEvent(event)
        if self._over:
            painter = QPainter(self)
            Brush(painter, self._parts.look).box(self.rect(), None, self._parts.look.colour("accent"), 6)
            painter.end()
