"""Adding a pasted list or export: each work beside its printed string, mended by keyboard, one undo."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from evidence_app.domain.reference import Reference
from evidence_app.storage import references
from evidence_app.ui.library.add import AddDialog
from evidence_app.ui.library.screen import LibraryScreen
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.fields import Field
from tests.crossref_server import CrossrefServer
from tests.ui.doubles import RecordedMessages, nameless, unreachable

LIST = (
    "1. Ray A, Dell C. Rest at night. Night Work Res. 2019;19(1):228-31. doi:10.5555/ward\n"
    "2. Rest and rounds. Ward Q.\n"
    "3. Lowe J. Rounds and rest in five wards of one hospital. Ward Q. 2020;3(2):1-9.\n"
)
WARD = {
    "DOI": "10.5555/ward", "type": "journal-article", "title": ["Sleep on the ward"], "volume": "3",
    "container-title": ["Journal of Night Care"], "issued": {"date-parts": [[2021]]},
    "author": [{"family": "Dormer", "given": "Nia"}],
}  # fmt: skip
RIS = "TY  - JOUR\nAU  - Ray, Anna\nTI  - Rest {0}\nPY  - 2019\nKW  - sleep\nER  - \n\n"


def used(look: Callable[[AddDialog], Any], *, accept: bool = True) -> Callable[[QDialog], bool]:
    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, AddDialog)
        dialog.show()
        QTest.qWaitForWindowExposed(dialog)
        look(dialog)
        dialog.done(QDialog.DialogCode.Accepted if accept else QDialog.DialogCode.Rejected)
        dialog.deleteLater()
        return accept

    return answer


def added(screen: LibraryScreen, count: int) -> list[Reference]:
    """Return the newest references, in the order added."""
    return sorted(references.all_references(screen.project.reader), key=lambda one: one.id)[-count:]


def test_the_doubtful_ones_are_shown_first_beside_their_strings(
    screen: LibraryScreen, messages: RecordedMessages
) -> None:
    def look(dialog: AddDialog) -> None:
        pane = dialog._pane
        model = pane.table.model()
        titles = [model.index(row, 1).data() for row in range(3)]
        assert titles[1:] == ["Rest at night", "Rounds and rest in five wards of one hospital"]
        assert pane.printed.toPlainText() == "Rest and rounds. Ward Q."
        assert "no year" in pane._why.text()
        pane.table.select(0)
        said = pane.printed.accessibleDescription()
        assert "Authors: Ray A, Dell C." in said
        assert "Title: Rest at night." in said
        assert len(pane.printed.extraSelections()) >= 5
        assert dialog.add.text() == "Add 3 references"
        assert nameless(dialog) == []
        assert unreachable(dialog) == []

    messages.answers.append(used(look))
    screen.add_from(LIST)
    made = added(screen, 3)
    assert [one.title for one in made][::2] == [
        "Rest at night",
        "Rounds and rest in five wards of one hospital",
    ]
    assert screen.detail() == "113 of 113 references"
    screen.project.undo()
    assert screen.detail() == "110 of 110 references"
    screen.project.redo()
    assert added(screen, 3) == made


def test_a_string_is_split_and_joined_by_keyboard(screen: LibraryScreen, messages: RecordedMessages) -> None:
    def look(dialog: AddDialog) -> None:
        pane = dialog._pane
        pane.table.select(0)
        pane.table.setFocus()
        QTest.keyClick(pane.table, Qt.Key.Key_Return)
        assert dialog.focusWidget() is pane.printed
        cursor = pane.printed.textCursor()
        cursor.setPosition(pane.printed.toPlainText().index("Night Work"))
        pane.printed.setTextCursor(cursor)
        QTest.keyClick(pane.printed, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert [entry.text for entry in pane.entries][:2] == [
            "Ray A, Dell C. Rest at night.",
            "Night Work Res. 2019;19(1):228-31. doi:10.5555/ward",
        ]
        assert dialog.add.text() == "Add 4 references"
        QTest.keyClick(pane.printed, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        assert len(pane.entries) == 3
        pane.printed.moveCursor(QTextCursor.MoveOperation.Start)
        pane.split_here()
        assert "cursor" in dialog._said.text()

    messages.answers.append(used(look, accept=False))
    screen.add_from(LIST)
    assert screen.detail() == "110 of 110 references"


def test_fields_are_mended_in_place_and_doubts_end(screen: LibraryScreen, messages: RecordedMessages) -> None:
    def look(dialog: AddDialog) -> None:
        pane = dialog._pane
        assert "no year" in pane._why.text()
        field = next(each for each in pane.findChildren(Field) if each.objectName() == "issued")
        field.edited.emit("2018")
        assert "no year" not in pane._why.text()
        assert pane.printed.toPlainText() == "Rest and rounds. Ward Q."

    messages.answers.append(used(look))
    screen.add_from(LIST)
    made = added(screen, 3)[1]
    assert made.item["issued"] == {"date-parts": [[2018]]}
    reader = screen.project.reader
    assert references.provenance(reader, made.id)["issued"].origin == "typed"
    assert "title" not in references.provenance(reader, made.id)
    raw = reader.value("SELECT raw FROM live_record WHERE reference = :row", row=made.id)
    assert "Rest and rounds. Ward Q." in raw


def test_space_leaves_one_out(screen: LibraryScreen, messages: RecordedMessages) -> None:
    def look(dialog: AddDialog) -> None:
        table = dialog._pane.table
        table.select(1)
        QTest.keyClick(table, Qt.Key.Key_Space)
        assert dialog.add.text() == "Add 2 references"

    messages.answers.append(used(look))
    screen.add_from(LIST)
    assert screen.detail() == "112 of 112 references"


def test_works_held_already_are_not_ticked(screen: LibraryScreen, messages: RecordedMessages) -> None:
    held = added(screen, 1)[0].title
    text = LIST + f"4. Ray A. {held}. Ward Q. 2020;3(2):1-9.\n"

    def look(dialog: AddDialog) -> None:
        assert dialog.add.text() == "Add 3 references"

    messages.answers.append(used(look, accept=False))
    screen.add_from(text)


def test_dois_of_a_list_are_looked_up_when_asked(
    screen: LibraryScreen, preferences: Preferences, messages: RecordedMessages
) -> None:
    def look(dialog: AddDialog) -> None:
        assert dialog.ask.text() == "Look up 1 DOI"
        dialog.ask.click()
        assert dialog._said.text() == "Crossref described 1 work."
        assert dialog.ask.isHidden()

    with CrossrefServer([WARD]) as running:
        preferences.change(crossref_url=running.url)
        messages.answers.append(used(look))
        screen.add_from(LIST)
    made = added(screen, 3)[0]
    assert made.title == "Sleep on the ward"
    assert references.provenance(screen.project.reader, made.id)["title"].origin == "crossref"


@pytest.mark.parametrize("count", [1, 12, 700])
def test_a_pasted_export_is_added_with_its_records(
    screen: LibraryScreen, messages: RecordedMessages, count: int
) -> None:
    def look(dialog: AddDialog) -> None:
        assert dialog._said.text() == f"{count} reference{'s' * (count > 1)} read from RIS."
        assert dialog._pane._acts.isHidden()

    messages.answers.append(used(look))
    screen.add_from("".join(RIS.format(at) for at in range(count)))
    assert screen.detail() == f"{110 + count} of {110 + count} references"
    reader = screen.project.reader
    assert (
        reader.value("SELECT count(*) FROM live_record WHERE format = 'ris' AND search_file IS NULL") == count
    )
    screen.project.undo()
    assert screen.detail() == "110 of 110 references"


def test_another_text_turns_the_list_into_cards_again(
    screen: LibraryScreen, preferences: Preferences, messages: RecordedMessages
) -> None:
    def look(dialog: AddDialog) -> None:
        assert dialog._pane.isVisible()
        dialog.text.setPlainText("https://www.example.org/report-on-rest/")
        dialog.read()
        assert not dialog._pane.isVisible()
        assert dialog.add.text() == "Add 1 reference"

    messages.answers.append(used(look))
    screen.add_from(LIST)
    assert screen.detail() == "111 of 111 references"


def test_an_export_on_the_clipboard_is_there_already(
    screen: LibraryScreen, messages: RecordedMessages
) -> None:
    mime = QMimeData()
    mime.setText(RIS.format("at night"))
    QGuiApplication.clipboard().setMimeData(mime)

    def look(dialog: AddDialog) -> None:
        assert dialog.add.text() == "Add 1 reference"

    messages.answers.append(used(look))
    screen.add()
    assert added(screen, 1)[0].title == "Rest at night"
