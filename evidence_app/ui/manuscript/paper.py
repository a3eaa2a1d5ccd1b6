"""The sheet of paper on its ground: painted prose, the directions in the left margin, flags in the right."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.ui.directions import DIRECTIONS
from evidence_app.ui.look import Look
from evidence_app.ui.manuscript import prose
from evidence_app.ui.manuscript.ink import AnchorInk
from evidence_app.ui.manuscript.sheet import BlockLine, Line, Sheet, title_font
from evidence_app.ui.paint import Brush, caret_x

PAPER: Final = 596
NARROWEST: Final = 420
LEFT, RIGHT = 64, 44
AROUND: Final = 20
"""Ground on both sides of the paper."""
FLAGS: Final = {"error": "exclude", "doubt": "maybe", "style": "text-3", "information": "text-3"}
"""The tone of what the checks flag in the right margin, by level."""


class Paper(QWidget):
    """Paints the manuscript; knows where each line lies and what its margins say."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.ink = AnchorInk(look, self)
        self.sheet = Sheet(look, self.ink, self)
        self.open = ""
        """The block that is edited: it is left to its editor."""
        self.chosen = ""
        self.flags: Mapping[str, tuple[str, str]] = {}
        self.found: Mapping[str, Sequence[tuple[int, int, bool]]] = {}
        self.drop_at: tuple[str, int] | None = None
        self._contents: ReviewContents | None = None

    def has_keys(self) -> bool:
        """Return whether the keys go to the page."""
        return self.hasFocus()

    # -- where things lie

    def lay_out(self) -> None:
        """Lay out the sections and blocks for the width there is."""
        if self._contents is not None:
            self.sheet.show(self._contents.sections, self._contents.blocks, self.prose_width)

    def stack(self, entered: float = 0.0) -> None:
        """Set the lines below one another, the block that is edited this high."""
        self.sheet.stack(self.open, entered)
        self.setMinimumHeight(int(self.sheet.height) + 2 * self.look.px(18))
        self.update()

    @property
    def paper(self) -> QRect:
        """Where the paper lies."""
        px = self.look.px
        room = self.width() - 2 * px(AROUND)
        wide = max(min(px(PAPER), room), min(px(NARROWEST), self.width()))
        left = max((self.width() - wide) // 2 if room < px(PAPER) else px(AROUND), 0)
        return QRect(left, px(18), wide, int(self.sheet.height))

    @property
    def prose_width(self) -> float:
        """How long the lines are."""
        return self.paper.width() - self.look.px(LEFT) - self.look.px(RIGHT)

    @property
    def origin(self) -> QPointF:
        """Where the sheet's own measures begin."""
        return QPointF(self.paper.left() + self.look.px(LEFT), self.paper.top())

    def sizeHint(self) -> QSize:
        """Return the room for the paper with ground around it."""
        return QSize(self.look.px(PAPER + 2 * AROUND), int(self.sheet.height))

    def minimumSizeHint(self) -> QSize:
        """Return that the page may be narrow."""
        return QSize(self.look.px(NARROWEST), self.minimumHeight())

    def box_of(self, guid: str) -> QRect:
        """Return where a block lies."""
        line = self.sheet.line_of(guid)
        return self.box(line) if line is not None else QRect()

    def box(self, line: Line) -> QRect:
        """Return where a line lies, as wide as the paper."""
        top = QPointF(0, line.top) + self.origin
        return QRect(self.paper.left(), int(top.y()), self.paper.width(), int(line.height) + 1)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paper, then the lines that can be seen, with both margins."""
        painter = QPainter(self)
        brush = Brush(painter, self.look)
        brush.box(self.paper, self.look.colour("paper"), self.look.colour("line"), 3)
        slack, top = self.look.px(30), self.origin.y()
        for line in self.sheet.between(event.rect().top() - top - slack, event.rect().bottom() - top + slack):
            self._draw(brush, line)
        painter.end()

    def _draw(self, brush: Brush, line: Line) -> None:
        painter = brush.painter
        if not isinstance(line, BlockLine):
            self._draw_title(painter, line)
            return
        guid = line.block.guid
        if guid == self.chosen:
            self._draw_chosen(painter, line)
        if guid != self.open:
            painter.save()
            painter.translate(self.origin)
            self.sheet.draw(painter, line, self.found.get(guid, ()))
            painter.restore()
        self._draw_margins(brush, line)
        if self.drop_at is not None and self.drop_at[0] == guid:
            painter.fillRect(self._caret_at(line, self.drop_at[1]), self.look.colour("accent"))

    def _draw_title(self, painter: QPainter, line: Line) -> None:
        painter.setFont(title_font(self.look, line.depth))
        painter.setPen(self.look.colour("ink"))
        box = QRectF(self.origin.x(), self.origin.y() + line.top, self.sheet.width, line.height)
        painter.drawText(box, int(Qt.TextFlag.TextWordWrap), line.section.title)
        if line.note:
            painter.setFont(self.look.font("statement", "serif"))
            painter.setPen(self.look.colour("text-3"))
            under = box.translated(0, line.height + self.look.px(4))
            painter.drawText(under, int(Qt.AlignmentFlag.AlignLeft), line.note)

    def _draw_chosen(self, painter: QPainter, line: BlockLine) -> None:
        box = self.box(line).adjusted(1, -self.look.px(4), -1, self.look.px(4))
        ground = self.look.colour("accent-soft")
        ground.setAlphaF(0.35)
        if self.open != line.block.guid:
            painter.fillRect(box, ground)
        strong = self.has_keys()
        tone = "accent" if strong else "accent-line"
        painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), self.look.colour(tone))

    def _draw_margins(self, brush: Brush, line: BlockLine) -> None:
        middle = self._margin_middle(line)
        if line.block.direction:
            shown = DIRECTIONS[line.block.direction]
            brush.icon(int(self.origin.x()) - self.look.px(38), middle, shown.icon, shown.tone)
        flag = self.flags.get(line.block.guid)
        if flag:
            left = int(self.origin.x() + self.sheet.width) + self.look.px(14)
            brush.icon(left, middle, "ph.warning-circle-fill", FLAGS[flag[0]])

    def _margin_middle(self, line: BlockLine) -> int:
        first = line.document.begin().layout().lineAt(0)
        height = first.height() if first.isValid() else self.look.px(22)
        return int(self.origin.y() + line.top + height / 2) + 1

    def _caret_at(self, line: BlockLine, place: int) -> QRect:
        at = prose.document_position(line.document, place)
        layout = line.document.findBlock(at).layout()
        row = layout.lineForTextPosition(at)
        left = self.origin.x() + self.sheet.left_of(line.block) + caret_x(row, at)
        top = self.origin.y() + line.top + row.y()
        return QRect(int(left), int(top), 2, int(row.height()))

    def margin_under(self, line: BlockLine, point: QPointF) -> str:
        """Return which mark in a margin is under a point: direction, flag or nothing."""
        if abs(point.y() - self._margin_middle(line)) > self.look.px(12):
            return ""
        left = self.origin.x()
        if left - self.look.px(46) < point.x() < left - self.look.px(14) and line.block.theme is not None:
            return "direction"
        right = left + self.sheet.width
        if right + self.look.px(8) < point.x() < right + self.look.px(38) and line.block.guid in self.flags:
            return "flag"
        return ""

    def told(self, line: BlockLine, side: str) -> str:
        """Return what a mark in a margin says."""
        if side == "flag":
            return self.flags[line.block.guid][1]
        direction = line.block.direction
        return DIRECTIONS[direction].word if direction else "No direction yet"
