"""Counts of characteristics as a chart: every bar says its number, every field its sum."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, insert
from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.studies import charting, counting
from evidence_app.services.studies.counting import Unit
from evidence_app.storage.project import Project
from evidence_app.storage.studies import StudyContents, included, study_contents

SVG = "{http://www.w3.org/2000/svg}"


def contents_of(project: Project) -> StudyContents:
    with project.reader() as reader:
        return study_contents(reader)


def test_the_chart_tells_every_number_and_every_sum(sample_project: Project) -> None:
    contents = contents_of(sample_project)
    made, warnings = charting.chart_bytes(contents, Unit.REPORTS, ".svg")
    root = ET.fromstring(made)
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert warnings == ()
    assert texts[:2] == ["Characteristics of the included reports", "Counted by report: 47 reports"]
    for field in counting.countable(contents):
        made_count = counting.count(contents, field, Unit.REPORTS)
        assert field.title in texts
        for bar in charting.bars_of(made_count):
            assert f"{bar.number:,}" in texts
        assert made_count.equation.split(" = ")[1] in " ".join(text or "" for text in texts)
    described = root.find(f"{SVG}desc")
    assert described is not None
    assert "Country: " in (described.text or "")


@pytest.mark.parametrize(("ending", "begins"), [(".pdf", b"%PDF"), (".png", b"\x89PNG"), (".svg", b"<svg")])
def test_it_is_written_for_print_and_for_screens(
    sample_project: Project, tmp_path: Path, ending: str, begins: bytes
) -> None:
    out = tmp_path / f"chart{ending}"
    assert charting.write_chart(contents_of(sample_project), Unit.STUDIES, out) == ()
    assert out.read_bytes().startswith(begins)


def test_another_ending_is_refused_and_nothing_written(sample_project: Project, tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match=r"\.svg, \.pdf, \.png"):
        charting.write_chart(contents_of(sample_project), Unit.STUDIES, tmp_path / "chart.gif")
    assert list(tmp_path.glob("chart*")) == []


def test_numbers_are_counted_in_ranges_and_summed(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        rows = included(reader)
    sizes = [5, 12, 19, 25, 31, 44, 58, 120]
    sample_project.apply(
        Edit("Describe", (
            insert("extraction_field", name="sample size", kind="number", position=99.0),
            *(insert("characteristic", reference=row, name="sample size", value=str(size), state="typed")
              for row, size in zip(rows, sizes, strict=False)),
        ))
    )  # fmt: skip
    contents = contents_of(sample_project)
    field = next(each for each in contents.fields if each.name == "sample size")
    made = counting.count(contents, field, Unit.STUDIES)
    assert [(each.value, each.number) for each in made.values if each.number] == [
        ("0 to 19", 3), ("20 to 39", 2), ("40 to 59", 2), ("120 to 139", 1),
    ]  # fmt: skip
    assert made.summary is not None
    assert made.summary.told == "sum 314, median 28, 5 to 120"
    assert made.sum == made.total == 47
    table = counting.counts_table(contents, Unit.STUDIES)
    assert "Sample size: sum 314, median 28, 5 to 120 (8 studies)." in table.note
