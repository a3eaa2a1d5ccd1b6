"""The statement of a finding: its words edited in place, its citation anchors staying where they stand."""

import json
from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QMimeData, QRect, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDropEvent,
    QFocusEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)
from PySide6.QtWidgets import QTextEdit

from evidence_app.domain.manuscript import (
    AnchorPlace,
    Block,
    Role,
    Run,
    Text,
    runs_from_json,
    runs_to_json,
    tidy,
)
from evidence_app.services.synthesis.flat import ANCHOR, one_line
from evidence_app.ui.carried import REFERENCES, carried
from evidence_app.ui.look import Look
from evidence_app.ui.paint import CENTRE, Brush
from evidence_app.ui.themes.statement_text import (
    JOINER,
    JOINT,
    format_of,
    in_editor_order,
    joint,
    may_stand,
    runs_between,
)
from evidence_app.ui.widgets.fields import KEEP_AFTER_MS

RUNS = "application/x-evidence-statement"
HIGH = 16


class StatementEdit(QTextEdit):
    """One paragraph as high as its lines. Enter keeps, Esc restores; pauses and leaving keep too.

    An anchor is one character, as in `services.synthesis.flat`: it can be passed, deleted, cut and pasted."""

    edited = Signal(object)
    """The runs as they are now."""
    left = Signal()
    """Esc was pressed with nothing to restore."""
    cited_at = Signal(object, object)
    """The place and the references that were dropped there."""

    def __init__(self, look: Look, least: int = 64) -> None:
        super().__init__()
        self._look, self._least = look, least
        self._anchors: dict[str, tuple[str, Role]] = {}
        self._block = ""
        self._kept: tuple[Run, ...] = ()
        self._began: tuple[Run, ...] = ()
        self.waits = False
        """Whether what is typed is kept on leaving only: for a finding that is not in the project yet."""
        self.setObjectName("statement")
        self.setAccessibleName("Statement")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._later = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._later.timeout.connect(self.keep)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.document().contentsChange.connect(self._typed)
        self.cursorPositionChanged.connect(self._leave_anchor)
        self.renew()
        look.changed.connect(self.renew)

    def renew(self) -> None:
        """Take font and colours of the look as it is now."""
        self.document().setDefaultFont(self._look.font("statement"))
        self.document().setDocumentMargin(self._look.px(5))
        self._draw_anchors()
        self._grow()

    # -- what is shown

    def show_block(self, block: Block, labels: Mapping[str, str]) -> None:
        """Show a finding; `labels` are what its anchors say. What is being typed is left alone."""
        stored = in_editor_order(block.runs)
        same = block.guid == self._block
        typing = same and self.hasFocus() and self.runs() != self._kept
        roles = {anchor.guid: anchor.role for anchor in block.anchors}
        held = self._anchors if same else {}
        self._anchors = held | {
            guid: (label, roles.get(guid, Role.EVIDENCE)) for guid, label in labels.items()
        }
        self._block, self._kept = block.guid, stored
        if not same:
            self._began = stored
        self._draw_anchors()
        if not typing and self.runs() != stored:
            self._write(stored, self.place if same else 0)
        if not typing:
            self._later.stop()

    def place_caret(self) -> None:
        """Go on writing at the end."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moveCursor(QTextCursor.MoveOperation.End)

    @property
    def block_guid(self) -> str:
        """The identity of the finding that is shown."""
        return self._block

    @property
    def place(self) -> int:
        """Where the caret stands in the flat text."""
        return self._flat(self.textCursor().position())

    def _flat(self, position: int) -> int:
        """Return the place in the flat text of a position in the document."""
        return position - self._text()[:position].count(JOINER)

    def _position(self, place: int) -> int:
        text = self._text()
        position = 0
        while position < len(text) and place > 0:
            place -= text[position] != JOINER
            position += 1
        return position

    def _text(self) -> str:
        return self.document().toRawText()

    def runs(self) -> tuple[Run, ...]:
        """Return the words and anchors as they stand in the editor."""
        return tidy(tuple(runs_between(self.document(), 0, self.document().characterCount())))

    def keep(self) -> None:
        """Tell of the text as it is now, if it is another one."""
        self._later.stop()
        runs = self.runs()
        if runs != self._kept:
            self._kept = runs
            self.edited.emit(runs)

    def _write(self, runs: tuple[Run, ...], caret: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        self._insert(cursor, runs)
        cursor.endEditBlock()
        cursor.setPosition(self._position(caret))
        self.setTextCursor(cursor)
        self.document().clearUndoRedoStacks()
        self._later.stop()

    def _insert(self, cursor: QTextCursor, runs: tuple[Run, ...]) -> None:
        for run in runs:
            if isinstance(run, Text):
                cursor.insertText(run.text, format_of(run.marks))
            else:
                cursor.insertText(JOINER, joint())
                cursor.insertImage(self._image_format(run.anchor))

    # -- anchors as pictures

    def _draw_anchors(self) -> None:
        for guid in self._anchors:
            self.document().addResource(
                QTextDocument.ResourceType.ImageResource, QUrl(guid), self._picture(guid)
            )
        self.document().markContentsDirty(0, self.document().characterCount())

    def _said(self, guid: str) -> str:
        label, _ = self._anchors.get(guid, ("–", Role.EVIDENCE))
        return label or "–"

    def _width(self, guid: str) -> int:
        metrics = QFontMetrics(self._look.font("caption"))
        return metrics.horizontalAdvance(self._said(guid)) + self._look.px(8)

    def _image_format(self, guid: str) -> QTextImageFormat:
        made = QTextImageFormat()
        made.setName(guid)
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        return made

    def _picture(self, guid: str) -> QImage:
        ratio = self.devicePixelRatioF()
        width, height = self._width(guid) + self._look.px(2), self._look.px(HIGH)
        picture = QImage(
            round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied
        )
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        brush = Brush(painter, self._look)
        rect = QRect(1, 0, self._width(guid), height)
        evidence = self._anchors[guid][1] is Role.EVIDENCE
        ground, line = ("accent-soft", "accent-soft") if evidence else ("surface", "line-strong")
        brush.box(rect, self._look.colour(ground), self._look.colour(line), 4)
        brush.text(rect, self._said(guid), "caption", "accent" if evidence else "text-2", CENTRE)
        painter.end()
        return picture

    def _leave_anchor(self) -> None:
        cursor = self.textCursor()
        if cursor.hasSelection():
            return  # a format would be given to what is selected, and the anchors in it be lost
        at, text = cursor.position(), self._text()
        if text[max(0, at - 1) : at + 1] == JOINER + ANCHOR:
            cursor.movePosition(QTextCursor.MoveOperation.Left)
            self.setTextCursor(cursor)
        elif self.currentCharFormat().isImageFormat() or self.currentCharFormat().hasProperty(JOINT):
            self.setCurrentCharFormat(QTextCharFormat())

    # -- typing

    def _typed(self, _at: int, _gone: int, _new: int) -> None:
        if self.hasFocus() and not self.waits:
            self._later.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep on Enter; restore on Esc what was there at the beginning, or was kept by Enter since."""
        if event.key() == Qt.Key.Key_Escape:
            if self.runs() == self._began:
                self.left.emit()
                return
            self._write(self._began, 0)
            self.keep()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
            self._began = self.runs()  # what was kept on purpose is not lost by Esc
        elif not self._did_pair(event):
            super().keyPressEvent(event)

    def _did_pair(self, event: QKeyEvent) -> bool:
        """Delete or pass a joiner together with its anchor, as if they were one letter."""
        cursor, text = self.textCursor(), self._text()
        at, ways, modes = cursor.position(), QTextCursor.MoveOperation, QTextCursor.MoveMode
        held = event.modifiers()
        if held not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        deletes = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        back = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Left)
        ahead = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Right)
        pair = text[max(0, at - 2) : at] if back else text[at : at + 2] if ahead else ""
        chosen = cursor.hasSelection()
        if pair != JOINER + ANCHOR or (chosen and (deletes or held == Qt.KeyboardModifier.NoModifier)):
            return False
        keep = deletes or held == Qt.KeyboardModifier.ShiftModifier
        cursor.movePosition(
            ways.Left if back else ways.Right, modes.KeepAnchor if keep else modes.MoveAnchor, 2
        )
        if deletes:
            cursor.removeSelectedText()
        self.setTextCursor(cursor)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember what was there before typing began."""
        self._began = self._kept
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving keeps it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.keep()

    # -- the clipboard: plain words, and anchors of this finding

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return what is selected as plain text, and as runs for pasting it back here."""
        cursor = self.textCursor()
        runs = tuple(runs_between(self.document(), cursor.selectionStart(), cursor.selectionEnd()))
        mime = QMimeData()
        mime.setText("".join(run.text for run in runs if isinstance(run, Text)))
        mime.setData(RUNS, QByteArray(json.dumps(runs_to_json(runs)).encode()))
        return mime

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Return whether this can be pasted or dropped: words, and references."""
        return source.hasText() or source.hasFormat(REFERENCES)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words on one line; an anchor only where it does not stand in the text already."""
        cursor = self.textCursor()
        if source.hasFormat(RUNS):
            cursor.removeSelectedText()
            there = {run.anchor for run in self.runs() if isinstance(run, AnchorPlace)}
            runs = runs_from_json(json.loads(bytes(source.data(RUNS).data())))
            self._insert(cursor, tuple(run for run in runs if may_stand(run, there, self._anchors)))
        elif source.hasText():
            cursor.insertText(one_line(source.text()))

    def dropEvent(self, event: QDropEvent) -> None:
        """Cite references where they were dropped; words are dropped as usual."""
        mime = event.mimeData()
        if mime.hasFormat(REFERENCES):
            place = self._flat(self.cursorForPosition(event.position().toPoint()).position())
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.cited_at.emit(place, carried(mime, REFERENCES))
            return
        super().dropEvent(event)

    # -- size

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower field is a higher one."""
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        least = self._look.px(self._least)
        self.setFixedHeight(max(least, round(self.document().size().height()) + 2 * self.frameWidth() + 2))
