"""Two extractors side by side, field by field; what is taken becomes the value that counts."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QStackedLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.studies import Value
from evidence_app.services.studies import characteristics
from evidence_app.services.studies.characteristics import Comparison, Extractor
from evidence_app.services.studies.retrieval import Person
from evidence_app.storage import coding
from evidence_app.ui.studies.compared_row import ComparedRow
from evidence_app.ui.studies.desk import Desk, Held
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.laying import across, down, emptied, scrolled

ME: Final = -1
"""Stands for who acts, who may have no row yet."""
KEYS: Final = "↑ ↓ field · 1 the first · 2 the second · 3 both · W write it · A all that are the same"
TAKEN: Final = {Qt.Key.Key_1: "first", Qt.Key.Key_2: "second", Qt.Key.Key_3: "both"}


class CompareView(QWidget):
    """A row for each field both have filled, the differing ones first; who settles it is chosen too."""

    write_asked = Signal(int, object)
    """A field of a report that neither got right: it is to be written by hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.parts = parts = desk.context.parts
        self.compared = Comparison()
        self.rows: list[ComparedRow] = []
        self._at = 0
        self._held: Held | None = None
        self._drafts: Sequence[Value] = ()
        self._people: list[Extractor] = []
        self.first, self.second = self._box("First extractor"), self._box("Second extractor")
        self.settler = self._box("Settled by")
        self.heading = parts.label("", "title", wrap=True)
        self.heading.setMinimumWidth(40)
        self.fact = parts.label("", "small", "text-2", wrap=True)
        self.fact.setMinimumWidth(40)
        self.same = parts.button("Agree where both say the same", "plain", "ph.check", self.agree_same)
        self._list = down(gap=0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Fields that two people extracted")
        self._lay()

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setFont(self.parts.look.font("body"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.activated.connect(self._chosen)
        return box

    def _lay(self) -> None:
        parts = self.parts
        choosing = QWidget()
        flow = FlowLayout(choosing, gap=8)
        for words, box in (("Compare", self.first), ("with", self.second), ("settled by", self.settler)):
            pair = QWidget()
            pair.setLayout(across(parts.label(words, "small", "text-2"), box, gap=6))
            flow.addWidget(pair)
        head = across(gap=8)
        head.addLayout(down(self.heading, self.fact, gap=3), 1)
        head.addWidget(self.same)
        keys = parts.label(KEYS, "caption", "text-3", wrap=True)
        keys.setMinimumWidth(40)
        self.body = scrolled(down(choosing, head, keys, self._list, None, gap=10, edge=(24, 16, 24, 18)))
        self.empty = parts.empty(
            "ph.users",
            "When two people have both filled a field of a report, their values stand here side by side.",
            hint="Each extracts under “My own draft”, in this project under their own name.",
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.body)
        self._stack.addWidget(self.empty)

    # -- who

    def show_drafts(self, drafts: Sequence[Value], held: Held) -> None:
        """Show the two that were chosen, or at first those who filled most."""
        self._drafts, self._held = drafts, held
        self._people = characteristics.extractors(drafts)
        one, other = self.first.currentData(), self.second.currentData()
        known = [each.person for each in self._people]
        one = one if one in known else known[0] if known else None
        rest = [each for each in known if each != one]
        other = other if other in rest else rest[0] if rest else None
        for box, chosen in ((self.first, one), (self.second, other)):
            box.clear()
            for each in self._people:
                box.addItem(f"{each.name}  {each.fields}", each.person)
            box.setCurrentIndex(max(0, box.findData(chosen)))
        self._offer_settlers()
        self._stack.setCurrentIndex(0 if len(known) > 1 else 1)
        self._fill()

    def _offer_settlers(self) -> None:
        chosen = self.settler.currentData()
        now, reader = self.desk.context.settings.now, self.desk.context.project.reader
        me = self.desk.person_row(reader)
        self.settler.clear()
        self.settler.addItem(f"{now.person_name or 'You'} (you)", ME)
        for row, name in coding.people(reader).items():
            if row != me and name.strip():
                self.settler.addItem(name, row)
        self.settler.setCurrentIndex(max(0, self.settler.findData(chosen)))

    def _chosen(self, _place: int) -> None:
        if self.first.currentData() == self.second.currentData():
            moved = self.second if self.sender() is self.first else self.first
            moved.setCurrentIndex((moved.currentIndex() + 1) % max(1, moved.count()))
        self._at = 0
        self._fill()

    @property
    def names(self) -> tuple[str, str]:
        """The names of the two."""
        return self._name(self.first), self._name(self.second)

    def _name(self, box: QComboBox) -> str:
        found = [each.name for each in self._people if each.person == box.currentData()]
        return found[0] if found else ""

    def _settler(self) -> tuple[Person, str]:
        row, now = self.settler.currentData(), self.desk.context.settings.now
        if row == ME or row is None:
            return self.desk.person, now.person_name or "somebody"
        return int(row), self.settler.currentText()

    # -- what

    def _fill(self) -> None:
        emptied(self._list)
        self.rows = []
        held = self._held
        if held is None or len(self._people) < 2:
            self.compared = Comparison()
            return
        found = characteristics.compare(
            self._drafts, held.contents, self.first.currentData(), self.second.currentData()
        )
        both = sorted(found.both, key=lambda each: (each.is_settled, each.is_same))
        self.compared = Comparison(tuple(both), found.only_first, found.only_second)
        self._tell()
        for at, each in enumerate(both):
            row = ComparedRow(self.parts, each, held.name(each.reference), self.names)
            row.taken.connect(partial(_take, self, at))
            row.write_asked.connect(partial(_write, self, at))
            self.rows.append(row)
            self._list.addWidget(row)
            self._list.addWidget(self.parts.rule())
        self._point(min(self._at, len(self.rows) - 1))

    def _tell(self) -> None:
        found, (one, other) = self.compared, self.names
        number = len(found.both)
        share = f" ({number - found.differing} the same)" if number else ""
        self.heading.setText(
            f"{one} and {other}: {counted(number, 'field')} filled by both, "
            f"{found.differing} differ{'s' * (found.differing == 1)}{share}"
        )
        alone = [f"{count} by {who} alone" for count, who in
                 ((found.only_first, one), (found.only_second, other)) if count]  # fmt: skip
        told = f"Filled {' and '.join(alone)}: not shown before both have. " if alone else ""
        self.fact.setText(f"{told}What is taken counts, with its place in the report; the drafts stay.")
        self.same.rename(f"Agree on {len(found.ready)} that are the same")
        self.same.setEnabled(bool(found.ready))

    def _point(self, at: int) -> None:
        self._at = max(0, at)
        for place, row in enumerate(self.rows):
            row.show_chosen(chosen=place == self._at)
        if self.rows:
            shown: QFrame = self.rows[self._at]
            self.setAccessibleDescription(self.rows[self._at].told())
            self.body.ensureWidgetVisible(shown, 0, 40)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from field to field and take one side, both, or write it."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self.rows:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._point(min(len(self.rows) - 1, self._at + (1 if key == Qt.Key.Key_Down else -1)))
        elif key in TAKEN:
            self.take(self._at, TAKEN[key])
        elif key == Qt.Key.Key_W:
            self.write(self._at)
        elif key == Qt.Key.Key_A:
            self.agree_same()
        else:
            super().keyPressEvent(event)

    # -- settling

    def take(self, at: int, side: str) -> None:
        """Make what one found, or both, the value that counts."""
        each = self.compared.both[at]
        if side == "both" and not each.field.several:
            self.desk.context.say(f"{each.field.title} takes one value: take the first or the second.")
            return
        chosen = {"first": each.first, "second": each.second}.get(side) or characteristics.both_of(each)
        person, name = self._settler()
        basis = characteristics.settled_by(*self.names, name)
        self.desk.do(
            lambda: characteristics.agree(each, chosen, person, basis), f"Agreed on {each.field.name}."
        )

    def write(self, at: int) -> None:
        """Go to the field in the form: neither of the two is right."""
        each = self.compared.both[at]
        self.write_asked.emit(each.reference, each.field)

    def agree_same(self) -> None:
        """Settle every field on which both say the same."""
        person, name = self._settler()
        basis = characteristics.settled_by(*self.names, name)
        self.desk.do(
            lambda: characteristics.agree_where_same(self.compared.both, person, basis),
            f"Agreed on {counted(len(self.compared.ready), 'field')}.",
        )


def _take(view: CompareView, at: int, side: str) -> None:
    view.take(at, side)


def _write(view: CompareView, at: int) -> None:
    view.write(at)
