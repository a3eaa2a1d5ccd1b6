"""PDFs travel with their files, and passages come back on their lines."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from evidence_app.domain.edit import Edit, insert
from evidence_app.services.coding import codebook, coding, documents
from evidence_app.services.coding.anchoring import anchor_of
from evidence_app.services.coding.auto_coding import auto_code, places
from evidence_app.services.coding.exchange.files import send_out
from evidence_app.services.coding.full_texts import read_document
from evidence_app.services.coding.highlights import rectangles_of
from evidence_app.services.coding.pdf import PdfFile
from evidence_app.services.library.attachments import keep_copies
from evidence_app.storage import coding as stored
from evidence_app.storage.project import Project
from tests.services.coding.exchange.packages import SCHEMAS, taken_in, validate
from tests.services.coding.pdfs import made_pdf


@pytest.fixture
def project(tmp_path: Path) -> Any:
    with Project.create(tmp_path / "review.evidence", "A review") as made:
        yield made


def test_a_pdf_travels_with_its_file_and_its_quotations_come_back_on_their_lines(
    project: Project, tmp_path: Path
) -> None:
    made = made_pdf(tmp_path / "report.pdf", "= Findings\nMoney came late.\n#pagebreak()\nNobody asked us.")
    reference = insert("reference", title="A report")
    project.apply(Edit("Add", (reference,)))
    read = read_document(made)
    with project.reader() as reader:
        row = int(reader.value("SELECT id FROM live_reference"))
        project.apply(documents.attach(row, read, keep_copies(project.path, [made], lambda *_: None)[0]))
        (document,) = stored.documents(reader)
        start = read.text.index("Nobody asked us")
        with PdfFile(made) as pdf:
            lines = rectangles_of(pdf, document, read.text, start, start + 15)
        anchor = anchor_of(document, read.text, start, start + 15, lines)
        project.apply(codebook.new_code("Voice"))
        passage = coding.passage_at(document, anchor, [])
        project.apply(coding.code_passage(passage, stored.codes(reader)))
        out = tmp_path / "out.qdpx"
        assert send_out(reader, out).codings == 1
        before = stored.all_quotations(reader)[0].anchor
    if SCHEMAS.exists():
        with zipfile.ZipFile(out) as file:
            validate(file.read("project.qde"), "Project.xsd")
    with Project.create(tmp_path / "empty.evidence", "Empty") as empty, empty.reader() as reader:
        told = taken_in(empty, out)
        assert (told.placed, told.lost) == (1, [])
        (quotation,) = stored.all_quotations(reader)
        assert (quotation.anchor.exact, quotation.anchor.page) == ("Nobody asked us", 2)
        assert quotation.anchor.rectangles == before.rectangles
        assert stored.documents(reader)[0].is_pdf
        assert stored.attached_file(reader, 1) is not None


def test_a_passage_found_by_its_words_goes_out_with_its_place_on_the_page(
    project: Project, tmp_path: Path
) -> None:
    made = made_pdf(tmp_path / "report.pdf", "= Findings\nMoney came late.\n#pagebreak()\nNobody asked us.")
    project.apply(Edit("Add", (insert("reference", title="A report"),)))
    read = read_document(made)
    with project.reader() as reader:
        row = int(reader.value("SELECT id FROM live_reference"))
        project.apply(documents.attach(row, read, keep_copies(project.path, [made], lambda *_: None)[0]))
        project.apply(codebook.new_code("Voice"))
        (document,) = stored.documents(reader)
        found = places([(document, read.text)], "nobody asked")
        (voice,) = stored.codes(reader)
        project.apply(auto_code(found, voice, {document.id: read.text}, (), (), coding.NOBODY))
        send_out(reader, tmp_path / "out.qdpx")
    with zipfile.ZipFile(tmp_path / "out.qdpx") as file:
        root = etree.fromstring(file.read("project.qde"))
    selections = [each.attrib for each in root.iter() if str(each.tag).endswith("PDFSelection")]
    assert [each["page"] for each in selections] == ["1"]
    assert int(selections[0]["secondX"]) - int(selections[0]["firstX"]) > 40
