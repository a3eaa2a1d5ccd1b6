"""Reports are joined into studies, taken apart and linked, each as one edit that undo takes back."""

import pytest

from evidence_app.domain.edit import Edit
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.studies import LinkState, Part, Study
from evidence_app.services.studies import joining
from evidence_app.services.studies.suggesting import suggestions
from evidence_app.storage import studies
from evidence_app.storage.project import Project
from evidence_app.storage.references import by_number
from evidence_app.storage.studies import StudyContents


def contents(project: Project) -> StudyContents:
    with project.reader() as reader:
        return studies.study_contents(reader)


def study_of(project: Project, number: int) -> Study:
    with project.reader() as reader:
        reference = by_number(reader, number)
    assert reference is not None
    return next(each for each in contents(project).studies if reference.id in each.references)


def numbers(project: Project, study: Study) -> list[int | None]:
    held = contents(project)
    return [held.works[each].number for each in study.references]


def test_each_report_that_nobody_joined_stands_for_a_study(sample_project: Project) -> None:
    found = contents(sample_project).studies
    assert len(found) == 47
    assert all(study.id is None and len(study.reports) == 1 for study in found)


def test_joining_the_suggested_pair_settles_its_link_and_is_undone(sample_project: Project) -> None:
    held = contents(sample_project)
    pair = suggestions(held)[0]
    both = [study for study in held.studies if pair.pair & set(study.references)]
    sample_project.apply(joining.join(both, held.links))
    joined = study_of(sample_project, 99)
    assert numbers(sample_project, joined) == [99, 100]
    assert [each.part for each in joined.reports] == [Part.MAIN, Part.COMPANION]
    assert [link.state for link in contents(sample_project).links] == [LinkState.JOINED]
    assert len(contents(sample_project).studies) == 46
    sample_project.undo()
    assert len(contents(sample_project).studies) == 47
    assert [link.state for link in contents(sample_project).links] == [LinkState.SUGGESTED]


def test_joining_made_studies_keeps_one_and_each_report_once(sample_project: Project) -> None:
    for first, second in ((93, 94), (99, 100)):
        pair = [study_of(sample_project, first), study_of(sample_project, second)]
        sample_project.apply(joining.join(pair))
    pair = [study_of(sample_project, 99), study_of(sample_project, 93)]
    sample_project.apply(joining.join(pair))
    joined = study_of(sample_project, 94)
    assert sorted(numbers(sample_project, joined), key=str) == [100, 93, 94, 99]
    assert [each.part for each in joined.reports].count(Part.MAIN) == 1
    assert len([each for each in contents(sample_project).studies if each.id is not None]) == 1


def test_one_study_alone_cannot_be_joined(sample_project: Project) -> None:
    with pytest.raises(EvidenceError, match="two studies or more"):
        joining.join([study_of(sample_project, 55)])


def test_taking_the_main_report_out_leaves_another_in_its_place(sample_project: Project) -> None:
    pair = [study_of(sample_project, 99), study_of(sample_project, 100)]
    sample_project.apply(joining.join(pair, contents(sample_project).links))
    joined = study_of(sample_project, 99)
    sample_project.apply(joining.split(joined, [joined.main], contents(sample_project).links))
    left = study_of(sample_project, 100)
    assert [each.part for each in left.reports] == [Part.MAIN]
    assert study_of(sample_project, 99).id is None
    assert [link.state for link in contents(sample_project).links] == [LinkState.SUGGESTED]


def test_a_new_main_report_makes_a_companion_of_the_old_one(sample_project: Project) -> None:
    sample_project.apply(joining.join([study_of(sample_project, 99), study_of(sample_project, 100)]))
    joined = study_of(sample_project, 99)
    sample_project.apply(joining.set_part(joined, joined.references[1], Part.MAIN))
    assert numbers(sample_project, study_of(sample_project, 99)) == [100, 99]
    again = study_of(sample_project, 99)
    with pytest.raises(EvidenceError, match="main report"):
        joining.set_part(again, again.main, Part.PROTOCOL)


def test_what_is_refused_is_not_suggested_again(sample_project: Project) -> None:
    held = contents(sample_project)
    for pair in suggestions(held):
        sample_project.apply(joining.refuse(pair.first, pair.second, contents(sample_project).links))
    assert suggestions(contents(sample_project)) == []
    assert {link.state for link in contents(sample_project).links} == {LinkState.REFUSED}


def test_a_label_and_a_note_give_a_study_its_row(sample_project: Project) -> None:
    sample_project.apply(joining.rename(study_of(sample_project, 55), "Alcohol services"))
    named = study_of(sample_project, 55)
    assert (named.label, named.id is None) == ("Alcohol services", False)
    sample_project.apply(joining.note(named, "Reports two waves."))
    assert study_of(sample_project, 55).note == "Reports two waves."
    assert joining.rename(named, "  ") == Edit("Rename Alcohol services")
