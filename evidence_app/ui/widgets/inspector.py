"""The right column: a head that stays, a form that scrolls, a foot."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.labels import Rule
from evidence_app.ui.widgets.laying import down, framed, scrolled

NARROWEST = 280
SHARE = 0.42
"""The most of the screen's width the inspector takes, so that large text leaves room for the list."""


class Inspector(QFrame):
    """What is known of the chosen thing."""

    def __init__(self, look: Look, head: QLayout, form: QLayout, foot: QLayout | None = None) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("inspector")
        self.form: QScrollArea = scrolled(form)
        column = down(framed(head, ""), Rule(), gap=0)
        column.addWidget(self.form, 1)
        if foot is not None:
            column.addWidget(framed(foot, "foot"))
        self.setLayout(column)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setFixedWidth(look.size("inspector"))

    def fit(self, room: int) -> None:
        """Take the width of the design, or less where the screen is narrow."""
        most = max(NARROWEST, int(room * SHARE))
        self.setFixedWidth(min(self._look.size("inspector"), most))

    def minimumSizeHint(self) -> QSize:
        """Return that it may be as low as its head."""
        return QSize(NARROWEST, 0)
