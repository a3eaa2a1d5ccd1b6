"""One work that may be added: ticked or not, its fields editable before it is."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from evidence_app.domain.reference import plain
from evidence_app.services.library.adding import Candidate, in_one_line
from evidence_app.services.library.fields import type_label
from evidence_app.ui.library.candidate_fields import CandidateFields
from evidence_app.ui.widgets.focus_order import order_focus
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts


class CandidateCard(QFrame):
    """What will be added of one work, where it comes from, and whether it is held already."""

    changed = Signal()

    def __init__(
        self, parts: Parts, candidate: Candidate, *, unfolded: bool, name: Callable[[int], str]
    ) -> None:
        super().__init__()
        self._parts = parts
        self.candidate = candidate
        self.fields: CandidateFields | None = None
        self.setObjectName("card")
        self.tick = QCheckBox()
        self.tick.setChecked(candidate.held_as is None and candidate.is_described)
        self.tick.toggled.connect(self.changed)
        self._title = parts.label("", "strong", wrap=True)
        self._line = parts.label("", "small", "text-2", wrap=True)
        self._fields = QWidget()
        self._form = down(gap=6, edge=(20, 4, 0, 2))
        self._fields.setLayout(self._form)
        self._toggle = parts.button("Show fields", "filter", act=self._fold)
        head = across(gap=8)
        head.addWidget(self.tick)
        head.addWidget(self._title, 1)
        head.addWidget(self._toggle)
        chips = across(gap=5, edge=(24, 0, 0, 0))
        for words, tone in self._chips(name):
            chips.addWidget(parts.chip(words, tone))
        chips.addStretch(1)
        column = down(head, across(self._line, edge=(24, 0, 0, 0)), chips, gap=4, edge=(12, 10, 12, 10))
        if candidate.problem:
            problem = parts.label(candidate.problem, "small", "maybe", wrap=True)
            column.addLayout(across(problem, edge=(24, 0, 0, 0)))
        column.addWidget(self._fields)
        self.setLayout(column)
        self._name()
        self._fields.setVisible(False)
        if unfolded:
            self._fold()

    @property
    def is_ticked(self) -> bool:
        """Whether the work will be added."""
        return self.tick.isChecked()

    def _chips(self, name: Callable[[int], str]) -> list[tuple[str, str]]:
        candidate = self.candidate
        chips = [(type_label(str(candidate.item.get("type", "document"))), "")]
        chips.append(("From Crossref", "accent") if candidate.looked_up else ("From the text", ""))
        if candidate.held_as is not None:
            chips.append((f"Held already: {name(candidate.held_as)}, {candidate.held_because}", "maybe"))
        return chips

    def _name(self) -> None:
        item = self.candidate.item
        title = plain(str(item.get("title") or "")) or str(
            item.get("DOI") or item.get("URL") or "No title yet"
        )
        self._title.setText(title)
        self._line.setText(in_one_line(item))
        self._line.setVisible(bool(self._line.text()))
        self.tick.setAccessibleName(f"Add {title}")
        self._toggle.setAccessibleName(f"Show the fields of {title}")

    def _fold(self) -> None:
        shown = not self._fields.isVisibleTo(self)
        if shown and not self._form.count():
            self._fill()
        self._fields.setVisible(shown)
        order_focus(self)
        self._toggle.setText("Hide fields" if shown else "Show fields")

    def _fill(self) -> None:
        self.fields = CandidateFields(self._parts, self.candidate)
        self.fields.changed.connect(self._edited)
        self._form.addWidget(self.fields)

    def _edited(self) -> None:
        if self.fields is not None:
            self.candidate = self.fields.candidate
        self._name()
        self.changed.emit()
