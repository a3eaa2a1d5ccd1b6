"""The look at every place before words are replaced: each can be left out, all of it is one undo."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Block
from evidence_app.services.synthesis.finding import Occurrence, around, in_place_of
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

PLACE: Final = Qt.ItemDataRole.UserRole
_HIGH: Final = 48
_LEFT: Final = 48


class Shown(NamedTuple):
    """What stands before a place, there now, there then, and behind it."""

    before: str
    now: str
    then: str
    behind: str


class PlaceDelegate(QStyledItemDelegate):
    """Draws a tick, the words as they are, and below them as they will be."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of two lines."""
        return QSize(0, self._look.px(_HIGH))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one place."""
        painter.save()
        brush, px, area = Brush(painter, self._look), self._look.px, option.rect
        brush.row(option)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        self._tick(brush, QRect(area.left() + px(24), area.top() + px(16), px(16), px(16)), ticked=ticked)
        shown: Shown = index.data(PLACE)
        line = QRect(area.left() + px(_LEFT), area.top() + px(5), area.width() - px(_LEFT + 12), px(18))
        self._line(brush, line, (shown.before, shown.now, shown.behind), "diff-mine", "text-2")
        line.translate(0, px(20))
        tone = "text" if ticked else "text-3"
        if ticked:
            self._line(brush, line, (shown.before, shown.then, shown.behind), "diff-theirs", tone)
        else:
            brush.text(line, "stays as it is", "body", tone)
        painter.restore()

    def _tick(self, brush: Brush, box: QRect, *, ticked: bool) -> None:
        fill = self._look.colour("accent-fill" if ticked else "surface")
        brush.box(box, fill, None if ticked else self._look.colour("line-control"), 4)
        if ticked:
            brush.icon(box.left() + self._look.px(2), box.center().y() + 1, "ph.check", "on-accent", 12)

    def _line(self, brush: Brush, line: QRect, words: tuple[str, str, str], ground: str, tone: str) -> None:
        x = line.left()
        for at, piece in enumerate(words):
            width = min(brush.width(piece), line.right() - x)
            spot = QRect(x, line.top(), max(width, 0), line.height())
            if at == 1 and piece:
                brush.painter.fillRect(spot, self._look.colour(ground))
            brush.text(spot.adjusted(0, 0, 2, 0), piece, "body", tone)
            x += width


class ReplaceDialog(PanelDialog):
    """Lists the places with what stands there now and what will."""

    def __init__(
        self, parts: Parts, blocks: Mapping[str, Block], places: Sequence[Occurrence], by: str, *,
        capitals: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        found = [around(blocks[place.block], place) for place in places]
        words = found[-1][1] if found else ""
        super().__init__(
            parts, f"Replace “{words}” by {f'“{by}”' if by else 'nothing'}",
            "Untick what is to stay. All of it is one step to take back.", size=(700, 540), parent=parent,
        )  # fmt: skip
        self.setWindowTitle("Replace words")
        self._places = places
        self.list = QListWidget()
        self.list.setAccessibleName("Places")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(PlaceDelegate(parts.look, self.list))
        for before, now, behind in found:
            self._add(Shown(before, now, in_place_of(now, by, capitals=capitals), behind))
        self.list.itemChanged.connect(self._count)
        self.list.itemClicked.connect(self._turn)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put(self.list, share=1)
        self._act = parts.button("", "primary", act=self.accept)
        self.hint((("Space", "tick"),))
        self.offer(parts.button("Cancel", "plain", act=self.reject), self._act)
        self._count()

    def _add(self, shown: Shown) -> None:
        line = QListWidgetItem(f"{shown.before}{shown.then}{shown.behind}")
        line.setData(PLACE, shown)
        line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        line.setCheckState(Qt.CheckState.Checked)
        self.list.addItem(line)

    @property
    def chosen(self) -> list[Occurrence]:
        """The places that are ticked."""
        return [
            place
            for at, place in enumerate(self._places)
            if self.list.item(at).checkState() is Qt.CheckState.Checked
        ]

    def _turn(self, line: QListWidgetItem) -> None:
        states = Qt.CheckState
        line.setCheckState(states.Unchecked if line.checkState() is states.Checked else states.Checked)

    def _count(self) -> None:
        number = len(self.chosen)
        self._act.rename(f"Replace {counted(number, 'place')}")
        self._act.setEnabled(bool(number))
