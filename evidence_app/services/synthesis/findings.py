"""What a reviewer does with review findings: each act returns one edit and writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Change, Edit, Insert, RowOf, SetColumns, insert, new_guid
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.manuscript import (
    Anchor,
    AnchorPlace,
    Block,
    Direction,
    Role,
    Run,
    Section,
    Text,
)
from evidence_app.domain.synthesis import Theme, is_main, outline, path_to
from evidence_app.services.synthesis import manuscript
from evidence_app.services.synthesis.flat import ANCHOR, cut, flat, length
from evidence_app.services.synthesis.rewriting import copied, renamed

NOWHERE = -1
"""The section of a finding whose own section is made in the same edit."""


def section_of(contents: ReviewContents, theme: int) -> Section | None:
    """Return the section of the manuscript in which a theme's findings stand, if it has one."""
    return next((section for section in contents.sections if section.theme == theme), None)


def new_finding(
    contents: ReviewContents,
    theme: int,
    runs: Sequence[Run],
    *,
    guid: str = "",
    direction: Direction | None = None,
    after: Block | None = None,
    anchors: Sequence[Anchor] = (),
) -> Edit:
    """Return the edit that adds a finding under a theme, in the theme's section, which is made if need be."""
    section, made = _home(contents, theme)
    block = Block(
        guid=guid or new_guid(), section=section if isinstance(section, int) else NOWHERE, runs=tuple(runs),
        theme=theme, direction=direction, position=_room(contents, section, after), anchors=tuple(anchors),
    )  # fmt: skip
    edit = manuscript.new_block(block)
    changes = [_housed(change, section) for change in edit.changes]
    return Edit(edit.label, (*made, *changes))


def _housed(change: Change, section: int | RowOf) -> Change:
    if isinstance(change, Insert) and change.table == "block":
        return Insert("block", change.guid, {**change.values, "section": section})
    return change


def _home(contents: ReviewContents, theme: int) -> tuple[int | RowOf, tuple[Change, ...]]:
    """Return the section of a theme, with the change that makes it where there is none."""
    held = section_of(contents, theme)
    if held is not None:
        return held.id, ()
    known = contents.theme_by_id[theme]
    parent = _section_above(contents, known)
    siblings = [each.position for each in contents.sections if each.parent == parent]
    made = insert(
        "section", title=known.name, kind="results", parent=parent, theme=theme,
        position=max(siblings, default=0.0) + 1.0,
    )  # fmt: skip
    return RowOf("section", made.guid), (made,)


def _section_above(contents: ReviewContents, theme: Theme) -> int | None:
    """Return where a theme's section belongs: below its theme's, else at the top of the results."""
    if not is_main(theme, contents.theme_by_id):
        for above in reversed(path_to(theme.id, contents.theme_by_id)[:-1]):
            section = section_of(contents, above.id)
            if section is not None:
                return section.id
    tops = [each.id for each in contents.sections if each.kind == "results" and each.parent is None]
    return tops[0] if tops else None


def _room(contents: ReviewContents, section: int | RowOf, after: Block | None) -> float:
    """Return a position behind a block of the section, or at its end."""
    there = [block for block in contents.blocks if block.section == section]
    if after is not None and after in there:
        at = there.index(after)
        following = there[at + 1].position if at + 1 < len(there) else None
        return manuscript.between(after.position, following)
    return manuscript.between(there[-1].position if there else None, None)


def move_findings(
    contents: ReviewContents,
    blocks: Sequence[Block],
    theme: int,
    *,
    before: Block | None = None,
    after: Block | None = None,
) -> Edit:
    """Return the edit that puts findings under a theme: before or behind another one there, or at the end."""
    section, made = _home(contents, theme)
    if before is not None or after is not None:
        section, made = (before or after or blocks[0]).section, ()
    moving = {block.guid for block in blocks}
    there = [each for each in contents.blocks if each.section == section and each.guid not in moving]
    at = len(there)
    if before is not None:
        at = there.index(before)
    elif after is not None:
        at = there.index(after) + 1
    low = there[at - 1].position if at else None
    high = there[at].position if at < len(there) else None
    changes: list[Change] = [*made]
    for block in blocks:
        low = manuscript.between(low, high)
        target = section if isinstance(section, int) else NOWHERE
        moved = replace(block, section=target, theme=theme, position=low)
        changes += [_rehoused(change, section) for change in manuscript.write_block(block, moved).changes]
    label = "Move a review finding" if len(blocks) == 1 else f"Move {len(blocks)} review findings"
    return Edit(label, tuple(changes))


