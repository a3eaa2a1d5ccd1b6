"""The library's dialogs: compare, ask many, add, find and replace, export; each used as a person would."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from evidence_app.domain.reference import Reference
from evidence_app.storage import crossref_answers, history, references
from evidence_app.ui.library.add import AddDialog
from evidence_app.ui.library.batch import BatchReport
from evidence_app.ui.library.compare import CompareDialog
from evidence_app.ui.library.doi_dialog import DoiDialog
from evidence_app.ui.library.export import ExportDialog
from evidence_app.ui.library.preview import PreviewDialog
from evidence_app.ui.library.replace import ReplaceDialog
from evidence_app.ui.library.screen import LibraryScreen
from evidence_app.ui.screen import Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.fields import Field
from tests.crossref_server import CrossrefServer
from tests.ui.doubles import RecordedMessages, nameless

TITLE = (
    "Establishing a tele-clinic service for kidney transplant recipients through a patient-codesigned "
    "quality improvement project"
)
WORK = {
    "DOI": "10.1136/bmjopen-2018-000427", "type": "journal-article", "publisher": "BMJ", "title": [TITLE],
    "container-title": ["BMJ Open Quality"], "volume": "8", "issue": "2",
    "issued": {"date-parts": [[2019, 5]]},
    "author": [{"family": "Udayaraj", "given": "UP"}, {"family": "Watson", "given": "O"},
               {"family": "Ben-Shlomo", "given": "Y"}, {"family": "Langdon", "given": "M"}],
}  # fmt: skip
WARD = {
    "DOI": "10.5555/ward", "type": "journal-article", "title": ["Sleep on the ward"], "volume": "3",
    "container-title": ["Journal of Night Care"], "issued": {"date-parts": [[2021]]},
    "author": [{"family": "Dormer", "given": "Nia"}],
}  # fmt: skip


@pytest.fixture
def server(preferences: Preferences) -> Iterator[CrossrefServer]:
    with CrossrefServer([WORK, WARD]) as running:
        preferences.change(crossref_url=running.url)
        yield running


def by_number(screen: LibraryScreen, number: int) -> Reference:
    found = references.by_number(screen.project.reader, number)
    assert found is not None
    return found


def show(screen: LibraryScreen, number: int) -> None:
    screen.show_place(Subject("reference", by_number(screen, number).id))


def used(
    kind: type[QDialog], act: Callable[[Any], object], *, accept: bool = True
) -> Callable[[QDialog], bool]:
    """Return an answer that uses a dialog of this kind while it is open."""

    def use(dialog: QDialog) -> bool:
        assert isinstance(dialog, kind), dialog
        assert nameless(dialog) == []
        dialog.show()
        act(dialog)
        dialog.done(int(accept))
        return accept

    return use


def nothing(_dialog: object) -> None:
    """Look only."""


# Comparing


def test_comparing_changes_what_was_chosen_in_one_undo(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages, window: Any
) -> None:
    show(screen, 85)

    def choose(dialog: CompareDialog) -> None:
        rows = {row.difference.field: row for row in dialog._rows}
        assert rows["title"].choice == "mine"
        assert rows["publisher"].choice == "theirs"
        rows["title"].choose("theirs")
        rows["author"].choose("mine")
        assert dialog.change.text() == "Change 4 fields"

    messages.answers.append(used(CompareDialog, choose))
    screen.compare()
    after = by_number(screen, 85)
    assert after.title == TITLE
    assert after.item["publisher"] == "BMJ"
    assert [name.family_or_literal for name in after.authors][-1] == "et al."
    assert window.said[-1].endswith("[Undo]")
    assert screen._table.references.at(screen._table.currentIndex().row()).reference.doi_state == "found"
    screen.project.undo()
    assert "codedigned" in by_number(screen, 85).title
    assert screen._table.references.at(screen._table.currentIndex().row()).reference.doi_state == "differs"


def test_each_choice_is_one_key(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages
) -> None:
    show(screen, 85)

    def press(dialog: CompareDialog) -> None:
        def key(*keys: Qt.Key) -> None:
            for each in keys:
                QTest.keyClick(dialog.focusWidget(), each)

        key(Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Down)
        assert [row.choice for row in dialog._rows][:2] == ["theirs", "mine"]
        key(Qt.Key.Key_Down, Qt.Key.Key_Delete)
        publisher = next(row for row in dialog._rows if row.difference.field == "publisher")
        assert publisher.result.toPlainText() == ""

    messages.answers.append(used(CompareDialog, press))
    screen.compare()
    assert "publisher" not in by_number(screen, 85).item
    assert by_number(screen, 85).title == TITLE


def test_keeping_mine_is_remembered_and_nags_no_more(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages
) -> None:
    show(screen, 85)
    messages.answers.append(used(CompareDialog, lambda dialog: dialog.keep_mine.click()))
    before = by_number(screen, 85).item
    screen.compare()
    assert by_number(screen, 85).item == before
    assert screen._inspector._banner is None
    assert crossref_answers.states(screen.project.reader)[by_number(screen, 85).id] == "found"


def test_all_fields_can_be_looked_at(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages
) -> None:
    show(screen, 85)

    def turn(dialog: CompareDialog) -> None:
        dialog._rows[0].choose("theirs")
        dialog._show("all")
        assert dialog._rows[0].choice == "theirs"
        assert nameless(dialog) == []

    messages.answers.append(used(CompareDialog, turn, accept=False))
    screen.compare()
    assert "codedigned" in by_number(screen, 85).title


def test_a_result_can_be_typed_instead(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages
) -> None:
    show(screen, 85)

    def type_it(dialog: CompareDialog) -> None:
        row = next(row for row in dialog._rows if row.difference.field == "issued")
        row.result.setPlainText("2019-06-01")
        row.result.keep()

    messages.answers.append(used(CompareDialog, type_it))
    screen.compare()
    assert by_number(screen, 85).item["issued"] == {"date-parts": [[2019, 6, 1]]}


def test_a_reference_without_a_doi_says_so(screen: LibraryScreen, window: Any) -> None:
    show(screen, 61)
    screen.compare()
    assert "has no DOI" in window.said[-1]


def test_a_doi_nobody_registered_is_told_with_the_reason(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages
) -> None:
    show(screen, 57)
    screen.ask_crossref()
    assert "does not know this DOI" in messages.asked[-1]
    line = screen._table.references.at(screen._table.currentIndex().row())
    assert line.reference.doi_state == "not found"


def test_without_a_network_nothing_is_lost(
    screen: LibraryScreen, preferences: Preferences, messages: RecordedMessages
) -> None:
    with CrossrefServer() as gone:
        preferences.change(crossref_url=gone.url)
    show(screen, 85)
    screen.ask_crossref()
    assert messages.asked
    assert "codedigned" in by_number(screen, 85).title


# Asking about many


def test_many_are_asked_at_once_and_end_in_a_report(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages, window: Any
) -> None:
    screen._filters.row.buttons["included"].click()
    screen._table.selectAll()
    screen.ask_crossref()
    assert window.said[-1] == "Asked Crossref about 22 references"

    def read(dialog: BatchReport) -> None:
        first = dialog.table._rows[0]
        assert (first.what, first.before) == ("85  Udayaraj 2019", "Differs")
        assert dialog.fill.text() == "Fill 1 empty field…"
        dialog.fill.click()

    messages.answers += [used(BatchReport, read), used(PreviewDialog, nothing)]
    window.acts[-1][1]()
    after = by_number(screen, 85)
    assert after.item["publisher"] == "BMJ"
    assert "codedigned" in after.title
    screen.project.undo()
    assert "publisher" not in by_number(screen, 85).item


def test_answers_are_kept_and_not_asked_for_again(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages
) -> None:
    show(screen, 85)
    messages.answers += [used(CompareDialog, nothing, accept=False)] * 2
    screen.compare()
    asked = len(server.asked)
    screen.compare()
    assert len(server.asked) == asked
    assert len(messages.asked) == 2


# Finding DOIs


def test_dois_are_found_with_their_evidence_and_taken_in_one_undo(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages
) -> None:
    mine = by_number(screen, 83)
    assert mine.doi is None
    server.found = [
        {"DOI": "10.5555/early", "type": "journal-article", "title": [mine.title],
         "volume": mine.item.get("volume"),
         "author": [{"family": name.family, "given": name.given} for name in mine.authors if name.family],
         "container-title": [mine.container], "issued": mine.item["issued"]},
        {"DOI": "10.5555/other", "type": "journal-article", "title": ["Something else"]},
    ]  # fmt: skip
    show(screen, 83)

    def look(dialog: DoiDialog) -> None:
        (card,) = dialog.cards
        assert card.match.state == "applied"
        assert card.is_ticked
        assert dialog.take.text() == "Add 1 DOI"

    messages.answers.append(used(DoiDialog, look))
    screen.find_dois()
    assert by_number(screen, 83).doi == "10.5555/early"
    assert references.provenance(screen.project.reader, mine.id)["DOI"].origin == "crossref"
    screen.project.undo()
    assert by_number(screen, 83).doi is None


def test_references_that_have_a_doi_are_not_searched_for(
    screen: LibraryScreen, server: CrossrefServer, window: Any
) -> None:
    server.found = []
    show(screen, 85)
    assert by_number(screen, 85).doi
    screen.find_dois()
    assert window.said == ["Every reference that is chosen has a DOI"]


def test_nothing_near_is_not_taken(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages
) -> None:
    server.found = [{"DOI": "10.5555/other", "type": "journal-article", "title": ["Something else"]}]
    show(screen, 83)

    def look(dialog: DoiDialog) -> None:
        assert [card.is_ticked for card in dialog.cards] == [False]
        assert not dialog.take.isEnabled()

    messages.answers.append(used(DoiDialog, look, accept=False))
    screen.find_dois()
    assert by_number(screen, 83).doi is None


# Adding


def test_a_doi_on_the_clipboard_is_there_already(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages
) -> None:
    mime = QMimeData()
    mime.setText("https://doi.org/10.5555/ward")
    QGuiApplication.clipboard().setMimeData(mime)

    def look(dialog: AddDialog) -> None:
        assert dialog.text.toPlainText() == "https://doi.org/10.5555/ward"
        assert dialog.add.text() == "Add 1 reference"
        dialog.standing.choose("background")

    messages.answers.append(used(AddDialog, look))
    screen.add()
    made = screen._inspector.reference
    assert made is not None
    assert (made.title, made.included) == ("Sleep on the ward", False)
    assert references.provenance(screen.project.reader, made.id)["title"].origin == "crossref"
    screen.project.undo()
    assert screen.detail() == "110 of 110 references"


def test_text_that_names_nothing_adds_nothing(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages
) -> None:
    def look(dialog: AddDialog) -> None:
        assert not dialog.add.isEnabled()
        assert "Nothing in this text" in dialog._said.text()

    messages.answers.append(used(AddDialog, look, accept=False))
    screen.add_from("hello there")
    assert screen.detail() == "110 of 110 references"


def test_what_is_held_already_is_not_ticked(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages
) -> None:
    def look(dialog: AddDialog) -> None:
        assert [card.is_ticked for card in dialog._cards] == [False, True]
        assert dialog._cards[0].candidate.held_because == "the same DOI"

    messages.answers.append(used(AddDialog, look))
    screen.add_from("10.1136/bmjopen-2018-000427\n10.5555/ward")
    assert screen.detail() == "111 of 111 references"


def test_the_fields_of_a_find_are_edited_before_it_is_added(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages
) -> None:
    def edit(dialog: AddDialog) -> None:
        card = dialog._cards[0]
        field = next(each for each in card.findChildren(Field) if each.objectName() == "volume")
        field.edited.emit("4")
        assert card.candidate.item["volume"] == "4"

    messages.answers.append(used(AddDialog, edit))
    screen.add_from("10.5555/ward")
    made = screen._inspector.reference
    assert made is not None
    assert made.item["volume"] == "4"
    assert references.provenance(screen.project.reader, made.id)["volume"].origin == "typed"


def test_a_work_can_be_entered_by_hand(
    screen: LibraryScreen, server: CrossrefServer, messages: RecordedMessages
) -> None:
    messages.answers.append(used(AddDialog, lambda dialog: dialog._enter_by_hand()))
    screen.add_from("")
    made = screen._inspector.reference
    assert made is not None
    assert made.title == "New reference"


# Find and replace


def test_every_replacement_is_in_view_before_it_is_written(
    screen: LibraryScreen, messages: RecordedMessages
) -> None:
    before = len(history.edits(screen.project.reader))

    def ask(dialog: ReplaceDialog) -> None:
        dialog.field.setCurrentIndex(dialog.field.findData("container-title"))
        dialog.sought.setText("Health Expect")
        dialog.put_instead.setText("Health Expectations")
        dialog.whole_words.setChecked(True)
        dialog.look()
        rows = dialog.table._rows
        assert {row.after for row in rows} == {"Health Expectations"}
        assert dialog.go_on.text() == f"Replace in {len(rows)} references"

    messages.answers.append(used(ReplaceDialog, ask))
    screen.replace()
    assert by_number(screen, 63).item["container-title"] == "Health Expectations"
    assert len(history.edits(screen.project.reader)) == before + 1
    screen.project.undo()
    assert by_number(screen, 63).item["container-title"] == "Health Expect"


def test_a_broken_pattern_is_told_in_the_dialog(screen: LibraryScreen, messages: RecordedMessages) -> None:
    def ask(dialog: ReplaceDialog) -> None:
        dialog.pattern.setChecked(True)
        dialog.sought.setText("(")
        dialog.look()
        assert "pattern cannot be read" in dialog.said.text()
        assert not dialog.go_on.isEnabled()

    messages.answers.append(used(ReplaceDialog, ask, accept=False))
    screen.replace()


# Export


def test_a_bibliography_is_written_in_the_chosen_style(
    screen: LibraryScreen, messages: RecordedMessages, preferences: Preferences, tmp_path: Path, window: Any
) -> None:
    out = tmp_path / "works.txt"

    def choose(dialog: ExportDialog) -> None:
        dialog.form.choose("txt")
        dialog.picker.search.setText("american psychological association 7th")
        dialog.picker.search.search_now()
        dialog.picker.table.select(0)
        assert dialog.picker.style_id.startswith("apa")
        assert "Alderson" in dialog.picker.sample.text()
        dialog.portion.choose("included")
        dialog._turn()

    screen._filters.row.buttons["included"].click()
    messages.answers += [used(ExportDialog, choose), out]
    screen.export()
    text = out.read_text("utf-8")
    assert "Udayaraj" in text
    assert window.said[-1] == "Wrote works.txt"
    assert preferences.now.citation_style.startswith("apa")


@pytest.mark.parametrize("form", ["ris", "bibtex", "csljson", "csv", "xlsx"])
def test_references_are_written_for_other_programs(
    screen: LibraryScreen, messages: RecordedMessages, tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"references.{form}"

    def choose(dialog: ExportDialog) -> None:
        dialog.kind.choose("references")
        dialog._turn()
        dialog.form.choose(form)

    messages.answers += [used(ExportDialog, choose), out]
    screen.export()
    assert out.stat().st_size > 1000


def test_retracted_works_are_named_before_they_leave(
    screen: LibraryScreen, messages: RecordedMessages, server: CrossrefServer
) -> None:
    notice = {"DOI": "10.1/n", "type": "retraction", "source": "publisher"}
    server.add({**WORK, "updated-by": [notice]})
    show(screen, 85)
    messages.answers.append(used(CompareDialog, nothing, accept=False))
    screen.ask_crossref()

    def look(dialog: ExportDialog) -> None:
        assert dialog.warning.isVisible()
        assert "1 work is retracted or of concern: Udayaraj et al. 2019" in dialog.warning.label.text()

    messages.answers.append(used(ExportDialog, look, accept=False))
    screen.export()
