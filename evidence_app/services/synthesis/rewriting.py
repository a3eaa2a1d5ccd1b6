"""Writing on the page: what is typed, split, joined and carried elsewhere becomes one edit each.

`stored` is a block as the project holds it, `typed` the same block as it stands in the editor. An act comes
with the blocks as they will be, so that the page can show them before they are written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence_app.domain.edit import Change, Edit, new_guid, set_columns
from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, BlockKind, Section, Text
from evidence_app.services.synthesis import manuscript
from evidence_app.services.synthesis.flat import cut, flat, length, place_of, spliced


@dataclass(frozen=True, slots=True)
class Act:
    """An edit of the manuscript with what the page shows after it: all blocks, and where the caret goes."""

    edit: Edit
    blocks: tuple[Block, ...]
    block: str = ""
    """The identity of the block to go on in; empty where the act leaves none."""
    caret: int = 0


def with_typed(blocks: Sequence[Block], typed: Block) -> tuple[Block, ...]:
    """Return the blocks with this one as it is typed."""
    return tuple(typed if each.guid == typed.guid else each for each in blocks)


def keep(blocks: Sequence[Block], typed: Block, label: str = "") -> Act:
    """Return the act that writes what was typed."""
    stored = named(blocks, typed.guid)
    typed = aligned(stored, manuscript.settled(typed))
    return Act(manuscript.write_block(stored, typed, label), with_typed(blocks, typed), typed.guid)


def aligned(stored: Block, typed: Block) -> Block:
    """Return the typed block with its works known by the rows they have in the project by now."""
    rows = {anchor.guid: anchor for anchor in stored.anchors}
    return replace(typed, anchors=tuple(_aligned(rows.get(each.guid), each) for each in typed.anchors))


def _aligned(stored: Anchor | None, typed: Anchor) -> Anchor:
    if stored is None:
        return replace(typed, id=None, works=tuple(replace(work, id=None) for work in typed.works))
    rows = {work.reference: work for work in stored.works}
    works = tuple(
        replace(work, id=rows[work.reference].id, position=rows[work.reference].position)
        if work.reference in rows
        else replace(work, id=None)
        for work in typed.works
    )
    return replace(typed, id=stored.id, works=works)


def named(blocks: Sequence[Block], guid: str) -> Block:
    """Return the block of this identity; it must be there."""
    return next(block for block in blocks if block.guid == guid)


def differs(one: Block, other: Block) -> bool:
    """Return whether two states of a block say or cite something else."""
    return _said(one) != _said(other)


def _said(block: Block) -> tuple[object, ...]:
    settled = manuscript.settled(block)
    anchors = tuple((each.guid, each.role, each.works) for each in settled.anchors_in_order())
    return (settled.runs, anchors, block.kind, block.theme, block.direction)


def split(blocks: Sequence[Block], typed: Block, position: int) -> Act:
    """Return the act that parts a block in two; the second keeps theme and direction of the first."""
    stored = named(blocks, typed.guid)
    left = _stripped(cut(typed.runs, 0, position), end=True)
    right = _stripped(cut(typed.runs, position, length(typed.runs)), end=False)
    first = manuscript.settled(replace(typed, runs=left or (Text(""),)))
    room, made_room = place_after(blocks, stored)
    second = copy_of(replace(typed, runs=right or (Text(""),)), room)
    if second.kind is BlockKind.HEADING:
        second = replace(second, kind=BlockKind.PARAGRAPH)
    if not flat(second.runs):
        second = replace(second, direction=None)
    first = aligned(stored, first)
    changes = (
        *made_room.changes, *manuscript.write_block(stored, first).changes,
        *manuscript.new_block(second).changes,
    )  # fmt: skip
    label = f"Split “{_start(typed)}”" if flat(right) and flat(left) else "Add a block"
    after = _after(with_typed(made_room.apply(blocks), first), second, first.guid)
    return Act(Edit(label, changes), after, second.guid, 0)


def _stripped(runs: Sequence[Text | AnchorPlace], *, end: bool) -> tuple[Text | AnchorPlace, ...]:
    at = len(runs) - 1 if end else 0
    edge = runs[at] if runs else None
    if not isinstance(edge, Text):
        return tuple(runs)
    text = edge.text.rstrip() if end else edge.text.lstrip()
    return tuple(
        Text(text, edge.marks) if place == at else run
        for place, run in enumerate(runs)
        if place != at or text
    )


def copy_of(block: Block, position: float = 0.0) -> Block:
    """Return the block as a new one: anchors belong to one block, so its are made anew."""
    block = manuscript.settled(block)
    names = {anchor.guid: new_guid() for anchor in block.anchors}
    return replace(
        block, id=None, guid=new_guid(), position=position, runs=renamed(block.runs, names),
        anchors=tuple(copied(anchor, names[anchor.guid]) for anchor in block.anchors),
    )  # fmt: skip


def copied(anchor: Anchor, guid: str) -> Anchor:
    """Return an anchor as a new one of this identity, with the same works at the same places in them."""
    return Anchor(guid, anchor.role, tuple(replace(work, id=None) for work in anchor.works))


def renamed(runs: Sequence[Text | AnchorPlace], names: dict[str, str]) -> tuple[Text | AnchorPlace, ...]:
    """Return the runs with anchors of other identities."""
    return tuple(
        AnchorPlace(names.get(run.anchor, run.anchor)) if isinstance(run, AnchorPlace) else run
        for run in runs
    )


def join(blocks: Sequence[Block], typed: Block) -> Act | None:
    """Return the act that joins a block to the one before it in its section, or None where there is none.

    Of two that say something the direction and theme of the first hold."""
    neighbours = [block for block in blocks if block.section == typed.section]
    at = next(place for place, block in enumerate(neighbours) if block.guid == typed.guid)
    if not at:
        return None
    first, stored = neighbours[at - 1], neighbours[at]
    moved = copy_of(typed)
    caret = length(first.runs)
    gap = (Text(" "),) if flat(first.runs).strip() and flat(typed.runs).strip() else ()
    joined = manuscript.settled(
        replace(first, runs=(*first.runs, *gap, *moved.runs), anchors=(*first.anchors, *moved.anchors))
    )
    changes = (*manuscript.write_block(first, joined).changes, *manuscript.remove_block(stored).changes)
    label = f"Join “{_start(typed)}” to the block before it" if flat(typed.runs) else "Delete an empty block"
    after = tuple(each for each in with_typed(blocks, joined) if each.guid != typed.guid)
    return Act(Edit(label, changes), after, joined.guid, caret + len(gap))


def add(
    blocks: Sequence[Block], section: Section, *, after: Block | None = None, block: Block | None = None
) -> Act:
    """Return the act that adds a block behind another one, or at the end of a section."""
    here = [each for each in blocks if each.section == section.id]
    after = after or (here[-1] if here else None)
    if after is not None:
        room, made_room = place_after(blocks, after)
    else:
        room, made_room = 1.0, _NO_ROOM
    theme = after.theme if after is not None else section.theme
    new = replace(block or manuscript.blank_block(section.id, theme=theme), section=section.id, position=room)
    edit = manuscript.new_block(new)
    shown = made_room.apply(blocks)
    behind = _after(shown, new, after.guid) if after is not None else (*shown, new)
    return Act(Edit(edit.label, (*made_room.changes, *edit.changes)), behind, new.guid, 0)


def drop(blocks: Sequence[Block], block: Block) -> Act:
    """Return the act that deletes a block; its neighbour is the one to go on with."""
    at = next(place for place, each in enumerate(blocks) if each.guid == block.guid)
    left = (*blocks[:at], *blocks[at + 1 :])
    neighbour = left[min(at, len(left) - 1)].guid if left else ""
    return Act(manuscript.remove_block(block), left, neighbour)


def shift(blocks: Sequence[Block], sections: Sequence[Section], block: Block, step: int) -> Act | None:
    """Return the act that moves a block up (-1) or down (1): past its neighbour, else to the next section.

    A block whose theme was its section's takes the theme of the new one. None where there is no way."""
    here = [each for each in blocks if each.section == block.section]
    at = next(place for place, each in enumerate(here) if each.guid == block.guid)
    if 0 <= at + step < len(here):
        return move(blocks, sections, block, here[at + step], behind=step > 0)
    order = [section.id for section in sections]
    to = order.index(block.section) + step
    if not 0 <= to < len(sections):
        return None
    there = [each for each in blocks if each.section == order[to]]
    if there:
        return move(blocks, sections, block, there[0 if step > 0 else -1], behind=step < 0)
    moved = _in_section(block, sections, order[to], 1.0)
    return _moved(blocks, sections, block, moved, _NO_ROOM)


