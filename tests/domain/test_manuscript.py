"""Blocks, runs and anchors."""

import json
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.domain.manuscript import (
    Anchor,
    AnchorPlace,
    Block,
    BlockKind,
    Cited,
    Mark,
    Role,
    Run,
    Text,
    runs_from_json,
    runs_to_json,
    tidy,
)
from evidence_app.domain.reference import ReferenceId

MARKS = st.lists(st.sampled_from(Mark), max_size=2, unique=True).map(tuple)
RUNS = st.lists(
    st.one_of(
        st.builds(Text, st.text(max_size=5), MARKS), st.builds(AnchorPlace, st.text(min_size=1, max_size=3))
    )
)


def words(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs if isinstance(run, Text))


@settings(deadline=None)
@given(RUNS)
def test_runs_survive_as_plain_values(runs: list[Run]) -> None:
    assert runs_from_json(json.loads(json.dumps(runs_to_json(runs)))) == tuple(runs)


@settings(deadline=None)
@given(RUNS)
def test_tidying_keeps_words_places_and_marks(runs: list[Run]) -> None:
    tidied = tidy(runs)
    assert words(tidied) == words(tuple(runs))
    places = [run for run in runs if isinstance(run, AnchorPlace)]
    assert [run for run in tidied if isinstance(run, AnchorPlace)] == places
    letters = [(letter, run.marks) for run in runs if isinstance(run, Text) for letter in run.text]
    assert [(letter, run.marks) for run in tidied if isinstance(run, Text) for letter in run.text] == letters


@settings(deadline=None)
@given(RUNS)
def test_tidying_twice_changes_nothing_and_leaves_no_like_neighbours(runs: list[Run]) -> None:
    tidied = tidy(runs)
    assert tidy(tidied) == tidied
    for one, other in pairwise(tidied):
        assert not (isinstance(one, Text) and isinstance(other, Text) and one.marks == other.marks)


def a_block(kind: BlockKind = BlockKind.PARAGRAPH, theme: int | None = None) -> Block:
    one, two = (Anchor(guid, Role.EVIDENCE, (Cited(ReferenceId(1)),)) for guid in ("one", "two"))
    runs = (
        Text("People"),
        AnchorPlace("two"),
        Text(" speak", (Mark.EMPHASIS,)),
        AnchorPlace("one"),
        AnchorPlace("gone"),
    )
    return Block(guid="b", section=1, runs=runs, anchors=(one, two), kind=kind, theme=theme)


def test_the_text_of_a_block_leaves_anchors_out() -> None:
    assert a_block().text == "People speak"


def test_anchors_come_as_they_stand_in_the_sentence() -> None:
    assert [anchor.guid for anchor in a_block().anchors_in_order()] == ["two", "one"]


def test_only_paragraphs_and_list_lines_under_a_theme_are_findings() -> None:
    assert a_block(theme=1).is_finding
    assert a_block(BlockKind.LIST, theme=1).is_finding
    assert not a_block(BlockKind.HEADING, theme=1).is_finding
    assert not a_block().is_finding
