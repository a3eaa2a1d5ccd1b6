"""The theme board of the sample with three codes, for tests of its acts and versions."""

from collections.abc import Callable

from evidence_app.domain.board import Board, BoardTheme
from evidence_app.domain.board_versions import changes_since
from evidence_app.domain.coding import Code
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Edit
from evidence_app.services.coding import codebook
from evidence_app.storage.board import OF_CARDS, board, renewed
from evidence_app.storage.project import Project
from evidence_app.storage.synthesis import synthesis

TRUST, VOICE, GOVERNANCE = "Trust", "The collective voice", "Governance"


class Desk:
    """The sample with three codes."""

    def __init__(self, project: Project) -> None:
        self.project = project
        for name in ("Late money", "Trust lost", "Jokes"):
            project.apply(codebook.new_code(name))

    def board(self) -> Board:
        with self.project.reader() as reader:
            return board(reader)

    def do(self, make: Callable[[Board], Edit]) -> Board:
        """Write an edit made of the board as it is, and see that undo brings the board back."""
        before = self.board()
        self.project.apply(make(before))
        after = self.board()
        self.see_renewed(before, after)
        self.project.undo()
        assert self.board() == before
        self.project.redo()
        assert self.board() == after
        return after

    def see_renewed(self, before: Board, after: Board) -> None:
        """See that a board whose cards alone were moved is the same when only that is read again."""
        with self.project.reader() as reader:
            rows = reader.rows("SELECT DISTINCT tbl FROM edit_change WHERE edit = (SELECT max(id) FROM edit)")
            if {row["tbl"] for row in rows} <= OF_CARDS:
                assert renewed(reader, before) == after

    def theme(self, name: str) -> BoardTheme:
        return next(each for each in self.board().themes if each.name == name)

    def code(self, name: str) -> Code:
        return next(code for code in self.board().codes if code.name == name)

    def contents(self) -> ReviewContents:
        with self.project.reader() as reader:
            return synthesis(reader).contents

    def codes_of(self, group: str) -> list[str]:
        held = self.board()
        return [code.name for code in held.codes_of(self.theme(group).id)]

    def since(self) -> list[str]:
        """Return what changed since the latest version."""
        held = self.board()
        return [change.words for change in changes_since(held.versions[0].board, held)]
