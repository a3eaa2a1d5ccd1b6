"""The matrix by codes and by characteristics, for reports and for studies: what counts, what absent means."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.matrix import By, CellMarks, CellPlace, CellState, Per
from evidence_app.services.coding import codebook
from evidence_app.services.coding.coding import Coder
from evidence_app.services.publishing.matrix.quoting import with_quotations
from evidence_app.services.publishing.matrix.records import as_json, csv_bytes
from evidence_app.services.publishing.matrix.sheet import Sheet
from evidence_app.services.publishing.matrix.writing import write_matrix
from evidence_app.services.row_names import RowNames
from evidence_app.services.synthesis import marking
from evidence_app.services.synthesis.matrix import ColumnKind, ColumnsWanted, Matrix, with_columns
from evidence_app.services.synthesis.matrix_counting import Asked, count_matrix
from evidence_app.services.synthesis.matrix_rows import RowsWanted, wanted_rows
from evidence_app.storage.applied import Acting
from evidence_app.storage.matrix import cell_quotations, matrix_source, quotations_saying
from tests.services.coding.desk import Desk, opened_desk

CODES = Asked(By.CODES)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two coded reports: money late and trust in the first, trust in the second."""
    with opened_desk(tmp_path) as made:
        made.code("Money")
        made.do(codebook.new_code("Late money", made.code("Money")))
        made.coded("money arrived late", "Late money")
        made.coded("money came on time", "Late money")
        made.coded("trust was lost", "Trust")
        made.coded("Trust grew slowly", "Trust", row=2)
        made.coded("Money was short", "Money", row=2)
        yield made


def made(desk: Desk, asked: Asked = CODES, viewer: int | None = None) -> Matrix:
    return count_matrix(matrix_source(desk.reader, viewer), asked)


def at(matrix: Matrix, name: str, kind: ColumnKind = ColumnKind.TOPIC) -> int:
    return next(
        place for place, each in enumerate(matrix.columns) if each.of.name == name and each.kind is kind
    )


def counts(matrix: Matrix, row: int) -> list[int]:
    return [matrix.cell(row, place).count for place in range(len(matrix.columns))]


def status(desk: Desk, reference: int, state: str) -> None:
    desk.do(Edit("Say", (insert("coding_status", reference=reference, state=state, at="2026-01-01"),)))


# -- codes


def test_the_columns_are_the_code_book_in_branches(desk: Desk) -> None:
    matrix = made(desk)
    named = [(band.of.name, [matrix.columns[each].name for each in band.columns]) for band in matrix.bands]
    assert named == [
        ("Money", ["The code itself", "Late money", "All"]), ("Codes of their own", ["Trust"]),
    ]  # fmt: skip
    assert matrix.size == "2 reports × 3 codes"


def test_a_cell_counts_quotations_and_a_branch_counts_each_once(desk: Desk) -> None:
    desk.coded("money arrived late", "Money")
    matrix = made(desk)
    assert (counts(matrix, 1), counts(matrix, 2)) == ([1, 2, 2, 1], [1, 0, 1, 1])
    late = matrix.columns[at(matrix, "Late money")]
    assert (late.total, late.rows) == (2, 1)
    shown = cell_quotations(desk.reader, matrix.cell(1, at(matrix, "Late money")).quotations)
    assert [each.words for each in shown.values()] == ["money arrived late", "money came on time"]
    assert {each.codes for each in shown.values()} == {("Late money", "Money"), ("Late money",)}


def test_a_code_not_given_is_absent_only_where_the_report_is_coded(desk: Desk) -> None:
    place = at(made(desk), "Late money")
    assert made(desk).cell(2, place).state is CellState.UNSEEN
    status(desk, 2, "coded")
    assert made(desk).cell(2, place).state is CellState.ABSENT
    assert made(desk).cell(2, at(made(desk), "Trust")).state is CellState.CODED
    status(desk, 2, "in progress")
    assert made(desk).cell(2, place).state is CellState.UNSEEN


