"""Blocks without a place are mended on the spot; the sum of the report holds all the time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.importing import FileReport, SearchRun, import_files
from evidence_app.services.searches import import_report, repairing
from evidence_app.services.searches.repairing import StillUnplaced
from evidence_app.storage import references, searches
from evidence_app.storage.project import Project
from evidence_app.storage.searches import SearchFile

EXPORT = """TY  - JOUR
AU  - Berg, Anna
TI  - A first study
ER  -

AU  - Lost, Ben
TI  - A record without its beginning
PY  - 2001
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "review.evidence", "A review") as made:
        yield made


@pytest.fixture
def reports(project: Project, tmp_path: Path) -> tuple[FileReport, ...]:
    path = tmp_path / "medline.ris"
    path.write_text(EXPORT, "utf-8")
    return import_files(project, [path], SearchRun(source="Medline")).files


def the_file(project: Project, reports: tuple[FileReport, ...]) -> SearchFile:
    with project.reader() as reader:
        (file,) = searches.files_called(reader, [reports[0].guid])
        return file


def test_a_record_without_its_first_line_is_read_all_the_same_and_kept_verbatim(
    project: Project, reports: tuple[FileReport, ...]
) -> None:
    file = the_file(project, reports)
    (block,) = file.open_blocks
    with project.reader() as reader:
        project.apply(repairing.repair(reader, file, block, block.text))
        titles = [each.title for each in references.all_references(reader)]
        raw = reader.row("SELECT raw, line FROM live_record ORDER BY id DESC")
    assert titles == ["A first study", "A record without its beginning"]
    assert raw is not None
    assert raw["line"] == block.line
    assert "TY" not in raw["raw"]
    assert "Lost, Ben" in raw["raw"]


def test_the_sum_holds_before_and_after_a_repair_and_after_its_undo(
    project: Project, reports: tuple[FileReport, ...]
) -> None:
    with project.reader() as reader:
        before = import_report.lines_of(reader, reports)
        assert import_report.sum_of(before) == "1 + 0 + 1 = 2"
        assert "1 block could not be placed" in import_report.sentence(before)
        file = the_file(project, reports)
        project.apply(repairing.repair(reader, file, file.open_blocks[0], file.open_blocks[0].text))
        after = import_report.lines_of(reader, reports)
        assert import_report.sum_of(after) == "2 + 0 + 0 = 2"
        assert after[0].file is not None
        assert after[0].file.unplaced[0].repaired
        project.undo()
        again = import_report.lines_of(reader, reports)
        assert import_report.sum_of(again) == "1 + 0 + 1 = 2"
        assert all(import_report.adds_up(lines) for lines in (before, after, again))


def test_a_block_is_left_out_with_a_reason_and_opened_again(
    project: Project, reports: tuple[FileReport, ...]
) -> None:
    file = the_file(project, reports)
    with pytest.raises(EvidenceError, match="Say why"):
        repairing.leave_out(file, file.open_blocks[0], " ")
    project.apply(repairing.leave_out(file, file.open_blocks[0], "a page footer"))
    file = the_file(project, reports)
    assert (file.open_blocks, file.unplaced[0].left_out) == ((), "a page footer")
    with project.reader() as reader:
        text = import_report.text_of(import_report.lines_of(reader, reports), "Import of medline.ris")
    assert "left out: a page footer" in text
    assert "    AU  - Lost, Ben" in text
    project.apply(repairing.take_in_again(file, file.unplaced[0]))
    assert len(the_file(project, reports).open_blocks) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no text"),
        ("@@@\n", "read|record|formats"),
        ("TY  - JOUR\nTI  - A\nER  -\nTY  - JOUR\nTI  - B\nER  -\n", "2 records"),
    ],
)
def test_what_is_no_record_is_told_and_nothing_is_changed(text: str, says: str) -> None:
    with pytest.raises(StillUnplaced, match=says):
        repairing.read_block(text, "ris")


def test_taking_an_import_back_takes_its_repairs_too(
    project: Project, reports: tuple[FileReport, ...]
) -> None:
    file = the_file(project, reports)
    assert file.edit is not None
    with project.reader() as reader:
        project.apply(repairing.repair(reader, file, file.open_blocks[0], file.open_blocks[0].text))
        assert searches.edits_after(reader, file.edit) == [
            "Add the block of line 6 of medline.ris as a record"
        ]
        import_report.take_back(project, file.edit)
        assert references.all_references(reader) == []
        assert searches.searches(reader) == []
    with pytest.raises(EvidenceError, match="taken back already"):
        import_report.take_back(project, file.edit)


def test_a_file_held_already_is_accounted_for(
    project: Project, reports: tuple[FileReport, ...], tmp_path: Path
) -> None:
    again = import_files(project, [tmp_path / "medline.ris"], SearchRun(source="Medline")).files
    with project.reader() as reader:
        lines = import_report.lines_of(reader, again)
    assert import_report.sum_of(lines) == "0 + 1 + 1 = 2"
    assert "held already" in import_report.sentence(lines)


def test_a_row_of_a_table_is_mended_below_the_headers_of_its_table(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "scopus.csv"
    path.write_text('Title,Authors,Year\nA first study,"Berg, Anna",2001\n', "utf-8")
    (report,) = import_files(project, [path], SearchRun(source="Scopus")).files
    with project.reader() as reader:
        (file,) = searches.files_called(reader, [report.guid])
        assert repairing.headers_of(reader, file) == ("Title", "Authors", "Year")
        record = repairing.read_block('A second study,"Lost, Ben",2002', "csv", ("Title", "Authors", "Year"))
    assert record.item["title"] == "A second study"
    assert record.item["issued"] == {"date-parts": [[2002]]}
    assert record.raw.text == 'A second study,"Lost, Ben",2002'
