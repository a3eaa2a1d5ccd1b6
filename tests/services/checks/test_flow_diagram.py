"""What the checks say of the flow diagram, on reviews that are counted from their rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.services.checks.overview import Overview, contents_to_check, overview, waiting
from evidence_app.services.flow import acts
from tests.doubles import contents_of, found_by
from tests.services.flow.reviews import ReviewBuilder, a_screened_review

RULES = ("flow-broken", "report-in-two-studies", "flow-doubtful", "flow-unfinished")


@pytest.fixture
def review(tmp_path: Path) -> Iterator[ReviewBuilder]:
    builder = ReviewBuilder(tmp_path)
    a_screened_review(builder)
    for name in "abc":
        builder.mark(name)
    yield builder
    builder.close()


def looked(review: ReviewBuilder) -> Overview:
    with review.project.reader() as reader:
        return overview(contents_to_check(reader))


def found(review: ReviewBuilder) -> dict[str, list[str]]:
    """Return what each rule of the diagram says."""
    seen = looked(review)
    lines = {rule: seen.rule(rule) for rule in RULES}
    return {rule: [each.said for each in line.open] for rule, line in lines.items() if line and line.open}


def test_a_diagram_that_adds_up_is_silent(review: ReviewBuilder) -> None:
    assert found(review) == {}


def test_a_review_without_a_diagram_is_silent() -> None:
    assert [found_by(rule, contents_of()) for rule in RULES] == [[], [], [], []]


def test_an_equation_that_does_not_hold_is_an_error_with_its_numbers(review: ReviewBuilder) -> None:
    review.state("dbr_assessed", 6)
    said = found(review)
    assert list(said) == ["flow-broken", "flow-doubtful"]
    assert said["flow-broken"][0] == (
        "Assessed = sought − not retrieved: 6 − 1 = 5, but reports assessed for eligibility: 6."
    )
    assert said["flow-doubtful"] == [
        "Reports assessed for eligibility: typed and counted: 6 is typed, but the project counts 5."
    ]
    line = looked(review).rule("flow-broken")
    assert line is not None
    assert line.found[0].label == "The flow diagram"
    assert line.found[0].places[0].kind == "flow:assessed"
    with review.project.reader() as reader:
        assert waiting(reader) >= 2


def test_a_note_explains_it(review: ReviewBuilder) -> None:
    review.state("dbr_assessed", 6)
    for equation in review.flow().stopping:
        review.project.apply(acts.explain(equation, "One was assessed on paper.", None))
    assert "flow-broken" not in found(review)


def test_a_report_in_two_studies_is_a_doubt_and_opens_the_report(review: ReviewBuilder) -> None:
    review.study("Three", ["a"])
    said = found(review)
    assert said == {
        "report-in-two-studies": ["Each report is in one study: 1 report in more than one study."]
    }
    line = looked(review).rule("report-in-two-studies")
    assert line is not None
    kinds = [place.kind for place in line.found[0].places]
    assert kinds == ["flow:one_study", "reference"]


def test_what_waits_for_a_decision_is_told_and_is_no_error(review: ReviewBuilder) -> None:
    review.records("Medline", ["z"])
    said = found(review)
    assert said == {"flow-unfinished": ["Nothing waits for a decision: 1 record not screened yet."]}
