"""The Matrix screen as a reviewer uses it: by mouse and by keyboard, every act one undo."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from evidence_app.domain.matrix import CellState
from evidence_app.services.synthesis.matrix_rows import RowsWanted
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.matrix.model import MatrixModel
from evidence_app.ui.matrix.screen import MatrixScreen
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages, nameless, unreachable

KEYS = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """A shown Matrix screen over a project, and what it said and opened."""

    def __init__(
        self, look: Look, parts: Parts, lanes: InlineLanes, project: OpenProject, preferences: Preferences,
        messages: RecordedMessages,
    ) -> None:  # fmt: skip
        self.project, self.messages = project, messages
        self.said: list[str] = []
        self.opened: list[tuple[str, Subject | None]] = []
        context = ScreenContext(look, parts, lanes, project, preferences, messages, self.go_to, self.say)
        self.screen = MatrixScreen(context)
        project.changed.connect(self.screen.reload)
        self.screen.resize(1250, 850)
        self.screen.show()
        self.screen.reload(frozenset())
        self.screen.activateWindow()
        QApplication.processEvents()

    def go_to(self, screen: str, subject: Subject | None = None) -> None:
        self.opened.append((screen, subject))

    def say(self, text: str, **_rest: Any) -> None:
        self.said.append(text)

    @property
    def cells(self) -> MatrixModel:
        return self.screen.grid.cells

    def choose(self, number: int, column: int) -> None:
        row = next(at for at, each in enumerate(self.cells.rows) if each.number == number)
        self.screen.grid.setFocus()
        self.screen.grid.choose(row, column)
        QApplication.processEvents()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.screen.grid, key, held)

    def state(self, number: int, column: int) -> CellState:
        row = next(at for at, each in enumerate(self.cells.rows) if each.number == number)
        cell = self.cells.cell(row, column)
        assert cell is not None
        return cell.state

    def words(self) -> list[str]:
        labels = self.screen.cell_inspector.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisibleTo(self.screen) and label.text()]

    def numbers(self) -> list[int | None]:
        return [row.number for row in self.cells.rows]

    def close(self) -> None:
        for part in self.screen.header_parts():
            part.deleteLater()
        self.screen.close()
        self.screen.deleteLater()


@pytest.fixture
def desk(
    look: Look, parts: Parts, lanes: InlineLanes, open_sample: OpenProject, preferences: Preferences,
    messages: RecordedMessages,
) -> Iterator[Desk]:  # fmt: skip
    open_sample.act_as(Acting("Ada Reviewer", "AR", preferences.now.person_guid))
    made = Desk(look, parts, lanes, open_sample, preferences, messages)
    yield made
    made.close()


def test_it_shows_every_included_report_and_topic(desk: Desk) -> None:
    assert desk.screen.detail() == "47 reports × 18 topics"
    assert desk.numbers() == list(range(55, 102))
    assert (desk.cells.rowCount(), desk.cells.columnCount()) == (47, 22)
    assert desk.screen.grid.current() == (desk.cells.rows[0].id, 0)


def test_every_cell_says_what_it_is(desk: Desk) -> None:
    model = desk.cells
    row = desk.numbers().index(66)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(row, 9), spoken) == "Moss 2018, Leadership in practice: 3 evidence anchors"
    assert model.data(model.index(0, 0), spoken).endswith("not yet looked at")
    assert "Navigating relationships" in model.headerData(16, Qt.Orientation.Horizontal, spoken)
    assert model.headerData(99, Qt.Orientation.Vertical) is None


def test_arrows_go_from_cell_to_cell_and_the_inspector_follows(desk: Desk) -> None:
    desk.choose(65, 8)
    desk.key(KEYS.Key_Down)
    desk.key(KEYS.Key_Right)
    assert desk.words()[0] == "66 Moss 2018"
    assert {"Leadership in practice", "Cited by 3 review findings", "3 evidence anchors, counted"} <= set(
        desk.words()
    )


def test_a_finding_leads_to_themes_and_manuscript(desk: Desk) -> None:
    desk.choose(66, 9)
    chosen = desk.screen._chosen()
    assert chosen is not None
    first = chosen.findings()[0].id
    for name in ("Show in Themes", "Show in the manuscript"):
        next(each for each in _buttons(desk) if each.accessibleName().startswith(name)).click()
    desk.screen.cell_inspector.open_report.click()
    assert desk.opened == [
        ("themes", Subject("block", first or 0)), ("manuscript", Subject("block", first or 0)),
        ("library", Subject("reference", chosen.row.id)),
    ]  # fmt: skip


def _buttons(desk: Desk) -> list[Any]:
    from PySide6.QtWidgets import QAbstractButton

    return [each for each in desk.screen.cell_inspector.findChildren(QAbstractButton) if each.isVisible()]


def test_a_marks_a_cell_as_looked_at_and_one_undo_takes_it_back(desk: Desk) -> None:
    desk.choose(55, 2)
    desk.key(KEYS.Key_A)
    assert desk.state(55, 2) is CellState.ABSENT
    assert any(line.startswith("Looked at, absent: Ada Reviewer") for line in desk.words())
    assert desk.project.undo_label is not None
    desk.project.undo()
    assert desk.state(55, 2) is CellState.UNSEEN
    desk.project.redo()
    desk.key(KEYS.Key_A)
    assert desk.state(55, 2) is CellState.UNSEEN


def test_several_cells_are_marked_at_once(desk: Desk) -> None:
    desk.choose(55, 0)
    model, flags = desk.cells, QItemSelectionModel.SelectionFlag
    for column in (0, 1, 2):
        desk.screen.grid.selectionModel().select(model.index(0, column), flags.Select)
    desk.screen.cell_inspector.absent.click()
    assert [desk.state(55, column) for column in range(4)] == [CellState.ABSENT] * 3 + [CellState.UNSEEN]
    desk.project.undo()
    assert desk.state(55, 1) is CellState.UNSEEN


def test_a_main_theme_marked_absent_is_absent_in_its_topics(desk: Desk) -> None:
    desk.choose(55, 8)
    desk.screen.toggle_absent()
    assert {desk.state(55, column) for column in range(9)} == {CellState.ABSENT}
    assert desk.state(55, 9) is CellState.UNSEEN
    desk.choose(55, 0)
    assert not desk.screen.cell_inspector.absent.isVisible()


def test_a_cited_cell_cannot_be_marked(desk: Desk) -> None:
    desk.choose(66, 9)
    assert not desk.screen.cell_inspector.absent.isVisible()
    desk.key(KEYS.Key_A)
    assert "not absent" in desk.said[0]
    assert desk.state(66, 9) is CellState.CITED


def test_a_summary_is_kept_for_its_own_cell(desk: Desk) -> None:
    desk.choose(66, 9)
    desk.key(KEYS.Key_Return)
    editor = desk.screen.cell_inspector.summary.editor
    assert editor.hasFocus()
    QTest.keyClicks(editor, "Leaders knew the area.")
    desk.screen.grid.choose(0, 0)
    assert editor.toPlainText() == ""  # type: ignore[union-attr]
    desk.choose(66, 9)
    assert editor.toPlainText() == "Leaders knew the area."  # type: ignore[union-attr]
    cell = desk.cells.cell(desk.numbers().index(66), 9)
    assert cell is not None
    assert cell.summary == "Leaders knew the area."
    desk.project.undo()
    assert editor.toPlainText() == ""  # type: ignore[union-attr]


def test_escape_goes_back_to_the_cells(desk: Desk) -> None:
    desk.choose(66, 9)
    desk.key(KEYS.Key_Return)
    editor = desk.screen.cell_inspector.summary.editor
    QTest.keyClicks(editor, "Half")
    QTest.keyClick(editor, KEYS.Key_Escape)
    assert editor.toPlainText() == ""  # type: ignore[union-attr]
    QTest.keyClick(editor, KEYS.Key_Escape)
    assert desk.screen.grid.hasFocus()


def test_leaving_the_screen_keeps_a_half_typed_summary(desk: Desk) -> None:
    desk.choose(55, 0)
    desk.screen.write_summary()
    QTest.keyClicks(desk.screen.cell_inspector.summary.editor, "Nothing on funding")
    desk.screen.leave()
    assert desk.project.undo_label == "Write a framework summary"


def test_filters_orders_and_characteristics(desk: Desk) -> None:
    desk.screen._filter(RowsWanted(country="Scotland"))
    assert len(desk.numbers()) == 2
    assert desk.screen.detail() == "2 of 47 reports × 18 topics"
    desk.screen._bar.all.click()
    assert len(desk.numbers()) == 47
    desk.screen._sort("name")
    labels = [row.short_label.casefold() for row in desk.cells.rows]
    assert labels == sorted(labels)
    desk.screen._show_beside(("country", "service"))
    assert desk.cells.beside(0)[0] in ("England", "United Kingdom", "Ireland", "Scotland", "Wales")


def test_the_menus_offer_what_there_is(desk: Desk) -> None:
    bar = desk.screen._bar
    for button in (bar.filter, bar.order, bar.columns):
        button.menu().aboutToShow.emit()
    country = next(action.menu() for action in bar.filter.menu().actions() if action.text() == "Country")
    assert isinstance(country, QMenu)
    next(action for action in country.actions() if action.text().startswith("Wales")).trigger()
    assert len(desk.numbers()) == 1
    next(action for action in bar.order.menu().actions() if action.text() == "Year").trigger()
    assert bar.order.text() == "Sort by year"
    next(action for action in bar.columns.menu().actions() if action.text() == "Kind").trigger()
    assert desk.cells.characteristics == ("kind",)


def test_a_narrow_bar_shortens_its_words(desk: Desk) -> None:
    bar = desk.screen._bar
    desk.screen._filter(RowsWanted(country="England", service="Mental health"))
    assert bar.filter.text() == "England, Mental health"
    desk.screen.resize(640, 700)
    assert (bar.filter.text(), bar.columns.text()) == ("2 filters", "Beside")
    assert bar.filter.toolTip() == "England, Mental health"
    desk.screen.resize(1250, 850)
    assert bar.order.text() == "Sort by number"


def test_a_click_on_a_head_orders_by_that_topic_and_a_second_one_by_number(desk: Desk) -> None:
    desk.choose(66, 9)
    desk.screen.grid.column_clicked.emit(9)
    counts = [desk.cells.matrix.cell(row.id, 9).count for row in desk.cells.rows if desk.cells.matrix]
    assert counts == sorted(counts, reverse=True)
    assert desk.words()[0] == "66 Moss 2018"
    desk.screen.grid.column_clicked.emit(9)
    assert desk.numbers() == list(range(55, 102))


def test_the_search_narrows_the_rows(desk: Desk) -> None:
    desk.screen._search.setText("year:2019")
    desk.screen._search.search_now()
    assert {row.year for row in desk.cells.rows} == {2019}
    desk.screen._search.setText("zzzz")
    desk.screen._search.search_now()
    assert desk.screen._empty.isVisible()
    assert not desk.screen._export.isEnabled()
    desk.screen._empty.button.click()
    assert len(desk.numbers()) == 47


def test_places_are_shown(desk: Desk) -> None:
    report = desk.cells.rows[20]
    desk.screen._filter(RowsWanted(country="Wales"))
    desk.screen.show_place(Subject("reference", report.id))
    assert desk.screen.grid.current() == (report.id, 0)
    theme = desk.cells.columns[16].of.id
    desk.screen.show_place(Subject("theme", theme))
    assert desk.screen.grid.current() == (report.id, 16)


def test_export_writes_the_rows_shown(desk: Desk, tmp_path: Path) -> None:
    desk.screen._filter(replace(RowsWanted(), country="Wales"))
    desk.messages.answers = [tmp_path / "out.json"]
    desk.screen.export()
    assert len(json.loads((tmp_path / "out.json").read_text("utf-8"))["rows"]) == 1
    assert desk.said == ["Wrote out.json."]
    desk.messages.answers = [tmp_path / "out.pdf"]
    desk.screen.export()
    assert "not a format" in desk.messages.asked[-1]


def test_the_context_menu_offers_the_acts(desk: Desk) -> None:
    desk.choose(55, 0)
    desk.screen.grid.menu_asked.emit(QPoint(0, 0))
    (menu,) = [each for each in desk.screen.findChildren(QMenu) if each.isVisible()]
    assert next(action.text() for action in menu.actions()) == "Looked at, absent"
    menu.close()


def test_everything_has_a_name_and_is_reached_by_the_keyboard(desk: Desk) -> None:
    desk.choose(66, 9)
    assert nameless(desk.screen) == []
    assert unreachable(desk.screen) == []


@pytest.mark.parametrize(("scale", "dark", "width"), [(1.0, True, 1040), (1.5, False, 900), (2.0, True, 900)])
def test_it_is_drawn_in_every_look(desk: Desk, look: Look, scale: float, dark: bool, width: int) -> None:
    desk.screen._show_beside(("country", "service", "kind"))
    look.change(scale=scale, dark=dark)
    desk.screen.resize(width, 560)
    QApplication.processEvents()
    grid = desk.screen.grid
    assert not desk.screen.grab().isNull()
    assert grid.viewport().width() > look.px(60)
    assert grid.viewport().height() > look.px(60)


def test_a_new_review_says_what_to_do_first(
    tmp_path: Path, look: Look, parts: Parts, lanes: InlineLanes, preferences: Preferences,
    messages: RecordedMessages,
) -> None:  # fmt: skip
    project = OpenProject(lanes, Project.create(tmp_path / "new.evidence", "New"))
    made = Desk(look, parts, lanes, project, preferences, messages)
    assert made.screen._empty.button.text() == "Go to Themes"
    assert "themes" in made.screen._empty.sentence.text()
    made.screen._empty.button.click()
    assert made.opened == [("themes", None)]
    made.screen.toggle_absent()
    made.screen.export()
    made.close()
    project.close()
    project.deleteLater()
