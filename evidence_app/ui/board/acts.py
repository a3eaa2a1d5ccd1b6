"""What a person does on the board: each act asks what it needs, and hands one edit to the project."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from evidence_app.domain.board import Board, BoardTheme, Relation, RelationKind, Version
from evidence_app.domain.coding import Code
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Edit
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import codebook
from evidence_app.services.synthesis import board as acts
from evidence_app.services.synthesis import board_versions
from evidence_app.storage.applied import Applied
from evidence_app.ui.board.canvas import BoardCanvas
from evidence_app.ui.board.link_dialog import ALSO, CODE_WAYS, CONTRADICTS, PART, WAYS, LinkDialog
from evidence_app.ui.board.placing import Key, key_of
from evidence_app.ui.screen import ScreenContext


class BoardActs(QObject):
    """The acts of the board; `shown` tells the board as it is now."""

    def __init__(
        self,
        context: ScreenContext,
        canvas: BoardCanvas,
        contents: Callable[[], ReviewContents],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.context, self._canvas, self._contents = context, canvas, contents
        self.wished = ""
        """The name of what is to be chosen once it is read."""

    @property
    def board(self) -> Board:
        """The board as it is shown."""
        return self._canvas.board

    def _do(self, make: Callable[[], Edit], said: str = "") -> None:
        try:
            edit = make()
        except EvidenceError as error:
            self.context.say(str(error))
            return
        if edit:
            self._said = said
            self.context.project.do(edit, self._tell if said else None)

    def _tell(self, _applied: Applied) -> None:
        self.context.say(self._said, undo=True)

    # -- what is chosen

    def theme(self) -> BoardTheme | None:
        """Return the theme or group that is chosen."""
        key = self._canvas.current
        return self.board.by_id.get(key.row) if key is not None and key.kind != "code" else None

    def codes(self) -> list[Code]:
        """Return the codes that are chosen together, or the one that is chosen."""
        key, rows = self._canvas.current, list(self._canvas.marked_codes())
        if not rows and key is not None and key.kind == "code":
            rows = [key.row]
        return [self.board.code_by_id[row] for row in rows if row in self.board.code_by_id]

    def _group_of(self, key: Key | None) -> BoardTheme | None:
        return self.board.by_id.get(key.group) if key is not None and key.kind == "code" else None

    # -- making and naming

    def new_theme(self) -> None:
        """Ask for the name of a new analytic theme."""
        name = self.context.messages.ask("New theme", "What is the theme called?")
        if name is not None and name.strip():
            self.wished = " ".join(name.split())
            self._do(partial(acts.new_theme, self.board, name))

    def new_group(self) -> None:
        """Ask for the name of a group, of the codes that are chosen, part of the theme that is chosen."""
        codes, theme = self.codes(), self.theme()
        question = "What is the group called?"
        if codes:
            question = f"What do {len(codes)} codes have in common?" if len(codes) > 1 else question
        name = self.context.messages.ask("New group", question)
        if name is None or not name.strip():
            return
        self.wished = " ".join(name.split())
        parent = theme if theme is not None and theme.is_above else None
        self._do(partial(self._grouped, name, codes, parent))
        self._canvas.unmark()

    def _grouped(self, name: str, codes: Sequence[Code], parent: BoardTheme | None) -> Edit:
        return acts.new_group(self.board, name, codes, parent)

    def rename(self, key: Key) -> None:
        """Ask for another name of a theme, a group or a code."""
        code = self.board.code_by_id.get(key.row) if key.kind == "code" else None
        theme = self.board.by_id.get(key.row) if key.kind != "code" else None
        held = code or theme
        if held is None:
            return
        name = self.context.messages.ask(f"Rename “{held.name}”", "What is it called?", held.name)
        if name is None or not name.strip():
            return
        if code is not None:
            self._do(partial(codebook.rename, code, name))
        elif theme is not None:
            self._do(partial(acts.rename, theme, name))

    def describe(self, theme: BoardTheme, values: dict[str, object]) -> None:
        """Set proposition, reasons or question of a theme."""
        now = self.board.by_id.get(theme.id)
        if now is not None:
            self._do(partial(acts.describe, now, **values))

    # -- linking

    def link(self) -> None:
        """Ask what the chosen card is linked to, and how."""
        theme, codes = self.theme(), self.codes()
        if self._canvas.marks or theme is None:
            if codes:
                self._link_codes(codes)
            return
        offered = [each for each in (*self.board.above, *self.board.groups) if each.id != theme.id]
        if not offered:
            self.context.say("There is nothing to link to yet: add a theme or a group first.")
            return
        title = f"Link “{theme.name}” to"
        dialog = LinkDialog(self.context.parts, title, self.board, offered, WAYS)
        if self.context.messages.show(dialog) and dialog.theme is not None:
            self.join(theme, dialog.theme, dialog.way, dialog.note_text)

    def join(self, theme: BoardTheme, other: BoardTheme, way: str, note: str = "") -> None:
        """Link two themes: one part of the other, or one supporting or contradicting the other."""
        if way == PART:
            below, over = (other, theme) if theme.is_above and not other.is_above else (theme, other)
            if (below.id, over.id) in self.board.links:
                self.context.say(f"“{below.name}” is part of “{over.name}” already.")
                return
            self._do(
                partial(acts.link, self.board, below, over), f"“{below.name}” is part of “{over.name}” now"
            )
            return
        kind = RelationKind.CONTRADICTS if way == CONTRADICTS else RelationKind.SUPPORTS
        self._do(partial(acts.relate, self.board, theme, other, kind, note))

    def _link_codes(self, codes: Sequence[Code]) -> None:
        if not self.board.groups:
            self.context.say("There is no group yet: press G to make one of the codes that are chosen.")
            return
        what = f"“{codes[0].name}”" if len(codes) == 1 else f"{len(codes)} codes"
        ways = CODE_WAYS if self._group_of(self._canvas.current) is not None else ()
        dialog = LinkDialog(self.context.parts, f"Put {what} under", self.board, self.board.groups, ways)
        if self.context.messages.show(dialog) and dialog.theme is not None:
            also = not ways or dialog.way == ALSO
            out_of = None if also else self._group_of(self._canvas.current)
            self._do(partial(acts.put_codes, self.board, codes, dialog.theme, out_of))
            self._canvas.unmark()

    def drop(self, key: Key, target: Key | None, also: bool) -> None:
        """Do what dropping a card on another one means; a code dropped beside its group leaves it."""
        board = self.board
        other = board.by_id.get(target.row) if target is not None else None
        if key.kind != "code":
            theme = board.by_id.get(key.row)
            if theme is not None and other is not None:
                self.join(theme, other, PART)
            return
        codes = self.codes() if key in self._canvas.marks else [board.code_by_id[key.row]]
        group = self._group_of(key)
        if other is not None:
            self._do(partial(acts.put_codes, board, codes, other, None if also else group))
        elif group is not None and not also:
            self._do(partial(acts.take_codes, board, codes, group))
        self._canvas.unmark()

    # -- taking away

    def take_out(self) -> None:
        """Take codes out of their group; a group or a theme out of the review, after a question."""
        theme, codes = self.theme(), self.codes()
        group = self._group_of(self._canvas.current)
        if theme is not None:
            self._remove(theme)
        elif codes and group is not None:
            self._do(partial(acts.take_codes, self.board, codes, group))
            self._canvas.unmark()
        elif codes:
            self.context.say("A code without a group is taken out in the code book, on the Coding screen.")

    def _remove(self, theme: BoardTheme) -> None:
        contents = self._contents()
        explanation = "Its codes and its parts stay. Its review findings go to what it is part of."
        question = f"Take “{theme.name}” out?"
        if self.context.messages.confirm(question, explanation, "Take it out"):
            self._do(partial(acts.remove_theme, self.board, theme, contents), f"Took “{theme.name}” out")

    def take_code(self, code: Code, group: BoardTheme) -> None:
        """Take a code out of a group."""
        self._do(partial(acts.take_codes, self.board, [code], group))

    def unlink(self, theme: BoardTheme, parent: BoardTheme) -> None:
        """Take a link away."""
        self._do(partial(acts.unlink, self.board, theme, parent))

    def unrelate(self, relation: Relation) -> None:
        """Take a relation away."""
        self._do(partial(acts.unrelate, relation))

    # -- places and versions

    def put_down(self, key: Key, x: float, y: float) -> None:
        """Keep where a card was put."""
        table = "code" if key.kind == "code" else "theme"
        self._do(partial(acts.place, self.board, table, key.row, round(x, 1), round(y, 1)))

    def order(self) -> None:
        """Let all cards stand in their rows again."""
        self._do(partial(acts.order_cards, self.board))

    def keep_version(self, suggested: str) -> None:
        """Ask for a name and keep the board as it is."""
        question = "What is this version called? It keeps groups, links and propositions as they are now."
        name = self.context.messages.ask("Keep version", question, suggested)
        if name is not None and name.strip():
            person = self.context.person
            self._do(partial(board_versions.keep_version, self.board, name, person), "The version is kept")

    def forget(self, version: Version) -> None:
        """Take a version out."""
        self._do(partial(board_versions.forget_version, version.id, version.name))

    def wish(self) -> Key | None:
        """Return the card of what was just made, once it is there."""
        made = next((each for each in reversed(self.board.themes) if each.name == self.wished), None)
        if made is None or not self.wished:
            return None
        self.wished = ""
        return key_of(made)
