"""The Themes screen: the outline, the findings of the chosen theme, and the inspector of what is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from evidence_app.domain.synthesis import colour_places
from evidence_app.services.synthesis.overview import (
    FindingLine,
    Wanted,
    finding_line,
    findings_of,
    headline,
    tree,
)
from evidence_app.storage.synthesis import Synthesis, synthesis
from evidence_app.ui.actions import Handler
from evidence_app.ui.screen import Screen, ScreenContext, Subject
from evidence_app.ui.themes.commands import FindingCommands
from evidence_app.ui.themes.doing import Doing
from evidence_app.ui.themes.finding_acts import FindingActs
from evidence_app.ui.themes.findings_bar import FindingsBar
from evidence_app.ui.themes.findings_page import FindingsPage
from evidence_app.ui.themes.inspecting import Inspecting
from evidence_app.ui.themes.inspector import ThemesInspector
from evidence_app.ui.themes.menus import ACTIONS, FINDING_MENU, TELL_WHY, THEME_MENU
from evidence_app.ui.themes.shown import FINDING, NOTHING, THEME, Shown
from evidence_app.ui.themes.summing import Summing
from evidence_app.ui.themes.supporting import Supporting
from evidence_app.ui.themes.theme_acts import ThemeActs
from evidence_app.ui.themes.tree import ThemeTree
from evidence_app.ui.themes.tree_model import Place
from evidence_app.ui.themes.view_switch import ViewSwitch
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.laying import across, down, framed
from evidence_app.ui.widgets.menus import popup

READ = frozenset(
    ("theme", "theme_parent", "block", "anchor", "citation", "reference", "section", "question", "note",
     "characteristic", "bibliography_entry", "passage", "support", "contribution", "quotation", "coding",
     "document", "study", "study_report")
)  # fmt: skip
TREE_WIDTH, LEAST_TREE, TREE_SHARE = 282, 178, 0.225
"""How wide the outline is at 100 %, at least and at most, and which part of the screen it takes."""


class ThemesScreen(FindingCommands, Screen):
    """What was found, theme by theme, and what each finding rests on."""

    ACTIONS = ACTIONS

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.shown = Shown()
        self._places: dict[int, int] = {}
        self._asked: Subject | None = None
        parts = self.parts
        self.tree = ThemeTree(self.look)
        self._new_theme = parts.button("New theme", "", "ph.plus", self.new_theme)
        self._new_topic = parts.button("New topic", "", "ph.plus", self.new_topic)
        self._bar = FindingsBar(parts)
        self.page = FindingsPage(parts, self.new_theme, self.new_finding, self._show_all)
        self.list = self.page.list
        self._inspector = ThemesInspector(parts, self.project, self._show_acts)
        self._doing = Doing(context, self.shown, self.leave, self)
        self.findings = FindingActs(context, self.shown, self._doing)
        self.supporting = Supporting(context, self.shown, self._doing, self._inspector, self._line)
        self._inspecting = Inspecting(
            context, self.shown, self._inspector, self.findings, self.supporting, self._line
        )
        self.themes = ThemeActs(context, self.shown, self._doing)
        self.summing = Summing(context, self.shown, self._doing, (self.page, self._bar), self._inspecting)
        self._views = ViewSwitch(context, self.shown)
        export = parts.button("Export summary", "primary", "ph.export", self._export)
        self._header = (parts.button("New review finding", "plain", "ph.plus", self.new_finding), export)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        side = down(gap=0, edge=(0, 4, 1, 8))
        side.addWidget(self.tree, 1)
        acts = FlowLayout(gap=2)
        acts.setContentsMargins(8, 4, 8, 0)
        acts.addWidget(self._new_theme)
        acts.addWidget(self._new_topic)
        side.addLayout(acts)
        self._side = framed(side, "side", width=self.look.px(TREE_WIDTH))
        bar = across(self._bar, gap=0, edge=(12, 0, 8, 0))
        self.lay_out(self.page, bar=bar, side=self._side, inspector=self._inspector)

    def _connect(self) -> None:
        theme = self._inspector.theme
        self.tree.chosen.connect(self._choose_theme)
        self.tree.entered.connect(self._enter_list)
        self.tree.renamed.connect(self.themes.rename)
        self.tree.removed.connect(self.themes.remove)
        self.tree.nudged.connect(self.themes.nudge)
        self.tree.dropped.connect(self.themes.drop)
        self.tree.findings_dropped.connect(self.findings.drop_on_theme)
        self.tree.menu_asked.connect(self._show_theme_menu)
        self.list.chosen.connect(self._choose_finding)
        self.list.selectionModel().selectionChanged.connect(self._note_selection)
        self.list.reference_opened.connect(self._inspecting.open_reference)
        self.list.work_taken.connect(self.findings.take)
        self.list.reworded.connect(self.reword_finding)
        self.list.deleted.connect(self.delete_finding)
        self.list.directed.connect(self.findings.direct)
        self.list.nudged.connect(self.findings.nudge)
        self.list.cited.connect(self.findings.drop)
        self.list.settled.connect(self.findings.settle)
        self.list.menu_asked.connect(self._show_finding_menu)
        self._bar.filtered.connect(self._filter)
        self._inspecting.left.connect(self._go_on)
        theme.changed.connect(self.themes.change)
        theme.renamed.connect(self.themes.rename_chosen)
        theme.parent_taken.connect(self.themes.take_from)
        theme.parent_added.connect(self.themes.put_under)
        theme.words_asked.connect(self.summing.turn_on)

    # -- what the screen says of itself

    def title(self) -> str:
        """Return the title in the header."""
        return "Themes"

    def detail(self) -> str:
        """Return how many themes and citation anchors there are."""
        return headline(self.shown.contents) if self.shown.contents.themes else ""

    def header_parts(self) -> Sequence[QWidget]:
        """Return the acts of the header."""
        return (self._views.choice, *self._header)

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here."""
        return {"add": self.new_finding, "export": self._export}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list the room it needs in a narrow window, or with large text."""
        super().resizeEvent(event)
        least, most = self.look.px(LEAST_TREE), self.look.px(TREE_WIDTH)
        self._side.setFixedWidth(min(most, max(least, int(self.width() * TREE_SHARE))))

    def take_focus(self) -> None:
        """Give the keyboard to the outline, or to what begins it."""
        (self.tree if self.shown.contents.themes else self.page.no_themes.button).setFocus()

    def leave(self) -> None:
        """Keep what is half typed."""
        self._inspecting.keep()
        self.summing.keep()

    def show_place(self, subject: Subject) -> None:
        """Show a theme, or a finding in its theme: now, or as soon as it is read."""
        self._asked = subject
        self._show_asked()

    def _show_asked(self) -> None:
        asked = self._asked
        if asked is None or not self.shown.holds(asked.kind, asked.row):
            return
        self._asked = None
        if asked.kind == "summary":
            self.summing.turn(True)
        elif asked.kind == "theme":
            self.tree.choose(asked.row)
            self.tree.setFocus()
        else:
            self._go_to_finding(asked.row)
            self.list.setFocus()

    # -- reading

    def reload(self, tables: frozenset[str]) -> None:
        """Read the synthesis again where something of it changed."""
        if not tables or tables & READ:
            self.project.read(synthesis, self._show, latest="themes")

    def _show(self, read: Synthesis) -> None:
        shown, contents = self.shown, read.contents
        shown.synthesis = read
        self._doing.read()
        wish = shown.granted()
        self._places = colour_places(contents.themes)
        self.tree.show_groups(tree(contents))
        shown.place = self.tree.current()
        if shown.place is None:
            self._choose_first()
        self._show_list()
        self._grant(*wish)
        self._show_asked()
        self._show_chosen()
        if self.tree.hasFocus():
            self.take_focus()
        self.headed.emit()

    def _choose_first(self) -> None:
        first = next(self.tree.lines.places(), None)
        self.shown.what = THEME if first else NOTHING
        if first is not None:
            self.shown.place = first[0]
            self.tree.choose(*first[0], quietly=True)
            self.tree.setExpanded(first[1], True)

    def _grant(self, kind: str, row: int) -> None:
        if kind == "block":
            self._go_to_finding(row)
        elif kind == "theme":
            self.tree.choose(row)

    def _show_list(self) -> None:
        shown, contents = self.shown, self.shown.contents
        main = shown.main
        self._bar.show_theme(contents, main, self._places.get(main.id) if main else None)
        self._bar.show_wanted(shown.wanted)
        rows = findings_of(contents, main.id, shown.wanted) if main else []
        self.page.show_rows(rows, main, shown.wanted)
        self.summing.show()

    def _show_chosen(self) -> None:
        self._inspecting.show(self._places)
        self._name_acts()

    def _line(self) -> FindingLine | None:
        line = self.list.line()
        if line is not None and line.block.id == self.shown.block:
            return line
        block = self.shown.block_of(self.shown.block)
        return finding_line(self.shown.contents, block) if block and block.is_finding else None

    def _name_acts(self) -> None:
        theme, finding = self.shown.theme is not None, self.shown.what == FINDING
        for action in self.commands:
            name = action.objectName()
            needs_finding = name in FINDING_MENU and name not in TELL_WHY
            action.setEnabled(name == "new_theme" or (finding if needs_finding else theme))
        for part in self._header:
            part.setEnabled(theme)

    # -- choosing

    def _choose_theme(self, place: Place | None) -> None:
        shown = self.shown
        before = shown.main
        shown.place, shown.what = place, THEME
        self._drop_draft()
        self._inspecting.forget_cell()
        self._inspector.memos.turn_to((THEME, place.theme if place is not None else None))
        if shown.main != before:
            self._show_list()
        self.list.select(None)
        shown.block, shown.blocks = None, ()
        if place is not None:
            self.list.show_topic(place.theme)
        self.summing.show()
        self._show_chosen()

    def _choose_finding(self, block: int | None) -> None:
        if block is None:
            return
        shown = self.shown
        self._drop_draft()
        if shown.block != block:
            shown.wish = ""
        self._inspector.memos.turn_to((FINDING, block))
        shown.block, shown.what = block, FINDING
        held = shown.block_of(block)
        main = shown.main
        if held is not None and held.theme is not None:
            self.tree.choose(held.theme, main.id if main else None, quietly=True)
            shown.place = self.tree.current() or shown.place
        self._show_chosen()

    def _note_selection(self) -> None:
        self.shown.blocks = tuple(self.list.selected_blocks())

    def _go_to_finding(self, row: int) -> None:
        block = self.shown.block_of(row)
        if block is None or block.theme is None:
            return
        self.summing.turn(False)
        if self.list.rows.place_of_block(row) < 0:
            self.shown.wanted = Wanted()
            self.tree.choose(block.theme, quietly=True)
            self.shown.place = self.tree.current()
            self._show_list()
        self.list.select(row)
        self._choose_finding(row)

    def _enter_list(self) -> None:
        place, main = self.shown.place, self.shown.main
        whole = place is None or main is None or place.theme == main.id
        first = self.page.first_finding(None if whole or place is None else place.theme)
        if first:
            self.list.setFocus()
            self._go_to_finding(first)

    def _filter(self, wanted: Wanted) -> None:
        self.leave()
        self.shown.wanted = wanted
        self._show_list()

    def _show_all(self) -> None:
        self._filter(Wanted())

    def _go_on(self) -> None:
        self._show_chosen()
        self.page.take_focus()

    def _drop_draft(self) -> None:
        self.shown.draft = self.shown.draft_after = None

    # -- acts of the menu

    def new_theme(self) -> None:
        """Add a theme."""
        self.leave()
        self.themes.add_theme()

    def new_topic(self) -> None:
        """Add a topic below the chosen theme."""
        self.leave()
        self.themes.add_topic()

    def rename_theme(self) -> None:
        """Rename the chosen theme where it stands."""
        self.tree.setFocus()
        self.tree.rename()

    def put_under(self) -> None:
        """Put the chosen theme under another one too."""
        self.themes.put_under()

    def remove_theme(self) -> None:
        """Remove the chosen theme."""
        self.themes.remove()

    def summary_words(self) -> None:
        """Show what the summary says beside the findings, or the findings again."""
        self.summing.turn(not self.summing.on)

    def new_finding(self) -> None:
        """Begin a finding under the chosen topic."""
        self.leave()
        self.summing.turn(False)
        if not self.shown.begin_draft():
            self.context.say("Add a theme first: a review finding stands under one.")
            return
        self._show_chosen()
        self._inspecting.write()

    def reword_finding(self) -> None:
        """Go to the statement of the chosen finding."""
        if self.shown.what == FINDING:
            self._inspecting.stop_picking()
            self._inspecting.write()

    def open_in_manuscript(self) -> None:
        """Show the chosen finding in the manuscript."""
        if self.shown.block is not None:
            self.context.go_to("manuscript", Subject("block", self.shown.block))

    def _export(self) -> None:
        self.leave()
        self.context.go_to("manuscript", Subject("summary", 0))

    # -- menus

    def _show_acts(self) -> None:
        more = self._inspector.more
        spot = more.mapToGlobal(more.rect().bottomLeft())
        popup(self, self.commands, FINDING_MENU if self.shown.what == FINDING else THEME_MENU, spot)

    def _show_theme_menu(self, spot: QPoint) -> None:
        if self.tree.current() is not None:
            popup(self, self.commands, THEME_MENU, spot)

    def _show_finding_menu(self, spot: QPoint) -> None:
        if self.list.line() is not None:
            popup(self, self.commands, FINDING_MENU, spot)
