"""Terms in a text: stems, phrases, hyphens, kinds, other scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.screening.highlighting import KINDS, Highlighter


def found(text: str, *terms: tuple[str, str]) -> list[tuple[str, str]]:
    return [(text[mark.start : mark.end], mark.kind) for mark in Highlighter(terms).marks(text)]


def test_a_stem_finds_every_ending_and_only_whole_words_begin_it() -> None:
    text = "Commissioners recommission what commissioning commissioned"
    words = [word for word, _ in found(text, ("commission*", "neutral"))]
    assert words == ["Commissioners", "commissioning", "commissioned"]


def test_a_word_without_a_star_finds_that_word_only() -> None:
    assert found("peer peers Peer", ("peer", "include")) == [("peer", "include"), ("Peer", "include")]


@pytest.mark.parametrize(
    "text", ["lived experience", "Lived-Experience", "lived\n experience", "lived–experience"]
)
def test_a_phrase_is_found_however_its_words_are_parted(text: str) -> None:
    assert found(text, ('"lived experience"', "include")) == [(text, "include")]


@pytest.mark.parametrize("text", ["co-production", "coproduction", "co production"])
def test_a_hyphen_in_a_term_may_be_a_space_or_nothing(text: str) -> None:
    assert found(text, ("co-produc*", "include")) == [(text, "include")]


def test_the_longer_of_two_exclude_terms_wins_and_exclude_wins_over_neutral() -> None:
    terms = (("research", "exclude"), ("research commission*", "exclude"), ("research", "neutral"))
    assert found("research commissioning, research", *terms) == [
        ("research commissioning", "exclude"), ("research", "exclude")
    ]  # fmt: skip


def test_a_script_without_spaces_is_searched_inside() -> None:
    assert found("我们委托研究", ("委托", "neutral")) == [("委托", "neutral")]


def test_terms_of_signs_alone_find_nothing() -> None:
    assert found("a * b ( [", ("*", "include"), ("", "exclude"), ("-", "neutral")) == []


@given(st.text(max_size=200), st.lists(st.tuples(st.text(max_size=12), st.sampled_from(KINDS)), max_size=6))
def test_marks_stand_in_order_inside_the_text_and_never_overlap(
    text: str, terms: list[tuple[str, str]]
) -> None:
    at = 0
    for mark in Highlighter(terms).marks(text):
        assert at <= mark.start < mark.end <= len(text)
        assert mark.kind in KINDS
        at = mark.end
