"""What a person does on the board: each act asks what it needs, and hands one edit to the project."""

from collections.abc import Sequence
from functools import partial

from evidence_app.domain.board import BoardTheme, Relation, RelationKind
from evidence_app.domain.coding import Code
from evidence_app.domain.edit import Edit
from evidence_app.services.coding import codebook
from evidence_app.services.synthesis import board as acts
from evidence_app.services.synthesis import board_codes
from evidence_app.services.synthesis.board_codes import Carried, several_words
from evidence_app.services.synthesis.outlining import consequence
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
from evidence_app.ui.board.moving import Moving
from evidence_app.ui.board.placing import Key


class BoardActs(Moving):
    """The acts of the board."""

    # -- making and naming

    def new_theme(self) -> None:
        """Ask for the name of a new analytic theme, built from the groups that are chosen together."""
        groups = self.themes()
        question = "What is the theme called?"
        if len(groups) > 1:
            question = f"What do {several_words(groups, [])} come to together?"
        if self.board.spanning is not None and self.board.spanning not in groups:
            question += f" It becomes a subtheme of “{self.board.spanning.name}”."
        name = self.context.messages.ask("New theme", question)
        if name is not None and name.strip():
            self.wished = " ".join(name.split())
            self.do(partial(acts.new_theme, self.board, name, groups))
            self._canvas.unmark()

    def new_group(self) -> None:
        """Ask for the name of a group, of the codes that are chosen, part of the theme that is chosen."""
        codes, above = self.codes(), [each for each in self.themes() if each.is_above]
        question = "What is the group called?"
        if len(codes) > 1:
            question = f"What do {len(codes)} codes have in common?"
        name = self.context.messages.ask("New group", question)
        if name is None or not name.strip():
            return
        self.wished = " ".join(name.split())
        theme = above[0] if len(above) == 1 else self.theme()
        parent = theme if theme is not None and theme.is_above else None
        self.do(partial(self._grouped, name, codes, parent))
        self._canvas.unmark()

    def _grouped(self, name: str, codes: Sequence[Code], parent: BoardTheme | None) -> Edit:
        return board_codes.new_group(self.board, name, codes, parent)

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
            self.do(partial(codebook.rename, code, name))
        elif theme is not None:
            self.do(partial(acts.rename, theme, name))

    def describe(self, theme: BoardTheme, values: dict[str, object]) -> None:
        """Set proposition, reasons or question of a theme."""
        now = self.board.by_id.get(theme.id)
        if now is not None:
            self.do(partial(acts.describe, now, **values))

    # -- linking

    def link(self) -> None:
        """Ask what the chosen card is linked to, and how; of several cards, what they are put under."""
        theme, carried, themes = self.theme(), self.carried(), self.themes()
        if themes:
            self._link_several(themes, carried if self._canvas.marks else [])
        elif self._canvas.marks or theme is None:
            if carried:
                self._link_codes(carried)
        elif not (offered := offered_to(self.board, theme)):
            self.context.say("There is nothing to link to yet: add a theme or a group first.")
        else:
            title = f"Link “{theme.name}” to"
            dialog = LinkDialog(self.context.parts, title, self.board, offered, LINK_WAYS)
            if self.context.messages.show(dialog) and dialog.theme is not None:
                self.join(theme, dialog.theme, dialog.way, dialog.note_text)

    def _link_several(self, themes: Sequence[BoardTheme], carried: Sequence[Carried]) -> None:
        over = [each for each in (*self.board.above, *self.board.groups) if each not in themes]
        codes = list({each.code.id: each.code for each in carried}.values())
        title = f"Put {several_words(themes, codes)} under"
        dialog = LinkDialog(self.context.parts, title, self.board, over, (), "Put there")
        if self.context.messages.show(dialog) and dialog.theme is not None:
            self.gather(themes, carried, dialog.theme)

    def join_dropped(self, theme: BoardTheme, other: BoardTheme) -> None:
        """Make a theme or group part of the one it was dropped on."""
        self.join(theme, other, PART)

    def join(self, theme: BoardTheme, other: BoardTheme, way: str, note: str = "") -> None:
        """Link two themes: one part of the other, or one supporting or contradicting the other."""
        if way == PART:
            below, over = (other, theme) if theme.is_above and not other.is_above else (theme, other)
            if (below.id, over.id) in self.board.links:
                self.context.say(f"“{below.name}” is part of “{over.name}” already.")
                return
            self.do(
                partial(acts.link, self.board, below, over), f"“{below.name}” is part of “{over.name}” now"
            )
            return
        kind = RelationKind.CONTRADICTS if way == CONTRADICTS else RelationKind.SUPPORTS
        self.do(partial(acts.relate, self.board, theme, other, kind, note))

    def _link_codes(self, carried: Sequence[Carried]) -> None:
        if not self.board.themes:
            self.context.say("There is no group yet: press G to make one of the codes that are chosen.")
            return
        codes = list({each.code.id: each.code for each in carried}.values())
        ways = CODE_WAYS if any(each.out_of is not None for each in carried) else ()
        offered = [*self.board.groups, *self.board.above]
        title = f"Put {several_words([], codes)} under"
        dialog = LinkDialog(self.context.parts, title, self.board, offered, ways, "Put there")
        if not self.context.messages.show(dialog) or dialog.theme is None:
            return
        if not ways or dialog.way == ALSO:
            carried = [Carried(each.code) for each in carried]
        if dialog.theme.is_above:
            self.gather([], carried, dialog.theme)
        else:
            self.do(partial(board_codes.move_codes, self.board, carried, dialog.theme))
            self._canvas.unmark()

    # -- taking away

    def take_out(self) -> None:
        """Take codes out of their group; a group or a theme out of the review, after a question."""
        theme, carried, themes = self.theme(), self.carried(), self.themes()
        if len(themes) > 1 or (themes and carried):
            self.context.say("Themes and groups are taken out one by one. Esc lets the others go.")
        elif theme is not None and not (self._canvas.marks and carried):
            self._remove(theme)
        elif any(each.out_of is not None for each in carried):
            self.do(partial(board_codes.take_out, self.board, carried))
            self._canvas.unmark()
        elif carried:
            self.context.say("A code without a group is taken out in the code book, on the Coding screen.")

    def _remove(self, theme: BoardTheme) -> None:
        contents = self._contents()
        explanation = f"{consequence(contents, theme.theme)} Its codes stay in the code book."
        question = f"Take “{theme.name}” out?"
        if self.context.messages.confirm(question, explanation, "Take it out"):
            self.do(partial(acts.remove_theme, self.board, theme, contents), f"Took “{theme.name}” out")

    def take_code(self, code: Code, group: BoardTheme) -> None:
        """Take a code out of a group."""
        self.do(partial(board_codes.take_codes, self.board, [code], group))

    def unlink(self, theme: BoardTheme, parent: BoardTheme) -> None:
        """Take a link away."""
        self.do(partial(acts.unlink, self.board, theme, parent))

    def unrelate(self, relation: Relation) -> None:
        """Take a relation away."""
        self.do(partial(acts.unrelate, relation))

    # -- finding

    def find(self) -> None:
        """Ask for a card by its name, and go there."""
        finder = CardFinder(self.context.parts, self.board, list(self._canvas.cards))
        if self.context.messages.show(finder) and finder.card is not None:
            self._canvas.show_card(finder.card)
