"""The protocol: what was decided before the start, on four pages."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from evidence_app.ui.screening.dialog_parts import scrolling, share_box, spin_box
from evidence_app.ui.screening.line_editor import LineEditor, TypedText
from evidence_app.ui.screening.protocol_form import (
    MAYBE_RULES,
    ROLES,
    ProtocolForm,
    Written,
    WrittenCriterion,
    WrittenRole,
    next_code,
)
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.typed_choice import TypedChoice

PAGES = ("Questions", "Criteria", "Screening", "Roles")
FACT = (
    "Exported with the methods. What changes after the first decision is an amendment, dated and explained."
)


class ProtocolDialog(PanelDialog):
    """Edits a copy; nothing is written before it is accepted."""

    def __init__(
        self,
        parts: Parts,
        form: ProtocolForm,
        persons: Sequence[str],
        amendments: Sequence[str],
        confirm: Callable[[str, str, str], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parts, "Protocol", FACT, size=(780, 620), parent=parent)
        self.form, self._confirm = deepcopy(form), confirm
        self._persons = list(persons)
        self.tabs = parts.tabs("Pages of the protocol", PAGES)
        self._stack = QStackedWidget()
        for page in (self._questions(), self._criteria(), self._screening(), self._roles(amendments)):
            page.addStretch(1)
            self._stack.addWidget(scrolling(page))
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self, partial(self._turn_page, by))
        self.put(self.tabs)
        self.put(self._stack, share=1)
        keep = parts.button("Keep the protocol", "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), keep)
        self.review_type.setFocus()
        self._before = deepcopy(self.wanted())

    def reject(self) -> None:
        """Close without keeping anything; asked first where something was typed."""
        if self.wanted() == self._before or self._confirm(
            "Leave the protocol as it was?", "What you wrote in it now is not kept.", "Leave it as it was"
        ):
            super().reject()

    def wanted(self) -> ProtocolForm:
        """Return what was typed; empty lines are left out."""
        form = self.form
        form.review_type = self.review_type.text().strip()
        form.registration = self.registration.text().strip()
        form.blind = self.blind.isChecked()
        form.maybe_counts = str(self.maybe.currentData())
        form.double_share = self.double.value() / 100 if self.double.value() else None
        form.calibration = self.calibration.value() or None
        form.least_agreement = round(self.least.value(), 2) or None
        form.after_poor_check = self.after.toPlainText().strip()
        form.questions = [each for each in self.questions.lines if each.text.strip()]
        form.concepts = [each for each in self.concepts.lines if each.name.strip()]
        form.criteria = [each for each in self.criteria.lines if each.text.strip()]
        form.roles = [each for each in self.roles.lines if each.person.strip() and each.role.strip()]
        return form

    def _turn_page(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % len(PAGES))
        self.tabs.setFocus()

    # -- the pages

    def _questions(self) -> QVBoxLayout:
        parts, form = self.parts, self.form
        self.review_type = _line("Type of review", form.review_type, "scoping review, systematic review …")
        self.registration = _line(
            "Registration", form.registration, "PROSPERO CRD…, OSF …, or where it is published"
        )
        self.questions = LineEditor(
            parts, "question", form.questions, self._question, partial(Written, None, ""),
            "The research questions of the review.",
        )  # fmt: skip
        self.concepts = LineEditor(
            parts, "concept", form.concepts, self._concept, partial(Written, None, ""),
            "Population, concept and context, or what your questions are made of.",
        )  # fmt: skip
        return down(
            _head(parts, "Type of review", self.review_type), self.review_type,
            _head(parts, "Registration", self.registration), self.registration, 6,
            parts.caption("Research questions"), self.questions, 6, parts.caption("Concepts"), self.concepts,
            gap=4, edge=(0, 8, 8, 8),
        )  # fmt: skip

    def _question(self, line: Written) -> list[tuple[QWidget, int]]:
        return [(self._text("Question", line, "text", "A research question"), 1)]

    def _concept(self, line: Written) -> list[tuple[QWidget, int]]:
        name = _line("Name of the concept", line.name, "Name")
        name.textChanged.connect(partial(_set, line, "name"))
        return [(name, 2), (self._text("What it means", line, "text", "What it means here"), 5)]

    def _criteria(self) -> QVBoxLayout:
        parts = self.parts
        self.criteria = LineEditor(
            parts, "criterion", self.form.criteria, self._criterion, self._new_criterion,
            "What a record must be to be included, and what excludes it. Reasons point to these.",
        )  # fmt: skip
        return down(parts.caption("Criteria with their codes"), self.criteria, gap=6, edge=(0, 8, 8, 8))

    def _new_criterion(self) -> WrittenCriterion:
        lines = self.criteria.lines
        includes = lines[-1].includes if lines else True
        return WrittenCriterion(None, next_code(lines, includes), "", includes)

    def _criterion(self, line: WrittenCriterion) -> list[tuple[QWidget, int]]:
        kind = QComboBox()
        kind.setAccessibleName("Includes or excludes")
        kind.addItem("Include", True)
        kind.addItem("Exclude", False)
        kind.setCurrentIndex(0 if line.includes else 1)
        code = _line("Code", line.code, "Code")
        code.setFixedWidth(self.parts.look.px(58))
        code.textChanged.connect(partial(_set, line, "code"))
        kind.currentIndexChanged.connect(partial(self._turn, line, kind, code))
        return [(kind, 0), (code, 0), (self._text("Criterion", line, "text", "The criterion in words"), 1)]

    def _turn(self, line: WrittenCriterion, kind: QComboBox, code: QLineEdit, *_: object) -> None:
        line.includes = bool(kind.currentData())
        others = [each for each in self.criteria.lines if each is not line]
        if line.row is None or not line.code:
            code.setText(next_code(others, line.includes))

    def _screening(self) -> QVBoxLayout:
        parts, form = self.parts, self.form
        self.blind = QCheckBox("Blind: nobody sees the decisions of others, not even in a conflict")
        self.blind.setChecked(form.blind)
        self.maybe = QComboBox()
        self.maybe.setAccessibleName("What a maybe counts as")
        for key, words in MAYBE_RULES:
            self.maybe.addItem(words, key)
        self.maybe.setCurrentIndex(max(self.maybe.findData(form.maybe_counts), 0))
        look = parts.look
        share = round(100 * (form.double_share or 0))
        self.double = spin_box(look, "Share screened by two people", 0, 100, share, " %")
        self.double.setSpecialValueText("Not planned")
        first = form.calibration or 0
        self.calibration = spin_box(look, "Records of the calibration round", 0, 2000, first, " records")
        self.calibration.setSpecialValueText("None")
        self.least = share_box(look, "Least Cohen’s κ of a check", form.least_agreement or 0.0)
        self.least.setSpecialValueText("Not stated")
        self.after = TypedText(
            parts.look, "What follows a poor check", form.after_poor_check,
            "We talk the differences over, sharpen the criteria, and draw another 10 %", 2,
        )  # fmt: skip
        return down(
            self.blind, 6, _head(parts, "A maybe at title and abstract", self.maybe), self.maybe,
            _head(parts, "Screened by two people", self.double), across(self.double, None),
            _head(parts, "Calibration round before the start", self.calibration),
            across(self.calibration, None), _head(parts, "Least Cohen’s κ of a check", self.least),
            across(self.least, None), _head(parts, "What follows a poor check", self.after), self.after,
            gap=4, edge=(0, 8, 8, 8),
        )  # fmt: skip

    def _roles(self, amendments: Sequence[str]) -> QVBoxLayout:
        parts = self.parts
        self.roles = LineEditor(
            parts, "role", self.form.roles, self._role, partial(WrittenRole, None, "", ROLES[0]),
            "Who screens, who checks, who settles conflicts, who extracts and codes.",
        )  # fmt: skip
        column = down(parts.caption("Who does what"), self.roles, 8, gap=6, edge=(0, 8, 8, 8))
        column.addWidget(parts.caption("Amendments"))
        for words in amendments or ("None so far.",):
            label = parts.label(words, "small", "text-2", wrap=True)
            label.setMinimumWidth(40)
            column.addWidget(label)
        return column

    def _role(self, line: WrittenRole) -> list[tuple[QWidget, int]]:
        boxes: list[tuple[QWidget, int]] = []
        for name, field, known in (("Person", "person", self._persons), ("Role", "role", list(ROLES))):
            box = TypedChoice()
            box.setAccessibleName(name)
            box.addItems(known)
            box.setEditText(str(getattr(line, field)))
            box.editTextChanged.connect(partial(_set, line, field))
            boxes.append((box, 1))
        return boxes

    def _text(self, name: str, line: object, field: str, hint: str) -> TypedText:
        text = TypedText(self.parts.look, name, str(getattr(line, field)), hint)
        text.textChanged.connect(partial(_read, line, field, text))
        return text


def _line(name: str, value: str, hint: str) -> QLineEdit:
    line = QLineEdit(value)
    line.setAccessibleName(name)
    line.setPlaceholderText(hint)
    line.setCursorPosition(0)
    return line


def _head(parts: Parts, name: str, field: QWidget) -> QWidget:
    caption = parts.caption(name)
    caption.setBuddy(field)
    return caption


def _set(line: object, field: str, value: str) -> None:
    setattr(line, field, value)


def _read(line: object, field: str, text: TypedText) -> None:
    setattr(line, field, text.toPlainText())
