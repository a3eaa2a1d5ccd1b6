"""The outline of the themes: chosen, renamed, moved and put in order, by mouse and by keyboard."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QTreeView

from evidence_app.services.synthesis.outlining import Spot
from evidence_app.services.synthesis.overview import TreeGroup
from evidence_app.ui.carried import FINDINGS, THEME, begin_drag, carried
from evidence_app.ui.look import Look
from evidence_app.ui.themes.tree_delegate import TreeDelegate
from evidence_app.ui.themes.tree_model import Index, Place, TreeModel, carried_place, line_of, place_of
from evidence_app.ui.widgets.menus import menu_spot

ALT = Qt.KeyboardModifier.AltModifier
ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class Dropped(NamedTuple):
    """A theme dragged from one place of the outline to another; `also` keeps the old place."""

    place: Place
    spot: Spot
    also: bool


class ThemeTree(QTreeView):
    """The outline: groups, themes with their colours and counts, topics below them."""

    chosen = Signal(object)
    """The `Place` of the current theme, or None."""
    entered = Signal()
    """Enter on a theme: go to its findings."""
    renamed = Signal(object, str)
    removed = Signal()
    nudged = Signal(object)
    """The arrow pressed with Alt."""
    dropped = Signal(object)
    findings_dropped = Signal(object, object)
    """Row ids of findings, and the theme they were dropped on."""
    menu_asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shows = False
        self.lines = TreeModel(self)
        self.setModel(self.lines)
        self._delegate = TreeDelegate(look, self)
        self._delegate.renamed.connect(self.renamed)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Themes")
        self.setProperty("ground", "sunken")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self._renew()
        look.changed.connect(self._renew)

    def _renew(self) -> None:
        self.setIndentation(self._look.px(12))
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    # -- what is shown

    def show_groups(self, groups: Sequence[TreeGroup]) -> None:
        """Show the outline; what was unfolded, chosen and on top stays so."""
        unfolded = {place for place, index in self.lines.places() if self.isExpanded(index)}
        current = self.current()
        top = self.verticalScrollBar().value()
        self._shows = True
        self.lines.show(groups)
        for place, index in self.lines.places():
            if place in unfolded:
                self.setExpanded(index, True)
        if current is not None:
            self.setCurrentIndex(self.lines.index_of(*current))
        self._shows = False
        self.verticalScrollBar().setValue(top)

    def current(self) -> Place | None:
        """Return the current theme at its place."""
        return place_of(self.currentIndex())

    def choose(self, theme: int, parent: int | None = None, *, quietly: bool = False) -> bool:
        """Choose a theme, unfold the way to it and scroll there; return False where it is not."""
        index = self.lines.index_of(theme, parent)
        if not index.isValid():
            return False
        self._shows = quietly
        above = index.parent()
        while above.isValid():
            self.setExpanded(above, True)
            above = above.parent()
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._shows = False
        self.scrollTo(index)
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which theme is current now, and unfold it."""
        super().currentChanged(current, previous)
        if not self._shows and current.isValid():
            self.setExpanded(current, True)
            self.chosen.emit(place_of(current))

    def rename(self) -> None:
        """Open the field in which the current theme is renamed."""
        if line_of(self.currentIndex()) is not None:
            self.edit(self.currentIndex())

    # -- painting: the delegate draws the whole width, the style nothing

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a line without the grounds the style would give it."""
        states = QStyle.StateFlag
        chosen = self.selectionModel().isSelected(index)
        drawn = QStyleOptionViewItem(option)
        drawn.state = states.State_Enabled
        if chosen:
            drawn.state |= states.State_Selected
        if index == self.currentIndex() and self.hasFocus():
            drawn.state |= states.State_HasFocus
        if self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())) == index:
            drawn.state |= states.State_MouseOver
        self._delegate.paint(painter, drawn, index)

    def drawBranches(self, _painter: QPainter, _rect: QRect, _index: Index) -> None:
        """Draw none: the delegate draws the fold mark."""

    # -- keys and mouse

    def event(self, event: QEvent) -> bool:
        """Keep Alt with the arrows, which is Back elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in ARROWS and event.modifiers() & ALT and self.current() is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and the arrows, remove with Delete, go to the findings with Enter."""
        key = Qt.Key(event.key())
        editing = self.state() == QAbstractItemView.State.EditingState
        if self.current() is None or editing:
            super().keyPressEvent(event)
        elif key in ARROWS and event.modifiers() & ALT:
            self.nudged.emit(key)
        elif key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the acts on the theme."""
        self.menu_asked.emit(menu_spot(self, event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold at the mark; elsewhere choose."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        if index.isValid() and self._delegate.caret_holds(index, point.x()):
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)

    # -- dragging and dropping

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the current theme."""
        line = line_of(self.currentIndex())
        if line is not None:
            begin_drag(self, self._look, self.lines.mimeData([self.currentIndex()]), line.theme.name)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped where; the project moves it."""
        index = self.indexAt(event.position().toPoint())
        line = line_of(index)
        mime = event.mimeData()
        where = self.dropIndicatorPosition()
        event.setDropAction(Qt.DropAction.CopyAction)  # nothing is taken out of the model by Qt
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
        if line is None:
            return
        if mime.hasFormat(FINDINGS):
            self.findings_dropped.emit(carried(mime, FINDINGS), line.theme.id)
        elif mime.hasFormat(THEME) and (place := carried_place(mime)) is not None:
            also = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.dropped.emit(Dropped(place, self._spot(index, where), also))

    def _spot(self, index: QModelIndex, where: QAbstractItemView.DropIndicatorPosition) -> Spot:
        line = line_of(index)
        assert line is not None
        ways = QAbstractItemView.DropIndicatorPosition
        if where == ways.AboveItem:
            return Spot(line.parent, line.theme.id)
        if where == ways.BelowItem:
            following = (
                line_of(index.siblingAtRow(index.row() + 1))
                if index.siblingAtRow(index.row() + 1).isValid()
                else None
            )
            return Spot(
                line.parent, following.theme.id if following and following.parent == line.parent else None
            )
        return Spot(line.theme.id)
