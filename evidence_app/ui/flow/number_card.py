"""One number in the inspector: how it was counted, its parts, what is typed, and what it opens."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.flow import FlowLine, FlowNumber
from evidence_app.domain.review import NumberState
from evidence_app.services.flow.charts import line_words
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

STATES = {
    NumberState.DERIVED: "counted", NumberState.TYPED: "typed", NumberState.INFERRED: "inferred",
    NumberState.NOT_REPORTED: "not reported",
}  # fmt: skip
TONES = {NumberState.TYPED: "text-2", NumberState.INFERRED: "maybe", NumberState.NOT_REPORTED: "text-3"}


class NumberCard(QWidget):
    """Shows one number of the chosen box, and lets it be typed."""

    opened = Signal(object, str)
    """The references to show, and what they are."""
    typed = Signal(str, str)
    """The key of the number, and what was typed."""
    sourced = Signal(str, str)

    def __init__(self, parts: Parts, number: FlowNumber) -> None:
        super().__init__()
        self._parts = parts
        self.number = number
        self._title = parts.label("", "strong", wrap=True)
        self._value = parts.label("", "heading")
        self._state = parts.chip("")
        self._basis = parts.label("", "small", "text-2", wrap=True)
        self._differs = parts.label("", "small", "maybe", wrap=True)
        self.open = parts.button("", "plain", "ph.books", self._open)
        self._lines = down(gap=0)
        self.line_buttons: list[QPushButton] = []
        self.field = parts.field(
            f"Typed: {number.measure.label}", "", "", "counted; type where it was done elsewhere"
        )
        self.field.caption.setText("Typed instead")
        self.field.edited.connect(self._typed)
        self.source = parts.field(f"Source of {number.measure.label}", "", "", "where it is stated")
        self.source.caption.setText("Where it comes from")
        self.source.edited.connect(self._sourced)
        head = across(self._value, self._state, None, gap=8)
        self.setLayout(
            down(self._title, head, self._basis, self._differs, self._lines, across(self.open, None),
                 self.field, self.source, gap=6, edge=(0, 0, 0, 6))
        )  # fmt: skip
        self.show_number(number)

    def show_number(self, number: FlowNumber, source: str = "", stated: int | None = None) -> None:
        """Show the number as it is now; `stated` is what somebody typed, `source` where from."""
        self.number = number
        self._title.setText(f"{number.measure.label} ({number.measure.unit})")
        self._value.setText("–" if number.number is None else f"{number.number:,}")
        word = STATES[number.state]
        if number.state is NumberState.DERIVED and not number.from_records:
            word = "worked out"
        self._state.setText(word)
        self._state.set_tone(TONES.get(number.state, "accent"))
        self._basis.setText(number.basis)
        self._basis.setVisible(bool(number.basis) and number.basis != source)
        self._differs.setText(
            f"Typed {number.number:,}; the project counts {number.counted:,}." if number.differs else ""
        )
        self._differs.setVisible(number.differs)
        self.open.setVisible(bool(number.references) and bool(number.number))
        self.open.rename(f"Open {counted(len(number.references), 'reference')}")
        self._show_lines(number)
        self.field.show_value("" if stated is None else f"{stated:,}", "typed" if stated is not None else "")
        self.source.show_value(source, "")
        self.source.setVisible(stated is not None)

    def _show_lines(self, number: FlowNumber) -> None:
        emptied(self._lines)
        self.line_buttons = []
        for line in number.lines:
            self._lines.addLayout(self._line(line))

    def _line(self, line: FlowLine) -> QHBoxLayout:
        parts = self._parts
        words = parts.line(line_words(line), "small", "text-2")
        shown = "not reported" if line.number is None else f"{line.number:,}"
        row = across(gap=8)
        row.addWidget(words, 1)
        if line.references and line.number:
            button = parts.button(shown, "link")
            button.setAccessibleName(f"Open {line.label}: {shown}")
            button.clicked.connect(partial(self._open_line, line))
            self.line_buttons.append(button)
            row.addWidget(button)
        else:
            row.addWidget(parts.label(shown, "small", "text-3" if line.number is None else "text"))
        return row

    def _open(self) -> None:
        self.opened.emit(self.number.references, self.number.measure.label)

    def _open_line(self, line: FlowLine, _checked: bool = False) -> None:
        self.opened.emit(line.references, f"{self.number.measure.label}: {line.label}")

    def _typed(self, text: str) -> None:
        self.typed.emit(self.number.key, text)

    def _sourced(self, text: str) -> None:
        self.sourced.emit(self.number.key, text)
