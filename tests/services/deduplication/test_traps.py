"""What looks like a duplicate and is none, and the other way round: each trap on records of our own."""

from typing import Any

import pytest

from evidence_app.domain.csl import CslItem
from evidence_app.domain.names import parse_names
from evidence_app.services.deduplication.finding import Duplicates, find_duplicates

ABSTRACT = (
    "We followed ninety people for a year after their first stroke and asked how far they walked each week; "
    "those who had been shown how to pace themselves walked further and fell less often than the others did."
)


def a_record(**fields: Any) -> CslItem:
    """Return an article with other fields as given; None takes one away."""
    item: CslItem = {
        "type": "article-journal", "title": "Pacing and walking distance after a first stroke",
        "author": "Berg, Anna; Lind, Bo; Holm, Carl", "container-title": "Journal of Gait and Balance",
        "issued": 2011, "volume": "24", "issue": "3", "page": "221-228",
    }  # fmt: skip
    item.update({name.replace("_", "-"): value for name, value in fields.items()})
    item["author"] = [name.to_csl() for name in parse_names(item["author"] or "")]
    item["issued"] = {"date-parts": [[item["issued"]]]} if item["issued"] else None
    return {name: value for name, value in item.items() if value is not None}


def found(*items: CslItem) -> Duplicates:
    return find_duplicates(dict(enumerate(items)))


def groups(*items: CslItem) -> list[tuple[int, ...]]:
    return [group.references for group in found(*items).automatic]


ONE_WORK: dict[str, dict[str, Any]] = {
    "the same twice": {},
    "abbreviated pages": {"page": "221-8"},
    "a supplement in the volume": {"volume": "Vol 24 (Supplement 1)"},
    "volume and issue in one": {"volume": "24(3)", "issue": None},
    "a journal abbreviated": {"container-title": "J Gait Balance"},
    "a journal by its first words": {"container-title": "Journal of Gait and Balance : journal of us"},
    "a journal in another language": {"container-title": "Zeitschrift für Gangkunde"},
    "initials": {"author": "Berg A, Lind B, Holm C"},
    "one author of three": {"author": "Berg, Anna; et al."},
    "accents gone": {"author": "Bérg, Anna; Lind, Bo; Holm, Cárl"},
    "capitals and a full stop": {"title": "PACING AND WALKING DISTANCE AFTER A FIRST STROKE."},
    "a language in brackets": {"title": "[Pacing and walking distance after a first stroke]. [Swedish]"},
    "a note on an erratum": {
        "title": "Pacing and walking distance after a first stroke [Erratum appears in J Gait 2012;25(1):3]"
    },
    "an entity": {"title": "Pacing &amp; walking distance after a first stroke"},
    "a subtitle": {"title": "Pacing and walking distance after a first stroke: a year of diaries"},
    "a slip of the pen": {"title": "Pacing and walking distence after a first stroke"},
    "no pages": {"page": None},
    "no volume, issue and pages": {"volume": None, "issue": None, "page": None},
    "no authors": {"author": None},
    "the year of the online version": {"issued": 2010},
    "a page of a spreadsheet": {"page": "221-228", "issue": "Mar"},
    "no year": {"issued": None},
    "a title cut in the middle of a word": {"title": "Pacing and walking distance after a fir"},
    "pages written as pages": {"page": "pp. 221-228", "volume": "Vol. 24"},
    "a hyphen more": {"title": "Pacing and walking-distance after a first stroke"},
    "a DOI in one only": {"DOI": "10.1234/gait.2011.24"},
    "a translated title": {"title": "[How far people go who pace themselves when they had a stroke]"},
}  # fmt: skip


@pytest.mark.parametrize("changes", ONE_WORK.values(), ids=ONE_WORK)
def test_one_work_is_known_however_it_is_written(changes: dict[str, Any]) -> None:
    assert groups(a_record(), a_record(**changes)) == [(0, 1)]


