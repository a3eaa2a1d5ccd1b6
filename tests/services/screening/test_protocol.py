"""The protocol, and the amendments that put decisions back into a queue."""

from dataclasses import replace
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import MaybeCounts, Outcome, Protocol, Stage, Verdict
from evidence_app.services.screening.amending import amend, offers, touched
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.outcomes import outcomes
from evidence_app.services.screening.protocol import (
    CriterionLine,
    Line,
    Lists,
    RoleLine,
    next_code,
    set_protocol,
)
from evidence_app.storage import protocols, screening
from evidence_app.storage.project import Project
from tests.doubles import a_person, a_screening_project

FIRST, FULL = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
PLANNED = Protocol(
    review_type="scoping review", double_share=0.1, maybe_counts=MaybeCounts.SEPARATE, calibration=50,
    least_agreement=0.6, after_poor_check="All is screened twice.", registration="OSF",
)  # fmt: skip
LISTS = Lists(
    questions=(Line(None, "What works?"),),
    concepts=(Line(None, "People who need care", "Population"), Line(None, "Libraries", "Setting")),
    criteria=(
        CriterionLine(None, "I1", "Similar countries", True),
        CriterionLine(None, "E1", "Letters", False),
    ),
    roles=(RoleLine(None, "Ben", "second reviewer"), RoleLine(None, "Ben", "adjudicator")),
)


def test_nothing_written_is_a_protocol_too(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        assert screening.protocol(reader) == Protocol()
        assert screening.protocol(reader).blind
        assert not set_protocol(reader, Protocol())


def test_the_protocol_is_written_in_one_edit_and_kept_line_by_line(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        project.apply(set_protocol(reader, PLANNED, LISTS))
        assert replace(screening.protocol(reader), id=None) == PLANNED
        assert [(each.code, each.text) for each in protocols.criteria(reader)] == [
            ("I1", "Similar countries"), ("E1", "Letters"),
        ]  # fmt: skip
        assert [each.name for each in protocols.concepts(reader)] == ["Population", "Setting"]
        assert [(each.name, each.role) for each in protocols.roles(reader)] == [
            ("Ben", "second reviewer"), ("Ben", "adjudicator"),
        ]  # fmt: skip
        one, two = protocols.concepts(reader)
        role = protocols.roles(reader)[1]
        turned = Lists(
            concepts=(Line(two.id, "Public libraries", "Setting"), Line(one.id, one.text, one.name)),
            roles=(RoleLine(role.id, "Ben", "adjudicator"),),
        )
        project.apply(set_protocol(reader, PLANNED, turned))
        assert [(each.id, each.text) for each in protocols.concepts(reader)] == [
            (two.id, "Public libraries"), (one.id, "People who need care"),
        ]  # fmt: skip
        assert [each.role for each in protocols.roles(reader)] == ["adjudicator"]
        assert len(protocols.criteria(reader)) == 2
        assert not set_protocol(reader, PLANNED, turned)


def test_codes_are_given_once(tmp_path: Path) -> None:
    twice = (CriterionLine(None, "E1", "One", False), CriterionLine(None, "e1", "Two", False))
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        assert protocols.criteria(reader) == []
        with pytest.raises(EvidenceError, match="code E1"):
            set_protocol(reader, PLANNED, Lists(criteria=twice))
    assert next_code(twice, includes=False) == "E2"
    assert next_code(twice, includes=True) == "I1"


def test_what_is_included_follows_the_rules(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        project.apply(decide(reader, 1, FIRST, Verdict.MAYBE, ada))
        project.apply(decide(reader, 1, FULL, Verdict.INCLUDE, ada))
        assert screening.standings(reader) == {1: "included"}
        project.apply(set_protocol(reader, Protocol(maybe_counts=MaybeCounts.EXCLUDE)))
        assert screening.standings(reader) == {}
        project.undo()
        assert screening.standings(reader) == {1: "included"}


def narrowed(path: Path) -> tuple[Project, int]:
    """Return a project in which references 1 to 3 were judged under the criterion I1."""
    project = a_screening_project(path)
    ada = a_person(project, "Ada")
    with project.reader() as reader:
        project.apply(set_protocol(reader, Protocol(), LISTS))
        reason = insert("exclusion_reason", stage=FIRST.value, name="Other country", criterion=1)
        other = insert("exclusion_reason", stage=FIRST.value, name="A letter", criterion=2)
        project.apply(Edit("Reasons", (reason, other)))
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada))
        project.apply(decide(reader, 2, FIRST, Verdict.EXCLUDE, ada, 1))
        project.apply(decide(reader, 3, FIRST, Verdict.EXCLUDE, ada, 2, (1,)))
        project.apply(decide(reader, 4, FIRST, Verdict.EXCLUDE, ada, 2))
        project.apply(decide(reader, 1, FULL, Verdict.INCLUDE, ada))
    return project, ada


def test_an_amendment_names_the_decisions_it_touches(tmp_path: Path) -> None:
    project, _ = narrowed(tmp_path / "r.evidence")
    with project, project.reader() as reader:
        assert touched(reader, FIRST, criterion=1) == (2, 3)
        assert touched(reader, FIRST, verdict=Verdict.INCLUDE) == (1,)
        assert touched(reader, FIRST, among=[1, 4, 6]) == (1, 4)
        assert touched(reader, FIRST, since="2999-01-01") == ()
        assert [(each.key, each.references) for each in offers(reader, 1)] == [
            ("criterion:title-abstract", (2, 3)), ("include:title-abstract", (1,)),
            ("exclude:title-abstract", (2, 3, 4)), ("all:title-abstract", (1, 2, 3, 4)),
            ("include:full text", (1,)), ("all:full text", (1,)),
        ]  # fmt: skip


def test_an_amendment_puts_decisions_back_and_one_undo_takes_it_back(tmp_path: Path) -> None:
    project, ada = narrowed(tmp_path / "r.evidence")
    with project, project.reader() as reader:
        again = {FIRST: (1,), FULL: (1,)}
        edit = amend(reader, "UK and Ireland only", "Comparable systems", ada, criterion=1,
                     after="UK and Ireland", again=again)  # fmt: skip
        project.apply(edit)
        assert edit.label == "Amend the protocol, and judge 1 record again"
        (made,) = protocols.amendments(reader)
        assert (made.before, made.after, made.by, made.again) == (
            "Similar countries",
            "UK and Ireland",
            "Ada",
            1,
        )
        assert protocols.criteria(reader)[0].text == "UK and Ireland"
        assert outcomes(reader, FIRST)[1] is Outcome.UNSCREENED
        assert screening.standings(reader) == {}
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada))
        project.apply(decide(reader, 1, FULL, Verdict.INCLUDE, ada))
        assert screening.standings(reader) == {1: "included"}
        for _ in range(3):
            project.undo()
        assert outcomes(reader, FIRST)[1] is Outcome.INCLUDE
        assert protocols.amendments(reader) == []
        assert screening.standings(reader) == {1: "included"}


def test_an_amendment_says_what_and_why(tmp_path: Path) -> None:
    project, ada = narrowed(tmp_path / "r.evidence")
    with project, project.reader() as reader:
        with pytest.raises(EvidenceError, match="and why"):
            amend(reader, "Narrower", " ", ada)
        with pytest.raises(EvidenceError, match="not in the protocol"):
            amend(reader, "Narrower", "Because", ada, criterion=99)
        assert protocols.has_decisions(reader)
