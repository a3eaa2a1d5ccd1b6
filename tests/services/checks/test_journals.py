"""Journal names, volumes, and the words DOIs begin with."""

from typing import Any

import pytest

from evidence_app.domain.reference import Reference
from evidence_app.services.checks.journal_codes import JOURNAL_CODES
from evidence_app.services.checks.journals import same_journal
from tests.doubles import a_reference, contents_of, found_by


def article(number: int, journal: str, **item: Any) -> Reference:
    return a_reference(number, type="article-journal", container_title=journal, **item)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Public Money Manage", "Public Money & Management"),
        ("PLoS One", "PLOS ONE"),
        ("Am J Public Health", "American Journal of Public Health"),
        ("Health Expect", "Health Expectations: an international journal"),
        ("J. Adv. Nurs.", "Journal of Advanced Nursing"),
        ("BMJ (Clinical research ed.)", "BMJ"),
    ],
)
def test_these_are_one_journal(one: str, other: str) -> None:
    assert same_journal(one, other)
    assert same_journal(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BMJ Open", "BMJ Open Qual"),
        ("BMJ", "BMJ Open"),
        ("Health Policy", "Healthcare Policy"),
        ("J Adv Nurs", "J Clin Nurs"),
        ("Practice", "Pract"),
        ("Health Place", "Health Policy"),
        ("", "BMJ"),
        ("Journal of Social Work", "Journal of Social Policy"),
        ("Social Care", "Social Careers"),
    ],
)
def test_these_are_two_journals(one: str, other: str) -> None:
    assert not same_journal(one, other)


def test_a_volume_in_the_wrong_year_is_found_by_its_neighbours() -> None:
    years = [(1, 14, 2011), (2, 19, 2016), (3, 20, 2017), (4, 18, 2013), (5, 25, 2022)]
    contents = contents_of(*(article(n, "Health Expect", volume=str(v), year=y) for n, v, y in years))
    (result,) = found_by("journal-volume-contradicts-year", contents)
    assert result.references == (1004,)
    assert "volume 18 is 2015 by the other 4" in result.message


@pytest.mark.parametrize(
    "years",
    [
        [(14, 2011), (19, 2016), (18, 2013)],
        [(372, 2021), (372, 2021), (331, 2005), (340, 2010)],
        [(1, 2010), (2, 2011), (3, 2012), (5, 2013)],
        [(10, 2010), (11, 2011), (12, 2012), (13, 2012), (14, 2013), (15, 2014)],
        [(36, 1946), (120, 2002), (121, 2003), (122, 2004)],
        [(2014, 2014), (2015, 2015), (2016, 2016), (12, 2004)],
    ],
    ids=[
        "too few",
        "several volumes a year",
        "one year off, few to compare",
        "volume changes in mid-year",
        "long ago",
        "years as volumes",
    ],
)
def test_a_volume_is_not_doubted_without_good_reason(years: list[tuple[int, int]]) -> None:
    contents = contents_of(*(article(n, "BMJ", volume=str(v), year=y) for n, (v, y) in enumerate(years, 1)))
    assert not found_by("journal-volume-contradicts-year", contents)


def test_volumes_of_different_journals_are_not_compared() -> None:
    journals = ["Health Expect", "Health Expect", "Futures", "Health Expect", "Syst Rev"]
    years = [(14, 2011), (19, 2016), (20, 2017), (18, 2013), (3, 2014)]
    contents = contents_of(
        *(
            article(n, j, volume=str(v), year=y)
            for n, (j, (v, y)) in enumerate(zip(journals, years, strict=True), 1)
        )
    )
    assert not found_by("journal-volume-contradicts-year", contents)


def test_one_journal_under_two_names_is_told_once_with_both() -> None:
    contents = contents_of(
        article(1, "Soc Sci Med"),
        article(2, "Social Science & Medicine"),
        article(3, "Soc Sci Med"),
        article(4, "Soc Sci Res"),
        a_reference(5, type="report", container_title="Soc. Sci. Med."),
    )
    (result,) = found_by("journal-two-names", contents)
    assert result.references == (1001, 1002)
    assert "“Soc Sci Med” (1 and 3)" in result.message


def test_different_issns_part_journals_whose_short_names_agree() -> None:
    contents = contents_of(
        article(1, "Int J Nurs", ISSN="0020-7489"),
        article(2, "International Journal of Nursing", ISSN="1322-7114"),
    )
    assert not found_by("journal-two-names", contents)


@pytest.mark.parametrize(
    ("doi", "journal"),
    [
        ("10.1136/bmjopen-2018-000427", "BMJ Open Qual"),
        ("10.1371/journal.pone.0235334", "PLoS Med"),
        ("10.3389/fsoc.2019.00050", "Front Psychol"),
        ("10.1111/hex.12475", "Health Soc Care Community"),
    ],
)
def test_a_doi_that_begins_as_another_journal_is_doubted(doi: str, journal: str) -> None:
    assert len(found_by("doi-names-another-journal", contents_of(article(1, journal, DOI=doi)))) == 1


@pytest.mark.parametrize(
    ("doi", "journal"),
    [
        ("10.1136/bmjopen-2018-000427", "BMJ Open"),
        ("10.1136/bmj.n71", "BMJ"),
        ("10.1371/journal.pone.0235334", "PLoS One"),
        ("10.3310/hsdr02440", "Health Serv Deliv Res"),
        ("10.1016/j.socscimed.2015.07.021", "Soc Sci Med"),
        ("10.3390/ijerph19042148", "Int J Environ Res Public Health"),
        ("10.1177/0261018317747444", "Critical Social Policy"),
        ("10.1136/unheardof-2018-1", "BMJ Open"),
        ("10.1111/j.1369-7625.2010.00620.x", "Health Expect"),
    ],
)
def test_a_doi_that_begins_as_its_journal_or_says_nothing_is_left_alone(doi: str, journal: str) -> None:
    assert not found_by("doi-names-another-journal", contents_of(article(1, journal, DOI=doi)))


def test_an_unlisted_word_is_learned_from_three_other_articles() -> None:
    others = [article(n, "Journal of Wells", DOI=f"10.9999/jow.2019.{n}") for n in (1, 2, 3)]
    odd = article(4, "Journal of Springs", DOI="10.9999/jow.2019.4")
    assert [r.references for r in found_by("doi-names-another-journal", contents_of(*others, odd))] == [
        (1004,)
    ]
    assert not found_by("doi-names-another-journal", contents_of(*others[:2], odd))


def test_the_list_of_words_has_small_letters_and_no_journal_twice_for_a_publisher() -> None:
    for words in JOURNAL_CODES.values():
        names = [name for journals in words.values() for name in journals]
        assert len(names) == len(set(names))
        assert all(word == word.lower() and journals for word, journals in words.items())
