"""Draws the outline: fold mark, colour, name, number of citation anchors; and the field that renames."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from evidence_app.services.synthesis.overview import TreeLine
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, WRAP, Brush
from evidence_app.ui.themes.tree_model import line_of, place_of
from evidence_app.ui.widgets.table import ROW

Index = QModelIndex | QPersistentModelIndex
SWATCH = 11
NAME_LEFT = 36
COUNT_ROOM = 34


class TreeDelegate(QStyledItemDelegate):
    """Draws one line of the outline; names wrap."""

    renamed = Signal(object, str)
    """The `Place` of a theme, and the name typed."""

    def __init__(self, look: Look, view: QTreeView) -> None:
        super().__init__(view)
        self.look, self._view = look, view

    def _left(self, index: Index) -> int:
        return self._depth(index) * self._view.indentation()

    def _depth(self, index: Index) -> int:
        depth, parent = 0, index.parent()
        while parent.isValid():
            depth, parent = depth + 1, parent.parent()
        return depth

    def _role(self, index: Index) -> str:
        return "body" if index.parent().isValid() else "strong"

    def _name_width(self, index: Index) -> int:
        px = self.look.px
        whole = self._view.viewport().width()
        return max(px(60), whole - self._left(index) - px(NAME_LEFT) - px(COUNT_ROOM))

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the name."""
        px = self.look.px
        line = line_of(index)
        if line is None:
            return QSize(60, px(30) if index.row() == 0 else px(40))
        brush = Brush(QPainter(), self.look)
        height = brush.height(line.theme.name, self._name_width(index), self._role(index))
        return QSize(60, max(px(29), height + px(12)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line over the whole width of the view."""
        painter.save()
        brush = Brush(painter, self.look)
        row = index.data(ROW)
        whole = QRect(0, option.rect.top(), self._view.viewport().width(), option.rect.height())
        if isinstance(row, str):
            px = self.look.px
            spot = QRect(px(16), whole.bottom() - px(24), whole.width() - px(20), px(22))
            brush.text(spot, row, "caption", "text-3")
        elif isinstance(row, TreeLine):
            self._line(brush, option, index, row, whole)
        painter.restore()

    def _line(
        self, brush: Brush, option: QStyleOptionViewItem, index: Index, line: TreeLine, whole: QRect
    ) -> None:
        px, left = self.look.px, self._left(index)
        top = whole.top()
        self._ground(brush, option, whole.adjusted(px(6), 1, -px(6), -1))
        first = top + px(14)
        if line.children:
            mark = "ph.caret-down" if self._view.isExpanded(index) else "ph.caret-right"
            brush.icon(left + px(6), first + px(1), mark, "text-3", 10)
        if not index.parent().isValid() or line.place is None:
            spot = QRect(left + px(18), first - px(5), px(SWATCH), px(SWATCH))
            if line.place is None:
                brush.box(spot, None, self.look.colour("line-strong"), 3)
            else:
                brush.box(spot, self.look.theme(line.place), radius=3)
        name = QRect(left + px(NAME_LEFT), top + px(6), self._name_width(index), whole.height() - px(6))
        brush.text(name, line.theme.name, self._role(index), "text", WRAP)
        count = QRect(0, top + px(4), whole.width() - px(12), px(20))
        brush.text(count, str(line.anchors), "small", "text-3", RIGHT)

    def _ground(self, brush: Brush, option: QStyleOptionViewItem, rect: QRect) -> None:
        states = QStyle.StateFlag
        if option.state & states.State_Selected:
            ring = self.look.colour("accent") if option.state & states.State_HasFocus else None
            brush.box(rect, self.look.colour("accent-soft"), ring, 6)
        elif option.state & states.State_MouseOver:
            brush.box(rect, self.look.colour("pressed"), radius=6)

    # -- renaming where it stands

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field in which the name is typed."""
        field = QLineEdit(parent)
        field.setFont(self.look.font(self._role(index)))
        line = line_of(index)
        field.setAccessibleName(f"New name of {line.theme.name}" if line else "New name")
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the name as it is."""
        line = line_of(index)
        if isinstance(editor, QLineEdit) and line is not None:
            editor.setText(line.theme.name)
            editor.selectAll()

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Tell of the name typed; the project writes it and the outline is read again."""
        place = place_of(index)
        if isinstance(editor, QLineEdit) and place is not None:
            self.renamed.emit(place, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the field where the name stands."""
        px = self.look.px
        left = self._left(index) + px(NAME_LEFT) - px(9)
        width = self._view.viewport().width() - left - px(8)
        height = min(option.rect.height(), px(30))
        editor.setGeometry(QRect(left, option.rect.top(), width, max(height, editor.sizeHint().height())))

    def caret_holds(self, index: Index, x: int) -> bool:
        """Return whether a press at x folds or unfolds the line."""
        line = line_of(index)
        left = self._left(index)
        return bool(line and line.children) and left <= x < left + self.look.px(17)
