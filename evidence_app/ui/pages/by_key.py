"""What the mouse drags, moved by keys: the frame of an area, and the ends of a passage.

Both are kept with Enter and left with Esc; until then nothing is written."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from evidence_app.ui.pages import canvas_keys
from evidence_app.ui.pages.canvas import Canvas
from evidence_app.ui.pages.page_canvas import PageCanvas

Key = Qt.Key
FRAME_TOLD: Final = (
    "Arrows move the frame · Shift+arrows size it · Ctrl: finer · Page Up and Down: another page · "
    "Enter quotes it · Esc leaves it"
)
ENDS_TOLD: Final = (
    "Shift+arrows move this end · Ctrl+Shift: by words · Tab: the other end · Enter keeps it · Esc leaves it"
)
STEP: Final = 12
LEAST: Final = 6
"""Pixels the frame moves with each key, and has at least on a side, at 100 %."""
_SHARE: Final = 0.4
_ARROWS: Final = {
    Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1),
}  # fmt: skip


class ByKey(QObject):
    """Frames and adjusts on one canvas."""

    area_kept = Signal(object)
    """A rectangle is to be quoted."""
    area_moved = Signal(int, object)
    """A quoted area lies elsewhere now, or is of another size."""
    told = Signal(str)
    """Which keys do what now; nothing where the usual keys do."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._row: int | None = None
        self._mode = ""
        canvas.installEventFilter(self)

    @property
    def is_busy(self) -> bool:
        """Whether a frame or an end is being moved."""
        return bool(self._mode)

    # -- beginning and ending

    def frame(self) -> bool:
        """Begin with a frame: that of the chosen area, else one on the page that is seen."""
        canvas = self._canvas
        if not isinstance(canvas, PageCanvas):
            return False
        mark = canvas.marks.of(canvas.chosen) if canvas.chosen is not None else None
        boxes = canvas.area_boxes(mark) if mark is not None and mark.is_area else []
        self._row = mark.row if mark is not None and boxes else None
        self._begin("frame", FRAME_TOLD)
        self._show(boxes[0] if boxes else self._first_frame(canvas))
        return True

    def _first_frame(self, canvas: PageCanvas) -> QRectF:
        top, height = canvas.verticalScrollBar().value(), canvas.viewport().height()
        sheet = canvas.sheet(canvas.page)
        seen = sheet.intersected(QRectF(sheet.left(), top, sheet.width(), height))
        frame = QRectF(0, 0, sheet.width() * _SHARE, min(seen.height(), sheet.height()) * _SHARE)
        frame.moveCenter(seen.center())
        return frame

    def adjust(self) -> bool:
        """Begin with the end of the chosen passage, or of the shortest one at the caret."""
        canvas = self._canvas
        found = canvas.marks.of(canvas.chosen) if canvas.chosen is not None else None
        if found is None:
            near = canvas.marks.at(canvas.caret) or canvas.marks.at(max(canvas.selection[1] - 1, 0))
            found = next(iter(near), None)
        if found is None:
            return False
        if found.is_area:
            return self.frame()
        self._row = found.row
        canvas.choose(found.row)
        canvas.select(found.start, found.end)
        self._begin("ends", ENDS_TOLD)
        return True

    def _begin(self, mode: str, words: str) -> None:
        self._mode = mode
        self.told.emit(words)

    def leave(self) -> None:
        """Go back to the usual keys; what was not kept is forgotten."""
        canvas = self._canvas
        if self._mode == "ends":
            canvas.move_caret(canvas.caret, keep=False)
        self._mode, self._row, canvas.area = "", None, None
        canvas.viewport().update()
        self.told.emit("")

    def _keep(self) -> None:
        canvas, row, mode = self._canvas, self._row, self._mode
        (start, end), area = canvas.selection, canvas.area
        self.leave()
        if mode == "ends" and row is not None and start < end:
            canvas.adjusted.emit(row, start, end)
        elif mode == "frame" and area is not None and (found := canvas.area_at(area)) is not None:
            self.area_kept.emit(found) if row is None else self.area_moved.emit(row, found)

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys while something is moved, and Shift+arrows that begin with a chosen passage."""
        if event.type() == QEvent.Type.FocusOut and self._mode:
            self.leave()
        if event.type() == QEvent.Type.ShortcutOverride and self._mode and isinstance(event, QKeyEvent):
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if not self._mode and not self._begins(event):
            return False
        if event.key() == Key.Key_Escape:
            self.leave()
        elif event.key() in (Key.Key_Return, Key.Key_Enter):
            self._keep()
        elif self._mode == "frame":
            self._move(event)
        else:
            self._move_end(event)
        return True

    def _begins(self, event: QKeyEvent) -> bool:
        """Whether these keys begin to adjust: Shift+arrows, with a passage chosen and nothing selected."""
        canvas = self._canvas
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not shift or event.key() not in _ARROWS or canvas.chosen is None or canvas.has_selection:
            return False
        return self.adjust()

    def _move_end(self, event: QKeyEvent) -> None:
        canvas = self._canvas
        mark = canvas.marks.of(self._row) if self._row is not None else None
        if mark is None:
            self.leave()
        elif event.key() in (Key.Key_Tab, Key.Key_Backtab):
            canvas.select(canvas.caret, canvas.anchor)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            canvas_keys.pressed(canvas, event)

    def _move(self, event: QKeyEvent) -> None:
        canvas, frame = self._canvas, self._canvas.area
        if frame is None or not isinstance(canvas, PageCanvas):
            return
        if event.key() in (Key.Key_PageUp, Key.Key_PageDown):
            self._turn(canvas, frame, -1 if event.key() == Key.Key_PageUp else 1)
        elif event.key() in _ARROWS:
            held = event.modifiers()
            step = 1 if held & Qt.KeyboardModifier.ControlModifier else canvas.look.px(STEP)
            across, down = (part * step for part in _ARROWS[Key(event.key())])
            if held & Qt.KeyboardModifier.ShiftModifier:
                self._show(frame.adjusted(0, 0, across, down))
            else:
                self._show(frame.translated(across, down))

    def _turn(self, canvas: PageCanvas, frame: QRectF, step: int) -> None:
        here = canvas.page_at(frame.center().y())
        there = min(max(here + step, 1), canvas.pages)
        self._show(frame.translated(canvas.sheet(there).topLeft() - canvas.sheet(here).topLeft()))

    def _show(self, frame: QRectF) -> None:
        """Show the frame inside its page, where it is seen."""
        canvas = self._canvas
        if not isinstance(canvas, PageCanvas):
            return
        sheet, least = canvas.sheet(canvas.page_at(frame.center().y())), canvas.look.px(LEAST)
        frame.setWidth(min(max(frame.width(), least), sheet.width()))
        frame.setHeight(min(max(frame.height(), least), sheet.height()))
        frame.moveLeft(min(max(frame.left(), sheet.left()), sheet.right() - frame.width()))
        frame.moveTop(min(max(frame.top(), sheet.top()), sheet.bottom() - frame.height()))
        canvas.area = frame
        bar, height = canvas.verticalScrollBar(), canvas.viewport().height()
        if frame.bottom() > bar.value() + height:
            bar.setValue(int(frame.bottom() - height) + canvas.look.px(STEP))
        if frame.top() < bar.value():
            bar.setValue(int(frame.top()) - canvas.look.px(STEP))
        canvas.viewport().update()