TWO_WORKS: dict[str, dict[str, Any]] = {
    "an abstract and the article": {
        "container-title": "Stroke", "volume": "41", "issue": "7", "page": "e505", "issued": 2010,
    },
    "an abstract in a supplement of the journal": {"volume": "23 Suppl 1", "page": "S44", "issued": 2010},
    "a joint publication": {"container-title": "Stroke", "volume": "41", "page": "100-107"},
    "a reprint": {"volume": "31", "page": "12-19", "issued": 2018},
    "an erratum": {"title": "Erratum: Pacing and walking distance after a first stroke", "page": "400"},
    "a correction": {"title": "Pacing and walking distance after a first stroke: Correction", "page": "228"},
    "an erratum that cites the place": {
        "title": "Corrigendum to “Pacing and walking distance after a first stroke” [J Gait 24 (2011) 22-8]",
        "page": "412",
    },
    "a response": {
        "title": "Response to: “Pacing and walking distance after a first stroke”", "page": "225",
    },
    "a comment": {
        "title": "Comments regarding pacing and walking distance after a first stroke", "page": "224",
    },
    "an abstract in a supplement of the volume": {"issue": "Suppl 2", "page": "S144"},
    "an abstract in a supplement, page not given": {"issue": "Suppl 2", "page": None},
    "a correction as Web of Science names it": {
        "title": "Pacing and walking distance after a first stroke (vol 24, pg 221, 2011)", "page": "224",
    },
    "an expression of concern": {
        "title": "Expression of Concern: Pacing and walking distance after a first stroke", "page": "221",
    },
    "a notice of retraction": {
        "title": "Pacing and walking distance after a first stroke (Retraction of vol 24, pg 221, 2011)",
        "page": "221",
    },
    "a comment behind the title": {
        "title": "“Pacing and walking distance after a first stroke”: Comment", "page": None,
    },
    "an invited commentary": {
        "title": "Invited commentary: Pacing and walking distance after a first stroke", "page": None,
    },
    "a discussion": {"title": "Pacing and walking distance after a first stroke. Discussion", "page": "229"},
    "another group of patients": {
        "title": "Pacing and walking distance without a first stroke", "page": "221",
    },
    "the thesis": {
        "type": "thesis", "container-title": None, "publisher": "University of Leeds", "volume": None,
        "issue": None, "page": None, "author": "Berg, Anna",
    },
    "a chapter": {
        "type": "chapter", "container-title": "Handbook of gait", "volume": None, "page": "101-120",
    },
    "the results after five years": {
        "title": "Pacing and walking distance after a first stroke: five-year results", "volume": "29",
        "issued": 2016, "page": "12-20",
    },
    "a reply": {"title": "Re: Pacing and walking distance after a first stroke", "page": "221"},
    "a retraction": {"title": "Retraction: Pacing and walking distance after a first stroke", "page": "221"},
    "the protocol": {"title": "Pacing and walking distance after a first stroke: study protocol"},
    "the preprint": {"container-title": "medRxiv", "volume": None, "issue": None, "page": None},
    "another part": {"title": "Pacing and walking distance after a first stroke. Part 2", "page": "229-236"},
    "other people": {"title": "Pacing and walking distance after a second stroke", "page": "221"},
    "another work on these pages": {"title": "Shoes and floors", "author": "Falk, Dan"},
    "another PubMed number": {"PMID": "111"},
    "other authors and pages": {"author": "Falk, Dan; Ek, Eva", "page": "300-309"},
}  # fmt: skip


@pytest.mark.parametrize("changes", TWO_WORKS.values(), ids=TWO_WORKS)
def test_two_works_are_never_merged(changes: dict[str, Any]) -> None:
    assert groups(a_record(PMID="110"), a_record(**changes)) == []


TURNED = (
    ("small cell lung cancer", "non-small cell lung cancer"),
    ("smokers", "nonsmokers"),
    ("patients in northern towns", "patients in southern towns"),
    ("pediatric patients", "geriatric patients"),
    ("patients with relapse", "patients without relapse"),
    ("patients with increased tone", "patients with decreased tone"),
    ("hypertensive patients", "hypotensive patients"),
    ("national cohorts", "international cohorts"),
    ("patients before surgery", "patients after surgery"),
)


@pytest.mark.parametrize(("one", "other"), TURNED)
@pytest.mark.parametrize(
    "place",
    [{"page": "S12", "issue": "Suppl 2"}, {"page": None, "volume": None, "issue": None}],
    ids=["page", "none"],
)
def test_one_word_that_turns_a_title_makes_another_work(one: str, other: str, place: dict[str, Any]) -> None:
    title = "A long study of pacing and of the walking distance in {} over the whole of ten years"
    first, second = (a_record(**place, title=title.format(words)) for words in (one, other))
    assert groups(first, second) == []
    assert groups(first, first) == [(0, 1)]


def test_a_prefix_that_is_only_written_apart_makes_no_other_work() -> None:
    apart = a_record(title="Pacing and walking distance in post stroke rehabilitations of towns")
    joined = a_record(title="Pacing and walking distance in poststroke rehabilitation of towns")
    assert groups(apart, joined) == [(0, 1)]


def test_an_article_number_and_the_page_of_a_supplement_are_two_places() -> None:
    article, abstract = a_record(page="e27", issue="10"), a_record(page="S144", issue=None)
    assert groups(article, abstract) == []
    assert groups(article, a_record(page="1-9", issue="10")) == [(0, 1)]


