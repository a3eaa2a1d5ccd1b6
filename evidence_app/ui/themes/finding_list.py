"""The list of review findings: chosen, directed, moved and cited on, by mouse and by keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QToolTip

from evidence_app.domain.manuscript import Direction
from evidence_app.services.synthesis.overview import FindingLine, ShownWork, TopicHead
from evidence_app.ui.carried import (
    CITATION,
    FINDINGS,
    REFERENCES,
    begin_drag,
    carried,
    carried_citation,
    load,
)
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.themes.finding_delegate import FindingDelegate
from evidence_app.ui.themes.finding_layout import ChipPlace
from evidence_app.ui.themes.finding_model import FindingModel, Index, Row
from evidence_app.ui.themes.landing import Carried, Landing, settled_at
from evidence_app.ui.widgets.menus import menu_spot

SCROLL_EDGE = 28
SCROLL_STEP = 18
DIRECTION_KEYS = {
    Qt.Key.Key_1: Direction.BARRIER, Qt.Key.Key_2: Direction.ENABLER, Qt.Key.Key_3: Direction.BOTH,
    Qt.Key.Key_4: Direction.SOLUTION, Qt.Key.Key_5: Direction.GAP, Qt.Key.Key_6: Direction.NEITHER,
    Qt.Key.Key_0: None,
}  # fmt: skip
"""Which digit gives which direction; 0 takes it away."""


class FindingList(QListView):
    """Review findings under the headings of their topics."""

    chosen = Signal(object)
    """The row id of the current finding, or None."""
    reference_opened = Signal(object)
    work_taken = Signal(object)
    """The `ShownWork` whose chip was deleted."""
    reworded = Signal()
    deleted = Signal()
    directed = Signal(object)
    nudged = Signal(object)
    cited = Signal(object)
    settled = Signal(object)
    menu_asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pressed: ShownWork | None = None
        self._landing: Landing | None = None
        self._shows = False
        self.rows = FindingModel()
        self.rows.setParent(self)
        self._delegate = FindingDelegate(look, self)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Review findings")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        look.changed.connect(self._renew)

    def _renew(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the rows for the new width at once, not after Qt's tenth of a second."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    # -- what is shown

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; what was chosen and on top stays so where it is still there."""
        if self.rows.renew(rows):
            self.scheduleDelayedItemsLayout()
            return
        current, selected = self.current_block(), self.selected_blocks()
        top = self.verticalScrollBar().value()
        self._shows = True
        self.rows.show(rows)
        self._shows = False
        if self.rows.place_of_block(current) >= 0:
            self.select(current, also=selected, scroll=False)
            self.doItemsLayout()
            self.verticalScrollBar().setValue(top)
        self.viewport().update()

    def select(self, block: int | None, also: Sequence[int] = (), *, scroll: bool = True) -> None:
        """Choose the finding of this row id; `also` are selected with it."""
        at = self.rows.place_of_block(block)
        if at < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        selection = self.selectionModel()
        if selection.currentIndex().row() != at or not also:
            self.setCurrentIndex(self.rows.index(at))
        for other in also:
            place = self.rows.place_of_block(other)
            if place >= 0:
                selection.select(self.rows.index(place), selection.SelectionFlag.Select)
        if scroll:
            self.scrollTo(self.rows.index(at))

    def show_topic(self, theme: int) -> None:
        """Scroll to the heading of a topic."""
        at = self.rows.place_of_topic(theme)
        if at >= 0:
            self.doItemsLayout()
            self.scrollTo(self.rows.index(at), QAbstractItemView.ScrollHint.PositionAtTop)
        else:
            self.scrollToTop()

    def line(self) -> FindingLine | None:
        """Return the current finding."""
        return self._line(self.currentIndex())

    def _line(self, index: Index) -> FindingLine | None:
        row = self.rows.rows[index.row()] if 0 <= index.row() < len(self.rows.rows) else None
        return row if isinstance(row, FindingLine) else None

    def current_block(self) -> int | None:
        """Return the row id of the current finding."""
        line = self.line()
        return line.block.id if line else None

    def selected_blocks(self) -> list[int]:
        """Return the row ids of the selected findings, in the order shown."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        found = [self.rows.rows[row] for row in rows]
        return [row.block.id for row in found if isinstance(row, FindingLine) and row.block.id is not None]

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which finding is current now."""
        super().currentChanged(current, previous)
        self._delegate.chip = None
        if not self._shows:
            self.chosen.emit(self.current_block())

    # -- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys of the list say; all else moves the choice."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        key = Qt.Key(event.key())
        if self.line() is None or not self._done(key, alt=alt):
            if (
                event.text().strip()
                and not alt
                and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            ):
                event.ignore()
                return
            super().keyPressEvent(event)

    def _done(self, key: Qt.Key, *, alt: bool) -> bool:
        match key:
            case Qt.Key.Key_Up | Qt.Key.Key_Down if alt:
                self.nudged.emit(-1 if key == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Left | Qt.Key.Key_Right if not alt:
                self._go_to_chip(-1 if key == Qt.Key.Key_Left else 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not alt:
                work = self.chip()
                if work is not None:
                    self.reference_opened.emit(work.reference)
                else:
                    self.reworded.emit()
            case Qt.Key.Key_F2:
                self.reworded.emit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._delete()
            case Qt.Key.Key_Escape if self._delegate.chip is not None:
                self._mark_chip(None)
            case _ if key in DIRECTION_KEYS and not alt:
                self.directed.emit(DIRECTION_KEYS[key])
            case _:
                return False
        return True

    def _delete(self) -> None:
        work = self.chip()
        if work is not None:
            self.work_taken.emit(work)
        else:
            self.deleted.emit()

    def _go_to_chip(self, step: int) -> None:
        line = self.line()
        if line is None or not line.works:
            return
        at = self._delegate.chip
        if at is None:
            self._mark_chip(0 if step > 0 else len(line.works) - 1)
        else:
            self._mark_chip(at + step if 0 <= at + step < len(line.works) else None)

    def _mark_chip(self, chip: int | None) -> None:
        self._delegate.chip = chip
        work = self.chip()
        self.setAccessibleDescription(f"{work.number} {work.label}, {work.role.value}" if work else "")
        self.update(self.currentIndex())

    def chip(self) -> ShownWork | None:
        """Return the work whose chip has the keyboard."""
        line, at = self.line(), self._delegate.chip
        return line.works[at] if line and at is not None and at < len(line.works) else None

    # -- the mouse

    def chip_at(self, point: QPoint) -> ChipPlace | None:
        """Return the chip under a point of the viewport."""
        index = self.indexAt(point)
        line = self._line(index)
        if line is None:
            return None
        rect = self.visualRect(index)
        places = self._delegate.places(line)
        here = point - rect.topLeft()
        return next((chip for chip in places.chips if chip.rect.contains(here)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a finding, and the chip that is pressed."""
        chip = self.chip_at(event.position().toPoint())
        self._pressed = chip.work if chip else None
        super().mousePressEvent(event)
        line = self.line()
        self._mark_chip(line.works.index(chip.work) if chip and line and chip.work in line.works else None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the acts on the finding."""
        self.menu_asked.emit(menu_spot(self, event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that chips can be pressed."""
        super().mouseMoveEvent(event)
        over = self.chip_at(event.position().toPoint()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the work of a chip; elsewhere reword the finding."""
        chip = self.chip_at(event.position().toPoint())
        if chip is not None:
            self.reference_opened.emit(chip.work.reference)
        elif self.line() is not None:
            self.reworded.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the title of the work under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            chip = self.chip_at(event.pos())
            if chip is not None:
                QToolTip.showText(event.globalPos(), f"{chip.work.label}\n{chip.work.title}", self)
                return True
        return super().viewportEvent(event)

    # -- dragging

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the chip that was pressed, or the selected findings."""
        mime, line = QMimeData(), self.line()
        if line is None:
            return
        if self._pressed is not None:
            load(mime, REFERENCES, [self._pressed.reference])
            load(mime, CITATION, [line.block.id, self._pressed.anchor])
            words = f"{self._pressed.number} {self._pressed.label}"
        else:
            chosen = self.selected_blocks()
            load(mime, FINDINGS, list(chosen))
            words = line.block.text if len(chosen) == 1 else f"{len(chosen)} review findings"
        begin_drag(self, self._look, mime, words)
        self._land(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take references and findings."""
        mime = event.mimeData()
        if mime.hasFormat(REFERENCES) or mime.hasFormat(FINDINGS):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the drop would go."""
        point = event.position().toPoint()
        self._scroll_near(point)
        findings = event.mimeData().hasFormat(FINDINGS)
        self._land(self._spot(point, between=findings))
        if self._landing is None:
            event.ignore()
        else:
            event.accept()

    def _scroll_near(self, point: QPoint) -> None:
        bar = self.verticalScrollBar()
        if point.y() < SCROLL_EDGE:
            bar.setValue(bar.value() - SCROLL_STEP)
        elif point.y() > self.viewport().height() - SCROLL_EDGE:
            bar.setValue(bar.value() + SCROLL_STEP)

    def _spot(self, point: QPoint, *, between: bool) -> Landing | None:
        index = self.indexAt(point)
        if not index.isValid():
            return Landing(len(self.rows.rows) - 1, "behind") if between and self.rows.rows else None
        row = self.rows.rows[index.row()]
        if isinstance(row, TopicHead):
            return Landing(index.row(), "under") if between else None
        if not between:
            return Landing(index.row(), "on")
        middle = self.visualRect(index).center().y()
        return Landing(index.row(), "before" if point.y() < middle else "behind")

    def _land(self, landing: Landing | None) -> None:
        if landing != self._landing:
            self._landing = landing
            self.viewport().update()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Nothing would be dropped here any more."""
        self._land(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Cite what was dropped on a finding; put findings where they were dropped."""
        landing, mime = self._landing, event.mimeData()
        self._land(None)
        if landing is None:
            return
        event.accept()
        row = self.rows.rows[landing.row]
        if mime.hasFormat(FINDINGS):
            self.settled.emit(settled_at(tuple(carried(mime, FINDINGS)), row, landing.way))
        elif isinstance(row, FindingLine) and row.block.id is not None:
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            works = tuple(carried(mime, REFERENCES))
            self.cited.emit(Carried(row.block.id, works, alt, carried_citation(mime)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and where a drop would go."""
        super().paintEvent(event)
        if self._landing is None:
            return
        painter = QPainter(self.viewport())
        brush = Brush(painter, self._look)
        rect = self.visualRect(self.rows.index(self._landing.row))
        accent = self._look.colour("accent")
        if self._landing.way == "on":
            brush.box(rect.adjusted(2, 1, -2, -2), None, accent, 4)
        else:
            y = rect.top() if self._landing.way == "before" else rect.bottom()
            painter.fillRect(QRect(rect.left(), y - 1, rect.width(), 2), accent)
        painter.end()
