"""The works found for references without a DOI: with the evidence for each, sure ones ticked already."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.reference import Reference
from evidence_app.services.library.adding import in_one_line
from evidence_app.services.lookup.finding import FindResult
from evidence_app.services.lookup.matching import Evidence, Match
from evidence_app.ui.widgets.laying import across, down, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

ORDER = {"applied": 0, "suggested": 1, "none": 2}
SURE = {"applied": ("Beyond doubt", "include"), "suggested": ("Likely", "maybe"), "none": ("None found", "")}


class MatchCard(QFrame):
    """One reference and the work that may be it."""

    changed = Signal()

    def __init__(self, parts: Parts, reference: Reference, match: Match) -> None:
        super().__init__()
        self.setObjectName("card")
        self.reference, self.match = reference, match
        number = f"{reference.number}  " if reference.number is not None else ""
        self.tick = QCheckBox()
        self.tick.setAccessibleName(f"Take the DOI for {reference.short_label}")
        self.tick.setChecked(match.state == "applied")
        self.tick.setEnabled(match.candidate is not None)
        self.tick.toggled.connect(self.changed)
        word, tone = SURE[match.state]
        head = across(gap=8)
        head.addWidget(self.tick)
        head.addWidget(parts.label(f"{number}{reference.title}", "strong", wrap=True), 1)
        head.addWidget(parts.chip(word, tone))
        column = down(head, gap=4, edge=(12, 9, 12, 10))
        lines = [in_one_line(reference.item)]
        if match.candidate is not None:
            item = match.candidate.item
            lines += [f"{match.candidate.doi}: {item.get('title', '')}", in_one_line(item)]
        lines.append(match.reason)
        for line in filter(None, lines):
            column.addLayout(across(parts.label(line, "small", "text-2", wrap=True), edge=(24, 0, 0, 0)))
        if match.candidate is not None:
            column.addLayout(_evidence(parts, match.evidence))
        self.setLayout(column)

    @property
    def is_ticked(self) -> bool:
        """Whether the DOI is to be taken."""
        return self.tick.isChecked()


def _evidence(parts: Parts, evidence: Sequence[Evidence]) -> QHBoxLayout:
    row = across(gap=5, edge=(24, 0, 0, 0))
    for one in evidence:
        if one.agrees is not None:
            sign, tone = ("✓", "include") if one.agrees else ("✕", "exclude")
            chip = parts.chip(f"{sign} {one.field.capitalize()}", tone)
            chip.setToolTip(f"{one.mine or 'nothing'} here, {one.theirs or 'nothing'} there")
            row.addWidget(chip)
    row.addStretch(1)
    return row


class DoiDialog(PanelDialog):
    """Asks which of the DOIs found to take."""

    def __init__(
        self,
        parts: Parts,
        references: Mapping[int, Reference],
        found: FindResult[int],
        parent: QWidget | None = None,
    ) -> None:
        count = counted(len(references), "reference")
        super().__init__(parts, f"DOIs for {count}", size=(860, 640), parent=parent)
        states = [match.state for match in found.matches.values()]
        words = (
            f"{states.count('applied')} beyond doubt, {states.count('suggested')} likely, "
            f"{states.count('none')} not found"
        )
        words += f", {len(found.failed)} could not be asked for" if found.failed else ""
        self.tell(f"{words}. {found.stopped}" if found.stopped else f"{words}. Nothing is changed yet.")
        self.cards = [
            MatchCard(parts, references[at], match)
            for at, match in sorted(found.matches.items(), key=lambda pair: ORDER[pair[1].state])
            if at in references
        ]
        column = down(gap=8, edge=(24, 12, 24, 12))
        for card in self.cards:
            card.changed.connect(self._count)
            column.addWidget(card)
        for at, reason in found.failed.items():
            column.addWidget(parts.note(f"{references[at].short_label}: {reason}", wrap=True))
        column.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put(scrolled(column), share=1)
        self.take = parts.button("", "primary", act=self.accept)
        self.take.setDefault(True)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.take)
        self._count()

    @property
    def chosen(self) -> list[tuple[Reference, str]]:
        """The references with the DOIs to take."""
        return [
            (card.reference, card.match.candidate.doi)
            for card in self.cards
            if card.is_ticked and card.match.candidate is not None
        ]

    def _count(self) -> None:
        count = sum(card.is_ticked for card in self.cards)
        self.take.rename(f"Add {counted(count, 'DOI')}")
        self.take.setEnabled(bool(count))
