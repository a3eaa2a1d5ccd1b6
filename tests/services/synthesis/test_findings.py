"""Acts on review findings, on a real project: citations stay in their places, everything is one undo."""

from dataclasses import replace

import pytest

from evidence_app.domain.edit import Edit
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.manuscript import AnchorPlace, Block, Direction, Role, Text
from evidence_app.domain.synthesis import ThemeKind
from evidence_app.services.synthesis import findings, outlining, themes
from evidence_app.services.synthesis.flat import ANCHOR, flat
from evidence_app.services.synthesis.outlining import Spot
from evidence_app.services.synthesis.overview import FindingLine, findings_of
from evidence_app.storage.project import Project
from evidence_app.storage.synthesis import Synthesis, synthesis


@pytest.fixture
def project(sample_project: Project) -> Project:
    return sample_project


def read(project: Project) -> Synthesis:
    with project.reader() as reader:
        return synthesis(reader)


def done(project: Project, edit: Edit) -> Synthesis:
    project.apply(edit)
    return read(project)


def under(held: Synthesis, theme: int) -> list[Block]:
    return [block for block in held.contents.findings if block.theme == theme]


def several_anchors(held: Synthesis) -> Block:
    return next(block for block in held.contents.findings if len(block.anchors) == 2)


def numbers(held: Synthesis, block: Block) -> list[list[int]]:
    return [held.contents.numbers_of(anchor) for anchor in block.anchors_in_order()]


def test_a_new_finding_stands_in_the_section_of_its_theme_behind_the_chosen_one(project: Project) -> None:
    held = read(project)
    first, second = under(held, 2)[:2]
    edit = findings.new_finding(held.contents, 2, (Text("Something new."),), after=first)
    after = under(done(project, edit), 2)
    assert [block.text for block in after[:3]] == [first.text, "Something new.", second.text]
    assert after[1].section == first.section


def test_a_finding_of_a_new_topic_gets_a_section_made_for_it(project: Project) -> None:
    held = done(
        project, outlining.add_theme(read(project).contents, "Staff turnover", ThemeKind.TOPIC, Spot(13))
    )
    topic = next(theme for theme in held.contents.themes if theme.name == "Staff turnover")
    edit = findings.new_finding(
        held.contents, topic.id, (Text("People leave."),), direction=Direction.BARRIER
    )
    held = done(project, edit)
    (block,) = under(held, topic.id)
    section = next(each for each in held.contents.sections if each.id == block.section)
    assert (section.title, section.theme) == ("Staff turnover", topic.id)
    assert section.parent == findings.section_of(held.contents, 13).id  # type: ignore[union-attr]
    project.undo()
    assert under(read(project), topic.id) == []
    assert findings.section_of(read(project).contents, topic.id) is None


def test_rewording_keeps_every_anchor_where_it_stands(project: Project) -> None:
    held = read(project)
    block = several_anchors(held)
    runs = [Text(run.text.replace("e", "é")) if isinstance(run, Text) else run for run in block.runs]
    after = next(
        each for each in done(project, findings.reword(block, runs)).contents.blocks if each.id == block.id
    )
    assert [run for run in after.runs if isinstance(run, AnchorPlace)] == [
        run for run in block.runs if isinstance(run, AnchorPlace)
    ]
    assert flat(after.runs) == flat(block.runs).replace("e", "é")
    assert numbers(held, after) == numbers(held, block)


def test_an_anchor_taken_out_and_put_back_comes_with_the_same_works(project: Project) -> None:
    held = read(project)
    block = several_anchors(held)
    known = {anchor.guid: anchor for anchor in block.anchors}
    first = next(block.anchors_in_order())
    without = [run for run in block.runs if run != AnchorPlace(first.guid)]
    bare = next(
        each for each in done(project, findings.reword(block, without)).contents.blocks if each.id == block.id
    )
    assert len(bare.anchors) == 1
    held = done(project, findings.reword(bare, block.runs, known))
    back = next(each for each in held.contents.blocks if each.id == block.id)
    assert numbers(held, back) == numbers(held, block)
    assert flat(back.runs) == flat(block.runs)


