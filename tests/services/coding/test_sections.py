"""A section reaches from its heading to the next of its depth, whether an outline tells of it or not."""

from pathlib import Path

from evidence_app.domain.coding import Document
from evidence_app.services.coding.documents import as_document
from evidence_app.services.coding.full_texts import pasted, read_document
from evidence_app.services.coding.pdf import PdfFile
from evidence_app.services.coding.sections import section_at, sections
from tests.services.coding.pdfs import made_pdf

NUMBERED = """Abstract
We asked 12 people.
1 | INTRODUCTION
In 2019 there was none.
3 | RESULTS
All were asked.
3.1 | Money
12 people were late.
3.2. Trust
It went.
4 | DISCUSSION
So it is.
References
"""


def titles(text: str) -> list[tuple[str, str]]:
    return [(each.title, text[each.start : each.end].split("\n")[-2]) for each in sections(_of(text), text)]


def _of(text: str) -> Document:
    return as_document(pasted(text))


def test_numbered_headings_end_where_the_next_of_their_depth_begins() -> None:
    assert titles(NUMBERED) == [
        ("Abstract", "We asked 12 people."), ("1 | INTRODUCTION", "In 2019 there was none."),
        ("3 | RESULTS", "It went."), ("3.1 | Money", "12 people were late."), ("3.2. Trust", "It went."),
        ("4 | DISCUSSION", "So it is."), ("References", "References"),
    ]  # fmt: skip


def test_the_items_of_a_list_are_no_headings() -> None:
    text = (
        "1 Methods\nWe asked.\n2 Results\nIt needs:\n1. Fewer forms.^{5}\n2. Money paid quarterly.\n"
        "3. Rest for those who ask\nfor it at night.\n1. Another list\nThis took time.\n"
        "3 What follows\nSo it is.\n"
    )
    assert [each.title for each in sections(_of(text), text)] == ["1 Methods", "2 Results", "3 What follows"]


def test_the_innermost_section_is_the_one_at_a_place() -> None:
    found = sections(_of(NUMBERED), NUMBERED)
    for words, title in (
        ("All were", "3 | RESULTS"),
        ("people were late", "3.1 | Money"),
        ("3 | RES", "3 | RESULTS"),
    ):
        section = section_at(found, NUMBERED.index(words))
        assert section is not None
        assert section.title == title
    assert section_at(sections(_of("No heading."), "No heading."), 3) is None


def test_the_outline_of_a_pdf_tells_its_sections(tmp_path: Path) -> None:
    marks = "= Voices\nMoney came.\n== Of carers\nNobody asked.\n#pagebreak()\n= What follows\nThe end."
    path = made_pdf(tmp_path / "outlined.pdf", marks)
    read = read_document(path)
    with PdfFile(path) as file:
        found = sections(as_document(read), read.text, file.outline())
    assert [(each.title, each.depth) for each in found] == [
        ("Voices", 0),
        ("Of carers", 1),
        ("What follows", 0),
    ]
    assert " ".join(read.text[found[0].start : found[0].end].split()) == (
        "Voices Money came. Of carers Nobody asked."
    )
