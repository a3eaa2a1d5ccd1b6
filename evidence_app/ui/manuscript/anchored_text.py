"""A block as it is typed: its words, marks and anchors, and which anchor is chosen."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QPalette, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from evidence_app.domain.edit import new_guid
from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Mark, Run, Text
from evidence_app.services.synthesis.flat import ANCHOR
from evidence_app.services.synthesis.rewriting import copied
from evidence_app.ui.look import Look
from evidence_app.ui.manuscript import prose
from evidence_app.ui.manuscript.ink import AnchorInk

_MODES = QTextCursor.MoveMode


class AnchoredText(QTextEdit):
    """Holds one block while it is edited."""

    typed = Signal()
    """Something is other than it was."""
    anchor_chosen = Signal(str)
    """The anchor in hand is another one, or none."""

    def __init__(self, look: Look, ink: AnchorInk, parent: QWidget) -> None:
        super().__init__(parent)
        self.look, self.ink = look, ink
        self.block: Block | None = None
        self.anchors: dict[str, Anchor] = {}
        self._kept: set[str] = set()
        self._gone: set[str] = set()
        self._last = 0
        self._filling = False
        self.setAccessibleName("Text of the block")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setViewportMargins(0, 0, 0, 0)
        self.setCursorWidth(2)
        self.viewport().setAutoFillBackground(False)
        self.document().documentLayout().registerHandler(prose.ANCHOR_OBJECT, ink)
        self.document().contentsChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._moved)
        self.selectionChanged.connect(self._chosen)
        self.renew()
        look.changed.connect(self.renew)

    def renew(self) -> None:
        """Take colours and fonts of the look as it is now."""
        palette = self.palette()
        for role, tone in (("Text", "ink"), ("Highlight", "accent-line"), ("HighlightedText", "ink")):
            for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
                palette.setColor(group, QPalette.ColorRole[role], self.look.colour(tone))
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        if self.block is not None:
            prose.prepare(self.document(), self.look, self.block.kind)

    # -- what is edited

    def begin(self, block: Block, width: float, place: int) -> None:
        """Edit this block, its lines this long, the caret at this place."""
        self._filling = True
        self.block = block
        self.anchors = {anchor.guid: anchor for anchor in block.anchors}
        self._kept, self._gone = {each.guid for each in block.anchors if each.id is not None}, set()
        prose.prepare(self.document(), self.look, block.kind)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(int(width))
        prose.fill(self.document(), block.runs)
        self._filling = False
        self.go_to(place)

    def refresh(self, block: Block) -> None:
        """Show the block as the project holds it now; the caret stays near where it was."""
        place = self.place
        self.begin(block, self.lineWrapColumnOrWidth(), place)

    def now(self) -> Block:
        """Return the block as it is typed."""
        assert self.block is not None
        self._name_again()
        runs = prose.runs_of(self.document())
        standing = {run.anchor for run in runs if isinstance(run, AnchorPlace)}
        anchors = tuple(anchor for guid, anchor in self.anchors.items() if guid in standing)
        known = tuple(run for run in runs if isinstance(run, Text) or run.anchor in self.anchors)
        return replace(self.block, runs=known, anchors=anchors)

    def saved(self, stored: Block) -> None:
        """Take note of what the project holds of this block now; what is typed stays."""
        self.block = stored
        standing = {anchor.guid: anchor for anchor in stored.anchors}
        self._gone = {guid for guid in self._kept if guid not in standing}
        self._kept |= set(standing)
        self.anchors.update(standing)

    def _name_again(self) -> None:
        """Give an anchor that undo brought back an identity of its own: its old one is in the bin."""
        for guid, at in prose.anchors_in(self.document()).items():
            if guid in self._gone and guid in self.anchors:
                new = new_guid()
                self.anchors[new] = copied(self.anchors[guid], new)
                prose.rename_anchor(self.document(), at, new)

    @property
    def place(self) -> int:
        """The place in the runs where the caret is."""
        return prose.flat_place(self.document(), self.textCursor().position())

    def go_to(self, place: int) -> None:
        """Put the caret at a place in the runs; -1 is the end."""
        cursor = self.textCursor()
        last = self.document().characterCount() - 1
        cursor.setPosition(last if place < 0 else prose.document_position(self.document(), place))
        self.setTextCursor(cursor)

    def wanted_height(self) -> float:
        """Return how high the text is."""
        return self.document().size().height()

    def sizeHint(self) -> QSize:
        """Return the size of the text."""
        return QSize(int(self.lineWrapColumnOrWidth()) + 4, int(self.wanted_height()) + 2)

    # -- anchors

    def put_anchor(self, anchor: Anchor, place: int | None = None) -> None:
        """Set a new anchor into the sentence, at the caret or at a place."""
        self.anchors[anchor.guid] = anchor
        cursor = self.textCursor()
        if place is not None:
            cursor.setPosition(prose.document_position(self.document(), place))
        cursor.beginEditBlock()
        prose.put(cursor, [AnchorPlace(anchor.guid)])
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def change_anchors(self, anchors: Mapping[str, Anchor]) -> None:
        """Take other roles and works for anchors that stand here; the words stay as they are."""
        self.anchors.update(anchors)
        self.document().markContentsDirty(0, self.document().characterCount())
        self.typed.emit()

    def chosen_anchor(self) -> str:
        """Return the anchor that is selected, or nothing."""
        cursor = self.textCursor()
        if abs(cursor.position() - cursor.anchor()) != 1:
            return ""
        at = QTextCursor(self.document())
        at.setPosition(cursor.selectionEnd())
        return prose.anchor_of(at.charFormat())

    def choose_anchor(self, anchor: str) -> None:
        """Select an anchor."""
        at = prose.anchors_in(self.document()).get(anchor)
        if at is not None:
            self.select_at(at)

    def select_at(self, at: int) -> None:
        """Select the anchor at a position."""
        cursor = self.textCursor()
        cursor.setPosition(at)
        cursor.setPosition(at + 1, _MODES.KeepAnchor)
        self.setTextCursor(cursor)

    def drop_anchor(self, anchor: str) -> None:
        """Take an anchor out of the sentence."""
        at = prose.remove_anchor(self.document(), anchor)
        if at is not None:
            cursor = self.textCursor()
            cursor.setPosition(at)
            self.setTextCursor(cursor)

    def object_beside(self, step: int) -> int | None:
        """Return the position of the anchor right before (-1) or behind (1) the caret, past its glue."""
        at = self.textCursor().position() - (step < 0)
        if step > 0 and prose.is_glue(self.document(), at):
            at += 1
        return at if at >= 0 and self.document().characterAt(at) == ANCHOR else None

    # -- marks

    def toggle(self, mark: Mark) -> None:
        """Set or take a mark: on what is selected, else on what is typed next."""
        cursor = self.textCursor()
        marks = prose.marks_of(cursor.charFormat())
        if cursor.hasSelection():
            inside = [run for run in self.selected(cursor) if isinstance(run, Text)]
            marks = (mark,) if inside and all(mark in run.marks for run in inside) else ()
        on = mark not in marks
        if not cursor.hasSelection():
            new = tuple(each for each in (*marks, mark) if on or each is not mark)
            self.setCurrentCharFormat(prose.mark_format(new))
            return
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        runs = [_marked(run, mark, on=on) for run in self.selected(cursor)]
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        prose.put(cursor, runs)
        cursor.endEditBlock()
        cursor.setPosition(start)
        cursor.setPosition(min(end, self.document().characterCount() - 1), _MODES.KeepAnchor)
        self.setTextCursor(cursor)

    def selected(self, cursor: QTextCursor) -> tuple[Run, ...]:
        """Return what is selected."""
        return prose.runs_of(self.document(), cursor.selectionStart(), cursor.selectionEnd())

    # -- what it notices

    def _changed(self) -> None:
        if not self._filling:
            self.typed.emit()

    def _moved(self) -> None:
        """Step over glue, which nobody sees."""
        cursor = self.textCursor()
        at = cursor.position()
        document = self.document()
        if at and document.characterAt(at) == ANCHOR and prose.is_glue(document, at - 1):
            keep = _MODES.KeepAnchor if cursor.hasSelection() else _MODES.MoveAnchor
            if not (cursor.hasSelection() and abs(at - cursor.anchor()) == 1):
                cursor.setPosition(at + 1 if self._last < at else at - 1, keep)
                self._last = cursor.position()
                self.setTextCursor(cursor)
                return
        self._last = at

    def _chosen(self) -> None:
        anchor = self.chosen_anchor()
        self._show_selection(on=not anchor)  # a chosen anchor shows by its own ground
        self.anchor_chosen.emit(anchor)

    def _show_selection(self, *, on: bool) -> None:
        ground = QBrush(self.look.colour("accent-line")) if on else QBrush(Qt.BrushStyle.NoBrush)
        palette = self.palette()
        if palette.brush(QPalette.ColorRole.Highlight) != ground:
            for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
                palette.setBrush(group, QPalette.ColorRole.Highlight, ground)
            self.setPalette(palette)


def _marked(run: Run, mark: Mark, *, on: bool) -> Run:
    if isinstance(run, AnchorPlace):
        return run
    without = tuple(each for each in run.marks if each is not mark)
    return Text(run.text, (*without, mark) if on else without)
