"""A block as one line of text: places, cutting, joining."""

from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.manuscript import AnchorPlace, Mark, Run, Text, tidy
from evidence_app.services.synthesis.flat import (
    ANCHOR,
    cut,
    flat,
    length,
    one_line,
    place_in,
    place_of,
    spliced,
)

MARKS = st.sets(st.sampled_from(list(Mark))).map(lambda marks: tuple(mark for mark in Mark if mark in marks))
WORDS = st.text(st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters=ANCHOR), max_size=12)
RUNS = st.lists(
    st.one_of(
        st.builds(Text, WORDS, MARKS), st.integers(0, 10**6).map(lambda number: AnchorPlace(f"a{number}"))
    ),
    max_size=8,
)  # fmt: skip


@given(RUNS, st.data())
def test_what_is_cut_before_and_behind_a_place_makes_the_whole_again(
    runs: list[Run], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, length(runs)))
    halves = (*cut(runs, 0, place), *cut(runs, place, length(runs)))
    assert tidy(halves) == tidy(runs)
    assert len(flat(runs)) == length(runs)


@given(RUNS, RUNS, st.data())
def test_splicing_is_what_it_is_for_plain_text(runs: list[Run], put: list[Run], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, length(runs)))
    end = data.draw(st.integers(start, length(runs)))
    text = flat(runs)
    assert flat(spliced(runs, start, end, put)) == text[:start] + flat(put) + text[end:]


@given(RUNS, st.data())
def test_every_place_is_in_a_run_or_behind_the_last(runs: list[Run], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, length(runs)))
    run, offset = place_in(runs, place)
    assert length(runs[:run]) + offset == place


def test_an_anchor_is_found_by_its_identity() -> None:
    runs = (Text("Told"), AnchorPlace("one"), Text(" again"), AnchorPlace("two"))
    assert place_of(runs, "two") == 11
    assert place_of(runs, "three") is None


@given(st.text())
def test_pasted_text_becomes_one_line_without_anything_unprintable(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert ANCHOR not in line
    assert one_line(line) == line


def test_lines_that_are_pasted_are_joined_by_blanks() -> None:
    assert one_line("one\r\ntwo\tthree\x00") == "one two three"
    assert one_line("a\u00a0b") == "a\u00a0b"
