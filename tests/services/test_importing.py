"""Bringing exports in: every record accounted for, kept verbatim, one undo."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.domain.errors import Cancelled, EvidenceError
from evidence_app.services.importing import FileToImport, SearchRun, import_each, import_files
from evidence_app.services.remembered_mappings import mapping_of, rows_to_keep
from evidence_app.storage import references
from evidence_app.storage.imports import called
from evidence_app.storage.project import Project

RIS = """TY  - JOUR
AU  - Berg, Anna
TI  - A first study
PY  - 2019
XX  - a tag nobody knows
ER  -

TY  - JOUR
TI  - A second study
N1  - RAYYAN-INCLUSION: {"Ben"=>"Excluded"} | RAYYAN-LABELS: to discuss
ER  -
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "review.evidence", "A review") as made:
        yield made


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "medline.ris"
    path.write_text(RIS, "utf-8")
    return path


def test_every_record_becomes_a_reference_and_is_kept_as_it_was(project: Project, export: Path) -> None:
    done = import_files(project, [export], SearchRun(source="Medline", platform="Ovid"))
    (report,) = done.files
    assert (report.expected, report.imported, report.duplicates, report.unplaced) == (2, 2, 0, [])
    with project.reader() as reader:
        assert [one.title for one in references.all_references(reader)] == ["A first study", "A second study"]
        raw = json.loads(reader.value("SELECT raw FROM live_record ORDER BY id"))
        assert ["XX", "a tag nobody knows"] in raw["tags"]
        row = reader.row(
            "SELECT s.name, s.platform, f.expected, f.imported FROM live_search_file f "
            "JOIN live_search h ON h.id = f.search JOIN live_source s ON s.id = h.source"
        )
        assert row is not None
        assert tuple(row) == ("Medline", "Ovid", 2, 2)


def test_decisions_and_labels_of_other_programs_come_in_with_their_author(
    project: Project, export: Path
) -> None:
    import_files(project, [export], SearchRun())
    with project.reader() as reader:
        row = reader.row("SELECT d.verdict, p.name FROM live_decision d JOIN person p ON p.id = d.person")
        assert row is not None
        assert tuple(row) == ("exclude", "Ben")
        assert reader.value("SELECT name FROM live_tag") == "to discuss"


JUDGED = """title,title abstract decision,full text decision
Passed both,included,included
Only the abstract,included,
Excluded later,included,excluded
Known by full text only,,included
"""


