"""A list of painted rows under headings: what is the same in all of them, for mouse and keyboard."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.table import NO_PARENT, ROW, Index


class HeadedModel(QAbstractListModel):
    """It shows rows under headings, and changes nothing; headings cannot be chosen."""

    def __init__(self, heading: type, spoken: Callable[[Any], str]) -> None:
        super().__init__()
        self.rows: tuple[Any, ...] = ()
        self.heading = heading
        self._spoken = spoken

    def show(self, rows: Sequence[Any]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def place_where(self, holds: Callable[[Any], bool]) -> int:
        """Return the place of the first row of which this holds, or -1."""
        return next((at for at, row in enumerate(self.rows) if holds(row)), -1)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that all but headings can be chosen."""
        if not index.isValid() or isinstance(self.rows[index.row()], self.heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row for the delegate, its words for a screen reader, or its tool tip."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and not isinstance(row, self.heading):
            return self.tip(row)
        return None

    def tip(self, _row: Any) -> str | None:
        """Return the tool tip of a row that is no heading."""
        return None


class HeadedDelegate(QStyledItemDelegate):
    """Draws headings and rows; those who inherit say how."""

    HEAD, LINE = 38, 47

    def __init__(self, look: Look, parent: QAbstractItemView) -> None:
        super().__init__(parent)  # the view does not own its delegate
        self.look = look

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a heading or of a row."""
        model = index.model()
        if not isinstance(model, HeadedModel):
            return QSize(100, self.look.px(self.LINE))
        return QSize(100, self.height_of(model.rows[index.row()], is_heading=_is_heading(model, index)))

    def height_of(self, _row: Any, *, is_heading: bool) -> int:
        """Return how high a row is."""
        return self.look.px(self.HEAD if is_heading else self.LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a heading, or a row with its ground, its bar and its ring."""
        model, row = index.model(), index.data(ROW)
        painter.save()
        brush = Brush(painter, self.look)
        if isinstance(model, HeadedModel) and _is_heading(model, index):
            self.draw_heading(brush, option.rect, row)
        elif row is not None:
            brush.row(option, bar=True)
            self.draw_row(brush, option, row)
            if option.state & QStyle.StateFlag.State_HasFocus:
                brush.box(option.rect.adjusted(1, 1, -1, -2), None, self.look.colour("accent"), 3)
        painter.restore()

    def draw_heading(self, brush: Brush, rect: QRect, head: Any) -> None:
        """Draw a heading."""
        raise NotImplementedError

    def draw_row(self, brush: Brush, option: QStyleOptionViewItem, row: Any) -> None:
        """Draw what a row says."""
        raise NotImplementedError


def _is_heading(model: HeadedModel, index: Index) -> bool:
    return isinstance(model.rows[index.row()], model.heading)


def is_chosen(option: QStyleOptionViewItem) -> bool:
    """Whether the row that is drawn is selected."""
    return bool(option.state & QStyle.StateFlag.State_Selected)


class HeadedList(QListView):
    """The view of such a list; Home goes to the first row, not to its heading."""

    menu_asked = Signal(object)
    """Where on the screen a menu for the current row was asked for, by mouse or key."""

    def __init__(self, look: Look, rows: HeadedModel, name: str) -> None:
        super().__init__()
        self._shows = False
        rows.setParent(self)
        self.setModel(rows)
        self._headed = rows
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        look.changed.connect(self._renew)

    def _renew(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def _ask_menu(self, point: QPoint) -> None:
        if self.current_row() is not None:
            self.menu_asked.emit(self.viewport().mapToGlobal(point))

    def current_row(self) -> Any:
        """Return the current row, or None."""
        at = self.currentIndex().row()
        return self._headed.rows[at] if 0 <= at < len(self._headed.rows) else None

    def go_to(self, at: int) -> bool:
        """Choose the row at a place and scroll to it; return whether there is one."""
        if at >= 0:
            self.setCurrentIndex(self._headed.index(at))
            self.scrollTo(self._headed.index(at))
        return at >= 0

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is current now, unless the rows are just being shown."""
        super().currentChanged(current, previous)
        if not self._shows:
            self.tell_current()

    def tell_current(self) -> None:
        """Tell which row is current."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home goes to the first row below the first heading; all else as in any list."""
        if event.key() == Qt.Key.Key_Home and len(self._headed.rows) > 1:
            self.setCurrentIndex(self._headed.index(1))  # Qt stops at the heading, which cannot be chosen
            self.scrollToTop()
        else:
            super().keyPressEvent(event)
