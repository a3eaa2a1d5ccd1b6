"""What a person does on the board: each act asks what it needs, and hands one edit to the project."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt

from evidence_app.domain.board import Board, BoardTheme, Relation, RelationKind
from evidence_app.domain.coding import Code
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Edit, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import codebook
from evidence_app.services.synthesis import board as acts
from evidence_app.services.synthesis.outlining import consequence
from evidence_app.storage.applied import Applied
from evidence_app.ui.board.canvas import BoardCanvas
from evidence_app.ui.board.link_dialog import (
    ALSO,
    CODE_WAYS,
    CONTRADICTS,
    PART,
    CardFinder,
    LinkDialog,
    offered_to,
)
from evidence_app.ui.board.link_dialog import (
    WAYS as LINK_WAYS,
)
from evidence_app.ui.board.placing import Key, key_of
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.zooming import WAYS

CARRIED = 24
"""How far an arrow key with Ctrl takes a theme or a group, in lengths of the design."""


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
        self.wished: str | Key = ""
        """What is to be chosen once it is read: a card, or the name of a theme that is made."""

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
        key, rows = self._canvas.current, self._canvas.marked("code")
        if not rows and key is not None and key.kind == "code":
            rows = [key.row]
        return [self.board.code_by_id[row] for row in rows if row in self.board.code_by_id]

    def groups(self) -> list[BoardTheme]:
        """Return the groups that are chosen together."""
        return [self.board.by_id[row] for row in self._canvas.marked("group")]

    def _group_of(self, key: Key | None) -> BoardTheme | None:
        return self.board.by_id.get(key.group) if key is not None and key.kind == "code" else None

    # -- making and naming

    def new_theme(self) -> None:
        """Ask for the name of a new analytic theme, built from the groups that are chosen together."""
        groups = self.groups()
        question = (
            f"What do {len(groups)} groups come to together?" if groups else "What is the theme called?"
        )
        if self.board.spanning is not None:
            question += f" It becomes a subtheme of “{self.board.spanning.name}”."
        name = self.context.messages.ask("New theme", question)
        if name is not None and name.strip():
            self.wished = " ".join(name.split())
            self._do(partial(acts.new_theme, self.board, name, groups))
            self._canvas.unmark()

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
        theme, codes, groups = self.theme(), self.codes(), self.groups()
        if groups:
            self._link_groups(groups)
        elif self._canvas.marks or theme is None:
            if codes:
                self._link_codes(codes)
        elif not (offered := offered_to(self.board, theme)):
            self.context.say("There is nothing to link to yet: add a theme or a group first.")
        else:
            title = f"Link “{theme.name}” to"
            dialog = LinkDialog(self.context.parts, title, self.board, offered, LINK_WAYS)
            if self.context.messages.show(dialog) and dialog.theme is not None:
                self.join(theme, dialog.theme, dialog.way, dialog.note_text)

    def _link_groups(self, groups: Sequence[BoardTheme]) -> None:
        over = [each for each in (*self.board.above, *self.board.groups) if each not in groups]
        title = f"Make {counted(len(groups), 'group')} part of"
        dialog = LinkDialog(self.context.parts, title, self.board, over, ())
        if self.context.messages.show(dialog) and dialog.theme is not None:
            self._do(partial(acts.link_several, self.board, groups, dialog.theme))
            self._canvas.unmark()

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
            theme, groups = board.by_id.get(key.row), self.groups()
            if key in self._canvas.marks and other is not None:
                self._do(partial(acts.link_several, board, groups, other))
                self._canvas.unmark()
            elif theme is not None and other is not None:
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
        explanation = f"{consequence(contents, theme.theme)} Its codes stay in the code book."
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

    # -- places

    def put_down(self, key: Key, x: float, y: float) -> None:
        """Keep where a card was put."""
        table = "code" if key.kind == "code" else "theme"
        self._do(partial(acts.place, self.board, table, key.row, round(x, 1), round(y, 1)))

    def carry(self, key: Key, arrow: Qt.Key) -> None:
        """Take codes into the next group in a direction; a theme or a group a step further."""
        if key.kind != "code":
            (x, y), (across, down) = self._canvas.spot_of(key), WAYS[arrow]
            self.put_down(key, max(x + CARRIED * across, 0.0), max(y + CARRIED * down, 0.0))
            return
        to = self._canvas.group_beside(key, arrow)
        if to is None:
            self.context.say("There is no group that way.")
            return
        codes = self.codes()
        self.wished = Key("code", key.row, to.row)
        out_of = self._group_of(key)
        self._do(partial(acts.put_codes, self.board, codes, self.board.by_id[to.row], out_of))
        self._canvas.unmark()

    def order(self) -> None:
        """Let all cards stand in their rows again."""
        self._do(partial(acts.order_cards, self.board))

    def find(self) -> None:
        """Ask for a card by its name, and go there."""
        finder = CardFinder(self.context.parts, self.board, list(self._canvas.cards))
        if self.context.messages.show(finder) and finder.card is not None:
            self._canvas.show_card(finder.card)

    def wish(self) -> Key | None:
        """Return the card that is to be chosen, once it is there."""
        if isinstance(self.wished, Key):
            found = self.wished if self.wished in self._canvas.cards else None
        else:
            named = (each for each in reversed(self.board.themes) if each.name == self.wished)
            made = next(named, None) if self.wished else None
            found = key_of(made) if made is not None else None
        if found is not None:
            self.wished = ""
        return found