@pytest.mark.parametrize(
    "name",
    [
        "an erratum that cites the place",
        "an abstract and the article",
        "a joint publication",
        "the preprint",
        "an erratum",
        "the protocol",
    ],
)
def test_related_works_are_left_to_a_person(name: str) -> None:
    result = found(a_record(), a_record(**TWO_WORKS[name]))
    assert [(match.one, match.other) for match in result.review] == [(0, 1)]


def test_parts_one_and_two_are_different_even_where_the_place_is_not_given() -> None:
    nowhere: dict[str, Any] = {"volume": None, "issue": None, "page": None}
    first = a_record(**nowhere, title="Pacing and walking distance after a first stroke. Part I")
    second = a_record(**nowhere, title="Pacing and walking distance after a first stroke. Part II")
    assert groups(first, second) == []
    assert groups(first, {**first, "title": first["title"].replace("Part I", "Part 1")}) == [(0, 1)]


@pytest.mark.parametrize(("one", "other"), [("Part A", "Part B"), ("Teil 1", "Teil 2"), ("type B", "type C")])
def test_parts_may_be_lettered(one: str, other: str) -> None:
    first, second = (
        a_record(page=None, title=f"Pacing and walking distance after a first stroke: {part}")
        for part in (one, other)
    )
    assert groups(first, second) == []
    assert groups(first, first) == [(0, 1)]


def test_an_article_behind_a_word_that_counts_is_no_letter() -> None:
    first = a_record(title="Pacing and walking after stroke in a pilot study: a year of diaries", page=None)
    second = a_record(title="Pacing and walking after stroke in a pilot study. Year of diaries", page=None)
    assert groups(first, second) == [(0, 1)]


def test_a_record_without_pages_that_fits_two_works_is_left_to_a_person() -> None:
    article = a_record()
    abstract = a_record(issue="Suppl 2", page="S144-S145")
    bare = a_record(volume=None, issue=None, page=None)
    result = found(article, abstract, bare)
    assert result.automatic == ()
    assert {(match.one, match.other) for match in result.review} >= {(0, 2), (1, 2)}
    assert groups(article, abstract, article, bare) == [(0, 2)]


def test_a_record_without_pages_goes_to_the_work_its_identifier_names() -> None:
    article = a_record(DOI="10.1234/gait.2011.24")
    abstract = a_record(issue="Suppl 2", page="S144-S145")
    bare = a_record(volume=None, issue=None, page=None, DOI="10.1234/GAIT.2011.24")
    assert groups(article, abstract, bare) == [(0, 2)]


def test_abstracts_that_share_the_doi_of_their_supplement_stay_apart() -> None:
    titles = (
        "Shoes and floors",
        "Sticks and frames",
        "Stairs at home",
        "Gardens and paths",
        "Shops and steps",
    )
    abstracts = [
        a_record(
            title=f"{title} for people after a stroke", DOI="10.1234/suppl.9", page="S1-S120", issue="Suppl 9"
        )
        for title in titles
    ]
    assert groups(*abstracts) == []
    assert found(*abstracts).review == ()


def test_two_records_of_one_abstract_of_a_supplement_are_one() -> None:
    titles = ("Shoes and floors", "Sticks and frames", "Stairs at home", "Stairs at home")
    abstracts = [
        a_record(title=f"{title} for people after a stroke", DOI="10.1234/suppl.9", page=f"S{at}")
        for at, title in enumerate(titles)
    ]
    abstracts[3]["page"] = abstracts[2]["page"]
    assert groups(*abstracts) == [(2, 3)]


@pytest.mark.parametrize("title", ["Editorial", "Editor’s comments", "Letter to the editor", "Reply"])
def test_editorials_of_one_year_are_told_apart_by_their_issue(title: str) -> None:
    first = a_record(title=title, author="Berg, Anna", page="iii-vi")
    assert groups(first, {**first, "issue": "4"}) == []
    paged = {**first, "page": "100-101"}
    assert groups(paged, {**paged, "issue": "4", "page": "150-151"}) == []
    assert groups(paged, {**paged, "container-title": "J Gait Balance"}) == [(0, 1)]


def test_letters_on_one_work_by_different_people_are_different() -> None:
    letter = {"title": "Walking after a stroke in winter", "page": "2243-5; author reply 2243-5"}
    assert groups(a_record(**letter, author="Falk, Dan"), a_record(**letter, author="Ek, Eva")) == []


