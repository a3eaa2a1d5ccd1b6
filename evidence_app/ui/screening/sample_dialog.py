"""Drawing a random share for a second reviewer, or the records of a calibration round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.screening import Purpose
from evidence_app.services.screening.coefficients import upper_bound
from evidence_app.services.screening.sampling import LEFT, number_of
from evidence_app.ui.screening.dialog_parts import scrolling, spin_box
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.typed_choice import TypedChoice

FACT = "The same seed draws the same records again, here and anywhere else. It is kept with the sample."
CHECK = "A second person judges these too. Neither sees what the other decided."
CALIBRATION = (
    "Before the start: everybody judges the same few records, and you compare. "
    "The protocol says what follows when you agree too little."
)


DRAWN: Final = (Purpose.CHECK, Purpose.CALIBRATION)


@dataclass(frozen=True, slots=True)
class WantedSample:
    """What is to be drawn."""

    purpose: str
    share: float
    number: int
    seed: int
    person: str


class SampleDialog(PanelDialog):
    """Share, seed and who screens it."""

    def __init__(
        self,
        parts: Parts,
        stage: str,
        left: Mapping[Purpose, int],
        persons: Sequence[str],
        *,
        purpose: Purpose,
        seed: int,
        share: float | None,
        calibration: int | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parts, "Check a random share", FACT, size=(560, 430), parent=parent)
        self._left = left
        purposes = (("check", "Check by a second person"), ("calibration", "Calibration round"))
        self.purpose = parts.segments("What for", purposes, purpose.value)
        self.purpose.chosen.connect(self._show_purpose)
        self.about = parts.label(CHECK, "small", "text-2", wrap=True)
        self.about.setMinimumWidth(40)
        usual_share = round(100 * share) if share else 10
        self.share = spin_box(parts.look, "Share in per cent", 1, 100, usual_share, " %")
        most = max(left[Purpose.CALIBRATION], 1)
        usual = min(calibration or 50, most)
        self.number = spin_box(parts.look, "How many records", 1, most, usual)
        self.seed = QLineEdit(str(seed))
        self.seed.setAccessibleName("Seed")
        self.person = TypedChoice()
        self.person.setAccessibleName("Second reviewer")
        self.person.addItem("")
        self.person.addItems(list(persons))
        field = self.person.lineEdit()
        if field is not None:
            field.setPlaceholderText("Anybody")
        self.told = parts.label("", "small", "text-2", wrap=True)
        self.told.setMinimumWidth(40)
        body = down(across(self.purpose, None), self.about, 4, self._form(), 4, self.told, None, gap=6)
        self.put(scrolling(body), share=1)
        self.draw = parts.button("", "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.draw)
        for spin in (self.share, self.number):
            spin.valueChanged.connect(self._tell)
        self.seed.textChanged.connect(self._tell)
        self._stage = stage
        self._show_purpose(self.purpose.choice)
        self.person.setFocus()

    def _form(self) -> QFormLayout:
        parts, form = self.parts, QFormLayout()
        form.setVerticalSpacing(parts.look.px(8))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._share_head, self._number_head = parts.note("Share"), parts.note("Records")
        form.addRow(self._share_head, self.share)
        form.addRow(self._number_head, self.number)
        form.addRow(parts.note("Seed"), self.seed)
        form.addRow(parts.note("Second reviewer"), self.person)
        return form

    @property
    def size_drawn(self) -> int:
        """How many records will be drawn."""
        if self.purpose.choice == "calibration":
            return min(self.number.value(), self._from)
        return number_of(self.share.value() / 100, self._from)

    @property
    def _from(self) -> int:
        return self._left[Purpose(self.purpose.choice)]

    def wanted(self) -> WantedSample:
        """Return what is to be drawn."""
        number = self.size_drawn
        share = self.share.value() / 100 if self.purpose.choice == "check" else number / max(self._from, 1)
        person = " ".join(self.person.currentText().split())
        return WantedSample(self.purpose.choice, share, number, int(self.seed.text() or 0), person)

    def _show_purpose(self, purpose: object) -> None:
        check = purpose == "check"
        self.about.setText(CHECK if check else CALIBRATION)
        for widget in (self.share, self._share_head):
            widget.setVisible(check)
        for widget in (self.number, self._number_head):
            widget.setVisible(not check)
        self._tell()

    def _tell(self) -> None:
        number = self.size_drawn
        left, purpose = self._from, Purpose(self.purpose.choice)
        drawn = f"{number:,} of {counted(left, 'record')} that {LEFT[purpose]} at {self._stage}."
        none = f"There is no record left at {self._stage} that {LEFT[purpose]}."
        self.told.setText(drawn if left else none)
        self.draw.rename(f"Draw {counted(number, 'record')}")
        self.draw.setEnabled(number > 0 and self.seed.text().strip().isdigit())


class AuditDialog(PanelDialog):
    """How many of the unread rest are read, and what finding none of them relevant would say."""

    def __init__(self, parts: Parts, rest: int, seed: int, parent: QWidget) -> None:
        fact = "A random sample of what nobody has judged. It becomes a queue; read it to its end."
        super().__init__(parts, "Audit the rest", fact, size=(540, 330), parent=parent)
        self._rest = rest
        self.number = spin_box(parts.look, "How many records", 1, rest, min(150, rest), "")
        self.seed = QLineEdit(str(seed))
        self.seed.setAccessibleName("Seed")
        form = QFormLayout()
        form.setVerticalSpacing(parts.look.px(8))
        form.addRow(parts.note("Records"), self.number)
        form.addRow(parts.note("Seed"), self.seed)
        self.told = parts.label("", "small", "text-2", wrap=True)
        self.told.setMinimumWidth(40)
        self.put(scrolling(down(form, 4, self.told, None, gap=6)), share=1)
        self.draw = parts.button("", "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.draw)
        self.number.valueChanged.connect(self._tell)
        self.seed.textChanged.connect(self._tell)
        self._tell()

    @property
    def wanted_seed(self) -> int:
        """The seed that is typed."""
        return int(self.seed.text() or 0)

    def _tell(self) -> None:
        number = self.number.value()
        most = floor(upper_bound(0, number) * self._rest)
        unread = min(most, self._rest - number)
        self.told.setText(
            f"If none of them is relevant, at most {counted(unread, 'relevant record')} "
            f"{'is' if unread == 1 else 'are'} missed among the {self._rest - number:,} not read (95 %)."
        )
        self.draw.rename(f"Draw {counted(number, 'record')}")
        self.draw.setEnabled(self.seed.text().strip().isdigit())
