"""Codes go up, down, out and in through the code book; the tree stays whole whatever is done."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.coding import Code, code_tree
from evidence_app.domain.edit import Edit, SetColumns
from evidence_app.services.coding import codebook
from evidence_app.services.coding.code_steps import Step, step
from tests.services.coding.desk import Desk, opened_desk

NAMES = ("Money", "Trust", "Time", "Voice", "Power")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(tmp_path) as made:
        for name in NAMES:
            made.do(codebook.new_code(name))
        yield made


def tree(desk: Desk) -> str:
    """Return the code book in one line: each step in is a dot."""
    return " ".join("." * each.depth + each.code.name for each in code_tree(desk.codes()))


def go(desk: Desk, way: Step, *names: str) -> str:
    """Take a step with codes; return the code book after it, and see that undo brings it back."""
    before = tree(desk)
    edit = step([desk.code(name) for name in names], way, desk.codes())
    if edit:
        desk.do(edit)
        after = tree(desk)
        desk.project.undo()
        assert tree(desk) == before
        desk.project.redo()
        assert tree(desk) == after
    return tree(desk)


def test_a_code_goes_up_and_down_though_all_were_made_at_the_same_place(desk: Desk) -> None:
    assert go(desk, Step.UP, "Time") == "Money Time Trust Voice Power"
    assert go(desk, Step.UP, "Time") == "Time Money Trust Voice Power"
    assert not step([desk.code("Time")], Step.UP, desk.codes())
    assert go(desk, Step.DOWN, "Money") == "Time Trust Money Voice Power"
    assert go(desk, Step.DOWN, "Voice") == "Time Trust Money Power Voice"
    assert not step([desk.code("Voice")], Step.DOWN, desk.codes())


def test_a_code_goes_in_and_out(desk: Desk) -> None:
    assert not step([desk.code("Money")], Step.INTO, desk.codes())
    assert not step([desk.code("Money")], Step.OUT, desk.codes())
    assert go(desk, Step.INTO, "Trust") == "Money .Trust Time Voice Power"
    assert go(desk, Step.INTO, "Time") == "Money .Trust .Time Voice Power"
    assert go(desk, Step.INTO, "Time") == "Money .Trust ..Time Voice Power"
    assert go(desk, Step.OUT, "Time") == "Money .Trust .Time Voice Power"
    assert go(desk, Step.OUT, "Trust") == "Money .Time Trust Voice Power"
    assert not step([], Step.UP, desk.codes())


def test_several_codes_go_together_and_take_along_what_stands_under_them(desk: Desk) -> None:
    go(desk, Step.INTO, "Time")
    assert tree(desk) == "Money Trust .Time Voice Power"
    assert go(desk, Step.DOWN, "Trust", "Time", "Voice") == "Money Power Trust .Time Voice"
    assert go(desk, Step.INTO, "Trust", "Time", "Voice") == "Money Power .Trust ..Time .Voice"
    assert go(desk, Step.OUT, "Trust", "Voice") == "Money Power Trust .Time Voice"


def test_a_code_whose_parent_is_gone_goes_on_at_the_top(desk: Desk) -> None:
    go(desk, Step.INTO, "Trust")
    codes = [code for code in desk.codes() if code.name != "Money"]
    edit = step([desk.code("Trust")], Step.UP, codes)
    assert {change.row for change in edit.changes if isinstance(change, SetColumns)} >= {
        desk.code("Trust").id
    }


def after(edit: Edit, codes: list[Code]) -> list[Code]:
    """Return the codes as an edit leaves them."""
    by_id = {code.id: code for code in codes}
    for change in edit.changes:
        assert isinstance(change, SetColumns)
        held = by_id[change.row]
        assert all(getattr(held, name) == value for name, value in change.before.items())
        by_id[change.row] = replace(held, **change.after)
    return list(by_id.values())


@given(st.lists(st.tuples(st.sets(st.integers(1, 9), min_size=1), st.sampled_from(Step)), max_size=25))
def test_the_tree_stays_whole_whatever_is_done(acts: list[tuple[set[int], Step]]) -> None:
    codes = [
        Code(id=row, guid=f"c{row}", name=str(row), parent=None if row < 4 else row // 2)
        for row in range(1, 10)
    ]
    for chosen, way in acts:
        order = [each.code for each in code_tree(codes) if each.code.id in chosen]
        codes = after(step(order, way, codes), codes)
        placed = code_tree(codes)
        assert {each.code.id for each in placed} == set(range(1, 10))
        known = {each.code.id: each for each in placed}
        for each in placed:
            parent = known.get(each.code.parent or 0)
            assert each.depth == (parent.depth + 1 if parent else 0)
