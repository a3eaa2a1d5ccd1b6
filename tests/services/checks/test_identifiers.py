"""DOIs, addresses, ISSNs and ISBNs: what fires and what does not."""

import pytest

from evidence_app.services.checks.identifiers import is_isbn, is_issn
from tests.doubles import a_reference, contents_of, found_by


@pytest.mark.parametrize(
    "doi", ["10.1000", "11.1000/abc", "10.1000/a b", "abc", "10.1/x", "https://example.org/x"]
)
def test_a_malformed_doi_is_an_error(doi: str) -> None:
    assert len(found_by("doi-malformed", contents_of(a_reference(DOI=doi)))) == 1


@pytest.mark.parametrize(
    "doi",
    [
        "10.1000/abc",
        "10.1002/(SICI)1097-461X(1996)58:2<1::AID-X>3.0.CO;2-B",
        "10.1136/bmj.n71",
        "10.5334/IJIC.5500",
    ],
)
def test_a_sound_doi_is_left_alone(doi: str) -> None:
    contents = contents_of(a_reference(DOI=doi))
    assert not found_by("doi-malformed", contents) + found_by("doi-with-resolver", contents)


def test_a_doi_inside_other_text_can_be_taken_out() -> None:
    (result,) = found_by("doi-malformed", contents_of(a_reference(DOI="see 10.1000/abc.")))
    assert result.fix is not None
    assert (result.fix.variable, result.fix.before, result.fix.after) == (
        "DOI",
        "see 10.1000/abc.",
        "10.1000/abc",
    )


@pytest.mark.parametrize(
    "before", ["https://doi.org/10.1000/ABC", "doi: 10.1000/abc", "http://dx.doi.org/10.1000/abc"]
)
def test_a_resolver_before_the_doi_is_taken_off(before: str) -> None:
    contents = contents_of(a_reference(DOI=before))
    (result,) = found_by("doi-with-resolver", contents)
    assert result.fix is not None
    assert result.fix.after == "10.1000/abc"
    assert not found_by("doi-malformed", contents)


def test_a_doi_in_the_address_is_offered_for_its_field() -> None:
    (result,) = found_by("doi-in-address", contents_of(a_reference(URL="https://doi.org/10.1000/abc")))
    assert result.fix is not None
    assert result.fix.after == "10.1000/abc"
    beside = a_reference(URL="https://doi.org/10.1000/abc", DOI="10.1000/abc")
    assert not found_by(
        "doi-in-address", contents_of(beside, a_reference(2, URL="https://example.org/10.1000/a"))
    )


def test_references_that_share_a_doi_are_told_together() -> None:
    contents = contents_of(
        a_reference(1, DOI="10.1000/abc"),
        a_reference(2, DOI="https://doi.org/10.1000/ABC"),
        a_reference(3, DOI="10.1000/other"),
        a_reference(4),
        a_reference(5),
    )
    (result,) = found_by("doi-duplicate", contents)
    assert result.references == (1001, 1002)


def test_only_recent_journal_articles_are_asked_for_a_doi() -> None:
    contents = contents_of(
        a_reference(1, type="article-journal", year=2016),
        a_reference(2, type="article-journal"),
        a_reference(3, type="article-journal", year=1969),
        a_reference(4, type="article-journal", year=2016, DOI="10.1000/a"),
        a_reference(5, type="report", year=2016),
    )
    assert [result.references for result in found_by("article-without-doi", contents)] == [(1001,), (1002,)]


def test_a_catalogue_is_not_where_an_included_report_lives() -> None:
    record = "http://www.scie-socialcareonline.org.uk/a-title/r/a11"
    contents = contents_of(
        a_reference(1, True, URL=record),
        a_reference(2, False, URL=record),
        a_reference(3, True, URL=record, DOI="10.1000/a"),
        a_reference(4, True, URL="https://www.kingsfund.org.uk/report.pdf"),
        a_reference(5, True, URL="https://search.worldcat.org/title/1"),
        a_reference(6, True, URL="https://notworldcat.org/title/1"),
    )
    assert [result.references for result in found_by("catalogue-link-only", contents)] == [(1001,), (1005,)]


@pytest.mark.parametrize(
    "url", ["example.org/a", "https://a b.org", "https:/example.org", "http://", "n/a", "https://[x"]
)
def test_an_address_no_browser_opens_is_an_error(url: str) -> None:
    assert len(found_by("address-malformed", contents_of(a_reference(URL=url)))) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://uhra.herts.ac.uk/handle/2299/26050",
        "https://a.b/c#:~:text=What%20is%3F,a",
        "ftp://example.org/x",
        "https://example.org/ä?q=(1)",
    ],
)
def test_an_address_a_browser_opens_is_left_alone(url: str) -> None:
    assert not found_by("address-malformed", contents_of(a_reference(URL=url)))


@pytest.mark.parametrize(
    ("before", "after"),
    [("www.example.org/a", "https://www.example.org/a"), (" https://example.org ", "https://example.org")],
)
def test_a_simple_slip_in_an_address_can_be_mended(before: str, after: str) -> None:
    (result,) = found_by("address-malformed", contents_of(a_reference(URL=before)))
    assert result.fix is not None
    assert result.fix.after == after


@pytest.mark.parametrize("number", ["0378-5955", "2434-561X", "1369 7625", "13697625"])
def test_issn_check_digits(number: str) -> None:
    assert is_issn(number)
    assert not is_issn(number[:-1] + ("1" if number[-1] != "1" else "2"))


@pytest.mark.parametrize("number", ["0-306-40615-2", "978-0-306-40615-7", "080442957X"])
def test_isbn_check_digits(number: str) -> None:
    assert is_isbn(number)
    assert not is_isbn(number[:-1] + ("1" if number[-1] != "1" else "3"))


def test_each_wrong_number_is_told_once() -> None:
    contents = contents_of(
        a_reference(1, ISSN="1369-6513, 1369-7625"),
        a_reference(2, ISSN="1369-7626"),
        a_reference(3, ISBN="9780306406157 (print) 9780306406158"),
        a_reference(4, ISBN="978-0-306-40615-7; 0-306-40615-2"),
        a_reference(5, ISSN="ISSN 1369-7625 (online)"),
    )
    assert [result.subject for result in found_by("identifier-checksum", contents)] == [
        "reference:1002:ISSN 1369-7626",
        "reference:1003:ISBN 9780306406158",
    ]
