"""The code book: a tree that is moved, merged and split without losing a coding."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import codebook
from evidence_app.services.coding.similar_codes import found_codes, similar_code
from evidence_app.storage import coding
from tests.services.coding.desk import Desk, opened_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(tmp_path) as made:
        for name in ("Money", "Late money", "Trust", "Trust lost", "Time"):
            made.code(name)
        yield made


def test_several_codes_are_moved_under_one_and_before_another(desk: Desk) -> None:
    desk.do(
        codebook.move([desk.code("Late money"), desk.code("Time")], desk.code("Money"), None, desk.codes())
    )
    assert desk.names() == ["Money", "Money / Late money", "Money / Time", "Trust", "Trust lost"]
    desk.do(codebook.move([desk.code("Trust lost")], desk.code("Money"), desk.code("Time"), desk.codes()))
    assert desk.names()[:4] == ["Money", "Money / Late money", "Money / Trust lost", "Money / Time"]
    desk.do(codebook.move([desk.code("Time")], None, desk.code("Money"), desk.codes()))
    assert desk.names()[0] == "Time"
    for _ in range(3):
        desk.project.undo()
    assert desk.names() == ["Money", "Late money", "Trust", "Trust lost", "Time"]


def test_a_code_moved_with_its_parent_stays_under_it(desk: Desk) -> None:
    desk.do(codebook.move([desk.code("Late money")], desk.code("Money"), None, desk.codes()))
    desk.do(
        codebook.move([desk.code("Money"), desk.code("Late money")], desk.code("Trust"), None, desk.codes())
    )
    assert desk.names() == ["Trust", "Trust / Money", "Trust / Money / Late money", "Trust lost", "Time"]
    with pytest.raises(EvidenceError, match="under itself"):
        codebook.move([desk.code("Trust")], desk.code("Late money"), None, desk.codes())


def test_merging_keeps_what_was_given_and_is_taken_back(desk: Desk) -> None:
    desk.coded("money arrived late", "Late money", "Money")
    desk.coded("money came on time", "Late money")
    before = desk.told()
    desk.do(codebook.move([desk.code("Time")], desk.code("Late money"), None, desk.codes()))
    money = desk.code("Money")
    desk.do(codebook.merge([desk.code("Late money")], money, desk.codes(), desk.codings()))
    assert desk.names() == ["Money", "Money / Time", "Trust", "Trust lost"]
    assert desk.told() == [("money arrived late", "Money"), ("money came on time", "Money")]
    assert {each.used for each in desk.codings()} == {desk.code("Late money").id}
    desk.do(codebook.merge([money], desk.code("Trust"), desk.codes(), desk.codings()))
    assert {code for _, code in desk.told()} == {"Trust"}
    assert desk.code("Late money").merged_into == desk.code("Trust").id
    desk.do(codebook.unmerge(desk.code("Late money")))
    assert {code for _, code in desk.told()} == {"Late money"}
    for _ in range(4):
        desk.project.undo()
    assert desk.told() == before


def test_splitting_gives_the_chosen_codings_a_new_code(desk: Desk) -> None:
    desk.coded("money arrived late", "Money")
    desk.coded("money came on time", "Money")
    desk.do(codebook.split(desk.code("Money"), "Money in time", desk.codings()[1:], desk.codes(), None))
    assert desk.told() == [("money arrived late", "Money"), ("money came on time", "Money in time")]
    with pytest.raises(EvidenceError, match="nothing to split"):
        codebook.split(desk.code("Money"), "x", [], desk.codes(), None)


def test_removing_a_code_takes_what_is_below_and_leaves_the_quotations(desk: Desk) -> None:
    desk.do(codebook.move([desk.code("Late money")], desk.code("Money"), None, desk.codes()))
    desk.coded("money arrived late", "Late money", "Trust")
    desk.do(codebook.remove_codes([desk.code("Money")], desk.codes(), desk.codings()))
    assert desk.names() == ["Trust", "Trust lost", "Time"]
    assert desk.told() == [("money arrived late", "Trust")]
    desk.project.undo()
    assert len(desk.told()) == 2


def test_names_colours_and_definitions_change(desk: Desk) -> None:
    desk.do(codebook.rename(desk.code("Time"), " Time  taken "))
    desk.do(codebook.recolour([desk.code("Time taken")], "#4C60D8"))
    desk.do(codebook.define(desk.code("Time taken"), definition="How long", inclusion="“a year”"))
    desk.do(codebook.make_folder(desk.code("Money"), folder=True))
    code = desk.code("Time taken")
    assert (code.colour, code.definition, code.inclusion) == ("#4C60D8", "How long", "“a year”")
    assert not desk.code("Money").codable
    assert not codebook.rename(code, "  ")
    with pytest.raises(EvidenceError, match="needs a name"):
        codebook.new_code(" ")


def test_a_name_that_is_nearly_there_is_pointed_out(desk: Desk) -> None:
    for name, known in (("trusts lost", "Trust lost"), ("Lost trust", "Trust lost"), ("time", "Time")):
        found = similar_code(desk.tree(), name)
        assert found is not None
        assert found.code.name == known
    assert similar_code(desk.tree(), "Leadership") is None


def test_a_few_letters_find_a_code(desk: Desk) -> None:
    def found(typed: str) -> list[str]:
        return [each.code.name for each in found_codes(desk.tree(), typed)]

    assert found("tru") == ["Trust", "Trust lost"]
    assert found("lost tr") == ["Trust lost"]
    assert found("monye")[0] == "Money"
    assert found("tl") == ["Trust lost"]
    assert found("zzz") == []
    recent = [desk.code("Time").id]
    assert [each.code.name for each in found_codes(desk.tree(), "", recent)][:2] == ["Time", "Money"]


def test_a_folder_is_not_offered(desk: Desk) -> None:
    desk.do(codebook.make_folder(desk.code("Money"), folder=True))
    assert "Money" not in [each.code.name for each in found_codes(desk.tree(), "money")]
    assert coding.code_counts(desk.reader) == {}