def move(
    blocks: Sequence[Block], sections: Sequence[Section], block: Block, beside: Block, *, behind: bool
) -> Act:
    """Return the act that puts a block before or behind another one."""
    others = tuple(each for each in blocks if each.guid != block.guid)
    room, made_room = place_after(others, beside) if behind else place_before(others, beside)
    moved = _in_section(block, sections, beside.section, room)
    return _moved(blocks, sections, block, moved, made_room)


def _in_section(block: Block, sections: Sequence[Section], section: int, position: float) -> Block:
    themes = {each.id: each.theme for each in sections}
    theme = block.theme
    if section != block.section and theme is not None and theme == themes[block.section]:
        theme = themes[section]
    return replace(block, section=section, position=position, theme=theme)


def _moved(
    blocks: Sequence[Block], sections: Sequence[Section], block: Block, moved: Block, room: "Room"
) -> Act:
    order = {section.id: at for at, section in enumerate(sections)}
    edit = manuscript.write_block(block, moved, f"Move “{_start(block)}”")
    shown = sorted(
        with_typed(room.apply(blocks), moved), key=lambda each: (order[each.section], each.position)
    )
    return Act(Edit(edit.label, (*room.changes, *edit.changes)), tuple(shown), block.guid)


def carry(
    blocks: Sequence[Block], source: Block, anchor: str, target: Block, position: int, *, copy: bool = False
) -> Act | None:
    """Return the act that puts an anchor at another place, in the same block or in another one."""
    start = place_of(source.runs, anchor)
    held = next((each for each in source.anchors if each.guid == anchor), None)
    if start is None or held is None:
        return None
    label = "Copy a citation" if copy else "Move a citation"
    if source.guid == target.guid and not copy:
        if position in (start, start + 1):
            return None
        runs = spliced(source.runs, start, start + 1, ())
        to = position - (position > start)
        after = replace(source, runs=spliced(runs, to, to, (AnchorPlace(anchor),)))
        edit = manuscript.write_block(named(blocks, source.guid), after, label)
        return Act(edit, with_typed(blocks, after), source.guid, to + 1)
    new = copied(held, new_guid())
    put = replace(
        target, runs=spliced(target.runs, position, position, (AnchorPlace(new.guid),)),
        anchors=(*target.anchors, new),
    )  # fmt: skip
    changes = list(manuscript.write_block(named(blocks, target.guid), put).changes)
    shown = with_typed(blocks, put)
    if not copy:
        without = manuscript.settled(replace(source, runs=spliced(source.runs, start, start + 1, ())))
        changes += manuscript.write_block(named(blocks, source.guid), without).changes
        shown = with_typed(shown, without)
    return Act(Edit(label, tuple(changes)), shown, target.guid, position + 1)


