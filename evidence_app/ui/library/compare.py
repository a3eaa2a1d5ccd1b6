"""Mine, Crossref's, the result: a dialog in which each differing field is one choice, by mouse or one key."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.reference import Reference
from evidence_app.services.library import crossref_updates
from evidence_app.services.library.fields import label_of, read_value, shown_value, type_label
from evidence_app.services.lookup.comparing import Choice, FieldDifference, Segment, Side, Typed
from evidence_app.services.lookup.updating import Outcome
from evidence_app.storage.references import Provenance
from evidence_app.ui.moments import moment_of
from evidence_app.ui.widgets.differences import SideLabel, segments_of
from evidence_app.ui.widgets.fields import GrowingText
from evidence_app.ui.widgets.laying import across, down, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

SIDES: tuple[Side, ...] = ("mine", "theirs")
HEADS: dict[Side, str] = {"mine": "Mine", "theirs": "Crossref"}
LONGEST = 900


def text_of(variable: str, value: object) -> str:
    """Return a value as the dialog shows it."""
    return type_label(str(value)) if variable == "type" and value else shown_value(variable, value)


class DifferenceRow(QObject):
    """One field: two sides to choose from, and the result, which can also be typed."""

    changed = Signal()
    moved = Signal(object, int)
    """The row asks for the focus to go up (-1) or down (1) from it."""

    def __init__(
        self, parts: Parts, difference: FieldDifference, label: str, *, mine_first: bool, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.difference = difference
        self.choice: Choice = "mine" if mine_first else difference.better
        self.label = label
        self._group = QButtonGroup(self)
        self._radios: dict[Side, QRadioButton] = {}
        texts = {"mine": text_of(difference.field, difference.mine),
                 "theirs": text_of(difference.field, difference.theirs)}  # fmt: skip
        self._texts = texts
        segments = segments_of(texts["mine"], texts["theirs"])
        self.cells = [self._cell(parts, side, texts[side], segments) for side in SIDES]
        self.result = GrowingText(parts.look, f"{self.label}: result", "", "empty")
        self.result.edited.connect(self._typed)
        self.result.setReadOnly(difference.field == "type")
        self._group.buttonClicked.connect(self._clicked)
        self._show()

    def _cell(self, parts: Parts, side: Side, text: str, segments: Sequence[Segment]) -> QWidget:
        radio = QRadioButton()
        radio.setAccessibleName(f"{self.label}: {HEADS[side]}: {text or 'empty'}")
        radio.installEventFilter(self)
        self._radios[side] = radio
        self._group.addButton(radio)
        words = SideLabel(parts.look, segments, side)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = across(gap=9, edge=(0, 5, 0, 4))
        row.addWidget(radio, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)
        cell = QWidget()
        cell.setLayout(row)
        return cell

    def choose(self, choice: Choice) -> None:
        """Take a side, or a value of its own."""
        self.choice = choice
        self._show()
        self.changed.emit()

    @property
    def changes(self) -> bool:
        """Whether the choice makes the field another one."""
        if self.choice == "theirs":
            return True
        return isinstance(self.choice, Typed) and self.choice.value != self.difference.mine

    def focus(self) -> None:
        """Take the focus on the side that is chosen."""
        side: Side = "mine" if isinstance(self.choice, Typed) else self.choice
        self._radios[side].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        self._group.setExclusive(False)
        for side, radio in self._radios.items():
            radio.setChecked(self.choice == side)
        self._group.setExclusive(True)
        if isinstance(self.choice, Typed):
            self.result.show_value(text_of(self.difference.field, self.choice.value))
        else:
            self.result.show_value(self._texts[self.choice])

    def _clicked(self) -> None:
        self.choose(next(side for side, radio in self._radios.items() if radio.isChecked()))

    def _typed(self, text: str) -> None:
        for side in SIDES:
            if text == self._texts[side].strip():
                self.choose(side)
                return
        self.choose(Typed(read_value(self.difference.field, text)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left takes mine, Right takes theirs, Delete takes neither; Up and Down go to other fields."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        match event.key():
            case Qt.Key.Key_Left:
                self.choose("mine")
                self.focus()
            case Qt.Key.Key_Right:
                self.choose("theirs")
                self.focus()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if self.difference.field not in ("type", "title"):
                self.choose(Typed(None))
            case Qt.Key.Key_Up:
                self.moved.emit(self, -1)
            case Qt.Key.Key_Down:
                self.moved.emit(self, 1)
            case _:
                return super().eventFilter(watched, event)
        return True


class CompareDialog(PanelDialog):
    """Lets the reviewer choose field by field; accepted, `choices` says what was chosen."""

    def __init__(
        self,
        parts: Parts,
        reference: Reference,
        found: Outcome,
        known: Mapping[str, Provenance],
        parent: QWidget | None = None,
    ) -> None:
        name = f"Reference {reference.number}" if reference.number is not None else reference.short_label
        super().__init__(parts, f"{name}: compare with Crossref", size=(1060, 620), parent=parent)
        self._reference, self._found, self._known = reference, found, known
        self._open = crossref_updates.open_differences(found, known)
        self._rows: list[DifferenceRow] = []
        which = parts.segments("Fields shown", (("open", "Only differences"), ("all", "All fields")))
        which.chosen.connect(self._show)
        self.top.addWidget(which, 0, Qt.AlignmentFlag.AlignTop)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(parts.look.px(18))
        self._grid.setVerticalSpacing(parts.look.px(7))
        column = down(edge=(24, 12, 24, 16))
        column.addLayout(self._grid)
        column.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put(scrolled(column), share=1)
        self.keep_mine = parts.button("Keep mine", act=self._keep_mine)
        self.fill = parts.button("Fill empty fields only", "plain", act=self._fill_empty)
        self.change = parts.button("", "primary", act=self.accept)
        self.change.setDefault(True)
        self.offer(self.keep_mine, self.fill, self.change)
        self.hint((("↑ ↓", "field"), ("←", "mine"), ("→", "Crossref"), ("Del", "empty")))
        self._tell_fact()
        self._build(self._open)
        if self._rows:
            self._rows[0].focus()
        self.want(height=min(620, 170 + 58 * max(len(self._rows), 3)))

    @property
    def choices(self) -> dict[str, Choice]:
        """What was chosen for each field that is shown."""
        return {row.difference.field: row.choice for row in self._rows}

    def _tell_fact(self) -> None:
        answer = self._found.answer
        same = len(self._equal()) + len(self._found.fields) - len(self._open)
        self.tell(
            f"{answer.doi}, asked {moment_of(answer.fetched_at)}. {counted(len(self._open), 'field')} "
            f"{'differs' if len(self._open) == 1 else 'differ'}, {same} the same or settled."
        )

    def _equal(self) -> list[str]:
        differing = {one.field for one in self._found.fields}
        return [
            name for name in self._found.theirs if name not in differing and self._reference.item.get(name)
        ]

    def _show(self, which: object) -> None:
        chosen = self.choices
        fields = list(self._found.fields) if which == "all" else self._open
        self._build(fields, equal=self._equal() if which == "all" else ())
        for row in self._rows:
            if row.difference.field in chosen:
                row.choose(chosen[row.difference.field])

    def _build(self, fields: Sequence[FieldDifference], equal: Sequence[str] = ()) -> None:
        while (place := self._grid.takeAt(0)) is not None:
            widget = place.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in self._rows:
            row.deleteLater()
        self._rows = []
        parts = self.parts
        for column, head in enumerate(("", "Mine", "Crossref", "Result")):
            self._grid.addWidget(parts.label(head, "small-strong"), 0, column)
            self._grid.setColumnStretch(column, 10 if column else 0)
        self._grid.setColumnMinimumWidth(0, parts.look.px(96))
        for difference in fields:
            settled = crossref_updates.is_settled(difference, self._known)
            label = self._label(difference.field)
            row = DifferenceRow(parts, difference, label, mine_first=settled, parent=self)
            row.changed.connect(self._count)
            row.moved.connect(self._move)
            self._rows.append(row)
            self._line(row.label, difference.note, *row.cells, row.result)
        for name in equal:
            text = text_of(name, self._reference.item.get(name))[:LONGEST]
            quiet = [parts.label(words, "body", "text-3", wrap=True) for words in (text, "The same", text)]
            self._line(self._label(name), "", *quiet)
        self._count()

    def _label(self, variable: str) -> str:
        return "Type" if variable == "type" else label_of(variable, str(self._reference.item.get("type", "")))

    def _line(self, name: str, note: str, *cells: QWidget) -> None:
        line = self._grid.rowCount()
        self._grid.addWidget(self.parts.rule(), line, 0, 1, 4)
        head = down(self.parts.label(name, "small", "text-2", wrap=True), gap=1, edge=(0, 5, 0, 4))
        if note:
            head.addWidget(self.parts.label(note.capitalize(), "caption", "text-3", wrap=True))
        head.addStretch(1)
        holder = QWidget()
        holder.setLayout(head)
        self._grid.addWidget(holder, line + 1, 0)
        for column, cell in enumerate(cells, 1):
            self._grid.addWidget(cell, line + 1, column, Qt.AlignmentFlag.AlignTop)

    def _count(self) -> None:
        changed = sum(row.changes for row in self._rows)
        self.change.rename(f"Change {counted(changed, 'field')}" if changed else "Keep all of mine")
        self.fill.setEnabled(any(row.difference.kind == "missing" for row in self._rows))

    def _move(self, row: object, way: int) -> None:
        at = next((place for place, known in enumerate(self._rows) if known is row), 0) + way
        if 0 <= at < len(self._rows):
            self._rows[at].focus()

    def _keep_mine(self) -> None:
        for row in self._rows:
            row.choose("mine")
        self.accept()

    def _fill_empty(self) -> None:
        self._rows = [row for row in self._rows if row.difference.kind == "missing"]
        for row in self._rows:
            row.choose("theirs")
        self.accept()
