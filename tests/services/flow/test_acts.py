"""What a person says of the diagram is one edit each, and is told in the history in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.flow import MEASURE, FlowForm
from evidence_app.services.flow import acts
from evidence_app.services.row_names import RowNames
from evidence_app.storage.flow import FlowFacts, flow_facts
from tests.services.flow.reviews import ReviewBuilder, a_screened_review

SCREENED = MEASURE["records_screened"]


@pytest.fixture
def review(tmp_path: Path) -> Iterator[ReviewBuilder]:
    builder = ReviewBuilder(tmp_path)
    a_screened_review(builder)
    yield builder
    builder.close()


def facts(review: ReviewBuilder) -> FlowFacts:
    with review.project.reader() as reader:
        return flow_facts(reader)


def test_a_number_is_typed_changed_and_taken_back(review: ReviewBuilder) -> None:
    review.project.apply(acts.type_number(facts(review), SCREENED, "1,925"))
    assert review.flow()["records_screened"].number == 1925
    review.project.apply(acts.type_source(facts(review), SCREENED, "Log of 2023"))
    assert review.flow()["records_screened"].basis == "Log of 2023"
    review.project.apply(acts.type_number(facts(review), SCREENED, "8"))
    assert review.flow()["records_screened"].from_records
    review.project.apply(acts.type_number(facts(review), SCREENED, ""))
    assert review.flow()["records_screened"].from_records
    assert not acts.type_number(facts(review), MEASURE["register_results"], "not reported")
    with pytest.raises(EvidenceError, match="is not a number"):
        acts.type_number(facts(review), SCREENED, "many")
    with pytest.raises(EvidenceError, match="Type the number first"):
        acts.type_source(facts(review), MEASURE["register_results"], "somewhere")


def test_a_note_is_written_changed_and_taken_back(review: ReviewBuilder) -> None:
    review.state("records_screened", 9)
    (equation, *_) = review.flow().stopping
    review.project.apply(acts.explain(equation, "One came in twice.", None))
    (explained,) = review.flow().explained
    review.project.apply(acts.explain(explained, "Two came in twice.", None))
    (explained,) = review.flow().explained
    assert explained.note is not None
    assert explained.note.text == "Two came in twice."
    with review.project.reader() as reader:
        names = RowNames(reader)
        assert names.essence("flow_note", explained.note.id) == (
            "Note on the flow diagram",
            "Two came in twice.",
        )
        assert names.column("flow_note", explained.note.id, "text").startswith("Note of the equation")
    review.project.apply(acts.explain(explained, " ", None))
    assert review.flow().explained == ()


def test_the_form_is_kept_with_the_protocol_or_left_to_the_review(review: ReviewBuilder) -> None:
    assert not acts.choose_form(facts(review), None)
    review.project.apply(acts.choose_form(facts(review), FlowForm.UPDATED))
    assert (review.flow().form, review.flow().chosen) == (FlowForm.UPDATED, True)
    review.project.apply(acts.choose_form(facts(review), None))
    assert (review.flow().form, review.flow().chosen) == (FlowForm.NEW_DATABASES, False)
