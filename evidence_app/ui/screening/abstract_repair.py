"""A missing abstract is repaired where it is missed: pasted, or looked up."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QPlainTextEdit

from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

LINES = 7


class PasteField(QPlainTextEdit):
    """Takes a pasted abstract; Ctrl+Enter keeps it, Esc gives up."""

    kept = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep on Ctrl+Enter, give up on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.kept.emit()
        else:
            super().keyPressEvent(event)


class AbstractRepair(QFrame):
    """Shown under a record without an abstract; the abstract becomes one edit of the record."""

    pasted = Signal(str)
    lookup_asked = Signal()
    left = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._look = parts.look
        self.setObjectName("warning")
        self.setProperty("tone", "maybe")
        self.words = parts.label("", "small", wrap=True)
        self.words.setMinimumWidth(40)
        self.paste = parts.button("Paste it", "plain", "ph.clipboard-text", self.open_field)
        self.paste.setAccessibleName("Paste the abstract")
        self.look_up = parts.button("Look it up", "plain", "ph.magnifying-glass", self.lookup_asked.emit)
        self.look_up.setAccessibleName("Look the abstract up at Crossref")
        self.field = PasteField()
        self.field.setAccessibleName("Abstract")
        self.field.setPlaceholderText("Paste or type the abstract here")
        self.field.setTabChangesFocus(True)
        self.field.setFont(parts.look.font("body"))
        self.field.setFixedHeight(round(LINES * self.field.fontMetrics().lineSpacing()) + parts.look.px(14))
        self.field.kept.connect(self.keep)
        self.field.given_up.connect(self.give_up)
        self.keep_it = parts.button("Keep the abstract", "plain", "ph.check", self.keep)
        self.cancel = parts.button("Cancel", act=self.give_up)
        words = across(parts.icon("ph.warning-circle-fill", "maybe"), gap=8)
        words.addWidget(self.words, 1)
        head = self._head = across(gap=8)
        head.addLayout(words, 1)
        head.addLayout(across(self.paste, self.look_up, gap=8))
        self._acts = across(self.keep_it, self.cancel, None)
        self.setLayout(down(head, self.field, self._acts, gap=8, edge=(12, 6, 8, 6)))
        self._open(False)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the acts below the words where there is no room beside them."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        is_roomy = self.width() >= self._look.px(440)
        self._head.setDirection(ways.LeftToRight if is_roomy else ways.TopToBottom)

    def miss(self, missing: bool, *, has_doi: bool) -> None:
        """Show or hide it for the record that is shown now."""
        if not missing and self.isAncestorOf(QApplication.focusWidget() or self):
            self.left.emit()  # the keyboard would go to the nearest button, and Space would decide
        self.setVisible(missing)
        self.field.clear()
        self._open(False)
        self.words.setText("No abstract came with this record.")
        self.look_up.setEnabled(has_doi)
        self.look_up.setToolTip("" if has_doi else "It has no DOI to look it up by")
        self.asking(False)

    def asking(self, under_way: bool) -> None:
        """Say that it is being looked up."""
        self.look_up.rename("Looking…" if under_way else "Look it up")
        self.look_up.setAccessibleName("Look the abstract up at Crossref")

    def say(self, words: str) -> None:
        """Say what became of looking it up."""
        self.asking(False)
        self.words.setText(words)

    def open_field(self) -> None:
        """Make room to paste."""
        self.setVisible(True)
        self._open(True)
        self.field.setFocus()

    def give_up(self) -> None:
        """Leave the record as it is."""
        self.field.clear()
        self._open(False)
        self.left.emit()

    def keep(self) -> None:
        """Tell of the abstract as it was typed."""
        text = self.field.toPlainText().strip()
        if text:
            self._open(False)
            self.pasted.emit(text)
        self.left.emit()

    def _open(self, opened: bool) -> None:
        for part in (self.field, self.keep_it, self.cancel):
            part.setVisible(opened)
        self.paste.setVisible(not opened)
