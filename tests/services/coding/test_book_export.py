"""The code book as table and document: every code at its place, with its words and counts."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import codebook
from evidence_app.services.coding.book_export import FORMATS, write_book
from evidence_app.storage import coding
from evidence_app.storage.project import Project


def stocked(project: Project) -> None:
    """A tree of two levels with definitions, one of which a spreadsheet would take for a formula."""
    with project.reader() as reader:
        project.apply(codebook.new_code("Money", colour="#3850C4"))
        (money,) = coding.codes(reader)
        project.apply(codebook.define(money, definition="=2+2", inclusion="Grants", exclusion="Time"))
        project.apply(codebook.new_code("Late", money))
        project.apply(codebook.new_code("Late"))


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_holds_every_code_at_its_place(tmp_path: Path, ending: str) -> None:
    with Project.create(tmp_path / "review.evidence", "A review") as project:
        stocked(project)
        out = tmp_path / f"book{ending}"
        with project.reader() as reader:
            assert write_book(reader, out) == 3
    if ending == ".xlsx":
        sheet = load_workbook(out).active
        assert sheet is not None
        found = [[cell.value for cell in row][:3] for row in sheet.iter_rows(min_row=2)]
        assert [row[:2] for row in found] == [["Money", None], ["Late", "Money"], ["Late", None]]
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    elif ending == ".csv":
        rows = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"))))
        assert [row[0] for row in rows] == ["Code", "Money", "Late", "Late"]
        assert not rows[1][2].startswith("=")
    elif ending == ".docx":
        with zipfile.ZipFile(out) as file:
            text = file.read("word/document.xml").decode("utf-8")
        assert text.count("Late") == 2
        assert "Do not use it for: Time" in text
    else:
        assert out.read_text("utf-8").count("<Code ") == 3


def test_an_empty_code_book_and_an_unknown_ending_are_told(tmp_path: Path) -> None:
    with Project.create(tmp_path / "review.evidence", "A review") as project, project.reader() as reader:
        with pytest.raises(EvidenceError, match="no code in this review"):
            write_book(reader, tmp_path / "book.xlsx")
        with pytest.raises(EvidenceError, match="not a format"):
            write_book(reader, tmp_path / "book.pdf")
    assert list(tmp_path.glob("book*")) == []
