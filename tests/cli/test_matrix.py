"""The command `matrix` on the sample: the same numbers in every format, and errors in a sentence."""

import csv
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from openpyxl import load_workbook

from tests.cli.running import run


def written(folder: Path, name: str, *options: str) -> Path:
    out = folder / name
    ended = run("matrix", "sample", out, *options)
    assert (ended.code, ended.err) == (0, "")
    return out


def test_json_holds_cells_that_agree_with_themes(tmp_path: Path) -> None:
    matrix = json.loads(written(tmp_path, "m.json").read_text("utf-8"))
    reports = {theme["id"]: theme["reports"] for theme in run("themes", "sample", "--json").json}
    assert (len(matrix["rows"]), matrix["anchors"]) == (47, 109)
    assert {column["theme"] for column in matrix["columns"]} == set(reports)
    for at, column in enumerate(matrix["columns"]):
        cited = sum(row["cells"][at]["count"] > 0 for row in matrix["rows"])
        assert cited == column["reports"] == reports[column["theme"]]
    states = {cell["state"] for row in matrix["rows"] for cell in row["cells"]}
    assert states == {"cited", "not yet looked at"}


def test_workbook_and_csv_hold_the_same_numbers(tmp_path: Path) -> None:
    with written(tmp_path, "m.csv", "--with", "country").open(encoding="utf-8-sig", newline="") as file:
        plain = list(csv.reader(file))
    book = load_workbook(written(tmp_path, "m.xlsx", "--with", "country"), read_only=True)
    sheet = [["" if cell is None else str(cell) for cell in row] for row in book["Matrix"].values]
    book.close()
    assert sheet == plain
    assert (len(plain), plain[0][:3], plain[1][:3]) == (48, ["No.", "Report", "Country"], plain[1][:3])
    assert [row[0] for row in plain[1:]] == [str(number) for number in range(55, 102)]


def test_the_heat_map_says_what_is_counted(tmp_path: Path) -> None:
    drawn = ElementTree.fromstring(written(tmp_path, "m.svg").read_bytes())
    words = " ".join(text for text in drawn.itertext())
    assert "109 evidence anchors" in words
    assert "not yet looked at" in words
    assert "Navigating relationships" in words


def test_the_document_has_a_table_for_each_main_theme(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path, "m.docx", "--country", "Wales")) as packed:
        document = packed.read("word/document.xml").decode()
    assert document.count("<w:tbl>") == 5
    assert "1 of 47 reports (Wales)" in document


def test_filters_and_order(tmp_path: Path) -> None:
    out = written(tmp_path, "m.json", "--query", "year:2019", "--country", "England", "--order", "cited")
    rows = json.loads(out.read_text("utf-8"))["rows"]
    assert {row["number"] for row in rows} < set(range(55, 102))
    assert {row["report"][-4:] for row in rows} == {"2019"}


def test_the_columns_can_be_values_of_characteristics(tmp_path: Path) -> None:
    made = json.loads(
        written(tmp_path, "m.json", "--by", "country", "--by", "Service type").read_text("utf-8")
    )
    assert (made["by"], made["counts"], len(made["rows"])) == ("characteristics", "reports", 47)
    assert {column["characteristic"] for column in made["columns"]} == {"country", "service"}
    countries = [each for each in made["columns"] if each["characteristic"] == "country"]
    assert sum(column["reports"] for column in countries) == 47
    for row in made["rows"]:
        assert sum(cell["count"] for cell in row["cells"][: len(countries)]) == 1
    for name in ("m.xlsx", "m.svg", "m.docx", "m.csv"):
        assert written(tmp_path, name, "--by", "country", "--where", "kind=thesis").stat().st_size > 0


def test_a_row_for_each_study_and_only_some_columns(tmp_path: Path) -> None:
    out = written(tmp_path, "m.json", "--per", "study", "--columns", "governance", "--used")
    made = json.loads(out.read_text("utf-8"))
    assert made["unit"] == "study"
    assert [column["name"] for column in made["columns"]] == ["Governance"]
    assert any("Not all columns are shown" in note for note in made["notes"])


def test_a_review_without_codes_says_so_by_having_no_columns(tmp_path: Path) -> None:
    made = json.loads(written(tmp_path, "m.json", "--by", "codes").read_text("utf-8"))
    assert (made["columns"], made["counts"], len(made["rows"])) == ([], "quotations", 47)


def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path: Path) -> None:
    ended = run("matrix", "sample", tmp_path / "m.pdf")
    assert ended.code == 1
    assert ".xlsx, .csv, .json, .docx, .svg" in ended.err
    ended = run("matrix", "sample", tmp_path / "m.csv", "--with", "colour")
    assert ended.code == 1
    assert "country" in ended.err
    assert not list(tmp_path.iterdir())
    ended = run("matrix", "sample", tmp_path / "m.csv", "--by", "colour")
    assert (ended.code, "country" in ended.err) == (1, True)
    ended = run("matrix", "sample", tmp_path / "m.csv", "--by", "codes", "--by", "country")
    assert ended.code == 2
    assert not list(tmp_path.iterdir())