def test_what_a_file_included_in_full_text_stands_as_included_in_the_same_import(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "judged.csv"
    path.write_text(JUDGED, "utf-8")
    import_files(project, [path], SearchRun())
    titles = "SELECT title FROM live_reference WHERE standing = 'included' ORDER BY id"
    with project.reader() as reader:
        assert reader.value("SELECT count(*) FROM live_decision") == 6
        assert [row[0] for row in reader.rows(titles)] == ["Passed both", "Known by full text only"]
        project.undo()
        assert reader.value("SELECT count(*) FROM live_reference") == 0
        project.redo()
        assert [row[0] for row in reader.rows(titles)] == ["Passed both", "Known by full text only"]


def test_one_voice_of_a_file_includes_nothing_where_two_people_must_agree(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "judged.csv"
    path.write_text(JUDGED, "utf-8")
    project.apply(Edit("Write the protocol", (insert("protocol", double_share=1.0),)))
    import_files(project, [path], SearchRun())
    with project.reader() as reader:
        assert reader.value("SELECT count(*) FROM live_reference WHERE standing IS NOT NULL") == 0


def test_the_same_file_again_adds_nothing(project: Project, export: Path) -> None:
    import_files(project, [export], SearchRun())
    (report,) = import_files(project, [export], SearchRun()).files
    assert (report.expected, report.imported, report.duplicates) == (2, 0, 2)
    with project.reader() as reader:
        assert reader.value("SELECT count(*) FROM live_reference") == 2
        assert reader.value("SELECT count(*) FROM live_search") == 1


def test_one_undo_takes_the_whole_import_back_and_redo_brings_it_again(
    project: Project, export: Path
) -> None:
    import_files(project, [export], SearchRun())
    project.undo()
    with project.reader() as reader:
        for table in ("reference", "record", "search", "search_file", "source", "decision", "tag"):
            assert reader.value(f"SELECT count(*) FROM live_{table}") == 0, table
        project.redo()
        assert reader.value("SELECT count(*) FROM live_record") == 2


def test_a_cancelled_import_leaves_nothing(project: Project, export: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        import_files(project, [export], SearchRun(), stop)
    with project.reader() as reader:
        assert reader.value("SELECT count(*) FROM reference") == 0
    assert project.undoable() is None


def test_an_undone_import_can_be_brought_in_anew(project: Project, export: Path) -> None:
    import_files(project, [export], SearchRun())
    project.undo()
    (report,) = import_files(project, [export], SearchRun()).files
    assert report.imported == 2


def test_one_file_that_cannot_be_read_stops_all_and_changes_nothing(project: Project, export: Path) -> None:
    with pytest.raises(EvidenceError):
        import_files(project, [export, export.with_name("missing.ris")], SearchRun())
    with project.reader() as reader:
        assert reader.value("SELECT count(*) FROM reference") == 0


def test_references_are_called_what_their_file_calls_them(project: Project, export: Path) -> None:
    import_files(project, [export], SearchRun())
    with project.reader() as reader:
        assert sorted(called(reader).values()) == [("medline.ris", "1"), ("medline.ris", "2")]


def test_files_of_one_source_are_one_search_and_progress_covers_them_all(
    project: Project, export: Path
) -> None:
    second = export.with_name("medline-2.ris")
    second.write_text(RIS.replace("study", "trial"), "utf-8")
    told: list[tuple[int, int]] = []
    run = SearchRun(source="Medline", platform="Ovid")
    done = import_files(project, [export, second], run, report=lambda *step: told.append(step))
    assert [each.imported for each in done.files] == [2, 2]
    with project.reader() as reader:
        assert reader.value("SELECT count(*) FROM live_search") == 1
        assert reader.value("SELECT count(DISTINCT search) FROM live_search_file") == 1
    size = export.stat().st_size + second.stat().st_size
    assert {total for _, total in told} == {size}
    assert [step for step, _ in told] == sorted(step for step, _ in told)
    assert told[-1] == (size, size)


def test_a_file_goes_into_a_search_that_is_there_already(project: Project, export: Path) -> None:
    source = insert("source", name="Medline", platform="Ovid")
    search = insert("search", source=RowOf("source", source.guid), claimed=2)
    project.apply(Edit("Add a search", (source, search)))
    done = import_each(project, [FileToImport(path=export, run=SearchRun(search=search.guid))])
    with project.reader() as reader:
        assert reader.value("SELECT count(*) FROM live_search") == 1
        row = reader.row(
            "SELECT h.guid, f.guid AS file FROM live_search h JOIN live_search_file f ON f.search = h.id"
        )
        assert row is not None
        assert tuple(row) == (search.guid, done.files[0].guid)


def test_one_file_that_is_no_export_does_not_keep_the_others_out(project: Project, export: Path) -> None:
    other, gone = export.with_name("letter.txt"), export.with_name("gone.ris")
    other.write_text("Dear editor,\nplease find enclosed our review.\n", "utf-8")
    done = import_each(project, [FileToImport(path=path) for path in (other, export, gone)])
    assert [each.imported for each in done.files] == [0, 2, 0]
    assert "none of the formats" in done.files[0].failed
    assert "cannot be read" in done.files[2].failed
    with project.reader() as reader:
        assert reader.value("SELECT count(*) FROM live_reference") == 2


def test_files_of_which_none_can_be_read_leave_nothing(project: Project, export: Path) -> None:
    files = [export.with_name(name) for name in ("one.txt", "two.txt")]
    for file in files:
        file.write_text("Dear editor,\n", "utf-8")
    with pytest.raises(EvidenceError, match="None of the files"):
        import_each(project, [FileToImport(path=file) for file in files])
    with project.reader() as reader:
        assert reader.value("SELECT count(*) FROM live_search") == 0


# Tables whose columns a person names

TABLE = 'Werk,Verfasser,Jahr,Wort\nRest at night,"Ray, A.",2019,wards\n'
COLUMNS = {"Werk": "title", "Verfasser": "author", "Jahr": "issued", "Wort": "tag"}


def test_a_table_is_imported_by_the_mapping_one_gives(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(TABLE, "utf-8")
    (report,) = import_files(project, [path], SearchRun(), mapping=COLUMNS).files
    assert (report.format, report.expected, report.imported) == ("csv", 1, 1)
    with project.reader() as reader:
        (one,) = references.all_references(reader)
        assert (one.title, one.item["issued"]) == ("Rest at night", {"date-parts": [[2019]]})
        assert reader.value("SELECT name FROM live_tag") == "wards"


def test_a_mapping_is_remembered_by_the_set_of_headers(project: Project, tmp_path: Path) -> None:
    project.keep("cache_setting", rows_to_keep(["Werk", "Verfasser", "Jahr", "Wort"], COLUMNS))
    path = tmp_path / "later.csv"
    path.write_text("wort;Jahr;Werk;Verfasser\nbeds;2021;Rounds;Lowe, J.\n", "utf-8")
    (report,) = import_files(project, [path], SearchRun()).files
    assert report.imported == 1
    with project.reader() as reader:
        assert references.all_references(reader)[0].title == "Rounds"
        assert mapping_of(reader, ["WERK", "jahr", "Wort", "Verfasser"]) == COLUMNS
        assert mapping_of(reader, ["Werk"]) is None


def test_without_a_mapping_a_table_nobody_knows_is_refused(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(TABLE, "utf-8")
    with pytest.raises(EvidenceError, match="what its columns hold"):
        import_files(project, [path], SearchRun())
