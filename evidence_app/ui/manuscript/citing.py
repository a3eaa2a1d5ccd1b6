"""Citing: the picker under the caret, works added to an anchor, and what is dropped into a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QMimeData, QObject, QPoint
from PySide6.QtWidgets import QScrollArea

from evidence_app.domain.manuscript import Anchor, Cited, Role
from evidence_app.domain.reference import ReferenceId
from evidence_app.services.synthesis import rewriting
from evidence_app.services.synthesis.picking import Candidate
from evidence_app.ui.carried import REFERENCES, carried
from evidence_app.ui.manuscript import clipping, reading
from evidence_app.ui.manuscript.desk import Desk
from evidence_app.ui.manuscript.picker import Picker
from evidence_app.ui.screen import ScreenContext


class Citing(QObject):
    """Stands between the picker, what is dragged, and the desk."""

    def __init__(self, context: ScreenContext, desk: Desk, area: QScrollArea) -> None:
        super().__init__(desk)
        self.context, self.desk, self.page = context, desk, desk.page
        self._area = area
        self.picker = Picker(context.parts, self.page, self._ask_works)
        self._target: tuple[str, str] | None = None
        self.page.editor.cite_asked.connect(self.open_picker)
        self.page.editor.dropped.connect(self._dropped_here)
        self.page.dropped.connect(self.drop)
        self.picker.cited.connect(self._cited)
        self.picker.closed.connect(self._picked_nothing)
        self.picker.settled.connect(self._show_picker)

    def open_picker(self, typed: str) -> None:
        """Open the picker under the caret; `typed` is what was typed to ask for it."""
        self._target = None
        box = self.page.caret_box()
        at = QPoint(box.left() - self.context.look.px(74), box.bottom() + self.context.look.px(6))
        self.picker.open_at(at, self._edges(), typed=typed)

    def _edges(self) -> tuple[int, int]:
        """Return between which edges the picker leaves both margins free."""
        left = int(self.page.origin.x())
        return left, left + int(self.page.prose_width)

    def add_to_anchor(self) -> None:
        """Open the picker to add works to the anchor in hand."""
        anchor = self.desk.anchor
        block = self.page.open
        if not anchor or not block:
            return
        self._target = (block, anchor)
        box = self.page.caret_box()
        at = box.bottomLeft() + QPoint(0, self.context.look.px(6))
        self.picker.open_at(at, self._edges(), with_role=False)

    def _show_picker(self) -> None:
        """Scroll so that the whole picker is seen; at the end of the page it opens above the line."""
        picker, gap = self.picker, self.context.look.px(8)
        caret = self.page.caret_box()
        if picker.geometry().bottom() > self.page.height() - gap:
            picker.move(picker.x(), caret.top() - gap - picker.height())
        self._area.ensureVisible(picker.x(), picker.geometry().bottom(), 0, gap)
        self._area.ensureVisible(picker.x(), min(picker.y(), caret.top()), 0, gap)

    def _ask_works(self, words: str, then: Callable[[Sequence[Candidate]], object]) -> None:
        chosen = self.desk.block(self.page.chosen)
        question = partial(
            reading.candidates,
            words=words,
            blocks=self.desk.contents.blocks,
            section=chosen.section if chosen else None,
        )
        self.context.project.read(question, then, latest="manuscript.picker")

    def _cited(self, works: tuple[Cited, ...], role: Role) -> None:
        self.page.editor.setFocus()
        if self._target is None:
            self.desk.cite(works, role)
            return
        block, anchor = self._target
        self.desk.change_anchor(block, anchor, partial(_with_works, works))

    def _picked_nothing(self, text: str) -> None:
        self.page.editor.setFocus()
        if text:
            self.page.editor.insertPlainText(text)

    # -- dropping

    def _dropped_here(self, mime: QMimeData, place: int) -> None:
        self.drop(mime, self.page.open, place)

    def drop(self, mime: QMimeData, guid: str, place: int) -> None:
        """Cite dropped references there, carry a dropped anchor there, put dropped prose there."""
        works = [Cited(ReferenceId(each)) for each in carried(mime, REFERENCES)]
        clip = clipping.clip_of(mime)
        if works:
            self.picker.hide()
            self.desk.enter(guid, place)
            self.page.editor.go_to(place)
            self.desk.cite(works, Role.EVIDENCE)
        elif clip is not None and len(clip.anchors) == 1 and len(clip.runs) == 1 and clip.block:
            self._carry(clip.block, clip.anchors[0].guid, guid, place)
        elif clip is not None:
            self.desk.enter(guid, place)
            self.page.editor.go_to(place)
            self.page.editor.insertFromMimeData(mime)

    def _carry(self, source: str, anchor: str, target: str, place: int) -> None:
        if not self.desk.release():
            return
        self.desk.end()
        from_block, to_block = self.desk.block(source), self.desk.block(target)
        if from_block is not None and to_block is not None:
            self.desk.act(lambda blocks, _: rewriting.carry(blocks, from_block, anchor, to_block, place))


def _with_works(works: tuple[Cited, ...], anchor: Anchor) -> Anchor:
    held = {work.reference for work in anchor.works}
    return replace(anchor, works=(*anchor.works, *(each for each in works if each.reference not in held)))
