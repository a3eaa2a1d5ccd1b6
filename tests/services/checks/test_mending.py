"""Waiving results and making fixes, in a real project, and taking both back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.checks.mending import fixes_for, mend, take_back, waive
from evidence_app.services.checks.results import CheckResult
from evidence_app.services.checks.rules import open_results, run_checks
from evidence_app.storage.contents import review_contents
from evidence_app.storage.project import Project
from evidence_app.storage.references import columns_of, provenance

BROKEN = {
    "type": "article-journal",
    "title": "Health  &amp; care.",
    "DOI": "doi:10.1000/ABC",
    "issued": {"date-parts": [[2019]]},
    "container-title": "Syst Rev",
    "author": [{"family": "Curie", "given": "M"}],
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = Project.create(tmp_path / "review.evidence")
    project.apply(Edit("Add", (insert("reference", **columns_of(BROKEN), standing="included"),)))
    yield project
    project.close()


def contents(project: Project) -> ReviewContents:
    reader = project.reader()
    try:
        return review_contents(reader)
    finally:
        reader.close()


def results(project: Project, rule: str) -> list[CheckResult]:
    return [result for result in run_checks(contents(project)) if result.rule == rule]


def test_a_waived_result_keeps_its_reason_and_is_no_longer_open(project: Project) -> None:
    (result,) = results(project, "retraction-never-checked")
    project.apply(waive([result], " Asked by hand. ", None))
    (after,) = results(project, "retraction-never-checked")
    assert after.waived is not None
    assert after.waived.reason == "Asked by hand."
    assert after not in open_results([after])
    assert not waive([after], "Again", None)


def test_a_waiver_can_be_taken_back_and_undone(project: Project) -> None:
    project.apply(waive(results(project, "retraction-never-checked"), "Asked by hand", None))
    project.apply(take_back(contents(project).waivers))
    assert results(project, "retraction-never-checked")[0].waived is None
    project.undo()
    assert results(project, "retraction-never-checked")[0].waived is not None


def test_a_waiver_without_a_reason_is_refused(project: Project) -> None:
    with pytest.raises(EvidenceError, match="needs a reason"):
        waive(results(project, "retraction-never-checked"), "  ", None)


def test_fixes_of_several_rules_are_one_step_from_now_to_the_end(project: Project) -> None:
    before = contents(project)
    fixes = {fix.variable: fix for fix in fixes_for(run_checks(before), before)}
    assert (fixes["title"].before, fixes["title"].after) == (BROKEN["title"], "Health & care")
    assert (fixes["DOI"].before, fixes["DOI"].after) == ("doi:10.1000/ABC", "10.1000/abc")
    assert fixes["title"].label.count(";") >= 1


def test_fixes_are_made_by_one_edit_and_taken_back_by_one_undo(project: Project) -> None:
    before = contents(project)
    reader = project.reader()
    edit = mend(fixes_for(run_checks(before), before), before, lambda row: provenance(reader, row))
    reader.close()
    assert edit.label == "Fix 2 fields"
    project.apply(edit)
    after = contents(project)
    assert after.references[0].title == "Health & care"
    assert not [result for result in run_checks(after) if result.fix]
    project.undo()
    assert contents(project).references[0].item["title"] == BROKEN["title"]


def test_only_the_fixes_asked_for_are_made(project: Project) -> None:
    before = contents(project)
    (fix,) = fixes_for(results(project, "doi-with-resolver"), before)
    assert fix.variable == "DOI"
    assert fixes_for([], before) == ()
