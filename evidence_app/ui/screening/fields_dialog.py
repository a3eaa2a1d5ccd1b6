"""Fields that were changed here and in a packet: both side by side, one chosen at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from evidence_app.domain.edit import counted
from evidence_app.ui.screening.dialog_parts import scrolling
from evidence_app.ui.widgets.differences import marked, segments_of
from evidence_app.ui.widgets.laying import across, down, framed
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

FACT = (
    "Both of you changed the same field. What stands here stays until you choose; undo takes a choice back."
)


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A field as both say it."""

    row: int
    work: str
    field: str
    mine: str
    theirs: str
    person: str


class FieldsDialog(PanelDialog):
    """One card for each field; a choice takes its card away."""

    def __init__(
        self,
        parts: Parts,
        conflicts: Sequence[ShownConflict],
        choose: Callable[[int, bool], object],
        parent: QWidget,
    ) -> None:
        title = f"{counted(len(conflicts), 'field')} changed on both sides"
        super().__init__(parts, title, FACT, size=(720, 560), parent=parent)
        self._choose = choose
        self._left = len(conflicts)
        self.cards = {each.row: self._card(each) for each in conflicts}
        self.put(scrolling(down(*self.cards.values(), None, gap=10)), share=1)
        self.close_button = parts.button("Later", "plain", act=self.accept)
        self.offer(self.close_button)

    def _card(self, each: ShownConflict) -> QWidget:
        parts, look = self.parts, self.parts.look
        found = segments_of(each.mine, each.theirs)
        theirs = each.person or "The other"
        mine_text = parts.rich(marked(found, "mine", look), "body", wrap=True)
        their_text = parts.rich(marked(found, "theirs", look), "body", wrap=True)
        for label in (mine_text, their_text):
            label.setMinimumWidth(40)
        mine = parts.button("Keep mine", "plain")
        other = parts.button(f"Take {theirs}’s" if each.person else "Take the other", "plain")
        mine.setAccessibleName(f"Keep my {each.field} of {each.work}")
        other.setAccessibleName(f"Take the other {each.field} of {each.work}")
        card = framed(
            down(
                parts.label(f"{each.work}: {each.field.lower()}", "strong", wrap=True),
                parts.note("Here"), mine_text, parts.note(theirs), their_text, 4,
                across(mine, other, None, gap=8),
                gap=4, edge=(14, 12, 14, 12),
            ),
            "card",
        )  # fmt: skip
        mine.clicked.connect(_Choice(self, each.row, theirs=False).take)
        other.clicked.connect(_Choice(self, each.row, theirs=True).take)
        return card

    def chosen(self, row: int, *, theirs: bool) -> None:
        """Write a choice and take its card away; the last one closes the dialog."""
        self.cards[row].hide()
        self._left -= 1
        self._choose(row, theirs)
        if not self._left:
            self.accept()


class _Choice(QWidget):
    """One button's choice; it lives as long as the dialog."""

    def __init__(self, dialog: FieldsDialog, row: int, *, theirs: bool) -> None:
        super().__init__(dialog)
        self.hide()
        self._dialog, self._row, self._theirs = dialog, row, theirs

    def take(self) -> None:
        """Make the choice."""
        self._dialog.chosen(self._row, theirs=self._theirs)
