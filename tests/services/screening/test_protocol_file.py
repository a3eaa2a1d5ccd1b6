"""The protocol written down from a file of JSON, and the file it is written as."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import Stage, Verdict
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.protocol_file import (
    PARTS,
    protocol_as_file,
    read_protocol_file,
    set_from_file,
)
from evidence_app.storage.project import Project
from tests.doubles import a_person, a_screening_project

WHOLE: dict[str, Any] = {
    "review_type": "Scoping review", "registration": "OSF 12",
    "questions": [{"text": "What helps?"}, {"text": "Whom?"}],
    "concepts": [{"name": "Population", "text": "People with dementia"}],
    "criteria": [
        {"code": "I1", "text": "People with dementia", "includes": True, "concept": "Population"},
        {"code": "E1", "text": "No people", "includes": False, "concept": None},
    ],
    "reasons": {
        "title-abstract": [{"name": "No people", "criterion": "E1"}],
        "full-text": [{"name": "No study", "criterion": None}],
    },
    "blind": True, "maybe_counts": "separate", "double_share": 0.1, "calibration": 20,
    "least_agreement": 0.6, "after_poor_check": "We talk.",
    "roles": [{"person": "Cleo", "role": "adjudicator"}],
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with a_screening_project(tmp_path / "r.evidence", 3) as made:
        yield made


def write(project: Project, said: dict[str, Any]) -> int:
    """Write a protocol down, and return how many changes it took."""
    with project.reader() as reader:
        edit = set_from_file(reader, said)
    if edit:
        project.apply(edit)
    return len(edit.changes)


def held(project: Project) -> dict[str, Any]:
    with project.reader() as reader:
        return protocol_as_file(reader)


def test_a_whole_protocol_is_written_in_one_edit_and_comes_back_as_it_was(project: Project) -> None:
    before = held(project)
    assert set(before) == set(PARTS)
    assert write(project, WHOLE)
    assert held(project) == WHOLE
    assert write(project, WHOLE) == 0
    project.undo()
    assert held(project) == before


def test_what_a_file_leaves_out_stays_and_a_list_it_gives_replaces_the_list(project: Project) -> None:
    write(project, WHOLE)
    criteria = [{"code": "I1", "text": "People with any dementia", "includes": True, "concept": None},
                {"code": "E2", "text": "Not found", "includes": False, "concept": None}]  # fmt: skip
    write(
        project,
        {
            "criteria": criteria,
            "reasons": {"full-text": [{"name": "Not found", "criterion": "E2"}, {"name": "No study"}]},
        },
    )
    found = held(project)
    assert found["criteria"] == criteria
    assert found["reasons"] == {
        "title-abstract": [{"name": "No people", "criterion": None}],
        "full-text": [{"name": "Not found", "criterion": "E2"}, {"name": "No study", "criterion": None}],
    }
    assert {name: found[name] for name in WHOLE if name not in ("criteria", "reasons")} == {
        name: WHOLE[name] for name in WHOLE if name not in ("criteria", "reasons")
    }


def test_after_the_first_decision_criteria_and_rules_are_amended_and_the_rest_is_written(
    project: Project,
) -> None:
    write(project, WHOLE)
    ada = a_person(project, "Ada")
    with project.reader() as reader:
        project.apply(decide(reader, 1, Stage.TITLE_ABSTRACT, Verdict.INCLUDE, ada))
    for said in ({"blind": False}, {"criteria": WHOLE["criteria"][:1]}, {"least_agreement": None}):
        with pytest.raises(EvidenceError, match="screen amend"):
            write(project, said)
    assert write(project, {**WHOLE, "registration": "OSF 13"}) == 1
    assert write(project, {"roles": [{"person": "Cy", "role": "adjudicator"}]})


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"criterion": []}, "no part of a protocol"),
        ({"blind": "yes"}, "blind must be true or false"),
        ({"double_share": 10}, "double_share must be a number from 0 to 1"),
        ({"calibration": True}, "calibration must be how many"),
        ({"questions": ["What helps?"]}, "questions must be a list of"),
        ({"reasons": {"abstract": []}}, "reasons must be"),
        ({"roles": [{"person": "Ada", "role": 3}]}, "roles must be"),
        ([], "one JSON object"),
    ],
)
def test_what_is_no_protocol_is_refused_with_a_sentence(tmp_path: Path, said: object, why: str) -> None:
    file = tmp_path / "p.json"
    file.write_text(json.dumps(said), "utf-8")
    with pytest.raises(EvidenceError, match=why):
        read_protocol_file(file)


def test_what_is_not_listed_cannot_be_pointed_to(project: Project) -> None:
    with pytest.raises(EvidenceError, match="names the criterion E9"):
        write(project, {"reasons": {"full-text": [{"name": "No study", "criterion": "E9"}]}})
    with pytest.raises(EvidenceError, match="names the concept “Place”"):
        write(project, {"criteria": [{"code": "I1", "text": "x", "includes": True, "concept": "Place"}]})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.one_of(st.text(), st.dictionaries(st.sampled_from(list(PARTS)), st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda deeper: st.lists(deeper) | st.dictionaries(st.text(), deeper), max_leaves=6,
)).map(json.dumps)))  # fmt: skip
def test_any_file_is_read_or_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "any.json"
    file.write_text(text, "utf-8", errors="replace")
    try:
        found = read_protocol_file(file)
    except EvidenceError:
        return
    assert set(found) <= set(PARTS)
