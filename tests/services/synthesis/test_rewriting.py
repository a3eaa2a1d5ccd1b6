"""Acts on the page: what each leaves behind is what the page showed, and undo brings everything back."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from evidence_app.domain.edit import new_guid
from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Cited, Role, Section, Text
from evidence_app.domain.reference import ReferenceId
from evidence_app.services.synthesis import rewriting
from evidence_app.services.synthesis.flat import flat, length, place_of
from evidence_app.services.synthesis.rewriting import Act, differs
from evidence_app.storage import contents
from evidence_app.storage.project import Project


def blocks_of(project: Project) -> Sequence[Block]:
    with project.reader() as reader:
        return contents.blocks(reader)


def sections_of(project: Project) -> Sequence[Section]:
    with project.reader() as reader:
        return contents.sections(reader)


def said(blocks: Sequence[Block]) -> list[tuple[object, ...]]:
    """What a reader sees: words, works and places, whatever the identities."""
    return [
        (
            block.section, block.theme, block.direction, block.kind, flat(block.runs),
            [(each.role, each.works) for each in block.anchors_in_order()],
        )
        for block in blocks
    ]  # fmt: skip


def done(project: Project, act: Act | None) -> Sequence[Block]:
    """Apply an act; the project then holds what the act said the page shows, and undo takes it all back."""
    assert act is not None
    before = blocks_of(project)
    project.apply(act.edit)
    assert said(blocks_of(project)) == said(act.blocks)
    project.undo()
    assert blocks_of(project) == before
    project.redo()
    return blocks_of(project)


@pytest.fixture
def rich(sample_project: Project) -> Block:
    """A finding whose anchor cites several works."""
    return next(
        block
        for block in blocks_of(sample_project)
        if block.is_finding and any(len(anchor.works) > 2 for anchor in block.anchors)
    )


def test_rewording_leaves_citations_of_several_works_alone(sample_project: Project, rich: Block) -> None:
    typed = replace(rich, runs=(Text("Briefly put, "), *rich.runs))
    after = done(sample_project, rewriting.keep(blocks_of(sample_project), typed))
    kept = rewriting.named(after, rich.guid)
    assert kept.text.startswith("Briefly put, ")
    assert [each.works for each in kept.anchors] == [each.works for each in rich.anchors]


def test_a_block_parts_in_two_at_the_caret_with_the_anchors_on_their_sides(
    sample_project: Project, rich: Block
) -> None:
    place = place_of(rich.runs, rich.anchors[0].guid)
    assert place is not None
    act = rewriting.split(blocks_of(sample_project), rich, place)
    after = done(sample_project, act)
    first, second = rewriting.named(after, rich.guid), rewriting.named(after, act.block)
    assert not list(first.anchors_in_order())
    assert [each.works for each in second.anchors_in_order()] == [
        each.works for each in rich.anchors_in_order()
    ]
    assert second.theme == rich.theme


def test_joining_what_was_parted_gives_the_block_again(sample_project: Project, rich: Block) -> None:
    act = rewriting.split(blocks_of(sample_project), rich, 12)
    after = done(sample_project, act)
    joined = done(sample_project, rewriting.join(after, rewriting.named(after, act.block)))
    again = rewriting.named(joined, rich.guid)
    assert flat(again.runs).replace(" ", "") == flat(rich.runs).replace(" ", "")


def test_the_first_block_of_a_section_joins_nothing(sample_project: Project) -> None:
    blocks = blocks_of(sample_project)
    assert rewriting.join(blocks, blocks[0]) is None


def test_what_was_typed_is_part_of_the_act_that_splits(sample_project: Project, rich: Block) -> None:
    typed = replace(rich, runs=(Text("New words. "), *rich.runs))
    act = rewriting.split(blocks_of(sample_project), typed, len("New words. "))
    after = done(sample_project, act)
    assert rewriting.named(after, rich.guid).text == "New words."


@pytest.mark.parametrize("step", [-1, 1])
def test_a_block_moves_past_its_neighbour_and_back(sample_project: Project, step: int) -> None:
    blocks, sections = blocks_of(sample_project), sections_of(sample_project)
    at = next(place for place in range(1, len(blocks) - 1)
              if blocks[place - 1].section == blocks[place].section == blocks[place + 1].section)  # fmt: skip
    after = done(sample_project, rewriting.shift(blocks, sections, blocks[at], step))
    assert after[at + step].guid == blocks[at].guid
    again = rewriting.named(after, blocks[at].guid)
    back = done(sample_project, rewriting.shift(after, sections, again, -step))
    assert [each.guid for each in back] == [each.guid for each in blocks]


def test_a_block_at_the_end_of_its_section_goes_to_the_next_with_its_theme(sample_project: Project) -> None:
    blocks, sections = blocks_of(sample_project), sections_of(sample_project)
    themed = {section.id: section for section in sections if section.theme is not None}
    last = next(
        block for block, after in pairwise(blocks)
        if block.section in themed and block.theme == themed[block.section].theme
        and after.section in themed and after.section != block.section
    )  # fmt: skip
    after = done(sample_project, rewriting.shift(blocks, sections, last, 1))
    moved = rewriting.named(after, last.guid)
    assert moved.section != last.section
    assert moved.theme == themed[moved.section].theme


def test_there_is_no_way_up_from_the_very_first_block(sample_project: Project) -> None:
    blocks, sections = blocks_of(sample_project), sections_of(sample_project)
    assert rewriting.shift(blocks, sections, blocks[0], -1) is None


def test_an_anchor_is_carried_to_another_block_with_its_works(sample_project: Project, rich: Block) -> None:
    blocks = blocks_of(sample_project)
    target = next(block for block in blocks if block.guid != rich.guid and block.is_finding)
    anchor = rich.anchors[0]
    act = rewriting.carry(blocks, rich, anchor.guid, target, 4)
    after = done(sample_project, act)
    put = rewriting.named(after, target.guid)
    assert next(put.anchors_in_order()).works == anchor.works
    assert anchor.works not in [each.works for each in rewriting.named(after, rich.guid).anchors]


def test_an_anchor_moves_inside_its_sentence_as_the_same_anchor(sample_project: Project, rich: Block) -> None:
    act = rewriting.carry(blocks_of(sample_project), rich, rich.anchors[0].guid, rich, 5)
    after = done(sample_project, act)
    moved = rewriting.named(after, rich.guid)
    assert place_of(moved.runs, rich.anchors[0].guid) == 5
    assert length(moved.runs) == length(rich.runs)


def test_carrying_an_anchor_to_where_it_stands_is_nothing(sample_project: Project, rich: Block) -> None:
    place = place_of(rich.runs, rich.anchors[0].guid) or 0
    assert rewriting.carry(blocks_of(sample_project), rich, rich.anchors[0].guid, rich, place) is None


def test_blocks_can_be_added_in_one_place_for_ever(sample_project: Project) -> None:
    section = sections_of(sample_project)[0]
    first = blocks_of(sample_project)[0]
    for _ in range(70):
        act = rewriting.add(blocks_of(sample_project), section, after=first)
        sample_project.apply(act.edit)
        here = [block for block in blocks_of(sample_project) if block.section == section.id]
        assert here[1].guid == act.block
        first = here[0]
    positions = [block.position for block in blocks_of(sample_project) if block.section == section.id]
    assert positions == sorted(set(positions))


def test_deleting_a_block_goes_on_with_its_neighbour(sample_project: Project) -> None:
    blocks = blocks_of(sample_project)
    act = rewriting.drop(blocks, blocks[3])
    assert act.block == blocks[4].guid
    after = done(sample_project, act)
    assert blocks[3].guid not in {block.guid for block in after}


def test_an_anchor_the_project_does_not_hold_yet_is_made_with_its_works(
    sample_project: Project, rich: Block
) -> None:
    new = Anchor(new_guid(), Role.CONTRAST, (Cited(ReferenceId(3), "14"), Cited(ReferenceId(5))))
    typed = replace(rich, runs=(*rich.runs, AnchorPlace(new.guid)), anchors=(*rich.anchors, new))
    after = done(sample_project, rewriting.keep(blocks_of(sample_project), typed))
    kept = list(rewriting.named(after, rich.guid).anchors_in_order())[-1]
    assert (kept.role, kept.works) == (Role.CONTRAST, new.works)


def test_two_states_of_a_block_differ_by_what_they_say_not_by_how_it_is_kept(rich: Block) -> None:
    parted = replace(rich, runs=tuple(
        piece
        for run in rich.runs
        for piece in ((Text(run.text[:3]), Text(run.text[3:])) if isinstance(run, Text) else (run,))
    ))  # fmt: skip
    assert not differs(rich, parted)
    assert differs(rich, replace(rich, runs=(*rich.runs, Text("!"))))
    assert differs(
        rich, replace(rich, anchors=(replace(rich.anchors[0], role=Role.CONTEXT), *rich.anchors[1:]))
    )
