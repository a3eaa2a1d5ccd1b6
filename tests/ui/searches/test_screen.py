"""The Searches screen as a reviewer uses it: by mouse and by keyboard, every act one undo."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from evidence_app.storage import library, references, searches
from evidence_app.storage.project import Project
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.searches.import_dialog import ImportDialog
from evidence_app.ui.searches.keep_dialog import KeepDialog
from evidence_app.ui.searches.new_search import NewSearchDialog
from evidence_app.ui.searches.report_dialog import ReportDialog
from evidence_app.ui.searches.screen import SearchesScreen
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages, nameless, unreachable

KEYS = Qt.Key
RECORD = (
    "TY  - JOUR\nAU  - Berg, A\nTI  - Work {0} on commissioning\nPY  - 2019\nDO  - 10.1000/{0}\nER  - \n\n"
)
LOST = "AU  - Lost, Ben\nTI  - A record without its beginning\nPY  - 2001\n"
QUERY = "1\t(a or b)).ti.\t1204\n2\t1 and 9\t7"


class Desk:
    """A shown Searches screen over a project, and what it said and opened."""

    def __init__(self, screen: SearchesScreen, project: OpenProject, messages: RecordedMessages) -> None:
        self.screen, self.project, self.messages = screen, project, messages
        self.said: list[str] = []
        self.opened: list[tuple[str, Subject | None]] = []

    def go_to(self, screen: str, subject: Subject | None = None) -> None:
        self.opened.append((screen, subject))

    def say(self, text: str, **_rest: Any) -> None:
        self.said.append(text)

    def choose(self, name: str) -> None:
        row = next(each for each in searches.searches(self.project.reader) if each.name == name)
        self.screen.table.select(row.row)

    def logged(self, name: str) -> searches.LoggedSearch:
        return next(each for each in searches.searches(self.project.reader) if each.name == name)

    def field(self, column: str) -> Any:
        return self.screen.search_inspector.form_page.fields[column].editor

    def type_into(self, column: str, text: str) -> None:
        editor = self.field(column)
        editor.setFocus()
        editor.selectAll()
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, KEYS.Key_Return, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()


def shown_desk(
    look: Look, parts: Parts, lanes: InlineLanes, project: OpenProject, preferences: Preferences,
    messages: RecordedMessages,
) -> Desk:  # fmt: skip
    holder: list[Desk] = []

    def go_to(screen: str, subject: Subject | None = None) -> None:
        holder[0].go_to(screen, subject)

    def say(text: str, **rest: Any) -> None:
        holder[0].say(text, **rest)

    context = ScreenContext(look, parts, lanes, project, preferences, messages, go_to, say)
    screen = SearchesScreen(context)
    desk = Desk(screen, project, messages)
    holder.append(desk)
    desk.header = screen.header_parts()  # type: ignore[attr-defined]
    project.changed.connect(screen.reload)
    screen.resize(1250, 850)
    screen.show()
    screen.reload(frozenset())
    screen.activateWindow()
    QApplication.processEvents()
    return desk


@pytest.fixture
def desk(
    look: Look, parts: Parts, lanes: InlineLanes, open_sample: OpenProject, preferences: Preferences,
    messages: RecordedMessages,
) -> Iterator[Desk]:  # fmt: skip
    made = shown_desk(look, parts, lanes, open_sample, preferences, messages)
    yield made
    made.screen.close()
    made.screen.deleteLater()


@pytest.fixture
def empty_desk(
    look: Look, parts: Parts, lanes: InlineLanes, tmp_path: Path, preferences: Preferences,
    messages: RecordedMessages,
) -> Iterator[Desk]:  # fmt: skip
    project = OpenProject(lanes, Project.create(tmp_path / "empty.evidence", "A review"))
    made = shown_desk(look, parts, lanes, project, preferences, messages)
    yield made
    made.screen.close()
    made.screen.deleteLater()
    project.close()
    project.deleteLater()


@pytest.fixture
def exports(tmp_path: Path) -> list[Path]:
    """An export of MEDLINE with a damaged end, one of an unknown source, and a file that is no export."""
    medline, other, letter = (tmp_path / name for name in ("medline.ris", "scopus.ris", "letter.docx"))
    medline.write_text("".join(RECORD.format(number) for number in range(5)) + LOST, "utf-8")
    other.write_text("".join(RECORD.format(number) for number in range(3, 9)), "utf-8")
    letter.write_text("Dear editor,", "utf-8")
    return [medline, other, letter]


def accept(dialog: QDialog) -> bool:
    return True


# -- what is shown


def test_the_sample_shows_four_typed_yields_and_nothing_invented(desk: Desk) -> None:
    assert desk.screen.detail() == "2,675 records typed from 4 databases"
    model = desk.screen.table.searches
    records = [model.index(row, 2).data() for row in range(model.rowCount())]
    assert records == ["834", "676", "245", "920", *["not reported"] * 5, *["–"] * 3]
    unique = {model.index(row, 3).data() for row in range(model.rowCount())}
    assert unique == {"not reported", "–"}


def test_every_part_has_a_name_and_is_reached_by_tab(desk: Desk) -> None:
    of_the_choice = {f"Button {each.text()}" for each in desk.screen._filters.buttons.values()}
    for tab in ("PRISMA-S", "Files", "Known items", "History"):
        desk.screen.search_inspector.go_to_tab(tab)
        QApplication.processEvents()
        assert nameless(desk.screen) == []
        assert set(unreachable(desk.screen)) <= of_the_choice, "the others of a choice: Left and Right"


def test_a_filter_narrows_the_list_and_is_remembered(desk: Desk) -> None:
    desk.screen._filters.buttons["other"].click()
    names = [desk.screen.table.row_of(at).search.name for at in desk.screen.table.searches.ids]  # type: ignore[union-attr]
    assert "Google Scholar" in names
    assert "MEDLINE" not in names
    assert desk.screen.context.settings.now.kept["searches.filter"] == "other"


def test_an_empty_review_says_what_to_do(empty_desk: Desk, exports: list[Path]) -> None:
    assert empty_desk.screen._stack.currentIndex() == 1
    assert empty_desk.screen.detail() == ""
    empty_desk.messages.answers = [exports[:1], accept, accept]
    nothing = empty_desk.screen._stack.widget(1)
    assert nothing is not None
    nothing.button.click()  # type: ignore[attr-defined]
    assert empty_desk.screen._stack.currentIndex() == 0
    assert empty_desk.screen.detail() == "5 records from 1 database"


# -- the form and the query


def test_a_field_is_edited_in_place_and_undone(desk: Desk) -> None:
    desk.choose("MEDLINE")
    desk.type_into("searcher", "R. Scott")
    assert desk.logged("MEDLINE").text("searcher") == "R. Scott"
    assert desk.project.undo_label == "Change “Searched by” of MEDLINE"
    desk.project.undo()
    assert desk.logged("MEDLINE").text("searcher") == ""
    assert desk.field("searcher").text() == ""


def test_the_first_field_of_a_source_makes_its_run_and_it_stays_chosen(desk: Desk) -> None:
    desk.choose("Google Scholar")
    desk.type_into("seen", "200")
    chosen = desk.screen.chosen()
    assert chosen is not None
    assert (chosen.search.name, chosen.records.shown) == ("Google Scholar", "200")
    assert chosen.search.search is not None


def test_a_date_that_is_none_is_told_and_not_kept(desk: Desk) -> None:
    desk.choose("MEDLINE")
    desk.type_into("run", "some day")
    assert "is not a date" in desk.said[-1]
    assert desk.logged("MEDLINE").text("searched_from") == "2023-03-16"
    assert desk.field("run").text() == "16–17 March 2023"


def test_the_kind_of_a_source_can_be_changed(desk: Desk) -> None:
    desk.choose("BASE")
    form = desk.screen.search_inspector.form_page
    form.kind.setCurrentIndex(0)
    form.kind.activated.emit(0)
    assert desk.logged("BASE").kind == "database"
    assert "indexes" in form.fields


def test_the_query_is_edited_by_keyboard_and_its_problems_are_said(desk: Desk) -> None:
    desk.choose("MEDLINE")
    desk.screen.edit_query()
    editor = desk.screen.query.editor
    assert editor.hasFocus()
    editor.setPlainText(QUERY)
    desk.screen.table.setFocus()
    assert desk.logged("MEDLINE").text("query") == QUERY
    assert desk.screen.query.view.isVisible()
    told = desk.screen.query.view.accessibleDescription()
    assert "Line 1 closes a bracket that was never opened." in told
    assert "Line 2 names line 9; this query has 2 lines." in told
    assert desk.screen._filters.buttons["problems"].text().endswith("1")
    desk.screen.copy_query()
    assert QGuiApplication.clipboard().text() == QUERY
    QTest.keyClick(desk.screen.query.view, KEYS.Key_Return)
    assert editor.isVisible()
    QTest.keyClick(editor, KEYS.Key_Escape)
    assert desk.screen.query.view.isVisible()


def test_an_earlier_version_of_the_query_can_be_taken_up_again(desk: Desk) -> None:
    desk.choose("MEDLINE")
    for text in ("a.ti.", "b.ti."):
        desk.screen._set_query(text)
    assert len(desk.screen._versions) == 2
    desk.messages.answers = [True]
    desk.screen.show_version(1)
    assert desk.logged("MEDLINE").text("query") == "a.ti."


# -- importing


def test_dropped_files_are_imported_reported_mended_and_taken_back(desk: Desk, exports: list[Path]) -> None:
    seen: dict[str, Any] = {}

    def plan(dialog: QDialog) -> bool:
        assert isinstance(dialog, ImportDialog)
        seen["belongs"] = [choice.currentText() for choice in dialog.belongs]
        seen["nameless"] = nameless(dialog)
        dialog.check()
        return True

    def report(dialog: QDialog) -> bool:
        assert isinstance(dialog, ReportDialog)
        seen["sum"], seen["fact"] = dialog.sum.text(), dialog.fact.text()
        dialog.cards[0]._import()
        seen["after"], seen["done"] = dialog.sum.text(), dialog.done_button.text()
        seen["nameless"] += nameless(dialog)
        dialog._undo.click()
        return False

    desk.messages.answers = [plan, report]
    before = len(references.all_references(desk.project.reader))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in exports])
    assert desk.screen.takes(mime)
    desk.screen.take(mime)
    assert seen["belongs"] == ["MEDLINE, Ovid, 16–17 Mar 2023", "scopus"]
    assert seen["sum"] == "11 + 0 + 1 = 12"
    assert "1 file could not be read" in seen["fact"]
    assert (seen["after"], seen["done"]) == ("12 + 0 + 0 = 12", "Done")
    assert seen["nameless"] == []
    assert len(references.all_references(desk.project.reader)) == before
    assert "nothing of it is left" in desk.said[-1]


def test_an_import_is_counted_beside_what_was_claimed_and_undone_in_one(
    desk: Desk, exports: list[Path]
) -> None:
    desk.messages.answers = [accept, accept]
    desk.choose("BASE")
    desk.screen.start_import(exports[:1])
    chosen = desk.screen.chosen()
    assert chosen is not None
    assert (chosen.search.name, chosen.records.shown, chosen.difference) == ("MEDLINE", "5", 5 - 834)
    assert "834 claimed, 5 read: 829 records missing" in desk.screen.search_inspector.form_page._sum.text()
    assert desk.project.undo_label == "Import medline.ris"
    desk.project.undo()
    assert desk.screen.detail() == "2,675 records typed from 4 databases"
    desk.project.redo()
    assert desk.logged("MEDLINE").files == 1


def test_the_report_is_shown_again_and_a_block_left_out_by_keyboard(desk: Desk, exports: list[Path]) -> None:
    desk.messages.answers = [accept, accept]
    desk.screen.start_import(exports[:1])

    def leave_out(dialog: QDialog) -> bool:
        assert isinstance(dialog, ReportDialog)
        dialog.show()
        dialog.activateWindow()
        QApplication.processEvents()
        desk.messages.answers = ["a page footer"]
        QTest.keyClicks(dialog.cards[0].text, "half mended ")
        for state in ("left", "open"):
            dialog.states.buttons[state].click()
        card = dialog.cards[0]
        assert card.text.toPlainText().startswith("half mended ")
        card.setFocus()
        QTest.keyClick(card, KEYS.Key_Return)
        assert dialog.focusWidget() is card.text
        QTest.keyClick(card.text, KEYS.Key_Escape)
        QTest.keyClick(card, KEYS.Key_Delete)
        assert dialog.states.buttons["left"].text() == "Left out  1"
        assert dialog.done_button.text() == "Done"
        dialog.hide()
        return True

    desk.messages.answers = [leave_out]
    desk.screen.show_report()
    (file,) = searches.files(desk.project.reader, desk.logged("MEDLINE").search or 0)
    assert file.unplaced[0].left_out == "a page footer"


def test_the_report_is_saved_as_text(desk: Desk, exports: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "report.txt"

    def save(dialog: QDialog) -> bool:
        assert isinstance(dialog, ReportDialog)
        desk.messages.answers = [out]
        dialog.save()
        return True

    desk.messages.answers = [accept, save]
    desk.screen.start_import(exports[:1])
    assert "AU  - Lost, Ben" in out.read_text("utf-8")


def test_an_import_that_is_given_up_changes_nothing(desk: Desk, exports: list[Path]) -> None:
    desk.messages.answers = [lambda _dialog: False]
    desk.screen.start_import(exports)
    assert desk.project.undo_label is None


# -- searches without a file


def test_a_search_engine_is_added_with_what_was_seen_and_kept(desk: Desk) -> None:
    def fill(dialog: QDialog) -> bool:
        assert isinstance(dialog, NewSearchDialog)
        assert nameless(dialog) == []
        dialog.check()
        assert dialog.problem.text() == "Say where or how was searched."
        for field, text in (
            (dialog.name, "Overton"),
            (dialog.days, "20 March 2023"),
            (dialog.seen, "200"),
            (dialog.kept, "3"),
        ):
            field.editor.setText(text)  # type: ignore[union-attr]
        dialog.check()
        return dialog.edit is not None

    desk.messages.answers = [fill]
    desk.screen.new_search()
    chosen = desk.screen.chosen()
    assert chosen is not None
    assert (chosen.search.name, chosen.records.shown) == ("Overton", "200")
    assert desk.logged("Overton").number("kept") == 3
    desk.project.undo()
    assert [each for each in searches.searches(desk.project.reader) if each.name == "Overton"] == []


def test_works_are_kept_with_their_place_and_opened_in_the_library(desk: Desk) -> None:
    desk.choose("Google Scholar")

    def keep(dialog: QDialog) -> bool:
        assert isinstance(dialog, KeepDialog)
        dialog.search.setText("number:90")
        dialog.search.search_now()
        dialog.place.editor.setText("14")  # type: ignore[union-attr]
        dialog.check()
        return dialog.result() == QDialog.DialogCode.Accepted

    desk.messages.answers = [keep]
    desk.screen.keep_work()
    table = desk.screen.kept.table
    assert [table.rows.index(0, column).data() for column in (0, 1, 3)] == [
        "14th",
        "90",
        "found nowhere else",
    ]
    table.select(table.rows.ids[0])
    table.opened.emit(table.current_id())
    assert desk.opened[-1][0] == "library"
    desk.messages.answers = ["138"]
    QTest.keyClick(table, KEYS.Key_F2)
    assert table.rows.index(0, 0).data() == "138th"
    QTest.keyClick(table, KEYS.Key_Delete)
    assert table.rows.rowCount() == 0


def test_captured_pages_lie_beside_the_project_with_their_day(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "scholar.pdf"
    page.write_bytes(b"%PDF-1.4 page")
    desk.choose("Google Scholar")
    desk.messages.answers = [[page]]
    desk.screen.capture_pages()
    (kept,) = searches.captures(desk.project.reader, desk.logged("Google Scholar").search or 0)
    folder = desk.project.path.with_name(f"{desk.project.path.name}-files")
    assert (folder / kept.sha256[:2] / f"{kept.sha256}.pdf").read_bytes() == page.read_bytes()
    desk.project.undo()
    assert desk.logged("Google Scholar").captures == 0


def test_a_search_is_removed_and_brought_back(desk: Desk) -> None:
    desk.choose("BASE")
    desk.messages.answers = [True]
    QTest.keyClick(desk.screen.table, KEYS.Key_Delete)
    assert all(each.name != "BASE" for each in searches.searches(desk.project.reader))
    desk.project.undo()
    assert desk.logged("BASE").kind == "search engine"


def test_an_edit_of_a_search_and_its_source_is_told_once(desk: Desk) -> None:
    desk.choose("BASE")
    page = desk.screen.search_inspector.past
    desk.screen.search_inspector._tabs.setCurrentIndex(3)
    said = [label.text() for label in page.findChildren(QLabel)]
    assert said.count("Write the sample review") == 1


# -- what it was worth


def test_known_items_name_what_was_not_found(desk: Desk) -> None:
    desk.choose("MEDLINE")
    inspector = desk.screen.search_inspector
    inspector.go_to_tab("Known items")
    assert inspector.known._fact.text() == "MEDLINE found 0 of 47"
    inspector.known.query.edited.emit("number:90")
    assert inspector.known._fact.text() == "MEDLINE found 0 of 1"
    (saved,) = library.saved_searches(desk.project.reader)
    assert (saved.name, saved.query) == ("Known works", "number:90")
    inspector.known.query.edited.emit("number:91")
    (saved,) = library.saved_searches(desk.project.reader)
    assert saved.query == "number:91"
    desk.project.undo()
    desk.project.undo()
    assert library.saved_searches(desk.project.reader) == []
    desk.choose("MEDLINE")
    assert inspector.known._fact.text() == "MEDLINE found 0 of 47"
    inspector.known.query.edited.emit("number:90")
    inspector.known.table.select(inspector.known.table.model().ids[0])  # type: ignore[attr-defined]
    inspector.known.table.opened.emit(inspector.known.table.current_id())
    assert desk.opened[-1][0] == "library"


def test_the_worth_table_is_written(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "worth.xlsx"
    desk.messages.answers = [out]
    desk.screen.export()
    rows = list(load_workbook(out)["Searches"].values)
    assert rows[-1][4] == 2675


def test_enter_goes_to_the_form_and_esc_back_to_the_list(desk: Desk) -> None:
    desk.screen.take_focus()
    assert desk.screen.table.hasFocus()
    QTest.keyClick(desk.screen.table, KEYS.Key_Return)
    assert desk.field("name").hasFocus()
    QTest.keyClick(desk.field("name"), KEYS.Key_Escape)
    assert desk.screen.table.hasFocus()


@pytest.mark.parametrize(("width", "scale"), [(1100, 1.0), (1048, 1.5), (1048, 2.0)])
def test_names_of_sources_keep_their_room(desk: Desk, look: Look, width: int, scale: float) -> None:
    look.change(scale=scale)
    desk.screen.resize(width, 700)
    QApplication.processEvents()
    assert desk.screen.table.columnWidth(0) >= look.px(120)
    visible = sum(desk.screen.table.columnWidth(column) for column in range(6))
    assert visible <= desk.screen.table.viewport().width() + 1


def test_a_place_is_shown_on_demand(desk: Desk) -> None:
    row = desk.logged("Web of Science").row
    desk.screen._filters.buttons["other"].click()
    desk.screen.show_place(Subject("search", row))
    chosen = desk.screen.chosen()
    assert chosen is not None
    assert chosen.search.name == "Web of Science"
    assert isinstance(desk.screen, QWidget)
