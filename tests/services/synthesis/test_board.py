"""Acts of the theme board are done, taken back, and told since a version."""

import pytest

from evidence_app.domain.board import RelationKind
from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.row_names import RowNames, table_words
from evidence_app.services.synthesis import board as acts
from evidence_app.services.synthesis import board_codes, board_versions
from evidence_app.services.synthesis.board_codes import Carried
from evidence_app.storage.project import Project
from tests.services.synthesis.boards import GOVERNANCE, TRUST, VOICE, Desk


@pytest.fixture
def desk(sample_project: Project) -> Desk:
    return Desk(sample_project)


def test_the_sample_shows_one_overarching_theme_and_three_subthemes(desk: Desk) -> None:
    held = desk.board()
    assert [held.kind_words(each) for each in held.above] == ["Overarching"] + ["Subtheme"] * 3
    assert [(each.anchors, each.reports) for each in held.above] == [(40, 41), (11, 20), (33, 34), (25, 21)]
    assert len(held.groups) == 18
    assert {held.kind_words(each) for each in held.groups} == {"Topic"}
    assert [code.name for code in held.loose] == ["Late money", "Trust lost", "Jokes"]


def test_a_code_stands_under_several_groups_or_moves(desk: Desk) -> None:
    late = desk.code("Late money")
    desk.do(lambda held: board_codes.put_codes(held, [late], desk.theme(GOVERNANCE)))
    desk.do(lambda held: board_codes.put_codes(held, [late], desk.theme(TRUST)))
    assert [each.name for each in desk.board().groups_of(late.id)] == [GOVERNANCE, TRUST]
    desk.do(
        lambda held: board_codes.put_codes(held, [late], desk.theme("Power"), out_of=desk.theme(GOVERNANCE))
    )
    assert (desk.codes_of(GOVERNANCE), desk.codes_of("Power"), desk.codes_of(TRUST)) == (
        [], ["Late money"], ["Late money"],
    )  # fmt: skip
    assert not board_codes.put_codes(desk.board(), [late], desk.theme(TRUST))
    desk.do(lambda held: board_codes.take_codes(held, [late], desk.theme(TRUST)))
    assert desk.codes_of(TRUST) == []


def test_a_group_is_made_of_codes_and_linked(desk: Desk) -> None:
    codes = [desk.code("Late money"), desk.code("Jokes")]
    desk.do(lambda held: board_codes.new_group(held, " Time  and money ", codes, desk.theme(VOICE)))
    group = desk.theme("Time and money")
    assert group.theme.kind.value == "descriptive"
    assert desk.codes_of("Time and money") == ["Late money", "Jokes"]
    assert [each.name for each in desk.board().parents_of(group.id)] == [VOICE]
    held = desk.do(lambda held: acts.link(held, group, held.above[0]))
    assert len(held.parents_of(group.id)) == 2
    assert held.colours[group.id] == 3
    desk.do(lambda held: acts.unlink(held, desk.theme("Time and money"), desk.theme(VOICE)))
    assert len(desk.board().parents_of(group.id)) == 1
    with pytest.raises(EvidenceError, match="needs a name"):
        board_codes.new_group(held, "  ")


def test_codes_of_a_group_are_put_in_order(desk: Desk) -> None:
    codes = [desk.code(name) for name in ("Late money", "Trust lost", "Jokes")]
    trust = desk.theme(TRUST)
    desk.do(lambda held: board_codes.put_codes(held, codes, trust))
    desk.do(lambda held: board_codes.step_codes(held, [codes[2]], trust, -1))
    assert desk.codes_of(TRUST) == ["Late money", "Jokes", "Trust lost"]
    desk.do(lambda held: board_codes.step_codes(held, codes[1:], trust, -1))
    assert desk.codes_of(TRUST) == ["Jokes", "Trust lost", "Late money"]
    assert not board_codes.step_codes(desk.board(), codes[1:], trust, -1)
    desk.do(lambda held: board_codes.step_codes(held, [codes[2]], trust, 1))
    assert desk.codes_of(TRUST) == ["Trust lost", "Jokes", "Late money"]
    edit = board_codes.move_codes(desk.board(), [Carried(codes[0], trust)], trust, 0)
    assert edit.label == "Put “Late money” in another place of “Trust”"
    desk.do(lambda held: board_codes.move_codes(held, [Carried(codes[0], trust)], trust, 0))
    assert desk.codes_of(TRUST) == ["Late money", "Trust lost", "Jokes"]
    assert not board_codes.move_codes(desk.board(), [Carried(codes[0], trust)], trust, 0)


def test_codes_come_to_a_place_of_another_group_from_several(desk: Desk) -> None:
    late, trust_lost, jokes = (desk.code(name) for name in ("Late money", "Trust lost", "Jokes"))
    trust, power, governance = (desk.theme(name) for name in (TRUST, "Power", GOVERNANCE))
    desk.do(lambda held: board_codes.put_codes(held, [late], trust))
    desk.do(lambda held: board_codes.put_codes(held, [jokes], power))
    desk.do(lambda held: board_codes.put_codes(held, [trust_lost], governance))
    carried = [Carried(late, trust), Carried(jokes, power)]
    desk.do(lambda held: board_codes.move_codes(held, carried, governance, 0))
    assert desk.codes_of(GOVERNANCE) == ["Late money", "Jokes", "Trust lost"]
    assert (desk.codes_of(TRUST), desk.codes_of("Power")) == ([], [])
    edit = board_codes.take_out(desk.board(), [Carried(late, governance), Carried(trust_lost)])
    assert edit.label == "Take “Late money” out of “Governance”"
    desk.do(lambda held: board_codes.take_out(held, [Carried(late, governance), Carried(jokes, governance)]))
    assert desk.codes_of(GOVERNANCE) == ["Trust lost"]


