"""The references of the sample review, on their own files alone."""

from collections import Counter

import pytest

from evidence_app.domain.csl import ALL_DATES, NAME_VARIABLES, TYPES, VARIABLES
from evidence_app.domain.dates import format_date, parse_date
from evidence_app.domain.names import names_of
from evidence_app.domain.reference import clean_doi
from tests.sample.files import items, sample

CATALOGUE_ONLY = [65, 66, 69, 72, 73, 76, 77, 79, 84, 88, 89, 92, 96, 97]


def test_there_are_110_and_their_numbers_are_the_reviews_own() -> None:
    assert [each["number"] for each in sample("references")] == list(range(1, 111))


def test_the_included_reports_are_55_to_101() -> None:
    included = [each["number"] for each in sample("references") if each["standing"] == "included"]
    assert included == list(range(55, 102))
    assert {each["standing"] for each in sample("references")} == {"included", "background"}


@pytest.mark.parametrize("number", range(1, 111))
def test_every_item_is_shaped_as_csl(number: int) -> None:
    item = items()[number]
    assert item["type"] in TYPES
    assert set(item) <= {"type", *VARIABLES}
    assert item["title"]
    for variable in set(item) & set(NAME_VARIABLES):
        assert len(names_of(item[variable])) == len(item[variable])
        for name in item[variable]:
            assert set(name) in ({"family", "given"}, {"literal"})
    for variable in set(item) & set(ALL_DATES):
        assert parse_date(format_date(item[variable])) == item[variable]
    for variable in set(item) - set(NAME_VARIABLES) - set(ALL_DATES):
        assert isinstance(item[variable], str)
        assert item[variable] == item[variable].strip()
        assert "*" not in item[variable]


def test_the_kinds_of_the_included_reports_are_those_the_review_counts() -> None:
    kinds = Counter(items()[number]["type"] for number in range(55, 102))
    assert kinds == {"article-journal": 23, "report": 23, "thesis": 1}
    assert items()[80]["type"] == "thesis"


def test_48_different_dois_none_with_a_resolver_in_front() -> None:
    dois = [item["DOI"] for item in items().values() if "DOI" in item]
    assert len(dois) == 48
    assert len({doi.lower() for doi in dois}) == 48
    assert all(clean_doi(doi) == doi.lower() for doi in dois)


def test_journal_articles_without_a_doi_are_49_and_83() -> None:
    without = [n for n, item in items().items() if item["type"] == "article-journal" and "DOI" not in item]
    assert without == [49, 83]


def test_14_included_reports_are_known_by_a_catalogue_link_only() -> None:
    linked = [
        number
        for number, item in items().items()
        if number >= 55 and "scie-socialcareonline" in item.get("URL", "") and "publisher" not in item
    ]
    assert linked == CATALOGUE_ONLY


def test_unlisted_authors_are_recorded_as_such_and_come_last() -> None:
    for number, item in items().items():
        names = names_of(item.get("author"))
        assert not any(name.is_et_al for name in names[:-1]), number
    shortened = [n for n, item in items().items() if names_of(item.get("author"))[-1:][0:1] and
                 names_of(item["author"])[-1].is_et_al]  # fmt: skip
    assert shortened == [9, 34, 35, 51, 56, 66, 68, 75, 82, 85, 101, 103, 107, 108, 109]


@pytest.mark.parametrize(
    ("number", "bodies"),
    [
        (25, ["NHS England", "NHS Improvement"]),
        (88, ["University of Bristol Norah Fry Centre for Disability Studies"]),
        (96, ["Co-operative College", "Change AGENTS"]),
        (1, ["Department of Health"]),
    ],
)
def test_bodies_are_literal_names(number: int, bodies: list[str]) -> None:
    assert items()[number]["author"] == [{"literal": body} for body in bodies]


def test_dates_that_are_not_one_year() -> None:
    assert items()[8]["issued"] == {"literal": "2013, 2015, 2022"}
    assert "issued" not in items()[20]
    assert "issued" not in items()[45]
    assert items()[26]["issued"] == {"date-parts": [[2022, 6, 15]]}
    assert items()[33]["issued"] == {"date-parts": [[2023, 7, 31]]}


def test_the_traps_of_the_source_are_read_through() -> None:
    assert items()[56]["title"].endswith("user involvement in drug treatment services in England")
    assert "tnlcommunityfund.org.uk" in items()[39]["URL"]
    assert "commissioningforoutcomes.pdf" in items()[50]["URL"]
    assert items()[63]["volume"] == "18"
    assert items()[85]["DOI"] == "10.1136/bmjopen-2018-000427"
