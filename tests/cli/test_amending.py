"""Amending the protocol by command: what changes, why, and what is judged again."""

from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.domain.screening import MaybeCounts, Outcome, Stage
from evidence_app.services.screening.outcomes import outcomes
from evidence_app.storage import protocols, screening
from evidence_app.storage.applied import Acting, identity_from
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from tests.cli.running import run
from tests.doubles import a_screening_project


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Six records under the criterion I1; Ada included 1, excluded 2 by its reason and 3 by another."""
    path = tmp_path / "review.evidence"
    with a_screening_project(path) as project:
        country = insert("criterion", code="I1", text="Similar countries", includes=1)
        reason = insert("exclusion_reason", stage="title-abstract", name="Other country",
                        criterion=RowOf("criterion", country.guid))  # fmt: skip
        letter = insert("exclusion_reason", stage="title-abstract", name="A letter")
        project.apply(Edit("Criteria", (country, reason, letter)))
    decide(path, "1", "include")
    decide(path, "2", "exclude", "--reason", "Other country")
    decide(path, "3", "exclude", "--reason", "A letter")
    return path


def decide(path: Path, record: str, verdict: str, *more: str, by: str = "Ada") -> None:
    run("screen", "decide", path, record, "--verdict", verdict, "--as", by, *more)


WHY = ("--why", "Systems must be comparable", "--as", "Ada")


def test_a_criterion_is_narrowed_and_its_includes_are_judged_again(review: Path) -> None:
    ended = run("screen", "amend", review, "UK and Ireland", "--criterion", "i1", "--again", "include", *WHY,
                "--json")  # fmt: skip
    assert (ended.code, ended.err) == (0, "")
    assert ended.json == {
        "text": "UK and Ireland", "why": "Systems must be comparable", "criterion": "I1",
        "before": "Similar countries", "number": 1, "by": "Ada",
        "again": [{"id": "1", "stage": "title-abstract", "title": "Title 1"}],
    }  # fmt: skip
    with Reader(review) as reader:
        (made,) = protocols.amendments(reader)
        assert (made.text, made.before, made.after, made.again) == (
            "I1 Include: UK and Ireland", "Similar countries", "UK and Ireland", 1,
        )  # fmt: skip
        assert outcomes(reader, Stage.TITLE_ABSTRACT)[1] is Outcome.UNSCREENED
    assert "I1 Include: UK and Ireland" in run("screen", "protocol", review).out
    with (
        Project.open(review, Acting("Ada", "A", identity_from("Ada"))) as project,
        project.reader() as reader,
    ):
        project.undo()
        assert protocols.amendments(reader) == []
        assert protocols.criteria(reader)[0].text == "Similar countries"
        assert outcomes(reader, Stage.TITLE_ABSTRACT)[1] is Outcome.INCLUDE


def test_without_a_text_it_lists_what_a_change_may_touch(review: Path) -> None:
    listed = run("screen", "amend", review, "--criterion", "I1", "--as", "Ada", "--json").json
    assert [(each["again"], each["number"], each["records"]) for each in listed] == [
        ("criterion", 1, ["2"]), ("include", 1, ["1"]), ("exclude", 2, ["2", "3"]),
        ("all", 3, ["1", "2", "3"]),
    ]  # fmt: skip
    assert "Excluded on title and abstract: 2 records" in run("screen", "amend", review).out


def test_a_blind_reviewer_is_told_numbers_and_the_names_of_what_they_judged(review: Path) -> None:
    decide(review, "4", "exclude", by="Ben")
    listed = run("screen", "amend", review, "--as", "Ben", "--json").json
    assert [(each["again"], each["number"], each["records"]) for each in listed] == [
        ("include", 1, []), ("exclude", 3, ["4"]), ("all", 4, ["4"]),
    ]  # fmt: skip
    made = run(
        "screen", "amend", review, "Shorter", "--why", "Time", "--again", "exclude", "--as", "Ben", "--json"
    )
    assert (made.json["number"], [each["id"] for each in made.json["again"]]) == (3, ["4"])


def test_only_some_records_or_what_was_decided_since_a_day_is_put_back(review: Path) -> None:
    some = run(
        "screen", "amend", review, "Letters count", "--again", "exclude", "--record", "R3", *WHY, "--json"
    )
    assert [each["id"] for each in some.json["again"]] == ["3"]
    none = run("screen", "amend", review, "Later", "--since", "2999-01-01", *WHY)
    assert (none.code, "No decision is of this kind" in none.err) == (1, True)


def test_rules_of_deciding_change_with_the_amendment(review: Path) -> None:
    ended = run("screen", "amend", review, "Maybe is out", "--maybe", "exclude", "--open", *WHY)
    assert ended.out == "Amend the protocol. In the name of Ada.\n"
    with Reader(review) as reader:
        held = screening.protocol(reader)
        assert (held.maybe_counts, held.blind) == (MaybeCounts.EXCLUDE, False)


def test_what_cannot_be_amended_is_said_and_changes_nothing(review: Path) -> None:
    for words, *given in (
        ("and why", "Narrower"),
        ("Codes: I1", "Narrower", "--criterion", "X9", "--why", "So"),
        ("--criterion CODE", "Narrower", "--again", "criterion", "--why", "So"),
    ):
        ended = run("screen", "amend", review, *given)
        assert (ended.code, words in ended.err) == (1, True), ended.err
    with Reader(review) as reader:
        assert protocols.amendments(reader) == []
