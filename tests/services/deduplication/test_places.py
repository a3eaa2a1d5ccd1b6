"""Pages, volumes and journals as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.deduplication.places import journal_of, pages_of, same_journal, volume_of


@pytest.mark.parametrize(
    ("written", "prefix", "first", "last"),
    [
        ("221-8", "", 221, 228),
        ("221–228", "", 221, 228),
        ("221--8", "", 221, 228),
        ("pp. 221-8", "", 221, 228),
        ("1008-12", "", 1008, 1012),
        ("S31–9", "s", 31, 39),
        ("123S-128S", "s", 123, 128),
        ("106-11; discussion 111", "", 106, 111),
        ("e618", "e", 618, None),
        ("CD001234", "cd", 1234, None),
        ("08-Sep", "", 8, 9),
        ("12", "", 12, None),
    ],
)
def test_pages_are_written_out(written: str, prefix: str, first: int, last: int | None) -> None:
    pages = pages_of(written)
    assert (pages.prefix, pages.first, pages.last) == (prefix, first, last)


@pytest.mark.parametrize("written", ["", "n/a", "No Pagination Specified", "iii-xii"])
def test_what_is_no_page_says_nothing(written: str) -> None:
    assert not pages_of(written)


def test_a_paper_has_three_pages_or_more_and_a_section_very_many() -> None:
    assert pages_of("221-228").is_range
    assert not pages_of("S1-S120").is_range
    assert not pages_of("100-101").is_range


def test_letters_stand_beside_their_reply() -> None:
    assert pages_of("2243-5; author reply 2243-5").has_reply
    assert not pages_of("106-11; discussion 111").has_reply


@pytest.mark.parametrize(
    ("volume", "issue", "found"),
    [
        ("61", "3", ("61", "3", "")),
        ("Vol 61 (Supplement 1)", "", ("61", "", "1")),
        ("61(3)", "", ("61", "3", "")),
        ("61 Suppl 2", "", ("61", "", "2")),
        ("061", "03", ("61", "3", "")),
        ("108", "1742", ("108", "", "")),
        ("61", "Suppl", ("61", "", "yes")),
    ],
)
def test_volume_issue_and_supplement_are_told_apart(
    volume: str, issue: str, found: tuple[str, str, str]
) -> None:
    read = volume_of(volume, issue)
    assert (read.number, read.issue, read.supplement) == found


@pytest.mark.parametrize(
    ("one", "other", "word"),
    [
        ("The Journal of Stroke & Gait", "Journal of Stroke and Gait", "same"),
        ("Archives of Physical Medicine and Rehabilitation", "Arch Phys Med Rehabil", "abbreviated"),
        (
            "J Egypt Public Health Assoc",
            "The Journal of the Egyptian Public Health Association",
            "abbreviated",
        ),
        ("BMJ (Clinical research ed.)", "BMJ", "same"),
        ("JAMA", "Journal of the American Medical Association", "abbreviated"),
        ("AMCIS 2017 Proceedings", "Americas Conference on Information Systems", "abbreviated"),
        (
            "Journal of Clinical Oncology : official journal of a society",
            "Journal of Clinical Oncology",
            "part",
        ),
        ("Stroke", "Journal of Clinical Oncology", "differs"),
        ("Gait and Posture", "Gait and Balance", "differs"),
        ("", "Stroke", "unknown"),
    ],
)
def test_a_journal_is_known_however_it_is_cut(one: str, other: str, word: str) -> None:
    assert same_journal(journal_of(one), journal_of(other)) == word
    assert same_journal(journal_of(other), journal_of(one)) == word


@given(st.text(), st.text(), st.text())
def test_any_text_can_be_read(pages: str, volume: str, journal: str) -> None:
    assert pages_of(pages) == pages_of(pages)
    assert volume_of(volume, pages) == volume_of(volume, pages)
    name = journal_of(journal)
    assert same_journal(name, name) == ("same" if name else "unknown")
