"""The commands of screening, as another program calls them."""

import json
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, insert
from evidence_app.storage.connections import Reader
from tests.cli.running import run
from tests.doubles import a_person, a_screening_project


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """A review of 21 records with two reasons for full texts and an adjudicator, Cleo."""
    path = tmp_path / "review.evidence"
    with a_screening_project(path, 21) as project:
        a_person(project, "Cleo", "adjudicator")
        reasons = [insert("exclusion_reason", stage="full text", name=name, position=at)
                   for at, name in enumerate(("No study", "Wrong country"))]  # fmt: skip
        project.apply(Edit("Reasons", tuple(reasons)))
    return path


def test_two_people_decide_differ_and_it_is_settled(review: Path) -> None:
    ended = run("screen", "decide", review, "1", "R2", "--verdict", "include", "--as", "Ada", "--json")
    assert (ended.code, ended.err) == (0, "")
    assert ended.json == [
        {"id": "1", "stage": "title-abstract", "verdict": "include", "outcome": "include", "by": "Ada"},
        {"id": "2", "stage": "title-abstract", "verdict": "include", "outcome": "include", "by": "Ada"},
    ]
    hidden = run("screen", "decide", review, "1", "--verdict", "exclude", "--as", "Ben", "--json")
    assert hidden.json[0]["outcome"] is None
    settled = run("screen", "decide", review, "1", "--verdict", "include", "--settle", "--as", "Cleo")
    assert settled.code == 0
    refused = run("screen", "decide", review, "1", "--verdict", "include", "--settle", "--as", "Ben")
    assert refused.code == 1
    assert "named adjudicator" in refused.err
    assert run("screen", "decide", review, "1", "--verdict", "unset", "--as", "Ben").code == 0
    again = run("screen", "decide", review, "2", "--verdict", "include", "--as", "Ada")
    assert again.out == "Nothing was changed: you had decided so before.\n"
    assert [each["label"] for each in run("history", review, "--json").json][:2] == [
        "Take back the decision on Writer1 2001", "Settle Writer1 2001",
    ]  # fmt: skip


def test_taking_back_a_decision_tells_a_blind_reviewer_nothing_of_what_others_decided(review: Path) -> None:
    run("screen", "decide", review, "1", "--verdict", "include", "--as", "Ada")
    for verdict in ("unset", "exclude", "unset"):
        told = run("screen", "decide", review, "1", "--verdict", verdict, "--as", "Ben", "--json").json
        assert told[0]["outcome"] is None


def test_full_texts_are_excluded_for_a_reason_of_the_list(review: Path) -> None:
    full = ("--verdict", "exclude", "--stage", "full-text", "--as", "Ada")
    refused = run("screen", "decide", review, "1", *full)
    assert (refused.code, "main reason" in refused.err) == (1, True)
    unknown = run("screen", "decide", review, "1", *full, "--reason", "Boring")
    assert (unknown.code, "1 No study; 2 Wrong country" in unknown.err) == (1, True)
    assert run("screen", "decide", review, "1", *full, "--reason", "2", "--reason", "no study").code == 0
    assert run("screen", "decide", review, "99", *full).code == 1
    assert run("screen", "decide", review, "1", "--verdict", "perhaps").code == 2


def test_the_full_text_of_what_was_excluded_on_its_abstract_is_not_judged(review: Path) -> None:
    run("screen", "decide", review, "1", "--verdict", "exclude", "--as", "Ada")
    full = (
        "screen",
        "decide",
        review,
        "1",
        "2",
        "--verdict",
        "include",
        "--stage",
        "full-text",
        "--as",
        "Ada",
    )
    refused = run(*full)
    assert (refused.code, "excluded on title and abstract" in refused.err) == (1, True)
    with Reader(review) as reader:
        assert reader.value("SELECT count(*) FROM live_decision WHERE stage = 'full text'") == 0
    run("screen", "decide", review, "1", "--verdict", "include", "--as", "Ada")
    assert run(*full).code == 0


def test_a_tenth_is_drawn_by_a_seed_and_agreement_is_told(review: Path) -> None:
    ended = run("screen", "sample", review, "--share", "0.1", "--seed", "42", "--for", "Ben", "--json")
    assert (ended.code, ended.err) == (0, "")
    drawn = ended.json
    assert (drawn["seed"], drawn["share"], drawn["drawn_from"], drawn["number"], drawn["for"]) == (
        42, 0.1, 21, 3, "Ben",
    )  # fmt: skip
    assert run("screen", "sample", review, "--json").json == [drawn]
    for who, verdict in (("Ada", "include"), ("Ben", "include")):
        run("screen", "decide", review, *drawn["records"], "--verdict", verdict, "--as", who)
    (found,) = run("screen", "agreement", review, "--sample", drawn["id"], "--json").json
    assert (found["reviewers"], found["records"], found["agreed"]) == (["Ada", "Ben"], 3, 3)
    assert (found["percent"]["value"], found["kappa"], found["ac1"]["value"]) == (1, None, 1)
    assert found["table"] == [{"first": "include", "second": "include", "count": 3, "records": None}]
    assert "agreed on 3 (100.0 %" in run("screen", "agreement", review).out
    both = run("screen", "sample", review, "--share", "0.1", "--number", "4")
    assert both.code == 2


