"""The works the citation picker offers: their list and how it is drawn."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidence_app.domain.edit import counted
from evidence_app.services.synthesis.picking import Candidate, emphasised
from evidence_app.ui.carried import REFERENCES, carrying
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
WORK: Final = Qt.ItemDataRole.UserRole
ROW: Final = 42


class WorksModel(QAbstractListModel):
    """Read-only: the works offered."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.works: Sequence[Candidate] = ()
        self.words = ""

    def show(self, works: Sequence[Candidate], words: str) -> None:
        """Offer these works for these words."""
        self.beginResetModel()
        self.works, self.words = works, words
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many works there are."""
        return 0 if parent.isValid() else len(self.works)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the label of a work, or the work for the delegate."""
        if not index.isValid() or not 0 <= index.row() < len(self.works):
            return None
        work = self.works[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return work.label
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            number = f"{work.number} " if work.number else ""
            return f"{number}{work.label}, {work.title}, cited {counted(work.cited, 'time')}"
        return work if role == WORK else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a work be chosen, and dragged into a sentence."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        """Return what a dragged work is."""
        return [REFERENCES]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the works that are dragged."""
        return carrying(REFERENCES, [self.works[index.row()].reference for index in indexes])


class WorkDelegate(QStyledItemDelegate):
    """Draws a work: number, name, title with the words found in it, how often it is cited."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(0, self._look.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one work."""
        painter.save()
        brush, px = Brush(painter, self._look), self._look.px
        area: QRect = option.rect.adjusted(px(4), 0, -px(4), 0)
        if option.state & QStyle.StateFlag.State_Selected:
            brush.box(area, self._look.colour("accent-soft"), radius=6)
        work: Candidate = index.data(WORK)
        number = QRect(area.left() + px(6), area.top() + px(5), px(26), px(17))
        brush.text(number, str(work.number or "new"), "small-strong", "accent")
        left, right = area.left() + px(38), px(58)
        first = QRect(left, area.top() + px(5), area.width() - px(38) - right, px(17))
        brush.text(first, work.label, "body")
        times = QRect(area.left(), area.top() + px(12), area.width() - px(8), px(17))
        told = "not yet" if not work.cited else "once" if work.cited == 1 else f"{work.cited} times"
        brush.text(times, told, "caption", "text-3", RIGHT)
        model = index.model()
        words = model.words if isinstance(model, WorksModel) else ""
        self._title(brush, QRect(left, area.top() + px(22), first.width(), px(15)), work.title, words)
        painter.restore()

    def _title(self, brush: Brush, area: QRect, title: str, words: str) -> None:
        """Draw the title from where the first word found in it can be seen."""
        pieces = emphasised(title, words)
        plain = QFontMetrics(self._look.font("caption"))
        ahead = pieces[0][0] if pieces and not pieces[0][1] and len(pieces) > 1 else ""
        if ahead and plain.horizontalAdvance(ahead) > area.width() * 0.6:
            kept = ahead[-24:]
            pieces[0] = ("… " + kept[kept.find(" ") + 1 :], False)
        x = area.left()
        for text, found in pieces:
            role = "small-strong" if found else "caption"
            font = self._look.font("caption")
            if found:
                font.setWeight(self._look.font(role).weight())
            room = area.right() - x
            metrics = QFontMetrics(font)
            if room <= metrics.averageCharWidth():
                break
            brush.painter.setFont(font)
            brush.painter.setPen(self._look.colour("text" if found else "text-2"))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            brush.painter.drawText(
                QRect(x, area.top(), room + 2, area.height()), int(Qt.AlignmentFlag.AlignVCenter), shown
            )
            x += metrics.horizontalAdvance(text)