def _rehoused(change: Change, section: int | RowOf) -> Change:
    if isinstance(change, SetColumns) and "section" in change.after:
        return replace(change, after={**change.after, "section": section})
    return change


def neighbour(
    contents: ReviewContents, block: Block, main: int, step: int
) -> tuple[int, Block | None] | None:
    """Return the theme and the finding a finding comes beside when it is moved one step up or down.

    Within its theme that is the next one; at its end the next theme of the outline below `main`, where it
    becomes the last (up) or the first (down). None at the end of the outline."""
    same = [each for each in contents.findings if each.theme == block.theme]
    at = [each.guid for each in same].index(block.guid) + step
    if 0 <= at < len(same) and block.theme is not None:
        return block.theme, same[at]
    under = contents.under(main)
    order = list(dict.fromkeys(line.theme.id for line in outline(contents.themes) if line.theme.id in under))
    if block.theme not in order:
        return None
    place = order.index(block.theme) + step
    if not 0 <= place < len(order) or (order[place] == main and section_of(contents, main) is None):
        return None
    there = [each for each in contents.findings if each.theme == order[place]]
    if not there:
        return order[place], None
    return order[place], there[0] if step > 0 else there[-1]


def merge_findings(blocks: Sequence[Block]) -> Edit:
    """Return the edit that joins findings to the first of them; its direction and theme hold.

    Every citation stays where it stands in its sentence."""
    first, *others = blocks
    runs, anchors = list(first.runs), list(first.anchors)
    changes: list[Change] = []
    for other in others:
        names = {anchor.guid: new_guid() for anchor in other.anchors}
        runs += [Text(" "), *renamed(other.runs, names)]
        anchors += [copied(anchor, names[anchor.guid]) for anchor in other.anchors]
        changes += manuscript.remove_block(other).changes
    joined = replace(first, runs=tuple(runs), anchors=tuple(anchors))
    changes = [*manuscript.write_block(first, joined).changes, *changes]
    return Edit(f"Merge {len(blocks)} review findings", tuple(changes))


def split_finding(contents: ReviewContents, block: Block, place: int, guid: str = "") -> Edit:
    """Return the edit that parts a finding in two at a place of its flat text.

    Citations right behind the place belong to the words before it and stay there.
    Raises `EvidenceError` where one of the two would say nothing."""
    place = len(flat(block.runs)) - len(flat(block.runs)[place:].lstrip(ANCHOR))
    left, right = cut(block.runs, 0, place), cut(block.runs, place, length(block.runs))
    if not _says(left) or not _says(right):
        raise EvidenceError("Put the caret between two sentences first: each part needs words of its own.")
    first = manuscript.settled(replace(block, runs=_trimmed(left, end=True)))
    names = {anchor.guid: new_guid() for anchor in block.anchors}
    second = manuscript.settled(
        replace(
            block, id=None, guid=guid or new_guid(), runs=_trimmed(renamed(right, names), end=False),
            anchors=tuple(copied(anchor, names[anchor.guid]) for anchor in block.anchors),
            position=_room(contents, block.section, block),
        )
    )  # fmt: skip
    changes = manuscript.write_block(block, first).changes + manuscript.new_block(second).changes
    return Edit("Split a review finding", changes)


def _says(runs: Sequence[Run]) -> bool:
    return any(isinstance(run, Text) and run.text.strip() for run in runs)


def _trimmed(runs: Sequence[Run], *, end: bool) -> tuple[Run, ...]:
    space = len(flat(runs)) - len(flat(runs).rstrip() if end else flat(runs).lstrip())
    whole = length(runs)
    return cut(runs, 0, whole - space) if end else cut(runs, space, whole)


def reword(block: Block, runs: Sequence[Run], known: Mapping[str, Anchor] | None = None) -> Edit:
    """Return the edit that gives a finding other words; a citation that is not in them any more goes.

    One of `known` that had gone and was put back comes as a new one with the same works."""
    return manuscript.write_block(block, typed(block, runs, known))


