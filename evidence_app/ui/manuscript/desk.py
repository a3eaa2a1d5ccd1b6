"""The writing desk: it keeps what is typed, does the acts on blocks, and sees that nothing typed is lost.

One edit is on its way at a time. An act that comes meanwhile waits for the answer, a few hundredths of a
second in which keys are held back and not lost, so that every edit is made from what the project holds."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from evidence_app.domain.edit import Edit, new_guid
from evidence_app.domain.manuscript import Anchor, Block, Cited, Role
from evidence_app.services.synthesis import rewriting
from evidence_app.services.synthesis.rewriting import Act, differs
from evidence_app.ui.manuscript.faces import face_of
from evidence_app.ui.manuscript.meeting import Meeting
from evidence_app.ui.manuscript.page import Page
from evidence_app.ui.open_project import OpenProject

Make = Callable[[Sequence[Block], Block | None], Act | None]
"""Makes an act from the blocks as the project holds them and the open one as it is typed."""


class Desk(Meeting):
    """Stands between the page and the project."""

    def __init__(self, project: OpenProject, page: Page) -> None:
        super().__init__(project, page)
        self._later.timeout.connect(self.save)
        page.editor.typed.connect(self._typed)
        page.editor.left.connect(self.save)
        page.entered.connect(self.enter)

    # -- what is typed

    @property
    def typing(self) -> bool:
        """Whether something is typed that the project does not hold yet."""
        return bool(self.page.open) and self._base is not None and differs(self.page.editor.now(), self._base)

    def _typed(self) -> None:
        if self.page.open and not self.reason:
            self._later.start()

    def save(self) -> None:
        """Write what was typed in the open block, as one edit."""
        self._later.stop()
        if not self.typing or self.reason:
            return
        if self._pending:
            self._later.start()
        else:
            self._keep(self.page.editor.now())

    def _keep(self, typed: Block, label: str = "") -> None:
        if self.block(typed.guid) is not None:
            self.do(rewriting.keep(self.contents.blocks, typed, label))

    def keep_mine(self) -> None:
        """Write what is typed over what came in between."""
        self._say("")
        self._base = self.block(self.page.open)
        self.save()

    def take_theirs(self) -> None:
        """Let go of what is typed and show what the project holds."""
        stored = self.block(self.page.open)
        self._say("")
        if stored is not None:
            self._base = stored
            self.page.editor.refresh(stored)
            self.page.show_contents(self.contents)

    def leave(self) -> None:
        """Keep what is typed, whatever came in between: another screen comes or the project closes."""
        if not self.release():
            self.keep_mine()
            self.settle()
        self._later.stop()

    # -- edits

    def write(self, edit: Edit) -> None:
        """Hand an edit that is not about blocks to the project: sections."""
        self.project.do(edit)

    def act(self, make: Make) -> None:
        """Do an act on blocks with what is typed in the open one, and go on in the block it names."""
        if not self.settle() or self.reason:
            return
        typed = self.page.editor.now() if self.page.open else None
        found = make(self.contents.blocks, typed)
        if found is None:
            return
        self._before_act = typed
        self.page.end()
        self._base = None
        self.do(found)
        if found.block:
            self.begin(found.block, found.caret)

    # -- going about

    def now(self, guid: str) -> Block | None:
        """Return a block as it is typed, or as the project holds it."""
        return self.page.editor.now() if guid and guid == self.page.open else self.block(guid)

    @property
    def current(self) -> Block | None:
        """The block in hand, as it is typed."""
        return self.now(self.page.chosen)

    @property
    def current_anchor(self) -> Anchor | None:
        """The anchor in hand."""
        block = self.current
        anchors = block.anchors if block is not None else ()
        return next((each for each in anchors if each.guid == self.anchor), None)

    def enter(self, guid: str, place: int, anchor: str = "") -> None:
        """Edit this block from here."""
        if guid != self.page.open:
            if not self.release():
                return
            self.begin(guid, place)
        if anchor:
            self.page.editor.choose_anchor(anchor)

    def release(self) -> bool:
        """Write what is typed and wait for the answer; return whether the block may be left."""
        if self.settle():
            self.save()
        return self.settle() and not self.reason

    def end(self) -> None:
        """Keep what is typed and leave the block, which stays chosen."""
        if self.release():
            self.page.end()
            self._base = None
            self._choose_anchor("")

    def choose(self, guid: str) -> None:
        """Choose a block without editing it."""
        if self.page.open:
            self.end()
        if self.page.open:
            return
        self.page.choose(guid)
        self._choose_anchor("")
        self.chosen.emit()

    # -- citations

    def cite(self, works: Sequence[Cited], role: Role) -> None:
        """Set a new anchor with these works where the caret is."""
        if not self.page.open or not works or not self.settle():
            return
        anchor = Anchor(new_guid(), role, tuple(works))
        self._know(works)
        face = face_of(self.contents, anchor, self._extra)
        self.page.ink.faces = {**self.page.ink.faces, anchor.guid: face}
        self.page.editor.put_anchor(anchor)
        self.save()

    def change_anchor(self, guid: str, anchor: str, change: Callable[[Anchor], Anchor]) -> None:
        """Give an anchor another role, other works, another order, with what is typed, in one edit."""
        block = self.now(guid) if self.settle() else None
        if block is None:
            return
        changed = {each.guid: change(each) for each in block.anchors if each.guid == anchor}
        for each in changed.values():
            self._know(each.works)
        if guid == self.page.open:
            self.page.editor.change_anchors(changed)
            self.save()
        else:
            anchors = tuple(changed.get(each.guid, each) for each in block.anchors)
            self._keep(replace(block, anchors=anchors), "Change a citation")

    def change_block(self, guid: str, **columns: object) -> None:
        """Give a block another theme, direction or kind, with what is typed, in one edit."""
        block = self.now(guid) if self.settle() and not self.reason else None
        if block is None:
            return
        place = self.page.editor.place if guid == self.page.open else None
        if place is not None and "kind" in columns:
            self.page.end()
        self._keep(replace(block, **columns))  # type: ignore[arg-type]
        if place is not None and not self.page.open:
            self.begin(guid, place)

    def _know(self, works: Sequence[Cited]) -> None:
        """Tell the number a work cited for the first time will get, until the project says it."""
        number = self.numbering.last + len(self._extra)
        for work in works:
            if work.reference not in self.numbering.numbers and work.reference not in self._extra:
                number += 1
                self._extra[work.reference] = str(number)
