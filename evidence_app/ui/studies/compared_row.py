"""One field of one report as two people extracted it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from evidence_app.domain.studies import Value
from evidence_app.services.studies.characteristics import Compared
from evidence_app.services.studies.counting import shown
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts


class ComparedRow(QFrame):
    """Both sides with their places, and what may be done; the chosen row is framed."""

    taken = Signal(str)
    """first, second or both."""
    write_asked = Signal()

    def __init__(self, parts: Parts, compared: Compared, report: str, names: tuple[str, str]) -> None:
        super().__init__()
        self.parts = parts
        self.compared = compared
        self._report, self._names = report, names
        words, tone = _state(compared)
        name = parts.line(f"{compared.field.title} · {report}", "caption", "text-3")
        head = across(gap=8)
        head.addWidget(name, 1)
        head.addWidget(parts.chip(words, tone))
        write = parts.button("Write it…", "link")
        write.setAccessibleName(f"Write {compared.field.name} of {report} by hand")
        write.clicked.connect(self.write_asked)
        if compared.field.several and not compared.is_same:
            both = parts.button("Both", "plain")
            both.setAccessibleName(f"Take what both found for {compared.field.name} of {report}")
            both.clicked.connect(partial(_take, self, "both"))
            head.addWidget(both)
        head.addWidget(write)
        sides = across(gap=12)
        for key, values, who in zip(
            ("first", "second"), (compared.first, compared.second), names, strict=True
        ):
            sides.addLayout(self._side(key, values, who), 1)
        self.setLayout(down(head, sides, gap=6, edge=(10, 9, 10, 9)))
        self.show_chosen(chosen=False)

    def _side(self, key: str, values: Sequence[Value], who: str) -> QHBoxLayout:
        parts = self.parts
        reported = any(each.is_reported for each in values)
        value = parts.label(shown(values), "body", "text" if reported else "text-3", wrap=True)
        value.setMinimumWidth(40)
        places = "; ".join(dict.fromkeys(each.place for each in values if each.place))
        under = parts.line(" · ".join(text for text in (who, places) if text), "small", "text-2")
        take = parts.button("Take", "plain")
        take.setAccessibleName(f"Take what {who} found for {self.compared.field.name} of {self._report}")
        take.clicked.connect(partial(_take, self, key))
        row = across(gap=8)
        row.addLayout(down(value, under, gap=2), 1)
        row.addWidget(take)
        return row

    def show_chosen(self, *, chosen: bool) -> None:
        """Frame the row the keys act on."""
        self.setObjectName("chosen" if chosen else "")
        self.style().unpolish(self)
        self.style().polish(self)

    def told(self) -> str:
        """Return the row in words, for a screen reader."""
        one, other = self._names
        return (
            f"{self.compared.field.title} of {self._report}, {_state(self.compared)[0]}. "
            f"{one}: {shown(self.compared.first)}. {other}: {shown(self.compared.second)}."
        )


def _state(each: Compared) -> tuple[str, str]:
    if each.is_settled:
        return "agreed", "include"
    if each.agreed:
        return "agreed otherwise", "maybe"
    return ("the same", "neither") if each.is_same else ("differ", "conflict")


def _take(row: ComparedRow, side: str, _checked: bool = False) -> None:
    row.taken.emit(side)
