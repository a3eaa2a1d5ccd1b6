"""The Theme board: codes as cards, groups of them, analytic themes above, and the links between them."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from evidence_app.domain.board import Board
from evidence_app.domain.coding import Code
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import counted
from evidence_app.domain.synthesis import ThemeKind
from evidence_app.storage import coding
from evidence_app.storage.board import OF_CARDS, board, renewed
from evidence_app.storage.connections import Reader
from evidence_app.storage.synthesis import synthesis
from evidence_app.ui.actions import ActionSpec, Handler
from evidence_app.ui.board.acts import BoardActs
from evidence_app.ui.board.beside_acts import BesideActs
from evidence_app.ui.board.canvas import BoardCanvas
from evidence_app.ui.board.inspector import BoardInspector
from evidence_app.ui.board.kinds import KindActs
from evidence_app.ui.board.placing import Key, key_of
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.widgets.laying import across, framed
from evidence_app.ui.widgets.menus import popup
from evidence_app.ui.zoomed import ZoomedScreen, size_commands

READ = frozenset(
    ("theme", "theme_parent", "theme_code", "theme_relation", "theme_version", "board_place", "code",
     "coding", "quotation", "document", "layer", "block", "anchor", "citation", "reference", "question",
     "study_report", "stated_number", "note", "contribution")
)  # fmt: skip
VIEWS = (("list", "List"), ("board", "Board"))
LINKS = (("all", "All links"), ("chosen", "Links of the chosen"))
LEGEND = (
    ("Tab", "next card"), ("L", "link"), ("G", "group"), ("N", "new"), ("Ctrl+arrows", "move"),
    ("Shift+arrows", "several"), ("Alt+↑ ↓", "order"), ("0", "fit"),
)  # fmt: skip
MENU = (
    "rename_card", "set_kind", "link_card", "group_codes", "new_theme", "",
    "code_up", "code_down", "order_cards", "", "take_out",
)  # fmt: skip


def _read(reader: Reader, guid: str, before: Board | None, ask: int) -> tuple[Board, int]:
    """Read the board, or what of it can have changed, in a reading lane; `ask` tells the answers apart."""
    if before is not None:
        return renewed(reader, before), ask
    viewer = coding.person_of(reader, guid)
    return board(reader, -1 if viewer is None else viewer), ask


class BoardScreen(ZoomedScreen):
    """Codes as cards, descriptive themes as groups, analytic themes above them."""

    ACTIONS = (
        ActionSpec("new_theme", "New theme…", "Screen", "N", "ph.tree-structure"),
        ActionSpec("group_codes", "New group of the chosen codes…", "Screen", "G", "ph.plus"),
        ActionSpec("link_card", "Link the card…", "Screen", "L", "ph.git-branch"),
        ActionSpec("rename_card", "Rename the card…", "Screen", "F2", "ph.pencil-simple"),
        ActionSpec("set_kind", "Kind of the theme…", "Screen", "K", "ph.tree-structure"),
        ActionSpec("take_out", "Take the card out", "Screen", "Del", "ph.trash"),
        ActionSpec("find_card", "Go to a card…", "Screen", "", "ph.magnifying-glass"),
        ActionSpec("keep_version", "Keep version…", "Screen", "", "ph.clock-counter-clockwise"),
        ActionSpec("code_up", "Code up in its group", "Screen", "Alt+Up", "ph.arrow-up"),
        ActionSpec("code_down", "Code down in its group", "Screen", "Alt+Down", "ph.arrow-down"),
        *size_commands("board"),
        ActionSpec("order_cards", "Put the cards in order", "Screen", "", "ph.squares-four"),
    )

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        parts = self.parts
        self.canvas: BoardCanvas = BoardCanvas(self.look)
        self.canvas.setAccessibleName("Theme board")
        self.board_inspector = BoardInspector(parts)
        self.acts = BoardActs(context, self.canvas, self._contents, self)
        self.kinds = KindActs(context, self.canvas, self)
        self.beside = BesideActs(context, self.board_inspector, self._board, self._contents, self)
        self._asked: Subject | None = None
        self._waits = self._read_once = False
        self._changed: frozenset[str] = frozenset()
        """Tables that were changed since what is shown was read."""
        self._asks = 0
        self.views = parts.segments("View", VIEWS, "board")
        self.views.chosen.connect(self._turn)
        self._keep = parts.button("Keep version", "plain", "ph.clock-counter-clockwise", self.keep_version)
        self._new = parts.button("New theme", "primary", "ph.plus", self.new_theme)
        self.links = parts.filters("Links", LINKS, "all")
        self.links.chosen.connect(self._show_links)
        self._empty = parts.empty(
            "ph.cards", "Here themes are built: codes are gathered in groups, and groups come to themes.",
            "New theme", self.new_theme,
            "Each code of the Coding screen comes here as a card. Choose some with Space; G makes a group.",
        )  # fmt: skip
        self._lay()
        self._connect()

    def _lay(self) -> None:
        parts, ground = self.parts, QWidget()
        self._stack = QStackedLayout(ground)
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self._empty)
        self._signs = [
            framed(across(parts.key(f" {key} "), parts.note(words), gap=6), "") for key, words in LEGEND
        ]
        bar = across(self.sized(self.canvas, "board"), gap=6, edge=(10, 0, 14, 0))
        bar.addWidget(self.links, 1)
        for sign in self._signs:
            bar.addWidget(sign)
        self.lay_out(ground, bar=bar, inspector=self.board_inspector)

    def _connect(self) -> None:
        canvas, acts, inspector = self.canvas, self.acts, self.board_inspector
        canvas.chosen.connect(self._choose)
        canvas.opened.connect(acts.rename)
        canvas.dropped.connect(acts.drop)
        canvas.put_down.connect(acts.put_down)
        canvas.carried.connect(acts.carry)
        canvas.marks_changed.connect(self._tell_marks)
        canvas.menu_asked.connect(self._show_menu)
        for page in (inspector.theme, inspector.code):
            page.link_asked.connect(acts.link)
            page.code_taken.connect(acts.take_code)
        inspector.theme.described.connect(acts.describe)
        inspector.theme.kind_set.connect(self.kinds.set_kind)
        inspector.theme.unlinked.connect(acts.unlink)
        inspector.theme.unrelated.connect(acts.unrelate)
        inspector.theme.pointed.connect(self.canvas.show_card)
        inspector.code.opened.connect(self._open_code)

    # -- what the window asks

    def title(self) -> str:
        """Return the title in the header."""
        return "Themes"

    def detail(self) -> str:
        """Return how many themes, groups and codes there are."""
        held = self.canvas.board
        if not self.canvas.cards:
            return ""
        spanning = sum(each.theme.kind is ThemeKind.OVERARCHING for each in held.above)
        themes = f"{counted(spanning, 'overarching theme')}, " if spanning else ""
        themes += counted(len(held.above) - spanning, "analytic theme")
        told = f"{themes}, {counted(len(held.groups), 'group')}, {counted(len(held.living), 'code')}"
        several = len(self.canvas.together())
        return f"{told} · {several} chosen together" if several else told

    def header_parts(self) -> Sequence[QWidget]:
        """Return list or board, and the acts."""
        return [self.views, self._keep, self._new]

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here."""
        return {"add": self.new_theme, "find": self.find_card}

    def arrange(self, *, slim: bool) -> None:
        """Give up room where the window is narrow."""
        self._keep.rename("Keep" if slim else "Keep version")
        self._keep.setAccessibleName("Keep version")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out of the legend what has no room."""
        super().resizeEvent(event)
        room = self.width() - self.board_inspector.width() * (not self.board_inspector.isHidden())
        room -= self.look.px(460)
        for sign in self._signs:
            needed = sign.sizeHint().width() + 8
            sign.setVisible(needed <= room)
            room -= needed

    def take_focus(self) -> None:
        """Give the keyboard to the cards; while they are being read, as soon as they are there."""
        if self.canvas.cards:
            self.canvas.take_focus()
        else:
            self._empty.button.setFocus()
            self._waits = not self._read_once

    def leave(self) -> None:
        """Keep what is half typed."""
        self.setFocus()

    def show_place(self, subject: Subject) -> None:
        """Show a theme or a code: now, or as soon as it is read."""
        self._asked = subject
        self._show_asked()

    def _show_asked(self) -> None:
        asked = self._asked
        if asked is None or not self.canvas.cards:
            return
        self._asked = None
        held = self.canvas.board
        theme = held.by_id.get(asked.row) if asked.kind == "theme" else None
        if theme is not None:
            self.canvas.show_card(key_of(theme))
        elif asked.kind == "code":
            keys = [key for key in self.canvas.cards if key[:2] == ("code", asked.row)]
            if keys:
                self.canvas.show_card(keys[0])

    # -- reading

    def reload(self, tables: frozenset[str]) -> None:
        """Read the board again where something of it changed."""
        if not tables or tables & READ:
            self._changed |= tables & READ if tables else READ
            self._asks += 1
            before = self.canvas.board if self._changed <= OF_CARDS else None
            question = partial(_read, guid=self.context.person_guid, before=before, ask=self._asks)
            self.project.read(question, self._came, latest="board")

    def _came(self, answer: tuple[Board, int]) -> None:
        read, ask = answer
        if ask == self._asks:  # else more was changed since, which the next answer has to tell too
            self._changed = frozenset()
        self._show(read)

    def _board(self) -> Board:
        return self.canvas.board

    def _contents(self) -> ReviewContents:
        return synthesis(self.project.reader).contents

    def _show(self, read: Board) -> None:
        self.canvas.show_board(read)
        self._stack.setCurrentIndex(0 if self.canvas.cards else 1)
        if self.canvas.current is None and self.canvas.cards:
            self.canvas.choose(next(iter(self.canvas.cards)))
        self.board_inspector.show_card(read, self.canvas.current)
        self._read_once = True
        if self._waits and self.canvas.cards:
            self.canvas.take_focus()
        self._waits = False
        made = self.acts.wish()
        if made is not None:
            self.canvas.show_card(made)
        self._show_asked()
        self._name_acts()
        self.headed.emit()

    # -- choosing

    def _choose(self, key: Key) -> None:
        self.board_inspector.show_card(self.canvas.board, key)
        self._name_acts()

    def _tell_marks(self) -> None:
        self._name_acts()
        self.headed.emit()

    def _name_acts(self) -> None:
        current = self.canvas.current
        some = current is not None
        for action in self.commands:
            if action.objectName() in ("link_card", "rename_card", "take_out"):
                action.setEnabled(some)
            if action.objectName() == "set_kind":
                action.setEnabled(self.acts.theme() is not None)
            if action.objectName() in ("code_up", "code_down"):
                action.setEnabled(current is not None and bool(current.group))
            if action.objectName() == "order_cards":
                action.setEnabled(bool(self.canvas.board.places))
        self._keep.setEnabled(bool(self.canvas.cards))

    def _turn(self, view: str) -> None:
        if view == "list":
            theme = self.acts.theme()
            self.views.choose("board")
            self.context.go_to("themes", Subject("theme", theme.id) if theme is not None else None)

    def _show_links(self, which: str) -> None:
        self.canvas.show_links(all_links=which == "all")

    def _open_code(self, code: Code) -> None:
        self.context.go_to("coding", Subject("code", code.id))

    def _show_menu(self, _key: Key, spot: QPoint) -> None:
        popup(self, self.commands, MENU, spot)

    # -- acts

    def new_theme(self) -> None:
        """Add an analytic theme."""
        self.acts.new_theme()

    def group_codes(self) -> None:
        """Make a group of the codes that are chosen."""
        self.acts.new_group()

    def link_card(self) -> None:
        """Link the chosen card to another one."""
        self.acts.link()

    def rename_card(self) -> None:
        """Rename the chosen card."""
        if self.canvas.current is not None:
            self.acts.rename(self.canvas.current)

    def set_kind(self) -> None:
        """Say what sort of theme the chosen card is."""
        self.kinds.ask()

    def take_out(self) -> None:
        """Take the chosen card out."""
        self.acts.take_out()

    def keep_version(self) -> None:
        """Keep the board as it is."""
        now = datetime.now().astimezone()
        self.beside.keep(f"{now.day} {now:%B}")

    def find_card(self) -> None:
        """Go to a card by a few letters of its name."""
        if self.canvas.cards:
            self.acts.find()

    def order_cards(self) -> None:
        """Let all cards stand in their rows again."""
        self.acts.order()

    def code_up(self) -> None:
        """Put the chosen code one place up in its group."""
        self.acts.step(-1)

    def code_down(self) -> None:
        """Put the chosen code one place down in its group."""
        self.acts.step(1)
