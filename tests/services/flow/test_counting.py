"""Every number of the flow diagram is a count of the project's rows, and moves when they move."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.flow import EquationState, FlowForm
from evidence_app.domain.review import NumberState
from evidence_app.domain.screening import Stage, Verdict
from evidence_app.services.flow.review_flow import review_flow
from evidence_app.services.screening.deciding import decide
from evidence_app.storage.project import Project
from tests.services.flow.reviews import ANN, BEN, ReviewBuilder, a_screened_review

SCREENED = {
    "database_results": 12, "duplicates": 3, "excluded_automatic": 1, "records_screened": 8,
    "records_excluded": 2, "dbr_sought_reports": 6, "dbr_notretrieved_reports": 1, "dbr_assessed": 5,
    "dbr_excluded": 2, "new_reports": 3, "new_studies": 2,
}  # fmt: skip


@pytest.fixture
def review(tmp_path: Path) -> Iterator[ReviewBuilder]:
    builder = ReviewBuilder(tmp_path)
    yield builder
    builder.close()


def test_an_empty_review_reports_nothing(review: ReviewBuilder) -> None:
    flow = review.flow()
    assert {each.state for each in flow.numbers.values()} == {NumberState.NOT_REPORTED}
    assert {each.state for each in flow.equations} == {EquationState.NOT_TESTED}
    assert flow.stopping == ()


def test_a_screened_review_is_counted_box_by_box(review: ReviewBuilder) -> None:
    a_screened_review(review)
    flow = review.flow()
    assert review.numbers() == SCREENED
    assert [(line.label, line.number) for line in flow["database_results"].lines] == [
        ("Medline", 6),
        ("Embase", 6),
    ]
    assert [(line.label, line.number) for line in flow["dbr_excluded"].lines] == [
        ("Wrong design", 1), ("Wrong setting", 1),
    ]  # fmt: skip
    assert [(line.label, line.number) for line in flow["dbr_notretrieved_reports"].lines] == [
        ("Thesis, not lent", 1)
    ]
    assert flow["register_results"].number == 0
    assert flow["new_reports"].references == tuple(review.row("reference", name) for name in "abc")
    assert {each.words for each in flow.broken} == set()
    assert flow.form is FlowForm.NEW_DATABASES
    assert all(each.from_records for each in flow.numbers.values() if each.number)


def test_a_late_duplicate_moves_through_every_box(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.records("Embase", ["late"])
    review.year = 2001  # before the merge below
    review.decide("late", "include")
    review.decide("late", "include", "full text")
    before = review.numbers()
    assert review.flow().remarks == ()
    assert (before["records_screened"], before["new_reports"], before["new_studies"]) == (9, 4, 3)
    review.merge("a", "late")
    after = review.numbers()
    assert after == {**SCREENED, "database_results": 13, "duplicates": 4}
    assert review.flow().broken == ()
    (logged,) = review.flow().remarks
    assert logged.text == "Duplicates found after screening, moved to the duplicates: works concerned 1."
    review.project.undo()
    assert review.numbers() == before


def test_a_duplicate_with_another_decision_opens_a_conflict(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.records("Embase", ["late"])
    review.decide("late", "exclude", person=BEN)
    review.merge("g", "late")
    assert review.flow().stopping == ()
    review.records("Embase", ["other"])
    review.decide("other", "include", person=BEN)
    review.merge("h", "other")
    flow = review.flow()
    assert [each.key for each in flow.stopping] == ["decided"]
    assert flow.stopping[0].words == "1 record with a decision still to come."
    assert flow.undecided == 1
    review.decide("h", "exclude", made_as="adjudicator")
    assert review.flow().stopping == ()


def test_unscreened_and_awaited_works_are_told_and_stop_the_final_diagram(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.records("Medline", ["new"])
    review.records("Medline", ["awaited"])
    review.decide("awaited", "include")
    flow = review.flow()
    assert flow.stopping[0].words == "1 record not screened yet, 1 full text awaited or not read yet."
    assert [each.key for each in flow.stopping] == ["decided"]
    assert flow["records_screened"].number == 9


def test_a_member_of_a_check_needs_two_votes(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.write("sample", name="Check", stage="title-abstract", purpose="check")
    with review.project.reader() as reader:
        sample = reader.value("SELECT id FROM sample")
    review.write("sample_member", sample=sample, reference=review.row("reference", "g"))
    assert review.flow().undecided == 1
    review.decide("g", "exclude", person=BEN)
    flow = review.flow()
    assert (flow.undecided, flow["records_screened"].lines[0].number) == (0, 1)


@pytest.mark.parametrize(("counts", "sought", "excluded", "undecided"), [
    ("include", 7, 2, 1), ("exclude", 6, 3, 0), ("separate", 6, 2, 1),
])  # fmt: skip
def test_a_maybe_counts_as_the_protocol_says(
    review: ReviewBuilder, counts: str, sought: int, excluded: int, undecided: int
) -> None:
    a_screened_review(review)
    review.write("protocol", maybe_counts=counts)
    review.records("Medline", ["doubtful"])
    review.decide("doubtful", "maybe")
    flow = review.flow()
    assert (flow["dbr_sought_reports"].number, flow["records_excluded"].number) == (sought, excluded)
    assert flow.undecided == undecided


def test_a_decision_put_back_into_the_queue_counts_no_longer(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.write(
        "look_again", reference=review.row("reference", "g"), stage="title-abstract", at=review.now()
    )
    assert review.numbers()["records_screened"] == 7
    review.decide("g", "exclude")
    assert review.numbers() == SCREENED


def test_records_taken_out_of_the_library_are_removed_for_other_reasons(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.records("Medline", ["editorial"])
    review.take_out("editorial")
    number = review.flow()["excluded_other"]
    assert (number.number, number.lines[0].label) == (1, "Taken out of the library")
    assert number.references == number.lines[0].references == ()
    assert review.flow().stopping == ()


def test_other_methods_have_a_column_of_their_own(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.source("Google Scholar", "search engine", day="2026-02-01", seen=200, kept=3)
    review.source("NICE", "organisation", day="2026-02-01")
    review.source("References of included works", "citation searching", day="2026-02-02")
    review.kept("Google Scholar", ["s1", "s2", "s3"])
    review.kept("NICE", ["s1", "o1"])
    review.kept("References of included works", ["a", "c1"])
    for name in ("s1", "o1"):
        review.decide(name, "include", "full text")
    for name in ("s2", "c1"):
        review.decide(name, "exclude", "full text", reason="Wrong setting")
    review.attempt("s3", "not available")
    flow = review.flow()
    assert flow.form is FlowForm.NEW
    known = {key: value for key, value in review.numbers().items() if SCREENED.get(key) != value}
    assert known == {
        "website_results": 3, "organisation_results": 1, "citations_results": 1, "other_results": 5,
        "other_sought_reports": 5, "other_notretrieved_reports": 1, "other_assessed": 4, "other_excluded": 2,
        "new_reports": 5, "new_studies": 4,
    }  # fmt: skip
    assert flow["website_results"].lines[0].remark == "of 200 seen"
    assert flow.stopping == ()
    assert [remark.references for remark in flow.remarks] == [(review.row("reference", "a"),)]


def test_a_work_found_first_by_another_method_is_a_duplicate_in_the_database(review: ReviewBuilder) -> None:
    review.source("Contact", "contact", day="2025-12-01")
    review.source("Medline", day="2026-01-01")
    review.records("Medline", ["a", "b"])
    review.kept("Contact", ["a"])
    for name in "ab":
        review.decide(name, "include")
        review.decide(name, "include", "full text")
    flow = review.flow()
    assert (flow["database_results"].number, flow["duplicates"].number) == (2, 1)
    assert flow["duplicates"].lines[0].label == "Found by other methods first"
    assert (flow["contact_results"].number, flow["other_assessed"].number) == (1, 1)
    assert flow.stopping == ()


def test_works_kept_by_number_only_are_typed(review: ReviewBuilder) -> None:
    review.source("Google Scholar", "search engine", seen=200, kept=3)
    flow = review.flow()
    assert (flow["website_results"].number, flow["website_results"].lines[0].state) == (3, NumberState.TYPED)
    assert flow["other_sought_reports"].number is None


def test_a_work_of_another_method_excluded_at_sight_is_noted(review: ReviewBuilder) -> None:
    review.source("Website", "website")
    review.kept("Website", ["a", "b"])
    review.decide("a", "exclude", reason="Blog post")
    review.decide("b", "include", "full text")
    flow = review.flow()
    assert (flow["other_removed"].number, flow["other_sought_reports"].number) == (1, 1)
    (equation,) = [each for each in flow.equations if each.key == "other_sought"]
    assert (equation.state, equation.words) == (EquationState.HOLDS, "2 + 0 + 0 − 1 = 1")


def test_an_updated_review_adds_the_previous_version(review: ReviewBuilder) -> None:
    review.source("Version of 2020", "previous version", day="2020-01-01")
    review.source("Medline", day="2026-01-01")
    review.kept("Version of 2020", ["old1", "old2", "old3"])
    review.records("Medline", ["old1b", "new1", "new2"])
    review.merge("old1", "old1b")
    for name in ("new1", "new2"):
        review.decide(name, "include")
        review.decide(name, "include", "full text")
    review.study("Old study", ["old1", "old2", "new1"])
    flow = review.flow()
    assert flow.form is FlowForm.UPDATED_DATABASES
    expected = {
        "previous_studies": 2, "previous_reports": 3, "new_studies": 1, "new_reports": 2,
        "total_studies": 3, "total_reports": 5, "duplicates": 1,
    }  # fmt: skip
    assert {key: flow[key].number for key in expected} == expected
    assert flow.stopping == ()


def test_a_report_of_two_studies_is_a_warning_and_stops_nothing(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.study("Three", ["a"])
    flow = review.flow()
    assert [each.key for each in flow.broken] == ["one_study"]
    assert flow.stopping == ()
    assert flow.broken[0].references == (review.row("reference", "a"),)


def test_an_included_report_that_was_excluded_before_stands_in_two_places(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.mark("g")
    (equation,) = review.flow().stopping
    assert equation.key == "one_end"
    assert equation.references == (review.row("reference", "g"),)


def test_an_included_report_no_search_found_is_told(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.write("reference", title="From a colleague", type="report", standing="included")
    (equation,) = review.flow().stopping
    assert equation.key == "included"
    assert equation.words == "5 − 2 = 3, but reports included: 4. 1 included report no search has found."


def test_a_typed_number_stands_and_shows_what_is_counted(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.state("records_screened", 9)
    number = review.flow()["records_screened"]
    assert (number.number, number.counted, number.state, number.differs) == (9, 8, NumberState.TYPED, True)
    assert {each.key for each in review.flow().stopping} == {"screened", "sought"}
    assert "typed:records_screened" in {each.key for each in review.flow().broken}


def test_an_explained_equation_stops_nothing(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.state("records_screened", 9)
    for equation in ("screened", "sought"):
        review.write("flow_note", equation=equation, text="One record came in twice.")
    flow = review.flow()
    assert flow.stopping == ()
    assert [each.key for each in flow.explained] == ["screened", "sought"]


def test_early_steps_done_elsewhere_are_typed_and_tested_where_all_is_known(review: ReviewBuilder) -> None:
    for key, value in (("records_identified", 100), ("duplicates_removed", 20), ("records_screened", 80),
                       ("records_excluded", 70), ("reports_sought", 11)):  # fmt: skip
        review.state(key, value)
    flow = review.flow()
    states = {each.key: each.state for each in flow.equations}
    assert states["screened"] is EquationState.HOLDS
    assert states["sought"] is EquationState.BROKEN
    assert states["assessed"] is EquationState.NOT_TESTED
    (equation,) = flow.stopping
    assert equation.words == "80 − 70 = 10, but reports sought for retrieval: 11."
    assert flow.red("dbr_sought_reports") is equation


def test_the_sample_has_its_published_numbers_and_says_not_reported_elsewhere(
    sample_project: Project,
) -> None:
    with sample_project.reader() as reader:
        flow = review_flow(reader)
    known = [each for each in flow.numbers.values() if each.number is not None]
    assert {each.key: (each.number, str(each.state)) for each in known} == {
        "database_results": (2675, "derived"), "duplicates": (750, "derived"),
        "records_screened": (1925, "typed"), "new_reports": (47, "derived"), "new_studies": (42, "typed"),
    }  # fmt: skip
    assert flow["new_reports"].references == tuple(sorted(flow["new_reports"].references))
    assert len(flow["new_reports"].references) == 47
    assert flow.broken == ()
    holding = {each.key: each.words for each in flow.equations if each.state is EquationState.HOLDS}
    assert holding == {
        "database_results": "834 + 676 + 245 + 920 = 2,675", "screened": "2,675 − 750 = 1,925",
        "studies": "42 ≤ 47",
    }  # fmt: skip


def test_works_kept_from_a_database_without_a_file_are_its_records(review: ReviewBuilder) -> None:
    review.source("Small database")
    review.kept("Small database", ["a", "b"])
    review.decide("a", "include")
    review.decide("b", "exclude")
    flow = review.flow()
    assert (flow["database_results"].number, flow["records_screened"].number) == (2, 2)
    assert flow["dbr_sought_reports"].number == 1


def test_decisions_of_the_screening_services_move_the_boxes_and_undo_moves_them_back(
    review: ReviewBuilder,
) -> None:
    a_screened_review(review)
    review.records("Medline", ["new"])
    row, ann = review.row("reference", "new"), review.row("person", ANN)
    steps = ((Stage.TITLE_ABSTRACT, Verdict.INCLUDE), (Stage.FULL_TEXT, Verdict.INCLUDE))
    for stage, verdict in steps:
        with review.project.reader() as reader:
            edit = decide(reader, row, stage, verdict, ann)
        review.project.apply(edit)
    assert review.numbers()["new_reports"] == 4
    assert review.flow().broken == ()
    for _ in range(3):  # both decisions and the import
        review.project.undo()
    assert review.numbers() == SCREENED


def test_steps_before_full_text_may_be_typed_beside_the_records_that_were_brought_in(
    review: ReviewBuilder,
) -> None:
    review.source("From Rayyan")
    review.records("From Rayyan", ["a", "b", "c"])
    for key, value in (("records_identified", 2675), ("duplicates_removed", 750), ("records_screened", 1925),
                       ("records_excluded", 1922)):  # fmt: skip
        review.state(key, value)
    for name in "ab":
        review.decide(name, "include", "full text")
    review.decide("c", "exclude", "full text", reason="Wrong setting")
    flow = review.flow()
    assert flow.stopping == ()
    assert (flow["dbr_sought_reports"].number, flow["new_reports"].number) == (3, 2)
    told = {each.key for each in flow.broken}
    assert told == {"typed:database_results", "typed:duplicates", "typed:records_screened",
                    "typed:records_excluded"}  # fmt: skip


def test_a_form_says_what_it_has_no_column_for(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.source("Website", "website")
    review.kept("Website", ["w"])
    review.decide("w", "include", "full text")
    assert review.flow().remarks == ()
    (remark,) = review.flow(FlowForm.NEW_DATABASES).remarks
    assert remark.text == "Not shown in this form: 1 record of other methods."
