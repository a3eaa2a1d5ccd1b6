"""Dates: read from typed text, shown, and read again."""

from calendar import monthrange
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.domain.dates import CslDate, format_date, parse_date, year_of, years_of


def on(*parts: int, **rest: Any) -> CslDate:
    return {"date-parts": [list(parts)], **rest}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019", on(2019)),
        ("2019-04", on(2019, 4)),
        ("2019-4-7", on(2019, 4, 7)),
        ("15 June 2022", on(2022, 6, 15)),
        ("June 15, 2022", on(2022, 6, 15)),
        ("Jun 2022", on(2022, 6)),
        ("Sept. 2022", on(2022, 9)),
        ("2022 Jun 15", on(2022, 6, 15)),
        ("c. 2019", on(2019, circa=True)),
        ("ca. 2019", on(2019, circa=True)),
        ("circa 2019", on(2019, circa=True)),
        ("about 2019-04", on(2019, 4, circa=True)),
        ("~2019", on(2019, circa=True)),
        ("2013/2015", {"date-parts": [[2013], [2015]]}),
        ("2013-05/2013-07", {"date-parts": [[2013, 5], [2013, 7]]}),
        ("Spring 2019", on(2019, season=1)),
        ("fall 2019", on(2019, season=3)),
        ("  June   2022 ", on(2022, 6)),
        ("-0044", on(-44)),
        ("2020-02-29", on(2020, 2, 29)),
    ],
)
def test_dates_as_people_type_them(text: str, date: CslDate) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "2013, 2015, 2022",
        "in press",
        "2019-13",
        "2019-02-30",
        "2021-02-29",
        "31 April 2020",
        "century",
        "caught 2019",
        "2019/",
    ],
)
def test_anything_else_is_kept_as_printed(text: str) -> None:
    assert parse_date(text) == {"literal": text}


def test_no_text_is_no_date() -> None:
    assert parse_date("  ") is None
    assert format_date(None) == format_date({}) == format_date({"date-parts": []}) == ""


@st.composite
def parts(draw: st.DrawFn) -> list[int]:
    year = draw(st.integers(-2000, 9999))
    if draw(st.booleans()):
        return [year]
    month = draw(st.integers(1, 12))
    if draw(st.booleans()):
        return [year, month]
    last = monthrange(2000 + year % 400, month)[1]
    return [year, month, draw(st.integers(1, last))]


DATES = st.one_of(
    st.builds(lambda one: {"date-parts": [one]}, parts()),
    st.builds(lambda one: {"date-parts": [one], "circa": True}, parts()),
    st.builds(lambda one, two: {"date-parts": [one, two]}, parts(), parts()),
    st.builds(
        lambda year, season: {"date-parts": [[year]], "season": season},
        st.integers(0, 9999),
        st.integers(1, 4),
    ),
)


@settings(deadline=None)
@given(DATES)
def test_a_date_shown_is_read_back_as_it_was(date: CslDate) -> None:
    assert parse_date(format_date(date)) == date


@settings(deadline=None)
@given(st.text(max_size=24))
def test_any_text_is_read_and_its_reading_is_stable(text: str) -> None:
    date = parse_date(text)
    assert parse_date(format_date(date)) == date


@settings(deadline=None)
@given(DATES)
def test_the_year_lists_sort_by_is_the_first_of_a_range(date: CslDate) -> None:
    assert year_of(date) == date["date-parts"][0][0]


def test_the_year_of_several_is_the_last() -> None:
    date = parse_date("2013, 2015, 2022")
    assert years_of(date) == (2013, 2015, 2022)
    assert year_of(date) == 2022


@pytest.mark.parametrize(
    "value", [None, {}, {"literal": "n.d."}, {"date-parts": [[None]]}, {"date-parts": [[]]}, "2019", 7]
)
def test_what_names_no_year_has_none(value: Any) -> None:
    assert years_of(value) == ()
    assert year_of(value) is None


def test_digits_of_a_longer_number_are_no_year() -> None:
    assert years_of({"literal": "CBP-120190"}) == ()


def test_parts_may_be_text_as_some_programs_write_them() -> None:
    assert format_date({"date-parts": [["2019", "4"]]}) == "2019-04"
    assert year_of({"date-parts": [["2019"]]}) == 2019
