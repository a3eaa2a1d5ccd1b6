"""What a rule found: works, passages or themes, as high as they are, so that the inspector scrolls as one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from evidence_app.services.checks.overview import FoundLine
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, WRAP, Brush
from evidence_app.ui.widgets.table import NO_PARENT, ROW, Index

NUMBER, ACT = 34, 66
MOST = 100
"""Results laid out at once; the rest follows on demand."""


class FoundModel(QAbstractListModel):
    """It shows results and changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[FoundLine, ...] = ()

    def show(self, lines: Sequence[FoundLine]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many results there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the result for the delegate, or its words for a screen reader."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == ROW:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.number} {line.label}. {line.waived_words or line.said}".strip()
        return None


class FoundDelegate(QStyledItemDelegate):
    """Draws one result: number, name, what is said of it; a waived one quiet, with its reason."""

    def __init__(self, look: Look, parent: QAbstractItemView) -> None:
        super().__init__(parent)  # the view does not own its delegate
        self._view = parent
        self.look = look

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height name and words need."""
        line, px = index.data(ROW), self.look.px
        words = self._words(QRect(0, 0, self._view.viewport().width(), 0), line)
        said = Brush(QPainter(), self.look).height(_second(line), words.width(), "caption")
        return QSize(100, px(6 + 18) + said + px(8))

    def _words(self, rect: QRect, line: FoundLine) -> QRect:
        px = self.look.px
        left = px(4) + (px(NUMBER) if _has_number(line) else 0)
        return rect.adjusted(left, px(6), -px(ACT), 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        painter.save()
        brush, line, px = Brush(painter, self.look), index.data(ROW), self.look.px
        rect: QRect = option.rect
        focused = self._view.hasFocus()
        if focused or not option.state & QStyle.StateFlag.State_Selected:
            brush.row(option)
        else:
            brush.hairline(rect)
        words = self._words(rect, line)
        first = QRect(words.left(), words.top(), words.width(), px(18))
        name = line.label if _has_number(line) or not line.number else f"{line.number}: {line.label}"
        if _has_number(line):
            number = QRect(rect.left() + px(4), first.top(), px(NUMBER), px(18))
            brush.text(number, line.number, "small-strong", "text-3" if line.is_waived else "accent")
        brush.text(first, name, "body", "text-3" if line.is_waived else "text")
        below = QRect(words.left(), first.bottom() + 1, words.width(), rect.height())
        brush.text(below, _second(line), "caption", "text-3", WRAP | Qt.AlignmentFlag.AlignTop)
        self._act(brush, option, line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            brush.box(rect.adjusted(1, 1, -1, -2), None, self.look.colour("accent"), 3)
        painter.restore()

    def _act(self, brush: Brush, option: QStyleOptionViewItem, line: FoundLine) -> None:
        rect: QRect = option.rect
        act = act_of(line)
        over = bool(option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus))
        spot = rect.adjusted(0, 0, -self.look.px(6), 0)
        brush.text(spot, act, "small", "accent" if over else "text-2", RIGHT)


def act_of(line: FoundLine) -> str:
    """Return what Enter does to a result, in a word."""
    if line.is_waived:
        return "Take back"
    return "Open" if line.places else ""


def _second(line: FoundLine) -> str:
    return line.waived_words or line.said


def _has_number(line: FoundLine) -> bool:
    return line.number.isdigit() and len(line.number) <= 4


class FoundList(QListView):
    """The results of a rule, as high as they are. Enter does what is written at the right.

    A rule can find something in every reference, so only so many are laid out at once."""

    opened = Signal(object)
    """The line whose act was pressed or entered."""
    left = Signal()
    menu_asked = Signal(object)
    """Where a menu was asked for."""
    current_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pressed: FoundLine | None = None
        self._lines: tuple[FoundLine, ...] = ()
        self._most = MOST
        self.rows = FoundModel()
        self.rows.setParent(self)
        self.setModel(self.rows)
        self.setItemDelegate(FoundDelegate(look, self))
        self.setAccessibleName("What the rule found")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        look.changed.connect(self._renew)

    def _renew(self) -> None:
        self.scheduleDelayedItemsLayout()
        self._fit()

    @property
    def left_out(self) -> int:
        """How many more there are than are shown."""
        return len(self._lines) - len(self.rows.lines)

    def show_more(self) -> None:
        """Show some more of them."""
        self._most += MOST
        self.show_lines(self._lines)

    def show_anew(self, lines: Sequence[FoundLine]) -> None:
        """Show the results of another rule, from the first on."""
        self._most = MOST
        self.show_lines(lines)

    def show_lines(self, lines: Sequence[FoundLine]) -> None:
        """Show these results; the current one stays where it is still there."""
        line = self.current()
        kept = (line.result.rule, line.result.subject) if line else None
        self._lines = tuple(lines)
        self.rows.show(self._lines[: self._most])
        shown = enumerate(self.rows.lines)
        at = next((at for at, each in shown if (each.result.rule, each.result.subject) == kept), 0)
        if lines:
            self.setCurrentIndex(self.rows.index(at))
        self._fit()
        self.current_changed.emit()

    def current(self) -> FoundLine | None:
        """Return the result that is chosen."""
        at = self.currentIndex().row()
        return self.rows.lines[at] if 0 <= at < len(self.rows.lines) else None

    def selected(self) -> list[FoundLine]:
        """Return the results that are selected, in the order shown."""
        return [self.rows.lines[at] for at in sorted(index.row() for index in self.selectedIndexes())]

    def _fit(self) -> None:
        """Be as high as all rows."""
        heights = (self.sizeHintForRow(at) for at in range(len(self.rows.lines)))
        self.setFixedHeight(sum(heights) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower list is a higher one."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._renew()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Scroll the inspector to the current result."""
        super().currentChanged(current, previous)
        self.current_changed.emit()
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inner = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inner is not None and self.hasFocus():
            spot = self.mapTo(inner, self.visualRect(current).center())
            area.ensureVisible(spot.x(), spot.y(), 0, self._look.px(60))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do the act on Enter, go back to the rules on Left and Esc; all else moves the choice."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.opened.emit(self.current())
            case Qt.Key.Key_Left | Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Down if self.left_out and self.currentIndex().row() == len(self.rows.lines) - 1:
                self.show_more()
                super().keyPressEvent(event)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a result; the word at its right is pressed like a button."""
        super().mousePressEvent(event)
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        self._pressed = self._act_at(event.position().toPoint()) if plain else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what the word at the right says."""
        super().mouseReleaseEvent(event)
        line = self._act_at(event.position().toPoint())
        if line is not None and line is self._pressed:
            self.opened.emit(line)
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that the word at the right can be pressed."""
        super().mouseMoveEvent(event)
        over = self._act_at(event.position().toPoint()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a result that is not waived."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self.rows.lines[index.row()].is_waived:
            self.opened.emit(self.rows.lines[index.row()])

    def _act_at(self, point: QPoint) -> FoundLine | None:
        index = self.indexAt(point)
        if not index.isValid() or point.x() < self.viewport().width() - self._look.px(ACT):
            return None
        line = self.rows.lines[index.row()]
        return line if act_of(line) else None

    def _ask_menu(self, point: QPoint) -> None:
        if self.current() is not None:
            self.menu_asked.emit(self.viewport().mapToGlobal(point))
