"""Dates: missing, several, impossible, out of order, online beside print."""

from typing import Any

import pytest

from evidence_app.services.checks.dates import is_possible
from tests.doubles import a_reference, contents_of, found_by


def on(*parts: int) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


def test_a_reference_without_a_year_is_doubted() -> None:
    contents = contents_of(
        a_reference(1),
        a_reference(2, year=2019),
        a_reference(3, issued={"literal": "n.d."}),
        a_reference(4, status="in press"),
        a_reference(5, issued={"literal": "early 2019"}),
        a_reference(6, issued={"date-parts": [[None]]}),
    )
    assert [r.references for r in found_by("no-year", contents)] == [(1001,), (1003,), (1006,)]


def test_several_years_are_doubted() -> None:
    contents = contents_of(
        a_reference(1, issued={"literal": "2013, 2015, 2022"}),
        a_reference(2, issued={"date-parts": [[2013], [2015]]}),
        a_reference(3, issued={"date-parts": [[2013, 1], [2013, 4]]}),
        a_reference(4, year=2013),
    )
    results = found_by("several-years", contents)
    assert [r.references for r in results] == [(1001,), (1002,)]
    assert "2013, 2015 and 2022" in results[0].message


@pytest.mark.parametrize(
    "parts", [[2019, 13], [2019, 2, 29], [2019, 4, 31], [2019, 0], [2019, 1, 0], [219], [20190]]
)
def test_a_day_that_is_not_in_the_calendar_is_an_error(parts: list[int]) -> None:
    assert not is_possible(parts)
    assert len(found_by("impossible-date", contents_of(a_reference(issued={"date-parts": [parts]})))) == 1


@pytest.mark.parametrize(
    "parts", [[2019], [2019, 12], [2020, 2, 29], [1969, 1, 31], ["2019", "3"], [], [None]]
)
def test_a_day_in_the_calendar_is_left_alone(parts: list[object]) -> None:
    assert not found_by("impossible-date", contents_of(a_reference(issued={"date-parts": [parts]})))


def test_a_range_that_ends_before_it_begins_is_an_error() -> None:
    backwards = a_reference(1, issued={"date-parts": [[2019, 5], [2019, 3]]})
    forwards = a_reference(
        2, issued={"date-parts": [[2019], [2019, 3]]}, accessed={"date-parts": [[2019], [2020]]}
    )
    assert [r.subject for r in found_by("impossible-date", contents_of(backwards, forwards))] == [
        "reference:1001:issued"
    ]


def test_an_ancient_original_date_is_possible() -> None:
    assert not found_by("impossible-date", contents_of(a_reference(original_date=on(-44))))


def test_nothing_is_seen_before_it_is_published() -> None:
    contents = contents_of(
        a_reference(1, issued=on(2022, 6, 15), accessed=on(2022, 6, 14)),
        a_reference(2, issued=on(2022), accessed=on(2021, 12, 31)),
        a_reference(3, issued=on(2022, 6), accessed=on(2022, 6, 1)),
        a_reference(4, issued=on(2022), accessed=on(2022, 1, 1)),
        a_reference(5, issued={"literal": "2013, 2022"}, accessed=on(2019)),
        a_reference(6, accessed=on(2019)),
    )
    assert [r.references for r in found_by("seen-before-published", contents)] == [(1001,), (1002,)]


def test_online_and_print_years_that_differ_are_told() -> None:
    contents = contents_of(
        a_reference(1, year=2021, published_online=on(2019, 9, 1)),
        a_reference(2, issued=on(2019), published_online=on(2019), published_print=on(2020)),
        a_reference(3, year=2019, published_online=on(2019)),
        a_reference(4, year=2019),
        a_reference(5, year=1991, published_online=on(2016)),
    )
    assert [r.references for r in found_by("online-and-print-year", contents)] == [(1001,), (1002,)]


@pytest.mark.parametrize(
    ("doi", "year"),
    [
        ("10.1111/j.1365-2524.2008.00797.x", 2009),
        ("10.1080/25783858.2019.1660497", 2021),
        ("10.1016/j.wombi.2018.03.002", 2019),
    ],
)
def test_the_year_a_doi_bears_is_the_online_one(doi: str, year: int) -> None:
    assert len(found_by("online-and-print-year", contents_of(a_reference(DOI=doi, year=year)))) == 1
    asked = a_reference(DOI=doi, year=year, published_online=on(year))
    assert not found_by("online-and-print-year", contents_of(asked))


@pytest.mark.parametrize(
    ("doi", "year"),
    [
        ("10.1136/bmjopen-2018-000427", 2019),
        ("10.1080/09540962.2019.1592903", 2019),
        ("10.1017/S0047279420000355", 2021),
        ("10.1136/bmj.38636.593461.68", 2005),
        ("10.1080/01944366908977225", 1969),
        ("10.1016/j.futures.2022.102999", 2022),
        ("10.1234/abc.1999.2000", 2005),
        ("10.1371/journal.pone.0235334", 2021),
    ],
)
def test_other_digits_in_a_doi_are_no_year(doi: str, year: int) -> None:
    assert not found_by("online-and-print-year", contents_of(a_reference(DOI=doi, year=year)))