def test_what_is_coded_blind_is_not_counted_for_others(desk: Desk) -> None:
    desk.project.acting = Acting("Bo", "B", "bo")
    layer = insert("layer", name="Bo", person=RowOf("person", "bo"), blind=1)
    desk.do(Edit("Begin", (layer,)))
    bo, row = (desk.reader.value(f"SELECT max(id) FROM {table}") for table in ("person", "layer"))
    desk.coded("We felt unheard", "Trust", coder=Coder(bo, row))
    assert made(desk, viewer=-1).cell(1, at(made(desk), "Trust")).count == 1
    assert made(desk, viewer=bo).cell(1, at(made(desk), "Trust")).count == 2


def test_a_code_is_called_absent_and_summed_up_and_both_go_with_a_merge(desk: Desk) -> None:
    def source() -> tuple[Matrix, list[tuple[int, int]]]:
        matrix = made(desk)
        return matrix, [(2, at(matrix, "Late money"))]

    matrix, cells = source()
    marks = matrix_source(desk.reader).marks
    desk.do(marking.looked_at_absent(matrix, marks, cells, None))
    desk.do(marking.summarise(marks, matrix.columns[cells[0][1]].place(2), "Only that it was short", None))
    matrix, cells = source()
    assert matrix.cell(*cells[0]).state is CellState.ABSENT
    assert matrix.cell(*cells[0]).summary == "Only that it was short"
    row = desk.reader.value("SELECT max(id) FROM cell_mark")
    assert RowNames(desk.reader).essence("cell_mark", row) == (
        "Framework summary of “Late money” in Author2 2020", "Only that it was short",
    )  # fmt: skip
    with pytest.raises(EvidenceError, match="the code is not absent"):
        marking.looked_at_absent(matrix, marks, [(1, cells[0][1])], None)
    desk.do(codebook.merge([desk.code("Late money")], desk.code("Trust"), desk.codes(), desk.codings()))
    matrix = made(desk)
    assert matrix.cell(2, at(matrix, "Trust")).summary == "Only that it was short"
    assert matrix.cell(2, at(matrix, "Trust")).state is CellState.CODED
    desk.project.undo()
    desk.do(marking.not_looked_at(*_marks(desk), cells))
    assert made(desk).cell(*cells[0]).state is CellState.UNSEEN
    desk.do(marking.summarise(_marks(desk)[1], place_of(desk, cells), "", None))
    assert made(desk).cell(*cells[0]).summary == ""


def _marks(desk: Desk) -> tuple[Matrix, CellMarks]:
    return made(desk), matrix_source(desk.reader).marks


def place_of(desk: Desk, cells: list[tuple[int, int]]) -> CellPlace:
    return made(desk).columns[cells[0][1]].place(cells[0][0])


def test_passages_under_a_theme_that_no_finding_cites_are_told_apart(desk: Desk) -> None:
    theme = insert("theme", name="Money and time", kind="analytic")
    link = insert("theme_code", theme=RowOf("theme", theme.guid), code=desk.code("Money").id)
    desk.do(Edit("Theme", (theme, link)))
    matrix = made(desk, Asked())
    cell = matrix.cell(1, 0)
    assert (cell.state, cell.count, len(cell.quotations)) == (CellState.QUOTED, 0, 2)
    assert Sheet(matrix, matrix.rows).printed(1, 0) == "quoted"
    with pytest.raises(EvidenceError, match="coded there"):
        marking.looked_at_absent(matrix, matrix_source(desk.reader).marks, [(1, 0)], None)


@pytest.mark.parametrize("state", ["coded", "looked at, absent"])
def test_a_theme_with_codes_is_absent_from_a_report_that_is_coded(desk: Desk, state: str) -> None:
    voice = codebook.new_code("Voice")
    desk.do(voice)
    power = insert("theme", name="Power", kind="analytic")
    heard = insert("theme", name="Being heard", kind="topic")
    money = insert("theme", name="Money", kind="topic")
    bare = insert("theme", name="No codes yet", kind="topic")
    under = [
        insert("theme_parent", theme=RowOf("theme", each.guid), parent=RowOf("theme", power.guid))
        for each in (heard, money, bare)
    ]
    codes = ((heard, "Voice"), (money, "Money"))
    links = [
        insert("theme_code", theme=RowOf("theme", each.guid), code=desk.code(name).id) for each, name in codes
    ]
    desk.do(Edit("Themes", (power, heard, money, bare, *under, *links)))
    names = ("Being heard", "Money", "No codes yet")
    places = [at(made(desk, Asked()), name) for name in names]
    assert [made(desk, Asked()).cell(2, place).state for place in places] == [
        CellState.UNSEEN, CellState.QUOTED, CellState.UNSEEN
    ]  # fmt: skip
    status(desk, 2, state)
    matrix = made(desk, Asked())
    assert [matrix.cell(2, place).state for place in places] == [
        CellState.ABSENT, CellState.QUOTED, CellState.UNSEEN
    ]  # fmt: skip
    assert matrix.cell(2, matrix.bands[0].last).state is not CellState.ABSENT
    assert matrix.cell(1, places[0]).state is CellState.UNSEEN
    desk.project.undo()
    assert made(desk, Asked()).cell(2, places[0]).state is CellState.UNSEEN


