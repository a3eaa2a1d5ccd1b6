"""The page: the sheet of paper with its margins, and the editor over the block that is being written."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Block
from evidence_app.ui.carried import REFERENCES
from evidence_app.ui.look import Look
from evidence_app.ui.manuscript import clipping
from evidence_app.ui.manuscript.editor import BlockEditor
from evidence_app.ui.manuscript.faces import faces
from evidence_app.ui.manuscript.paper import Paper
from evidence_app.ui.manuscript.sheet import BlockLine

_ROLES: Final = {True: "Review finding", False: "Block"}


def _spoken(block: Block) -> str:
    """Return a block as a screen reader says it."""
    direction = f", {block.direction}" if block.direction else ""
    return f"{_ROLES[block.is_finding]}{direction}: {block.text}"


class Page(Paper):
    """Paints the manuscript; a block that is entered lies under the editor, all others are painted."""

    entered = Signal(str, int, str)
    """A block is to be edited: its identity, the place of the caret, the anchor that was pressed."""
    pointed = Signal(str)
    """A block is chosen without being edited."""
    titled = Signal(object)
    """A section's title was opened."""
    asked = Signal(str)
    """An act on the chosen block, as the editor's `asked`."""
    margin_pressed = Signal(str, str)
    """A block's mark in a margin was pressed: its identity, and direction or flag."""
    dropped = Signal(object, str, int)
    """Something was dropped: mime data, the block, the place."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.editor = BlockEditor(look, self.ink, self)
        self.editor.hide()
        self.editor.typed.connect(self._grow)
        self._pressing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Manuscript")
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        look.changed.connect(self._renew)

    def has_keys(self) -> bool:
        """Return whether the keys go to the page or to the block in it."""
        return self.hasFocus() or self.editor.hasFocus()

    # -- what is shown

    def show_contents(self, contents: ReviewContents, extra: Mapping[int, str] | None = None) -> None:
        """Show this manuscript; `extra` are numbers of works it does not know yet, just cited."""
        self._contents = contents
        self.ink.faces = faces(contents, extra or {})
        self.lay_out()
        self._stack()
        if self.open and self.sheet.line_of(self.open) is None:
            self.open = ""
            self.editor.hide()
        if self.chosen and self.sheet.line_of(self.chosen) is None:
            self.chosen = ""
        self._place_editor()

    def _stack(self) -> None:
        self.stack(self.editor.wanted_height() if self.open else 0.0)

    def _renew(self) -> None:
        self.lay_out()
        self._stack()
        self._place_editor()

    def resizeEvent(self, _event: object) -> None:
        """A narrower window makes narrower paper, down to what can be read."""
        if abs(self.sheet.width - self.prose_width) > 0.5:
            self.lay_out()
            self._stack()
        self._place_editor(again=True)

    def choose(self, guid: str) -> None:
        """Show this block as the chosen one, and let a screen reader say it."""
        self.chosen = guid
        line = self.sheet.line_of(guid) if guid else None
        self.setAccessibleName(f"Manuscript. {_spoken(line.block)}" if line is not None else "Manuscript")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    # -- the editor

    def begin(self, guid: str, place: int) -> None:
        """Put the editor over a block."""
        line = self.sheet.line_of(guid)
        if line is None:
            return
        self.open = self.chosen = guid
        self.editor.begin(line.block, self.sheet.width_of(line.block), place)
        self._stack()
        self._place_editor()
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Take the editor away; the block stays chosen."""
        had_focus = self.editor.hasFocus()
        self.open = ""
        self.editor.hide()
        self._stack()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_editor(self, *, again: bool = False) -> None:
        line = self.sheet.line_of(self.open) if self.open else None
        if line is None:
            return
        width = self.sheet.width_of(line.block)
        if again or self.editor.lineWrapColumnOrWidth() != int(width):
            self.editor.setLineWrapColumnOrWidth(int(width))
            self._stack()
        at = self.origin + QPointF(self.sheet.left_of(line.block), line.top)
        height = int(self.editor.wanted_height()) + 2
        self.editor.setGeometry(int(at.x()), int(at.y()), int(width) + 4, height)
        self.update()

    def _grow(self) -> None:
        line = self.sheet.line_of(self.open) if self.open else None
        if line is not None and abs(line.height - self.editor.wanted_height()) > 0.5:
            self._stack()
            self._place_editor()

    def caret_box(self) -> QRect:
        """Return where the caret is."""
        box = self.editor.cursorRect()
        return box.translated(self.editor.viewport().mapTo(self, QPoint(0, 0)))

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Enter the block under the mouse with the caret there, or act on a mark in a margin."""
        line = self.sheet.at(event.position().y() - self.origin.y())
        if event.button() != Qt.MouseButton.LeftButton or line is None:
            return
        if not isinstance(line, BlockLine):
            self.pointed.emit("")
            self.setFocus()
            return
        side = self.margin_under(line, event.position())
        if side:
            self.margin_pressed.emit(line.block.guid, side)
            return
        point = event.position() - self.origin
        anchor = self.sheet.anchor_under(line, point)
        self.entered.emit(line.block.guid, self.sheet.position_in(line, point), anchor)
        self._pressing = self.open == line.block.guid
        self._hand_on(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hand a drag that began on the page on to the editor; show what a margin says."""
        if self._pressing:
            self._hand_on(event)
            return
        line = self.sheet.at(event.position().y() - self.origin.y())
        inside = self.paper.contains(event.position().toPoint())
        side = self.margin_under(line, event.position()) if isinstance(line, BlockLine) else ""
        text = isinstance(line, BlockLine) and inside and not side
        shape = Qt.CursorShape.IBeamCursor if text else Qt.CursorShape.ArrowCursor
        self.setCursor(Qt.CursorShape.PointingHandCursor if side else shape)
        if side and isinstance(line, BlockLine):
            QToolTip.showText(event.globalPosition().toPoint(), self.told(line, side), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what the press began."""
        if self._pressing:
            self._pressing = False
            self._hand_on(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a title renames the section."""
        line = self.sheet.at(event.position().y() - self.origin.y())
        if line is not None and not isinstance(line, BlockLine):
            self.titled.emit(line.section)

    def _hand_on(self, event: QMouseEvent) -> None:
        if not self.open:
            return
        viewport = self.editor.viewport()
        at = QPointF(viewport.mapFrom(self, event.position().toPoint()))
        handed = QMouseEvent(
            event.type(), at, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
        )
        QApplication.sendEvent(viewport, handed)

    # -- keys, while no block is edited

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the blocks, enter the chosen one, act on it."""
        keys = Qt.Key
        acts = {
            keys.Key_Up: "choose_above", keys.Key_Down: "choose_below", keys.Key_Return: "enter",
            keys.Key_Enter: "enter", keys.Key_F2: "enter", keys.Key_Delete: "delete",
            keys.Key_Home: "choose_first",
            keys.Key_End: "choose_last", keys.Key_Insert: "new",
        }  # fmt: skip
        act = acts.get(keys(event.key()))
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if act == "enter" and control:
            act = "new"
        if act and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.asked.emit(act)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, _event: object) -> None:
        """Show that the chosen block has the keys."""
        self.update()

    def focusOutEvent(self, _event: object) -> None:
        """Show that it has not."""
        self.update()

    # -- what is dropped on a block

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take references and anchors."""
        if event.mimeData().hasFormat(REFERENCES) or event.mimeData().hasFormat(clipping.RUNS):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        line = self.sheet.at(event.position().y() - self.origin.y())
        if isinstance(line, BlockLine):
            self.drop_at = (line.block.guid, self.sheet.position_in(line, event.position() - self.origin))
            event.acceptProposedAction()
        else:
            self.drop_at = None
            event.ignore()
        self.update()

    def dragLeaveEvent(self, _event: object) -> None:
        """Show no place any more."""
        self.drop_at = None
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for what was dropped to be cited there."""
        if self.drop_at is not None:
            guid, place = self.drop_at
            self.drop_at = None
            event.setDropAction(Qt.DropAction.CopyAction)  # what is carried off is taken out by the act
            event.accept()
            self.dropped.emit(event.mimeData(), guid, place)
        self.update()
