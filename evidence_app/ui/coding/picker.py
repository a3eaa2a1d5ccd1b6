"""The code picker under a selection: type a few letters, Enter gives the code; a likeness is pointed out."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from evidence_app.domain.coding import CodeCount, PlacedCode
from evidence_app.services.coding.similar_codes import found_codes, similar_code
from evidence_app.ui.coding.shown import CodeBook
from evidence_app.ui.look import Look
from evidence_app.ui.pages.hues import hue_colour
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.widgets.laying import across, down, framed
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import NO_PARENT, ROW, Index

WIDTH = 320
LINES = 7


class _Found(QAbstractListModel):
    """The codes found."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.codes: list[PlacedCode] = []

    def show(self, codes: Sequence[PlacedCode]) -> None:
        self.beginResetModel()
        self.codes = list(codes)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.codes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.codes):
            return None
        code = self.codes[index.row()]
        if role == ROW:
            return code
        return code.full_name if role == Qt.ItemDataRole.DisplayRole else None


class _Delegate(QStyledItemDelegate):
    """Draws colour, name with its branch, and how often the code is used."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self.hues: Mapping[int, int | str] = {}
        self.counts: Mapping[int, CodeCount] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._look.px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        placed = index.data(ROW)
        if not isinstance(placed, PlacedCode):
            return
        painter.save()
        brush, px, rect = Brush(painter, self._look), self._look.px, option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._look.colour("accent-soft"))
        side = px(10)
        spot = rect.adjusted(px(12), (rect.height() - side) // 2, 0, 0)
        spot.setSize(QSize(side, side))
        brush.box(spot, hue_colour(self._look, self.hues.get(placed.code.id)), radius=3)
        count = self.counts.get(placed.code.id)
        brush.text(
            rect.adjusted(0, 0, -px(12), 0), str(count.quotations if count else 0), "small", "text-3", RIGHT
        )
        name = rect.adjusted(px(30), 0, -px(40), 0)
        brush.text(name, placed.code.name)
        left = name.left() + brush.width(placed.code.name) + px(8)
        if len(placed.path) > 1 and left < name.right() - px(30):
            branch = name.adjusted(left - name.left(), 0, 0, 0)
            brush.text(branch, " / ".join(placed.path[:-1]), "small", "text-3")
        painter.restore()


class Picker(QFrame):
    """A small panel over the canvas. It gives no code by itself; it tells which one was picked."""

    picked = Signal(object)
    """The `PlacedCode`."""
    new_asked = Signal(str)
    vivo_asked = Signal()
    closed = Signal()

    def __init__(self, parts: Parts, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = parts.look
        self._over = parent
        self._place = QPoint()
        self._book = CodeBook()
        self._recent: tuple[int, ...] = ()
        self.setObjectName("panel")
        self.setAccessibleName("Code picker")
        self.field = QLineEdit()
        self.field.setAccessibleName("Code to give")
        self.field.setPlaceholderText("Type a few letters of a code")
        self.field.setFrame(False)
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self._found = _Found(self)
        self.list = QListView()
        self.list.setModel(self._found)
        self.list.setAccessibleName("Codes found")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = _Delegate(parts.look, self)
        self.list.setItemDelegate(self._delegate)
        self.list.clicked.connect(self._clicked)
        self._likeness = parts.note("", wrap=True)
        self._new = parts.line("", "small", "text-2")
        icon = parts.icon("ph.tag", "accent")
        head = across(icon, gap=8, edge=(12, 6, 10, 6))
        head.addWidget(self.field, 1)
        head.addWidget(parts.key("Enter"))
        self._wide = parts.key("Ctrl+Enter")
        foot = across(self._wide, gap=8, edge=(10, 6, 10, 6))
        foot.addWidget(self._new, 1)
        foot.addWidget(parts.key("Alt+Enter"))
        foot.addWidget(parts.label("in vivo", "small", "text-2"))
        column = down(head, parts.rule(), gap=0)
        column.addWidget(self.list, 1)
        self._warning = framed(across(self._likeness, edge=(12, 4, 12, 4)), "", "")
        column.addWidget(self._warning)
        column.addWidget(parts.rule())
        column.addLayout(foot)
        self.setLayout(column)
        self.hide()

    def from_canvas(self, canvas: QAbstractScrollArea, at: QPoint) -> QPoint:
        """Return a point of a canvas as one of what the picker lies over."""
        return canvas.viewport().mapTo(self._over, at)

    def open(self, book: CodeBook, recent: Sequence[int], at: QPoint, typed: str = "") -> None:
        """Open under a point of the canvas, or above it where there is no room below."""
        self._book, self._recent = book, tuple(recent)
        self._delegate.hues, self._delegate.counts = book.hues, book.counts
        self.field.setText(typed)
        self._find(typed)
        parent, px = self._over, self._look.px
        width = min(px(WIDTH), parent.width() - px(16))
        x = min(max(at.x(), px(8)), parent.width() - width - px(8))
        self._place = QPoint(x, at.y())
        self.setFixedWidth(width)
        self._fit()
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.deselect()
        self.field.end(False)

    def _fit(self) -> None:
        """Be as high as there are codes, below the point or above it where there is no room."""
        px, at = self._look.px, self._place
        lines = min(max(len(self._found.codes), 1), LINES)
        self.list.setFixedHeight(px(28) * lines)
        height = min(self.sizeHint().height(), self._over.height() - px(16))
        below = at.y() + px(8)
        y = below if below + height < self._over.height() else max(px(8), at.y() - height - px(34))
        self.setGeometry(at.x(), y, self.width(), height)

    def close_picker(self) -> None:
        """Close without giving a code."""
        self.hide()
        self.closed.emit()

    def _find(self, typed: str) -> None:
        found = found_codes(self._book.tree, typed, self._recent)
        self._found.show(found)
        if found:
            self.list.setCurrentIndex(self._found.index(0, 0))
        name = " ".join(typed.split())
        like = similar_code(self._book.tree, name) if name else None
        self._likeness.setText(f"“{like.full_name}” is nearly the same." if like else "")
        exact = like is not None and like.code.name.casefold() == name.casefold()
        self._warning.setVisible(like is not None and not exact)
        words = f"New code “{name}”" if name else "New code"
        metrics = QFontMetrics(self._look.font("small"))
        self._fit()
        self._new.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, self._look.px(150)))

    def current(self) -> PlacedCode | None:
        """Return the code that Enter would give."""
        row = self.list.currentIndex().row()
        return self._found.codes[row] if 0 <= row < len(self._found.codes) else None

    @property
    def likeness(self) -> str:
        """What is said of a code that is nearly the same as what is typed."""
        return self._likeness.text()

    def _clicked(self, index: QModelIndex) -> None:
        self._pick(self._found.codes[index.row()])

    def _pick(self, placed: PlacedCode | None) -> None:
        if placed is not None:
            self.hide()
            self.picked.emit(placed)
        elif self.field.text().strip():
            self._ask_new()

    def _ask_new(self) -> None:
        name = self.field.text()
        self.hide()
        self.new_asked.emit(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go through the list, give, make new, or close, from the field."""
        if watched is not self.field:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if held & Qt.KeyboardModifier.ControlModifier:
                self._ask_new()
            elif held & Qt.KeyboardModifier.AltModifier:
                self.hide()
                self.vivo_asked.emit()
            else:
                self._pick(self.current())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            row = self.list.currentIndex().row() + (1 if key == Qt.Key.Key_Down else -1)
            if 0 <= row < len(self._found.codes):
                self.list.setCurrentIndex(self._found.index(row, 0))
        elif key == Qt.Key.Key_Escape:
            self.close_picker()
        else:
            return False
        return True
