"""The graph of themes."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.domain.synthesis import (
    Theme,
    ThemeKind,
    is_main,
    outline,
    path_to,
    with_descendants,
    would_circle,
)


def theme(number: int, *parents: int, position: float = 0.0) -> Theme:
    return Theme(
        id=number,
        guid=str(number),
        name=f"T{number}",
        kind=ThemeKind.ANALYTIC,
        parents=parents,
        position=position,
    )


def lines(*themes: Theme) -> list[tuple[int, int]]:
    return [(line.theme.id, line.depth) for line in outline(themes)]


def test_themes_stand_under_their_parents_by_position() -> None:
    themes = (theme(1, position=2), theme(2, position=1), theme(3, 1), theme(4, 3), theme(5, 1, position=-1))
    assert lines(*themes) == [(2, 0), (1, 0), (5, 1), (3, 1), (4, 2)]


def test_a_theme_of_two_parents_stands_under_both() -> None:
    assert lines(theme(1), theme(2), theme(3, 1, 2)) == [(1, 0), (3, 1), (2, 0), (3, 1)]


def test_a_theme_whose_parent_is_gone_stands_at_the_root() -> None:
    assert lines(theme(1, 99)) == [(1, 0)]


def test_themes_in_a_circle_are_still_shown() -> None:
    assert {number for number, _ in lines(theme(1, 2), theme(2, 1), theme(3))} == {1, 2, 3}
    assert lines(theme(1, 1)) == [(1, 0)]


GRAPHS = st.lists(st.lists(st.integers(1, 7), max_size=2), min_size=1, max_size=7).map(
    lambda parents: tuple(theme(number, *dict.fromkeys(above)) for number, above in enumerate(parents, 1))
)


@settings(deadline=None)
@given(GRAPHS)
def test_every_theme_has_a_place_in_the_outline(themes: tuple[Theme, ...]) -> None:
    assert {line.theme.id for line in outline(themes)} == {each.id for each in themes}


@settings(deadline=None)
@given(GRAPHS, st.integers(1, 7), st.integers(1, 7))
def test_what_would_not_circle_does_not(themes: tuple[Theme, ...], child: int, parent: int) -> None:
    if child > len(themes) or parent > len(themes) or would_circle(child, parent, themes):
        return
    moved = tuple(theme(t.id, *t.parents, *((parent,) if t.id == child else ())) for t in themes)
    assert parent not in with_descendants(child, moved) - {child}


@settings(deadline=None)
@given(GRAPHS)
def test_descendants_hold_the_children_of_each_of_them(themes: tuple[Theme, ...]) -> None:
    below = with_descendants(1, themes)
    assert 1 in below
    assert all(each.id in below for each in themes if set(each.parents) & below)


@settings(deadline=None)
@given(GRAPHS, st.integers(1, 7))
def test_the_path_goes_from_the_root_along_first_parents(themes: tuple[Theme, ...], number: int) -> None:
    by_id = {each.id: each for each in themes}
    path = path_to(number, by_id)
    assert (path[-1].id == number) if number in by_id else path == ()
    for above, below in pairwise(path):
        assert below.parents[0] == above.id


def test_a_theme_cannot_go_under_itself() -> None:
    themes = (theme(1), theme(2, 1), theme(3, 2))
    assert would_circle(1, 3, themes)
    assert would_circle(1, 1, themes)
    assert not would_circle(3, 1, themes)


def test_a_group_that_is_part_of_a_theme_counts_as_its_topic() -> None:
    voice = Theme(id=1, guid="a", name="Voice", kind=ThemeKind.ANALYTIC)
    paid = Theme(id=2, guid="b", name="Who is paid", kind=ThemeKind.DESCRIPTIVE, parents=(1,))
    alone = Theme(id=3, guid="c", name="Alone", kind=ThemeKind.DESCRIPTIVE, parents=(9,))
    known = {each.id: each for each in (voice, paid, alone)}
    assert [is_main(each, known) for each in (voice, paid, alone)] == [True, False, True]
