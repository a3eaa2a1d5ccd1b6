"""Writing the manuscript: each act on blocks and their citations returns an edit and writes nothing."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from evidence_app.domain.edit import Change, Edit, Insert, RowOf, insert, new_guid, remove, set_columns
from evidence_app.domain.manuscript import (
    Anchor,
    AnchorPlace,
    Block,
    Cited,
    Direction,
    Role,
    Section,
    Text,
    runs_to_json,
    tidy,
)  # fmt: skip
from evidence_app.domain.reference import ReferenceId


def write_block(before: Block, after: Block, label: str = "") -> Edit:
    """Return the edit from one state of a block to another: words, anchors, works, theme, direction.

    Anchors that no run of `after` names any more are removed with their works; new ones are made."""
    if before.id is None:
        raise ValueError("the block is not in the project yet: use new_block")
    after = settled(after)
    changes: list[Change] = set_columns("block", before.id, _columns(before), _columns(after))
    old = {anchor.guid: anchor for anchor in before.anchors}
    new = {anchor.guid: anchor for anchor in after.anchors}
    for guid, anchor in old.items():
        if guid not in new and anchor.id is not None:
            changes.append(remove("anchor", anchor.id))
    for at, anchor in enumerate(after.anchors):
        if anchor.guid in old:
            changes += _anchor_changes(old[anchor.guid], anchor)
        else:
            changes += _new_anchor(anchor, before.id, at)
    return Edit(label or _label(before, after), tuple(changes))


def settled(block: Block) -> Block:
    """Return the block with runs joined where they can be and without anchors that stand nowhere."""
    runs = tidy(block.runs)
    named = {run.anchor for run in runs if isinstance(run, AnchorPlace)}
    return replace(block, runs=runs, anchors=tuple(each for each in block.anchors if each.guid in named))


def _columns(block: Block) -> dict[str, Any]:
    return {
        "runs": json.dumps(runs_to_json(block.runs), ensure_ascii=False, separators=(",", ":")),
        "text": block.text, "theme": block.theme, "kind": block.kind.value,
        "direction": block.direction.value if block.direction else None, "section": block.section,
        "position": block.position,
    }  # fmt: skip


def _label(before: Block, after: Block) -> str:
    if before.text != after.text:
        return f"Reword “{_start(after.text or before.text)}”"
    if len(before.anchors) != len(after.anchors):
        return f"Change the citations of “{_start(after.text)}”"
    if before.theme != after.theme or before.position != after.position or before.section != after.section:
        return f"Move “{_start(after.text)}”"
    if before.direction != after.direction:
        return f"Set the direction of “{_start(after.text)}”"
    return f"Change “{_start(after.text)}”"


def _start(text: str) -> str:
    words = text.strip()
    return words if len(words) <= 40 else words[:40].rsplit(" ", 1)[0] + "…"


def _anchor_changes(before: Anchor, after: Anchor) -> list[Change]:
    if before.id is None:
        return []
    changes = set_columns("anchor", before.id, {"role": before.role.value}, {"role": after.role.value})
    old = {work.id: work for work in before.works if work.id is not None}
    kept = {work.id for work in after.works}
    changes += [remove("citation", row) for row in old if row not in kept]
    for place, work in enumerate(after.works):
        if work.id in old:
            was = old[work.id]
            changes += set_columns("citation", work.id, _place(was, was.position), _place(work, place))
        else:
            changes.append(_citation(before.id, work, place))
    return changes


def _place(work: Cited, place: float) -> dict[str, Any]:
    return {
        "position": float(place), "locator": work.locator, "label": work.label, "prefix": work.prefix,
        "suffix": work.suffix,
    }  # fmt: skip


def _new_anchor(anchor: Anchor, block: int | RowOf, at: int) -> list[Change]:
    made = Insert("anchor", anchor.guid, {"block": block, "role": anchor.role.value, "position": float(at)})
    works = [_citation(RowOf("anchor", anchor.guid), work, place) for place, work in enumerate(anchor.works)]
    return [made, *works]


def _citation(anchor: int | RowOf, work: Cited, place: int) -> Insert:
    return insert("citation", anchor=anchor, reference=work.reference, **_place(work, place))


def new_block(block: Block, label: str = "") -> Edit:
    """Return the edit that adds a block, with its anchors and their works."""
    block = settled(block)
    made = Insert("block", block.guid, _columns(block))
    anchors = [
        change
        for at, anchor in enumerate(block.anchors)
        for change in _new_anchor(anchor, RowOf("block", block.guid), at)
    ]
    what = "review finding" if block.is_finding else "block"
    return Edit(label or f"Add a {what}", (made, *anchors))


def blank_block(section: int, *, theme: int | None = None, position: float = 0.0) -> Block:
    """Return an empty paragraph, not yet in the project."""
    return Block(guid=new_guid(), section=section, runs=(Text(""),), theme=theme, position=position)


def remove_block(block: Block) -> Edit:
    """Return the edit that takes a block out, with its anchors."""
    changes: list[Change] = [remove("block", _row(block))]
    changes += [remove("anchor", anchor.id) for anchor in block.anchors if anchor.id is not None]
    return Edit(f"Delete “{_start(block.text)}”", tuple(changes))


def between(before: float | None, after: float | None) -> float:
    """Return a position between two neighbours; None stands for the start or the end."""
    if before is None and after is None:
        return 1.0
    if before is None:
        return (after or 0.0) - 1.0
    if after is None:
        return before + 1.0
    return (before + after) / 2


def cite(block: Block, works: Sequence[int], *, run: int, offset: int, role: Role = Role.EVIDENCE) -> Edit:
    """Return the edit that puts a new citation anchor into a sentence, before `offset` of run `run`."""
    return cite_in(block, block, works, run=run, offset=offset, role=role)


def cite_in(
    stored: Block, block: Block, works: Sequence[int], *, run: int, offset: int, role: Role = Role.EVIDENCE
) -> Edit:
    """Return the edit of `cite` for a block that is typed in: `stored` is what the project holds."""
    anchor = Anchor(new_guid(), role, tuple(Cited(ReferenceId(work)) for work in works))
    runs = list(block.runs)
    here = runs[run] if run < len(runs) else Text("")
    place = AnchorPlace(anchor.guid)
    if isinstance(here, Text):
        runs[run : run + 1] = [
            Text(here.text[:offset], here.marks),
            place,
            Text(here.text[offset:], here.marks),
        ]
    else:
        runs.insert(run + (offset > 0), place)
    after = replace(block, runs=tuple(runs), anchors=(*block.anchors, anchor))
    return write_block(stored, after, f"Cite {'a work' if len(works) == 1 else f'{len(works)} works'}")


def add_to_anchor(block: Block, anchor: str, works: Sequence[int]) -> Edit:
    """Return the edit that cites more works at an anchor; a work that is there already is not doubled."""
    return _with_anchor(
        block, anchor, "Add to a citation",
        lambda old: replace(old, works=old.works + tuple(
            Cited(ReferenceId(work)) for work in works if work not in {each.reference for each in old.works}
        )),
    )  # fmt: skip


def take_from_anchor(block: Block, anchor: str, work: int) -> Edit:
    """Return the edit that takes a work out of an anchor; the last one takes the anchor with it."""
    old = next(each for each in block.anchors if each.guid == anchor)
    if [each.reference for each in old.works] == [work]:
        runs = tuple(run for run in block.runs if run != AnchorPlace(anchor))
        return write_block(block, replace(block, runs=runs), "Remove a citation")
    return _with_anchor(
        block, anchor, "Remove a work from a citation",
        lambda old: replace(old, works=tuple(each for each in old.works if each.reference != work)),
    )  # fmt: skip


def set_role(block: Block, anchor: str, role: Role) -> Edit:
    """Return the edit that says what a citation is there for."""
    return _with_anchor(block, anchor, f"Make a citation {role.value}", lambda old: replace(old, role=role))


def _with_anchor(block: Block, anchor: str, label: str, change: Callable[[Anchor], Anchor]) -> Edit:
    anchors = tuple(change(each) if each.guid == anchor else each for each in block.anchors)
    return write_block(block, replace(block, anchors=anchors), label)


def set_direction(block: Block, direction: Direction | None) -> Edit:
    """Return the edit that says what a review finding speaks for."""
    return write_block(block, replace(block, direction=direction))


def new_section(title: str, *, kind: str = "", parent: int | None = None, position: float = 0.0) -> Edit:
    """Return the edit that adds a section."""
    made = insert("section", title=title, kind=kind, parent=parent, position=position)
    return Edit(f"Add the section “{title}”", (made,))


def rename_section(section: Section, title: str) -> Edit:
    """Return the edit that gives a section another title."""
    changes = set_columns("section", section.id, {"title": section.title}, {"title": title})
    return Edit(f"Rename “{section.title}”", tuple(changes))


def remove_section(section: Section, blocks: Sequence[Block]) -> Edit:
    """Return the edit that takes a section out, with the blocks named."""
    changes: list[Change] = [remove("section", section.id)]
    changes += [change for block in blocks for change in remove_block(block).changes]
    return Edit(f"Remove the section “{section.title}”", tuple(changes))


def _row(block: Block) -> int:
    if block.id is None:
        raise ValueError("the block is not in the project yet")
    return block.id
