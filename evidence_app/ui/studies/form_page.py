"""Characteristics: the extraction form of one study after the other, agreed or as one extractor's draft."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.studies import ExtractionField, Study, Value
from evidence_app.services.studies import characteristics, form
from evidence_app.services.studies.characteristics import Said
from evidence_app.storage import studies as stored
from evidence_app.ui.pages.attaching import Attaching
from evidence_app.ui.pages.reader import FullTextReader
from evidence_app.ui.studies.compare_view import CompareView
from evidence_app.ui.studies.desk import Desk, Held, Page
from evidence_app.ui.studies.extraction_list import ExtractionList
from evidence_app.ui.studies.field_row import FieldRow
from evidence_app.ui.studies.form_dialog import FormDialog
from evidence_app.ui.widgets.laying import across, down, emptied, framed, scrolled

AGREED, DRAFT, COMPARE = "agreed", "draft", "compare"
BESIDE: Final = "studies.beside"
NO_FORM: Final = "Each study is described in the fields of a form that the team makes."
NO_STUDIES: Final = "The form is ready. What full text includes comes here to be described."
SIDE: Final = 262
WIDEST: Final = 720


class FormPage(Page):
    """Studies at the left, the form of the chosen one, and the comparison of two extractors."""

    def __init__(self, desk: Desk, attaching: Attaching) -> None:
        super().__init__(desk)
        parts = self.parts
        self._slim = False
        self.reader = FullTextReader(desk.context, "studies.form", attaching)
        self.beside = parts.button("Report beside", "filter", "ph.book-open", on=True)
        self.beside.setToolTip("Read the report beside the form; Alt+P takes its page, Alt+Q its words")
        self.beside.setChecked(desk.context.settings.now.kept.get(BESIDE, "on") == "on")
        self.beside.clicked.connect(self._show_beside)
        self.table = ExtractionList(self.look)
        self.table.chosen.connect(self._choose)
        whose = ((AGREED, "Agreed values"), (DRAFT, "My own draft"), (COMPARE, "Compare two"))
        self.mode = parts.filters("Whose values", whose, AGREED)
        self.mode.chosen.connect(self._turn)
        self.words = parts.line("", "small", "text-2")
        self.form_button = parts.button("Form…", "plain", "ph.list-numbers", self.edit_form)
        self.heading = parts.line("", "heading")
        self.before = parts.tool("ph.caret-left", "The study before: Ctrl+Page Up", self._back)
        self.after = parts.tool("ph.caret-right", "The next study: Ctrl+Page Down", self._on)
        self.reports = parts.segments("Report", (("0", "–"),))
        self.reports.chosen.connect(self._fill_rows)
        self.report_title = parts.label("", "small", "text-2", wrap=True)
        self.report_title.setMinimumWidth(40)
        self._rows: QVBoxLayout = down(gap=12)
        self.rows: list[FieldRow] = []
        self._for: tuple[object, ...] = ()
        self._drafts: list[Value] = []
        self.compare = CompareView(desk)
        self.compare.write_asked.connect(self.show_field)
        self._lay()

    def _lay(self) -> None:
        parts = self.parts
        top = across(gap=2)
        top.addWidget(self.heading, 1)
        top.addWidget(self.before)
        top.addWidget(self.after)
        body = down(top, self.report_title, across(self.reports, None), parts.rule(),
                    self._rows, None,
                    gap=10, edge=(24, 18, 24, 18))  # fmt: skip
        column = QWidget()
        column.setLayout(body)
        column.setMaximumWidth(self.look.px(WIDEST))
        across_form = across(gap=0)
        across_form.addWidget(column, 100)
        across_form.addStretch(1)
        self.form = scrolled(across_form)
        halves = QWidget()
        row = across(gap=0)
        row.addWidget(self.form, 5)
        self._right = framed(down(self.reader, gap=0), "side-right")
        row.addWidget(self._right, 6)
        halves.setLayout(row)
        self._halves = halves
        self.empty = parts.empty(
            "ph.list-numbers", NO_FORM,
            "Begin a form", self._begin,
            "Fields, their kinds and their order can be changed at any time.",
        )  # fmt: skip
        ground = QWidget()
        self._stack = QStackedLayout(ground)
        for each in (halves, self.empty, self.compare):
            self._stack.addWidget(each)
        self._side = framed(down(self.table, gap=0), "side", width=self.look.px(SIDE))
        bar = across(self.mode, 8, gap=4, edge=(12, 0, 12, 0))
        bar.addWidget(self.words, 1)
        bar.addWidget(self.beside)
        bar.addWidget(self.form_button)
        right = down(framed(bar, "bar", height=self.look.size("bar")), ground, gap=0)
        row = across(self._side, gap=0)
        row.addLayout(right, 1)
        self.setLayout(row)

    # -- showing

    def show_held(self, held: Held) -> None:
        """Show form and values as they are now."""
        reader = self.desk.context.project.reader
        self._drafts = stored.values(reader, drafts=True)
        self._me = self.desk.person_row(reader)
        fields = held.contents.fields
        self.table.show_lines({
            study.main: (study, self._filled(held, study, fields), len(fields))
            for study in held.contents.studies
        })  # fmt: skip
        self.compare.show_drafts(self._drafts, held)
        self._choose(self.table.current_id())
        self._turn()

    def fact(self) -> str:
        """Return how much is extracted."""
        lines = list(self.table.lines.values())
        if not lines:
            return ""
        done = sum(line[1] == line[2] and line[2] > 0 for line in lines)
        return f"{done} of {counted(len(lines), 'study', 'studies')} complete"

    def start(self) -> QWidget:
        """Return the first field, or the list."""
        return self.table

    def show_study(self, main: int) -> None:
        """Show the form of a study, ready to be typed into."""
        self.table.select(main)
        if self.rows:
            self.rows[0].take_focus()

    def arrange(self, *, slim: bool) -> None:
        """Give up room where the window is narrow."""
        self._slim = slim
        self._side.setFixedWidth(self.look.px(180 if slim else SIDE))
        self._arrange()

    def _arrange(self) -> None:
        """Give the report the room of the list where both have none."""
        comparing, reads = self.mode.choice == COMPARE, self.beside.isChecked()
        self.beside.setVisible(not comparing and bool(self.table.lines))
        self._side.setVisible(not comparing and not (reads and self._slim))
        self._right.setVisible(reads)
        self.words.setVisible(comparing or not reads)

    def _show_beside(self, _on: bool = False) -> None:
        self.desk.context.settings.keep(BESIDE, "on" if self.beside.isChecked() else "off")
        self._arrange()
        self._read()

    def _read(self) -> None:
        """Show the report whose form is filled, if it is shown at all."""
        held, reference = self.desk.held, self.reference()
        if held is not None and self.beside.isChecked() and self.mode.choice != COMPARE and self.isVisible():
            self.reader.show_report(reference, held.name(reference) if reference is not None else "")

    def showEvent(self, event: QShowEvent) -> None:
        """Open the report only now that it is seen."""
        super().showEvent(event)
        self._read()

    def _back(self) -> None:
        self.step(-1)

    def _on(self) -> None:
        self.step(1)

    def step(self, by: int) -> None:
        """Go to the next study, or the one before, with the keyboard in the same field."""
        now = self.table.current_id()
        if now in self.table.lines:
            at = next((at for at, row in enumerate(self.rows) if row.has_keyboard()), None)
            self.table.select(self.table.next_to(now, by))
            if at is not None and at < len(self.rows):
                self.rows[at].take_focus()

    def show_field(self, reference: int, field: ExtractionField) -> None:
        """Show the agreed value of a field of a report, ready to be typed into."""
        held = self.desk.held
        study = held.study_of(reference) if held is not None else None
        if study is None:
            return
        self.mode.choose(AGREED)
        self._turn()
        self.table.select(study.main)
        self.reports.choose(str(reference))
        self._fill_rows()
        for row in self.rows:
            if row.field.name == field.name:
                row.take_focus()
                self.form.ensureWidgetVisible(row)

    @property
    def is_draft(self) -> bool:
        """Whether what is typed is the extractor's own, not agreed."""
        return self.mode.choice == DRAFT

    def _values(
        self, held: Held, references: Sequence[int], field: ExtractionField, draft: bool
    ) -> list[Value]:
        if not draft:
            return held.contents.values_of(references, field.name)
        name, wanted = field.name.casefold(), set(references)
        return [
            each for each in self._drafts
            if each.reference in wanted and each.name.casefold() == name and each.person == self._me
        ]  # fmt: skip

    def _filled(self, held: Held, study: Study, fields: Sequence[ExtractionField]) -> int:
        return sum(bool(self._values(held, study.references, each, self.is_draft)) for each in fields)

    def _turn(self) -> None:
        held = self.desk.held
        if held is None:
            return
        self._arrange()
        if self.mode.choice == COMPARE:
            self._stack.setCurrentIndex(2)
            self.words.setText("What both extractors filled; nothing of it counts until it is agreed")
            return
        self._stack.setCurrentIndex(0 if held.contents.fields and held.contents.studies else 1)
        ready = bool(held.contents.fields)
        self.empty.say(NO_STUDIES if ready else NO_FORM)
        self.empty.button.rename("Change the form…" if ready else "Begin a form")
        words = (
            "Yours alone: it counts nowhere until it is agreed"
            if self.is_draft
            else "These count and are printed"
        )
        self.words.setText(words)
        self._progress(held)
        self._fill_rows()

    def _progress(self, held: Held) -> None:
        fields = held.contents.fields
        lines = self.table.lines.items()
        self.table.count({main: self._filled(held, line[0], fields) for main, line in lines})

    def _choose(self, main: object) -> None:
        held, line = self.desk.held, self.table.lines.get(main) if isinstance(main, int) else None
        if held is None or line is None:
            return
        study = line[0]
        self.heading.setText(study.label)
        self.reports.offer([(str(each), held.name(each)) for each in study.references])
        if self.reports.choice not in [str(each) for each in study.references]:
            self.reports.choose(str(study.main))
        self.reports.setVisible(len(study.reports) > 1)
        self._fill_rows()

    def reference(self) -> int | None:
        """Return the report the values are of."""
        study = self.table.lines.get(self.table.current_id() or 0)
        choice = self.reports.choice
        return int(choice) if study is not None and choice.isdigit() and int(choice) else None

    def _fill_rows(self) -> None:
        held, reference = self.desk.held, self.reference()
        if held is None or reference is None:
            return
        self.report_title.setText(f"{held.name(reference)}: {held.title(reference)}")
        made = (reference, self.is_draft, tuple(held.contents.fields))
        if made != self._for:
            self._for = made
            self.rows = [self._row(held, reference, each) for each in held.contents.fields]
            emptied(self._rows)
            for row in self.rows:
                self._rows.addWidget(row)
        for row in self.rows:
            row.show_values(self._values(held, [reference], row.field, self.is_draft))
        self._read()

    def _row(self, held: Held, reference: int, field: ExtractionField) -> FieldRow:
        """Return a row that writes to the report it was made for, whichever is shown when it is left."""
        row = FieldRow(self.parts, field, [] if field.choices else _known(held, field))
        row.where = self._where
        row.ended.connect(self._go_on)
        row.said.connect(partial(self.keep, reference, self.is_draft, field))
        return row

    def _where(self) -> tuple[str, str]:
        """Return the page that is read and the words that are selected on it."""
        return (self.reader.place(), self.reader.selected()) if self.beside.isChecked() else ("", "")

    def _go_on(self) -> None:
        """Go to the field after the one whose values were kept, or to the first of the next study."""
        at = next((at for at, row in enumerate(self.rows) if row is self.sender()), len(self.rows))
        if at + 1 < len(self.rows):
            self.rows[at + 1].take_focus()
            self.form.ensureWidgetVisible(self.rows[at + 1])
        elif self.rows:
            self.form_button.setFocus()

    # -- writing

    def keep(self, reference: int, draft: bool, field: ExtractionField, said: Sequence[Said]) -> None:
        """Write what was typed into a field of a report."""
        held = self.desk.held
        if held is None:
            return
        values = self._values(held, [reference], field, draft)
        person = self.desk.person
        make = partial(characteristics.write, reference, field, values, said, person, draft=draft)
        if not self.desk.do(make) and self._for[:2] == (reference, draft):
            for row in self.rows:
                if row.field == field:
                    row.show_values(values)

    def _begin(self) -> None:
        if self.desk.held is not None and self.desk.held.contents.fields:
            self.edit_form()
        else:
            self.begin_form()

    def begin_form(self) -> None:
        """Begin a form with the usual fields."""
        held = self.desk.held
        if held is not None:
            self.desk.do(lambda: form.start(held.contents.fields), "Began an extraction form.")

    def edit_form(self) -> None:
        """Change fields, kinds, choices and order."""
        held = self.desk.held
        if held is None:
            return
        dialog = FormDialog(self.parts, held.contents.fields, self)
        if self.desk.context.messages.show(dialog):
            self.desk.do(lambda: form.set_form(held.contents.fields, dialog.wanted()), "Changed the form.")


def _known(held: Held, field: ExtractionField) -> list[str]:
    """Return what stands in this field in other reports: typed words stay the same words."""
    name = field.name.casefold()
    return sorted(
        {each.value for each in held.contents.values if each.name.casefold() == name and each.value}
    )
