"""The writing desk: it keeps what is typed, does the acts on blocks, and sees that nothing typed is lost.

One edit is on its way at a time. What is asked meanwhile waits until the project has answered, so that every
edit is made from what the project holds."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Edit, Insert, new_guid
from evidence_app.domain.manuscript import Anchor, Block, Cited, Role
from evidence_app.domain.review import Review
from evidence_app.services.synthesis import rewriting
from evidence_app.services.synthesis.numbering import Numbering, number_new_works
from evidence_app.services.synthesis.rewriting import Act, differs
from evidence_app.ui.manuscript import reading
from evidence_app.ui.manuscript.faces import face_of
from evidence_app.ui.manuscript.page import Page
from evidence_app.ui.manuscript.reading import Written
from evidence_app.ui.open_project import OpenProject

SAVE_AFTER_MS = 1000
NOTHING = ReviewContents(review=Review(title=""))


CHANGED_ELSEWHERE = "This block was changed elsewhere while you typed. Your words are kept here, not written."


class Desk(QObject):
    """Stands between the page and the project."""

    shown = Signal()
    """The page shows other contents."""
    chosen = Signal()
    """Another block or another anchor is in hand."""
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
        self._pending = self._again = False
        self._refusal = ""
        self._waiting: list[Callable[[], object]] = []
        self._later = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._later.timeout.connect(self.save)
        page.editor.typed.connect(self._typed)
        page.editor.left.connect(self.save)
        page.editor.anchor_chosen.connect(self._choose_anchor)
        page.entered.connect(self.enter)
        project.refused.connect(self._refused)

    # -- reading

    def reload(self) -> None:
        """Read again what the project holds, unless an answer to an edit of ours comes anyway."""
        if self._pending:
            self._again = True
        else:
            self._read()

    def _read(self) -> None:
        self.project.read(reading.written, self._arrived, latest="manuscript")

    def _arrived(self, written: Written) -> None:
        self._pending = False
        self.contents, self.numbering = written
        self._extra = {}
        refusal, self._refusal = self._refusal, ""
        self._meet(refusal)
        self.shown.emit()
        if self._again:
            self._again = False
            self._read()
        elif self._waiting and not self._pending:
            self._waiting.pop(0)()

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
            self.when_free(partial(self._add_again, again))
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
            if self.save not in self._waiting:
                self._waiting.append(self.save)
            return
        self.keep(self.page.editor.now())

    def keep(self, typed: Block, label: str = "") -> None:
        """Write a state of a block, when the project has answered what was asked before."""
        if self._pending:
            self._waiting.append(partial(self.keep, typed, label))
        elif self.block(typed.guid) is not None:
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
        if self.reason:
            self.keep_mine()
        self.save()
        self._later.stop()

    def _say(self, reason: str) -> None:
        if reason != self.reason:
            self.reason = reason
            self.stuck.emit(reason)

    # -- edits

    def do(self, act: Act) -> None:
        """Show the act on the page and hand its edit to the project."""
        if self._pending:
            self._waiting.append(partial(self.do, act))
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

    def write(self, edit: Edit) -> None:
        """Hand an edit that is not about blocks to the project: sections, replacements."""
        self.save()
        self.when_free(partial(self.project.do, edit))

    def when_free(self, act: Callable[[], object]) -> None:
        """Do this when the project has answered what was asked before."""
        if self._pending:
            self._waiting.append(act)
        else:
            act()

    def _answered(self, _applied: object = None) -> None:
        self._again = False
        self._before_act = None if not self._refusal else self._before_act
        self._read()

    def _refused(self, reason: object) -> None:
        if self._pending:
            self._refusal = f"{reason} Your words are kept here, not written."
            self._answered()

    def act(self, make: Callable[[], Act | None], *, typed: Block | None = None) -> None:
        """Make an act from what the project holds then, do it, and go on in the block it names."""
        if self._pending:
            self._waiting.append(partial(self.act, make, typed=typed))
            return
        found = make()
        if found is None:
            return
        self._before_act = typed
        self.page.end()
        self._base = None
        self.do(found)
        if found.block:
            self.begin(found.block, found.caret)

    # -- going about

    def block(self, guid: str) -> Block | None:
        """Return a block by its identity."""
        return next((block for block in self.contents.blocks if block.guid == guid), None)

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
            self._release()
            self.begin(guid, place)
        if anchor:
            self.page.editor.choose_anchor(anchor)

    def _release(self) -> None:
        """Keep what is typed before the editor goes to another block."""
        if self.reason:
            self.keep_mine()
        if self.typing and self._pending:
            self.keep(self.page.editor.now())
        else:
            self.save()

    def begin(self, guid: str, place: int) -> None:
        """Put the editor over a block; what was open before is kept already."""
        self.page.begin(guid, place)
        self._base = self.block(guid)
        self._choose_anchor("")
        self.chosen.emit()

    def end(self) -> None:
        """Keep what is typed and leave the block, which stays chosen."""
        self._release()
        self.page.end()
        self._base = None
        self._choose_anchor("")

    def choose(self, guid: str) -> None:
        """Choose a block without editing it."""
        if self.page.open:
            self.end()
        self.page.choose(guid)
        self._choose_anchor("")
        self.chosen.emit()

    def _choose_anchor(self, anchor: str) -> None:
        if anchor != self.anchor:
            self.anchor = self.page.ink.chosen = anchor
            self.page.update()
            self.page.editor.viewport().update()
            self.chosen.emit()

    # -- citations

    def cite(self, works: Sequence[Cited], role: Role) -> None:
        """Set a new anchor with these works where the caret is."""
        if not self.page.open or not works:
            return
        anchor = Anchor(new_guid(), role, tuple(works))
        self._know(works)
        face = face_of(self.contents, anchor, self._extra)
        self.page.ink.faces = {**self.page.ink.faces, anchor.guid: face}
        self.page.editor.put_anchor(anchor)
        self.save()

    def change_anchor(self, guid: str, anchor: str, change: Callable[[Anchor], Anchor]) -> None:
        """Give an anchor another role, other works, another order, with what is typed, in one edit."""
        block = self.now(guid)
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
            self.keep(replace(block, anchors=anchors), "Change a citation")

    def change_block(self, guid: str, **columns: object) -> None:
        """Give a block another theme, direction or kind, with what is typed, in one edit."""
        block = self.now(guid)
        if block is None:
            return
        place = self.page.editor.place if guid == self.page.open else None
        if place is not None and "kind" in columns:
            self.page.end()
        self.keep(replace(block, **columns))  # type: ignore[arg-type]
        if place is not None and not self.page.open:
            self.begin(guid, place)

    def _know(self, works: Sequence[Cited]) -> None:
        """Tell the number a work cited for the first time will get, until the project says it."""
        number = self.numbering.last + len(self._extra)
        for work in works:
            if work.reference not in self.numbering.numbers and work.reference not in self._extra:
                number += 1
                self._extra[work.reference] = str(number)


def _numbers_of(edit: Edit) -> dict[int, str]:
    return {
        change.values["reference"]: str(change.values["number"])
        for change in edit.changes
        if isinstance(change, Insert) and change.table == "bibliography_entry"
    }
