"""The library as a person uses it: listing, searching, choosing, editing, and taking it all back."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu

from evidence_app.domain.edit import Edit, SetColumns
from evidence_app.domain.reference import Reference
from evidence_app.storage import crossref_answers, history, library, references
from evidence_app.storage.crossref_answers import KeptAnswer
from evidence_app.storage.project import Project
from evidence_app.ui.library.columns import NAMES
from evidence_app.ui.library.draft import Draft, Drafts
from evidence_app.ui.library.notes import NotesPage
from evidence_app.ui.library.screen import LibraryScreen
from evidence_app.ui.screen import Subject
from evidence_app.ui.settings import Preferences
from tests.ui.desks import Desk, Tools, shown
from tests.ui.doubles import RecordedMessages, nameless, unreachable


def by_number(screen: LibraryScreen, number: int) -> Reference:
    found = references.by_number(screen.project.reader, number)
    assert found is not None
    return found


def show(screen: LibraryScreen, number: int) -> None:
    screen.show_place(Subject("reference", by_number(screen, number).id))


def listed(screen: LibraryScreen) -> list[str]:
    model = screen._table.references
    title = NAMES.index("Title")
    return [model.data(model.index(row, title)) for row in range(model.rowCount())]


def field(screen: LibraryScreen, variable: str) -> QLineEdit:
    return screen._inspector.details._fields[variable].editor  # type: ignore[union-attr, return-value]


# Listing


def test_everything_is_listed_in_number_order(screen: LibraryScreen) -> None:
    assert len(listed(screen)) == 110
    assert screen.detail() == "110 of 110 references"
    model = screen._table.references
    assert [model.data(model.index(row, 0)) for row in range(3)] == ["1", "2", "3"]


def test_a_list_that_has_the_focus_already_still_chooses_its_first_row(screen: LibraryScreen) -> None:
    screen._table.clearSelection()  # as a list that got the focus while its rows came: current, not chosen
    screen.reload(frozenset())
    assert screen._inspector.reference is not None


def test_nothing_is_said_to_be_missing_before_the_first_answer(screen: LibraryScreen) -> None:
    early = LibraryScreen(screen.context)
    early._surround(screen.surroundings())
    assert early._place.currentWidget() is early._table
    early.deleteLater()


def test_filters_are_words_with_counts(screen: LibraryScreen) -> None:
    words = [button.text() for button in screen._filters.row.buttons.values()]
    assert words == [
        "Included  47", "Background  63", "All  110", "No DOI  62", "Differs  0", "Cited nowhere  0",
    ]  # fmt: skip
    screen._filters.row.buttons["included"].click()
    assert screen.detail() == "47 of 110 references"


def test_the_filter_and_the_order_are_remembered(screen: LibraryScreen, preferences: Preferences) -> None:
    screen._filters.row.buttons["no-doi"].click()
    screen._table.sorted_by.emit("year")
    screen._table.sorted_by.emit("year")
    assert preferences.now.kept["library.filter"] == "no-doi"
    assert preferences.now.kept["library.sort"] == "year,down"
    years = [screen._table.references.data(screen._table.references.index(row, 2)) for row in range(3)]
    assert years == sorted(years, reverse=True)


def test_typing_narrows_the_list_from_the_second_letter(screen: LibraryScreen) -> None:
    QTest.keyClicks(screen._box.box, "ud")
    assert 0 < len(listed(screen)) < 110
    screen._box.box.setText("author:udayaraj")
    assert screen.detail() == "1 of 110 references"
    screen._box.box.clear()
    assert screen.detail() == "110 of 110 references"


def test_the_search_is_joined_with_the_filter(screen: LibraryScreen) -> None:
    screen._filters.row.buttons["background"].click()
    screen._box.show_text("set:included")
    assert listed(screen) == []


def test_what_is_wrong_with_a_query_is_said_in_words(screen: LibraryScreen) -> None:
    screen._box.show_text("autor:evans")
    assert "author:" in screen._box.problem.text()
    assert screen._box.strip.isVisible()
    screen._box.show_text("author:evans")
    assert not screen._box.strip.isVisible()


def test_completion_offers_fields_and_values_by_keyboard(screen: LibraryScreen) -> None:
    box = screen._box.box
    box.setParent(screen)
    box.show()
    box.setFocus()
    QTest.keyClicks(box, "se")
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "set:"
    QTest.keyClicks(box, "inc")
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert box.text() == "set:included "
    assert screen.detail() == "47 of 110 references"


def test_completion_offers_the_themes_of_the_review(screen: LibraryScreen) -> None:
    box = screen._box.box
    box.setParent(screen)
    box.show()
    box.setFocus()
    QTest.keyClicks(box, 'theme:"coll')
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert box.text() == 'theme:"The collective voice" '
    assert screen._shown.ids


def test_nothing_found_says_so_and_leads_back(screen: LibraryScreen) -> None:
    screen._box.show_text("zzzz")
    assert screen._place.currentWidget() is screen._place._none_found
    assert screen._none_found.sentence.text() == "No reference matches “zzzz”."
    screen._filter_by("included")
    assert screen._none_found.sentence.text() == "No reference matches “zzzz” among “Included”."
    screen._show_all()
    assert screen._place.currentWidget() is screen._table
    assert len(listed(screen)) == 110


def test_enter_in_the_search_box_goes_to_what_was_found(screen: LibraryScreen) -> None:
    box = screen._box.box
    went: list[bool] = []
    box.left_down.connect(lambda: went.append(True))
    box.setText("author:loeffler")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert went == [True]
    assert screen.focusWidget() is screen._table


def test_the_list_takes_the_keyboard_where_the_edited_reference_leaves_it(screen: LibraryScreen) -> None:
    screen.activateWindow()
    screen._box.show_text("author:loeffler")
    screen._inspector.details.enter("author")
    screen.window().setFocus()
    screen.clearFocus()
    assert screen.window().focusWidget() is None
    screen.reload(frozenset())
    assert screen.focusWidget() is screen._table


def test_columns_are_chosen_and_remembered(screen: LibraryScreen, preferences: Preferences) -> None:
    at = NAMES.index("Type")
    assert screen._table.isColumnHidden(at)
    screen.resize(1600, 820)
    menu = screen._columns.columns.menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "Type").trigger()
    assert not screen._table.isColumnHidden(at)
    assert ["Type", True, 118] in preferences.now.columns["library"]


def test_columns_give_way_to_the_title_where_there_is_little_room(screen: LibraryScreen) -> None:
    def hidden() -> list[str]:
        return [name for at, name in enumerate(NAMES) if screen._table.isColumnHidden(at)]

    screen.resize(1400, 820)
    assert hidden() == ["Type"]
    screen.resize(1048, 700)
    assert hidden() == ["Source", "Type", "Set"]
    screen.resize(1400, 820)
    assert hidden() == ["Type"]


def test_a_retracted_work_is_marked_in_the_list_and_in_the_inspector(screen: LibraryScreen) -> None:
    doi = str(by_number(screen, 63).doi)
    notice = {
        "DOI": "10.1/n",
        "type": "retraction",
        "source": "publisher",
        "updated": {"date-parts": [[2024, 5, 3]]},
    }
    work = {"DOI": doi, "type": "journal-article", "title": ["T"], "updated-by": [notice]}
    kept = KeptAnswer(
        asked=doi, doi=doi, state="found", reason="", fetched_at="2026-01-01T00:00:00+00:00", work=work
    )
    screen.project.keep("cache_crossref", crossref_answers.rows_of([kept]))
    screen.reload(frozenset(("cache_crossref",)))
    show(screen, 63)
    line = screen._table.references.at(screen._table.currentIndex().row())
    assert line.update == "retraction"
    banner = screen._inspector._banner
    assert banner is not None
    assert banner.label.text().startswith("Retracted on 3 May 2024. It supports")


# Choosing and keys


def test_the_whole_list_works_by_keyboard(screen: LibraryScreen) -> None:
    screen._to_list()
    table = screen._table
    first = table.current_id()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current_id() != first
    assert screen._inspector.reference is not None
    assert screen._inspector.reference.id == table.current_id()
    QTest.keyClick(table, Qt.Key.Key_Return)
    focused = screen.window().focusWidget()
    assert focused is not None
    assert screen._inspector.isAncestorOf(focused)
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert screen.window().focusWidget() is table


def test_tab_goes_through_the_inspector_as_laid_out_and_round(screen: LibraryScreen) -> None:
    show(screen, 65)
    screen._to_list()
    names: list[str] = []
    focused: Any = screen._table
    for _ in range(60):
        names.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        focused = screen.window().focusWidget()
        if focused is screen._table:
            break
    assert focused is screen._table
    in_order = ["References", "More acts", "Parts of the reference", "Title", "Authors 1", "Publisher",
                "Date", "DOI", "Type of work", "Add field", "Add a tag", "Mark checked"]  # fmt: skip
    assert [name for name in names if name in in_order] == in_order


def test_delete_removes_and_undo_brings_back(
    screen: LibraryScreen, messages: RecordedMessages, window: Any
) -> None:
    show(screen, 20)
    screen._to_list()
    messages.answers.append(True)
    QTest.keyClick(screen._table, Qt.Key.Key_Delete)
    assert "cited in the manuscript" in messages.asked[0]
    assert screen.detail() == "109 of 109 references"
    assert window.said[-1].startswith("Removed")
    screen.project.undo()
    assert screen.detail() == "110 of 110 references"


def test_copying_puts_the_citation_on_the_clipboard(screen: LibraryScreen, window: Any) -> None:
    show(screen, 85)
    screen._to_list()
    QTest.keyClick(screen._table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "85" in QGuiApplication.clipboard().text()
    screen.copy_entry()
    assert "Udayaraj" in QGuiApplication.clipboard().text()
    assert "tele-clinic" in QGuiApplication.clipboard().mimeData().html()
    assert window.said[-2].startswith("Copied the citation: ")
    assert window.said[-1].startswith("Copied the bibliography entry: ")


def test_everything_has_a_name_and_can_be_reached(screen: LibraryScreen) -> None:
    show(screen, 85)
    for at in range(6):
        screen._inspector._tabs.setCurrentIndex(at)
        assert nameless(screen) == []
        others = [name for name in unreachable(screen) if not _is_one_of_a_choice(screen, name)]
        assert others == []
    screen._table.selectAll()
    assert nameless(screen) == []


def _is_one_of_a_choice(screen: LibraryScreen, name: str) -> bool:
    """Left and Right go from one to the next there."""
    return any(name.endswith(button.accessibleName()) for button in screen._filters.row.buttons.values())


# The inspector


def test_a_field_is_edited_in_place_and_taken_back(screen: LibraryScreen) -> None:
    show(screen, 85)
    volume = field(screen, "volume")
    volume.setFocus()
    volume.setText("9")
    QTest.keyClick(volume, Qt.Key.Key_Return)
    assert by_number(screen, 85).item["volume"] == "9"
    assert references.provenance(screen.project.reader, by_number(screen, 85).id)["volume"].origin == "typed"
    screen.project.undo()
    assert by_number(screen, 85).item["volume"] == "8"
    volume.clearFocus()
    screen.reload(frozenset(("reference",)))
    assert field(screen, "volume").text() == "8"


def test_esc_restores_a_field(screen: LibraryScreen) -> None:
    show(screen, 85)
    volume = field(screen, "volume")
    volume.setFocus()
    QTest.keyClicks(volume, "99")
    QTest.keyClick(volume, Qt.Key.Key_Escape)
    assert volume.text() == "8"
    assert by_number(screen, 85).item["volume"] == "8"


def test_a_whole_author_string_can_be_pasted(screen: LibraryScreen) -> None:
    show(screen, 85)
    names = screen._inspector.details._fields["author"]
    names._new.setText("Langdon M, Anderson K")  # type: ignore[union-attr]
    names._new.editingFinished.emit()  # type: ignore[union-attr]
    families = [name.family_or_literal for name in by_number(screen, 85).authors]
    assert families == ["Udayaraj", "Watson", "Ben-Shlomo", "Langdon", "Anderson", "et al."]


def test_a_name_is_moved_and_removed_by_keyboard(screen: LibraryScreen) -> None:
    show(screen, 85)
    names = screen._inspector.details._fields["author"]
    rows = names._rows  # type: ignore[union-attr]
    rows[1].setFocus()
    QTest.keyClick(rows[1], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [name.family for name in by_number(screen, 85).authors][:2] == ["Watson", "Udayaraj"]
    rows[0].setFocus()
    rows[0].clear()
    QTest.keyClick(rows[0], Qt.Key.Key_Return)
    assert [name.family for name in by_number(screen, 85).authors][:1] == ["Udayaraj"]


def test_dates_are_typed_as_one_writes_them(screen: LibraryScreen) -> None:
    show(screen, 85)
    date = field(screen, "issued")
    for typed, year in (("2019-04", 2019), ("c. 2018", 2018), ("2013/2015", 2013)):
        date.setText(typed)
        date.editingFinished.emit()
        assert by_number(screen, 85).year == year
        assert date.text() == typed


def test_the_type_changes_the_form_and_loses_nothing(screen: LibraryScreen) -> None:
    show(screen, 85)
    details = screen._inspector.details
    before = by_number(screen, 85).item
    details._type.setCurrentIndex(details._type.findData("report"))
    details._type.activated.emit(details._type.currentIndex())
    after = by_number(screen, 85).item
    assert after == {**before, "type": "report"}
    assert {"volume", "issue"} <= set(details._fields)
    assert "accessed" in details._fields


def test_a_field_of_another_type_can_be_added(screen: LibraryScreen) -> None:
    show(screen, 85)
    details = screen._inspector.details
    assert "PMID" not in details._fields
    details._open_field("PMID")
    field(screen, "PMID").setText("12345")
    field(screen, "PMID").editingFinished.emit()
    assert by_number(screen, 85).item["PMID"] == "12345"
    show(screen, 84)
    assert "PMID" not in details._fields


def test_a_marked_title_is_shown_formatted_and_edited_with_its_marks(screen: LibraryScreen) -> None:
    show(screen, 85)
    title = screen._inspector.details._fields["title"]
    title.editor.setPlainText("Care of <i>E. coli</i> & others")  # type: ignore[union-attr]
    title.editor.keep()  # type: ignore[union-attr]
    title.editor.clearFocus()  # type: ignore[union-attr]
    screen.reload(frozenset(("reference",)))
    assert by_number(screen, 85).item["title"] == "Care of <i>E. coli</i> & others"
    assert "<i>E. coli</i> &amp; others" in screen._inspector._title.text()


def test_a_tag_is_put_on_found_and_taken_off(screen: LibraryScreen) -> None:
    show(screen, 85)
    tags = screen._inspector.details.tags
    tags._new.setText("read again")
    tags._new.editingFinished.emit()
    row = by_number(screen, 85).id
    (held,) = library.tags_on(screen.project.reader, [row])
    screen.show_place(Subject("tag:read again", 0))
    assert screen.detail() == "1 of 110 references"
    tags._take_off(held)
    assert library.tags_on(screen.project.reader, [row]) == []


def test_evidence_leads_to_the_passage_and_to_the_theme(screen: LibraryScreen, window: Any) -> None:
    show(screen, 85)
    screen._inspector.go_to_tab("Evidence")
    QApplication.processEvents()
    from evidence_app.ui.library.evidence import Pressed
    from evidence_app.ui.widgets.buttons import Tool

    cards = screen._inspector.findChildren(Pressed)
    cards = [card for card in cards if card.isVisibleTo(screen)]
    QTest.keyClick(cards[0], Qt.Key.Key_Return)
    cards[0].findChildren(Tool)[0].click()
    assert [where for where, _ in window.went] == ["manuscript", "themes"]
    assert [subject.kind for _, subject in window.went if subject] == ["block", "theme"]


def test_the_button_that_adds_a_note_can_be_reached_by_tab_and_pressed(screen: LibraryScreen) -> None:
    show(screen, 85)
    screen.activateWindow()
    screen._inspector.go_to_tab("Notes")
    page = screen._inspector.pages[4]
    assert isinstance(page, NotesPage)
    page._new.setFocus()
    QTest.keyClicks(page._new, "Ask")
    QTest.keyClick(page._new, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page._add
    QTest.keyClick(page._add, Qt.Key.Key_Return)
    assert [note.text for note in library.notes_on(screen.project.reader, by_number(screen, 85).id)] == [
        "Ask"
    ]
    assert QApplication.focusWidget() is page._new


def test_a_note_cut_off_by_a_kill_is_there_at_the_next_start(screen: LibraryScreen, window: Any) -> None:
    show(screen, 85)
    screen._inspector.go_to_tab("Notes")
    page = screen._inspector.pages[4]
    assert isinstance(page, NotesPage)
    page._new.setPlainText("Ask the auth")
    page._new.pause()  # then the program is killed: nobody leaves the field
    path = screen.project.path
    assert Drafts(screen.context.settings, path.with_name("another.evidence")).left() is None
    assert Drafts(screen.context.settings, path).left() == Draft(by_number(screen, 85).id, "Ask the auth")
    page._new._kept = "Ask the auth"
    screen.bring_back_note()
    assert window.said == []  # it was closed as it should be
    screen.project.ended_uncleanly = True
    screen.bring_back_note()
    screen.bring_back_note()
    assert window.said == ["Kept the note on Udayaraj 2019 that was not finished [Undo]"]
    (note,) = library.notes_on(screen.project.reader, by_number(screen, 85).id)
    assert (note.text, note.person) == ("Ask the auth", "Ada Reviewer")


def test_a_note_that_was_written_leaves_no_draft(screen: LibraryScreen) -> None:
    show(screen, 85)
    screen._inspector.go_to_tab("Notes")
    page = screen._inspector.pages[4]
    assert isinstance(page, NotesPage)
    page._new.setPlainText("Ask")
    page._new.pause()
    page._add.click()
    assert Drafts(screen.context.settings, screen.project.path).left() is None


def test_a_note_is_written_reworded_and_removed_by_emptying(screen: LibraryScreen) -> None:
    show(screen, 85)
    screen._inspector.go_to_tab("Notes")
    page = screen._inspector.pages[4]
    page._new.setPlainText("Ask the authors")  # type: ignore[attr-defined]
    assert library.notes_on(screen.project.reader, by_number(screen, 85).id) == []
    page._add.click()  # type: ignore[attr-defined]
    (note,) = library.notes_on(screen.project.reader, by_number(screen, 85).id)
    assert (note.text, note.person) == ("Ask the authors", "Ada Reviewer")
    page._fields[note.id].edited.emit("Asked")  # type: ignore[attr-defined]
    (note,) = library.notes_on(screen.project.reader, by_number(screen, 85).id)
    assert note.text == "Asked"
    page._fields[note.id].edited.emit("")  # type: ignore[attr-defined]
    assert library.notes_on(screen.project.reader, by_number(screen, 85).id) == []


def test_dropped_files_are_attached_to_the_chosen_reference(screen: LibraryScreen, tmp_path: Path) -> None:
    show(screen, 85)
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(report))])
    assert screen.takes(mime)
    screen.take(mime)
    (held,) = library.attachments_of(screen.project.reader, by_number(screen, 85).id)
    assert held.name == "report.pdf"


def test_history_shows_what_was_changed(screen: LibraryScreen, window: Any) -> None:
    show(screen, 85)
    field(screen, "volume").setText("9")
    field(screen, "volume").editingFinished.emit()
    screen._inspector.go_to_tab("History")
    edit, change = screen._inspector.pages[5]._shown[0]  # type: ignore[attr-defined]
    assert edit.label == "Change volume of Udayaraj 2019"
    assert change.after == {"volume": "9"}


def test_ticking_names_who_and_a_later_change_raises_the_flag(screen: LibraryScreen) -> None:
    show(screen, 85)
    screen._inspector._check.click()
    assert screen._inspector._check_words.text().startswith("Checked by Ada Reviewer")
    field(screen, "volume").setText("9")
    field(screen, "volume").editingFinished.emit()
    assert by_number(screen, 85).changed_since_check == ("volume",)
    banner = screen._inspector._banner
    assert banner is not None
    assert banner.label.text() == "Changed since it was checked: volume"
    screen._inspector._check.click()
    screen._inspector._check.click()
    assert by_number(screen, 85).checked_at is None


# Several at once


def test_chosen_references_are_merged_by_hand_as_one_work(
    screen: LibraryScreen, messages: RecordedMessages, window: Any
) -> None:
    actions = {action.objectName(): action for action in screen.commands}
    show(screen, 85)
    assert not actions["merge"].isEnabled()
    two = [by_number(screen, number).id for number in (19, 20)]
    screen._table.select(two[0], also=two)
    assert (actions["merge"].isEnabled(), actions["merge"].text()) == (
        True,
        "Merge 2 references as one work…",
    )
    screen.merge()
    assert screen.detail() == "110 of 110 references"
    messages.answers.append(True)
    screen.merge()
    assert "Are these 2 references one work?" in messages.asked[-1]
    assert screen.detail() == "109 of 109 references"
    assert window.said[-1] == "Merged 2 references as NHS England 2022 [Undo]"
    screen.project.undo()
    assert screen.detail() == "110 of 110 references"


def test_several_chosen_offer_acts_named_by_their_amount(screen: LibraryScreen) -> None:
    screen._filters.row.buttons["included"].click()
    screen._table.selectAll()
    assert screen._inspector.bulk.isVisible()
    names = {action.text() for action in screen.commands}
    assert {"Remove 47 references", "Mark 47 references as checked"} <= names
    screen._table.select(screen._shown.ids[0])
    assert not screen._inspector.bulk.isVisible()


def test_what_is_said_of_very_many_tells_how_many_were_looked_at(
    screen: LibraryScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence_app.ui.library.bulk.LOOKED_AT", 100)
    screen._table.selectAll()
    said = [label.text() for label in screen._inspector.bulk.findChildren(QLabel)]
    assert "Among the first 100" in said


def test_a_change_to_several_is_previewed_and_one_undo(
    screen: LibraryScreen, messages: RecordedMessages
) -> None:
    screen._filters.row.buttons["included"].click()
    screen._table.selectAll()
    seen: list[int] = []

    def look_and_accept(dialog: object) -> bool:
        seen.append(len(dialog.table.references.ids) if hasattr(dialog.table, "references") else 47)  # type: ignore[attr-defined]
        return True

    messages.answers.append(look_and_accept)
    before = len(history.edits(screen.project.reader))
    screen.make_background()
    assert seen == [47]
    assert len(history.edits(screen.project.reader)) == before + 1
    assert screen.detail() == "0 of 110 references"
    screen.project.undo()
    assert screen.detail() == "47 of 110 references"


def test_what_another_window_checked_already_is_told_and_not_written_again(
    screen: LibraryScreen, window: Any
) -> None:
    screen._box.show_text("number:1..3")
    screen._table.select(screen._shown.ids[0])
    screen.mark_checked()
    before = len(history.edits(screen.project.reader))
    screen.mark_checked()
    assert len(history.edits(screen.project.reader)) == before
    assert "already; nothing was written" in window.said[-1]
    screen._table.selectAll()
    ids = screen.chosen_ids()
    assert library.not_checked(screen.project.reader, ids) == ids[1:]


def test_a_preview_that_is_refused_changes_nothing(screen: LibraryScreen, messages: RecordedMessages) -> None:
    screen._table.selectAll()
    before = len(history.edits(screen.project.reader))
    screen.include()
    screen.mark_checked()
    assert len(messages.asked) == 2
    assert len(history.edits(screen.project.reader)) == before


def test_several_are_tagged_at_once(screen: LibraryScreen, messages: RecordedMessages) -> None:
    screen._box.show_text("number:1..3")
    screen._table.selectAll()
    messages.answers += ["urgent", bool]
    screen.tag()
    assert {tag.name for tag in library.tags_on(screen.project.reader, screen._shown.ids)} == {"urgent"}
    assert len(library.tags_on(screen.project.reader, screen._shown.ids)) == 3


def context_menu(screen: LibraryScreen) -> QMenu:
    """Open the context menu of what is chosen."""
    screen._open_menu(QPoint(50, 50))
    return next(menu for menu in screen.findChildren(QMenu) if menu.isVisible())


def test_the_context_menu_names_the_acts_and_their_keys(screen: LibraryScreen) -> None:
    show(screen, 85)
    menu = context_menu(screen)
    words = {action.text() for action in menu.actions()}
    assert {"Copy citation\tCtrl+C", "Find and replace…\tCtrl+H", "Ask Crossref", "Remove\tDel"} <= words
    menu.close()


def test_the_context_menu_begins_a_note_and_attaches_files(
    screen: LibraryScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    show(screen, 85)
    screen.activateWindow()
    menu = context_menu(screen)
    by_name = {action.text(): action for action in menu.actions()}
    by_name["Write a note"].trigger()
    assert QApplication.focusWidget() is screen._inspector.notes._new
    file = tmp_path / "paper.pdf"
    file.write_bytes(b"%PDF-1.4")
    messages.answers.append([file])
    by_name["Attach files…"].trigger()
    assert [
        each.name for each in library.attachments_of(screen.project.reader, by_number(screen, 85).id)
    ] == ["paper.pdf"]
    menu.close()


def test_the_head_of_the_list_offers_the_columns(screen: LibraryScreen) -> None:
    screen._table.horizontalHeader().customContextMenuRequested.emit(QPoint(60, 8))
    menu = screen._columns.columns.menu()
    assert menu.isVisible()
    assert "Type" in [action.text() for action in menu.actions()]
    menu.close()


# Saved searches


def test_a_search_is_saved_as_a_filter_and_forgotten(
    screen: LibraryScreen, messages: RecordedMessages
) -> None:
    screen._filters.row.buttons["included"].click()
    screen._box.show_text("year:2019")
    found = len(screen._shown.ids)
    messages.answers.append("Reports of 2019")
    (save,) = [action for action in screen.commands if action.text() == "Save this search…"]
    assert save.isEnabled()
    screen.save_search()
    screen._show_all()
    (saved,) = library.saved_searches(screen.project.reader)
    assert saved.query == "set:included year:2019"
    button = screen._filters.row.buttons[f"saved:{saved.id}"]
    assert button.text() == f"Reports of 2019  {found}"
    button.click()
    assert len(screen._shown.ids) == found
    screen._forget_search(saved)
    assert library.saved_searches(screen.project.reader) == []
    assert screen.detail() == "110 of 110 references"


def test_what_was_refused_is_not_said_to_be_done(screen: LibraryScreen, window: Any) -> None:
    row = by_number(screen, 85).id
    moved_on = Edit("Retitle", (SetColumns("reference", row, {"title": "Another"}, {"title": "New"}),))
    screen.do(moved_on, "Retitled")
    assert window.said == []
    right = by_number(screen, 85).item["title"]
    screen.do(
        Edit("Retitle", (SetColumns("reference", row, {"title": right}, {"title": "New"}),)), "Retitled"
    )
    assert window.said == ["Retitled [Undo]"]


def test_what_is_done_is_said_as_done(screen: LibraryScreen, window: Any) -> None:
    show(screen, 20)
    screen.undecide()
    assert window.said[-1] == "Made 1 reference undecided [Undo]"


def test_an_empty_library_has_nothing_to_export_and_says_how_to_begin(
    screen_tools: Tools, tmp_path: Path
) -> None:
    Project.create(tmp_path / "mine.evidence", "Mine").close()
    with (
        screen_tools.opened(tmp_path / "mine.evidence") as project,
        shown(Desk(screen_tools, project, LibraryScreen)) as desk,
    ):
        assert not desk.screen._export_button.isEnabled()
        desk.screen.export()
        assert desk.said == ["There is nothing to export yet. Add references, or import files, first."]
        assert "drop exports of databases, Zotero or EndNote anywhere" in desk.words()
