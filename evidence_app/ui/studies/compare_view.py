"""Two extractors side by side, field by field; what is taken becomes the value that counts."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from evidence_app.domain.studies import Value
from evidence_app.services.studies import characteristics
from evidence_app.services.studies.characteristics import Compared
from evidence_app.services.studies.counting import shown
from evidence_app.ui.studies.desk import Desk, Held
from evidence_app.ui.widgets.laying import across, down, emptied, framed, scrolled


class CompareView(QWidget):
    """A row for each field both have filled; the differing ones first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.parts = parts = desk.context.parts
        self.compared: list[Compared] = []
        self._names = ("", "")
        self.heading = parts.label("", "title", wrap=True)
        self.heading.setMinimumWidth(40)
        self.same = parts.button("Agree where both say the same", "plain", "ph.check", self.agree_same)
        self._rows = down(gap=0)
        head = across(gap=8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.same)
        body = scrolled(down(head, self._rows, None, gap=10, edge=(24, 18, 24, 18)))
        self.empty = parts.empty(
            "ph.users",
            "When two people have both filled a field of a report, their values stand here side by side.",
            hint="Each extracts under “My own draft”, in this project under their own name.",
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(body)
        self._stack.addWidget(self.empty)

    def show_drafts(self, drafts: Sequence[Value], held: Held) -> None:
        """Show the two who extracted most."""
        people = characteristics.extractors(drafts)[:2]
        emptied(self._rows)
        self.compared = []
        if len(people) > 1:
            (one, first), (other, second) = people
            self._names = (first, second)
            found = characteristics.compare(drafts, held.contents, one, other)
            self.compared = sorted(found, key=lambda each: (each.is_settled, each.is_same))
        self._stack.setCurrentIndex(0 if self.compared else 1)
        differing = sum(not each.is_same for each in self.compared)
        ready = sum(each.is_same and not each.is_settled for each in self.compared)
        self.same.rename(f"Agree on {ready} that are the same")
        self.same.setEnabled(ready > 0)
        self.heading.setText(
            f"{' and '.join(self._names)}: {len(self.compared)} fields filled by both, {differing} differ"
        )
        for at, each in enumerate(self.compared):
            self._rows.addWidget(self._row(at, each, held))
            self._rows.addWidget(self.parts.rule())

    def _row(self, at: int, each: Compared, held: Held) -> QWidget:
        parts = self.parts
        name = parts.line(f"{each.field.title} · {held.name(each.reference)}", "caption", "text-3")
        chip = parts.chip(*_told(each))
        head = across(gap=8)
        head.addWidget(name, 1)
        head.addWidget(chip)
        sides = across(gap=12)
        for side, (values, who) in enumerate(zip((each.first, each.second), self._names, strict=True)):
            sides.addLayout(self._side(at, side, values, who, each), 1)
        return framed(down(head, sides, gap=6, edge=(0, 10, 0, 10)), "")

    def _side(self, at: int, side: int, values: Sequence[Value], who: str, each: Compared) -> QHBoxLayout:
        parts = self.parts
        value = parts.label(
            shown(values), "body", "text" if any(v.is_reported for v in values) else "text-3", wrap=True
        )
        value.setMinimumWidth(40)
        places = "; ".join(dict.fromkeys(v.place for v in values if v.place))
        under = parts.line(" · ".join(text for text in (who, places) if text), "small", "text-2")
        take = parts.button("Take", "plain")
        take.setAccessibleName(f"Take what {who} found for {each.field.name}")
        take.clicked.connect(partial(self._take, at, side))
        row = across(gap=8)
        row.addLayout(down(value, under, gap=2), 1)
        row.addWidget(take)
        return row

    def _take(self, at: int, side: int, _checked: bool = False) -> None:
        each = self.compared[at]
        chosen = each.second if side else each.first
        sentence = f"Agreed on {each.field.name}."
        self.desk.do(lambda: characteristics.agree(each, chosen, self.desk.person), sentence)

    def agree_same(self) -> None:
        """Settle every field on which both say the same."""
        ready = sum(each.is_same and not each.is_settled for each in self.compared)
        self.desk.do(
            lambda: characteristics.agree_where_same(self.compared, self.desk.person),
            f"Agreed on {ready} fields.",
        )


def _told(each: Compared) -> tuple[str, str]:
    if each.is_settled:
        return "agreed", "include"
    return ("the same", "neither") if each.is_same else ("differ", "conflict")
