"""Which works the picker offers first, and how places in them are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.manuscript import Cited
from evidence_app.domain.reference import ReferenceId
from evidence_app.services.synthesis.locators import LABELS, Place, place_line, read_place
from evidence_app.services.synthesis.picking import Candidate, emphasised, ranked, times_cited


def a_work(reference: int, label: str = "Smith 2019", **other: object) -> Candidate:
    values = {"number": reference, "title": "A title", **other}
    return Candidate(reference=reference, label=label, **values)  # type: ignore[arg-type]


def order(works: list[Candidate], words: str) -> list[int]:
    return [work.reference for work in ranked(works, words)]


def test_a_number_finds_its_work_first() -> None:
    works = [a_work(5, cited=9), a_work(57), a_work(7, title="57 ways", cited=3)]
    assert order(works, "57")[0] == 57


def test_an_author_comes_before_a_title_that_holds_the_word() -> None:
    works = [a_work(1, "Jones 2001", title="The baker's trade", cited=9), a_work(2, "Baker 2010")]
    assert order(works, "baker") == [2, 1]


def test_what_is_cited_near_and_often_comes_first_among_equals() -> None:
    works = [a_work(1, cited=2), a_work(2, cited=7), a_work(3, cited=1, near=True), a_work(4, number=None)]
    assert order(works, "") == [3, 2, 1, 4]


def test_accents_do_not_matter() -> None:
    assert order([a_work(1, "Adams 2001"), a_work(2, "Øvretveit 2010")], "ovretveit")[0] == 2


@given(st.text(max_size=30), st.text(max_size=8))
def test_the_pieces_of_a_title_make_the_title(title: str, words: str) -> None:
    assert "".join(piece for piece, _ in emphasised(title, words)) == title


def test_the_words_found_stand_out() -> None:
    assert emphasised("The third sector", "sector third") == [
        ("The ", False), ("third", True), (" ", False), ("sector", True)
    ]  # fmt: skip


def test_a_work_is_counted_once_in_each_anchor() -> None:
    assert times_cited([[1, 2, 1], [2], []]) == {1: 1, 2: 2}


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("14", Place("14", "page", "")), ("p. 14", Place("14", "page", "")),
        ("pp.3–4", Place("3–4", "page", "")), ("ch 2", Place("2", "chapter", "")),
        ("Figure 3", Place("3", "figure", "")), ("xiv", Place("xiv", "page", "")),
        ("§ 5", Place("5", "section", "")), ("table 2", Place("", "page", ", table 2")),
        ("  ", Place("", "page", "")), ("passim", Place("", "page", ", passim")),
    ],
)  # fmt: skip
def test_places_are_read_as_people_type_them(typed: str, place: Place) -> None:
    assert read_place(typed) == place


@given(st.sampled_from(sorted(LABELS)), st.integers(1, 999), st.integers(0, 9))
def test_a_place_that_is_shown_is_read_again_as_it_was(label: str, start: int, more: int) -> None:
    locator = f"{start}–{start + more}" if more else str(start)
    work = Cited(ReferenceId(1), locator, label)
    assert read_place(place_line(work)) == Place(locator, label, "")


def test_a_suffix_is_shown_without_its_comma_and_read_again() -> None:
    assert place_line(Cited(ReferenceId(1), suffix=", table 2")) == "table 2"
    assert read_place("table 2").suffix == ", table 2"
