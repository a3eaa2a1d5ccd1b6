"""Finding words in the manuscript, and replacing them after a look at every place."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit

from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Block
from evidence_app.services.synthesis.finding import Occurrence, Sought, occurrences
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts


class FindBar(QFrame):
    """The bar above the page: words, how many places, from one to the next."""

    went = Signal(object)
    """The place in hand is this occurrence."""
    shown = Signal()
    """Other places are found; the page marks them."""
    closed = Signal()
    replace_asked = Signal(object, str)
    """These occurrences are to be replaced by this text, after a look at them."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setObjectName("bar")
        self._blocks: Sequence[Block] = ()
        self.places: list[Occurrence] = []
        self._at = -1
        self.line = self._field(parts, "Find in the manuscript")
        self.by = self._field(parts, "Replace by")
        self.case = self._box(parts, "Match capitals")
        self.whole = self._box(parts, "Whole words")
        self.count = parts.note("")
        back = parts.tool("ph.caret-up", "Place before (Shift+Enter)", self.back)
        on = parts.tool("ph.caret-down", "Next place (Enter)", self.on)
        close = parts.tool("ph.x", "Close (Esc)", self.close_bar)
        self._replace = parts.button("Replace…", "plain", act=self._ask_replace)
        first = across(self.line, back, on, self.count, None, self.case, self.whole, close, gap=6)
        self._second = across(self.by, self._replace, None, gap=6)
        self._with_replace = True
        self.setLayout(down(first, self._second, gap=6, edge=(20, 6, 12, 6)))
        self.line.textChanged.connect(self._search)
        self.case.toggled.connect(self._search)
        self.whole.toggled.connect(self._search)
        self.hide()

    def _field(self, parts: Parts, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(name)
        line.setAccessibleName(name)
        line.setFont(parts.look.font("body"))
        line.setFixedWidth(parts.look.px(230))
        line.installEventFilter(self)
        return line

    def _box(self, parts: Parts, name: str) -> QCheckBox:
        box = QCheckBox(name)
        box.setFont(parts.look.font("small"))
        return box

    def open_bar(self, *, replace: bool) -> None:
        """Open, with the line for replacing or without it."""
        self.by.setVisible(replace)
        self._replace.setVisible(replace)
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._search()

    def close_bar(self) -> None:
        """Close; nothing is marked on the page any more."""
        self.hide()
        self.places, self._at = [], -1
        self.shown.emit()
        self.closed.emit()

    def look_in(self, blocks: Sequence[Block]) -> None:
        """Search in these blocks from now on; the place in hand stays near where it was."""
        self._blocks = blocks
        if self.isVisible():
            at = self._at
            self._search(stay=True)
            self._at = min(at, len(self.places) - 1)
            self._tell()

    @property
    def sought(self) -> Sought:
        """What is looked for."""
        return Sought(self.line.text(), self.case.isChecked(), self.whole.isChecked())

    def _search(self, _changed: object = None, *, stay: bool = False) -> None:
        self.places = occurrences(self._blocks, self.sought)
        self._at = -1
        if self.places and not stay:
            self._go(0)
        else:
            self._tell()

    def on(self) -> None:
        """Go to the next place."""
        self._go(self._at + 1)

    def back(self) -> None:
        """Go to the place before."""
        self._go(self._at - 1)

    def _go(self, at: int) -> None:
        if self.places:
            self._at = at % len(self.places)
            self._tell()
            self.went.emit(self.places[self._at])

    def _tell(self) -> None:
        if not self.line.text():
            self.count.setText("")
        elif not self.places:
            self.count.setText("Nothing found")
        else:
            at = f"{self._at + 1} of " if self._at >= 0 else ""
            self.count.setText(f"{at}{counted(len(self.places), 'place')}")
        self._replace.setEnabled(bool(self.places))
        self.shown.emit()

    def marks(self) -> Mapping[str, Sequence[tuple[int, int, bool]]]:
        """Return the stretches to mark in each block, True for the one in hand."""
        found: dict[str, list[tuple[int, int, bool]]] = {}
        for at, place in enumerate(self.places):
            found.setdefault(place.block, []).append((place.start, place.end, at == self._at))
        return found

    def _ask_replace(self) -> None:
        if self.places:
            self.replace_asked.emit(tuple(self.places), self.by.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc, whatever in the bar has the focus."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, Shift+Enter back, Esc closes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            match event.key():
                case Qt.Key.Key_Escape:
                    self.close_bar()
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter if watched is self.by:
                    self._ask_replace()
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self.back() if shift else self.on()
                    return True
        return super().eventFilter(watched, event)