# -- characteristics


def described(desk: Desk, reference: int, name: str, value: str, **more: object) -> None:
    row = insert("characteristic", reference=reference, name=name, value=value, state="typed", **more)
    desk.do(Edit("Describe", (row,)))


def test_another_value_is_absent_and_nothing_told_is_not_looked_at(desk: Desk) -> None:
    described(desk, 1, "country", "Wales")
    described(desk, 1, "design", "Interviews")
    described(desk, 2, "country", "")
    described(desk, 1, "country", "England", draft=1)
    matrix = made(desk, Asked(By.CHARACTERISTICS, ("country", "design")))
    assert [(each.of.name, matrix.bands[each.band].of.name) for each in matrix.columns] == [
        ("Wales", "Country"), ("Not reported", "Country"), ("Interviews", "Design"),
    ]  # fmt: skip
    states = [[matrix.cell(row, place).state for place in range(3)] for row in (1, 2)]
    assert states == [
        [CellState.SAID, CellState.ABSENT, CellState.SAID],
        [CellState.ABSENT, CellState.SAID, CellState.UNSEEN],
    ]
    with pytest.raises(EvidenceError, match="Studies"):
        marking.looked_at_absent(matrix, matrix_source(desk.reader).marks, [(2, 2)], None)


def test_a_value_keeps_its_summary_and_is_found_in_quotations(desk: Desk) -> None:
    described(desk, 1, "country", "Wales")
    described(desk, 2, "outcome", "trust")
    matrix = made(desk, Asked(By.CHARACTERISTICS, ("country",)))
    desk.do(marking.summarise(matrix_source(desk.reader).marks, matrix.columns[0].place(1), "Rural", None))
    assert made(desk, Asked(By.CHARACTERISTICS, ("country",))).cell(1, 0).summary == "Rural"
    (found,) = quotations_saying(desk.reader, [2], "TRUST")
    assert cell_quotations(desk.reader, [found])[found].words == "Trust grew slowly"


# -- studies


def joined(desk: Desk) -> None:
    study = insert("study", label="The funding study")
    rows = [insert("study_report", study=RowOf("study", study.guid), reference=row) for row in (1, 2)]
    desk.do(Edit("Join", (study, *rows)))


def test_a_study_says_what_its_reports_say_together(desk: Desk) -> None:
    joined(desk)
    matrix = made(desk, Asked(By.CODES, per=Per.STUDY))
    assert (matrix.size, [row.short_label for row in matrix.rows]) == (
        "1 study × 3 codes", ["The funding study"],
    )  # fmt: skip
    assert counts(matrix, 1) == [1, 2, 3, 2]
    assert matrix.rows[0].reports == (1, 2)


def test_a_code_is_absent_from_a_study_where_each_report_is_coded(desk: Desk) -> None:
    joined(desk)
    desk.code("Place")
    status(desk, 1, "coded")
    asked = Asked(By.CODES, per=Per.STUDY)
    assert made(desk, asked).cell(1, at(made(desk, asked), "Place")).state is CellState.UNSEEN
    status(desk, 2, "coded")
    assert made(desk, asked).cell(1, at(made(desk, asked), "Place")).state is CellState.ABSENT


