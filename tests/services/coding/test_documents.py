"""Attaching documents, and putting a newer version in the place of one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.coding import AnchorState, RegionKind
from evidence_app.domain.edit import Edit, insert
from evidence_app.services.coding import documents
from evidence_app.services.coding.anchoring import anchor_of
from evidence_app.services.coding.full_texts import pasted, read_document
from evidence_app.services.coding.marking import mark_region
from evidence_app.services.coding.quoting import quote
from evidence_app.services.library.attachments import keep_copies, place_of
from evidence_app.services.progress import silent
from evidence_app.storage import coding, coding_notes
from evidence_app.storage.project import Project
from tests.services.coding.pdfs import made_pdf

TEXT = "In the first year money arrived late. Then trust was lost for good.\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "review.evidence") as made:
        made.apply(Edit("Add", (insert("reference", type="report", title="One"),)))
        yield made


def quoted(project: Project, *passages: str) -> None:
    with project.reader() as reader:
        (document,) = coding.documents(reader)
        text = coding.text_of(reader, document.id)
    for passage in passages:
        start = text.index(passage)
        project.apply(quote(document, anchor_of(document, text, start, start + len(passage))))


def test_a_pdf_lies_beside_the_project_and_its_text_in_it(project: Project, tmp_path: Path) -> None:
    path = made_pdf(tmp_path / "one.pdf", "Money arrived late. #pagebreak() Trust was lost.")
    read = read_document(path)
    (kept,) = keep_copies(project.path, [path], silent)
    project.apply(documents.attach(1, read, kept))
    path.unlink()
    with project.reader() as reader:
        (document,) = coding.documents(reader, 1)
        assert coding.text_of(reader, document.id) == read.text
        found = coding.attached_file(reader, document.id)
    assert (document.kind, len(document.pages), document.text_sha256) == ("pdf", 2, read.text_sha256)
    assert found is not None
    assert place_of(project.path, *found).is_file()
    shutil.rmtree(place_of(project.path, *found).parent.parent)


def test_attaching_is_one_undo(project: Project) -> None:
    project.apply(documents.attach(1, pasted(TEXT), None))
    project.undo()
    with project.reader() as reader:
        assert coding.documents(reader) == []


def test_a_newer_version_takes_its_quotations_along_or_lists_them_as_lost(project: Project) -> None:
    project.apply(documents.attach(1, pasted(TEXT), None))
    quoted(project, "money arrived late", "trust was lost")
    with project.reader() as reader:
        (document,) = coding.documents(reader)
        before = coding.quotations(reader, document.id)
    newer = pasted(f"A new preface. {TEXT}".replace("trust was lost", "trust went"))
    found = documents.replace(document, newer, None, before)
    assert found.told == "1 of 2 quotations placed in the new version; 1 lost, listed as such."
    assert [each.anchor.exact for each in found.lost] == ["trust was lost"]
    project.apply(found.edit)
    with project.reader() as reader:
        (replaced,) = coding.documents(reader)
        text = coding.text_of(reader, replaced.id)
        placed, lost = coding.quotations(reader, replaced.id)
    assert replaced.replaces == document.id
    assert text[placed.anchor.start : placed.anchor.end] == "money arrived late"
    assert (placed.state, lost.state) == (AnchorState.PLACED, AnchorState.LOST)
    project.apply(documents.place_again(lost, anchor_of(replaced, text, *span(text, "trust went"))))
    with project.reader() as reader:
        assert coding.quotations(reader, replaced.id)[1].state is AnchorState.PLACED
    project.undo()
    project.undo()
    with project.reader() as reader:
        assert [each.id for each in coding.documents(reader)] == [document.id]
        assert coding.quotations(reader, document.id) == before


def test_what_was_to_be_coded_goes_along_to_where_it_begins_and_ends(project: Project) -> None:
    project.apply(documents.attach(1, pasted(TEXT), None))
    with project.reader() as reader:
        (document,) = coding.documents(reader)
    project.apply(mark_region(document, RegionKind.RESULTS, *span(TEXT, "Then trust was lost for good.")))
    with project.reader() as reader:
        regions = coding_notes.regions(reader)
    newer = pasted(TEXT.replace("In the", "Right in the").replace("was lost", "had been lost"))
    found = documents.replace(document, newer, None, (), regions, text=TEXT)
    assert found.regions_lost == 1, "its words were changed"
    newer = pasted(f"Preface.\n{TEXT}")
    found = documents.replace(document, newer, None, (), regions, text=TEXT)
    project.apply(found.edit)
    with project.reader() as reader:
        (moved,) = coding_notes.regions(reader)
        text = coding.text_of(reader, moved.document)
    assert text[moved.start : moved.end] == "Then trust was lost for good."
    project.undo()
    with project.reader() as reader:
        assert coding_notes.regions(reader) == regions


def test_a_passage_lies_on_the_lines_of_the_newer_pdf(project: Project, tmp_path: Path) -> None:
    one, two = (
        made_pdf(tmp_path / f"{number}.pdf", f"{before}In the end, trust was lost for good. {after}")
        for number, before, after in ((1, "", ""), (2, "#pagebreak()\n", "It came back."))
    )
    project.apply(documents.attach(1, read_document(one), None))
    quoted(project, "trust was lost")
    with project.reader() as reader:
        (document,) = coding.documents(reader)
        quotations = coding.quotations(reader, document.id)
    project.apply(documents.replace(document, read_document(two), None, quotations, file=two).edit)
    with project.reader() as reader:
        (moved,) = coding.quotations(reader, coding.documents(reader)[0].id)
    assert (moved.anchor.page, {box.page for box in moved.anchor.rectangles}) == (2, {2})


def span(text: str, passage: str) -> tuple[int, int]:
    start = text.index(passage)
    return start, start + len(passage)
