"""How large something is shown: smaller, larger, and the size itself, which fits it to the room."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts

SMALLER, LARGER, FIT = "zoom out", "zoom in", "zoom fit"


class Sizes(QWidget):
    """Two tools with the size between them; a click on the size fits what is shown."""

    asked = Signal(str)
    """`zoom out`, `zoom in` or `zoom fit`."""

    def __init__(self, parts: Parts, what: str = "", fit: str = "Fit the width") -> None:
        super().__init__()
        self.smaller = parts.tool("ph.magnifying-glass-minus", _named(what, "smaller"), self._smaller)
        self.percent = parts.button("100 %", "filter", act=self._fit)
        self.percent.setToolTip(fit)
        self.larger = parts.tool("ph.magnifying-glass-plus", _named(what, "larger"), self._larger)
        for part in (self.smaller, self.percent, self.larger):
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard with what is shown
        self.setLayout(across(self.smaller, self.percent, self.larger, gap=0))

    def show_size(self, percent: int) -> None:
        """Say how large it is."""
        self.percent.rename(f"{percent} %")

    def _smaller(self) -> None:
        self.asked.emit(SMALLER)

    def _larger(self) -> None:
        self.asked.emit(LARGER)

    def _fit(self) -> None:
        self.asked.emit(FIT)


def _named(what: str, how: str) -> str:
    return f"{what} {how}" if what else how.capitalize()
