"""One field of the extraction form in one report: its values, where each stands, and "not reported"."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QWidget

from evidence_app.domain.studies import ExtractionField, FieldKind, Value, ValueState
from evidence_app.services.studies.characteristics import Said
from evidence_app.ui.studies.study_inspector import SIGNS
from evidence_app.ui.widgets.fields import InPlace
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

HINTS = {
    FieldKind.TEXT: "type the value", FieldKind.NUMBER: "a number",
    FieldKind.DATE: "2019, 2019-06 or 2019-06-30",
    FieldKind.YES_NO: "yes, no or unclear", FieldKind.CHOICE: "choose",
}  # fmt: skip
PLACE = 150
COMPLETED_AFTER = 1


class ValueLine(InPlace):
    """A value or a place. Enter keeps it and goes on; with Alt it takes what is read beside the form."""

    not_reported = Signal()
    place_asked = Signal()
    quote_asked = Signal()
    went_on = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep and go on with Enter, so that a form is filled without the mouse."""
        if event.modifiers() == Qt.KeyboardModifier.AltModifier:
            asked = {
                Qt.Key.Key_N: self.not_reported, Qt.Key.Key_P: self.place_asked,
                Qt.Key.Key_Q: self.quote_asked,
            }.get(Qt.Key(event.key()))  # fmt: skip
            if asked is not None:
                asked.emit()
                return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_on.emit()


class FieldRow(QWidget):
    """A field with a line for each value, and an empty one where it takes several."""

    said = Signal(object)
    """The values as they are to stand, a list of `Said`."""
    ended = Signal()
    """Enter was pressed in its last line: the next field is wanted."""

    def __init__(self, parts: Parts, field: ExtractionField, known: Sequence[str]) -> None:
        super().__init__()
        self.parts = parts
        self.field = field
        self._known = list(dict.fromkeys((*field.choices, *known)))
        self._values: tuple[Value, ...] = ()
        self.where: Callable[[], tuple[str, str]] = _nowhere
        """Tells the page that is read and the words that are selected on it."""
        self.lines: list[tuple[ValueLine, ValueLine]] = []
        self.sign = parts.icon("ph.circle-dashed", "text-3", 11)
        self.silent = parts.button("Not reported", "filter", on=False)
        self.silent.setToolTip("The report was read and does not say it: Alt+N in the field")
        self.silent.setAccessibleName(f"{field.title}: not reported")
        self.silent.clicked.connect(self.say_silent)
        kinds = field.kind.value + (", several values" if field.several else "")
        head = across(parts.caption(field.title), self.sign, parts.caption(kinds if field.id else ""), None,
                      self.silent, gap=6, edge=(6, 0, 0, 0))  # fmt: skip
        self._column = down(gap=2)
        column = down(head, gap=2)
        if field.explanation:
            told = parts.label(field.explanation, "small", "text-2", wrap=True)
            told.setMinimumWidth(40)
            column.addLayout(across(told, edge=(6, 0, 0, 0)))
        column.addLayout(self._column)
        self.setLayout(column)

    def show_values(self, values: Sequence[Value]) -> None:
        """Show what the project holds; lines that stay are not made anew, so that the keyboard stays."""
        self._values = tuple(values)
        said = [each for each in values if each.is_reported]
        wanted = max(1, len(said) + (1 if self.field.several and said else 0))
        if len(self.lines) != wanted:
            self._build(wanted)
        silent = bool(values) and not said
        for at, (line, place) in enumerate(self.lines):
            each = said[at] if at < len(said) else None
            line.show_value(each.value if each is not None else "")
            looked = values[0].place if silent and at == 0 else ""
            place.show_value(each.place if each is not None else looked)
            line.setPlaceholderText("not reported" if silent else HINTS[self.field.kind])
        self.silent.setChecked(silent)
        state = values[0].state if values else None
        icon, tone = SIGNS[state] if state is not None else ("ph.circle-dashed", "text-3")
        self.sign.show_icon(icon, tone)
        basis = values[0].basis if values else ""
        told = f"{state.value.capitalize()}. {basis}".strip() if state is not None else "Not extracted yet"
        self.sign.setToolTip(told)

    def _build(self, number: int) -> None:
        had_focus = any(each.hasFocus() for pair in self.lines for each in pair)
        emptied(self._column)
        self.lines = []
        for at in range(number):
            nth = f" {at + 1}" if number > 1 else ""
            line = self._line(f"{self.field.title}{nth}", HINTS[self.field.kind])
            place = self._line(f"Place of {self.field.title.lower()}{nth}", "page, table")
            place.setMaximumWidth(self.parts.look.px(PLACE))
            place.setToolTip("Alt+P: the page you read")
            for each in (line, place):
                each.place_asked.connect(partial(self._take_place, at))
                each.quote_asked.connect(partial(self._quote, at))
            if self._known:
                completer = QCompleter(self._known, line)
                completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
                completer.setFilterMode(Qt.MatchFlag.MatchContains)
                line.setCompleter(completer)
            row: QHBoxLayout = across(gap=6)
            row.addWidget(line, 1)
            row.addWidget(place)
            self._column.addLayout(row)
            self.lines.append((line, place))
        if had_focus:
            self.lines[-1][0].setFocus()

    def _line(self, name: str, hint: str) -> ValueLine:
        line = ValueLine(self.parts.look, name, "", hint)
        line.edited.connect(self._tell)
        line.not_reported.connect(self.say_silent)
        line.went_on.connect(partial(self._go_on, line))
        return line

    def _go_on(self, line: ValueLine) -> None:
        """From a value to its place, then to the next value, and from the last on to the next field."""
        if not line.hasFocus():
            return
        for at, (value, place) in enumerate(self.lines):
            if line is value and line.text().strip():
                place.setFocus()
                return
            if line is place and at + 1 < len(self.lines):
                self.lines[at + 1][0].setFocus()
                return
        self.ended.emit()

    def take_focus(self) -> None:
        """Give the keyboard to the first value."""
        if self.lines:
            self.lines[0][0].setFocus()

    def has_keyboard(self) -> bool:
        """Whether something of it has the keyboard."""
        return any(each.hasFocus() for pair in self.lines for each in pair)

    def _take_place(self, at: int) -> None:
        """Write the page that is read as the place of a value."""
        page, _ = self.where()
        value, place = self.lines[at]
        if page:
            place.setText(page)
            if value.text().strip() or self.silent.isChecked():
                self._tell()

    def _quote(self, at: int) -> None:
        """Take the words that are selected beside the form as the value, quoted."""
        page, words = self.where()
        if not words:
            return
        said = self._said()
        quoted = Said(words, page, ValueState.QUOTED)
        self.said.emit([*said[:at], quoted, *said[at + 1 :]])

    def _said(self) -> list[Said]:
        return [Said(line.text(), place.text()) for line, place in self.lines if line.text().strip()]

    def _tell(self) -> None:
        found = self._said()
        if not found and self._values and not self._values[0].is_reported and self.lines[0][1].text().strip():
            found = [Said("", self.lines[0][1].text(), ValueState.NOT_REPORTED)]
        self.said.emit(found)

    def say_silent(self) -> None:
        """Say that the report does not tell, or take that back."""
        already = bool(self._values) and not any(each.is_reported for each in self._values)
        place = self.lines[0][1].text() if self.lines else ""
        self.said.emit([] if already else [Said("", place, ValueState.NOT_REPORTED)])


def _nowhere() -> tuple[str, str]:
    """Nothing is read beside the form."""
    return "", ""