def test_a_place_nobody_knows_a_citation_for_is_left_out(project: Project) -> None:
    block = under(read(project), 2)[0]
    typed = findings.typed(block, (*block.runs, AnchorPlace("from another finding")))
    assert typed.runs == block.runs


def test_merging_keeps_all_citations_in_their_sentences(project: Project) -> None:
    held = read(project)
    three = under(held, 16)[:3]
    expected = " ".join(flat(block.runs) for block in three)
    cited = [numbers(held, block) for block in three]
    held = done(project, findings.merge_findings(three))
    joined = under(held, 16)[0]
    assert flat(joined.runs) == expected
    assert numbers(held, joined) == [group for block in cited for group in block]
    assert joined.direction == three[0].direction
    project.undo()
    assert [block.text for block in under(read(project), 16)[:3]] == [block.text for block in three]


def test_splitting_at_the_caret_parts_words_and_citations(project: Project) -> None:
    held = read(project)
    block = several_anchors(held)
    place = flat(block.runs).index(ANCHOR) + 1
    held = done(project, findings.split_finding(held.contents, block, place))
    row = under(held, block.theme or 0)
    at = [each.id for each in row].index(block.id)
    assert flat(row[at].runs) + " " + flat(row[at + 1].runs) == flat(block.runs).replace(
        ANCHOR + " ", ANCHOR + " "
    )
    assert [len(row[at].anchors), len(row[at + 1].anchors)] == [1, 1]
    assert row[at + 1].direction == block.direction


@pytest.mark.parametrize("place", [0, 10_000])
def test_a_split_that_would_leave_nothing_is_refused(project: Project, place: int) -> None:
    held = read(project)
    with pytest.raises(EvidenceError):
        findings.split_finding(held.contents, under(held, 2)[0], place)


def test_splitting_twice_keeps_the_order(project: Project) -> None:
    held = read(project)
    edit = findings.new_finding(held.contents, 2, (Text("One two three four"),), after=under(held, 2)[0])
    held = done(project, edit)
    held = done(project, findings.split_finding(held.contents, under(held, 2)[1], len("One two three")))
    held = done(project, findings.split_finding(held.contents, under(held, 2)[1], len("One two")))
    assert [block.text for block in under(held, 2)[1:4]] == ["One two", "three", "four"]


def test_findings_move_together_to_another_topic_and_its_section(project: Project) -> None:
    held = read(project)
    moved = under(held, 2)[:2]
    held = done(project, findings.move_findings(held.contents, moved, 19))
    assert [block.text for block in under(held, 19)[-2:]] == [block.text for block in moved]
    section = findings.section_of(held.contents, 19)
    assert section is not None
    assert {block.section for block in under(held, 19)} == {section.id}


def test_a_finding_moves_before_and_behind_another(project: Project) -> None:
    held = read(project)
    first, second, third = under(held, 2)[:3]
    held = done(project, findings.move_findings(held.contents, [third], 2, before=first))
    assert [block.id for block in under(held, 2)[:3]] == [third.id, first.id, second.id]
    first, second = (held.contents.blocks[held.contents.blocks.index(b)] for b in under(held, 2)[:2])
    held = done(project, findings.move_findings(held.contents, [first], 2, after=second))
    assert [block.id for block in under(held, 2)[:2]] == [second.id, first.id]


def test_a_step_past_the_end_of_a_topic_goes_to_the_next(project: Project) -> None:
    held = read(project)
    last, following = under(held, 2)[-1], under(held, 3)[0]
    assert findings.neighbour(held.contents, last, 1, 1) == (3, following)
    assert findings.neighbour(held.contents, following, 1, -1) == (2, last)
    assert findings.neighbour(held.contents, under(held, 9)[-1], 1, 1) is None


def test_references_go_to_the_last_evidence_anchor_or_to_one_of_their_own(project: Project) -> None:
    held = read(project)
    block = several_anchors(held)
    held = done(project, findings.cite_works(block, [55]))
    added = next(each for each in held.contents.blocks if each.id == block.id)
    assert numbers(held, added)[-1] == [*numbers(held, block)[-1], 55]
    held = done(project, findings.cite_works(added, [55], new_anchor=True))
    again = next(each for each in held.contents.blocks if each.id == block.id)
    assert numbers(held, again)[-1] == [55]
    assert flat(again.runs) == flat(block.runs) + ANCHOR