def test_a_right_doi_makes_one_work_of_two_poor_records() -> None:
    rich = a_record(DOI="10.1234/gait.2011.24")
    nowhere: dict[str, Any] = {"volume": None, "issue": None, "page": None, "container-title": "Gait"}
    poor = a_record(**nowhere, DOI="https://doi.org/10.1234/GAIT.2011.24", issued=2010)
    assert groups(rich, poor) == [(0, 1)]


def test_a_wrong_doi_merges_nothing_and_is_shown_to_a_person() -> None:
    other = a_record(title="Shoes and floors", author="Falk, Dan", page="9-12", DOI="10.1234/gait.2011.24")
    result = found(a_record(DOI="10.1234/gait.2011.24"), other)
    assert result.automatic == ()
    assert [match.rule.name for match in result.review] == ["judge-doi"]


def test_an_abstract_with_the_doi_of_the_article_is_not_the_article() -> None:
    abstract = a_record(
        container_title="Stroke", volume="41", issue="7", page="e505", DOI="10.1234/gait.2011.24"
    )
    assert groups(a_record(DOI="10.1234/gait.2011.24"), abstract) == []


def test_a_wrong_doi_on_one_of_two_records_of_one_place_does_not_keep_them_apart() -> None:
    assert groups(a_record(DOI="10.1234/gait.2011.24"), a_record(DOI="10.9999/other")) == [(0, 1)]


def test_two_dois_at_two_places_are_two_works() -> None:
    assert groups(a_record(DOI="10.1234/a"), a_record(DOI="10.1234/b", page=None)) == []


def test_versions_of_a_cochrane_review_are_different() -> None:
    review = {"container-title": "Cochrane Database of Systematic Reviews", "page": "CD001234", "issue": None}
    first = a_record(**review, volume="1", issued=2009, DOI="10.1002/14651858.CD001234.pub2")
    second = a_record(**review, volume="1", issued=2010, DOI="10.1002/14651858.CD001234.pub3")
    without = [{name: value for name, value in item.items() if name != "DOI"} for item in (first, second)]
    assert groups(first, second) == []
    assert groups(*without) == []


def test_one_entry_of_a_register_from_two_databases_is_one() -> None:
    nowhere: dict[str, Any] = {"volume": None, "issue": None, "page": None}
    address = "https://clinicaltrials.gov/show/NCT01234567"
    one = a_record(**nowhere, container_title=address, author="NCT01234567")
    other = a_record(
        **nowhere, title="Pacing after stroke", container_title="ClinicalTrials.gov", author=None,
        number="NCT01234567",
    )  # fmt: skip
    third = {**other, "number": "NCT07654321"}
    assert groups(one, other, third) == [(0, 1)]
    assert groups(a_record(), one) == []


def test_german_and_english_titles_of_one_work_are_one() -> None:
    german = a_record(title="Wie weit Menschen nach einem Schlaganfall gehen")
    both = a_record(
        title="Wie weit Menschen nach einem Schlaganfall gehen = How far people walk after a stroke"
    )
    english = a_record(title="[How far people walk after a stroke]")
    assert groups(german, both, english) == [(0, 1, 2)]


def test_titles_with_opposite_words_on_one_page_are_two_abstracts() -> None:
    men = a_record(title="Walking distance after a first stroke in men of working age in towns", page="S12")
    women = a_record(
        title="Walking distance after a first stroke in women of working age in towns", page="S12"
    )
    assert groups(men, women) == []


def test_conference_papers_without_pages_are_one_where_the_conference_is() -> None:
    paper = {"volume": None, "issue": None, "page": None}
    one = a_record(**paper, container_title="Americas Conference on Information Systems")
    other = a_record(**paper, container_title="AMCIS 2011 Proceedings")
    elsewhere = a_record(**paper, container_title="Pacific Symposium on Gait", issued=2012)
    assert groups(one, other, elsewhere) == [(0, 1)]


def test_blank_titles_are_not_alike() -> None:
    blank = a_record(title=None, page=None, volume=None)
    assert groups(blank, blank) == []


def test_an_abstract_agreeing_word_for_word_joins_poor_records() -> None:
    one = a_record(abstract=ABSTRACT, container_title=None, volume=None, issue=None, page=None)
    assert groups(a_record(abstract=f"Background: {ABSTRACT}"), one) == [(0, 1)]


def test_a_poor_record_does_not_join_two_works() -> None:
    one = a_record(page="100-107", issue=None)
    other = a_record(page="300-307", issue=None)
    poor = a_record(page=None, issue=None)
    result = found(one, other, poor)
    assert result.automatic == ()
    assert {(match.one, match.other) for match in result.review} >= {(0, 2), (1, 2)}
