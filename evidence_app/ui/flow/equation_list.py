"""The numbers that must agree: each equation with its numbers, and what to do where it does not hold."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.flow import Equation, EquationState, Flow
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

ICONS = {
    EquationState.HOLDS: ("ph.check-circle-fill", "include"),
    EquationState.BROKEN: ("ph.x-circle-fill", "exclude"),
    EquationState.NOT_TESTED: ("ph.question-fill", "maybe"),
}
WARNING = ("ph.warning-circle-fill", "maybe")


class EquationList(QWidget):
    """The equations below one another, those that do not hold first."""

    opened = Signal(object)
    """An equation whose records are to be shown."""
    explain_asked = Signal(object)
    pointed = Signal(str)
    """The key of a number whose box is to be shown."""
    left = Signal()
    """The act that had the keyboard is gone, and there is none in its place."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.equations: tuple[Equation, ...] = ()
        self._rows = down(gap=0)
        self.setLayout(self._rows)
        self.buttons: dict[str, list[QWidget]] = {}

    def show_flow(self, flow: Flow) -> None:
        """Show the equations of a diagram."""
        shown = [each for each in flow.equations if _says_something(each)]
        order = {EquationState.BROKEN: 0, EquationState.HOLDS: 1, EquationState.NOT_TESTED: 2}
        shown.sort(key=lambda each: (not each.stops, order[each.state]))
        if tuple(shown) == self.equations:
            return
        self.equations = tuple(shown)
        had = self._with_keyboard()
        emptied(self._rows)
        self.buttons = {}
        for equation in shown:
            self._rows.addLayout(self._row(equation))
            self._rows.addWidget(self._parts.rule())
        self._rows.addStretch(1)
        if had is not None:
            self._give_keyboard(*had)

    def _with_keyboard(self) -> tuple[str, int] | None:
        """Return the equation, and the place of its act, that has the keyboard."""
        places = ((key, at, each) for key, acts in self.buttons.items() for at, each in enumerate(acts))
        return next(((key, at) for key, at, each in places if each.hasFocus()), None)

    def _give_keyboard(self, key: str, at: int) -> None:
        """Give the keyboard to the act in the same place; Qt would give it to the next widget there is."""
        acts = self.buttons.get(key, ())
        if acts:
            acts[min(at, len(acts) - 1)].setFocus()
        else:
            self.left.emit()

    def _row(self, equation: Equation) -> QHBoxLayout:
        parts = self._parts
        icon, tone = (
            WARNING if equation.broken and (equation.warning or equation.note) else ICONS[equation.state]
        )
        title = parts.label(equation.title, "strong" if equation.broken else "body", wrap=True)
        told = parts.label(equation.words, "small", "exclude" if equation.stops else "text-2", wrap=True)
        column = down(title, told, gap=2)
        if equation.note is not None:
            by = f", {equation.note.by}" if equation.note.by else ""
            column.addWidget(
                parts.label(f"Explained{by}: {equation.note.text}", "small", "text-2", wrap=True)
            )
        if equation.broken or equation.note is not None:
            column.addWidget(self._acts(equation))
        row = across(down(2, parts.icon(icon, tone, 14), None, gap=0), gap=10, edge=(16, 10, 14, 10))
        row.addLayout(column, 1)
        return row

    def _acts(self, equation: Equation) -> QWidget:
        parts, acts = self._parts, QWidget()
        flow = FlowLayout(acts, 6)
        made: list[QWidget] = []
        if equation.references:
            made.append(
                _button(parts, f"Open {counted(len(equation.references), 'reference')}", self._open, equation)
            )
        made.append(_button(parts, "Show the box", self._point, equation))
        if not equation.warning:
            words = "Change the note…" if equation.note is not None else "Explain…"
            made.append(_button(parts, words, self._explain, equation))
        for each in made:
            flow.addWidget(each)
        self.buttons[equation.key] = made
        return acts

    def _of_sender(self) -> Equation:
        key = str(self.sender().property("equation"))
        return next(each for each in self.equations if each.key == key)

    def _open(self) -> None:
        self.opened.emit(self._of_sender())

    def _point(self) -> None:
        self.pointed.emit(self._of_sender().boxes[0])

    def _explain(self) -> None:
        self.explain_asked.emit(self._of_sender())


def _button(parts: Parts, words: str, act: object, equation: Equation) -> QWidget:
    button = parts.button(words, "plain")
    button.setProperty("equation", equation.key)
    button.setAccessibleName(f"{words} ({equation.title})")
    button.clicked.connect(act)
    return button


def _says_something(equation: Equation) -> bool:
    return bool(equation.terms or equation.fault or equation.fine)


def summary_of(equations: Sequence[Equation]) -> str:
    """Return in one sentence whether the numbers agree."""
    stopping = sum(each.stops for each in equations)
    if stopping == 1:
        return "One does not hold. Mend it, or explain it in a note that is printed below the diagram."
    if stopping:
        return f"{stopping} do not hold. Mend them, or explain each in a note printed below the diagram."
    explained = sum(each.broken and each.note is not None for each in equations)
    tested = sum(each.state is EquationState.HOLDS for each in equations)
    more = f", {explained} explained in a note" if explained else ""
    return f"{counted(tested, 'equation')} hold{'s' if tested == 1 else ''}{more}. " if tested else (
        "Nothing can be compared yet.")  # fmt: skip
