"""The Flow diagram screen: the diagram on a canvas, and whether its numbers agree."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedLayout, QWidget

from evidence_app.domain.edit import Edit, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.flow import MEASURE, Equation, Flow, FlowForm
from evidence_app.services.flow import acts
from evidence_app.services.flow.charts import ChartRow
from evidence_app.services.flow.forms import chart
from evidence_app.services.flow.review_flow import flow_of
from evidence_app.storage.connections import Reader
from evidence_app.storage.flow import FlowFacts, flow_facts, last_position
from evidence_app.ui.actions import ActionSpec, Handler
from evidence_app.ui.flow.canvas import FlowCanvas
from evidence_app.ui.flow.exporting import FlowExport
from evidence_app.ui.flow.inspector import AGREEMENT, BOX, FlowInspector
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.widgets.laying import across, framed
from evidence_app.ui.zoomed import ZoomedScreen, size_commands

READ = frozenset(
    ("reference", "record", "search", "source", "search_file", "search_work", "decision", "decision_reason",
     "exclusion_reason", "merge", "retrieval", "study", "study_report", "stated_number", "flow_note",
     "protocol", "look_again", "sample", "sample_member", "review", "person")
)  # fmt: skip
NAMES = {
    FlowForm.NEW: "PRISMA 2020", FlowForm.NEW_DATABASES: "PRISMA 2020, databases",
    FlowForm.UPDATED: "PRISMA 2020, update", FlowForm.UPDATED_DATABASES: "PRISMA 2020, update, databases",
    FlowForm.EXPLORATORY: "Exploratory",
}  # fmt: skip

LEGEND = (
    ("ph.pencil-simple", "typed"),
    ("ph.math-operations", "worked out"),
    ("ph.selection", "not reported"),
)


def read_flow(reader: Reader) -> tuple[FlowFacts, Flow]:
    """Count the diagram, in a reading lane."""
    facts = flow_facts(reader)
    return facts, flow_of(facts)


ALL_AGREE = "All numbers that are known agree"


class FlowScreen(ZoomedScreen):
    """The PRISMA flow diagram: every number is counted, opens its records, and adds up."""

    ACTIONS = (
        *size_commands("diagram"),
        ActionSpec("open_records", "Open the records of the box", "Screen", "", "ph.books"),
        ActionSpec("type_number", "Type the number of the box", "Screen", "T", "ph.pencil-simple"),
        ActionSpec("explain", "Explain what does not add up…", "Screen", "", "ph.note-pencil"),
        ActionSpec("export_appendix", "Export the search appendix (PRISMA-S)…", "Screen", "", "ph.export"),
        ActionSpec("export_excluded", "Export excluded full texts with reasons…", "Screen", "", "ph.export"),
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        parts = self.parts
        self._facts = FlowFacts()
        self._flow: Flow | None = None
        self._wanted = ""
        self._exporting = FlowExport(context, self)
        self.canvas: FlowCanvas = FlowCanvas(self.look)
        self.canvas.setAccessibleName("Flow diagram")
        self.flow_inspector = FlowInspector(parts)
        self._form = parts.button("PRISMA 2020", "plain", "ph.flow-arrow")
        self._form.setMenu(QMenu(self._form))
        self._form.menu().aboutToShow.connect(self._fill_forms)
        self._export = parts.button("Export diagram", "primary", "ph.export", self.export)
        self._empty = parts.empty(
            "ph.flow-arrow", "The flow diagram counts itself from searches, decisions and full texts.",
            "Go to the searches", self._start,
            "Where early steps were done elsewhere, their numbers are typed in its boxes.",
        )  # fmt: skip
        self.boxes_wanted = False
        """Whether the boxes are shown though nothing is counted yet."""
        self._show_boxes = parts.button("Show the empty diagram", "link", act=self.show_boxes)
        self._lay()
        self._connect()

    def _lay(self) -> None:
        parts, ground = self.parts, QWidget()
        self._stack = QStackedLayout(ground)
        self._stack.addWidget(self.canvas)
        column = self._empty.layout()
        assert isinstance(column, QBoxLayout)
        column.insertLayout(column.count() - 1, across(None, self._show_boxes, None))
        self._stack.addWidget(self._empty)
        legend = [
            across(parts.label("Blue", "small-strong", "accent"), parts.note("counted: opens it"), gap=6),
            *(across(parts.icon(icon, "text-3", 13), parts.note(words), gap=6) for icon, words in LEGEND),
        ]  # fmt: skip
        self._signs = [framed(each, "") for each in legend]
        bar = across(*self._signs, None, self.sized(self.canvas, "diagram"), gap=8, edge=(20, 0, 12, 0))
        self.lay_out(ground, bar=bar, inspector=self.flow_inspector)

    def _connect(self) -> None:
        self.canvas.chosen.connect(self._choose)
        self.canvas.opened.connect(self._open_row)
        inspector = self.flow_inspector
        inspector.opened.connect(self._open)
        inspector.typed.connect(self._type)
        inspector.sourced.connect(self._source)
        inspector.equations.opened.connect(self._open_equation)
        inspector.equations.explain_asked.connect(self._explain)
        inspector.equations.pointed.connect(self._point)
        inspector.equations.left.connect(self.take_focus)

    # -- what the window asks

    def title(self) -> str:
        """Return the title in the header."""
        return "Flow diagram"

    def detail(self) -> str:
        """Return whether it adds up."""
        if self._flow is None or not self._says_anything():
            return ""
        wrong = len(self._flow.stopping)
        if wrong:
            return f"{counted(wrong, 'equation')} {'does' if wrong == 1 else 'do'} not hold"
        explained = sum(each.broken and each.note is not None for each in self._flow.equations)
        return f"{explained} explained in a note, all others agree" if explained else ALL_AGREE

    def header_parts(self) -> Sequence[QWidget]:
        """Return the form and the export."""
        return [self._form, self._export]

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here."""
        return {"export": self.export}

    def arrange(self, *, slim: bool) -> None:
        """Give up room where the window is narrow."""
        self._export.rename("Export" if slim else "Export diagram")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out of the legend what has no room."""
        super().resizeEvent(event)
        room = self.width() - self.flow_inspector.width() * (not self.flow_inspector.isHidden())
        room -= self.look.px(210)
        for sign in self._signs:
            needed = sign.sizeHint().width() + 8
            sign.setVisible(needed <= room)
            room -= needed if needed <= room else 0

    def show_place(self, subject: Subject) -> None:
        """Show an equation (kind `flow:` and its key): its box is chosen, and what does not agree is said."""
        self._wanted = subject.kind.removeprefix("flow:")
        if self._flow is not None:
            self._show_wanted()

    def _show_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        equations = self._flow.equations if self._flow is not None else ()
        found = next((each for each in equations if each.key == wanted), None)
        if found is not None:
            self._point(found.boxes[0])
            self.flow_inspector.turn_to(AGREEMENT)

    def take_focus(self) -> None:
        """Give the keyboard to the boxes."""
        if self._stack.currentIndex() == 0 and self.canvas.boxes:
            self.canvas.take_focus()
        else:
            self._empty.button.setFocus()

    # -- reading

    def reload(self, tables: frozenset[str]) -> None:
        """Count again where something of it changed."""
        if not tables or tables & READ:
            self.project.read(read_flow, self._show, latest="flow")

    def _show(self, answer: tuple[FlowFacts, Flow]) -> None:
        self._facts, self._flow = answer
        made = chart(self._flow)
        first = not self.canvas.boxes
        self.canvas.show_chart(made)
        self._form.rename(NAMES[self._flow.form])
        box = next((each for each in made.boxes if each.key == self.canvas.current), None)
        self.flow_inspector.show_flow(self._flow, self._facts, box)
        self._stack.setCurrentIndex(0 if self._says_anything() or self.boxes_wanted else 1)
        self._allow()
        self.show_size()
        self.headed.emit()
        if self._wanted:
            self._show_wanted()
        elif first and self.isVisible():
            self.take_focus()
            self.flow_inspector.turn_to(AGREEMENT)

    def _says_anything(self) -> bool:
        return self._flow is not None and (
            any(number.number is not None for number in self._flow.numbers.values())
            or bool(self._facts.searches)
        )

    def _allow(self) -> None:
        wrong = self._flow.stopping if self._flow is not None else ()
        self._export.setEnabled(self._flow is not None and not wrong)
        reason = f"{wrong[0].title}: {wrong[0].words} Mend or explain it first." if wrong else ""
        self._export.setToolTip(reason)
        for action in self.commands:
            if action.objectName() == "explain":
                action.setEnabled(bool(wrong))

    def show_boxes(self) -> None:
        """Show the diagram though nothing is counted, so that numbers can be typed."""
        self.boxes_wanted = True
        self._stack.setCurrentIndex(0)
        self.take_focus()

    def _start(self) -> None:
        self.context.go_to("searches")

    # -- choosing and opening

    def _choose(self, key: str) -> None:
        view = self.canvas.boxes.get(key)
        if view is not None and self._flow is not None:
            self.flow_inspector.show_box(view.box)
            self.flow_inspector.turn_to(BOX)

    def _point(self, number: str) -> None:
        """Show the box of a number."""
        key = self.canvas.box_of(number)
        if key:
            self.canvas.choose(key)
            self.canvas.boxes[key].setFocus()

    def _open_row(self, row: ChartRow) -> None:
        words = row.number.measure.label if row.number is not None else row.words
        if row.number is not None and row.number.key == "duplicates":
            self.context.go_to("duplicates", Subject("reference", row.references[0]))
            return
        self._open(row.references, f"{words}: {row.words}" if row.line is not None else words)

    def _open(self, references: Sequence[int], words: str) -> None:
        """Show exactly these references in the library."""
        self.context.go_to("library", Subject("records", 0, tuple(references), words))

    def _open_equation(self, equation: Equation) -> None:
        self._open(equation.references, equation.title)

    def open_records(self) -> None:
        """Open the records of the chosen box."""
        view = self.canvas.boxes.get(self.canvas.current)
        row = next((each for each in view.box.rows if each.references), None) if view is not None else None
        if row is not None:
            self._open_row(row)

    # -- what a person says

    def type_number(self) -> None:
        """Go to where the number of the chosen box is typed; Enter keeps it, Esc goes back."""
        if self.canvas.current:
            self._choose(self.canvas.current)
            self.flow_inspector.type_number()

    def _do(self, edit: Edit) -> None:
        if edit:
            self.project.do(edit)

    def _type(self, key: str, text: str) -> None:
        try:
            place = last_position(self.project.reader) + 1
            self._do(acts.type_number(self._facts, MEASURE[key], text, place))
        except EvidenceError as error:
            self.context.say(str(error))
            self.reload(frozenset())

    def _source(self, key: str, text: str) -> None:
        try:
            self._do(acts.type_source(self._facts, MEASURE[key], text))
        except EvidenceError as error:
            self.context.say(str(error))

    def explain(self) -> None:
        """Explain the first equation that does not hold."""
        if self._flow is not None and self._flow.stopping:
            self._explain(self._flow.stopping[0])

    def _explain(self, equation: Equation) -> None:
        """Ask why an equation does not hold; the note is printed below the diagram."""
        held = equation.note.text if equation.note is not None else ""
        question = (
            f"{equation.words}\nWhy? The note is printed below the diagram; an empty one is taken back."
        )
        text = self.context.messages.ask(f"Explain “{equation.title}”", question, held)
        if text is not None:
            self._do(acts.explain(equation, text, self.context.person))

    # -- form, export

    def _fill_forms(self) -> None:
        menu = self._form.menu()
        menu.clear()
        chosen = self._flow.form if self._flow is not None and self._flow.chosen else None
        self._offer(menu.addAction("What fits the review"), None, chosen)
        menu.addSeparator()
        for form, words in acts.FORM_NAMES.items():
            self._offer(menu.addAction(words), form, chosen)

    def _offer(self, action: QAction, form: FlowForm | None, chosen: FlowForm | None) -> None:
        action.setCheckable(True)
        action.setChecked(form is chosen)
        action.triggered.connect(partial(self._choose_form, form))

    def _choose_form(self, form: FlowForm | None, _checked: bool = False) -> None:
        self._do(acts.choose_form(self._facts, form))

    def export(self) -> None:
        """Write the diagram as a file."""
        if self._flow is None:
            return
        if self._flow.stopping:
            first = self._flow.stopping[0]
            self.context.say(f"{first.title}: {first.words} Mend or explain it first.")
            return
        self._exporting.diagram(self._flow)

    def export_appendix(self) -> None:
        """Write the search appendix."""
        self._exporting.appendix()

    def export_excluded(self) -> None:
        """Write the excluded full texts with their reasons."""
        self._exporting.excluded()
