"""A better mapping, applied to what was imported: only fields nobody changed since take a new value."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import Stage, Verdict
from evidence_app.services.importing import SearchRun, import_files
from evidence_app.services.library.references import mark_checked, set_fields
from evidence_app.services.screening.deciding import decide
from evidence_app.services.searches.reading_again import can_be_read_again, columns_of_file, read_again
from evidence_app.storage import references, screening, searches
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.storage.searches import SearchFile
from tests.doubles import a_person

TABLE = (
    "Werk,Verfasser,Jahr,Ort,Wort\n"
    'Rest at night,"Ray, A.",2019,Ward Quarterly,wards\n'
    'Rounds and rest,"Lowe, J.",2020,Night Work,\n'
)
FIRST = {"Werk": "title", "Verfasser": "author", "Jahr": "issued", "Ort": "publisher-place"}
BETTER = {**FIRST, "Ort": "container-title", "Wort": "tag"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    path = tmp_path / "list.csv"
    path.write_text(TABLE, "utf-8")
    with Project.create(tmp_path / "review.evidence", "A review") as made:
        import_files(made, [path], SearchRun(), mapping=FIRST)
        yield made


def file_of(reader: Reader) -> SearchFile:
    (file,) = searches.files(reader, reader.value("SELECT id FROM live_search"))
    return file


def test_every_record_is_read_again_in_one_edit(project: Project) -> None:
    with project.reader() as reader:
        before = references.all_references(reader)
        assert [one.item.get("container-title") for one in before] == [None, None]
        edit = read_again(reader, file_of(reader), BETTER)
        assert edit.label == "Read 2 records of list.csv again"
        project.apply(edit)
        after = references.all_references(reader)
        assert [one.item["container-title"] for one in after] == ["Ward Quarterly", "Night Work"]
        assert all("publisher-place" not in one.item for one in after)
        assert reader.value("SELECT name FROM live_tag") == "wards"
        assert not read_again(reader, file_of(reader), BETTER)
        project.undo()
        assert references.all_references(reader) == before
        assert reader.value("SELECT count(*) FROM live_reference_tag") == 0


def test_what_a_person_changed_since_stays(project: Project) -> None:
    with project.reader() as reader:
        one, two = references.all_references(reader)
        project.apply(set_fields(one, {"title": "Rest at night, again"}, {}))
        project.apply(set_fields(two, {"publisher-place": "Leeds"}, {}))
        project.apply(read_again(reader, file_of(reader), {**BETTER, "Werk": "title-short"}))
        one, two = references.all_references(reader)
        assert (one.title, one.item["title-short"]) == ("Rest at night, again", "Rest at night")
        assert (two.item["publisher-place"], two.item["container-title"]) == ("Leeds", "Night Work")
        assert "title" not in two.item


def test_what_was_checked_against_the_original_stays(project: Project) -> None:
    with project.reader() as reader:
        project.apply(mark_checked(references.all_references(reader)[:1], None))
        project.apply(read_again(reader, file_of(reader), BETTER))
        one, two = references.all_references(reader)
        assert "container-title" not in one.item
        assert two.item["container-title"] == "Night Work"


def test_the_columns_are_told_from_the_records(project: Project) -> None:
    with project.reader() as reader:
        table = columns_of_file(reader, file_of(reader))
        assert table.headers == ("Werk", "Verfasser", "Jahr", "Ort", "Wort")
        assert table.columns[0].samples == ("Rest at night", "Rounds and rest")


def test_a_file_that_is_no_table_has_no_columns(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.ris"
    path.write_text("TY  - JOUR\nTI  - Beds\nER  - \n", "utf-8")
    import_files(project, [path], SearchRun(source="Ovid"))
    with project.reader() as reader:
        file = next(
            file
            for search in searches.searches(reader)
            for file in searches.files(reader, search.search or 0)
            if file.name == "a.ris"
        )
        assert not can_be_read_again(file)
        for act in (lambda: columns_of_file(reader, file), lambda: read_again(reader, file, BETTER)):
            with pytest.raises(EvidenceError, match="no table"):
                act()


def test_a_wrong_mapping_changes_nothing(project: Project) -> None:
    with project.reader() as reader, pytest.raises(EvidenceError, match="cannot hold"):
        read_again(reader, file_of(reader), {"Werk": "headline"})


def test_a_column_that_turns_out_to_hold_decisions_changes_what_stands_as_included(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Werk,Urteil\nRest at night,excluded\nRounds and rest,included\n", "utf-8")
    with Project.create(tmp_path / "review.evidence", "A review") as project, project.reader() as reader:
        import_files(project, [path], SearchRun(), mapping={"Werk": "title"})
        ada = a_person(project, "Ada")
        for reference in (1, 2):
            project.apply(decide(reader, reference, Stage.FULL_TEXT, Verdict.INCLUDE, ada))
        assert screening.standings(reader) == {1: "included", 2: "included"}
        project.apply(read_again(reader, file_of(reader), {"Werk": "title", "Urteil": "decision"}))
        assert screening.standings(reader) == {2: "included"}  # the other is known to be excluded before
        project.undo()
        assert screening.standings(reader) == {1: "included", 2: "included"}


def test_columns_with_known_headers_stand_as_they_were_read(tmp_path: Path) -> None:
    path = tmp_path / "roofs.csv"
    path.write_text(
        "Title,Authors,Year,Journal,DOI,Shelf\n"
        "Rest at night,\"Ray, A.; Dell, C.\",2019,Ward Quarterly,10.5555/ward,7\n", "utf-8"
    )  # fmt: skip
    with Project.create(tmp_path / "review.evidence", "A review") as project, project.reader() as reader:
        import_files(project, [path], SearchRun())
        suggested = columns_of_file(reader, file_of(reader)).suggestion()
        assert suggested == {
            "Title": "title", "Authors": "author", "Year": "issued", "Journal": "container-title",
            "DOI": "DOI", "Shelf": "",
        }  # fmt: skip
        assert not read_again(reader, file_of(reader), suggested)
