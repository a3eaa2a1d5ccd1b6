"""A dialog of our own: heading and fact above, what is asked in the middle, the act bottom right."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QDialog,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.focus_order import order_focus
from evidence_app.ui.widgets.laying import across, down, framed
from evidence_app.ui.widgets.parts import Parts


class Veil(QWidget):
    """Dims the window behind a dialog, and goes with it."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the veil."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("scrim"))
        painter.end()


def _is_ctrl_enter(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _room(dialog: QDialog) -> QSize:
    return dialog.screen().availableSize() - QSize(40, 60)


class PanelDialog(QDialog):
    """Heading, body and foot; the window behind is dimmed while it is open."""

    keeps_words: ClassVar[bool] = False
    """Whether words are written in it, of which Esc is to lose none without asking."""

    def __init__(
        self, parts: Parts, title: str, fact: str = "", *, size: tuple[int, int] = (760, 560),
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.parts = parts
        self._wanted = size
        self._veil: Veil | None = None
        self.confirm: Callable[[str, str, str], bool] | None = None
        """Asks before words are lost: a question, an explanation, the act. Given by whoever shows it."""
        self._at_first: Counter[str] | None = None
        self.setWindowTitle(title)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = parts.label(title, "heading", wrap=True)
        self.fact = parts.label(fact, "small", "text-2", wrap=True)
        if not fact:
            self.fact.hide()  # shown without a parent it would be a window of its own for a moment
        for label in (self.heading, self.fact):
            label.setMinimumWidth(parts.look.px(120))  # else a wrapping label asks for half the screen
        self.top: QHBoxLayout = across(gap=12, edge=(24, 18, 20, 12))
        self.top.addLayout(down(self.heading, self.fact, gap=3), 1)
        self.body: QVBoxLayout = down(gap=8, edge=(24, 12, 24, 14))
        self.hints: QHBoxLayout = across(gap=5)
        self._hint_box = QWidget()
        self._hint_box.setLayout(self.hints)
        self.acts: QHBoxLayout = across(gap=8)
        self._foot = foot = across(self._hint_box, None, self.acts, edge=(24, 10, 20, 12))
        column = down(self.top, parts.rule(), gap=0)
        column.addLayout(self.body, 1)
        column.addWidget(framed(foot, "foot"))
        self.setLayout(column)
        self.fit()

    def tell(self, fact: str) -> None:
        """Say another fact under the heading."""
        self.fact.setText(fact)
        self.fact.setVisible(bool(fact))

    def put(self, *parts: QWidget | QLayout, share: int = 0) -> None:
        """Put parts into the body."""
        for part in parts:
            if isinstance(part, QWidget):
                self.body.addWidget(part, share)
            else:
                self.body.addLayout(part, share)

    def offer(self, *buttons: QWidget) -> None:
        """Put the acts into the foot, the one that is meant last."""
        for button in buttons:
            self.acts.addWidget(button)

    def hint(self, keys: Sequence[tuple[str, str]]) -> None:
        """Say which keys do what."""
        for key, words in keys:
            self.hints.addWidget(self.parts.key(key))
            self.hints.addWidget(self.parts.caption(words))
            self.hints.addSpacing(4)

    def fit(self) -> None:
        """Take the wanted size, or less where the window or the screen is smaller."""
        look = self.parts.look
        size = QSize(look.px(self._wanted[0]), look.px(self._wanted[1])).boundedTo(_room(self))
        parent = self.parentWidget()
        if parent is not None:
            size = size.boundedTo(parent.window().size() - QSize(40, 40))
        layout = self.layout()
        if layout is not None and self.minimumSizeHint().width() > size.width():
            self._hint_box.setVisible(False)
            for inner in (self._foot, layout):  # so that the room of the hints is free at once
                inner.invalidate()
                inner.activate()
        middle, grown = self.geometry().center(), size != self.size()
        self.resize(size)
        if grown and self.isVisible():
            self.move(self.pos() + middle - self.geometry().center())

    def want(self, *, height: int, width: int = 0) -> None:
        """Be this high and wide (at 100 %)."""
        self._wanted = (width or self._wanted[0], height)
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Dim the window behind."""
        super().showEvent(event)
        self.fit()
        order_focus(self)
        self._mean_the_last()
        if self._at_first is None:
            self._at_first = self._words()
        for button in self.findChildren(QPushButton):
            button.installEventFilter(self)
        parent = self.parentWidget()
        if parent is not None and self._veil is None:
            self._veil = Veil(self.parts.look, parent.window())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do the act that is meant on Ctrl+Enter, also out of a text or a list; ask at Esc what is lost."""
        meant = self._meant()
        if _is_ctrl_enter(event) and meant is not None:
            meant.click()
        elif event.key() != Qt.Key.Key_Escape or self._may_close():
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask what is lost here too."""
        if self._may_close():
            super().closeEvent(event)
        else:
            event.ignore()

    def _may_close(self) -> bool:
        """Return whether nothing was typed that would be lost, or it may be."""
        if not self.keeps_words or self.confirm is None or not self.has_typed():
            return True
        return self.confirm(
            "Close this without keeping what you typed?", "What was written here is lost.", "Close it"
        )

    def has_typed(self) -> bool:
        """Return whether words stand in it that were not there at first."""
        typed = self._words() - (self._at_first or Counter())
        return any(text.strip() for text in typed)

    def _words(self) -> Counter[str]:
        lines = [
            each.text() for each in self.findChildren(QLineEdit)
            if not each.isReadOnly() and not isinstance(each.parentWidget(), QAbstractSpinBox)
        ]  # fmt: skip
        texts = [each.toPlainText() for each in self.findChildren(QPlainTextEdit) if not each.isReadOnly()]
        return Counter([*lines, *texts])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Ctrl+Enter from a button that has the keyboard, which would take it for a press."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _is_ctrl_enter(event):
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _meant(self) -> QPushButton | None:
        """Return the act that is meant: the last primary one of the foot."""
        for place in reversed(range(self.acts.count())):
            last = self.acts.itemAt(place).widget()  # type: ignore[union-attr]
            if isinstance(last, QPushButton) and last.property("kind") == "primary":
                return last
        return None

    def _mean_the_last(self) -> None:
        """Let Enter do the act that is meant, unless a list has its own use for Enter."""
        buttons = self.findChildren(QPushButton)
        lists = [view for view in self.findChildren(QAbstractItemView) if view.window() is self]
        meant = self._meant()
        if meant is not None and not lists and not any(button.isDefault() for button in buttons):
            meant.setDefault(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Lift the veil."""
        super().hideEvent(event)
        if self._veil is not None:
            self._veil.hide()
            self._veil.deleteLater()
            self._veil = None
