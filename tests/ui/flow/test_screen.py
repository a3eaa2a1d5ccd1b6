"""The Flow diagram screen as a reviewer uses it: by mouse and by keyboard, every number opens its records."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from evidence_app.domain.edit import Edit, insert, remove
from evidence_app.domain.flow import FlowForm
from evidence_app.storage.project import Project
from evidence_app.ui.flow.inspector import AGREEMENT
from evidence_app.ui.flow.screen import FlowScreen
from evidence_app.ui.library.screen import LibraryScreen
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import Subject
from evidence_app.ui.widgets.fields import Field, InPlace
from tests.services.flow.reviews import ReviewBuilder, a_screened_review
from tests.ui.desks import Desk, Tools, shown
from tests.ui.doubles import nameless, unreachable


class FlowDesk(Desk[FlowScreen]):
    """The diagram, with its boxes at hand."""

    def __init__(self, tools: Tools, project: OpenProject) -> None:
        super().__init__(tools, project, FlowScreen, (1200, 820))

    def box(self, key: str) -> Any:
        """Return the box with this key."""
        return self.screen.canvas.boxes[key]

    def told(self) -> str:
        """Return all the texts of the inspector."""
        return self.words(self.screen.flow_inspector)

    def click(self, key: str, row: int) -> None:
        """Click on a row of a box."""
        view = self.box(key)
        place = view.place_of(view.box.rows[row])
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place.center())


def write(field: Field, text: str) -> None:
    """Type into a field, and leave it."""
    editor = field.editor
    assert isinstance(editor, InPlace)
    editor.setText(text)
    editor.editingFinished.emit()


@pytest.fixture
def sample_desk(screen_tools: Tools, open_sample: OpenProject) -> Iterator[FlowDesk]:
    with shown(FlowDesk(screen_tools, open_sample)) as made:
        yield made


@pytest.fixture
def review(tmp_path: Path) -> ReviewBuilder:
    builder = ReviewBuilder(tmp_path)
    a_screened_review(builder)
    return builder


@pytest.fixture
def desk(screen_tools: Tools, review: ReviewBuilder) -> Iterator[FlowDesk]:
    review.state("dbr_assessed", 6)
    path = review.project.path
    review.close()
    with screen_tools.opened(path) as project, shown(FlowDesk(screen_tools, project)) as made:
        yield made


def test_the_sample_is_drawn_with_its_numbers(sample_desk: FlowDesk) -> None:
    told = {key: view.accessibleName() for key, view in sample_desk.screen.canvas.boxes.items()}
    assert told["box2"].startswith("Records identified from; Databases: 2,675 (worked out); MEDLINE: 834")
    assert "Records screened: 1,925" in told["box4"]
    assert "typed" in told["box4"]
    assert told["box5"] == "Records excluded: not reported."
    assert "Studies included in review: 42; Reports of included studies: 47" in told["box10"]
    assert sample_desk.screen.detail() == "All numbers that are known agree"
    assert nameless(sample_desk.screen) == []
    assert unreachable(sample_desk.screen) == []


def test_a_click_on_a_number_opens_exactly_its_records(sample_desk: FlowDesk) -> None:
    sample_desk.click("box10", 1)
    (screen, subject) = sample_desk.gone_to[0]
    assert screen == "library"
    assert subject is not None
    assert (subject.kind, len(subject.ids), subject.title) == ("records", 47, "Reports included")
    sample_desk.click("box5", 0)
    assert len(sample_desk.gone_to) == 1


def test_enter_opens_and_arrows_go_from_box_to_box(sample_desk: FlowDesk) -> None:
    box = sample_desk.box("box2")
    box.setFocus()
    for key, at in ((Qt.Key.Key_Right, "box3"), (Qt.Key.Key_Right, "box11"), (Qt.Key.Key_Left, "box3"),
                    (Qt.Key.Key_Left, "box2"), (Qt.Key.Key_Down, "box4"), (Qt.Key.Key_Down, "box6"),
                    (Qt.Key.Key_Down, "box8"), (Qt.Key.Key_Down, "box10")):  # fmt: skip
        QTest.keyClick(sample_desk.box(sample_desk.screen.canvas.current or "box2"), key)
        assert sample_desk.screen.canvas.current == at
    QTest.keyClick(sample_desk.box("box10"), Qt.Key.Key_Return)
    assert sample_desk.gone_to[-1][0] == "library"
    assert set(sample_desk.screen.flow_inspector.cards) == {"new_studies", "new_reports"}


def test_an_equation_that_does_not_hold_is_red_and_stops_the_export(desk: FlowDesk) -> None:
    assert desk.box("box8").equation.key == "assessed"
    assert desk.screen.detail() == "2 equations do not hold"
    export = next(each for each in desk.screen.findChildren(QPushButton) if "Export" in each.text())
    assert not export.isEnabled()
    assert "6 − 1 = 5, but reports assessed for eligibility: 6." in export.toolTip()
    desk.screen.flow_inspector.tabs.setCurrentIndex(AGREEMENT)
    assert "6 − 1 = 5, but reports assessed for eligibility: 6." in desk.told()
    desk.screen.export()
    assert desk.messages.asked == []
    assert "Mend or explain it first" in desk.said[-1]


def test_explaining_writes_a_note_and_lets_the_export_go(desk: FlowDesk, tmp_path: Path) -> None:
    desk.messages.answers += ["One was read twice.", "It follows."]
    desk.screen.explain()
    desk.screen.explain()
    assert desk.screen.detail() == "2 explained in a note, all others agree"
    assert desk.box("box8").equation is None
    desk.screen.flow_inspector.tabs.setCurrentIndex(AGREEMENT)
    assert "One was read twice." in desk.told()
    desk.messages.answers.append(tmp_path / "flow.svg")
    desk.screen.export()
    assert "One was read twice." in (tmp_path / "flow.svg").read_text("utf-8")
    desk.screen.project.undo()
    assert desk.screen.detail() == "1 equation does not hold"


def test_the_keyboard_stays_with_the_act_on_an_equation(desk: FlowDesk) -> None:
    desk.screen.flow_inspector.tabs.setCurrentIndex(AGREEMENT)
    listed = desk.screen.flow_inspector.equations
    listed.buttons["assessed"][-1].setFocus()
    desk.messages.answers.append("One was read twice.")
    desk.screen.explain()
    assert listed.buttons["assessed"][-1].hasFocus()
    desk.screen.project.undo()
    assert listed.buttons["assessed"][-1].hasFocus()


def test_a_number_is_typed_and_taken_back_in_the_inspector(desk: FlowDesk) -> None:
    desk.box("box8").setFocus()
    card = desk.screen.flow_inspector.cards["dbr_assessed"]
    assert "Typed 6; the project counts 5." in desk.told()
    write(card.field, "")
    assert desk.screen.detail() == "All numbers that are known agree"
    card = desk.screen.flow_inspector.cards["dbr_assessed"]
    assert (card.number.number, card.number.from_records) == (5, True)
    write(card.field, "five")
    assert "is not a number" in desk.said[-1]
    write(card.field, "5")
    write(card.source, "Paper log")
    assert (
        desk.screen.project.reader.value(
            "SELECT basis FROM live_stated_number WHERE key = 'reports_assessed'"
        )
        == "Paper log"
    )


def test_parts_of_a_number_open_theirs(desk: FlowDesk) -> None:
    desk.box("box9").setFocus()
    buttons = desk.screen.flow_inspector.cards["dbr_excluded"].line_buttons
    assert [each.accessibleName() for each in buttons] == ["Open Wrong design: 1", "Open Wrong setting: 1"]
    buttons[0].click()
    subject = desk.gone_to[-1][1]
    assert subject is not None
    assert (len(subject.ids), subject.title) == (1, "Reports excluded: Wrong design")


def test_duplicates_open_where_merged_records_are_shown(desk: FlowDesk) -> None:
    desk.click("box3", 1)
    assert desk.gone_to[-1][0] == "duplicates"


def test_the_form_is_chosen_and_kept_with_the_review(desk: FlowDesk) -> None:
    desk.screen._choose_form(FlowForm.EXPLORATORY)
    assert set(desk.screen.canvas.boxes) >= {"identified", "screened", "assessed", "included"}
    assert desk.screen.project.reader.value("SELECT form FROM live_protocol") == "exploratory"
    desk.screen._choose_form(None)
    assert "box2" in desk.screen.canvas.boxes


def test_the_diagram_follows_what_changes_elsewhere(desk: FlowDesk) -> None:
    reader = desk.screen.project.reader
    row = reader.value("SELECT id FROM reference WHERE guid = 'g'")
    old = reader.value("SELECT id FROM decision WHERE reference = :row", row=row)
    desk.screen.project.do(Edit("Take a decision back", (remove("decision", old),)))
    assert "Records screened: 7" in desk.box("box4").accessibleName()
    made = insert("decision", reference=row, verdict="exclude", at="2026-03-01")
    desk.screen.project.do(Edit("Decide again", (made,)))
    assert "Records screened: 8" in desk.box("box4").accessibleName()


def test_zoom_and_fit(sample_desk: FlowDesk) -> None:
    canvas = sample_desk.screen.canvas
    before = canvas.boxes["box2"].width()
    sample_desk.screen.zoom_in()
    assert canvas.boxes["box2"].width() > before
    sample_desk.screen.fit()
    assert canvas.boxes["box2"].width() == before
    assert canvas.fits


def test_an_empty_review_says_what_to_do(screen_tools: Tools, tmp_path: Path) -> None:
    empty = Project.create(tmp_path / "empty.evidence", "Empty", screen_tools.acting)
    with screen_tools.opened(empty) as project, shown(FlowDesk(screen_tools, project)) as desk:
        assert desk.screen.detail() == ""
        desk.screen._empty.button.click()
        assert desk.gone_to == [("searches", None)]
        desk.screen.show_boxes()
        desk.screen.canvas.choose("box4")
        write(desk.screen.flow_inspector.cards["records_screened"].field, "1,925")
        assert "Records screened: 1,925" in desk.box("box4").accessibleName()


def test_the_library_shows_just_the_given_records(sample_desk: FlowDesk) -> None:
    library = LibraryScreen(sample_desk.context)
    for each in library.header_parts():
        each.setParent(library)
    library.reload(frozenset())
    everything = len(library.shown_ids())
    library.show_place(Subject("records", 0, (1, 3, 5), "Records excluded"))
    assert sorted(library.shown_ids()) == [1, 3, 5]
    assert library.shown_as() == "Records excluded"
    library.show_place(Subject("reference", 2))
    assert len(library.shown_ids()) == everything
    library.close()
    library.deleteLater()


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".docx"])
def test_the_two_tables_are_written(desk: FlowDesk, tmp_path: Path, ending: str) -> None:
    for name, act in (("searches", desk.screen.export_appendix), ("excluded", desk.screen.export_excluded)):
        out = tmp_path / f"{name}{ending}"
        desk.messages.answers.append(out)
        act()
        assert out.stat().st_size > 100
    if ending == ".csv":
        text = (tmp_path / "excluded.csv").read_text("utf-8-sig")
        assert text.splitlines()[0] == "No.,Report,Title,Year,Where it appeared,DOI,Reason,Found by"
        assert [line.split(",")[-2] for line in text.splitlines()[1:]] == ["Wrong design", "Wrong setting"]
        assert "Medline,database" in (tmp_path / "searches.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("form", list(FlowForm))
def test_every_row_has_room_in_its_box(sample_desk: FlowDesk, scale: float, form: FlowForm) -> None:
    sample_desk.context.look.change(scale=scale)
    sample_desk.screen._choose_form(form)
    for view in sample_desk.screen.canvas.boxes.values():
        last = view.place_of(view.box.rows[-1])
        assert last.bottom() <= view.height()
        assert view.width() > 100


def test_an_equation_the_checks_found_is_shown_with_its_box(desk: FlowDesk) -> None:
    desk.screen.show_place(Subject("flow:assessed", 0))
    assert desk.screen.canvas.current == "box8"
    assert desk.screen.canvas.boxes["box8"].hasFocus()
    assert "but reports assessed for eligibility: 6" in desk.told()
    assert desk.screen.flow_inspector.tabs.currentIndex() == AGREEMENT


def test_a_key_goes_from_the_box_to_the_field_of_its_number(desk: FlowDesk) -> None:
    desk.box("box4").setFocus()
    desk.screen.type_number()
    editor = desk.screen.focusWidget()
    assert editor is not None
    assert editor.accessibleName() == "Typed: Records screened"
    QTest.keyClicks(editor, "12")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert "Typed 12; the project counts 8." in desk.told()
