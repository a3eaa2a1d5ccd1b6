"""What stands beside the form in an inspector: memos, and the history of the chosen thing."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from evidence_app.domain.coding import Memo, MemoKind
from evidence_app.storage.history import PastEdit
from evidence_app.ui.moments import moment_of
from evidence_app.ui.widgets.fields import LongField
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.past_edits import by_whom, words_of

SHOWN = 60


class MemoField(QWidget):
    """One memo, reworded in place."""

    edited = Signal(object, str)

    def __init__(self, parts: Parts, memo: Memo) -> None:
        super().__init__()
        self._memo = memo
        told = " · ".join(
            part for part in (memo.kind.value.capitalize(), memo.person, moment_of(memo.at)) if part
        )
        self._field: LongField = parts.long_field(told, memo.text)
        self._field.edited.connect(self._tell)
        self.setLayout(down(self._field, gap=0))

    def _tell(self, text: str) -> None:
        self.edited.emit(self._memo, text)


class NewMemo(QPlainTextEdit):
    """Where a memo is written; Ctrl+Enter adds it."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add on Ctrl+Enter."""
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class MemoKindChoice(QComboBox):
    """Which kind of memo it is."""

    def __init__(self, kind: MemoKind = MemoKind.MEMO) -> None:
        super().__init__()
        self.setAccessibleName("Kind of memo")
        for each in MemoKind:
            self.addItem(each.value.capitalize(), each.value)
        self.setCurrentIndex(self.findData(kind.value))

    @property
    def kind(self) -> MemoKind:
        """The kind chosen."""
        return MemoKind(self.currentData())


class MemoPage(QWidget):
    """The memos on the chosen thing, the newest first, below a field for the next one."""

    written = Signal(object, str)
    """A `MemoKind`, and the words."""
    edited = Signal(object, str)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._shown: tuple[Memo, ...] | None = None
        self._about: Hashable = None
        self._begun: dict[Hashable, str] = {}
        self._new = NewMemo()
        self._new.setAccessibleName("New memo")
        self._new.setPlaceholderText("Why it is worded so, what to look at again")
        self._new.setTabChangesFocus(True)
        self._new.setFont(parts.look.font("body"))
        self._new.setFixedHeight(parts.look.px(76))
        self._new.entered.connect(self._write)
        add = parts.button("Add memo", "plain", "ph.note-pencil", self._write)
        add.setToolTip("Ctrl+Enter")
        self._memos = down(gap=10)
        self._kind = MemoKindChoice()
        caption = parts.caption("New memo")
        below = across(self._kind, None, add, gap=6)
        self.setLayout(down(caption, self._new, below, 4, self._memos, None, gap=6))

    def show_memos(self, memos: Sequence[Memo]) -> None:
        """Show these memos."""
        if tuple(memos) == self._shown:
            return
        self._shown = tuple(memos)
        emptied(self._memos)
        for memo in memos:
            field = MemoField(self._parts, memo)
            field.edited.connect(self.edited)
            self._memos.addWidget(field)

    def turn_to(self, about: Hashable) -> None:
        """Begin a memo on something else; one begun elsewhere is there again when that is chosen."""
        if about != self._about:
            self._begun[self._about] = self._new.toPlainText()
            self._about = about
            self._new.setPlainText(self._begun.pop(about, ""))

    def _write(self) -> None:
        text = self._new.toPlainText().strip()
        if text:
            self._new.clear()
            self.written.emit(self._kind.kind, text)


class HistoryPage(QWidget):
    """What was done with the chosen thing, the newest first."""

    opened = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._shown: tuple[PastEdit, ...] | None = None
        self._lines = down(gap=10)
        self._nothing = parts.note("Nothing was changed since the project was made.", wrap=True)
        open_ = parts.button("Open the history", "plain", "ph.clock-counter-clockwise", self._tell)
        self.setLayout(down(self._nothing, self._lines, across(open_, None), None, gap=10))

    def show_edits(self, edits: Sequence[PastEdit]) -> None:
        """Show these edits."""
        self._nothing.setVisible(not edits)
        if tuple(edits) == self._shown:
            return
        self._shown = tuple(edits)
        emptied(self._lines)
        for edit in edits[:SHOWN]:
            words = self._parts.label(words_of(edit), wrap=True)
            taken = ", taken back since" if edit.undone_by and edit.kind != "undo" else ""
            self._lines.addLayout(down(words, self._parts.faint(f"{by_whom(edit)}{taken}"), gap=1))

    def _tell(self) -> None:
        self.opened.emit(self._shown[0].id if self._shown else None)
