"""How much is judged, how fast it goes, and how long the rest takes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from evidence_app.services.screening.pace import left_words, pace_words, per_minute
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts


class ProgressPanel(QWidget):
    """Progress of the person who acts, at this stage."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.numbers = parts.label("", "strong")
        self.pace = parts.line("", "caption", "text-3")
        self.pace.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.bar = parts.bar("Judged by you")
        self.left = parts.label("", "caption", "text-3", wrap=True)
        self.left.setMinimumWidth(40)
        self.waits = parts.label("", "caption", "text-2", wrap=True)
        self.waits.setMinimumWidth(40)
        self.waits.hide()
        self.poor = parts.banner("ph.warning", "maybe", "")
        self.poor.label.setMinimumWidth(40)
        self.poor.hide()
        top = across(self.numbers, gap=8)
        top.addWidget(self.pace, 1)
        column = down(top, self.bar, self.left, self.poor, self.waits, gap=6)
        self.setLayout(column)

    def show_progress(self, done: int, total: int, moments: Sequence[float]) -> None:
        """Show how many of all are judged, and the pace of the last decisions."""
        pace = per_minute(moments)
        self.numbers.setText(f"{done:,} of {total:,}" if total else "Nothing to judge yet")
        self.pace.setText(pace_words(pace))
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.bar.setAccessibleName(f"Judged by you: {done:,} of {total:,}")
        self.left.setText(left_words(total - done, pace) if total else "")

    def say_waiting(self, sentences: Sequence[str], poor: str = "") -> None:
        """Say what waits for others or is planned, each in a line, and apart what follows a poor check."""
        self.waits.setText("\n".join(sentences))
        self.waits.setVisible(bool(sentences))
        self.poor.label.setText(poor)
        self.poor.setVisible(bool(poor))
