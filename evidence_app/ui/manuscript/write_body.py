"""Writing: the outline, the page with its bars, and the inspector, side by side."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Anchor, Block, BlockKind, Cited, Direction, Mark, Role
from evidence_app.domain.support import Support
from evidence_app.domain.synthesis import colour_places
from evidence_app.services.checks.results import CheckResult
from evidence_app.services.publishing.styles import DEFAULT_STYLE, style_source
from evidence_app.services.synthesis.finding import Occurrence, replace_all
from evidence_app.services.synthesis.printed import printed
from evidence_app.services.synthesis.sections import OutlineLine, outline_of
from evidence_app.ui.manuscript import reading
from evidence_app.ui.manuscript.find_bar import FindBar
from evidence_app.ui.manuscript.inspector import ManuscriptInspector, flags_of
from evidence_app.ui.manuscript.outline import Outline
from evidence_app.ui.manuscript.reading import Quoted
from evidence_app.ui.manuscript.replace_dialog import ReplaceDialog
from evidence_app.ui.manuscript.section_acts import SectionActs
from evidence_app.ui.manuscript.write_view import WriteView
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.tasks import Task
from evidence_app.ui.widgets.laying import across, down, framed

OUTLINE = 252
SLIM_OUTLINE = 200
LARGE = 1.3
"""The text size from which a narrow window shows the text alone, without its outline."""
CHECK_AFTER_MS = 600


class WriteBody(QWidget):
    """All there is to see while the manuscript is written."""

    shown = Signal()
    """The page shows other contents."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        self.view = WriteView(context)
        self.desk = self.view.desk
        self.outline = Outline(context.look)
        self.about = ManuscriptInspector(context.parts)
        self.find_bar = FindBar(context.parts)
        self.sections = SectionActs(context, self.desk)
        self._found: dict[str, list[CheckResult]] = {}
        self._printing: Task | None = None
        self._style = DEFAULT_STYLE
        self._check_later = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)
        self._check_later.timeout.connect(self.check)
        self._build()
        self._connect()

    def _build(self) -> None:
        parts, look = self.context.parts, self.context.look
        head = across(parts.caption("Sections"), None, parts.caption("Anchors"), edge=(16, 8, 16, 4))
        side = down(head, gap=0, edge=(0, 2, 0, 10))
        side.addWidget(self.outline, 1)
        add = parts.button("New section", "", "ph.plus", self.new_section)
        side.addLayout(across(add, None, edge=(8, 4, 8, 0)))
        self.side = framed(side, "side", width=look.px(OUTLINE))
        middle = down(self._bar(), self.find_bar, gap=0)
        middle.addWidget(self.view, 1)
        body = across(self.side, gap=0)
        body.addLayout(middle, 1)
        body.addWidget(self.about.widget)
        self.setLayout(body)

    def _bar(self) -> QFrame:
        parts = self.context.parts
        legend = across(gap=6)
        for tone, name in (("accent", "evidence"), ("", "other roles")):
            legend.addWidget(parts.chip("12", tone))
            legend.addWidget(parts.note(name))
            legend.addSpacing(8)
        legend.addWidget(parts.icon("ph.warning-circle-fill", "maybe", 14))
        legend.addWidget(parts.note("flagged"))
        self._legend = framed(legend, "")
        bar = across(self._legend, None, gap=6, edge=(20, 0, 12, 0))
        bar.addWidget(parts.tool("ph.text-bolder", "Strong (Ctrl+B)", self.strong))
        bar.addWidget(parts.tool("ph.text-italic", "Emphasis (Ctrl+I in a sentence)", self.emphasis))
        bar.addWidget(parts.button("Cite", "filter", "ph.quotes", self.view.cite))
        bar.addWidget(parts.key("Ctrl ;"))
        return framed(bar, "bar", height=self.context.look.size("bar"))

    def _connect(self) -> None:
        about, bar = self.about, self.find_bar
        self.desk.shown.connect(self._show)
        self.desk.chosen.connect(self._show_chosen)
        self.view.inspected.connect(self._inspect)
        self.view.scrolled.connect(self._mark_outline)
        self.view.section_asked.connect(self.sections.do)
        self.outline.went.connect(self._go)
        self.outline.opened.connect(self._write_in)
        self.outline.asked.connect(self.sections.do)
        about.tabs.currentChanged.connect(self._turned)
        about.anchor.role_chosen.connect(self._set_role)
        about.anchor.works_changed.connect(self._set_works)
        about.anchor.add_asked.connect(self.view.citing.add_to_anchor)
        about.anchor.remove_asked.connect(self._remove_anchor)
        about.anchor.rows.opened.connect(self._open_reference)
        about.block.theme_chosen.connect(self._set_theme)
        about.block.direction_chosen.connect(self._set_direction)
        about.block.kind_chosen.connect(self._set_kind)
        about.block.act_asked.connect(self.view.act)
        for form in (about.anchor, about.block):
            form.quoted.opened.connect(self._open_quotation)
        bar.went.connect(self._go_to_place)
        bar.shown.connect(self._mark_places)
        bar.closed.connect(self._leave_finding)
        bar.replace_asked.connect(self._look_and_replace)

    def arrange(self, *, slim: bool) -> None:
        """Make room for the page in a narrow window."""
        self.side.setFixedWidth(self.context.look.px(SLIM_OUTLINE if slim else OUTLINE))
        self._legend.setVisible(not slim)
        self.side.setVisible(not slim or self.context.look.scale < LARGE)  # else the text has no room

    def leave(self) -> None:
        """Keep what is typed."""
        self._check_later.stop()
        self.desk.leave()

    def cite_in(self, style: str) -> None:
        """Print citations in the inspector in this style from now on."""
        self._style = style

    # -- showing

    def _show(self) -> None:
        contents = self.desk.contents
        names = {theme.id: theme.name for theme in contents.themes}
        colours = colour_places(contents.themes)
        self.outline.show_lines(outline_of(contents.sections, contents.blocks), names, colours)
        self.find_bar.look_in(contents.blocks)
        self._show_chosen()
        self._check_later.start()
        self.shown.emit()

    def _show_chosen(self) -> None:
        block, anchor = self.desk.current, self.desk.current_anchor
        self.about.show_place(self.desk.contents, block, anchor)
        self._print(block, anchor)
        self.read_quotations()
        if block is not None:
            self.outline.mark(block.section, block.theme)
        else:
            self._mark_outline()
        self._turned()

    def read_quotations(self) -> None:
        """Read what the block in hand rests on."""
        block = self.desk.current
        if block is None or block.id is None or not block.is_finding:
            self.about.show_supports((), None)
            return
        question = partial(reading.quoted, block=block.id)
        self.context.project.read(question, self._show_quotations, latest="manuscript.quotations")

    def _show_quotations(self, quoted: Quoted) -> None:
        block = self.desk.current
        if block is not None and block.id == quoted.block:
            self.about.show_supports(quoted.supports, self.desk.current_anchor)

    def _mark_outline(self) -> None:
        place = self.view.section_in_view()
        if place is not None:
            self.outline.mark(*place)

    def _turned(self) -> None:
        block = self.desk.current
        if block is None:
            return
        if self.about.tab == "Checks":
            self.about.show_checks(self._found.get(block.guid, []))
        elif self.about.tab == "History" and block.id is not None:
            question = partial(reading.past_of, block=block.id, anchors=block.anchors)
            self.context.project.read(question, self.about.show_history, latest="manuscript.history")

    def check(self) -> None:
        """Ask the checks what they find in the blocks."""
        self.context.project.read(reading.checked, self._checked, latest="manuscript.checks")

    def _checked(self, found: dict[str, list[CheckResult]]) -> None:
        self._found = found
        self.view.page.flags = flags_of(found)
        self.view.page.update()
        self._turned()

    def _inspect(self, tab: str) -> None:
        self.about.turn_to(tab)
        if tab == "Anchor":
            self.about.anchor.take_focus()

    # -- how the citation prints

    def _print(self, block: Block | None, anchor: Anchor | None) -> None:
        if self._printing is not None:
            self._printing.cancel()
            self._printing = None
        if block is None or anchor is None:
            return
        work = partial(printed, block, anchor, self.desk.contents.references, self._style)
        self._printing = Task(work).then(self._show_printed, self._not_printed)
        self.context.lanes.pdf.start(self._printing)

    def _show_printed(self, html: str) -> None:
        self.about.anchor.show_printed(html, style_source(self._style).title)

    def _not_printed(self, error: Exception) -> None:
        self.about.anchor.show_printed(escape(str(error)), "")

    # -- finding

    def find_words(self, *, and_replace: bool = False) -> None:
        """Find words in the manuscript, or find and replace them."""
        self.find_bar.open_bar(replace=and_replace)

    def _go_to_place(self, place: Occurrence) -> None:
        self.view.show_block(place.block)

    def _mark_places(self) -> None:
        self.view.page.found = self.find_bar.marks()
        self.view.page.update()

    def _leave_finding(self) -> None:
        self.view.page.setFocus()

    def _look_and_replace(self, places: tuple[Occurrence, ...], by: str) -> None:
        if not self.desk.release():
            return
        self.desk.end()
        known = {block.guid: block for block in self.desk.contents.blocks}
        capitals = not self.find_bar.sought.case
        dialog = ReplaceDialog(self.context.parts, known, places, by, capitals=capitals, parent=self.window())
        chosen = dialog.chosen if self.context.messages.show(dialog) else []
        if chosen:
            self.desk.do(replace_all(self.desk.contents.blocks, chosen, by, capitals=capitals))
            self.context.say(f"Replaced {counted(len(chosen), 'place')}.", undo=True)

    # -- the anchor and the block in hand

    def strong(self) -> None:
        """Make what is selected strong."""
        self.view.mark(Mark.STRONG)

    def emphasis(self) -> None:
        """Emphasise what is selected."""
        self.view.mark(Mark.EMPHASIS)

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
            page.editor.setFocus()

    def _set_theme(self, theme: int | None) -> None:
        self.desk.change_block(self.view.page.chosen, theme=theme)

    def _set_direction(self, direction: Direction | None) -> None:
        self.desk.change_block(self.view.page.chosen, direction=direction)

    def _set_kind(self, kind: BlockKind) -> None:
        self.desk.change_block(self.view.page.chosen, kind=kind)

    def _open_reference(self, reference: int) -> None:
        self.context.go_to("library", Subject("reference", reference))

    def show_line(self) -> None:
        """Open the first quotation of the citation in hand, or of its block."""
        about = self.about
        rows = about.anchor.quoted.rows if self.desk.current_anchor is not None else ()
        first = next(iter(rows or about.block.quoted.rows), None)
        if first is not None and self.desk.current is not None:
            first.opened.emit(first.key)
        else:
            self.context.say("No quotation stands behind this. Choose a sentence that rests on quotations.")

    def _open_quotation(self, support: Support) -> None:
        if support.quotation is not None:
            self.context.go_to("coding", Subject("quotation", support.quotation))

    def printed_citation(self) -> str:
        """Return the citation in hand as it prints, without marks; empty where none is chosen."""
        return self.about.anchor.printed_text if self.desk.current_anchor is not None else ""

    # -- sections

    def _go(self, line: OutlineLine) -> None:
        self.view.show_section(line.section.id)

    def _write_in(self, line: OutlineLine) -> None:
        self.view.write_in(line.section)

    def new_section(self) -> None:
        """Add a section behind the one in hand."""
        line = self.outline.line()
        self.sections.add(line.section if line is not None else None)


def _with_role(role: Role, anchor: Anchor) -> Anchor:
    return replace(anchor, role=role)


def _with_works(works: tuple[Cited, ...], anchor: Anchor) -> Anchor:
    return replace(anchor, works=works)
