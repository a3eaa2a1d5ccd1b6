"""A list of works as a file, in every format."""

import zipfile
from pathlib import Path

import pytest

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.services.publishing.bibliography import FORMATS, write_bibliography
from tests.doubles import a_reference, sample_contents

_TITLE = "委托 of *services* <b>& more</b>"


def _some() -> list[Reference]:
    return [a_reference(2, type="report", title=_TITLE, author=[{"literal": "NESTA, The Lab"}], year=2019)]


def _text_of(path: Path) -> str:
    if path.suffix in (".docx", ".odt"):
        name = "word/document.xml" if path.suffix == ".docx" else "content.xml"
        return zipfile.ZipFile(path).read(name).decode()
    return path.read_text("utf-8")


_READABLE = [kind for kind in FORMATS if kind != "pdf"]


@pytest.mark.parametrize("kind", _READABLE)
def test_every_format_holds_the_work_under_its_own_number(tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"list.{kind}"
    assert write_bibliography(_some(), out) == ()
    text = _text_of(out)
    assert "NESTA" in text
    assert "2" in text
    assert "委托" in text


def test_the_pdf_is_tagged_and_says_which_characters_it_lacks(tmp_path: Path) -> None:
    out = tmp_path / "list.pdf"
    lacking = a_reference(3, type="report", title="No font has \U0010abcd")
    (warning,) = write_bibliography([lacking], out, title="Works of mine")
    assert "U+10ABCD" in warning
    made = out.read_bytes()
    assert made.startswith(b"%PDF")
    assert b"Works of mine" in made
    assert b"pdfuaid" in made


@pytest.mark.parametrize("kind", _READABLE)
def test_the_sample_s_list_is_whole(tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"list.{kind}"
    write_bibliography(sample_contents().references, out)
    text = _text_of(out)
    assert "Needham" in text
    assert text.count("doi") >= 48


def test_text_is_text(tmp_path: Path) -> None:
    write_bibliography(_some(), tmp_path / "list.txt", title="Works")
    expected = "Works\n\n2. NESTA, The Lab. 委托 of *Services* & More. 2019.\n"
    assert (tmp_path / "list.txt").read_text("utf-8").replace("Published online ", "") == expected


def test_markdown_escapes_what_would_be_markup(tmp_path: Path) -> None:
    write_bibliography(_some(), tmp_path / "list.md")
    text = (tmp_path / "list.md").read_text("utf-8")
    assert r"\*Services\*" in text
    assert text.startswith("# References")


def test_html_loads_nothing_and_runs_nothing(tmp_path: Path) -> None:
    write_bibliography(_some(), tmp_path / "list.html")
    text = (tmp_path / "list.html").read_text("utf-8")
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert "src=" not in text.replace("default-src=", "")


def test_updated_works_carry_a_mark(tmp_path: Path) -> None:
    work = a_reference(1, type="report", title="Once believed")
    write_bibliography([work], tmp_path / "list.txt", marks={work.id: "[Retracted, 2020-01-01]"})
    assert "[Retracted, 2020-01-01]" in (tmp_path / "list.txt").read_text("utf-8")


def test_an_empty_list_says_so(tmp_path: Path) -> None:
    for kind in FORMATS:
        write_bibliography([], tmp_path / f"list.{kind}")
    assert "no works" in (tmp_path / "list.txt").read_text("utf-8")


def test_an_unknown_format_changes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "list.xyz"
    with pytest.raises(EvidenceError, match=r"Use one of: \.docx"):
        write_bibliography(_some(), out)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="could not be written"):
        write_bibliography(_some(), tmp_path / "nowhere" / "list.txt")
