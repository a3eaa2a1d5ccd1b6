"""The write view: page, picker and find bar together, and the acts on blocks and citations."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from evidence_app.domain.manuscript import Block, Mark, Section
from evidence_app.services.synthesis import rewriting
from evidence_app.services.synthesis.sections import usual_sections
from evidence_app.ui.manuscript.citing import Citing
from evidence_app.ui.manuscript.desk import Desk
from evidence_app.ui.manuscript.page import Page
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.empty import Banner
from evidence_app.ui.widgets.laying import down

_STEPS = {"above": -1, "above_end": -1, "below": 1, "below_start": 1}


class WriteView(QWidget):
    """The page in its scroll area, with what opens over it."""

    inspected = Signal(str)
    """A tab of the inspector is wanted: Anchor, Block, Checks."""
    scrolled = Signal()
    """Another part of the page is in sight, and no block is edited."""
    section_asked = Signal(str, object)
    """An act on a section, from its title on the page."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        self.page = Page(context.look)
        self.desk = Desk(context.project, self.page)
        self.stuck: Banner = context.parts.banner(
            "ph.warning-circle-fill", "maybe", "", "Write mine", self.desk.keep_mine
        )
        self._theirs = context.parts.button("Take theirs", "plain", act=self.desk.take_theirs)
        layout = self.stuck.layout()
        if layout is not None:
            layout.addWidget(self._theirs)
        self.stuck.hide()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.page.setProperty("ground", "window")
        self.page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._area.setWidget(self.page)
        self.citing = Citing(context, self.desk, self._area)
        self._empty = context.parts.empty(
            "ph.article", "The text of the review will be here, section by section.",
            "Add the usual sections", self._begin, "or add a section of your own with “New section”",
        )  # fmt: skip
        self._empty.hide()
        self.column: QVBoxLayout = down(self.stuck, gap=0)
        self.column.addWidget(self._area, 1)
        self.column.addWidget(self._empty, 1)
        self.setLayout(self.column)
        self._connect()

    def _connect(self) -> None:
        page, editor = self.page, self.page.editor
        editor.asked.connect(self.act)
        editor.anchor_opened.connect(self._open_anchor)
        editor.cursorPositionChanged.connect(self._follow)
        page.asked.connect(self.act)
        page.pointed.connect(self.desk.choose)
        page.titled.connect(self._rename)
        page.margin_pressed.connect(self._margin)
        self._area.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.desk.shown.connect(self._show_whether_empty)
        self.desk.stuck.connect(self._show_stuck)

    def _show_whether_empty(self) -> None:
        empty = not self.desk.contents.sections
        self._empty.setVisible(empty)
        self._area.setVisible(not empty)

    def _begin(self) -> None:
        self.desk.write(usual_sections())

    def _scrolled(self) -> None:
        if not self.page.open:
            self.scrolled.emit()

    # -- acts on blocks, by their names

    def act(self, name: str) -> None:
        """Do an act the keys, the menu or the inspector ask for."""
        acts: dict[str, Callable[[], object]] = {
            "split": self._split, "join": self._join, "join_next": self._join_next, "new": self.new_block,
            "delete": self.delete, "up": partial(self._shift, -1), "down": partial(self._shift, 1),
            "escape": self.desk.end, "enter": self._enter, "undo": self.desk.undo,
            "redo": self.context.project.redo,
            "first": partial(self._go_to, 0, 0), "last": partial(self._go_to, -1, -1),
            "page_up": partial(self._page, -1), "page_down": partial(self._page, 1),
            "choose_above": partial(self._choose, -1), "choose_below": partial(self._choose, 1),
            "choose_first": partial(self._choose, -10**6), "choose_last": partial(self._choose, 10**6),
        }  # fmt: skip
        if name in _STEPS:
            self._step(name)
        elif name in acts:
            acts[name]()

    @property
    def _blocks(self) -> Sequence[Block]:
        return self.desk.contents.blocks

    def _at(self) -> int:
        guids = [block.guid for block in self._blocks]
        return guids.index(self.page.chosen) if self.page.chosen in guids else -1

    def _split(self) -> None:
        place = self.page.editor.place
        self.desk.act(lambda blocks, typed: rewriting.split(blocks, typed, place) if typed else None)

    def _join(self) -> None:
        self.desk.act(lambda blocks, typed: rewriting.join(blocks, typed) if typed else None)

    def _join_next(self) -> None:
        if not self.desk.release():
            return
        at = self._at()
        if 0 <= at < len(self._blocks) - 1:
            following = self._blocks[at + 1]
            if following.section == self._blocks[at].section:
                self.desk.act(lambda blocks, _: rewriting.join(blocks, following))

    def new_block(self) -> None:
        """Add a block behind the one in hand, and write in it."""
        if not self.desk.release():
            return
        here = self.desk.block(self.page.chosen)
        sections = self.desk.contents.sections
        section = next((each for each in sections if here is not None and each.id == here.section), None)
        section = section or next(iter(sections), None)
        if section is not None:
            self.desk.act(lambda blocks, _: rewriting.add(blocks, section, after=here))

    def write_in(self, section: Section) -> None:
        """Write in a section: from the start of its first block, or in a first one."""
        first = next((block for block in self._blocks if block.section == section.id), None)
        if first is not None:
            self.desk.enter(first.guid, 0)
        elif self.desk.release():
            self.desk.act(lambda blocks, _: rewriting.add(blocks, section))
        self.show_section(section.id)

    def delete(self) -> None:
        """Delete the block in hand; undo brings it back."""
        block = self.desk.block(self.page.chosen) if self.desk.release() else None
        if block is None:
            return
        self.desk.end()
        act = rewriting.drop(self._blocks, block)
        self.desk.do(act)
        self.desk.choose(act.block)
        self.page.setFocus()
        self.context.say("Deleted a block.", undo=True)

    def _shift(self, step: int) -> None:
        block = self.desk.block(self.page.chosen) if self.desk.release() else None
        act = rewriting.shift(self._blocks, self.desk.contents.sections, block, step) if block else None
        if act is not None:
            self.desk.do(act)
            self._reveal(act.block)

    # -- going about

    def _step(self, name: str) -> None:
        at = self._at() + _STEPS[name]
        if not 0 <= at < len(self._blocks):
            return
        box = self.page.caret_box()
        end = -1 if name == "above_end" else 0
        self.desk.enter(self._blocks[at].guid, end)
        if name in ("above", "below"):
            self._same_column(box.x(), last=name == "above")

    def _same_column(self, x: int, *, last: bool) -> None:
        """Put the caret under or over where it was in the block before."""
        editor = self.page.editor
        if last:
            editor.go_to(-1)
        viewport = editor.viewport()
        left = viewport.mapFrom(self.page, QPoint(x, 0)).x()
        editor.setTextCursor(editor.cursorForPosition(QPoint(left, editor.cursorRect().center().y())))

    def _go_to(self, at: int, place: int) -> None:
        if self._blocks:
            self.show_block(self._blocks[at].guid, place)

    def _choose(self, step: int) -> None:
        if self._blocks:
            at = min(max(self._at() + step, 0), len(self._blocks) - 1)
            self.desk.choose(self._blocks[at].guid)
            self._reveal(self._blocks[at].guid)

    def _enter(self) -> None:
        if self.page.chosen:
            self.desk.enter(self.page.chosen, -1)
        elif self._blocks:
            self.desk.enter(self._blocks[0].guid, 0)

    def _page(self, step: int) -> None:
        box = self.page.caret_box()
        wanted = box.center().y() + step * int(self._area.viewport().height() * 0.85)
        line = min(
            self.page.sheet.block_lines,
            key=lambda each: abs(self.page.origin.y() + (each.top + each.bottom) / 2 - wanted),
            default=None,
        )
        if line is not None:
            self.desk.enter(line.block.guid, 0)
            self._reveal(line.block.guid)

    def show_section(self, section: int) -> None:
        """Scroll to a section's title."""
        line = self.page.sheet.title_of(section)
        if line is not None:
            top = int(self.page.origin.y() + line.top) - self.context.look.px(24)
            self._area.verticalScrollBar().setValue(top)

    def show_block(self, guid: str, place: int | None = None) -> None:
        """Choose a block and scroll to it; edit it at a place, if one is named."""
        if place is None:
            self.desk.choose(guid)
        else:
            self.desk.enter(guid, place)
        self._reveal(guid)

    def _reveal(self, guid: str) -> None:
        box = self.page.box_of(guid)
        self._area.ensureVisible(box.center().x(), box.bottom(), 0, self.context.look.px(30))
        self._area.ensureVisible(box.center().x(), box.top(), 0, self.context.look.px(30))

    def _follow(self) -> None:
        box = self.page.caret_box()
        self._area.ensureVisible(box.center().x(), box.center().y(), 0, self.context.look.px(40))

    def section_in_view(self) -> tuple[int, int | None] | None:
        """Return the section and theme at the top of what is seen, or of the block that is edited."""
        line = self.page.sheet.line_of(self.page.open) if self.page.open else None
        if line is None:
            top = self._area.verticalScrollBar().value() + self.context.look.px(60)
            found = self.page.sheet.at(top)
            theme = getattr(getattr(found, "block", None), "theme", None)
            return (found.section.id, theme) if found is not None else None
        return line.section.id, line.block.theme

    # -- the rest

    def mark(self, mark: Mark) -> None:
        """Set or take a mark in the block that is edited."""
        if self.page.open:
            self.page.editor.toggle(mark)
            self.page.editor.setFocus()

    def cite(self) -> None:
        """Open the citation picker under the caret."""
        if not self.page.open:
            self._enter()
        if self.page.open:
            self.citing.open_picker("")

    def _open_anchor(self) -> None:
        self.inspected.emit("Anchor")

    def _rename(self, section: Section) -> None:
        self.section_asked.emit("rename", section)

    def _margin(self, guid: str, side: str) -> None:
        self.desk.choose(guid)
        self.inspected.emit("Checks" if side == "flag" else "Block")

    def _show_stuck(self, reason: str) -> None:
        self.stuck.label.setText(reason)
        self.stuck.setVisible(bool(reason))