def test_a_sample_says_how_far_it_is_and_is_given_up(review: Path) -> None:
    drawn = run("screen", "sample", review, "--number", "2", "--seed", "1", "--for", "Ben", "--json").json
    assert (drawn["judged_twice"], drawn["poor"]) == (0, "")
    for who in ("Ada", "Ben"):
        run("screen", "decide", review, drawn["records"][0], "--verdict", "include", "--as", who)
    told = run("screen", "sample", review).out
    assert "seed 1, for Ben; 1 judged by two people" in told
    gone = run("screen", "sample", review, "--give-up", drawn["id"])
    assert gone.out.startswith(f"Gave up {drawn['name']}; the decisions on its records stay. In the name of ")
    assert run("screen", "sample", review, "--json").json == []
    assert run("screen", "sample", review, "--give-up", drawn["id"]).code == 1


def test_what_is_left_is_ranked(review: Path) -> None:
    pytest.importorskip("sklearn")
    run("screen", "decide", review, "1", "--verdict", "include", "--as", "Ada")
    assert "nothing to learn from" in run("screen", "rank", review, "--as", "Ada").out
    run("screen", "decide", review, "2", "--verdict", "exclude", "--as", "Ada")
    found = run("screen", "rank", review, "--as", "Ada", "--json").json
    assert (found["relevant"], found["irrelevant"], len(found["records"])) == (1, 1, 19)
    scores = [each["score"] for each in found["records"]]
    assert scores == sorted(scores, reverse=True)


def test_decisions_go_out_and_come_back(review: Path, tmp_path: Path) -> None:
    run("screen", "decide", review, "1", "2", "--verdict", "include", "--as", "Ada")
    out = tmp_path / "rayyan.ris"
    ended = run("screen", "export", review, out, "--as", "Ada", "--json")
    assert ended.json == {"file": str(out), "to": "rayyan", "records": 21, "decisions": 2}
    assert (
        run("screen", "export", review, tmp_path / "blind.csv", "--as", "Ben", "--json").json["decisions"]
        == 0
    )
    run("screen", "decide", review, "2", "--verdict", "unset", "--as", "Ada")
    back = run("screen", "import", review, out, "--json").json
    assert (back["records"], back["decisions"], back["unchanged"], back["kept"]) == (21, 1, 1, 0)
    assert (back["matched_by"], back["unmatched"]) == ({"id": 21}, [])
    assert "Read 21 records: 21 by id." in run("screen", "import", review, out).out
    assert run("screen", "import", review, tmp_path / "missing.ris").code == 1


def test_the_protocol_and_the_methods_are_printed(review: Path) -> None:
    assert run("screen", "protocol", review, "--json").json == {
        "protocol": [
            {"heading": "Reasons, full text", "lines": ["No study", "Wrong country"]},
            {"heading": "Roles", "lines": ["Cleo: adjudicator"]},
        ],
        "methods": [],
        "asked_for": [],
    }
    run("screen", "decide", review, "1", "--verdict", "include", "--as", "Ada")
    assert "Titles and abstracts of 1 record were judged by Ada." in run("screen", "protocol", review).out


def test_a_protocol_is_written_from_a_file_and_is_written_as_one(review: Path, tmp_path: Path) -> None:
    out, plan = tmp_path / "held.json", tmp_path / "plan.json"
    assert "the protocol with 2 parts" in run("screen", "protocol", review, out).out
    held = json.loads(out.read_text("utf-8"))
    assert held["roles"] == [{"person": "Cleo", "role": "adjudicator"}]
    criteria = [{"code": "I1", "text": "People", "includes": True, "concept": None}]
    plan.write_text(json.dumps({**held, "criteria": criteria, "calibration": 5}), "utf-8")
    told = run("screen", "protocol", review, "--set", plan, "--as", "Ada", "--json").json
    assert (told["changed"], told["by"]) == (True, "Ada")
    assert {"heading": "Included", "lines": ["I1 People"]} in told["protocol"]
    assert "plans a calibration round of 5 records" in told["asked_for"][0]
    again = run("screen", "protocol", review, "--set", plan)
    assert again.out == "Nothing was changed: the protocol says so already.\n"
    run("screen", "protocol", review, out)
    assert json.loads(out.read_text("utf-8")) == json.loads(plan.read_text("utf-8"))
    assert run("screen", "protocol", review, out, "--set", plan).code == 2
    run("screen", "decide", review, "1", "--verdict", "include", "--as", "Ada")
    plan.write_text('{"blind": false}', "utf-8")
    refused = run("screen", "protocol", review, "--set", plan)
    assert refused.code == 1
    assert "screen amend" in refused.err


def test_commands_say_in_whose_name_they_acted(review: Path) -> None:
    decided = run("screen", "decide", review, "1", "--verdict", "include")
    assert "In the name of " in decided.out
    assert decided.out.endswith(" (--as NAME is somebody else).\n")
    decided = run("screen", "decide", review, "1", "--verdict", "include", "--as", "Ben")
    assert decided.out.endswith("In the name of Ben.\n")
    told = run("screen", "decide", review, "2", "--verdict", "include", "--as", "Ben", "--json")
    assert told.json[0]["by"] == "Ben"
    drawn = run("screen", "sample", review, "--number", "2", "--seed", "1", "--as", "Ada").out
    assert drawn.endswith("In the name of Ada.\n")


def test_the_protocol_is_written_as_a_document(review: Path, tmp_path: Path) -> None:
    out = tmp_path / "protocol.md"
    assert run("screen", "protocol", review, out).out == f"{out}: the protocol with 2 parts\n"
    assert "Cleo: adjudicator" in out.read_text("utf-8")
    assert run("screen", "protocol", review, tmp_path / "protocol.xyz").code == 1
