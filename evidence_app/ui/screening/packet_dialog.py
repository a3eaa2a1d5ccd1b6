"""Giving records to a second reviewer: who, which records, as which kind of file."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.ui.screening.dialog_parts import scrolling
from evidence_app.ui.widgets.laying import down
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.typed_choice import TypedChoice

FACT = (
    "One file with what is to be judged and nothing that anybody decided. It works offline, and what comes "
    "back is merged as often as you like."
)
KINDS = (("evidence", "For Evidence Desk"), ("html", "One page for any browser"))
ABOUT = {
    "evidence": "They open the file in Evidence Desk, screen as here, and send the same file back.",
    "html": "They open the page in any browser and install nothing. Its button saves a small answer file to "
    "send back.",
}


@dataclass(frozen=True, slots=True)
class WantedPacket:
    """What is to be given out."""

    person: str
    sample: str
    """The identity of the sample; empty for all records."""
    kind: str


class PacketDialog(PanelDialog):
    """Who judges, which records, and the kind of file."""

    def __init__(
        self,
        parts: Parts,
        stage: str,
        records: int,
        samples: Sequence[tuple[str, str, int]],
        persons: Sequence[str],
        parent: QWidget,
    ) -> None:
        """`samples` are identity, name and number of records; `records` all that are at the stage."""
        super().__init__(parts, "Give out a packet", FACT, size=(580, 350), parent=parent)
        self.person = TypedChoice()
        self.person.setAccessibleName("Second reviewer")
        self.person.addItems(list(persons))
        self.person.setCurrentIndex(0 if persons else -1)
        field = self.person.lineEdit()
        if field is not None:
            field.setPlaceholderText("Name of who judges")
        self.which = QComboBox()
        self.which.setAccessibleName("Records")
        for guid, name, number in reversed(samples):
            self.which.addItem(f"{name}: {counted(number, 'record')}", (guid, number))
        self.which.addItem(f"All {counted(records, 'record')} at {stage}", ("", records))
        self.kind = parts.segments("Kind of file", KINDS, "evidence")
        self.kind.chosen.connect(self._tell)
        self.about = parts.label("", "small", "text-2", wrap=True)
        self.about.setMinimumWidth(40)
        form = QFormLayout()
        form.setVerticalSpacing(parts.look.px(8))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(parts.note("Second reviewer"), self.person)
        form.addRow(parts.note("Records"), self.which)
        self.put(scrolling(down(form, 6, self.kind, self.about, None, gap=6)), share=1)
        self.give = parts.button("", "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.give)
        self.person.currentTextChanged.connect(self._tell)
        self.which.currentIndexChanged.connect(self._tell)
        self._tell()

    def wanted(self) -> WantedPacket:
        """Return what is to be given out."""
        guid, _ = self.which.currentData()
        return WantedPacket(" ".join(self.person.currentText().split()), guid, str(self.kind.choice))

    def _tell(self, *_: object) -> None:
        _, number = self.which.currentData()
        self.about.setText(ABOUT[str(self.kind.choice)])
        self.give.rename(f"Write {counted(number, 'record')}…")
        self.give.setEnabled(bool(self.person.currentText().strip()) and number > 0)
