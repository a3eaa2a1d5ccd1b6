"""One field of two references: two sides to choose from, and what the merged reference will say."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from evidence_app.services.deduplication.side_by_side import FieldPair, Side, SideBySide, result_text
from evidence_app.ui.widgets.differences import Side as Ground
from evidence_app.ui.widgets.differences import SideLabel, segments_of
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts

SIDES: tuple[Side, ...] = ("one", "other")
GROUNDS: dict[Side, Ground] = {"one": "mine", "other": "theirs"}
LONGEST = 700
"""Letters shown of a text that is the same on both sides."""


class FieldLine(QObject):
    """A field that differs. Left and Right choose a side, Up and Down go to other fields."""

    changed = Signal()
    moved = Signal(object, int)
    """The line asks for the focus to go up (-1) or down (1) from it."""
    left = Signal()
    """Left was pressed on the left side: back to the list."""

    def __init__(self, parts: Parts, pair: SideBySide, field: FieldPair, parent: QObject) -> None:
        super().__init__(parent)
        self.field, self._pair = field, pair
        self.side: Side = field.chosen
        self._group = QButtonGroup(self)
        self._radios: dict[Side, QRadioButton] = {}
        texts: dict[Side, str] = {"one": field.one, "other": field.other}
        segments = segments_of(field.one, field.other)
        self.cells: list[QWidget] = []
        for side in SIDES:
            words = SideLabel(parts.look, segments, GROUNDS[side])
            self.cells.append(self._cell(texts[side], side, words))
        self.result = parts.label("", wrap=True)
        self._group.buttonClicked.connect(self._clicked)
        self._show()

    def _cell(self, text: str, side: Side, words: SideLabel) -> QWidget:
        radio = QRadioButton()
        where = "left" if side == "one" else "right"
        radio.setAccessibleName(f"{self.field.label}, {where}: {text or 'empty'}")
        radio.setEnabled(bool(text))
        radio.installEventFilter(self)
        self._radios[side] = radio
        self._group.addButton(radio)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = across(gap=9, edge=(0, 4, 0, 4))
        row.addWidget(radio, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)
        cell = QWidget()
        cell.setLayout(row)
        return cell

    def choose(self, side: Side) -> None:
        """Take a side; one that says nothing cannot be taken."""
        if self._radios[side].isEnabled() and side != self.side:
            self.side = side
            self._show()
            self.changed.emit()

    def focus(self) -> None:
        """Take the focus on the side that is chosen."""
        self._radios[self.side].setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Whether the focus is on one of the sides."""
        return any(radio.hasFocus() for radio in self._radios.values())

    def _show(self) -> None:
        self._radios[self.side].setChecked(True)
        self.result.setText(result_text(self._pair, self.field, self.side))

    def _clicked(self) -> None:
        self.choose(next(side for side, radio in self._radios.items() if radio.isChecked()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left takes the left side, Right the right one; Up and Down go to other fields."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        match event.key():
            case Qt.Key.Key_Left if self.side == "one":
                self.left.emit()
            case Qt.Key.Key_Left:
                self.choose("one")
                self.focus()
            case Qt.Key.Key_Right:
                self.choose("other")
                self.focus()
            case Qt.Key.Key_Up:
                self.moved.emit(self, -1)
            case Qt.Key.Key_Down:
                self.moved.emit(self, 1)
            case _:
                return super().eventFilter(watched, event)
        return True


def same_cells(parts: Parts, field: FieldPair) -> list[QWidget]:
    """Return the cells of a field that both say alike, quiet."""
    text = field.one if len(field.one) <= LONGEST else f"{field.one[:LONGEST].rstrip()}…"
    cells: list[QWidget] = []
    for words in (text, "The same"):
        label = parts.label(words, "body", "text-3", wrap=True)
        label.setContentsMargins(parts.look.px(33), 4, 0, 4)
        cells.append(label)
    return [*cells, parts.label(text, "body", "text-3", wrap=True)]
