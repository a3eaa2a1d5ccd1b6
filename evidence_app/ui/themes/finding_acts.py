"""What is done with findings: each act asks the service for an edit and hands it to the project."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from evidence_app.domain.edit import Edit, counted, new_guid
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.manuscript import Anchor, Block, Direction, Role, Run, Text
from evidence_app.services.synthesis import findings, manuscript
from evidence_app.services.synthesis.flat import place_in
from evidence_app.services.synthesis.numbering import number_new_works
from evidence_app.services.synthesis.overview import ShownWork
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.themes.finding_list import Carried, Settled
from evidence_app.ui.themes.shown import DRAFT, Shown
from evidence_app.ui.themes.theme_dialog import ThemeDialog


class FindingActs(QObject):
    """The acts on the chosen findings; all of them one undo each."""

    def __init__(
        self, context: ScreenContext, shown: Shown, keep: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._shown, self._keep = context, shown, keep
        self._known: dict[str, Anchor] = {}

    def _do(self, edit: Edit, said: str = "") -> None:
        edit = number_new_works(edit, self._shown.numbering())
        if edit:
            self._context.project.do(edit)
            if said:
                self._context.say(said, undo=True)

    def _try(self, make: Callable[[], Edit], said: str = "") -> None:
        try:
            edit = make()
        except EvidenceError as error:
            self._context.say(str(error))
            return
        self._do(edit, said)

    # -- words

    def reword(self, guid: str, runs: Sequence[Run]) -> None:
        """Write what was typed: into the finding it belongs to, or as the new finding."""
        shown = self._shown
        draft = shown.draft
        if draft is not None and draft.guid == guid:
            self._write_draft(draft, runs)
            return
        block = shown.block_named(guid)
        if block is not None:
            self._known |= {anchor.guid: anchor for anchor in block.anchors}
            self._do(findings.reword(block, runs, self._known))

    def _write_draft(self, draft: Block, runs: Sequence[Run]) -> None:
        if not any(isinstance(run, Text) and run.text.strip() for run in runs) or draft.theme is None:
            return
        shown = self._shown
        edit = findings.new_finding(
            shown.contents, draft.theme, runs, guid=draft.guid, direction=draft.direction,
            after=shown.draft_after,
        )  # fmt: skip
        shown.draft = None
        shown.wish = draft.guid if shown.what == DRAFT else ""
        self._do(edit)

    def split(self, place: int) -> None:
        """Part the current finding at a place of its statement."""
        self._keep()
        block = self._shown.block_of(self._shown.block)
        if block is None:
            return
        guid = new_guid()
        self._shown.wish = guid
        self._try(lambda: findings.split_finding(self._shown.contents, block, place, guid))

    def merge(self) -> None:
        """Join the selected findings, or the current one to the one before it in the list."""
        self._keep()
        blocks = self._shown.chosen_blocks()
        if len(blocks) == 1:
            before = self._before(blocks[0])
            blocks = [before, *blocks] if before is not None else blocks
        if len(blocks) < 2:
            self._context.say("There is no review finding above this one to merge it with. Select two.")
            return
        self._shown.wish = blocks[0].guid
        self._do(findings.merge_findings(blocks), f"Merged {len(blocks)} review findings")

    def _before(self, block: Block) -> Block | None:
        same = [each for each in self._shown.contents.findings if each.theme == block.theme]
        at = next((place for place, each in enumerate(same) if each.id == block.id), 0)
        return same[at - 1] if at else None

    def delete(self) -> None:
        """Take the selected findings out of the review."""
        blocks = self._shown.chosen_blocks()
        if not blocks:
            return
        order = list(self._shown.contents.findings)
        gone = {block.guid for block in blocks}
        behind = order[order.index(blocks[-1]) + 1 :] + order[: order.index(blocks[0])][::-1]
        near = [block for block in behind if block.guid not in gone and block.theme == blocks[-1].theme]
        self._shown.wish = near[0].guid if near else ""
        said = counted(len(blocks), "review finding")
        self._do(findings.delete_findings(blocks), f"Deleted {said}")

    def direct(self, direction: Direction | None) -> None:
        """Say what the selected findings, or the draft, speak for."""
        if self._shown.what == DRAFT:
            self._shown.direct_draft(direction)
            return
        self._do(findings.directed(self._shown.chosen_blocks(), direction))

    # -- places

    def settle(self, settled: Settled) -> None:
        """Put findings where they were dropped."""
        blocks = [block for row in settled.blocks if (block := self._shown.block_of(row)) is not None]
        self._move(blocks, settled.theme, settled.before, settled.after)

    def drop_on_theme(self, rows: Sequence[int], theme: int) -> None:
        """Put findings under the theme they were dropped on."""
        self._move([block for row in rows if (block := self._shown.block_of(row))], theme)

    def _move(
        self, blocks: Sequence[Block], theme: int, before: Block | None = None, after: Block | None = None
    ) -> None:
        moved = [block for block in blocks if block not in (before, after)]
        if not moved:
            return
        edit = findings.move_findings(self._shown.contents, moved, theme, before=before, after=after)
        self._shown.wish = moved[0].guid
        self._do(edit)

    def nudge(self, step: int) -> None:
        """Move the current finding one up or down; past the end of a topic it goes to the next one."""
        block = self._shown.block_of(self._shown.block)
        main = self._shown.main
        if block is None or main is None:
            return
        beside = findings.neighbour(self._shown.contents, block, main.id, step)
        if beside is None:
            return
        theme, other = beside
        behind = (step > 0) == (other is not None and other.theme == block.theme)
        if other is None:
            self._move([block], theme)
        elif behind:
            self._move([block], theme, after=other)
        else:
            self._move([block], theme, before=other)

    def move_to(self) -> None:
        """Ask where the selected findings belong, and put them there."""
        self._keep()
        blocks = self._shown.chosen_blocks()
        themes = self._shown.contents.themes
        if not blocks:
            return
        title = f"Move {counted(len(blocks), 'review finding')} to"
        dialog = ThemeDialog(self._context.parts, title, "Move", themes, [theme.id for theme in themes])
        if blocks[0].theme is not None:
            dialog.choose(blocks[0].theme)
        if self._context.messages.show(dialog) and dialog.theme is not None:
            self._move(blocks, dialog.theme)

    # -- citations

    def cite(self, rows: Sequence[int], role: Role, alone: bool) -> None:
        """Cite references on the current finding."""
        block = self._shown.block_of(self._shown.block)
        if block is not None and rows:
            self._cite(block, rows, role, alone)

    def _cite(self, block: Block, rows: Sequence[int], role: Role, alone: bool) -> None:
        edit = findings.cite_works(block, rows, role=role, new_anchor=alone)
        if not edit:
            self._context.say("It is cited there already. Hold Alt to cite it once more at the end.")
        self._do(edit)

    def cite_at(self, guid: str, runs: Sequence[Run], place: int, rows: Sequence[int]) -> None:
        """Cite references at a place of the statement, which may hold words not kept yet."""
        block = self._shown.block_named(guid)
        if block is None or not rows:
            return
        typed = findings.typed(block, runs, self._known)
        run, offset = place_in(typed.runs, place)
        self._do(manuscript.cite_in(block, typed, rows, run=run, offset=offset))

    def drop(self, dropped: Carried) -> None:
        """Cite what was dropped on a finding; a chip from another finding moves here."""
        target = self._shown.block_of(dropped.block)
        if target is None or not dropped.references:
            return
        source = self._shown.block_of(dropped.source[0]) if dropped.source else None
        if source is None or dropped.source is None:
            self._cite(target, dropped.references, Role.EVIDENCE, dropped.new_anchor)
        elif source.id != target.id:
            self._do(
                findings.carry_work(
                    source, dropped.source[1], dropped.references[0], target, new_anchor=dropped.new_anchor
                ),
                "Moved a citation to another finding",
            )

    def take(self, work: ShownWork) -> None:
        """Take a work off the current finding."""
        self._keep()
        block = self._with_anchor(work.anchor)
        if block is not None:
            self._do(findings.take_work(block, work.anchor, work.reference))

    def set_role(self, work: ShownWork, role: Role) -> None:
        """Say what a work is cited for."""
        self._keep()
        block = self._with_anchor(work.anchor)
        if block is not None:
            self._do(findings.set_work_role(block, work.anchor, work.reference, role))

    def _with_anchor(self, anchor: str) -> Block | None:
        for block in self._shown.contents.findings:
            if any(each.guid == anchor for each in block.anchors):
                return block
        return None