def test_a_mark_on_a_study_stands_for_each_of_its_reports(desk: Desk) -> None:
    joined(desk)
    desk.code("Place")
    asked = Asked(By.CODES, per=Per.STUDY)
    matrix = made(desk, asked)
    cell = (1, at(matrix, "Place"))
    edit = marking.looked_at_absent(matrix, matrix_source(desk.reader).marks, [cell], None)
    assert len(edit.changes) == 2
    desk.do(edit)
    assert made(desk, asked).cell(*cell).state is CellState.ABSENT


def test_reports_in_no_study_are_named_apart_where_the_number_of_studies_is_stated(desk: Desk) -> None:
    asked = Asked(By.CODES, per=Per.STUDY)
    assert made(desk, asked).rows_told == "2 studies"
    number = insert("stated_number", key="included_studies", label="Studies", value=2, state="typed")
    desk.do(Edit("State", (number,)))
    assert made(desk, asked).rows_told == "2 reports in no study"


# -- what is shown, and files


def test_columns_are_left_out_by_name_by_use_and_by_branch(desk: Desk) -> None:
    desk.code("Place")
    matrix = made(desk)

    def names(wanted: ColumnsWanted) -> list[str]:
        shown = with_columns(matrix, wanted)
        assert [shown.columns[each].band for band in shown.bands for each in band.columns] == [
            place for place, band in enumerate(shown.bands) for _ in band.columns
        ]
        return [column.of.name for column in shown.columns]

    assert names(ColumnsWanted(used=True)) == ["Money", "Late money", "Money", "Trust"]
    assert names(ColumnsWanted(words="late")) == ["Late money"]
    assert names(ColumnsWanted(bands=frozenset((matrix.bands[0].of.id,)))) == ["Trust", "Place"]
    narrowed = with_columns(matrix, ColumnsWanted(words="trust"))
    assert [narrowed.cell(row, 0).count for row in (1, 2)] == [1, 1]


def test_rows_are_filtered_by_any_characteristic_and_ordered_by_what_is_counted(desk: Desk) -> None:
    described(desk, 1, "design", "Survey")
    matrix = made(desk)
    assert [row.id for row in wanted_rows(matrix, RowsWanted().with_value("design", "Survey"))] == [1]
    assert [row.id for row in wanted_rows(matrix, RowsWanted(), "cited")] == [1, 2]


def test_files_hold_counts_summaries_and_quotations(desk: Desk, tmp_path: Path) -> None:
    status(desk, 2, "coded")
    matrix = made(desk)
    place = matrix.columns[at(matrix, "Trust")].place(1)
    desk.do(marking.summarise(matrix_source(desk.reader).marks, place, "Lost for good", None))
    matrix = made(desk)
    sheet = with_quotations(desk.reader, Sheet(matrix, matrix.rows), -1)
    table = list(csv.reader(io.StringIO(csv_bytes(sheet).decode("utf-8-sig"), newline="")))
    assert [row[2:-1] for row in table[1:]] == [["", "2", "2", "1"], ["1", "absent", "1", "1"]]
    assert table[0][-1] == "Quotations"
    assert (
        table[2][-1] == "Money: “Money was short” (Author2 2020) | Trust: “Trust grew slowly” (Author2 2020)"
    )
    assert as_json(sheet)["rows"][1]["cells"][0]["quoted"][0]["words"] == "Money was short"
    assert as_json(sheet)["columns"][1] == {
        "code": "2", "name": "Late money", "kind": "topic", "branch": "Money", "quotations": 2, "reports": 1,
    }  # fmt: skip
    for ending in ("xlsx", "docx", "svg"):
        write_matrix(sheet, tmp_path / f"m.{ending}")
    book = load_workbook(tmp_path / "m.xlsx")
    assert book.sheetnames == ["Matrix", "Summaries", "Quotations", "About"]
    assert [cell.value for cell in book["Quotations"][2]][3:5] == ["Late money", "money arrived late"]
    assert [cell.value for cell in book["Summaries"][2]][3:] == ["Trust", "Lost for good"]
    assert "quotations" in (tmp_path / "m.svg").read_text("utf-8")


def test_nothing_coded_and_nothing_described_is_an_empty_matrix(tmp_path: Path) -> None:
    with opened_desk(tmp_path) as desk:
        assert made(desk).columns == ()
        empty = made(desk, Asked(By.CHARACTERISTICS, ("country",), Per.STUDY))
        assert (empty.columns, len(empty.rows)) == ((), 2)
