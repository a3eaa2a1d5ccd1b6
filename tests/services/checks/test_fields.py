"""Fields by type, pages, blanks, days of access, titles nearly the same."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.csl import TYPES, VARIABLES
from evidence_app.services.checks.fields import NEEDED
from tests.doubles import a_reference, contents_of, found_by

BY = [{"family": "Curie", "given": "M"}]
SUBJECTS = ("care", "health", "trust", "team", "joint", "nurse", "ward", "trial")


def test_what_is_needed_is_named_in_csl_words() -> None:
    assert set(NEEDED) <= set(TYPES)
    assert {name for groups in NEEDED.values() for group in groups for name in group} <= set(VARIABLES)


def test_a_complete_reference_of_each_type_is_left_alone() -> None:
    contents = contents_of(
        a_reference(1, type="article-journal", title="A", author=BY, container_title="J", DOI="10.1000/a"),
        a_reference(2, type="article-journal", title="A", author=BY, container_title="J", volume="3"),
        a_reference(3, type="book", title="A", editor=BY, publisher="P"),
        a_reference(4, type="chapter", title="A", author=BY, container_title="B", publisher="P"),
        a_reference(5, type="report", title="A", publisher="P"),
        a_reference(6, type="thesis", title="A", author=BY, publisher="University"),
        a_reference(7, type="webpage", title="A", URL="https://example.org"),
        a_reference(8, type="software", title="A", URL="https://example.org"),
        a_reference(9, type="interview", title="A"),
    )
    assert not found_by("missing-fields", contents)


def test_all_that_is_missing_is_told_at_once() -> None:
    contents = contents_of(
        a_reference(1, type="article-journal", title="A"), a_reference(2), a_reference(3, type="map")
    )
    messages = [result.message for result in found_by("missing-fields", contents)]
    assert messages[0].endswith(
        "(article journal) lacks the authors, the journal or book and volume, pages or article number."
    )
    assert messages[1].endswith("has no type.")
    assert messages[2].endswith("lacks the title.")


@pytest.mark.parametrize("pages", ["515-504", "1064-3", "e130–e123", "1-4, 20-12", "S15-S12"])
def test_pages_that_run_backwards_are_an_error(pages: str) -> None:
    assert len(found_by("pages-reversed", contents_of(a_reference(page=pages)))) == 1


@pytest.mark.parametrize(
    "pages",
    [
        "504-515",
        "1064-5",
        "1064-1065",
        "18",
        "n71",
        "e0235334",
        "123-9",
        "102999",
        "0123-4567",
        "1609406921993276",
        "A12-B3",
        "100-1000",
        "i-xii",
        "2019-00050",
        "12-",
        "",
    ],
)
def test_pages_in_order_are_left_alone(pages: str) -> None:
    assert not found_by("pages-reversed", contents_of(a_reference(page=pages)))


def test_blanks_are_collapsed_by_a_fix() -> None:
    (result,) = found_by(
        "double-spaces", contents_of(a_reference(title="Power  and\n voice ", publisher="Nesta"))
    )
    assert result.fix is not None
    assert (result.fix.variable, result.fix.after) == ("title", "Power and voice")


def test_blanks_are_kept_where_they_may_mean_something() -> None:
    contents = contents_of(a_reference(title="Power and voice", abstract="One.\n\nTwo.", note="a  b"))
    assert not found_by("double-spaces", contents)


def test_a_page_is_seen_on_a_day() -> None:
    contents = contents_of(
        a_reference(1, URL="https://example.org"),
        a_reference(2, URL="https://example.org", accessed={"date-parts": [[2023]]}),
        a_reference(3, URL="https://example.org", DOI="10.1000/a"),
        a_reference(4),
    )
    assert [r.references for r in found_by("address-without-access-date", contents)] == [(1001,)]


def test_nearly_the_same_title_is_doubted_once_for_a_pair() -> None:
    contents = contents_of(
        a_reference(1, title="Co-production in mental health: not just another guide"),
        a_reference(2, title="CO-PRODUCTION IN MENTAL HEALTH—Not Just Another Guide"),
        a_reference(3, title="Co-production in primary care: a guide for those who plan it"),
        a_reference(4, title="Editorial"),
        a_reference(5, title="Editorial"),
    )
    assert [r.references for r in found_by("similar-titles", contents)] == [(1001, 1002)]


def test_parts_of_a_series_are_not_one_work() -> None:
    contents = contents_of(
        a_reference(1, title="Evaluation of building the right support: phase 2 case study findings report"),
        a_reference(2, title="Evaluation of building the right support: phase 3 case study findings report"),
        a_reference(3, title="Evaluation of building the right support: phase II case study findings report"),
    )
    assert not found_by("similar-titles", contents)


@given(
    st.lists(
        st.lists(
            st.sampled_from(["care", "health", "trust", "team", "joint", "nurse", "ward", "trial"]),
            min_size=3,
        )
    )
)
def test_no_pair_of_titles_that_share_nearly_all_words_is_passed_over(titles: list[list[str]]) -> None:
    contents = contents_of(*(a_reference(at, title=" ".join(said)) for at, said in enumerate(titles, 1)))
    words = {1000 + at: set(said) for at, said in enumerate(titles, 1)}
    alike = {
        (one, other)
        for one, other in combinations(words, 2)
        if min(len(words[one]), len(words[other])) >= 4
        and len(words[one] & words[other]) >= 0.85 * len(words[one] | words[other])
    }
    assert {each.references for each in found_by("similar-titles", contents)} == alike


def test_a_field_changed_after_the_tick_is_told() -> None:
    changed = replace(a_reference(1), checked_at="2024-01-01", changed_since_check=("volume", "issued"))
    (result,) = found_by("changed-since-checked", contents_of(changed, a_reference(2)))
    assert "volume and issued changed" in result.message
