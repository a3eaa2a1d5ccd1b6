"""Reading documents of every kind into one frozen text."""

import subprocess
from pathlib import Path

import pikepdf
import pytest

from evidence_app.domain.coding import Page
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import pdf
from evidence_app.services.coding.documents import as_document
from evidence_app.services.coding.full_texts import FullText, pasted, read_document
from evidence_app.services.publishing import pandoc
from tests.services.coding.pdfs import made_pdf, scanned_pdf


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    path = made_pdf(tmp_path / "a.pdf", "= Results\nMoney arrived late. #pagebreak() Trust was lost.")
    found = read_document(path)
    assert found.text == "Results\nMoney arrived late.\nTrust was lost.\n"
    assert [page.start for page in found.pages] == [0, 28]
    assert (found.pages[0].width, found.pages[0].height) == (300, 400)
    assert found.kind == "pdf"


def test_turned_and_cropped_pages_say_so_and_have_their_boxes(tmp_path: Path) -> None:
    path = made_pdf(tmp_path / "a.pdf", "Money arrived late.")
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.pages[0].Rotate = 90
        document.pages[0].CropBox = pikepdf.Array([10, 20, 290, 390])
        document.save(path)
    found = read_document(path)
    assert found.pages == (Page(0, 370, 280, 90, 10, 20),)
    assert found.pages[0].own_size == (280, 370)
    with pdf.PdfFile(path) as file:
        (line,) = pdf.lines_of(1, file.layer(1, found.text).boxes[6:13])
        picture = file.picture(1, 1)
    assert (picture.width, picture.height) == (370, 280)
    assert line.x1 - line.x0 > 30 > line.y1 - line.y0


def test_the_number_printed_on_a_page_is_the_one_cited(tmp_path: Path) -> None:
    path = made_pdf(tmp_path / "a.pdf", "One #pagebreak() Two")
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.Root.PageLabels = pikepdf.Dictionary(
            Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D, St=281)])
        )
        document.save(path)
    found = as_document(read_document(path))
    assert [found.printed_page(page) for page in (1, 2)] == ["281", "282"]


def test_chinese_pages_keep_their_characters_and_boxes(tmp_path: Path) -> None:
    path = made_pdf(tmp_path / "zh.pdf", "委托服务的协同生产需要时间。第二句话在这里。")
    found = read_document(path)
    assert found.text == "委托服务的协同生产需要时间。第二句话在这里。\n"
    with pdf.PdfFile(path) as file:
        boxes = file.layer(1, found.text).boxes
    assert len(boxes) == len(found.text)
    assert all(box is not None for box in boxes[:-1])


def test_a_scan_has_pages_and_no_text(tmp_path: Path) -> None:
    found = read_document(scanned_pdf(tmp_path / "scan.pdf"))
    assert (found.text, len(found.pages)) == ("", 1)


def test_word_documents_and_web_pages_are_read_as_their_words(tmp_path: Path) -> None:
    source = "# Results\n\nMoney *arrived* late.\n\n- Trust was lost\n"
    made = pandoc.run(["--from=markdown", "--to=docx"], source)
    (tmp_path / "a.docx").write_bytes(made)
    (tmp_path / "a.md").write_text(source, "utf-8")
    (tmp_path / "a.html").write_text("<h1>Results</h1><p>Money <em>arrived</em> late.</p>", "utf-8")
    for name in ("a.docx", "a.md", "a.html"):
        found = read_document(tmp_path / name)
        assert "Results" in found.text
        assert "Money arrived late." in found.text
        assert found.pages == ()


def test_a_text_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Ärger über Fördermittel\r\nzu spät".encode("cp1252"))
    (tmp_path / "b.txt").write_bytes("委托服务的协同生产需要时间和信任".encode("gb18030"))
    (tmp_path / "c.txt").write_bytes("\ufeffe\u0301".encode("utf-16"))
    assert read_document(tmp_path / "a.txt").text == "Ärger über Fördermittel\nzu spät"
    assert read_document(tmp_path / "b.txt").text == "委托服务的协同生产需要时间和信任"
    assert read_document(tmp_path / "c.txt").text == "é"


def test_what_is_no_document_is_refused_in_words(tmp_path: Path) -> None:
    for name, content, words in (
        ("a.xyz", b"?", "no kind of document"), ("a.pdf", b"%PDF-1.7 broken", "damaged"),
        ("a.docx", b"no zip", "could not be read"),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(content)
        with pytest.raises(EvidenceError, match=words):
            read_document(tmp_path / name)
    with pytest.raises(EvidenceError, match="could not be opened"):
        read_document(tmp_path / "missing.txt")


def test_a_protected_pdf_says_so(tmp_path: Path) -> None:
    path = made_pdf(tmp_path / "a.pdf", "Secret")
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(EvidenceError, match="password"):
        read_document(path)


def test_pasted_text_is_a_document_and_nothing_is_none() -> None:
    assert pasted("a\r\nb").text == "a\nb"
    assert isinstance(pasted("a"), FullText)
    with pytest.raises(EvidenceError):
        pasted(" \n")


def test_reading_needs_no_window_and_no_pdf_library_before_a_pdf_comes() -> None:
    code = (
        "import sys; import evidence_app.services.coding.full_texts, evidence_app.services.coding.documents;"
        "sys.exit('pypdfium2' in sys.modules or 'pikepdf' in sys.modules)"
    )
    import sys

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
