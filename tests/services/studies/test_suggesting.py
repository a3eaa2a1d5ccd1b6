"""Which reports may tell of one study, and what speaks for it and against it."""

from evidence_app.domain.reference import Reference, ReferenceId
from evidence_app.domain.studies import Study, StudyReport
from evidence_app.services.studies.suggesting import Suggestion, suggestions
from evidence_app.storage import studies
from evidence_app.storage.project import Project
from evidence_app.storage.studies import StudyContents


def work(row: int, title: str, *families: str, year: int = 2015, abstract: str = "") -> Reference:
    item = {
        "type": "article-journal", "title": title, "abstract": abstract,
        "author": [{"family": family, "given": "A."} for family in families],
        "issued": {"date-parts": [[year]]},
    }  # fmt: skip
    return Reference(id=ReferenceId(row), guid=str(row), item=item)


def suggested(*works: Reference) -> list[Suggestion]:
    made = [
        Study(id=None, label=each.short_label, reports=(StudyReport(id=None, reference=each.id),))
        for each in works
    ]
    return suggestions(StudyContents(
        studies=made, works={int(each.id): each for each in works}, links=(), fields=(), values=(), stated={}
    ))  # fmt: skip


def test_the_link_of_the_sample_comes_first_with_its_reason(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        held = studies.study_contents(reader)
    first = suggestions(held)[0]
    assert {held.works[each].number for each in first.pair} == {99, 100}
    assert first.reason.startswith("Both are from Ireland")
    words = [each.words for each in first.evidence]
    assert "Same country: Ireland" in words
    assert [each.words for each in first.evidence if not each.speaks_for] == [
        "No shared author", "3 years apart",
    ]  # fmt: skip


def test_one_registration_number_is_enough() -> None:
    found = suggested(
        work(1, "A trial of listening", "Evans", abstract="Registered as ISRCTN 12345678."),
        work(2, "What staff thought of it", "Shaw", abstract="isrctn12345678"),
    )
    assert found[0].evidence[0].words == "Same registration: ISRCTN12345678"


def test_several_shared_authors_are_enough_and_one_is_not() -> None:
    titles = ("Care at home", "Quite another matter")
    assert suggested(work(1, titles[0], "Evans", "Shaw", "Reid"), work(2, titles[1], "Reid", "Shaw", "Evans"))
    assert not suggested(work(1, titles[0], "Evans", "Shaw"), work(2, titles[1], "Reid", "Evans"))


def test_a_project_named_in_both_titles_and_an_author_are_enough() -> None:
    found = suggested(
        work(1, "The PARTNERS2 trial: results", "Evans"), work(2, "Delivering PARTNERS2", "Shaw", "Evans")
    )
    assert [each.words for each in found[0].evidence] == [
        "Shared authors: Evans", "Project named in both titles: PARTNERS2",
    ]  # fmt: skip


def test_reports_of_different_registrations_say_so() -> None:
    found = suggested(
        work(1, "One", "Evans", "Shaw", "Reid", abstract="NCT00000001"),
        work(2, "Two", "Evans", "Shaw", "Reid", abstract="NCT00000002"),
    )
    assert "Other registration" in [each.words for each in found[0].evidence if not each.speaks_for]
