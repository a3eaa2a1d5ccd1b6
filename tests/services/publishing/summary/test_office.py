"""What the docx and odt files are made of: real styles, captions, sections, line and page numbers."""

import re
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from evidence_app.services.publishing.summary.writing import write_summary
from tests.doubles import sample_contents


@cache
def _parts(kind: str, profile: str) -> dict[str, str]:
    with TemporaryDirectory() as folder:
        out = Path(folder) / f"a.{kind}"
        write_summary(sample_contents(), out, profile)
        with zipfile.ZipFile(out) as packed:
            assert packed.testzip() is None
            return {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}


@pytest.mark.parametrize("profile", ["journal", "commissioner"])
def test_docx_uses_only_styles_that_the_file_has(profile: str) -> None:
    parts = _parts("docx", profile)
    used = set(re.findall(r'<w:pStyle w:val="([^"]+)"', parts["word/document.xml"]))
    known = set(re.findall(r'w:styleId="([^"]+)"', parts["word/styles.xml"]))
    assert used <= known
    assert {"Heading1", "Heading2", "Bibliography", "Compact"} <= used


@pytest.mark.parametrize("profile", ["journal", "commissioner"])
def test_odt_uses_only_styles_that_the_file_has(profile: str) -> None:
    parts = _parts("odt", profile)
    content, styles = parts["content.xml"], parts["styles.xml"]
    used = set(re.findall(r'<text:[ph] [^>]*text:style-name="([^"]+)"', content))
    known = set(re.findall(r'style:name="([^"]+)"', content + styles))
    assert used <= known
    assert {"Heading_20_1", "Bibliography"} & used


def test_the_journal_docx_has_line_numbers_page_numbers_and_a_landscape_section() -> None:
    document = _parts("docx", "journal")["word/document.xml"]
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>", document, re.DOTALL)
    assert len(sections) == 3
    assert [('w:orient="landscape"' in each) for each in sections] == [False, True, False]
    assert all("lnNumType" in each and "footerReference" in each for each in sections)
    footer = _parts("docx", "journal")["word/footer1.xml"]
    assert "PAGE" in footer


def test_the_journal_odt_has_line_numbers_and_a_landscape_page() -> None:
    parts = _parts("odt", "journal")
    assert 'text:number-lines="true"' in parts["styles.xml"]
    assert parts["content.xml"].count('style:master-page-name="Landscape"') == 1
    assert parts["content.xml"].count('style:master-page-name="Standard"') == 1


def test_captions_number_themselves() -> None:
    document = _parts("docx", "journal")["word/document.xml"]
    assert len(re.findall(r"SEQ Table", document)) == 2
    assert len(re.findall(r"SEQ Figure", document)) == 1


def test_rows_are_never_split_and_headers_repeat() -> None:
    document = _parts("docx", "journal")["word/document.xml"]
    assert document.count("<w:cantSplit") == document.count("<w:tr>") + document.count("<w:tr ")
    assert document.count("<w:tblHeader") == 2


def test_no_marker_of_ours_is_left() -> None:
    for profile in ("journal", "commissioner"):
        assert "Desk" not in _parts("docx", profile)["word/document.xml"].replace("Evidence Desk", "")
        assert "Desk" not in _parts("odt", profile)["content.xml"].replace("Evidence Desk", "")


def test_the_file_s_properties_are_the_review_s() -> None:
    parts = _parts("docx", "journal")
    assert "Commissioning and co-production" in parts["docProps/core.xml"]
    assert "Rebecca J. Scott" in parts["docProps/core.xml"]
    assert "style.csl" not in "".join(parts.values())
    assert "Commissioning and co-production" in _parts("odt", "journal")["meta.xml"]


def test_pictures_are_there_with_words_for_those_who_do_not_see_them() -> None:
    parts = _parts("docx", "journal")
    assert any(name.startswith("word/media/") for name in parts)
    assert "Study selection. Records from databases" in parts["word/document.xml"]


def test_citations_in_docx_lead_to_their_entries() -> None:
    document = _parts("docx", "journal")["word/document.xml"]
    wanted = set(re.findall(r'w:anchor="(ref-[^"]+)"', document))
    there = set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', document))
    assert wanted
    assert wanted <= there
