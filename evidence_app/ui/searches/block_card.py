"""One block that found no place: its lines with their numbers, why, and what it reads as when mended."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import plain
from evidence_app.services.library.adding import in_one_line
from evidence_app.services.searches.repairing import headers_of, read_block
from evidence_app.storage.searches import SearchFile, Unplaced
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.laying import across, down

AFTER_MS: Final = 400
MOST_LINES: Final = 10
MEND: Final = "Mend the text until it reads as a record, or leave it out."


class BlockText(QPlainTextEdit):
    """The text of a block with the line numbers of its file beside it."""

    left = Signal()
    kept = Signal()

    def __init__(self, look: Look, block: Unplaced, name: str) -> None:
        super().__init__(block.text.rstrip("\n"))
        self._look, self._first = look, max(block.line, 1)
        self.setObjectName("code")
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFont(look.font("small", "mono"))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setViewportMargins(look.px(46), 0, 0, 0)
        lines = min(max(self.blockCount(), 3), MOST_LINES)
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing()) + look.px(22))
        self.verticalScrollBar().valueChanged.connect(self._moved)
        self._gutter = _Gutter(self)
        self.updateRequest.connect(self._gutter.update)

    def _moved(self) -> None:
        self._gutter.update()

    def draw_numbers(self, gutter: QWidget) -> None:
        """Draw the numbers of the lines as they stand in the file."""
        brush = Brush(QPainter(gutter), self._look)
        block = self.firstVisibleBlock()
        while block.isValid():
            area = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if area.top() > gutter.height():
                break
            rect = area.toRect()
            rect.setLeft(0)
            rect.setHeight(self.fontMetrics().height())
            rect.setWidth(gutter.width() - self._look.px(8))
            brush.text(rect, str(self._first + block.blockNumber()), "caption", "text-3", RIGHT)
            block = block.next()
        brush.painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers beside the text."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._gutter.setGeometry(inside.left() + 1, inside.top(), self._look.px(46), inside.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc, import on Ctrl+Enter."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.kept.emit()
        else:
            super().keyPressEvent(event)


class _Gutter(QWidget):
    def __init__(self, text: BlockText) -> None:
        super().__init__(text)
        self._text = text
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the numbers."""
        self._text.draw_numbers(self)


class BlockCard(QFrame):
    """A block, editable, with what it would be as a record."""

    import_asked = Signal(str)
    leave_asked = Signal()
    open_asked = Signal()
    stepped = Signal(int)

    def __init__(self, context: ScreenContext, file: SearchFile, block: Unplaced) -> None:
        super().__init__()
        parts = context.parts
        self._look, self._format, self._block = context.look, file.format, block
        self.key = (file.id, block.at)
        self._headers = headers_of(context.project.reader, file)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        place = f"{file.name}, {_lines(block)}"
        self.setAccessibleName(f"{place}: {block.reason}")
        self.text = BlockText(context.look, block, f"Text of {place}")
        self.text.setReadOnly(not block.is_open)
        self.text.left.connect(self.setFocus)
        self.text.kept.connect(self._import)
        self._later = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._later.timeout.connect(self.read)
        self.text.textChanged.connect(self._later.start)
        self._read_as = parts.label("", "small", "text-2", wrap=True)
        self.act = parts.button("Import as record", "plain", act=self._import)
        self._leave = parts.button("Leave out…", act=self.leave_asked.emit)
        again = parts.button("Open again", "plain", act=self.open_asked.emit)
        why = across(parts.icon("ph.question-fill", "maybe", 14), gap=7)
        why.addWidget(parts.label(block.left_out or block.reason, "small", wrap=True), 1)
        acts = across(self.act, self._leave, None) if block.is_open else across(again, None)
        again.setVisible(bool(block.left_out))
        right = down(why, self._read_as, acts, None, gap=6)
        body = across(gap=16)
        body.addWidget(self.text, 8)
        body.addLayout(right, 5)
        self.setLayout(down(parts.caption(place), body, gap=5, edge=(6, 4, 6, 6)))
        if block.is_open:
            self.read()
        elif block.repaired:
            self._read_as.setText("It is in the library as a record.")

    @property
    def is_mended(self) -> bool:
        """Whether something was typed into it."""
        return self.text.document().isModified()

    def mend(self, text: str | None) -> None:
        """Show what was typed into it before the cards were made anew."""
        if text is not None and self._block.is_open:
            self.text.setPlainText(text)
            self.text.document().setModified(True)
            self.read()

    def read(self) -> None:
        """Read the text as it stands now, and say what it would be."""
        self._later.stop()
        try:
            record = read_block(self.text.toPlainText(), self._format, self._headers)
        except EvidenceError as error:
            why = str(error)
            self._read_as.setText(MEND if why == self._block.reason else why)
            self.act.setEnabled(False)
            return
        about = (plain(str(record.item.get("title") or "no title")), in_one_line(record.item))
        self._read_as.setText(f"Reads as: {'. '.join(part for part in about if part)}")
        self.act.setEnabled(True)

    def holds_focus(self) -> bool:
        """Whether the keyboard is on this block."""
        at = self.window().focusWidget()
        return at is not None and (at is self or self.isAncestorOf(at))

    def _import(self) -> None:
        self.read()
        if self.act.isEnabled():
            self.import_asked.emit(self.text.toPlainText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next block, edit this one, or leave it out."""
        match event.key():
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._block.is_open:
                self.text.setFocus()
            case Qt.Key.Key_Delete if self._block.is_open:
                self.leave_asked.emit()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Draw no ring."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring round the block that has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            brush = Brush(painter, self._look)
            brush.box(self.rect(), None, self._look.colour("accent"), 6)
            painter.end()


def _lines(block: Unplaced) -> str:
    if block.line < 1:
        return "place unknown"
    last = block.line + block.text.rstrip("\n").count("\n")
    return f"line {block.line:,}" if last == block.line else f"lines {block.line:,} to {last:,}"
