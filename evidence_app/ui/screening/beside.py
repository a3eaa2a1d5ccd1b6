"""The column at the right: progress, criteria, terms, labels and note, ranking."""

from evidence_app.ui.look import Look
from evidence_app.ui.screening.criteria_panel import CriteriaPanel
from evidence_app.ui.screening.dialog_parts import loosened
from evidence_app.ui.screening.full_text_panel import FullTextPanel
from evidence_app.ui.screening.labels_panel import LabelsPanel
from evidence_app.ui.screening.progress_panel import ProgressPanel
from evidence_app.ui.screening.ranking_panel import RankingPanel
from evidence_app.ui.screening.terms_panel import TermsPanel
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.laying import down
from evidence_app.ui.widgets.parts import Parts

NARROWER = 36
"""The design gives the text more room here than elsewhere."""
LEAST = 230
SHARE = 0.3


class Beside(Inspector):
    """What stays in sight while the records change."""

    def __init__(self, parts: Parts) -> None:
        self.progress = ProgressPanel(parts)
        self.criteria = CriteriaPanel(parts)
        self.full_text = FullTextPanel(parts)
        self.terms = TermsPanel(parts)
        self.labels = LabelsPanel(parts)
        self.ranking = RankingPanel(parts)
        form = down(
            self.full_text, self.criteria, parts.rule(), self.terms, self.labels, parts.rule(),
            self.ranking, None, gap=10,
            edge=(18, 12, 18, 12),
        )  # fmt: skip
        super().__init__(parts.look, down(self.progress, edge=(18, 14, 18, 10)), form)
        self._width_of: Look = parts.look
        loosened(self.form)

    def fit(self, room: int) -> None:
        """Take the width of the design, or less where the text needs the room."""
        wanted = self._width_of.size("inspector") - self._width_of.px(NARROWER)
        self.setFixedWidth(min(wanted, max(LEAST, int(room * SHARE))))
