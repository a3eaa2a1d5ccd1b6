"""Both votes and notes side by side, for whoever settles them; shown only where blindness is lifted."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QFrame

from evidence_app.ui.moments import day_of
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

SIGNS = {"include": "ph.check-bold", "maybe": "ph.question-bold", "exclude": "ph.x-bold"}


class Vote(NamedTuple):
    """What one person decided, why, and the note they wrote."""

    person: str
    verdict: str
    reasons: str
    note: str
    at: str
    settles: bool = False
    """Whether it was made as an adjudicator."""


class ConflictPanel(QFrame):
    """The votes on the record that is shown."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.setObjectName("foot")
        self._row = across(gap=10)
        self.head = parts.label("", "small", "text-2", wrap=True)
        self.head.setMinimumWidth(40)
        self.setLayout(down(self.head, self._row, gap=6, edge=(20, 10, 20, 10)))
        self.hide()

    def show_votes(self, votes: Sequence[Vote], words: str) -> None:
        """Show these votes; none hides the panel."""
        emptied(self._row)
        for vote in votes:
            self._row.addWidget(self._card(vote), 1)
        self.head.setText(words)
        self.setVisible(bool(votes))

    def _card(self, vote: Vote) -> QFrame:
        parts = self._parts
        who = parts.line(vote.person or "Somebody", "strong")
        sign = parts.icon(SIGNS[vote.verdict], vote.verdict, 14)
        word = parts.label(vote.verdict.capitalize(), "small-strong", vote.verdict)
        head = across(sign, word, gap=6)
        head.addWidget(who, 1)
        when = f"settled {day_of(vote.at)}" if vote.settles else day_of(vote.at)
        column = down(head, parts.line(when, "caption", "text-3"), gap=3, edge=(12, 8, 12, 8))
        for text, tone in ((vote.reasons, "text-2"), (vote.note, "text")):
            if text:
                label = parts.label(text, "small", tone, wrap=True)
                label.setMinimumWidth(40)
                column.addWidget(label)
        if not vote.reasons and not vote.note:
            column.addWidget(parts.faint("No reason and no note"))
        column.addStretch(1)
        card = parts.card(column)
        card.setAccessibleName(f"{vote.person}: {vote.verdict}. {vote.reasons}. {vote.note}")
        return card
