"""The right column: the numbers that must agree, and the numbers of the chosen box."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.flow import Flow
from evidence_app.services.flow.charts import ChartBox
from evidence_app.services.flow.review_flow import stated_for
from evidence_app.storage.flow import FlowFacts
from evidence_app.ui.flow.equation_list import EquationList, summary_of
from evidence_app.ui.flow.number_card import NumberCard
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.laying import down, emptied
from evidence_app.ui.widgets.parts import Parts

AGREEMENT, BOX = 0, 1


class FlowInspector(Inspector):
    """Two pages: whether the diagram adds up, and the numbers of one box."""

    opened = Signal(object, str)
    typed = Signal(str, str)
    sourced = Signal(str, str)

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._title = parts.label("Numbers that must agree", "title", wrap=True)
        self._fact = parts.label("", "small", "text-2", wrap=True)
        self.tabs = parts.tabs("Of the diagram", ("Agreement", "Box"))
        self.equations = EquationList(parts)
        self.cards: dict[str, NumberCard] = {}
        self._cards = down(gap=12, edge=(18, 12, 14, 10))
        self._box_page = QWidget()
        self._box_page.setLayout(self._cards)
        self._box_page.hide()
        self._box: ChartBox | None = None
        self._flow: Flow | None = None
        self._facts = FlowFacts()
        head = down(self._title, self._fact, self.tabs, gap=5, edge=(18, 14, 14, 0))
        super().__init__(parts.look, head, down(self.equations, self._box_page, None, gap=0))
        self.setAccessibleName("Numbers of the diagram")
        self.tabs.currentChanged.connect(self._turn)
        self._fill()

    def show_flow(self, flow: Flow, facts: FlowFacts, box: ChartBox | None) -> None:
        """Show the diagram as it is now."""
        self._flow, self._facts = flow, facts
        self.equations.show_flow(flow)
        self.show_box(box)

    def show_box(self, box: ChartBox | None) -> None:
        """Show the numbers of a box."""
        keys = [number.key for number in box.numbers] if box is not None else []
        if keys != list(self.cards):
            self._box = box
            self._fill()
        self._box = box
        for number in box.numbers if box is not None else ():
            stated = stated_for(self._facts, number.measure)
            typed = stated.number.value if stated is not None and stated.number.value is not None else None
            self.cards[number.key].show_number(number, stated.number.basis if stated else "", typed)
        self._tell()

    def turn_to(self, page: int) -> None:
        """Show the agreement or the box."""
        self.tabs.setCurrentIndex(page)

    def type_number(self) -> None:
        """Give the keyboard to the field of the first number that is shown."""
        card = next(iter(self.cards.values()), None)
        if card is not None:
            card.field.editor.setFocus()

    def _fill(self) -> None:
        emptied(self._cards)
        self.cards = {}
        numbers = self._box.numbers if self._box is not None else ()
        for at, number in enumerate(numbers):
            if at:
                self._cards.addWidget(self.parts.rule())
            card = NumberCard(self.parts, number)
            card.opened.connect(self.opened)
            card.typed.connect(self.typed)
            card.sourced.connect(self.sourced)
            self.cards[number.key] = card
            self._cards.addWidget(card)
        if not numbers:
            self._cards.addWidget(
                self.parts.label("Choose a box of the diagram.", "small", "text-3", wrap=True)
            )
        self._cards.addStretch(1)

    def _turn(self, page: int) -> None:
        self.equations.setVisible(page == AGREEMENT)
        self._box_page.setVisible(page == BOX)
        self.form.verticalScrollBar().setValue(0)
        self._tell()

    def _tell(self) -> None:
        if self.tabs.bar.currentIndex() == AGREEMENT:
            self._title.setText("Numbers that must agree")
            self._fact.setText(summary_of(self._flow.equations) if self._flow is not None else "")
        else:
            rows = self._box.rows if self._box is not None else ()
            self._title.setText(rows[0].words if rows else "No box is chosen")
            red = self._red()
            self._fact.setText(red or ("Typed numbers stand in the diagram, marked." if rows else ""))
        wrong = self.tabs.bar.currentIndex() == BOX and bool(self._red())
        self._fact.set_tone("exclude" if wrong else "text-2")

    def _red(self) -> str:
        if self._box is None or self._flow is None:
            return ""
        found = [each for number in self._box.numbers if (each := self._flow.red(number.key)) is not None]
        return found[0].words if found else ""
