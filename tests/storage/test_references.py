"""What lists and inspectors ask of the references."""

from pathlib import Path

import pytest

from evidence_app.domain.csl import CslItem
from evidence_app.domain.edit import Edit, Insert, insert
from evidence_app.storage import references
from evidence_app.storage.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project.create(tmp_path / "review.evidence", "A review")
    items: list[CslItem] = [
        {
            "type": "book",
            "title": "The zebra",
            "number": "17",
            "author": [{"literal": "Health, Care and Co"}],
        },
        {"type": "report", "title": "An apple", "issued": {"date-parts": [[2010]]}, "DOI": "10.1/x"},
        {"type": "thesis", "title": "Middle", "issued": {"date-parts": [[2001]]}},
    ]
    made = [Insert("reference", f"r{at}", references.columns_of(item)) for at, item in enumerate(items)]
    project.apply(
        Edit(
            "Add",
            (
                *made,
                insert("bibliography", title="Works cited"),
                insert("bibliography_entry", bibliography=1, reference=2, number=2),
                insert("bibliography_entry", bibliography=1, reference=3, number=1),
            ),
        )
    )
    return project


def test_numbered_references_come_first_in_number_order(project: Project) -> None:
    with project, project.reader() as reader:
        found = references.all_references(reader)
    assert [(reference.id, reference.number) for reference in found] == [(3, 1), (2, 2), (1, None)]


def test_the_citation_number_is_not_the_number_of_a_report_series(project: Project) -> None:
    with project, project.reader() as reader:
        zebra = references.reference(reader, 1)
        (line,) = references.lines(reader, [1])
    assert zebra is not None
    assert zebra.item["number"] == "17"
    assert zebra.number is None
    assert line.number is None


@pytest.mark.parametrize(
    ("order", "ids"), [("number", [3, 2, 1]), ("title", [2, 3, 1]), ("year", [3, 2, 1]), ("doi", [2, 1, 3])]
)
def test_a_list_has_the_order_asked_for(project: Project, order: str, ids: list[int]) -> None:
    with project, project.reader() as reader:
        assert list(references.ids_in_order(reader, order)) == ids


def test_an_item_comes_back_as_it_went_in(project: Project) -> None:
    item = {
        "type": "chapter", "title": "A <i>b</i>",
        "editor": [{"family": "Berg", "non-dropping-particle": "van"}],
        "accessed": {"date-parts": [[2023, 5, 1]]}, "issued": {"literal": "2013, 2015, 2022"}, "volume": "3",
        "original-abstract": "委托", "custom": {"x-odd": 1},
    }  # fmt: skip
    with project, project.reader() as reader:
        project.apply(Edit("Add", (Insert("reference", "z", references.columns_of(item)),)))
        found = references.reference(reader, 4)
    assert found is not None
    assert found.item == item


def test_a_variable_csl_does_not_know_is_kept_in_custom() -> None:
    assert references.columns_of({"type": "book", "shelf": "B3"})["custom"] == '{"shelf":"B3"}'


def test_text_another_program_wrote_where_names_belong_does_not_stop_the_list(project: Project) -> None:
    with project, project.reader() as reader:
        with project.transaction() as connection:
            connection.execute("UPDATE reference SET author = 'not json' WHERE id = 1")
        assert len(references.all_references(reader)) == 3
