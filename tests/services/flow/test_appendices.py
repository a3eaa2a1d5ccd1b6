"""The tables beside the diagram: what they say where there is nothing to list, and how they are set."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, SetColumns
from evidence_app.domain.flow import MEASURE
from evidence_app.services.flow import acts
from evidence_app.services.flow.appendices import excluded_full_texts, search_appendix, write_excluded
from evidence_app.storage.flow import flow_facts
from tests.services.flow.reviews import ReviewBuilder, a_screened_review


@pytest.fixture
def review(tmp_path: Path) -> Iterator[ReviewBuilder]:
    builder = ReviewBuilder(tmp_path)
    yield builder
    builder.close()


def excluded_note(review: ReviewBuilder) -> str:
    with review.project.reader() as reader:
        return excluded_full_texts(reader).note


def test_what_is_not_reported_is_not_called_nothing(review: ReviewBuilder) -> None:
    assert excluded_note(review) == (
        "Which reports were excluded after reading the full text is not reported."
    )
    with review.project.reader() as reader:
        typed = acts.type_number(flow_facts(reader), MEASURE["dbr_excluded"], "6")
    review.project.apply(typed)
    assert excluded_note(review) == (
        "6 reports were excluded after reading the full text; which they are is not recorded here."
    )


def test_what_was_excluded_is_counted(review: ReviewBuilder) -> None:
    a_screened_review(review)
    with review.project.reader() as reader:
        table = excluded_full_texts(reader)
    number = len(table.rows)
    assert number
    assert table.note.startswith(f"{number} report{'s were' if number > 1 else ' was'} excluded")


def test_a_wide_table_begins_on_the_first_page(review: ReviewBuilder, tmp_path: Path) -> None:
    a_screened_review(review)
    out = tmp_path / "excluded.docx"
    write_excluded(review.project.path, out)
    with zipfile.ZipFile(out) as packed:
        document = packed.read("word/document.xml").decode()
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>", document, re.DOTALL)
    assert "landscape" in sections[0]
    assert "<w:sectPr" not in document[: document.index("Excluded full texts with reasons")]


def test_notes_follow_each_other_as_sentences(review: ReviewBuilder) -> None:
    review.source("MEDLINE", note="Run twice.")
    review.project.apply(
        Edit("Note", (SetColumns("source", review.row("source", "source-MEDLINE"), {"note": ""},
                                 {"note": "Its indexes are named."}),))
    )  # fmt: skip
    with review.project.reader() as reader:
        (row,) = search_appendix(reader).rows
    assert row[-1] == "Its indexes are named. Run twice."
