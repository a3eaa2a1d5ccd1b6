"""The Manuscript screen: outline, page and inspector for writing, the pages as they leave for looking."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from evidence_app.domain.edit import Edit, counted
from evidence_app.domain.manuscript import Anchor, BlockKind, Cited, Direction, Mark, Role, Section
from evidence_app.domain.reference import ReferenceId
from evidence_app.services.checks.results import CheckResult
from evidence_app.services.synthesis import manuscript, sections
from evidence_app.services.synthesis.sections import OutlineLine, outline_of
from evidence_app.ui.actions import ActionSpec, Handler
from evidence_app.ui.manuscript import clipping, reading
from evidence_app.ui.manuscript.anchor_form import theme_places
from evidence_app.ui.manuscript.inspector import ManuscriptInspector, flags_of
from evidence_app.ui.manuscript.outline import Outline
from evidence_app.ui.manuscript.write_view import WriteView
from evidence_app.ui.screen import Screen, ScreenContext, Subject
from evidence_app.ui.widgets.laying import across, down, framed

OUTLINE = 252
CHECK_AFTER_MS = 600


class ManuscriptScreen(Screen):
    """Writing the review, with its citations in the sentences."""

    ACTIONS = (
        ActionSpec("cite", "Cite a work", "Screen", "Ctrl+;", "ph.quotes"),
        ActionSpec("strong", "Strong", "Screen", "", "ph.text-bolder"),
        ActionSpec("emphasis", "Emphasis", "Screen", "", "ph.text-italic"),
        ActionSpec("superscript", "Superscript", "Screen", "", "ph.text-aa"),
        ActionSpec("subscript", "Subscript", "Screen", "", "ph.text-aa"),
        ActionSpec("new_block", "New block", "Screen", "", "ph.plus"),
        ActionSpec("delete_block", "Delete block", "Screen", "", "ph.trash"),
        ActionSpec("block_up", "Move block up", "Screen", "Alt+Up", "ph.arrow-up"),
        ActionSpec("block_down", "Move block down", "Screen", "Alt+Down", "ph.arrow-down"),
        ActionSpec("new_section", "New section…", "Screen", "", "ph.plus"),
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._found: dict[str, list[CheckResult]] = {}
        self._wanted: int | None = None
        self.view = WriteView(context)
        self.desk = self.view.desk
        self.outline = Outline(context.look)
        self.about = ManuscriptInspector(self.parts)
        self._check_later = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)
        self._check_later.timeout.connect(self._check)
        self._build()
        self._connect()

    def _build(self) -> None:
        parts = self.parts
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        head = across(parts.caption("Sections"), None, parts.caption("Anchors"), edge=(16, 8, 16, 4))
        side = down(head, gap=0, edge=(0, 2, 0, 10))
        side.addWidget(self.outline, 1)
        add = parts.button("New section", "", "ph.plus", self.new_section)
        side.addLayout(across(add, None, edge=(8, 4, 8, 0)))
        self.side = framed(side, "side", width=self.look.px(OUTLINE))
        bar = across(gap=6, edge=(20, 0, 12, 0))
        for tone, name in (("accent", "evidence"), ("", "other roles")):
            bar.addWidget(parts.chip("12", tone))
            bar.addWidget(parts.note(name))
            bar.addSpacing(8)
        bar.addWidget(parts.icon("ph.warning-circle-fill", "maybe", 14))
        bar.addWidget(parts.note("flagged"))
        bar.addStretch(1)
        bar.addWidget(parts.tool("ph.text-bolder", "Strong (Ctrl+B)", self.strong))
        bar.addWidget(parts.tool("ph.text-italic", "Emphasis (Ctrl+I in a sentence)", self.emphasis))
        bar.addWidget(parts.button("Cite", "filter", "ph.quotes", self.cite))
        bar.addWidget(parts.key("Ctrl ;"))
        self.lay_out(self.stack, bar=bar, side=self.side, inspector=self.about.widget)
        self._new = parts.button("New block", "plain", "ph.plus", self.new_block)

    def _connect(self) -> None:
        desk, about = self.desk, self.about
        desk.shown.connect(self._show)
        desk.chosen.connect(self._show_chosen)
        self.view.inspected.connect(self._inspect)
        self.view.section_asked.connect(self._section_act)
        self.outline.went.connect(self._go)
        self.outline.opened.connect(self._write_in)
        self.outline.asked.connect(self._section_act)
        about.tabs.currentChanged.connect(self._turned)
        about.anchor.role_chosen.connect(self._set_role)
        about.anchor.works_changed.connect(self._set_works)
        about.anchor.add_asked.connect(self.view.add_to_anchor)
        about.anchor.remove_asked.connect(self._remove_anchor)
        about.block.theme_chosen.connect(self._set_theme)
        about.block.direction_chosen.connect(self._set_direction)
        about.block.kind_chosen.connect(self._set_kind)
        about.block.act_asked.connect(self.view.act)

    # -- the screen

    def title(self) -> str:
        """Return the title in the header."""
        return "Manuscript"

    def detail(self) -> str:
        """Return how much is cited."""
        contents = self.desk.contents
        anchors = sum(1 for _ in contents.anchors())
        works = {work.reference for _, anchor in contents.anchors() for work in anchor.works}
        return f"{counted(anchors, 'citation anchor')}, {counted(len(works), 'work')}"

    def header_parts(self) -> Sequence[QWidget]:
        """Return the acts."""
        return [self._new]

    def reload(self, tables: frozenset[str]) -> None:
        """Read again what the page shows."""
        if not tables or tables & reading.TABLES:
            self.desk.reload()

    def show_place(self, subject: Subject) -> None:
        """Show a block or an anchor."""
        if subject.kind == "block":
            self._wanted = subject.row
            self._show_wanted()

    def _show_wanted(self) -> None:
        block = next((each for each in self.desk.contents.blocks if each.id == self._wanted), None)
        if block is not None:
            self._wanted = None
            self.view.show_block(block.guid)

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here."""
        return {}

    def arrange(self, *, slim: bool) -> None:
        """Make room for the page in a narrow window."""
        self.side.setFixedWidth(self.look.px(200 if slim else OUTLINE))

    def leave(self) -> None:
        """Keep what is typed."""
        self._check_later.stop()
        self.desk.leave()

    # -- showing

    def _show(self) -> None:
        contents = self.desk.contents
        names = {theme.id: theme.name for theme in contents.themes}
        self.outline.show_lines(outline_of(contents.sections, contents.blocks), names, theme_places(contents))
        self._show_chosen()
        self._check_later.start()
        self.headed.emit()
        if self._wanted is not None:
            self._show_wanted()

    def _show_chosen(self) -> None:
        block = self.desk.current
        anchor = self._anchor()
        self.about.show_place(self.desk.contents, block, anchor)
        place = self.view.section_in_view()
        if place is not None:
            self.outline.mark(*place)
        self._turned()

    def _anchor(self) -> Anchor | None:
        block = self.desk.current
        anchors = block.anchors if block is not None else ()
        return next((each for each in anchors if each.guid == self.desk.anchor), None)

    def _turned(self) -> None:
        block = self.desk.current
        if block is None:
            return
        if self.about.tab == "Checks":
            self.about.show_checks(self._found.get(block.guid, []))
        elif self.about.tab == "History" and block.id is not None:
            question = partial(reading.past_of, block=block.id)
            self.project.read(question, self.about.show_history, latest="manuscript.history")

    def _check(self) -> None:
        self.project.read(reading.checked, self._checked, latest="manuscript.checks")

    def _checked(self, found: dict[str, list[CheckResult]]) -> None:
        self._found = found
        self.view.page.flags = flags_of(found)
        self.view.page.update()
        self._turned()

    def _inspect(self, tab: str) -> None:
        self.about.turn_to(tab)
        if tab == "Anchor":
            self.about.anchor.role.setFocus()

    # -- acts of the menu

    def cite(self) -> None:
        """Cite a work at the caret."""
        self.view.cite()

    def strong(self) -> None:
        """Make what is selected strong."""
        self.view.mark(Mark.STRONG)

    def emphasis(self) -> None:
        """Emphasise what is selected."""
        self.view.mark(Mark.EMPHASIS)

    def superscript(self) -> None:
        """Raise what is selected."""
        self.view.mark(Mark.SUP)

    def subscript(self) -> None:
        """Lower what is selected."""
        self.view.mark(Mark.SUB)

    def new_block(self) -> None:
        """Add a block behind the one in hand."""
        self.view.new_block()

    def delete_block(self) -> None:
        """Delete the block in hand."""
        self.view.delete()

    def block_up(self) -> None:
        """Move the block in hand up."""
        self.view.act("up")

    def block_down(self) -> None:
        """Move the block in hand down."""
        self.view.act("down")

    # -- the anchor and the block in hand

    def _set_role(self, role: Role) -> None:
        self._change_anchor(partial(_with_role, role))

    def _set_works(self, works: tuple[Cited, ...]) -> None:
        if works:
            self._change_anchor(partial(_with_works, works))
        else:
            self._remove_anchor()

    def _change_anchor(self, change: Callable[[Anchor], Anchor]) -> None:
        self.desk.change_anchor(self.view.page.chosen, self.desk.anchor, change)

    def _remove_anchor(self) -> None:
        page = self.view.page
        if page.open and self.desk.anchor:
            page.editor.drop_anchor(self.desk.anchor)
            self.desk.save()

    def _set_theme(self, theme: int | None) -> None:
        self.desk.change_block(self.view.page.chosen, theme=theme)

    def _set_direction(self, direction: Direction | None) -> None:
        self.desk.change_block(self.view.page.chosen, direction=direction)

    def _set_kind(self, kind: BlockKind) -> None:
        self.desk.change_block(self.view.page.chosen, kind=kind)

    # -- sections

    def _go(self, line: OutlineLine) -> None:
        self.view.show_section(line.section.id)

    def _write_in(self, line: OutlineLine) -> None:
        self.view.write_in(line.section)

    def new_section(self) -> None:
        """Add a section behind the one in hand."""
        line = self.outline.line()
        self._section_act("add", line.section if line is not None else None)

    def _section_act(self, act: str, section: Section | None) -> None:
        known = self.desk.contents.sections
        if act == "add":
            title = self.context.messages.ask("New section", "Title of the section")
            if title and title.strip():
                self.desk.write(sections.add_section(known, title.strip(), section))
        elif section is None:
            return
        elif act == "rename":
            title = self.context.messages.ask("Rename section", "Title of the section", section.title)
            if title and title.strip() and title.strip() != section.title:
                self.desk.write(manuscript.rename_section(section, title.strip()))
        elif act == "remove":
            self._remove_section(section)
        else:
            edit = _moved(known, section, act)
            if edit is not None:
                self.desk.write(edit)

    def _remove_section(self, section: Section) -> None:
        gone = sections.below(self.desk.contents.sections, section)
        ids = {each.id for each in gone}
        blocks = [block for block in self.desk.contents.blocks if block.section in ids]
        inside = f"{counted(len(blocks), 'block')} in it" + (
            f" and its {counted(len(gone) - 1, 'part')}" if len(gone) > 1 else ""
        )
        told = f"{inside} will be removed with it. Undo brings everything back."
        if blocks and not self.context.messages.confirm(f"Remove “{section.title}”?", told, "Remove section"):
            return
        edit = manuscript.remove_section(section, blocks)
        for each in gone[1:]:
            edit = replace(edit, changes=(*edit.changes, *manuscript.remove_section(each, ()).changes))
        self.desk.write(edit)
        self.context.say(f"Removed “{section.title}”.", undo=True)

    # -- dropping

    def takes(self, mime: QMimeData) -> bool:
        """Take references where a sentence can cite them."""
        return bool(clipping.references_of(mime)) and bool(self.view.page.open)

    def take(self, mime: QMimeData) -> None:
        """Cite what was dropped at the caret."""
        works = [Cited(ReferenceId(each)) for each in clipping.references_of(mime)]
        self.desk.cite(works, Role.EVIDENCE)


def _moved(known: Sequence[Section], section: Section, act: str) -> Edit | None:
    if act in ("up", "down"):
        return sections.shift_section(known, section, -1 if act == "up" else 1)
    return sections.nest_section(known, section, deeper=act == "deeper")


def _with_role(role: Role, anchor: Anchor) -> Anchor:
    return replace(anchor, role=role)


def _with_works(works: tuple[Cited, ...], anchor: Anchor) -> Anchor:
    return replace(anchor, works=works)
