"""One study: its label and note, its reports and what each of them is, and what it is like."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.studies import ExtractionField, Part, Study, StudyReport, Value, ValueState
from evidence_app.ui.studies.desk import Desk, Held
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.laying import across, down, emptied

SIGNS: Final = {
    ValueState.QUOTED: ("ph.quotes", "accent"), ValueState.TYPED: ("ph.pencil-simple", "text-3"),
    ValueState.INFERRED: ("ph.math-operations", "maybe"),
    ValueState.DERIVED: ("ph.math-operations", "text-3"),
    ValueState.NOT_REPORTED: ("ph.selection", "text-3"),
}  # fmt: skip
REPORTS, LIKE = 1, 0


class StudyInspector(Inspector):
    """Label, reports and characteristics of the chosen study."""

    renamed = Signal(str)
    noted = Signal(str)
    part_chosen = Signal(int, object)
    taken_out = Signal(int)
    opened = Signal(int)
    extract_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        parts = desk.context.parts
        self.parts = parts
        self._study: Study | None = None
        self.label = parts.field("Label", "")
        self.note = parts.long_field("Note", "", hint="What is to be known of this study")
        self.fact = parts.label("", "small", "text-2", wrap=True)
        self.tabs = parts.tabs("Of the study", ("Characteristics", "Reports"))
        self._like = down(gap=8)
        self._reports = down(gap=8)
        self._pages = [QWidget(), QWidget()]
        self._pages[LIKE].setLayout(down(self._legend(), self._like, gap=10))
        self._pages[REPORTS].setLayout(down(self._reports, parts.rule(), self.note, gap=10))
        extract = parts.button("Extract…", "plain", "ph.pencil-simple")
        self.extract = extract
        head = down(self.label, across(self.fact, edge=(6, 0, 0, 0)), self.tabs, gap=5, edge=(12, 12, 14, 0))
        form = down(*self._pages, None, gap=0, edge=(18, 12, 14, 10))
        super().__init__(parts.look, head, form, across(None, extract, edge=(18, 8, 14, 8)))
        self.setAccessibleName("Study")
        self.extract.clicked.connect(self.extract_asked)
        self.label.edited.connect(self.renamed)
        self.note.edited.connect(self.noted)
        self.tabs.currentChanged.connect(self._turn)
        self._turn(LIKE)

    def _legend(self) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, gap=8)
        for state in (ValueState.QUOTED, ValueState.TYPED, ValueState.INFERRED, ValueState.NOT_REPORTED):
            sign = QWidget()
            sign.setLayout(across(self.parts.icon(*SIGNS[state], 11), self.parts.caption(state.value), gap=4))
            flow.addWidget(sign)
        return box

    def show_study(self, study: Study | None, held: Held) -> None:
        """Show a study."""
        self._study = study
        self.setEnabled(study is not None)
        emptied(self._like)
        emptied(self._reports)
        self.label.show_value(study.label if study is not None else "")
        self.note.show_value(study.note if study is not None else "")
        if study is None:
            self.fact.setText("No study is chosen")
            return
        one = "its own study; nobody joined it to another" if study.id is None else "one study"
        self.fact.setText(f"{counted(len(study.reports), 'report')}: {one}")
        for field in held.contents.fields:
            self._like.addWidget(self._field(held, study, field))
        if not held.contents.fields:
            self._like.addWidget(self.parts.label(
                "There is no form yet. Begin one under Characteristics.", "small", "text-3", wrap=True
            ))  # fmt: skip
        for report in study.reports:
            self._reports.addWidget(self._report(held, study, report))

    def _turn(self, page: int) -> None:
        for at, each in enumerate(self._pages):
            each.setVisible(at == page)

    def _field(self, held: Held, study: Study, field: ExtractionField) -> QWidget:
        parts = self.parts
        values = held.contents.values_of(study.references, field.name)
        state = values[0].state if values else ValueState.NOT_REPORTED
        sign = parts.icon(*SIGNS[state], 11)
        basis = values[0].basis if values else ""
        sign.setToolTip(f"{state.value.capitalize()}. {basis}".strip() if values else "Not extracted yet")
        places = "; ".join(dict.fromkeys(_place(held, study, each) for each in values if each.place))
        head = across(parts.caption(field.title), sign, gap=5)
        place = parts.line(places, "caption", "text-3")
        head.addWidget(place, 1)
        said = [each for each in values if each.is_reported]
        words = "; ".join(dict.fromkeys(each.value for each in said)) if said else (
            "not reported" if values else "not extracted yet")  # fmt: skip
        value = parts.label(words, "body", "text" if said else "text-3", wrap=True)
        value.setMinimumWidth(40)
        value.setToolTip(basis)
        box = QWidget()
        box.setLayout(down(head, value, gap=2))
        return box

    def _report(self, held: Held, study: Study, report: StudyReport) -> QWidget:
        parts = self.parts
        title = parts.label(held.title(report.reference), "body", wrap=True)
        title.setMinimumWidth(40)
        kind = parts.button(report.part.value.capitalize(), "plain")
        name = held.name(report.reference)
        kind.setAccessibleName(f"Part of {name}: {report.part.value}")
        acts = []
        for part in Part:
            act = QAction(part.value.capitalize(), kind)
            act.setCheckable(True)
            act.setChecked(part is report.part)
            act.triggered.connect(partial(self._choose_part, report.reference, part))
            acts.append(act)
        kind.addActions(acts)
        menu = QMenu(kind)
        menu.addActions(acts)
        kind.setMenu(menu)
        open_ = parts.button("Library", "link")
        open_.setAccessibleName(f"Show {name} in the library")
        open_.clicked.connect(partial(self._open, report.reference))
        row = across(parts.line(name, "small-strong", "accent"), None, open_, kind, gap=6)
        if len(study.reports) > 1:
            out = parts.tool("ph.arrow-square-out", f"Take {name} out of this study")
            out.clicked.connect(partial(self._take_out, report.reference))
            row.addWidget(out)
        else:
            kind.setEnabled(False)
        box = QWidget()
        box.setLayout(down(row, title, gap=3))
        return box

    def _choose_part(self, reference: int, part: Part, _checked: bool = False) -> None:
        self.part_chosen.emit(reference, part)

    def _take_out(self, reference: int, _checked: bool = False) -> None:
        self.taken_out.emit(reference)

    def _open(self, reference: int, _checked: bool = False) -> None:
        self.opened.emit(reference)


def _place(held: Held, study: Study, value: Value) -> str:
    if len(study.reports) == 1:
        return value.place
    work = held.contents.works.get(value.reference)
    number = str(work.number) if work is not None and work.number is not None else ""
    return ", ".join(each for each in (number, value.place) if each)
