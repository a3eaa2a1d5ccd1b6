"""What is done with findings: each act asks the service for an edit and hands it to the project."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from evidence_app.domain.edit import counted, new_guid
from evidence_app.domain.manuscript import Anchor, Block, Direction, Role, Run
from evidence_app.services.synthesis import findings, manuscript
from evidence_app.services.synthesis.flat import place_in
from evidence_app.services.synthesis.overview import ShownWork
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.themes.doing import Doing
from evidence_app.ui.themes.landing import Carried, Settled
from evidence_app.ui.themes.shown import DRAFT, Shown
from evidence_app.ui.themes.theme_dialog import ThemeDialog


class FindingActs(QObject):
    """The acts on the chosen findings; all of them one undo each."""

    def __init__(self, context: ScreenContext, shown: Shown, doing: Doing) -> None:
        super().__init__(doing)
        self._context, self._shown, self._doing = context, shown, doing
        self._known: dict[str, Anchor] = {}
        self._new = ""
        """The identity of the draft that is being written at this moment."""

    # -- words

    def reword(self, guid: str, runs: Sequence[Run]) -> None:
        """Write what was typed: into the finding it belongs to, or as the new finding."""
        draft = self._shown.draft
        if draft is not None and draft.guid == guid:
            self._shown.draft, self._new = None, guid
            self._doing.add(partial(self._write_draft, draft, self._shown.draft_after, runs))
        else:
            self._doing.add(partial(self._reword, guid, runs))

    def _reword(self, guid: str, runs: Sequence[Run]) -> None:
        block = self._shown.block_named(guid)
        if block is not None:
            self._known |= {anchor.guid: anchor for anchor in block.anchors}
            self._doing.do(findings.reword(block, runs, self._known))

    def _write_draft(self, draft: Block, after: Block | None, runs: Sequence[Run]) -> None:
        shown = self._shown
        if draft.theme not in shown.contents.theme_by_id or draft.theme is None:
            return
        edit = findings.new_finding(
            shown.contents, draft.theme, runs, guid=draft.guid, direction=draft.direction, after=after
        )
        shown.wish = draft.guid if shown.what == DRAFT else shown.wish
        self._doing.do(edit)

    def split(self, place: int) -> None:
        """Part the current finding at a place of its statement."""
        self._doing.run(partial(self._split, self._shown.block, place))

    def _split(self, row: int | None, place: int) -> None:
        block = self._shown.block_of(row)
        if block is not None:
            guid = new_guid()
            self._shown.wish = guid
            self._doing.attempt(partial(findings.split_finding, self._shown.contents, block, place, guid))

    def merge(self) -> None:
        """Join the selected findings, or the current one to the one before it in the list."""
        self._doing.run(self._merge)

    def _merge(self) -> None:
        blocks = self._shown.chosen_blocks()
        if len(blocks) == 1:
            before = self._before(blocks[0])
            blocks = [before, *blocks] if before is not None else blocks
        if len(blocks) < 2:
            self._context.say("There is no review finding above this one to merge it with. Select two.")
            return
        self._shown.wish = blocks[0].guid
        self._doing.do(findings.merge_findings(blocks), f"Merged {len(blocks)} review findings")

    def _before(self, block: Block) -> Block | None:
        same = [each for each in self._shown.contents.findings if each.theme == block.theme]
        at = next((place for place, each in enumerate(same) if each.id == block.id), 0)
        return same[at - 1] if at else None

    def delete(self) -> None:
        """Take the selected findings out of the review."""
        self._doing.run(self._delete)

    def _delete(self) -> None:
        blocks = self._shown.chosen_blocks()
        if not blocks:
            return
        order = list(self._shown.contents.findings)
        gone = {block.guid for block in blocks}
        behind = order[order.index(blocks[-1]) + 1 :] + order[: order.index(blocks[0])][::-1]
        near = [block for block in behind if block.guid not in gone and block.theme == blocks[-1].theme]
        self._shown.wish = near[0].guid if near else ""
        said = counted(len(blocks), "review finding")
        self._doing.do(findings.delete_findings(blocks), f"Deleted {said}")

    def direct(self, direction: Direction | None) -> None:
        """Say what the selected findings, or the draft, speak for."""
        if self._shown.what == DRAFT and self._shown.draft is not None:
            self._shown.direct_draft(direction)
        elif self._shown.what == DRAFT:
            self._doing.run(partial(self._direct_new, self._new, direction))
        else:
            self._doing.run(partial(self._direct, direction))

    def _direct(self, direction: Direction | None) -> None:
        self._doing.do(findings.directed(self._shown.chosen_blocks(), direction))

    def _direct_new(self, guid: str, direction: Direction | None) -> None:
        block = self._shown.block_named(guid)
        if block is not None:
            self._doing.do(findings.directed([block], direction))

    # -- places

    def settle(self, settled: Settled) -> None:
        """Put findings where they were dropped."""
        self._doing.run(partial(self._move, settled.blocks, settled.theme, settled.before, settled.after))

    def drop_on_theme(self, rows: Sequence[int], theme: int) -> None:
        """Put findings under the theme they were dropped on."""
        self._doing.run(partial(self._move, rows, theme))

    def _move(
        self, rows: Sequence[int], theme: int, before: int | None = None, after: int | None = None
    ) -> None:
        shown = self._shown
        moved = [block for row in rows if row not in (before, after) and (block := shown.block_of(row))]
        if moved:
            edit = findings.move_findings(
                shown.contents, moved, theme, before=shown.block_of(before), after=shown.block_of(after)
            )
            shown.wish = moved[0].guid
            self._doing.do(edit)

    def nudge(self, step: int) -> None:
        """Move the current finding one up or down; past the end of a topic it goes to the next one."""
        self._doing.run(partial(self._nudge, self._shown.block, step))

    def _nudge(self, row: int | None, step: int) -> None:
        block, main = self._shown.block_of(row), self._shown.main
        if block is None or block.id is None or main is None:
            return
        beside = findings.neighbour(self._shown.contents, block, main.id, step)
        if beside is None:
            return
        theme, other = beside
        if other is None:
            self._move([block.id], theme)
        elif (step > 0) == (other.theme == block.theme):
            self._move([block.id], theme, after=other.id)
        else:
            self._move([block.id], theme, before=other.id)

    def move_to(self) -> None:
        """Ask where the selected findings belong, and put them there."""
        blocks = self._shown.chosen_blocks()
        themes = self._shown.contents.themes
        if not blocks:
            return
        title = f"Move {counted(len(blocks), 'review finding')} to"
        dialog = ThemeDialog(self._context.parts, title, "Move", themes, [theme.id for theme in themes])
        if blocks[0].theme is not None:
            dialog.choose(blocks[0].theme)
        if self._context.messages.show(dialog) and dialog.theme is not None:
            rows = [block.id for block in blocks if block.id is not None]
            self._doing.run(partial(self._move, rows, dialog.theme))

    # -- citations

    def cite(self, rows: Sequence[int], role: Role, alone: bool) -> None:
        """Cite references on the current finding."""
        if self._shown.block is not None and rows:
            self._doing.run(partial(self._cite, self._shown.block, rows, role, alone))

    def _cite(self, row: int, rows: Sequence[int], role: Role, alone: bool) -> None:
        block = self._shown.block_of(row)
        if block is None:
            return
        edit = findings.cite_works(block, rows, role=role, new_anchor=alone)
        if not edit:
            self._context.say("It is cited there already. Hold Alt to cite it once more at the end.")
        self._doing.do(edit)

    def cite_at(self, guid: str, runs: Sequence[Run], place: int, rows: Sequence[int]) -> None:
        """Cite references at a place of the statement, which may hold words not kept yet."""
        if rows:
            self._doing.add(partial(self._cite_at, guid, runs, place, rows))

    def _cite_at(self, guid: str, runs: Sequence[Run], place: int, rows: Sequence[int]) -> None:
        block = self._shown.block_named(guid)
        if block is not None:
            typed = findings.typed(block, runs, self._known)
            run, offset = place_in(typed.runs, place)
            self._doing.do(manuscript.cite_in(block, typed, rows, run=run, offset=offset))

    def drop(self, dropped: Carried) -> None:
        """Cite what was dropped on a finding; a chip from another finding moves here."""
        if dropped.source is None:
            if dropped.references:
                act = partial(
                    self._cite, dropped.block, dropped.references, Role.EVIDENCE, dropped.new_anchor
                )
                self._doing.run(act)
        elif dropped.source[0] != dropped.block:
            self._doing.run(partial(self._carry, dropped))

    def _carry(self, dropped: Carried) -> None:
        target = self._shown.block_of(dropped.block)
        source = self._with_anchor(dropped.source[1]) if dropped.source else None
        if target is None or source is None or dropped.source is None:
            return
        edit = findings.carry_work(
            source, dropped.source[1], dropped.references[0], target, new_anchor=dropped.new_anchor
        )
        self._doing.do(edit, "Moved a citation to another finding")

    def take(self, work: ShownWork) -> None:
        """Take a work off its finding."""
        self._doing.run(partial(self._take, work))

    def _take(self, work: ShownWork) -> None:
        block = self._with_anchor(work.anchor)
        if block is not None:
            self._doing.do(findings.take_work(block, work.anchor, work.reference))

    def set_role(self, work: ShownWork, role: Role) -> None:
        """Say what a work is cited for."""
        self._doing.run(partial(self._set_role, work, role))

    def _set_role(self, work: ShownWork, role: Role) -> None:
        block = self._with_anchor(work.anchor)
        if block is not None:
            self._doing.do(findings.set_work_role(block, work.anchor, work.reference, role))

    def _with_anchor(self, anchor: str) -> Block | None:
        for block in self._shown.contents.findings:
            if any(each.guid == anchor for each in block.anchors):
                return block
        return None
