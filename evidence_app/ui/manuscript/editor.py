"""The editor of one block: it lies over the block on the page and edits it where it stands."""

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QMenu

from evidence_app.domain.manuscript import AnchorPlace, Text
from evidence_app.services.synthesis.flat import one_line
from evidence_app.ui.carried import REFERENCES, carried
from evidence_app.ui.manuscript import clipping, keys, prose
from evidence_app.ui.manuscript.anchored_text import AnchoredText
from evidence_app.ui.manuscript.sheet import anchor_box

_MOVES = QTextCursor.MoveOperation


class BlockEditor(AnchoredText):
    """Edits words, marks and places of anchors; all that concerns other blocks it only asks for."""

    left = Signal()
    """The focus went elsewhere."""
    asked = Signal(str)
    """An act on blocks: split, join, join_next, above, below, first, last, up, down, escape, undo, redo, …"""
    cite_asked = Signal(str)
    """A citation is wanted at the caret; the text is what was typed to ask for it."""
    dropped = Signal(object, object)
    """Something was dropped: what (mime data), at which place in the runs."""
    anchor_opened = Signal()
    """The anchor in hand is to be looked at in the inspector."""

    # -- keys

    def event(self, event: QEvent) -> bool:
        """Claim the keys of marks before the window's shortcuts get them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and keys.mark_of(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Marks, anchors and the edges of the block; all else is typing."""
        mark = keys.mark_of(event)
        if mark is not None:
            self.toggle(mark)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._step(event, "undo", available=self.document().isUndoAvailable())
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._step(event, "redo", available=self.document().isRedoAvailable())
        elif not (self._key_on_anchor(event) or self._key_at_edge(event)):
            if event.text() == "[":
                self.cite_asked.emit("[")
            else:
                super().keyPressEvent(event)

    def _step(self, event: QKeyEvent, act: str, *, available: bool) -> None:
        if available:
            super().keyPressEvent(event)
        else:
            self.asked.emit(act)

    def _key_on_anchor(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        chosen = self.chosen_anchor()
        if chosen and event.key() in keys.ENTER:
            self.anchor_opened.emit()
            return True
        if chosen and event.key() in keys.REMOVE:
            self.drop_anchor(chosen)
            return True
        step = keys.STEPS.get(event.key())
        if step is None or self.textCursor().hasSelection():
            return False
        at = self.object_beside(step)
        if at is None:
            return False
        self.select_at(at)
        return True

    def _key_at_edge(self, event: QKeyEvent) -> bool:
        cursor = self.textCursor()
        act = keys.act_on_blocks(
            event, cursor, on_first=self._on_line(first=True), on_last=self._on_line(first=False)
        )
        if act:
            self.asked.emit(act)
        return bool(act)

    def _on_line(self, *, first: bool) -> bool:
        cursor = self.textCursor()
        return not cursor.movePosition(_MOVES.Up if first else _MOVES.Down)

    # -- copying and dropping

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy runs with their anchors, and plain words for other programs."""
        cursor = self.textCursor()
        runs = self.selected(cursor)
        anchors = [self.anchors[run.anchor] for run in runs if isinstance(run, AnchorPlace)]
        shown = "".join(
            run.text if isinstance(run, Text) else f"[{self.ink.faces[run.anchor].text}]"
            for run in runs
            if isinstance(run, Text) or run.anchor in self.ink.faces
        )
        return clipping.clip_mime(runs, anchors, self.block.guid if self.block else "", shown)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take our own prose, references and plain text."""
        return source.hasFormat(clipping.RUNS) or source.hasFormat(REFERENCES) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Put in what was pasted or dropped: words plain and in one line, anchors with their works."""
        if carried(source, REFERENCES):
            self.dropped.emit(source, self.place)
            return
        clip = clipping.clip_of(source)
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if clip is not None:
            clip = clipping.with_own_names(clip)
            self.anchors.update({anchor.guid: anchor for anchor in clip.anchors})
            prose.put(cursor, clip.runs)
        else:
            prose.put(cursor, [Text(one_line(source.text()), prose.marks_of(cursor.charFormat()))])
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done here, in the words of the manuscript."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        selected = self.textCursor().hasSelection()
        for name, act, enabled in (
            ("Cut", self.cut, selected), ("Copy", self.copy, selected),
            ("Paste", self.paste, self.canPaste()),
            ("", None, True), ("Cite a work…\tCtrl+;", self._ask_citation, True),
            ("New block after it\tCtrl+Enter", self._ask_new, True), ("Delete block", self._ask_delete, True),
        ):  # fmt: skip
            if act is None:
                menu.addSeparator()
            else:
                menu.addAction(name, act).setEnabled(enabled)
        menu.popup(event.globalPos())

    def _ask_citation(self) -> None:
        self.cite_asked.emit("")

    def _ask_new(self) -> None:
        self.asked.emit("new")

    def _ask_delete(self) -> None:
        self.asked.emit("delete")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """An anchor that is pressed is chosen, and can be dragged from there."""
        anchor = self.anchor_under(event.position())
        if anchor and event.button() == Qt.MouseButton.LeftButton:
            self.choose_anchor(anchor)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on an anchor leaves it chosen."""
        super().mouseReleaseEvent(event)
        anchor = self.anchor_under(event.position())
        if anchor and not self.textCursor().hasSelection():
            self.choose_anchor(anchor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on an anchor opens it in the inspector."""
        if self.anchor_under(event.position()):
            self.anchor_opened.emit()
        else:
            super().mouseDoubleClickEvent(event)

    def anchor_under(self, point: QPointF) -> str:
        """Return the anchor under a point, or nothing."""
        for guid in prose.anchors_in(self.document()):
            if anchor_box(self.document(), guid, self.look).contains(point):
                return guid
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the block keeps it; a menu or a popup is not leaving."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()
