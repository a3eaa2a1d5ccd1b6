"""The citation picker: it opens under the caret, finds works by words, and cites them with their place."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QWidget,
)

from evidence_app.domain.manuscript import Cited, Role
from evidence_app.domain.reference import ReferenceId
from evidence_app.services.synthesis.locators import read_place
from evidence_app.services.synthesis.picking import Candidate
from evidence_app.ui.manuscript.picker_list import ROW, WORK, WorkDelegate, WorksModel
from evidence_app.ui.widgets.laying import across, down, emptied, framed
from evidence_app.ui.widgets.parts import Parts

WIDTH: Final = 388
SHOWN: Final = 5
ASK_AFTER_MS: Final = 90

Ask = Callable[[str, Callable[[Sequence[Candidate]], object]], object]
"""Asks for the works that answer these words; the callable gets them."""


class Picker(QFrame):
    """Finds works and hands over those to be cited, in order, each with its place, and their role."""

    cited = Signal(object, object)
    """The works (Cited, in order) and their role."""
    settled = Signal()
    """It has taken another height or place."""
    closed = Signal(str)
    """Nothing is cited; the text is what should stand in the sentence instead."""

    def __init__(self, parts: Parts, parent: QWidget, ask: Ask) -> None:
        super().__init__(parent)
        self._parts, self._ask, self._over = parts, ask, parent
        self._where = QPoint()
        self._within = (0, parent.width())
        self._typed = ""
        self._role = Role.EVIDENCE
        self._with_role = True
        self._basket: list[tuple[Candidate, str]] = []
        self.setObjectName("panel")
        self.setAccessibleName("Cite a work")
        self.setFixedWidth(parts.look.px(WIDTH))
        self._line = self._bare("Words of the work, its author or its number")
        self._place = self._bare("p. 14, ch. 2, table 1 …")
        self._model = WorksModel(self)
        self._list = self._made_list()
        self._chips = QHBoxLayout()
        self._role_chip = parts.chip("", "accent")
        self._none = parts.note("")
        self._build()
        self._pause = QTimer(self, singleShot=True, interval=ASK_AFTER_MS)
        self._pause.timeout.connect(self._find)
        self._line.textEdited.connect(self._on_typed)
        for line in (self._line, self._place):
            line.installEventFilter(self)
        self.hide()

    def _bare(self, hint: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName("bare")
        line.setPlaceholderText(hint)
        line.setAccessibleName(hint)
        line.setFont(self._parts.look.font("body"))
        return line

    def _made_list(self) -> QListView:
        view = QListView()
        view.setModel(self._model)
        view.setItemDelegate(WorkDelegate(self._parts.look, view))
        view.setAccessibleName("Works found")
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setUniformItemSizes(True)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setProperty("ground", "raised")
        view.clicked.connect(self._cite)
        view.setDragEnabled(True)
        view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        return view

    def _build(self) -> None:
        parts = self._parts
        head = across(parts.icon("ph.quotes", "accent"), gap=8, edge=(12, 3, 10, 3))
        head.addWidget(self._line, 1)
        head.addWidget(self._role_chip)
        head.addWidget(parts.key("Esc"))
        self._place_row = framed(across(parts.icon("ph.map-pin", "text-2"), gap=8, edge=(12, 0, 10, 0)), "")
        layout = self._place_row.layout()
        if layout is not None:
            layout.addWidget(self._place)
        self._chip_row = framed(across(self._chips, None, gap=4, edge=(12, 0, 10, 6)), "")
        keys = across(gap=6, edge=(12, 7, 12, 8))
        for key, act in (("Enter", "cite"), (",", "and another"), ("Tab", "locator"), ("Alt R", "role")):
            keys.addWidget(parts.key(key))
            keys.addWidget(parts.note(act))
            keys.addSpacing(4)
        keys.addStretch(1)
        column = down(head, self._chip_row, parts.rule(), self._place_row, 4, self._list, gap=0)
        self._none.setContentsMargins(14, 6, 12, 8)
        column.addWidget(self._none)
        column.addWidget(parts.rule())
        column.addLayout(keys)
        self.setLayout(column)

    # -- opening and closing

    def open_at(
        self,
        point: QPoint,
        within: tuple[int, int],
        *,
        typed: str = "",
        role: Role = Role.EVIDENCE,
        with_role: bool = True,
    ) -> None:
        """Open under a point, between these edges; `typed` is what was typed to open it."""
        self._typed, self._role, self._with_role = typed, role, with_role
        self._basket = []
        self._line.clear()
        self._place.clear()
        self._model.show((), "")
        self._where, self._within = point, within
        self._show_choice()
        self.show()
        self.raise_()
        self._find()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _settle(self) -> None:
        """Take the height of what is in it, and stay where it can be seen."""
        rows = min(len(self._model.works), SHOWN)
        self._list.setFixedHeight(rows * self._parts.look.px(ROW) + 2)
        self._list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self.adjustSize()
        edge = 8
        room = self._over.width() - 2 * edge
        self.setFixedWidth(min(self._parts.look.px(WIDTH), room))
        first, last = self._within
        if last - first < self.width():  # wider than the prose: the margins have to help
            first, last = edge, edge + room
        self.move(max(min(self._where.x(), last - self.width()), first), self._where.y())
        self.settled.emit()

    def close_with(self, text: str) -> None:
        """Close without citing; the text goes into the sentence."""
        self._pause.stop()
        self.hide()
        self.closed.emit(text)

    # -- finding

    def _on_typed(self, words: str) -> None:
        if words.endswith(",") and (self._current() is not None):
            self._line.setText(words[:-1])
            self._put_by()
        elif "]" in words:
            self.close_with(f"{self._typed}{words}")
        else:
            self._pause.start()

    def _find(self) -> None:
        self._pause.stop()
        words = self._line.text()
        self._ask(words, partial(self._found, words))

    def _found(self, words: str, works: Sequence[Candidate]) -> None:
        if words != self._line.text():
            return
        held = {work.reference for work, _ in self._basket}
        self._model.show([work for work in works if work.reference not in held], words)
        self._none.setText("No work answers these words." if words.strip() else "There are no works yet.")
        if self._model.works:
            self._list.setCurrentIndex(self._model.index(0))
        self._settle()

    def _current(self) -> Candidate | None:
        work: Candidate | None = self._list.currentIndex().data(WORK)
        return work

    # -- citing

    def _put_by(self) -> None:
        """Take the chosen work and go on to the next one."""
        work = self._current()
        if work is None:
            return
        self._basket.append((work, self._place.text()))
        self._line.clear()
        self._place.clear()
        self._show_choice()
        self._find()
        self._line.setFocus()

    def _cite(self) -> None:
        work = self._current()
        chosen = list(self._basket)
        if work is not None and (self._line.text().strip() or not chosen or self._place.text().strip()):
            chosen.append((work, self._place.text()))
        if not chosen:
            return
        self._pause.stop()
        self.hide()
        self.cited.emit(tuple(_cited(each, place) for each, place in chosen), self._role)

    def _turn_role(self) -> None:
        if self._with_role:
            roles = list(Role)
            self._role = roles[(roles.index(self._role) + 1) % len(roles)]
            self._show_choice()

    def _show_choice(self) -> None:
        emptied(self._chips)
        for work, place in self._basket:
            name = f"{work.number or ''} {work.label}".strip()
            self._chips.addWidget(self._parts.chip(f"{name}, {place}" if place else name))
        self._chip_row.setVisible(bool(self._basket))
        self._role_chip.setText(self._role.value)
        self._role_chip.setVisible(self._with_role)
        self._place_row.setVisible(bool(self._place.text()) or self._place.hasFocus())

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the picker, whichever of its lines has the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event, watched is self._place)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _ours(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._look_round)
        return super().eventFilter(watched, event)

    def _look_round(self) -> None:
        """Close when the focus went out of the picker."""
        focus = self.window().focusWidget()
        inside = focus is not None and (focus is self or self.isAncestorOf(focus))
        if self.isVisible() and not inside and self.window().isActiveWindow():
            self.hide()
            self.closed.emit("")

    def _key(self, event: QKeyEvent, in_place: bool) -> bool:
        keys = Qt.Key
        key = event.key()
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and key == keys.Key_R:
            self._turn_role()
        elif key == keys.Key_Escape:
            self.close_with(self._typed if not self._line.text() else "")
        elif key in (keys.Key_Return, keys.Key_Enter):
            self._cite()
        elif key in (keys.Key_Up, keys.Key_Down):
            self._step(1 if key == keys.Key_Down else -1)
        elif key in (keys.Key_Tab, keys.Key_Backtab):
            self._place_row.setVisible(True)
            (self._line if in_place else self._place).setFocus()
            self._settle()
        elif key == keys.Key_Comma and in_place and self._current() is not None:
            self._put_by()
        elif key == keys.Key_Backspace and not in_place and not self._line.text() and self._basket:
            self._basket.pop()
            self._show_choice()
            self._find()
        else:
            return False
        return True

    def _step(self, step: int) -> None:
        row = self._list.currentIndex().row() + step
        if 0 <= row < len(self._model.works):
            self._list.setCurrentIndex(self._model.index(row))


def _ours(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape or event.modifiers() == Qt.KeyboardModifier.AltModifier


def _cited(work: Candidate, typed: str) -> Cited:
    place = read_place(typed)
    return Cited(ReferenceId(work.reference), place.locator, place.label, "", place.suffix)
