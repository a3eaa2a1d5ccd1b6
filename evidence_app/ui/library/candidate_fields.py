"""The fields of a work that may be added, every one edited in place before it is."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from evidence_app.domain.csl import without_empty
from evidence_app.services.library.adding import Candidate
from evidence_app.services.library.fields import (
    FieldKind,
    form_of,
    kind_of,
    label_of,
    read_value,
    shown_value,
    types_by_label,
)
from evidence_app.ui.library.wrapped import WrappedField
from evidence_app.ui.widgets.fields import Field
from evidence_app.ui.widgets.focus_order import order_focus
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

TEXTS = ("abstract", "original-abstract")
_LONG = (FieldKind.LONG, FieldKind.RICH, FieldKind.NAMES)


class CandidateFields(QWidget):
    """A form of its type's fields, with those the work holds beside them."""

    changed = Signal()

    def __init__(self, parts: Parts, candidate: Candidate) -> None:
        super().__init__()
        self._parts = parts
        self.candidate = candidate
        self._type = QComboBox()
        self._type.setAccessibleName("Type of work")
        self._type.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for name, label in types_by_label():
            self._type.addItem(label, name)
        self._type.activated.connect(self._retype)
        self._form = down(gap=6)
        kind = down(parts.caption("Type"), self._type, gap=2, edge=(6, 0, 6, 0))
        self.setLayout(down(kind, self._form, gap=6))
        self.show_candidate(candidate)

    def show_candidate(self, candidate: Candidate) -> None:
        """Show the fields of this work."""
        self.candidate = candidate
        self._type.setCurrentIndex(self._type.findData(candidate.item.get("type", "document")))
        emptied(self._form)
        for row in self._rows():
            line = across(gap=8)
            for variable in row:
                line.addWidget(self.field(variable), 1)
            self._form.addLayout(line)
        order_focus(self)

    def _rows(self) -> list[list[str]]:
        item = self.candidate.item
        rows = [[field.variable for field in row] for row in form_of(item)]
        return rows + [[name] for name in TEXTS if item.get(name)]

    def field(self, variable: str) -> Field:
        """Return the field of a variable as it stands now."""
        item = self.candidate.item
        origin = self.candidate.origins.get(variable, "") if item.get(variable) else ""
        label = label_of(variable, str(item.get("type", "")))
        value = shown_value(variable, item.get(variable))
        field: Field = (
            WrappedField(self._parts.look, label, value, origin, "–")
            if kind_of(variable) in _LONG
            else self._parts.field(label, value, origin, "–")
        )
        field.setObjectName(variable)
        field.edited.connect(self._edited)
        return field

    def _edited(self, text: str) -> None:
        sender = self.sender()
        if not isinstance(sender, Field):
            return
        variable = sender.objectName()
        self._set(variable, read_value(variable, text))
        sender.origin.show_origin("typed")

    def _retype(self) -> None:
        chosen = self._type.currentData()
        if chosen != self.candidate.item.get("type"):
            self._set("type", chosen)
            self.show_candidate(self.candidate)

    def _set(self, variable: str, value: object) -> None:
        item = without_empty({**self.candidate.item, variable: value})
        origins = {**self.candidate.origins, variable: "typed"}
        self.candidate = replace(self.candidate, item=item, origins=origins)
        self.changed.emit()