@dataclass(frozen=True, slots=True)
class Room:
    """New positions of the blocks of a section, where none was free between two of them."""

    changes: tuple[Change, ...] = ()
    positions: tuple[tuple[str, float], ...] = ()

    def apply(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """Return the blocks with their new positions."""
        new = dict(self.positions)
        return tuple(replace(each, position=new.get(each.guid, each.position)) for each in blocks)


_NO_ROOM = Room()


def place_after(blocks: Sequence[Block], block: Block) -> tuple[float, Room]:
    """Return a position behind a block, and what makes room for it where halving has come to its end."""
    here = [each for each in blocks if each.section == block.section]
    at = next(place for place, each in enumerate(here) if each.guid == block.guid)
    return _between(here, at, at + 1)


def place_before(blocks: Sequence[Block], block: Block) -> tuple[float, Room]:
    """Return a position before a block, and what makes room for it."""
    here = [each for each in blocks if each.section == block.section]
    at = next(place for place, each in enumerate(here) if each.guid == block.guid)
    return _between(here, at - 1, at)


def _between(here: Sequence[Block], before: int, after: int) -> tuple[float, Room]:
    low = here[before].position if before >= 0 else None
    high = here[after].position if after < len(here) else None
    position = manuscript.between(low, high)
    if (low is None or low < position) and (high is None or position < high):
        return position, _NO_ROOM
    changes: list[Change] = []
    positions: list[tuple[str, float]] = []
    for place, block in enumerate(here, 1):
        if block.id is not None:
            changes += set_columns(
                "block", block.id, {"position": block.position}, {"position": float(place)}
            )
        positions.append((block.guid, float(place)))
    return before + 1.5, Room(tuple(changes), tuple(positions))


def _after(blocks: Sequence[Block], new: Block, guid: str) -> tuple[Block, ...]:
    at = next(place for place, each in enumerate(blocks) if each.guid == guid)
    return (*blocks[: at + 1], new, *blocks[at + 1 :])


def _start(block: Block) -> str:
    words = " ".join(block.text.split())
    return words if len(words) <= 40 else words[:40].rsplit(" ", 1)[0] + "…"
