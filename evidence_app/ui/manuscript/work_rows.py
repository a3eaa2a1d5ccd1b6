"""The works of a citation anchor in their order: each with its place, to be moved and taken out."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from evidence_app.domain.manuscript import Cited
from evidence_app.domain.reference import Reference
from evidence_app.services.synthesis.locators import place_line, read_place
from evidence_app.ui.manuscript.keys import claims_alt
from evidence_app.ui.widgets.fields import InPlace
from evidence_app.ui.widgets.laying import across, emptied
from evidence_app.ui.widgets.parts import Parts


class WorkRow(QFrame):
    """One work: drag it or press Alt with an arrow key to move it."""

    stepped = Signal(int)
    dragged = Signal(object)
    """The row is held at this point of the list; None when it is let go."""
    placed = Signal(str)
    removed = Signal()
    opened = Signal(int)
    """The work is to be looked at: the id of its reference."""

    def __init__(self, parts: Parts, work: Cited, reference: Reference | None) -> None:
        super().__init__()
        self.work = work
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        label = reference.short_label if reference is not None else "A work that is not in the review"
        number = str(reference.number) if reference is not None and reference.number else ""
        self.setAccessibleName(f"{number} {label}".strip())
        self.setObjectName("workrow")
        self.setToolTip("Alt+Up and Alt+Down move it, Delete takes it out, a double click opens it")
        handle = parts.icon("ph.dots-six-vertical", "text-3", 14)
        handle.setCursor(Qt.CursorShape.SizeVerCursor)
        digits = parts.label(number, "small-strong", "accent")
        digits.setMinimumWidth(parts.look.px(20))
        digits.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.place = InPlace(parts.look, f"Place in {label}", place_line(work), "add locator")
        self.place.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.place.setFixedWidth(parts.look.px(92))
        self.place.edited.connect(self.placed)
        row = across(handle, digits, gap=6)
        row.addWidget(parts.line(label), 1)
        row.addWidget(self.place)
        self.remove = parts.tool("ph.x", f"Take {label} out", self.removed.emit)
        row.addWidget(self.remove)
        self.setLayout(row)

    def event(self, event: QEvent) -> bool:
        """Claim Alt with the arrow keys: here they move the work, not the block."""
        return claims_alt(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and the arrow keys, take out with Delete."""
        keys = Qt.Key
        steps = {keys.Key_Up: -1, keys.Key_Down: 1}
        step = steps.get(keys(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(step)
        elif step is not None:
            self.focusNextPrevChild(step > 0)
        elif event.key() in (keys.Key_Return, keys.Key_Enter):
            self.place.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() == keys.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the row."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Open the work in the library."""
        self.opened.emit(self.work.reference)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the row along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(self.mapToParent(event.position().toPoint()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of the row."""
        self.dragged.emit(None)


class WorkRows(QWidget):
    """The rows of an anchor's works."""

    ordered = Signal(object)
    """The works in another order, with other places, or fewer: a tuple of `Cited`."""

    opened = Signal(int)
    """A work is to be looked at in the library."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._works: tuple[Cited, ...] = ()
        self._rows: list[WorkRow] = []
        self._signature: object = None
        self._drag_to: int | None = None
        self.before: QWidget | None = None
        """What the Tab key reaches before the rows."""
        self._focus_on = -1
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_works(self, works: Sequence[Cited], references: dict[int, Reference]) -> None:
        """Show these works; what is being typed stays where the works are the same."""
        signature = [(references.get(each.reference), each) for each in works]
        if tuple(works) == self._works and signature == self._signature:
            return
        held = next((at for at, row in enumerate(self._rows) if row.hasFocus()), self._focus_on)
        self._works, self._signature = tuple(works), signature
        emptied(self._column)
        self._rows = []
        for work in works:
            row = WorkRow(self._parts, work, references.get(work.reference))
            row.stepped.connect(self._stepped)
            row.dragged.connect(self._dragged)
            row.placed.connect(self._placed)
            row.removed.connect(self._removed)
            row.opened.connect(self.opened)
            self._rows.append(row)
            self._column.addWidget(row)
            self._column.addWidget(self._parts.rule())
        self._order()
        self._focus_on = -1
        if 0 <= held < len(self._rows):
            self._rows[held].setFocus(Qt.FocusReason.OtherFocusReason)

    def _order(self) -> None:
        """Let the Tab key go through the rows where they stand: new ones come last otherwise."""
        before = self.before
        for row in self._rows:
            for stop in (row, row.place, row.remove):
                if before is not None:
                    QWidget.setTabOrder(before, stop)
                before = stop

    def _row(self) -> int:
        sender = self.sender()
        return next(at for at, row in enumerate(self._rows) if row is sender)

    def _stepped(self, step: int) -> None:
        at = self._row()
        self._move(at, at + step)

    def _move(self, at: int, to: int) -> None:
        if 0 <= to < len(self._works) and to != at:
            works = list(self._works)
            works.insert(to, works.pop(at))
            self._rows[at].clearFocus()
            self._focus_on = to
            self.ordered.emit(tuple(works))

    def _dragged(self, point: QPoint | None) -> None:
        row = self._rows[self._row()]
        if point is not None:
            above = (at for at, each in enumerate(self._rows) if point.y() < each.geometry().bottom())
            self._drag_to = next(above, len(self._rows) - 1)
            row.raise_()
            return
        to, self._drag_to = self._drag_to, None
        if to is not None:
            self._move(self._rows.index(row), to)

    def _placed(self, text: str) -> None:
        at = self._row()
        place = read_place(text)
        works = list(self._works)
        works[at] = replace(works[at], locator=place.locator, label=place.label, suffix=place.suffix)
        self.ordered.emit(tuple(works))

    def _removed(self) -> None:
        at = self._row()
        self._focus_on = min(at, len(self._works) - 2)
        self._rows[at].clearFocus()
        self.ordered.emit(tuple(work for place, work in enumerate(self._works) if place != at))
