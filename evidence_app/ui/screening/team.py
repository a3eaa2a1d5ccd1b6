"""What more than one person needs: the protocol, samples, agreement, conflicts."""

from evidence_app.storage import screening_cards
from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.screening.conflict_panel import Vote
from evidence_app.ui.screening.desk import ScreeningDesk
from evidence_app.ui.screening.side import QueueChoice

TEAM: tuple[ActionSpec, ...] = ()


class ScreeningTeam(ScreeningDesk):
    """The acts on the whole of screening."""

    def more_queues(self) -> list[QueueChoice]:
        """Return the records of a cell of the agreement table, while they are shown."""
        return []

    def show_votes(self) -> None:
        """Show both votes and notes side by side, in a conflict that is not blind to this person."""
        judging, state = self.judging, self.judging.state
        current = judging.current
        if current is None or state is None or not judging.settling:
            self.page.votes.show_votes((), "")
            return
        if state.blind and not state.settles:
            self.page.votes.show_votes((), "")
            return
        row = int(current.card.reference.id)
        votes = [Vote(*each) for each in screening_cards.votes_told(self.project.reader, row, judging.stage)]
        self.page.votes.show_votes(votes, "The votes differ. I, E or U settles it in your name.")
