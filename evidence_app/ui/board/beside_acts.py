"""What is done beside the board: versions, memos and the history of the chosen card."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from evidence_app.domain.board import Board, Version
from evidence_app.domain.board_versions import themes_of
from evidence_app.domain.coding import Memo, MemoKind
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.memos import change_memo, write_memo
from evidence_app.services.synthesis.board_versions import bring_back, forget_version, keep_version
from evidence_app.storage.applied import Applied
from evidence_app.storage.coding_notes import memos
from evidence_app.storage.gone_themes import gone_themes
from evidence_app.storage.synthesis import history_of
from evidence_app.ui.board.inspector import HISTORY, BoardInspector
from evidence_app.ui.board.versions import BringBackDialog
from evidence_app.ui.screen import ScreenContext, Subject


class BesideActs(QObject):
    """Stands between the inspector and the project."""

    def __init__(
        self,
        context: ScreenContext,
        inspector: BoardInspector,
        board: Callable[[], Board],
        contents: Callable[[], ReviewContents],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._inspector = context, inspector
        self._board, self._contents = board, contents
        inspector.versions.forgotten.connect(self.forget)
        inspector.versions.brought_back.connect(self.bring_back)
        inspector.memos.written.connect(self.write_memo)
        inspector.memos.edited.connect(self.change_memo)
        inspector.history.opened.connect(self._open_history)
        inspector.beside_asked.connect(self.show)

    # -- versions

    def keep(self, suggested: str) -> None:
        """Ask for a name and keep the board as it is."""
        question = "What is this version called? It keeps groups, links, propositions and places as they are."
        name = self._context.messages.ask("Keep version", question, suggested)
        if name is not None and name.strip():
            edit = keep_version(self._board(), name, self._context.person)
            self._context.project.do(edit, partial(self._tell, "The version is kept"))

    def forget(self, version: Version) -> None:
        """Take a version out."""
        self._context.project.do(forget_version(version.id, version.name))

    def bring_back(self, version: Version) -> None:
        """Show what bringing a version back does and cannot do, and do it."""
        board, context = self._board(), self._context
        gone = gone_themes(context.project.reader, themes_of(version.board))
        try:
            made = bring_back(board, version, gone, self._contents())
        except EvidenceError as error:
            context.say(str(error))
            return
        if not made.edit:
            more = f" {' '.join(made.stays)}" if made.stays else ""
            context.say(f"Themes, links and places are as “{version.name}” keeps them.{more}")
            return
        dialog = BringBackDialog(context.parts, version, made.taken_back, made.stays)
        if context.messages.show(dialog):
            said = f"The board is as “{version.name}” keeps it"
            context.project.do(made.edit, partial(self._tell, said))

    def _tell(self, said: str, _applied: Applied) -> None:
        self._context.say(said, undo=True)

    # -- memos and history

    def show(self) -> None:
        """Read memos and history of the chosen card."""
        subject, reader = self._inspector.subject, self._context.project.reader
        if subject is None:
            self._inspector.show_beside((), ())
            return
        shows_history = self._inspector.tabs.currentIndex() == HISTORY
        edits = history_of(reader, *subject) if shows_history else ()
        self._inspector.show_beside(memos(reader, *subject), edits)

    def write_memo(self, kind: MemoKind, text: str) -> None:
        """Note something on the chosen card."""
        subject = self._inspector.subject
        if subject is not None:
            self._context.project.do(write_memo(kind, text, *subject, person=self._context.person))

    def change_memo(self, memo: Memo, text: str) -> None:
        """Reword a memo; one left empty is removed."""
        self._context.project.do(change_memo(memo, memo.kind, memo.title if text.strip() else "", text))

    def _open_history(self, edit: int | None) -> None:
        self._context.go_to("history", Subject("edit", edit) if edit is not None else None)
