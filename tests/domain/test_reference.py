"""References: what lists show, sort and compare."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidence_app.domain.names import Name, parse_names
from evidence_app.domain.reference import authors_line, clean_doi, folded, plain, sort_author, sort_title
from tests.doubles import a_reference


def test_the_label_is_first_author_and_year() -> None:
    author = [{"family": "Berg", "non-dropping-particle": "van der"}, {"family": "Curie"}]
    assert a_reference(author=author, year=1903).short_label == "van der Berg 1903"
    assert a_reference(author=author).short_label == "van der Berg n.d."
    assert a_reference(title="<i>Rayyan</i>", year=2016).short_label == "Rayyan 2016"


def test_editors_stand_in_for_authors() -> None:
    assert a_reference(editor=[{"family": "Bonner"}]).authors == (Name(family="Bonner"),)


def test_what_is_empty_is_none() -> None:
    empty = a_reference()
    assert (empty.title, empty.authors, empty.year, empty.doi, empty.container) == ("", (), None, None, "")
    assert a_reference(DOI="").doi is None


@pytest.mark.parametrize(
    ("names", "line"),
    [
        ("Curie M", "Curie"),
        ("Curie M, Curie P", "Curie and Curie"),
        ("Curie M, et al.", "Curie et al."),
        ("Curie M, Curie P, et al.", "Curie et al."),
        ("Curie M, Curie P, Becquerel H", "Curie et al."),
        ("NHS England; NHS Improvement", "NHS England and NHS Improvement"),
        ("", ""),
    ],
)
def test_authors_in_one_line(names: str, line: str) -> None:
    assert authors_line(parse_names(names)) == line


@pytest.mark.parametrize(
    ("text", "as_compared"),
    [
        ("Øvretveit", "ovretveit"),
        ("ŁÓDŹ", "lodz"),
        ("Straße", "strasse"),
        ("Ærø", "aero"),
        ("İstanbul", "istanbul"),
        ("ﬁnd", "find"),
        ("Ǿ", "o"),
        ("委托", "委托"),
        ("ĳ", "ij"),
    ],
)
def test_text_is_folded_for_comparing(text: str, as_compared: str) -> None:
    assert folded(text) == as_compared


@settings(deadline=None)
@given(st.text())
@example("Ǿǽ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@settings(deadline=None)
@given(st.text(), st.text())
def test_case_makes_no_difference_to_plain_letters(one: str, other: str) -> None:
    if one.isascii() and other.isascii():
        assert (folded(one) == folded(other)) == (one.lower() == other.lower())


def test_titles_are_ordered_without_article_marks_and_quotes() -> None:
    assert sort_title({"title": "The <i>Challenge</i> of co-production"}) == "challenge of co-production"
    assert sort_title({"title": "'They can't solve it'"}) == "they can't solve it'"
    assert sort_title({"title": "Another way"}) == "another way"
    assert sort_title({}) == ""


def test_authors_are_ordered_by_family_without_particle() -> None:
    assert (
        sort_author({"author": [{"family": "Berg", "non-dropping-particle": "van der", "given": "J"}]})
        == "berg j"
    )
    assert sort_author({"author": [{"literal": "Østre Fund"}]}) == "ostre fund"
    assert sort_author({}) == ""


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/ABC", "10.1000/abc"),
        ("https://doi.org/10.1136/bmj.n71", "10.1136/bmj.n71"),
        ("doi:10.3390/ijerph19042148.", "10.3390/ijerph19042148"),
        ("(see doi:10.1000/abc).", "10.1000/abc"),
        ("<https://doi.org/10.1000/abc>", "10.1000/abc"),
        ("“10.1000/abc”, page 3", "10.1000/abc"),
        ("10.1016/S0140-6736(05)67", "10.1016/s0140-6736(05)67"),
        (
            "10.1002/(SICI)1097-461X(1996)58:2<1::AID-X>3.0.CO;2-B",
            "10.1002/(sici)1097-461x(1996)58:2<1::aid-x>3.0.co;2-b",
        ),
        ("no DOI here", None),
        ("10.1/short", None),
        ("", None),
    ],
)
def test_the_doi_in_a_text(text: str, doi: str | None) -> None:
    assert clean_doi(text) == doi


@settings(deadline=None)
@given(st.text(alphabet="10./abc()<>[]{}.,;:'\" ", max_size=30))
def test_a_clean_doi_stays_clean(text: str) -> None:
    doi = clean_doi(f"10.1000/{text}")
    assert doi is None or clean_doi(doi) in (doi, None)


def test_only_marks_csl_allows_are_taken_for_marks() -> None:
    assert plain('<span class="nocase">NHS</span> H<sub>2</sub>O <i>in vitro</i>') == "NHS H2O in vitro"
    assert plain("p < .05 and <em>x</em>") == "p < .05 and <em>x</em>"
