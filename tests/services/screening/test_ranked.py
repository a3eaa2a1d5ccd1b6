"""Ranked screening of a project: its order, its rule, its record."""

from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, SetColumns, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import Purpose, Stage, Verdict
from evidence_app.services.screening import ranked
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.ranked import Order, ordered, rank
from evidence_app.services.screening.sampling import draw_sample
from evidence_app.services.screening.stopping import (
    Rule,
    course,
    leave,
    ranking_sentences,
    running,
    start,
    stop_state,
)
from evidence_app.storage import rankings, screening
from evidence_app.storage.project import Project
from tests.doubles import a_person, a_screening_project

FIRST = Stage.TITLE_ABSTRACT
WORDS = {True: "dementia care in public libraries", False: "corrosion of steel bridges"}


def on_two_subjects(path: Path, records: int = 20) -> Project:
    """Return a project whose even records are of one subject and whose odd ones are of another."""

    project = a_screening_project(path, records)
    changes = tuple(
        SetColumns("reference", row, {"abstract": f"About subject {row}."},
                   {"abstract": f"{WORDS[not row % 2]} {row}"})
        for row in range(1, records + 1)
    )  # fmt: skip
    project.apply(Edit("Describe", changes))
    return project


def test_what_is_like_the_included_comes_first(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    with on_two_subjects(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        assert rank(project.path, FIRST, ada).scores is None
        project.apply(decide(reader, 2, FIRST, Verdict.INCLUDE, ada))
        project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, ada))
        found = rank(project.path, FIRST, ada)
        assert (found.relevant, found.irrelevant, len(found.references)) == (1, 1, 18)
        assert {row % 2 for row in found.references[:9]} == {0}
        assert found.scores is not None
        assert found.scores[found.references[0]] >= found.scores[found.references[-1]]


def test_a_repaired_abstract_is_read_anew(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")

    with on_two_subjects(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        project.apply(decide(reader, 2, FIRST, Verdict.INCLUDE, ada))
        project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, ada))
        before = rank(project.path, FIRST, ada).references.index(19)
        new = {"abstract": f"{WORDS[True]} and nothing else at all"}
        project.apply(Edit("Repair", (SetColumns("reference", 19, {"abstract": f"{WORDS[False]} 19"}, new),)))
        assert rank(project.path, FIRST, ada).references.index(19) < before
        assert len(ranked._PREPARED) == 1


def test_orders() -> None:
    scores = {1: -2.0, 2: 0.1, 3: 3.0, 4: -0.5}
    assert ordered([1, 2, 3, 4], scores, Order.RELEVANCE) == (3, 2, 4, 1)
    assert ordered([1, 2, 3, 4], scores, Order.UNCERTAINTY) == (2, 4, 1, 3)
    assert ordered([4, 1, 2, 3], None, Order.RANDOM, 5) == ordered([1, 2, 3, 4], scores, Order.RANDOM, 5)
    assert ordered([3, 1], None, Order.RELEVANCE) == (3, 1)


def test_a_blind_reviewers_order_does_not_depend_on_what_another_said(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    orders = []
    for verdict in (Verdict.INCLUDE, Verdict.EXCLUDE):
        with on_two_subjects(tmp_path / f"{verdict}.evidence") as project, project.reader() as reader:
            ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
            project.apply(Edit("Protocol", (insert("protocol", double_share=1.0),)))
            project.apply(decide(reader, 2, FIRST, Verdict.INCLUDE, ada))
            project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, ada))
            for row in (1, 2, 3, 4, 5):
                project.apply(decide(reader, row, FIRST, verdict, ben))
            orders.append(rank(project.path, FIRST, ada).references)
    assert orders[0] == orders[1]


def test_the_rule_is_written_down_before_the_start_and_stays(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        with pytest.raises(EvidenceError, match="from 10"):
            start(reader, FIRST, Rule.CONSECUTIVE, 3, "", ada)
        project.apply(start(reader, FIRST, Rule.SHARE, 50, "Time allows half", ada))
        run = running(reader, FIRST)
        assert run is not None
        assert (run.rule, run.threshold, run.note, run.by) == (
            "share screened",
            50,
            "Time allows half",
            "Ada",
        )
        with pytest.raises(EvidenceError, match="ranked already"):
            start(reader, FIRST, Rule.SHARE, 60, "", ada)
        project.apply(leave(run, "Half is screened"))
        assert running(reader, FIRST) is None
        assert rankings.runs(reader)[0].ended_why == "Half is screened"
        assert start(reader, FIRST, Rule.SHARE, 60, "", ada)


def test_irrelevant_records_in_a_row_are_counted_within_the_run(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 14) as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, ada))
        project.apply(start(reader, FIRST, Rule.CONSECUTIVE, 10, "", ada))
        run = running(reader, FIRST)
        assert run is not None
        for row in range(2, 13):
            verdict = Verdict.INCLUDE if row == 2 else Verdict.EXCLUDE
            project.apply(
                decide(reader, row, FIRST, verdict, ada, shown_by="relevance", score=0.5, ranking=run.id)
            )
            state = stop_state(reader, run, ada)
            assert state.met == (row == 12)
        assert state.words == "10 of 10 records in a row irrelevant"
        assert course(reader, FIRST, ada, run) == [True] + [False] * 10
        assert len(course(reader, FIRST, ada)) == 12
        assert course(reader, FIRST, None) == []
        said = ranking_sentences(reader, run)
        assert "11 decisions were made in its order (11 by likely relevance)" in said
        assert "stop when 10 records in a row are irrelevant. It is under way." in said


def test_an_audit_of_the_rest_can_be_the_rule(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 40) as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        project.apply(start(reader, FIRST, Rule.AUDIT, 2, "", ada))
        run = running(reader, FIRST)
        assert run is not None
        assert stop_state(reader, run, ada).words == "No audit of the rest was drawn yet"
        project.apply(draw_sample(reader, FIRST, Purpose.AUDIT, number=30, seed=1))
        members = screening.samples(reader)[0].members
        for at, row in enumerate(members, 1):
            assert not stop_state(reader, run, ada).met
            project.apply(decide(reader, row, FIRST, Verdict.EXCLUDE, ada))
            if at == 15:
                assert stop_state(reader, run, ada).words == "Audit: 15 of 30 read"
        assert stop_state(reader, run, ada).words == "Audit: 0 found, at most 3 missed"
        assert not stop_state(reader, run, ada).met
