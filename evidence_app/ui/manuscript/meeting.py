"""What is typed and what the project holds, brought together whenever the project answers.

Nothing typed is lost: where the block moved on meanwhile the words stay and it is said; where the block is
gone they come back as a new one; where an act was refused the block stands again as it was typed."""

from dataclasses import replace

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Edit, Insert
from evidence_app.domain.manuscript import Block
from evidence_app.domain.review import Review
from evidence_app.services.synthesis import rewriting
from evidence_app.services.synthesis.numbering import Numbering, number_new_works
from evidence_app.services.synthesis.rewriting import Act, differs
from evidence_app.ui.manuscript import reading
from evidence_app.ui.manuscript.page import Page
from evidence_app.ui.manuscript.reading import Written
from evidence_app.ui.open_project import OpenProject

SAVE_AFTER_MS = 1000
WAIT_MS = 10_000
"""How long an act waits for the answer to the one before; then it is not done, and what is typed stays."""
NOTHING = ReviewContents(review=Review(title=""))
CHANGED_ELSEWHERE = "This block was changed elsewhere while you typed. Your words are kept here, not written."


class Meeting(QObject):
    """Reads, waits for answers, and keeps what is typed beside what is written."""

    shown = Signal()
    """The page shows other contents."""
    chosen = Signal()
    """Another block or another anchor is in hand."""
    settled = Signal()
    """The project has answered; the page shows what it holds."""
    stuck = Signal(str)
    """Why the open block is not written, in the user's words; empty when it is again."""

    def __init__(self, project: OpenProject, page: Page) -> None:
        super().__init__(page)
        self.project, self.page = project, page
        self.contents = NOTHING
        self.numbering = Numbering(None)
        self.anchor = ""
        self.reason = ""
        self._base: Block | None = None
        self._before_act: Block | None = None
        self._extra: dict[int, str] = {}
        self._pending = self._again = self._undoing = False
        self._refusal = ""
        self._later = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        page.editor.anchor_chosen.connect(self._choose_anchor)
        project.refused.connect(self._refused)
        project.changed.connect(self._undone)

    # -- reading

    def reload(self) -> None:
        """Read again what the project holds, unless an answer to an edit of ours comes anyway."""
        if self._pending:
            self._again = True
        else:
            self._read()

    def _read(self) -> None:
        self.project.read(reading.written, self._arrived, latest="manuscript")

    def _read_answer(self) -> None:
        self.project.read(reading.written, self._answer_arrived, latest="manuscript")

    def _arrived(self, written: Written) -> None:
        if self._pending:
            self._again = True  # read before our edit was written: its answer is still to come
        else:
            self._show(written)

    def _answer_arrived(self, written: Written) -> None:
        self._pending = False
        self._show(written)

    def _show(self, written: Written) -> None:
        self.contents, self.numbering = written
        self._extra = {}
        refusal, self._refusal = self._refusal, ""
        self._meet(refusal)
        self.shown.emit()
        if not self._pending:
            self.settled.emit()
        if self._again:
            self._again = False
            self._read()

    def settle(self) -> bool:
        """Wait until the project has answered what was asked; return whether it has."""
        if self._pending:
            loop = QEventLoop()
            patience = QTimer(loop, singleShot=True, interval=WAIT_MS)
            patience.timeout.connect(loop.quit)
            self.settled.connect(loop.quit)
            patience.start()
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            patience.stop()
        return not self._pending

    def _meet(self, refusal: str) -> None:
        """Bring what is typed and what the project holds together."""
        if refusal and self._before_act is not None:
            self._take_back(refusal)
            return
        self._before_act = None
        if not self.page.open or self._base is None:
            self.page.show_contents(self.contents)
            return
        typed = self.page.editor.now()
        stored = self.block(self.page.open)
        if stored is None:
            self._lost(typed)
        elif not differs(typed, stored):
            self._agree(stored)
        elif not refusal and not differs(typed, self._base) and not self.reason:
            self._agree(stored)
            self.page.editor.refresh(stored)
            self.page.show_contents(self.contents)
        else:
            self._moved_on(stored, refusal)

    def _agree(self, stored: Block) -> None:
        self._base = stored
        self.page.editor.saved(stored)
        self.page.show_contents(self.contents)
        self._say("")

    def _moved_on(self, stored: Block, refusal: str) -> None:
        elsewhere = self._base is not None and differs(stored, self._base)
        self.page.editor.saved(stored)
        self.page.show_contents(self.contents)
        if refusal or elsewhere:
            self._later.stop()
            self._say(refusal or CHANGED_ELSEWHERE)
        if not elsewhere:
            self._base = stored

    def _lost(self, typed: Block) -> None:
        """The open block is gone: nothing typed goes with it."""
        unwritten = self._base is not None and differs(typed, self._base)
        self.page.end()
        self._base = None
        self.page.show_contents(self.contents)
        if unwritten and typed.text.strip():
            again = replace(rewriting.copy_of(typed), section=self._section_for(typed))
            self._add_again(again)
        self._choose_anchor("")

    def _section_for(self, block: Block) -> int:
        known = {section.id for section in self.contents.sections}
        return block.section if block.section in known else next(iter(known), block.section)

    def _add_again(self, block: Block) -> None:
        section = next((each for each in self.contents.sections if each.id == block.section), None)
        if section is not None:
            self.do(rewriting.add(self.contents.blocks, section, block=block))

    def _take_back(self, refusal: str) -> None:
        """An act on blocks was refused: the block in hand stands again as it was typed."""
        typed, self._before_act = self._before_act, None
        self.page.end()
        self.page.show_contents(self.contents)
        stored = self.block(typed.guid) if typed is not None else None
        if typed is None or stored is None:
            self._say(refusal)
            return
        self.page.begin(typed.guid, 0)
        self.page.editor.refresh(typed)
        self.page.editor.saved(stored)
        self._base = stored
        if differs(typed, stored):
            self._say(refusal)

    # -- the block that is open

    def block(self, guid: str) -> Block | None:
        """Return a block by its identity."""
        return next((block for block in self.contents.blocks if block.guid == guid), None)

    def begin(self, guid: str, place: int) -> None:
        """Put the editor over a block; what was open before is kept already."""
        self.page.begin(guid, place)
        self._base = self.block(guid)
        self._choose_anchor("")
        self.chosen.emit()

    def _choose_anchor(self, anchor: str) -> None:
        if anchor != self.anchor:
            self.anchor = self.page.ink.chosen = anchor
            self.page.update()
            self.page.editor.viewport().update()
            self.chosen.emit()

    def _say(self, reason: str) -> None:
        if reason != self.reason:
            self.reason = reason
            self.stuck.emit(reason)

    # -- one edit at a time

    def do(self, act: Act) -> None:
        """Show the act on the page and hand its edit to the project; what is typed was kept before."""
        if not self.settle():
            return
        edit = number_new_works(act.edit, self.numbering)
        self._extra.update(_numbers_of(edit))
        self.contents = replace(self.contents, blocks=act.blocks)
        if not edit:
            return
        if self.page.open:
            self._base = self.page.editor.block = self.block(self.page.open)
        self._pending = True
        self.page.show_contents(self.contents, self._extra)
        self.project.do(edit, self._answered)

    def undo(self) -> None:
        """Take back the last edit."""
        if self.settle():
            self._undoing = self._pending = True
            self.project.undo()
            self.settle()

    def _undone(self, _tables: object) -> None:
        if self._undoing:
            self._undoing = False
            self._read_answer()

    def _answered(self, _applied: object = None) -> None:
        self._again = False
        if not self._refusal:
            self._before_act = None
        self._read_answer()

    def _refused(self, reason: object) -> None:
        if self._undoing:
            self._undoing = self._pending = False
            self.settled.emit()
        elif self._pending:
            self._refusal = f"{reason} Your words are kept here, not written."
            self._answered()


def _numbers_of(edit: Edit) -> dict[int, str]:
    return {
        change.values["reference"]: str(change.values["number"])
        for change in edit.changes
        if isinstance(change, Insert) and change.table == "bibliography_entry"
    }
