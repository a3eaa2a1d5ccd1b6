"""Details: the fields of the type first, every one edited in place, with where it came from."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMenu, QWidget

from evidence_app.domain.reference import Reference
from evidence_app.domain.review import NumberState
from evidence_app.services.library.fields import (
    HINTS,
    FieldKind,
    FieldOnForm,
    form_of,
    other_fields,
    read_value,
    shown_value,
    types_by_label,
    unwrapped,
    wrapped_like,
)
from evidence_app.services.library.references import set_fields
from evidence_app.storage import library, references
from evidence_app.storage.references import Provenance
from evidence_app.ui.library.marked import MarkedField
from evidence_app.ui.library.names_field import NamesField
from evidence_app.ui.library.pages import Page
from evidence_app.ui.library.tags import TagsRow
from evidence_app.ui.library.words import origin_told
from evidence_app.ui.library.wrapped import WrappedField
from evidence_app.ui.moments import day_of
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.fields import Field
from evidence_app.ui.widgets.focus_order import order_focus
from evidence_app.ui.widgets.laying import across, down, emptied

STATES = {
    NumberState.TYPED: "typed",
    NumberState.INFERRED: "missing",
    NumberState.NOT_REPORTED: "missing",
}
FieldWidget = Field | NamesField
EMPTY = "–"


class DetailsPage(Page):
    """The form of a reference."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._form: list[list[FieldOnForm]] = []
        self._fields: dict[str, FieldWidget] = {}
        self._opened: tuple[str, ...] = ()
        self._known: dict[str, Provenance] = {}
        self._differing: frozenset[str] = frozenset()
        self._rows = down(gap=8)
        self._type = QComboBox()
        self._type.setAccessibleName("Type of work")
        for name, label in types_by_label():
            self._type.addItem(label, name)
        self._type.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._type.activated.connect(self._retype)
        self._add = self.parts.tool("ph.plus", "Add field")
        self._menu = QMenu(self._add)
        self._menu.aboutToShow.connect(self._offer_fields)
        self._add.setMenu(self._menu)
        self._add.setPopupMode(self._add.ToolButtonPopupMode.InstantPopup)
        self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._add.setText("Add field")
        self._extracted = down(gap=6)
        self.tags = TagsRow(context)
        kind = down(self.parts.caption("Type"), self._type, gap=2, edge=(6, 0, 6, 0))
        for part in (
            self._rows,
            kind,
            across(self._add, None),
            self.parts.rule(),
            self.tags,
            self._extracted,
        ):
            if isinstance(part, QWidget):
                self.column.addWidget(part)
            else:
                self.column.addLayout(part)
        self.column.addStretch(1)

    def show_differing(self, variables: frozenset[str]) -> None:
        """Mark the fields in which Crossref says something else."""
        self._differing = variables
        if self.reference is not None:
            self._show_values(self.reference)

    def fill(self, reference: Reference) -> None:
        """Show the form of the reference."""
        self._known = references.provenance(self.project.reader, reference.id)
        form = form_of(reference.item, self._opened)
        if form != self._form:
            self._build(form)
        self._type.setCurrentIndex(self._type.findData(reference.item.get("type", "document")))
        self._show_values(reference)
        self.tags.show_reference(reference.id)
        self._show_extracted(reference)

    def start_anew(self) -> None:
        """Forget which fields were opened: another reference comes."""
        self._opened = ()
        for field in self._fields.values():
            if isinstance(field, NamesField):
                field.fold()

    def enter(self, variable: str = "title") -> None:
        """Take the focus in a field."""
        field = self._fields.get(variable)
        if isinstance(field, NamesField | MarkedField):
            field.enter()
        elif field is not None:
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep what is half typed."""
        focused = self.focusWidget()
        if focused is not None and focused.hasFocus():
            focused.clearFocus()

    # -- the form

    def _build(self, form: list[list[FieldOnForm]]) -> None:
        focused = next(
            (name for name, field in self._fields.items() if field.isAncestorOf(self._focus())), ""
        )
        kept, self._fields = self._fields, {}
        while (place := self._rows.takeAt(0)) is not None:
            place.layout() and _let_go(place.layout())
        for row in form:
            line = across(gap=8)
            for field in row:
                widget = kept.pop(field.variable, None) or self._made(field)
                widget.caption.setText(field.label)
                self._fields[field.variable] = widget
                line.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
            self._rows.addLayout(line)
        for widget in kept.values():
            widget.hide()
            widget.deleteLater()
        self._form = form
        if focused in self._fields:
            self.enter(focused)

    def _focus(self) -> QWidget:
        return self.window().focusWidget() or self

    def _made(self, field: FieldOnForm) -> FieldWidget:
        look, hint = self.context.look, HINTS.get(field.kind, "")
        widget: FieldWidget
        if field.kind is FieldKind.NAMES:
            widget = NamesField(look, field.label)
        elif field.kind is FieldKind.RICH:
            widget = MarkedField(look, field.label, hint=EMPTY)
        elif field.kind in (FieldKind.LONG, FieldKind.LINE) and field.variable not in SHORT:
            long = field.kind is FieldKind.LONG
            made = self.parts.long_field if long else partial(WrappedField, look)
            widget = made(field.label, "", "", EMPTY)
        else:
            widget = self.parts.field(field.label, hint=EMPTY)
        if hint and not isinstance(widget, NamesField):
            widget.editor.setToolTip(hint)
        widget.setObjectName(field.variable)
        widget.edited.connect(self._edited)
        return widget

    def _show_values(self, reference: Reference) -> None:
        for variable, field in self._fields.items():
            origin, told = self._origin(variable, reference)
            value = reference.item.get(variable)
            if isinstance(field, NamesField):
                field.show_names(value or (), origin, told)
            else:
                field.show_value(unwrapped(shown_value(variable, value)), origin, told)

    def _origin(self, variable: str, reference: Reference) -> tuple[str, str]:
        known = self._known.get(variable)
        if variable in self._differing:
            return "differs", "Crossref says something else. Compare shows both."
        if not reference.item.get(variable):
            return "", ""
        if known is None:
            return "imported", "As imported"
        return known.origin, origin_told(known)

    # -- editing

    def _edited(self, typed: object) -> None:
        sender = self.sender()
        if isinstance(sender, QWidget) and sender.objectName() in self._fields:
            variable = sender.objectName()
            value = self._read(variable, typed) if isinstance(typed, str) else (typed or None)
            self._set({variable: value})

    def _read(self, variable: str, typed: str) -> Any:
        value = read_value(variable, typed)
        before = self.reference.item.get(variable) if self.reference is not None else None
        return wrapped_like(before, value)

    def _retype(self) -> None:
        self._set({"type": self._type.currentData()})

    def _set(self, fields: Mapping[str, Any]) -> None:
        if self.reference is not None:
            self.project.do(set_fields(self.reference, fields, self._known))

    def _offer_fields(self) -> None:
        self._menu.clear()
        if self.reference is None:
            return
        for field in other_fields(self.reference.item):
            if field.variable not in self._fields:
                self._menu.addAction(field.label).triggered.connect(partial(self._open_field, field.variable))

    def _open_field(self, variable: str, _checked: bool = False) -> None:
        self._opened = (*self._opened, variable)
        if self.reference is not None:
            self.fill(self.reference)
            order_focus(self)
            self.enter(variable)

    # -- what was extracted from the report

    def _show_extracted(self, reference: Reference) -> None:
        emptied(self._extracted)
        found = library.characteristics_of(self.project.reader, reference.id)
        if not found:
            return
        self._extracted.addWidget(self.parts.rule())
        self._extracted.addLayout(across(self.parts.caption("Extracted from the report"), edge=(6, 4, 0, 0)))
        for each in found:
            value = self.parts.label(each.value, wrap=True)
            value.setToolTip(each.basis)
            state = self.parts.faint(each.state.value)
            line = across(value, None, state, gap=6, edge=(6, 0, 6, 0))
            caption = across(self.parts.caption(each.name.replace("_", " ").capitalize()), edge=(6, 0, 0, 0))
            self._extracted.addLayout(down(caption, line, gap=0))


SHORT = frozenset(
    ("volume", "issue", "number", "edition", "version", "page", "section", "chapter-number", "PMID", "PMCID"),
)  # fmt: skip
"""Values so short that they never wrap and may stand side by side."""


def _let_go(layout: Any) -> bool:
    while layout.takeAt(0) is not None:
        pass
    layout.deleteLater()
    return True


def checked_words(reference: Reference, person: str) -> str:
    """Return who checked a reference and when, or that nobody has."""
    if reference.checked_at is None:
        return "Not checked with the original"
    by = f" by {person}" if person else ""
    return f"Checked{by}, {day_of(reference.checked_at)}"