def test_groups_and_codes_come_under_a_theme_together(desk: Desk) -> None:
    late, jokes = desk.code("Late money"), desk.code("Jokes")
    trust, power, voice = (desk.theme(name) for name in (TRUST, "Power", VOICE))
    desk.do(lambda held: board_codes.put_codes(held, [late], power))
    carried = [Carried(late, power), Carried(jokes)]
    edit = board_codes.gather(desk.board(), [trust, power], carried, voice, "Loose ends")
    assert edit.label == "Put 2 groups and 2 codes under “The collective voice”"
    held = desk.do(lambda held: board_codes.gather(held, [trust, power], carried, voice, "Loose ends"))
    assert {"Trust", "Power", "Loose ends"} <= {each.name for each in held.children_of(voice.id)}
    assert (desk.codes_of("Loose ends"), desk.codes_of("Power")) == (["Late money", "Jokes"], [])
    desk.do(lambda held: board_codes.gather(held, [power], [Carried(jokes)], trust))
    assert desk.codes_of(TRUST) == ["Jokes"]
    assert TRUST in [each.name for each in desk.board().parents_of(power.id)]


def test_a_code_under_a_theme_above_alone_is_not_lost(desk: Desk) -> None:
    row = insert("theme_code", theme=desk.theme(VOICE).id, code=desk.code("Jokes").id)
    desk.project.apply(Edit("Put a code under a theme", (row,)))
    assert "Jokes" in [code.name for code in desk.board().loose]


def test_a_theme_is_no_part_of_its_own_part(desk: Desk) -> None:
    held = desk.board()
    with pytest.raises(EvidenceError, match="which is part of it"):
        acts.link(held, held.above[0], desk.theme(TRUST))


def test_a_relation_is_told_once_for_a_pair(desk: Desk) -> None:
    desk.do(lambda held: acts.relate(
        held, desk.theme(VOICE), desk.theme(TRUST), RelationKind.SUPPORTS, " Both say so "))  # fmt: skip
    desk.do(lambda held: acts.relate(held, desk.theme(TRUST), desk.theme(VOICE), RelationKind.CONTRADICTS))
    (relation,) = desk.board().relations
    assert (relation.words, relation.note) == ("speaks against", "Both say so")
    desk.do(lambda _held: acts.unrelate(relation))
    assert desk.board().relations == ()
    with pytest.raises(EvidenceError, match="itself"):
        acts.relate(desk.board(), desk.theme(VOICE), desk.theme(VOICE), RelationKind.SUPPORTS)


def test_words_question_and_place_are_set(desk: Desk) -> None:
    question = desk.board().questions[0].id
    for values in ({"proposition": " Voices count. "}, {"rationale": "Said by all."}, {"question": question}):
        desk.do(lambda _held, values=values: acts.describe(desk.theme(VOICE), **values))  # type: ignore[misc]
    theme = desk.theme(VOICE)
    assert (theme.proposition, theme.rationale, theme.theme.question) == (
        "Voices count.", "Said by all.", question,
    )  # fmt: skip
    desk.do(lambda held: acts.place(held, acts.Spot("theme", theme.id, 40.0, 60.0)))
    held = desk.do(lambda held: acts.place(held, acts.Spot("theme", theme.id, 50.0, 60.0)))
    assert [(place.x, place.y) for place in held.places.values()] == [(50.0, 60.0)]
    assert desk.do(acts.order_cards).places == {}


def test_the_history_tells_of_the_board_in_words(desk: Desk) -> None:
    desk.do(lambda held: board_codes.put_codes(held, [desk.code("Jokes")], desk.theme(TRUST)))
    desk.do(lambda held: acts.relate(held, desk.theme(VOICE), desk.theme(TRUST), RelationKind.CONTRADICTS))
    desk.do(lambda held: board_versions.keep_version(held, "First"))
    desk.do(lambda held: acts.place(held, acts.Spot("code", desk.code("Jokes").id, 1.0, 2.0)))
    with desk.project.reader() as reader:
        names = RowNames(reader)
        assert names.essence("theme_code", 1) == ("Code under “Trust”", "“Jokes”")
        assert names.name("theme_relation", 1) == "“The collective voice” speaks against “Trust”"
        assert names.value("theme_relation", "kind", "contradicts") == "speaks against"
        assert names.essence("theme_version", 1) == ("Version of the theme board", "First")
        assert names.name("board_place", 1) == "the card of “Jokes”"
        assert names.column("theme", 17, "rationale") == "Why of “Trust”"
        assert table_words("theme_relation", 2) == "2 relations between themes"
