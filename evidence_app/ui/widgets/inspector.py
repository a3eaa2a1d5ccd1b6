"""The right column: a head that stays, a form that scrolls, a foot."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QVBoxLayout

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.labels import Rule
from evidence_app.ui.widgets.laying import down, framed, scrolled

NARROWEST = 280
SHARE = 0.42
"""The most of the screen's width the inspector takes, so that large text leaves room for the list."""
HEAD_SHARE = 0.55
"""A head higher than this part of the column scrolls with the form."""


class Inspector(QFrame):
    """What is known of the chosen thing."""

    def __init__(self, look: Look, head: QLayout, form: QLayout, foot: QLayout | None = None) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("inspector")
        self._head = framed(head, "")
        self._rule = Rule()
        self._scrolled = down(gap=0)
        self._scrolled.addLayout(form, 1)
        self.form: QScrollArea = scrolled(self._scrolled)
        self._column: QVBoxLayout = down(self._head, self._rule, gap=0)
        self._column.addWidget(self.form, 1)
        if foot is not None:
            self._column.addWidget(framed(foot, "foot"))
        self.setLayout(self._column)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setFixedWidth(look.size("inspector"))

    def fit(self, room: int) -> None:
        """Take the width of the design, or less where the screen is narrow."""
        most = max(NARROWEST, int(room * SHARE))
        self.setFixedWidth(min(self._look.size("inspector"), most))

    def minimumSizeHint(self) -> QSize:
        """Return that it may be low."""
        return QSize(NARROWEST, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the head scroll with the form where it would leave too little room."""
        super().resizeEvent(event)
        needed = self._head.heightForWidth(self.width())
        stays = needed < HEAD_SHARE * self.height()
        if stays != (self._column.indexOf(self._head) == 0):
            place = self._column if stays else self._scrolled
            place.insertWidget(0, self._head)
            place.insertWidget(1, self._rule)
