"""What every act of the board starts from: the cards that are chosen, and the door to the project."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from evidence_app.domain.board import Board, BoardTheme
from evidence_app.domain.coding import Code
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Edit
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.synthesis.board_codes import Carried, gather, several_words
from evidence_app.storage.applied import Applied
from evidence_app.ui.board.canvas import BoardCanvas
from evidence_app.ui.board.placing import Key, key_of
from evidence_app.ui.screen import ScreenContext


class Doing(QObject):
    """Knows what is chosen, and hands edits to the project."""

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

    def do(self, make: Callable[[], Edit], said: str = "") -> bool:
        """Do what an act makes of the board; a refusal is said. Return whether there was something to do."""
        try:
            edit = make()
        except EvidenceError as error:
            self.context.say(str(error))
            return False
        if edit:
            self.context.project.do(edit, partial(self._tell, said) if said else None)
        return bool(edit)

    def _tell(self, said: str, _applied: Applied) -> None:
        self.context.say(said, undo=True)

    # -- what is chosen

    def theme(self) -> BoardTheme | None:
        """Return the theme or group that is chosen."""
        key = self._canvas.current
        return self.board.by_id.get(key.row) if key is not None and key.kind != "code" else None

    def carried(self) -> list[Carried]:
        """Return the codes that are chosen together, or the one that is chosen, each with its group."""
        key, keys = self._canvas.current, self._canvas.together()
        if not keys and key is not None:
            keys = [key]
        return self.carried_of(keys)

    def carried_of(self, keys: Sequence[Key]) -> list[Carried]:
        """Return the codes among cards, each with the group it lies in."""
        board = self.board
        return [
            Carried(board.code_by_id[key.row], board.by_id.get(key.group))
            for key in keys if key.kind == "code" and key.row in board.code_by_id
        ]  # fmt: skip

    def codes(self) -> list[Code]:
        """Return the codes that are chosen, each once."""
        return list({each.code.id: each.code for each in self.carried()}.values())

    def themes(self) -> list[BoardTheme]:
        """Return the themes and groups that are chosen together."""
        return self.themes_of(self._canvas.together())

    def themes_of(self, keys: Sequence[Key]) -> list[BoardTheme]:
        """Return the themes and groups among cards."""
        found = (self.board.by_id.get(key.row) for key in keys if key.kind != "code")
        return [each for each in found if each is not None]

    # -- putting several under one

    def gather(self, themes: Sequence[BoardTheme], carried: Sequence[Carried], over: BoardTheme) -> None:
        """Put groups and codes under a theme or a group; codes under a theme come into a new group there."""
        name = ""
        if carried and over.is_above:
            codes = list({each.code.id: each.code for each in carried}.values())
            alone = "What is the group called?"
            asked = alone if len(codes) == 1 else f"What do {len(codes)} codes have in common?"
            answer = self.context.messages.ask("New group", f"{asked} It becomes part of “{over.name}”.")
            if answer is None or not answer.strip():
                return
            name = answer
            self.wished = " ".join(name.split())
        codes = [each.code for each in carried]
        what = several_words([each for each in themes if each.id != over.id], list(dict.fromkeys(codes)))
        if self.do(
            lambda: gather(self.board, themes, carried, over, name), f"Put {what} under “{over.name}”"
        ):
            self._canvas.unmark()

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