def test_a_work_cited_there_already_changes_nothing(project: Project) -> None:
    block = under(read(project), 2)[0]
    assert not findings.cite_works(block, [next(block.anchors_in_order()).works[0].reference])


def test_what_speaks_against_a_finding_gets_an_anchor_of_its_own(project: Project) -> None:
    held = read(project)
    block = under(held, 2)[0]
    held = done(project, findings.cite_works(block, [56], role=Role.CONTRAST))
    block = under(held, 2)[0]
    held = done(project, findings.cite_works(block, [57], role=Role.CONTRAST))
    anchors = list(under(held, 2)[0].anchors_in_order())
    assert [anchor.role for anchor in anchors] == [Role.EVIDENCE, Role.CONTRAST]
    assert held.contents.numbers_of(anchors[1]) == [56, 57]


def test_one_work_of_a_group_takes_another_role_beside_the_group(project: Project) -> None:
    held = read(project)
    block = under(held, 2)[0]
    anchor = next(block.anchors_in_order())
    held = done(project, findings.set_work_role(block, anchor.guid, anchor.works[1].reference, Role.CONTRAST))
    after = under(held, 2)[0]
    assert [(each.role, held.contents.numbers_of(each)) for each in after.anchors_in_order()] == [
        (Role.EVIDENCE, [89, 93]),
        (Role.CONTRAST, [91]),
    ]
    held = done(project, findings.set_work_role(after, anchor.guid, anchor.works[0].reference, Role.CONTRAST))
    after = under(held, 2)[0]
    assert [held.contents.numbers_of(each) for each in after.anchors_in_order()] == [[93], [91, 89]]


def test_a_citation_is_carried_to_another_finding_in_one_edit(project: Project) -> None:
    held = read(project)
    source, target = under(held, 2)[0], under(held, 2)[2]
    anchor = next(source.anchors_in_order())
    held = done(project, findings.carry_work(source, anchor.guid, anchor.works[1].reference, target))
    assert numbers(held, under(held, 2)[0]) == [[89, 93]]
    held = done(project, findings.carry_work(under(held, 2)[0], anchor.guid, 89, under(held, 2)[2]))
    assert 89 in numbers(held, under(held, 2)[2])[0]
    project.undo()
    assert numbers(read(project), under(read(project), 2)[0]) == [[89, 93]]


def test_several_findings_are_directed_and_deleted_in_one_edit(project: Project) -> None:
    held = read(project)
    held = done(project, findings.directed(under(held, 2)[:3], Direction.GAP))
    assert {block.direction for block in under(held, 2)[:3]} == {Direction.GAP}
    count = len(under(held, 2))
    held = done(project, findings.delete_findings(under(held, 2)[:3]))
    assert len(under(held, 2)) == count - 3
    project.undo()
    assert len(under(read(project), 2)) == count


# -- the outline


def names(held: Synthesis, parent: int | None) -> list[str]:
    return [theme.name for theme in outlining.siblings(held.contents, parent)]


def test_a_theme_is_renamed_with_its_section(project: Project) -> None:
    held = read(project)
    held = done(project, outlining.rename(held.contents, held.contents.theme_by_id[3], "Stiff structures"))
    section = findings.section_of(held.contents, 3)
    assert section is not None
    assert section.title == "Stiff structures"


def test_themes_move_up_down_in_and_out(project: Project) -> None:
    held = read(project)
    topic = held.contents.theme_by_id[16]
    spot = outlining.nudged(held.contents, topic, 13, -1)
    assert spot is not None
    held = done(project, outlining.move_theme(held.contents, held.links, topic, 13, spot))
    assert names(held, 13) == ["Nurturing relationships", "Power", "Clarity and feedback", "Trust"]
    topic = held.contents.theme_by_id[16]
    down = outlining.nudged(held.contents, topic, 13, 1)
    assert down is not None
    held = done(project, outlining.move_theme(held.contents, held.links, topic, 13, down))
    assert names(held, 13)[2] == "Power"
    topic = held.contents.theme_by_id[16]
    inside = outlining.indented(held.contents, topic, 13)
    assert inside is not None
    held = done(project, outlining.move_theme(held.contents, held.links, topic, 13, inside))
    assert held.contents.theme_by_id[16].parents == (15,)
    out = outlining.outdented(held.contents, 15)
    assert out is not None
    held = done(
        project, outlining.move_theme(held.contents, held.links, held.contents.theme_by_id[16], 15, out)
    )
    assert names(held, 13) == ["Nurturing relationships", "Clarity and feedback", "Power", "Trust"]


