"""The code book as table and document: every code at its place, with its words and counts."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evidence_app.domain.board import Board
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import codebook
from evidence_app.services.coding.book_export import FORMATS, write_book
from evidence_app.services.synthesis import board as board_acts
from evidence_app.services.synthesis import board_codes
from evidence_app.storage import coding
from evidence_app.storage.board import board
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


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".docx", ".qdc"])
def test_groups_stand_with_their_codes_in_order(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"book{ending}"
    with Project.create(tmp_path / "review.evidence", "A review") as project, project.reader() as reader:
        for name in ("Grants", "Delay", "Rent"):
            project.apply(codebook.new_code(name))
        project.apply(board_acts.new_theme(board(reader), "What money does"))
        project.apply(board_codes.new_group(
            board(reader), "Money", board(reader).loose, board(reader).above[0]))  # fmt: skip
        (group,), rent = board(reader).groups, board(reader).codes[2]
        for _ in range(2):
            project.apply(board_codes.step_codes(board(reader), [rent], group, -1))
        write_book(reader, out)
    order = ["Rent", "Grants", "Delay"]
    if ending == ".xlsx":
        book = load_workbook(out)
        found = [[cell.value for cell in row] for row in book["Groups"].iter_rows(min_row=2)]
        assert found == [
            ["Money", "Group", "What money does", at, name, 0, 0] for at, name in enumerate(order, 1)
        ]
    elif ending == ".csv":
        table = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
        assert {row["Groups"] for row in table} == {"Money"}
    else:
        text = (
            zipfile.ZipFile(out).read("word/document.xml").decode() if ending == ".docx" else out.read_text()
        )
        after = text[text.index("Groups and their codes" if ending == ".docx" else "<Set ") :]
        codes = [
            code.guid for code in sorted(board_of(tmp_path).codes, key=lambda code: order.index(code.name))
        ]
        wanted = order if ending == ".docx" else codes
        places = [after.lower().index(each.lower()) for each in wanted]
        assert places == sorted(places)


def board_of(folder: Path) -> Board:
    """Return the board of the review that was written."""
    with Project.open(folder / "review.evidence") as project, project.reader() as reader:
        return board(reader)


def test_an_empty_code_book_and_an_unknown_ending_are_told(tmp_path: Path) -> None:
    with Project.create(tmp_path / "review.evidence", "A review") as project, project.reader() as reader:
        with pytest.raises(EvidenceError, match="no code in this review"):
            write_book(reader, tmp_path / "book.xlsx")
        with pytest.raises(EvidenceError, match="not a format"):
            write_book(reader, tmp_path / "book.pdf")
    assert list(tmp_path.glob("book*")) == []
