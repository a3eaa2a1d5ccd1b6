"""Importing a table nobody knows: its columns are named once, seen beforehand, and remembered."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QPushButton

from evidence_app.domain.names import names_of
from evidence_app.storage import references
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.searches.import_dialog import ImportDialog
from evidence_app.ui.searches.mapping_dialog import MappingDialog
from evidence_app.ui.searches.report_dialog import ReportDialog
from evidence_app.ui.searches.screen import SearchesScreen
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages, nameless, unreachable

HEADER = "Werk,Verfasser,Jahr,Wort,Egal\n"
TABLE = HEADER + 'Rest at night,"Ray, A.; Dell, C.",2019,wards,x\nRounds and rest,"Lowe, J.",2020,,y\n'
NAMED = {"Werk": "title", "Verfasser": "author", "Jahr": "issued", "Wort": "tag"}


@pytest.fixture
def screen(
    look: Look, parts: Parts, lanes: InlineLanes, open_sample: OpenProject, preferences: Preferences,
    messages: RecordedMessages,
) -> Iterator[SearchesScreen]:  # fmt: skip
    def quiet(*_words: object, **_rest: object) -> None:
        """Stand in for the window, which has nothing to do here."""

    context = ScreenContext(look, parts, lanes, open_sample, preferences, messages, quiet, quiet)
    made = SearchesScreen(context)
    header = made.header_parts()
    open_sample.changed.connect(made.reload)
    made.resize(1250, 850)
    made.show()
    made.reload(frozenset())
    yield made
    for part in header:
        part.deleteLater()
    made.close()
    made.deleteLater()


def name_columns(seen: dict[str, Any]) -> Callable[[QDialog], bool]:
    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, MappingDialog)
        dialog.show()
        seen["samples"] = dialog._table.columns[0].samples
        seen["before"] = dialog.mapping()
        for column, choice in zip(dialog._table.columns, dialog.choices, strict=True):
            choice.setCurrentIndex(choice.findData(NAMED.get(column.header, "")))
        seen["act"] = dialog.take.text()
        seen["preview"] = dialog._shown.count()
        seen["nameless"], seen["unreachable"] = nameless(dialog), unreachable(dialog)
        dialog.done(QDialog.DialogCode.Accepted)
        return True

    return answer


def plan(dialog: QDialog) -> bool:
    assert isinstance(dialog, ImportDialog)
    dialog.check()
    return dialog.result() == QDialog.DialogCode.Accepted


def report(dialog: QDialog) -> bool:
    assert isinstance(dialog, ReportDialog)
    return False


def by_title(screen: SearchesScreen) -> dict[str, Any]:
    return {one.title: one.item for one in references.all_references(screen.project.reader)}


def test_the_columns_of_a_table_are_asked_for_once(
    screen: SearchesScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    first, later = tmp_path / "list.csv", tmp_path / "later.csv"
    first.write_text(TABLE, "utf-8")
    later.write_text("Jahr;Werk;Egal;Wort;Verfasser\n2021;Beds;z;wards;Poe, E.\n", "utf-8")
    seen: dict[str, Any] = {}
    messages.answers = [plan, name_columns(seen), report]
    screen.start_import([first])
    assert seen["samples"] == ("Rest at night", "Rounds and rest")
    assert seen["before"] == {"Werk": "", "Verfasser": "author", "Jahr": "issued", "Wort": "", "Egal": ""}
    assert (seen["act"], seen["preview"]) == ("Use 4 columns", 2)
    assert (seen["nameless"], seen["unreachable"]) == ([], [])
    made = by_title(screen)["Rest at night"]
    assert [name.family for name in names_of(made["author"])] == ["Ray", "Dell"]
    messages.answers = [plan, report]
    screen.start_import([later])
    assert by_title(screen)["Beds"]["issued"] == {"date-parts": [[2021]]}


def test_nothing_is_imported_where_nobody_names_the_columns(
    screen: SearchesScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(TABLE, "utf-8")
    before = len(by_title(screen))
    messages.answers = [plan, lambda _dialog: False]
    screen.start_import([path])
    assert len(by_title(screen)) == before


def test_a_table_with_some_known_headers_can_be_named_differently(
    screen: SearchesScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Title,Authors,Year,Strange\nRest at night,Ray A,2019,10.5555/rest\n", "utf-8")

    def look(dialog: QDialog) -> bool:
        assert isinstance(dialog, ImportDialog)
        dialog._ask_columns(dialog._arrivals[0])
        dialog.check()
        return True

    def name(dialog: QDialog) -> bool:
        assert isinstance(dialog, MappingDialog)
        assert dialog.mapping() == {"Title": "title", "Authors": "author", "Year": "issued", "Strange": ""}
        dialog.choices[3].setCurrentIndex(dialog.choices[3].findData("DOI"))
        return True

    messages.answers = [look, name, report]
    screen.start_import([path])
    assert by_title(screen)["Rest at night"]["DOI"] == "10.5555/rest"


def test_the_columns_of_what_was_imported_are_named_again(
    screen: SearchesScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(TABLE, "utf-8")
    messages.answers = [plan, name_columns({}), report]
    screen.start_import([path])

    def rename(dialog: QDialog) -> bool:
        assert isinstance(dialog, MappingDialog)
        assert dialog.mapping() == {**NAMED, "Egal": ""}
        dialog.choices[4].setCurrentIndex(dialog.choices[4].findData("call-number"))
        return True

    messages.answers = [rename]
    screen.search_inspector.go_to_tab("Files")
    button = next(
        each for each in screen.search_inspector.files.findChildren(QPushButton)
        if each.accessibleName() == "Name the columns of list.csv again"
    )  # fmt: skip
    button.click()
    assert by_title(screen)["Rest at night"]["call-number"] == "x"
    screen.project.undo()
    assert "call-number" not in by_title(screen)["Rest at night"]
