"""Excluding what nobody judged, once the rule of a ranked screening is met."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.edit import RowOf
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import MadeAs, Outcome, Stage, Verdict
from evidence_app.services.flow.review_flow import review_flow
from evidence_app.services.screening import methods, outcomes
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.desk_queue import left_for
from evidence_app.services.screening.rest import exclude_rest, unjudged
from evidence_app.services.screening.stopping import Rule, running, start
from evidence_app.storage import screening
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from tests.doubles import a_person, a_screening_project

FIRST = Stage.TITLE_ABSTRACT


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with a_screening_project(tmp_path / "r.evidence", 30) as made:
        yield made


def judged(project: Project, irrelevant: int) -> int:
    """Start a ranking that stops after ten irrelevant records in a row, judge so many, and return who."""
    ada = a_person(project, "Ada")
    with project.reader() as reader:
        project.apply(start(reader, FIRST, Rule.CONSECUTIVE, 10, "As planned", ada))
        run = running(reader, FIRST)
        assert run is not None
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada, shown_by="relevance", ranking=run.id))
        for record in range(2, 2 + irrelevant):
            project.apply(
                decide(reader, record, FIRST, Verdict.EXCLUDE, ada, shown_by="relevance", ranking=run.id)
            )
    return ada


def end(reader: Reader, project: Project, ada: int) -> None:
    run = running(reader, FIRST)
    assert run is not None
    project.apply(exclude_rest(reader, run, ada, ada))


def test_the_rest_is_excluded_by_automation_and_the_ranking_ends(project: Project) -> None:
    ada = judged(project, 10)
    with project.reader() as reader:
        run = running(reader, FIRST)
        assert run is not None
        rest = unjudged(reader, run)
        assert len(rest) == 19
        end(reader, project, ada)
        assert running(reader, FIRST) is None
        found = outcomes.outcomes(reader, FIRST)
        assert {found[record] for record in rest} == {Outcome.EXCLUDE}
        decisions = screening.decisions(reader, rest, FIRST)
        assert {each.made_as for each in decisions} == {MadeAs.AUTOMATION}
        assert {each.note for each in decisions} == {"Not read: 10 records in a row are irrelevant"}
        guid = reader.value("SELECT guid FROM person WHERE id = :row", row=ada)
        assert left_for(reader, RowOf("person", guid)) == 1, "the included one waits at full text"


def test_the_diagram_adds_up_and_the_methods_say_it(project: Project) -> None:
    ada = judged(project, 10)
    with project.reader() as reader:
        end(reader, project, ada)
        flow = review_flow(reader)
        excluded = flow["records_excluded"]
        assert [(line.label, line.number) for line in excluded.lines if "utomation" in line.label] == [
            ("By automation tools", 19)
        ]
        assert (flow["records_screened"].number, excluded.number) == (30, 29)
        assert [each.key for each in flow.stopping if each.key == "screened"] == []
        said = " ".join(methods.screening_paragraphs(reader))
    assert "19 records nobody had judged were excluded by it" in said


def test_one_undo_brings_them_back_to_the_ranking(project: Project) -> None:
    ada = judged(project, 10)
    with project.reader() as reader:
        end(reader, project, ada)
        project.undo()
        run = running(reader, FIRST)
        assert run is not None
        assert len(unjudged(reader, run)) == 19


def test_a_person_who_judges_one_later_counts_before_the_rule(project: Project) -> None:
    ada = judged(project, 10)
    with project.reader() as reader:
        end(reader, project, ada)
        project.apply(decide(reader, 20, FIRST, Verdict.INCLUDE, ada))
        assert outcomes.outcomes(reader, FIRST)[20] is Outcome.INCLUDE


def test_nothing_is_excluded_before_the_rule_is_met_or_when_nothing_is_left(project: Project) -> None:
    ada = judged(project, 9)
    with project.reader() as reader:
        run = running(reader, FIRST)
        assert run is not None
        with pytest.raises(EvidenceError, match="not met yet: 9 of 10 records in a row irrelevant"):
            exclude_rest(reader, run, ada, ada)
        for record in range(11, 31):
            project.apply(
                decide(reader, record, FIRST, Verdict.EXCLUDE, ada, shown_by="relevance", ranking=run.id)
            )
        with pytest.raises(EvidenceError, match="Nothing is left"):
            exclude_rest(reader, run, ada, ada)
