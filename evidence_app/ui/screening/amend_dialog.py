"""An amendment: what changes, why, and which decisions it puts back into the queue."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QListView, QRadioButton, QWidget

from evidence_app.domain.edit import counted
from evidence_app.ui.screening.dialog_parts import scrolling
from evidence_app.ui.screening.line_editor import TypedText
from evidence_app.ui.widgets.laying import down, fill
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

FACT = "Dated and kept with the protocol. One undo takes the change back and empties the queue of it again."
MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Touched:
    """Decisions an amendment may touch: which, in words, and their records."""

    key: str
    words: str
    records: tuple[int, ...]
    named: tuple[str, ...]


class AmendDialog(PanelDialog):
    """Shows before and after, asks why, and previews what is judged again."""

    keeps_words = True

    def __init__(
        self,
        parts: Parts,
        changes: Sequence[tuple[str, str]],
        offers: Sequence[Touched],
        parent: QWidget,
    ) -> None:
        super().__init__(parts, "Amend the protocol", FACT, size=(700, 600), parent=parent)
        self._offers = tuple(offers)
        body = down(gap=3)
        for before, after in changes:
            for caption, words in (("Before", before), ("After", after)):
                label = parts.label(words or "Nothing", "body", "text" if words else "text-3", wrap=True)
                label.setMinimumWidth(40)
                fill(body, (parts.caption(caption), label))
        why = parts.caption("Why")
        self.reason = TypedText(parts.look, "Why", "", "Why the protocol changes now")
        why.setBuddy(self.reason)
        self.reason.textChanged.connect(self._allow)
        fill(body, (4, why, self.reason, 4, parts.caption("Judge again")))
        self.choices: dict[str, QRadioButton] = {}
        for offer in offers:
            choice = QRadioButton(f"{offer.words} ({len(offer.records):,})" if offer.key else offer.words)
            choice.setFont(parts.look.font("body"))
            choice.toggled.connect(self._show)
            self.choices[offer.key] = choice
            body.addWidget(choice)
        self.names = QStringListModel(self)
        self.list = QListView()
        self.list.setAccessibleName("Records that are judged again")
        self.list.setModel(self.names)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setFont(parts.look.font("small"))
        self.list.setMinimumHeight(parts.look.px(90))
        body.addWidget(self.list, 1)
        self.put(scrolling(body), share=1)
        self.amend = parts.button("Amend", "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.amend)
        first = next(iter(self.choices.values()), None)
        if first is not None:
            first.setChecked(True)
        self._show()

    @property
    def chosen(self) -> Touched | None:
        """The decisions that are put back."""
        return next((each for each in self._offers if self.choices[each.key].isChecked()), None)

    def _show(self) -> None:
        chosen = self.chosen
        named = list(chosen.named[:MOST_LISTED]) if chosen is not None else []
        self.names.setStringList(named)
        self.list.setVisible(bool(named))
        number = len(chosen.records) if chosen is not None else 0
        self.amend.rename(f"Amend, and judge {counted(number, 'record')} again" if number else "Amend")
        self._allow()

    def _allow(self) -> None:
        self.amend.setEnabled(bool(self.reason.toPlainText().strip()))
