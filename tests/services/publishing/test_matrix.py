"""The matrix as files: summaries and absences are in them, and text from records stays text."""

import csv
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Cited, Role, Text
from evidence_app.domain.matrix import Absence, CellMarks, CellPlace, CellSummary
from evidence_app.domain.reference import Reference, ReferenceId
from evidence_app.domain.review import Review
from evidence_app.domain.synthesis import Theme, ThemeKind
from evidence_app.services.publishing.matrix.heat_map import mixed, readable
from evidence_app.services.publishing.matrix.records import as_json, csv_bytes
from evidence_app.services.publishing.matrix.sheet import Sheet
from evidence_app.services.publishing.matrix.writing import FORMATS, write_matrix
from evidence_app.services.synthesis.matrix_themes import matrix_of

HOSTILE = '=HYPERLINK("http://x") <b>&\x0b 委托'


def a_sheet() -> Sheet:
    """One cited cell, one absent with a summary, one not looked at; names that are out for trouble."""
    reports = tuple(
        Reference(
            id=ReferenceId(row), guid=f"r{row}", number=row, included=True,
            item={"title": HOSTILE, "author": [{"family": HOSTILE if row == 1 else "Ada"}]},
        )
        for row in (1, 2)
    )  # fmt: skip
    themes = (
        Theme(id=1, guid="t1", name=HOSTILE, kind=ThemeKind.ANALYTIC),
        Theme(id=2, guid="t2", name="Power", kind=ThemeKind.TOPIC, parents=(1,)),
    )
    anchor = Anchor("a", Role.EVIDENCE, (Cited(ReferenceId(1)),))
    block = Block(
        guid="b", id=1, section=1, theme=2, runs=(Text("Finding"), AnchorPlace("a")), anchors=(anchor,)
    )
    contents = ReviewContents(
        review=Review(title=HOSTILE), references=reports, themes=themes, blocks=(block,)
    )
    marks = CellMarks({CellPlace(2, 2): Absence(1)}, {CellPlace(2, 2): CellSummary(1, f"Nothing. {HOSTILE}")})
    matrix = matrix_of(contents, marks)
    return Sheet(matrix, matrix.rows)


def test_csv_tells_counts_absence_and_what_nobody_looked_at() -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(a_sheet()).decode("utf-8-sig"), newline="")))
    assert [row[2:] for row in rows[1:]] == [["1", "1"], ["absent", "absent"]]
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_json_holds_findings_and_summaries() -> None:
    made = as_json(a_sheet())
    assert made["rows"][0]["cells"][0] == {
        "count": 1, "state": "cited", "findings": ["1"], "quotations": [], "quoted": [], "summary": "",
    }  # fmt: skip
    assert made["rows"][1]["cells"][0]["state"] == "checked, absent"
    assert made["rows"][1]["cells"][0]["summary"].startswith("Nothing.")
    assert json.loads(json.dumps(made)) == made


def test_the_workbook_has_summaries_and_says_what_is_counted(tmp_path: Path) -> None:
    write_matrix(a_sheet(), tmp_path / "m.xlsx")
    book = load_workbook(tmp_path / "m.xlsx")
    assert book.sheetnames == ["Matrix", "Summaries", "About"]
    assert [cell.value for cell in book["Matrix"][2]][2:] == [1, 1]
    assert str(book["Summaries"]["E2"].value).startswith("Nothing.")
    assert book["Matrix"]["B2"].data_type == "s"


def test_the_document_lists_the_summaries(tmp_path: Path) -> None:
    write_matrix(a_sheet(), tmp_path / "m.docx")
    with zipfile.ZipFile(tmp_path / "m.docx") as packed:
        root = ElementTree.fromstring(packed.read("word/document.xml"))
    words = "".join(root.itertext())
    assert "Framework summaries" in words
    assert "Nothing. =HYPERLINK" in words


def test_the_heat_map_is_sound_and_holds_text_as_text(tmp_path: Path) -> None:
    write_matrix(a_sheet(), tmp_path / "m.svg")
    root = ElementTree.fromstring((tmp_path / "m.svg").read_bytes())
    assert "委托" in "".join(root.itertext())
    assert not root.findall(".//{http://www.w3.org/2000/svg}b")


@pytest.mark.parametrize("ending", FORMATS)
def test_an_empty_matrix_can_be_written(tmp_path: Path, ending: str) -> None:
    matrix = matrix_of(ReviewContents(review=Review(title="New")))
    out = tmp_path / f"m{ending}"
    write_matrix(Sheet(matrix, ()), out)
    assert out.stat().st_size > 0


def test_another_ending_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="not a format"):
        write_matrix(a_sheet(), tmp_path / "m.pdf")
    assert not list(tmp_path.iterdir())


def test_numbers_can_be_read_on_every_depth() -> None:
    assert (mixed("#4D66E2", 0.27), readable(mixed("#4D66E2", 0.27))) == ("#CFD6F7", "#1C1E23")
    assert readable("#036F68") == "#FFFFFF"
