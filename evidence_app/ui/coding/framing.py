"""Areas framed and ends of passages moved by keys: begun here, told in the foot, handed to the acts."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from evidence_app.ui.coding.desk import Desk
from evidence_app.ui.coding.passage_acts import PassageActs
from evidence_app.ui.pages.by_key import ByKey
from evidence_app.ui.pages.canvas import Canvas
from evidence_app.ui.pages.canvas_keys import TOLD


class Framing(QObject):
    """What F2 and F4 do."""

    def __init__(
        self, desk: Desk, canvases: Sequence[Canvas], passages: PassageActs, foot: QLabel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._foot = desk, foot
        self._by_key = {canvas: ByKey(canvas) for canvas in canvases}
        for each in self._by_key.values():
            each.area_kept.connect(passages.quote_area)
            each.area_moved.connect(passages.move_area)
            each.told.connect(self._tell)

    def _tell(self, words: str) -> None:
        self._foot.setText(words or TOLD)

    def frame(self) -> None:
        """Begin to frame an area of the page."""
        canvas = self._desk.canvas
        if canvas is None or not self._by_key[canvas].frame():
            self._desk.context.say("Areas are quoted on the pages of a PDF. This document has no pages.")
        else:
            canvas.setFocus()

    def adjust(self) -> None:
        """Begin to move an end of the passage that is chosen or stands at the caret."""
        canvas = self._desk.canvas
        if canvas is None or not self._by_key[canvas].adjust():
            self._desk.context.say("No quoted passage is here. Put the caret into one, or press O.")
        else:
            canvas.setFocus()
