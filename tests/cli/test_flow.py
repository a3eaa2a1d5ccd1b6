"""The command `prisma`: every format from the same numbers, and none where they contradict each other."""

import csv
import io
import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evidence_app.domain.edit import Edit, insert
from evidence_app.storage.project import Project
from tests.cli.running import run

COLUMNS = ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"]
SVG = "{http://www.w3.org/2000/svg}"


def written(folder: Path, name: str, *options: str, project: str | Path = "sample") -> Path:
    out = folder / name
    ended = run("prisma", project, out, *options)
    assert ended.code == 0, ended.err
    return out


def test_json_holds_every_box_with_number_and_state(tmp_path: Path) -> None:
    drawn = json.loads(written(tmp_path, "flow.json").read_text("utf-8"))
    known = {
        key: (box["number"], box["state"]) for key, box in drawn["boxes"].items() if box["number"] is not None
    }
    assert known == {
        "database_results": (2675, "derived"), "duplicates": (750, "derived"),
        "records_screened": (1925, "typed"), "new_reports": (47, "derived"), "new_studies": (42, "typed"),
    }  # fmt: skip
    assert {box["state"] for box in drawn["boxes"].values() if box["number"] is None} == {"not reported"}
    assert drawn["boxes"]["new_studies"]["unit"] == "studies"
    assert len(drawn["boxes"]["new_reports"]["references"]) == 47
    assert drawn["adds_up"] is True
    assert "2,675 − 750 = 1,925" in {each["words"] for each in drawn["equations"]}


def test_the_table_has_the_columns_and_keys_of_the_package(tmp_path: Path) -> None:
    with written(tmp_path, "flow.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == COLUMNS
    by_key = {row["data"]: row["n"] for row in rows}
    assert (by_key["database_results"], by_key["duplicates"], by_key["records_screened"]) == (
        "2675",
        "750",
        "1925",
    )
    assert by_key["database_specific_results"].split("; ")[0] == "MEDLINE, 834"
    assert (by_key["new_studies"], by_key["new_reports"]) == ("42", "47")
    assert by_key["records_excluded"] == by_key["dbr_excluded"] == by_key["website_results"] == "NA"


@pytest.mark.parametrize("form", ["new", "new-databases", "updated", "updated-databases", "exploratory"])
def test_the_drawing_says_its_numbers_in_every_form(tmp_path: Path, form: str) -> None:
    drawn = ElementTree.fromstring(written(tmp_path, "flow.svg", "--form", form).read_bytes())
    words = " ".join(drawn.itertext())
    for number in ("2,675", "750", "1,925", "47", "42"):
        assert number in words
    assert "not\u00a0reported" in words
    title = drawn.find(f"{SVG}title")
    assert title is not None
    assert (title.text or "").startswith("Flow diagram: Commissioning and co-production")
    assert ("other methods" in words) == (form not in ("new-databases", "updated-databases"))
    assert ("Previous studies" in words) == form.startswith("updated")


def test_picture_and_pdf_are_made_for_documents(tmp_path: Path) -> None:
    png = written(tmp_path, "flow.png").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    place = png.index(b"pHYs")
    assert int.from_bytes(png[place + 4 : place + 8], "big") == 11811  # points to the metre: 300 dpi
    assert int.from_bytes(png[16:20], "big") > 3000
    assert written(tmp_path, "flow.pdf").read_bytes().startswith(b"%PDF-1.")


@pytest.fixture
def contradicting(sample_file: Path, tmp_path: Path) -> Path:
    """The sample with full-text numbers that contradict its 47 reports."""
    path = tmp_path / "review.evidence"
    shutil.copy(sample_file, path)
    with Project.open(path) as project:
        project.apply(Edit("State two numbers", (
            insert("stated_number", key="dbr_assessed", label="Assessed", value=52, state="typed"),
            insert("stated_number", key="dbr_excluded", label="Excluded", value=6, state="typed"),
            insert("stated_number", key="other_assessed", label="Assessed, other", value=0, state="typed"),
            insert("stated_number", key="other_excluded", label="Excluded, other", value=0, state="typed"),
        )))  # fmt: skip
    return path


def test_numbers_that_do_not_add_up_are_refused_by_their_equation(
    contradicting: Path, tmp_path: Path
) -> None:
    for name in ("flow.svg", "flow.json", "flow.csv"):
        ended = run("prisma", contradicting, tmp_path / name)
        assert ended.code == 1
        assert "Included = assessed − excluded: 52 − 6 + 0 − 0 = 46, but reports included: 47." in ended.err
        assert not (tmp_path / name).exists()


def test_an_explained_contradiction_is_written_with_its_note(contradicting: Path, tmp_path: Path) -> None:
    with Project.open(contradicting) as project:
        note = insert("flow_note", equation="included", text="One report was found by the editor.")
        project.apply(Edit("Explain it", (note,)))
    words = " ".join(ElementTree.fromstring(
        written(tmp_path, "flow.svg", project=contradicting).read_bytes()).itertext())  # fmt: skip
    assert "One report was found by the editor." in words
    equations = json.loads(written(tmp_path, "flow.json", project=contradicting).read_text())["equations"]
    (told,) = [each for each in equations if each["key"] == "included"]
    assert (told["state"], told["note"]) == ("broken", "One report was found by the editor.")


def test_another_ending_is_refused_in_a_sentence(tmp_path: Path) -> None:
    ended = run("prisma", "sample", tmp_path / "flow.docx")
    assert ended.code == 1
    assert ".svg, .pdf, .png, .csv, .json" in ended.err
    assert run("prisma", "sample", tmp_path / "flow.svg", "--form", "round").code == 2


def test_json_is_printed_too(tmp_path: Path) -> None:
    ended = run("prisma", "sample", tmp_path / "flow.svg", "--json")
    assert ended.json["boxes"]["duplicates"]["number"] == 750
    assert io.StringIO(ended.out).readline() == "{\n"


def test_the_search_appendix_and_the_excluded_full_texts_are_tables(tmp_path: Path) -> None:
    ended = run("prisma", "sample", tmp_path / "searches.csv", "--table", "searches", "--json")
    assert ended.code == 0
    rows = ended.json["rows"]
    assert [row["Source"] for row in rows][:2] == ["MEDLINE", "Social Policy and Practice"]
    assert rows[0]["Records claimed"] == 834
    assert rows[0]["Run on"] == "16–17 March 2023"
    with (tmp_path / "searches.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["Source"] for row in csv.DictReader(file)] == [row["Source"] for row in rows]
    assert run("prisma", "sample", tmp_path / "x.docx", "--table", "excluded").code == 0
    refused = run("prisma", "sample", tmp_path / "x.svg", "--table", "excluded")
    assert refused.code == 1
    assert ".docx, .xlsx, .csv" in refused.err
