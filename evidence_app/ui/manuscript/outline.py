"""The outline beside the page: sections, themes and topics with their citation anchors counted."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from evidence_app.domain.edit import counted
from evidence_app.services.synthesis.sections import OutlineLine
from evidence_app.ui.look import Look
from evidence_app.ui.manuscript.keys import claims_alt
from evidence_app.ui.paint import RIGHT, WRAP, Brush

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
LINE: Final = Qt.ItemDataRole.UserRole
_EDGE: Final = 16
_STEP: Final = 14
_ABOVE: Final = 5


class OutlineModel(QAbstractListModel):
    """Read-only: the lines of the outline."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: Sequence[OutlineLine] = ()
        self.names: Mapping[int, str] = {}
        self.places: Mapping[int, int] = {}

    def show(self, lines: Sequence[OutlineLine], names: Mapping[int, str], places: Mapping[int, int]) -> None:
        """Show these lines; `names` and `places` (in the order of colours) are those of themes."""
        self.beginResetModel()
        self.lines, self.names, self.places = lines, names, places
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def title(self, line: OutlineLine) -> str:
        """Return the words of a line."""
        return self.names.get(line.theme or 0, "") if line.inner else line.section.title

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a line, or the line itself for the delegate."""
        if not index.isValid() or not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.title(line)}, {counted(line.anchors, 'citation anchor')}"
        return line if role == LINE else None


class OutlineDelegate(QStyledItemDelegate):
    """Draws a line: its colour, its words by rank, its count."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the words; long names wrap."""
        width = self._width()
        brush = Brush(QPainter(), self._look)
        height = brush.height(index.data(), self._room(width, index)[1], self._role(index))
        return QSize(0, height + self._look.px(2 * _ABOVE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        painter.save()
        brush, px = Brush(painter, self._look), self._look.px
        brush.row(option, bar=True)
        area: QRect = option.rect
        if not option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(area, self._look.colour("sunken"))  # lines of an outline have no hairline
        left, width = self._room(self._width(), index)
        line: OutlineLine = index.data(LINE)
        model = index.model()
        if isinstance(model, OutlineModel) and self._coloured(line):
            brush.theme_dot(
                area.left() + left - px(18), area.top() + px(_ABOVE + 8), model.places.get(line.theme or 0, 9)
            )
        words = QRect(area.left() + left, area.top() + px(_ABOVE), width, area.height())
        brush.text(words, index.data(), self._role(index), "text", WRAP)
        count = QRect(area.left(), area.top() + px(_ABOVE), self._width() - px(_EDGE), px(17))
        brush.text(count, f"{line.anchors:,}", "small", "text-3", RIGHT)
        painter.restore()

    def _width(self) -> int:
        """Return the width of the list without its scroll bar, whether that is shown or not."""
        view = self.parent()
        return view.width() - self._look.size("scroll-bar") if isinstance(view, QListView) else 0

    def _room(self, width: int, index: Index) -> tuple[int, int]:
        line: OutlineLine = index.data(LINE)
        left = self._look.px(_EDGE + _STEP * line.depth + (18 if self._coloured(line) else 0))
        return left, max(width - left - self._look.px(_EDGE + 26), self._look.px(60))

    @staticmethod
    def _coloured(line: OutlineLine) -> bool:
        return line.theme is not None and (line.inner or line.depth <= 1)

    @staticmethod
    def _role(index: Index) -> str:
        line: OutlineLine = index.data(LINE)
        return "strong" if line.depth == 0 else "body"


class Outline(QListView):
    """The outline: choosing a line goes there; the keys and the menu reorder, rename and remove sections."""

    went = Signal(object)
    """The line that was chosen by the user."""
    opened = Signal(object)
    """The line that was entered: writing goes on there."""
    asked = Signal(str, object)
    """An act on a section: rename, up, down, deeper, higher, remove, add."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._quiet = False
        self._model = OutlineModel(self)
        self.setModel(self._model)
        self.setItemDelegate(OutlineDelegate(look, self))
        self.setAccessibleName("Outline")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.setProperty("ground", "sunken")
        look.changed.connect(self.doItemsLayout)

    def show_lines(
        self, lines: Sequence[OutlineLine], names: Mapping[int, str], places: Mapping[int, int]
    ) -> None:
        """Show these lines; the chosen one stays chosen."""
        if (lines, names, places) == (self._model.lines, self._model.names, self._model.places):
            return
        chosen, top = self.line(), self.verticalScrollBar().value()
        self._quiet = True
        self._model.show(lines, names, places)
        if chosen is not None:
            self.mark(chosen.section.id, chosen.theme if chosen.inner else None)
        self.verticalScrollBar().setValue(top)
        self._quiet = False

    def line(self) -> OutlineLine | None:
        """Return the chosen line."""
        found: OutlineLine | None = self.currentIndex().data(LINE)
        return found

    def mark(self, section: int, theme: int | None) -> None:
        """Show where the page is: the line of a theme in a section, else of the section."""
        best = -1
        for row, line in enumerate(self._model.lines):
            if line.section.id == section and (not line.inner or line.theme == theme):
                best = row
        if best >= 0 and best != self.currentIndex().row():
            quiet, self._quiet = self._quiet, True
            self.setCurrentIndex(self._model.index(best))
            self._quiet = quiet

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Go where the user chose to go."""
        super().currentChanged(current, previous)
        line = current.data(LINE)
        if not self._quiet and line is not None:
            self.went.emit(line)

    def mousePressEvent(self, event: Any) -> None:
        """Go to a line again when it is pressed again."""
        before = self.currentIndex()
        super().mousePressEvent(event)
        if before == self.currentIndex() and self.line() is not None:
            self.went.emit(self.line())

    def event(self, event: QEvent) -> bool:
        """Claim Alt with the arrow keys: here they move the section, not the block."""
        return claims_alt(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter a section, rename it, or put it elsewhere."""
        keys = Qt.Key
        line = self.line()
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        moves = {keys.Key_Up: "up", keys.Key_Down: "down", keys.Key_Left: "higher", keys.Key_Right: "deeper"}
        acts = {keys.Key_F2: "rename", keys.Key_Delete: "remove", keys.Key_Insert: "add"}
        act = moves.get(keys(event.key())) if alt else acts.get(keys(event.key()))
        if line is not None and event.key() in (keys.Key_Return, keys.Key_Enter):
            self.opened.emit(line)
        elif line is not None and act:
            self.asked.emit(act, line.section)
        else:
            super().keyPressEvent(event)

    def _menu(self, at: QPoint) -> None:
        line: OutlineLine | None = self.indexAt(at).data(LINE)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if line is not None:
            for act, words in SECTION_ACTS:
                menu.addAction(words).setData((act, line.section))
            menu.triggered.connect(self._act)
            menu.popup(self.viewport().mapToGlobal(at))

    def _act(self, action: Any) -> None:
        act, section = action.data()
        self.asked.emit(act, section)


SECTION_ACTS: Final = (
    ("rename", "Rename…\tF2"), ("add", "New section after it…\tIns"), ("up", "Move up\tAlt+Up"),
    ("down", "Move down\tAlt+Down"), ("deeper", "Put under the section before\tAlt+Right"),
    ("higher", "Put beside the section above\tAlt+Left"), ("remove", "Remove…\tDel"),
)  # fmt: skip
