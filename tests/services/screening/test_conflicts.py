"""Conflicts, and what somebody who screens blind can find out of others."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.domain.edit import Edit, RowOf, SetColumns, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import MadeAs, Outcome, Stage, Verdict
from evidence_app.services.screening.agreement import agreements
from evidence_app.services.screening.conflicts import adjudicate, side_by_side
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.desk_queue import QUEUES, read_queue
from evidence_app.services.screening.outcomes import outcome_of
from evidence_app.storage import screening
from evidence_app.storage.project import Project
from tests.doubles import a_person, a_screening_project

FIRST = Stage.TITLE_ABSTRACT


def in_conflict(path: Path) -> tuple[Project, int, int, int]:
    """Return a project in which Ada and Ben differ on reference 1, and Cleo settles."""
    project = a_screening_project(path, 3)
    ada, ben, cleo = (
        a_person(project, "Ada"),
        a_person(project, "Ben"),
        a_person(project, "Cleo", "adjudicator"),
    )
    reason = insert("exclusion_reason", stage=FIRST.value, name="Wrong country")
    note = insert("note", reference=1, kind="screening", text="Is Jersey the UK?", person=ben)
    project.apply(Edit("Prepare", (reason, note)))
    with project.reader() as reader:
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada, note="Fits"))
        project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, ben, 1))
        project.apply(decide(reader, 2, FIRST, Verdict.INCLUDE, ada))
    return project, ada, ben, cleo


def test_both_votes_lie_side_by_side_for_the_adjudicator_alone(tmp_path: Path) -> None:
    project, ada, _, cleo = in_conflict(tmp_path / "r.evidence")
    with project, project.reader() as reader:
        assert side_by_side(reader, 1, FIRST, ada) == ()
        seen = side_by_side(reader, 1, FIRST, cleo)
        assert [
            (each.decision.name, each.decision.verdict.value, each.reasons, each.notes) for each in seen
        ] == [
            ("Ada", "include", (), ("Fits",)),
            ("Ben", "exclude", ("Wrong country",), ("Is Jersey the UK?",)),
        ]
        assert side_by_side(reader, 2, FIRST, cleo) == ()
        project.apply(Edit("Lift", (insert("protocol", blind=0),)))
        assert len(side_by_side(reader, 1, FIRST, ada)) == 2


def test_an_adjudicator_settles_and_the_votes_stay(tmp_path: Path) -> None:
    project, ada, ben, cleo = in_conflict(tmp_path / "r.evidence")
    with project, project.reader() as reader:
        with pytest.raises(EvidenceError, match="named adjudicator"):
            adjudicate(reader, 1, FIRST, Verdict.INCLUDE, ada)
        with pytest.raises(EvidenceError, match="do not differ"):
            adjudicate(reader, 2, FIRST, Verdict.INCLUDE, cleo)
        project.apply(adjudicate(reader, 1, FIRST, Verdict.INCLUDE, cleo, "It fits"))
        assert outcome_of(reader, 1, FIRST) is Outcome.INCLUDE
        assert {each.person: each.made_as for each in screening.decisions(reader, [1])} == {
            ada: MadeAs.REVIEWER, ben: MadeAs.REVIEWER, cleo: MadeAs.ADJUDICATOR,
        }  # fmt: skip
        assert len(side_by_side(reader, 1, FIRST, cleo)) == 3
        project.apply(adjudicate(reader, 1, FIRST, Verdict.EXCLUDE, cleo))
        assert outcome_of(reader, 1, FIRST) is Outcome.EXCLUDE


def test_votes_of_somebody_who_left_can_be_settled(tmp_path: Path) -> None:
    project, _, ben, cleo = in_conflict(tmp_path / "r.evidence")
    with project, project.reader() as reader:
        project.apply(
            Edit("Leave", (SetColumns("person", ben, {"left_at": None}, {"left_at": "2026-01-01"}),))
        )
        project.apply(adjudicate(reader, 1, FIRST, Verdict.EXCLUDE, cleo))
        assert outcome_of(reader, 1, FIRST) is Outcome.EXCLUDE


verdicts = st.lists(st.sampled_from(list(Verdict)), min_size=3, max_size=3)


def seen_by(path: Path, mine: list[Verdict], theirs: list[Verdict]) -> object:
    """Return all that Ada's reads say where Ben decided so on the records that need two votes."""
    with a_screening_project(path, 4) as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        project.apply(Edit("Protocol", (insert("protocol", double_share=1.0),)))
        for reference, verdict in enumerate(mine, 1):
            project.apply(decide(reader, reference, FIRST, verdict, ada))
        for reference, verdict in enumerate(theirs, 2):
            project.apply(decide(reader, reference, FIRST, verdict, ben, note="Mine alone"))
        guid = str(reader.value("SELECT guid FROM person WHERE id = :row", row=ada))
        states = [read_queue(reader, FIRST, key, RowOf("person", guid)) for key, _ in QUEUES]
        return (
            [(state.key, state.ids, state.done, state.total, state.judged) for state in states],
            [side_by_side(reader, each, FIRST, ada) for each in range(1, 5)],
            [found.cells for found in agreements(reader, FIRST, viewer=ada)],
            [screening.own_decision(reader, each, FIRST, ada) is not None for each in range(1, 5)],
        )


@settings(max_examples=15)
@given(verdicts, verdicts, verdicts)
def test_no_read_of_a_blind_reviewer_depends_on_what_another_decided(
    tmp_path_factory: pytest.TempPathFactory, mine: list[Verdict], one: list[Verdict], other: list[Verdict]
) -> None:
    folder = tmp_path_factory.mktemp("blind")
    assert seen_by(folder / "one.evidence", mine, one) == seen_by(folder / "two.evidence", mine, other)