def typed(block: Block, runs: Sequence[Run], known: Mapping[str, Anchor] | None = None) -> Block:
    """Return the finding with the words that were typed; a place no citation is known for is left out."""
    anchors = {anchor.guid: anchor for anchor in block.anchors}
    names: dict[str, str] = {}
    kept: list[Run] = []
    for run in runs:
        if isinstance(run, AnchorPlace) and run.anchor not in anchors:
            if run.anchor not in (known or {}) or run.anchor in names:
                continue
            names[run.anchor] = new_guid()
            anchors[names[run.anchor]] = copied((known or {})[run.anchor], names[run.anchor])
        kept.append(run)
    return manuscript.settled(replace(block, runs=renamed(kept, names), anchors=tuple(anchors.values())))


def cite_works(
    block: Block, works: Sequence[int], *, role: Role = Role.EVIDENCE, new_anchor: bool = False
) -> Edit:
    """Return the edit that cites works at the last anchor of this role, or at a new one at the end.

    Works that are cited there already are left out; the edit is empty if all are."""
    last = [anchor for anchor in block.anchors_in_order() if anchor.role is role]
    if last and not new_anchor:
        held = {work.reference for work in last[-1].works}
        missing = [work for work in works if work not in held]
        if not missing:
            return Edit("Cite a work")
        return manuscript.add_to_anchor(block, last[-1].guid, missing)
    return manuscript.cite(block, list(dict.fromkeys(works)), run=len(block.runs), offset=0, role=role)


def take_work(block: Block, anchor: str, reference: int) -> Edit:
    """Return the edit that takes a work off a finding; the last work of an anchor takes it with it."""
    return manuscript.take_from_anchor(block, anchor, reference)


def carry_work(
    source: Block, anchor: str, reference: int, target: Block, *, new_anchor: bool = False
) -> Edit:
    """Return the edit that takes a work from one finding and cites it on another."""
    added = cite_works(target, [reference], new_anchor=new_anchor)
    taken = take_work(source, anchor, reference)
    return Edit("Move a citation to another finding", added.changes + taken.changes)


def set_work_role(block: Block, anchor: str, reference: int, role: Role) -> Edit:
    """Return the edit that says what one work is cited for."""
    after = with_work_role(block, anchor, reference, role)
    return manuscript.write_block(block, after, f"Make a citation {role.value}")


def with_work_role(block: Block, anchor: str, reference: int, role: Role) -> Block:
    """Return the block in which one work is cited for something else.

    A role belongs to an anchor: a work that stands with others goes to one of its own, right behind."""
    here = next(each for each in block.anchors if each.guid == anchor)
    if here.role is role:
        return block
    if len(here.works) == 1:
        alone = replace(here, role=role)
        return replace(block, anchors=tuple(alone if each is here else each for each in block.anchors))
    work = next(each for each in here.works if each.reference == reference)
    rest = replace(here, works=tuple(each for each in here.works if each is not work))
    runs = list(block.runs)
    at = runs.index(AnchorPlace(anchor))
    beside = _anchor_at(block, runs, at + 1)
    anchors = [rest if each.guid == anchor else each for each in block.anchors]
    if beside is not None and beside.role is role:
        joined = replace(beside, works=(*beside.works, replace(work, id=None)))
        anchors = [joined if each.guid == beside.guid else each for each in anchors]
    else:
        made = Anchor(new_guid(), role, (replace(work, id=None),))
        runs.insert(at + 1, AnchorPlace(made.guid))
        anchors.append(made)
    return replace(block, runs=tuple(runs), anchors=tuple(anchors))


def _anchor_at(block: Block, runs: Sequence[Run], at: int) -> Anchor | None:
    run = runs[at] if at < len(runs) else None
    if not isinstance(run, AnchorPlace):
        return None
    return next((anchor for anchor in block.anchors if anchor.guid == run.anchor), None)


def directed(blocks: Sequence[Block], direction: Direction | None) -> Edit:
    """Return the edit that says what findings speak for."""
    changes = [change for block in blocks for change in manuscript.set_direction(block, direction).changes]
    what = direction.value if direction else "no direction"
    return Edit(f"Set the direction to {what}", tuple(changes))


def delete_findings(blocks: Sequence[Block]) -> Edit:
    """Return the edit that takes findings out of the review, with their citations."""
    if len(blocks) == 1:
        return manuscript.remove_block(blocks[0])
    changes = [change for block in blocks for change in manuscript.remove_block(block).changes]
    return Edit(f"Delete {len(blocks)} review findings", tuple(changes))
