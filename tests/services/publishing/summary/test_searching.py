"""The methods of a review whose searches and screening were done here print what is counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.manuscript import Text
from evidence_app.services.publishing.summary.model import Sign
from evidence_app.services.publishing.summary.numbers import reports_and_studies
from evidence_app.services.publishing.summary.searching import search_sentences
from evidence_app.services.publishing.summary.selection import contents_with_flow
from tests.services.flow.reviews import ReviewBuilder, a_screened_review


@pytest.fixture
def review(tmp_path: Path) -> Iterator[ReviewBuilder]:
    builder = ReviewBuilder(tmp_path)
    yield builder
    builder.close()


def said(review: ReviewBuilder) -> str:
    with review.project.reader() as reader:
        words = search_sentences(contents_with_flow(reader))
    shown = (
        word.text if isinstance(word, Text) else word.sign for word in words if isinstance(word, Text | Sign)
    )
    return "".join(shown).replace("\u00a0", " ")


def test_what_was_imported_removed_and_screened_is_counted(review: ReviewBuilder) -> None:
    a_screened_review(review)
    assert said(review) == (
        "Two sources were searched on 2–3 January 2026: Medline (n = 6‡) and Embase (n = 6‡)."
        " These gave 12‡ records; 3‡ duplicates were removed and 8‡ were screened on title and abstract."
    )
    with review.project.reader() as reader:
        assert reports_and_studies(contents_with_flow(reader)) == "3\u00a0reports of 2\u00a0studies"


def test_what_the_review_states_goes_before_what_is_counted(review: ReviewBuilder) -> None:
    a_screened_review(review)
    review.state("records_screened", 9)
    assert "3‡ duplicates were removed and 9 were screened" in said(review)


def test_the_runs_of_one_source_are_told_together(review: ReviewBuilder) -> None:
    review.source("Medline", claimed=40)
    review.write("search", source=review.row("source", "source-Medline"), claimed=2)
    assert "One source was searched: Medline (two searches, n = 42‡). These gave 42‡ records." in said(review)


def test_a_source_whose_records_are_elsewhere_is_not_reported(review: ReviewBuilder) -> None:
    review.source("Medline")
    assert said(review) == (
        "One source was searched: Medline (number not reported). How many records these gave is not reported."
    )


def test_other_methods_say_what_was_found_by_them(review: ReviewBuilder) -> None:
    review.source("Citations of included reports", "citation searching")
    review.kept("Citations of included reports", ["x", "y"])
    assert said(review) == "Citations of included reports (n = 2) was used."
