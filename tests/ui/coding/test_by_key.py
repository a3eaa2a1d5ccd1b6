"""What the mouse drags is moved by keys as well: frames of areas, ends of passages, whole sections."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from evidence_app.storage import coding, coding_notes
from evidence_app.ui.coding.phrase_dialog import PhraseDialog
from evidence_app.ui.pages.by_key import ENDS_TOLD, FRAME_TOLD
from evidence_app.ui.pages.canvas_keys import TOLD
from tests.services.coding.pdfs import made_pdf
from tests.ui.coding.desk import Key, ScreenDesk, shown_screen
from tests.ui.desks import Tools

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
PDF = """= Methods
We asked twelve people.
= Results
Money arrived late in the first year. Trust was lost.
== Of leaders
#pagebreak()
The leaders listened.
= Discussion
So it went.
"""


@pytest.fixture
def desk(screen_tools: Tools, tmp_path: Path) -> Iterator[ScreenDesk]:
    with shown_screen(tmp_path, screen_tools, [made_pdf(tmp_path / "a.pdf", PDF)]) as made:
        made.screen.reading.open(2)
        QApplication.processEvents()
        yield made


def test_an_area_is_framed_moved_sized_and_quoted_by_keys(desk: ScreenDesk) -> None:
    desk.screen.frame_area()
    assert desk.screen.framing._foot.text() == FRAME_TOLD
    before = desk.canvas.area
    desk.key(Key.Key_Right, Key.Key_Down)
    desk.key(Key.Key_Right, held=SHIFT)
    desk.key(Key.Key_Left, held=CTRL)
    assert desk.canvas.area.left() > before.left()
    assert desk.canvas.area.width() > before.width()
    assert coding.quotations(desk.project.reader, 2) == []
    desk.key(Key.Key_Return)
    (area,) = coding.quotations(desk.project.reader, 2)
    assert area.anchor.is_area
    assert desk.canvas.chosen == area.id, "so that it can be coded at once"
    assert desk.screen.framing._foot.text() == TOLD
    desk.key(Key.Key_Return)
    QTest.keyClicks(desk.screen.picker.field, "Figures")
    QTest.keyClick(desk.screen.picker.field, Key.Key_Return, CTRL)
    assert [each.quotation for each in coding.codings(desk.project.reader)] == [area.id]


def test_a_quoted_area_is_moved_to_another_page_and_kept_on_it(desk: ScreenDesk) -> None:
    desk.screen.frame_area()
    desk.key(Key.Key_Return)
    desk.screen.adjust_passage()
    desk.key(Key.Key_PageDown, *[Key.Key_Right] * 60)
    assert desk.canvas.area.right() <= desk.canvas.sheet(2).right()
    desk.key(Key.Key_Return)
    (area,) = coding.quotations(desk.project.reader, 2)
    assert (area.anchor.page, area.anchor.rectangles[0].page) == (2, 2)
    desk.project.undo()
    (area,) = coding.quotations(desk.project.reader, 2)
    assert area.anchor.page == 1


def test_a_frame_that_is_left_quotes_nothing(desk: ScreenDesk) -> None:
    desk.screen.frame_area()
    desk.key(Key.Key_Escape)
    assert desk.canvas.area is None
    desk.key(Key.Key_Space)
    assert desk.selected() == "Methods", "the usual keys are back"
    assert coding.quotations(desk.project.reader, 2) == []


def test_both_ends_of_a_passage_are_moved_by_keys_and_kept_with_enter(desk: ScreenDesk) -> None:
    desk.select("arrived late")
    desk.key(Key.Key_V)
    desk.key(Key.Key_Escape)
    desk.canvas.move_caret(desk.canvas.text.index("rrived"), keep=False)
    desk.key(Key.Key_O)
    desk.key(Key.Key_Right, held=SHIFT | CTRL)
    assert desk.screen.framing._foot.text() == ENDS_TOLD
    desk.key(Key.Key_Right, held=SHIFT | CTRL)
    desk.key(Key.Key_Tab)
    desk.key(Key.Key_Left, held=SHIFT | CTRL)
    (quotation,) = coding.quotations(desk.project.reader, 2)
    assert quotation.anchor.exact == "arrived late", "nothing is written before Enter"
    desk.key(Key.Key_Return)
    (quotation,) = coding.quotations(desk.project.reader, 2)
    assert quotation.anchor.exact == "Money arrived late in the"
    assert len(quotation.anchor.rectangles) == 1
    desk.project.undo()
    assert coding.quotations(desk.project.reader, 2)[0].anchor.exact == "arrived late"


def test_nothing_to_adjust_is_said(desk: ScreenDesk) -> None:
    desk.screen.adjust_passage()
    assert desk.said[-1].startswith("No quoted passage is here")
    desk.screen.reading.open(1)
    desk.screen.frame_area()
    assert desk.said[-1].startswith("Areas are quoted on the pages")


def test_a_section_is_marked_whole_where_the_caret_stands_in_it(desk: ScreenDesk) -> None:
    desk.canvas.move_caret(desk.canvas.text.index("Money"), keep=False)
    desk.screen.mark_results()
    (region,) = coding_notes.regions(desk.project.reader, 2)
    text = desk.canvas.text[region.start : region.end]
    assert text.startswith("Results")
    assert text.rstrip().endswith("The leaders listened.")
    assert desk.said[-1] == "Marked the section “Results”."
    assert "0%" in desk.screen.bar.state.text()
    desk.select("Money arrived late in the first year.")
    desk.key(Key.Key_V)
    assert "39%" in desk.screen.bar.state.text(), "so much of the marked section is coded"
    desk.canvas.move_caret(region.start, keep=False)
    desk.screen.mark_results()
    assert coding_notes.regions(desk.project.reader, 2) == [], "a second time takes the mark off"
    assert "%" not in desk.screen.bar.state.text()


def test_the_hits_of_a_search_are_gone_through_by_buttons_too(desk: ScreenDesk) -> None:
    bar = desk.screen.bar
    desk.screen._search.setText("late")
    desk.screen._search.search_now()
    assert (bar.hits.text(), bar._next.isVisible()) == ("1 of 1", False)
    desk.screen._search.setText("was")
    desk.screen._search.search_now()
    assert desk.selected() == "was"
    desk.screen._search.setText("e")
    desk.screen._search.search_now()
    assert bar._next.isVisible()
    first = desk.canvas.selection
    bar._next.click()
    assert desk.canvas.selection > first
    bar._last.click()
    assert desk.canvas.selection == first


def test_a_newer_version_is_read_on_where_one_was_and_lists_what_was_lost(
    desk: ScreenDesk, tmp_path: Path
) -> None:
    for words in ("Money arrived late", "The leaders listened"):
        desk.select(words)
        desk.key(Key.Key_V)
    newer = made_pdf(tmp_path / "b.pdf", PDF.replace("Money arrived late", "Money came late"))
    desk.messages.answers = [newer]
    desk.screen.replace_document()
    document = desk.screen.desk.document
    assert document is not None
    assert document.name == "b.pdf"
    (placed,) = [each for each in desk.screen.desk.quotations if each.anchor.exact == "The leaders listened"]
    assert placed.anchor.rectangles
    assert desk.canvas.chosen == placed.id
    assert desk.screen.found.search.text() == "state:lost"
    assert [each.quotation.anchor.exact for each in desk.screen.found.table.found.values()] == [
        "Money arrived late"
    ]


def test_a_selected_passage_is_copied_with_its_source_and_its_pages(desk: ScreenDesk) -> None:
    desk.canvas.setFocus()
    desk.select("Trust was lost.")
    desk.screen.finding.copy()
    assert QApplication.clipboard().text() == "“Trust was lost.” (Author1 2020, p. 1)"
    start, end = desk.canvas.text.index("Of leaders"), desk.canvas.text.index(" listened")
    desk.canvas.select(start, end)
    desk.screen.finding.copy()
    assert QApplication.clipboard().text() == "“Of leaders The leaders” (Author1 2020, pp. 1–2)"


def test_two_quotations_are_linked_and_no_longer_so(desk: ScreenDesk) -> None:
    for words in ("twelve people", "Trust was lost"):
        desk.select(words)
        desk.key(Key.Key_V)
    desk.screen.find_quotations()
    desk.screen.found.ask("")
    desk.screen.found.table.selectAll()
    desk.screen.link_quotations()
    assert len(coding.quotation_links(desk.project.reader)) == 1
    desk.screen.found.table.selectAll()
    desk.screen.link_quotations()
    assert coding.quotation_links(desk.project.reader) == []


def test_a_document_is_opened_where_one_was(desk: ScreenDesk) -> None:
    place = desk.canvas.text.index("leaders")
    desk.canvas.move_caret(place, keep=False)
    desk.screen.reading.open(1)
    desk.screen.reading.open(2)
    assert desk.canvas.caret == place
    desk.screen.leave()
    assert desk.screen.context.settings.now.kept["coding.place"].endswith(f" {place}")


def test_places_coded_by_a_phrase_lie_on_their_lines(desk: ScreenDesk) -> None:
    desk.select("twelve people")
    desk.key(Key.Key_V)

    def filled(dialog: PhraseDialog) -> bool:
        dialog.phrase.setText("leaders listened")
        dialog.phrase.search_now()
        return True

    desk.messages.answers = [filled]
    desk.screen.auto_code()
    coded = [each for each in coding.quotations(desk.project.reader, 2) if each.origin == "phrase"]
    assert [(each.anchor.exact, each.anchor.page) for each in coded] == [("The leaders listened.", 2)]
    assert [box.page for box in coded[0].anchor.rectangles] == [2]


def test_a_document_that_opens_does_not_take_the_keyboard_from_where_somebody_types(desk: ScreenDesk) -> None:
    elsewhere = QLineEdit()
    elsewhere.show()
    elsewhere.activateWindow()
    elsewhere.setFocus()
    QApplication.processEvents()
    assert elsewhere.hasFocus()
    desk.screen.reading.open(1)
    QApplication.processEvents()
    assert elsewhere.hasFocus()
    elsewhere.close()