def test_subthemes_change_places_among_themselves(project: Project) -> None:
    held = read(project)
    theme = held.contents.theme_by_id[13]
    spot = outlining.nudged(held.contents, theme, 1, -1)
    assert spot is not None
    held = done(project, outlining.move_theme(held.contents, held.links, theme, 1, spot))
    assert [each.name for each in held.contents.main_themes()][1:3] == [
        "Navigating relationships",
        "Commissioners as leaders of co-production",
    ]
    assert outlining.nudged(held.contents, held.contents.theme_by_id[13], 1, -1) is None


def test_moving_one_place_leaves_the_other_parents(project: Project) -> None:
    held = read(project)
    contents = held.contents
    held = done(project, themes.link(contents.theme_by_id[17], contents.theme_by_id[18], contents.themes))
    held = done(
        project, outlining.move_theme(held.contents, held.links, held.contents.theme_by_id[17], 13, Spot(10))
    )
    assert set(held.contents.theme_by_id[17].parents) == {10, 18}


def test_a_theme_cannot_stand_below_itself(project: Project) -> None:
    held = read(project)
    with pytest.raises(EvidenceError, match="part of it"):
        outlining.move_theme(held.contents, held.links, held.contents.theme_by_id[13], 1, Spot(15))


def test_removing_a_topic_gives_its_findings_to_the_parent(project: Project) -> None:
    held = read(project)
    topic = held.contents.theme_by_id[3]
    assert outlining.consequence(held.contents, topic) == (
        "Its 2 review findings go to “Complexity of the commissioning landscape”."
    )
    texts = [block.text for block in under(held, 3)]
    held = done(project, outlining.remove_theme(held.contents, held.links, topic))
    assert [block.text for block in under(held, 1)] == texts
    assert 3 not in held.contents.theme_by_id
    assert "Rigid structures" not in [section.title for section in held.contents.sections]
    project.undo()
    assert [block.text for block in under(read(project), 3)] == texts


def test_removing_a_theme_says_what_becomes_of_topics_and_findings(project: Project) -> None:
    held = read(project)
    theme = held.contents.theme_by_id[13]
    assert "The 4 themes and topics below it go under" in outlining.consequence(held.contents, theme)
    held = done(project, outlining.remove_theme(held.contents, held.links, theme))
    assert held.contents.theme_by_id[16].parents == (1,)
    assert len(under(held, 16)) == 7
    sections = {section.id: section for section in held.contents.sections}
    assert all(block.section in sections for block in held.contents.findings)


def test_kind_and_question_of_a_theme_change(project: Project) -> None:
    held = read(project)
    before = held.contents.theme_by_id[10]
    held = done(project, themes.change_theme(before, replace(before, kind=ThemeKind.DESCRIPTIVE, question=1)))
    assert held.contents.theme_by_id[10].kind is ThemeKind.DESCRIPTIVE
    assert held.contents.theme_by_id[10].question == 1


def test_the_history_of_a_finding_holds_the_edits_of_its_citations(project: Project) -> None:
    from evidence_app.storage.synthesis import history_of

    block = under(read(project), 2)[0]
    anchor = next(block.anchors_in_order())
    project.apply(findings.take_work(block, anchor.guid, anchor.works[0].reference))
    with project.reader() as reader:
        newest = history_of(reader, "block", block.id or 0)[0]
        assert newest.label == "Remove a work from a citation"


def test_every_finding_of_the_sample_is_listed_under_exactly_one_main_theme(project: Project) -> None:
    contents = read(project).contents
    listed = [
        row.block.guid
        for theme in contents.main_themes()
        for row in findings_of(contents, theme.id)
        if isinstance(row, FindingLine)
    ]
    assert sorted(listed) == sorted(block.guid for block in contents.findings)
