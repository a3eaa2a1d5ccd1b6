"""The matrix by codes, by values of characteristics and for studies, as a reviewer works it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.domain.matrix import By, CellState, Per
from evidence_app.services.coding import codebook
from evidence_app.services.synthesis.matrix import ColumnsWanted
from evidence_app.services.synthesis.matrix_counting import Asked
from evidence_app.ui.matrix.asking import remembered
from evidence_app.ui.matrix.screen import MatrixScreen
from evidence_app.ui.screen import Subject
from tests.services.coding.desk import opened_desk
from tests.ui.desks import Desk, Tools, shown
from tests.ui.doubles import nameless, unreachable

KEYS = Qt.Key


@pytest.fixture
def desk(screen_tools: Tools, tmp_path: Path) -> Iterator[Desk[MatrixScreen]]:
    """Two reports of one study, the second coded to its end, one of them from Wales."""
    with opened_desk(tmp_path) as coded:
        coded.do(codebook.new_code("Late money", coded.code("Money")))
        coded.coded("money arrived late", "Late money")
        coded.coded("trust was lost", "Trust")
        coded.coded("Trust grew slowly", "Trust", row=2)
        study = insert("study", label="The funding study")
        rows = [insert("study_report", study=RowOf("study", study.guid), reference=row) for row in (1, 2)]
        status = insert("coding_status", reference=2, state="coded", at="2026-11-20T10:00:00+00:00")
        country = insert("characteristic", reference=1, name="country", value="Wales", state="typed",
                         place="p. 4")  # fmt: skip
        coded.do(Edit("Describe", (study, *rows, status, country)))
        path = coded.project.path
    with (
        screen_tools.opened(path) as project,
        shown(Desk(screen_tools, project, MatrixScreen, (1250, 850))) as made,
    ):
        made.screen.dimension.ask(Asked(By.CODES))
        yield made


def columns(desk: Desk[MatrixScreen]) -> list[str]:
    return [column.name for column in desk.screen.grid.cells.columns]


def state(desk: Desk[MatrixScreen], row: int, column: int) -> CellState:
    cell = desk.screen.grid.cells.cell(row, column)
    assert cell is not None
    return cell.state


def test_the_columns_are_codes_and_the_choice_is_remembered(desk: Desk[MatrixScreen]) -> None:
    assert columns(desk) == ["Late money", "All", "Trust"]
    assert desk.screen.detail() == "2 reports × 2 codes"
    assert desk.screen.dimension.button.text() == "Reports × codes"
    assert remembered(desk.context.settings) == Asked(By.CODES)
    desk.screen.dimension.ask(Asked(By.CHARACTERISTICS, ("country",), Per.STUDY))
    assert remembered(desk.context.settings) == Asked(By.CHARACTERISTICS, ("country",), Per.STUDY)
    assert columns(desk) == ["Wales"]


def test_the_menu_in_the_header_turns_the_matrix(desk: Desk[MatrixScreen]) -> None:
    menu = desk.screen.dimension.button.menu()
    menu.aboutToShow.emit()
    named = {action.text(): action for action in menu.actions() if action.text()}
    assert [name for name, action in named.items() if action.isChecked()] == [
        "Reports as rows",
        "Codes as columns",
    ]
    values = named["Values of characteristics as columns"].menu()
    assert isinstance(values, QMenu)
    values.actions()[0].trigger()
    assert desk.screen.dimension.button.text() == "Reports × Country"
    named["Studies as rows"].trigger()
    assert desk.screen.detail() == "1 study × 1 value"
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "Themes as columns").trigger()
    assert desk.screen._empty.button.text() == "Go to Themes"


def test_a_cell_says_its_state_and_leads_to_its_quotations(desk: Desk[MatrixScreen]) -> None:
    desk.screen.grid.choose(0, 0)
    assert "“money arrived late”" in desk.words(desk.screen.cell_inspector)
    assert "1 quotation, counted" in desk.words(desk.screen.cell_inspector)
    desk.keys(desk.screen.grid, KEYS.Key_O)
    assert desk.gone_to[-1] == ("coding", Subject("quotation", 1))
    desk.keys(desk.screen.grid, KEYS.Key_Down)
    assert state(desk, 1, 0) is CellState.ABSENT
    assert "the report is coded. 20 November 2026" in desk.words(desk.screen.cell_inspector)
    desk.keys(desk.screen.grid, KEYS.Key_O)
    assert desk.said == ["There is no quotation in this cell."]
    desk.screen.open_theme()
    assert desk.gone_to[-1][0] == "coding"


def test_a_code_is_marked_absent_and_summed_up_by_keyboard_and_taken_back(desk: Desk[MatrixScreen]) -> None:
    desk.project.do(codebook.new_code("Place"))
    place = columns(desk).index("Place")
    desk.screen.grid.choose(0, place)
    assert state(desk, 0, place) is CellState.UNSEEN
    desk.keys(desk.screen.grid, KEYS.Key_A)
    assert state(desk, 0, place) is CellState.ABSENT
    desk.keys(desk.screen.grid, KEYS.Key_Return)
    editor = desk.screen.cell_inspector.summary.editor
    assert editor.hasFocus()
    editor.setPlainText("Not of this place")  # type: ignore[union-attr]
    desk.screen.leave()
    cell = desk.screen.grid.cells.cell(0, place)
    assert cell is not None
    assert cell.summary == "Not of this place"
    desk.project.undo()
    desk.project.undo()
    assert state(desk, 0, place) is CellState.UNSEEN


def test_a_study_counts_its_reports_together(desk: Desk[MatrixScreen]) -> None:
    desk.screen.dimension.ask(Asked(By.CODES, per=Per.STUDY))
    trust = columns(desk).index("Trust")
    cell = desk.screen.grid.cells.cell(0, trust)
    assert cell is not None
    assert (cell.count, desk.screen.detail()) == (2, "1 study × 2 codes")
    desk.screen.grid.choose(0, trust)
    assert "2 reports: Report 1" in desk.words(desk.screen.cell_inspector)
    desk.screen.show_place(Subject("reference", 2))
    assert desk.screen.grid.current() == (1, trust)


def test_values_tell_where_they_are_from_and_are_not_marked(desk: Desk[MatrixScreen]) -> None:
    desk.screen.dimension.ask(Asked(By.CHARACTERISTICS, ("country",)))
    desk.screen.grid.choose(0, 0)
    assert "Wales, typed, p. 4" in desk.words(desk.screen.cell_inspector)
    desk.screen.grid.choose(1, 0)
    assert state(desk, 1, 0) is CellState.UNSEEN
    assert not desk.screen.cell_inspector.absent.isVisible()
    desk.keys(desk.screen.grid, KEYS.Key_A)
    assert "said on the screen Studies" in desk.said[-1]


def test_columns_are_found_by_name_sorted_by_key_and_all_shown_again(desk: Desk[MatrixScreen]) -> None:
    desk.messages.answers = ["trust"]
    desk.screen.find_columns()
    assert columns(desk) == ["Trust"]
    assert desk.screen._bar.which.text() == "Some codes"
    desk.messages.answers = ["zzz"]
    desk.screen.find_columns()
    assert "No code is found" in desk.screen._empty.sentence.text()
    desk.screen._empty.button.click()
    assert columns(desk) == ["Late money", "All", "Trust"]
    desk.screen.grid.choose(0, 0)
    desk.keys(desk.screen.grid, KEYS.Key_S)
    assert desk.screen._bar.order.text() == "Sort by “Late money”"
    menu = desk.screen._bar.which.menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "Money").trigger()
    assert columns(desk) == ["Trust"]
    assert desk.screen._bar.order.text() == "Sort by number"
    desk.screen._bar.all.click()
    assert desk.screen.shown.columns == ColumnsWanted()


def test_the_export_holds_what_is_shown_with_its_quotations(desk: Desk[MatrixScreen], tmp_path: Path) -> None:
    desk.messages.answers = [tmp_path / "codes.xlsx"]
    desk.screen.export()
    assert desk.said == ["Wrote codes.xlsx."]
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "codes.xlsx")
    assert [cell.value for cell in book["Quotations"][2]][2:5] == [
        "Money",
        "Late money",
        "money arrived late",
    ]


def test_a_value_leads_to_its_place_in_the_report(desk: Desk[MatrixScreen]) -> None:
    words = "The team works in rural Wales."
    document = insert("document", reference=1, name="study.pdf", kind="pdf", text=words, text_sha256="",
                      pages='[{"start": 0, "width": 1, "height": 1, "label": "4"}]')  # fmt: skip
    desk.project.do(Edit("Attach", (document,)))
    desk.screen.dimension.ask(Asked(By.CHARACTERISTICS, ("country",)))
    desk.screen.grid.choose(0, 0)
    told = desk.words(desk.screen.cell_inspector)
    assert "1 passage of the report" in told
    assert f"“{words}” | Author1 2020, p. 4" in told
    desk.keys(desk.screen.grid, KEYS.Key_O)
    assert desk.gone_to[-1] == ("coding", Subject("passage", 3, (0, len(words))))
    desk.screen.grid.choose(1, 0)
    assert "No passage says it" in desk.words(desk.screen.cell_inspector)


def test_an_empty_code_book_says_where_codes_are_made(screen_tools: Tools, tmp_path: Path) -> None:
    with opened_desk(tmp_path) as coded:
        path = coded.project.path
    with screen_tools.opened(path) as project, shown(Desk(screen_tools, project, MatrixScreen)) as made:
        made.screen.dimension.ask(Asked(By.CODES))
        assert "no codes yet" in made.screen._empty.sentence.text()
        made.screen._empty.button.click()
        assert made.gone_to == [("coding", None)]


def test_everything_has_a_name_and_is_reached_by_the_keyboard(desk: Desk[MatrixScreen]) -> None:
    desk.screen.grid.choose(0, 0)
    assert nameless(desk.screen) == []
    assert unreachable(desk.screen) == []
