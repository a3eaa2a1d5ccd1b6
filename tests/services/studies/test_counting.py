"""Counts say whether they are of studies or of reports, and whether they come to the total."""

from pathlib import Path

import pytest

from evidence_app.services.publishing.appendix.writing import write_table
from evidence_app.services.studies import counting, joining
from evidence_app.services.studies.characteristics import Said, write
from evidence_app.services.studies.counting import Unit
from evidence_app.storage import studies
from evidence_app.storage.project import Project
from evidence_app.storage.studies import StudyContents


def contents(project: Project) -> StudyContents:
    with project.reader() as reader:
        return studies.study_contents(reader)


def counted(project: Project, name: str, unit: Unit) -> counting.FieldCount:
    held = contents(project)
    return counting.count(held, next(each for each in held.fields if each.name == name), unit)


def test_the_sample_counts_as_its_table_1_says(sample_project: Project) -> None:
    service = counted(sample_project, "service", Unit.REPORTS)
    assert len(service.values) == 17
    assert not any(each.differs for each in service.values)
    assert service.equation.endswith("= 47 of 47 reports")
    country = counted(sample_project, "country", Unit.REPORTS)
    assert [(each.value, each.number) for each in country.values][:2] == [
        ("England", 32),
        ("United Kingdom", 10),
    ]


def test_what_is_only_stated_is_shown_with_no_count(sample_project: Project) -> None:
    design = counted(sample_project, "design", Unit.REPORTS)
    assert {each.value: (each.number, each.stated) for each in design.values} == {
        "mixed methods": (0, 4), "qualitative": (0, 40),
    }  # fmt: skip
    assert (design.silent_units, design.missing_units, design.adds_up) == (47, 0, True)


def test_joined_reports_count_once_by_study_and_twice_by_report(sample_project: Project) -> None:
    held = contents(sample_project)
    pair = [study for study in held.studies if held.works[study.main].number in (99, 100)]
    sample_project.apply(joining.join(pair, held.links))
    by_study = {each.value: each.number for each in counted(sample_project, "country", Unit.STUDIES).values}
    by_report = {each.value: each.number for each in counted(sample_project, "country", Unit.REPORTS).values}
    assert (by_study["Ireland"], by_report["Ireland"]) == (1, 2)
    assert counted(sample_project, "country", Unit.STUDIES).equation.endswith("= 46 of 46 studies")


def test_a_study_with_two_values_of_a_single_field_breaks_the_total_and_is_named(
    sample_project: Project,
) -> None:
    held = contents(sample_project)
    field = next(each for each in held.fields if each.name == "country")
    old = held.values_of([held.studies[0].main], "country")
    said = [Said("England"), Said("Wales")]
    sample_project.apply(write(held.studies[0].main, field, old, said, None))
    found = counted(sample_project, "country", Unit.STUDIES)
    assert (found.sum, found.total, found.adds_up) == (48, 47, False)
    now = contents(sample_project)
    label = held.studies[0].label
    assert [each.label for each in counting.several_in_one(now, field)] == [label]
    assert counting.why_not(now, found) == f"{field.title}; several values: {label}"
    assert f"48 of 47 studies; several values: {label}." in counting.counts_table(now, Unit.STUDIES).note


@pytest.mark.parametrize("name", list(counting.TABLES))
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_every_table_is_written(sample_project: Project, tmp_path: Path, name: str, ending: str) -> None:
    table = counting.TABLES[name](contents(sample_project))
    out = tmp_path / f"table{ending}"
    write_table(table, out)
    assert out.stat().st_size > 500
    assert all(len(row) == len(table.heads) for row in table.rows)


def test_the_table_of_included_studies_has_a_row_for_each_study(sample_project: Project) -> None:
    table = counting.included_table(contents(sample_project))
    assert len(table.rows) == 47
    assert table.heads[:4] == ("Study", "Reports", "Country", "Kind")
    assert table.rows[0][1] == "55: Alderson 2022"
    assert table.note == (
        "47 studies in 47 reports. The review states 42 studies; "
        "a report that was not joined stands for one here."
    )
