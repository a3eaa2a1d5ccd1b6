"""The extraction form as a list of fields: name, kind, choices, several values, order."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from evidence_app.domain.studies import ExtractionField, FieldKind
from evidence_app.services.studies.form import FieldLine
from evidence_app.ui.widgets.laying import across, down, emptied, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts


class FormDialog(PanelDialog):
    """Edits a copy of the form; nothing is written before it is accepted."""

    keeps_words = True

    def __init__(self, parts: Parts, fields: Sequence[ExtractionField], parent: QWidget) -> None:
        super().__init__(
            parts, "Extraction form",
            "Values of a field that is taken out stay in the project. Choices are separated by semicolons.",
            size=(820, 600), parent=parent,
        )  # fmt: skip
        self._lines = [
            FieldLine(field=each, name=each.name, kind=each.kind, choices=each.choices, several=each.several,
                      explanation=each.explanation) for each in fields
        ]  # fmt: skip
        self._editors: list[tuple[QLineEdit, QComboBox, QLineEdit, QCheckBox]] = []
        self._rows: QVBoxLayout = down(gap=6)
        self.put(scrolled(down(self._rows, None, gap=0)), share=1)
        self.put(across(parts.button("Add a field", "filter", "ph.plus", self._add), None))
        cancel = parts.button("Cancel", "plain", act=self.reject)
        self.keep = parts.button("Keep form", "primary", act=self.accept)
        self.offer(cancel, self.keep)
        self._fill()

    def wanted(self) -> list[FieldLine]:
        """Return the form as it stands in the dialog, without fields that have no name."""
        return [each for each in self._read() if each.name.strip()]

    def _read(self) -> list[FieldLine]:
        return [
            FieldLine(
                field=line.field, name=name.text().strip(), kind=list(FieldKind)[kind.currentIndex()],
                choices=tuple(each.strip() for each in choices.text().split(";") if each.strip()),
                several=several.isChecked(), explanation=line.explanation,
            )
            for line, (name, kind, choices, several) in zip(self._lines, self._editors, strict=True)
        ]  # fmt: skip

    def _fill(self) -> None:
        emptied(self._rows)
        self._editors = []
        for at, line in enumerate(self._lines):
            self._rows.addWidget(self._row(at, line))

    def _row(self, at: int, line: FieldLine) -> QWidget:
        parts, look = self.parts, self.parts.look
        name = QLineEdit(line.name)
        name.setPlaceholderText("Name of the field")
        name.setReadOnly(line.field is not None and line.field.id is None)
        kind = QComboBox()
        kind.addItems([each.value.capitalize() for each in FieldKind])
        kind.setCurrentIndex(list(FieldKind).index(line.kind))
        choices = QLineEdit("; ".join(line.choices))
        choices.setPlaceholderText("Choices")
        several = QCheckBox("Several")
        several.setChecked(line.several)
        shown = line.name or f"field {at + 1}"
        for editor, what in (
            (name, "Name"),
            (kind, "Kind"),
            (choices, "Choices"),
            (several, "Several values"),
        ):
            editor.setAccessibleName(f"{what} of {shown}")
            editor.setFont(look.font("body"))
        self._editors.append((name, kind, choices, several))
        row = across(gap=6)
        row.addWidget(name, 2)
        row.addWidget(kind, 1)
        row.addWidget(choices, 2)
        row.addWidget(several)
        for icon, what, by in (
            ("ph.arrow-up", "Up", -1),
            ("ph.arrow-down", "Down", 1),
            ("ph.x", "Take out", 0),
        ):
            tool = parts.tool(icon, f"{what}: {shown}")
            tool.clicked.connect(partial(self._change, at, by))
            row.addWidget(tool)
        box = QWidget()
        box.setLayout(row)
        return box

    def _change(self, at: int, by: int, _checked: bool = False) -> None:
        self._lines = self._read()
        line = self._lines.pop(at)
        if by:
            self._lines.insert(max(0, min(len(self._lines), at + by)), line)
        self._fill()

    def _add(self) -> None:
        self._lines = [*self._read(), FieldLine(field=None, name="")]
        self._fill()
        self._editors[-1][0].setFocus()
